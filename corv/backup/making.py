"""Make one back-up: the order of it all. It needs no lock of the service and keeps it from nothing.

0. is DIR ours: before that nothing is written there and nothing removed
1. originals at rest, which never change, so that what comes after takes little time
2. the database, as it is at one moment
3. what changes, in the order in which a file goes; then what came to rest meanwhile
4. take out what was copied twice, look whether all is there, write inhoud.json, sync, and only then give it its name
"""

import errno
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from corv.backup import noted
from corv.backup.belonging import alone, claim
from corv.backup.copying import PART, Copied, copy_shared, digest_of
from corv.backup.manifest import DATABASE, INHOUD, Manifest, free_name, made_in, read_manifest, unfinished_in
from corv.backup.plan import WERK, Bevinding, Original, superfluous, went_on
from corv.backup.snapshot import begin_now, copy_database, ends_of_chain, known_outputs, open_copy, originals, originals_now
from corv.backup.underway import UnderWay
from corv.backup.verifying import sizes_of, verify
from corv.durable import make_folder, rename_new, sync_all, write_new
from corv.errors import StorageError, UsageError
from corv.folders import Folders
from corv.rechten import open_file
from corv.roots import known_marks, roots
from corv.settings import Settings

AT_REST = ("archief", "quarantaine")


@dataclass(frozen=True)
class _Job:
    """What is to be made: `dir_` is DIR, `work` the folder of this one until it is complete."""

    settings: Settings
    dir_: Path
    work: Path
    now: datetime
    done: Callable[[], None]
    thorough: bool


@dataclass(frozen=True)
class Result:
    """One back-up that was made or looked at. `nieuw` and `bytes`: what was written for it."""

    folder: Path
    manifest: Manifest
    bevindingen: list[Bevinding]
    nieuw: int = 0
    bytes: int = 0


def make(settings: Settings, dir_: Path, now: datetime, done: Callable[[], None], *, thorough: bool) -> Result:
    """Make one back-up in DIR and verify it. Raises UsageError when DIR can't be used for it, OSError when writing fails.

    Of a DIR that is full StorageError. `done` is called after each original that was copied or read. After an error nothing half
    is left but in a folder that is never taken for a back-up, and that the next run removes.
    """
    _refuse_inside(settings, dir_)  # before anything is noted: who is refused here changed nothing
    try:
        result = _make_alone(settings, dir_, now, done, thorough=thorough)
    except Exception as error:
        noted.failed(settings.data, now, error)
        raise
    noted.made(settings.data, now, len(result.bevindingen))
    return result


def _make_alone(settings: Settings, dir_: Path, now: datetime, done: Callable[[], None], *, thorough: bool) -> Result:
    make_folder(dir_)
    with alone(settings.data, dir_):
        damaged = claim(dir_, begin_now(settings.database))
        for left in unfinished_in(dir_):
            shutil.rmtree(left)
        name = free_name(now, (path.name for path in made_in(dir_)))
        work = dir_ / f".{name}.bezig"
        try:
            with _told_when_full(dir_):
                result = _make(_Job(settings, dir_, work, now, done, thorough))
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
    return replace(result, bevindingen=[*result.bevindingen, *damaged])


def look(dir_: Path, folder: Path, done: Callable[[], None], *, thorough: bool) -> Result:
    """Verify a back-up that was made before."""
    manifest = read_manifest(folder)
    return Result(folder, manifest, verify(dir_, folder, manifest, done, thorough=thorough))


