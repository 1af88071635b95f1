"""De urgentie van een verzoek is Laag of Hoog.

Daartussen kent de keten niets. Het gegeven heet urgentie, maar ook urgent komt voor; hoofdletters maken niet uit.

Slaagt:

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="urgentie">Hoog</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Faalt:

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="urgentie">Gemiddeld</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Faalt:

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="urgent">Ja</StUF:extraElement>
    </StUF:extraElementen></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.errors import NoPlaceError
from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, extras, first, text
from corv.rules.rule import Context, Violation
from corv.rules.zaak import URGENTIE

ID = "urgentie"
BRON = "corv.md 4.1 rij 28 en 4.7: forum, 'urgentie veld' en 'extraElement, voorbeeld op pag. 19'"
RIJEN = (28,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Vul Laag of Hoog in."
LET_OP = "Bepaal zelf hoe dringend het verzoek is."

_OBJECT = "JZ:object"
_LEVELS = frozenset({"laag", "hoog"})


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. An empty one is an empty element like any other."""
    del context
    for naam in URGENTIE:
        for element in extras(bericht.first(_OBJECT), naam):
            if (said := text(element)) and said.casefold() not in _LEVELS:
                yield Violation(element, "De urgentie is niet Laag of Hoog.")


def breek(root: etree._Element) -> None:
    """Neither of both."""
    found = extras(first(root, _OBJECT), URGENTIE[0])
    if not found:
        raise NoPlaceError("In dit bericht staat geen urgentie, dus kan deze fout er niet in.")
    found[0].text = "Gemiddeld"
