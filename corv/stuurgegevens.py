"""Stuurgegevens: the header of every StUF message. Read one from a root, and make the header of a reply."""

from dataclasses import dataclass

from lxml import etree

from corv.stuf import MAX_REFERENTIENUMMER, STUF, STUF_ANY_VERSION, Berichtcode

LONGEST_FIELD = 200
"""No field of the stuurgegevens may be longer; what is longer is a fault, and is cut where it is stored or compared."""

_SHORTEST_APPLICATIE, _LONGEST_APPLICATIE = 3, 50
_LONGEST_ORGANISATIE, _LONGEST_ADMINISTRATIE = 200, 50


@dataclass(frozen=True)
class Systeem:
    """A zender or ontvanger as written in the message; an element that is not there is None."""

    organisatie: str | None = None
    applicatie: str | None = None
    administratie: str | None = None
    gebruiker: str | None = None

    @property
    def can_be_mirrored(self) -> bool:
        """Whether a reply that names this system can be valid; the lengths are those of StUF0301's Systeem."""
        return (
            _SHORTEST_APPLICATIE <= len(self.applicatie or "") <= _LONGEST_APPLICATIE
            and len(self.organisatie or "") <= _LONGEST_ORGANISATIE
            and len(self.administratie or "") <= _LONGEST_ADMINISTRATIE
        )

    @property
    def is_addressable(self) -> bool:
        """Whether a message of ours can be addressed to it: an answer may lack the organisatie, a message of ours may not."""
        return bool(self.organisatie) and self.can_be_mirrored


@dataclass(frozen=True)
class Identity:
    """What makes a message unique (StUF 03.01 par. 4.2): the sending system and its referentienummer."""

    organisatie: str
    applicatie: str
    administratie: str
    referentienummer: str


@dataclass(frozen=True)
class Stuurgegevens:
    """The header as the message gives it; an element that is not there is None, an empty one ''."""

    berichtcode: str | None
    zender: Systeem
    ontvanger: Systeem
    referentienummer: str | None
    tijdstip_bericht: str | None
    cross_refnummer: str | None
    functie: str | None
    namespace: str

    @property
    def identity(self) -> Identity | None:
        """The identity, or None when there is no referentienummer to tell one message from the next."""
        if not self.referentienummer:
            return None
        zender = self.zender
        parts = (zender.organisatie, zender.applicatie, zender.administratie, self.referentienummer)
        return Identity(*((part or "")[:LONGEST_FIELD] for part in parts))

    @property
    def can_be_answered(self) -> bool:
        """Whether a reply to this header can be valid against the schema of the Bv and Fo messages."""
        return (
            self.referentienummer is not None
            and len(self.referentienummer) <= MAX_REFERENTIENUMMER
            and self.zender.can_be_mirrored
            and self.ontvanger.can_be_mirrored
        )


def text_of(element: etree._Element | None) -> str | None:
    """All text of an element, comments skipped and white space around it stripped; None where there is no element.

    Comments occur inside values of real messages (corv.md 7, quirk 4), so `.text` would give half a value.
    """
    if element is None:
        return None
    if len(element) == 0:  # comments count as children; most elements have none, and this takes a tenth of the time
        return (element.text or "").strip()
    return str(element.xpath("string()")).strip()


def find_header(root: etree._Element) -> etree._Element | None:
    """The element `stuurgegevens` of a message, in whatever namespace; None when it has none."""
    return next((child for child in root if isinstance(child.tag, str) and etree.QName(child).localname == "stuurgegevens"), None)


def read_stuurgegevens(root: etree._Element) -> Stuurgegevens | None:
    """The stuurgegevens of a message, or None when it has none. Children may be of any StUF version."""
    header = find_header(root)
    if header is None:
        return None
    values = _stuf_children(header)
    if not values:
        return None
    return Stuurgegevens(
        berichtcode=text_of(values.get("berichtcode")),
        zender=_read_systeem(values.get("zender")),
        ontvanger=_read_systeem(values.get("ontvanger")),
        referentienummer=text_of(values.get("referentienummer")),
        tijdstip_bericht=text_of(values.get("tijdstipBericht")),
        cross_refnummer=text_of(values.get("crossRefnummer")),
        functie=text_of(values.get("functie")),
        namespace=etree.QName(next(iter(values.values()))).namespace or "",
    )


@dataclass(frozen=True)
class Kop:
    """The header of a message that we make. `gebruiker` is left out: it is no part of who a system is (stuf.md 1.2)."""

    berichtcode: Berichtcode
    zender: Systeem
    ontvanger: Systeem
    referentienummer: str
    tijdstip: str
    cross_refnummer: str | None = None
    functie: str | None = None


def make_stuurgegevens(namespace: str, kop: Kop) -> etree._Element:
    """The element `stuurgegevens` in that namespace, its children in the order of stuf0301.xsd."""
    header = etree.Element(f"{{{namespace}}}stuurgegevens", nsmap={"StUF": STUF})
    add_stuf(header, "berichtcode", kop.berichtcode)
    for name, systeem in (("zender", kop.zender), ("ontvanger", kop.ontvanger)):
        element = add_stuf(header, name)
        for child in ("organisatie", "applicatie", "administratie"):
            _add_stuf_where(element, child, getattr(systeem, child))
    add_stuf(header, "referentienummer", kop.referentienummer)
    add_stuf(header, "tijdstipBericht", kop.tijdstip)
    _add_stuf_where(header, "crossRefnummer", kop.cross_refnummer)
    _add_stuf_where(header, "functie", kop.functie)
    return header


def add_stuf(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """Add an element of StUF itself."""
    element = etree.SubElement(parent, f"{{{STUF}}}{name}")
    element.text = text
    return element


def _add_stuf_where(parent: etree._Element, name: str, text: str | None) -> None:
    """Add an element of StUF itself where there is a text for it."""
    if text is not None:
        add_stuf(parent, name, text)


def _stuf_children(element: etree._Element) -> dict[str, etree._Element]:
    found: dict[str, etree._Element] = {}
    for child in element:
        if isinstance(child.tag, str):
            name = etree.QName(child)
            if (name.namespace or "").startswith(STUF_ANY_VERSION):
                found.setdefault(name.localname, child)
    return found


def _read_systeem(element: etree._Element | None) -> Systeem:
    if element is None:
        return Systeem()
    values = _stuf_children(element)
    return Systeem(
        organisatie=text_of(values.get("organisatie")),
        applicatie=text_of(values.get("applicatie")),
        administratie=text_of(values.get("administratie")),
        gebruiker=text_of(values.get("gebruiker")),
    )
