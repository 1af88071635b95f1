"""Faults in the stuurgegevens and in the namespaces; each changes a good message."""

from collections.abc import Sequence

from lxml import etree

from corv.stuf import JZ, JZ_ANY_VERSION, JZ_FUNCTIES, STUF, STUF_ANY_VERSION, STUF_BERICHTCODES, ZKN, Berichtcode
from corv.voorbeeld.fouten.breken import header_of, in_header
from corv.voorbeeld.lot import Lot

_UNKNOWN_OIN = "00000001999000098000"
_NOT_A_CODE = ("Xx01", "Di99", "di01")
_NOT_USED_HERE = tuple(sorted(STUF_BERICHTCODES - set(Berichtcode)))


def geen_stuf(root: etree._Element, lot: Lot) -> None:
    """Another root, without stuurgegevens."""
    geen_stuurgegevens(root, lot)
    root.tag = "{urn:voorbeeld:geen-stuf}document"


def geen_stuurgegevens(root: etree._Element, lot: Lot) -> None:
    """No stuurgegevens."""
    del lot
    root.remove(header_of(root))


def referentienummer_leeg(root: etree._Element, lot: Lot) -> None:
    """An empty referentienummer, which the schema allows."""
    del lot
    in_header(root, "referentienummer").text = None


def applicatie_te_kort(root: etree._Element, lot: Lot) -> None:
    """An applicatie that is long enough for the schema by a space, which no answer can repeat."""
    in_header(root, lot.pick(("zender", "ontvanger")), "applicatie").text = "VB "


def andere_stuf(root: etree._Element, lot: Lot) -> None:
    """Stuurgegevens of another version of StUF."""
    del lot
    for element in header_of(root).iterdescendants(f"{{{STUF}}}*"):
        element.tag = f"{{{STUF_ANY_VERSION}0204}}{etree.QName(element).localname}"


def ander_sectormodel(root: etree._Element, lot: Lot) -> None:
    """A message of before the koppelvlak, when it was part of the sectormodel of zaken."""
    del lot
    _move(root, ZKN)


def andere_versie(root: etree._Element, lot: Lot) -> None:
    """A message of another version of the koppelvlak."""
    del lot
    _move(root, f"{JZ_ANY_VERSION}0101")


def root_van_stuf(root: etree._Element, lot: Lot) -> None:
    """A functie of the koppelvlak as a root of StUF itself."""
    del lot
    root.tag = f"{{{STUF}}}{etree.QName(root).localname}"


def onbekende_ontvanger(root: etree._Element, lot: Lot) -> None:
    """To an organisation that nobody knows."""
    del lot
    in_header(root, "ontvanger", "organisatie").text = _UNKNOWN_OIN


def onbekende_zender(root: etree._Element, lot: Lot) -> None:
    """From an organisation that nobody knows."""
    del lot
    in_header(root, "zender", "organisatie").text = _UNKNOWN_OIN


def onbekende_vraag(root: etree._Element, lot: Lot) -> None:
    """In answer to a message that nobody sent."""
    in_header(root, "crossRefnummer").text = f"onbekend-{lot.letters(16)}"


def berichtcode_onbekend(root: etree._Element, lot: Lot) -> None:
    """A berichtcode that StUF does not have."""
    in_header(root, "berichtcode").text = lot.pick(_NOT_A_CODE)


def berichtcode_niet_gebruikt(root: etree._Element, lot: Lot) -> None:
    """A berichtcode of StUF that the koppelvlak does not use."""
    in_header(root, "berichtcode").text = lot.pick(_NOT_USED_HERE)


def functie_onbekend(root: etree._Element, lot: Lot) -> None:
    """A functie that the koppelvlak does not have."""
    functie = in_header(root, "functie")
    functie.text = lot.pick((f"{functie.text}1", "voorbeeldDi01"))


def van_een_ander_bericht(root: etree._Element, lot: Lot) -> None:
    """The functie of another message; of an answer, which has none, the berichtcode."""
    name = "functie" if _has_functie(root) else "berichtcode"
    element = in_header(root, name)
    choices: Sequence[str] = sorted(JZ_FUNCTIES) if name == "functie" else list(Berichtcode)
    element.text = lot.pick([choice for choice in choices if choice != element.text])


def _move(root: etree._Element, namespace: str) -> None:
    for element in root.iter(f"{{{JZ}}}*"):
        element.tag = f"{{{namespace}}}{etree.QName(element).localname}"


def _has_functie(root: etree._Element) -> bool:
    return header_of(root).find(f"{{{STUF}}}functie") is not None
