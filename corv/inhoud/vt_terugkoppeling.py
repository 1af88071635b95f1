"""The content of a vtTerugkoppeling: what became of a vtMelding."""

from dataclasses import dataclass

from corv.inhoud.fields import Attributes, Group, Value, entity, many, one
from corv.inhoud.gedeeld import ExtraElementen, Kop
from corv.stuf import JZ, STUF, ZKN


@dataclass(frozen=True, kw_only=True)
class Contactgegevens(Group):
    """Whom to ask for more."""

    naam_contactpersoon: Value | None = one(JZ, "naamContactpersoon")
    afdeling: Value | None = one(JZ, "afdeling")
    e_mail: tuple[Value, ...] = many(JZ, "eMail")
    telefoonnummer: tuple[Value, ...] = many(JZ, "telefoonnummer")


@dataclass(frozen=True, kw_only=True)
class Verantwoordelijke(Group):
    """The organisation that keeps an eye on the safety."""

    attributes: Attributes = entity("BTR")
    naam: Value | None = one(ZKN, "naam")


@dataclass(frozen=True, kw_only=True)
class VerantwoordelijkVoorZicht(Group):
    """With whom the eye on the safety lies."""

    attributes: Attributes = entity("ZOSBTR")
    gerelateerde: Verantwoordelijke | None = one(JZ, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class SituatieTeruggekoppeld(Group):
    """The zorgelijke situatie as the terugkoppeling names it."""

    attributes: Attributes = entity("ZOS")
    contactgegevens_verantwoordelijke_organisatie: Contactgegevens | None = one(JZ, "contactgegevensVerantwoordelijkeOrganisatie")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    verantwoordelijk_voor_zicht_op_de_veiligheid_belegd_bij: VerantwoordelijkVoorZicht | None = one(
        JZ, "verantwoordelijkVoorZichtOpDeVeiligheidBelegdBij"
    )


@dataclass(frozen=True, kw_only=True)
class BetreftTeruggekoppeld(Group):
    """Which situation the melding was about."""

    attributes: Attributes = entity("VTMZOS")
    gerelateerde: SituatieTeruggekoppeld | None = one(JZ, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class MeldingTeruggekoppeld(Group):
    """The melding, by the number that its melder gave it."""

    attributes: Attributes = entity("VTM")
    identificatie_vt_melding: Value | None = one(JZ, "identificatieVtMelding")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    betreft: BetreftTeruggekoppeld | None = one(JZ, "betreft")


@dataclass(frozen=True, kw_only=True)
class NaarAanleidingVan(Group):
    """The melding that is answered."""

    attributes: Attributes = entity("ZAKVTM")
    gerelateerde: MeldingTeruggekoppeld | None = one(ZKN, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class Uitvoerder(Group):
    """The organisation concerned: the only place of this message with an OIN."""

    attributes: Attributes = entity("BTR")
    naam: Value | None = one(ZKN, "naam")
    oin_nummer: Value | None = one(ZKN, "oinNummer")


@dataclass(frozen=True, kw_only=True)
class IsUitgevoerdDoor(Group):
    """Who carried it out."""

    attributes: Attributes = entity("ZAKBTR")
    gerelateerde: Uitvoerder | None = one(ZKN, "gerelateerde")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class ZaakVtTerugkoppeling(Group):
    """The zaak in which the melding was handled."""

    attributes: Attributes = entity("ZAK")
    identificatie: Value | None = one(ZKN, "identificatie")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")
    toelichting: Value | None = one(ZKN, "toelichting")
    uitkomst: Value | None = one(ZKN, "uitkomst")
    status: Value | None = one(ZKN, "status")
    naar_aanleiding_van: NaarAanleidingVan | None = one(ZKN, "naarAanleidingVan")
    is_uitgevoerd_door: IsUitgevoerdDoor | None = one(ZKN, "isUitgevoerdDoor")


@dataclass(frozen=True, kw_only=True)
class VtTerugkoppelingDi01(Group):
    """What Veilig Thuis tells the melder, or who hands a melding back."""

    stuurgegevens: Kop | None = one(JZ, "stuurgegevens")
    object: ZaakVtTerugkoppeling | None = one(JZ, "object")
