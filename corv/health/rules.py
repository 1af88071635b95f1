"""The rules: one that can't be asked says nothing of a message, and nobody sees that from the messages alone. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from corv.health.values import Backlog, Subject, Toestand
from corv.health.words import count, listed
from corv.settings import Gezondheid

HOURS = 24
"""Messages of so many hours back are counted."""

_MOST_NAMED = 3
_LOOK = (
    "Bekijk ze met corv berichten --bevinding regel-niet-uitgevoerd --sinds 1d. Duurt een eigen regel te lang, maak hem dan "
    "eenvoudiger: docs/eigen-regels.md. Is het een andere regel, meld dit dan aan de makers."
)


@dataclass(frozen=True)
class RuleFacts:
    """The messages of the last hours about which a rule could not be asked, and which rules that were."""

    berichten: Backlog
    regels: Sequence[str]


def rules(facts: RuleFacts, _limits: Gezondheid, _now: datetime) -> list[Subject]:
    """Whether every rule could be asked about every message. The messages themselves went on."""
    name, number = "regels", facts.berichten.aantal
    if not number:
        text = f"In de laatste {HOURS} uur kon elke regel worden uitgevoerd."
        return [Subject(name, Toestand.GOED, text, aantal=0)]
    named = [*facts.regels[:_MOST_NAMED]]
    if (more := len(facts.regels) - _MOST_NAMED) > 0:
        named.append(f"nog {more}")
    about = count(number, "bericht", "berichten")
    text = f"In de laatste {HOURS} uur kon bij {about} een regel niet worden uitgevoerd: {listed(named)}."
    return [Subject(name, Toestand.WAARSCHUWING, text, _LOOK, number, facts.berichten.oudste)]
