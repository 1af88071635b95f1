"""Organisations in the messages of verrijking and the generieke melding: a unit, and whom to reach there."""

from dataclasses import dataclass

from corv.berichten.fields import Attributes, Group, Value, entity, one
from corv.berichten.gedeeld import ExtraElementen
from corv.stuf import STUF, ZKN


@dataclass(frozen=True, kw_only=True)
class ContactMedewerker(Group):
    """An employee, and how to reach them."""

    attributes: Attributes = entity("MDW")
    telefoonnummer: Value | None = one(ZKN, "telefoonnummer")
    emailadres: Value | None = one(ZKN, "emailadres")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    naam: Value | None = one(ZKN, "naam")


@dataclass(frozen=True, kw_only=True)
class HeeftAlsContactpersoon(Group):
    """Whom to reach at a unit."""

    attributes: Attributes = entity("OEHMDWCPR")
    gerelateerde: ContactMedewerker | None = one(ZKN, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class OrganisatorischeEenheid(Group):
    """A unit of an organisation, by number and name."""

    attributes: Attributes = entity("OEH")
    identificatie: Value | None = one(ZKN, "identificatie")
    naam: Value | None = one(ZKN, "naam")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    heeft_als_contactpersoon: HeeftAlsContactpersoon | None = one(ZKN, "heeftAlsContactpersoon")


@dataclass(frozen=True, kw_only=True)
class Eenheid(Group):
    """The unit that plays a part."""

    attributes: Attributes = entity("BTR")
    organisatorische_eenheid: OrganisatorischeEenheid | None = one(ZKN, "organisatorischeEenheid")


@dataclass(frozen=True, kw_only=True)
class InitiatorEenheid(Group):
    """Who began it."""

    attributes: Attributes = entity("ZAKBTRINI")
    gerelateerde: Eenheid | None = one(ZKN, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class UitvoerendeEenheid(Group):
    """Who carries it out."""

    attributes: Attributes = entity("ZAKBTRUTV")
    gerelateerde: Eenheid | None = one(ZKN, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
