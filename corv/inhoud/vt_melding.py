"""The content of a vtMelding: a worrying situation, who is involved, who was told and who reports it."""

from dataclasses import dataclass

from corv.inhoud.bg import AdresBinnenland, AdresBuitenland, Vestiging
from corv.inhoud.fields import Attributes, Group, Value, entity, many, one
from corv.inhoud.gedeeld import ExtraElementen, Kop
from corv.inhoud.vt_terugkoppeling import Contactgegevens
from corv.stuf import BG, JZ, STUF, ZKN


@dataclass(frozen=True, kw_only=True)
class PersoonMetNaam(Group):
    """A person of whom only who it is is told."""

    attributes: Attributes = entity("NPS")
    inp_bsn: Value | None = one(BG, "inp.bsn")
    geslachtsnaam: Value | None = one(BG, "geslachtsnaam")
    voorvoegsel_geslachtsnaam: Value | None = one(BG, "voorvoegselGeslachtsnaam")
    voornamen: Value | None = one(BG, "voornamen")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    vreemdelingennummer: Value | None = one(BG, "vreemdelingennummer")
    rni: Value | None = one(BG, "rni")
    volledige_naam: Value | None = one(BG, "volledigeNaam")


@dataclass(frozen=True, kw_only=True)
class StaatInRelatieTot(Group):
    """A social relation with another person."""

    attributes: Attributes = entity("NPSNPSSIR")
    gerelateerde: PersoonMetNaam | None = one(BG, "gerelateerde")
    omschrijving_sociale_relatie: Value | None = one(BG, "omschrijvingSocialeRelatie")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class Betrokkene(Group):
    """A person in the situation."""

    attributes: Attributes = entity("NPS")
    inp_bsn: Value | None = one(BG, "inp.bsn")
    geslachtsnaam: Value | None = one(BG, "geslachtsnaam")
    voorvoegsel_geslachtsnaam: Value | None = one(BG, "voorvoegselGeslachtsnaam")
    voornamen: Value | None = one(BG, "voornamen")
    geslachtsaanduiding: Value | None = one(BG, "geslachtsaanduiding")
    geboortedatum: Value | None = one(BG, "geboortedatum")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    vreemdelingennummer: Value | None = one(BG, "vreemdelingennummer")
    rni: Value | None = one(BG, "rni")
    telefoonnummer: tuple[Value, ...] = many(BG, "telefoonnummer")
    nationaliteit: Value | None = one(BG, "nationaliteit")
    taal: Value | None = one(BG, "taal")
    formeel_verblijfsadres_buitenland: AdresBuitenland | None = one(BG, "formeelVerblijfsadresBuitenland")
    formeel_verblijfadres_binnenland: AdresBinnenland | None = one(BG, "formeelVerblijfadresBinnenland")
    feitelijk_verblijfsadres_buitenland: AdresBuitenland | None = one(BG, "feitelijkVerblijfsadresBuitenland")
    feitelijk_verblijfsadres_binnenland: AdresBinnenland | None = one(BG, "feitelijkVerblijfsadresBinnenland")
    staat_in_relatie_tot: tuple[StaatInRelatieTot, ...] = many(BG, "staatInRelatieTot")


@dataclass(frozen=True, kw_only=True)
class HeeftBetrokken(Group):
    """A person in the situation, and as what."""

    attributes: Attributes = entity("ZOSNPS")
    gerelateerde: Betrokkene | None = one(JZ, "gerelateerde")
    jeugzorgrol: Value | None = one(JZ, "jeugzorgrol")
    aanvullende_informatie_betrokken_persoon: Value | None = one(JZ, "aanvullendeInformatieBetrokkenPersoon")
    overige_zorg_minderjarige: Value | None = one(JZ, "overigeZorgMinderjarige")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class ZorgelijkeSituatie(Group):
    """What happened, and what is known of it."""

    attributes: Attributes = entity("ZOS")
    omschrijving_zorgelijke_situatie: Value | None = one(JZ, "omschrijvingZorgelijkeSituatie")
    relevante_registratie: tuple[Value, ...] = many(JZ, "relevanteRegistratie")
    aanvullende_informatie: Value | None = one(JZ, "aanvullendeInformatie")
    bestaande_hulpverlening: Value | None = one(JZ, "bestaandeHulpverlening")
    tijdelijk_huisverbod: Value | None = one(JZ, "tijdelijkHuisverbod")
    aanhouding: Value | None = one(JZ, "aanhouding")
    aangifte: Value | None = one(JZ, "aangifte")
    eergerelateerd_geweld: Value | None = one(JZ, "eergerelateerdGeweld")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    heeft_betrokken: tuple[HeeftBetrokken, ...] = many(JZ, "heeftBetrokken")


