"""Een belanghebbende in een verzoek is alleen aan zijn BSN te herkennen, en niet aan een ander nummer of een beschrijving.

RNI-nummer, vreemdelingennummer en beschrijvendeIdentificatie zijn alleen afgesproken voor het kind. Bij een belanghebbende
verwacht de Raad voor de Kinderbescherming ze niet. Is zijn BSN niet bekend, dan staat er niets in plaats daarvan.

Slaagt:

    <JZ:object><ZKN:heeftAlsBelanghebbende>
      <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
        <BG:inp.bsn>999990019</BG:inp.bsn>
      </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
    </ZKN:heeftAlsBelanghebbende></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftAlsBelanghebbende>
      <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
        <StUF:extraElementen><StUF:extraElement naam="vreemdelingennummer">9900123456</StUF:extraElement></StUF:extraElementen>
      </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
    </ZKN:heeftAlsBelanghebbende></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftAlsBelanghebbende>
      <ZKN:gerelateerde><ZKN:natuurlijkPersoon/></ZKN:gerelateerde>
      <StUF:extraElementen><StUF:extraElement naam="RNI-nummer">9900123456</StUF:extraElement></StUF:extraElementen>
    </ZKN:heeftAlsBelanghebbende></JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, extras, first, text
from corv.rules.breken import need, put_extra
from corv.rules.rule import Context, Violation
from corv.rules.zaak import BELANGHEBBENDEN, IDENTIFICATIES, PERSOON

ID = "belanghebbende-identificatie"
BRON = (
    "corv.md 4.1 rij 31 en 4.7: forum, '0.9.4 geen beschrijvende identificatie belanghebbende' en "
    "'CORV 0.9.4 fout scenario 1 stap 4'"
)
RIJEN = (31,)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = "Laat dit extraElement weg, en vul inp.bsn in als het BSN bekend is."
LET_OP = "Vergelijk dit gegeven zelf met wat u van deze belanghebbende weet."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. An element without a value identifies nobody."""
    del context
    for belanghebbende in bericht.find(BELANGHEBBENDEN):
        persoon = first(belanghebbende, PERSOON)
        if persoon is None:
            continue
        for naam in IDENTIFICATIES:
            for one in (*extras(persoon, naam), *extras(belanghebbende, naam)):
                if text(one):
                    yield Violation(one, "Dit gegeven hoort bij een kind, en niet bij een belanghebbende.")


def breek(root: etree._Element) -> None:
    """The first belanghebbende gets a vreemdelingennummer. In what we make that is a parent, so a person."""
    put_extra(need(root, BELANGHEBBENDEN), "vreemdelingennummer", "9900123456")
