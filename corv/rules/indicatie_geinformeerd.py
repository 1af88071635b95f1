"""Bij elke belanghebbende in een verzoek staat of hij is geïnformeerd.

De Raad voor de Kinderbescherming moet weten of iemand van het verzoek weet, voordat hij contact opneemt.

Slaagt:

    <JZ:object><ZKN:heeftAlsBelanghebbende>
      <ZKN:omschrijving>voogd</ZKN:omschrijving>
      <StUF:extraElementen><StUF:extraElement naam="indicatieGeinformeerd">true</StUF:extraElement></StUF:extraElementen>
    </ZKN:heeftAlsBelanghebbende></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftAlsBelanghebbende>
      <ZKN:omschrijving>voogd</ZKN:omschrijving>
      <StUF:extraElementen><StUF:extraElement naam="indicatieGeinformeerd"/></StUF:extraElementen>
    </ZKN:heeftAlsBelanghebbende></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, extra, extra_place
from corv.rules.breken import need, take_extras
from corv.rules.gezin import GEINFORMEERD
from corv.rules.rule import Context, Violation
from corv.rules.zaak import BELANGHEBBENDEN

ID = "indicatie-geinformeerd"
BRON = "corv.md 4.1 rij 26: forum, '0.9.4 indicatieGeinformeerd'"
RIJEN = (26,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Vul bij deze belanghebbende het extraElement indicatieGeinformeerd in: true of false."
LET_OP = "Ga dit na voordat u contact opneemt."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. A heeftAlsBelanghebbende that is nil names nobody."""
    del context
    for one in bericht.find(BELANGHEBBENDEN):
        if len(one) and not extra(one, GEINFORMEERD):
            yield Violation(extra_place(one, GEINFORMEERD), "Er staat niet bij of deze belanghebbende is geïnformeerd.")


def breek(root: etree._Element) -> None:
    """Of the first belanghebbende it is not told."""
    take_extras(need(root, BELANGHEBBENDEN), GEINFORMEERD)
