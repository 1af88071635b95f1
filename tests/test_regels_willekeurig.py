"""No rule raises on any schema-valid message, however odd, and what it finds has a place in that message.

Normally some hundreds of messages of each source. For so many of each kind from each source:

    CORV_WILLEKEURIG=1000 python -m pytest -n auto tests/test_regels_willekeurig.py
"""

import os
import random
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from types import ModuleType

import pytest
import xmlschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from regelhulp import TODAY, WORLD

from conftest import needs_shared
from corv.berichten import BERICHTEN
from corv.lijsten import Lijsten, Maandlijst, Regel
from corv.rules import rules_for
from corv.rules.bericht import Bericht
from corv.rules.breken import empty, take_away
from corv.rules.rule import Context
from corv.schemas import Schemas
from corv.schemas.places import display_path
from corv.stuf import JZ_FUNCTIES, NIL, NO_VALUE, SOAP, STUF
from corv.voorbeeld import make
from corv.voorbeeld.making import serialise

MANY = int(os.environ.get("CORV_WILLEKEURIG", "0"))
pytestmark = pytest.mark.timeout(60 + MANY)

SOORTEN = [(root, soort.naam) for root, soort in BERICHTEN.items() if soort.naam in JZ_FUNCTIES]
KINDS = pytest.mark.parametrize(("root", "naam"), SOORTEN, ids=[naam for _, naam in SOORTEN])
KNOWN = Lijsten(
    maanden=(Maandlijst(date(2026, 7, 1), {"RC0110": Regel("RC0110", "Voorbeeld", einde=date(2020, 1, 1))}),),
    rollen={"ouder met gezag": (Regel("112", "ouder met gezag"),)},
)
CONTEXTS = [Context(TODAY, is_sent, lijsten) for is_sent in (True, False) for lijsten in (Lijsten(), KNOWN)]

ODD_TEXTS = (
    *("", " ", "0", "-1", "00000000", "99999999", "20190231", "20261122", "+2026112", "1.", "000000000", "Ja", "true", "V"),
    *("x" * 300, "²", "٣٣٣٣٣٣٣٣٣", "İ", "ſ", "e\N{COMBINING ACUTE ACCENT}", "\N{NO-BREAK SPACE}", "a\nb\tc", "𝒳", "<&>"),
)
ODD_NAMES = (
    *("", " ", "naam", "CLIENTVOLGNUMMER", "ClientVolgnummer ", "vervolgActie", "kvkNummer", "RNI-nummer", "é" * 99),
    *("toezichtSoort", "toezichtBegindatum", "instantie", "indicatieAmbtshalve", "urgentie", "signaalType", "periodeduur"),
)


def ask_every_rule(root: etree._Element) -> None:
    """Fails where a rule raises, or finds something that has no place in the message."""
    bericht = Bericht(root)
    for rule in rules_for(bericht.naam):
        for context in CONTEXTS:
            for found in list(rule.check(bericht, context)):
                assert found.at is root or root in found.at.iterancestors(), rule.ID
                assert display_path(found.at).startswith(f"/JZ:{bericht.naam}"), rule.ID
                assert found.at.sourceline is not None, rule.ID
                assert found.wat.endswith("."), rule.ID


@KINDS
def test_no_rule_raises_on_an_example(root: str, naam: str) -> None:
    del root
    for zaad in range(MANY or 100):
        ask_every_rule(etree.fromstring(serialise(make(naam, zaad, 2, WORLD))))


@needs_shared
@KINDS
def test_no_rule_raises_on_a_random_valid_message(
    own: xmlschema.XMLSchema, fuzz: ModuleType, schemas: Schemas, root: str, naam: str
) -> None:
    """Made from the schema, some with a mutation that left it valid."""
    seen = 0
    for number in range(MANY or 50):
        rnd = random.Random(f"{naam}-{number}")
        generator = fuzz.Generator(own, rnd)
        made = generator.element(own.maps.elements[root], None, 0)
        mutations = rnd.choice((0, 0, 1, 2))
        for _ in range(mutations):
            fuzz.mutate(rnd, made, generator.nodes)
        if made.tag == root and schemas._schema.validate(made):
            ask_every_rule(etree.fromstring(etree.tostring(made)))
            seen += 1
    assert seen > (MANY or 50) // 10


Change = Callable[[etree._Element, int], None]
"""To an element, with a number to choose by."""


