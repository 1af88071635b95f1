"""The extraElementen that the chain knows by name, by the place where they stand (corv.md 4.7).

Those of a besluit in a notificatie are not here: a rule of their own says which may stand there (corv.md 4.2, row 41).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from lxml import etree

from corv.rules.bericht import Bericht, clark, name_of
from corv.rules.gezin import GEINFORMEERD
from corv.rules.zaak import (
    BELANGHEBBENDEN,
    IDENTIFICATIES,
    KINDEREN,
    KVK,
    TOEZICHT_BEGIN,
    TOEZICHT_EINDE,
    TOEZICHT_SOORT,
    URGENTIE,
    VESTIGING,
    VOLGNUMMER,
)
from corv.rules.zorg import MEDEWERKER


class Soort(Enum):
    """Of what kind a value is."""

    TEKST = auto()
    TRUE_FALSE = auto()
    DATUM = auto()


TEKST, TRUE_FALSE, DATUM = Soort


@dataclass(frozen=True)
class Plaats:
    """A place where extraElementen may stand, in a message by the local name of its root. `kent`: what each name holds."""

    bericht: str
    pad: str
    kent: Mapping[str, Soort]

    def soort_of(self, extra_element: etree._Element) -> Soort | None:
        """Of what kind its value is; None for a name that is not known here."""
        return self._by_name.get(name_of(extra_element).casefold())

    @cached_property
    def _by_name(self) -> Mapping[str, Soort]:
        return {naam.casefold(): soort for naam, soort in self.kent.items()}


_OBJECT, _INITIATOR = "JZ:object", "JZ:object/ZKN:heeftAlsInitiator"
_KENMERKEN = dict.fromkeys(IDENTIFICATIES, TEKST)
_SIGNAAL = {"signaalType": TEKST, TOEZICHT_SOORT: TEKST, TOEZICHT_BEGIN: DATUM, TOEZICHT_EINDE: DATUM}
_MEDEWERKER = {MEDEWERKER: TEKST}

PLAATSEN: tuple[Plaats, ...] = (
    Plaats(
        "vtoDi01",
        _OBJECT,
        {"datumIndiening": DATUM, **dict.fromkeys(URGENTIE, TEKST), "rolJeugdzorgVerzoeker": TEKST, "gezinsGeschiedenis": TEKST},
    ),
    Plaats("vtoDi01", KINDEREN, {VOLGNUMMER: TEKST, **_KENMERKEN}),
    Plaats("vtoDi01", BELANGHEBBENDEN, {VOLGNUMMER: TEKST, GEINFORMEERD: TRUE_FALSE, "redenGeenInformering": TEKST}),
    Plaats("vtoDi01", f"{BELANGHEBBENDEN}/{VESTIGING}", {KVK: TEKST}),
    Plaats("notificatieDi01", _OBJECT, {"instantie": TEKST, "indicatieAmbtshalve": TRUE_FALSE}),
    Plaats("notificatieDi01", KINDEREN, _KENMERKEN),
    Plaats("notificatiejrDi01", _OBJECT, _SIGNAAL),
    Plaats("zorgmeldingDi01", _OBJECT, _SIGNAAL),
    Plaats("zorgmeldingTerugkoppelingDi01", _OBJECT, {"vervolgactie": TEKST, "vtoIndicatie": TRUE_FALSE}),
    Plaats("zorgmeldingTerugkoppelingDi01", _INITIATOR, _MEDEWERKER),
    Plaats("zorgmeldingTerugkoppelingDi01", f"{_INITIATOR}/ZKN:heeftAlsAanspreekpunt/ZKN:gerelateerde", _MEDEWERKER),
)

_BY_PATH = {(plaats.bericht, clark(plaats.pad)): plaats for plaats in PLAATSEN}


def extra_elementen(bericht: Bericht) -> Iterator[tuple[Plaats, etree._Element]]:
    """Every extraElement at one of the places, with that place."""
    for elementen in bericht.every("StUF:extraElementen"):
        above = elementen.getparent()
        if above is not None and (plaats := _BY_PATH.get((bericht.naam, bericht.path_of(above)))) is not None:
            for element in elementen.iterchildren("{*}extraElement"):
                yield plaats, element
