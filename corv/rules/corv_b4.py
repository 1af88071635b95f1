"""De moeder staat in een notificatie als het kind nog niet geboren is, met haar BSN of een andere identificatie, en anders niet.

Van een ongeboren kind is alleen door de moeder bekend wie het is. Is het kind geboren, dan staat het er zelf in en is zijn
moeder geen belanghebbende meer; staat zij er toch, dan is onduidelijk welk kind is bedoeld.

Slaagt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp><ZKN:omschrijving>Client (ongeboren kind)</ZKN:omschrijving></ZKN:heeftBetrekkingOp>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon><BG:inp.bsn>999990019</BG:inp.bsn></ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>ouder, gezag niet benoemd</ZKN:omschrijving>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>

Slaagt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp><ZKN:omschrijving>Client (kind)</ZKN:omschrijving></ZKN:heeftBetrekkingOp>
    </JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp><ZKN:omschrijving>Client (ongeboren kind)</ZKN:omschrijving></ZKN:heeftBetrekkingOp>
    </JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftBetrekkingOp><ZKN:omschrijving>Client (kind)</ZKN:omschrijving></ZKN:heeftBetrekkingOp>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon><BG:inp.bsn>999990019</BG:inp.bsn></ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>ouder, gezag niet benoemd</ZKN:omschrijving>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, find, first, is_there, place, text
from corv.rules.breken import need, take_away
from corv.rules.rule import Context, Violation
from corv.rules.zaak import PERSOON, is_identified
from corv.werkgebied.roles import CLIENT, ONGEBOREN

ID = "CORV-B4"
BRON = "corv.md 4.2 rij 40: forum, 'telefoonnummer niet verplicht' en 'testregel m.b.t. ongeboren kind'"
RIJEN = (40,)
APPLIES_TO = frozenset({"notificatieDi01"})
NIVEAU = STRENG
HERSTEL = "Noem de moeder als het kind nog niet geboren is, met haar BSN of een andere identificatie, en laat haar anders weg."
LET_OP = "Ga na om welk gezin het gaat, en of het kind al geboren is."

_BELANGHEBBENDE = "ZKN:heeftAlsBelanghebbende"


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. Nothing follows where it is not told whether the child is born."""
    del context
    for zaak in bericht.find("JZ:object"):
        rol, belanghebbende = text(zaak, "ZKN:heeftBetrekkingOp/ZKN:omschrijving"), first(zaak, _BELANGHEBBENDE)
        if rol == CLIENT and is_there(belanghebbende):
            yield Violation(belanghebbende, "Dit kind is al geboren, maar er staat een belanghebbende bij.")
        if rol == ONGEBOREN:
            yield from _without_mother(place(zaak, _BELANGHEBBENDE))


def _without_mother(at: etree._Element) -> Iterator[Violation]:
    """What is wrong with the mother of an unborn child. `at`: the belanghebbende, or else the zaak."""
    moeder = first(at, PERSOON)
    if moeder is None:
        yield Violation(at, "Dit kind is nog niet geboren, maar de moeder staat er niet bij.")
    elif not is_identified(moeder) and not any(text(one) for one in find(moeder, "BG:anp.identificatie")):
        yield Violation(moeder, "Dit kind is nog niet geboren, en van de moeder staat er geen BSN of andere identificatie.")


def breek(root: etree._Element) -> None:
    """The mother of an unborn child is left out."""
    take_away(need(root, f"JZ:object/{_BELANGHEBBENDE}"))
