"""What a fuzzer does to a message: each takes bytes and a source of chance, and gives other bytes. Pure."""

import re
from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import etree

from corv.stuf import SOAP
from crash.nasty import ATTRIBUTES, BAD_BYTES, DECLARED, DTDS, ENCODINGS, NAMESPACES, PIECES, REFERENCES, VALUES

Mutation = Callable[[bytes, Random, list[bytes]], bytes]

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
    return raw[:at] + chance.choice(BAD_BYTES) * chance.choice((1, 1, 3)) + raw[at:]


def encoding(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    """Other bytes for the same characters, with or without saying so; or saying so alone."""
    declared = chance.choice(DECLARED)
    if chance.random() < 0.5:
        raw = re.sub(rb"encoding=[\"'][^\"']*[\"']", b'encoding="%s"' % declared, raw, count=1)
    if chance.random() < 0.3:
        return b"<?xml version='1.%d' encoding='%s'?>" % (chance.randint(0, 2), declared) + raw
    if chance.random() < 0.3:
        return raw
    return raw.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "xmlcharrefreplace")


def value(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    """Another text in one element."""
    new = chance.choice(REFERENCES) if chance.random() < 0.2 else _escaped(chance.choice(VALUES))
    return _replace(_TEXT, raw, chance, b">" + new + b"<")


def piece(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    """Something that is no element, or should not be there, in place of or before a text."""
    return _replace(_TEXT, raw, chance, b">" + chance.choice(PIECES).encode() + chance.choice((b"", b"x")) + b"<")


def name(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    """The name of one tag or attribute; mostly of both its tags."""
    found = [match.group() for match in _NAME.finditer(raw)]
    if not found:
        return raw
    new = chance.choice((*found, b"a", b"x" * 300, b"a:b", "é".encode(), b"stuurgegevens"))
    return raw.replace(chance.choice(found), new, chance.choice((1, 2, -1)))


def namespace(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    old, new = chance.choice(NAMESPACES[:4]).encode(), chance.choice(NAMESPACES).encode()
    return raw.replace(old, new, chance.choice((1, -1)))


def attribute(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    found = [match.end() for match in _START.finditer(raw)]
    at = chance.choice((found or [0])[:1] if chance.random() < 0.3 else found or [0])
    return raw[:at] + b" " + chance.choice(ATTRIBUTES).encode() + raw[at:]


def dtd(raw: bytes, chance: Random, _all: list[bytes]) -> bytes:
    at = raw.find(b"?>") + 2 if raw.startswith(b"<?xml") else 0
    return value(raw[:at] + chance.choice(DTDS).encode() + raw[at:], chance, [])


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
