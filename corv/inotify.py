"""The observer of watchdog on Linux, which also tells when events were lost, and is dead when any thread under it is."""

from collections.abc import Callable

from watchdog.observers.api import BaseObserver
from watchdog.observers.inotify import InotifyEmitter
from watchdog.observers.inotify_c import InotifyConstants, InotifyEvent, InotifyFD


class LinuxObserver(BaseObserver):
    """Reads events from an inotify of its own. Raises OSError when the machine allows no more of them.

    `lost` is called from another thread when the queue of the kernel ran over, or a watched file system was unmounted:
    watchdog only logs the first and forgets the second.
    """

    def __init__(self, lost: Callable[[], None]) -> None:
        self._reader = _Reader(lost)
        self._reader.start()
        super().__init__(InotifyEmitter, inotify_fd=self._reader)

    def is_alive(self) -> bool:
        """Whether both who reads the events and who hands them out are at work."""
        return super().is_alive() and self._reader.is_alive()

    def on_thread_stop(self) -> None:
        """Stop the reader as well."""
        super().on_thread_stop()
        self._reader.stop()
        self._reader.join()


class _Reader(InotifyFD):
    def __init__(self, lost: Callable[[], None]) -> None:
        super().__init__()
        self._lost = lost

    def handle_event(self, event: InotifyEvent) -> None:
        super().handle_event(event)
        if event.mask & (InotifyConstants.IN_Q_OVERFLOW | InotifyConstants.IN_UNMOUNT):
            self._lost()
