"""A newer table of the CBS, as it was downloaded or saved by a spreadsheet, to a table of ours. Pure.

Wanted are the columns `gm_code`, `vt_code` and the first day (`vanaf`); `voorgangers` names the codes of ended gemeenten that
went into this one. Other columns are of no matter, and no mistake repeats what stands in a cell: it may be the wrong file.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from corv.tabellen import Gemeentetabel, Tabellen, gemeentecode
from corv.tabellen.tekst import Ended, Table, table_text

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "gm_code": ("gm_code", "gemeentecode"),
    "vt_code": ("vt_code",),
    "vanaf": ("vanaf", "geldig_vanaf", "valid_from"),
    "naam": ("gm_naam", "naam", "gemeentenaam", "naam_cbs"),
    "voorgangers": ("voorgangers",),
}
"""What we look for, and the names that its column may have."""

_MOST_COMPLAINTS = 20
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")
_DUTCH_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(2000, 3000)

Complain = Callable[[int, str], None]
"""Hears of a mistake: the line in the file (0: of the whole) and a Dutch sentence without its full stop."""


@dataclass
class _Found:
    """What the rows have said so far, and on which line."""

    veilig_thuis: dict[str, str] = field(default_factory=dict)
    namen: dict[str, str] = field(default_factory=dict)
    opvolgers: dict[str, set[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    days: dict[date, int] = field(default_factory=dict)


def read_day(text: str) -> date | None:
    """A day as 2027-01-01, or 1-1-2027 as a Dutch spreadsheet writes it, with or without midnight; None when it is neither."""
    text = _MIDNIGHT.sub("", text.strip())
    dutch = _DUTCH_DAY.fullmatch(text)
    if not dutch and not _ISO_DAY.fullmatch(text):
        return None
    try:
        day = date(int(dutch[3]), int(dutch[2]), int(dutch[1])) if dutch else date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def read_cbs(content: bytes, tabellen: Tabellen, vanaf: date | None, problems: list[tuple[int, str]]) -> Table | None:
    """The table in a CSV file, or None with every mistake in `problems`: its line (0: the whole file) and what is wrong.

    `vanaf`: the first day where the file does not give it. `tabellen` say which regions and ended gemeenten there are.
    """

    def complain(line: int, what: str) -> None:
        problems.append((line, what))

    found = _Found()
    try:
        reader = _reader(content)
        columns = _columns(reader.fieldnames or [], vanaf, complain)
        if not problems:
            for row in reader:
                cells = {name: (row.get(column) or "").strip() for name, column in columns.items()}
                if any(cells.values()):
                    _take(cells, reader.line_num, found, tabellen, complain)
    except csv.Error:
        complain(0, "dit is geen CSV-bestand")
    if not problems:
        _judge(found, vanaf, complain)
    if problems:
        _shorten(problems)
        return None
    (day,) = found.days or {vanaf}
    assert day is not None
    opvolgers = {code: frozenset(codes) for code, codes in found.opvolgers.items()}
    return Table(Gemeentetabel(day, found.veilig_thuis, found.namen), opvolgers)


def file_text(table: Table, tabellen: Tabellen) -> str:
    """The file for config/werkgebieden/: the same for the same table, however its CSV was written."""
    now = tabellen.table_on(table.tabel.vanaf)
    names = now.namen if now is not None else {}
    there = now.veilig_thuis if now is not None else {}
    ended = {
        code: Ended(table.tabel.vanaf if code in there else None, successors, names.get(code, ""))
        for code, successors in table.vervallen.items()
    }
    head = [
        "Welke Veilig Thuis-regio voor welke gemeente werkt, ingelezen met corv werkgebieden importeer.",
        "bron: CBS, indeling van gemeenten naar Veilig Thuis-regio's, zoals de beheerder die inlas",
        f"stand: geldig vanaf {table.tabel.vanaf}",
        "licentie: CC BY 4.0 (CBS)",
    ]
    return table_text(head, table.tabel, ended)


def _reader(content: bytes) -> "csv.DictReader[str]":
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what a Dutch spreadsheet writes; only names have such letters
    first = text.partition("\n")[0]
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")


def _columns(header: Sequence[str], vanaf: date | None, complain: Complain) -> dict[str, str]:
    """Which column of the file is which of ours."""
    by_name = {name.strip().lower(): name for name in header}
    columns = {ours: by_name[name] for ours, names in COLUMNS.items() for name in reversed(names) if name in by_name}
    for name in ("gm_code", "vt_code"):
        if name not in columns:
            complain(1, f"de kolom {name} ontbreekt")
    if "vanaf" not in columns and vanaf is None:
        complain(1, "de kolom vanaf ontbreekt; geef de begindatum met --vanaf JJJJ-MM-DD")
    return columns


def _take(cells: Mapping[str, str], line: int, found: _Found, tabellen: Tabellen, complain: Complain) -> None:
    """One row."""
    code, vt = gemeentecode(cells["gm_code"]), cells["vt_code"].upper()
    if code is None:
        complain(line, "gm_code is geen gemeentecode, zoals GM0014")
        return
    if code in found.veilig_thuis:
        complain(line, f"gemeente {code} staat ook op regel {found.lines[code]}")
    if vt not in tabellen.namen:
        complain(line, f"vt_code van gemeente {code} is geen bekende Veilig Thuis-regio, zoals VT08")
    if "vanaf" in cells:
        day = read_day(cells["vanaf"])
        if day is None:
            complain(line, f"vanaf van gemeente {code} is geen datum, zoals 2027-01-01")
        else:
            found.days.setdefault(day, line)
    for word in filter(None, re.split(r"[;,|/\s]+", cells.get("voorgangers", ""))):
        before = gemeentecode(word)
        if before is None or not tabellen.knows(before):
            complain(line, f"bij voorgangers van gemeente {code} staat een code die geen gemeente is of was")
        elif before != code:
            found.opvolgers.setdefault(before, set()).add(code)
    found.veilig_thuis[code], found.lines[code] = vt, line
    if name := " ".join("".join(char if char.isprintable() else " " for char in cells.get("naam", "")).split()):
        found.namen[code] = name


def _judge(found: _Found, vanaf: date | None, complain: Complain) -> None:
    """The rows together."""
    if not found.veilig_thuis:
        complain(0, "er staat geen enkele gemeente in")
    for day, line in found.days.items():
        first = vanaf or next(iter(found.days))
        if day != first:
            complain(line, f"de begindatum is hier {day} en {'bij --vanaf' if vanaf else 'eerder'} {first}; kies er één")
    for code in sorted(found.opvolgers.keys() & found.veilig_thuis.keys()):
        complain(found.lines[code], f"gemeente {code} staat zelf in de tabel, en kan dus geen voorganger van een andere zijn")


def _shorten(problems: list[tuple[int, str]]) -> None:
    if (rest := len(problems) - _MOST_COMPLAINTS) > 0:
        problems[_MOST_COMPLAINTS:] = [(0, f"en nog {rest} van zulke fouten")]
