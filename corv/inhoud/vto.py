"""The content of a verzoek tot onderzoek (vto)."""

from dataclasses import dataclass

from corv.inhoud.bg import NietNatuurlijkPersoon
from corv.inhoud.fields import Attributes, Group, Value, entity, many, one
from corv.inhoud.gedeeld import ExtraElementen, Kop
from corv.inhoud.rollen import HeeftAlsBelanghebbende, HeeftBetrekkingOpJeugdigen
from corv.inhoud.zkn import HeeftBetrekkingOpAndere, HeeftRelevant, IsVan
from corv.stuf import JZ, STUF, ZKN


@dataclass(frozen=True, kw_only=True)
class Medewerker(Group):
    """An employee of the organisation that asks."""

    attributes: Attributes = entity("MDW")
    identificatie: Value | None = one(ZKN, "identificatie")
    achternaam: Value | None = one(ZKN, "achternaam")
    voorletters: Value | None = one(ZKN, "voorletters")
    voorvoegsel_achternaam: Value | None = one(ZKN, "voorvoegselAchternaam")
    roepnaam: Value | None = one(ZKN, "roepnaam")
    geslachtsaanduiding: Value | None = one(ZKN, "geslachtsaanduiding")
    functie: Value | None = one(ZKN, "functie")
    telefoonnummer: Value | None = one(ZKN, "telefoonnummer")
    emailadres: Value | None = one(ZKN, "emailadres")


@dataclass(frozen=True, kw_only=True)
class Uitvoerende(Group):
    """The organisation that asks and its employee; the schema allows two of one and none of the other."""

    attributes: Attributes = entity("BTR")
    medewerker: tuple[Medewerker, ...] = many(ZKN, "medewerker")
    niet_natuurlijk_persoon: tuple[NietNatuurlijkPersoon, ...] = many(ZKN, "nietNatuurlijkPersoon")


@dataclass(frozen=True, kw_only=True)
class HeeftAlsUitvoerende(Group):
    """Who asks."""

    attributes: Attributes = entity("ZAKBTRUTV")
    gerelateerde: Uitvoerende | None = one(ZKN, "gerelateerde")
    omschrijving: Value | None = one(ZKN, "omschrijving")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class ZaakVto(Group):
    """The zaak from which the Raad voor de Kinderbescherming is asked to investigate."""

    attributes: Attributes = entity("ZAK")
    identificatie: Value | None = one(ZKN, "identificatie")
    omschrijving: Value | None = one(ZKN, "omschrijving")
    startdatum: Value | None = one(ZKN, "startdatum")
    registratiedatum: Value | None = one(ZKN, "registratiedatum")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    is_van: IsVan | None = one(ZKN, "isVan")
    heeft_betrekking_op: tuple[HeeftBetrekkingOpJeugdigen, ...] = many(ZKN, "heeftBetrekkingOp")
    heeft_als_belanghebbende: tuple[HeeftAlsBelanghebbende, ...] = many(ZKN, "heeftAlsBelanghebbende")
    heeft_als_uitvoerende: HeeftAlsUitvoerende | None = one(ZKN, "heeftAlsUitvoerende")
    heeft_betrekking_op_andere: HeeftBetrekkingOpAndere | None = one(ZKN, "heeftBetrekkingOpAndere")
    heeft_relevant: tuple[HeeftRelevant, ...] = many(ZKN, "heeftRelevant")


@dataclass(frozen=True, kw_only=True)
class VtoDi01(Group):
    """A request to the Raad voor de Kinderbescherming to investigate."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: ZaakVto | None = one(JZ, "object")
