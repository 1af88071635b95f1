"""Naar een ongeboren kind in een verzoek verwijst precies één belanghebbende: de moeder.

Een ongeboren kind is alleen via zijn moeder te vinden. Zij is een persoon met geslacht V en heeft de rol `ouder, gezag niet
benoemd`, ook als zij over een ander kind in het verzoek wel gezag heeft: dan verwijst zij met die rol naar beide kinderen. De
vader, of een organisatie, verwijst alleen naar de kinderen die al geboren zijn.

Slaagt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon><StUF:extraElementen>
          <StUF:extraElement naam="clientvolgnummer">2</StUF:extraElement>
        </StUF:extraElementen></ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>Client (ongeboren kind)</ZKN:omschrijving>
      </ZKN:heeftBetrekkingOp>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <BG:geslachtsaanduiding>V</BG:geslachtsaanduiding>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>ouder, gezag niet benoemd</ZKN:omschrijving>
        <StUF:extraElementen>
          <StUF:extraElement naam="clientvolgnummer">1</StUF:extraElement>
          <StUF:extraElement naam="clientvolgnummer">2</StUF:extraElement>
        </StUF:extraElementen>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon><StUF:extraElementen>
          <StUF:extraElement naam="clientvolgnummer">2</StUF:extraElement>
        </StUF:extraElementen></ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>Client (ongeboren kind)</ZKN:omschrijving>
      </ZKN:heeftBetrekkingOp>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <BG:geslachtsaanduiding>V</BG:geslachtsaanduiding>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>ouder met gezag</ZKN:omschrijving>
        <StUF:extraElementen>
          <StUF:extraElement naam="clientvolgnummer">2</StUF:extraElement>
        </StUF:extraElementen>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>
"""

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, first, place, text
from corv.rules.breken import need
from corv.rules.gezin import is_mother, mother_to_break, numbers_of, unborn_of
from corv.rules.rule import Context, Violation
from corv.rules.zaak import BELANGHEBBENDEN, MOEDER_VAN_ONGEBOREN, PERSOON

ID = "CORV-A5.5"
BRON = (
    "corv.md 4.1 rij 9 (CORV-A5.5a en b) en 11: forum, 'VTO met een geboren en ongeboren kind', dat in 2019 anders besloot dan "
    "'hoe om te gaan met verschillende rollen' in 2016"
)
RIJEN = (9, 11)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = (
    "Laat alleen de moeder met het clientvolgnummer naar het ongeboren kind verwijzen: als natuurlijkPersoon met "
    f"geslachtsaanduiding V en de rol `{MOEDER_VAN_ONGEBOREN}`."
)
LET_OP = "Ga na wie de moeder van het ongeboren kind is."


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. A belanghebbende with two unborn children is judged once."""
    del context
    belanghebbenden = bericht.find(BELANGHEBBENDEN)
    unborn, by_number = unborn_of(bericht), defaultdict[str, list[etree._Element]](list)
    for one in belanghebbenden:
        for nummer in numbers_of(one) & unborn.keys():
            by_number[nummer].append(one)
    right = {one for one in belanghebbenden if is_mother(one)}
    mothers, others = set[etree._Element](), set[etree._Element]()
    for nummer, kind in unborn.items():
        concerned = by_number[nummer]
        if not concerned:
            yield Violation(kind, "Geen enkele belanghebbende verwijst naar dit ongeboren kind.")
            continue
        mother = next((one for one in concerned if one in right), concerned[0])
        mothers.add(mother)
        others.update(one for one in concerned if one is not mother)
    for one in belanghebbenden:
        if one in mothers:
            yield from _wrong(one)
        if one in others:
            yield Violation(one, "Deze belanghebbende verwijst naar een ongeboren kind, terwijl een ander dat ook doet.")


def _wrong(mother: etree._Element) -> Iterator[Violation]:
    """Why the only one who refers to an unborn child can't be its mother."""
    persoon = first(mother, PERSOON)
    if persoon is None:
        yield Violation(mother, "Deze belanghebbende verwijst naar een ongeboren kind, maar is geen persoon.")
        return
    if text(mother, "ZKN:omschrijving") != MOEDER_VAN_ONGEBOREN:
        yield Violation(
            place(mother, "ZKN:omschrijving"), "Deze belanghebbende verwijst naar een ongeboren kind, maar heeft een andere rol."
        )
    if text(persoon, "BG:geslachtsaanduiding") != "V":
        yield Violation(
            place(persoon, "BG:geslachtsaanduiding"),
            "Deze belanghebbende verwijst naar een ongeboren kind, maar er staat niet bij dat zij een vrouw is.",
        )


def breek(root: etree._Element) -> None:
    """The mother of an unborn child is a man."""
    need(mother_to_break(root), "BG:geslachtsaanduiding").text = "M"
