"""What a fuzzer does to a message: each takes bytes and a source of chance, and gives other bytes. Pure."""

import re
from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import etree

from corv.stuf import NSMAP, SOAP

Mutation = Callable[[bytes, Random, list[bytes]], bytes]

BAIT = "lokaas.xml"
"""A file beside which messages are judged, and that nobody may open; nothing but a name, so that inputs are the same anywhere."""

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NAMESPACES = [
    *NSMAP.values(),
    SOAP,
    _XSI,
    "",
    "urn:x",
    "http://www.stufstandaarden.nl/onderlaag/stuf0302",
    "http://127.0.0.1:9/x",
]
_VALUES = (
    *("", " ", "\t\n ", "0", "-1", "1e309", "9" * 40, "NaN", "true", "00000000", "123456782", "999999990", "\u200b", "\u202e"),
    *("20261340", "00000000000000000", "99991231235959999", "20260229", "2026-02-29", "-0001-01-01", "24:00:00", "1" * 17),
    *(
        "\u0085\u009b31m",
        "\ufdd0",
        "\U0010ffff",
        "e\u0301" * 9,
        "\u00e9",
        "\ufeff",
        "../../etc/passwd",
        "C:\\..\\a",
        "%s%n",
        "{0}",
    ),
    *(
        "'; DROP TABLE bericht; --",
        "=1+1",
        "$(id)",
        "A" * 255,
        "B" * 5000,
        "QUJD====",
        "!!!!",
        "QUJD\nRA==",
        "U" * 4097,
        "\u2028",
    ),
    *("00000001999000001000", "00000001999000019000", "vtMeldingDi01", "Di01", "Bv03", "Fo03", "stuf:Di01", "7511 AB", "1234AB"),
)
_REFERENCES = (b"&#0;", b"&#xD800;", b"&#xFFFE;", b"&#x9B;", b"&lol;", b"&amp;", b"&", b"&#99999999;", b"&#x202E;", b"&quot;")
_BAD_BYTES = (
    b"\x00",
    b"\x1b[2J",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc0\x80",
    b"\xf4\x90\x80\x80",
    b"\x85",
    b"\x7f",
    b"<",
)
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "utf-7", "cp037", "utf-8-sig", "ascii")
_DECLARED = (b"UTF-8", b"UTF-16", b"ISO-8859-1", b"windows-1252", b"UTF-7", b"EBCDIC-CP-NL", b"UCS-4", b"onzin", b"", b"x" * 300)
_DTDS = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    f'<!DOCTYPE a SYSTEM "{BAIT}">',
    f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{BAIT}"> %p;]>',
    f'<!DOCTYPE a [<!ENTITY lol SYSTEM "{BAIT}">]>',
    '<!DOCTYPE a [<!ENTITY lol SYSTEM "http://127.0.0.1:9/x">]>',
    '<!DOCTYPE a PUBLIC "-//W3C//DTD" "http://127.0.0.1:9/x.dtd">',
    '<!DOCTYPE a [<!ATTLIST a b CDATA "standaard" id ID #IMPLIED><!ELEMENT a ANY>]>',
    "<!DOCTYPE a [<!ENTITY % q '&#37;q;'>%q;]>",
    "<!DOCTYPE",
)
_PIECES = (
    "<![CDATA[<a>&]]>",
    "<!---->",
    "<!-- " + "x" * 2000 + " -->",
    "<?xml-stylesheet type='text/xsl' href='lokaas.xml'?>",
    "<?php system('id'); ?>",
    "<?xml version='1.0'?>",
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="lokaas.xml" parse="text"/>',
    "<a xmlns=''/>",
    "<a:b/>",
    "]]>",
    "</a>",
    "\u202etekst",
)
_ATTRIBUTES = (
    f'xmlns:xsi="{_XSI}" xsi:nil="true"',
    f'xmlns:xsi="{_XSI}" xsi:type="x:onbekend"',
    f'xmlns:xsi="{_XSI}" xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:anyType"',
    f'xmlns:xsi="{_XSI}" xsi:schemaLocation="{NSMAP["JZ"]} lokaas.xml urn:x http://127.0.0.1:9/x.xsd"',
    f'xmlns:xsi="{_XSI}" xsi:noNamespaceSchemaLocation="lokaas.xml"',
    'xml:base="file:///etc/" xml:lang="\u202e" xml:id="a"',
    'xmlns="urn:x"',
    'a="1" a="2"',
    f'xmlns:S="{NSMAP["StUF"]}" S:noValue="geenWaarde" S:verwerkingssoort="Z" S:entiteittype="@" S:sleutelVerzendend="x"',
    f'xmlns:S="{NSMAP["StUF"]}" S:indOnvolledigeDatum="Q"',
    " ".join(f'a{number}=""' for number in range(70)),
)
_TEXT = re.compile(rb">([^<>]+)<")
_START = re.compile(rb"<[\w:.-]+")
_NAME = re.compile(rb"[\w.-]{3,}(?=[\s>/])")
_MOST_BYTES = 200_000


