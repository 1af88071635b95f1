"""Organisations as the newer messages name them: a unit, and whom to reach there."""

from corv.inhoud.eenheid import (
    ContactMedewerker,
    Eenheid,
    HeeftAlsContactpersoon,
    InitiatorEenheid,
    OrganisatorischeEenheid,
    UitvoerendeEenheid,
)
from corv.inhoud.fields import Value
from corv.voorbeeld.gezin import work_email
from corv.voorbeeld.making import Making
from corv.voorbeeld.personen import draw_phone
from corv.voorbeeld.world import Deelnemer

_LONGEST_NUMBER, _LONGEST_NAME = 24, 50


def initiator(making: Making, deelnemer: Deelnemer) -> InitiatorEenheid:
    """Who began it."""
    return InitiatorEenheid(gerelateerde=_eenheid(making, deelnemer))


def uitvoerende(making: Making, deelnemer: Deelnemer) -> UitvoerendeEenheid:
    """Who carries it out."""
    return UitvoerendeEenheid(gerelateerde=_eenheid(making, deelnemer))


def unit(making: Making, deelnemer: Deelnemer) -> OrganisatorischeEenheid:
    """A unit of an organisation, and perhaps whom to reach there."""
    return OrganisatorischeEenheid(
        identificatie=Value(deelnemer.oin[:_LONGEST_NUMBER]),
        naam=Value(deelnemer.naam[:_LONGEST_NAME].strip()),
        heeft_als_contactpersoon=making.maybe(contactpersoon(making)),
    )


def contactpersoon(making: Making) -> HeeftAlsContactpersoon:
    """Whom to reach at a unit."""
    return HeeftAlsContactpersoon(gerelateerde=medewerker(making))


def medewerker(making: Making) -> ContactMedewerker:
    """An employee, and how to reach them."""
    wie = making.personen.adult(making.op)
    return ContactMedewerker(
        telefoonnummer=making.maybe(Value(draw_phone(making.lot))),
        emailadres=making.maybe(Value(work_email(making, wie))),
        naam=Value(wie.volledige_naam),
    )


def _eenheid(making: Making, deelnemer: Deelnemer) -> Eenheid:
    return Eenheid(organisatorische_eenheid=unit(making, deelnemer))
