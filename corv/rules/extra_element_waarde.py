"""De waarde van een extraElement heeft de vorm die bij de naam hoort.

Het schema ziet in een extraElement alleen tekst. Een aanduiding als indicatieAmbtshalve is true of false, en een datum als
datumIndiening is een dag die bestaat, geschreven als JJJJMMDD. Er mag een tijd achter staan, en wat van een datum niet
bekend is, mag er met indOnvolledigeDatum bij staan.

Slaagt (vtoDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="datumIndiening">20260228</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Faalt (vtoDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="datumIndiening">20260230</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Slaagt (notificatieDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="indicatieAmbtshalve">true</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Faalt (notificatieDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="indicatieAmbtshalve">Ja</StUF:extraElement>
    </StUF:extraElementen></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.elements import is_possible_date, is_possible_moment
from corv.errors import NoPlaceError
from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, text
from corv.rules.breken import need, put_extra
from corv.rules.extra_elementen import DATUM, PLAATSEN, TRUE_FALSE, Soort, extra_elementen
from corv.rules.rule import Context, Violation
from corv.rules.zaak import TOEZICHT_BEGIN, TOEZICHT_SOORT

ID = "extra-element-waarde"
BRON = "corv.md 4.7: de waarden true/false en de datums onder de namen die daar staan"
RIJEN = ()
APPLIES_TO = frozenset(plaats.bericht for plaats in PLAATSEN if {DATUM, TRUE_FALSE} & set(plaats.kent.values()))
NIVEAU = STRENG
HERSTEL = "Schrijf een aanduiding als true of false, en een datum als JJJJMMDD."
LET_OP = "Vraag na wat de afzender bedoelt."

_WRONG = {
    TRUE_FALSE: ("Ja", "Hier hoort true of false te staan."),
    DATUM: ("20260230", "Hier hoort een datum te staan die bestaat."),
}
"""By kind of value: one that it can't be, and what is said of such a value."""


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. An empty one is an empty element like any other."""
    del context
    for plaats, element in extra_elementen(bericht):
        soort = plaats.soort_of(element)
        if soort in _WRONG and text(element) and not _fits(element, soort):
            yield Violation(element, _WRONG[soort][1])


def breek(root: etree._Element) -> None:
    """The first that is not just any text gets a value that it can't have; in a zorgmelding a toezicht begins on such a day."""
    for plaats, element in extra_elementen(Bericht(root)):
        if (soort := plaats.soort_of(element)) in _WRONG:
            element.text = _WRONG[soort][0]
            return
    if not str(root.tag).endswith("}zorgmeldingDi01"):
        raise NoPlaceError("In dit bericht staat geen extraElement met een aanduiding of datum, dus kan deze fout er niet in.")
    zaak = need(root, "JZ:object")
    put_extra(zaak, TOEZICHT_SOORT, "voorbeeld")
    put_extra(zaak, TOEZICHT_BEGIN, _WRONG[DATUM][0])


def _fits(element: etree._Element, soort: Soort) -> bool:
    if soort is DATUM:
        return is_possible_date(element) or is_possible_moment(element)
    return text(element) in {"true", "false"}
