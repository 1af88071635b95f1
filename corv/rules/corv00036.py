"""Het signaalType is een van de waarden die voor dit bericht zijn afgesproken.

In een zorgmelding is dat "Jeugdzorgmelding"; in een notificatie jeugdreclassering "Notificatie jeugdreclassering" of
"Notificatie vrijwillige jeugdreclassering". Aan het signaalType is te zien waar het bericht over gaat en wie het moet oppakken.

Slaagt (zorgmeldingDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="signaalType">Jeugdzorgmelding</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Slaagt (notificatiejrDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="signaaltype">Notificatie vrijwillige jeugdreclassering</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Faalt (zorgmeldingDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="signaalType">Notificatie jeugdreclassering</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Faalt (notificatiejrDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="instantie">voorbeeld</StUF:extraElement>
    </StUF:extraElementen></JZ:object>
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, extras, text
from corv.rules.breken import need
from corv.rules.rule import Context, Violation

ID = "CORV00036"
BRON = (
    "corv.md 4.3 rij 51 en 1: forum, 'inconsistentie specs signaaltype'; wat bij welk bericht hoort volgt uit 1. Dat het er moet "
    "zijn, staat niet in de bron: corv vat die zo op"
)
RIJEN = (51,)
NIVEAU = STRENG
HERSTEL = "Vul het signaalType in dat bij dit bericht hoort, precies zoals het is afgesproken."
LET_OP = "Lees in de rest van het bericht waar het over gaat."

_SIGNAALTYPE = "signaalType"
_AFGESPROKEN: Mapping[str, frozenset[str]] = {
    "zorgmeldingDi01": frozenset({"Jeugdzorgmelding"}),
    "notificatiejrDi01": frozenset({"Notificatie jeugdreclassering", "Notificatie vrijwillige jeugdreclassering"}),
}
"""By message: since 1.0.0 jeugdreclassering has its own."""

APPLIES_TO = frozenset(_AFGESPROKEN)


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for zaak in bericht.find("JZ:object"):
        found = extras(zaak, _SIGNAALTYPE)
        if not found:
            yield Violation(zaak, "Het signaalType ontbreekt.")
        for one in found:
            if text(one) not in _AFGESPROKEN[bericht.naam]:
                yield Violation(one, "Dit signaalType is leeg, bestaat niet, of hoort bij een ander bericht.")


def breek(root: etree._Element) -> None:
    """A signaalType that does not exist."""
    extras(need(root, "JZ:object"), _SIGNAALTYPE)[0].text = "Voorbeeldsignaal"
