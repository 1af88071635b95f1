"""Van de moeder van een ongeboren kind staat een telefoonnummer in het verzoek.

De Raad voor de Kinderbescherming kan een ongeboren kind alleen via de moeder bereiken. Wie de moeder is, staat in CORV-A5.5.

Slaagt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon><StUF:extraElementen>
          <StUF:extraElement naam="clientvolgnummer">1</StUF:extraElement>
        </StUF:extraElementen></ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>Client (ongeboren kind)</ZKN:omschrijving>
      </ZKN:heeftBetrekkingOp>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <BG:geslachtsaanduiding>V</BG:geslachtsaanduiding>
          <BG:sub.telefoonnummer>0612345678</BG:sub.telefoonnummer>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>ouder, gezag niet benoemd</ZKN:omschrijving>
        <StUF:extraElementen><StUF:extraElement naam="clientvolgnummer">1</StUF:extraElement></StUF:extraElementen>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon><StUF:extraElementen>
          <StUF:extraElement naam="clientvolgnummer">1</StUF:extraElement>
        </StUF:extraElementen></ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>Client (ongeboren kind)</ZKN:omschrijving>
      </ZKN:heeftBetrekkingOp>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <BG:geslachtsaanduiding>V</BG:geslachtsaanduiding>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>ouder, gezag niet benoemd</ZKN:omschrijving>
        <StUF:extraElementen><StUF:extraElement naam="clientvolgnummer">1</StUF:extraElement></StUF:extraElementen>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, place, text
from corv.rules.breken import need, take_away
from corv.rules.gezin import mother_to_break, mothers_of
from corv.rules.rule import Context, Violation
from corv.rules.zaak import PERSOON

ID = "CORV-A6.2"
BRON = (
    "corv.md 4.1 rij 12 (ook CORV000002): forum, 'telefoonnummer ontbreekt vtoDi01tg3.xml' en "
    "'VTO met een geboren en ongeboren kind'"
)
RIJEN = (12,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Vul bij haar sub.telefoonnummer in."
LET_OP = "Zoek haar telefoonnummer op een andere manier op."

_TELEFOON = "BG:sub.telefoonnummer"


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for mother in mothers_of(bericht):
        persoon = place(mother, PERSOON)
        if not text(persoon, _TELEFOON):
            yield Violation(place(persoon, _TELEFOON), "Van de moeder van het ongeboren kind ontbreekt het telefoonnummer.")


def breek(root: etree._Element) -> None:
    """The mother loses her number."""
    take_away(need(mother_to_break(root), _TELEFOON))
