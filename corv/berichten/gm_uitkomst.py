"""The content of the uitkomst of a generieke melding."""

from dataclasses import dataclass

from corv.berichten.eenheid import ContactMedewerker, HeeftAlsContactpersoon, InitiatorEenheid, UitvoerendeEenheid
from corv.berichten.fields import Attributes, Group, Value, entity, many, one
from corv.berichten.gedeeld import ExtraElementen, Kop, ToelichtendeInformatie
from corv.stuf import JZ, STUF, ZKN


@dataclass(frozen=True, kw_only=True)
class BetrokkenEenheid(Group):
    """A unit of an organisation; here alone there may be several employees to reach."""

    attributes: Attributes = entity("OEH")
    identificatie: Value | None = one(ZKN, "identificatie")
    naam: Value | None = one(ZKN, "naam")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    heeft_als_contactpersoon: tuple[HeeftAlsContactpersoon, ...] = many(ZKN, "heeftAlsContactpersoon")


@dataclass(frozen=True, kw_only=True)
class BetrokkenOrganisatie(Group):
    """An organisation that is concerned."""

    attributes: Attributes = entity("BTR")
    organisatorische_eenheid: BetrokkenEenheid | None = one(ZKN, "organisatorischeEenheid")


@dataclass(frozen=True, kw_only=True)
class HeeftAlsBetrokkenOrganisatie(Group):
    """Which organisation is also concerned, and as what."""

    attributes: Attributes = entity("ZAKBTROVR")
    gerelateerde: BetrokkenOrganisatie | None = one(ZKN, "gerelateerde")
    betrokkenheid_relatie: Value | None = one(ZKN, "betrokkenheidRelatie")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class Casus(Group):
    """Where the melding is handled, and whom to reach about it."""

    registratienummer: Value | None = one(JZ, "registratienummer")
    contact: ContactMedewerker | None = one(JZ, "contact")


@dataclass(frozen=True, kw_only=True)
class RouterenNaarInstantie(Group):
    """The organisation to which the melding should go instead: its OIN and name."""

    identificatie: Value | None = one(JZ, "identificatie")
    naam: Value | None = one(JZ, "naam")


@dataclass(frozen=True, kw_only=True)
class ZaakUitkomst(Group):
    """What became of the melding; `uwIdentificatie` is the number that its sender gave it."""

    attributes: Attributes = entity("ZAK")
    identificatie: Value | None = one(ZKN, "identificatie")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    heeft_als_initiator: InitiatorEenheid | None = one(ZKN, "heeftAlsInitiator")
    heeft_als_uitvoerende: UitvoerendeEenheid | None = one(ZKN, "heeftAlsUitvoerende")
    heeft_als_overig_betrokkene: tuple[HeeftAlsBetrokkenOrganisatie, ...] = many(ZKN, "heeftAlsOverigBetrokkene")
    uw_identificatie: Value | None = one(JZ, "uwIdentificatie")
    soortmelding_code: Value | None = one(JZ, "soortmeldingCode")
    statuscode: Value | None = one(JZ, "statuscode")
    casus: Casus | None = one(JZ, "casus")
    toelichtendeinformatie: ToelichtendeInformatie | None = one(JZ, "toelichtendeinformatie")
    routeren_naar_instantie: RouterenNaarInstantie | None = one(JZ, "routerenNaarInstantie")


@dataclass(frozen=True, kw_only=True)
class UitkomstMeldingGeneriekDi01(Group):
    """What its handler tells who sent a generieke melding."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: ZaakUitkomst | None = one(JZ, "object")
