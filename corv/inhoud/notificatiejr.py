"""The content of a notificatie jeugdreclassering."""

from dataclasses import dataclass

from corv.inhoud.fields import Attributes, Group, Value, entity, many, one
from corv.inhoud.gedeeld import ExtraElementen, Kop
from corv.inhoud.personen import Persoon
from corv.inhoud.rollen import AanspreekpuntInitiator
from corv.inhoud.zkn import IsVan
from corv.stuf import BG, JZ, STUF, ZKN


@dataclass(frozen=True, kw_only=True)
class ObjectPersonen(Group):
    """That what the notificatie is about; the schema allows several persons in it."""

    attributes: Attributes = entity("OBJ")
    natuurlijk_persoon: tuple[Persoon, ...] = many(ZKN, "natuurlijkPersoon")


@dataclass(frozen=True, kw_only=True)
class HeeftBetrekkingOpPersonen(Group):
    """Whom the notificatie is about."""

    attributes: Attributes = entity("ZAKOBJ")
    gerelateerde: ObjectPersonen | None = one(ZKN, "gerelateerde")
    omschrijving: Value | None = one(ZKN, "omschrijving")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class RechtspersoonInitiator(Group):
    """A legal person. The schema of this message alone lets its number occur twice."""

    attributes: Attributes = entity("NNP")
    inn_nnp_id: tuple[Value, ...] = many(BG, "inn.nnpId")
    statutaire_naam: Value | None = one(BG, "statutaireNaam")


@dataclass(frozen=True, kw_only=True)
class InitiatorJr(Group):
    """The organisation that ordered it."""

    attributes: Attributes = entity("BTR")
    niet_natuurlijk_persoon: RechtspersoonInitiator | None = one(ZKN, "nietNatuurlijkPersoon")


@dataclass(frozen=True, kw_only=True)
class HeeftAlsInitiatorJr(Group):
    """Who ordered it, and whom to ask there."""

    attributes: Attributes = entity("ZAKBTRINI")
    gerelateerde: InitiatorJr | None = one(ZKN, "gerelateerde")
    code: Value | None = one(ZKN, "code")
    omschrijving: Value | None = one(ZKN, "omschrijving")
    toelichting: Value | None = one(ZKN, "toelichting")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    heeft_als_aanspreekpunt: AanspreekpuntInitiator | None = one(ZKN, "heeftAlsAanspreekpunt")


@dataclass(frozen=True, kw_only=True)
class ZaakNotificatiejr(Group):
    """The zaak in which jeugdreclassering was ordered."""

    attributes: Attributes = entity("ZAK")
    omschrijving: Value | None = one(ZKN, "omschrijving")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    is_van: IsVan | None = one(ZKN, "isVan")
    heeft_betrekking_op: HeeftBetrekkingOpPersonen | None = one(ZKN, "heeftBetrekkingOp")
    heeft_als_initiator: HeeftAlsInitiatorJr | None = one(ZKN, "heeftAlsInitiator")


@dataclass(frozen=True, kw_only=True)
class NotificatiejrDi01(Group):
    """A notice that a jeugdige gets jeugdreclassering."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: ZaakNotificatiejr | None = one(JZ, "object")