def _make(job: _Job) -> Result:
    settings, work, at_rest = job.settings, job.work, _AtRest(job.settings, job.dir_, job.done)
    make_folder(work)
    at_rest.copy(originals_now(settings.database))
    copy_database(settings.database, work / DATABASE)
    with closing(open_copy(work / DATABASE)) as db:
        known, (begin, keten) = originals(db), ends_of_chain(db)
        claim(job.dir_, begin)
        under_way = UnderWay(settings, Folders(settings, known_marks(settings, db)), work)
        under_way.copy_all()
        at_rest.copy(known)
        _take_out(job, under_way, at_rest, known, partial(known_outputs, db))
    files = {path: (copied.grootte, copied.sha256) for path, copied in sorted(under_way.files.items())}
    files[DATABASE] = ((work / DATABASE).stat().st_size, digest_of(work / DATABASE))
    manifest = Manifest(job.now.isoformat(), begin, keten, len(known), files, tuple(under_way.bevindingen))
    write_new(work / INHOUD, manifest.as_bytes())
    (work / INHOUD).chmod(0o600)
    sync_all([*work.rglob("*"), work])
    found = verify(job.dir_, work, manifest, job.done, thorough=job.thorough)
    folder = work.with_name(work.name.removeprefix(".").removesuffix(".bezig"))
    rename_new(work, folder)
    sync_all([job.dir_])
    written = [*at_rest.copied.values(), *under_way.files.values()]
    return Result(folder, manifest, found, len(written), sum(one.grootte for one in written) + files[DATABASE][0])


class _AtRest:
    """Copies originals at rest to the folders that all back-ups share. What lies there already is never touched."""

    def __init__(self, settings: Settings, dir_: Path, done: Callable[[], None]) -> None:
        self._data, self._dir, self._done = settings.data, dir_, done
        self.copied: dict[str, Copied] = {}
        for name in AT_REST:
            make_folder(dir_ / name)
            for part in (dir_ / name).rglob(f"*{PART}"):
                part.unlink()

    def copy(self, known: list[Original]) -> None:
        """Copy what is not there yet. Of a message that the database knows, only what was recorded."""
        by_place = {place: original for original in known for place in original.places}
        self.copied |= dict(copy_shared(self._new(), self._dir, partial(_is_as_recorded, by_place), self._done))

    def _new(self) -> Iterator[tuple[str, Callable[[], BinaryIO]]]:
        for name in AT_REST:
            for folder in [self._data / name, *sorted(path for path in (self._data / name).rglob("*") if path.is_dir())]:
                there = self._dir / folder.relative_to(self._data)
                names = {path.name for path in there.iterdir()} if there.is_dir() else set()
                for path in sorted(folder.iterdir()):
                    if path.name not in names and not path.name.startswith(".") and path.is_file() and not path.is_symlink():
                        yield path.relative_to(self._data).as_posix(), partial(open_file, path)


def _is_as_recorded(by_place: Mapping[str, Original], path: str, copied: Copied) -> bool:
    original = by_place.get(path)
    return original is None or (original.grootte == copied.grootte and original.sha256 in {None, copied.sha256})


def _take_out(
    job: _Job,
    under_way: UnderWay,
    at_rest: _AtRest,
    known: list[Original],
    outputs: Callable[[Iterator[str]], set[tuple[str, str]]],
) -> None:
    """Take out of the copy of the inboxes and outboxes what does not belong to the moment of the database."""
    claimed = [copied.inode for path, copied in under_way.files.items() if f"/{WERK}/" in path]
    for path in went_on(under_way.inbox, {*claimed, *(copied.inode for copied in at_rest.copied.values())}):
        under_way.remove(path)
    outbox = [path for path in under_way.files if path.startswith("outbox/")]
    places = [*at_rest.copied, *(path for path in sizes_of(job.dir_, job.work, known) if not path.startswith("inbox/"))]
    for path in list(superfluous(outbox, outputs(Path(path).name for path in outbox), {Path(path).stem for path in places})):
        under_way.remove(path)


def _refuse_inside(settings: Settings, dir_: Path) -> None:
    """A back-up on the same spot is lost with it, and in an inbox or outbox it would be taken for messages."""
    for folder in (settings.map, *(root.path for root in roots(settings))):
        if dir_.is_relative_to(folder.resolve()):
            raise UsageError(f"{dir_} ligt in {folder}. Kies een map daarbuiten, het liefst op een andere schijf.")


@contextmanager
def _told_when_full(dir_: Path) -> Iterator[None]:
    """A full disk of DIR is told as what it is; one of the working folder stays a failure of the place where it happened."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT} and Path(error.filename or dir_).is_relative_to(dir_):
            raise StorageError(f"De schijf van {dir_} is vol; er is geen kopie gemaakt. Maak daar plaats.") from error
        raise
