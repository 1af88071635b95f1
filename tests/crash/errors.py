"""Let each call fail with each error that a disk can give, once and from there on, and see that corv waits and goes on later.

    cd tests && python -m crash.errors                     every call with every error
    cd tests && python -m crash.errors --aantal 60         a random sample; --zaad N for the same one again
    cd tests && python -m crash.errors --alleen ENOSPC --alleen EIO/outbox/corv/7/vanaf     one error, and one case

While it fails: no stack trace, an exit code that is documented, every message still whole in an inbox, a claim or the archive,
and nothing in an outbox that is not in the database. After one pass in which nothing fails: all of `violations`. The state of
an undisturbed run is not asked for: a message that could not be written waits, and the others are judged without it.
"""

import errno
import hashlib
import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import corv.app
import corv.database
from corv import cli
from crash import invariants, world
from crash.child import Place, warm_up
from crash.part import Part
from crash.servers import Found, Order, main, run_servers, told
from crash.shim import CHANGES, Call, Kind, Plan, What, counted

NAAM = "fouten bij elke aanroep"
_ENTRIES = frozenset({Kind.CREATE, Kind.RENAME, Kind.LINK, Kind.UNLINK, Kind.MKDIR, Kind.MODE})
_SPACE = frozenset({Kind.CREATE, Kind.WRITE, Kind.RENAME, Kind.LINK, Kind.MKDIR, Kind.SYNC, Kind.TRUNCATE})
ERRORS: dict[str, frozenset[Kind]] = {
    "ENOSPC": _SPACE,
    "EIO": CHANGES | {Kind.READ},
    "ESTALE": CHANGES | {Kind.READ},
    "EACCES": _ENTRIES | {Kind.READ},
    "EROFS": CHANGES - {Kind.SYNC},
    "EAGAIN": frozenset({Kind.LOCK}),
}
"""By the error: which calls give it. EAGAIN on a lock is what SQLite calls busy, ENOSPC on a write of the database full."""
HOW = {"eens": What.FAIL, "vanaf": What.FROM}
ALONE = ("inbox/corv", "outbox/corv", "outbox/eigen", "data/archief")
"""What may fail from some call on while the rest goes well: a share of its own."""
_BUSY_TIMEOUT_S = 0.05
_DOCUMENTED = {1, 3}
"""Of a set with refused messages: something to look at, or our own failure. 2 where the configuration itself can't be read."""
_OWN_MISTAKE = ("Onverwachte fout", "Traceback", "eigen_fout", "door een fout in deze applicatie", 'File "')


@dataclass(frozen=True)
class Case:
    """One call that fails: the `at`-th of those below `where` that can give this error."""

    error: str
    where: str
    at: int
    how: str

    @property
    def naam(self) -> str:
        """What brings it back."""
        return f"{self.error}/{self.where or 'overal'}/{self.at}/{self.how}"

    def plan(self) -> Plan:
        """What the shim must do."""
        kinds = ERRORS[self.error]
        return Plan(HOW[self.how], self.at, getattr(errno, self.error), kinds, kinds, self.where)


def cases_of(calls: Sequence[Call]) -> list[tuple[Case, Call]]:
    """Every call with every error that it can give, once and from there on; and from there on in its own folder alone."""
    found = []
    for error, kinds in ERRORS.items():
        for where, hows in (("", tuple(HOW)), *((place, ("vanaf",)) for place in ALONE)):
            failing = [call for call in calls if call.kind in kinds and call.path.startswith(where)]
            found += [(Case(error, where, at, how), call) for at, call in enumerate(failing, start=1) for how in hows]
    return found


