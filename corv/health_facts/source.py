"""Where the facts of `corv gezondheid` come from: the settings, and a database that may not be there."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from corv.database import Readable, rows
from corv.errors import StorageError
from corv.health.values import Backlog, Pass
from corv.roots import KNOWN_MARKS, Root, expected_marks
from corv.settings import Settings


@dataclass(frozen=True)
class Stand:
    """A row of table `stand`: when something last went well, and what was noted with it."""

    op: datetime
    gegevens: Mapping[str, Any]


@dataclass
class Source:
    """What the gathering functions get. `database` is the reason where it can't be read, or could not be a moment ago."""

    settings: Settings
    database: Readable | StorageError
    now: datetime
    _marks: dict[Root, str | None] | None = field(default=None, init=False, repr=False)

    @property
    def db(self) -> Readable:
        """The database; raises StorageError where it can't be read."""
        if isinstance(self.database, StorageError):
            raise self.database
        return self.database

    def rows(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """The whole answer to a question. Raises StorageError.

        Each question may wait ten seconds for a lock, so after one that failed no other is asked.
        """
        try:
            return rows(self.db, query, values)
        except StorageError as error:
            self.database = error
            raise

    def stand(self, naam: str) -> Stand | None:
        """What was last noted under that name."""
        found = self.rows("SELECT op, gegevens FROM stand WHERE naam = ?", (naam,))
        return Stand(datetime.fromisoformat(found[0]["op"]), json.loads(found[0]["gegevens"])) if found else None

    def marks(self) -> dict[Root, str | None]:
        """The mark that each inbox and outbox should have; None for one that was never used."""
        if self._marks is None:  # looked up once: it lists every inbox
            self._marks = expected_marks(self.settings, self.rows(KNOWN_MARKS))
        return self._marks

    def last_pass(self) -> Pass | None:
        """The last pass that came to its end."""
        found = self.stand("ronde")
        return Pass(found.op, **found.gegevens) if found else None


def backlog(number: int, oldest: str | None) -> Backlog:
    """A count and the smallest stored moment, as SQL gives them."""
    return Backlog(number, datetime.fromisoformat(oldest) if oldest else None)
