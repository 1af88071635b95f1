"""The catalogue of rules: each does what its examples say, is broken by `breek` alone, and tells no value of a message."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree
from regelhulp import LIJSTEN, TODAY, WORLD

from corv.findings import Finding
from corv.niveaus import Richting
from corv.parsing import Document, parse
from corv.rules import RULES
from corv.rules.examples import Example, examples_of
from corv.rules.rule import Context, Rule
from corv.rules.running import MOST_FINDINGS, Beleid, check_rules
from corv.schemas import Schemas
from corv.voorbeeld import MAKERS, make
from corv.voorbeeld.fouten import broken

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


MARK = "Zonderling"
ONE_ON = str.maketrans("0123456789", "1234567890")


def with_one_other_value(root: etree._Element, change: Callable[[str], str]) -> Iterator[tuple[Finding, ...]]:
    """What is said of a message each time that one of its texts or attributes is another."""
    for element in root.iter("{*}*"):
        if element.text and not len(element):
            kept, element.text = element.text, change(element.text)
            yield against(root, Richting.ONTVANGST)
            element.text = kept
        for name, value in element.attrib.items():
            element.set(name, change(value))
            yield against(root, Richting.ONTVANGST)
            element.set(name, value)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_what_a_rule_says_holds_no_value_of_the_message(rule: Rule) -> None:
    for naam in sorted(rule.APPLIES_TO):
        root = parsed(broken(naam, 1, 1, WORLD, rule.ID))
        marked = [one for found in with_one_other_value(root, lambda value: f"{value}{MARK}") for one in found]
        assert rule.ID in {one.code for one in marked}
        assert not [one for one in marked if MARK in one.tekst]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_the_same_of_a_message_with_another_number_in_the_same_place(rule: Rule) -> None:
    """So it tells no BSN, date or number either, of which a part may not be any text."""
    for naam in sorted(rule.APPLIES_TO):
        root = parsed(broken(naam, 1, 1, WORLD, rule.ID))
        said = against(root, Richting.ONTVANGST)
        others = list(with_one_other_value(root, lambda value: value.translate(ONE_ON)))
        same = [found for found in others if [(one.code, one.pad) for one in found] == [(one.code, one.pad) for one in said]]
        assert same
        assert set(same) == {said}


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
