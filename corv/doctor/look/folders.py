"""Tries each folder: is it there, where does it lie, and do renaming and syncing there do what corv relies on."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from corv.doctor.judge.folders import DiskFact, MapFact, RenameFact, SameDiskFact, Sync, SyncFact
from corv.doctor.look.source import Source, each, fresh, gone_after, is_link, mount_at, probe_file
from corv.doctor.values import INNER, ROOTS, STATE, WRITTEN, Failed, Place, Soort
from corv.durable import rename_in_one_step, rename_new, sync_file_system
from corv.errors import OldDatabaseError, StorageError, why
from corv.health_facts import open_or_reason
from corv.roots import Root, check, known_marks

_NO_SUCH_SYNC = {errno.EINVAL, errno.ENOTSUP}


def folders(source: Source) -> list[MapFact]:
    """Whether each place is there, and each inbox and outbox the one that the database knows.

    Nothing of one that only a database of an earlier version knows: that is told of the database.
    """
    places, marks = source.places(), _marks(source)
    return [fact for place in places if (fact := _folder(source, place, marks)) is not None]


def _marks(source: Source) -> dict[Root, str] | OldDatabaseError | None:
    """The mark that each root should carry; None while no database can tell."""
    try:
        database = open_or_reason(source.settings)
    except OSError:  # who may not look in data/ still hears of the other folders
        return None
    if isinstance(database, StorageError):
        return database if isinstance(database, OldDatabaseError) else None
    with closing(database):
        try:
            return known_marks(source.settings, database)
        except StorageError:
            return None


def _folder(source: Source, place: Place, marks: dict[Root, str] | OldDatabaseError | None) -> MapFact | None:
    is_new = False
    try:
        with suppress(PermissionError):
            is_new = not source.settings.database.exists()
        _look_in(place)
        root = source.root(place)
        if root is None:
            return MapFact(place)
        if isinstance(marks, OldDatabaseError):
            return None
        if marks is None:
            reason = "er is geen database te lezen die haar teken kent" if root.marks() else "er is nog geen database"
            return MapFact(place, reason, is_new=not root.marks() and is_new)
        if not marks[root]:
            is_foreign = bool(root.marks())
            reason = "zij hoort bij een andere administratie" if is_foreign else "corv heeft haar nog nooit gebruikt"
            return MapFact(place, reason, is_new=not is_foreign)
        check(root, marks[root])
    except OSError as error:
        is_made_later = place.soort in STATE | {Soort.AANDACHT} and isinstance(error, FileNotFoundError)
        return MapFact(place, why(error), is_new or is_made_later, is_link(place))
    return MapFact(place)


def _look_in(place: Place) -> None:
    """Raises OSError when there is no folder there that we may look in."""
    if is_link(place):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(place.path))
    if not stat.S_ISDIR(place.path.stat().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place.path))
    with os.scandir(place.path):
        pass


def disks(source: Source) -> Iterator[DiskFact | Failed]:
    """On which file system each place lies; what is within an inbox or outbox must lie where that does."""
    return each(source.places(frozenset(Soort) - INNER), lambda place: DiskFact(place, mount_at(place.path)))


def same_disks(source: Source) -> Iterator[SameDiskFact | Failed]:
    """Whether our own folders lie where the inbox or outbox does; and the archive where each inbox does."""
    yield from each(
        source.places(INNER),
        lambda place: SameDiskFact(place, place.naam.rpartition("/")[0], _is_same(place.path, place.path.parent)),
    )
    for archive in source.places({Soort.ARCHIEF}):
        inboxes = [place for place in source.places({Soort.INBOX}) if place.path.is_dir()]
        for inbox in inboxes:
            yield from each([archive], _archive_of(inbox))


def _archive_of(inbox: Place) -> Callable[[Place], SameDiskFact]:
    return lambda place: SameDiskFact(place, inbox.naam, _is_same(place.path, inbox.path), mag=True)


def _is_same(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev


def renames(source: Source) -> Iterator[RenameFact | Failed]:
    """Write, read, rename and remove in each place where corv does so, and between a folder and the one above it."""
    return each(source.places(WRITTEN), _rename)


def _rename(place: Place) -> RenameFact:
    source, target, free = fresh(place.path, "a"), fresh(place.path, "b"), fresh(place.path, "c")
    with probe_file(source, b"nieuw"), probe_file(target, b"er al"), gone_after(free):
        try:
            is_one_step = rename_in_one_step(source, target)
        except FileExistsError:
            is_one_step = True
        try:
            rename_new(source, target)
        except FileExistsError:
            rename_new(source, free)
        is_overwritten = target.read_bytes() != b"er al"
    return RenameFact(place, is_overwritten, is_one_step, _over(place) if place.boven else None)


def _over(place: Place) -> str | None:
    """Why a file can't be renamed as it is when it is taken (into the place) or delivered (out of it); None when it can."""
    assert place.boven is not None
    begin, end = (place.path, place.boven) if place.soort is Soort.KLAAR else (place.boven, place.path)
    source = fresh(begin)
    with probe_file(source), gone_after(end / source.name):
        try:
            rename_new(source, end / source.name)
        except OSError as error:
            return why(error)
    return None


def syncs(source: Source) -> Iterator[SyncFact | Failed]:
    """Flush a file and a folder in each place, and each file system once."""
    seen = set[int]()

    def ask(place: Place) -> SyncFact:
        device = place.path.stat().st_dev
        is_first = device not in seen
        seen.add(device)
        return _sync(place, is_first=is_first)

    return each(source.places(ROOTS | STATE), ask)


def _sync(place: Place, *, is_first: bool) -> SyncFact:
    with probe_file(fresh(place.path)) as path:
        found = [_flushed("Een bestand", lambda: _flush(path)), _flushed("De map", lambda: _flush(place.path))]
        if is_first:
            found.append(_flushed("De hele schijf", lambda: sync_file_system(path)))
    return SyncFact(place, tuple(found))


def _flush(path: Path) -> None:
    """As `durable.sync_file`, which keeps silent when the file system refuses: that must be told here."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _flushed(wat: str, flush: Callable[[], None]) -> Sync:
    try:
        flush()
    except OSError as error:
        return Sync(wat, why(error), is_unknown=error.errno in _NO_SUCH_SYNC)
    return Sync(wat)
