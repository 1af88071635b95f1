"""Open SQLite in the one way that keeps what was committed; and the chain of events that nobody can change unseen."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Union
from uuid import UUID

from corv.errors import OldDatabaseError, StorageError, why_not_stored

if TYPE_CHECKING:  # it takes longer to import than most questions take to answer, so only who writes pays for it
    from sqlite_utils import Database

Readable: TypeAlias = Union[sqlite3.Connection, "Database"]
"""What a question may be asked of: a connection of `open_for_reading`, or the database that the service writes."""

BUSY_TIMEOUT_S = 10.0
CHAIN_START = "0" * 64
LAST_MADE = "grootboek_lot"
"""The index that the last migration makes last: a database without it is of an earlier version."""


def has_wal_fix(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can't lose commits in WAL mode (https://sqlite.org/wal.html#the_wal_reset_bug)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever SQLite refuses becomes a StorageError: nothing was committed, and a later try may succeed."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(f"De database is nu niet te gebruiken ({why_not_stored(error)}); er is niets kwijt.") from error


def open_for_writing(path: Path) -> "Database":
    """The database, made or brought up to date. Raises StorageError when it can't be used now."""
    from sqlite_utils import Database  # noqa: PLC0415 - see TYPE_CHECKING above

    from corv.migrations import MIGRATIONS  # noqa: PLC0415 - it brings sqlite_utils along

    with guarded(), ExitStack() as undo:
        connection = undo.enter_context(closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)))
        mode = "WAL" if has_wal_fix(sqlite3.sqlite_version_info) else "TRUNCATE"
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("PRAGMA synchronous = FULL")
        db = Database(connection)
        MIGRATIONS.apply(db)
        connection.execute("PRAGMA foreign_keys = ON")  # after the migrations: one of them makes a table again
        undo.pop_all()
    return db


def open_for_reading(path: Path) -> sqlite3.Connection:
    """The database for questions only; works while the service runs. Raises StorageError when it can't be read."""
    if not path.exists():
        raise StorageError(f"Er is nog geen database om iets aan te vragen ({path}). Maak de werkmap met corv init.")
    where = f"{path.resolve().as_uri()}?mode=ro"
    with guarded(), ExitStack() as undo:
        connection = undo.enter_context(closing(sqlite3.connect(where, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None)))
        if not _has_made(connection, path, LAST_MADE):
            raise OldDatabaseError(
                "De database is van een oudere versie van corv. Start de service of draai corv verwerk, en vraag het opnieuw."
            )
        undo.pop_all()
    return connection


def _has_made(connection: sqlite3.Connection, path: Path, name: str) -> bool:
    """Whether that table or index is there. What a killed process left half written is undone first: only who may write can."""
    query = "SELECT 1 FROM sqlite_master WHERE name = ?"
    try:
        return connection.execute(query, (name,)).fetchone() is not None
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "") != "SQLITE_READONLY_ROLLBACK":
            raise
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)) as writer:
        writer.execute(query, (name,)).fetchone()
    return connection.execute(query, (name,)).fetchone() is not None


@contextmanager
def transaction(db: "Database") -> Iterator[sqlite3.Connection]:
    """One explicit BEGIN IMMEDIATE ... COMMIT; anything raised inside rolls back.

    `with connection:` will not do: sqlite-utils 4 commits on its own inside it (vergelijkbare-systemen.md 5).
    """
    with guarded():
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db.conn
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise


def rows(db: Readable, query: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
    """The whole answer at once: an open cursor would hold a lock that keeps the service from committing."""
    connection = db if isinstance(db, sqlite3.Connection) else db.conn
    with guarded():
        cursor = connection.cursor()
        cursor.row_factory = sqlite3.Row
        return cursor.execute(query, values).fetchall()


def add_event(
    connection: sqlite3.Connection, bericht: UUID | None, op: datetime, soort: str, gegevens: Mapping[str, Any]
) -> None:
    """Add one event at the end of the chain. Only inside `transaction`: the head is read under its lock."""
    row = connection.execute("SELECT hash FROM gebeurtenis ORDER BY volgnr DESC LIMIT 1").fetchone()
    previous = row[0] if row else CHAIN_START
    values = (str(bericht) if bericht else None, op.isoformat(), soort, json.dumps(gegevens, ensure_ascii=False, sort_keys=True))
    connection.execute(
        "INSERT INTO gebeurtenis (bericht, op, soort, gegevens, vorige_hash, hash) VALUES (?, ?, ?, ?, ?, ?)",
        (*values, previous, event_hash(previous, *values)),
    )


def event_hash(previous: str, bericht: str | None, op: str, soort: str, gegevens: str) -> str:
    """The link of an event: SHA-256 over the link before it and everything the event says."""
    return hashlib.sha256(json.dumps([previous, bericht, op, soort, gegevens]).encode()).hexdigest()


def first_broken_link(db: Readable) -> int | None:
    """The volgnr of the first event that does not follow from the one before it; None when the chain is whole."""
    previous = CHAIN_START
    query = "SELECT volgnr, bericht, op, soort, gegevens, vorige_hash, hash FROM gebeurtenis ORDER BY volgnr"
    for volgnr, bericht, op, soort, gegevens, before, own in db.execute(query):
        if before != previous or own != event_hash(previous, bericht, op, soort, gegevens):
            return int(volgnr)
        previous = own
    return None
