"""The catalogue is complete: every rule says everything and is tested and told, and every row is a rule or says why not."""

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest
from handboek import ROOT

from conftest import SHARED, needs_shared
from corv.niveaus import MILD, Niveau
from corv.rules import RULES
from corv.rules.examples import examples_of, explanation_of, title_of
from corv.rules.rij import Rij, Stand
from corv.rules.rijen import RIJEN
from corv.rules.rule import Rule
from corv.voorbeeld import MAKERS

PAGE = ROOT / "docs" / "regels.md"
HEADING = "### {}"

STANDS = {
    "V": Stand.GELDIG,
    "W": Stand.INGETROKKEN,
    "P": Stand.VOORSTEL,
    "?": Stand.ONBEKEND,
    "[INF]": Stand.AFGELEID,
    "-": Stand.FEIT,
}
"""The signs of corv.md 4."""

BUILDABLE = frozenset({Stand.GELDIG, Stand.AFGELEID})
"""What may be a rule."""


def gaps(rules: Iterable[Rule], rijen: Mapping[int, Rij], page: str) -> list[str]:
    """What is absent or doubtful in a catalogue, as sentences; none where it is complete."""
    told = set(page.splitlines())
    found, built = list[str](), defaultdict[int, list[str]](list)
    for rule in rules:
        found += [f"{rule.ID}: {what}" for what in _gaps_of(rule, told)]
        for number in rule.RIJEN:
            built[number].append(rule.ID)
    found += [
        f"rij {number}: bestaat niet, maar {', '.join(ids)} bouwt haar" for number, ids in built.items() if number not in rijen
    ]
    for number, rij in rijen.items():
        found += [f"rij {number}: {what}" for what in _gaps_of_row(rij, built.get(number, []))]
        if not any(line.startswith(f"| {number} | ") for line in told):
            found.append(f"rij {number}: staat niet op de bladzijde")
    return found


def _gaps_of(rule: Rule, told: set[str]) -> Iterable[str]:
    if not re.fullmatch(r"corv\.md \d.+", rule.BRON):
        yield "geen bron"
    if not (title_of(rule) and explanation_of(rule)):
        yield "geen uitleg"
    if {example.slaagt for example in examples_of(rule)} != {True, False}:
        yield "geen voorbeeld dat slaagt en een dat faalt"
    if not rule.APPLIES_TO or not set(MAKERS) >= rule.APPLIES_TO:
        yield "geen bericht, of een dat niet bestaat"
    if not isinstance(rule.NIVEAU, Niveau):
        yield "geen niveau"
    if not all(re.fullmatch(r"[A-Z].+\.", sentence) for sentence in (rule.HERSTEL, rule.LET_OP)):
        yield "geen zin over wat te doen of waarop te letten"
    if HEADING.format(rule.ID) not in told:
        yield "staat niet op de bladzijde"


def _gaps_of_row(rij: Rij, rules: list[str]) -> Iterable[str]:
    if rules and rij.stand not in BUILDABLE:
        yield f"is {rij.stand}, maar {', '.join(rules)} bouwt haar"
    elif rules and rij.waarom:
        yield f"heeft een reden om geen regel te zijn, maar {', '.join(rules)} bouwt haar"
    elif not rules and not rij.waarom:
        yield "heeft geen regel en geen reden"


def test_the_catalogue_has_no_gaps() -> None:
    assert gaps(RULES.values(), RIJEN, PAGE.read_text(encoding="utf-8")) == []


def test_the_page_is_what_the_catalogue_says(tmp_path: Path) -> None:
    made = tmp_path / "regels.md"
    subprocess.run([sys.executable, "tools/maak_regels.py", str(made)], cwd=ROOT, check=True, capture_output=True)
    assert made.read_bytes() == PAGE.read_bytes(), "draai: python tools/maak_regels.py"


def test_there_are_75_rows_in_order() -> None:
    assert list(RIJEN) == list(range(1, 76))


@pytest.mark.parametrize("number", RIJEN)
def test_a_row_is_a_sentence_and_its_reason_is_the_end_of_one(number: int) -> None:
    rij = RIJEN[number]
    assert rij.wat.endswith(".")
    assert rij.wat.lstrip("`")[0].isupper() or rij.wat.startswith("`")
    assert not rij.waarom.endswith(".")


