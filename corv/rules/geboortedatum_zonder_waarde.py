"""Een geboortedatum in een verzoek is altijd een datum, ook als die niet helemaal bekend is.

De systemen van de Raad voor de Kinderbescherming nemen een geboortedatum zonder waarde niet aan. Wat onbekend is, staat in
indOnvolledigeDatum: D (de dag), M (de maand en de dag) of J (alles). In de datum staat dan op die plek iets willekeurigs.

Slaagt:

    <BG:geboortedatum StUF:indOnvolledigeDatum="J">20151026</BG:geboortedatum>

Faalt:

    <BG:geboortedatum xsi:nil="true" StUF:noValue="waardeOnbekend"/>
"""

from collections.abc import Iterator

from lxml import etree

from corv.elements import why_no_value
from corv.niveaus import STRENG
from corv.rules.bericht import Bericht
from corv.rules.breken import need
from corv.rules.rule import Context, Violation
from corv.stuf import NIL, NO_VALUE

ID = "geboortedatum-zonder-waarde"
BRON = "corv.md 4.1 rij 4: forum, 'vraag over CORV 1.0.1 scenario 1 stap 3 2e VTO' en 'testscenario SCN1'"
RIJEN = (4,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = (
    "Vul een datum in, en zet in indOnvolledigeDatum wat daarvan onbekend is: D (de dag), M (de maand en de dag) of J (alles). "
    "Bij een ongeboren kind en bij een belanghebbende mag u de geboortedatum ook weglaten."
)
LET_OP = "De geboortedatum is dus onbekend: zoek hem op een andere manier op."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for element in bericht.every("BG:geboortedatum"):
        if why_no_value(element) is not None:
            yield Violation(element, "Bij deze geboortedatum staat geen datum, maar dat er geen waarde is.")


def breek(root: etree._Element) -> None:
    """The first birth date is unknown."""
    element = need(root, ".//BG:geboortedatum")
    element.attrib.clear()
    element.attrib.update({NIL: "true", NO_VALUE: "waardeOnbekend"})
    element.text = None
