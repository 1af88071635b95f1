"""More than one of us at a time on one working folder, by mistake: one works, the others say who does and touch nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

from conftest import Werkmap
from crash.invariants import violations
from crash.part import Part
from crash.stream import stream
from crash.world import FETCHED

_AT_ONCE = 3
_REFUSED = 2
_LONGEST_S = 30


def run(map_: Path, rounds: int, seed: int) -> Part:
    """So many times a few of us begin at the same moment; the one that works is stopped, or killed, while it works."""
    begun, chance, messages, dropped = time.monotonic(), Random(seed), stream(seed), list[bytes]()
    werkmap = Werkmap(map_)
    (map_ / FETCHED).mkdir()
    found = list[str]()
    for number in range(rounds):
        for at in range(40):
            kanaal, content = next(messages)
            werkmap.drop(kanaal, f"{number}-{at}.xml", content)
            dropped.append(content)
        ours = [_begin(map_) for _ in range(_AT_ONCE)]
        found += [f"ronde {number}: {it}" for it in _only_one_works(ours)]
        time.sleep(chance.uniform(0, 0.2))
        for process in ours:
            if process.poll() is None:
                process.send_signal(chance.choice([signal.SIGTERM, signal.SIGKILL]))
            process.communicate(timeout=_LONGEST_S)
    werkmap.run()
    found += violations(map_, dropped)
    return Part(
        "meer tegelijk",
        {"keer": rounds, "processen": rounds * _AT_ONCE, "berichten": len(dropped)},
        tuple(f"zaad {seed}: {it}" for it in found),
        time.monotonic() - begun,
    )


def _begin(map_: Path) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "corv", "--map", str(map_), "start"]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ.copy())


def _only_one_works(ours: "list[subprocess.Popen[str]]") -> list[str]:
    """Wait until all but one were refused; what is not so, in words."""
    deadline = time.monotonic() + _LONGEST_S
    while sum(process.poll() is None for process in ours) > 1 and time.monotonic() < deadline:
        time.sleep(0.02)
    working = [process for process in ours if process.poll() is None]
    refused = [process for process in ours if process not in working]
    found = [] if len(working) == 1 else [f"{len(working)} aan het werk in plaats van 1"]
    for process in refused:
        _, errors = process.communicate(timeout=_LONGEST_S)
        if process.returncode != _REFUSED or "werkt al een andere corv" not in errors:
            found.append(f"niet geweigerd, maar {process.returncode}: {errors[-300:]}")
    return found
