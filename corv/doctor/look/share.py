"""Tries what a share may do otherwise than a disk: its clock and its names; and counts what is free."""

import time
from collections.abc import Iterator
from pathlib import Path

from corv.doctor.judge.share import LONGEST_NAME, ClockFact, NameFact, RoomFact
from corv.doctor.look.source import Source, each, fresh, probe_file
from corv.doctor.values import ROOTS, Failed, Place, Soort
from corv.errors import StorageError, why
from corv.health_facts.folders import disks
from corv.health_facts.source import Source as HealthSource

_ASKED = ROOTS | {Soort.DATA}
_LOOKS = 3
_NS = 1_000_000_000


def clocks(source: Source) -> Iterator[ClockFact | Failed]:
    """The time that fresh files get, against the clock of the machine."""
    return each(source.places(_ASKED), lambda place: _clock(source, place))


def _clock(source: Source, place: Place) -> ClockFact:
    before = source.clock()
    moments = [_written(place.path) for _ in range(_LOOKS)]
    after = source.clock()
    first, last = moments[0] / _NS, moments[-1] / _NS
    ahead = max(last - after, 0.0) or min(first - before, 0.0)
    return ClockFact(place, ahead, is_coarse=all(moment % _NS == 0 for moment in moments))


def _written(folder: Path) -> int:
    with probe_file(fresh(folder)) as path:
        time.sleep(0.01)  # a file system may keep time by ticks of a hundredth
        return path.stat().st_mtime_ns


def names(source: Source) -> Iterator[NameFact | Failed]:
    """Give the longest name that we give, and ask whether a name counts its capitals."""
    return each(source.places(_ASKED), _name)


def _name(place: Place) -> NameFact:
    long = fresh(place.path)
    long = fresh(place.path, "x" * (LONGEST_NAME - len(long.name)))
    reason = None
    try:
        with probe_file(long):
            pass
    except OSError as error:
        reason = why(error)
    with probe_file(fresh(place.path, "a")) as path:
        is_case_blind = path.with_name(path.name.removesuffix("a.tmp") + "A.tmp").exists()
    return NameFact(place, reason, is_case_blind)


def room(source: Source) -> list[RoomFact]:
    """What is free on each file system, as `corv gezondheid` counts it."""
    source.places()  # only where the configuration says where they are
    health = HealthSource(source.settings, StorageError("hiervoor is de database niet nodig"), source.now)
    return [RoomFact(disk, source.settings.gezondheid, source.now) for disk in disks(health)]
