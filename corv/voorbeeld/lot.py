"""Chance that is the same every time: what one example draws, by a text that names it."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")

_FULLNESS = (0.08, 0.5, 0.95)
"""How often an optional part is there: in a sparse message, an ordinary one and a full one."""


class Lot:
    """The draws of one example. The same text gives the same draws, in any process: a hash of the text is the seed."""

    def __init__(self, text: str) -> None:
        self._random = Random(text)
        self._fullness = self.pick(_FULLNESS)

    def has(self) -> bool:
        """Whether an optional part is there."""
        return self.chance(self._fullness)

    def chance(self, share: float) -> bool:
        """True in this share of the draws, however full the message is."""
        return self._random.random() < share

    def pick(self, choices: Sequence[T]) -> T:
        """One of these."""
        return choices[self.number(0, len(choices) - 1)]

    def some(self, choices: Sequence[T], most: int) -> tuple[T, ...]:
        """Up to so many different ones of these, in their own order; more of them in a full message, perhaps none."""
        left = list(range(len(choices)))
        found = [left.pop(self.number(0, len(left) - 1)) for _ in range(min(most, len(choices))) if self.has()]
        return tuple(choices[number] for number in sorted(found))

    def number(self, low: int, high: int) -> int:
        """A whole number; both ends may come."""
        return low + int(self._random.random() * (high - low + 1))

    def digits(self, count: int) -> str:
        """So many digits, of which the first is no 0."""
        return str(self.number(10 ** (count - 1), 10**count - 1))

    def letters(self, count: int) -> str:
        """So many small letters and digits."""
        return "".join(self.pick("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(count))

    def day(self, first: date, last: date) -> date:
        """A day; both ends may come."""
        return first + timedelta(days=self.number(0, (last - first).days))

    def uuid(self) -> UUID:
        """A UUID of version 4."""
        return UUID(int=self._random.getrandbits(128), version=4)
