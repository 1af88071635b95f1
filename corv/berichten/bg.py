"""Groups of the namespace of persons and addresses (bg 0310) that several messages have."""

from dataclasses import dataclass

from corv.berichten.fields import Group, Value, one
from corv.stuf import BG


@dataclass(frozen=True, kw_only=True)
class AdresBinnenland(Group):
    """An address in the Netherlands."""

    wpl_woonplaats_naam: Value | None = one(BG, "wpl.woonplaatsNaam")
    gor_openbare_ruimte_naam: Value | None = one(BG, "gor.openbareRuimteNaam")
    aoa_postcode: Value | None = one(BG, "aoa.postcode")
    aoa_huisnummer: Value | None = one(BG, "aoa.huisnummer")
    aoa_huisletter: Value | None = one(BG, "aoa.huisletter")
    aoa_huisnummertoevoeging: Value | None = one(BG, "aoa.huisnummertoevoeging")


@dataclass(frozen=True, kw_only=True)
class AdresBuitenland(Group):
    """An address abroad; `landnaam` only in a generieke melding and a zorgmelding."""

    lnd_landcode: Value | None = one(BG, "lnd.landcode")
    lnd_landnaam: Value | None = one(BG, "lnd.landnaam")
    sub_adres_buitenland1: Value | None = one(BG, "sub.adresBuitenland1")
    sub_adres_buitenland2: Value | None = one(BG, "sub.adresBuitenland2")
    sub_adres_buitenland3: Value | None = one(BG, "sub.adresBuitenland3")
