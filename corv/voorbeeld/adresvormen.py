"""An address in the form that each kind of message wants."""

from corv.inhoud.bg import AdresBinnenland, AdresBuitenland, Verblijfsadres, WoonplaatsWaarinGelegen
from corv.inhoud.fields import Value
from corv.stuf import STUF
from corv.voorbeeld.adressen import Adres, Buitenland
from corv.voorbeeld.making import Making, dated, value

_METAGEGEVEN = f"{{{STUF}}}metagegeven"
_LONGEST_STRAATNAAM = 24


def verblijfsadres(making: Making, adres: Adres) -> Verblijfsadres:
    """Where a child lives. A number of the BAG begins with a gemeente, and 0000 is none."""
    lot = making.lot
    has_number = lot.has()
    return Verblijfsadres(
        aoa_identificatie=Value(f"000020{lot.digits(10)}") if has_number else None,
        authentiek=making.maybe(authentiek(making)) if has_number else None,
        wpl_woonplaats_naam=Value(adres.woonplaats),
        gor_openbare_ruimte_naam=Value(adres.straat),
        gor_straatnaam=making.maybe(Value(adres.straat[:_LONGEST_STRAATNAAM].strip())),
        aoa_postcode=Value(adres.postcode),
        aoa_huisnummer=value(adres.huisnummer),
        aoa_huisletter=value(adres.huisletter),
        aoa_huisnummertoevoeging=value(adres.toevoeging),
        inp_locatiebeschrijving=making.maybe(Value("voorbeeld: de bovenste bel")),
    )


def long_verblijfsadres(making: Making, adres: Adres) -> Verblijfsadres:
    """Where an adult lives, who may have a longer form of address."""
    lot = making.lot
    return Verblijfsadres(
        wpl_woonplaats_naam=Value(adres.woonplaats),
        aoa_woonplaats_waarin_gelegen=making.maybe(WoonplaatsWaarinGelegen(wpl_woonplaats_naam=Value(adres.woonplaats))),
        gor_identificatie=making.maybe(Value(f"000030{lot.digits(10)}")),
        opr_identificatie=making.maybe(Value(f"000030{lot.digits(10)}")),
        gor_openbare_ruimte_naam=Value(adres.straat),
        aoa_postcode=Value(adres.postcode),
        aoa_huisnummer=value(adres.huisnummer),
        aoa_huisletter=value(adres.huisletter),
        aoa_huisnummertoevoeging=value(adres.toevoeging),
        begindatum_verblijf=making.maybe(dated(making.before(900))),
    )


def binnenland(adres: Adres) -> AdresBinnenland:
    """An address in the Netherlands, as the newer messages have it."""
    return AdresBinnenland(
        wpl_woonplaats_naam=Value(adres.woonplaats),
        gor_openbare_ruimte_naam=Value(adres.straat),
        aoa_postcode=Value(adres.postcode),
        aoa_huisnummer=value(adres.huisnummer),
        aoa_huisletter=value(adres.huisletter),
        aoa_huisnummertoevoeging=value(adres.toevoeging),
    )


def buitenland(adres: Buitenland, *, with_name: bool = True) -> AdresBuitenland:
    """An address abroad. `with_name`: with the name of the country; a vtMelding has none."""
    lines = [value(line) for line in (*adres.regels, "", "")]
    return AdresBuitenland(
        lnd_landcode=Value(adres.landcode),
        lnd_landnaam=Value(adres.landnaam) if with_name else None,
        sub_adres_buitenland1=lines[0],
        sub_adres_buitenland2=lines[1],
        sub_adres_buitenland3=lines[2],
    )


def authentiek(making: Making) -> Value:
    """Whether what stands before it is authentic."""
    return Value(making.lot.pick("JN"), ((_METAGEGEVEN, "true"),))
