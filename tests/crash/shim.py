"""Build shim.c, start a process with it, and tell it in that process which call must stop or fail."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
NO_COMPILER = (
    "Voor deze proef is een C-compiler nodig, die de aanroepen van het systeem laat mislukken: apt install gcc libc6-dev"
)
_LOADED = "LD_PRELOAD"
_HOOK = ctypes.CFUNCTYPE(None)


class Kind(IntEnum):
    """What a call does, in the order of shim.c."""

    CREATE = 0
    READ = 1
    WRITE = 2
    RENAME = 3
    LINK = 4
    UNLINK = 5
    MKDIR = 6
    SYNC = 7
    TRUNCATE = 8
    MODE = 9
    LOCK = 10


CHANGES = frozenset(Kind) - {Kind.READ, Kind.LOCK}
"""After these, and only these, something else lies on the disk."""


class What(IntEnum):
    """What happens at the call, in the order of shim.c."""

    PASS = 0
    KILL = 1
    HALF = 2
    AFTER = 3
    FAIL = 4
    FROM = 5


@dataclass(frozen=True)
class Plan:
    """At the `at`-th call below `where` whose kind is in `kinds` (from 1) this happens.

    `later`: the kinds that keep failing after a FROM. `where` counts from the folder that is given to `arm`.
    """

    what: What = What.PASS
    at: int = 0
    code: int = 0
    kinds: frozenset[Kind] = CHANGES
    later: frozenset[Kind] = frozenset()
    where: str = ""


@dataclass(frozen=True)
class Call:
    """A call that was counted; `path` from the watched folder."""

    kind: Kind
    name: str
    path: str


def build(folder: Path) -> Path:
    """Compile the library, once, into this folder. Raises RuntimeError where there is no compiler."""
    library = folder / "shim.so"
    if library.exists():
        return library
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise RuntimeError(NO_COMPILER)
    command = [compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    if built.returncode != 0:
        raise RuntimeError(f"{NO_COMPILER}\n{built.stderr}")
    return library


def run_loaded(module: str, arguments: Sequence[str], folder: Path) -> "subprocess.Popen[str]":
    """Start a module of ours with the library loaded; what it prints can be read."""
    environment = {**os.environ, _LOADED: str(build(folder)), "PYTHONHASHSEED": "0"}
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=SOURCE.parents[1],
    )


class Shim:
    """The library in this very process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ[_LOADED])
        self._library.shim_count.restype = ctypes.c_long
        self._hook = _HOOK()

    def arm(self, root: Path, plan: Plan, log: int = -1, before: Callable[[], object] | None = None) -> None:
        """From now on count below `root`; `before` runs at every counted call, and its own calls are not counted."""
        self._hook = _HOOK(before) if before is not None else _HOOK()  # kept: the library has only its address
        self._library.shim_arm(
            os.fsencode(root / plan.where),
            ctypes.c_uint(_mask(plan.kinds)),
            ctypes.c_uint(_mask(plan.later)),
            int(plan.what),
            plan.code,
            ctypes.c_long(plan.at),
            log,
            self._hook,
        )

    def count(self) -> int:
        """How many calls were counted since `arm`."""
        return int(self._library.shim_count())


def read_log(path: Path) -> list[Call]:
    """The calls that were counted while this file was the log."""
    found = (line.split(" ", 2) for line in path.read_text(encoding="utf-8").splitlines())
    return [Call(Kind[kind.upper()], name, place.lstrip("/")) for kind, name, place in found]


def counted(calls: Sequence[Call]) -> Mapping[str, int]:
    """How often each function of libc was called."""
    names = [call.name for call in calls]
    return {name: names.count(name) for name in sorted(set(names))}


def _mask(kinds: frozenset[Kind]) -> int:
    return sum(1 << kind for kind in kinds)
