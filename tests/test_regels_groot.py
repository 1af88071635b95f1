"""No rule takes ever longer than its message grows: thousands of children, belanghebbenden, documents and extraElementen."""

from itertools import islice
from time import process_time

import pytest
import regelhulp
from regelhulp import BORN, LIJSTEN, MOTHER, NAME, TODAY, UNBORN, WOMAN, extra, message, numbers

from corv.rules import rules_for
from corv.rules.bericht import Bericht
from corv.rules.rule import Context

MANY, HALF, FEW, ENOUGH = 4_000, 2_000, 120, 30
SECONDS = 2
"""A rule takes a third of a second here at most; one that compares all with all takes minutes."""


def child(number: int) -> str:
    return regelhulp.child(UNBORN if number % 2 else BORN, NAME, number if number % 3 else "")


def belanghebbende(number: int, children: int = 3) -> str:
    persoon = f"<BG:inp.bsn>{number:09}</BG:inp.bsn>{WOMAN}"
    return regelhulp.belanghebbende(MOTHER, persoon, numbers(*range(number, number + children)))


def beslissing(number: int) -> str:
    elementen = extra("kenmerk", number) + extra("beslissendeInstantie", "AR0001")
    inside = f"<ZKN:datumBeslissing>20260230</ZKN:datumBeslissing><StUF:extraElementen>{elementen}</StUF:extraElementen>"
    return f"<ZKN:leidtTot><ZKN:gerelateerde>{inside}</ZKN:gerelateerde></ZKN:leidtTot>"


def in_one(element: str, inside: str) -> str:
    return f"<{element}>{inside}</{element}>"


@pytest.mark.parametrize(
    ("naam", "xml"),
    [
        pytest.param("vtoDi01", "".join(map(child, range(HALF))) + "".join(map(belanghebbende, range(HALF))), id="gezin"),
        pytest.param(
            "vtoDi01",
            "".join(map(child, range(MANY // 10))) + belanghebbende(0, MANY),
            id="one-for-all-children",
        ),
        pytest.param(
            "vtoDi01",
            "".join(map(child, range(FEW))) + "".join(belanghebbende(number, FEW) for number in range(FEW)),
            id="all-for-all-children",
        ),
        pytest.param("vtoDi01", in_one("StUF:extraElementen", extra("onbekend", "") * MANY), id="extra"),
        pytest.param("vtoDi01", '<ZKN:isVan xsi:nil="true"/>' * MANY, id="nil"),
        pytest.param("notificatieDi01", "".join(map(beslissing, range(MANY))), id="beslissingen"),
        pytest.param(
            "notificatieDi01",
            in_one("ZKN:leidtTot", in_one("ZKN:gerelateerde", in_one("StUF:extraElementen", extra("kenmerk", "") * MANY))),
            id="one-beslissing",
        ),
        pytest.param(
            "zorgmeldingTerugkoppelingDi01",
            in_one("StUF:extraElementen", extra("vtoIndicatie", "J") * MANY) + "".join(map(belanghebbende, range(MANY))),
            id="terugkoppeling",
        ),
        pytest.param(
            "vtMeldingDi01",
            "<JZ:heeftBetrokken><JZ:gerelateerde><BG:inp.bsn>123456789</BG:inp.bsn></JZ:gerelateerde></JZ:heeftBetrokken>" * MANY,
            id="betrokkenen",
        ),
    ],
)
def test_a_rule_finds_its_first_faults_soon_in_a_large_message(naam: str, xml: str) -> None:
    bericht = Bericht(message(naam, xml))
    slow = {}
    for rule in rules_for(naam):
        started = process_time()
        list(islice(rule.check(bericht, Context(TODAY, is_sent=True, lijsten=LIJSTEN)), ENOUGH))
        if (took := process_time() - started) > SECONDS:
            slow[rule.ID] = took
    assert slow == {}
