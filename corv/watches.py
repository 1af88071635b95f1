"""One watch a folder, so that a new file wakes the service at once. The listing stays the truth: events are only hints."""

import errno
import os
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from corv.errors import why
from corv.watch import Waker

log = structlog.get_logger()

_LIMITS: Final = {
    errno.ENOSPC: "fs.inotify.max_user_watches",
    errno.EMFILE: "fs.inotify.max_user_instances",
    errno.ENFILE: "fs.file-max",
}
"""What the machine allows of events, by the error that says it is used up; the same numbers mean other things of a disk."""

_STOP_WITHIN_S = 5


class Watches:
    """Renews a watch when its folder became another one, or when what listened there died. Never needs a restart.

    `wake` may be called from any thread. `silent`: the folders of which no events arrive now, and why.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self.silent: dict[Path, str] = {}
        self._wake, self._waker = wake, Waker(wake)
        self._observer: BaseObserver | None = None
        self._lost = threading.Event()
        self._known: dict[Path, tuple[int, int]] = {}
        self._watches: dict[Path, ObservedWatch] = {}

    def renew(self, folders: Iterable[Path]) -> None:
        """Watch just these folders, as they are now. Where that can't be, the clock alone finds what is new there."""
        wanted, silent = list(folders), dict[Path, str]()
        for folder in self._known.keys() - set(wanted):
            self._forget(folder)
        try:
            observer = self._living_observer()
            alive = {emitter.watch for emitter in observer.emitters if emitter.is_alive()}
        except (OSError, RuntimeError) as error:
            silent = dict.fromkeys(wanted, _why_silent(error))
        else:
            for folder in wanted:
                try:
                    self._watch(folder, observer, is_alive=self._watches.get(folder) in alive)
                except (OSError, RuntimeError) as error:
                    self._forget(folder)
                    silent[folder] = _why_silent(error)
        for folder, reason in silent.items():
            if self.silent.get(folder) != reason:
                log.warning("geen_meldingen", map=str(folder), reden=reason, gevolg="alleen de herscan kijkt daar")
        self.silent = silent

    def close(self) -> None:
        """Stop listening."""
        observer, self._observer = self._observer, None
        self.silent = {}
        self._known.clear()
        self._watches.clear()
        if observer is not None:
            with suppress(OSError, RuntimeError, KeyError):  # what is half dead may not stop in good order
                observer.stop()
                observer.join(timeout=_STOP_WITHIN_S)

    def _living_observer(self) -> BaseObserver:
        """The observer; another one where it died or lost events. Raises OSError when there can be none now."""
        is_dead = self._observer is not None and not self._observer.is_alive()
        if is_dead or self._lost.is_set():
            self._lost.clear()
            log.warning("meldingen_gestopt", gevolg="corv luistert opnieuw, en bekijkt elke inbox")
            self.close()
        if self._observer is None:
            self._observer = _new_observer(self._events_lost)
            self._observer.start()
        return self._observer

    def _events_lost(self) -> None:
        self._lost.set()
        self._wake()

    def _watch(self, folder: Path, observer: BaseObserver, *, is_alive: bool) -> None:
        info = folder.stat()
        place = info.st_dev, info.st_ino
        # A folder that was removed and made again may have the same number: only the thread that listened there tells.
        if is_alive and self._known.get(folder) == place:
            return
        self._forget(folder)
        if not os.access(folder, os.R_OK):  # watchdog says nothing of it, and hears nothing
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        self._watches[folder] = observer.schedule(self._waker, str(folder))
        self._known[folder] = place
        self._wake()  # for what came between the last listing and this watch

    def _forget(self, folder: Path) -> None:
        self._known.pop(folder, None)
        watch = self._watches.pop(folder, None)
        if watch is not None and self._observer is not None:
            with suppress(KeyError, OSError):
                self._observer.unschedule(watch)


def _new_observer(lost: Callable[[], None]) -> BaseObserver:
    if sys.platform == "linux":
        from corv.inotify import LinuxObserver  # noqa: PLC0415 - it can be imported only there

        return LinuxObserver(lost)
    return Observer()


def _why_silent(error: OSError | RuntimeError) -> str:
    if isinstance(error, RuntimeError):  # so Python says that a thread can't be started
        return "er is nu geen plaats voor nog een proces"
    limit = _LIMITS.get(error.errno or 0)
    return f"het aantal meldingen dat de machine toelaat is op; verhoog {limit} met sysctl" if limit else why(error)
