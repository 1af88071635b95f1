"""The rules of herroutering as frozen values, and trying them on one message. Pure; `regelbestand` reads them.

A rule applies when every condition that it names is met; the first that applies decides (ontwerp 6).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from corv.stuf import is_oin
from corv.werkgebied import Uitkomst, Volgorde, Werkgebied, Zekerheid

WERKGEBIED = "werkgebied"
"""As the target of a rule: the Veilig Thuis that the evidence points at."""

ONS, ANDER_VT, EEN_VT = "ons", "ander", "veilig-thuis"
"""Words for a party in a condition, next to an OIN and the code of a region: we, another Veilig Thuis, any Veilig Thuis."""

FIXED_NAMES = frozenset(
    {
        *("onleesbaar", "stuf-versie", "sectormodel", "ontvanger-onbekend", "zender-onbekend", "ander-bericht-zelfde-nummer"),
        *("eerder-ontvangen", "berichtcode", "functie", "combinatie", "niet-volgens-schema", "tegen-een-regel"),
        *("ontvangstbevestiging", "antwoord", "van-ons", "terugkoppeling-op-doorgestuurde-melding", "geen-regel"),
        *("al-eerder-doorgestuurd", "herroutering"),
        *("eigen-fout", "besluit-van-een-mens", "geen-bestand", "bestand-verdwenen", "teruggenomen", "opnieuw-ontvangen"),
    }
)
"""What stands as `regel` at a decision that no rule of the file took, so no rule may have such a name.

