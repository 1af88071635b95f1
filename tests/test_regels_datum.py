"""datum-onmogelijk: which dates and moments can be, and that every one of the schemas is looked at."""

from itertools import chain

import pytest
from lxml import etree
from regelhulp import said

from corv.rules import datum_onmogelijk
from corv.rules.datum_onmogelijk import DATES, MOMENTS
from corv.schemas.expectations import ENTRY
from corv.stuf import NSMAP

XS = "{http://www.w3.org/2001/XMLSchema}"
NO_DATE = "Deze datum bestaat niet; is een deel ervan onbekend, dan hoort dat erbij te staan met indOnvolledigeDatum."
PREFIX = {namespace: prefix for prefix, namespace in NSMAP.items()}


def wrong(inhoud: str) -> list[str]:
    return [f"{at}: {wat}" for at, wat in said("datum-onmogelijk", "vtMeldingDi01", inhoud)]


def of_birth(text: str, attributes: str = "") -> list[str]:
    return wrong(f"<BG:geboortedatum {attributes}>{text}</BG:geboortedatum>")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("20240229", "V"),
        ("00010101", "V"),
        ("99991231", "V"),
        (" 20240229 ", "V"),
        ("2024<!-- jaar -->0229", "V"),
        ("20240299", "D"),
        ("20241200", "D"),
        ("20249999", "M"),
        ("00000000", "J"),
        ("1", "J"),
    ],
)
def test_a_date_that_can_be_as_far_as_it_is_known_is_right(text: str, known: str) -> None:
    assert of_birth(text, f'StUF:indOnvolledigeDatum="{known}"') == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("20230229", "V"),
        ("19000229", "V"),
        ("20241301", "V"),
        ("20240100", "V"),
        ("00000101", "V"),
        ("2024", "V"),
        ("+2024101", "V"),
        ("00020240101", "V"),
        ("20240001", "D"),
        ("20241301", "D"),
        ("00000100", "D"),
        ("00000000", "M"),
        ("2024", "M"),
    ],
)
def test_a_date_that_can_not_be_is_told(text: str, known: str) -> None:
    assert of_birth(text, f'StUF:indOnvolledigeDatum="{known}"') == [f"geboortedatum: {NO_DATE}"]


@pytest.mark.parametrize("attributes", ['xsi:nil="true"', 'StUF:noValue="waardeOnbekend"', ""])
def test_a_date_without_a_value_is_not_judged(attributes: str) -> None:
    assert of_birth("", attributes) == []


@pytest.mark.parametrize(
    "text",
    [
        "20241231",
        "202412319",
        "2024123123",
        "20241231239",
        "202412312359",
        "2024123123599",
        "20241231235959",
        "20241231235959999",
    ],
)
def test_a_moment_that_can_be_as_far_as_it_goes_is_right(text: str) -> None:
    assert wrong(f"<StUF:tijdstipBericht>{text}</StUF:tijdstipBericht>") == []


@pytest.mark.parametrize(
    "text", ["20241301", "20240230120000", "2024123124", "202412312360", "20241231235960", "20241231246", "00001231"]
)
def test_a_moment_that_can_not_be_is_told(text: str) -> None:
    assert wrong(f"<StUF:tijdstipBericht>{text}</StUF:tijdstipBericht>") == ["tijdstipBericht: Dit tijdstip bestaat niet."]


def test_what_is_advised_for_a_moment_holds_for_it() -> None:
    assert "indOnvolledigeDatum" not in datum_onmogelijk.HERSTEL + datum_onmogelijk.LET_OP


def test_every_wrong_one_is_told_at_its_own_place() -> None:
    three = "<BG:geboortedatum>20240230</BG:geboortedatum>" * 2 + "<JZ:datumMelding>20240101</JZ:datumMelding>"
    assert wrong(three) == [f"geboortedatum[1]: {NO_DATE}", f"geboortedatum[2]: {NO_DATE}"]


def test_the_table_has_every_date_and_moment_of_the_schemas_and_nothing_that_is_another_thing_elsewhere() -> None:
    """By the type of each element, and the types that are made of the two that StUF has."""
    files = [etree.parse(path).getroot() for path in sorted(ENTRY.parent.glob("*.xsd"))]
    dates, moments = types_like(files, "StUF:Datumwaarde"), types_like(files, "StUF:Tijdstipwaarde")
    kinds = dict[str, set[str]]()
    for element in chain.from_iterable(file.iter(f"{XS}element") for file in files):
        if naam := element.get("name"):
            kind = "date" if made_of(element) & dates else "moment" if made_of(element) & moments else "other"
            kinds.setdefault(f"{PREFIX[target(element)]}:{naam}", set()).add(kind)

    assert {naam: kind for naam, kind in kinds.items() if kind != {"other"}} == {
        **{naam: {"date"} for naam in DATES},
        **{naam: {"moment"} for naam in MOMENTS},
    }


def types_like(files: list[etree._Element], first: str) -> set[str]:
    """The names of a type and of every one that extends or restricts it."""
    named = {
        f"{PREFIX[target(one)]}:{one.get('name')}": one
        for file in files
        for one in file.iter(f"{XS}complexType", f"{XS}simpleType")
        if one.get("name")
    }
    found, more = set[str](), {first}
    while more:
        found |= more
        more = {naam for naam, one in named.items() if made_of(one) & found} - found
    return found


def made_of(element: etree._Element) -> set[str]:
    """Of which types an element or type is made itself, in the prefixes that all our schemas share."""
    bases = element.xpath(
        "@type | *[self::xs:restriction or self::xs:extension]/@base | xs:simpleContent/*/@base"
        " | xs:simpleType/xs:restriction/@base | xs:complexType/xs:simpleContent/*/@base",
        namespaces={"xs": XS.strip("{}")},
    )
    return {str(base) for base in bases}


def target(element: etree._Element) -> str:
    return element.getroottree().getroot().get("targetNamespace", "")
