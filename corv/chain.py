"""Which messages are one conversation, in what order, and why each belongs. Pure; `conversation` gathers what it needs."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corv.settings import Kant
from corv.stuf import ANSWERS, VERRIJKINGEN

MOST_MESSAGES = 1000
"""A conversation is cut off here; a real one is never near it, so then some number is used for very many messages."""


class Verband(StrEnum):
    """Why a message belongs to the conversation; the strongest reason first. What comes after BEGIN is no link."""

    MET_DE_HAND = "met de hand gekoppeld"
    NOG_EENS = "zelfde bericht nog eens"
    ANDERE_INHOUD = "zelfde referentienummer, andere inhoud"
    CROSS_REFNUMMER = "crossRefnummer"
    ZAAKIDENTIFICATIE = "zaakidentificatie"
    IDENTIFICATIE_VT_MELDING = "identificatieVtMelding"
    KENMERK = "kenmerk"
    UW_IDENTIFICATIE = "uwIdentificatie"
    VERZOEKIDENTIFICATIE = "verzoekidentificatie"
    BEGIN = "begin"
    VRAAG_ONBEKEND = "niet bekend waarop dit antwoordt"


_STRENGTH = {verband: place for place, verband in enumerate(Verband)}


class Richting(StrEnum):
    """Which way something went: over the channel to the outside, or from us to our own case system."""

    VAN_BUITEN = "van buiten"
    VAN_ONS = "van ons"
    AAN_EIGEN_SYSTEEM = "aan eigen systeem"


@dataclass(frozen=True)
class Koppeling:
    """Who tied two messages by hand, when and why."""

    door: str
    op: str
    reden: str


@dataclass(frozen=True)
class Link:
    """Two messages that belong together directly. Where one answers the other, `een` is the answer."""

    een: str
    ander: str
    verband: Verband
    koppeling: Koppeling | None = None


@dataclass(frozen=True)
class Chain:
    """The messages of one conversation and how they hang together. `is_whole` is False when it was cut off."""

    members: tuple[str, ...]
    links: tuple[Link, ...]
    is_whole: bool


@dataclass(frozen=True)
class Message:
    """One recorded message, as far as the conversation shows it. `volgnr` is the order of arrival."""

    volgnr: int
    id: str
    kanaal: str
    ontvangen_op: str
    functie: str | None
    berichtcode: str | None
    referentienummer: str | None
    cross_refnummer: str | None
    status: str
    hoort_bij: str | None

    @property
    def is_answer(self) -> bool:
        """Whether this answers one other message: a Bv or Fo, an ucob or an uci."""
        return self.berichtcode in ANSWERS or self.functie in VERRIJKINGEN.values()


@dataclass(frozen=True)
class OwnAnswer:
    """A Bv or Fo that we wrote ourselves, on the message `bericht`."""

    bericht: str
    soort: str
    kanaal: str
    referentienummer: str
    klaargezet_op: str
    bezorgd_op: str | None


@dataclass(frozen=True)
class Line:
    """One line of a conversation, in the words of `corv keten --json`.

    An answer of ours has the `kenmerk` of what it answers and no `status`: there `bezorgd_op` tells whether it left.
    """

    op: str
    richting: Richting
    soort: str | None
    kenmerk: str
    referentienummer: str | None
    cross_refnummer: str | None
    status: str | None
    verband: Verband
    hoort_bij: str | None
    bezorgd_op: str | None = None
    koppeling: Koppeling | None = None


def grow(start: str, links_of: Callable[[Sequence[str]], tuple[list[Link], bool]], most: int = MOST_MESSAGES) -> Chain:
    """Everything that hangs together with `start`, nearest first.

    `links_of` gives every direct link of some messages, and whether those are all.
    """
    members: dict[str, None] = {start: None}
    links: dict[Link, None] = {}
    frontier, is_whole = [start], True
    while frontier:
        found, are_all = links_of(frontier)
        links.update(dict.fromkeys(found))
        new = [id_ for id_ in dict.fromkeys(id_ for link in found for id_ in (link.een, link.ander)) if id_ not in members]
        frontier = new[: most - len(members)]
        members.update(dict.fromkeys(frontier))
        is_whole = is_whole and are_all and len(frontier) == len(new)
    inside = [link for link in links if link.een in members and link.ander in members]
    return Chain(tuple(members), tuple(inside), is_whole)


def put_in_order(messages: Sequence[Message], answers: Sequence[OwnAnswer], links: Sequence[Link]) -> list[Line]:
    """The conversation in order of time; of one moment a message stands before its answers, and both before the next message."""
    in_order = sorted(messages, key=lambda message: (datetime.fromisoformat(message.ontvangen_op), message.volgnr))
    place = {message.id: number for number, message in enumerate(in_order)}
    by_id = {message.id: message for message in messages}
    touching = defaultdict(list)
    for link in links:
        touching[link.een].append(link)
        touching[link.ander].append(link)
    lines = []
    for message in in_order:
        reason, koppeling = _why(message, place, touching[message.id])
        moment = datetime.fromisoformat(message.ontvangen_op)
        lines.append((moment, place[message.id], 0, _of_message(message, reason, koppeling)))
    for number, answer in enumerate(answers, start=1):
        question = by_id[answer.bericht]
        # A clock that was put back must not show an answer before what it answers.
        moment = max(datetime.fromisoformat(answer.klaargezet_op), datetime.fromisoformat(question.ontvangen_op))
        lines.append((moment, place[question.id], number, _of_answer(answer, question)))
    return [line for *_, line in sorted(lines, key=lambda entry: entry[:3])]


def _why(message: Message, place: Mapping[str, int], links: Sequence[Link]) -> tuple[Verband, Koppeling | None]:
    """The strongest link with something earlier; where there is none, the strongest at all.

    But what is here only because a later answer named it begins something itself: it has no crossRefnummer.
    """
    earlier = [link for link in links if min(place[link.een], place[link.ander]) < place[message.id]]
    if not earlier and message.is_answer and message.hoort_bij is None and not _is_told(message, links):
        return Verband.VRAAG_ONBEKEND, None
    reasons = earlier or [link for link in links if link.verband is not Verband.CROSS_REFNUMMER or link.een == message.id]
    if place[message.id] == 0 or not reasons:
        return Verband.BEGIN, None
    strongest = min(reasons, key=lambda link: _STRENGTH[link.verband])
    return strongest.verband, strongest.koppeling


def _is_told(answer: Message, links: Sequence[Link]) -> bool:
    """Whether the number in the answer, or a person, says what it answers."""
    return any(
        link.verband is Verband.MET_DE_HAND or (link.verband is Verband.CROSS_REFNUMMER and link.een == answer.id)
        for link in links
    )


def _of_message(message: Message, verband: Verband, koppeling: Koppeling | None) -> Line:
    return Line(
        op=message.ontvangen_op,
        richting=Richting.VAN_BUITEN if message.kanaal == Kant.CORV else Richting.VAN_ONS,
        soort=message.functie or message.berichtcode,
        kenmerk=message.id,
        referentienummer=message.referentienummer,
        cross_refnummer=message.cross_refnummer,
        status=message.status,
        verband=verband,
        hoort_bij=message.hoort_bij,
        koppeling=koppeling,
    )


def _of_answer(answer: OwnAnswer, question: Message) -> Line:
    return Line(
        op=answer.klaargezet_op,
        richting=Richting.VAN_ONS if answer.kanaal == Kant.CORV else Richting.AAN_EIGEN_SYSTEEM,
        soort=answer.soort,
        kenmerk=answer.bericht,
        referentienummer=answer.referentienummer,
        cross_refnummer=question.referentienummer,
        status=None,
        verband=Verband.CROSS_REFNUMMER,
        hoort_bij=answer.bericht,
        bezorgd_op=answer.bezorgd_op,
    )
