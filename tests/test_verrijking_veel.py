"""Thousands of requests with their answers: no question walks all answers for each request, nor all requests for one answer."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from varianten import RAAD, antwoord, verzoek

from conftest import OURS, Werkmap
from corv import config, outstanding, verrijking
from corv.database import open_for_reading
from corv.sleutels import hash_of

REQUESTS = {"verzoek": "vcobDi01", "antwoord": "ucobDi01"}
OF_ONE = {"functie": "vcobDi01", "kanaal": "corv"}
PAIRS = 4000

_ADD = """
    INSERT INTO bericht (id, kanaal, bestandsnaam, grootte, ontvangen_op, antwoord_tijdstip, status, functie,
        zender_organisatie, ontvanger_organisatie, referentienummer, hoort_bij)
    VALUES (?, ?, 'x.xml', 1, '2026-01-01T00:00:00+00:00', '20260101010000000', 'geaccepteerd', ?, ?, ?, ?, ?)
"""
_ADD_KEY = "INSERT INTO sleutel (bericht, soort, waarde, partij) VALUES (?, 'verzoekidentificatie', ?, ?)"


def id_of(family: str, n: int) -> str:
    """Not one that the program gives in a test."""
    return f"{family * 8}-0000-4000-8000-{n:012}"


@pytest.fixture
def many(werkmap: Werkmap) -> Werkmap:
    """A working folder with many answered requests of ours, and one that nobody answered."""
    werkmap.run()
    numbers = range(1, PAIRS + 1)
    asked = [(id_of("a", n), "eigen", "vcobDi01", OURS, RAAD, f"vraag-{n}", None) for n in numbers]
    told = [(id_of("b", n), "corv", "ucobDi01", RAAD, OURS, f"antwoord-{n}", id_of("a", n)) for n in numbers]
    keys = [(id_of(family, n), hash_of(f"VTZ-{n}"), OURS) for family in "ab" for n in numbers]
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        db.executemany(_ADD, [*asked, *told])
        db.executemany(_ADD_KEY, keys)
    werkmap.handle("eigen", verzoek("vcobDi01", "nieuw-1", "VTZ-nieuw"))
    return werkmap


@pytest.fixture
def db(many: Werkmap) -> Iterator[sqlite3.Connection]:
    with closing(open_for_reading(many.path / "data/corv.sqlite")) as db:
        yield db


def test_only_the_request_without_an_answer_is_outstanding(many: Werkmap, db: sqlite3.Connection) -> None:
    found = outstanding.outstanding(db, config.load(many.path).termijnen, many.now)
    assert [(item.soort, item.referentienummer) for item in found] == [("verrijking", "nieuw-1")]


def test_one_of_many_requests_is_found_by_either_number(many: Werkmap) -> None:
    for cross in ("vraag-77", "onbekend"):
        row = many.handle("corv", antwoord("ucobDi01", f"nieuw-{cross}", cross, "VTZ-77"))
        assert many.whole(row["id"])["bericht"]["hoort_bij"] == id_of("a", 77)


@pytest.mark.parametrize(
    ("query", "values", "most"),
    [
        (outstanding._VERRIJKINGEN, REQUESTS, 100 * PAIRS),
        (verrijking._BY_NUMBER, {**OF_ONE, "nummer": "vraag-77"}, 1000),
        (verrijking._BY_KEY, {**OF_ONE, "nummer": hash_of("VTZ-77")}, 1000),
    ],
    ids=["outstanding", "by number", "by key"],
)
def test_it_takes_few_steps_and_starts_at_what_is_rare(
    db: sqlite3.Connection, query: str, values: dict[str, str], most: int
) -> None:
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall()]
    assert not [step for step in plan if "bericht_soort" in step or "bericht_status" in step], plan

    steps: list[None] = []  # a hundred of the virtual machine each
    db.set_progress_handler(lambda: steps.append(None), 100)
    assert len(db.execute(query, values).fetchall()) == 1
    db.set_progress_handler(None, 0)
    assert 100 * len(steps) < most
