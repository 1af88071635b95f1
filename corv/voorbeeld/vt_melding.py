"""Examples of a vtMelding."""

from corv.inhoud.bg import Vestiging
from corv.inhoud.fields import Value, empty
from corv.inhoud.vt_melding import (
    Betreft,
    Betrokkene,
    HeeftBetrokken,
    IsGeinformeerdAan,
    IsIngediendDoor,
    Melder,
    Onderneming,
    PersoonMetNaam,
    Rechtspersoon,
    StaatInRelatieTot,
    VtMelding,
    VtMeldingDi01,
    ZorgelijkeSituatie,
)
from corv.inhoud.vt_terugkoppeling import Contactgegevens
from corv.rules.zaak import MOEDER_VAN_ONGEBOREN
from corv.stuf import NIL
from corv.voorbeeld import teksten
from corv.voorbeeld.adressen import Adres, Buitenland
from corv.voorbeeld.adresvormen import binnenland, buitenland
from corv.voorbeeld.gezin import Gezin, draw_gezin
from corv.voorbeeld.making import Making, born, dated, ja_nee, texts, value
from corv.voorbeeld.personen import Mens, draw_bsn
from corv.voorbeeld.vt_terugkoppeling import contactgegevens

_WIJZEN = ("mondeling", "schriftelijk", "telefonisch", "e-mail", "onbenoemd")
_OTHERS = ("grootouder", "overige verwant", "stiefouder", "voogd", "pleegouder", "hulpverlener", "melder", "onderwijsgevende")


def vt_melding(making: Making) -> VtMeldingDi01:
    """A melding of the police about a family."""
    lot, gezin = making.lot, draw_gezin(making)
    melding = making.before(3)
    is_sash = lot.has()
    geinformeerd = _geinformeerd(making, gezin)
    return VtMeldingDi01(
        stuurgegevens=making.kop(),
        object=VtMelding(
            identificatie_vt_melding=making.number("PL0900-"),
            datum_melding=dated(melding),
            datum_incident=dated(min(melding, making.before(10))),
            locatie_incident=Value(teksten.locatie(lot)) if lot.chance(0.9) else empty("waardeOnbekend"),
            omschrijving_incident=Value(teksten.incident(lot)),
            indicatie_agendering_afstemmingsoverleg_gewenst=ja_nee(is_so=lot.chance(0.2)),
            contactgegevens_verdieping_op_info=contactgegevens(making)
            if lot.has()
            else Contactgegevens(attributes=((NIL, "true"),)),
            informering=None
            if geinformeerd
            else Value(teksten.gegeven("nog niemand is ingelicht, om wie het kind is niet te alarmeren")),
            indicatie_sash_ingevuld=ja_nee(is_so=is_sash),
            sash_niveau=Value(lot.pick(("laag", "matig", "hoog"))) if is_sash else None,
            betreft=Betreft(gerelateerde=_situatie(making, gezin)),
            is_geinformeerd_aan=geinformeerd,
            is_ingediend_door=IsIngediendDoor(gerelateerde=_melder(making)),
        ),
    )


def _situatie(making: Making, gezin: Gezin) -> ZorgelijkeSituatie:
    lot = making.lot

    def optional(what: str) -> Value | None:
        return making.maybe(Value(teksten.gegeven(what)))

    return ZorgelijkeSituatie(
        omschrijving_zorgelijke_situatie=Value(teksten.situatie(lot)),
        relevante_registratie=texts(teksten.registratie(lot) for _ in range(lot.number(0, 2))) if lot.has() else (),
        aanvullende_informatie=optional("er is een hond in huis"),
        bestaande_hulpverlening=making.maybe(Value(teksten.hulpverlening(lot))),
        tijdelijk_huisverbod=optional("er is geen huisverbod opgelegd"),
        aanhouding=optional("er is niemand aangehouden"),
        aangifte=optional("er is geen aangifte gedaan"),
        eergerelateerd_geweld=optional("daar is geen aanwijzing voor"),
        heeft_betrokken=_betrokkenen(making, gezin),
    )


def _betrokkenen(making: Making, gezin: Gezin) -> tuple[HeeftBetrokken, ...]:
    lot = making.lot
    moeder = HeeftBetrokken(
        gerelateerde=_betrokkene(making, gezin.moeder, gezin.thuis, relatie=gezin.vader),
        jeugzorgrol=Value(MOEDER_VAN_ONGEBOREN if gezin.verwacht else "ouder met gezag"),
        aanvullende_informatie_betrokken_persoon=Value(
            teksten.gegeven(f"zij is in verwachting; het kind wordt rond {gezin.verwacht:%d-%m-%Y} verwacht")
        )
        if gezin.verwacht
        else making.maybe(Value(teksten.gegeven("zij spreekt ook Engels"))),
    )
    vader = gezin.vader and HeeftBetrokken(
        gerelateerde=_betrokkene(making, gezin.vader, gezin.vader_woont),
        jeugzorgrol=Value(lot.pick(("ouder met gezag", "ouder zonder gezag", "ouder, niet juridisch"))),
    )
    ander = making.personen.adult(making.op)
    anderen = [
        HeeftBetrokken(gerelateerde=_betrokkene(making, ander, making.world.elsewhere(lot)), jeugzorgrol=Value(rol))
        for rol in lot.some(_OTHERS, 1)
    ]
    kinderen = [_kind(making, kind, gezin) for kind in gezin.kinderen]
    return (*kinderen, moeder, *([vader] if vader else []), *anderen)


