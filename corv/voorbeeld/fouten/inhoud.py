"""Deviations from the schema, each of which it says exactly one thing about."""

from collections.abc import Callable, Mapping

from lxml import etree

from corv.stuf import BG, ENTITEITTYPE, JZ, NIL, NO_VALUE, STUF, ZKN
from corv.voorbeeld.fouten.breken import in_header
from corv.voorbeeld.lot import Lot

Change = Callable[[etree._Element, Lot], None]

_WRONG: Mapping[str, Callable[[str], str]] = {
    f"{{{BG}}}aoa.postcode": lambda text: f"{text[:4]} {text[4:]}",
    f"{{{BG}}}inp.bsn": lambda text: text[:-1],
    f"{{{BG}}}geboortedatum": lambda _: "1 januari",
    f"{{{BG}}}geslachtsaanduiding": lambda _: "Man",
    f"{{{JZ}}}jeugzorgrol": lambda _: "moeder",
    f"{{{JZ}}}indicatieSASHIngevuld": str.lower,
    f"{{{JZ}}}statuscode": lambda _: "VT-98",
    f"{{{JZ}}}soortmeldingCode": str.lower,
    f"{{{ZKN}}}indicatieBekend": lambda _: "Ja",
    f"{{{ZKN}}}omschrijvingGeneriek": str.lower,
    f"{{{STUF}}}plek": str.capitalize,
    f"{{{STUF}}}tijdstipBericht": lambda _: "2026-01-31T12:00",
}
"""What a value becomes that the schema does not allow there, by its element; as senders really get it wrong."""


def schema(root: etree._Element, lot: Lot) -> None:
    """One deviation: a value, or in the one case of three another one."""
    values = [element for element in root.iter() if _can_be_wrong(element)]
    if lot.chance(2 / 3):
        wrong = lot.pick(values)
        wrong.text = _WRONG[str(wrong.tag)](wrong.text or "")
        return
    lot.pick(_ways(root))(root, lot)


def _can_be_wrong(element: etree._Element) -> bool:
    is_nil = element.get(NIL) is not None or element.get(NO_VALUE) is not None
    return element.tag in _WRONG and not is_nil


def _ways(root: etree._Element) -> tuple[Change, ...]:
    """What can be done to this message besides a wrong value."""
    everywhere: tuple[Change, ...] = (_too_much, _wrong_order, _too_little)
    return everywhere if root.find(f"*[@{ENTITEITTYPE}]") is None else (*everywhere, _no_entiteittype)


def ander_verzoek(root: etree._Element, lot: Lot) -> None:
    """In answer to another request than its crossRefnummer says."""
    number = root.find("{*}object/{*}verzoekidentificatie")
    if number is None:
        raise ValueError("an ucob or uci names a request")
    number.text = f"ander-{lot.letters(16)}"


def _too_much(root: etree._Element, lot: Lot) -> None:
    """An element more than the schema has."""
    namespace = lot.pick((etree.QName(root).namespace, STUF))
    etree.SubElement(root, f"{{{namespace}}}voorbeeldTeVeel").text = "voorbeeld"


def _wrong_order(root: etree._Element, lot: Lot) -> None:
    """Two elements of the stuurgegevens that changed places."""
    del lot
    first, second = (in_header(root, name) for name in ("referentienummer", "tijdstipBericht"))
    second.addnext(first)


def _too_little(root: etree._Element, lot: Lot) -> None:
    """No moment in the stuurgegevens."""
    del lot
    moment = in_header(root, "tijdstipBericht")
    parent = moment.getparent()
    if parent is not None:
        parent.remove(moment)


def _no_entiteittype(root: etree._Element, lot: Lot) -> None:
    """The content does not say which entiteittype it is."""
    del lot
    content = root.find(f"*[@{ENTITEITTYPE}]")
    if content is not None:
        del content.attrib[ENTITEITTYPE]
