"""Elk kind in een verzoek heeft een eigen clientvolgnummer.

Aan dat nummer ziet de Raad voor de Kinderbescherming welke belanghebbende bij welk kind hoort. Twee kinderen met hetzelfde
nummer, of een kind zonder nummer, maken dat onduidelijk. Het nummer staat in de extraElementen van het kind zelf.

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
from corv.rules.bericht import Bericht, extra_place, nearest
from corv.rules.breken import need, take_extras
from corv.rules.gezin import children_in
from corv.rules.rule import Context, Violation
from corv.rules.zaak import BETREKKINGEN, PERSOON, VOLGNUMMER, born_child

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
    for betrekking in bericht.find(BETREKKINGEN):
        children = list(children_in(betrekking))
        if not children:
            yield Violation(nearest(betrekking, PERSOON), "Hier staat geen kind, en dus ook geen clientvolgnummer.")
        for kind in children:
            at = extra_place(kind.persoon, VOLGNUMMER)
            if not kind.nummer:
                yield Violation(at, "Dit kind heeft geen clientvolgnummer.")
            elif kind.nummer in seen:
                yield Violation(at, "Dit kind heeft hetzelfde clientvolgnummer als een eerder kind.")
            seen.add(kind.nummer)


def breek(root: etree._Element) -> None:
    """The first born child loses its number."""
    take_extras(need(born_child(root), PERSOON), VOLGNUMMER)