def drop(element: etree._Element, _choice: int) -> None:
    take_away(element)


def repeat(element: etree._Element, choice: int) -> None:
    for _ in range(1 + choice % 2):
        element.addnext(deepcopy(element))


def hollow(element: etree._Element, _choice: int) -> None:
    empty(element)


def nil(element: etree._Element, choice: int) -> None:
    empty(element)
    element.set(NIL, ("true", "1")[choice % 2])


def no_value(element: etree._Element, choice: int) -> None:
    if choice % 2:
        empty(element)
    element.set((NO_VALUE, "noValue")[choice // 2 % 2], "waardeOnbekend")


def odd_text(element: etree._Element, choice: int) -> None:
    if not len(element):
        element.text = ODD_TEXTS[choice % len(ODD_TEXTS)]


def comment(element: etree._Element, choice: int) -> None:
    text = element.text or ""
    middle = choice % (len(text) + 1)
    element.text, note = text[:middle], (etree.Comment("c"), etree.ProcessingInstruction("p", "q"))[choice % 2]
    element.insert(0, note)
    note.tail = text[middle:]


def incomplete(element: etree._Element, choice: int) -> None:
    element.set(f"{{{STUF}}}indOnvolledigeDatum", "VDMJ"[choice % 4])


def odd_extra(element: etree._Element, choice: int) -> None:
    """Another extraElement, wherever there may be one."""
    group = element.find(f"{{{STUF}}}extraElementen")
    if group is None:
        group = element.makeelement(f"{{{STUF}}}extraElementen")
        element.insert(choice % (len(element) + 1), group)
    new = etree.SubElement(group, f"{{{STUF}}}extraElement", naam=ODD_NAMES[choice % len(ODD_NAMES)])
    new.text = ODD_TEXTS[choice // 7 % len(ODD_TEXTS)]


def odd_name(element: etree._Element, choice: int) -> None:
    if "naam" in element.attrib:
        element.set("naam", ODD_NAMES[choice % len(ODD_NAMES)])


CHANGES: Mapping[str, Change] = {
    change.__name__: change
    for change in (drop, repeat, hollow, nil, no_value, odd_text, comment, incomplete, odd_extra, odd_name)
}


@cache
def example(naam: str, zaad: int) -> bytes:
    return serialise(make(naam, zaad, 3, WORLD))


def changed(root: etree._Element, change: Change, place: int, choice: int) -> etree._Element:
    """A copy in which one element below the root is changed."""
    copy = deepcopy(root)
    _, *elements = copy.iter("{*}*")
    change(elements[place % len(elements)], choice)
    return copy


def in_envelope(message: bytes) -> etree._Element:
    """The message in a SOAP envelope, on whose root the rules look as they do on a bare one."""
    envelope = etree.Element(f"{{{SOAP}}}Envelope")
    etree.SubElement(envelope, f"{{{SOAP}}}Body").append(etree.fromstring(message))
    return etree.fromstring(etree.tostring(envelope))[0][0]


STEPS = st.lists(st.tuples(st.sampled_from(list(CHANGES)), st.integers(0, 500), st.integers(0, 1000)), min_size=8, max_size=40)


@KINDS
@settings(max_examples=MANY or 40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(zaad=st.integers(1, 40), steps=STEPS, is_enveloped=st.booleans())
def test_no_rule_raises_on_an_example_changed_as_the_schema_allows(
    schemas: Schemas, root: str, naam: str, zaad: int, steps: list[tuple[str, int, int]], is_enveloped: bool
) -> None:
    """Of many changes those stay after which the message is still valid."""
    del root
    message = etree.fromstring(example(naam, zaad))
    for change, place, choice in steps:
        candidate = changed(message, CHANGES[change], place, choice)
        if schemas._schema.validate(candidate):
            message = candidate
    raw = etree.tostring(message)
    ask_every_rule(in_envelope(raw) if is_enveloped else etree.fromstring(raw))


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_can_leave_a_message_valid(schemas: Schemas, change: str) -> None:
    """Else it would not be tried at all."""
    root = etree.fromstring(example("zorgmeldingDi01", 1))
    tried = (changed(root, CHANGES[change], place, choice) for place in range(120) for choice in range(40))
    assert any(schemas._schema.validate(one) and etree.tostring(one) != etree.tostring(root) for one in tried)
