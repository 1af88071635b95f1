"""What waits in the inboxes and why, and when they were last listed. Pure."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from corv.health.values import Backlog, Pass, Subject, Toestand, by_age, pass_limit, worst
from corv.health.words import ago, count, in_words
from corv.settings import Drempel, Gezondheid

START = "Start de service: systemctl start corv. Draait corv vanuit een taakplanner, kijk dan of die nog loopt."
_LISTEN = "Verhelp de reden; de service luistert dan vanzelf weer, zonder herstart. Er gaat niets kwijt: het duurt alleen langer."
MOUNT = "Koppel de map aan of herstel de rechten; is zij voorgoed weg, lees dan docs/installeren.md deel 5."


class Kind(StrEnum):
    """What can be seen of a thing in an inbox, without knowing what corv does."""

    BESTAND = "bestand"
    GEEN_KLAARTEKEN = "geen klaarteken"
    IN_WORDING = "in wording"
    NIET_TE_BEKIJKEN = "niet te bekijken"
    GEEN_BESTAND = "geen bestand"


@dataclass(frozen=True)
class ScanFacts:
    """One inbox, and when it was last listed. `bezwaar` says in Dutch why it can't be used now, if it can't.

    `zonder_seintje`: why no events of it arrive, where the service would listen for them.
    """

    kanaal: str
    map: str
    bezwaar: str | None
    bekeken_op: datetime | None
    ronde: Pass | None
    zonder_seintje: str | None = None


@dataclass(frozen=True)
class InboxFacts:
    """One inbox, what waits there, and what decides why. `pad`: where it is, for a command; `net_s`: so long it just came."""

    scan: ScanFacts
    pad: str
    wachtend: Mapping[Kind, Backlog]
    net_s: float
    klaarteken: str
    heeft_oins: bool


@dataclass(frozen=True)
class _Cause:
    """Why something waits, and what to do; `least` and `most` bound what its age may make of it, `wat` is what it is called."""

    waarom: str
    doe: str
    wat: tuple[str, str] = ("bestand", "bestanden")
    least: Toestand = Toestand.GOED
    most: Toestand = Toestand.KRITIEK

    def state(self, since: datetime, limit: Drempel, now: datetime) -> Toestand:
        """What this cause makes of an age."""
        found = worst([by_age(since, limit, now), self.least])
        return min(found, self.most, key=lambda state: state.rank)


def inboxes(facts: Sequence[InboxFacts], limits: Gezondheid, now: datetime) -> list[Subject]:
    """One line an inbox: how many files wait, since when, and why the worst of them does."""
    return [_inbox(inbox, limits, now) for inbox in facts]


def scans(facts: Sequence[ScanFacts], limits: Gezondheid, now: datetime) -> list[Subject]:
    """One line an inbox: when it was last listed as a whole."""
    return [_scan(scan, limits, now) for scan in facts]


def _inbox(facts: InboxFacts, limits: Gezondheid, now: datetime) -> Subject:
    scan = facts.scan
    name = f"inbox:{scan.kanaal}"
    if scan.bezwaar is not None:
        # Since when nobody knows; the last listing was at any rate before that.
        age = by_age(scan.bekeken_op, limits.inbox, now) if scan.bekeken_op else Toestand.KRITIEK
        text = f"{scan.map} is niet te gebruiken: {scan.bezwaar}. Wat daar ligt, wacht."
        return Subject(name, worst([age, Toestand.WAARSCHUWING]), text, MOUNT, None, scan.bekeken_op)
    waiting = [
        (cause.state(backlog.oudste, limits.inbox, now), now - backlog.oudste, backlog.aantal, backlog.oudste, cause)
        for kind, backlog in facts.wachtend.items()
        if backlog.oudste is not None
        for cause in [_cause(kind, backlog.oudste, facts, limits, now)]
    ]
    if not waiting:
        return Subject(name, Toestand.GOED, f"In {scan.map} wacht niets.", aantal=0)
    state, _, number, since, cause = max(waiting, key=lambda item: (item[0].rank, item[1]))
    rest = sum(item[2] for item in waiting) - number
    how_old = f"al {ago(since, now)}" if number == 1 else f"het oudste al {ago(since, now)}"
    more = f"; daarnaast {count(rest, 'ander', 'andere')}" if rest else ""
    waits = "wacht" if number == 1 else "wachten"
    text = f"In {scan.map} {waits} {count(number, *cause.wat)}, {how_old}: {cause.waarom}{more}."
    return Subject(name, state, text, None if state is Toestand.GOED else cause.doe, number + rest, since)


def _cause(kind: Kind, since: datetime, facts: InboxFacts, limits: Gezondheid, now: datetime) -> _Cause:
    look = f"Bekijk wat er het langst ligt: ls -ltrc {shlex.quote(facts.pad)}"
    if kind is not Kind.BESTAND:
        return {
            Kind.GEEN_BESTAND: _Cause(
                "het is geen gewoon bestand", f"Haal het weg. {look}", ("ding", "dingen"), most=Toestand.WAARSCHUWING
            ),
            Kind.IN_WORDING: _Cause(
                "de naam zegt dat iemand er nog aan schrijft",
                f"Vraag wie het neerzet of het is afgebroken, en laat het opnieuw aanbieden. {look}",
            ),
            Kind.NIET_TE_BEKIJKEN: _Cause(
                "het is niet te bekijken", f"Herstel de rechten of de naam. {look}", least=Toestand.WAARSCHUWING
            ),
            Kind.GEEN_KLAARTEKEN: _Cause(
                f"het klaarteken {facts.klaarteken} ernaast ontbreekt",
                f"Vraag wie het neerzet of het compleet is, en waarom het klaarteken ontbreekt. {look}",
            ),
        }[kind]
    if not facts.heeft_oins:
        doe = "Vul bij [organisatie] oins in config/corv.toml de OIN van uw organisatie in."
        return _Cause("in config/corv.toml is oins nog leeg", doe, least=Toestand.WAARSCHUWING)
    if (now - since).total_seconds() < facts.net_s:
        return _Cause("net gekomen, of het groeit nog", look)
    if _listing(facts.scan, limits, now).toestand is not Toestand.GOED:
        return _Cause("niemand kijkt in die map", START)
    if facts.scan.bekeken_op is not None and since > facts.scan.bekeken_op:
        return _Cause("het kwam na de laatste ronde, of het groeit nog", look)
    return _Cause("corv kijkt daar wel, maar pakt het niet op", f"Lees waarom: journalctl -u corv -n 50. {look}")


def _scan(facts: ScanFacts, limits: Gezondheid, now: datetime) -> Subject:
    told = _listing(facts, limits, now)
    if facts.zonder_seintje is None or facts.bezwaar is not None or facts.ronde is None:
        return told
    text = (
        f"{told.tekst} Corv krijgt daar geen seintje van een nieuw bestand ({facts.zonder_seintje}) en kijkt daar alleen elke "
        f"{in_words(int(facts.ronde.herscan_s))}."
    )
    return replace(told, toestand=worst([told.toestand, Toestand.WAARSCHUWING]), tekst=text, doe=told.doe or _LISTEN)


def _listing(facts: ScanFacts, limits: Gezondheid, now: datetime) -> Subject:
    name = f"scan:{facts.kanaal}"
    if facts.bekeken_op is None:
        state = Toestand.ONBEKEND if facts.ronde is None else Toestand.KRITIEK
        return Subject(name, state, f"{facts.map} is nog nooit bekeken.", MOUNT if facts.ronde else START)
    state = by_age(facts.bekeken_op, pass_limit(facts.ronde, limits.ronde), now)
    text = f"{facts.map} is {ago(facts.bekeken_op, now)} geleden voor het laatst helemaal bekeken."
    doe = None if state is Toestand.GOED else (MOUNT if facts.bezwaar else START)
    return Subject(name, state, text, doe, None, facts.bekeken_op)
