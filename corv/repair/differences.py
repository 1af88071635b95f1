"""What differs between the database and the folders, and what becomes of it. Pure: an `Inventory` in, differences out.

The table `SOORTEN` says of each kind what it is, what is done, and by whom: every pass does it (`RONDE`), `corv herstel
--uitvoeren` does it (`HERSTEL`), or only a person can (`MENS`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from corv.repair import comparing
from corv.repair.inventory import Inventory


class Door(StrEnum):
    """Who puts a difference right."""

    RONDE = "ronde"
    HERSTEL = "herstel"
    MENS = "mens"


@dataclass(frozen=True)
class Soort:
    """A kind of difference: what it is and what is done about it, in Dutch; `find` gives where it occurs."""

    naam: str
    wat: str
    gevolg: str
    door: Door
    find: Callable[[Inventory], Iterable[tuple[str | None, str]]]


@dataclass(frozen=True)
class Difference:
    """One difference. `bericht`: the id that it is about, None where there is none; `waar`: a file or an id."""

    soort: Soort
    bericht: str | None
    waar: str


def differences(there: Inventory) -> list[Difference]:
    """Every difference, in the order of the table."""
    return [Difference(soort, bericht, waar) for soort in SOORTEN for bericht, waar in soort.find(there)]


SOORTEN = (
    Soort(
        "te bezorgen",
        "vastgelegd en nog niet bezorgd",
        "wordt bezorgd",
        Door.RONDE,
        comparing.undelivered,
    ),
    Soort(
        "bezorgd, nog niet genoteerd",
        "vastgelegd en niet meer in .klaar",
        "geldt als bezorgd: alleen bezorgen haalt het daar weg",
        Door.RONDE,
        comparing.taken_as_delivered,
    ),
    Soort(
        "te schrijven",
        "een mens vroeg erom",
        "wordt geschreven en bezorgd",
        Door.RONDE,
        comparing.ordered,
    ),
    Soort(
        "half opgepakt",
        "staat in het grootboek, nog niet in de administratie",
        "wordt alsnog opgepakt, of is weg en wordt zo vastgelegd",
        Door.RONDE,
        comparing.open_claims,
    ),
    Soort(
        "niet besloten",
        "ontvangen en nog niet besloten",
        "wordt verwerkt onder hetzelfde kenmerk",
        Door.RONDE,
        comparing.undecided,
    ),
    Soort(
        "niet gearchiveerd",
        "besloten, het origineel ligt nog in .werk",
        "gaat naar het archief",
        Door.RONDE,
        comparing.not_archived,
    ),
    Soort(
        "los in .klaar",
        "geschreven en nooit vastgelegd",
        "wordt weggegooid; het bericht schrijft het zelf opnieuw",
        Door.RONDE,
        comparing.loose,
    ),
    Soort(
        "niet meer in de outbox",
        "bezorgd en niet meer in de outbox: opgehaald, of door iemand weggehaald",
        "wordt genoteerd als opgehaald; nog eens bezorgen kan met corv bezorg",
        Door.RONDE,
        comparing.fetched,
    ),
    Soort(
        "onbekend in .werk",
        "opgepakt, en de database weet er niets van: zij is teruggezet",
        "wordt opgenomen onder hetzelfde kenmerk; een mens moet beslissen",
        Door.HERSTEL,
        comparing.unknown_claims,
    ),
    Soort(
        "onbekend in het archief",
        "afgehandeld, en de database weet dat niet: zij is teruggezet",
        "wordt weer opgenomen; er wordt niets opnieuw verzonden",
        Door.HERSTEL,
        comparing.unknown_originals,
    ),
    Soort(
        "bestand verdwenen",
        "ontvangen, en het bestand is weg voordat er iets besloten was",
        "wordt afgesloten als onleesbaar, met aandacht: vraag het bericht opnieuw",
        Door.HERSTEL,
        comparing.lost,
    ),
    Soort(
        "archief beschadigd",
        "het origineel in het archief is niet heel; in .werk ligt het nog wel",
        "het beschadigde gaat apart, het hele naar het archief",
        Door.HERSTEL,
        comparing.damaged,
    ),
    Soort(
        "rechten in de outbox",
        "een bezorgd bestand heeft niet de groep of rechten van config/corv.toml: niemand kan het ophalen",
        "krijgt die groep en rechten",
        Door.HERSTEL,
        comparing.not_for_the_group,
    ),
    Soort(
        "in een eerdere map",
        "onderweg in een inbox of outbox die niet meer in de configuratie staat",
        "wacht: zet die map terug in config/corv.toml tot alles daaruit is verwerkt",
        Door.MENS,
        comparing.elsewhere,
    ),
    Soort(
        "niet te bekijken",
        "deze map is er niet of is niet van deze administratie",
        "koppel haar aan en kijk opnieuw: over wat erin hoort is nu niets te zeggen",
        Door.MENS,
        comparing.away,
    ),
    Soort(
        "archief stuk",
        "het origineel in het archief is niet meer wat het was",
        "zet dit ene bestand terug uit een reservekopie",
        Door.MENS,
        comparing.damaged_for_good,
    ),
    Soort(
        "archief mist",
        "het origineel is niet meer in het archief",
        "zet dit ene bestand terug uit een reservekopie",
        Door.MENS,
        comparing.missing,
    ),
    Soort(
        "vreemd in .klaar",
        "een bestand waarvan geen bericht bekend is",
        "bekijk het: bezorg het zelf of haal het weg",
        Door.MENS,
        comparing.unknown_staged,
    ),
    Soort(
        "vreemd in de outbox",
        "een bestand dat niet in de administratie staat",
        "bekijk het: corv schreef het vóór het terugzetten, of iemand legde het daar",
        Door.MENS,
        comparing.unknown_delivered,
    ),
    Soort(
        "vreemd in .werk",
        "een bestand dat niet van corv is",
        "haal het weg, of zet het in de inbox als het een bericht is",
        Door.MENS,
        comparing.strange,
    ),
    Soort(
        "keten verbroken",
        "de keten van gebeurtenissen klopt vanaf hier niet meer",
        "iemand heeft de database veranderd: vergelijk met een reservekopie",
        Door.MENS,
        comparing.broken,
    ),
)
