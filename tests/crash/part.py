"""What each part of the proof gives to the table at the end."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One part that ran: how much it tried, by what it is called, and every violation with what brings it back."""

    naam: str
    gedaan: Mapping[str, int]
    schendingen: tuple[str, ...]
    duur_s: float
