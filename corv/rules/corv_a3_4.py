"""Van elk geboren kind in een verzoek staan geslachtsnaam, geboortedatum en geslacht in het bericht.

Zonder die drie wordt het verzoek afgewezen. Voornamen mogen ontbreken: niet iedereen heeft ze. Over een geboortedatum waarbij
staat dat er geen waarde is, gaat de regel geboortedatum-zonder-waarde.

Slaagt:

    <JZ:object><ZKN:heeftBetrekkingOp>
      <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
        <BG:geslachtsnaam>Voorbeeld</BG:geslachtsnaam>
        <BG:geslachtsaanduiding>M</BG:geslachtsaanduiding>
        <BG:geboortedatum StUF:indOnvolledigeDatum="V">20150601</BG:geboortedatum>
      </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
      <ZKN:omschrijving>Client (kind)</ZKN:omschrijving>
    </ZKN:heeftBetrekkingOp></JZ:object>

Slaagt:

    <JZ:object><ZKN:heeftBetrekkingOp>
      <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
        <BG:geslachtsnaam>Voorbeeld</BG:geslachtsnaam>
      </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
      <ZKN:omschrijving>Client (ongeboren kind)</ZKN:omschrijving>
    </ZKN:heeftBetrekkingOp></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftBetrekkingOp>
      <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
        <BG:geslachtsnaam>Voorbeeld</BG:geslachtsnaam>
        <BG:geboortedatum StUF:indOnvolledigeDatum="V">20150601</BG:geboortedatum>
      </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
      <ZKN:omschrijving>Client (kind)</ZKN:omschrijving>
    </ZKN:heeftBetrekkingOp></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.elements import why_no_value
from corv.niveaus import STRENG
from corv.rules.bericht import Bericht
from corv.rules.breken import need, take_away
from corv.rules.gezin import children_of
from corv.rules.rule import Context, Violation
from corv.rules.zaak import PERSOON, born_child, unfilled

ID = "CORV-A3.4"
BRON = "corv.md 4.1 rij 3 (ook CORV00013): forum, 'testregels CORV-A3.4' en 'voornamen onder object cliënt'"
RIJEN = (3,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Vul dit gegeven in."
LET_OP = "Zoek dit gegeven op een andere manier op."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for kind in children_of(bericht):
        if kind.is_unborn:
            continue
        for element, naam in unfilled(kind.persoon):
            if naam != "geboortedatum" or why_no_value(element) is None:
                yield Violation(element, f"Van dit kind is {naam} niet ingevuld.")


def breek(root: etree._Element) -> None:
    """Of the first born child the sex is left out."""
    take_away(need(born_child(root), f"{PERSOON}/BG:geslachtsaanduiding"))
