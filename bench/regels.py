"""What the catalogue of rules costs: `python bench/regels.py [--rondes 2000]`.

Turn by turn in one run: parsing, validating, and asking every rule (finding the elements by name too). Prints the median of
all rounds. The limit is that of the issue: on a vtMelding of 8 KB the catalogue costs less than parsing and validating together,
else the exit code is 1. A vto and a notificatie stand beside it and decide nothing: most rules are about those two, so there the
catalogue costs more. A made notificatie is never larger than some 5 KB.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from statistics import median

from lxml import etree

from corv.niveaus import Richting
from corv.parsing import Document, parse
from corv.rules import rules_for
from corv.rules.running import Beleid, check_rules
from corv.schemas import Schemas
from corv.tabellen.bestanden import load
from corv.voorbeeld import make
from corv.voorbeeld.making import serialise
from corv.voorbeeld.world import World

NAAM, ZAAD, SIZE, MARGIN = "vtMeldingDi01", 23, 8192, 200
BESIDE = (("vtoDi01", 23), ("notificatieDi01", 908))
"""Of other messages one of the largest that are made, by zaad."""

Took = dict[str, float]
"""Of each step the microseconds."""

OP = date(2026, 11, 22)


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rondes", type=int, default=2000)
    rounds = parser.parse_args().rondes
    size, took = told(NAAM, ZAAD, rounds)
    assert abs(size - SIZE) <= MARGIN, f"another zaad is needed: this one gives {size} bytes"
    for naam, zaad in BESIDE:
        told(naam, zaad, rounds)
    limit = took["lezen"] + took["toetsen"]
    is_cheap = took["regels"] < limit
    what = f"regels van {NAAM} zijn {took['regels'] / limit:.2f} van lezen en toetsen samen"
    print(f"{what}: {'goed' if is_cheap else 'te duur'}")
    return 0 if is_cheap else 1


def told(naam: str, zaad: int, rounds: int) -> tuple[int, Took]:
    """Measure one example and print its line; its size, and what it took."""
    raw = serialise(make(naam, zaad, 1, World(load(None, []))))
    took = measure(raw, rounds)
    times = ", ".join(f"{what} {microseconds:.0f} us" for what, microseconds in took.items())
    print(f"{naam} ({len(raw)} bytes, {len(rules_for(naam))} regels): {times}")
    return len(raw), took


def measure(raw: bytes, rounds: int) -> Took:
    """Microseconds of each step, the median of so many rounds."""
    schemas, beleid = Schemas(), Beleid(Richting.ONTVANGST, OP)
    root = _root(raw)
    assert schemas.validate(root) == ()
    assert check_rules(root, beleid) == ()
    work: dict[str, Callable[[], object]] = {
        "lezen": lambda: _root(raw),
        "toetsen": lambda: schemas.validate(root),
        "regels": lambda: check_rules(root, beleid),
    }
    took: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for what, step in work.items():
            started = time.perf_counter_ns()
            step()
            took[what].append((time.perf_counter_ns() - started) / 1000)
    return {what: median(times) for what, times in took.items()}


def _root(raw: bytes) -> etree._Element:
    document = parse(raw)
    assert isinstance(document, Document)
    return document.root


if __name__ == "__main__":
    sys.exit(main())
