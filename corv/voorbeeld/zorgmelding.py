"""Examples of a zorgmelding, by the rules that the chain has for it (corv.md 4.3)."""

from corv.inhoud.bg import NietNatuurlijkPersoon
from corv.inhoud.fields import Value
from corv.inhoud.rollen import HeeftAlsBelanghebbende
from corv.inhoud.zkn import Document, HeeftRelevant, Kenmerk
from corv.inhoud.zorgmelding import HeeftAlsInitiator, Initiator, ZaakZorgmelding, ZorgmeldingDi01
from corv.rules.zaak import MOEDER_VAN_ONGEBOREN
from corv.rules.zorg import MEDEWERKER
from corv.voorbeeld import teksten
from corv.voorbeeld.bijlage import attachment
from corv.voorbeeld.gezin import Gezin, draw_gezin
from corv.voorbeeld.making import Making, dated, extra
from corv.voorbeeld.personen import draw_bsn
from corv.voorbeeld.zaak import SIGNAAL, aanspreekpunt, belanghebbende, betrekking, is_van, jeugdige

BRON = "Zorgmelding"
"""The source of its kenmerk, and the kind of its document."""


def zorgmelding(making: Making) -> ZorgmeldingDi01:
    """A worry of the police about one child, told in a document. An unborn one is not named itself (rule 53)."""
    gezin, wie = draw_gezin(making), making.personen.adult(making.op)
    kind = gezin.kinderen[0] if gezin.kinderen else None
    jonge = kind and jeugdige(making, kind, gezin.thuis, None, by_bsn=making.lot.chance(0.9))
    organisatie = NietNatuurlijkPersoon(
        inn_nnp_id=making.maybe(Value(draw_bsn(making.lot))), statutaire_naam=Value(making.zender.naam)
    )
    return ZorgmeldingDi01(
        stuurgegevens=making.kop(),
        object=ZaakZorgmelding(
            kenmerk=Kenmerk(kenmerk=making.number("PL17P0-"), bron=Value(BRON)),
            extra_elementen=extra(("signaalType", "Jeugdzorgmelding")),
            is_van=is_van(SIGNAAL),
            heeft_betrekking_op=betrekking(jonge, "jeugdige") if jonge else None,
            heeft_als_belanghebbende=_ouders(making, gezin),
            heeft_als_initiator=HeeftAlsInitiator(
                gerelateerde=making.maybe(Initiator(niet_natuurlijk_persoon=organisatie)),
                code=making.maybe(Value("391")),
                omschrijving=making.maybe(Value("melder")),
                toelichting=making.maybe(Value(teksten.incident(making.lot))),
                heeft_als_aanspreekpunt=aanspreekpunt(making, wie, None, extra((MEDEWERKER, f"VB{making.lot.digits(5)}"))),
            ),
            heeft_relevant=_document(making),
        ),
    )


def _ouders(making: Making, gezin: Gezin) -> tuple[HeeftAlsBelanghebbende, ...]:
    """The mother, whose address is there so that somebody's is, and perhaps the father."""
    rol = MOEDER_VAN_ONGEBOREN if gezin.verwacht else "ouder met gezag"
    moeder = belanghebbende(making, gezin.moeder, rol, gezin.thuis, must_be_known=True)
    if gezin.vader is None:
        return (moeder,)
    return (moeder, belanghebbende(making, gezin.vader, "ouder zonder gezag", gezin.vader_woont))


def _document(making: Making) -> HeeftRelevant:
    return HeeftRelevant(
        gerelateerde=Document(
            identificatie=making.maybe(making.number("VB-DOC-")),
            dct_omschrijving=Value(BRON),
            creatiedatum=dated(making.before(1)),
            titel=making.maybe(Value(teksten.gegeven("zorgmelding"))),
            auteur=making.maybe(Value("V. Voorbeeldsma")),
            inhoud=attachment("Voorbeeld: zorgmelding", "voorbeeld-zorgmelding.pdf"),
        )
    )
