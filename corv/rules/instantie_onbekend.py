"""Een besluit in een notificatie noemt instanties met een code die op de dag van de beslissing geldt.

Aan de codes is te zien welke rechter besliste en wie het besluit uitvoert. Zij staan in de referentielijst van instanties (INS)
van het koppelvlak. Een code die daar niet in staat, of toen niet gold, wijst naar niemand of naar wie er niet meer is.

De lijst zelf komt niet met corv mee. Is er geen lijst ingelezen, dan wordt alleen gekeken of de code de vorm van een code heeft.

Slaagt:

    <JZ:object><ZKN:leidtTot><ZKN:gerelateerde>
      <ZKN:datumBeslissing>20260302</ZKN:datumBeslissing>
      <StUF:extraElementen>
        <StUF:extraElement naam="beslissendeInstantie">AR0050</StUF:extraElement>
        <StUF:extraElement naam="uitvoerendeInstantie">RC0110</StUF:extraElement>
      </StUF:extraElementen>
    </ZKN:gerelateerde></ZKN:leidtTot></JZ:object>

Faalt:

    <JZ:object><ZKN:leidtTot><ZKN:gerelateerde>
      <ZKN:datumBeslissing>20260302</ZKN:datumBeslissing>
      <StUF:extraElementen>
        <StUF:extraElement naam="beslissendeInstantie">Rechtbank Gelderland</StUF:extraElement>
        <StUF:extraElement naam="uitvoerendeInstantie">RC0110</StUF:extraElement>
      </StUF:extraElementen>
    </ZKN:gerelateerde></ZKN:leidtTot></JZ:object>
"""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from corv.errors import NoPlaceError
from corv.lijsten import IDINST, Codestand, Lijsten
from corv.niveaus import MILD
from corv.rules.bericht import Bericht, extras, find, text
from corv.rules.rule import Context, Violation

ID = "instantie-onbekend"
BRON = "corv.md 4.2 rij 42 en 8: forum, 'foutieve notatie uitvoerendeInstantie'; referentielijst INS (TINSTANT)"
RIJEN = (42,)
APPLIES_TO = frozenset({"notificatieDi01"})
NIVEAU = MILD
HERSTEL = "Gebruik een code uit de lijst van instanties die op de dag van de beslissing gold."
LET_OP = "Vraag de Raad welke instantie het is, als dat ertoe doet; uw lijst kan ook te oud zijn: kijk met corv lijsten."

_BESLISSINGEN = "JZ:object/ZKN:leidtTot/ZKN:gerelateerde"
_WIE = {"beslissendeInstantie": "beslissende", "uitvoerendeInstantie": "uitvoerende"}
_WAT = {
    Codestand.ONBEKEND: "De code van de {} instantie staat niet in de lijst van instanties.",
    Codestand.BEEINDIGD: "De {} instantie bestond op de dag van de beslissing niet meer, volgens de lijst van instanties.",
    Codestand.NOG_NIET: "De {} instantie bestond op de dag van de beslissing nog niet, volgens de lijst van instanties.",
}
_DAY_LENGTH = 8


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    for beslissing in bericht.find(_BESLISSINGEN):
        op = _day(text(beslissing, "ZKN:datumBeslissing")) or context.op
        for naam, wie in _WIE.items():
            for element in extras(beslissing, naam):
                stand = _stand(text(element), op, context.lijsten)
                if stand in _WAT:
                    yield Violation(element, _WAT[stand].format(wie))


def breek(root: etree._Element) -> None:
    """The instance that decided is told in words."""
    for beslissing in find(root, _BESLISSINGEN):
        for element in extras(beslissing, "beslissendeInstantie"):
            element.text = "Rechtbank"
            return
    raise NoPlaceError("In dit bericht staat geen besluit met een instantie, dus kan deze fout er niet in.")


def _stand(code: str, op: date, lijsten: Lijsten) -> Codestand:
    """What the list says of a code. That there is none is no fault of this rule; without a list its form has to do."""
    stand = lijsten.instantie(code, op) if code else Codestand.GELDIG
    return Codestand.ONBEKEND if stand is Codestand.GEEN_LIJST and not IDINST.fullmatch(code) else stand


def _day(said: str) -> date | None:
    """The day of an 8-digit date; None where it is no day of the calendar, which is for another rule to tell."""
    if len(said) != _DAY_LENGTH or not (said.isascii() and said.isdigit()):
        return None
    try:
        return date(int(said[:4]), int(said[4:6]), int(said[6:]))
    except ValueError:
        return None
