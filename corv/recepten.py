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
from corv.stuf import TERUGKOPPELINGEN, Berichtcode
from corv.stuurgegevens import Kop, Systeem, find_header, make_stuurgegevens
from corv.teruggeven import HandBack, Partij, hand_back

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


class Receptsoort(StrEnum):
    """What is made: the message with a new address, or a terugkoppeling that says that its address is wrong."""

    DOORSTURING = "doorsturing"
    TERUGKOPPELING = "terugkoppeling"


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
    """The file that this recipe makes of the original. Raises ValueError when the original is no message for it."""
    document = parse(raw)
    if isinstance(document, Finding):
        raise ValueError(document.code)  # noqa: TRY004 - what is wrong is the content of the file
    root = document.root
    made = _readdressed(recept, root) if recept.soort is Receptsoort.DOORSTURING else _handed_back(recept, root)
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


def _readdressed(recept: Recept, root: etree._Element) -> etree._Element:
    """The message with stuurgegevens of ours, and nothing else changed."""
    old = find_header(root)
    if old is None:
        raise ValueError("geen-stuurgegevens")
    new = make_stuurgegevens(etree.QName(old).namespace or "", _kop(recept, etree.QName(root).localname))
    new.tail = old.tail
    root.replace(old, new)
    return root


def _handed_back(recept: Recept, melding: etree._Element) -> etree._Element:
    """What tells the melder that the melding is for another: which message that is, follows from the melding."""
    if recept.wij is None or recept.juiste is None:
        raise ValueError("een terugkoppeling noemt twee organisaties")
    functie = TERUGKOPPELINGEN.get(etree.QName(melding).localname, "")
    told = HandBack(_kop(recept, functie), recept.wij, recept.juiste, recept.juiste_in, recept.toelichting)
    return hand_back(told, melding)


def _kop(recept: Recept, functie: str) -> Kop:
    return Kop(Berichtcode.DI01, recept.zender, recept.ontvanger, recept.referentienummer, recept.tijdstip, functie=functie)
