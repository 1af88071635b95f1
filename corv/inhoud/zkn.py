"""Groups of the namespace of zaken (zkn 0310) that several messages have: kinds of zaak, zaken, documents."""

from dataclasses import dataclass

from corv.inhoud.fields import Attributes, Group, Value, entity, one
from corv.inhoud.gedeeld import ExtraElementen
from corv.stuf import STUF, ZKN


@dataclass(frozen=True, kw_only=True)
class Zaaktype(Group):
    """A kind of zaak; `omschrijvingGeneriek` says which."""

    attributes: Attributes = entity("ZKT")
    code: Value | None = one(ZKN, "code")
    omschrijving: Value | None = one(ZKN, "omschrijving")
    omschrijving_generiek: Value | None = one(ZKN, "omschrijvingGeneriek")
    vertrouwelijk_aanduiding: Value | None = one(ZKN, "vertrouwelijkAanduiding")


@dataclass(frozen=True, kw_only=True)
class IsVan(Group):
    """Of which kind a zaak is."""

    attributes: Attributes = entity("ZAKZKT")
    gerelateerde: Zaaktype | None = one(ZKN, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class AndereZaak(Group):
    """The zaak of the other organisation."""

    attributes: Attributes = entity("ZAK")
    identificatie: Value | None = one(ZKN, "identificatie")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    is_van: IsVan | None = one(ZKN, "isVan")


@dataclass(frozen=True, kw_only=True)
class HeeftBetrekkingOpAndere(Group):
    """To which zaak of the other organisation a zaak belongs."""

    attributes: Attributes = entity("ZAKZAKBTR")
    gerelateerde: AndereZaak | None = one(ZKN, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class Kenmerk(Group):
    """The number that a source gave a zaak."""

    kenmerk: Value | None = one(ZKN, "kenmerk")
    bron: Value | None = one(ZKN, "bron")


@dataclass(frozen=True, kw_only=True)
class Resultaat(Group):
    """What came of a zaak."""

    omschrijving: Value | None = one(ZKN, "omschrijving")


@dataclass(frozen=True, kw_only=True)
class Document(Group):
    """A document; `inhoud` is base64, its attributes name the file and its type. A uci names it with `naam`, not by number."""

    attributes: Attributes = entity("EDC")
    identificatie: Value | None = one(ZKN, "identificatie")
    dct_omschrijving: Value | None = one(ZKN, "dct.omschrijving")
    dct_omschrijving_generiek: Value | None = one(ZKN, "dct.omschrijvingGeneriek")
    creatiedatum: Value | None = one(ZKN, "creatiedatum")
    titel: Value | None = one(ZKN, "titel")
    taal: Value | None = one(ZKN, "taal")
    status: Value | None = one(ZKN, "status")
    vertrouwelijk_aanduiding: Value | None = one(ZKN, "vertrouwelijkAanduiding")
    auteur: Value | None = one(ZKN, "auteur")
    link: Value | None = one(ZKN, "link")
    inhoud: Value | None = one(ZKN, "inhoud")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    naam: Value | None = one(ZKN, "naam")
    toelichting: Value | None = one(ZKN, "toelichting")


@dataclass(frozen=True, kw_only=True)
class HeeftRelevant(Group):
    """A document that goes with a zaak."""

    attributes: Attributes = entity("ZAKEDC")
    gerelateerde: Document | None = one(ZKN, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