class Sweep:
    """A folder, prepared once; then one failing pass and one that goes well, for each case."""

    def __init__(self, scratch: Path) -> None:
        self._place, self._dropped = Place(scratch), world.contents()
        self._place.prepare(world.prepare)
        self._place.renew()
        ended = self._place.run(verwerk, Plan(kinds=frozenset(Kind)))
        if ended != 1 or (found := invariants.violations(self._place.map, self._dropped)):
            raise RuntimeError(f"ongestoord: einde {ended}, {found}: {self._place.said()}")
        self.calls = self._place.calls()

    def at(self, case: Case, call: Call) -> list[str]:
        """Every violation of this case, with the call and what brings it back."""
        return told(f"{case.naam} ({call.name} {call.path})", self._at(case, call))

    def _at(self, case: Case, call: Call) -> list[str]:
        self._place.renew()
        ended, said = self._place.run(verwerk, case.plan()), self._place.said()
        documented = _DOCUMENTED | ({2} if call.path.startswith("config/") else set())
        found = [] if ended in documented else [f"einde {ended}: {said}"]
        found += [f"zegt {said}" for word in _OWN_MISTAKE if word in said][:1]
        found += _unanswerable(self._place.map)
        found += _lost(self._place.map, self._dropped)
        ended = self._place.run(world.run_pass)
        if ended != 0:
            return [*found, f"daarna lukt het niet (einde {ended}): {self._place.said()}"]
        return [*found, *(f"daarna {text}" for text in invariants.violations(self._place.map, self._dropped))]


def verwerk(map_: Path) -> int:
    """`corv verwerk`, with ids that are the same every time, and no patience with a database that is busy."""
    corv.database.BUSY_TIMEOUT_S = _BUSY_TIMEOUT_S
    ids = iter(range(1, 1_000_000))
    corv.app.new_id = lambda: UUID(int=next(ids), version=4)
    return cli.run(["--map", str(map_), "verwerk"])


def _unanswerable(map_: Path) -> list[str]:
    """What lies in an outbox while the database does not know it, or knows it otherwise."""
    with closing(sqlite3.connect(map_ / "data/corv.sqlite")) as db:
        known = dict(db.execute("SELECT bestandsnaam, sha256 FROM uitvoer"))
    lying = [path for path in (map_ / "outbox").rglob("*") if path.is_file() and path.parent.name != ".klaar"]
    return [f"beantwoord zonder vastlegging: {path.name}" for path in lying if known.get(path.name) != _digest(path)]


def _lost(map_: Path, dropped: Sequence[bytes]) -> list[str]:
    """Messages that lie nowhere whole any more."""
    places = [map_ / "inbox", map_ / "data/archief", map_ / "data/quarantaine"]
    there = Counter(_digest(path) for place in places for path in place.rglob("*") if path.is_file())
    gone = Counter(hashlib.sha256(content).hexdigest() for content in dropped) - there
    return [f"bericht {digest[:8]} ligt nergens meer heel" for digest in gone]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def serve(order: Order) -> Found:
    """Sweep in this very process, which has the shim loaded."""
    warm_up()
    sweep, chance = Sweep(order.scratch / f"fouten-{order.share[0]}"), random.Random(order.seed)
    cases = [
        (case, call)
        for case, call in cases_of(sweep.calls)
        if (not order.only or {case.error, case.naam} & set(order.only)) and order.wants(call)
    ]
    if order.count is not None:  # spread over the errors, for of some there are few
        by_error = [[one for one in cases if one[0].error == error] for error in ERRORS]
        share = -(-order.count // sum(map(bool, by_error)))
        cases = [one for some in by_error for one in chance.sample(some, min(len(some), share))]
    done, found = Counter[str](), list[str]()
    for case, call in cases[order.share[0] :: order.share[1]]:
        found += sweep.at(case, call)
        done[f"keer {case.error}"] += 1
    return Found(done, tuple(found), Counter(counted(sweep.calls)))


def run(scratch: Path, count: int | None = None, seed: int = 0, servers: int = 1, **more: Any) -> Part:
    """The sweep in processes of its own, each with a share of the cases. `count` None: every case. `more`: see `Order`."""
    return run_servers(NAAM, "crash.errors", Order(scratch, count, seed, **more), servers)


if __name__ == "__main__":
    sys.exit(main(__doc__, NAAM, "crash.errors", serve))
