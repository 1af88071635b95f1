"""The persons and addresses in a message, by the paths of each kind of message (../shared/geo/vt_address_paths.csv). Pure.

Only elements on these paths are looked at, by their local name, so what a message holds elsewhere is never taken for an
address, and a message that is invalid by the schema is read as far as it goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from corv.elements import (
    Below,
    Path,
    days_of,
    elements_at,
    find_wanted,
    first_child,
    local_name,
    numbers_of,
    tags_of,
    value_of,
    why_no_value,
)
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

    @cached_property
    def tags(self) -> Path:
        """Of every element on the way to what is read, and of that itself."""
        steps = {step for one in self.betrokkenen for step in (*one.relatie, one.rol, *one.mens, *one.gegevens)} - {""}
        return tags_of((*sorted(steps | {*self.locatie, *_WITHIN_AN_ADDRESS}),))


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
_GEBOREN, _GEMEENTE, _ADRES = "geboortedatum", "inp.gemeenteVanInschrijving", "adres"
_VAN_VT = (_GEBOREN, *(name for name in _ADRESSEN if name.startswith(("feitelijk", "formeel"))))
_VAN_ZAAK = (_GEBOREN, "verblijfsadres", "sub.verblijfBuitenland")
_VAN_GENERIEK = (_GEBOREN, _GEMEENTE, _ADRES)

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
_DAARIN = f"{_GELEGEN}/{_WOONPLAATS}"
_OF_AN_ADDRESS = frozenset({_POSTCODE, _WOONPLAATS, _GELEGEN, _DAARIN})
_SOORT, _INLAND, _ABROAD = "soortadres", "nederlandsadres", "buitenlandsAdres"
_GROUPS = (_INLAND, _ABROAD)
_WITHIN_AN_ADDRESS = {_POSTCODE, _WOONPLAATS, _GELEGEN, _SOORT, *_GROUPS}

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

_HAS_SHIELDED = etree.XPath(f"boolean(.//@*[. = '{_AFGESCHERMD}'])")
"""Whether anything within an address is shielded. Of its other parts nothing is read."""

Days = tuple[date | None, date | None]
_UNKNOWN: Days = (None, None)


class Adresboek(NamedTuple):
    """What a message says of where its persons are: the persons in its own order, also those without an address.

    `locatie`: the free text of where it happened, None where there is none; `locatie_pad`: the element that holds it.
    """

    personen: tuple[Persoon, ...]
    locatie: str | None
    locatie_pad: str


def read_addresses(root: etree._Element) -> Adresboek | None:
    """Read the persons and addresses of a message; None for a kind of message that has no addresses."""
    vorm = VORMEN.get(local_name(root))
    if vorm is None:
        return None
    below = find_wanted(root, vorm.tags)
    locaties = elements_at(below, root, vorm.locatie) if vorm.locatie else ()
    locatie = next((value_of(element) for _, element in locaties), None)
    return Adresboek(tuple(_persons(below, root, vorm)), locatie, "/".join(vorm.locatie))


def werkgebied_of(adresboek: Adresboek, maatstaf: Maatstaf) -> Werkgebied:
    """Which Veilig Thuis these addresses point at."""
    return determine(adresboek.personen, adresboek.locatie, maatstaf, locatie_pad=adresboek.locatie_pad)


def _persons(below: Below, root: etree._Element, vorm: _Vorm) -> list[Persoon]:
    personen: list[Persoon] = []
    for soort in vorm.betrokkenen:
        for pad, relatie in elements_at(below, root, soort.relatie):
            written = value_of(first_child(below, relatie, soort.rol))
            rol = written if written in KNOWN_ROLES else None
            people = elements_at(below, relatie, soort.mens, pad)
            if not people:  # nil, or an organisation; a minor of whom nothing is known still makes the outcome less sure
                personen.append(Persoon(len(personen) + 1, rol, (), is_onderwerp=soort.is_onderwerp))
            for place, mens in people:
                adressen, (vanaf, tot) = _read_person(below, mens, place)
                unsure = vanaf if vanaf != tot else None
                personen.append(Persoon(len(personen) + 1, rol, adressen, tot, soort.is_onderwerp, unsure))
    return personen


def _read_person(below: Below, mens: etree._Element, pad: str) -> tuple[tuple[Adres, ...], Days]:
    """The addresses of a person, and between which days the birth date lies."""
    adressen: list[Adres] = []
    geboren, gemeente = _UNKNOWN, None
    children = below.get(mens, ())
    numbers = numbers_of(children)
    for name, child in children:
        if name == _GEBOREN:
            geboren = days_of(child) or _UNKNOWN
            continue
        place = f"{pad}/{name}{numbers.get(child, '')}"
        if name in _ADRESSEN:
            soort, is_abroad = _ADRESSEN[name]
            adressen.append(_read_address(below, child, place, soort, is_abroad=is_abroad))
        elif name == _GEMEENTE:
            gemeente = Adres(place, Adressoort.FORMEEL, gemeente=value_of(child))
        elif name == _ADRES:
            adressen.append(_read_adres(below, child, place))
    return tuple(adressen if gemeente is None else _with_gemeente(adressen, gemeente)), geboren


def _read_address(below: Below, group: etree._Element, pad: str, soort: str, *, is_abroad: bool) -> Adres:
    """An address by its parts. Where the sender may not or will not say a part of it, nothing is read."""
    reason, values = why_no_value(group), dict[str, str | None]()
    parts = [*below.get(group, ())]
    for name, part in parts:  # also over what the loop itself adds
        if name == _GELEGEN:
            parts += [(_DAARIN, inner) for found, inner in below.get(part, ()) if found == _WOONPLAATS]
        if name in _OF_AN_ADDRESS:
            values[name] = value_of(part)
            if values[name] is None and why_no_value(part) == _AFGESCHERMD:
                reason = _AFGESCHERMD
    if reason is not None:
        return Adres(pad, soort, is_geheim=reason == _AFGESCHERMD)
    woonplaats = values.get(_DAARIN) or values.get(_WOONPLAATS)
    return Adres(pad, soort, values.get(_POSTCODE), woonplaats, None, is_abroad, is_deels_geheim=bool(_HAS_SHIELDED(group)))


def _read_adres(below: Below, group: etree._Element, pad: str) -> Adres:
    """An address of a meldingGeneriek: its soort, and one of two groups."""
    soort = _SOORTADRES.get(value_of(first_child(below, group, _SOORT)) or "", GEEN_VERBLIJF)
    if why_no_value(group) == _AFGESCHERMD:
        return Adres(pad, soort, is_geheim=True)
    for name, child in below.get(group, ()):
        if name in _GROUPS:
            return _read_address(below, child, pad, soort, is_abroad=name == _ABROAD)
    return Adres(pad, soort)


def _with_gemeente(adressen: list[Adres], gemeente: Adres) -> list[Adres]:
    """The gemeente of registration says more about a formal address in the country; without one it stands by itself."""

    def is_registered(adres: Adres) -> bool:
        return adres.soort == Adressoort.FORMEEL and not (adres.is_buitenland or adres.is_geheim)

    if any(map(is_registered, adressen)):
        return [adres._replace(gemeente=gemeente.gemeente) if is_registered(adres) else adres for adres in adressen]
    return [gemeente, *adressen]
