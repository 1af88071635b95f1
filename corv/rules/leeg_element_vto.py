"""Een element in een verzoek tot onderzoek is er met inhoud, of het is er niet.

Een leeg element, zoals een telefoonnummer zonder cijfers, gaat bij het vertalen voor justitie mis: het verzoek komt dan niet aan.
Wie geen waarde heeft, laat het element weg of zegt met noValue waarom. De stuurgegevens, en een persoon of relatie (met een
entiteittype), vallen er niet onder. In andere berichten let de regel leeg-element op lege elementen.

Slaagt:

    <JZ:object><BG:voornamen>Voorbeeld</BG:voornamen><BG:voorletters StUF:noValue="waardeOnbekend"/></JZ:object>

Faalt:

    <JZ:object><BG:voornamen/></JZ:object>

Faalt:

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="gezinsGeschiedenis"> </StUF:extraElement>
    </StUF:extraElementen></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht
from corv.rules.leeg import VUL, empty_a_text, empty_elements
from corv.rules.rule import Context, Violation

ID = "leeg-element-vto"
BRON = "corv.md 4.1 rij 33: forum, 'wijzigingsvoorstel foutmeldingen'; het schema laat lege tekst toe"
RIJEN = (33,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = VUL
LET_OP = "Er kan iets zijn weggevallen: vraag het na als u dit gegeven nodig hebt."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    yield from empty_elements(bericht)


def breek(root: etree._Element) -> None:
    """The first text that need not be there is empty."""
    empty_a_text(root)
