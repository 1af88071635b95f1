"""One address: the regions by its postcode, woonplaats and gemeente, and how sure they are together."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from corv.tabellen import NOWHERE, UNKNOWN, Tabellen, Vts
from corv.werkgebied.values import (
    GEEN_VERBLIJF,
    LAATST_BEKEND,
    ZONDER_VERBLIJF,
    Adres,
    Adressoort,
    Maatstaf,
    Zekerheid,
    lowest,
)


class Bron(NamedTuple):
    """Where one part of an address lies by the tables, and the regions of these gemeenten together."""

    gemeenten: frozenset[str] = NOWHERE
    vts: Vts = UNKNOWN


_NOTHING = Bron()


class Vondst(NamedTuple):
    """What the tables say of an address, in codes alone: nothing as the message has it, so it may be kept.

    `is_ingevuld`: the message gives a postcode, woonplaats or gemeente; `is_ingeschreven`: the gemeente of registration.
    """

    soort: str
    postcode: Bron = _NOTHING
    woonplaats: Bron = _NOTHING
    gemeente: Bron = _NOTHING
    is_buitenland: bool = False
    is_geheim: bool = False
    is_deels_geheim: bool = False
    is_ingevuld: bool = False
    is_ingeschreven: bool = False


class Oordeel(NamedTuple):
    """What an address says. `vts`: the regions by all that is known of it; of a contradiction each side.

    `postcode`, `woonplaats`, `regios` (those of `vts`) and `gemeenten`: codes in order.
    """

    vondst: Vondst
    waarom: str
    zekerheid: Zekerheid = Zekerheid.GEEN
    vts: Vts = UNKNOWN
    postcode: tuple[str, ...] = ()
    woonplaats: tuple[str, ...] = ()
    regios: tuple[str, ...] = ()
    gemeenten: tuple[str, ...] = ()


CEILING = {Adressoort.FORMEEL: Zekerheid.MIDDEL, LAATST_BEKEND: Zekerheid.LAAG}
"""How sure an address of that soort can be at most; the child may well be elsewhere."""

_CONCLUDES_NOTHING = {
    GEEN_VERBLIJF: "Dit soort adres is geen verblijfplaats; er wordt niets uit afgeleid.",
    ZONDER_VERBLIJF: "Volgens het bericht is er geen vaste of bekende verblijfplaats.",
}

_POSTCODE, _WOONPLAATS, _GEMEENTE = "de postcode", "de woonplaats", "de gemeentecode"


def look_up(adres: Adres, maatstaf: Maatstaf) -> Vondst:
    """What the tables say of an address on the day of reception; nothing where nothing may be concluded from it."""
    _, soort, postcode, woonplaats, gemeente, is_buitenland, is_geheim, is_deels_geheim = adres
    if is_geheim or is_buitenland or soort in _CONCLUDES_NOTHING:
        return Vondst(soort, is_buitenland=is_buitenland, is_geheim=is_geheim, is_deels_geheim=is_deels_geheim)
    tabellen, op = maatstaf.tabellen, maatstaf.op
    return Vondst(
        soort,
        _source(tabellen.gemeenten_of_postcode(postcode), tabellen, op) if postcode else _NOTHING,
        _source(tabellen.gemeenten_of_woonplaats(woonplaats), tabellen, op) if woonplaats else _NOTHING,
        _source(tabellen.gemeenten_of_code(gemeente), tabellen, op) if gemeente else _NOTHING,
        is_deels_geheim=is_deels_geheim,
        is_ingevuld=bool(postcode or woonplaats or gemeente),
        is_ingeschreven=bool(gemeente),
    )


def _source(gemeenten: frozenset[str], tabellen: Tabellen, op: date) -> Bron:
    return Bron(gemeenten, tabellen.vts_of(gemeenten, op))


def judge(vondst: Vondst) -> Oordeel:
    """What an address says, by what the tables say of it."""
    reason = _why_nothing(vondst)
    if reason is not None:
        return Oordeel(vondst, reason)
    sources = {_POSTCODE: vondst.postcode, _WOONPLAATS: vondst.woonplaats, _GEMEENTE: vondst.gemeente}
    vts, zekerheid, waarom = _together({name: bron.vts for name, bron in sources.items() if bron.vts})
    return Oordeel(
        vondst,
        waarom,
        lowest((zekerheid, CEILING.get(vondst.soort, Zekerheid.HOOG))),
        vts,
        tuple(sorted(vondst.postcode.vts)),
        tuple(sorted(vondst.woonplaats.vts)),
        tuple(sorted(vts)),
        tuple(sorted(_common_or_all([bron.gemeenten for bron in sources.values() if bron.vts]))),
    )


def _why_nothing(vondst: Vondst) -> str | None:
    """Why nothing is concluded from an address, whatever stands in it; None when it can be judged."""
    if vondst.is_geheim:
        return "Dit adres is afgeschermd; er wordt niets uit afgeleid."
    if vondst.is_buitenland:
        return "Dit adres ligt in het buitenland."
    if vondst.soort in _CONCLUDES_NOTHING:
        return _CONCLUDES_NOTHING[vondst.soort]
    return None if vondst.is_ingevuld else "De postcode en de woonplaats ontbreken of zijn leeg."


def _together(known: Mapping[str, Vts]) -> tuple[Vts, Zekerheid, str]:
    """What the sources that know a region say together."""
    if not known:
        return UNKNOWN, Zekerheid.GEEN, "Wat in dit adres is ingevuld, staat niet in de tabellen."
    names = " en ".join(known)
    vts = frozenset.intersection(*known.values())
    if not vts:
        all_of_them = frozenset[str]().union(*known.values())
        return all_of_them, Zekerheid.LAAG, f"Tegenspraak: {names} wijzen naar verschillende regio's."
    if len(vts) > 1:
        verb = "passen" if len(known) > 1 else "past"
        return vts, Zekerheid.LAAG, _capital(f"{names} {verb} bij meer dan één regio.")
    if len(known) == 1:
        return vts, Zekerheid.MIDDEL, f"Alleen {names} geeft een regio; de rest ontbreekt of staat niet in de tabellen."
    if len(known.get(_GEMEENTE) or known.get(_POSTCODE, UNKNOWN)) > 1:
        return vts, Zekerheid.MIDDEL, _capital(f"{names} wijzen samen naar één regio, maar niet elk op zichzelf.")
    return vts, Zekerheid.HOOG, _capital(f"{names} wijzen naar dezelfde regio.")


def _common_or_all(codes: list[frozenset[str]]) -> frozenset[str]:
    common = frozenset.intersection(*codes) if codes else frozenset[str]()
    return common or frozenset[str]().union(*codes)


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]
