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

from corv.elements import days_of
from corv.errors import NoPlaceError
from corv.lijsten import IDINST, Codestand, Lijsten
from corv.niveaus import MILD
from corv.rules.bericht import Bericht, extras, find, first, text
from corv.rules.rule import Context, Violation

ID = "instantie-onbekend"
BRON = "corv.md 4.2 rij 42 en 8: forum, 'foutieve notatie uitvoerendeInstantie'; referentielijst INS (TINSTANT)"
RIJEN = (42,)
APPLIES_TO = frozenset({"notificatieDi01"})
NIVEAU = MILD
HERSTEL = "Gebruik een code uit de lijst van instanties die op de dag van de beslissing gold."
LET_OP = "Vraag de Raad welke instantie het is, als dat ertoe doet; kijk met corv lijsten of u de nieuwste lijst hebt."

_BESLISSINGEN = "JZ:object/ZKN:leidtTot/ZKN:gerelateerde"
_WIE = {"beslissendeInstantie": "beslissende", "uitvoerendeInstantie": "uitvoerende"}
_WAT = {
    Codestand.ONBEKEND: "De code van de {} instantie staat niet in de lijst van instanties.",
    Codestand.GEEN_LIJST: "Wat er als {} instantie staat, heeft niet de vorm van een code.",
    Codestand.BEEINDIGD: "De {} instantie bestond op de dag van de beslissing niet meer, volgens de lijst van instanties.",
    Codestand.NOG_NIET: "De {} instantie bestond op de dag van de beslissing nog niet, volgens de lijst van instanties.",
}


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    for beslissing in bericht.find(_BESLISSINGEN):
        datum = first(beslissing, "ZKN:datumBeslissing")
        days = (days_of(datum) if datum is not None else None) or (context.op, context.op)
        for naam, wie in _WIE.items():
            for element in extras(beslissing, naam):
                stand = _stand(text(element), days, context.lijsten)
                if stand is not Codestand.GELDIG:
                    yield Violation(element, _WAT[stand].format(wie))


def breek(root: etree._Element) -> None:
    """The instance that decided is told in words."""
    for beslissing in find(root, _BESLISSINGEN):
        for element in extras(beslissing, "beslissendeInstantie"):
            element.text = "Rechtbank"
            return
    raise NoPlaceError("In dit bericht staat geen besluit met een instantie, dus kan deze fout er niet in.")


def _stand(code: str, days: tuple[date, date], lijsten: Lijsten) -> Codestand:
    """What the list says of a code on the first and last day that the decision may be of; one on which it holds will do.

    That there is no code is no fault of this rule. Without a list every code of the right form will do.
    """
    standen = [lijsten.instantie(code, day) for day in days]
    has_form = standen[0] is Codestand.GEEN_LIJST and IDINST.fullmatch(code)
    return Codestand.GELDIG if not code or has_form or Codestand.GELDIG in standen else standen[0]
