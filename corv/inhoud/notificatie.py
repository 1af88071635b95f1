"""The content of a notificatie of the Raad voor de Kinderbescherming."""

from dataclasses import dataclass

from corv.inhoud.fields import Attributes, Group, Value, entity, many, one
from corv.inhoud.gedeeld import ExtraElementen, Kop
from corv.inhoud.rollen import HeeftAlsBelanghebbende, HeeftBetrekkingOpPersoon
from corv.inhoud.zkn import HeeftBetrekkingOpAndere, IsVan, Resultaat
from corv.stuf import JZ, STUF, ZKN


@dataclass(frozen=True, kw_only=True)
class Status(Group):
    """How far a zaak is."""

    attributes: Attributes = entity("STT")
    omschrijving: Value | None = one(ZKN, "omschrijving")


@dataclass(frozen=True, kw_only=True)
class Heeft(Group):
    """How far the zaak is, and since when."""

    attributes: Attributes = entity("ZAKSTT")
    gerelateerde: Status | None = one(ZKN, "gerelateerde")
    datum_status_gezet: Value | None = one(ZKN, "datumStatusGezet")


@dataclass(frozen=True, kw_only=True)
class Beslissing(Group):
    """A decision, and from when until when it holds."""

    attributes: Attributes = entity("BSL")
    datum_beslissing: Value | None = one(ZKN, "datumBeslissing")
    toelichting: Value | None = one(ZKN, "toelichting")
    ingangsdatum_werking: Value | None = one(ZKN, "ingangsdatumWerking")
    einddatum_werking: Value | None = one(ZKN, "einddatumWerking")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class LeidtTot(Group):
    """A decision that came of it."""

    attributes: Attributes = entity("ZAKBSL")
    gerelateerde: Beslissing | None = one(ZKN, "gerelateerde")


@dataclass(frozen=True, kw_only=True)
class ZaakNotificatie(Group):
    """The zaak of the Raad, of one jeugdige."""

    attributes: Attributes = entity("ZAK")
    identificatie: Value | None = one(ZKN, "identificatie")
    resultaat: Resultaat | None = one(ZKN, "resultaat")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    is_van: IsVan | None = one(ZKN, "isVan")
    heeft_betrekking_op: HeeftBetrekkingOpPersoon | None = one(ZKN, "heeftBetrekkingOp")
    heeft_als_belanghebbende: HeeftAlsBelanghebbende | None = one(ZKN, "heeftAlsBelanghebbende")
    heeft_betrekking_op_andere: HeeftBetrekkingOpAndere | None = one(ZKN, "heeftBetrekkingOpAndere")
    heeft: Heeft | None = one(ZKN, "heeft")
    leidt_tot: tuple[LeidtTot, ...] = many(ZKN, "leidtTot")


@dataclass(frozen=True, kw_only=True)
class NotificatieDi01(Group):
    """What the Raad voor de Kinderbescherming tells of its zaak."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: ZaakNotificatie | None = one(JZ, "object")
