"""The long form of the proof, and one table at its end.

    python -m crash [--zaad N] [--minuten N] [--deel NAAM ...] [--verder] [--naar FILE]        (from tests/; `make test-crash`)

Each part runs in a process of its own; the load and the crowd, which leave a core free, beside those after them. Exit code 0
when nothing was violated. What a part gave is kept in .crash/ of the project. --verder: a part that ran to its end on this very
commit, with this seed, is not run again, so that an hour's work can be broken off. --naar: write the table into that file too,
between the lines that mark its place.
"""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import structlog

from corv.clock import utc_now
from crash import bombs, crowd, errors, hostile, kill, leaks, leaks_failing, load, lost_writes, outside, states, two
from crash.cuts import Choice
from crash.lost_writes import Proof
from crash.part import Part

CORES = 2
IN_MEMORY = Path("/dev/shm")
ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- begin cijfers -->", "<!-- einde cijfers -->"
"""Between these lines of a page stands the table of the last run."""


@dataclass(frozen=True)
class Asked:
    """What a part is to do: in which folder, from which seed, and for how long where that is a choice."""

    scratch: Path
    zaad: int
    minuten: float


@dataclass(frozen=True)
class Line:
    """One part: what runs it, whether those after it begin before it ends, and whether a disk is of no account.

    `beside`: it takes one core or less. What times itself then comes with parts that take no more than that either.
    `in_memory`: what the calls do is counted or replayed, so that waiting for a disk would only make it slower.
    """

    run: Callable[[Asked], Part]
    beside: bool = False
    in_memory: bool = False


PARTS: Mapping[str, Line] = {
    "belasting": Line(lambda asked: load.run(asked.scratch / "werk", asked.minuten * 60, asked.zaad), beside=True),
    "stoppen": Line(lambda asked: kill.run(asked.scratch, None, asked.zaad, servers=CORES), in_memory=True),
    "stoppen-van-buiten": Line(lambda asked: outside.run(asked.scratch, 100, asked.zaad)),
    "fouten": Line(lambda asked: errors.run(asked.scratch, None, asked.zaad, servers=CORES), in_memory=True),
    "stroomuitval": Line(lambda asked: lost_writes.run(asked.scratch, _cuts(100, asked.zaad, 0.5)), in_memory=True),
    "stroomuitval-3": Line(lambda asked: lost_writes.run(asked.scratch, _cuts(3, asked.zaad, 0.02)), in_memory=True),
    "vijandig": Line(lambda asked: hostile.run(asked.scratch, 200_000, asked.zaad, workers=CORES)),
    "drukte": Line(lambda asked: crowd.run(asked.scratch, 100_000, 100), beside=True),
    "bommen": Line(lambda asked: bombs.run(asked.scratch)),
    "lekken": Line(lambda asked: leaks.run(asked.scratch / "werk", leaks.SAMPLES)),
    "lekken-bij-fouten": Line(lambda asked: leaks_failing.run(asked.scratch)),
    "geschiedenissen": Line(lambda _asked: states.run(examples=200, steps=30), in_memory=True),
    "meer-tegelijk": Line(lambda asked: two.run(asked.scratch / "werk", 20, asked.zaad)),
}
"""Every part, in the order in which they begin and stand in the table; up to `drukte` they take both cores."""


def _cuts(partij: int, zaad: int, kans: float) -> Proof:
    """That share of the states, by lot: another seed tries others. All of them are some 3,000, and 30,000 of batches of three."""
    return Proof(partij=partij, eerste=Choice(seed=zaad, kans=kans), tweede=Choice(seed=zaad, kans=kans / 50), processen=CORES)


