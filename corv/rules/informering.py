"""Een melding zegt wie over haar is ingelicht, of waarom niemand.

Wie is ingelicht staat bij isGeinformeerdAan; wat daar niet kan, staat bij informering. Zonder een van beide weet Veilig Thuis
niet of het gezin de melding al kent. Dat bepaalt hoe het eerste contact verloopt, en of dat veilig is.

Slaagt:

    <JZ:object><JZ:informering>Nog niemand is ingelicht.</JZ:informering></JZ:object>

Slaagt:

    <JZ:object><JZ:isGeinformeerdAan>
      <JZ:gerelateerde><BG:volledigeNaam>V. Voorbeeld</BG:volledigeNaam></JZ:gerelateerde>
    </JZ:isGeinformeerdAan></JZ:object>

Faalt:

    <JZ:object><JZ:isGeinformeerdAan xsi:nil="true"/></JZ:object>

Faalt:

    <JZ:object><JZ:informering/></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, find, text
from corv.rules.breken import need, take_away
from corv.rules.rule import Context, Violation

ID = "informering"
BRON = "corv.md 4.5 rij 69 en 1.1: annotatie bij informering in het schema van 1.0.7"
RIJEN = (69,)
APPLIES_TO = frozenset({"vtMeldingDi01"})
NIVEAU = STRENG
HERSTEL = "Noem wie is ingelicht bij isGeinformeerdAan, of vul informering in."
LET_OP = "Vraag de melder wie van de melding weet, voordat er contact is met het gezin."

_INFORMERING, _INGELICHT = "JZ:informering", "JZ:isGeinformeerdAan"


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. A person counts who has at least one value."""
    del context
    if any(text(one) for one in bericht.every(_INFORMERING)):
        return
    if any(text(one) for ingelicht in bericht.every(_INGELICHT) for one in find(ingelicht, "JZ:gerelateerde/*")):
        return
    for at in bericht.every(_INFORMERING) or bericht.every("JZ:object"):
        yield Violation(at, "Er staat niet wie over deze melding is ingelicht, en ook niet waarom niemand.")


def breek(root: etree._Element) -> None:
    """Nothing is said of who was told."""
    melding = need(root, "JZ:object")
    for one in (*find(melding, _INFORMERING), *find(melding, _INGELICHT)):
        take_away(one)
