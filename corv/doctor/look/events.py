"""Waits for real events of a file in each inbox, and counts what this user has of inotify."""

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from corv.doctor.judge.share import EventFact, WatchFact
from corv.doctor.look.source import Source, fresh, mount_at, probe_file
from corv.doctor.mounts import Kind
from corv.doctor.values import Failed, Place, Soort
from corv.errors import why

WAIT_S = 1.0
"""So long an event may take, of all inboxes together."""

_PROC = Path("/proc")
_INSTANCES, _WATCHES = "max_user_instances", "max_user_watches"
_PIPE = "anon_inode:inotify"
_FULL = {errno.ENOSPC: f"{_WATCHES} is vol", errno.EMFILE: f"{_INSTANCES} is vol"}
"""What these mean when a watch is asked for: no disk is full (inotify_add_watch(2))."""


class _Listener(FileSystemEventHandler):
    """Remembers that an event came of the file with that name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.heard = Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Runs in the thread of watchdog."""
        if Path(os.fsdecode(event.src_path)).name == self._name:
            self.heard.set()


def events(source: Source) -> Iterator[EventFact | WatchFact | Failed]:
    """Whether each inbox tells of a new file, and what is left of the limits."""
    for place in source.places({Soort.INBOX}):
        try:
            if place.path.is_dir():
                yield _event(place)
        except OSError as error:
            yield Failed(place.naam, why(error))
    yield from _limits()


def _event(place: Place) -> EventFact:
    path = fresh(place.path)
    listener, mount = _Listener(path.name), mount_at(place.path)
    is_network = mount is not None and mount.kind in {Kind.NETWORK, Kind.FUSE}
    with ExitStack() as undo:
        observer = Observer()
        try:
            observer.schedule(listener, str(place.path))
            observer.start()
        except OSError as error:
            return EventFact(place, is_heard=False, reden=_FULL.get(error.errno or 0) or why(error), is_network=is_network)
        undo.enter_context(_quiet())
        undo.callback(observer.join, WAIT_S)
        undo.callback(observer.stop)
        with probe_file(path):
            is_heard = listener.heard.wait(WAIT_S / 2)
    return EventFact(place, is_heard, None, is_network)


@contextmanager
def _quiet() -> Iterator[None]:
    """Watchdog complains in English of its own thread, when that looks once more just after it was stopped."""
    logger = logging.getLogger("watchdog")  # noqa: TID251 - the one of another library
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _limits() -> Iterator[WatchFact]:
    """How many of each this user has, as far as it may see; nothing where the system does not tell."""
    used = {_INSTANCES: 0, _WATCHES: 0}
    for process in _PROC.glob("[0-9]*"):
        with suppress(OSError):
            if process.stat().st_uid == os.geteuid():
                for file in (process / "fd").iterdir():
                    watches = _watches(process, file)
                    used[_INSTANCES] += watches is not None
                    used[_WATCHES] += watches or 0
    for limit, taken in used.items():
        with suppress(OSError, ValueError):
            yield WatchFact(limit, taken, int((_PROC / "sys/fs/inotify" / limit).read_text(encoding="ascii")))


def _watches(process: Path, file: Path) -> int | None:
    """How many watches an open file has; None when it is none of inotify."""
    try:
        if str(file.readlink()) != _PIPE:
            return None
        return (process / "fdinfo" / file.name).read_text(encoding="ascii").count("inotify wd:")
    except OSError:
        return None
