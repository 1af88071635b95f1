"""Is er een vervolgactie nodig, dan noemt de terugkoppeling de organisatie die haar doet.

De melder moet weten wie het oppakt. Die organisatie staat bij de belanghebbenden, als vestiging; een contactpersoon daar hoeft
niet.

Slaagt:

    <JZ:object>
      <ZKN:resultaat><ZKN:omschrijving>Vervolgactie nodig</ZKN:omschrijving></ZKN:resultaat>
      <ZKN:heeftAlsBelanghebbende><ZKN:gerelateerde><ZKN:vestiging/></ZKN:gerelateerde></ZKN:heeftAlsBelanghebbende>
    </JZ:object>

Slaagt:

    <JZ:object><ZKN:resultaat><ZKN:omschrijving>Geen actie nodig</ZKN:omschrijving></ZKN:resultaat></JZ:object>

Faalt:

    <JZ:object>
      <ZKN:resultaat><ZKN:omschrijving>Vervolgactie nodig</ZKN:omschrijving></ZKN:resultaat>
      <ZKN:heeftAlsBelanghebbende><ZKN:gerelateerde><ZKN:natuurlijkPersoon/></ZKN:gerelateerde></ZKN:heeftAlsBelanghebbende>
    </JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, find, first, text
from corv.rules.breken import need, take_away
from corv.rules.rule import Context, Violation
from corv.rules.zaak import BELANGHEBBENDEN, VESTIGING
from corv.rules.zorg import VERVOLGACTIE

ID = "CORV-D4.1"
BRON = "corv.md 4.4 rij 58: forum, 'zorgmeldingTerugkoppelingDi01'"
RIJEN = (58,)
APPLIES_TO = frozenset({"zorgmeldingTerugkoppelingDi01"})
NIVEAU = STRENG
HERSTEL = "Noem bij de belanghebbenden, als vestiging, de organisatie die de vervolgactie doet."
LET_OP = "Vraag de afzender welke organisatie de vervolgactie doet."

_RESULTAAT = "JZ:object/ZKN:resultaat/ZKN:omschrijving"


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    resultaat = bericht.first(_RESULTAAT)
    if resultaat is not None and text(resultaat) == VERVOLGACTIE and not bericht.find(f"{BELANGHEBBENDEN}/{VESTIGING}"):
        yield Violation(resultaat, "Er is een vervolgactie nodig, maar er staat niet bij wie die doet.")


def breek(root: etree._Element) -> None:
    """Something must be done, and no organisation is there to do it."""
    need(root, _RESULTAAT).text = VERVOLGACTIE
    for one in find(root, BELANGHEBBENDEN):
        if first(one, VESTIGING) is not None:
            take_away(one)
