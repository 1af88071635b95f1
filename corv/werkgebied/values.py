"""The values of a werkgebied: what goes in (persons and addresses), what comes out (outcome and evidence)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from corv.tabellen import Tabellen


class Uitkomst(StrEnum):
    """Whose melding it is by its addresses."""

    EIGEN = "eigen"
    ANDER = "ander"
    MEERDERE = "meerdere"
    ONBEKEND = "onbekend"


class Zekerheid(StrEnum):
    """How far the evidence goes; only HOOG may lead to forwarding without a person."""

    HOOG = "hoog"
    MIDDEL = "middel"
    LAAG = "laag"
    GEEN = "geen"


_LADDER = {zekerheid: step for step, zekerheid in enumerate(Zekerheid)}


def lowest(zekerheden: Iterable[Zekerheid]) -> Zekerheid:
    """The weakest of these, of which there is at least one."""
    return max(zekerheden, key=_LADDER.__getitem__)


def highest(zekerheden: Iterable[Zekerheid]) -> Zekerheid:
    """The strongest of these, of which there is at least one."""
    return min(zekerheden, key=_LADDER.__getitem__)


class Groep(StrEnum):
    """Whose address counts, in the order of [bewijs]."""

    MINDERJARIGEN = "minderjarigen"
    HUISGENOTEN = "huisgenoten"


class Adressoort(StrEnum):
    """Which address of a person counts, in the order of [bewijs]."""

    FEITELIJK = "feitelijk"
    FORMEEL = "formeel"


LAATST_BEKEND = "laatst bekend"
"""A soort of Adres: where the person last was known to live. Looked at after formeel, where formeel is looked at."""

GEEN_VERBLIJF = "geen verblijfsadres"
"""A soort of Adres: post, work, detention and the like. Nothing is concluded from it."""

ZONDER_VERBLIJF = "zonder vast verblijf"
"""A soort of Adres: the sender says that there is no abode, or that it is unknown."""

LOCATIE = "locatie"
"""What Bewijs.adres says of the free text of where it happened."""


@dataclass(frozen=True)
class Volgorde:
    """The order of evidence. `vrije_tekst`: whether a place in the free text of the incident counts as a hint."""

    personen: tuple[Groep, ...] = tuple(Groep)
    adressen: tuple[Adressoort, ...] = tuple(Adressoort)
    vrije_tekst: bool = True

    @cached_property
    def soorten(self) -> tuple[str, ...]:
        """The soorten of address that count, in their order. One that was left out of the configuration is not used."""
        last = (LAATST_BEKEND,) if Adressoort.FORMEEL in self.adressen else ()
        return (*self.adressen, *last)


class Bewijs(NamedTuple):
    """One address and what it says. `pad`: the element, from below the root, with the number of the person where there are more.

    `wie`: which person and in which role; `adres`: the soort of the Adres, or locatie; `postcode`, `woonplaats`: the regions that
    each of these points at; `vts`: what both say together; `telt`: whether the outcome rests on it.
    """

    pad: str
    wie: str
    rol: str | None
    adres: str
    postcode: tuple[str, ...]
    woonplaats: tuple[str, ...]
    vts: tuple[str, ...]
    gemeenten: tuple[str, ...]
    zekerheid: Zekerheid
    telt: bool
    waarom: str


class Werkgebied(NamedTuple):
    """The outcome. `vt`: the one region, of `eigen` and `ander` only; `waarom`: a Dutch sentence."""

    uitkomst: Uitkomst
    vt: str | None
    zekerheid: Zekerheid
    bewijs: tuple[Bewijs, ...]
    waarom: str


class Adres(NamedTuple):
    """One address of a person as the message gives it. `soort`: an Adressoort or one of the words above.

    `postcode`, `woonplaats` None: absent, empty, nil or not ours to know. `gemeente`: a CBS code as written.
    `is_buitenland`, `is_geheim`: then nothing is concluded from it. `is_deels_geheim`: another part, such as the street, is
    shielded.
    """

    pad: str
    soort: str
    postcode: str | None = None
    woonplaats: str | None = None
    gemeente: str | None = None
    is_buitenland: bool = False
    is_geheim: bool = False
    is_deels_geheim: bool = False


@dataclass(frozen=True)
class Persoon:
    """A person of whom the message may give an address. `nummer` counts from 1.

    `rol`: only a value of the standard's lists (roles.py), never free text. `geboren`: the latest day that it may be, None
    when unknown; `geboren_vanaf`: the first, None where that is the same. `is_onderwerp`: the message says that it is about this
    person, where a role would not say so.
    """

    nummer: int
    rol: str | None
    adressen: tuple[Adres, ...]
    geboren: date | None = None
    is_onderwerp: bool = False
    geboren_vanaf: date | None = None


class Maatstaf(NamedTuple):
    """By what addresses are judged. `eigen`: our own region, '' when it is not configured; `op`: the day of reception."""

    tabellen: Tabellen
    volgorde: Volgorde
    eigen: str
    op: date
