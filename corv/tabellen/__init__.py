"""The tables behind herroutering as frozen values: which gemeente, postcode and woonplaats belong to which Veilig Thuis.

Pure lookups; `tabellen.bestanden` reads the tables from their files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Vts = frozenset[str]
"""Codes of Veilig Thuis regions, such as VT20. Empty: the table does not know."""

UNKNOWN: Vts = frozenset()


@dataclass(frozen=True)
class Gemeentetabel:
    """Which Veilig Thuis works for each gemeente, from a day on. Keys are CBS codes of four digits, without GM."""

    vanaf: date
    veilig_thuis: Mapping[str, str]


@dataclass(frozen=True)
class Tabellen:
    """All tables together. `gemeenten`: oldest first; of these the last one that has begun on the day in question counts.

    `postcodes`: PC4 -> gemeenten; `woonplaatsen`: normalised name -> gemeenten; `vervallen`: ended gemeente -> successors;
    `namen`: code of a region -> its name; `versie`: what a decision records of the tables that it used.
    """

    gemeenten: tuple[Gemeentetabel, ...] = ()
    postcodes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    woonplaatsen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    vervallen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    namen: Mapping[str, str] = field(default_factory=dict)
    versie: str = ""

    def gemeenten_of_postcode(self, postcode: str) -> frozenset[str]:
        """The gemeenten in which a postcode lies, written as a sender may: `7551 ab`, `7551AB`, `7551`."""
        raise NotImplementedError

    def gemeenten_of_woonplaats(self, naam: str) -> frozenset[str]:
        """The gemeenten in which a woonplaats of that name lies; a name may occur in several."""
        raise NotImplementedError

    def vts_of(self, gemeenten: frozenset[str], on: date) -> Vts:
        """The Veilig Thuis regions of these gemeenten on a day. One that no table knows, makes the whole unknown."""
        raise NotImplementedError
