"""Which schema judges which message: our own, or that of an installed zip. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from corv.officieel.uitgave import Uitgave


class Instelling(StrEnum):
    """Whose verdict counts; the values of `schemas` in config/corv.toml."""

    EIGEN = "eigen"
    OFFICIEEL = "officieel"
    BEIDE = "beide"


@dataclass(frozen=True)
class Pakket:
    """A zip that passed its trial. `naam`: of its file; `sha256`: of `raw`, its bytes; `roots`: its messages, in Clark form."""

    naam: str
    sha256: str
    uitgave: Uitgave
    roots: frozenset[str]
    raw: bytes = field(compare=False, repr=False)

    @property
    def rank(self) -> tuple[tuple[int, ...], date, str]:
        """The zip with the greater one goes before the other."""
        return *self.uitgave.rank, self.naam

    def __str__(self) -> str:
        """As in `koppelvlak 1.0.9 van 15-12-2025 (schemas.zip)`."""
        return f"{self.uitgave} ({self.naam})"


@dataclass(frozen=True)
class Schemakeuze:
    """What config/ says about schemas. `pakketten`: every installed zip; where only our own schemas count there may be none."""

    instelling: Instelling = Instelling.EIGEN
    pakketten: tuple[Pakket, ...] = ()

    @cached_property
    def by_root(self) -> Mapping[str, Pakket]:
        """The installed zip that goes before all others, for each root that at least one has."""
        return {root: pakket for pakket in sorted(self.pakketten, key=lambda one: one.rank) for root in pakket.roots}

    def official(self, root: str) -> Pakket | None:
        """The zip that is asked for a verdict on a message with that root; None when it is not asked, or there is none."""
        return None if self.instelling is Instelling.EIGEN else self.by_root.get(root)

    def used(self, roots: Iterable[str]) -> tuple[Pakket, ...]:
        """The zips that are asked for a verdict on a message with one of these roots, by name."""
        found = {pakket for pakket in map(self.official, roots) if pakket is not None}
        return tuple(sorted(found, key=lambda pakket: pakket.naam))


def why_before(winner: Pakket, other: Pakket, who: str) -> str:
    """Why one zip goes before another, as the end of a Dutch sentence that calls the one that does `who`."""
    if winner.uitgave.versie != other.uitgave.versie:
        return f"{who} is een hogere versie"
    if winner.uitgave.datum != other.uitgave.datum:
        return f"{who} is nieuwer"
    return f"{who} komt bij gelijke versie en datum later in het alfabet"
