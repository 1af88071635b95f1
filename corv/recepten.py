"""Files made from a received message for another organisation, each by a recipe that gives the same bytes every time. Pure.

The database keeps the recipe and the hash, not the bytes: they hold what the message holds. So the file can be made again from
the archived original (ontwerp 3). A recipe carries codes, OINs and names of organisations only.
"""

import dataclasses
import json
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

from lxml import etree

from corv.findings import Finding
from corv.herregels import JuisteOrganisatie
from corv.parsing import parse
from corv.stuf import JZ, STUF, ZKN, Berichtcode
from corv.stuurgegevens import Kop, Systeem, find_header, make_stuurgegevens, text_of

ONJUIST_GEADRESSEERD = "Melding onjuist geadresseerd"
"""The status of a vtTerugkoppeling that hands a melding back (corv.md 1.1; capital M)."""

FORWARDABLE = frozenset({"vtMeldingDi01"})
"""The functies of which we know how to send one on, and how to tell its melder."""

_NSMAP = {"JZ": JZ, "ZKN": ZKN, "StUF": STUF}
_XSI_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


class Receptsoort(StrEnum):
    """What is made: the message with a new address, or a vtTerugkoppeling that says that its address is wrong."""

    DOORSTURING = "doorsturing"
    TERUGKOPPELING = "terugkoppeling"


@dataclass(frozen=True)
class Partij:
    """An organisation as a vtTerugkoppeling names it."""

    naam: str
    oin: str


@dataclass(frozen=True)
class Recept:
    """How one file is made. `tijdstip`: of the message that is made.

    Only for a terugkoppeling: `wij`, the right organisation `juiste`, in which elements that is named, and the toelichting.
    """

    soort: Receptsoort
    zender: Systeem
    ontvanger: Systeem
    referentienummer: str
    tijdstip: str
    wij: Partij | None = None
    juiste: Partij | None = None
    juiste_in: tuple[JuisteOrganisatie, ...] = ()
    toelichting: str = ""


def own_referentienummer(message: UUID, soort: Receptsoort, code: str) -> str:
    """The referentienummer of what we make of a message for `code`: always the same, so that what is made again is the same."""
    return str(uuid5(message, f"{soort}-{code}"))


def make(recept: Recept, raw: bytes) -> bytes:
    """The file that this recipe makes of the original. Raises ValueError when that is no message with stuurgegevens."""
    document = parse(raw)
    if isinstance(document, Finding):
        raise ValueError(document.code)  # noqa: TRY004 - what is wrong is the content of the file
    root = document.root
    made = _readdressed(recept, root) if recept.soort is Receptsoort.DOORSTURING else _terugkoppeling(recept, root)
    try:
        # Canonical XML gives the same bytes for the same tree in every version of the library.
        written = etree.tostring(made, method="c14n", with_comments=True)
    except etree.C14NError:  # a relative namespace, which canonical XML does not know
        written = etree.tostring(made, encoding="UTF-8", xml_declaration=False)
    return _DECLARATION + written + b"\n"


def to_json(recept: Recept) -> str:
    """The recipe as it is stored."""
    return json.dumps(dataclasses.asdict(recept), ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Recept:
    """A stored recipe."""
    values = json.loads(text)
    return Recept(
        soort=Receptsoort(values["soort"]),
        zender=Systeem(**values["zender"]),
        ontvanger=Systeem(**values["ontvanger"]),
        referentienummer=values["referentienummer"],
        tijdstip=values["tijdstip"],
        wij=Partij(**values["wij"]) if values["wij"] else None,
        juiste=Partij(**values["juiste"]) if values["juiste"] else None,
        juiste_in=tuple(JuisteOrganisatie(word) for word in values["juiste_in"]),
        toelichting=values["toelichting"],
    )


def is_handed_back(root: etree._Element) -> bool:
    """Whether a vtTerugkoppeling says that the melding was addressed wrongly."""
    return text_of(root.find("{*}object/{*}status")) == ONJUIST_GEADRESSEERD


def _readdressed(recept: Recept, root: etree._Element) -> etree._Element:
    """The message with stuurgegevens of ours, and nothing else changed."""
    old = find_header(root)
    if old is None:
        raise ValueError("geen-stuurgegevens")
    new = make_stuurgegevens(etree.QName(old).namespace or "", _kop(recept, etree.QName(root).localname))
    new.tail = old.tail
    root.replace(old, new)
    return root


def _terugkoppeling(recept: Recept, melding: etree._Element) -> etree._Element:
    """The smallest vtTerugkoppeling that hands a melding back, naming the right organisation (corv.md 6)."""
    if recept.wij is None or recept.juiste is None:
        raise ValueError("een terugkoppeling noemt twee organisaties")
    root = etree.Element(f"{{{JZ}}}vtTerugkoppelingDi01", nsmap=_NSMAP)
    root.append(make_stuurgegevens(JZ, _kop(recept, "vtTerugkoppelingDi01")))
    zaak = _add(root, JZ, "object", "ZAK")
    if recept.toelichting:
        _add(zaak, ZKN, "toelichting").text = recept.toelichting
    _add(zaak, ZKN, "status").text = ONJUIST_GEADRESSEERD
    over = _add(_add(zaak, ZKN, "naarAanleidingVan", "ZAKVTM"), ZKN, "gerelateerde", "VTM")
    _copy_number(melding, over)
    if JuisteOrganisatie.VERANTWOORDELIJK in recept.juiste_in:
        situatie = _add(_add(over, JZ, "betreft", "VTMZOS"), JZ, "gerelateerde", "ZOS")
        zicht = _add(situatie, JZ, "verantwoordelijkVoorZichtOpDeVeiligheidBelegdBij", "ZOSBTR")
        _add(_add(zicht, JZ, "gerelateerde", "BTR"), ZKN, "naam").text = recept.juiste.naam
    by = recept.juiste if JuisteOrganisatie.IS_UITGEVOERD_DOOR in recept.juiste_in else recept.wij
    uitvoerder = _add(_add(zaak, ZKN, "isUitgevoerdDoor", "ZAKBTR"), ZKN, "gerelateerde", "BTR")
    _add(uitvoerder, ZKN, "naam").text = by.naam
    _add(uitvoerder, ZKN, "oinNummer").text = by.oin
    return root


def _copy_number(melding: etree._Element, over: etree._Element) -> None:
    """The identificatieVtMelding of the melding, empty or nil as it was."""
    given = melding.find("{*}object/{*}identificatieVtMelding")
    number = _add(over, JZ, "identificatieVtMelding")
    number.text = text_of(given)
    if given is None or given.get(_XSI_NIL) in {"true", "1"}:
        number.text = None
        number.set(_XSI_NIL, "true")
        number.set(f"{{{STUF}}}noValue", (given.get(f"{{{STUF}}}noValue") if given is not None else None) or "geenWaarde")


def _kop(recept: Recept, functie: str) -> Kop:
    return Kop(Berichtcode.DI01, recept.zender, recept.ontvanger, recept.referentienummer, recept.tijdstip, functie=functie)


def _add(parent: etree._Element, namespace: str, name: str, entiteittype: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    if entiteittype is not None:
        element.set(f"{{{STUF}}}entiteittype", entiteittype)
    return element
