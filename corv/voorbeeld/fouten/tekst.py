"""Files that can't be read as a message: each takes a good message and gives the bytes of a broken file."""

from lxml import etree

from corv.parsing import MAX_ATTRIBUTES
from corv.stuf import SOAP
from corv.voorbeeld.lot import Lot
from corv.voorbeeld.making import serialise

_END = b"</StUF:applicatie>"
"""Occurs in every message."""

_TOO_DEEP = 3000
"""libxml2 stops at 2048 levels."""

_NO_XML = (
    b"Voorbeeldtekst: dit is geen bericht.\n",
    b'{"functie": "vtMeldingDi01", "voorbeeld": true}\n',
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n",
)


def leeg(root: etree._Element, lot: Lot) -> bytes:
    """Nothing, white space or zeros."""
    del root
    return lot.pick((b"", b"\n\n", b"\x00" * 64))


def geen_xml(root: etree._Element, lot: Lot) -> bytes:
    """Something else than XML."""
    del root
    return lot.pick(_NO_XML)


def afgekapt(root: etree._Element, lot: Lot) -> bytes:
    """The first half or more, up to the end of a tag."""
    whole = serialise(root)
    cut = whole.rfind(b">", 0, len(whole) * lot.number(50, 90) // 100)
    return whole[: cut + 1]


def codering(root: etree._Element, lot: Lot) -> bytes:
    """A letter in another encoding than the file names, or an encoding that does not exist."""
    whole = serialise(root)
    if lot.chance(0.5):
        return whole.replace(_END, b"\xe9" + _END, 1)
    return whole.replace(b"'UTF-8'", b"'VOORBEELD-8'", 1)


def dtd(root: etree._Element, lot: Lot) -> bytes:
    """A DTD above the message: an empty one, one elsewhere, one with an entity."""
    named = lot.pick((b"", b' SYSTEM "voorbeeld.dtd"', b' [<!ENTITY voorbeeld "x">]'))
    return _below_declaration(root, b"<!DOCTYPE voorbeeld" + named + b">")


def fout(root: etree._Element, lot: Lot) -> bytes:
    """Two messages in one file, an end that does not fit its beginning, or a sign that should have been written otherwise."""
    whole = serialise(root)
    again = whole.partition(b"?>")[2]
    return lot.pick((whole + again, whole.replace(_END, b"</StUF:voorbeeld>", 1), whole.replace(_END, b" & co" + _END, 1)))


def grens(root: etree._Element, lot: Lot) -> bytes:
    """More levels or more attributes than any message has."""
    if lot.chance(0.5):
        for number in range(MAX_ATTRIBUTES + 1):
            root.set(f"voorbeeld{number}", "")
        return serialise(root)
    deep = b"<diep>" * _TOO_DEEP + b"</diep>" * _TOO_DEEP
    before, end, after = serialise(root).rpartition(b"</")
    return before + deep + end + after


def soap(root: etree._Element, lot: Lot) -> bytes:
    """A SOAP envelope with no message in it, or with two."""
    whole = serialise(root).partition(b"?>")[2]
    body = whole * lot.pick((0, 2))
    return f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body>'.encode() + body + b"</soap:Body></soap:Envelope>\n"


def _below_declaration(root: etree._Element, line: bytes) -> bytes:
    declaration, end, rest = serialise(root).partition(b"?>\n")
    return declaration + end + line + b"\n" + rest
