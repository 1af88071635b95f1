"""Een melding zegt welke organisatie haar indient.

Dat kan met een naam, een instantiecode, een vestigingsnummer, een RSIN of een KvK-nummer. Zonder een daarvan is alleen bekend
welk systeem het bericht stuurde, en niet aan wie Veilig Thuis iets kan vragen.

Slaagt:

    <JZ:object><JZ:isIngediendDoor>
      <JZ:gerelateerde><ZKN:naam>Politie Voorbeeld</ZKN:naam></JZ:gerelateerde>
    </JZ:isIngediendDoor></JZ:object>

Slaagt:

    <JZ:object><JZ:isIngediendDoor><JZ:gerelateerde>
      <ZKN:maatschappelijkeActiviteit><BG:kvkNummer>00001234</BG:kvkNummer></ZKN:maatschappelijkeActiviteit>
    </JZ:gerelateerde></JZ:isIngediendDoor></JZ:object>

Faalt:

    <JZ:object><JZ:isIngediendDoor>
      <JZ:gerelateerde><ZKN:naam/></JZ:gerelateerde>
    </JZ:isIngediendDoor></JZ:object>

Faalt:

    <JZ:object><JZ:isIngediendDoor><JZ:gerelateerde xsi:nil="true"/></JZ:isIngediendDoor></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, first, place, text
from corv.rules.breken import need, take_away
from corv.rules.rule import Context, Violation

ID = "melder-onbekend"
BRON = "corv.md 4.6: het schema aanvaardt isIngediendDoor zonder enige identificatie"
RIJEN = ()
APPLIES_TO = frozenset({"vtMeldingDi01"})
NIVEAU = STRENG
HERSTEL = "Vul bij isIngediendDoor ten minste de naam van de organisatie in."
LET_OP = "Vraag bij de organisatie die het bericht stuurde na wie de melding deed."

_IDENTIFICATIES = (
    "ZKN:naam",
    "ZKN:instantiecode",
    "ZKN:vestiging/BG:vestigingsNummer",
    "ZKN:ingeschrevenNietNatuurlijkPersoon/BG:rsin",
    "ZKN:maatschappelijkeActiviteit/BG:kvkNummer",
)


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for indiening in bericht.every("JZ:isIngediendDoor"):
        melder = first(indiening, "JZ:gerelateerde")
        if not any(text(melder, path) for path in _IDENTIFICATIES):
            yield Violation(_where(indiening), "Er staat niet welke organisatie deze melding indient.")


def _where(indiening: etree._Element) -> etree._Element:
    """The first identification that is there, which says nothing; else the melder, or what should hold it."""
    melder = place(indiening, "JZ:gerelateerde")
    return next((found for path in _IDENTIFICATIES if (found := first(melder, path)) is not None), melder)


def breek(root: etree._Element) -> None:
    """Nothing is left of the melder."""
    for part in list(need(root, "JZ:object/JZ:isIngediendDoor/JZ:gerelateerde")):
        take_away(part)
