"""The real thing, from outside: `strace` kills a `corv verwerk` at a system call, or says whether our library sees every one.

    cd tests && python -m crash.outside

Kill points by chance, of the calls of one traced run. Ids and moments are those of the real program, so the state of an
undisturbed run is no yardstick here: afterwards `violations` must be empty.
"""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from crash import world
from crash.invariants import violations
from crash.part import Part
from crash.shim import SOURCE, build

NAAM = "stoppen van buiten (strace)"
_CHANGING = (
    *("renameat2", "rename", "renameat", "link", "linkat", "symlink", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"),
    *("fsync", "fdatasync", "syncfs", "write", "pwrite64", "writev", "pwritev", "sendfile", "copy_file_range", "fallocate"),
    *("ftruncate", "truncate", "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat"),
)
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")
_WITNESS = """
import os, sys
from pathlib import Path
from crash import world
from crash.child import warm_up
from crash.shim import Kind, Plan, Shim
warm_up()
shim, map_ = Shim(), Path(sys.argv[1])
shim.arm(map_, Plan(), os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT))
world.run_pass(map_)
"""
_ANOTHER_NAME = {"ftruncate64": "ftruncate", "sendfile64": "sendfile", "pwrite": "pwrite64"}
_KILLED = 137


@dataclass(frozen=True)
class Spot:
    """The `at`-th time that the process makes this system call."""

    call: str
    at: int


def is_possible() -> bool:
    """Whether strace is there and may trace."""
    strace = shutil.which("strace")
    return (
        strace is not None
        and subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0
    )


def run(scratch: Path, count: int = 100, seed: int = 0) -> Part:
    """So many kills from outside, at system calls by chance. Without strace nothing is done, and the part says so."""
    started, scratch = time.monotonic(), scratch.resolve()
    if not is_possible():
        return Part(f"{NAAM}: strace is er niet of mag niets volgen, overgeslagen (apt install strace)", {}, (), 0.0)
    begin, map_, log = scratch / "begin", scratch / "werk", scratch / "strace.txt"
    world.prepare(begin)
    shutil.copytree(begin, map_)
    _corv(map_, ["-y", "-e", f"trace={','.join(_CHANGING)}", "-o", str(log)])
    spots = _spots(log.read_text(encoding="utf-8"), map_)
    found = [f"ongestoord: {text}" for text in violations(map_, world.contents())]
    for spot in random.Random(seed).sample(spots, min(len(spots), count)):
        shutil.rmtree(map_)
        shutil.copytree(begin, map_)
        code = _corv(
            map_, ["-e", f"trace={spot.call}", "-e", f"inject={spot.call}:signal=SIGKILL:when={spot.at}", "-o", os.devnull]
        )
        after = _corv(map_, [])
        where = f"inject={spot.call}:signal=SIGKILL:when={spot.at} [zaad {seed}]"
        found += [f"{where}: {text}" for text in violations(map_, world.contents())]
        if code not in {_KILLED, -9} or after not in {0, 1}:
            found.append(f"{where}: einde {code}, daarna {after}")
    return Part(
        NAAM, {"stops": min(len(spots), count), "plaatsen om uit te kiezen": len(spots)}, tuple(found), time.monotonic() - started
    )


def seen_by_both(scratch: Path) -> tuple[Counter[str], Counter[str]]:
    """How often one pass changes something below its folder, by call: as our library counts, and as strace sees from outside."""
    scratch = scratch.resolve()
    map_, log, counted = scratch / "werk", scratch / "strace.txt", scratch / "geteld.txt"
    world.prepare(map_)
    trace = ["-f", "-y", "-e", f"trace={','.join(_CHANGING)}", "-o", str(log), "-E", f"LD_PRELOAD={build(scratch)}"]
    command = ["strace", *trace, sys.executable, "-c", _WITNESS, str(map_), str(counted)]
    subprocess.run(command, check=True, cwd=SOURCE.parents[1])
    names = [line.split(" ")[1] for line in counted.read_text(encoding="utf-8").splitlines() if not line.startswith("create ")]
    ours = Counter(_ANOTHER_NAME.get(name, name) for name in names)
    return ours, Counter(spot.call for spot in _spots(log.read_text(encoding="utf-8"), map_))


def _corv(map_: Path, trace: list[str]) -> int:
    """`corv verwerk`, under strace where options for that are given; gives its exit code."""
    command = [sys.executable, "-m", "corv", "--map", str(map_), "verwerk"]
    under = ["strace", "-f", "-qq", *trace] if trace else []
    return subprocess.run([*under, *command], capture_output=True, check=False).returncode


def _spots(log: str, map_: Path) -> list[Spot]:
    """Every call in a trace that is about something below this folder."""
    seen, found = Counter[str](), []
    for line in log.splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        call, rest = match.groups()
        seen[call] += 1
        if f"{map_}/" in rest or f'"{map_}"' in rest:
            found.append(Spot(call, seen[call]))
    return found


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        part = run(Path(scratch))
    print(part)
    return 1 if part.schendingen else 0


if __name__ == "__main__":
    sys.exit(main())
