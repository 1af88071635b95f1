"""How the lists of one version of the workbook are kept in a file, one code a line, so that a change can be read in a diff. Pure.

# words about the file
versie 1.0.87 2026-07-03                             the version and its day (- when unknown); comes first
instanties 2026-07                                   a month; below it its institutions
AR0050 2013-04-01 - 00000004000000150000 Naam        code, first and last day (- when open), OIN (- when none), name
rollen                                               below it the roles
301 2014-07-01 - - jeugdige                          code, first and last day
044 2014-07-01 2016-05-24 301 cliënt                 an ended role, and the code of the one that it went into
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from corv.lijsten import IDINST, Maandlijst, Regel, Uitgave

Complain = Callable[[int, str], None]
"""Hears of a mistake: the line in the file (0: of the whole) and a Dutch sentence without its full stop."""

VERSIE = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){1,4}")
ROLCODE = re.compile(r"[0-9]{3}")
OIN = re.compile(r"[0-9]{20}")

_DAY = r"(-|[0-9]{4}-[0-9]{2}-[0-9]{2})"
_HEAD = re.compile(rf"versie ({VERSIE.pattern}) {_DAY}")
_MONTH = re.compile(r"instanties ([0-9]{4}-[0-9]{2})")
_INSTANTIE = re.compile(rf"({IDINST.pattern}) {_DAY} {_DAY} (-|{OIN.pattern}) (\S.*)")
_ROL = re.compile(rf"({ROLCODE.pattern}) {_DAY} {_DAY} (-|{ROLCODE.pattern}) (\S.*)")
_ROLES = "rollen"


class _Reader:
    """The lines so far: the version, and of each part its lines in order."""

    def __init__(self, complain: Complain) -> None:
        self._complain = complain
        self.head: tuple[str, date | None] | None = None
        self.parts: dict[date | None, dict[str, Regel]] = {}
        """By month, and then by code; the roles under None."""
        self._part: dict[str, Regel] | None = None
        self._is_roles = False

    def take(self, number: int, line: str) -> None:
        """One line. Raises ValueError where a day is not in the calendar."""
        if match := _HEAD.fullmatch(line):
            if self.head is not None:
                self._complain(number, "de versie staat er al")
            self.head = match[1], _day(match[2])
        elif match := _MONTH.fullmatch(line):
            self._begin(number, date.fromisoformat(f"{match[1]}-01"))
        elif line == _ROLES:
            self._begin(number, None)
        elif self._part is not None and (match := (_ROL if self._is_roles else _INSTANTIE).fullmatch(line)):
            code, begin, einde, extra, naam = match.groups()
            if code in self._part:
                self._complain(number, f"{code} staat er al")
            about = {"opvolger" if self._is_roles else "oin": "" if extra == "-" else extra}
            self._part[code] = Regel(code, naam, _day(begin), _day(einde), **about)
        else:
            self._complain(number, _UNREADABLE)

    def _begin(self, number: int, maand: date | None) -> None:
        if maand in self.parts:
            self._complain(number, "dit deel staat er al")
        self._part = self.parts[maand] = {}
        self._is_roles = maand is None


_UNREADABLE = "deze regel is niet te lezen; verwacht: AR0050 2013-04-01 - 00000004000000150000 Naam, of 301 2014-07-01 - - naam"


def read_uitgave(text: str, complain: Complain) -> Uitgave | None:
    """The lists in a file; `complain` hears of every mistake. None when it does not say of which version they are."""
    reader = _Reader(complain)
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            try:
                reader.take(number, line.rstrip())
            except ValueError:
                complain(number, "hierin staat een dag die niet bestaat")
    for part, lines in reader.parts.items():
        if not lines:
            complain(0, f"er staat niets onder {_ROLES if part is None else f'instanties {part:%Y-%m}'}")
    if reader.head is None:
        complain(0, "er staat niet in van welke versie de lijsten zijn, zoals: versie 1.0.87 2026-07-03")
        return None
    versie, datum = reader.head
    months = sorted(maand for maand in reader.parts if maand is not None)
    maanden = tuple(Maandlijst(maand, reader.parts[maand], versie) for maand in months)
    return Uitgave(versie, datum, maanden, tuple(reader.parts.get(None, {}).values()))


def uitgave_text(comment: Sequence[str], uitgave: Uitgave) -> str:
    """The file that `read_uitgave` reads: the same for the same lists, in whatever order the workbook has them."""
    return "".join(f"{line}\n" for line in [*(f"# {line}" for line in comment), *_lines(uitgave)])


def _lines(uitgave: Uitgave) -> Iterator[str]:
    yield f"versie {uitgave.versie} {uitgave.datum or '-'}"
    for lijst in sorted(uitgave.maanden, key=lambda one: one.maand):
        yield f"instanties {lijst.maand:%Y-%m}"
        for code in sorted(lijst.instanties):
            yield _line(lijst.instanties[code], lijst.instanties[code].oin)
    if uitgave.rollen:
        yield _ROLES
        for rol in sorted(uitgave.rollen, key=lambda one: one.code):
            yield _line(rol, rol.opvolger)


def _line(regel: Regel, extra: str) -> str:
    return f"{regel.code} {regel.begin or '-'} {regel.einde or '-'} {extra or '-'} {regel.naam}"


def _day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)
