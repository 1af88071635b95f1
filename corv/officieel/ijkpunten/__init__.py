"""One good and some bad messages for each message of the koppelvlak: a schema that judges these otherwise is no schema to trust.

The good ones are the files beside this module: invented, as small as may be, and valid since koppelvlak 1.0.7 where that has
the message. The bad ones are made of them, so that exactly one thing is wrong.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from importlib import resources

from lxml import etree

from corv.findings import Finding
from corv.parsing import parse
from corv.stuf import STUF

_HEADER = "{*}stuurgegevens"
_BERICHTCODE = f"{_HEADER}/{{{STUF}}}berichtcode"
_CONTENTS = ("{*}object", "{*}body")


def _unknown_element(root: etree._Element) -> bool:
    etree.SubElement(root, "onbekend")
    return True


def _without_berichtcode(root: etree._Element) -> bool:
    header, code = root.find(_HEADER), root.find(_BERICHTCODE)
    assert header is not None
    assert code is not None
    header.remove(code)
    return True


def _other_berichtcode(root: etree._Element) -> bool:
    code = root.find(_BERICHTCODE)
    assert code is not None
    code.text = "Lk01"
    return True


def _unknown_content(root: etree._Element) -> bool:
    for content in root.iterchildren(*_CONTENTS):
        etree.SubElement(content, "onbekend")
        return True
    return False


def _without_first_content(root: etree._Element) -> bool:
    """Every message with content must have the first element of it, in each publication since koppelvlak 1.0.7."""
    for content in root.iterchildren(*_CONTENTS):
        content.remove(content[0])
        return True
    return False


FAULTS: Mapping[str, Callable[[etree._Element], bool]] = {
    "een onbekend element": _unknown_element,
    "geen berichtcode": _without_berichtcode,
    "een verkeerde berichtcode": _other_berichtcode,
    "een onbekend element in de inhoud": _unknown_content,
    "een inhoud waarvan het eerste element ontbreekt": _without_first_content,
}
"""What makes a good message a bad one, by what is then wrong with it. False for a message that has no place for this fault."""


@cache
def good(root: str) -> etree._Element | None:
    """A message that every schema with this root (in Clark notation) must accept; None where we have none. Not to be changed."""
    name = etree.QName(root).localname
    file = resources.files("corv.officieel.ijkpunten").joinpath(f"{name}.xml")
    if not file.is_file():
        return None
    document = parse(file.read_bytes())
    assert not isinstance(document, Finding)
    return document.root if document.root.tag == root else None


def misjudged(schema: etree.XMLSchema, root: str) -> str | None:
    """How a schema misjudges the messages with this root, as the end of a Dutch sentence; None when it judges all well."""
    message = good(root)
    if message is None:
        return None
    name = etree.QName(root).localname
    if not schema.validate(message):
        return f"keurt een goed bericht af: {name}"
    for what, spoil in FAULTS.items():
        bad = deepcopy(message)
        if spoil(bad) and schema.validate(bad):
            return f"keurt een fout bericht goed: {name} met {what}"
    return None
