"""Zonder soort toezicht staat er ook geen begin- of einddatum van het toezicht.

Een datum zonder soort laat open of er toezicht is, en welk.

Slaagt:

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="signaalType">Notificatie jeugdreclassering</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Faalt:

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="toezichtSoort"/>
      <StUF:extraElement naam="toezichtBegindatum">20260105</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Faalt (zorgmeldingDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="toezichtEinddatum">20270105</StUF:extraElement>
    </StUF:extraElementen></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, extra, extras, text
from corv.rules.breken import need, put_extra, take_extras
from corv.rules.rule import Context, Violation
from corv.rules.zaak import TOEZICHT_BEGIN, TOEZICHT_EINDE, TOEZICHT_SOORT

ID = "CORV-C2.4"
BRON = "corv.md 4.3 rij 49 en 4.7, ook CORV00046: forum, 'testregel CORV-C2.2'"
RIJEN = (49,)
APPLIES_TO = frozenset({"notificatiejrDi01", "zorgmeldingDi01"})
NIVEAU = STRENG
HERSTEL = "Vul toezichtSoort in, of laat de datums van het toezicht weg."
LET_OP = "Vraag de afzender of er toezicht is, en welk."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. However many dates there are, it is one toezicht."""
    del context
    for zaak in bericht.find("JZ:object"):
        if extra(zaak, TOEZICHT_SOORT):
            continue
        dates = [one for naam in (TOEZICHT_BEGIN, TOEZICHT_EINDE) for one in extras(zaak, naam) if text(one)]
        if dates:
            at = next(iter(extras(zaak, TOEZICHT_SOORT)), dates[0])
            yield Violation(at, "Er staat een datum van toezicht, maar niet welk soort toezicht het is.")


def breek(root: etree._Element) -> None:
    """A begin of toezicht, and nothing else of it."""
    zaak = need(root, "JZ:object")
    for naam in (TOEZICHT_SOORT, TOEZICHT_BEGIN, TOEZICHT_EINDE):
        take_extras(zaak, naam)
    put_extra(zaak, TOEZICHT_BEGIN, "20260105")
