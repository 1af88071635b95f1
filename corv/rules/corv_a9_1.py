"""Bij een verzoek zit precies één document dat het verzoek zelf is.

De Raad voor de Kinderbescherming herkent het verzoek aan de soort van het document. Zonder zo'n document is er geen verzoek; met
twee is niet duidelijk welk geldt.

Slaagt:

    <JZ:object><ZKN:heeftRelevant><ZKN:gerelateerde>
      <ZKN:dct.omschrijving>Verzoek tot onderzoek RvdK</ZKN:dct.omschrijving>
    </ZKN:gerelateerde></ZKN:heeftRelevant></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftRelevant><ZKN:gerelateerde>
      <ZKN:dct.omschrijving>Diagnostisch onderzoek</ZKN:dct.omschrijving>
    </ZKN:gerelateerde></ZKN:heeftRelevant></JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftRelevant><ZKN:gerelateerde>
        <ZKN:dct.omschrijving>Verzoek tot onderzoek RvdK</ZKN:dct.omschrijving>
      </ZKN:gerelateerde></ZKN:heeftRelevant>
      <ZKN:heeftRelevant><ZKN:gerelateerde>
        <ZKN:dct.omschrijving>Verzoek tot onderzoek RvdK</ZKN:dct.omschrijving>
      </ZKN:gerelateerde></ZKN:heeftRelevant>
    </JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, nearest
from corv.rules.breken import need
from corv.rules.documenten import SOORT, VERZOEK, soorten
from corv.rules.rule import Context, Violation

ID = "CORV-A9.1"
BRON = "corv.md 4.1 rij 16: de testregel CORV000003, en forum, 'max 1 bijlage'"
RIJEN = (16,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Zorg dat er precies één document van die soort bij zit."
LET_OP = "Ga na welk document het verzoek zelf is."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    found = soorten(bericht, VERZOEK)
    if not found:
        yield Violation(nearest(bericht.root, "JZ:object"), f"Er is geen document van de soort '{VERZOEK}'.")
    for again in found[1:]:
        yield Violation(again, f"Dit is nog een document van de soort '{VERZOEK}'.")


def breek(root: etree._Element) -> None:
    """The request, which is the first document, is said to be another kind of document."""
    need(root, f".//{SOORT}").text = "Diagnostisch onderzoek"
