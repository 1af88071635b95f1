"""The back-up: one that fails at night is seen by nobody, unless it is told here. Pure."""

from dataclasses import dataclass
from datetime import datetime

from corv.health.values import Subject, Toestand, by_age, worst
from corv.health.words import ago, count
from corv.settings import Gezondheid


@dataclass(frozen=True)
class BackupFacts:
    """How `corv backup` went the last time: when it began, when one last succeeded, what was wrong, why it failed if it did."""

    op: datetime
    gelukt_op: datetime | None = None
    bevindingen: int = 0
    reden: str | None = None


def backups(facts: BackupFacts | None, limits: Gezondheid, now: datetime) -> list[Subject]:
    """Whether the last back-up succeeded, and is not too old. Of who never made one nothing is said: there are other ways."""
    if facts is None:
        return []
    name, last = "reservekopie", facts.gelukt_op
    state = by_age(last, limits.reservekopie, now)
    if facts.reden is not None:
        since = f"De laatste die lukte, is {ago(last, now)} oud." if last else "Er is nog geen gelukt."
        text = f"De laatste reservekopie is {ago(facts.op, now)} geleden mislukt: {facts.reden.rstrip('.')}. {since}"
        return [Subject(name, worst([Toestand.WAARSCHUWING, state]), text, _MAKE, None, last or facts.op)]
    text = f"De laatste reservekopie is {ago(facts.op, now)} geleden gemaakt"
    if facts.bevindingen:
        wrong = f"{text}, en daarin is {count(facts.bevindingen, 'ding', 'dingen')} niet in orde."
        return [Subject(name, worst([Toestand.WAARSCHUWING, state]), wrong, _LOOK, facts.bevindingen, last)]
    return [Subject(name, state, f"{text}, en was heel.", None if state is Toestand.GOED else _MAKE, None, last)]


_MAKE = "Maak er nu een met corv backup, en kijk waarom het vanzelf niet ging: docs/reservekopie.md."
_LOOK = "Lees wat er is, en wat u doet: corv backup DIR --controleer. Of maak een nieuwe kopie."
