"""Composition root: a working folder -> settings, database, schemas, folders and clock, behind one lock."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import uuid_utils.compat

from corv import config
from corv.handler import Deps
from corv.schemas import Schemas
from corv.store import Store
from corv.workfolder import only_one, open_workfolder


@contextmanager
def working(map_: Path) -> Iterator[Deps]:
    """Everything that a pass needs, for as long as nobody else works on this folder.

    Raises ConfigError, BusyError when another corv works here, StorageError when the database can't be used.
    """
    settings = config.load(map_)
    with only_one(settings, utc_now()):
        schemas = Schemas()
        db, folders = open_workfolder(settings, utc_now())
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


def make_folders(map_: Path, *, renew: bool) -> list[Path]:
    """Make the database and folders of a new working folder; with `renew` also folders that are gone. Gives the new folders.

    Raises StorageError when files wait for delivery in a folder that is gone: making it anew would lose them.
    """
    settings = config.load(map_)
    if settings.database.exists() and not renew:
        return []
    with only_one(settings, utc_now()):
        db, folders = open_workfolder(settings, utc_now())
        try:
            if renew:
                Store(db).refuse_when_pending()
            return folders.create()
        finally:
            db.close()


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that asks the time


def new_id() -> UUID:
    """A fresh id that sorts by time, so that who reads an outbox by name reads in order of arrival (RFC 9562, version 7)."""
    return uuid_utils.compat.uuid7()
