"""How much time was taken lately, and by whom: what is slow must not keep everything else waiting. Pure but for the clock."""

from collections import defaultdict, deque
from collections.abc import Callable


class Budget:
    """Seconds that were spent within the last `venster` seconds, by name.

    `gewoon`: so much of each time is not counted. What goes as it should then costs nothing, however often it is done.
    """

    def __init__(self, venster: float, gewoon: float, clock: Callable[[], float]) -> None:
        self._venster, self._gewoon, self._clock = venster, gewoon, clock
        self._spent = deque[tuple[float, str, float]]()
        self._totals = defaultdict[str, float](float)

    def spend(self, name: str, seconds: float) -> None:
        """Note that something took so long, until now."""
        counted = seconds - self._gewoon
        if counted > 0:
            self._spent.append((self._clock(), name, counted))
            self._totals[name] += counted

    def spent(self, name: str) -> float:
        """How long it took within the window, but for what is not counted."""
        before = self._clock() - self._venster
        while self._spent and self._spent[0][0] <= before:
            _, old, seconds = self._spent.popleft()
            self._totals[old] -= seconds
        return self._totals[name]
