"""Every state that a power cut may leave after each step of a log. Pure; chance comes from a seed.

What is kept of the names and what of the data is chosen apart, in the table KEPT and by lot.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crash.disk import Disk, File, Names, State, Write
from crash.record import Step

OUTBOX, SECTOR, PAGE, TORN = "outbox", 512, 4096, 0.2


@dataclass(frozen=True)
class Cut:
    """A power cut. `naam` brings it back, `visible` is what another program may have taken from an outbox by then, by name.

    `taken`: it did take it. `origins`: where each file that was never written to lay before the pass. `twice`: what was taken
    before an earlier cut undid its delivery, so that it may come once more.
    """

    naam: str
    state: State
    origins: dict[Path, Path]
    visible: dict[str, bytes]
    taken: bool
    twice: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Choice:
    """Which cuts are wanted: by lot a fraction `kans`, or exactly the one with this name; `loten` states by lot a step.

    `soort`: only this one of KEPT.
    """

    seed: int = 1
    kans: float = 1.0
    loten: int = 2
    alleen: str | None = None
    soort: str = ""

    def wants(self, naam: str) -> bool:
        """Whether this cut is among them."""
        if self.alleen is not None:
            return naam == self.alleen
        if self.soort and self.soort not in naam.split("-"):
            return False
        return self.kans >= 1 or random.Random(f"{self.seed} {naam}").random() < self.kans


def cuts(disk: Disk, steps: Sequence[Step], choice: Choice) -> Iterator[Cut]:
    """The distinct states among them, in order. `disk` is as it was before the first step, and changes along."""
    seen: set[int] = set()
    for number, step in enumerate(steps, start=1):
        disk.apply(step)
        for taken in (False, True):
            for soort, names, content in _kinds(f"{choice.seed} {number}", choice.loten, taken=taken):
                naam = f"{number}-{soort}{'-opgehaald' if taken else ''}"
                if not choice.wants(naam):
                    continue
                visible = _visible(disk)
                state = disk.state(names(disk), content)
                key = hash((frozenset(state.items()), frozenset(visible.items()), taken))
                if key not in seen and (visible or not taken):
                    seen.add(key)
                    yield Cut(naam, state, disk.origins(state), visible, taken)


def _visible(disk: Disk) -> dict[str, bytes]:
    """Everything that lies in an outbox now, and not in a hidden folder of ours, by its place below outbox/."""
    state = disk.state(disk.now, lambda file: file.now)
    return {below_outbox(place): held for place, held in state.items() if held is not None and is_delivered(place)}


def below_outbox(place: Path) -> str:
    """Where a delivered file lies, counted from outbox/."""
    return place.relative_to(OUTBOX).as_posix()


def is_delivered(place: Path) -> bool:
    """Whether a place, counted from the working folder, is one where another program takes files."""
    return place.parts[0] == OUTBOX and not any(part.startswith(".") for part in place.parts)


Kind = tuple[str, Callable[[Disk], Names], Callable[[File], bytes]]


def _kinds(seed: str, loten: int, *, taken: bool) -> Iterator[Kind]:
    yield from KEPT
    for lot in range(1, loten + 1):
        chance = random.Random(f"{seed} {lot} {taken}")
        share = chance.choice((0.2, 0.5, 0.8))
        yield f"lot{lot}", partial(_names_by_lot, chance, share), partial(_data_by_lot, chance, share)


def _names_by_lot(chance: random.Random, share: float, disk: Disk) -> Names:
    return disk.with_changes(change for change in disk.pending if chance.random() < share)


def _data_by_lot(chance: random.Random, share: float, file: File) -> bytes:
    chosen = [write for write in file.pending if chance.random() < share]
    return _replayed(file, [_torn(write, SECTOR) if chance.random() < TORN else write for write in chosen])


def _replayed(file: File, writes: Sequence[Write]) -> bytes:
    held = file.durable
    for write in writes:
        held = write.onto(held)
    return held


def _torn(write: Write, unit: int) -> Write:
    """Half of it, up to a boundary of the disk."""
    return write if write.data is None else Write(write.offset, write.data[: len(write.data) // 2 // unit * unit])


def _last_torn(unit: int) -> Callable[[File], bytes]:
    return lambda file: _replayed(file, [*file.pending[:-1], *(_torn(write, unit) for write in file.pending[-1:])])


def _old(file: File) -> bytes:
    return file.durable


def _new(file: File) -> bytes:
    return file.now


def _zeros(file: File) -> bytes:
    """As long as it should be, with zeros where nothing was synced."""
    return file.durable[: len(file.now)].ljust(len(file.now), b"\0")


def _only_last(file: File) -> bytes:
    return _replayed(file, file.pending[-1:])


KEPT: tuple[Kind, ...] = (
    ("gesynct", lambda disk: disk.durable, _old),
    ("journaal", lambda disk: disk.journal, _old),
    ("namen", lambda disk: disk.now, _old),
    ("inhoud", lambda disk: disk.durable, _new),
    ("alles", lambda disk: disk.now, _new),
    ("nullen", lambda disk: disk.now, _zeros),
    ("gescheurd512", lambda disk: disk.now, _last_torn(SECTOR)),
    ("gescheurd4096", lambda disk: disk.now, _last_torn(PAGE)),
    ("laatste", lambda disk: disk.now, _only_last),
)
"""Its name, which names are kept, and what of the data.

gesynct: what POSIX promises and no more.  journaal: every name up to the last sync of whatever (ext4, xfs).
namen, inhoud: all of the one, of the other only what was synced.  The rest: all names, and a part of the data.
"""
