"""The values of `corv doctor`: a state, one line of the answer, a place that is probed, and what could not be. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corv.health.values import Subject
from corv.health.values import Toestand as Gezond


class Toestand(StrEnum):
    """How a probe came out."""

    GOED = "goed"
    LET_OP = "let_op"
    FOUT = "fout"

    @property
    def rank(self) -> int:
        """The higher, the worse."""
        return list(Toestand).index(self)


@dataclass(frozen=True)
class Line:
    """One line of the answer. `waar`: a folder or file of ours, or `machine`; `doe`: what to do, None where nothing needs to."""

    proef: str
    waar: str
    toestand: Toestand
    tekst: str
    doe: str | None = None


class Soort(StrEnum):
    """What a place is to us."""

    INBOX = "inbox"
    WERK = ".werk"
    OUTBOX = "outbox"
    KLAAR = ".klaar"
    AANDACHT = "aandacht"
    DATA = "data"
    ARCHIEF = "archief"
    QUARANTAINE = "quarantaine"
    CONFIG = "config"


ROOTS = frozenset({Soort.INBOX, Soort.OUTBOX})
INNER = frozenset({Soort.WERK, Soort.KLAAR, Soort.AANDACHT})
STATE = frozenset({Soort.DATA, Soort.ARCHIEF, Soort.QUARANTAINE})
WRITTEN = ROOTS | INNER | STATE
"""Where corv writes; config/ is only read."""


@dataclass(frozen=True)
class Place:
    """A folder that the configuration names, or that is ours. `naam`: as it is shown; `boven`: what an INNER one is part of."""

    naam: str
    path: Path
    soort: Soort
    boven: Path | None = None


@dataclass(frozen=True)
class Failed:
    """Stands for what a probe could not find out about one place. `is_ours`: by a mistake in corv itself."""

    waar: str
    reden: str
    is_ours: bool = False


_AS_LINE = {Gezond.GOED: Toestand.GOED, Gezond.KRITIEK: Toestand.FOUT}


def of_subject(proef: str, waar: str, subject: Subject) -> Line:
    """A judgement of `corv gezondheid` as a line of ours; what it calls a warning or can't judge, asks for a look."""
    return Line(proef, waar, _AS_LINE.get(subject.toestand, Toestand.LET_OP), subject.tekst, subject.doe)


def good(proef: str, waar: str, tekst: str) -> Line:
    """Nothing to do."""
    return Line(proef, waar, Toestand.GOED, tekst)


def note(proef: str, waar: str, tekst: str, doe: str) -> Line:
    """It works, but somebody must know of it."""
    return Line(proef, waar, Toestand.LET_OP, tekst, doe)


def fault(proef: str, waar: str, tekst: str, doe: str) -> Line:
    """Messages wait, leak or may be lost by it."""
    return Line(proef, waar, Toestand.FOUT, tekst, doe)
