"""Bij een verzoek zit hoogstens één document met de gezinsgeschiedenis.

Van de andere soorten bijlagen mogen er meer zijn.

Slaagt:

    <JZ:object>
      <ZKN:heeftRelevant><ZKN:gerelateerde>
        <ZKN:dct.omschrijving>Gezinsgeschiedenis</ZKN:dct.omschrijving>
      </ZKN:gerelateerde></ZKN:heeftRelevant>
      <ZKN:heeftRelevant><ZKN:gerelateerde>
        <ZKN:dct.omschrijving>Hulpverleningsrapportage</ZKN:dct.omschrijving>
      </ZKN:gerelateerde></ZKN:heeftRelevant>
      <ZKN:heeftRelevant><ZKN:gerelateerde>
        <ZKN:dct.omschrijving>Hulpverleningsrapportage</ZKN:dct.omschrijving>
      </ZKN:gerelateerde></ZKN:heeftRelevant>
    </JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftRelevant><ZKN:gerelateerde>
        <ZKN:dct.omschrijving>Gezinsgeschiedenis</ZKN:dct.omschrijving>
      </ZKN:gerelateerde></ZKN:heeftRelevant>
      <ZKN:heeftRelevant><ZKN:gerelateerde>
        <ZKN:dct.omschrijving>Gezinsgeschiedenis</ZKN:dct.omschrijving>
      </ZKN:gerelateerde></ZKN:heeftRelevant>
    </JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.errors import NoPlaceError
from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, find, text
from corv.rules.documenten import GEZINSGESCHIEDENIS, SOORT, VERZOEK, soorten
from corv.rules.rule import Context, Violation

ID = "CORV-A9.3"
BRON = "corv.md 4.1 rij 18: de testregel CORV00049, en forum, 'max 1 bijlage'"
RIJEN = (18,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Voeg die documenten samen tot één."
LET_OP = "Lees ze allemaal."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for again in soorten(bericht, GEZINSGESCHIEDENIS)[1:]:
        yield Violation(again, f"Dit is nog een document van de soort '{GEZINSGESCHIEDENIS}'.")


def breek(root: etree._Element) -> None:
    """Of a message that has the history of the family, another document is said to be that too."""
    found = find(root, f".//{SOORT}")
    others = [element for element in found if text(element) not in {VERZOEK, GEZINSGESCHIEDENIS}]
    if not others or all(text(element) != GEZINSGESCHIEDENIS for element in found):
        raise NoPlaceError("In dit bericht staan geen gezinsgeschiedenis en nog een bijlage, dus kan deze fout er niet in.")
    others[0].text = GEZINSGESCHIEDENIS
