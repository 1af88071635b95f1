"""One address: the regions by its postcode, woonplaats and gemeente, and how sure they are together."""

from dataclasses import dataclass
from functools import lru_cache

from corv.tabellen import UNKNOWN, Vts
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


@dataclass(frozen=True)
class Oordeel:
    """What an address says. `vts`: the regions by all that is known of it; of a contradiction each side."""

    adres: Adres
    waarom: str
    zekerheid: Zekerheid = Zekerheid.GEEN
    postcode: Vts = UNKNOWN
    woonplaats: Vts = UNKNOWN
    vts: Vts = UNKNOWN
    gemeenten: frozenset[str] = frozenset()


CEILING = {Adressoort.FORMEEL: Zekerheid.MIDDEL, LAATST_BEKEND: Zekerheid.LAAG}
"""How sure an address of that soort can be at most; the child may well be elsewhere."""

_CONCLUDES_NOTHING = {
    GEEN_VERBLIJF: "Dit soort adres is geen verblijfplaats; er wordt niets uit afgeleid.",
    ZONDER_VERBLIJF: "Volgens het bericht is er geen vaste of bekende verblijfplaats.",
}

_POSTCODE, _WOONPLAATS, _GEMEENTE = "de postcode", "de woonplaats", "de gemeentecode"


def judge(adres: Adres, maatstaf: Maatstaf) -> Oordeel:
    """What an address says by the tables, on the day of reception."""
    reason = _why_nothing(adres)
    if reason is not None:
        return Oordeel(adres, reason)
    tabellen = maatstaf.tabellen
    gemeenten = {
        _POSTCODE: tabellen.gemeenten_of_postcode(adres.postcode) if adres.postcode else frozenset(),
        _WOONPLAATS: tabellen.gemeenten_of_woonplaats(adres.woonplaats) if adres.woonplaats else frozenset(),
        _GEMEENTE: tabellen.gemeenten_of_code(adres.gemeente) if adres.gemeente else frozenset(),
    }
    regions = {source: tabellen.vts_of(codes, maatstaf.op) if codes else UNKNOWN for source, codes in gemeenten.items()}
    known = {source: vts for source, vts in regions.items() if vts}
    vts, zekerheid, waarom = _together(tuple(known.items()))
    return Oordeel(
        adres,
        waarom,
        lowest((zekerheid, CEILING.get(adres.soort, Zekerheid.HOOG))),
        regions[_POSTCODE],
        regions[_WOONPLAATS],
        vts,
        _common_or_all([codes for source, codes in gemeenten.items() if source in known]),
    )


def _why_nothing(adres: Adres) -> str | None:
    """Why nothing is concluded from an address, whatever stands in it; None when it can be looked up."""
    if adres.is_geheim:
        return "Dit adres is afgeschermd; er wordt niets uit afgeleid."
    if adres.is_buitenland:
        return "Dit adres ligt in het buitenland."
    if adres.soort in _CONCLUDES_NOTHING:
        return _CONCLUDES_NOTHING[adres.soort]
    if not (adres.postcode or adres.woonplaats or adres.gemeente):
        return "De postcode en de woonplaats ontbreken of zijn leeg."
    return None


@lru_cache(maxsize=1024)
def _together(found: tuple[tuple[str, Vts], ...]) -> tuple[Vts, Zekerheid, str]:
    """What the sources that know a region say together. Kept, because neighbours say the same; it holds nothing of a message."""
    if not found:
        return UNKNOWN, Zekerheid.GEEN, "Wat in dit adres is ingevuld, staat niet in de tabellen."
    known = dict(found)
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