def main() -> int:
    """Run what was asked for; see above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--zaad", type=int, default=7)
    parser.add_argument("--minuten", type=float, default=30)
    parser.add_argument("--deel", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--verder", action="store_true")
    parser.add_argument("--naar", type=Path)
    parser.add_argument("--json", action="store_true", help="one part, in this very process")
    args = parser.parse_args()
    if args.json:
        return _one_here(args.deel[0], args.zaad, args.minuten)
    names = [name for name in PARTS if name in args.deel]
    found = {name: part for name in names if args.verder and (part := _kept(name, args.zaad)) is not None}
    beside: dict[str, subprocess.Popen[str]] = {}
    for name in names:
        if name in found:
            continue
        process = _begin(name, args)
        if PARTS[name].beside:
            beside[name] = process
        else:
            found[name] = _end(name, process)
    found |= {name: _end(name, process) for name, process in beside.items()}
    lines = table([replace(found[name], naam=name) for name in names])
    print("\n".join(lines))
    if args.naar:
        write_into(args.naar, [_where(args.zaad), "", *lines])
    return 1 if any(part.schendingen for part in found.values()) else 0


def table(parts: list[Part]) -> list[str]:
    """The parts as a table in Markdown, with their sum, and below it every violation."""
    rows = [("onderdeel", "gedaan", "schendingen", "duur"), ("---", "---", "---:", "---:")]
    for part in parts:
        done = ", ".join(f"{f'{number:,}'.replace(',', '.')} {what}" for what, number in part.gedaan.items())
        rows.append((part.naam, done, str(len(part.schendingen)), f"{part.duur_s:.0f} s"))
    rows.append(("**alles**", "", f"**{sum(len(part.schendingen) for part in parts)}**", ""))
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    told = [f"- {part.naam}: {violation}" for part in parts for violation in part.schendingen]
    lines = [f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in rows]
    return [*lines, *([""] if told else []), *told]


def write_into(page: Path, lines: list[str]) -> None:
    """Put these lines in the place of what stands between the marks on a page."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text("\n".join([f"{before}{BEGIN}", "", *lines, "", f"{END}{after}"]), encoding="utf-8")


def _one_here(name: str, zaad: int, minuten: float) -> int:
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    with tempfile.TemporaryDirectory() as scratch:
        part = PARTS[name].run(Asked(Path(scratch), zaad, minuten))
    told = json.dumps(asdict(part) | {"gedaan": dict(part.gedaan)}, ensure_ascii=False)
    keep = _place(name, zaad)
    keep.parent.mkdir(parents=True, exist_ok=True)
    keep.write_text(told, encoding="utf-8")
    print(told)
    return 0


def _place(name: str, zaad: int) -> Path:
    """Where the result of a part is kept: of this commit and this seed."""
    return ROOT / ".crash" / f"{_commit()}-{zaad}" / f"{name}.json"


def _kept(name: str, zaad: int) -> Part | None:
    place = _place(name, zaad)
    return _part(place.read_text(encoding="utf-8")) if place.exists() else None


def _part(told: str) -> Part:
    value = json.loads(told)
    return Part(value["naam"], value["gedaan"], tuple(value["schendingen"]), value["duur_s"])


def _begin(name: str, args: argparse.Namespace) -> "subprocess.Popen[str]":
    print(f"{utc_now():%H:%M:%S} {name} begint", file=sys.stderr)
    words = [sys.executable, "-m", "crash", "--json", "--deel", name, "--zaad", str(args.zaad), "--minuten", str(args.minuten)]
    environment = {**os.environ, "TMPDIR": str(IN_MEMORY)} if PARTS[name].in_memory and IN_MEMORY.is_dir() else None
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT / "tests", env=environment)


def _end(name: str, process: "subprocess.Popen[str]") -> Part:
    said, _ = process.communicate()
    ended = process.returncode
    part = Part(name, {}, (f"de proef zelf eindigde met {ended}",), 0) if ended else _part(said.splitlines()[-1])
    print(f"{utc_now():%H:%M:%S} {name} is klaar, schendingen: {len(part.schendingen)}", file=sys.stderr)
    return part


def _commit() -> str:
    words = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()


def _where(zaad: int) -> str:
    machine = f"{platform.system()}, {os.cpu_count()} kernen"
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"Gemeten op {utc_now():%d-%m-%Y} op commit {_commit()}, met `make test-crash ZAAD={zaad}`; {machine}, {versions}."


if __name__ == "__main__":
    sys.exit(main())
