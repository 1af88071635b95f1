"""What deciding adds to a vtMelding of 8 KB: `python bench/beslissen.py [--rondes 300]`.

Turn by turn in one run: opening the message (parsing, hashing, validating and reading it into values, addresses too: all that
happens to its XML), deciding on these values (the weighing of the addresses, the routes and the rules, with what is told of
each), and making the bytes of the files to write. Prints the best of all rounds, so that other work on the machine does not
count; apart the reading of the addresses, and the bare parsing and validating by the library. Exit code 1 when deciding costs
more than a fifth of opening.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from lxml import etree

from corv import config
from corv.adressen import Adresboek, read_addresses
from corv.case import Case
from corv.checking import Verdict, check_schema
from corv.judging import case_of, explain, weigh_addresses
from corv.moments import tijdstip
from corv.outcome import Actie, Decision, Facts, Incoming, Output
from corv.outputs import make_outputs
from corv.reading import Reading, read
from corv.routing import decide
from corv.schemas import Schemas
from corv.settings import AndereOrganisatie, Kant, Settings
from corv.workfolder import make_config
from geschiedenis import OURS, TWENTE

SAMPLE = Path(__file__).parents[1] / "tests/berichten/vtMeldingDi01/aan-ander-vt.xml"
OP = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SIZE, PERSONS, MOST = 8192, 4, 0.2
_FORMEEL, _FEITELIJK = "BG:formeelVerblijfadresBinnenland", "BG:feitelijkVerblijfsadresBinnenland"


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rondes", type=int, default=300)
    rounds, worst = parser.parse_args().rondes, 0.0
    settings, schemas = make_settings(), Schemas()
    for name, raw, actie in (
        ("voor ons", melding("Utrecht", "3511AB"), Actie.ACCEPTEER),
        ("voor een ander", melding("Hengelo", "7551EB"), Actie.HERROUTEER),
    ):
        took = measure(raw, settings, schemas, actie, rounds)
        worst = max(worst, ratio := took["beslissen"] / took["openen"])
        times = ", ".join(f"{what} {microseconds:.0f} us" for what, microseconds in took.items())
        print(f"{name} ({len(raw)} bytes): {times}; beslissen is {ratio:.3f} van openen")
    print(f"hoogstens {MOST}: {'goed' if worst <= MOST else 'te duur'}")
    return 0 if worst <= MOST else 1


def melding(woonplaats: str, postcode: str) -> bytes:
    """A valid vtMelding to us of 8 KB, with four persons who live there and a story to fill it."""
    root = etree.fromstring(SAMPLE.read_bytes().replace(_FORMEEL.encode(), _FEITELIJK.encode()))
    for element in root.iter("{*}wpl.woonplaatsNaam"):
        element.text = woonplaats
    for element in root.iter("{*}aoa.postcode"):
        element.text = postcode
    last = list(root.iter("{*}heeftBetrokken"))[-1]
    for _ in range(PERSONS - 2):
        last.addnext(etree.fromstring(etree.tostring(last)))
    for element in root.iter("{*}organisatie"):
        element.text = OURS if element.text == TWENTE else element.text
    story = next(root.iter("{*}omschrijvingIncident"))
    story.text = "Wij troffen de jeugdige aan. ".ljust(SIZE - len(etree.tostring(root, encoding="UTF-8")), "x")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def make_settings() -> Settings:
    """The default rules and tables; the OIN of Twente is confirmed."""
    with tempfile.TemporaryDirectory() as folder:
        make_config(Path(folder), oins=[OURS], naam="Veilig Thuis Voorbeeldstad", werkgebied="VT20")
        settings = config.load(Path(folder))
    twente = AndereOrganisatie("VT19", "Veilig Thuis Twente", TWENTE, "J. Jansen", date(2026, 1, 1))
    return replace(settings, organisaties=(twente,))


def measure(raw: bytes, settings: Settings, schemas: Schemas, actie: Actie, rounds: int) -> dict[str, float]:
    """Microseconds of each step, the best of so many rounds."""
    incoming = Incoming(UUID(int=1), settings.kanaal(Kant.CORV), raw, OP, tijdstip(OP))
    took: dict[str, list[float]] = defaultdict(list)

    def timed(what: str, work: Callable[[], object]) -> None:
        started = time.perf_counter_ns()
        work()
        took[what].append((time.perf_counter_ns() - started) / 1000)

    reading = read(raw)
    assert reading.root is not None
    root, adresboek = reading.root, read_addresses(reading.root)
    case, decision, _ = _decide(incoming, reading, adresboek, settings)
    assert _open(raw, schemas)[1].is_valid
    assert decision.actie is actie, decision
    for _ in range(rounds):
        timed("openen", lambda: _open(raw, schemas))
        timed("beslissen", lambda: _decide(incoming, reading, adresboek, settings))
        timed("bestanden maken", lambda: _make(incoming, case, decision))
        timed("daarvan adressen lezen", lambda: read_addresses(root))
        timed("kaal lezen en toetsen", lambda: schemas.validate(etree.fromstring(raw)))
    return {what: min(times) for what, times in took.items()}


def _open(raw: bytes, schemas: Schemas) -> tuple[Adresboek | None, Verdict]:
    reading = read(raw)
    verdict = check_schema(reading, schemas.validate, Kant.CORV)
    return read_addresses(reading.root) if reading.root is not None else None, verdict


def _decide(
    incoming: Incoming, reading: Reading, adresboek: Adresboek | None, settings: Settings
) -> tuple[Case, Decision, object]:
    """As `judge_one` does it, but for the schema and the files."""
    case = case_of(incoming, reading, Facts(), settings)
    case = replace(case, werkgebied=weigh_addresses(adresboek, case))
    decision = decide(case)
    return case, decision, explain(case, decision)


def _make(incoming: Incoming, case: Case, decision: Decision) -> tuple[Output, ...]:
    return make_outputs(incoming, case, decision, ())


if __name__ == "__main__":
    sys.exit(main())
