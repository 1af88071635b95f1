"""Elke persoon en organisatie in een VT-bericht zegt met entiteittype wat zij is: NPS een persoon, BTR een organisatie.

De standaard vraagt dat attribuut bij elk onderdeel; alleen op deze plaatsen vergeet het schema het te eisen, en bij een persoon
laat het elke waarde toe. Een systeem dat eraan ziet wat er staat, kan een onderdeel zonder overslaan. Wat er volgens het bericht
zelf niet is (nil), hoeft niets te zeggen. Aan de plaats is ook te zien wie er staat, dus de regel weigert niets.

Slaagt (vtMeldingDi01):

    <JZ:object><JZ:isIngediendDoor><JZ:gerelateerde StUF:entiteittype="BTR"/></JZ:isIngediendDoor></JZ:object>

Faalt (vtMeldingDi01):

    <JZ:object><JZ:isIngediendDoor><JZ:gerelateerde/></JZ:isIngediendDoor></JZ:object>

Faalt (vtTerugkoppelingDi01):

    <JZ:object><ZKN:isUitgevoerdDoor><ZKN:gerelateerde/></ZKN:isUitgevoerdDoor></JZ:object>

Faalt (vtMeldingDi01):

    <JZ:object><JZ:isGeinformeerdAan><JZ:gerelateerde StUF:entiteittype="BTR"/></JZ:isGeinformeerdAan></JZ:object>
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from corv.niveaus import MILD
from corv.rules.bericht import Bericht, find, first, is_there
from corv.rules.breken import need
from corv.rules.rule import Context, Violation
from corv.stuf import ENTITEITTYPE

ID = "entiteittype"
BRON = "corv.md 4.6 en 7, punt 10: optioneel op NPS en BTR in de VT-berichten, elders verplicht"
RIJEN = ()
APPLIES_TO = frozenset({"vtMeldingDi01", "vtTerugkoppelingDi01"})
NIVEAU = MILD
HERSTEL = "Geef een persoon StUF:entiteittype NPS, en een organisatie BTR."
LET_OP = "Lees in het bericht zelf wie er staat, en meld dit aan wie het systeem van de afzender beheert."

_WIE: Mapping[str, tuple[str, str]] = {
    "JZ:heeftBetrokken": ("JZ:gerelateerde", "NPS"),
    "BG:staatInRelatieTot": ("BG:gerelateerde", "NPS"),
    "JZ:isGeinformeerdAan": ("JZ:gerelateerde", "NPS"),
    "JZ:isIngediendDoor": ("JZ:gerelateerde", "BTR"),
    "ZKN:isUitgevoerdDoor": ("ZKN:gerelateerde", "BTR"),
    "JZ:verantwoordelijkVoorZichtOpDeVeiligheidBelegdBij": ("JZ:gerelateerde", "BTR"),
}
"""By relation who stands there. In every other relation of these messages the schema requires it."""

_WAT = {"NPS": "een persoon", "BTR": "een organisatie"}


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for relatie, (name, soort) in _WIE.items():
        for one in (there for above in bericht.every(relatie) for there in find(above, name) if is_there(there)):
            said = one.get(ENTITEITTYPE, "").strip()
            if not said:
                yield Violation(one, f"Hier staat {_WAT[soort]} zonder entiteittype.")
            elif said != soort:
                yield Violation(one, f"Hier staat {_WAT[soort]}, maar het entiteittype zegt iets anders.")


def breek(root: etree._Element) -> None:
    """The organisation that reports, or that answers, does not say that it is one."""
    melder = first(root, "JZ:object/JZ:isIngediendDoor/JZ:gerelateerde")
    one = need(root, "JZ:object/ZKN:isUitgevoerdDoor/ZKN:gerelateerde") if melder is None else melder
    del one.attrib[ENTITEITTYPE]
