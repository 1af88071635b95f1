"""The catalogue of rules: each is complete, does what its examples say, and is broken by `breek` alone."""

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from corv.findings import Finding
from corv.lijsten import bestanden as lijsten
from corv.niveaus import Richting
from corv.parsing import Document, parse
from corv.rules import RULES
from corv.rules.examples import Example, examples_of, explanation_of, title_of
from corv.rules.rule import Context, Rule
from corv.rules.running import MOST_FINDINGS, Beleid, check_rules
from corv.schemas import Schemas
from corv.tabellen.bestanden import load
from corv.voorbeeld import MAKERS, make
from corv.voorbeeld.fouten import broken
from corv.voorbeeld.making import serialise
from corv.voorbeeld.world import World

WORLD = World(load(None, []))
TODAY = date(2026, 11, 22)
LIJSTEN = lijsten.load(None, [])
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.ID}-{number}-{'slaagt' if example.slaagt else 'faalt'}")
    for rule in RULES.values()
    for number, example in enumerate(examples_of(rule), 1)
]
SEEDS = range(1, 31)


def against(root: etree._Element, richting: Richting) -> tuple[Finding, ...]:
    return check_rules(root, Beleid(richting, TODAY, lijsten=LIJSTEN, may_refuse=True))


def parsed(raw: bytes) -> etree._Element:
    """As messages are read: an attachment may be larger than lxml takes by itself."""
    document = parse(raw)
    assert isinstance(document, Document)
    return document.root


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_everything(rule: Rule) -> None:
    assert title_of(rule)
    assert explanation_of(rule)
    assert rule.BRON.startswith("corv.md ")
    assert rule.APPLIES_TO
    assert set(MAKERS) >= rule.APPLIES_TO
    for sentence in (rule.HERSTEL, rule.LET_OP):
        assert sentence.endswith(".")
        assert sentence[0].isupper()
    assert {example.slaagt for example in examples_of(rule)} == {True, False}


def test_every_module_of_a_rule_is_in_the_table() -> None:
    folder = Path(__file__).parent.parent / "corv" / "rules"
    support = {
        "__init__",
        "bericht",
        "breken",
        "documenten",
        "examples",
        "extra_elementen",
        "gezin",
        "leeg",
        "rij",
        "rijen",
        "rijen_vto",
        "rule",
        "running",
        "tonen",
        "zaak",
        "zorg",
    }
    modules = {path.stem for path in folder.glob("*.py")} - support
    assert {rule.ID.lower().replace("-", "_").replace(".", "_") for rule in RULES.values()} == modules


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_does_what_it_says(rule: Rule, example: Example) -> None:
    found = list(rule.check(example.bericht(), Context(TODAY, lijsten=LIJSTEN)))
    assert (found == []) is example.slaagt
    for violation in found:
        assert violation.wat.endswith(".")


@pytest.mark.parametrize("naam", MAKERS)
def test_a_good_message_breaks_no_rule(naam: str) -> None:
    wrong = {
        (richting.value, zaad): [(one.code, one.pad) for one in found]
        for zaad in SEEDS
        for richting in Richting
        if (found := against(make(naam, zaad, 1, WORLD), richting))
    }
    assert wrong == {}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_broken_message_breaks_that_rule_alone_and_stays_valid(rule: Rule, schemas: Schemas) -> None:
    wrong = {}
    for naam in sorted(rule.APPLIES_TO):
        for zaad in range(1, 6):
            root = parsed(broken(naam, zaad, 1, WORLD, rule.ID))
            codes = [finding.code for finding in (*schemas.validate(root), *against(root, Richting.VERZENDEN))]
            if codes != [rule.ID]:
                wrong[naam, zaad] = codes
    assert wrong == {}


def test_what_a_rule_says_holds_no_value_of_the_message() -> None:
    for rule in RULES.values():
        for naam in sorted(rule.APPLIES_TO):
            root = parsed(broken(naam, 1, 1, WORLD, rule.ID))
            values = {
                text for element in root.iter("{*}*") if (text := (element.text or "").strip()) and any(map(str.isdigit, text))
            }
            for one in against(root, Richting.ONTVANGST):
                assert not [value for value in values if len(value) > 4 and value in one.tekst]
    assert serialise(root)


def test_a_message_that_is_wrong_in_every_line_is_told_of_so_often_and_holds_up_nothing() -> None:
    good = make("vtMeldingDi01", 1, 1, WORLD)
    betrokkene = next(good.iter("{*}geslachtsnaam"))
    for _ in range(20_000):
        betrokkene.addnext(betrokkene.makeelement(betrokkene.tag))
    told = [one for one in against(good, Richting.VERZENDEN) if one.code == "leeg-element"]

    assert len(told) == MOST_FINDINGS + 1
    assert told[-1].pad is None
    assert told[-1].tekst.startswith("Regel leeg-element is in dit bericht vaker overtreden")


@pytest.mark.parametrize("held", ["<!--x-->", " <!--x--> <!--y--> "])
def test_an_element_with_only_a_comment_is_empty(held: str) -> None:
    example = Example(slaagt=False, naam="vtoDi01", xml=f"<JZ:object><BG:voornamen>{held}</BG:voornamen></JZ:object>")
    assert [str(element.tag).rpartition("}")[2] for element in example.bericht().empty] == ["voornamen"]


@pytest.mark.parametrize("held", ["<!--x-->Voorbeeld", "Voor<!--x-->beeld"])
def test_a_value_with_a_comment_in_it_is_a_value(held: str) -> None:
    example = Example(slaagt=True, naam="vtoDi01", xml=f"<JZ:object><BG:voornamen>{held}</BG:voornamen></JZ:object>")
    assert example.bericht().empty == []
