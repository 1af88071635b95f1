"""De bestandsnaam van een bijlage is een gewone naam die niet met een spatie begint.

Medewerkers van de Raad voor de Kinderbescherming zien de bijlage onder deze naam. De keten laat daarin alleen bepaalde tekens
toe. Welke dat zijn, is hier maar deels bekend: een streepje en een liggend streepje mogen, een spatie vooraan mag niet. Corv let
ook op een lege naam, een schuine streep en een stuurteken: daarmee is het geen bestandsnaam.

Slaagt:

    <JZ:object><ZKN:heeftRelevant><ZKN:gerelateerde>
      <ZKN:inhoud StUF:bestandsnaam="plan_van-aanpak 2.pdf">AAAA</ZKN:inhoud>
    </ZKN:gerelateerde></ZKN:heeftRelevant></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftRelevant><ZKN:gerelateerde>
      <ZKN:inhoud StUF:bestandsnaam=" plan.pdf">AAAA</ZKN:inhoud>
    </ZKN:gerelateerde></ZKN:heeftRelevant></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftRelevant><ZKN:gerelateerde>
      <ZKN:inhoud StUF:bestandsnaam="dossier/plan.pdf">AAAA</ZKN:inhoud>
    </ZKN:gerelateerde></ZKN:heeftRelevant></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftRelevant><ZKN:gerelateerde>
      <ZKN:inhoud StUF:bestandsnaam="">AAAA</ZKN:inhoud>
    </ZKN:gerelateerde></ZKN:heeftRelevant></JZ:object>
"""

import re
from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht
from corv.rules.breken import need
from corv.rules.documenten import INHOUD
from corv.rules.rule import Context, Violation
from corv.stuf import BESTANDSNAAM

ID = "CORV-A9.6"
BRON = "corv.md 4.1 rij 21: koppelvlak 1.0.3, forum, 'patch op koppelvlak dd 31-1-2019'; dat een naam geen pad is, is van ons"
RIJEN = (21,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Geef het bestand een gewone naam zonder spatie vooraan; een streepje (-) en een liggend streepje (_) mogen erin."
LET_OP = "Geef het bestand zelf een naam als u het bewaart."

_IN_NO_NAME = re.compile(r"[/\\\x00-\x1f\x7f-\x9f]")


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for element in bericht.every(INHOUD):
        if wat := _wrong(element.get(BESTANDSNAAM, "")):
            yield Violation(element, wat)


def breek(root: etree._Element) -> None:
    """The name of the first file begins with a space."""
    element = need(root, f".//{INHOUD}")
    element.set(BESTANDSNAAM, f" {element.get(BESTANDSNAAM, '')}")


def _wrong(name: str) -> str | None:
    if not name:
        return "De bestandsnaam van deze bijlage is leeg."
    if name[0].isspace():
        return "De bestandsnaam van deze bijlage begint met een spatie."
    if _IN_NO_NAME.search(name):
        return "In de bestandsnaam van deze bijlage staat een schuine streep of een stuurteken."
    return None
