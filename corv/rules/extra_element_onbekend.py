"""Een extraElement heeft een naam die de keten op die plaats kent.

Een extraElement met een andere naam leest de ontvanger niet, of hij leest het verkeerd. Vaak is het een tikfout. Hoofdletters en
kleine letters maken hier geen verschil. De lijst komt uit de praktijk en is misschien niet volledig. Waar zeker meer namen
voorkomen dan bekend zijn, zoals in een zorgmelding en een notificatie over jeugdreclassering, let deze regel niet op.

Slaagt (vtoDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="GezinsGeschiedenis">Voorbeeldtekst.</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Faalt (vtoDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="gezinGeschiedenis">Voorbeeldtekst.</StUF:extraElement>
    </StUF:extraElementen></JZ:object>

Faalt (notificatieDi01):

    <JZ:object><StUF:extraElementen>
      <StUF:extraElement naam="urgentie">Hoog</StUF:extraElement>
    </StUF:extraElementen></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.errors import NoPlaceError
from corv.niveaus import MILD
from corv.rules.bericht import Bericht
from corv.rules.breken import put_after
from corv.rules.extra_elementen import extra_elementen
from corv.rules.rule import Context, Violation

ID = "extra-element-onbekend"
BRON = "corv.md 4.7: de namen die in voorbeelden en op het forum voorkomen"
RIJEN = ()
APPLIES_TO = frozenset({"vtoDi01", "notificatieDi01", "zorgmeldingTerugkoppelingDi01"})
NIVEAU = MILD
HERSTEL = "Gebruik de naam die in de keten is afgesproken."
LET_OP = "Lees zelf wat er staat: uw systeem herkent het misschien niet."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for plaats, element in extra_elementen(bericht):
        if plaats.soort_of(element) is None:
            yield Violation(element, "De keten kent op deze plaats geen extraElement met deze naam.")


def breek(root: etree._Element) -> None:
    """One more, of a name that nobody knows, where the first one stands."""
    for _, element in extra_elementen(Bericht(root)):
        put_after(element, "StUF:extraElement", "voorbeeld").set("naam", "voorbeeldOnbekend")
        return
    raise NoPlaceError("In dit bericht staan geen extraElementen, dus kan deze fout er niet in.")
