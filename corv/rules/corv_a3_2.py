"""Elk kind in een verzoek heeft een eigen clientvolgnummer.

Aan dat nummer ziet de Raad voor de Kinderbescherming welke belanghebbende bij welk kind hoort. Twee kinderen met hetzelfde
nummer, of een kind zonder nummer, maken dat onduidelijk.

Slaagt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp><ZKN:gerelateerde><ZKN:natuurlijkPersoon><StUF:extraElementen>
        <StUF:extraElement naam="clientvolgnummer">1</StUF:extraElement>
      </StUF:extraElementen></ZKN:natuurlijkPersoon></ZKN:gerelateerde></ZKN:heeftBetrekkingOp>
      <ZKN:heeftBetrekkingOp><ZKN:gerelateerde><ZKN:natuurlijkPersoon><StUF:extraElementen>
        <StUF:extraElement naam="Clientvolgnummer">2</StUF:extraElement>
      </StUF:extraElementen></ZKN:natuurlijkPersoon></ZKN:gerelateerde></ZKN:heeftBetrekkingOp>
    </JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp><ZKN:gerelateerde><ZKN:natuurlijkPersoon><StUF:extraElementen>
        <StUF:extraElement naam="clientvolgnummer">1</StUF:extraElement>
      </StUF:extraElementen></ZKN:natuurlijkPersoon></ZKN:gerelateerde></ZKN:heeftBetrekkingOp>
      <ZKN:heeftBetrekkingOp><ZKN:gerelateerde><ZKN:natuurlijkPersoon><StUF:extraElementen>
        <StUF:extraElement naam="clientvolgnummer">1</StUF:extraElement>
      </StUF:extraElementen></ZKN:natuurlijkPersoon></ZKN:gerelateerde></ZKN:heeftBetrekkingOp>
    </JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp><ZKN:gerelateerde><ZKN:natuurlijkPersoon/></ZKN:gerelateerde></ZKN:heeftBetrekkingOp>
    </JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, extra, extras
from corv.rules.breken import need, take_extras
from corv.rules.rule import Context, Violation
from corv.rules.zaak import KINDEREN, VOLGNUMMER, born_child

ID = "CORV-A3.2"
BRON = "corv.md 4.1 rij 1 en 4.7: forum, 'testregel CORV-A3.2 incorrect'"
RIJEN = (1,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Geef elk kind een eigen clientvolgnummer."
LET_OP = "Ga na welke belanghebbende bij welk kind hoort."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    seen = set[str]()
    for kind in bericht.find(KINDEREN):
        number = extra(kind, VOLGNUMMER)
        at = next(iter(extras(kind, VOLGNUMMER)), kind)
        if not number:
            yield Violation(at, "Dit kind heeft geen clientvolgnummer.")
        elif number in seen:
            yield Violation(at, "Dit kind heeft hetzelfde clientvolgnummer als een eerder kind.")
        seen.add(number)


def breek(root: etree._Element) -> None:
    """The first born child loses its number."""
    take_extras(need(born_child(root), "ZKN:gerelateerde/ZKN:natuurlijkPersoon"), VOLGNUMMER)
