"""Van elk geboren kind in een verzoek staat een nummer of beschrijving in het bericht waaraan het te herkennen is.

Dat is het BSN, of anders het RNI-nummer, het vreemdelingennummer of een beschrijvendeIdentificatie; een anp.identificatie
telt niet mee. Aan een naam alleen kan de Raad voor de Kinderbescherming niet zien om welk kind het gaat. Van een ongeboren
kind bestaat zoiets nog niet, dus daar hoeft het niet.

Slaagt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <BG:inp.bsn>999990019</BG:inp.bsn>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>Client (kind)</ZKN:omschrijving>
      </ZKN:heeftBetrekkingOp>
      <ZKN:heeftBetrekkingOp>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <StUF:extraElementen><StUF:extraElement naam="RNI-nummer">9900123456</StUF:extraElement></StUF:extraElementen>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>Client (kind)</ZKN:omschrijving>
      </ZKN:heeftBetrekkingOp>
      <ZKN:heeftBetrekkingOp>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <BG:geslachtsnaam>Voorbeeld</BG:geslachtsnaam>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>Client (ongeboren kind)</ZKN:omschrijving>
      </ZKN:heeftBetrekkingOp>
    </JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <BG:inp.bsn xsi:nil="true" StUF:noValue="waardeOnbekend"/>
          <BG:geslachtsnaam>Voorbeeld</BG:geslachtsnaam>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>Client (kind)</ZKN:omschrijving>
      </ZKN:heeftBetrekkingOp>
    </JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht
from corv.rules.breken import need
from corv.rules.gezin import children_of
from corv.rules.rule import Context, Violation
from corv.rules.zaak import PERSOON, born_child, is_identified, lose_identity

ID = "CORV-A3.3"
BRON = (
    "corv.md 4.1 rij 2 en 6 (ook CORV00012): forum, 'testregel mbt ongeboren kind en identificerende gegevens' en "
    "'vragen over CORV-koppelvlak versie 1.0.2'"
)
RIJEN = (2,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Vul inp.bsn in, of het extraElement RNI-nummer, vreemdelingennummer of beschrijvendeIdentificatie."
LET_OP = "Stel op een andere manier vast om welk kind het gaat."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for kind in children_of(bericht):
        if not kind.is_unborn and not is_identified(kind.persoon):
            yield Violation(kind.persoon, "Van dit kind staat nergens een BSN, een ander nummer of een beschrijving.")


def breek(root: etree._Element) -> None:
    """The first born child loses all that identifies it."""
    lose_identity(need(born_child(root), PERSOON))
