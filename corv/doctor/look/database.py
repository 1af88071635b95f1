"""Tries SQLite, and looks at the database: only reads, and never for long while the service may want to write."""

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corv.database import first_broken_link, guarded, has_wal_fix, open_for_reading, open_for_writing
from corv.doctor.judge.database import ContentFact, DatabaseFact, LibraryFact
from corv.doctor.look.source import Source, mount_at
from corv.errors import OldDatabaseError, StorageError
from corv.health_facts import open_or_reason
from corv.roots import roots

LARGE = 256 * 1024 * 1024
"""Bytes: a larger database is looked through only when somebody asks for it."""

_LOOKS = 2
_COPY_S = 20.0


def library(_source: Source) -> list[LibraryFact]:
    """How a new database of this SQLite comes out, opened as the service opens its own."""
    with (
        tempfile.TemporaryDirectory(prefix="proef-corv-") as folder,
        closing(open_for_writing(Path(folder) / "proef.sqlite")) as db,
    ):

        def asked(pragma: str) -> str:
            return str(db.conn.execute(f"PRAGMA {pragma}").fetchone()[0])

        fact = LibraryFact(
            sqlite3.sqlite_version,
            has_wal_fix(sqlite3.sqlite_version_info),
            asked("journal_mode"),
            int(asked("synchronous")),
            asked("foreign_keys") == "1",
        )
    return [fact]


def database(source: Source) -> list[DatabaseFact]:
    """Where the database lies, whether it can be read, and in what form it is kept."""
    settings = source.settings
    mount = mount_at(settings.database)
    found = open_or_reason(settings)
    if isinstance(found, OldDatabaseError):
        return [DatabaseFact(mount, is_old=True)]
    if isinstance(found, StorageError):
        is_new = not settings.database.exists() and not any(root.marks() for root in roots(settings))
        return [DatabaseFact(mount, str(found), is_new)]
    with closing(found), guarded():
        (journal,) = found.execute("PRAGMA journal_mode").fetchone()
    return [DatabaseFact(mount, journal=journal, bedoeld="wal" if has_wal_fix(sqlite3.sqlite_version_info) else "truncate")]


def content(source: Source) -> list[ContentFact]:
    """What stands in the database, in a copy that holds one moment. What seems wrong is looked at once more in another copy.

    Nothing of a database of an earlier version: `database` says that it is one.
    """
    path = source.settings.database
    if not path.exists():
        return []
    size = path.stat().st_size
    if size > LARGE and not source.is_thorough:
        return [ContentFact(over_groot=size)]
    for look in range(1, _LOOKS + 1):
        try:
            with _copy(path) as copy:
                fact = _look_through(copy)
        except OldDatabaseError:
            return []
        if fact == ContentFact() or look == _LOOKS:
            break
    return [fact]


def _look_through(copy: sqlite3.Connection) -> ContentFact:
    try:
        told = [row[0] for row in copy.execute("PRAGMA quick_check")]
        loose = len(copy.execute("PRAGMA foreign_key_check").fetchall())
        return ContentFact(0 if told == ["ok"] else len(told), loose, first_broken_link(copy))
    except sqlite3.DatabaseError:  # so much is wrong that not even the check comes to its end
        return ContentFact(fouten=1)


@contextmanager
def _copy(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy without a name, so that nothing of it is left whatever happens to us. Raises StorageError when it can't be made."""
    until = time.monotonic() + _COPY_S

    def give_up(status: int, _remaining: int, _total: int) -> None:
        if status != sqlite3.SQLITE_DONE and time.monotonic() > until:
            raise StorageError("De database is nu niet te kopiëren: een ander programma houdt hem bezet.")

    with closing(sqlite3.connect("", isolation_level=None)) as copy:
        with closing(open_for_reading(path)) as db, guarded():
            db.backup(copy, progress=give_up)
        yield copy
