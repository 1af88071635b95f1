"""Een verzoek noemt de statutaire naam van de organisatie die het doet.

Aan die naam ziet de Raad voor de Kinderbescherming wie het verzoek doet. Het nummer van de organisatie (inn.nnpId) mag ontbreken.

Slaagt:

    <JZ:object><ZKN:heeftAlsUitvoerende><ZKN:gerelateerde>
      <ZKN:nietNatuurlijkPersoon><BG:statutaireNaam>Gemeente Voorbeeldstad</BG:statutaireNaam></ZKN:nietNatuurlijkPersoon>
    </ZKN:gerelateerde></ZKN:heeftAlsUitvoerende></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftAlsUitvoerende><ZKN:gerelateerde>
      <ZKN:nietNatuurlijkPersoon><BG:statutaireNaam/></ZKN:nietNatuurlijkPersoon>
    </ZKN:gerelateerde></ZKN:heeftAlsUitvoerende></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftAlsUitvoerende><ZKN:gerelateerde>
      <ZKN:medewerker><ZKN:achternaam>Voorbeeldsma</ZKN:achternaam></ZKN:medewerker>
    </ZKN:gerelateerde></ZKN:heeftAlsUitvoerende></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, nearest, text
from corv.rules.breken import empty, need
from corv.rules.rule import Context, Violation

ID = "statutaire-naam"
BRON = "corv.md 4.1 rij 25: koppelvlak 1.0.2, forum, 'patch op koppelvlak vwb vto bericht dd 19-12-2018'"
RIJEN = (25,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Vul haar in bij heeftAlsUitvoerende, onder nietNatuurlijkPersoon."
LET_OP = "Zie aan de zender van het bericht wie het verzoek doet."

_NAAM = "JZ:object/ZKN:heeftAlsUitvoerende/ZKN:gerelateerde/ZKN:nietNatuurlijkPersoon/BG:statutaireNaam"


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. Where the schema lets two organisations do it, one with a name is enough."""
    del context
    if not any(map(text, bericht.every("BG:statutaireNaam"))):
        yield Violation(nearest(bericht.root, _NAAM), "De statutaire naam van de organisatie die het verzoek doet, ontbreekt.")


def breek(root: etree._Element) -> None:
    """The name is empty."""
    empty(need(root, _NAAM))