@dataclass(frozen=True, kw_only=True)
class Betreft(Group):
    """The situation that the melding is about."""

    attributes: Attributes = entity("VTMZOS")
    gerelateerde: ZorgelijkeSituatie | None = one(JZ, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class IsGeinformeerdAan(Group):
    """A person who was told of the melding."""

    attributes: Attributes = entity("VTMNPS")
    gerelateerde: PersoonMetNaam | None = one(JZ, "gerelateerde")
    wijze_van_informering: Value | None = one(JZ, "wijzeVanInformering")
    indicatie_gereageerd: Value | None = one(JZ, "indicatieGereageerd")
    strekking_reactie: Value | None = one(JZ, "strekkingReactie")
    datum_geinformeerd: Value | None = one(JZ, "datumGeinformeerd")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class Rechtspersoon(Group):
    """A legal person, by its number."""

    attributes: Attributes = entity("NNPINN")
    rsin: Value | None = one(BG, "rsin")


@dataclass(frozen=True, kw_only=True)
class Onderneming(Group):
    """An entry in the handelsregister, by its number."""

    attributes: Attributes = entity("MAC")
    kvk_nummer: Value | None = one(BG, "kvkNummer")


@dataclass(frozen=True, kw_only=True)
class Melder(Group):
    """The organisation that reports."""

    attributes: Attributes = entity("BTR")
    vestiging: Vestiging | None = one(ZKN, "vestiging")
    naam: Value | None = one(ZKN, "naam")
    instantiecode: Value | None = one(ZKN, "instantiecode")
    ingeschreven_niet_natuurlijk_persoon: Rechtspersoon | None = one(ZKN, "ingeschrevenNietNatuurlijkPersoon")
    maatschappelijke_activiteit: Onderneming | None = one(ZKN, "maatschappelijkeActiviteit")


@dataclass(frozen=True, kw_only=True)
class IsIngediendDoor(Group):
    """Who reports it."""

    attributes: Attributes = entity("VTMBTR")
    gerelateerde: Melder | None = one(JZ, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class VtMelding(Group):
    """The melding itself."""

    attributes: Attributes = entity("VTM")
    identificatie_vt_melding: Value | None = one(JZ, "identificatieVtMelding")
    datum_melding: Value | None = one(JZ, "datumMelding")
    datum_incident: Value | None = one(JZ, "datumIncident")
    locatie_incident: Value | None = one(JZ, "locatieIncident")
    omschrijving_incident: Value | None = one(JZ, "omschrijvingIncident")
    indicatie_agendering_afstemmingsoverleg_gewenst: Value | None = one(JZ, "indicatieAgenderingAfstemmingsoverlegGewenst")
    contactgegevens_verdieping_op_info: Contactgegevens | None = one(JZ, "contactgegevensVerdiepingOpInfo")
    informering: Value | None = one(JZ, "informering")
    indicatie_sash_ingevuld: Value | None = one(JZ, "indicatieSASHIngevuld")
    sash_niveau: Value | None = one(JZ, "SASHniveau")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    betreft: Betreft | None = one(JZ, "betreft")
    is_geinformeerd_aan: tuple[IsGeinformeerdAan, ...] = many(JZ, "isGeinformeerdAan")
    is_ingediend_door: IsIngediendDoor | None = one(JZ, "isIngediendDoor")


@dataclass(frozen=True, kw_only=True)
class VtMeldingDi01(Group):
    """A melding of police or Halt to a Veilig Thuis."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: VtMelding | None = one(JZ, "object")
