"""A fuzzer on everything between the bytes of a message and what is written about it: `python -m crash.hostile`, from tests/.

Each input follows from a seed and a number; `--zaad S --nummer N` judges one again and says what was wrong with it. Workers are
forked, and each is watched from outside: one that dies or hangs costs one input, and is itself a violation.
"""

import argparse
import gc
import mmap
import os
import resource
import shutil
import signal
import struct
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from crash.judged import Judge, seeds
from crash.mutations import mutated
from crash.part import Part
from crash.world import prepare, run_pass

SAMPLES = Path(__file__).parents[1] / "berichten"
NAAM = "vijandige berichten"
_PLACE = struct.Struct("qd")
_HANGS_S, _LOOK_S = 20.0, 0.1
_MOST_MEMORY = 2 << 30
_MOST_PER_WORKER = 20_000
MAKE = Callable[[int], bytes]
JUDGE = Callable[[Path], Judge]


@dataclass
class _Worker:
    """A forked process: the numbers that it has still to do, where it is (shared with it), and what it found."""

    numbers: range
    place: mmap.mmap
    found: Path
    pid: int = 0

    def begins(self, number: int) -> None:
        """Say in the place that this number begins now."""
        _PLACE.pack_into(self.place, 0, number, time.monotonic())

    def at(self) -> tuple[int, float]:
        """The number that is being judged, and when that began."""
        begin = 0.0
        while not begin:  # `pack_into` makes everything 0 before it writes, and nothing begins at 0
            number, begin = _PLACE.unpack_from(self.place)
        return int(number), float(begin)


def run(map_: Path, inputs: int, zaad: int = 1, workers: int = 2) -> Part:
    """Judge so many inputs of that seed. `map_`: an empty folder for everything that this makes."""
    begin, everything = time.monotonic(), seeds(SAMPLES)
    judge_in = folders(map_)

    def make(number: int) -> bytes:
        return mutated(zaad, number, everything)

    found = search(map_, range(inputs), make, judge_in, workers)
    lines = tuple(f"vijandig: {text}  (python -m crash.hostile --zaad {zaad} --nummer {number})" for number, text in found)
    return Part(NAAM, {"invoer": inputs}, lines, time.monotonic() - begin)


def folders(map_: Path) -> JUDGE:
    """Make a working folder without and one with a history; gives how to judge with these, from a folder of one's own."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    for name in ("leeg", "gevuld"):
        prepare(map_ / name)
    run_pass(map_ / "gevuld")
    warm = [path.read_bytes() for path in sorted(SAMPLES.glob("*/*.xml"))]

    def judge_in(here: Path) -> Judge:
        here.mkdir()
        judge = Judge(map_ / "leeg", map_ / "gevuld", here)
        judge.warm_up(warm)
        return judge

    return judge_in


def search(map_: Path, numbers: range, make: MAKE, judge_in: JUDGE, workers: int = 2) -> list[tuple[int, str]]:
    """Judge all these numbers in processes of their own; gives every violation with its number."""
    waiting = [numbers[at : at + _MOST_PER_WORKER] for at in range(0, len(numbers), _MOST_PER_WORKER)]
    waiting = [part[at::workers] for part in waiting for at in range(workers)]
    running: list[_Worker] = []
    found: list[tuple[int, str]] = []
    while waiting or running:
        while waiting and len(running) < workers:
            running.append(_start(waiting.pop(0), map_, make, judge_in))
        time.sleep(_LOOK_S)
        for worker in list(running):
            if (status := _ended(worker)) is not None:
                running.remove(worker)
                found += _read(worker)
                if status != 0:
                    number, _ = worker.at()
                    if number < 0:
                        raise RuntimeError("a worker died before its first input")
                    found.append((number, f"het proces eindigde met {status}"))
                    waiting += [left] if (left := _after(worker.numbers, number)) else []
    return sorted(found)


def _start(numbers: range, map_: Path, make: MAKE, judge_in: JUDGE) -> _Worker:
    here = Path(tempfile.mkdtemp(dir=map_))
    worker = _Worker(numbers, mmap.mmap(-1, _PLACE.size), here / "gevonden")
    worker.begins(-1)
    worker.found.touch()
    sys.stdout.flush()
    worker.pid = os.fork()
    if worker.pid == 0:
        code = 1
        try:
            _work(worker, here, make, judge_in)
            code = 0
        except Exception:  # noqa: BLE001 - in a fork nothing may go up
            traceback.print_exc()
        finally:
            os._exit(code)
    return worker


def _work(worker: _Worker, here: Path, make: MAKE, judge_in: JUDGE) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    judge = judge_in(here / "hier")
    gc.freeze()
    with worker.found.open("a", encoding="utf-8") as out:
        for number in worker.numbers:
            raw = make(number)
            worker.begins(number)
            for text in judge.violations(number, raw):
                out.write(f"{number}\t{text}\n")
                out.flush()


def _ended(worker: _Worker) -> int | None:
    """How it ended, None while it works; one that hangs is ended here."""
    _, begin = worker.at()
    if time.monotonic() - begin > _HANGS_S:
        os.kill(worker.pid, signal.SIGKILL)
        os.waitpid(worker.pid, 0)
        return -signal.SIGKILL
    pid, status = os.waitpid(worker.pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if pid else None


def _read(worker: _Worker) -> list[tuple[int, str]]:
    lines = [line.split("\t", 1) for line in worker.found.read_text(encoding="utf-8").splitlines()]
    shutil.rmtree(worker.found.parent)
    return [(int(number), text) for number, text in lines]


def _after(numbers: range, number: int) -> range:
    return numbers[numbers.index(number) + 1 :] if number in numbers else numbers[:0]


def main(args: Sequence[str]) -> int:
    """Judge `--aantal` inputs, or the one with `--nummer`; gives 1 when something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m crash.hostile")
    parser.add_argument("--zaad", type=int, default=1)
    parser.add_argument("--nummer", type=int)
    parser.add_argument("--aantal", type=int, default=200_000)
    parser.add_argument("--schrijf", type=Path, help="write the input with --nummer to this file")
    asked = parser.parse_args(args)
    if asked.schrijf is not None:
        asked.schrijf.write_bytes(mutated(asked.zaad, asked.nummer, seeds(SAMPLES)))
    with tempfile.TemporaryDirectory() as folder:
        if asked.nummer is None:
            part = run(Path(folder), asked.aantal, asked.zaad)
            lines = [*part.schendingen, f"{part.gedaan} in {part.duur_s:.0f} s, {len(part.schendingen)} schendingen"]
            print("\n".join(lines))
            return int(bool(part.schendingen))
        everything, map_ = seeds(SAMPLES), Path(folder)
        found = search(
            map_, range(asked.nummer, asked.nummer + 1), lambda n: mutated(asked.zaad, n, everything), folders(map_), 1
        )
    print("\n".join(text for _, text in found) or "niets mis")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
