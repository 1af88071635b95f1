"""Een VT-melding en de terugkoppeling erop noemen het nummer van de melding.

Dat nummer gaf de melder zelf. Een terugkoppeling heeft geen ander gegeven waaraan hij ziet over welke melding zij gaat. Toch
laat het schema het leeg.

Slaagt (vtMeldingDi01):

    <JZ:object><JZ:identificatieVtMelding>VB-2026-0001</JZ:identificatieVtMelding></JZ:object>

Faalt (vtMeldingDi01):

    <JZ:object><JZ:identificatieVtMelding/></JZ:object>

Faalt (vtTerugkoppelingDi01):

    <JZ:object><JZ:naarAanleidingVan><JZ:gerelateerde>
      <JZ:identificatieVtMelding xsi:nil="true"/>
    </JZ:gerelateerde></JZ:naarAanleidingVan></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, nearest, text
from corv.rules.breken import empty, need
from corv.rules.rule import Context, Violation

ID = "identificatie-vt-melding"
BRON = (
    "corv.md 4.6 en 5: het schema laat identificatieVtMelding leeg of nil toe, en het is de enige sleutel van een terugkoppeling"
)
RIJEN = ()
APPLIES_TO = frozenset({"vtMeldingDi01", "vtTerugkoppelingDi01"})
NIVEAU = STRENG
HERSTEL = "Vul in identificatieVtMelding het nummer in dat de melder aan zijn melding gaf."
LET_OP = "Vraag de melder om het nummer: zonder dat nummer is een terugkoppeling niet aan de melding te koppelen."

_NAAM = "JZ:identificatieVtMelding"


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    found = bericht.every(_NAAM)
    if not any(map(text, found)):
        at = found[0] if found else nearest(bericht.root, "JZ:object/JZ:naarAanleidingVan/JZ:gerelateerde")
        yield Violation(at, "Het nummer van de melding ontbreekt.")


def breek(root: etree._Element) -> None:
    """The number is empty."""
    empty(need(root, f".//{_NAAM}"))
