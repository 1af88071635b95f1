"""The sheets of the published workbook to its lists, or every place where it is not made as it always was. Pure.

Its layout is the contract: who publishes it may add rows, but a column that moved would put one thing in the place of another.
No mistake repeats what stands in a row: it may be the wrong file. What a sheet or a column is called is told.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from corv.lijsten import IDINST, Maandlijst, Regel, Uitgave, versiedelen
from corv.lijsten.tekst import OIN, ROLCODE, VERSIE

INSTANTIE_KOLOMMEN = (
    *("IDINST", "NMINST1", "NMINST2", "PRESNMINST", "CORRNMINST", "AFKNMPK", "SNVADR", "HNVADR", "PCNVADR", "PCAVADR"),
    *("PLNVADR", "DTOPHINST", "IDNINST", "SNPADR", "HNPADR", "PCNPADR", "PCAPADR", "PLNPADR", "PCPLNBUIT", "IDPLAND"),
    *("TELNRINST", "FAXNRINST", "INFO", "DTAANV", "KVKNR", "VSTNR", "OINR", "EMAILADRES"),
)
ROL_KOLOMMEN = ("Rolomschrijving", "Rolcode", "Toelichting", "Groep", "Datum begin geldigheid", "Datum einde geldigheid", "")
"""The last has no name: a remark."""
VERSIE_KOLOMMEN = ("Versie", "Datum", "Wijzigingen")

_LEGENDA, _HISTORIE, _ROLLEN = _OTHERS = ("LEGENDA", "Versiehistorie", "JZR")
_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_INSTANTIES = re.compile(rf"ins({'|'.join(_MAANDEN)})([0-9]{{4}})?")
"""What a sheet of institutions is called, in small letters and without white space."""

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
    instanties = [blad for blad in bladen if _called(blad)]
    by_name = {blad.naam.strip(): blad for blad in bladen}
    problems += _of_sheets([blad.naam.strip() for blad in bladen if blad not in instanties], are_there=bool(instanties))
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


def _called(blad: Blad) -> re.Match[str] | None:
    """The month, and the year when it tells one, that a sheet of institutions is called by; None of any other."""
    return _INSTANTIES.fullmatch("".join(blad.naam.split()).casefold())


def _of_sheets(names: Sequence[str], *, are_there: bool) -> Iterator[str]:
    """What is wrong with which sheets there are, beside those of institutions. `are_there`: whether those are."""
    yield from (f"het blad {naam} ontbreekt" for naam in _OTHERS if naam not in names)
    yield from (f"het blad {naam} staat er meer dan eens in" for naam in _OTHERS if names.count(naam) > 1)
    if not are_there:
        yield "er is geen blad met instanties: verwacht INS en een maand, zoals INS augustus 2026"
    yield from (f"het blad {_quoted(naam)} is onbekend" for naam in names if naam not in _OTHERS)


def maand_naam(maand: date) -> str:
    """A month as Dutch readers write it: augustus 2026."""
    return f"{_MAANDEN[maand.month - 1]} {maand.year}"


def _version(blad: Blad, problems: list[str]) -> tuple[str, date | None]:
    """The highest version that the history tells of, and its day."""
    rows = list(_rows(blad, 1, VERSIE_KOLOMMEN, "versie", problems))
    for number, row in rows:
        if not VERSIE.fullmatch(row["Versie"]):
            problems.append(f"blad {blad.naam}, rij {number}: in kolom Versie staat geen versie, zoals 1.0.87")
    found = [row for _, row in rows if VERSIE.fullmatch(row["Versie"])]
    if not found:
        return "", None
    newest = max(found, key=lambda row: versiedelen(row["Versie"]))
    versie = newest["Versie"]
    if versie != ".".join(map(str, versiedelen(versie))):  # the history has such from before 1.0.10; a new one would count twice
        problems.append(f"blad {blad.naam}: in de hoogste versie begint een getal met een 0; verwacht een versie zoals 1.0.87")
    return versie, _day(newest["Datum"], lambda _: None)


def _instanties(blad: Blad, versie: str, problems: list[str]) -> Maandlijst | None:
    """The institutions of one sheet; None when nobody can say of which month they are."""
    maand = _month(blad, problems)
    found: dict[str, Regel] = {}
    for number, row in _rows(blad, 2, INSTANTIE_KOLOMMEN, "instantie", problems):
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
        begin, einde = _span(row, "DTAANV", "DTOPHINST", complain)
        found[code] = Regel(code, naam, begin, einde, oin=oin)
    return Maandlijst(maand, found, versie) if maand is not None else None


def _rollen(blad: Blad, problems: list[str]) -> list[Regel]:
    found: dict[str, Regel] = {}
    for number, row in _rows(blad, 2, ROL_KOLOMMEN, "rol", problems):
        complain = _of_row(blad, number, problems)
        code, naam = row["Rolcode"].zfill(3), row["Rolomschrijving"]
        if not ROLCODE.fullmatch(code):
            complain("in kolom Rolcode staat geen code van drie cijfers")
        elif code in found:
            complain(f"{code} staat al eerder in kolom Rolcode")
        if not naam:
            complain("kolom Rolomschrijving is leeg")
        begin, einde = _span(row, "Datum begin geldigheid", "Datum einde geldigheid", complain)
        into = _OPGEGAAN.search(row["Toelichting"])
        found[code] = Regel(code, naam, begin, einde, opvolger=into[1] if into else "")
    return list(found.values())


def _month(blad: Blad, problems: list[str]) -> date | None:
    """The month in the title; the name of the sheet may not tell of another."""
    title = _TITEL.search(next((cell for cell in blad.cells(1) if cell), ""))
    if title is None:
        problems.append(f"blad {_quoted(blad.naam)}: in rij 1 staat niet van welke maand; verwacht: geldig vanaf augustus 2026")
        return None
    month, year = title[1].casefold(), title[2]
    called = _called(blad)
    if called is None or called[1] != month or called[2] not in {None, year}:
        problems.append(f"blad {_quoted(blad.naam)}: in rij 1 staat een andere maand ({month} {year})")
    try:
        return date(int(year), _MAANDEN.index(month) + 1, 1)
    except ValueError:
        problems.append(f"blad {_quoted(blad.naam)}: in rij 1 staat een jaar dat niet bestaat")
        return None


def _rows(blad: Blad, header: int, wanted: Sequence[str], of: str, problems: list[str]) -> Iterator[tuple[int, Row]]:
    """The number and the cells of each row below the header that is not empty; none where a column is not what it was.

    `of`: what each row tells of; that there is none at all is a mistake.
    """
    wrong = [
        f"blad {_quoted(blad.naam)}, rij {header}, kolom {_letters(number)}: "
        f"verwacht {name or 'niets'}, gevonden {_quoted(there) or 'niets'}"
        for number, (name, there) in enumerate(zip_longest(wanted, blad.cells(header), fillvalue=""))
        if there != name
    ]
    problems += wrong
    filled = [(number, cells) for number, cells in enumerate(blad.regels[header:], start=header + 1) if any(cells)]
    if not filled and not wrong:
        problems.append(f"blad {_quoted(blad.naam)}: er staat geen enkele {of} in")
    for number, cells in filled if not wrong else ():
        if any(cells[len(wanted) :]):
            _of_row(blad, number, problems)("er staat iets na de laatste kolom")
        yield number, dict(zip_longest(wanted, cells[: len(wanted)], fillvalue=""))


def _letters(number: int) -> str:
    """The column as Excel names it, counted from 0."""
    high, low = divmod(number, 26)
    return (_letters(high - 1) if high else "") + chr(ord("A") + low)


def _of_row(blad: Blad, number: int, problems: list[str]) -> Complain:
    def complain(what: str) -> None:
        problems.append(f"blad {_quoted(blad.naam)}, rij {number}: {what}")

    return complain


def _span(row: Row, first: str, last: str, complain: Complain) -> tuple[date | None, date | None]:
    """The days that the cells in those two columns tell."""
    begin, einde = (_day(row[kolom], complain, kolom) for kolom in (first, last))
    if begin is not None and einde is not None and einde < begin:
        complain("de laatste dag ligt vóór de eerste")
    return None if begin == _SINDS_ALTIJD else begin, einde


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
