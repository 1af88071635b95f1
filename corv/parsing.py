"""Bytes to a root element: one hardened parser. Nothing is fetched, nothing is repaired, nothing is expanded."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corv.bulk import fits
from corv.findings import Finding, Niveau
from corv.stuf import SOAP

_ERR = etree.ErrorTypes

MAX_TAGS = 100_000
"""More tags than this are no message but an attack on memory and time: the largest real ones have some thousands (corv.md 1.1).

What makes a real one large is its attachments (35 MB), and those are one text each.
"""

MAX_DEPTH = 100
"""Deeper than this is an attack on time: for each element the hash looks through all those around it. Real ones go to twelve."""

MAX_ATTRIBUTES = 64
"""More attributes on one element than this are an attack on time: comparing them grows with their square. Real ones have six."""

MAX_ASIDES = 20_000
"""More comments and processing instructions than this are an attack on time: the hash skips them ever more slowly."""

MAX_NAME = 1_000
"""Characters of a namespace, which is copied for each element in it; that of StUF has some forty."""

MAX_VALUE = 10_000
"""Characters of an attribute, of which one in the canonical form may take 24 bytes. Real ones are a name, a code or a moment."""

_SHORT = 1 << 16
"""No namespace or attribute of a message of so few bytes can cost anything, so in most messages they are not measured."""

_TOO_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")
_ASIDES = "count(//comment()) + count(//processing-instruction())"
_TOO_MANY = etree.XPath(f"count(//*) > {MAX_TAGS} or boolean(//*[count(@*) > {MAX_ATTRIBUTES}]) or {_ASIDES} > {MAX_ASIDES}")
_TOO_LONG = etree.XPath(f"boolean(//@*[string-length() > {MAX_VALUE}])")


@dataclass(frozen=True)
class Document:
    """A well-formed message: `root` is the StUF message itself, also when it came in a SOAP 1.1 envelope."""

    root: etree._Element


def parse(raw: bytes) -> Document | Finding:
    """Parse a message, or tell in one finding why it can't be read.

    A DTD is refused whatever it holds: entities are not resolved and external files never opened. Text nodes may
    be larger than 10 MB, because attachments are inline base64 (corv.md 4.1 rule 17); libxml2 itself still stops at
    entities that multiply.
    """
    if (refusal := _at_sight(raw)) is not None:
        return refusal
    if (fitting := fits(raw, _parser)) is False:
        return _TOO_BULKY
    try:
        root = etree.fromstring(raw, _parser())
    except etree.XMLSyntaxError as error:
        return _explain(error)
    if root.getroottree().docinfo.internalDTD is not None:
        return _unreadable("xml-dtd", "Het bestand bevat een DTD (DOCTYPE). Die wordt om veiligheidsredenen nooit verwerkt.")
    if (too_much := _TOO_BULKY if fitting is None else _exceeds(root, len(raw))) is not None:
        return too_much
    return _unwrap(root)


def _parser(target: object = None) -> etree.XMLParser:
    """The hardened parser. One a message: it keeps an error log of its own, and making one costs microseconds.

    `target`: what it calls instead of building a tree. The stubs want one for every event; of what has none no text is made.
    """
    return etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)  # type: ignore[call-overload,no-any-return]


def _at_sight(raw: bytes) -> Finding | None:
    """What refuses it before a tree is built, which would take gigabytes."""
    if not raw.strip(b"\x00 \t\r\n"):
        return _unreadable("bestand-leeg", "Het bestand is leeg. Vraag de afzender het bericht opnieuw te sturen.")
    return _TOO_LARGE if raw.count(b"<") > MAX_TAGS or raw.count(b"=") > MAX_TAGS else None


def _exceeds(root: etree._Element, size: int) -> Finding | None:
    """What there is too much of. Tags are counted again: in UTF-7 one need not begin with `<`."""
    if _TOO_MANY(root):
        return _TOO_LARGE
    if size > _SHORT and (_TOO_LONG(root) or any(len(uri) > MAX_NAME for uri in _namespaces(root))):
        return _TOO_BULKY
    return _ask_again(*_LIMIT) if _TOO_DEEP(root) else None


def _namespaces(root: etree._Element) -> Iterator[str]:
    return (found[1] for _, found in etree.iterwalk(root, events=("start-ns",)) if found)


def _unwrap(root: etree._Element) -> Document | Finding:
    if root.tag != f"{{{SOAP}}}Envelope":
        return Document(root)
    body = root.find(f"{{{SOAP}}}Body")
    content = [] if body is None else [child for child in body if isinstance(child.tag, str)]
    if len(content) != 1:
        return _unreadable("soap-inhoud", "De SOAP-envelop bevat niet precies één bericht in de Body.")
    return Document(content[0])


_NO_XML = ("geen-xml", "Het bestand is geen XML.")
_CUT_OFF = ("xml-afgekapt", "Het bestand is niet compleet: het houdt midden in het bericht op.")
_WRONG_BYTES = ("xml-codering", "De tekens in het bestand passen niet bij de tekencodering die het zelf noemt.")
_UNKNOWN_ENCODING = ("xml-codering", "Het bestand noemt een tekencodering die niet wordt ondersteund.")
_LIMIT = (
    "xml-grens",
    "Het bestand overschrijdt een veiligheidsgrens van de XML-lezer: te diep genest, of entiteiten die uitdijen.",
)
_AFTER_END = ("xml-fout", "Na het einde van het bericht staat nog iets; een bestand bevat precies één bericht.")
_OTHER = ("xml-fout", "Het bestand is geen geldige XML.")

_EXPLANATIONS: dict[int, tuple[str, str]] = {
    _ERR.ERR_DOCUMENT_EMPTY: _NO_XML,
    _ERR.ERR_DOCUMENT_START: _NO_XML,
    _ERR.ERR_DOCUMENT_END: _AFTER_END,
    _ERR.ERR_TAG_NOT_FINISHED: _CUT_OFF,
    _ERR.ERR_ATTRIBUTE_NOT_FINISHED: _CUT_OFF,
    _ERR.ERR_COMMENT_NOT_FINISHED: _CUT_OFF,
    _ERR.ERR_INVALID_ENCODING: _WRONG_BYTES,
    _ERR.ERR_UNSUPPORTED_ENCODING: _UNKNOWN_ENCODING,
    _ERR.ERR_UNKNOWN_ENCODING: _UNKNOWN_ENCODING,
    _ERR.ERR_ENTITY_LOOP: _LIMIT,
    _ERR.ERR_RESOURCE_LIMIT: _LIMIT,
}


def _explain(error: etree.XMLSyntaxError) -> Finding:
    return _ask_again(*_EXPLANATIONS.get(error.code or 0, _OTHER), error.lineno or None)


def _ask_again(code: str, text: str, line: int | None = None) -> Finding:
    where = f" De fout staat op regel {line}." if line else ""
    return _unreadable(code, f"{text}{where} Vraag de afzender het bericht opnieuw te sturen.", line)


def _unreadable(code: str, tekst: str, regel: int | None = None) -> Finding:
    return Finding(code, Niveau.FOUT, tekst, regel=regel)


_TOO_LARGE = _unreadable(
    "xml-grens", "Het bestand bevat te veel XML-elementen, attributen of commentaar om een bericht te kunnen zijn."
)
_TOO_BULKY = _ask_again(
    "xml-grens",
    "Het bestand is groot door iets anders dan bijlagen: een tekst van meer dan een miljoen tekens, waaronder andere dan in een "
    "bijlage (base64) voorkomen, of zeer lange namen, attributen of commentaar.",
)
