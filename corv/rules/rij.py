"""What a row of corv.md 4 is: one thing that the sources say of a message beyond its schema. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Stand(StrEnum):
    """How sure the sources are of a row; the sign of corv.md is named with each."""

    GELDIG = "geldig"
    """V: holds as far as is known."""

    AFGELEID = "afgeleid"
    """[INF]: no source says it in so many words; it follows from the meaning of the elements."""

    INGETROKKEN = "ingetrokken"
    """W."""

    VOORSTEL = "voorstel"
    """P: proposed, never adopted."""

    ONBEKEND = "onbekend"
    """?: the text or the meaning is not known."""

    FEIT = "feit"
    """-: tells what the schema lets through, and asks nothing."""


INGETROKKEN = "ingetrokken, wordt niet gebouwd"
VOORSTEL = "voorstel, nooit aangenomen"


@dataclass(frozen=True)
class Rij:
    """One row. `ids`: as they are known in the chain; `wat`: the condition in a Dutch sentence of ours.

    `waarom`: the Dutch reason why it is no rule; '' where a rule of `RULES` names it in its RIJEN.
    """

    ids: tuple[str, ...]
    stand: Stand
    wat: str
    waarom: str = ""
