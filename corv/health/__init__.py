"""`corv gezondheid`: facts + thresholds + now -> one line a subject, worst first. Pure; `health_facts` gathers.

A subject more: a function `facts, limits, now -> list[Subject]` in a module here and its line in SUBJECTS; a function that
gathers its facts and the line of the same name in `health_facts.GATHER`; its threshold in `settings.Gezondheid`,
`drempels.DREMPELS` and `standaard/corv.toml`; its part in docs/gezondheid.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from corv.health.backlog import attention, claimed, deliveries, late, pickups, to_judge
from corv.health.backups import backups
from corv.health.inbox import inboxes, scans
from corv.health.lists import lists
from corv.health.machine import ConfigFacts, ServiceFacts, configuration, database, disks, service, waits
from corv.health.rules import rules
from corv.health.values import Subject, Toestand, Unknown, worst
from corv.settings import Gezondheid

Judge = Callable[[Any, Gezondheid, datetime], list[Subject]]

SUBJECTS: Mapping[str, Judge] = {
    "database": database,
    "configuratie": configuration,
    "service": service,
    "wacht": waits,
    "scan": scans,
    "inbox": inboxes,
    "opgepakt": claimed,
    "bezorgen": deliveries,
    "ophalen": pickups,
    "beoordelen": to_judge,
    "aandacht": attention,
    "te_laat": late,
    "schijf": disks,
    "lijsten": lists,
    "regels": rules,
    "reservekopie": backups,
}
"""Every subject. Where there are more of one kind each has a line of its own, as `inbox:corv`."""

_REPORT_IT = "Meld dit aan de makers van corv."


@dataclass(frozen=True)
class Health:
    """The whole answer: how it was at that moment, worst first, and of two that are as bad the older first."""

    op: datetime
    onderwerpen: tuple[Subject, ...]
    laatste_ronde: datetime | None = None

    @property
    def toestand(self) -> Toestand:
        """The worst of all."""
        return worst(subject.toestand for subject in self.onderwerpen)


def assess(facts: Mapping[str, Any], limits: Gezondheid, now: datetime) -> Health:
    """Judge every subject of which there are facts. One that can't be judged is `onbekend` and never harms another."""
    found = [subject for naam in SUBJECTS if naam in facts for subject in _judge(naam, facts[naam], limits, now)]
    service_facts = facts.get("service")
    last = service_facts.ronde if isinstance(service_facts, ServiceFacts) else None
    return replace(_sorted(found, now), laatste_ronde=last.op if last else None)


def without_configuration(fouten: Sequence[str], now: datetime) -> Health:
    """What is left to say when config/ can't be loaded: its mistakes, and that the rest can't be judged."""
    rest = [naam for naam in SUBJECTS if naam != "configuratie"]
    text = f"Zolang config/ fout is, is de rest niet te beoordelen: {', '.join(rest)}."
    unknown = Subject("overige", Toestand.ONBEKEND, text, "Verbeter eerst config/.", len(rest))
    return _sorted([*configuration(ConfigFacts(fouten=fouten), Gezondheid(), now), unknown], now)


def _judge(naam: str, fact: object, limits: Gezondheid, now: datetime) -> list[Subject]:
    if isinstance(fact, Unknown):
        return [_unknown(naam, fact)]
    try:
        return SUBJECTS[naam](fact, limits, now)
    except Exception as error:  # noqa: BLE001 - one subject that our code fails on must not hide the others
        return [_unknown(naam, own_failure(error))]


def own_failure(error: Exception) -> Unknown:
    """A failure of our own code; without its text, which may quote a message."""
    return Unknown(f"door een fout in corv zelf ({type(error).__name__})", _REPORT_IT)


def _unknown(naam: str, fact: Unknown) -> Subject:
    return Subject(naam, Toestand.ONBEKEND, f"Dit is nu niet te beoordelen: {fact.reden}.", fact.doe)


def _sorted(subjects: Iterable[Subject], now: datetime) -> Health:
    def key(subject: Subject) -> tuple[int, int]:
        return -subject.toestand.rank, -(subject.age_s(now) or 0)

    return Health(now, tuple(sorted(subjects, key=key)))
