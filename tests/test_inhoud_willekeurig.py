"""The typed content of any message: random valid ones come back as they were, and any XML can be read as far as it goes."""

import random
from types import ModuleType

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from conftest import needs_shared
from corv.berichten import BERICHTEN
from corv.berichten.soort import Berichtsoort
from corv.inhoud import INHOUD
from corv.inhoud.fields import Group, Value, parts_of, read_group, write_group
from corv.reading import content_hash
from corv.schemas import Schemas
from corv.stuf import BG

SOORTEN = list(BERICHTEN.values())
DETAILS = "{*}detailsXML"  # the one element whose content is not held


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=9)
STRAYS = (
    st.builds(etree.Element, st.sampled_from(["{urn:x}onbekend", f"{{{BG}}}inp.bsn"])),
    st.builds(etree.Comment, TEXTS.filter(lambda text: "-" not in text)),
    st.builds(etree.PI, st.just("p")),
)
ATTRIBUTES = st.dictionaries(st.sampled_from(["naam", "{urn:x}soort", "{http://www.w3.org/XML/1998/namespace}lang"]), TEXTS)


@needs_shared
@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: soort.naam)
def test_a_random_valid_message_is_written_as_it_was_read(
    own: xmlschema.XMLSchema, fuzz: ModuleType, schemas: Schemas, soort: Berichtsoort
) -> None:
    seen = 0
    for number in range(25):
        root = fuzz.Generator(own, random.Random(f"{soort.naam}-{number}")).element(own.maps.elements[soort.root], None, 0)
        for details in root.iter(DETAILS):
            details.clear(keep_tail=True)
        if schemas.validate(root):
            continue
        content = read_group(INHOUD[soort.root], root)
        again = write_group(soort.root, content)

        assert schemas.validate(again) == ()
        assert content_hash(again) == content_hash(root)
        assert read_group(INHOUD[soort.root], again) == content
        seen += 1
    assert seen


@st.composite
def elements(draw: st.DrawFn, tag: str, cls: type[Group] | type[Value], depth: int = 7) -> etree._Element:
    """An element with any of what its class knows, in any order and number, and with what it doesn't know between it."""
    element = etree.Element(tag, draw(ATTRIBUTES))
    element.text = draw(TEXTS)
    parts = parts_of(cls) if issubclass(cls, Group) else ()
    known = [elements(part.tag, part.holds, depth - 1) for part in parts] if depth else []
    children = draw(st.lists(st.one_of(*STRAYS, *known), max_size=4))
    for child in children:
        child.tail = draw(TEXTS)
    element.extend(children)
    return element


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: soort.naam)
@settings(max_examples=25)
@given(data=st.data())
def test_any_xml_is_read_and_what_was_read_is_written_again(soort: Berichtsoort, data: st.DataObject) -> None:
    root = data.draw(elements(soort.root, INHOUD[soort.root]))
    content = read_group(INHOUD[soort.root], root)

    assert read_group(INHOUD[soort.root], etree.fromstring(etree.tostring(write_group(soort.root, content)))) == content
