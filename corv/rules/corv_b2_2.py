"""Van een geboren kind in een notificatie staat er een BSN of een andere identificatie.

Zonder een van beide is niet zeker over welk kind de Raad voor de Kinderbescherming schrijft, en is de notificatie niet bij het
goede dossier te leggen. Een andere identificatie is een RNI-nummer, een vreemdelingennummer of een beschrijving. Een ongeboren
kind heeft nog geen van alle.

Slaagt:

    <JZ:object><ZKN:heeftBetrekkingOp>
      <ZKN:gerelateerde><ZKN:natuurlijkPersoon><BG:inp.bsn>999990019</BG:inp.bsn></ZKN:natuurlijkPersoon></ZKN:gerelateerde>
      <ZKN:omschrijving>Client (kind)</ZKN:omschrijving>
    </ZKN:heeftBetrekkingOp></JZ:object>

Slaagt:

    <JZ:object><ZKN:heeftBetrekkingOp>
      <ZKN:gerelateerde><ZKN:natuurlijkPersoon><StUF:extraElementen>
        <StUF:extraElement naam="RNI-nummer">9900123456</StUF:extraElement>
      </StUF:extraElementen></ZKN:natuurlijkPersoon></ZKN:gerelateerde>
      <ZKN:omschrijving>Client (kind)</ZKN:omschrijving>
    </ZKN:heeftBetrekkingOp></JZ:object>

Slaagt:

    <JZ:object><ZKN:heeftBetrekkingOp>
      <ZKN:gerelateerde><ZKN:natuurlijkPersoon/></ZKN:gerelateerde>
      <ZKN:omschrijving>Client (ongeboren kind)</ZKN:omschrijving>
    </ZKN:heeftBetrekkingOp></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftBetrekkingOp>
      <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
        <BG:inp.bsn xsi:nil="true" StUF:noValue="waardeOnbekend"/>
      </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
      <ZKN:omschrijving>Client (kind)</ZKN:omschrijving>
    </ZKN:heeftBetrekkingOp></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, find, text
from corv.rules.breken import need
from corv.rules.rule import Context, Violation
from corv.rules.zaak import BETREKKINGEN, PERSOON, born_child, is_identified, lose_identity
from corv.werkgebied.roles import ONGEBOREN

ID = "CORV-B2.2"
BRON = "corv.md 4.2 rij 37 en 4.1 rij 2, ook CORV00024: forum, 'betrokkene bevat geen identificerend gegeven'"
RIJEN = (37,)
APPLIES_TO = frozenset({"notificatieDi01"})
NIVEAU = STRENG
HERSTEL = "Vul het BSN in, of het RNI-nummer, het vreemdelingennummer of een beschrijvendeIdentificatie."
LET_OP = "Zoek in het verzoek waarop de notificatie volgt om welk kind het gaat, of vraag het de Raad voor de Kinderbescherming."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. A born child of whom nothing is said at all is told at its heeftBetrekkingOp."""
    del context
    for one in bericht.find(BETREKKINGEN):
        if text(one, "ZKN:omschrijving") == ONGEBOREN:
            continue
        for persoon in find(one, PERSOON) or [one]:
            if not is_identified(persoon):
                yield Violation(persoon, "Van dit kind staat er geen BSN en ook geen andere identificatie.")


def breek(root: etree._Element) -> None:
    """The born child loses all that tells who it is."""
    lose_identity(need(born_child(root), PERSOON))
