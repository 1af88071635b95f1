"""Natural persons of the messages about a zaak. The schema says of each message which of these fields it has."""

from dataclasses import dataclass

from corv.inhoud.bg import AdresBuitenland, Verblijfsadres
from corv.inhoud.fields import Attributes, Group, Value, entity, many, one
from corv.inhoud.gedeeld import ExtraElementen
from corv.stuf import BG, STUF


@dataclass(frozen=True, kw_only=True)
class Persoon(Group):
    """A person with at most one BSN: the jeugdige of a notificatie or verrijking, anyone in a terugkoppeling of a zorgmelding."""

    attributes: Attributes = entity("NPS")
    inp_bsn: Value | None = one(BG, "inp.bsn")
    anp_identificatie: Value | None = one(BG, "anp.identificatie")
    geslachtsnaam: Value | None = one(BG, "geslachtsnaam")
    voorvoegsel_geslachtsnaam: Value | None = one(BG, "voorvoegselGeslachtsnaam")
    voorletters: Value | None = one(BG, "voorletters")
    voornamen: Value | None = one(BG, "voornamen")
    geslachtsaanduiding: Value | None = one(BG, "geslachtsaanduiding")
    geboortedatum: Value | None = one(BG, "geboortedatum")
    verblijfsadres: Verblijfsadres | None = one(BG, "verblijfsadres")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class Jeugdige(Group):
    """The jeugdige of a vto or zorgmelding. The schema lets the numbers that identify a person occur twice."""

    attributes: Attributes = entity("NPS")
    inp_bsn: tuple[Value, ...] = many(BG, "inp.bsn")
    authentiek: tuple[Value, ...] = many(BG, "authentiek")
    anp_identificatie: tuple[Value, ...] = many(BG, "anp.identificatie")
    geslachtsnaam: Value | None = one(BG, "geslachtsnaam")
    voorvoegsel_geslachtsnaam: Value | None = one(BG, "voorvoegselGeslachtsnaam")
    voorletters: Value | None = one(BG, "voorletters")
    voornamen: Value | None = one(BG, "voornamen")
    geslachtsaanduiding: Value | None = one(BG, "geslachtsaanduiding")
    geboortedatum: Value | None = one(BG, "geboortedatum")
    verblijfsadres: Verblijfsadres | None = one(BG, "verblijfsadres")
    sub_telefoonnummer: Value | None = one(BG, "sub.telefoonnummer")
    sub_emailadres: Value | None = one(BG, "sub.emailadres")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class PersoonBelanghebbende(Group):
    """A belanghebbende who is a person. The schema lets the numbers and the addresses occur twice."""

    attributes: Attributes = entity("NPS")
    inp_bsn: tuple[Value, ...] = many(BG, "inp.bsn")
    authentiek: tuple[Value, ...] = many(BG, "authentiek")
    anp_identificatie: tuple[Value, ...] = many(BG, "anp.identificatie")
    geslachtsnaam: Value | None = one(BG, "geslachtsnaam")
    voorvoegsel_geslachtsnaam: Value | None = one(BG, "voorvoegselGeslachtsnaam")
    voorletters: Value | None = one(BG, "voorletters")
    voornamen: Value | None = one(BG, "voornamen")
    geslachtsaanduiding: Value | None = one(BG, "geslachtsaanduiding")
    geboortedatum: Value | None = one(BG, "geboortedatum")
    verblijfsadres: tuple[Verblijfsadres, ...] = many(BG, "verblijfsadres")
    sub_verblijf_buitenland: tuple[AdresBuitenland, ...] = many(BG, "sub.verblijfBuitenland")
    sub_telefoonnummer: Value | None = one(BG, "sub.telefoonnummer")
    sub_emailadres: Value | None = one(BG, "sub.emailadres")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
