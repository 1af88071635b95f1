"""Elke bijlage bij een zorgmelding zegt wat voor bestand het is.

Het schema eist dit niet. Zonder dit attribuut weet uw systeem niet met welk programma het document open moet. In de praktijk
staat er een mimetype, of alleen een woord als PDF; beide mogen hier.

Slaagt:

    <JZ:object><ZKN:heeftRelevant><ZKN:gerelateerde>
      <ZKN:inhoud xmime:contentType="application/pdf" StUF:bestandsnaam="voorbeeld.pdf">AAAA</ZKN:inhoud>
    </ZKN:gerelateerde></ZKN:heeftRelevant></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftRelevant><ZKN:gerelateerde>
      <ZKN:inhoud StUF:bestandsnaam="voorbeeld.pdf">AAAA</ZKN:inhoud>
    </ZKN:gerelateerde></ZKN:heeftRelevant></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht
from corv.rules.documenten import take_type, without_type
from corv.rules.rule import Context, Violation

ID = "CORV-C4.2"
BRON = "corv.md 4.3 rij 56: forum, 'verplichte elementen document'"
RIJEN = (56,)
APPLIES_TO = frozenset({"zorgmeldingDi01"})
NIVEAU = STRENG
HERSTEL = "Vul het, bijvoorbeeld met application/pdf."
LET_OP = "Vraag de afzender wat voor bestand het is, als u de bijlage niet kunt openen."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    yield from without_type(bericht)


def breek(root: etree._Element) -> None:
    """The first file has no type."""
    take_type(root)
