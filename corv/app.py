"""Composition root: a working folder -> settings, database, schemas, folders and clock, behind one lock."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import uuid_utils.compat

from corv import config, waiting
from corv.checks import checks_of
from corv.clock import utc_now
from corv.config_rows import note_loaded
from corv.desk.orders import write_ordered
from corv.errors import BusyError, StorageError
from corv.handler import Deps, Report
from corv.holiday_rows import note_holidays
from corv.logs import log_untried
from corv.regel_rows import note_rule_files, rule_hashes
from corv.schemas import in_force
from corv.store import Store
from corv.workfolder import only_one, open_workfolder, wake


@contextmanager
def working(map_: Path) -> Iterator[Deps]:
    """Everything that a pass needs, for as long as nobody else works on this folder.

    Raises ConfigError, BusyError when another corv works here, StorageError when the database can't be used.
    """
    fingerprint, settings = config.fingerprint(map_), config.load(map_)
    with only_one(settings, utc_now()):
        try:
            db, folders, _ = open_workfolder(settings, utc_now())
        except (StorageError, OSError) as error:
            waiting.note(settings.data, [waiting.told(error)], {}, utc_now)
            raise
        checks = checks_of(settings)
        try:
            note_loaded(db, fingerprint, in_force(settings.schemas), rule_hashes(settings), utc_now())
            note_rule_files(db, settings, utc_now())
            note_holidays(db, utc_now())
            log_untried(settings.eigen_regels)
            yield Deps(
                settings=settings,
                store=Store(db),
                db=db,
                folders=folders,
                checks=checks,
                clock=utc_now,
                new_id=new_id,
                monotonic=time.monotonic,
                sleep=time.sleep,
            )
        finally:
            checks.close()
            db.close()


def carry_out(map_: Path) -> Report | None:
    """Write what a person asked for, when nobody works on this folder; else wake who does, and give None."""
    report = Report()
    try:
        with working(map_) as deps:
            write_ordered(deps, report)
            deps.store.flush()
    except BusyError:
        wake(config.load(map_))
        return None
    return report


def make_folders(map_: Path, *, renew: bool) -> list[Path]:
    """Make the database and the folders that were never used; with `renew` also those that are gone. Gives what was made.

    Raises StorageError when something is under way in a folder that is gone, BusyError when a corv works here.
    """
    settings = config.load(map_, is_finished=False)
    with only_one(settings, utc_now()):
        db, _, made = open_workfolder(settings, utc_now(), renew=renew)
        db.close()
    return made


def new_id() -> UUID:
    """A fresh id that sorts by time, so that who reads an outbox by name reads in order of arrival (RFC 9562, version 7)."""
    return uuid_utils.compat.uuid7()
