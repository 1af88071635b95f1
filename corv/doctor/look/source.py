"""What the looking functions get: the settings, the places, and a file to probe with that leaves nothing behind."""

import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from corv import config
from corv.doctor.mounts import Mount, mount_of, mounts
from corv.doctor.values import Failed, Place, Soort
from corv.errors import ConfigError, CorvError, why
from corv.outputs import AANDACHT_MAP
from corv.roots import INNER, Root, roots, shown
from corv.settings import Kant, Settings
from corv.watch import PROBE

T = TypeVar("T")

MOUNTINFO = Path("/proc/self/mountinfo")
_PROBE = re.compile(rf"{re.escape(PROBE)}[0-9a-f]{{16}}\w*\.tmp")
_LEFT_BEHIND_S = 600


@dataclass(frozen=True)
class Source:
    """`loaded`: what config/ says, as far as it can be understood; `problems`: the mistakes in it. `clock`: seconds since 1970.

    `is_thorough`: look at everything, however long it takes.
    """

    map: Path
    loaded: Settings | None
    problems: tuple[str, ...]
    now: datetime
    clock: Callable[[], float]
    is_thorough: bool = False

    @property
    def settings(self) -> Settings:
        """What config/ says. Raises ConfigError where that can't be understood at all."""
        if self.loaded is None:
            raise ConfigError(self.problems)
        return self.loaded

    def places(self, soorten: Iterable[Soort] = Soort) -> list[Place]:
        """Every place of these kinds. Raises ConfigError when the configuration does not say where they are."""
        wrong = [problem for problem in self.problems if "kanaal" in problem]
        if wrong:
            raise ConfigError(wrong)
        wanted = frozenset(soorten)
        return [place for place in _places(self.settings) if place.soort in wanted]

    def root(self, place: Place) -> Root | None:
        """The inbox or outbox that a place is; None for any other."""
        return next((root for root in roots(self.settings) if root.path == place.path), None)


def source_of(map_: Path, now: datetime, clock: Callable[[], float], *, is_thorough: bool) -> Source:
    """The source for a working folder. Never fails: what is wrong with config/ are its problems."""
    settings, problems = None, list[str]()
    try:
        settings, _, problems = config.read_all(map_)
    except ConfigError as error:
        problems = list(error.problems)
    except CorvError as error:
        problems = [str(error)]
    except OSError as error:
        problems = [f"{error.filename}: {why(error)}."]
    return Source(map_, settings, tuple(problems), now, clock, is_thorough)


def _places(settings: Settings) -> Iterator[Place]:
    for root in roots(settings):
        naam, soort = shown(root, settings), Soort(root.soort)
        yield Place(naam, root.path, soort)
        inner = INNER[root.soort]
        yield Place(f"{naam}/{inner}", root.inner, Soort(inner), root.path)
        if soort is Soort.OUTBOX and root.kanaal.kant is Kant.EIGEN:
            yield Place(f"{naam}/{AANDACHT_MAP}", root.path / AANDACHT_MAP, Soort.AANDACHT, root.path)
    yield Place("data", settings.data, Soort.DATA)
    yield Place("data/archief", settings.data / "archief", Soort.ARCHIEF)
    yield Place("data/quarantaine", settings.data / "quarantaine", Soort.QUARANTAINE)
    yield Place("config", settings.config, Soort.CONFIG)


def is_link(place: Place) -> bool:
    """Whether somebody put a link in place of a folder of ours in an inbox or outbox; who may write there can do that."""
    return place.boven is not None and place.path.is_symlink()


def each(places: Sequence[Place], ask: Callable[[Place], T]) -> Iterator[T | Failed]:
    """What `ask` finds out of each place that is there; one where that fails does not keep the others from being asked.

    A link in place of a folder of ours is never followed: `map` tells of it.
    """
    for place in places:
        try:
            if place.path.is_dir() and not is_link(place):
                yield ask(place)
        except OSError as error:
            yield Failed(place.naam, why(error))


def fresh(folder: Path, ending: str = "") -> Path:
    """A name for a probe in that folder, which is not there yet."""
    return folder / f"{PROBE}{secrets.token_hex(8)}{ending}.tmp"


@contextmanager
def probe_file(path: Path, content: bytes = b"proef van corv doctor") -> Iterator[Path]:
    """A new file for as long as this takes; a rename of it within has its own `gone_after`."""
    with gone_after(path):
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        yield path


@contextmanager
def gone_after(path: Path) -> Iterator[None]:
    """Whatever happens within, there is no such file after it."""
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


def clean_up(place: Place) -> None:
    """Remove the probes that a doctor left who was killed. By the clock of the folder itself, so that no other doctor's go."""
    if is_link(place):
        return
    with suppress(OSError):
        old = [path for path in place.path.iterdir() if _PROBE.fullmatch(path.name) and not path.is_symlink() and path.is_file()]
        if old:
            with probe_file(fresh(place.path)) as now:
                since = now.stat().st_mtime - _LEFT_BEHIND_S
            for path in old:
                if path.stat().st_mtime < since:
                    path.unlink()


def mount_at(path: Path) -> Mount | None:
    """The mount on which a path lies; None where the system does not tell."""
    try:
        return mount_of(path.resolve(), mounts(MOUNTINFO.read_text(encoding="utf-8", errors="surrogateescape")))
    except OSError:
        return None
