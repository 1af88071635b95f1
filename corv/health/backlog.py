"""Messages and files on their way through: what waits for corv, for the other side, or for a person. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from corv.health.access import Closed
from corv.health.inbox import MOUNT
from corv.health.values import Backlog, Subject, Toestand, by_age, worst
from corv.health.words import ago, count, listed
from corv.settings import Drempel, Gezondheid


@dataclass(frozen=True)
class DeliveryFacts:
    """One outbox and what must still get there. `bezwaar` says in Dutch why it can't be used, if it can't."""

    kanaal: str
    map: str
    bezwaar: str | None
    te_bezorgen: Backlog


@dataclass(frozen=True)
class PickupFacts:
    """One folder to which we deliver, and what still lies there. `is_for_people`: the one for attention, not an outbox.

    `dicht`: why who fetches can't, if so.
    """

    naam: str
    map: str
    is_for_people: bool
    niet_opgehaald: Backlog
    dicht: Closed | None = None


@dataclass(frozen=True)
class AttentionFacts:
    """What a person must look at: meldingen (or what may be one) apart from the rest, and how many for each cause."""

    meldingen: Backlog
    overig: Backlog
    aanleidingen_meldingen: Mapping[str, int] = field(default_factory=dict)
    aanleidingen_overig: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class LateFacts:
    """Answers and terugkoppelingen of which the last day has passed; the age counts from that day."""

    te_laat: Backlog
    soorten: Mapping[str, int] = field(default_factory=dict)


_LATE = {
    "antwoord": ("antwoord op wat wij stuurden", "antwoorden op wat wij stuurden"),
    "terugkoppeling": ("terugkoppeling van ons", "terugkoppelingen van ons"),
    "verrijking": ("antwoord op een vcob of vci", "antwoorden op een vcob of vci"),
    "ontvangst": ("ontvangstbevestiging", "ontvangstbevestigingen"),
}
"""The kinds of `outstanding`, as they are said."""


@dataclass(frozen=True)
class _Words:
    """How one backlog is told: when there is none, what it is called, what its verb and end are, and what to do."""

    none: str
    one: str
    many: str
    end: str
    doe: str
    oldest: str = "het oudste"


def claimed(facts: Backlog, limits: Gezondheid, now: datetime) -> list[Subject]:
    """What was taken from an inbox and has no decision."""
    words = _Words(
        "Over elk opgepakt bericht is besloten.",
        "opgepakt bericht heeft",
        "opgepakte berichten hebben",
        "nog geen besluit",
        "Lees waarom: journalctl -u corv -n 50. Vergelijk de mappen met de database: corv herstel",
    )
    return [_told("opgepakt", facts, limits.opgepakt, words, now)]


def deliveries(facts: Sequence[DeliveryFacts], limits: Gezondheid, now: datetime) -> list[Subject]:
    """One line an outbox: what is decided and does not lie there yet."""
    return [_delivery(outbox, limits, now) for outbox in facts]


def _delivery(facts: DeliveryFacts, limits: Gezondheid, now: datetime) -> Subject:
    name = f"bezorgen:{facts.kanaal}"
    doe = "Lees waarom: journalctl -u corv -n 50. Is de schijf vol, of mag corv daar niet schrijven?"
    none = f"Voor {facts.map} staat niets meer klaar."
    words = _Words(none, "bestand moet", "bestanden moeten", f"nog naar {facts.map}", doe)
    told = _told(name, facts.te_bezorgen, limits.bezorgen, words, now)
    if facts.bezwaar is None:
        return told
    state = worst([told.toestand, Toestand.WAARSCHUWING])
    waiting = f" {told.tekst}" if facts.te_bezorgen.aantal else ""
    return Subject(name, state, f"{facts.map} is niet te gebruiken: {facts.bezwaar}.{waiting}", MOUNT, told.aantal, told.sinds)


def pickups(facts: Sequence[PickupFacts], limits: Gezondheid, now: datetime) -> list[Subject]:
    """One line a folder: what lies there and was not fetched. Where people fetch it may lie longer."""
    return [_pickup(folder, limits, now) for folder in facts]


def _pickup(facts: PickupFacts, limits: Gezondheid, now: datetime) -> Subject:
    if facts.is_for_people:
        limit, doe = limits.ophalen_aandacht, "Laat iemand de map opruimen; wat nog moet gebeuren, staat in: corv aandacht"
    else:
        limit, doe = limits.ophalen, "Vraag wie deze outbox leegt (de adapter of het zaaksysteem) of dat nog werkt."
    none = f"Uit {facts.map} is alles opgehaald."
    words = _Words(none, "bestand ligt", "bestanden liggen", f"nog in {facts.map}", doe)
    told = _told(f"ophalen:{facts.naam}", facts.niet_opgehaald, limit, words, now)
    if facts.dicht is None:
        return told
    waiting = f" {told.tekst}" if told.aantal else ""
    state = worst([told.toestand, Toestand.WAARSCHUWING])
    return replace(told, toestand=state, tekst=f"{facts.dicht.tekst}{waiting}", doe=facts.dicht.doe)


def to_judge(facts: Backlog, limits: Gezondheid, now: datetime) -> list[Subject]:
    """What waits for a person's decision."""
    words = _Words(
        "Er wacht geen bericht op een besluit van een mens.",
        "bericht wacht",
        "berichten wachten",
        "op een besluit van een mens",
        "Bekijk ze met corv beoordelen, en beslis met corv beslis KENMERK",
    )
    return [_told("beoordelen", facts, limits.beoordelen, words, now)]