def flip(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    content = bytearray(raw or b"x")
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def cut(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    one, other = sorted((chance.randint(0, len(raw)), chance.randint(0, len(raw))))
    return chance.choice((raw[:one], raw[one:], raw[:one] + raw[other:], raw[:other] + raw[one:]))[:_MOST_BYTES]


def splice(raw: bytes, chance: Random, everything: list[bytes]) -> bytes:
    """Begin of one message, end of another, mostly between two tags."""
    other = chance.choice(everything)
    left, right = raw.find(b"<", chance.randint(0, len(raw))), other.find(b"<", chance.randint(0, len(other)))
    return raw[: max(left, 0)] + other[max(right, 0) :]


def bad_bytes(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    at = chance.choice((0, 0, len(raw), chance.randint(0, len(raw))))
    return raw[:at] + chance.choice(_BAD_BYTES) * chance.choice((1, 1, 3)) + raw[at:]


def encoding(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    """Other bytes for the same characters, with or without saying so; or saying so alone."""
    declared = chance.choice(_DECLARED)
    if chance.random() < 0.5:
        raw = re.sub(rb"encoding=[\"'][^\"']*[\"']", b'encoding="%s"' % declared, raw, count=1)
    if chance.random() < 0.3:
        return b"<?xml version='1.%d' encoding='%s'?>" % (chance.randint(0, 2), declared) + raw
    if chance.random() < 0.3:
        return raw
    return raw.decode("utf-8", "replace").encode(chance.choice(_ENCODINGS), "xmlcharrefreplace")


def value(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    """Another text in one element."""
    new = chance.choice(_REFERENCES) if chance.random() < 0.2 else _escaped(chance.choice(_VALUES))
    return _replace(_TEXT, raw, chance, b">" + new + b"<")


def piece(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    """Something that is no element, or should not be there, in place of or before a text."""
    return _replace(_TEXT, raw, chance, b">" + chance.choice(_PIECES).encode() + chance.choice((b"", b"x")) + b"<")


def name(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    """The name of one tag or attribute; mostly of both its tags."""
    found = [match.group() for match in _NAME.finditer(raw)]
    if not found:
        return raw
    new = chance.choice((*found, b"a", b"x" * 300, b"a:b", "é".encode(), b"stuurgegevens"))
    return raw.replace(chance.choice(found), new, chance.choice((1, 2, -1)))


def namespace(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    old, new = chance.choice(_NAMESPACES[:4]).encode(), chance.choice(_NAMESPACES).encode()
    return raw.replace(old, new, chance.choice((1, -1)))


def attribute(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    found = [match.end() for match in _START.finditer(raw)]
    at = chance.choice((found or [0])[:1] if chance.random() < 0.3 else found or [0])
    return raw[:at] + b" " + chance.choice(_ATTRIBUTES).encode() + raw[at:]


def dtd(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    at = raw.find(b"?>") + 2 if raw.startswith(b"<?xml") else 0
    return value(raw[:at] + chance.choice(_DTDS).encode() + raw[at:], chance, [])


def envelope(raw: bytes, chance: Random, everything: list[bytes]) -> bytes:
    """A SOAP envelope around it, with nothing, this or two messages in it."""
    inner = raw.partition(b"?>")[2] if raw.startswith(b"<?xml") else raw
    body = chance.choice((inner, inner, b"", inner * 2, inner + chance.choice(everything), b"<!-- x -->" + inner + b"tekst"))
    uri = chance.choice((SOAP, SOAP, "http://www.w3.org/2003/05/soap-envelope")).encode()
    header = chance.choice((b"", b"<s:Header><a/></s:Header>"))
    return b'<s:Envelope xmlns:s="%s">%s<s:Body>%s</s:Body></s:Envelope>' % (uri, header, body)


def tree(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    """Elements repeated, removed, exchanged, put into themselves, or very deep."""
    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return flip(raw, chance, [])
    found = [element for element in root.iter(etree.Element) if element is not root]
    if not found:
        return flip(raw, chance, [])
    _change_tree(root, chance.choice(found), chance.choice(found), chance)
    return etree.tostring(root, encoding=chance.choice(("UTF-8", "UTF-8", "US-ASCII", "UTF-16")))[:_MOST_BYTES]


def _change_tree(root: etree._Element, one: etree._Element, other: etree._Element, chance: Random) -> None:
    parent = one.getparent()
    assert parent is not None
    what = chance.randrange(6)
    if what == 0:
        parent.remove(one)
    elif what == 1:
        for _ in range(chance.choice((1, 2, 40))):
            parent.insert(0, deepcopy(one))
    elif what == 2:
        other.insert(0, deepcopy(one))
    elif what == 3:
        for _ in range(chance.choice((3, 100, 3000)) if chance.random() < 0.3 else 2):
            one = etree.SubElement(one, other.tag)
    elif what == 4:
        one.text = other.text
    else:
        root.append(one)


def _replace(pattern: re.Pattern[bytes], raw: bytes, chance: Random, new: bytes) -> bytes:
    found = [match.span() for match in pattern.finditer(raw)]
    if not found:
        return raw + new
    begin, end = chance.choice(found)
    return raw[:begin] + new + raw[end:]


def _escaped(text: str) -> bytes:
    return text.replace("&", "&amp;").replace("<", "&lt;").encode()


MUTATIONS: tuple[tuple[Mutation, int], ...] = (
    *((flip, 6), (cut, 3), (splice, 4), (bad_bytes, 4), (encoding, 5), (value, 30), (piece, 8)),
    *((name, 8), (namespace, 4), (attribute, 10), (dtd, 3), (envelope, 4), (tree, 14)),
)
"""With how often each is taken: what leaves a message readable comes further into our code."""


def mutated(zaad: int, nummer: int, everything: list[bytes]) -> bytes:
    """The input with that number: the same for the same seed and messages."""
    chance = Random(f"{zaad} {nummer}")
    raw = chance.choice(everything)
    makers, weights = zip(*MUTATIONS, strict=True)
    for mutation in chance.choices(makers, weights, k=chance.choice((1, 1, 2, 2, 3, 5))):
        raw = mutation(raw, chance, everything)
    return raw
