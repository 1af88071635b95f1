"""Een terugkoppeling op een zorgmelding noemt het aanspreekpunt bij de melder, met naam en medewerkersidentificatie.

Zo komt zij bij de medewerker die de melding deed. Beide worden overgenomen uit de melding; of dat goed is gegaan, is aan de
terugkoppeling alleen niet te zien. Het nummer mag bij de initiator staan of bij het aanspreekpunt. Omdat het al in de melding
kan ontbreken, weigert de regel niets: ook dan moet de melder horen wat ervan werd.

Slaagt:

    <JZ:object><ZKN:heeftAlsInitiator><ZKN:heeftAlsAanspreekpunt><ZKN:gerelateerde>
      <ZKN:naam>V. Voorbeeldsma</ZKN:naam>
      <StUF:extraElementen><StUF:extraElement naam="medewerkersidentificatie">VB00000</StUF:extraElement></StUF:extraElementen>
    </ZKN:gerelateerde></ZKN:heeftAlsAanspreekpunt></ZKN:heeftAlsInitiator></JZ:object>

Slaagt:

    <JZ:object><ZKN:heeftAlsInitiator>
      <StUF:extraElementen><StUF:extraElement naam="medewerkersIdentificatie">VB00000</StUF:extraElement></StUF:extraElementen>
      <ZKN:heeftAlsAanspreekpunt><ZKN:gerelateerde>
        <ZKN:naam>V. Voorbeeldsma</ZKN:naam>
      </ZKN:gerelateerde></ZKN:heeftAlsAanspreekpunt>
    </ZKN:heeftAlsInitiator></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftAlsInitiator><ZKN:heeftAlsAanspreekpunt><ZKN:gerelateerde>
      <ZKN:naam>V. Voorbeeldsma</ZKN:naam>
    </ZKN:gerelateerde></ZKN:heeftAlsAanspreekpunt></ZKN:heeftAlsInitiator></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftAlsInitiator><ZKN:heeftAlsAanspreekpunt><ZKN:gerelateerde>
      <ZKN:naam/>
      <StUF:extraElementen><StUF:extraElement naam="medewerkersidentificatie">VB00000</StUF:extraElement></StUF:extraElementen>
    </ZKN:gerelateerde></ZKN:heeftAlsAanspreekpunt></ZKN:heeftAlsInitiator></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftAlsInitiator/></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import MILD
from corv.rules.bericht import Bericht, extra, extras, text
from corv.rules.breken import need, take_extras
from corv.rules.rule import Context, Violation
from corv.rules.zorg import MEDEWERKER

ID = "contactpersoon-melding"
BRON = "corv.md 4.4 rij 62 en 4.7: forum, 'verplichtheid entiteittype op nillable element niet logisch'"
RIJEN = (62,)
APPLIES_TO = frozenset({"zorgmeldingTerugkoppelingDi01"})
NIVEAU = MILD
HERSTEL = "Neem de naam en de medewerkersidentificatie over uit de zorgmelding; vraag de melder wat daarin ontbreekt."
LET_OP = "Zoek met het kenmerk de zorgmelding op om te weten voor welke medewerker dit is."

_INITIATOR = "JZ:object/ZKN:heeftAlsInitiator"
_PUNT = f"{_INITIATOR}/ZKN:heeftAlsAanspreekpunt"
_CONTACT = f"{_PUNT}/ZKN:gerelateerde"
_NAAM = f"{_CONTACT}/ZKN:naam"


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    naam, contact, initiator = (bericht.first(path) for path in (_NAAM, _CONTACT, _INITIATOR))
    if not text(naam):
        places = (bericht.first(path) for path in (_NAAM, _CONTACT, _PUNT, _INITIATOR))
        at = next((place for place in places if place is not None), bericht.root)
        yield Violation(at, "De naam van het aanspreekpunt bij de melder ontbreekt.")
    if contact is not None and not extra(contact, MEDEWERKER) and not extra(initiator, MEDEWERKER):
        at = next(iter((*extras(contact, MEDEWERKER), *extras(initiator, MEDEWERKER))), contact)
        yield Violation(at, "De medewerkersidentificatie van het aanspreekpunt bij de melder ontbreekt.")


def breek(root: etree._Element) -> None:
    """The number of the employee is gone."""
    for path in (_INITIATOR, _CONTACT):
        take_extras(need(root, path), MEDEWERKER)
