"""Elke datum en elk tijdstip bestaat.

Het schema telt alleen de cijfers. Een datum die niet volledig bekend is, zegt dat met indOnvolledigeDatum: D als de dag
onbekend is, M als ook de maand dat is, J als er niets bekend is. Alleen wat bekend is, moet bestaan. Van een tijdstip
moet ook de tijd bestaan, voor zover die er staat.

Slaagt (vtMeldingDi01):

    <BG:geboortedatum>20240229</BG:geboortedatum>
    <BG:geboortedatum StUF:indOnvolledigeDatum="D">20190200</BG:geboortedatum>
    <BG:geboortedatum StUF:indOnvolledigeDatum="M">19870000</BG:geboortedatum>
    <BG:geboortedatum StUF:indOnvolledigeDatum="J">00000000</BG:geboortedatum>

Slaagt (notificatieDi01):

    <ZKN:datumStatusGezet>20261123</ZKN:datumStatusGezet>
    <ZKN:datumStatusGezet>202611232359</ZKN:datumStatusGezet>

Faalt (vtMeldingDi01):

    <BG:geboortedatum>20190231</BG:geboortedatum>

Faalt (vtMeldingDi01):

    <BG:geboortedatum>19870000</BG:geboortedatum>

Faalt (vtMeldingDi01):

    <BG:geboortedatum StUF:indOnvolledigeDatum="D">20191300</BG:geboortedatum>

Faalt (notificatieDi01):

    <ZKN:datumStatusGezet>202611232460</ZKN:datumStatusGezet>
"""

from collections.abc import Iterator

from lxml import etree

from corv.elements import days_of, is_possible_date, is_possible_moment
from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, clark
from corv.rules.breken import need
from corv.rules.rule import Context, Violation
from corv.stuf import JZ_FUNCTIES

ID = "datum-onmogelijk"
BRON = "corv.md 4.6 en 4.1 rij 4: het schema ziet een onmogelijke datum niet; de standaard StUF over indOnvolledigeDatum"
RIJEN = (4,)
APPLIES_TO = JZ_FUNCTIES
NIVEAU = STRENG
HERSTEL = "Schrijf een bestaande dag als JJJJMMDD, en een tijd als uummss erachter."
LET_OP = "Ga hier niet van uit: vraag zo nodig de afzender wat er had moeten staan."

DATES = (
    "BG:begindatumVerblijf",
    "BG:datum",
    "BG:geboortedatum",
    "JZ:datumGeinformeerd",
    "JZ:datumIncident",
    "JZ:datumMelding",
    "ZKN:creatiedatum",
    "ZKN:datumBeslissing",
    "ZKN:einddatumWerking",
    "ZKN:ingangsdatumWerking",
    "ZKN:registratiedatum",
    "ZKN:startdatum",
)
"""Every element that the schemas call a date."""

MOMENTS = (
    "JZ:datumTijd",
    "JZ:datumTijdMelding",
    "JZ:datumtijdBegin",
    "JZ:datumtijdEinde",
    "StUF:tijdstipBericht",
    "ZKN:datumStatusGezet",
)
"""Every element that the schemas call a moment."""


_DATE = "Deze datum bestaat niet; is een deel ervan onbekend, dan hoort dat erbij te staan met indOnvolledigeDatum."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for element in bericht.every(*DATES):
        if not is_possible_date(element):
            yield Violation(element, _DATE)
    for element in bericht.every(*MOMENTS):
        if not is_possible_moment(element):
            yield Violation(element, "Dit tijdstip bestaat niet.")


def breek(root: etree._Element) -> None:
    """The first complete birth date, else the moment of the message, is moved to 31 February."""
    births = (one for one in root.iter(clark("BG:geboortedatum")) if (days := days_of(one)) and days[0] == days[1])
    element = next(births, None)
    if element is None:
        element = need(root, "JZ:stuurgegevens/StUF:tijdstipBericht")
    element.text = f"{(element.text or '')[:4]}0231{(element.text or '')[8:]}"
