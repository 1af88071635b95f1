"""The sheets of the published workbook to its lists, or every place where it is not made as it always was. Pure.

Its layout is the contract: who publishes it may add rows, but a column that moved would put one thing in the place of another.
No mistake repeats what stands in a row: it may be the wrong file. What a sheet or a column is called is told.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corv.lijsten import IDINST, Maandlijst, Regel, Uitgave, versiedelen
from corv.lijsten.tekst import OIN, ROLCODE, VERSIE

INSTANTIE_KOLOMMEN = (
    *("IDINST", "NMINST1", "NMINST2", "PRESNMINST", "CORRNMINST", "AFKNMPK", "SNVADR", "HNVADR", "PCNVADR", "PCAVADR"),
    *("PLNVADR", "DTOPHINST", "IDNINST", "SNPADR", "HNPADR", "PCNPADR", "PCAPADR", "PLNPADR", "PCPLNBUIT", "IDPLAND"),
    *("TELNRINST", "FAXNRINST", "INFO", "DTAANV", "KVKNR", "VSTNR", "OINR", "EMAILADRES"),
)
ROL_KOLOMMEN = ("Rolomschrijving", "Rolcode", "Toelichting", "Groep", "Datum begin geldigheid", "Datum einde geldigheid")
VERSIE_KOLOMMEN = ("Versie", "Datum", "Wijzigingen")

_LEGENDA, _HISTORIE, _ROLLEN, _INSTANTIES = "LEGENDA", "Versiehistorie", "JZR", "INS"
_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_TITEL = re.compile(rf"geldig vanaf ({'|'.join(_MAANDEN)}) ([0-9]{{4}})\b", re.IGNORECASE)
_OPGEGAAN = re.compile(r"Opgegaan in '[^']*' \(([0-9]{3})\)")
_SINDS_ALTIJD = date(1800, 1, 1)
"""How the list of institutions says that a begin is not known."""

_COMPACT_DAY = re.compile(r"[0-9]{8}")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_QUOTE = 40
_MOST_COMPLAINTS = 20

Row = Mapping[str, str]
Complain = Callable[[str], None]


@dataclass(frozen=True)
class Blad:
    """One sheet: its rows from the first on, each the texts of its cells without white space around them."""

    naam: str
    regels: Sequence[Sequence[str]]

    def cells(self, number: int) -> Sequence[str]:
        """The row of that number in Excel; empty beyond the last."""
        return self.regels[number - 1] if number <= len(self.regels) else ()


def uitgave_of(bladen: Sequence[Blad], problems: list[str]) -> Uitgave | None:
    """The lists in a workbook, or None with every mistake in `problems`: a Dutch sentence with sheet, and row or column."""
    by_name = {blad.naam.strip(): blad for blad in bladen}
    others = (_LEGENDA, _HISTORIE, _ROLLEN)
    instanties = [blad for blad in bladen if blad.naam.split()[:1] == [_INSTANTIES]]
    problems += [f"het blad {naam} ontbreekt" for naam in others if naam not in by_name]
    if not instanties:
        problems.append("er is geen blad met instanties: verwacht INS en een maand, zoals INS augustus 2026")
    unknown = (blad.naam for blad in bladen if blad not in instanties and blad.naam.strip() not in others)
    problems += [f"het blad {_quoted(naam)} is onbekend" for naam in unknown]
    if problems:
        _shorten(problems)
        return None
    versie, datum = _version(by_name[_HISTORIE], problems)
    maanden = [lijst for blad in instanties if (lijst := _instanties(blad, versie, problems)) is not None]
    seen = [lijst.maand for lijst in maanden]
    problems += [f"van {maand_naam(maand)} zijn er twee bladen" for maand in sorted(set(seen)) if seen.count(maand) > 1]
    rollen = _rollen(by_name[_ROLLEN], problems)
    if problems:
        _shorten(problems)
        return None
    return Uitgave(versie, datum, tuple(sorted(maanden, key=lambda one: one.maand)), tuple(rollen))


def maand_naam(maand: date) -> str:
    """A month as Dutch readers write it: augustus 2026."""
    return f"{_MAANDEN[maand.month - 1]} {maand.year}"


def _version(blad: Blad, problems: list[str]) -> tuple[str, date | None]:
    """The highest version that the history tells of, and its day."""
    before = len(problems)
    rows = list(_rows(blad, 1, VERSIE_KOLOMMEN, problems))
    for number, row in rows:
        if not VERSIE.fullmatch(row["Versie"]):
            problems.append(f"blad {blad.naam}, rij {number}: in kolom Versie staat geen versie, zoals 1.0.87")
    found = [row for _, row in rows if VERSIE.fullmatch(row["Versie"])]
    if not found:
        if len(problems) == before:
            problems.append(f"blad {blad.naam}: er staat geen enkele versie in")
        return "", None
    newest = max(found, key=lambda row: versiedelen(row["Versie"]))
    return newest["Versie"], _day(newest["Datum"], lambda _: None)


def _instanties(blad: Blad, versie: str, problems: list[str]) -> Maandlijst | None:
    """The institutions of one sheet; None when nobody can say of which month they are."""
    maand = _month(blad, problems)
    found: dict[str, Regel] = {}
    before = len(problems)
    for number, row in _rows(blad, 2, INSTANTIE_KOLOMMEN, problems):
        complain = _of_row(blad, number, problems)
        code, oin = row["IDINST"], row["OINR"]
        naam = row["PRESNMINST"] or row["NMINST1"]
        if not IDINST.fullmatch(code):
            complain("in kolom IDINST staat geen code, zoals AR0050")
        elif code in found:
            complain(f"{code} staat al eerder in kolom IDINST")
        if not naam:
            complain("kolom PRESNMINST en kolom NMINST1 zijn allebei leeg")
        if oin and not OIN.fullmatch(oin):
            complain("in kolom OINR staat geen OIN: 20 cijfers, als tekst")
        begin, einde = (_day(row[kolom], complain, kolom) for kolom in ("DTAANV", "DTOPHINST"))
        found[code] = Regel(code, naam, None if begin == _SINDS_ALTIJD else begin, einde, oin=oin)
    if not found and len(problems) == before:
        problems.append(f"blad {_quoted(blad.naam)}: er staat geen enkele instantie in")
    return Maandlijst(maand, found, versie) if maand is not None else None


def _rollen(blad: Blad, problems: list[str]) -> list[Regel]:
    found: dict[str, Regel] = {}
    before = len(problems)
    for number, row in _rows(blad, 2, ROL_KOLOMMEN, problems):
        complain = _of_row(blad, number, problems)
        code, naam = row["Rolcode"].zfill(3), row["Rolomschrijving"]
        if not ROLCODE.fullmatch(code):
            complain("in kolom Rolcode staat geen code van drie cijfers")
        elif code in found:
            complain(f"{code} staat al eerder in kolom Rolcode")
        if not naam:
            complain("kolom Rolomschrijving is leeg")
        begin, einde = (_day(row[kolom], complain, kolom) for kolom in ROL_KOLOMMEN[-2:])
        into = _OPGEGAAN.search(row["Toelichting"])
        found[code] = Regel(code, naam, begin, einde, opvolger=into[1] if into else "")
    if not found and len(problems) == before:
        problems.append(f"blad {blad.naam}: er staat geen enkele rol in")
    return list(found.values())


def _month(blad: Blad, problems: list[str]) -> date | None:
    """The month in the title; the name of the sheet may not tell of another."""
    title = _TITEL.search(next((cell for cell in blad.cells(1) if cell), ""))
    if title is None:
        problems.append(f"blad {_quoted(blad.naam)}: in rij 1 staat niet van welke maand; verwacht: geldig vanaf augustus 2026")
        return None
    month, year = title[1].casefold(), title[2]
    called = blad.naam.casefold().split()[1:]
    others = {*_MAANDEN} - {month}
    if any(word in others or (word.isdecimal() and word != year) for word in called):
        problems.append(f"blad {_quoted(blad.naam)}: in rij 1 staat een andere maand ({month} {year})")
    try:
        return date(int(year), _MAANDEN.index(month) + 1, 1)
    except ValueError:
        problems.append(f"blad {_quoted(blad.naam)}: in rij 1 staat een jaar dat niet bestaat")
        return None


def _rows(blad: Blad, header: int, wanted: Sequence[str], problems: list[str]) -> Iterator[tuple[int, Row]]:
    """The number and the cells of each row below the header that is not empty; none where a column is not what it was."""
    told = [*blad.cells(header)]
    wrong = [
        f"blad {_quoted(blad.naam)}, rij {header}, kolom {_letters(number)}: verwacht {name}, gevonden {_found(told, number)}"
        for number, name in enumerate(wanted)
        if (told[number] if number < len(told) else "") != name
    ]
    wrong += [
        f"blad {_quoted(blad.naam)}, rij {header}, kolom {_letters(number)}: verwacht niets, gevonden {_found(told, number)}"
        for number in range(len(wanted), len(told))
        if told[number]
    ]
    problems += wrong
    for number, cells in enumerate(blad.regels[header:] if not wrong else (), start=header + 1):
        if any(cells):
            yield number, {name: cells[place] if place < len(cells) else "" for place, name in enumerate(wanted)}


def _found(cells: Sequence[str], number: int) -> str:
    return _quoted(cells[number]) if number < len(cells) and cells[number] else "niets"


def _letters(number: int) -> str:
    """The column as Excel names it, counted from 0."""
    high, low = divmod(number, 26)
    return (_letters(high - 1) if high else "") + chr(ord("A") + low)


def _of_row(blad: Blad, number: int, problems: list[str]) -> Complain:
    def complain(what: str) -> None:
        problems.append(f"blad {_quoted(blad.naam)}, rij {number}: {what}")

    return complain


def _day(text: str, complain: Complain, kolom: str = "Datum") -> date | None:
    """A day as 20260703 or 2026-07-03; None when it is empty, and when it is no day, which is told."""
    if not text:
        return None
    try:
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _COMPACT_DAY.fullmatch(text):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        pass
    complain(f"in kolom {kolom} staat geen datum, zoals 20260703")
    return None


def _quoted(text: str) -> str:
    """A name of a sheet or column, as long as one reads, and nothing that could disturb a screen."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return plain if len(plain) <= _LONGEST_QUOTE else f"{plain[:_LONGEST_QUOTE]}..."


def _shorten(problems: list[str]) -> None:
    if (rest := len(problems) - _MOST_COMPLAINTS) > 0:
        problems[_MOST_COMPLAINTS:] = [f"en nog {rest} van zulke fouten"]
