"""Bij een beslissing in een notificatie staan alleen de extra gegevens die daarvoor zijn afgesproken, elk één keer.

Dat zijn periodeduur, periodeEenheid, kenmerk, beslissendeInstantie en uitvoerendeInstantie; hoofdletters maken niet uit. Een
gegeven onder een andere naam leest geen enkel systeem, en van een gegeven dat er twee keer staat is niet duidelijk wat geldt.

Slaagt:

    <JZ:object><ZKN:leidtTot><ZKN:gerelateerde><StUF:extraElementen>
      <StUF:extraElement naam="periodeduur">12</StUF:extraElement>
      <StUF:extraElement naam="periodeEenheid">maanden</StUF:extraElement>
      <StUF:extraElement naam="kenmerk">C/99/000001</StUF:extraElement>
      <StUF:extraElement naam="beslissendeInstantie">AR0042</StUF:extraElement>
      <StUF:extraElement naam="uitvoerendeinstantie">RC0110</StUF:extraElement>
    </StUF:extraElementen></ZKN:gerelateerde></ZKN:leidtTot></JZ:object>

Faalt:

    <JZ:object><ZKN:leidtTot><ZKN:gerelateerde><StUF:extraElementen>
      <StUF:extraElement naam="duur">12</StUF:extraElement>
    </StUF:extraElementen></ZKN:gerelateerde></ZKN:leidtTot></JZ:object>

Faalt:

    <JZ:object><ZKN:leidtTot><ZKN:gerelateerde><StUF:extraElementen>
      <StUF:extraElement naam="kenmerk">C/99/000001</StUF:extraElement>
      <StUF:extraElement naam="Kenmerk">C/99/000002</StUF:extraElement>
    </StUF:extraElementen></ZKN:gerelateerde></ZKN:leidtTot></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import MILD
from corv.rules.bericht import Bericht, find, name_of
from corv.rules.breken import need, put_extra
from corv.rules.rule import Context, Violation

ID = "CORV000022"
BRON = "corv.md 4.2 rij 41 en 4.7: discussie over het testplatform, 'fout validatieregel CORV000022'; forum, 'foutieve notatie'"
RIJEN = (41,)
APPLIES_TO = frozenset({"notificatieDi01"})
NIVEAU = MILD
HERSTEL = "Laat het weg, of gebruik één keer de afgesproken naam."
LET_OP = "Lees in het bericht zelf wat er over de beslissing staat."

_BESLISSINGEN = "JZ:object/ZKN:leidtTot/ZKN:gerelateerde"
_AFGESPROKEN = frozenset({"periodeduur", "periodeeenheid", "kenmerk", "beslissendeinstantie", "uitvoerendeinstantie"})
"""In small letters, for names are compared without case."""


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for beslissing in bericht.find(_BESLISSINGEN):
        seen = set[str]()
        for one in find(beslissing, "StUF:extraElementen/StUF:extraElement"):
            naam = name_of(one).casefold()
            if naam not in _AFGESPROKEN:
                yield Violation(one, "Dit extra gegeven is voor een beslissing niet afgesproken.")
            elif naam in seen:
                yield Violation(one, "Dit extra gegeven staat meer dan één keer bij dezelfde beslissing.")
            seen.add(naam)


def breek(root: etree._Element) -> None:
    """The decision gets an extraElement that nobody knows."""
    put_extra(need(root, _BESLISSINGEN), "voorbeeld", "voorbeeld")
