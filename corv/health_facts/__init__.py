"""Gathers the facts of `corv gezondheid`: from the database, the folders and the disk. Reads only, also while the service runs.

What one function can't find out is `Unknown`, and never keeps the others from being told.
"""

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from corv import config
from corv.database import Readable, open_for_reading
from corv.errors import ConfigError, CorvError, StorageError, why
from corv.health import Health, assess, own_failure, without_configuration
from corv.health.values import Unknown
from corv.health_facts import folders, messages
from corv.health_facts.source import Source
from corv.roots import LOST_DATABASE, roots
from corv.settings import Settings

GATHER: Mapping[str, Callable[[Source], Any]] = {
    "database": folders.database,
    "configuratie": folders.configuration,
    "service": folders.service,
    "wacht": folders.waits,
    "scan": folders.scans,
    "inbox": folders.inboxes,
    "opgepakt": messages.claimed,
    "bezorgen": messages.deliveries,
    "ophalen": messages.pickups,
    "beoordelen": messages.to_judge,
    "aandacht": messages.attention,
    "te_laat": messages.late,
    "schijf": folders.disks,
    "lijsten": folders.lists,
    "regels": messages.rules,
    "reservekopie": folders.backups,
}
"""How the facts of each subject are found, the database first; the same names as `health.SUBJECTS`."""

_DATABASE_FIRST = "Los eerst op wat er bij database staat."


def look(map_: Path, now: datetime) -> Health:
    """How it is with a working folder, seen from outside. Never fails: what can't be judged is said to be so."""
    try:
        settings = config.load(map_)
    except ConfigError as error:
        return without_configuration(error.problems, now)
    except OSError as error:
        return without_configuration([f"{error.filename}: {why(error)}."], now)
    except Exception as error:  # noqa: BLE001 - as in _found
        return without_configuration([f"config/ is niet te lezen {own_failure(error).reden}."], now)
    database = open_or_reason(settings)
    if isinstance(database, StorageError):
        return look_within(settings, database, now)
    with closing(database):
        return look_within(settings, database, now)


def look_within(settings: Settings, database: Readable | StorageError, now: datetime) -> Health:
    """The same, with the settings and the connection that are at work."""
    source = Source(settings, database, now)
    return assess({naam: _found(gather, source) for naam, gather in GATHER.items()}, settings.gezondheid, now)


def open_or_reason(settings: Settings) -> Readable | StorageError:
    """The database for questions, or why it can't be read; also where the folders were in use and it is gone."""
    try:
        return open_for_reading(settings.database)
    except StorageError as error:
        if any(root.marks() for root in roots(settings)) and not (
            settings.database.exists() and settings.database.stat().st_size
        ):
            return StorageError(LOST_DATABASE.format(database=settings.database))
        return error
    except OSError as error:
        return StorageError(f"De database {settings.database} is niet te openen: {why(error)}.")


def _found(gather: Callable[[Source], Any], source: Source) -> object:
    try:
        return gather(source)
    except CorvError as error:
        if error is source.database:
            return Unknown("de database is niet te lezen", _DATABASE_FIRST)
        return Unknown(str(error).rstrip("."), "Probeer het zo nog eens; blijft het, lees dan docs/installeren.md deel 10.")
    except OSError as error:
        return Unknown(f"{error.filename}: {why(error)}", "Herstel de rechten of koppel de map aan.")
    except Exception as error:  # noqa: BLE001 - one subject that our code fails on must not hide the others
        return own_failure(error)
