"""Een element is er met inhoud, of het is er niet.

Bij een leeg element, zoals een telefoonnummer zonder cijfers, is niet te zien of het gegeven er niet is of onderweg is
weggevallen. Wie geen waarde heeft, laat het element weg of zegt met noValue waarom. In echte berichten komen lege elementen
voor, dus de regel houdt niets tegen. De stuurgegevens, en een persoon of relatie (met een entiteittype), vallen er niet onder. In
een verzoek tot onderzoek weegt een leeg element zwaarder: daarover gaat de regel leeg-element-vto.

Slaagt (vtMeldingDi01):

    <JZ:object><BG:voornamen>Voorbeeld</BG:voornamen><BG:voorletters StUF:noValue="waardeOnbekend"/></JZ:object>

Faalt (vtMeldingDi01):

    <JZ:object><BG:voornamen/></JZ:object>

Faalt (zorgmeldingTerugkoppelingDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="vervolgActie"> </StUF:extraElement>
    </StUF:extraElementen></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import MILD
from corv.rules.bericht import Bericht
from corv.rules.leeg import VUL, empty_a_text, empty_elements
from corv.rules.rule import Context, Violation
from corv.stuf import JZ_FUNCTIES

ID = "leeg-element"
BRON = "corv.md 4.6 en 4.4 rij 64: het schema laat lege tekst toe, en echte terugkoppelingen hebben een lege vervolgActie"
RIJEN = ()
APPLIES_TO = JZ_FUNCTIES - {"vtoDi01"}
NIVEAU = MILD
HERSTEL = VUL
LET_OP = "Er kan iets zijn weggevallen: vraag het na als u dit gegeven nodig hebt."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    yield from empty_elements(bericht)


def breek(root: etree._Element) -> None:
    """The first text that need not be there is empty."""
    empty_a_text(root)
