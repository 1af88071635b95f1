"""Een verzoek noemt het onderzoek waar het om vraagt.

Dat staat in heeftBetrekkingOpAndere. Het schema laat toe dat het leeg is (nil), maar in de keten geldt dat als een fout. Wat er
moet staan, ligt in het schema vast: Uitvoeren onderzoek kinderbeschermingsmaatregel.

Slaagt:

    <JZ:object><ZKN:heeftBetrekkingOpAndere><ZKN:gerelateerde><ZKN:isVan><ZKN:gerelateerde>
      <ZKN:omschrijvingGeneriek>Uitvoeren onderzoek kinderbeschermingsmaatregel</ZKN:omschrijvingGeneriek>
    </ZKN:gerelateerde></ZKN:isVan></ZKN:gerelateerde></ZKN:heeftBetrekkingOpAndere></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftBetrekkingOpAndere xsi:nil="true"/></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftBetrekkingOpAndere><ZKN:gerelateerde>
      <ZKN:isVan xsi:nil="true"/>
    </ZKN:gerelateerde></ZKN:heeftBetrekkingOpAndere></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, nearest, text
from corv.rules.breken import make_nil, need
from corv.rules.rule import Context, Violation

ID = "onderzoek-ontbreekt"
BRON = "corv.md 4.1 rij 30 en 4.6: forum, 'verplichtheid entiteittype op nillable element niet logisch'"
RIJEN = (30,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Vul in heeftBetrekkingOpAndere het zaaktype Uitvoeren onderzoek kinderbeschermingsmaatregel in."
LET_OP = "Ga na of er om een onderzoek wordt gevraagd."

_ANDERE = "JZ:object/ZKN:heeftBetrekkingOpAndere"
_ZAAKTYPE = f"{_ANDERE}/ZKN:gerelateerde/ZKN:isVan/ZKN:gerelateerde/ZKN:omschrijvingGeneriek"


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. The schema sees to it that what is said there is right."""
    del context
    if not text(bericht.root, _ZAAKTYPE):
        yield Violation(nearest(bericht.root, _ZAAKTYPE), "Het onderzoek waar dit verzoek om vraagt, is niet ingevuld.")


def breek(root: etree._Element) -> None:
    """What the schema allows and the chain does not: nil."""
    make_nil(need(root, _ANDERE))
