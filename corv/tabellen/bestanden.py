"""Read the tables from their files: those that come with corv, and the newer ones in config/werkgebieden/."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from corv.errors import why
from corv.ordinary import read_ordinary
from corv.tabellen import Tabellen, tekst
from corv.tabellen.tekst import Table

BUNDLED = ("regios.txt", "gemeenten.txt", "vervallen.txt", "postcodes.txt", "woonplaatsen.txt")
"""The files beside this module; tools/maak_tabellen.py makes them."""

_SHOWN_OF_A_HASH = 8


@dataclass(frozen=True)
class Bron:
    """Where one file of tables comes from, in its own words. `vanaf`: only of a table of gemeenten."""

    bestand: str
    bron: str
    stand: str
    licentie: str
    vanaf: date | None = None


def folder_of(map_: Path) -> Path:
    """Where a working folder keeps its newer tables; it need not be there."""
    return map_ / "config" / "werkgebieden"


def files_of(folder: Path) -> list[Path]:
    """The files with a newer table, by date. Raises OSError when the folder is there and can't be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".txt" and not path.name.startswith("."))
    except FileNotFoundError:
        return []


def load(folder: Path | None, problems: list[str]) -> Tabellen:
    """The bundled tables, and the newer ones of that folder. `problems` grows with file, line and what is wrong.

    A file with a mistake is left out; who goes on in spite of problems has the tables without it.
    """
    tabellen = _bundled()
    for path, content in _imported(folder, problems) if folder is not None else ():
        before = len(problems)
        table = _read(path, content, tabellen, problems)
        if table is not None and len(problems) == before:
            versie = f"{tabellen.versie} + {table.tabel.vanaf} {_short_hash(content)}"
            tabellen = replace(tabellen.with_table(table.tabel, table.vervallen), versie=versie)
    return tabellen


def sources(folder: Path | None) -> list[Bron]:
    """Where each file comes from; of a folder that `load` found in order."""
    found = [_source(name, _bundled_text(name)) for name in BUNDLED]
    return found + [
        _source(f"config/werkgebieden/{path.name}", content.decode())
        for path, content in (_imported(folder, []) if folder is not None else ())
    ]


@cache
def _bundled() -> Tabellen:
    texts = {name: _bundled_text(name) for name in BUNDLED}
    gemeenten = tekst.read_table(texts["gemeenten.txt"], _fail)
    assert gemeenten is not None
    editie = tekst.head(texts["gemeenten.txt"])["editie"]
    return Tabellen(
        gemeenten=(gemeenten.tabel,),
        postcodes=tekst.postcodes(texts["postcodes.txt"]),
        woonplaatsen=tekst.woonplaatsen(texts["woonplaatsen.txt"]),
        vervallen=tekst.vervallen(texts["vervallen.txt"]),
        namen=tekst.regios(texts["regios.txt"]),
        versie=f"{editie} {_short_hash(''.join(texts.values()).encode())}",
    )


def _bundled_text(name: str) -> str:
    return resources.files("corv.tabellen").joinpath(name).read_text(encoding="utf-8")


def _fail(line: int, what: str) -> None:
    raise ValueError(f"gemeenten.txt, regel {line}: {what}")  # our own file: this can't happen in a release


def _short_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_SHOWN_OF_A_HASH]


def _imported(folder: Path, problems: list[str]) -> list[tuple[Path, bytes]]:
    found: list[tuple[Path, bytes]] = []
    place = "config/werkgebieden/"
    try:
        for path in files_of(folder):
            place = f"config/werkgebieden/{path.name}"
            found.append((path, read_ordinary(path)))
    except OSError as error:
        problems.append(f"{place} is niet te lezen ({why(error)}).")
    return found


def _read(path: Path, content: bytes, tabellen: Tabellen, problems: list[str]) -> Table | None:
    """One newer table, checked against the ones before it."""
    name = f"config/werkgebieden/{path.name}"

    def complain(line: int, what: str) -> None:
        problems.append(f"{name}{f', regel {line}' if line else ''}: {what}.")

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        complain(0, "dit is geen UTF-8-tekst")
        return None
    table = tekst.read_table(text, complain)
    if table is None:
        return None
    for what in _objections(path.stem, table, tabellen):
        complain(0, what)
    return table


def _objections(stem: str, table: Table, tabellen: Tabellen) -> Iterator[str]:
    """What is wrong with a table that could be read; somebody may have written it by hand."""
    first, vts = tabellen.gemeenten[0].vanaf, table.tabel.veilig_thuis
    if stem != str(table.tabel.vanaf):
        yield f"de naam van het bestand moet de begindatum zijn: {table.tabel.vanaf}.txt"
    elif table.tabel.vanaf <= first:
        yield f"de tabel moet beginnen na de meegeleverde, die geldt vanaf {first}"
    if not vts:
        yield "er staat geen enkele gemeente in"
    for code, vt in vts.items():
        if vt not in tabellen.namen:
            yield f"{vt} bij gemeente {code} is geen bekende Veilig Thuis-regio"
    for code, successors in table.vervallen.items():
        if code in vts or not successors <= vts.keys():
            yield f"vervallen gemeente {code} staat zelf in de tabel, of een opvolger ervan niet"


def _source(name: str, text: str) -> Bron:
    head = tekst.head(text)
    vanaf = next((line[6:] for line in text.splitlines() if line.startswith("vanaf ")), None)
    return Bron(
        bestand=name,
        bron=head.get("bron", "niet vermeld"),
        stand=head.get("stand", ""),
        licentie=head.get("licentie", "niet vermeld"),
        vanaf=date.fromisoformat(vanaf) if vanaf else None,
    )
