"""Composition root: a working folder -> settings, database, schemas, folders and clock, behind one lock."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import uuid_utils.compat
from filelock import FileLock, Timeout

from corv import config
from corv.database import open_for_writing
from corv.errors import BusyError
from corv.folders import Folders
from corv.handler import Deps
from corv.moments import NEDERLAND
from corv.schemas import Schemas
from corv.settings import Settings
from corv.store import Store


@contextmanager
def working(map_: Path) -> Iterator[Deps]:
    """Everything that a pass needs, for as long as nobody else works on this folder.

    Raises ConfigError, BusyError when another corv works here, StorageError when the database can't be used.
    """
    settings = config.load(map_)
    settings.data.mkdir(mode=0o700, exist_ok=True)
    with _only_one(settings):
        folders = Folders(settings)
        if not settings.database.exists():
            # Only for a new working folder: a folder that is gone later may be a share that is not mounted.
            folders.create()
        folders.check()
        schemas = Schemas()
        db = open_for_writing(settings.database)
        try:
            yield Deps(
                settings=settings,
                store=Store(db),
                db=db,
                folders=folders,
                validate=schemas.validate,
                clock=utc_now,
                new_id=new_id,
                monotonic=time.monotonic,
                sleep=time.sleep,
            )
        finally:
            db.close()


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that asks the time


def new_id() -> UUID:
    """A fresh id that sorts by time, so that who reads an outbox by name reads in order of arrival (RFC 9562, version 7)."""
    return uuid_utils.compat.uuid7()


@contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    lock = FileLock(settings.data / "corv.slot")
    holder = settings.data / "corv.bezig"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        who = ""
        with suppress(OSError):
            who = f" ({holder.read_text(encoding='utf-8').strip()})"
        raise BusyError(
            f"Op de map {settings.map} werkt al een andere corv{who}. Stop de service eerst, of laat haar het werk doen."
        ) from error
    try:
        holder.write_text(_who_am_i(), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who_am_i() -> str:
    return f"proces {os.getpid()}, begonnen op {utc_now().astimezone(NEDERLAND):%d-%m-%Y %H:%M:%S}"
