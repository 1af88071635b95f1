"""Van een geboren kind in een notificatie zijn geslachtsnaam, geboortedatum en geslachtsaanduiding ingevuld.

Met een naam en een geboortedatum is een BSN te controleren; zonder komt een notificatie bij één tikfout bij een ander kind
terecht. In de praktijk stuurt de Raad voor de Kinderbescherming soms weinig meer dan een BSN: dat houdt het bericht niet tegen.

Slaagt:

    <JZ:object><ZKN:heeftBetrekkingOp>
      <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
        <BG:geslachtsnaam>Voorbeeld</BG:geslachtsnaam>
        <BG:geslachtsaanduiding>V</BG:geslachtsaanduiding>
        <BG:geboortedatum>20190412</BG:geboortedatum>
      </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
      <ZKN:omschrijving>Client (kind)</ZKN:omschrijving>
    </ZKN:heeftBetrekkingOp></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftBetrekkingOp>
      <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
        <BG:geslachtsnaam>Voorbeeld</BG:geslachtsnaam>
        <BG:geslachtsaanduiding>V</BG:geslachtsaanduiding>
        <BG:geboortedatum xsi:nil="true" StUF:noValue="waardeOnbekend"/>
      </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
      <ZKN:omschrijving>Client (kind)</ZKN:omschrijving>
    </ZKN:heeftBetrekkingOp></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import MILD
from corv.rules.bericht import Bericht, find, text
from corv.rules.breken import need, take_away
from corv.rules.rule import Context, Violation
from corv.rules.zaak import BETREKKINGEN, PERSOON, born_child, unfilled
from corv.werkgebied.roles import CLIENT

ID = "CORV-B2.3"
BRON = "corv.md 4.2 rij 38, 4.1 rij 3 en 4.8, ook CORV00025: forum, 'testregels CORV-A3.4'"
RIJEN = (38,)
APPLIES_TO = frozenset({"notificatieDi01"})
NIVEAU = MILD
HERSTEL = "Vul dit in; van een geboortedatum mag een deel onbekend zijn (indOnvolledigeDatum)."
LET_OP = "Controleer met de gegevens die er wel staan of dit het goede kind is."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for one in bericht.find(BETREKKINGEN):
        if text(one, "ZKN:omschrijving") == CLIENT:
            for persoon in find(one, PERSOON):
                yield from _missing(persoon)


def _missing(persoon: etree._Element) -> Iterator[Violation]:
    """One finding for all of it; where one thing is missing it points there, so that it is not told as an empty element too."""
    found = list(unfilled(persoon))
    if found:
        at = found[0][0] if len(found) == 1 else persoon
        yield Violation(at, f"Van dit kind is niet ingevuld: {', '.join(naam for _, naam in found)}.")


def breek(root: etree._Element) -> None:
    """The born child loses its name."""
    take_away(need(born_child(root), f"{PERSOON}/BG:geslachtsnaam"))
