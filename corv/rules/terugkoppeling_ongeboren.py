"""Een terugkoppeling op een zorgmelding over een ongeboren kind noemt de moeder.

Het kind is er nog niet, dus er is geen heeftBetrekkingOp. De moeder staat bij de belanghebbenden als natuurlijkPersoon, met een
van de vier rollen van een ouder; alleen aan haar ziet de melder om welk kind het gaat.

Slaagt:

    <JZ:object>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon/></ZKN:gerelateerde>
        <ZKN:omschrijving>Ouder, niet juridisch</ZKN:omschrijving>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>

Slaagt:

    <JZ:object><ZKN:heeftBetrekkingOp><ZKN:gerelateerde><ZKN:natuurlijkPersoon>
      <BG:geslachtsnaam>Voorbeeld</BG:geslachtsnaam>
    </ZKN:natuurlijkPersoon></ZKN:gerelateerde></ZKN:heeftBetrekkingOp></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftBetrekkingOp><ZKN:gerelateerde><ZKN:natuurlijkPersoon/></ZKN:gerelateerde></ZKN:heeftBetrekkingOp></JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon/></ZKN:gerelateerde>
        <ZKN:omschrijving>overige verwant</ZKN:omschrijving>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:vestiging/></ZKN:gerelateerde>
        <ZKN:omschrijving>ouder met gezag</ZKN:omschrijving>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, nearest
from corv.rules.rule import Context, Violation
from corv.rules.zorg import JEUGDIGE, lose_mother, names_child, parents

ID = "terugkoppeling-ongeboren"
BRON = "corv.md 4.4 rij 60: forum, 'wijziging omschrijving ...' over de rol van de moeder in een terugkoppeling"
RIJEN = (60,)
APPLIES_TO = frozenset({"zorgmeldingTerugkoppelingDi01"})
NIVEAU = STRENG
HERSTEL = (
    "Noem de moeder bij de belanghebbenden als natuurlijkPersoon, met een van de vier rollen van een ouder. Is het kind "
    "al geboren, noem het dan in heeftBetrekkingOp."
)
LET_OP = "Zoek met het kenmerk de zorgmelding op om te weten om welk kind het gaat."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    for zaak in bericht.find("JZ:object"):
        if not names_child(zaak) and not any(parents(zaak)):
            wat = "Deze terugkoppeling noemt geen jeugdige, en ook geen moeder van een ongeboren kind."
            yield Violation(nearest(zaak, JEUGDIGE), wat)


def breek(root: etree._Element) -> None:
    """The child is not named, and no belanghebbende is a parent."""
    lose_mother(root)
