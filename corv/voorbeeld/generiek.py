"""Examples of a generieke melding to a Veilig Thuis."""

from dataclasses import replace
from datetime import timedelta

from corv.inhoud.fields import Value
from corv.inhoud.gedeeld import AanvullendeIdentificerendeGegevens, Kop
from corv.inhoud.gm_melding import (
    BetreftSituatie,
    HeeftAlsOverigBetrokkene,
    Incident,
    Informering,
    Kent,
    Leefgebied,
    MeldingBetreft,
    MeldingGeneriekDi01,
    ObjectGeneriek,
    OverigBetrokkene,
    OverigeInformatie,
    Periode,
    RedenMelding,
    SituatieGeneriek,
    VraagAntwoord,
    ZaakMeldingGeneriek,
)
from corv.inhoud.gm_persoon import HeeftAlsNationaliteit, Nationaliteit, PersoonGeneriek, SoortAdres, Taal
from corv.voorbeeld import teksten
from corv.voorbeeld.adressen import Adres, Buitenland
from corv.voorbeeld.adresvormen import binnenland, buitenland
from corv.voorbeeld.eenheid import initiator, uitvoerende, unit
from corv.voorbeeld.gezin import Gezin, draw_gezin
from corv.voorbeeld.making import Making, born, dated, ja_nee, texts, value
from corv.voorbeeld.personen import Mens, draw_phone
from corv.voorbeeld.world import KETENPARTNER

SOORTMELDING = "VT"
"""A generieke melding that is meant for a Veilig Thuis."""

_VRAGEN = ("VT-001", "VT-002", "VT-003", "VT-004", "VT-005", "VT-006", "VT-007")
_LEEFGEBIEDEN = ("01", "03", "06", "07", "08", "10", "11")
_SLACHTOFFER, _GETUIGE = "002", "004"
_OUDER, _VERANTWOORDELIJK = "027", "034"
_FEITELIJK, _INSCHRIJVING, _LAATST_BEKEND = "02", "03", "16"
"""Codes of soortadres: where somebody stays, is registered, was last known to be."""

_LANDEN = (("6030", "Nederland"), ("5010", "België"))


def melding_generiek(making: Making) -> MeldingGeneriekDi01:
    """A melding about the first child of a family, or about the mother of one that is not born yet."""
    lot, gezin = making.lot, draw_gezin(making)
    wie = gezin.kinderen[0] if gezin.kinderen else gezin.moeder
    url = texts(f"https://voorbeeld.example.org/{number}" for number in range(1, lot.number(0, 2) + 1))
    return MeldingGeneriekDi01(
        stuurgegevens=_kop(making),
        object=ZaakMeldingGeneriek(
            identificatie=making.number("VB-GM-"),
            heeft_betrekking_op=MeldingBetreft(
                gerelateerde=ObjectGeneriek(natuurlijk_persoon=_onderwerp(making, wie, gezin.thuis)),
                hoedanigheid=Value(lot.pick((_SLACHTOFFER, _GETUIGE))),
                informering=making.maybe(_informering(making)),
            ),
            heeft_als_initiator=initiator(making, making.zender),
            heeft_als_uitvoerende=uitvoerende(making, making.ontvanger),
            heeft_als_overig_betrokkene=_anderen(making, gezin),
            betreft=BetreftSituatie(gerelateerde=_situatie(making)),
            datum_tijd_melding=Value(f"{making.moment:%Y%m%d%H%M}"),
            soortmelding_code=Value(SOORTMELDING),
            reden_melding=RedenMelding(
                code=making.maybe(Value("VB-01")), omschrijving=Value(teksten.gegeven("zorgen over de veiligheid van een kind"))
            ),
            indicatie_terugkoppeling_gewenst=making.maybe(ja_nee(is_so=lot.chance(0.7))),
            verzoek_omschrijving=Value(teksten.gegeven("wilt u beoordelen of het kind veilig is?")),
            overige_informatie=making.maybe(OverigeInformatie(omschrijving=Value(teksten.gegeven("er is een dossier")), url=url)),
        ),
    )


def _kop(making: Making) -> Kop:
    """The stuurgegevens; only here may they say how else to reach the ontvanger."""
    kop, lot = making.kop(), making.lot
    by_phone = AanvullendeIdentificerendeGegevens(telefoonnummer=texts([draw_phone(lot)]))
    by_mail = AanvullendeIdentificerendeGegevens(emailadres=texts(["veiligthuis@example.nl"]))
    if kop.ontvanger is None or not lot.has():
        return kop
    return replace(kop, ontvanger=replace(kop.ontvanger, aanvullende_identificerende_gegevens=lot.pick((by_phone, by_mail))))


def _onderwerp(making: Making, mens: Mens, thuis: Adres) -> PersoonGeneriek:
    """The person whom it is about."""
    lot = making.lot
    landcode, land = lot.pick(_LANDEN)
    return PersoonGeneriek(
        inp_bsn=Value(mens.bsn) if lot.chance(0.9) else None,
        geslachtsnaam=Value(mens.geslachtsnaam),
        voorvoegsel_geslachtsnaam=value(mens.voorvoegsel),
        voornamen=Value(mens.voornamen),
        geslachtsaanduiding=Value(mens.geslacht),
        geboortedatum=born(mens),
        inp_geboorteplaats=making.maybe(Value("Voorbeeldstad")),
        inp_geboorte_land=making.maybe(Value(landcode)),
        sub_telefoonnummer=making.maybe(Value(mens.telefoonnummer)),
        sub_emailadres=making.maybe(Value(mens.emailadres)),
        inp_gemeente_van_inschrijving=making.maybe(Value(thuis.gemeente)),
        inp_heeft_als_nationaliteit=_nationaliteit() if lot.has() else (),
        geboortplaatsnaam_buitenland=making.maybe(Value("Verzonnegem")) if landcode != _LANDEN[0][0] else None,
        geboorteland_naam=making.maybe(Value(land)),
        vreemdelingennummer=making.maybe(Value(f"9900{lot.digits(6)}")),
        taal=making.maybe(_taal(making)),
        adres=(
            SoortAdres(soortadres=Value(_FEITELIJK), nederlandsadres=binnenland(thuis)),
            *((SoortAdres(soortadres=Value(_INSCHRIJVING), nederlandsadres=binnenland(thuis)),) if lot.has() else ()),
        ),
    )


