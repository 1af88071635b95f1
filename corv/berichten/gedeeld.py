"""What messages of several families have: the stuurgegevens, elements by name and value, and further information."""

from dataclasses import dataclass

from corv.berichten.fields import Group, Value, many, one
from corv.stuf import JZ, STUF


@dataclass(frozen=True, kw_only=True)
class ExtraElementen(Group):
    """Elements by name and value; the name is the attribute `naam`."""

    extra_element: tuple[Value, ...] = many(STUF, "extraElement")


@dataclass(frozen=True, kw_only=True)
class ToelichtendeInformatie(Group):
    """What else there is to know, and where it is."""

    omschrijving: Value | None = one(JZ, "omschrijving")
    url: Value | None = one(JZ, "url")


@dataclass(frozen=True, kw_only=True)
class AanvullendeIdentificerendeGegevens(Group):
    """How to reach the ontvanger of a generieke melding."""

    telefoonnummer: tuple[Value, ...] = many(STUF, "telefoonnummer")
    emailadres: tuple[Value, ...] = many(STUF, "emailadres")


@dataclass(frozen=True, kw_only=True)
class Partij(Group):
    """A zender or ontvanger."""

    organisatie: Value | None = one(STUF, "organisatie")
    applicatie: Value | None = one(STUF, "applicatie")
    administratie: Value | None = one(STUF, "administratie")
    gebruiker: Value | None = one(STUF, "gebruiker")
    aanvullende_identificerende_gegevens: AanvullendeIdentificerendeGegevens | None = one(
        STUF, "aanvullendeIdentificerendeGegevens"
    )


@dataclass(frozen=True, kw_only=True)
class Kop(Group):
    """The stuurgegevens. A Bv or Fo has no functie; only a Bv, a Fo, ucob and uci have a crossRefnummer."""

    berichtcode: Value | None = one(STUF, "berichtcode")
    zender: Partij | None = one(STUF, "zender")
    ontvanger: Partij | None = one(STUF, "ontvanger")
    referentienummer: Value | None = one(STUF, "referentienummer")
    tijdstip_bericht: Value | None = one(STUF, "tijdstipBericht")
    cross_refnummer: Value | None = one(STUF, "crossRefnummer")
    functie: Value | None = one(STUF, "functie")
