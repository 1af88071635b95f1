"""Een element is er met inhoud, of het is er niet.

Een leeg element, zoals een telefoonnummer zonder cijfers, gaat bij het vertalen voor justitie mis: het bericht komt dan niet aan.
Wie geen waarde heeft, laat het element weg of zegt met noValue waarom. De stuurgegevens, en een persoon of relatie (met een
entiteittype), vallen er niet onder.

Slaagt (vtoDi01):

    <JZ:object><BG:voornamen>Voorbeeld</BG:voornamen><BG:voorletters StUF:noValue="waardeOnbekend"/></JZ:object>

Faalt (vtoDi01):

    <JZ:object><BG:voornamen/></JZ:object>

Faalt (vtoDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="gezinsGeschiedenis"> </StUF:extraElement>
    </StUF:extraElementen></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.elements import why_no_value
from corv.errors import NoPlaceError
from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, clark, text
from corv.rules.breken import empty, need
from corv.rules.rule import Context, Violation
from corv.stuf import ENTITEITTYPE, JZ_FUNCTIES

ID = "leeg-element"
BRON = "corv.md 4.1 rij 33 en 4.6: forum, 'wijzigingsvoorstel foutmeldingen'; het schema laat lege tekst toe"
RIJEN = (33,)
APPLIES_TO = JZ_FUNCTIES
NIVEAU = STRENG
HERSTEL = "Vul het, of laat het weg."
LET_OP = "Er kan iets zijn weggevallen: vraag het na als u dit gegeven nodig hebt."

_MAY_BE_EMPTY = frozenset({clark("BG:authentiek")})
"""Where the schema gives it a default, an empty authentiek stands for N."""

_HEADER, _RELATED = "}stuurgegevens", "}gerelateerde"
_TO_BREAK = ("{*}voornamen", "{*}toelichting", "{*}telefoonnummer", "{*}emailadres")
"""Optional texts; every kind of message has one of these."""


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for element in bericht.empty:
        if why_no_value(element) is None and _must_say_something(element):
            yield Violation(element, "Er staat niets in dit element.")


def breek(root: etree._Element) -> None:
    """The first text that need not be there is empty."""
    for element in need(root, "JZ:object").iter(*_TO_BREAK):
        if text(element):
            empty(element)
            return
    raise NoPlaceError("In dit bericht staat geen tekst die leeg mag zijn, dus kan deze fout er niet in.")


def _must_say_something(element: etree._Element) -> bool:
    """Whether it is there to hold a value, outside the stuurgegevens."""
    tag = str(element.tag)
    if tag in _MAY_BE_EMPTY or tag.endswith(_RELATED) or element.get(ENTITEITTYPE) is not None:
        return False
    return not any(str(above.tag).endswith(_HEADER) for above in element.iterancestors())