def _kind(making: Making, kind: Mens, gezin: Gezin) -> HeeftBetrokken:
    rol = "jeugdige" if kind is gezin.kinderen[0] or making.lot.chance(0.7) else "broer of zus"
    return HeeftBetrokken(
        gerelateerde=_betrokkene(making, kind, gezin.thuis),
        jeugzorgrol=Value(rol),
        overige_zorg_minderjarige=making.maybe(Value(teksten.gegeven("komt vaak te laat op school"))),
    )


def _betrokkene(making: Making, mens: Mens, waar: Adres | Buitenland, relatie: Mens | None = None) -> Betrokkene:
    """A person with a formal address, a factual one or both; the factual one is where he really is."""
    lot = making.lot
    is_formal = lot.has()
    is_factual = not is_formal or lot.chance(0.7)
    has_bsn = lot.chance(0.9)
    abroad = buitenland(waar, with_name=False) if isinstance(waar, Buitenland) else None
    inland = binnenland(waar) if isinstance(waar, Adres) else None
    return Betrokkene(
        inp_bsn=Value(mens.bsn) if has_bsn else None,
        geslachtsnaam=Value(mens.geslachtsnaam),
        voorvoegsel_geslachtsnaam=value(mens.voorvoegsel),
        voornamen=Value(mens.voornamen),
        geslachtsaanduiding=Value(mens.geslacht if lot.chance(0.95) else "O"),
        geboortedatum=born(mens),
        vreemdelingennummer=None if has_bsn else Value(f"9900{lot.digits(6)}"),
        rni=None if has_bsn else making.maybe(Value(f"9900{lot.digits(6)}")),
        telefoonnummer=texts([mens.telefoonnummer]) if lot.has() else (),
        nationaliteit=making.maybe(Value(lot.pick(("Nederlandse", "Belgische", "onbekend")))),
        taal=making.maybe(Value(lot.pick(("Nederlands", "Papiaments", "Français")))),
        formeel_verblijfsadres_buitenland=abroad if is_formal else None,
        formeel_verblijfadres_binnenland=inland if is_formal else None,
        feitelijk_verblijfsadres_buitenland=abroad if is_factual else None,
        feitelijk_verblijfsadres_binnenland=inland if is_factual else None,
        staat_in_relatie_tot=_relatie(making, relatie) if relatie is not None and lot.has() else (),
    )


def _relatie(making: Making, other: Mens) -> tuple[StaatInRelatieTot, ...]:
    gerelateerde = _met_naam(making, other)
    return (
        StaatInRelatieTot(
            gerelateerde=gerelateerde, omschrijving_sociale_relatie=Value(making.lot.pick(("partner", "ex-partner")))
        ),
    )


def _met_naam(making: Making, mens: Mens) -> PersoonMetNaam:
    """A person by BSN and names, or by the whole name alone."""
    if making.lot.chance(0.3):
        return PersoonMetNaam(volledige_naam=Value(mens.volledige_naam))
    return PersoonMetNaam(
        inp_bsn=making.maybe(Value(mens.bsn)),
        geslachtsnaam=Value(mens.geslachtsnaam),
        voorvoegsel_geslachtsnaam=value(mens.voorvoegsel),
        voornamen=Value(mens.voornamen),
        vreemdelingennummer=making.maybe(Value(f"9900{making.lot.digits(6)}")),
        rni=making.maybe(Value(f"9900{making.lot.digits(6)}")),
    )


def _geinformeerd(making: Making, gezin: Gezin) -> tuple[IsGeinformeerdAan, ...]:
    """The parents who were told of the melding."""
    lot, found = making.lot, []
    for mens in (gezin.moeder, gezin.vader):
        if mens is None or not lot.has():
            continue
        has_reacted = lot.chance(0.5)
        found.append(
            IsGeinformeerdAan(
                gerelateerde=_met_naam(making, mens),
                wijze_van_informering=making.maybe(Value(lot.pick(_WIJZEN))),
                indicatie_gereageerd=ja_nee(is_so=has_reacted),
                strekking_reactie=Value(teksten.reactie(lot)) if has_reacted else None,
                datum_geinformeerd=making.maybe(dated(making.op)),
            )
        )
    return tuple(found)


def _melder(making: Making) -> Melder:
    """The organisation that reports, by its name and perhaps by a number."""
    lot = making.lot
    number = lot.pick(("rsin", "kvk", ""))
    return Melder(
        vestiging=making.maybe(Vestiging(vestigings_nummer=Value(f"9999{lot.digits(8)}"))),
        naam=Value(making.zender.naam),
        instantiecode=making.maybe(Value(f"VB{lot.digits(4)}")),
        ingeschreven_niet_natuurlijk_persoon=Rechtspersoon(rsin=Value(draw_bsn(lot))) if number == "rsin" else None,
        maatschappelijke_activiteit=Onderneming(kvk_nummer=Value(f"0000{lot.digits(4)}")) if number == "kvk" else None,
    )
