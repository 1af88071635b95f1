"""The content of a zorgmelding, and of its terugkoppeling."""

from dataclasses import dataclass

from corv.inhoud.bg import NietNatuurlijkPersoon, Vestiging
from corv.inhoud.fields import Attributes, Group, Value, entity, many, one
from corv.inhoud.gedeeld import ExtraElementen, Kop
from corv.inhoud.personen import Persoon
from corv.inhoud.rollen import (
    AanspreekpuntInitiator,
    Contactpersoon,
    HeeftAlsBelanghebbende,
    HeeftBetrekkingOpJeugdigen,
    HeeftBetrekkingOpPersoon,
)
from corv.inhoud.zkn import HeeftRelevant, IsVan, Kenmerk, Resultaat
from corv.stuf import JZ, STUF, ZKN


@dataclass(frozen=True, kw_only=True)
class Initiator(Group):
    """The organisation that reports."""

    attributes: Attributes = entity("BTR")
    niet_natuurlijk_persoon: NietNatuurlijkPersoon | None = one(ZKN, "nietNatuurlijkPersoon")


@dataclass(frozen=True, kw_only=True)
class HeeftAlsInitiator(Group):
    """Who reports it and whom to ask there; in the terugkoppeling only whom to ask."""

    attributes: Attributes = entity("ZAKBTRINI")
    gerelateerde: Initiator | None = one(ZKN, "gerelateerde")
    code: Value | None = one(ZKN, "code")
    omschrijving: Value | None = one(ZKN, "omschrijving")
    toelichting: Value | None = one(ZKN, "toelichting")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    heeft_als_aanspreekpunt: AanspreekpuntInitiator | None = one(ZKN, "heeftAlsAanspreekpunt")


@dataclass(frozen=True, kw_only=True)
class ZaakZorgmelding(Group):
    """The worry about a jeugdige, as a zaak; it is told in the document."""

    attributes: Attributes = entity("ZAK")
    kenmerk: Kenmerk | None = one(ZKN, "kenmerk")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    is_van: IsVan | None = one(ZKN, "isVan")
    heeft_betrekking_op: HeeftBetrekkingOpJeugdigen | None = one(ZKN, "heeftBetrekkingOp")
    heeft_als_belanghebbende: tuple[HeeftAlsBelanghebbende, ...] = many(ZKN, "heeftAlsBelanghebbende")
    heeft_als_initiator: HeeftAlsInitiator | None = one(ZKN, "heeftAlsInitiator")
    heeft_relevant: HeeftRelevant | None = one(ZKN, "heeftRelevant")


@dataclass(frozen=True, kw_only=True)
class ZorgmeldingDi01(Group):
    """A worry of the police about a jeugdige, to a Veilig Thuis."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: ZaakZorgmelding | None = one(JZ, "object")


@dataclass(frozen=True, kw_only=True)
class BelanghebbendeTeruggekoppeld(Group):
    """A person or a branch of an organisation."""

    attributes: Attributes = entity("BTR")
    natuurlijk_persoon: Persoon | None = one(ZKN, "natuurlijkPersoon")
    vestiging: Vestiging | None = one(ZKN, "vestiging")


@dataclass(frozen=True, kw_only=True)
class AanspreekpuntBelanghebbende(Group):
    """Whom to ask at a belanghebbende."""

    attributes: Attributes = entity("ZAKBTRBLHCTP")
    gerelateerde: Contactpersoon | None = one(ZKN, "gerelateerde")


@dataclass(frozen=True, kw_only=True)
class HeeftAlsBelanghebbendeTeruggekoppeld(Group):
    """Whom the terugkoppeling also concerns, as what, and whom to ask there."""

    attributes: Attributes = entity("ZAKBTRBLH")
    gerelateerde: BelanghebbendeTeruggekoppeld | None = one(ZKN, "gerelateerde")
    omschrijving: Value | None = one(ZKN, "omschrijving")
    heeft_als_aanspreekpunt: AanspreekpuntBelanghebbende | None = one(ZKN, "heeftAlsAanspreekpunt")


@dataclass(frozen=True, kw_only=True)
class ZaakZorgmeldingTerugkoppeling(Group):
    """The zaak in which the zorgmelding was handled."""

    attributes: Attributes = entity("ZAK")
    identificatie: Value | None = one(ZKN, "identificatie")
    kenmerk: Kenmerk | None = one(ZKN, "kenmerk")
    resultaat: Resultaat | None = one(ZKN, "resultaat")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    is_van: IsVan | None = one(ZKN, "isVan")
    heeft_betrekking_op: HeeftBetrekkingOpPersoon | None = one(ZKN, "heeftBetrekkingOp")
    heeft_als_belanghebbende: tuple[HeeftAlsBelanghebbendeTeruggekoppeld, ...] = many(ZKN, "heeftAlsBelanghebbende")
    heeft_als_initiator: HeeftAlsInitiator | None = one(ZKN, "heeftAlsInitiator")


@dataclass(frozen=True, kw_only=True)
class ZorgmeldingTerugkoppelingDi01(Group):
    """What Veilig Thuis tells the police about a zorgmelding."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: ZaakZorgmeldingTerugkoppeling | None = one(JZ, "object")
