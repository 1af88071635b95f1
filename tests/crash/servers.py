"""Start a sweep in processes of its own, each with the shim loaded and a share of the cases, and gather what they found."""

import argparse
import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crash.part import Part
from crash.shim import run_loaded


@dataclass(frozen=True)
class Order:
    """What a server must do: in which folder, how many cases by chance (None: all), which share of them, and of what alone."""

    scratch: Path
    count: int | None
    seed: int
    share: tuple[int, int]
    only: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What a server did, by what it is called; what is not as it must be; and how often each call was seen."""

    done: Counter[str]
    violations: tuple[str, ...]
    calls: Counter[str]


SEEN = ("pwrite64", "fdatasync", "renameat2", "write", "fsync", "mkdir", "unlink", "ftruncate64")
"""What corv and SQLite certainly call in a pass: a sweep that does not see one of these sees too little."""


def run_servers(naam: str, module: str, order: Order, servers: int) -> Part:
    """Let so many servers of this module carry out the order together."""
    started, scratch = time.monotonic(), order.scratch.resolve()
    options = ["--in", str(scratch), "--zaad", str(order.seed), *(word for name in order.only for word in ("--alleen", name))]
    options += [] if order.count is None else ["--aantal", str(order.count)]
    running = [run_loaded(module, [*options, "--deel", f"{number}/{servers}"], scratch) for number in range(servers)]
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
    violations += [f"de proef zag {name} niet" for name in SEEN if not calls[name]]
    return Part(naam, dict(done), tuple(violations), time.monotonic() - started)


def main(about: str | None, naam: str, module: str, serve: Callable[[Order], Found]) -> int:
    """The command line of a sweep; with --deel this very process is a server and prints what it found as one JSON object."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aantal", type=int, help="zoveel gevallen, door het toeval gekozen; anders alle")
    parser.add_argument("--zaad", type=int, default=0, help="hetzelfde zaad kiest dezelfde gevallen")
    parser.add_argument(
        "--alleen", action="append", default=[], metavar="WAT", help="een variant, of een geval zoals de proef het noemt"
    )
    parser.add_argument("--in", dest="scratch", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--deel", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.deel is not None:
        number, of = map(int, args.deel.split("/"))
        found = serve(Order(args.scratch, args.aantal, args.zaad, (number, of), tuple(args.alleen)))
        print(json.dumps({"gedaan": found.done, "schendingen": found.violations, "aanroepen": found.calls}))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        order = Order(Path(scratch), args.aantal, args.zaad, (0, 1), tuple(args.alleen))
        part = run_servers(naam, module, order, len(os.sched_getaffinity(0)))
    print(json.dumps({"gedaan": part.gedaan, "schendingen": part.schendingen, "duur_s": round(part.duur_s)}, indent=1))
    return 1 if part.schendingen else 0
