"""De bijlagen bij een verzoek zijn samen hoogstens 21 MB.

Dat is de grootte van de bestanden zelf; in het bericht nemen zij een derde meer in. Boven die grens komt het verzoek niet bij
de Raad voor de Kinderbescherming aan. De bron zegt niet of een MB 1.000.000 of 1.048.576 bytes is. Corv neemt het laatste, want
zo wordt geen verzoek tegengehouden dat nog mag. In de voorbeelden staat `{21 MB}` voor een bijlage van die grootte.

Slaagt:

    <JZ:object><ZKN:heeftRelevant><ZKN:gerelateerde>
      <ZKN:inhoud>{21 MB}</ZKN:inhoud>
    </ZKN:gerelateerde></ZKN:heeftRelevant></JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftRelevant><ZKN:gerelateerde><ZKN:inhoud>{10 MB}</ZKN:inhoud></ZKN:gerelateerde></ZKN:heeftRelevant>
      <ZKN:heeftRelevant><ZKN:gerelateerde><ZKN:inhoud>{12 MB}</ZKN:inhoud></ZKN:gerelateerde></ZKN:heeftRelevant>
    </JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht
from corv.rules.breken import need
from corv.rules.documenten import INHOUD, MB, base64_of, size_of
from corv.rules.rule import Context, Violation

ID = "CORV-A9.2"
BRON = "corv.md 4.1 rij 17: 21 MB sinds koppelvlak 1.0.2; forum, 'omvang bijlagen vto bericht'"
RIJEN = (17,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Maak de bijlagen kleiner, of spreek met de ontvanger af hoe u een deel ervan anders stuurt."
LET_OP = "Ga na of alle bijlagen heel zijn overgekomen."

_MOST = 21 * MB


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. The place is that of the largest file."""
    del context
    sizes = [(size_of(element), element) for element in bericht.every(INHOUD)]
    if sum(size for size, _ in sizes) > _MOST:
        largest = max(sizes, key=lambda pair: pair[0])[1]
        yield Violation(largest, "De bijlagen zijn samen groter dan 21 MB; deze is de grootste.")


def breek(root: etree._Element) -> None:
    """The first file alone is too large."""
    need(root, f".//{INHOUD}").text = base64_of(_MOST + 1)
