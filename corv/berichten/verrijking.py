"""The content of the four messages of verrijking: two requests of a Veilig Thuis and the outcome of each."""

from dataclasses import dataclass

from corv.berichten.eenheid import InitiatorEenheid, UitvoerendeEenheid
from corv.berichten.fields import Attributes, Group, Value, entity, many, one
from corv.berichten.gedeeld import ExtraElementen, Kop, ToelichtendeInformatie
from corv.berichten.rollen import ObjectPersoon
from corv.berichten.zkn import HeeftRelevant
from corv.stuf import BG, JZ, STUF, ZKN


@dataclass(frozen=True, kw_only=True)
class RedenVerzoek(Group):
    """Why it is asked, as a code."""

    code: Value | None = one(JZ, "code")


@dataclass(frozen=True, kw_only=True)
class SpecifiekeVraag(Group):
    """A question, as a code."""

    code: Value | None = one(JZ, "code")


@dataclass(frozen=True, kw_only=True)
class BeantwoordeVraag(Group):
    """A question as a code, and what is answered."""

    code: Value | None = one(BG, "code")
    antwoord: Value | None = one(BG, "antwoord")


@dataclass(frozen=True, kw_only=True)
class VerzoekBetreft(Group):
    """About whom is asked."""

    attributes: Attributes = entity("ZAKOBJ")
    gerelateerde: ObjectPersoon | None = one(ZKN, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class UitkomstBetreft(Group):
    """About whom is answered, and whether they are known; answers only in a uci."""

    attributes: Attributes = entity("ZAKOBJ")
    gerelateerde: ObjectPersoon | None = one(ZKN, "gerelateerde")
    indicatie_bekend: Value | None = one(ZKN, "indicatieBekend")
    specifieke_vraag: tuple[BeantwoordeVraag, ...] = many(ZKN, "specifiekeVraag")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class Verzoek(Group):
    """A request about one person; a description and questions only in a vci."""

    attributes: Attributes = entity("VVZ")
    identificatie: Value | None = one(JZ, "identificatie")
    soort_verzoeker: Value | None = one(JZ, "soortVerzoeker")
    omschrijving: Value | None = one(JZ, "omschrijving")
    reden_verzoek: RedenVerzoek | None = one(JZ, "redenVerzoek")
    specifieke_vraag: tuple[SpecifiekeVraag, ...] = many(JZ, "specifiekeVraag")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    heeft_betrekking_op: VerzoekBetreft | None = one(JZ, "heeftBetrekkingOp")
    heeft_als_initiator: InitiatorEenheid | None = one(JZ, "heeftAlsInitiator")


@dataclass(frozen=True, kw_only=True)
class Uitkomst(Group):
    """What one organisation knows of the person; more than that they are known, and documents, only in a uci."""

    attributes: Attributes = entity("VVZ")
    identificatie: Value | None = one(JZ, "identificatie")
    verzoekidentificatie: Value | None = one(JZ, "verzoekidentificatie")
    toelichtende_informatie: ToelichtendeInformatie | None = one(JZ, "toelichtendeInformatie")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    heeft_betrekking_op: UitkomstBetreft | None = one(JZ, "heeftBetrekkingOp")
    heeft_als_initiator: InitiatorEenheid | None = one(JZ, "heeftAlsInitiator")
    heeft_als_uitvoerende: UitvoerendeEenheid | None = one(JZ, "heeftAlsUitvoerende")
    heeft_relevant: tuple[HeeftRelevant, ...] = many(JZ, "heeftRelevant")


@dataclass(frozen=True, kw_only=True)
class VcobDi01(Group):
    """A check of a Veilig Thuis whether somebody is known elsewhere."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: Verzoek | None = one(JZ, "object")


@dataclass(frozen=True, kw_only=True)
class VciDi01(Group):
    """A request of a Veilig Thuis for what is known elsewhere."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: Verzoek | None = one(JZ, "object")


@dataclass(frozen=True, kw_only=True)
class UcobDi01(Group):
    """Whether somebody is known, in answer to a vcob."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: tuple[Uitkomst, ...] = many(JZ, "object")


@dataclass(frozen=True, kw_only=True)
class UciDi01(Group):
    """What is known, in answer to a vci."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: tuple[Uitkomst, ...] = many(JZ, "object")
