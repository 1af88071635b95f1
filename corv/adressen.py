"""The persons and addresses in a message, by the paths of each kind of message (../shared/geo/vt_address_paths.csv). Pure.

Only elements on these paths are looked at, by their local name, so what a message holds elsewhere is never taken for an
address, and a message that is invalid by the schema is read as far as it goes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from lxml import etree

from corv.elements import Path, children_named, elements_at, first_child, latest_day, local_name, value_of, why_no_value
from corv.werkgebied import Adres, Adressoort, Maatstaf, Persoon, Werkgebied, determine
from corv.werkgebied.roles import KNOWN_ROLES
from corv.werkgebied.values import GEEN_VERBLIJF, LAATST_BEKEND, ZONDER_VERBLIJF


@dataclass(frozen=True)
class _Betrokkene:
    """One way in which a kind of message names persons: the relation, its element with the role, the person below it.

    `gegevens`: the elements of that person that are read.
    """

    relatie: Path
    rol: str
    mens: Path
    gegevens: Path
    is_onderwerp: bool = False


@dataclass(frozen=True)
class _Vorm:
    """Where the persons of a kind of message are, and the free text of where it happened."""

    betrokkenen: tuple[_Betrokkene, ...]
    locatie: Path = ()


_ADRESSEN: Mapping[str, tuple[str, bool]] = {
    "feitelijkVerblijfsadresBinnenland": (Adressoort.FEITELIJK, False),
    "feitelijkVerblijfsadresBuitenland": (Adressoort.FEITELIJK, True),
    "formeelVerblijfadresBinnenland": (Adressoort.FORMEEL, False),
    "formeelVerblijfsadresBuitenland": (Adressoort.FORMEEL, True),
    "verblijfsadres": (Adressoort.FORMEEL, False),
    "sub.verblijfBuitenland": (Adressoort.FORMEEL, True),
}
"""The element of an address -> its soort, and whether it is abroad.

