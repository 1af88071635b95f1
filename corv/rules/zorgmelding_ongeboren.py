"""Een zorgmelding over een ongeboren kind noemt de moeder.

Zo'n melding heeft geen heeftBetrekkingOp: het kind is er nog niet. De moeder staat dan bij de belanghebbenden, met de rol van
een ouder en geslachtsaanduiding V; alleen aan haar is te zien om welk kind het gaat. Het is een afspraak in de keten, die niet
wordt afgedwongen. Soms is het kind al geboren en staat het zelf bij de belanghebbenden.

Slaagt:

    <JZ:object>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <BG:geslachtsaanduiding>V</BG:geslachtsaanduiding>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>Ouder, gezag niet benoemd</ZKN:omschrijving>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>

Slaagt:

    <JZ:object><ZKN:heeftBetrekkingOp><ZKN:gerelateerde><ZKN:natuurlijkPersoon>
      <BG:geslachtsnaam>Voorbeeld</BG:geslachtsnaam>
    </ZKN:natuurlijkPersoon></ZKN:gerelateerde></ZKN:heeftBetrekkingOp></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftBetrekkingOp><ZKN:gerelateerde><ZKN:natuurlijkPersoon/></ZKN:gerelateerde></ZKN:heeftBetrekkingOp></JZ:object>

Faalt:

    <JZ:object/>

Faalt:

    <JZ:object>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <BG:geslachtsaanduiding>V</BG:geslachtsaanduiding>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>overige verwant</ZKN:omschrijving>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon/></ZKN:gerelateerde>
        <ZKN:omschrijving>ouder met gezag</ZKN:omschrijving>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import MILD
from corv.rules.bericht import Bericht, nearest, text
from corv.rules.rule import Context, Violation
from corv.rules.zorg import JEUGDIGE, lose_mother, names_child, parents

ID = "zorgmelding-ongeboren"
BRON = "corv.md 4.3 rij 53 en 5, problemen 8 en 9: forum, 'wie de moeder is van het ongeboren kind' en 'ZOF betrokkene leeg'"
RIJEN = (53,)
APPLIES_TO = frozenset({"zorgmeldingDi01"})
NIVEAU = MILD
HERSTEL = (
    "Noem de moeder bij de belanghebbenden, als ouder en met geslachtsaanduiding V. Is het kind al geboren, "
    "noem het dan in heeftBetrekkingOp."
)
LET_OP = (
    "Zoek de moeder bij de belanghebbenden. Staat daar een geboren kind, dan gaat de melding waarschijnlijk over dat kind; "
    "voer het zelf in als jeugdige, zodat u een terugkoppeling kunt sturen."
)


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for zaak in bericht.find("JZ:object"):
        if not names_child(zaak) and not any(text(mens, "BG:geslachtsaanduiding") == "V" for _, mens in parents(zaak)):
            wat = "Deze zorgmelding noemt geen jeugdige, en ook geen moeder van een ongeboren kind."
            yield Violation(nearest(zaak, JEUGDIGE), wat)


def breek(root: etree._Element) -> None:
    """The child is not named, and no belanghebbende is a parent."""
    lose_mother(root)