@needs_shared
def test_the_rows_stand_as_they_do_in_the_specification() -> None:
    text = (SHARED / "domein" / "corv.md").read_text(encoding="utf-8").partition("\n## 4.")[2].partition("\n### 4.6")[0]
    rows = re.findall(r"^\| (\d+) \|.*\| ([^|]+) \| [^|]+ \|$", text, re.MULTILINE)
    stands = {int(number): STANDS[re.split(r"[ /]", sign)[0]] for number, sign in rows}
    assert {**stands, 65: Stand.ONBEKEND} == {number: rij.stand for number, rij in RIJEN.items()}  # valid, but of unknown text


GOOD_DOC = "Het klopt.\n\nAnders gaat het mis.\n\nSlaagt:\n\n    <JZ:a/>\n\nFaalt:\n\n    <JZ:b/>"
GOOD_ROWS = {1: Rij((), Stand.GELDIG, "Iets."), 2: Rij((), Stand.INGETROKKEN, "Iets anders.", "ingetrokken")}
GOOD_PAGE = "### goed\n| 1 | \n| 2 | \n"


def a_rule(doc: str = GOOD_DOC, **changes: Any) -> Rule:
    """A complete rule that builds row 1, but for the changes."""
    module = ModuleType("goed", doc)
    said = {"ID": "goed", "BRON": "corv.md 4.1 rij 1", "RIJEN": (1,), "APPLIES_TO": frozenset({"vtoDi01"}), "NIVEAU": MILD}
    vars(module).update({**said, "HERSTEL": "Doe dit.", "LET_OP": "Let op.", **changes})
    return cast("Rule", module)


def test_a_complete_catalogue_has_no_gaps() -> None:
    assert gaps([a_rule()], GOOD_ROWS, GOOD_PAGE) == []


@pytest.mark.parametrize(
    ("rule", "gap"),
    [
        (a_rule(BRON=""), "goed: geen bron"),
        (a_rule(BRON="van horen zeggen"), "goed: geen bron"),
        (a_rule(GOOD_DOC.replace("Anders gaat het mis.", "")), "goed: geen uitleg"),
        (a_rule(GOOD_DOC.partition("Slaagt")[0]), "goed: geen voorbeeld dat slaagt en een dat faalt"),
        (a_rule(GOOD_DOC.partition("Faalt")[0]), "goed: geen voorbeeld dat slaagt en een dat faalt"),
        (a_rule(GOOD_DOC.replace("Slaagt", "Faalt")), "goed: geen voorbeeld dat slaagt en een dat faalt"),
        (a_rule(GOOD_DOC.replace(":\n", " (vtoDi01):\n"), APPLIES_TO=frozenset()), "goed: geen bericht, of een dat niet bestaat"),
        (a_rule(APPLIES_TO=frozenset({"vto"})), "goed: geen bericht, of een dat niet bestaat"),
        (a_rule(NIVEAU="fout"), "goed: geen niveau"),
        (a_rule(HERSTEL=""), "goed: geen zin over wat te doen of waarop te letten"),
        (a_rule(LET_OP="Let op"), "goed: geen zin over wat te doen of waarop te letten"),
        (a_rule(LET_OP="let op."), "goed: geen zin over wat te doen of waarop te letten"),
        (a_rule(RIJEN=(1, 3)), "rij 3: bestaat niet, maar goed bouwt haar"),
        (a_rule(RIJEN=(1, 2)), "rij 2: is ingetrokken, maar goed bouwt haar"),
        (a_rule(RIJEN=()), "rij 1: heeft geen regel en geen reden"),
    ],
)
def test_a_gap_of_a_rule_is_seen(rule: Rule, gap: str) -> None:
    assert gaps([rule], GOOD_ROWS, GOOD_PAGE) == [gap]


@pytest.mark.parametrize(
    ("rows", "gap"),
    [
        ({1: Rij((), Stand.GELDIG, "Iets.", "kan niet")}, "rij 1: heeft een reden om geen regel te zijn, maar goed bouwt haar"),
        ({1: Rij((), Stand.ONBEKEND, "Iets.", "onbekend")}, "rij 1: is onbekend, maar goed bouwt haar"),
        ({2: Rij((), Stand.VOORSTEL, "Iets.")}, "rij 2: heeft geen regel en geen reden"),
        ({3: Rij((), Stand.FEIT, "Iets.", "verbiedt niets")}, "rij 3: staat niet op de bladzijde"),
    ],
)
def test_a_gap_of_a_row_is_seen(rows: dict[int, Rij], gap: str) -> None:
    assert gaps([a_rule()], GOOD_ROWS | rows, GOOD_PAGE) == [gap]


def test_a_rule_that_is_told_nowhere_is_seen() -> None:
    assert gaps([a_rule()], GOOD_ROWS, GOOD_PAGE.replace("### goed", "")) == ["goed: staat niet op de bladzijde"]
