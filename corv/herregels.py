"""The rules of herroutering as frozen values, and trying them on one message. Pure; `regelbestand` reads them.

A rule applies when every condition that it names is met; the first that applies decides (ontwerp 6).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from corv.werkgebied import Volgorde, Werkgebied

WERKGEBIED = "werkgebied"
"""As the target of a rule: the Veilig Thuis that the evidence points at."""

ONS, ANDER_VT, EEN_VT = "ons", "ander", "veilig-thuis"
"""Words for a party in a condition, next to an OIN and the code of a region: we, another Veilig Thuis, any Veilig Thuis."""


class Dan(StrEnum):
    """What a rule may decide."""

    ACCEPTEER = "accepteer"
    HERROUTEER = "herrouteer"
    BEOORDEEL = "beoordeel"
    WEIGER = "weiger"


class Wijze(StrEnum):
    """What is written when a melding goes to another Veilig Thuis."""

    BEIDE = "beide"
    TERUGKOPPELING = "terugkoppeling"
    DOORSTUREN = "doorsturen"


class JuisteOrganisatie(StrEnum):
    """The elements of a vtTerugkoppeling that may name the right organisation (corv.md 6: not settled which)."""

    TOELICHTING = "toelichting"
    VERANTWOORDELIJK = "verantwoordelijk"
    IS_UITGEVOERD_DOOR = "isUitgevoerdDoor"


@dataclass(frozen=True)
class Feiten:
    """What the rules look at. `zender` and `ontvanger`: every word by which a condition may name that party.

    `rollen` and `gemeenten`: of the persons and addresses on which the outcome rests; `op`: the day of reception.
    """

    functie: str
    zender: frozenset[str]
    ontvanger: frozenset[str]
    werkgebied: Werkgebied
    rollen: frozenset[str]
    gemeenten: frozenset[str]
    op: date


@dataclass(frozen=True)
class Regel:
    """One rule. `als`: for each condition that it has the values that meet it; `naar`: WERKGEBIED or the code of a region."""

    naam: str
    dan: Dan
    als: Mapping[str, frozenset[str]]
    naar: str = ""
    reden: str = ""
    geldig_van: date | None = None
    geldig_tot: date | None = None


@dataclass(frozen=True)
class Poging:
    """One rule that was tried. `waarom`: a Dutch sentence with the value that was found."""

    naam: str
    past: bool
    waarom: str


@dataclass(frozen=True)
class Herroutering:
    """What config/herroutering.toml says. `hash`: SHA-256 of the file, as a decision records it."""

    regels: tuple[Regel, ...] = ()
    volgorde: Volgorde = field(default_factory=Volgorde)
    wijze: Wijze = Wijze.BEIDE
    juiste_organisatie_in: frozenset[JuisteOrganisatie] = frozenset(JuisteOrganisatie)
    hash: str = ""


def try_rules(regels: tuple[Regel, ...], feiten: Feiten) -> tuple[Regel | None, tuple[Poging, ...]]:
    """The first rule that applies, or None; and every rule up to it with what was found and why it did or did not apply."""
    raise NotImplementedError
