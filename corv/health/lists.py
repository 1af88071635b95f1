"""The reference lists: a list that is too old does not know who came since. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time

from corv.health.values import Subject, Toestand
from corv.lijsten import is_too_old
from corv.lijsten.indeling import maand_naam
from corv.moments import NEDERLAND, dutch_day
from corv.settings import Gezondheid

_IMPORT = "Haal de nieuwste referentielijsten op bij VNG Realisatie, en lees ze in: corv lijsten importeer BESTAND"


@dataclass(frozen=True)
class ListFacts:
    """The newest month of which the institutions were imported; None when none was."""

    nieuwste: date | None


def lists(facts: ListFacts, _limits: Gezondheid, now: datetime) -> list[Subject]:
    """Whether the newest list of institutions is recent. Who imports none has chosen to do without."""
    name, newest = "lijsten", facts.nieuwste
    if newest is None:
        text = "Er is geen lijst van instanties ingelezen; van hun codes wordt alleen de vorm nagekeken."
        return [Subject(name, Toestand.GOED, text)]
    since = datetime.combine(newest, time(), NEDERLAND)
    if is_too_old(newest, dutch_day(now)):
        text = f"De nieuwste lijst van instanties is die van {maand_naam(newest)}: meer dan twee maanden oud."
        return [Subject(name, Toestand.WAARSCHUWING, text, _IMPORT, None, since)]
    return [Subject(name, Toestand.GOED, f"De nieuwste lijst van instanties is die van {maand_naam(newest)}.", None, None, since)]
