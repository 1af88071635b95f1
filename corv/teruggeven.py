"""The message that hands a melding back to its melder, for each kind of melding that has one. Pure; gives the tree.

Of the melding only its number, and in a meldingGeneriek its soort and who made it, come back in it (corv.md 6).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from corv.elements import local_name
from corv.herregels import JuisteOrganisatie
from corv.stuf import ENTITEITTYPE, JZ, NIL, NO_VALUE, STUF, TERUGKOPPELINGEN, ZKN
from corv.stuurgegevens import Kop, make_stuurgegevens, text_of

ONJUIST_GEADRESSEERD, VT_99 = "Melding onjuist geadresseerd", "VT-99"
"""What hands a melding back: the status of a vtTerugkoppeling (capital M), the statuscode of an uitkomst (corv.md 1.1)."""

_NSMAP = {"JZ": JZ, "ZKN": ZKN, "StUF": STUF}
_LONGEST_NAAM_OF_EENHEID = 50
_SHORTEST_NUMBER, _LONGEST_NUMBER = 5, 40


@dataclass(frozen=True)
class Partij:
    """An organisation as these messages name it: the OIN is 20 digits, without what an acceptance environment adds to it."""

    naam: str
    oin: str


@dataclass(frozen=True)
class HandBack:
    """What is told: by us, `wij`, that the melding is for `juiste`. `juiste_in`: in which elements of a vtTerugkoppeling."""

    kop: Kop
    wij: Partij
    juiste: Partij
    juiste_in: tuple[JuisteOrganisatie, ...]
    toelichting: str


def can_be_handed_back(melding: etree._Element | None) -> bool:
    """Whether a valid message can say to the melder that this is not for us.

    None exists for a zorgmelding: its terugkoppeling only says whether action is needed. An uitkomst must name the number, which
    may be all white space in the melding and not there.
    """
    if melding is None:
        return False
    functie, number = local_name(melding), text_of(melding.find(_IDENTIFICATIE)) or ""
    return functie in _MAKERS and (functie != _GENERIEK or _SHORTEST_NUMBER <= len(number) <= _LONGEST_NUMBER)


def hand_back(told: HandBack, melding: etree._Element) -> etree._Element:
    """That message. Raises ValueError where none exists for this kind of melding."""
    functie = local_name(melding)
    if functie not in _MAKERS:
        raise ValueError("geen-teruggave")
    name = TERUGKOPPELINGEN[functie]
    root = etree.Element(f"{{{JZ}}}{name}", nsmap=_NSMAP)
    root.append(make_stuurgegevens(JZ, told.kop))
    _MAKERS[functie](_add(root, JZ, "object", "ZAK"), told, melding)
    return root


def is_handed_back(terugkoppeling: etree._Element) -> bool:
    """Whether a terugkoppeling of any kind says that the melding was addressed wrongly."""
    status, code = (text_of(terugkoppeling.find(f"{{*}}object/{{*}}{name}")) for name in ("status", "statuscode"))
    return status == ONJUIST_GEADRESSEERD or code == VT_99


_GENERIEK = "meldingGeneriekDi01"
_IDENTIFICATIE = "{*}object/{*}identificatie"
_INITIATOR = "{*}object/{*}heeftAlsInitiator/{*}gerelateerde/{*}organisatorischeEenheid"


def _vt_terugkoppeling(zaak: etree._Element, told: HandBack, melding: etree._Element) -> None:
    """The smallest vtTerugkoppeling that says so."""
    if told.toelichting:
        _add(zaak, ZKN, "toelichting").text = told.toelichting
    _add(zaak, ZKN, "status").text = ONJUIST_GEADRESSEERD
    over = _add(_add(zaak, ZKN, "naarAanleidingVan", "ZAKVTM"), ZKN, "gerelateerde", "VTM")
    _copy(melding.find("{*}object/{*}identificatieVtMelding"), over, JZ, "identificatieVtMelding")
    if JuisteOrganisatie.VERANTWOORDELIJK in told.juiste_in:
        situatie = _add(_add(over, JZ, "betreft", "VTMZOS"), JZ, "gerelateerde", "ZOS")
        zicht = _add(situatie, JZ, "verantwoordelijkVoorZichtOpDeVeiligheidBelegdBij", "ZOSBTR")
        _add(_add(zicht, JZ, "gerelateerde", "BTR"), ZKN, "naam").text = told.juiste.naam
    by = told.juiste if JuisteOrganisatie.IS_UITGEVOERD_DOOR in told.juiste_in else told.wij
    uitvoerder = _add(_add(zaak, ZKN, "isUitgevoerdDoor", "ZAKBTR"), ZKN, "gerelateerde", "BTR")
    _add(uitvoerder, ZKN, "naam").text = by.naam
    _add(uitvoerder, ZKN, "oinNummer").text = by.oin


def _uitkomst(zaak: etree._Element, told: HandBack, melding: etree._Element) -> None:
    """The smallest uitkomst that says so; here the standard has one place for the right organisation.

    `identificatie` is ours to give: that of the message itself, which is as unique.
    """
    _add(zaak, ZKN, "identificatie").text = told.kop.referentienummer
    given = melding.find(_INITIATOR)
    initiator = _add(_add(zaak, ZKN, "heeftAlsInitiator", "ZAKBTRINI"), ZKN, "gerelateerde", "BTR")
    if given is not None and len(given):
        eenheid = _add(initiator, ZKN, "organisatorischeEenheid", "OEH")
        for name in ("identificatie", "naam"):
            _copy(given.find(f"{{*}}{name}"), eenheid, ZKN, name)
    uitvoerende = _add(_add(zaak, ZKN, "heeftAlsUitvoerende", "ZAKBTRUTV"), ZKN, "gerelateerde", "BTR")
    wij = _add(uitvoerende, ZKN, "organisatorischeEenheid", "OEH")
    _add(wij, ZKN, "identificatie").text = told.wij.oin
    _add(wij, ZKN, "naam").text = told.wij.naam[:_LONGEST_NAAM_OF_EENHEID]
    _add(zaak, JZ, "uwIdentificatie").text = text_of(melding.find(_IDENTIFICATIE))
    _copy(melding.find("{*}object/{*}soortmeldingCode"), zaak, JZ, "soortmeldingCode")
    _add(zaak, JZ, "statuscode").text = VT_99
    if told.toelichting:
        _add(_add(zaak, JZ, "toelichtendeinformatie"), JZ, "omschrijving").text = told.toelichting
    naar = _add(zaak, JZ, "routerenNaarInstantie")
    _add(naar, JZ, "identificatie").text = told.juiste.oin
    _add(naar, JZ, "naam").text = told.juiste.naam


_MAKERS: Mapping[str, Callable[[etree._Element, HandBack, etree._Element], None]] = {
    "vtMeldingDi01": _vt_terugkoppeling,
    _GENERIEK: _uitkomst,
}


def _copy(given: etree._Element | None, parent: etree._Element, namespace: str, name: str) -> None:
    """A value of the melding, empty or nil as it was."""
    made = _add(parent, namespace, name)
    made.text = text_of(given)
    if given is None or given.get(NIL) in {"true", "1"}:
        made.text = None
        made.set(NIL, "true")
        made.set(NO_VALUE, (given.get(NO_VALUE) if given is not None else None) or "geenWaarde")


def _add(parent: etree._Element, namespace: str, name: str, entiteittype: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    if entiteittype is not None:
        element.set(ENTITEITTYPE, entiteittype)
    return element
