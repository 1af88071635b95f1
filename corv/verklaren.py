"""What `corv verklaar` does: decide about one file as a pass would now, with what is known of it, and write nothing."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from lxml import etree

from corv.checking import Checks
from corv.controle import Report, side_of
from corv.database import Readable, rows
from corv.findings import Finding, has_fault
from corv.history import History
from corv.judging import judge_one, open_message
from corv.moments import tijdstip
from corv.outcome import Decision, Facts, Incoming, Outcome, Status
from corv.settings import Kant, Settings

_NOT_RECORDED = UUID(int=0)
_GOOD = {Status.GEACCEPTEERD, Status.HERROUTEERD}


@dataclass(frozen=True)
class Foresight:
    """What would become of one file. `report`: the judgement on it, with the findings that would be recorded.

    `eerste`: what became of the message of which this is a repeat.
    """

    report: Report
    outcome: Outcome
    eerste: "Eerste | None" = None

    @property
    def is_good(self) -> bool:
        """Whether nobody need look at it: it is accepted or sent on, or so was the message of which it is a repeat."""
        return (self.eerste.status if self.eerste is not None else self.outcome.decision.status) in _GOOD


@dataclass(frozen=True)
class Eerste:
    """The message that came before, with the same content."""

    id: UUID
    status: Status


def foresee(  # noqa: PLR0913 - what a pass knows comes as one argument each
    bestand: Path, kant: Kant | None, db: Readable | None, settings: Settings, checks: Checks, now: datetime
) -> Foresight:
    """Decide about one file. `kant` None: what one of ours sends comes from our own side; `db` None: nothing was handled before.

    Raises OSError when the file can't be read, StorageError when the database can't.
    """
    is_too_large = bestand.stat().st_size > settings.verwerking.grootste_bestand
    raw = None if is_too_large else bestand.read_bytes()
    incoming = Incoming(_NOT_RECORDED, settings.kanaal(Kant.CORV), raw, now, tijdstip(now))
    reading = open_message(incoming, settings)
    incoming = replace(incoming, kanaal=settings.kanaal(kant or side_of(reading, settings)))
    facts = History(db).facts(reading, incoming.kanaal) if db is not None else Facts()
    validated: list[tuple[Finding, ...]] = []

    def noting(root: etree._Element) -> tuple[Finding, ...]:
        validated.append(checks.validate(root))
        return validated[-1]

    outcome = judge_one(incoming, reading, facts, settings, replace(checks, validate=noting))
    naam = reading.soort.naam if reading.soort else None
    is_valid = not has_fault(validated[0]) if validated else None
    report = Report(bestand, reading.is_wellformed, naam, reading.stuurgegevens, is_valid, outcome.findings)
    return Foresight(report, outcome, _first(outcome.decision, db) if db is not None else None)


def _first(decision: Decision, db: Readable) -> Eerste | None:
    """The message of which this is a repeat."""
    if decision.status is not Status.HERHAALD or decision.hoort_bij is None:
        return None
    (row,) = rows(db, "SELECT status FROM bericht WHERE id = ?", (str(decision.hoort_bij),))
    return Eerste(decision.hoort_bij, Status(row["status"]))
