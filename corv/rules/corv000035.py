"""Van een vestiging die belanghebbende is, staat het KvK-nummer in het verzoek.

Aan het KvK-nummer ziet de Raad voor de Kinderbescherming om welke organisatie het gaat. Het staat in een extraElement van de
vestiging zelf; het vestigingsnummer mag ontbreken.

Slaagt:

    <JZ:object><ZKN:heeftAlsBelanghebbende><ZKN:gerelateerde><ZKN:vestiging>
      <StUF:extraElementen><StUF:extraElement naam="kvkNummer">00001234</StUF:extraElement></StUF:extraElementen>
    </ZKN:vestiging></ZKN:gerelateerde></ZKN:heeftAlsBelanghebbende></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftAlsBelanghebbende><ZKN:gerelateerde><ZKN:vestiging>
      <BG:vestigingsNummer>999900001234</BG:vestigingsNummer>
    </ZKN:vestiging></ZKN:gerelateerde></ZKN:heeftAlsBelanghebbende></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, extra, extra_place
from corv.rules.breken import need, take_extras
from corv.rules.rule import Context, Violation
from corv.rules.zaak import BELANGHEBBENDEN, KVK, VESTIGING

ID = "CORV000035"
BRON = "corv.md 4.1 rij 14: forum, 'KvK-nr van vestiging' en 'testset met ongeldige testbestanden'"
RIJEN = (14,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Vul onder vestiging het extraElement kvkNummer in."
LET_OP = "Zoek op naam of vestigingsnummer op om welke organisatie het gaat."

_VESTIGINGEN = f"{BELANGHEBBENDEN}/{VESTIGING}"


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for vestiging in bericht.find(_VESTIGINGEN):
        if not extra(vestiging, KVK):
            yield Violation(extra_place(vestiging, KVK), "Van deze organisatie ontbreekt het KvK-nummer.")


def breek(root: etree._Element) -> None:
    """The first organisation loses its number."""
    take_extras(need(root, _VESTIGINGEN), KVK)