Written out here, because the table of routes brings along everything that handles a message; a test compares them.
"""


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


class Feiten(NamedTuple):
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

    @cached_property
    def voorwaarden(self) -> tuple[tuple[str, frozenset[str], str], ...]:
        """The conditions in the order in which they are told: name, the values that meet it, and these in words."""
        return tuple((naam, self.als[naam], " of ".join(sorted(self.als[naam]))) for naam in VOORWAARDEN if naam in self.als)


class Poging(NamedTuple):
    """One rule that was tried. `waarom`: a Dutch sentence with the value that was found."""

    naam: str
    past: bool
    waarom: str


@dataclass(frozen=True)
class Herroutering:
    """What config/herroutering.toml says. `tekst`: the file itself; `hash`: its SHA-256, as a decision records it."""

    regels: tuple[Regel, ...] = ()
    volgorde: Volgorde = field(default_factory=Volgorde)
    wijze: Wijze = Wijze.BEIDE
    juiste_organisatie_in: frozenset[JuisteOrganisatie] = frozenset(JuisteOrganisatie)
    hash: str = ""
    tekst: str = ""


@dataclass(frozen=True)
class Partijen:
    """Who is who by OIN. `regio`: the code of our own region; `andere`: OIN -> code of every other Veilig Thuis that we know."""

    eigen: frozenset[str] = frozenset()
    namens: frozenset[str] = frozenset()
    regio: str = ""
    andere: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _words(self) -> Mapping[str, frozenset[str]]:
        """The words for each OIN that we know."""
        andere = {oin: self.words_of_region(code) | {oin} for oin, code in self.andere.items()}
        namens = {oin: frozenset({oin, ONS}) for oin in self.namens}
        eigen = {oin: self.words_of_region(self.regio) | {oin, ONS, EEN_VT} for oin in self.eigen}
        return {**andere, **namens, **eigen}

    def words(self, oin: str | None) -> frozenset[str]:
        """Every word by which a condition may name who has this OIN. What is no OIN, a sender may have made up: no word."""
        if oin is None or not is_oin(oin):
            return frozenset()
        return self._words.get(oin) or frozenset({oin})

    def words_of_region(self, code: str) -> frozenset[str]:
        """Every word for the Veilig Thuis of a region; none for an empty code."""
        return frozenset({code, EEN_VT, ONS if code == self.regio else ANDER_VT}) if code else frozenset()


def feiten_of(functie: str, zender: frozenset[str], ontvanger: frozenset[str], werkgebied: Werkgebied | None, op: date) -> Feiten:
    """What the rules look at. `zender`, `ontvanger`: from `Partijen`; `werkgebied` None, no addresses, counts as unknown."""
    known = werkgebied or NO_ADDRESSES
    counting = [bewijs for bewijs in known.bewijs if bewijs.telt]
    rollen = frozenset([bewijs.rol for bewijs in counting if bewijs.rol])
    gemeenten = frozenset([code for bewijs in counting for code in bewijs.gemeenten])
    return Feiten(functie, zender, ontvanger, known, rollen, gemeenten, op)


def target_of(regel: Regel, werkgebied: Werkgebied) -> str:
    """The code of the region to which this rule sends a message; '' when it sends it nowhere."""
    return (werkgebied.vt or "") if regel.naar == WERKGEBIED else regel.naar


def try_rules(regels: tuple[Regel, ...], feiten: Feiten) -> tuple[Regel | None, tuple[Poging, ...]]:
    """The first rule that applies, or None; and every rule up to it with what was found and why it did or did not apply."""
    pogingen: list[Poging] = []
    gezien: dict[str, _Gezien] = {}
    for regel in regels:
        pogingen.append(_try(regel, feiten, gezien))
        if pogingen[-1].past:
            return regel, tuple(pogingen)
    return None, tuple(pogingen)


NO_ADDRESSES = Werkgebied(Uitkomst.ONBEKEND, None, Zekerheid.GEEN, (), "In dit soort bericht staan geen adressen.")

VOORWAARDEN: Mapping[str, Callable[[Feiten], Iterable[str]]] = {
    "functie": lambda feiten: [feiten.functie],
    "zender": lambda feiten: feiten.zender,
    "ontvanger": lambda feiten: feiten.ontvanger,
    "uitkomst": lambda feiten: [feiten.werkgebied.uitkomst],
    "zekerheid": lambda feiten: [feiten.werkgebied.zekerheid],
    "werkgebied": lambda feiten: [feiten.werkgebied.vt] if feiten.werkgebied.vt else [],
    "rol": lambda feiten: feiten.rollen,
    "gemeente": lambda feiten: feiten.gemeenten,
}
"""Every condition that a rule may have, and what of a message is held against it."""


_Gezien = tuple[list[str], str]
"""What a message has for a condition, and that in words."""


def _try(regel: Regel, feiten: Feiten, gezien: dict[str, _Gezien]) -> Poging:
    """`gezien`: what the rules before this one asked, because most ask the same."""
    met, unmet = [], _outside(regel, feiten.op)
    for naam, wanted, in_words in regel.voorwaarden:
        seen = gezien.get(naam)
        if seen is None:
            seen = gezien[naam] = _look(naam, feiten)
        found, told = seen
        if wanted.isdisjoint(found):
            unmet.append(f"{told}; de regel vraagt {in_words}")
        else:
            met.append(told)
    if unmet:
        return Poging(regel.naam, past=False, waarom=". ".join(unmet))
    return Poging(regel.naam, past=True, waarom=f"alle voorwaarden kloppen: {', '.join(met)}" if met else "geen voorwaarden")


def _look(naam: str, feiten: Feiten) -> _Gezien:
    found = sorted(VOORWAARDEN[naam](feiten))
    told = _party_in_words(found) if naam in {"zender", "ontvanger"} else " en ".join(found)
    return found, f"{naam} is {told or 'niet bekend'}"


def _party_in_words(words: list[str]) -> str:
    """Whether it is us or another Veilig Thuis, and by which OIN and code of a region."""
    who = next((word for word in (ONS, ANDER_VT) if word in words), "")
    names = ", ".join(word for word in words if word not in {ONS, ANDER_VT, EEN_VT})
    return f"{who} ({names})" if who and names else who or names


def _outside(regel: Regel, op: date) -> list[str]:
    """Why a rule does not hold on that day; nothing when it does."""
    if regel.geldig_van is not None and op < regel.geldig_van:
        return [f"het bericht kwam op {op:%d-%m-%Y}; de regel geldt vanaf {regel.geldig_van:%d-%m-%Y}"]
    if regel.geldig_tot is not None and op > regel.geldig_tot:
        return [f"het bericht kwam op {op:%d-%m-%Y}; de regel gold tot en met {regel.geldig_tot:%d-%m-%Y}"]
    return []
