"""A model of a disk: what programs see of it now, and what of that is still there after a power cut. Pure.

A file has content now and content that is durable, with the writes between the two; a folder has names now and durable ones,
with the changes between the two. A sync of a file makes its content durable, a sync of a folder its names, a sync of the file
system everything. A change of names is one whole: a rename is durable in both folders, or in neither. It becomes so with the
sync of either one, for a journal holds both halves in one transaction; no file system that we may be put on does otherwise.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crash.record import Step

ROOT = 0
Names = dict[int, dict[str, int]]
Slot = tuple[int, str]


@dataclass(frozen=True)
class Write:
    """A write that is not durable yet; `data` None is a truncation to `offset` bytes."""

    offset: int
    data: bytes | None

    def onto(self, content: bytes) -> bytes:
        """What the file holds after it; a gap is zeros."""
        filled = content.ljust(self.offset, b"\0")
        if self.data is None:
            return filled[: self.offset]
        return filled[: self.offset] + self.data + filled[self.offset + len(self.data) :]


@dataclass
class File:
    """`origin`: where it lay before the pass, as long as it holds what it held then."""

    now: bytes
    durable: bytes
    origin: Path | None = None
    pending: list[Write] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """A change of names that is not durable yet: what each slot holds after it, None for nothing."""

    slots: tuple[tuple[Slot, int | None], ...]

    def onto(self, names: Names) -> None:
        """Make it."""
        for (folder, name), node in self.slots:
            if node is None:
                names[folder].pop(name, None)
            else:
                names.setdefault(folder, {})[name] = node


Content = Callable[[File], bytes]
State = dict[Path, bytes | None]
"""What lies on a disk: each place with what it holds, None for a folder."""


class Disk:
    """What lies in a folder, known by its inodes: everything in it is durable at first."""

    def __init__(self, map_: Path) -> None:
        self.files: dict[int, File] = {}
        self.now: Names = {ROOT: {}}
        self.pending: list[Change] = []
        self._known: dict[int, int] = {map_.stat().st_ino: ROOT}
        self._next = ROOT
        for path in sorted(map_.rglob("*")):
            place = path.relative_to(map_)
            node = self._node(path.stat().st_ino)
            if path.is_dir():
                self.now[node] = {}
            else:
                content = path.read_bytes()
                self.files[node] = File(content, content, place)
            Change(((self._slot(place), node),)).onto(self.now)
        self.durable: Names = _copied(self.now)
        self.journal: Names = _copied(self.now)

    def apply(self, step: Step) -> None:
        """What the disk is after this step."""
        if step.op == "S":
            self._sync_all()
        elif step.op == "F":
            self._sync(self._known[step.inode])
            self.journal = _copied(self.now)
        elif step.op in {"W", "T"}:
            self._write(self.files[self._known[step.inode]], Write(step.offset, step.data if step.op == "W" else None))
        else:
            self._rename(step)

    def state(self, names: Names, content: Content) -> State:
        """What lies on it by these names, where each file holds what `content` says of it."""
        found: State = {}

        def walk(folder: int, place: Path) -> None:
            for name, node in names.get(folder, {}).items():
                here = place / name
                found[here] = content(self.files[node]) if node in self.files else None
                if node not in self.files:
                    walk(node, here)

        walk(ROOT, Path())
        return found

    def origins(self, state: State) -> dict[Path, Path]:
        """Of each file in a state that still is what it was before the pass: where it lay then."""
        known = {id(file.durable): file.origin for file in self.files.values() if file.origin is not None}
        return {place: origin for place, held in state.items() if held and (origin := known.get(id(held))) is not None}

    def with_changes(self, chosen: Iterable[Change]) -> Names:
        """The durable names with some of the pending changes made, and all that those rest upon, in their order."""
        wanted, names = self._closed(set(map(id, chosen))), _copied(self.durable)
        for change in self.pending:
            if id(change) in wanted:
                change.onto(names)
        return names

    def _write(self, file: File, write: Write) -> None:
        file.now, file.origin = write.onto(file.now), None
        file.pending.append(write)

    def _rename(self, step: Step) -> None:
        """C, M, U, R and L: the changes of names."""
        assert step.first is not None
        slot = self._slot(step.first)
        if step.op in {"C", "M"}:
            self._next += 1
            node = self._known[step.inode] = self._next
            if step.op == "C":
                self.files[node] = File(b"", b"")
            else:
                self.now[node] = {}
                self.durable[node] = {}
            change = Change(((slot, node),))
        elif step.op == "U":
            change = Change(((slot, None),))
        else:
            assert step.second is not None
            node = self.now[slot[0]][slot[1]]
            there = (self._slot(step.second), node)
            change = Change((there,) if step.op == "L" else ((slot, None), there))
        change.onto(self.now)
        self.pending.append(change)

    def _sync(self, node: int) -> None:
        if node in self.files:
            file = self.files[node]
            file.durable, file.pending = file.now, []
            return
        touching = (change for change in self.pending if any(folder == node for (folder, _), _ in change.slots))
        wanted = self._closed(set(map(id, touching)))
        for change in self.pending:
            if id(change) in wanted:
                change.onto(self.durable)
        self.pending = [change for change in self.pending if id(change) not in wanted]

    def _sync_all(self) -> None:
        for file in self.files.values():
            file.durable, file.pending = file.now, []
        self.durable, self.journal, self.pending = _copied(self.now), _copied(self.now), []

    def _closed(self, wanted: set[int]) -> set[int]:
        """These changes, and every earlier one of a slot that they change."""
        slots: set[Slot] = set()
        for change in reversed(self.pending):
            if id(change) in wanted or any(slot in slots for slot, _ in change.slots):
                wanted.add(id(change))
                slots |= {slot for slot, _ in change.slots}
        return wanted

    def _slot(self, place: Path) -> Slot:
        folder = ROOT
        for name in place.parts[:-1]:
            folder = self.now[folder][name]
        return folder, place.name

    def _node(self, inode: int) -> int:
        if inode not in self._known:
            self._next += 1
            self._known[inode] = self._next
        return self._known[inode]


def _copied(names: Mapping[int, dict[str, int]]) -> Names:
    return {folder: dict(held) for folder, held in names.items()}
