"""Who plays which part in a zaak, where several messages say it alike."""

from dataclasses import dataclass

from corv.inhoud.bg import Vestiging
from corv.inhoud.fields import Attributes, Group, Value, entity, many, one
from corv.inhoud.gedeeld import ExtraElementen
from corv.inhoud.personen import Jeugdige, Persoon, PersoonBelanghebbende
from corv.stuf import STUF, ZKN


@dataclass(frozen=True, kw_only=True)
class ObjectPersoon(Group):
    """One person as that what a zaak is about."""

    attributes: Attributes = entity("OBJ")
    natuurlijk_persoon: Persoon | None = one(ZKN, "natuurlijkPersoon")


@dataclass(frozen=True, kw_only=True)
class HeeftBetrekkingOpPersoon(Group):
    """Whom a notificatie or the terugkoppeling of a zorgmelding is about, and as what."""

    attributes: Attributes = entity("ZAKOBJ")
    gerelateerde: ObjectPersoon | None = one(ZKN, "gerelateerde")
    omschrijving: Value | None = one(ZKN, "omschrijving")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class ObjectJeugdigen(Group):
    """That what a zaak is about; the schema allows several persons in it."""

    attributes: Attributes = entity("OBJ")
    natuurlijk_persoon: tuple[Jeugdige, ...] = many(ZKN, "natuurlijkPersoon")


@dataclass(frozen=True, kw_only=True)
class HeeftBetrekkingOpJeugdigen(Group):
    """Whom a vto or zorgmelding is about, and as what."""

    attributes: Attributes = entity("ZAKOBJ")
    gerelateerde: ObjectJeugdigen | None = one(ZKN, "gerelateerde")
    omschrijving: Value | None = one(ZKN, "omschrijving")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class Belanghebbende(Group):
    """A person or, except in a notificatie, a branch of an organisation."""

    attributes: Attributes = entity("BTR")
    natuurlijk_persoon: PersoonBelanghebbende | None = one(ZKN, "natuurlijkPersoon")
    vestiging: Vestiging | None = one(ZKN, "vestiging")


@dataclass(frozen=True, kw_only=True)
class HeeftAlsBelanghebbende(Group):
    """Whom a vto, zorgmelding or notificatie also concerns, and as what."""

    attributes: Attributes = entity("ZAKBTRBLH")
    gerelateerde: Belanghebbende | None = one(ZKN, "gerelateerde")
    code: Value | None = one(ZKN, "code")
    omschrijving: Value | None = one(ZKN, "omschrijving")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class Contactpersoon(Group):
    """Whom to ask at an organisation."""

    attributes: Attributes = entity("CTP")
    naam: Value | None = one(ZKN, "naam")
    functie: Value | None = one(ZKN, "functie")
    telefoonnummer: Value | None = one(ZKN, "telefoonnummer")
    emailadres: Value | None = one(ZKN, "emailadres")
    extra_elementen: ExtraElementen | None = one(STUF, "extraElementen")


@dataclass(frozen=True, kw_only=True)
class AanspreekpuntInitiator(Group):
    """Whom to ask at the initiator."""

    attributes: Attributes = entity("ZAKBTRINICTP")
    gerelateerde: Contactpersoon | None = one(ZKN, "gerelateerde")
