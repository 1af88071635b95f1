"""Addresses -> the Veilig Thuis that is responsible, with the evidence (werkgebieden.md 5). Pure.

The evidence names elements, roles and regions, never a name, street, postcode or place of a person (ontwerp 8).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


class Groep(StrEnum):
    """Whose address counts, in the order of [bewijs]."""

    MINDERJARIGEN = "minderjarigen"
    HUISGENOTEN = "huisgenoten"


class Adressoort(StrEnum):
    """Which address of a person counts, in the order of [bewijs]."""

    FEITELIJK = "feitelijk"
    FORMEEL = "formeel"


@dataclass(frozen=True)
class Volgorde:
    """The order of evidence. `vrije_tekst`: whether a place in the free text of the incident counts as a hint."""

    personen: tuple[Groep, ...] = tuple(Groep)
    adressen: tuple[Adressoort, ...] = tuple(Adressoort)
    vrije_tekst: bool = True


@dataclass(frozen=True)
class Bewijs:
    """One address and what it says. `pad`: the element, from below the root, with the number of the person where there are more.

    `wie`: which person and in which role; `adres`: feitelijk, formeel or locatie; `postcode`, `woonplaats`: the regions that
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


@dataclass(frozen=True)
class Werkgebied:
    """The outcome. `vt`: the one region, of `eigen` and `ander` only; `waarom`: a Dutch sentence."""

    uitkomst: Uitkomst
    vt: str | None
    zekerheid: Zekerheid
    bewijs: tuple[Bewijs, ...]
    waarom: str


@dataclass(frozen=True)
class Adres:
    """One address of a person as the message gives it. `postcode`, `woonplaats` None: absent, empty, nil or not ours to know.

    `is_buitenland`, `is_geheim`: then nothing is concluded from it.
    """

    pad: str
    soort: str
    postcode: str | None = None
    woonplaats: str | None = None
    gemeente: str | None = None
    is_buitenland: bool = False
    is_geheim: bool = False


@dataclass(frozen=True)
class Persoon:
    """A person of whom the message may give an address. `nummer` counts from 1.

    `geboren`: the latest day that it may be, None when unknown.
    """

    nummer: int
    rol: str | None
    adressen: tuple[Adres, ...]
    geboren: date | None = None


@dataclass(frozen=True)
class Maatstaf:
    """By what addresses are judged. `eigen`: our own region, '' when it is not configured; `op`: the day of reception."""

    tabellen: Tabellen
    volgorde: Volgorde
    eigen: str
    op: date


def determine(personen: Sequence[Persoon], locatie: str | None, maatstaf: Maatstaf) -> Werkgebied:
    """The outcome for these persons. `locatie`: the free text of where it happened, None where there is none."""
    raise NotImplementedError
