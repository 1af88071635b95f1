"""Groups of the namespace of persons and addresses (bg 0310) that several messages have: addresses and organisations."""

from dataclasses import dataclass

from corv.inhoud.fields import Attributes, Group, Value, entity, one
from corv.inhoud.gedeeld import ExtraElementen
from corv.stuf import BG, STUF


@dataclass(frozen=True, kw_only=True)
class AdresBinnenland(Group):
    """An address in the Netherlands, as the messages of koppelvlak 1.0.9 have it."""

    wpl_woonplaats_naam: Value | None = one(BG, "wpl.woonplaatsNaam")
    gor_openbare_ruimte_naam: Value | None = one(BG, "gor.openbareRuimteNaam")
    aoa_postcode: Value | None = one(BG, "aoa.postcode")
    aoa_huisnummer: Value | None = one(BG, "aoa.huisnummer")
    aoa_huisletter: Value | None = one(BG, "aoa.huisletter")
    aoa_huisnummertoevoeging: Value | None = one(BG, "aoa.huisnummertoevoeging")


@dataclass(frozen=True, kw_only=True)
class AdresBuitenland(Group):
    """An address abroad; `landnaam` not in a vtMelding."""

    lnd_landcode: Value | None = one(BG, "lnd.landcode")
    lnd_landnaam: Value | None = one(BG, "lnd.landnaam")
    sub_adres_buitenland1: Value | None = one(BG, "sub.adresBuitenland1")
    sub_adres_buitenland2: Value | None = one(BG, "sub.adresBuitenland2")
    sub_adres_buitenland3: Value | None = one(BG, "sub.adresBuitenland3")


@dataclass(frozen=True, kw_only=True)
class WoonplaatsWaarinGelegen(Group):
    """The place that an address lies in."""

    wpl_identificatie: Value | None = one(BG, "wpl.identificatie")
    wpl_woonplaats_naam: Value | None = one(BG, "wpl.woonplaatsNaam")


@dataclass(frozen=True, kw_only=True)
class Verblijfsadres(Group):
    """An address in the Netherlands, as the messages about a zaak have it; that of a belanghebbende has more."""

    aoa_identificatie: Value | None = one(BG, "aoa.identificatie")
    authentiek: Value | None = one(BG, "authentiek")
    wpl_identificatie: Value | None = one(BG, "wpl.identificatie")
    wpl_woonplaats_naam: Value | None = one(BG, "wpl.woonplaatsNaam")
    aoa_woonplaats_waarin_gelegen: WoonplaatsWaarinGelegen | None = one(BG, "aoa.woonplaatsWaarinGelegen")
    gor_identificatie: Value | None = one(BG, "gor.identificatie")
    opr_identificatie: Value | None = one(BG, "opr.identificatie")
    gor_openbare_ruimte_naam: Value | None = one(BG, "gor.openbareRuimteNaam")
    gor_straatnaam: Value | None = one(BG, "gor.straatnaam")
    aoa_postcode: Value | None = one(BG, "aoa.postcode")
    aoa_huisnummer: Value | None = one(BG, "aoa.huisnummer")
    aoa_huisletter: Value | None = one(BG, "aoa.huisletter")
    aoa_huisnummertoevoeging: Value | None = one(BG, "aoa.huisnummertoevoeging")
    inp_locatiebeschrijving: Value | None = one(BG, "inp.locatiebeschrijving")
    begindatum_verblijf: Value | None = one(BG, "begindatumVerblijf")


@dataclass(frozen=True, kw_only=True)
class Vestiging(Group):
    """A branch: in a vtMelding by its number alone, in the terugkoppeling of a zorgmelding by its name alone."""

    attributes: Attributes = entity("VES")
    vestigings_nummer: Value | None = one(BG, "vestigingsNummer")
    handelsnaam_verkort: Value | None = one(BG, "handelsnaamVerkort")
    sub_telefoonnummer: Value | None = one(BG, "sub.telefoonnummer")
    sub_emailadres: Value | None = one(BG, "sub.emailadres")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class NietNatuurlijkPersoon(Group):
    """A legal person, by number and name."""

    attributes: Attributes = entity("NNP")
    inn_nnp_id: Value | None = one(BG, "inn.nnpId")
    statutaire_naam: Value | None = one(BG, "statutaireNaam")