def _nationaliteit() -> tuple[HeeftAlsNationaliteit, ...]:
    return (HeeftAlsNationaliteit(gerelateerde=Nationaliteit(code=Value("0001"), omschrijving=Value("Nederlandse"))),)


def _taal(making: Making) -> Taal:
    return Taal(code=making.maybe(Value("1")), omschrijving=Value("Nederlands"))


def _informering(making: Making) -> Informering:
    """Whether somebody was told, and what they said or why not."""
    if making.lot.chance(0.3):
        reden = Value(teksten.gegeven("was niet bereikbaar"))
        return Informering(reden_niet_geinformeerd=reden, indicatie_geinformeerd=ja_nee(is_so=False))
    return Informering(
        datum=making.maybe(dated(making.op)),
        reactie=making.maybe(Value(teksten.reactie(making.lot))),
        indicatie_geinformeerd=ja_nee(is_so=True),
    )


def _anderen(making: Making, gezin: Gezin) -> tuple[HeeftAlsOverigBetrokkene, ...]:
    """The parents who are not the subject themselves, and perhaps an organisation."""
    ouders = [gezin.moeder] if gezin.kinderen else []
    ouders += [gezin.vader] if gezin.vader is not None else []
    found = [
        HeeftAlsOverigBetrokkene(
            gerelateerde=OverigBetrokkene(natuurlijk_persoon=_ouder(making, mens, gezin)),
            betrokkenheid_relatie=Value(_OUDER),
            informering=making.maybe(_informering(making)),
        )
        for mens in ouders
    ]
    if making.lot.has():
        eenheid = OverigBetrokkene(organisatorische_eenheid=unit(making, KETENPARTNER))
        found.append(HeeftAlsOverigBetrokkene(gerelateerde=eenheid, betrokkenheid_relatie=Value(_VERANTWOORDELIJK)))
    return tuple(found)


def _ouder(making: Making, mens: Mens, gezin: Gezin) -> PersoonGeneriek:
    lot = making.lot
    waar = gezin.vader_woont if mens is gezin.vader else gezin.thuis
    if isinstance(waar, Buitenland):
        adres = SoortAdres(soortadres=Value(_LAATST_BEKEND), buitenlands_adres=buitenland(waar))
    else:
        adres = SoortAdres(soortadres=Value(_FEITELIJK), nederlandsadres=binnenland(waar))
    return PersoonGeneriek(
        inp_bsn=making.maybe(Value(mens.bsn)),
        geslachtsaanduiding=Value(mens.geslacht),
        sub_telefoonnummer=making.maybe(Value(mens.telefoonnummer)),
        sub_emailadres=making.maybe(Value(mens.emailadres)),
        inp_heeft_als_nationaliteit=_nationaliteit() if lot.has() else (),
        vreemdelingennummer=making.maybe(Value(f"9900{lot.digits(6)}")),
        naam=Value(mens.volledige_naam),
        taal=making.maybe(_taal(making)),
        adres=(adres,) if lot.has() or mens is gezin.moeder else (),
    )


def _situatie(making: Making) -> SituatieGeneriek:
    lot = making.lot
    return SituatieGeneriek(
        omschrijving_zorgelijke_situatie=Value(teksten.situatie(lot)),
        nadere_omschrijving=making.maybe(Value(teksten.hulpverlening(lot))),
        vraag_antwoord=tuple(
            VraagAntwoord(vraag_code=Value(code), antwoord=Value(teksten.gegeven("nee"))) for code in lot.some(_VRAGEN, 4)
        ),
        leefgebied=tuple(
            Leefgebied(leefgebied_code=Value(code), toelichting=making.maybe(Value(teksten.gegeven("hier zijn zorgen"))))
            for code in lot.some(_LEEFGEBIEDEN, 3)
        ),
        indicatie_instanties_betrokken=making.maybe(Value(lot.pick("JN"))),
        kent=making.maybe(Kent(gerelateerde=_incident(making))),
    )


def _incident(making: Making) -> Incident:
    """What happened: at a moment, or in a period, before it was reported."""
    lot = making.lot
    begin, is_moment = making.moment - timedelta(hours=lot.number(5, 200)), lot.chance(0.5)
    einde = begin + timedelta(hours=lot.number(1, 4))
    periode = Periode(datumtijd_begin=Value(f"{begin:%Y%m%d%H%M}"), datumtijd_einde=Value(f"{einde:%Y%m%d%H%M}"))
    return Incident(
        datum_tijd=Value(f"{begin:%Y%m%d%H%M}") if is_moment else None,
        periode_van_tot=None if is_moment else periode,
        omschrijving=making.maybe(Value(teksten.incident(lot))),
        locatie_aanduiding=Value(teksten.locatie(lot)),
    )
