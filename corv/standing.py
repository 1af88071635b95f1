"""When something last went well: a listing of an inbox, a pass. `corv gezondheid` judges by it. Table `stand`, one row a name."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

_EVERY_S = 25
"""Where there is nothing else to write, these rows are written no more often than this: a little less than `herscan_s` is."""


class Standing:
    """Holds what was noted until a transaction takes it along. Moments are arguments; there is no clock here."""

    def __init__(self) -> None:
        self._noted: dict[str, tuple[datetime, str]] = {}
        self._written: datetime | None = None

    def note(self, naam: str, op: datetime, gegevens: Mapping[str, Any]) -> None:
        """Remember that this went well at that moment; a later moment takes the place of an earlier one."""
        self._noted[naam] = (op, json.dumps(gegevens, ensure_ascii=False))

    def is_due(self) -> bool:
        """Whether what was noted is worth a commit of its own."""
        last, before = max((op for op, _ in self._noted.values()), default=None), self._written
        # abs: a clock that was set back must not silence us until it has caught up.
        return last is not None and (before is None or abs((last - before).total_seconds()) >= _EVERY_S)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what was noted. Only inside a transaction; call `written` when that is committed."""
        connection.executemany(
            "INSERT OR REPLACE INTO stand (naam, op, gegevens) VALUES (?, ?, ?)",
            [(naam, op.isoformat(), gegevens) for naam, (op, gegevens) in self._noted.items()],
        )

    def written(self) -> None:
        """Forget what was committed."""
        self._written = max((op for op, _ in self._noted.values()), default=self._written)
        self._noted.clear()
