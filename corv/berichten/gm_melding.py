"""The content of a generieke melding."""

from dataclasses import dataclass

from corv.berichten.eenheid import InitiatorEenheid, OrganisatorischeEenheid, UitvoerendeEenheid
from corv.berichten.fields import Attributes, Group, Value, entity, many, one
from corv.berichten.gedeeld import ExtraElementen, Kop
from corv.berichten.gm_persoon import PersoonGeneriek
from corv.stuf import BG, JZ, STUF, ZKN


@dataclass(frozen=True, kw_only=True)
class Informering(Group):
    """Whether somebody was told of the melding, and what they said."""

    datum: Value | None = one(BG, "datum")
    reactie: Value | None = one(BG, "reactie")
    reden_niet_geinformeerd: Value | None = one(BG, "redenNietGeinformeerd")
    indicatie_geinformeerd: Value | None = one(BG, "indicatieGeinformeerd")


@dataclass(frozen=True, kw_only=True)
class ObjectGeneriek(Group):
    """The person whom the melding is about."""

    attributes: Attributes = entity("OBJ")
    natuurlijk_persoon: PersoonGeneriek | None = one(ZKN, "natuurlijkPersoon")


@dataclass(frozen=True, kw_only=True)
class MeldingBetreft(Group):
    """Whom the melding is about, and as what."""

    attributes: Attributes = entity("ZAKOBJ")
    gerelateerde: ObjectGeneriek | None = one(ZKN, "gerelateerde")
    hoedanigheid: Value | None = one(ZKN, "hoedanigheid")
    informering: Informering | None = one(ZKN, "informering")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class OverigBetrokkene(Group):
    """Another person, or an organisation."""

    attributes: Attributes = entity("BTR")
    organisatorische_eenheid: OrganisatorischeEenheid | None = one(ZKN, "organisatorischeEenheid")
    natuurlijk_persoon: PersoonGeneriek | None = one(ZKN, "natuurlijkPersoon")


@dataclass(frozen=True, kw_only=True)
class HeeftAlsOverigBetrokkene(Group):
    """Who else is concerned, as what, and whether they were told."""

    attributes: Attributes = entity("ZAKBTROVR")
    gerelateerde: OverigBetrokkene | None = one(ZKN, "gerelateerde")
    betrokkenheid_relatie: Value | None = one(ZKN, "betrokkenheidRelatie")
    informering: Informering | None = one(ZKN, "informering")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class VraagAntwoord(Group):
    """A question as a code, and what is answered."""

    vraag_code: Value | None = one(JZ, "vraagCode")
    antwoord: Value | None = one(JZ, "antwoord")


@dataclass(frozen=True, kw_only=True)
class Leefgebied(Group):
    """A part of life in which there are worries."""

    leefgebied_code: Value | None = one(JZ, "leefgebiedCode")
    toelichting: Value | None = one(JZ, "toelichting")


@dataclass(frozen=True, kw_only=True)
class Periode(Group):
    """From when until when."""

    datumtijd_begin: Value | None = one(JZ, "datumtijdBegin")
    datumtijd_einde: Value | None = one(JZ, "datumtijdEinde")


@dataclass(frozen=True, kw_only=True)
class Incident(Group):
    """What happened, where and when: at a moment or in a period."""

    attributes: Attributes = entity("INC")
    datum_tijd: Value | None = one(JZ, "datumTijd")
    periode_van_tot: Periode | None = one(JZ, "periodeVanTot")
    omschrijving: Value | None = one(JZ, "omschrijving")
    locatie_aanduiding: Value | None = one(JZ, "locatieAanduiding")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class Kent(Group):
    """The incident of a situation."""

    attributes: Attributes = entity("ZOSINC")
    gerelateerde: Incident | None = one(JZ, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class SituatieGeneriek(Group):
    """The zorgelijke situatie, and what is known of it."""

    attributes: Attributes = entity("ZOS")
    omschrijving_zorgelijke_situatie: Value | None = one(JZ, "omschrijvingZorgelijkeSituatie")
    nadere_omschrijving: Value | None = one(JZ, "nadereOmschrijving")
    vraag_antwoord: tuple[VraagAntwoord, ...] = many(JZ, "vraagAntwoord")
    leefgebied: tuple[Leefgebied, ...] = many(JZ, "leefgebied")
    indicatie_instanties_betrokken: Value | None = one(JZ, "indicatieInstantiesBetrokken")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    kent: Kent | None = one(JZ, "kent")


@dataclass(frozen=True, kw_only=True)
class BetreftSituatie(Group):
    """The situation that is reported."""

    attributes: Attributes = entity("ZAKZOS")
    gerelateerde: SituatieGeneriek | None = one(ZKN, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class RedenMelding(Group):
    """Why it is reported."""

    code: Value | None = one(JZ, "code")
    omschrijving: Value | None = one(JZ, "omschrijving")


@dataclass(frozen=True, kw_only=True)
class OverigeInformatie(Group):
    """What else there is to know, and where it is."""

    omschrijving: Value | None = one(JZ, "omschrijving")
    url: tuple[Value, ...] = many(JZ, "url")


@dataclass(frozen=True, kw_only=True)
class ZaakMeldingGeneriek(Group):
    """The melding, as a zaak."""

    attributes: Attributes = entity("ZAK")
    identificatie: Value | None = one(ZKN, "identificatie")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    heeft_betrekking_op: MeldingBetreft | None = one(ZKN, "heeftBetrekkingOp")
    heeft_als_initiator: InitiatorEenheid | None = one(ZKN, "heeftAlsInitiator")
    heeft_als_uitvoerende: UitvoerendeEenheid | None = one(ZKN, "heeftAlsUitvoerende")
    heeft_als_overig_betrokkene: tuple[HeeftAlsOverigBetrokkene, ...] = many(ZKN, "heeftAlsOverigBetrokkene")
    betreft: BetreftSituatie | None = one(ZKN, "betreft")
    datum_tijd_melding: Value | None = one(JZ, "datumTijdMelding")
    soortmelding_code: Value | None = one(JZ, "soortmeldingCode")
    reden_melding: RedenMelding | None = one(JZ, "redenMelding")
    indicatie_terugkoppeling_gewenst: Value | None = one(JZ, "indicatieTerugkoppelingGewenst")
    verzoek_omschrijving: Value | None = one(JZ, "verzoekOmschrijving")
    overige_informatie: OverigeInformatie | None = one(JZ, "overigeInformatie")


@dataclass(frozen=True, kw_only=True)
class MeldingGeneriekDi01(Group):
    """A melding to a Veilig Thuis or another organisation that handles it."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: ZaakMeldingGeneriek | None = one(JZ, "object")
