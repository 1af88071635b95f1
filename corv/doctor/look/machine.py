"""What the machine says of itself: Python, packages, clock, zone, systemd, and who works here."""

import fcntl
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import corv
from corv.doctor.judge.machine import ClockFact, LockFact, PackagesFact, PythonFact, UnitFact, ZoneFact
from corv.doctor.look.source import Source, each, fresh, probe_file
from corv.doctor.values import Failed, Place, Soort
from corv.health_facts.folders import holder

_OURS = Path(corv.__file__).parent
LOCKED = (_OURS / "requirements.txt", _OURS.parent / "requirements.txt")
"""The locked versions: in a package that was installed, and in a checkout."""

UNITS = tuple(Path(place) / "corv.service" for place in ("/etc/systemd/system", "/run/systemd/system", "/lib/systemd/system"))
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_WATCHDOG = re.compile(r"^\s*WatchdogSec\s*=\s*(\S*)", re.MULTILINE)


def python(_source: Source) -> list[PythonFact]:
    """The Python that runs this."""
    return [PythonFact(sys.version_info[:3])]


def packages(_source: Source) -> list[PackagesFact]:
    """Which versions are locked, and which are there."""
    file = next((path for path in LOCKED if path.is_file()), None)
    if file is None:
        return [PackagesFact()]
    locked = dict(_PIN.findall(file.read_text(encoding="utf-8")))
    return [PackagesFact(locked, {name: _version(name) for name in locked})]


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def clock(source: Source) -> list[ClockFact]:
    """What time the machine says it is."""
    return [ClockFact(source.now)]


def zone(_source: Source) -> list[ZoneFact]:
    """How Dutch time differs from UTC in January and in July."""
    try:
        nederland = ZoneInfo.no_cache("Europe/Amsterdam")
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return [ZoneFact(None, None)]
    winter, summer = (datetime(2026, month, 1, tzinfo=UTC).astimezone(nederland).utcoffset() for month in (1, 7))
    return [ZoneFact((winter or timedelta()).total_seconds() / 3600, (summer or timedelta()).total_seconds() / 3600)]


def unit(_source: Source) -> list[UnitFact]:
    """The systemd unit of corv, with what was added to it."""
    file = next((path for path in UNITS if path.is_file()), None)
    if file is None:
        return [UnitFact(None)]
    parts = [file, *sorted(file.with_name(f"{file.name}.d").glob("*.conf"))]
    found = [value for part in parts for value in _WATCHDOG.findall(part.read_text(encoding="utf-8", errors="replace"))]
    return [UnitFact(str(file), (found[-1] or None) if found else None)]


def lock(source: Source) -> Iterator[LockFact | Failed]:
    """Whether a lock in data/ keeps a second one out; on a file of our own, since nobody may hold the lock of the service."""
    return each(source.places({Soort.DATA}), _lock)


def _lock(place: Place) -> LockFact:
    with probe_file(fresh(place.path)) as path:
        handles = [os.open(path, os.O_RDWR) for _ in range(2)]
        try:
            fcntl.flock(handles[0], fcntl.LOCK_EX | fcntl.LOCK_NB)
            keeps_out = _is_kept_out(handles[1])
        finally:
            for handle in handles:
                os.close(handle)
    return LockFact(keeps_out, *(holder(place.path) or ()))


def _is_kept_out(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False
