"""The values that travel along the main path: what was claimed, what came in, what becomes of it."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING
from uuid import UUID

from corv.findings import Finding
from corv.herregels import Poging
from corv.settings import AndereOrganisatie, Kanaal
from corv.stuf import Berichtcode
from corv.werkgebied import Werkgebied

if TYPE_CHECKING:  # who only wants a status needs no XML parser
    from corv.reading import Reading
    from corv.recepten import Recept
    from corv.stuurgegevens import Systeem


class Status(StrEnum):
    """What has become of a message (ontwerp 7)."""

    ONTVANGEN = "ontvangen"
    GEACCEPTEERD = "geaccepteerd"
    GEWEIGERD = "geweigerd"
    HERHAALD = "herhaald"
    HERROUTEERD = "herrouteerd"
    TE_BEOORDELEN = "te_beoordelen"
    ONLEESBAAR = "onleesbaar"
    BEANTWOORD_MET_FOUT = "beantwoord_met_fout"


class Actie(StrEnum):
    """What the handler, or a person, decided to do with a message."""

    ACCEPTEER = "accepteer"
    WEIGER = "weiger"
    HERROUTEER = "herrouteer"
    GEEF_DOOR = "geef door"
    HERHAAL = "herhaal"
    BEOORDEEL = "beoordeel"
    ZET_APART = "zet apart"


class Soort(StrEnum):
    """Kinds of file that we write; next to these an answer has its berichtcode as kind."""

    BEZORGING = "bezorging"
    DOORSTURING = "doorsturing"
    TERUGKOPPELING = "terugkoppeling"
    AANDACHT = "aandacht"
    TOELICHTING = "toelichting"


MADE_FOR_OTHERS = frozenset({Soort.DOORSTURING, Soort.TERUGKOPPELING})
"""Kinds of file that we make of a message for another organisation than its sender."""


@dataclass(frozen=True)
class Claim:
    """A file that is ours: it lies, or will lie, at `.werk/<id>.xml` of its channel."""

    id: UUID
    kanaal: Kanaal
    bestandsnaam: str
    grootte: int


@dataclass(frozen=True)
class Incoming:
    """A recorded message. `raw` is None when the file is over the size limit and was not read.

    `antwoord_tijdstip`: Dutch local time of 17 digits, the first of the moments set aside for its replies; it only rises.
    `pogingen`: how often the process ended while it was handling this.
    """

    id: UUID
    kanaal: Kanaal
    raw: bytes | None
    ontvangen_op: datetime
    antwoord_tijdstip: str
    pogingen: int = 0


@dataclass(frozen=True)
class StoredAnswer:
    """A Bv or Fo as it was written before."""

    soort: str
    kanaal: str
    inhoud: bytes
    referentienummer: str


@dataclass(frozen=True)
class Prior:
    """The message that counts as the first with some identity, and how it was answered.

    `was_returned`: we sent it and the other side answered with an Fo03, so it will be offered again (par. 4.4.3).
    `waits_for_a_person`: nobody decided about it yet.
    """

    id: UUID
    content_hash: str
    foutcode: str | None
    answers: tuple[StoredAnswer, ...] = ()
    was_returned: bool = False
    waits_for_a_person: bool = False


@dataclass(frozen=True)
class Answered:
    """Something that went out under a referentienummer. `made_by_us`: a file of our making, no message from a channel.

    `is_doorsturing`: of these, a message that we sent on to another organisation; `is_last`: none was sent on after it.
    """

    id: UUID
    kanaal: str
    zender: str | None
    ontvanger: str | None
    made_by_us: bool = False
    is_doorsturing: bool = False
    is_last: bool = True


class Fit(Enum):
    """How an ucob or uci fits the request that it answers, which it names by crossRefnummer and by verzoekidentificatie.

    CONTRADICTS: the crossRefnummer is of a request that has another verzoekidentificatie, so nobody can tell which is meant.
    OTHER_PARTY: both numbers are of one request, which went between other organisations than this answer.
    """

    BOTH = auto()
    KEY_ONLY = auto()
    CONTRADICTS = auto()
    OTHER_PARTY = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Doorgestuurd:
    """A melding that we sent on, with the system of its first melder. `is_last`: it was not sent on to another after that."""

    id: UUID
    melder: "Systeem"
    is_last: bool = True


@dataclass(frozen=True)
class Facts:
    """What was known about a message at the moment of deciding: gathered first, so that deciding needs no database.

    `fit`: of an ucob or uci, how it fits what it answers. `eerder_doorgestuurd`: a melding that we sent on before, with
    the same number of the same melder. `terugkoppeling_op`: the meldingen with the number of this terugkoppeling that we sent
    on to its sender.
    """

    prior: Prior | None = None
    answered: Answered | None = None
    fit: Fit | None = None
    eerder_doorgestuurd: UUID | None = None
    terugkoppeling_op: tuple[Doorgestuurd, ...] = ()


@dataclass(frozen=True)
class Decision:
    """What happens to a message and why. `regel` names the rule that decided; `reden` is a Dutch sentence.

    `deliver_to`: the channel whose outbox gets the original bytes; `answers`: which Bv or Fo are written; `repeat`:
    stored answers that are written again; `aandacht`: the original also goes to a person, with an explanation.
    `faults_on`: this says that these were not accepted, so a person must look there; `receipts_on`: this shows that they were.
    `herrouteer_naar`: the organisation that is responsible; `herrouteer_als`: how its files are named, its code when empty;
    `tell_melder`: no message can tell the melder so, so a person must;
    `geef_door_aan`: the system that gets the message re-addressed; `pogingen`: the rules that were tried.
    `offered_again`: that sent message came back with an Fo03, and this is the same once more; `supersedes`: an earlier copy
    that waits for a person and need not any more.
    """

    status: Status
    actie: Actie
    reden: str
    regel: str = ""
    naar: str | None = None
    foutcode: str | None = None
    answers: tuple[Berichtcode, ...] = ()
    repeat: tuple[StoredAnswer, ...] = ()
    deliver_to: str | None = None
    aandacht: bool = False
    hoort_bij: UUID | None = None
    faults_on: tuple[Answered, ...] = ()
    receipts_on: tuple[UUID, ...] = ()
    herrouteer_naar: AndereOrganisatie | None = None
    herrouteer_als: str = ""
    tell_melder: bool = False
    geef_door_aan: "Systeem | None" = None
    pogingen: tuple[Poging, ...] = ()
    offered_again: UUID | None = None
    supersedes: UUID | None = None


@dataclass(frozen=True)
class Output:
    """One file to write. `inhoud` None means: the original bytes of the message, which the database does not hold.

    With a `recept` it is made from the original: then the database keeps the recipe and not the bytes. `bekende_hash`: of a file
    that lies there while its bytes can't be made again.
    """

    soort: str
    kanaal: str
    bestandsnaam: str
    inhoud: bytes | None
    map: str = ""
    referentienummer: str | None = None
    recept: "Recept | None" = None
    bekende_hash: str | None = None

    @property
    def digest(self) -> str | None:
        """The SHA-256 of its bytes; None when those are the original bytes of the message."""
        return hashlib.sha256(self.inhoud).hexdigest() if self.inhoud is not None else self.bekende_hash


@dataclass(frozen=True)
class Verklaring:
    """Why it was decided so, as it is recorded: the evidence, the rules that were tried, and which rules and tables."""

    werkgebied: Werkgebied | None
    pogingen: tuple[Poging, ...]
    regelbestand: str
    tabellen: str


@dataclass(frozen=True)
class Outcome:
    """The end of one message: what it was, what was found, decided and must be written."""

    incoming: Incoming
    reading: "Reading"
    decision: Decision
    findings: tuple[Finding, ...] = ()
    outputs: tuple[Output, ...] = field(default=())
    verklaring: Verklaring | None = None
