"""Kill the process at every call that changes the disk, go on as a person would, and compare with an undisturbed run.

cd tests && python -m crash.kill                     every point of every variant, on both cores
cd tests && python -m crash.kill --aantal 60         a random sample; --zaad N for the same one again
cd tests && python -m crash.kill --punt "beslis/37/half"     one point, and what the process printed
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from crash import invariants
from crash.child import run_child, warm_up
from crash.part import Part
from crash.shim import Call, Kind, Plan, What, counted, read_log, run_loaded
from crash.variants import VARIANTS, Variant, fetch, own_violations

STOPPED = -9
HOW = {"voor": What.KILL, "half": What.HALF, "na": What.AFTER}


@dataclass(frozen=True)
class Point:
    """Where to stop: before, half way or after the `at`-th call of a variant."""

    at: int
    how: str


def points_of(calls: Sequence[Call]) -> list[Point]:
    """Before each call, half way each write, and after the last."""
    found = [Point(at, "voor") for at in range(1, len(calls) + 1)]
    found += [Point(at, "half") for at, call in enumerate(calls, start=1) if call.kind is Kind.WRITE]
    return [*found, Point(len(calls), "na")]


class Sweep:
    """One variant below a folder: prepared once, run once undisturbed, then once for each point."""

    def __init__(self, variant: Variant, scratch: Path) -> None:
        self.variant, self._said = variant, scratch / "gezegd.txt"
        self._begin, self._map = scratch / "begin", scratch / "werk"
        scratch.mkdir()
        self._must(self._run(variant.prepare, self._begin), "voorbereiden")
        self._renew()
        self._must(self._run(variant.act, self._map, Plan()), "ongestoord")
        self.calls = read_log(self._said.with_suffix(".log"))
        self._must(self._finish(), "ongestoord afmaken")
        self._known = frozenset(invariants.violations(self._map, variant.dropped()))
        if own := own_violations(variant, self._map):
            raise RuntimeError(f"{variant.naam}, ongestoord: {own}")
        self._undisturbed = _state(self._map)

    def at(self, point: Point) -> list[str]:
        """Every violation that a stop at this point leaves, with the call and what brings it back."""
        self._renew()
        plan = Plan(HOW[point.how], point.at)
        ended = self._run(self.variant.act, self._map, plan)
        if ended != STOPPED:
            return [self._line(point, f"de proef stopte hier niet (einde {ended}): {self.said()}")]
        ended = self._finish()
        if ended != 0:
            return [self._line(point, f"afmaken lukt niet (einde {ended}): {self.said()}")]
        found = [text for text in self._violations() if text not in self._known]
        after = _state(self._map)
        found += [f"{part} anders dan ongestoord" for part in after if after[part] != self._undisturbed[part]]
        return [self._line(point, text) for text in found]

    def said(self) -> str:
        """What the last process printed."""
        return self._said.read_text(encoding="utf-8")

    def known(self) -> frozenset[str]:
        """What does not hold of the undisturbed run either, by the nature of the variant."""
        return self._known

    def _violations(self) -> list[str]:
        return [*invariants.violations(self._map, self.variant.dropped()), *own_violations(self.variant, self._map)]

    def _finish(self) -> int:
        if self.variant.fetches:
            fetch(self._map)
        ended = self._run(self.variant.finish, self._map, Plan() if self.variant.fetches else None)
        if self.variant.fetches:
            fetch(self._map)
        return ended

    def _run(self, act: Callable[[Path], object], map_: Path, plan: Plan | None = None) -> int:
        fetcher = partial(fetch, map_) if self.variant.fetches and plan is not None else None
        return run_child(partial(_do, act, map_), self._said, map_, plan, fetcher)

    def _renew(self) -> None:
        shutil.rmtree(self._map, ignore_errors=True)
        if self._begin.exists():
            shutil.copytree(self._begin, self._map)

    def _must(self, ended: int, what: str) -> None:
        if ended != 0:
            raise RuntimeError(f"{self.variant.naam}, {what}: einde {ended}: {self.said()}")

    def _line(self, point: Point, text: str) -> str:
        call = self.calls[point.at - 1]
        return f"{self.variant.naam}/{point.at}/{point.how} ({call.name} {call.path}): {text}"


def _do(act: Callable[[Path], object], map_: Path) -> int:
    act(map_)
    return 0


def _state(map_: Path) -> dict[str, Any]:
    """As `invariants.state`, with the marks of the folders (made by chance) by what they mark."""
    text = json.dumps(invariants.state(map_), ensure_ascii=False)
    for teken, kanaal, soort in invariants.marks(map_):
        text = text.replace(teken, f"{kanaal}/{soort}")
    whole: dict[str, Any] = json.loads(text)
    return whole


def sweep(scratch: Path, count: int | None, seed: int, share: tuple[int, int], names: Sequence[str]) -> dict[str, Any]:
    """Sweep in this very process, which has the shim loaded: all points, or so many by chance, spread over the variants."""
    warm_up()
    chance = random.Random(seed)
    wanted = [variant for variant in VARIANTS if not names or variant.naam in names]
    done, found, calls = Counter[str](), list[str](), Counter[str]()
    for number, variant in enumerate(wanted):
        one = Sweep(variant, scratch / f"{number}-{share[0]}")
        calls.update(counted(one.calls))
        points = points_of(one.calls)
        if count is not None:
            points = chance.sample(points, min(len(points), -(-count // len(wanted))))
        for point in points[share[0] :: share[1]]:
            found += one.at(point)
            done[variant.naam] += 1
    return {"gedaan": done, "schendingen": found, "aanroepen": calls}


def run(scratch: Path, count: int | None = None, seed: int = 0, servers: int = 1, names: Sequence[str] = ()) -> Part:
    """The sweep in processes of its own, each with a share of the points. `count` None: every point."""
    started = time.monotonic()
    scratch = scratch.resolve()
    options = [] if count is None else ["--aantal", str(count)]
    options += ["--zaad", str(seed), "--in", str(scratch), *(word for name in names for word in ("--variant", name))]
    running = [run_loaded("crash.kill", [*options, "--deel", f"{n}/{servers}"], scratch) for n in range(servers)]
    done, found, calls = Counter[str](), list[str](), Counter[str]()
    for server in running:
        out, err = server.communicate()
        if server.returncode != 0:
            found.append(f"de proef zelf brak af: {err[-2000:]}")
            continue
        result = json.loads(out)
        done.update(result["gedaan"])
        calls.update(result["aanroepen"])
        found += [f"{line} (zaad {seed})" for line in result["schendingen"]]
    if not found:
        found += [
            f"de proef zag geen {name}" for name in ("pwrite64", "fdatasync", "renameat2", "write", "unlink") if not calls[name]
        ]
    return Part("stoppen bij elke aanroep", dict(done), tuple(found), time.monotonic() - started)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aantal", type=int)
    parser.add_argument("--zaad", type=int, default=0)
    parser.add_argument("--variant", action="append", default=[])
    parser.add_argument("--punt")
    parser.add_argument("--in", dest="scratch", type=Path)
    parser.add_argument("--deel")
    args = parser.parse_args()
    if args.deel is not None:
        number, of = args.deel.split("/")
        print(json.dumps(sweep(args.scratch, args.aantal, args.zaad, (int(number), int(of)), args.variant)))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        part = run(Path(scratch), args.aantal, args.zaad, os.cpu_count() or 1, args.variant)
    print(json.dumps({"gedaan": part.gedaan, "schendingen": part.schendingen, "duur_s": round(part.duur_s)}, indent=1))
    return 1 if part.schendingen else 0


if __name__ == "__main__":
    sys.exit(main())
