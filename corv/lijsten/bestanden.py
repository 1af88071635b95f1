"""Read the lists from their files: the roles that come with corv, and every imported version in config/lijsten/."""

from functools import cache
from importlib import resources
from pathlib import Path

from corv.errors import why
from corv.lijsten import Lijsten, Uitgave, lijsten_of
from corv.lijsten.tekst import read_uitgave
from corv.ordinary import read_ordinary

FOLDER = "config/lijsten"

BUNDLED = "jeugdzorgrollen.txt"
"""The roles, beside this module."""


def folder_of(map_: Path) -> Path:
    """Where a working folder keeps the versions that were imported; it need not be there."""
    return map_ / "config" / "lijsten"


def files_of(folder: Path) -> list[Path]:
    """The files with a version, by name. Raises OSError when the folder is there and can't be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".txt" and not path.name.startswith("."))
    except FileNotFoundError:
        return []


def load(folder: Path | None, problems: list[str]) -> Lijsten:
    """The lists that count, of the bundled roles and the versions in that folder. `problems` as of `imported`."""
    versions = imported(folder, problems) if folder is not None else []
    return lijsten_of([bundled(), *versions])


def imported(folder: Path, problems: list[str]) -> list[Uitgave]:
    """Every version in that folder. `problems` grows with file, line and what is wrong; a file with a mistake is left out."""
    found, place = [], f"{FOLDER}/"
    try:
        for path in files_of(folder):
            place = f"{FOLDER}/{path.name}"
            before = len(problems)
            uitgave = _read(path.stem, place, read_ordinary(path), problems)
            if uitgave is not None and len(problems) == before:
                found.append(uitgave)
    except OSError as error:
        problems.append(f"{place} is niet te lezen ({why(error)}).")
    return found


@cache
def bundled() -> Uitgave:
    """The roles that come with corv."""
    text = resources.files("corv.lijsten").joinpath(BUNDLED).read_text(encoding="utf-8")
    uitgave = read_uitgave(text, _fail)
    assert uitgave is not None
    return uitgave


def _fail(line: int, what: str) -> None:
    raise ValueError(f"{BUNDLED}, regel {line}: {what}")  # our own file: this can't happen in a release


def _read(stem: str, place: str, content: bytes, problems: list[str]) -> Uitgave | None:
    def complain(line: int, what: str) -> None:
        problems.append(f"{place}{f', regel {line}' if line else ''}: {what}.")

    try:
        uitgave = read_uitgave(content.decode("utf-8-sig"), complain)
    except UnicodeDecodeError:
        complain(0, "dit is geen UTF-8-tekst")
        return None
    if uitgave is not None and uitgave.versie != stem:
        complain(0, f"de naam van het bestand moet de versie zijn: {uitgave.versie}.txt")
    return uitgave
