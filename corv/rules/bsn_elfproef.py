"""Een BSN voldoet aan de elfproef.

Het schema eist alleen negen cijfers. Een tikfout in een BSN wijst naar een ander mens, of naar niemand.

Slaagt (vtMeldingDi01):

    <BG:inp.bsn>999990019</BG:inp.bsn>

Faalt (vtMeldingDi01):

    <BG:inp.bsn>123456789</BG:inp.bsn>

Faalt (vtMeldingDi01):

    <BG:inp.bsn>000000000</BG:inp.bsn>
"""

from collections.abc import Iterator

from lxml import etree
from stdnum.nl import bsn

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, text
from corv.rules.breken import need
from corv.rules.rule import Context, Violation
from corv.stuf import JZ_FUNCTIES

ID = "bsn-elfproef"
BRON = "corv.md 4.6: het schema vraagt alleen negen cijfers; forum, 'ongeldige bsn zorgmeldingen en notificaties op STP'"
RIJEN = ()
APPLIES_TO = JZ_FUNCTIES - {"vtTerugkoppelingDi01", "uitkomstMeldingGeneriekDi01"}
NIVEAU = STRENG
HERSTEL = "Verbeter het BSN, of laat het weg."
LET_OP = "Ga niet op dit BSN af: stel de identiteit op een andere manier vast."

_ZEROES = "0" * 9


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for element in bericht.every("BG:inp.bsn"):
        number = text(element)
        if number and (bsn.checksum(number) or number == _ZEROES):  # nine digits by the schema; is_valid looks at that first
            yield Violation(element, "Dit is geen geldig BSN: het voldoet niet aan de elfproef.")


def breek(root: etree._Element) -> None:
    """The first BSN gets another last digit."""
    element = need(root, ".//BG:inp.bsn")
    number = text(element)
    element.text = number[:-1] + str((int(number[-1]) + 1) % 10)
