"""Persons of a generieke melding."""

from dataclasses import dataclass

from corv.berichten.bg import AdresBinnenland, AdresBuitenland
from corv.berichten.fields import Attributes, Group, Value, entity, many, one
from corv.berichten.gedeeld import ExtraElementen
from corv.stuf import BG, STUF


@dataclass(frozen=True, kw_only=True)
class Nationaliteit(Group):
    """A nationality, by code and name."""

    attributes: Attributes = entity("NAT")
    code: Value | None = one(BG, "code")
    omschrijving: Value | None = one(BG, "omschrijving")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class HeeftAlsNationaliteit(Group):
    """A nationality of a person."""

    attributes: Attributes = entity("NPSNAT")
    gerelateerde: Nationaliteit | None = one(BG, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class Taal(Group):
    """A language, by code and name."""

    code: Value | None = one(BG, "code")
    omschrijving: Value | None = one(BG, "omschrijving")


@dataclass(frozen=True, kw_only=True)
class SoortAdres(Group):
    """An address in the Netherlands or abroad, and what kind of address it is of the person."""

    soortadres: Value | None = one(BG, "soortadres")
    nederlandsadres: AdresBinnenland | None = one(BG, "nederlandsadres")
    buitenlands_adres: AdresBuitenland | None = one(BG, "buitenlandsAdres")


@dataclass(frozen=True, kw_only=True)
class PersoonGeneriek(Group):
    """The person whom the melding is about, or who is otherwise concerned: then `naam` is the whole name, and birth is absent."""

    attributes: Attributes = entity("NPS")
    inp_bsn: Value | None = one(BG, "inp.bsn")
    geslachtsnaam: Value | None = one(BG, "geslachtsnaam")
    voorvoegsel_geslachtsnaam: Value | None = one(BG, "voorvoegselGeslachtsnaam")
    voornamen: Value | None = one(BG, "voornamen")
    geslachtsaanduiding: Value | None = one(BG, "geslachtsaanduiding")
    geboortedatum: Value | None = one(BG, "geboortedatum")
    inp_geboorteplaats: Value | None = one(BG, "inp.geboorteplaats")
    inp_geboorte_land: Value | None = one(BG, "inp.geboorteLand")
    sub_telefoonnummer: Value | None = one(BG, "sub.telefoonnummer")
    sub_emailadres: Value | None = one(BG, "sub.emailadres")
    inp_gemeente_van_inschrijving: Value | None = one(BG, "inp.gemeenteVanInschrijving")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    inp_heeft_als_nationaliteit: tuple[HeeftAlsNationaliteit, ...] = many(BG, "inp.heeftAlsNationaliteit")
    geboortplaatsnaam_buitenland: Value | None = one(BG, "geboortplaatsnaamBuitenland")
    geboorteland_naam: Value | None = one(BG, "geboortelandNaam")
    vreemdelingennummer: Value | None = one(BG, "vreemdelingennummer")
    naam: Value | None = one(BG, "naam")
    taal: Taal | None = one(BG, "taal")
    adres: tuple[SoortAdres, ...] = many(BG, "adres")
