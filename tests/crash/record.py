"""Record every change that a process makes below a folder: record.c built once, started from within, and its log read back."""

import ctypes
import os
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

_SOURCE = Path(__file__).with_name("record.c")
_LINE = struct.Struct("<c7xQqIIQ")


@dataclass(frozen=True)
class Step:
    """One change, in the order in which they were made; which fields count depends on `op`.

    C: `first` was made, a file with that inode.  M: the same, a folder.  W: `data` was written at `offset` in that inode.
    T: that inode is now `offset` bytes.  R: `first` is now called `second`.  L: it is also called `second`.
    U: the name `first` is gone.  F: that inode, a file or a folder, was synced.  S: the whole file system was.
    """

    op: str
    inode: int
    offset: int
    first: Path | None
    second: Path | None
    data: bytes


def build(folder: Path) -> Path:
    """The library, compiled into this folder; a program sees it with LD_PRELOAD."""
    library = folder / "record.so"
    command: list[str | Path] = [
        "cc",
        "-O1",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-shared",
        "-fPIC",
        "-pthread",
        "-o",
        library,
        _SOURCE,
        "-ldl",
    ]
    subprocess.run(command, check=True)
    return library


def start(map_: Path, log: Path) -> None:
    """From now on, until it ends, every change that this process makes below `map_` is in `log`. Needs the LD_PRELOAD."""
    ctypes.CDLL(None).record_start(os.fsencode(map_), os.fsencode(log))


def read(log: Path, map_: Path) -> list[Step]:
    """Every step of a log, with places counted from `map_`."""
    content, at, steps, root = log.read_bytes(), 0, [], map_.resolve()
    while at < len(content):
        op, inode, offset, first, second, data = _LINE.unpack_from(content, at)
        at += _LINE.size
        one, other, held = at + first, at + first + second, at + first + second + data
        places = _place(content[at:one], root), _place(content[one:other], root)
        steps.append(Step(op.decode(), inode, offset, *places, content[other:held]))
        at = held
    return steps


def _place(name: bytes, root: Path) -> Path | None:
    return Path(os.fsdecode(name)).relative_to(root) if name else None