The `verblijfsadres` of a zaak does not say whether the person really is there, so it counts as formeel.
"""

_MENS, _NATUURLIJK = ("gerelateerde",), ("gerelateerde", "natuurlijkPersoon")
_VAN_VT = ("geboortedatum", *(name for name in _ADRESSEN if name.startswith(("feitelijk", "formeel"))))
_VAN_ZAAK = ("geboortedatum", "verblijfsadres", "sub.verblijfBuitenland")
_VAN_GENERIEK = ("geboortedatum", "inp.gemeenteVanInschrijving", "adres")

_ZAAK = _Vorm(
    (
        _Betrokkene(("object", "heeftBetrekkingOp"), "omschrijving", _NATUURLIJK, _VAN_ZAAK, is_onderwerp=True),
        _Betrokkene(("object", "heeftAlsBelanghebbende"), "omschrijving", _NATUURLIJK, _VAN_ZAAK),
    )
)

VORMEN: Mapping[str, _Vorm] = {
    "vtMeldingDi01": _Vorm(
        (_Betrokkene(("object", "betreft", "gerelateerde", "heeftBetrokken"), "jeugzorgrol", _MENS, _VAN_VT),),
        ("object", "locatieIncident"),
    ),
    "vtoDi01": _ZAAK,
    "notificatieDi01": _ZAAK,
    "zorgmeldingDi01": _ZAAK,
    "meldingGeneriekDi01": _Vorm(
        (
            _Betrokkene(("object", "heeftBetrekkingOp"), "", _NATUURLIJK, _VAN_GENERIEK, is_onderwerp=True),
            _Betrokkene(("object", "heeftAlsOverigBetrokkene"), "", _NATUURLIJK, _VAN_GENERIEK),
        ),
        ("object", "betreft", "gerelateerde", "kent", "gerelateerde", "locatieAanduiding"),
    ),
}
"""Every kind of message that has addresses, by the local name of its root. A meldingGeneriek names no role of our lists."""

_POSTCODE, _WOONPLAATS, _GELEGEN = "aoa.postcode", "wpl.woonplaatsNaam", "aoa.woonplaatsWaarinGelegen"
_OF_AN_ADDRESS = (_POSTCODE, _WOONPLAATS, _GELEGEN)

_SOORTADRES = {
    "02": Adressoort.FEITELIJK,
    "03": Adressoort.FORMEEL,
    "51": Adressoort.FORMEEL,
    "16": LAATST_BEKEND,
    "05": ZONDER_VERBLIJF,
    "13": ZONDER_VERBLIJF,
}
"""soortadres of a meldingGeneriek (werkgebieden.md 4); every other code is no abode."""

_AFGESCHERMD = "nietGeautoriseerd"


def werkgebied_of(root: etree._Element, maatstaf: Maatstaf) -> Werkgebied | None:
    """Which Veilig Thuis the addresses of a message point at; None for a kind of message that has no addresses."""
    vorm = VORMEN.get(local_name(root))
    if vorm is None:
        return None
    locatie = next((value_of(element) for _, element in elements_at(root, vorm.locatie)), None) if vorm.locatie else None
    return determine(read_persons(root), locatie, maatstaf, locatie_pad="/".join(vorm.locatie))


def read_persons(root: etree._Element) -> tuple[Persoon, ...]:
    """The persons of a message in its own order, also those without an address; none for a kind of message without addresses."""
    vorm = VORMEN.get(local_name(root))
    numbers = count(1)
    found = () if vorm is None else (persoon for soort in vorm.betrokkenen for persoon in _persons(root, soort, numbers))
    return tuple(found)


def _persons(root: etree._Element, soort: _Betrokkene, numbers: Iterator[int]) -> Iterator[Persoon]:
    for pad, relatie in elements_at(root, soort.relatie):
        written = value_of(first_child(relatie, soort.rol))
        rol = written if written in KNOWN_ROLES else None
        people = list(elements_at(relatie, soort.mens, pad))
        if not people:  # nil, or an organisation; a minor of whom nothing is known still makes the outcome less sure
            yield Persoon(next(numbers), rol, (), is_onderwerp=soort.is_onderwerp)
        for below, mens in people:
            adressen, geboren = _read_person(mens, soort.gegevens, below)
            yield Persoon(next(numbers), rol, adressen, geboren, soort.is_onderwerp)


def _read_person(mens: etree._Element, gegevens: Path, pad: str) -> tuple[tuple[Adres, ...], date | None]:
    adressen: list[Adres] = []
    geboren, gemeente = None, None
    for name, place, child in children_named(mens, gegevens, pad):
        if name == "geboortedatum":
            geboren = latest_day(child)
        elif name == "inp.gemeenteVanInschrijving":
            gemeente = Adres(place, Adressoort.FORMEEL, gemeente=value_of(child))
        elif name == "adres":
            adressen.append(_read_adres(child, place))
        else:
            adressen.append(_read_address(child, place, *_ADRESSEN[name]))
    return tuple(adressen if gemeente is None else _with_gemeente(adressen, gemeente)), geboren


def _read_address(group: etree._Element, pad: str, soort: str, is_abroad: bool) -> Adres:
    """An address by its parts. Where the sender may not or will not say a part of it, nothing is read."""
    parts = [(name, child) for name, _, child in children_named(group, _OF_AN_ADDRESS)]
    parts += [("gelegen", below) for name, child in parts if name == _GELEGEN for _, below in elements_at(child, (_WOONPLAATS,))]
    if any(why_no_value(element) == _AFGESCHERMD for element in (group, *(child for _, child in parts))):
        return Adres(pad, soort, is_geheim=True)
    if why_no_value(group) is not None:
        return Adres(pad, soort)
    values = {name: value_of(child) for name, child in parts}
    return Adres(pad, soort, values.get(_POSTCODE), values.get("gelegen") or values.get(_WOONPLAATS), is_buitenland=is_abroad)


def _read_adres(group: etree._Element, pad: str) -> Adres:
    """An address of a meldingGeneriek: its soort, and one of two groups."""
    soort = _SOORTADRES.get(value_of(first_child(group, "soortadres")) or "", GEEN_VERBLIJF)
    if why_no_value(group) == _AFGESCHERMD:
        return Adres(pad, soort, is_geheim=True)
    for name, _, child in children_named(group, ("nederlandsadres", "buitenlandsAdres")):
        return _read_address(child, pad, soort, name == "buitenlandsAdres")
    return Adres(pad, soort)


def _with_gemeente(adressen: list[Adres], gemeente: Adres) -> list[Adres]:
    """The gemeente of registration says more about a formal address in the country; without one it stands by itself."""

    def is_registered(adres: Adres) -> bool:
        return adres.soort == Adressoort.FORMEEL and not (adres.is_buitenland or adres.is_geheim)

    if any(map(is_registered, adressen)):
        return [replace(adres, gemeente=gemeente.gemeente) if is_registered(adres) else adres for adres in adressen]
    return [gemeente, *adressen]
