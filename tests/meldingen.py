"""Make a schema-valid vtMelding with persons and addresses of one's choice, from the sample minimaal.xml."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from lxml import etree

from conftest import OURS, TWENTE, message
from corv.stuf import BG, JZ, STUF, ZKN

POLITIE = "00000002999000002000"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

_MINIMAAL = etree.fromstring(message("vtMeldingDi01/minimaal.xml"))


def melding(
    personen: Sequence[Mapping[str, Any]],
    *,
    zender: str = POLITIE,
    ontvanger: str = OURS,
    referentienummer: str = "vtm-gemaakt-0001",
    identificatie: str = "PL0600-2026000999",
    locatie: str | None = "Op straat",
) -> bytes:
    """The bytes of a vtMelding. `locatie` None: nil, as an empty one of the sender.

    A person is a mapping with any of: `rol` (default jeugdige), `geboren` (a date, or the text of the element), `feitelijk` and
    `formeel` (postcode, woonplaats), each None where it is not known, `feitelijk_buitenland` and `formeel_buitenland` (a flag).
    """
    root = deepcopy(_MINIMAAL)
    _set(root, f".//{{{STUF}}}zender/{{{STUF}}}organisatie", zender)
    _set(root, f".//{{{STUF}}}ontvanger/{{{STUF}}}organisatie", ontvanger)
    _set(root, f".//{{{STUF}}}referentienummer", referentienummer)
    _set(root, f".//{{{JZ}}}identificatieVtMelding", identificatie)
    _set(root, f".//{{{JZ}}}locatieIncident", locatie)
    sample = _found(root, f".//{{{JZ}}}heeftBetrokken")
    situatie = sample.getparent()
    assert situatie is not None
    situatie.remove(sample)
    for persoon in personen:
        situatie.append(_betrokkene(deepcopy(sample), persoon))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _betrokkene(element: etree._Element, persoon: Mapping[str, Any]) -> etree._Element:
    _set(element, f"{{{JZ}}}jeugzorgrol", persoon.get("rol", "jeugdige"))
    mens = _found(element, f"{{{JZ}}}gerelateerde")
    geboren = persoon.get("geboren")
    if geboren is not None:
        _add(mens, "geboortedatum", f"{geboren:%Y%m%d}" if isinstance(geboren, date) else geboren)
    for soort, buitenland, binnenland in (  # in the order of the schema
        ("formeel", "formeelVerblijfsadresBuitenland", "formeelVerblijfadresBinnenland"),
        ("feitelijk", "feitelijkVerblijfsadresBuitenland", "feitelijkVerblijfsadresBinnenland"),
    ):
        if persoon.get(f"{soort}_buitenland"):
            _add(_add(mens, buitenland), "lnd.landcode", "6029")
        if persoon.get(soort) is not None:
            _add_address(_add(mens, binnenland), *persoon[soort])
    return element


def _add_address(group: etree._Element, postcode: str | None, woonplaats: str | None) -> None:
    _text(_add(group, "wpl.woonplaatsNaam"), woonplaats)
    _add(group, "gor.openbareRuimteNaam", "Verzonnenlaan")
    if postcode is not None:
        _add(group, "aoa.postcode", postcode)
    _add(group, "aoa.huisnummer", "27")


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{BG}}}{name}")
    child.text = text
    return child


def _set(root: etree._Element, path: str, text: str | None) -> None:
    _text(_found(root, path), text)


def _text(element: etree._Element, text: str | None) -> None:
    element.text = text
    if text is None:
        element.set(f"{{{XSI}}}nil", "true")
        element.set(f"{{{STUF}}}noValue", "waardeOnbekend")


def _found(root: etree._Element, path: str) -> etree._Element:
    element = root.find(path)
    assert element is not None, path
    return element


IN_TWENTE = melding([{"rol": "jeugdige", "feitelijk": ("7511AB", "Enschede")}], referentienummer="pol-1", identificatie="PL-1")
"""The only jeugdige lives in Twente."""


def terugkoppeling_of_twente(status: str, number: str = "PL-1") -> bytes:
    """A vtTerugkoppeling of Veilig Thuis Twente to us, on the melding with that number."""
    root = etree.fromstring(message("vtTerugkoppelingDi01/onjuist-geadresseerd.xml"))
    for path, value in (
        (".//StUF:zender/StUF:organisatie", TWENTE),
        (".//StUF:ontvanger/StUF:organisatie", OURS),
        (".//StUF:referentienummer", f"tk-{status}"),
        (".//ZKN:status", status),
        (".//JZ:identificatieVtMelding", number),
    ):
        element = root.find(path, namespaces={"StUF": STUF, "ZKN": ZKN, "JZ": JZ})
        assert element is not None
        element.text = value
    return etree.tostring(root)
