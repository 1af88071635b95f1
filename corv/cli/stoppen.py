"""Being asked to stop while a command handles messages: it ends after the batch in hand, so that no message gets the blame."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STOPPED = "Er is om stoppen gevraagd. Wat onder handen was, is afgemaakt; de rest komt in de volgende ronde."


@contextmanager
def stop_asked() -> Iterator[Callable[[], bool]]:
    """Whether SIGTERM asked for a stop, as a scheduler does whose time is up. Then the batch in hand is finished first."""
    asked = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: asked.set())
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGTERM, before)
