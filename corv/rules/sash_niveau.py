"""Een SASHniveau staat er alleen als het SASH-formulier is ingevuld.

Het niveau is de uitkomst van dat formulier. Staat er een niveau terwijl het formulier niet is ingevuld, dan klopt een van beide
niet, en is niet te zien hoe ernstig de stalking volgens de melder is.

Slaagt:

    <JZ:object>
      <JZ:indicatieSASHIngevuld>Ja</JZ:indicatieSASHIngevuld>
      <JZ:SASHniveau>hoog</JZ:SASHniveau>
    </JZ:object>

Slaagt:

    <JZ:object><JZ:indicatieSASHIngevuld>Nee</JZ:indicatieSASHIngevuld></JZ:object>

Faalt:

    <JZ:object>
      <JZ:indicatieSASHIngevuld>Nee</JZ:indicatieSASHIngevuld>
      <JZ:SASHniveau>hoog</JZ:SASHniveau>
    </JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import MILD
from corv.rules.bericht import Bericht, text
from corv.rules.breken import need
from corv.rules.rule import Context, Violation

ID = "sash-niveau"
BRON = "corv.md 4.5 rij 71: afgeleid uit de annotaties bij beide elementen in het schema van 1.0.7"
RIJEN = (71,)
APPLIES_TO = frozenset({"vtMeldingDi01"})
NIVEAU = MILD
HERSTEL = "Zet indicatieSASHIngevuld op Ja, of laat SASHniveau weg."
LET_OP = "Vraag de melder of het formulier is ingevuld, en welk niveau eruit kwam."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    is_filled_in = any(text(one) == "Ja" for one in bericht.every("JZ:indicatieSASHIngevuld"))
    for niveau in bericht.every("JZ:SASHniveau"):
        if text(niveau) and not is_filled_in:
            yield Violation(niveau, "Er staat een SASHniveau, maar volgens de melding is het SASH-formulier niet ingevuld.")


def breek(root: etree._Element) -> None:
    """The form is said not to be filled in."""
    need(root, "JZ:object/JZ:SASHniveau")
    need(root, "JZ:object/JZ:indicatieSASHIngevuld").text = "Nee"
