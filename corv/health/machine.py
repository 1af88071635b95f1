"""The service, the database, the configuration and the disks: what everything else stands on. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from corv.health.inbox import START
from corv.health.values import Pass, Subject, Toestand, by_age, pass_limit, worst
from corv.health.words import ago, count, listed, local, size
from corv.settings import Gezondheid

_FEW_INODES, _TOO_FEW_INODES = 10_000, 1_000


@dataclass(frozen=True)
class DatabaseFacts:
    """`bezwaar`: why it can't be read, if it can't; also when it is of an earlier version and not brought up to date yet."""

    bezwaar: str | None = None


@dataclass(frozen=True)
class ServiceFacts:
    """`houder`: the process that data/corv.bezig names, since when, and whether it is there."""

    ronde: Pass | None
    houder: int | None = None
    houder_sinds: datetime | None = None
    houder_leeft: bool = False


@dataclass(frozen=True)
class DiskFacts:
    """One file system: the folders of ours that lie on it, and what is free there. A file system may have no inodes to count.

    `bezwaar` says in Dutch why nothing can be written there whatever is free, if so.
    """

    mappen: Sequence[str]
    vrij: int
    vrije_inodes: int | None = None
    bezwaar: str | None = None


@dataclass(frozen=True)
class WaitFacts:
    """What the last passes could not do, each since it was first told, and how many of those are not kept.

    `zonder_seintje`: the watched folders of which no events arrive, and why. All texts are Dutch.
    """

    problems: Mapping[str, datetime] = field(default_factory=dict)
    meer: int = 0
    zonder_seintje: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ConfigFacts:
    """`geladen_*` and `geweigerd_*`: what is at work and what was refused; `schijf_*` and `fouten`: what config/ says now."""

    fouten: Sequence[str] = ()
    heeft_oins: bool = True
    geladen_op: datetime | None = None
    geladen_hash: str = ""
    geweigerd_op: datetime | None = None
    geweigerd_om: Sequence[str] = ()
    schijf_hash: str = ""
    schijf_op: datetime | None = None
    ronde: Pass | None = None


def database(facts: DatabaseFacts, _limits: Gezondheid, _now: datetime) -> list[Subject]:
    """Whether the database can be read at all."""
    if facts.bezwaar is not None:
        doe = "Doe wat daar staat. Is de schijf met data/ aangekoppeld? Lees docs/installeren.md deel 10; gooi niets weg."
        return [Subject("database", Toestand.KRITIEK, facts.bezwaar, doe)]
    return [Subject("database", Toestand.GOED, "De database is te lezen.")]


def service(facts: ServiceFacts, limits: Gezondheid, now: datetime) -> list[Subject]:
    """Whether somebody works here, judged by the end of the last pass."""
    last, journal = facts.ronde, "Lees waarom: journalctl -u corv -n 50. "
    limit = pass_limit(last, limits.ronde)
    if facts.houder is not None and not facts.houder_leeft:
        ended = f"; de laatste ronde eindigde {ago(last.op, now)} geleden" if last else ""
        text = f"Proces {facts.houder} werkte hier, maar is er niet meer en heeft niet netjes afgesloten{ended}."
        state = worst([Toestand.WAARSCHUWING, by_age(last.op if last else None, limit, now)])
        return [Subject("service", state, text, journal + START, None, last.op if last else None)]
    if last is None and facts.houder is None:
        return [Subject("service", Toestand.ONBEKEND, "Corv heeft in deze werkmap nog nooit een ronde afgemaakt.", START)]
    if last is None:
        state = by_age(facts.houder_sinds, limit, now)
        text = f"Corv is begonnen (proces {facts.houder}) en heeft nog geen ronde afgemaakt."
        return [Subject("service", state, text, None if state is Toestand.GOED else journal, None, facts.houder_sinds)]
    state, done = by_age(last.op, limit, now), f"de laatste ronde eindigde {ago(last.op, now)} geleden"
    if last.wijze == "start" and facts.houder is None:
        text = f"De service draait niet; {done}."
        return [Subject("service", worst([Toestand.WAARSCHUWING, state]), text, START, None, last.op)]
    who = f"De service draait (proces {facts.houder})" if last.wijze == "start" else "Corv werkt ronde voor ronde (corv verwerk)"
    if state is Toestand.GOED:
        return [Subject("service", state, f"{who}; {done}.", None, None, last.op)]
    doe = journal + ("Komt zij er niet uit: systemctl restart corv" if last.wijze == "start" else START)
    return [Subject("service", state, f"{who}, maar {done}.", doe, None, last.op)]


def waits(facts: WaitFacts, limits: Gezondheid, now: datetime) -> list[Subject]:
    """What corv can't do now, told at once: whatever it is, nothing is lost and nothing is answered until it can."""
    if not facts.problems:
        return [Subject("wacht", Toestand.GOED, "De laatste ronde hoefde nergens op te wachten.", aantal=0)]
    since, number = min(facts.problems.values()), len(facts.problems) + facts.meer
    shown = [*facts.problems][:_MOST_SHOWN]
    rest = number - len(shown)
    more = f" En nog {count(rest, 'reden', 'redenen')}." if rest else ""
    text = f"Corv wacht, al {ago(since, now)}: {' '.join(shown)}{more}"
    return [Subject("wacht", by_age(min(since, now), limits.wacht, now), text, _RESUMES, number, since)]