def attention(facts: AttentionFacts, limits: Gezondheid, now: datetime) -> list[Subject]:
    """What a person has not looked at yet; a melding may wait less long than the rest."""
    doe = "Bekijk ze met corv aandacht, en rond af met corv beslis KENMERK"
    both = (
        (
            "aandacht:melding",
            facts.meldingen,
            facts.aanleidingen_meldingen,
            limits.aandacht_melding,
            ("melding", "meldingen", "de oudste"),
        ),
        (
            "aandacht:overig",
            facts.overig,
            facts.aanleidingen_overig,
            limits.aandacht_overig,
            ("ander bericht", "andere berichten", "het oudste"),
        ),
    )
    found = []
    for name, backlog, causes, limit, what in both:
        why = listed([f"{number} {cause.replace('_', ' ')}" for cause, number in causes.items()])
        none = f"Er zijn geen {what[1]} waar een mens naar moet kijken."
        words = _Words(none, f"{what[0]} vraagt", f"{what[1]} vragen", f"aandacht van een mens ({why})", doe, what[2])
        found.append(_told(name, backlog, limit, words, now))
    return found


def late(facts: LateFacts, limits: Gezondheid, now: datetime) -> list[Subject]:
    """Answers and terugkoppelingen that should have been there."""
    kinds = listed([count(number, *_LATE[kind]) for kind, number in facts.soorten.items()])
    words = _Words(
        "Alles wat een antwoord of terugkoppeling moet hebben, is op tijd.",
        "antwoord of terugkoppeling is",
        "antwoorden en terugkoppelingen zijn",
        f"te laat ({kinds})",
        "Bekijk ze met corv openstaand. Vraag een antwoord na bij de andere kant; een terugkoppeling stuurt u zelf.",
    )
    return [_told("te_laat", facts.te_laat, limits.te_laat, words, now)]


def _told(name: str, backlog: Backlog, limit: Drempel, words: _Words, now: datetime) -> Subject:
    since, number = backlog.oudste, backlog.aantal
    if since is None:
        return Subject(name, Toestand.GOED, words.none, aantal=0)
    state = by_age(since, limit, now)
    how_old = f"al {ago(since, now)}" if number == 1 else f"{words.oldest} al {ago(since, now)}"
    text = f"{count(number, words.one, words.many)} {words.end}, {how_old}."
    return Subject(name, state, text, None if state is Toestand.GOED else words.doe, number, since)
