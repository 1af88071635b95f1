"""The typed content of each message: it knows what the schema knows, and what it reads it can write again."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from lxml import etree
from xmlschema.validators import XsdElement

from conftest import BERICHTEN as SAMPLES
from corv.berichten import BERICHTEN
from corv.berichten.soort import Berichtsoort
from corv.findings import Finding
from corv.inhoud import INHOUD
from corv.inhoud.antwoorden import DetailsXml, Fout
from corv.inhoud.fields import Group, Value, parts_of, read_group, write_group
from corv.inhoud.personen import Jeugdige
from corv.parsing import parse
from corv.reading import content_hash
from corv.schemas.expectations import ENTRY
from corv.stuf import BG, ENTITEITTYPE, STUF

SOORTEN = list(BERICHTEN.values())


@pytest.fixture(scope="session")
def own() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(ENTRY), allow="local")


def children(element: XsdElement) -> Iterator[tuple[XsdElement, bool]]:
    """The elements that may stand in this one, in order, each with whether there may be more of them."""

    def inside(group: Any, *, repeats: bool) -> Iterator[tuple[XsdElement, bool]]:
        for particle in group:
            again = repeats or particle.max_occurs is None or particle.max_occurs > 1
            if isinstance(particle, XsdElement):
                yield particle, again
            elif not isinstance(particle, xmlschema.validators.XsdAnyElement):
                yield from inside(particle, repeats=again)

    if is_group(element):
        kind: Any = element.type
        yield from inside(kind.content, repeats=kind.content.max_occurs != 1)


def places(element: XsdElement, cls: type[Group]) -> Iterator[tuple[XsdElement, type[Group]]]:
    """Every element with children that the schema allows under this one, with the class that holds it."""
    yield element, cls
    by_tag = {part.tag: part for part in parts_of(cls)}
    for child, _ in children(element):
        part = by_tag.get(str(child.name))
        if part is not None and issubclass(part.holds, Group):
            yield from places(child, part.holds)


def is_group(element: XsdElement) -> bool:
    return isinstance(getattr(element.type, "content", None), xmlschema.validators.XsdGroup)


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: soort.naam)
def test_the_content_has_every_element_of_the_schema_in_its_order(own: xmlschema.XMLSchema, soort: Berichtsoort) -> None:
    for element, cls in places(own.maps.elements[soort.root], INHOUD[soort.root]):
        parts = parts_of(cls)
        expected: dict[str, tuple[bool, bool]] = {}
        for child, is_many in children(element):
            is_repeated = is_many or expected.get(str(child.name), (False, False))[0]
            expected[str(child.name)] = (is_repeated, is_group(child))
        known = {part.tag: (part.is_many, issubclass(part.holds, Group)) for part in parts}

        assert {tag: known.get(tag) for tag in expected} == expected, f"{cls.__name__} at {element.name}"
        assert [part.tag for part in parts if part.tag in expected] == list(expected), f"{cls.__name__} at {element.name}"
        allowed = getattr(element.type, "attributes", {})
        fixed = allowed[ENTITEITTYPE].fixed if ENTITEITTYPE in allowed else None
        assert fixed is None or dict(cls().attributes)[ENTITEITTYPE] == fixed, f"{cls.__name__} at {element.name}"


def test_no_class_has_a_field_that_no_message_has(own: xmlschema.XMLSchema) -> None:
    used = defaultdict[Any, set[str]](set)
    for soort in SOORTEN:
        for element, cls in places(own.maps.elements[soort.root], INHOUD[soort.root]):
            used[cls] |= {str(child.name) for child, _ in children(element)}

    assert [(cls, part.name) for cls, tags in used.items() for part in parts_of(cls) if part.tag not in tags] == []


def test_a_field_is_named_as_its_element(own: xmlschema.XMLSchema) -> None:
    def plain(text: str) -> str:
        return "".join(character for character in text.rpartition("}")[2].lower() if character.isalnum())

    for soort in SOORTEN:
        for _, cls in places(own.maps.elements[soort.root], INHOUD[soort.root]):
            assert [plain(part.name) for part in parts_of(cls)] == [plain(part.tag) for part in parts_of(cls)]


@pytest.mark.parametrize(
    "path",
    [p for s in SOORTEN for p in sorted((SAMPLES / s.naam).glob("*.xml")) if not p.stem.startswith("ongeldig")],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_what_is_read_is_written_again_as_the_same_message(path: Path) -> None:
    document = parse(path.read_bytes())
    assert not isinstance(document, Finding)
    soort = BERICHTEN[str(document.root.tag)]
    content = read_group(INHOUD[soort.root], document.root)

    again = etree.fromstring(etree.tostring(write_group(soort.root, content)))
    assert content_hash(again) == content_hash(document.root)
    assert read_group(INHOUD[soort.root], again) == content


def person(*children: str) -> etree._Element:
    """A person with these elements, the name of each also its text."""
    root = etree.Element("natuurlijkPersoon")
    for name in children:
        etree.SubElement(root, f"{{{BG}}}{name.rstrip('12')}").text = name
    return root


@pytest.mark.parametrize(
    "children",
    [
        ("inp.bsn1", "authentiek1", "inp.bsn2", "authentiek2", "geslachtsnaam"),
        ("inp.bsn1", "inp.bsn2", "authentiek2"),
        ("inp.bsn1", "authentiek1", "inp.bsn2"),
        ("anp.identificatie", "inp.bsn1"),
    ],
)
def test_the_order_in_which_elements_stood_is_kept(children: tuple[str, ...]) -> None:
    again = write_group("natuurlijkPersoon", read_group(Jeugdige, person(*children)))

    assert [child.text for child in again] == list(children)


def test_another_order_is_another_value() -> None:
    first, second = person("inp.bsn1", "authentiek1", "inp.bsn2"), person("inp.bsn1", "inp.bsn2", "authentiek1")

    assert read_group(Jeugdige, first) != read_group(Jeugdige, second)


def test_what_is_changed_after_reading_is_written_too() -> None:
    read = read_group(Jeugdige, person("anp.identificatie", "inp.bsn1", "authentiek1"))
    changed = replace(read, inp_bsn=(), voornamen=Value("voornamen"))

    again = write_group("natuurlijkPersoon", changed)
    assert [child.text for child in again] == ["anp.identificatie", "authentiek1", "voornamen"]


def test_the_details_of_a_fault_that_are_xml_are_left_out() -> None:
    body = etree.fromstring(f'<body xmlns="{STUF}"><code>StUF064</code><detailsXML><naam>Voorbeeld</naam></detailsXML></body>')

    assert read_group(Fout, body) == Fout(code=Value("StUF064"), details_xml=DetailsXml())


def test_the_text_of_a_message_is_not_in_its_repr() -> None:
    assert "geheim" not in repr(Value("geheim"))
