"""Copy the database as it is at one moment, while another program writes in it; and what that copy says must be there."""

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from corv import rechten
from corv.backup.copying import copy
from corv.backup.plan import Original
from corv.database import BUSY_TIMEOUT_S, guarded, rows
from corv.durable import make_folder
from corv.errors import StorageError
from corv.folders import Folders
from corv.outcome import Status

_STEPS = (1024, 16_384)
"""Pages at once. In between a writer may write, and then the copying begins anew: where that goes on for ever, more at once."""
_BEGUN_ANEW = 3
_PAUSE_S = 0.02
BESIDE = "backup.tijdelijk"
"""A copy in data/ that goes to DIR when it is whole."""
_SPARE = 3

_ORIGINALS = """
    SELECT b.id, b.kanaal, b.grootte, b.sha256, b.bestand, b.status, b.ontvangen_op FROM bericht b
    WHERE b.bestand IS NOT NULL OR b.status = 'ontvangen' ORDER BY b.volgnr
"""


class _AnewError(Exception):
    """A writer keeps changing the database: copy more of it at once."""


def copy_database(database: Path, target: Path) -> None:
    """Make a copy of the database in a file of its own. Raises StorageError when it can't be read now, OSError of the target."""
    make_folder(target.parent)
    target.touch(mode=0o600)
    beside = database.with_name(BESIDE)
    beside.unlink(missing_ok=True)  # of one that was interrupted
    with guarded(), closing(_open(database)) as source:
        for step in _STEPS:
            try:
                _copy(source, target, pages=step, sleep=_PAUSE_S, progress=_Patience())
            except _AnewError:
                continue
            return
        _copy_at_once(source, target, beside if _fits(database) else None)


def _copy_at_once(source: sqlite3.Connection, target: Path, beside: Path | None) -> None:
    """Who wants to write waits for it: so first to the disk of the database, where there is room, and only then to DIR."""
    place = beside or target
    try:
        if beside is not None:
            rechten.create(beside).close()
        source.execute("BEGIN")
        try:
            source.execute("SELECT 1 FROM sqlite_master").fetchone()
            _copy(source, place)
        finally:
            source.execute("COMMIT")
        if beside is not None:
            target.unlink()
            with beside.open("rb") as copied:
                copy(copied, target)
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, target: Path, **how: Any) -> None:
    """Copy into that file. That its disk is full is no fault of the database in use, which is only read."""
    with closing(sqlite3.connect(target, isolation_level=None)) as to:
        try:
            source.backup(to, **how)
            to.execute("PRAGMA journal_mode = DELETE")  # one file, which may be looked at without writing beside it
        except sqlite3.Error as error:
            if error.sqlite_errorname == "SQLITE_FULL":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target.parent)) from error
            raise


def _fits(database: Path) -> bool:
    """Whether a second one fits on its disk with room to spare: a back-up must not fill the disk that the service works on."""
    return shutil.disk_usage(database.parent).free > _SPARE * database.stat().st_size


class _Patience:
    """Gives up when the copying began anew, or was kept waiting, too often."""

    def __init__(self) -> None:
        self._left, self._anew = -1, 0

    def __call__(self, _status: int, left: int, _total: int) -> None:
        self._anew += 0 <= self._left <= left
        self._left = left
        if self._anew > _BEGUN_ANEW:
            raise _AnewError


def originals(db: sqlite3.Connection) -> list[Original]:
    """Every message that has an original, and where that may rest."""
    return [Original(row["id"], row["kanaal"], row["grootte"], row["sha256"], _places(row)) for row in rows(db, _ORIGINALS)]


def originals_now(database: Path) -> list[Original]:
    """The same of the database that is in use."""
    with guarded(), closing(_open(database)) as db:
        return originals(db)


def begin_now(database: Path) -> str | None:
    """The hash of the first event in the database that is in use; None when there is none yet."""
    with guarded(), closing(_open(database)) as db:
        return ends_of_chain(db)[0]


def ends_of_chain(db: sqlite3.Connection) -> tuple[str | None, str | None]:
    """The hash of the first event and of the last."""
    query = "SELECT hash FROM gebeurtenis WHERE volgnr = (SELECT {}(volgnr) FROM gebeurtenis)"
    first, last = (next((row["hash"] for row in rows(db, query.format(end))), None) for end in ("min", "max"))
    return first, last


def known_outputs(db: sqlite3.Connection, names: Iterable[str]) -> set[tuple[str, str]]:
    """Kanaal and name of those of these files that the database knows."""
    query = "SELECT kanaal, bestandsnaam FROM uitvoer WHERE bestandsnaam IN (SELECT value FROM json_each(?))"
    return {(row["kanaal"], row["bestandsnaam"]) for row in rows(db, query, (json.dumps(list(names)),))}


def open_copy(database: Path) -> sqlite3.Connection:
    """A database in a back-up, for questions; also one of an earlier version. Raises StorageError when it can't be opened."""
    with guarded():
        return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _places(row: sqlite3.Row) -> tuple[str, ...]:
    if row["bestand"] is not None:
        return (Path(row["bestand"]).relative_to("data").as_posix(),)
    received = datetime.fromisoformat(row["ontvangen_op"])
    possible = (Folders.resting_place(UUID(row["id"]), received, status) for status in (Status.GEACCEPTEERD, Status.ONLEESBAAR))
    return tuple(place.relative_to("data").as_posix() for place in possible)


def _open(database: Path) -> sqlite3.Connection:
    """For writing, although nothing is written: what a stopped program left half done is undone by who opens it."""
    if not database.exists():
        raise StorageError(f"Er is nog geen database om te kopiëren ({database}). Maak de werkmap met corv init.")
    where = f"{database.resolve().as_uri()}?mode=rw"
    return sqlite3.connect(where, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None)
