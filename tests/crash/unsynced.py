"""A corv that does not sync, to show that the proof of power cuts sees it: each makes the process that calls it a worse one."""

import sqlite3
import sys
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any


def _idle(name: str) -> None:
    """A function of `corv.durable` does nothing, whoever imported it."""
    for module in [module for module in sys.modules.values() if module.__name__.startswith("corv.")]:
        if hasattr(module, name):
            setattr(module, name, lambda _what: None)


def _careless_database() -> None:
    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
            return super().execute(sql.replace("synchronous = FULL", "synchronous = OFF"), *args)

    setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Connection))  # noqa: B010 - its type is another


DEFECTS: Mapping[str, Callable[[], None]] = MappingProxyType(
    {
        "sync_all": partial(_idle, "sync_all"),
        "sync_file": partial(_idle, "sync_file"),
        "synchronous": _careless_database,
    }
)
"""By name: the files of a batch are not synced; no file or folder is synced one by one; the database does not sync."""
