"""Kill the process at every call that changes the disk, go on as a person would, and compare with an undisturbed run.

cd tests && python -m crash.kill                     every point of every variant, on both cores
cd tests && python -m crash.kill --aantal 60         a random sample; --zaad N for the same one again
cd tests && python -m crash.kill --punt "beslis/37/half"     one point, and what the process printed
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from crash import invariants, world
from crash.child import Place, warm_up
from crash.part import Part
from crash.servers import Found, Order, main, run_servers, told
from crash.shim import Call, Kind, Plan, What, counted
from crash.variants import VARIANTS, Variant, own_violations

NAAM = "stoppen bij elke aanroep"
STOPPED = -9
HOW = {"voor": What.KILL, "half": What.HALF, "na": What.AFTER}


@dataclass(frozen=True)
class Point:
    """Where to stop: before, half way or after the `at`-th call of a variant; and once more in what is done after."""

    at: int
    how: str
    again: int = 0


def points_of(calls: Sequence[Call], *, halves: bool) -> list[Point]:
    """Before each call, half way each write where that is asked for, and after the last."""
    found = [Point(at, "voor") for at in range(1, len(calls) + 1)]
    found += [Point(at, "half") for at, call in enumerate(calls, start=1) if call.kind is Kind.WRITE and halves]
    return [*found, Point(len(calls), "na")]


class Sweep:
    """One variant below a folder: prepared once, run once undisturbed, then once for each point."""

    def __init__(self, variant: Variant, scratch: Path) -> None:
        self.variant, self._place = variant, Place(scratch)
        self._place.prepare(variant.prepare)
        self._place.renew()
        self._place.must(self._act(Plan()), f"{variant.naam}, ongestoord")
        self.calls = self._place.calls()
        self._place.must(self._finish() or self._place.run(variant.after), f"{variant.naam}, ongestoord afmaken")
        # By its nature: a file that is delivered again has two events, and an older database knows less.
        self.known = frozenset(invariants.violations(self._place.map, variant.dropped()))
        if own := own_violations(variant, self._place.map):
            raise RuntimeError(f"{variant.naam}, ongestoord: {own}")
        self._undisturbed = _state(self._place.map)

    def at(self, point: Point) -> list[str]:
        """Every violation that a stop at this point leaves, with the call and what brings it back."""
        call = self.calls[point.at - 1]
        return told(f"{self.name(point)} ({call.name} {call.path})", self._at(point))

    def name(self, point: Point) -> str:
        """What brings this point back."""
        return f"{self.variant.naam}/{point.at}/{point.how}" + (f"/{point.again}" if point.again else "")

    def _at(self, point: Point) -> list[str]:
        self._place.renew()
        ended = self._act(Plan(HOW[point.how], point.at))
        if ended != STOPPED:
            return [f"de proef stopte hier niet (einde {ended}): {self._place.said()}"]
        if point.again:
            self._finish(Plan(What.KILL, point.again))
        ended = self._finish() or self._place.run(self.variant.after)
        if ended != 0:
            return [f"afmaken lukt niet (einde {ended}): {self._place.said()}"]
        map_ = self._place.map
        found = [text for text in invariants.violations(map_, self.variant.dropped()) if text not in self.known]
        after = _state(map_)
        found += [f"{part} anders dan ongestoord" for part in after if after[part] != self._undisturbed[part]]
        return [*found, *own_violations(self.variant, map_)]

    def _act(self, plan: Plan) -> int:
        plan = replace(plan, where=self.variant.where(self._place.map))
        return self._place.run(self.variant.act, plan, self._fetcher())

    def _finish(self, plan: Plan | None = None) -> int:
        fetcher = self._fetcher()
        if fetcher is None:
            return self._place.run(self.variant.finish, plan)
        fetcher()  # the other program goes on while ours is dead
        ended = self._place.run(self.variant.finish, plan or Plan(), fetcher)
        fetcher()
        return ended

    def _fetcher(self) -> Callable[[], object] | None:
        """The other program; the same name twice stays to be seen in what it fetched."""
        return partial(world.fetch_all, self._place.map) if self.variant.fetches else None


def _state(map_: Path) -> dict[str, Any]:
    """As `invariants.state`, with the marks of the folders (made by chance) by what they mark."""
    text = json.dumps(invariants.state(map_), ensure_ascii=False)
    for teken, kanaal, soort in invariants.marks(map_):
        text = text.replace(teken, f"{kanaal}/{soort}")
    whole: dict[str, Any] = json.loads(text)
    return whole


def _chosen(one: Sweep, order: Order, share: int | None, chance: random.Random) -> list[Point]:
    """The points of one variant that the order asks for, with for one in ten a second stop in what is done after."""
    points = [point for point in points_of(one.calls, halves=one.variant.halves) if order.wants(one.calls[point.at - 1])]
    points += [replace(point, again=chance.randint(1, len(one.calls))) for point in points[::10]]
    if order.only and one.variant.naam not in order.only:
        points = [point for point in points if one.name(point) in order.only]
    return points if share is None else chance.sample(points, min(len(points), share))


def serve(order: Order) -> Found:
    """Sweep in this very process, which has the shim loaded. A number of points is spread over the variants."""
    warm_up()
    chance = random.Random(order.seed)
    wanted = [one for one in VARIANTS if not order.only or any(name.split("/")[0] == one.naam for name in order.only)]
    done, found, calls = Counter[str](), list[str](), Counter[str]()
    for number, variant in enumerate(wanted):
        one = Sweep(variant, order.scratch / f"{number}-{order.share[0]}")
        calls.update(counted(one.calls))
        points = _chosen(one, order, None if order.count is None else -(-order.count // len(wanted)), chance)
        for point in points[order.share[0] :: order.share[1]]:
            found += one.at(point)
            done[f"stops ({variant.naam})"] += 1
    return Found(done, tuple(found), calls)


def run(scratch: Path, count: int | None = None, seed: int = 0, servers: int = 1, **more: Any) -> Part:
    """The sweep in processes of its own, each with a share of the points. `count` None: every point. `more`: see `Order`."""
    return run_servers(NAAM, "crash.kill", Order(scratch, count, seed, **more), servers)


if __name__ == "__main__":
    sys.exit(main(__doc__, NAAM, "crash.kill", serve))