_MOST_SHOWN = 5
_RESUMES = (
    "Verhelp wat er staat; docs/storingen.md zegt per reden hoe. Corv probeert het elke ronde opnieuw en gaat dan vanzelf "
    "verder, zonder herstart."
)


def disks(facts: Sequence[DiskFacts], limits: Gezondheid, _now: datetime) -> list[Subject]:
    """One line a file system: what is free on it."""
    return [_disk(disk, limits) for disk in facts]


def _disk(facts: DiskFacts, limits: Gezondheid) -> Subject:
    inodes, name = facts.vrije_inodes, f"schijf:{facts.mappen[0]}"
    if facts.bezwaar is not None:
        text = f"Op de schijf van {listed(facts.mappen)} kan corv nu niets opslaan: {facts.bezwaar}."
        return Subject(name, Toestand.KRITIEK, text, _WRITABLE)
    if facts.vrij < limits.schijf.kritiek or (inodes is not None and inodes < _TOO_FEW_INODES):
        state = Toestand.KRITIEK
    elif facts.vrij < limits.schijf.waarschuwing or (inodes is not None and inodes < _FEW_INODES):
        state = Toestand.WAARSCHUWING
    else:
        state = Toestand.GOED
    few = f" en plaats voor {count(inodes, 'bestand', 'bestanden')}" if inodes is not None and inodes < _FEW_INODES else ""
    full = "is vol en " if facts.vrij < _FULL or inodes == 0 else ""
    text = f"De schijf van {listed(facts.mappen)} {full}heeft nog {size(facts.vrij)}{few} vrij."
    doe = f"Maak ruimte of vergroot de schijf; zie wat er staat met: df -h, en df -i. {_NOT_OURS}"
    return Subject(name, state, text, None if state is Toestand.GOED else doe)


_FULL = 1024 * 1024
_WRITABLE = "Koppel de schijf schrijfbaar aan, of herstel de rechten: docs/installeren.md deel 3. Corv gaat dan vanzelf verder."
_NOT_OURS = "Gooi niets weg uit data/, .werk of .klaar."
_CHECK = "Verbeter config/ en controleer haar met: corv config controleer"


def configuration(facts: ConfigFacts, limits: Gezondheid, now: datetime) -> list[Subject]:
    """Whether config/ is right, at work, and complete enough to handle messages."""
    return [_configuration(facts, limits, now)]


def _configuration(facts: ConfigFacts, limits: Gezondheid, now: datetime) -> Subject:
    name, loaded = "configuratie", facts.geladen_op
    at_work = f"configuratie {facts.geladen_hash[:8]}, geladen op {local(loaded)}" if loaded else ""
    if facts.fouten:
        number = count(len(facts.fouten), "fout", "fouten")
        text = f"config/ heeft {number}: {' '.join(facts.fouten)}" + (f" Aan het werk is nog {at_work}." if at_work else "")
        return Subject(name, Toestand.KRITIEK, text, _CHECK, len(facts.fouten), loaded)
    if loaded is None:
        text = "De configuratie is in orde, maar nog niet geladen."
        return Subject(name, Toestand.ONBEKEND, text, START)
    changed, since = facts.schijf_hash != facts.geladen_hash, facts.schijf_op
    if changed and facts.geweigerd_op is not None and (since is None or facts.geweigerd_op >= since):
        reasons = " ".join(facts.geweigerd_om)
        text = f"De gewijzigde config/ is op {local(facts.geweigerd_op)} geweigerd: {reasons} Aan het werk is nog {at_work}."
        return Subject(name, Toestand.KRITIEK, text, _CHECK, len(facts.geweigerd_om), facts.geweigerd_op)
    if changed and facts.ronde is not None and facts.ronde.wijze == "start":
        state = by_age(since, pass_limit(facts.ronde, limits.ronde), now)
        text = f"config/ is gewijzigd ({facts.schijf_hash[:8]}) en nog niet overgenomen; aan het werk is {at_work}."
        return Subject(
            name, state, text, None if state is Toestand.GOED else "Start de service opnieuw: systemctl restart corv", None, since
        )
    if not facts.heeft_oins:
        text = "In config/corv.toml is bij [organisatie] oins nog leeg; tot die tijd wacht alles."
        return Subject(name, Toestand.WAARSCHUWING, text, "Vul de OIN van uw organisatie in.", None, loaded)
    later = f"; config/ is gewijzigd ({facts.schijf_hash[:8]}) en geldt vanaf de volgende ronde" if changed else ""
    return Subject(name, Toestand.GOED, f"Aan het werk is {at_work}{later}.", None, None, loaded)
