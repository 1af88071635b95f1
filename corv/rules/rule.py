"""What a rule is: a module of this package, and what it gets and gives."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from lxml import etree

from corv.lijsten import Lijsten
from corv.niveaus import Niveau
from corv.rules.bericht import Bericht


@dataclass(frozen=True)
class Context:
    """What a rule may know beside the message. `op`: the day of reception here; `is_sent`: whether we are about to send it."""

    op: date
    is_sent: bool = False
    lijsten: Lijsten = field(default_factory=Lijsten)


@dataclass(frozen=True)
class Violation:
    """One place where a message breaks a rule. `wat`: a Dutch sentence of what is wrong, without any value of the message."""

    at: etree._Element
    wat: str


class Rule(Protocol):
    """A module in `corv.rules`. Its docstring is Dutch: one sentence, then why, then examples under Slaagt and Faalt."""

    __doc__: str | None

    @property
    def ID(self) -> str:  # noqa: N802 - a constant of the module
        """The known id in the chain, else a name of ours in small letters and hyphens."""

    @property
    def BRON(self) -> str:  # noqa: N802
        """Where the rule comes from: the row or paragraph of corv.md, with the source that it names."""

    @property
    def RIJEN(self) -> tuple[int, ...]:  # noqa: N802
        """The rows of corv.md 4 that it builds; none for one of 4.6, 4.7 or 8 alone."""

    @property
    def APPLIES_TO(self) -> frozenset[str]:  # noqa: N802
        """The roots, by their local name."""

    @property
    def NIVEAU(self) -> Niveau:  # noqa: N802
        """How heavy it weighs where config/regels.toml says nothing."""

    @property
    def HERSTEL(self) -> str:  # noqa: N802
        """A Dutch sentence: what whoever makes the message does about it."""

    @property
    def LET_OP(self) -> str:  # noqa: N802
        """A Dutch sentence: what whoever receives it all the same must mind."""

    def check(self, bericht: Bericht, context: Context, /) -> Iterator[Violation]:
        """Every place where a schema-valid message breaks the rule. Never raises on one; a message may still be odd."""

    def breek(self, root: etree._Element, /) -> None:
        """Change a good message of a kind in `APPLIES_TO` so that it breaks this rule once, and no other, and stays valid.

        Raises NoPlaceError of a message in which it has no place: nearly every kind must have some that do.
        """
