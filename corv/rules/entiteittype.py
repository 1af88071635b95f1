"""Elke persoon en organisatie in een VT-bericht zegt met entiteittype wat zij is: NPS een persoon, BTR een organisatie.

De standaard vraagt dat attribuut bij elk onderdeel; alleen op deze plaatsen vergeet het schema het te eisen. Een systeem dat
eraan ziet wat er staat, kan een onderdeel zonder overslaan. Wat er volgens het bericht zelf niet is (nil), hoeft niets te zeggen.

Slaagt (vtMeldingDi01):

    <JZ:object><JZ:isIngediendDoor><JZ:gerelateerde StUF:entiteittype="BTR"/></JZ:isIngediendDoor></JZ:object>

Faalt (vtMeldingDi01):

    <JZ:object><JZ:isIngediendDoor><JZ:gerelateerde/></JZ:isIngediendDoor></JZ:object>

Faalt (vtTerugkoppelingDi01):

    <JZ:object><ZKN:isUitgevoerdDoor><ZKN:gerelateerde/></ZKN:isUitgevoerdDoor></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, first, is_there
from corv.rules.breken import need
from corv.rules.rule import Context, Violation
from corv.stuf import ENTITEITTYPE

ID = "entiteittype"
BRON = "corv.md 4.6 en 7, punt 10: optioneel op NPS en BTR in de VT-berichten, elders verplicht"
RIJEN = ()
APPLIES_TO = frozenset({"vtMeldingDi01", "vtTerugkoppelingDi01"})
NIVEAU = STRENG
HERSTEL = "Zet er StUF:entiteittype bij: NPS bij een persoon, BTR bij een organisatie."
LET_OP = "Lees in het bericht zelf wie er staat, en meld dit aan wie het systeem van de afzender beheert."

_PLACES = ("JZ:gerelateerde", "BG:gerelateerde", "ZKN:gerelateerde")
"""On every other gerelateerde of these messages the schema requires it."""


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for name in _PLACES:
        for one in bericht.every(name):
            if not one.get(ENTITEITTYPE) and is_there(one):
                yield Violation(one, "Hier staat een persoon of organisatie zonder entiteittype.")


def breek(root: etree._Element) -> None:
    """The organisation that reports, or that answers, does not say that it is one."""
    melder = first(root, "JZ:object/JZ:isIngediendDoor/JZ:gerelateerde")
    one = need(root, "JZ:object/ZKN:isUitgevoerdDoor/ZKN:gerelateerde") if melder is None else melder
    del one.attrib[ENTITEITTYPE]
