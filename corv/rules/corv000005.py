"""Bij een belanghebbende die niet is geïnformeerd, staat in het verzoek waarom niet.

Zonder die reden weet de Raad voor de Kinderbescherming niet of het kwaad kan om zelf contact op te nemen.

Slaagt:

    <JZ:object><ZKN:heeftAlsBelanghebbende><StUF:extraElementen>
      <StUF:extraElement naam="indicatieGeinformeerd">false</StUF:extraElement>
      <StUF:extraElement naam="redenGeenInformering">was niet bereikbaar</StUF:extraElement>
    </StUF:extraElementen></ZKN:heeftAlsBelanghebbende></JZ:object>

Slaagt:

    <JZ:object><ZKN:heeftAlsBelanghebbende><StUF:extraElementen>
      <StUF:extraElement naam="indicatieGeinformeerd">true</StUF:extraElement>
    </StUF:extraElementen></ZKN:heeftAlsBelanghebbende></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftAlsBelanghebbende><StUF:extraElementen>
      <StUF:extraElement naam="indicatieGeinformeerd">false</StUF:extraElement>
    </StUF:extraElementen></ZKN:heeftAlsBelanghebbende></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, extra, extra_place, extras
from corv.rules.breken import need, take_extras
from corv.rules.gezin import GEINFORMEERD
from corv.rules.rule import Context, Violation
from corv.rules.zaak import BELANGHEBBENDEN

ID = "CORV000005"
BRON = "corv.md 4.1 rij 27: forum, 'testset met ongeldige testbestanden'"
RIJEN = (27,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Vul bij deze belanghebbende het extraElement redenGeenInformering in."
LET_OP = "Ga dit na voordat u contact opneemt."

_REDEN = "redenGeenInformering"


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for one in bericht.find(BELANGHEBBENDEN):
        if extra(one, GEINFORMEERD) == "false" and not extra(one, _REDEN):
            yield Violation(extra_place(one, _REDEN), "Deze belanghebbende is niet geïnformeerd; waarom niet, staat er niet bij.")


def breek(root: etree._Element) -> None:
    """The first belanghebbende was not informed, for no reason."""
    belanghebbende = need(root, BELANGHEBBENDEN)
    for one in extras(belanghebbende, GEINFORMEERD):
        one.text = "false"
    take_extras(belanghebbende, _REDEN)
