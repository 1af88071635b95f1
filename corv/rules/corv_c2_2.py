"""Bij een soort toezicht staat wanneer het toezicht begint.

Zonder begindatum is niet bekend of de jeugdige nu al onder toezicht staat.

Slaagt:

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="toezichtSoort">voorwaardelijke veroordeling</StUF:extraElement>
      <StUF:extraElement naam="toezichtBegindatum">20260105</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Faalt:

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="toezichtSoort">voorwaardelijke veroordeling</StUF:extraElement>
      <StUF:extraElement naam="toezichtBegindatum"/>
    </StUF:extraElementen></JZ:object>

Faalt (zorgmeldingDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="toezichtSoort">voorwaardelijke veroordeling</StUF:extraElement>
    </StUF:extraElementen></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, extra, extras
from corv.rules.breken import need, put_extra, take_extras
from corv.rules.rule import Context, Violation
from corv.rules.zaak import TOEZICHT_BEGIN, TOEZICHT_SOORT

ID = "CORV-C2.2"
BRON = "corv.md 4.3 rij 48 en 4.7: forum, 'testregel CORV-C2.2'"
RIJEN = (48,)
APPLIES_TO = frozenset({"notificatiejrDi01", "zorgmeldingDi01"})
NIVEAU = STRENG
HERSTEL = "Vul toezichtBegindatum in."
LET_OP = "Vraag de afzender wanneer het toezicht begint of begon."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for zaak in bericht.find("JZ:object"):
        if extra(zaak, TOEZICHT_SOORT) and not extra(zaak, TOEZICHT_BEGIN):
            at = next(iter(extras(zaak, TOEZICHT_BEGIN) or extras(zaak, TOEZICHT_SOORT)))
            yield Violation(at, "Er is een soort toezicht genoemd, maar niet wanneer het begint.")


def breek(root: etree._Element) -> None:
    """The toezicht loses the day on which it begins; a message without any gets one."""
    zaak = need(root, "JZ:object")
    take_extras(zaak, TOEZICHT_BEGIN)
    if not extra(zaak, TOEZICHT_SOORT):
        put_extra(zaak, TOEZICHT_SOORT, "voorwaardelijke veroordeling")
