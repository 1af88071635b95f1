"""Start a sweep in processes of its own, each with the shim loaded and a share of the cases, and gather what they found."""

import argparse
import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from crash.defects import DEFECTS
from crash.part import Part
from crash.shim import Call, run_loaded


@dataclass(frozen=True)
class Order:
    """What a server must do: in which folder, how many cases by chance (None: all), and which share of them.

    `only`: of what alone; `calls`: at these calls alone, as "renameat2 outbox/*". `defect`: what is spoiled in corv first.
    """

    scratch: Path
    count: int | None
    seed: int
    share: tuple[int, int] = (0, 1)
    only: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    defect: str | None = None

    def as_arguments(self) -> list[str]:
        """The command line that gives the same order."""
        words = ["--in", str(self.scratch.resolve()), "--zaad", str(self.seed)]
        words += [] if self.count is None else ["--aantal", str(self.count)]
        words += [] if self.defect is None else ["--gebrek", self.defect]
        words += [word for name in self.only for word in ("--alleen", name)]
        return [*words, *(word for pattern in self.calls for word in ("--aanroep", pattern))]

    def wants(self, call: Call) -> bool:
        """Whether this call is one of `calls`."""
        return not self.calls or any(fnmatch(f"{call.name} {call.path}", pattern) for pattern in self.calls)


@dataclass(frozen=True)
class Found:
    """What a server did, by what it is called; what is not as it must be; and how often each call was seen."""

    done: Counter[str]
    violations: tuple[str, ...]
    calls: Counter[str]


_SHOWN_OF_A_CASE = 5


def told(case: str, found: Sequence[str]) -> list[str]:
    """The violations of one case, each with what brings it back; the first few, for one cause may have very many."""
    more = [f"en nog {len(found) - _SHOWN_OF_A_CASE}"] if len(found) > _SHOWN_OF_A_CASE else []
    return [f"{case}: {text}" for text in [*found[:_SHOWN_OF_A_CASE], *more]]


BY_SQLITE = ("pwrite64", "fdatasync")
SEEN = (*BY_SQLITE, "renameat2", "write", "fsync", "mkdir", "unlink", "ftruncate64")
"""What corv and SQLite certainly call in a pass: a sweep that does not see one of these sees too little."""


def run_servers(naam: str, module: str, order: Order, servers: int) -> Part:
    """Let so many servers of this module carry out the order together."""
    started = time.monotonic()
    order.scratch.mkdir(parents=True, exist_ok=True)
    shares = [f"{number}/{servers}" for number in range(servers)]
    running = [run_loaded(module, [*order.as_arguments(), "--deel", share], order.scratch) for share in shares]
    done, calls, violations = Counter[str](), Counter[str](), list[str]()
    for server in running:
        out, err = server.communicate()
        if server.returncode != 0:
            violations.append(f"{module} brak zelf af: {err[-3000:]}")
            continue
        result = json.loads(out)
        done.update(result["gedaan"])
        calls.update(result["aanroepen"])
        violations += [f"{line} [zaad {order.seed}]" for line in result["schendingen"]]
    violations += [f"de proef zag {name} niet" for name in (BY_SQLITE if order.only else SEEN) if not calls[name]]
    return Part(naam, dict(done), tuple(violations), time.monotonic() - started)


def main(about: str | None, naam: str, module: str, serve: Callable[[Order], Found]) -> int:
    """The command line of a sweep; with --deel this very process is a server and prints what it found as one JSON object."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aantal", type=int, help="zoveel gevallen, door het toeval gekozen; anders alle")
    parser.add_argument("--zaad", type=int, default=0, help="hetzelfde zaad kiest dezelfde gevallen")
    parser.add_argument("--alleen", action="append", default=[], metavar="WAT", help="zoals de proef het noemt; mag vaker")
    parser.add_argument(
        "--aanroep", action="append", default=[], metavar="PATROON", help="alleen hier, zoals: renameat2 outbox/*"
    )
    parser.add_argument("--gebrek", help="maak eerst dit stuk in corv; de proef moet het zien")
    parser.add_argument("--in", dest="scratch", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--deel", help=argparse.SUPPRESS)
    args = parser.parse_args()

    def order(scratch: Path, share: tuple[int, int]) -> Order:
        return Order(scratch, args.aantal, args.zaad, share, tuple(args.alleen), tuple(args.aanroep), args.gebrek)

    if args.deel is not None:
        number, of = map(int, args.deel.split("/"))
        if args.gebrek is not None:
            DEFECTS[args.gebrek]()
        found = serve(order(args.scratch, (number, of)))
        print(json.dumps({"gedaan": found.done, "schendingen": found.violations, "aanroepen": found.calls}))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        part = run_servers(naam, module, order(Path(scratch), (0, 1)), len(os.sched_getaffinity(0)))
    print(json.dumps({"gedaan": part.gedaan, "schendingen": part.schendingen, "duur_s": round(part.duur_s)}, indent=1))
    return 1 if part.schendingen else 0
