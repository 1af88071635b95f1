"""The table `RIJEN`: every row of corv.md 4.1 to 4.5, with what it asks and why it is no rule if it is none. Pure.

Which rule builds a row is said by that rule (`RIJEN` of its module); a test holds the two against each other.
"""

from collections.abc import Mapping

from corv.rules.rij import INGETROKKEN, VOORSTEL, Rij, Stand
from corv.rules.rijen_vto import RIJEN_VTO

_NOTIFICATIE: Mapping[int, Rij] = {
    37: Rij(
        ("CORV-B2.2", "CORV00024"),
        Stand.GELDIG,
        "Van een geboren kind staat er minstens één gegeven in dat zegt wie het is; een ongeboren kind mag zonder.",
    ),
    38: Rij(
        ("CORV-B2.3", "CORV00025"),
        Stand.GELDIG,
        "Van een geboren kind staan achternaam, geboortedatum en geslacht in de notificatie.",
    ),
    39: Rij(
        ("CORV-B3.1", "CORV-B3.2", "CORV00020", "CORV00021"),
        Stand.INGETROKKEN,
        "Het telefoonnummer van de moeder staat in de notificatie.",
        INGETROKKEN,
    ),
    40: Rij(
        ("CORV-B4",),
        Stand.GELDIG,
        "Alleen bij een ongeboren kind is er een belanghebbende: de moeder, met wie zij is, als `ouder, gezag niet benoemd`.",
    ),
    41: Rij(
        ("CORV000022",),
        Stand.GELDIG,
        "Bij een besluit staan alleen de vijf bekende extraElementen, elk hoogstens één keer.",
    ),
    42: Rij((), Stand.GELDIG, "De instantie die besliste of uitvoert, staat in de lijst van instanties."),
    43: Rij(
        (),
        Stand.ONBEKEND,
        "`instantie` is een code uit de lijst van instanties, of een OIN.",
        "niet bekend welk van de twee; in de praktijk staat er een OIN",
    ),
    44: Rij(
        (),
        Stand.GELDIG,
        "Is het onderzoek ambtshalve, dan staat er geen verzoek bij; anders staat de zaakidentificatie van het verzoek erin.",
    ),
    45: Rij((), Stand.ONBEKEND, "Wanneer er nog meer een andere zaak bij moet staan.", "de tekst is niet bekend"),
    46: Rij(
        (),
        Stand.GELDIG,
        "De datum van een status heeft ook een tijd.",
        "echte notificaties hebben geen tijd, dus de waarschuwing stond er bijna altijd; datum-onmogelijk ziet of het moment kan",
    ),
    47: Rij(
        (),
        Stand.GELDIG,
        "Een notificatie gaat over één kind.",
        "het schema laat heeftBetrekkingOp precies één keer toe",
    ),
}

_JEUGDRECLASSERING_EN_ZORGMELDING: Mapping[int, Rij] = {
    48: Rij(("CORV-C2.2",), Stand.GELDIG, "Staat er een soort toezicht, dan ook de begindatum ervan."),
    49: Rij(
        ("CORV-C2.4", "CORV00046"), Stand.GELDIG, "Zonder soort toezicht staan er ook geen begindatum en einddatum van toezicht."
    ),
    50: Rij(
        (),
        Stand.GELDIG,
        "De soort toezicht is een van een lijst.",
        "de lijst is open: justitie kent er meer dan het koppelvlak noemt",
    ),
    51: Rij(("CORV00036",), Stand.GELDIG, "Het signaaltype is een van de drie die er zijn."),
    52: Rij(
        (),
        Stand.GELDIG,
        "Een jongere van het CJIB is alleen bekend met een BSN, en soms ook zonder.",
        "zegt wat de afzender kan weten; aan één bericht is daar niets van te controleren",
    ),
    53: Rij(
        (),
        Stand.GELDIG,
        "Een zorgmelding over een ongeboren kind gaat over niemand zelf, en heeft de moeder als belanghebbende met een ouderrol.",
    ),
    54: Rij((), Stand.VOORSTEL, "Van minstens één persoon in een zorgmelding staat er een adres.", VOORSTEL),
    55: Rij((), Stand.VOORSTEL, "Bij een ongeboren kind is een van de belanghebbenden een vrouw met een ouderrol.", VOORSTEL),
    56: Rij(("CORV-C4.2",), Stand.GELDIG, "Van het document in een zorgmelding staat erbij wat voor bestand het is."),
    57: Rij(
        (),
        Stand.GELDIG,
        "Een zorgmelding heeft één kenmerk, één initiator en één document.",
        "het schema laat kenmerk, heeftAlsInitiator en heeftRelevant precies één keer toe",
    ),
}

_ZORGMELDING_TERUGKOPPELING: Mapping[int, Rij] = {
    58: Rij(("CORV-D4.1",), Stand.GELDIG, "Is er een vervolgactie nodig, dan staat erbij welke organisatie die doet."),
    59: Rij(
        (),
        Stand.GELDIG,
        "Het BSN is dat van de zorgmelding.",
        "een regel ziet één bericht, en hiervoor is ook de zorgmelding zelf nodig",
    ),
    60: Rij(
        (),
        Stand.GELDIG,
        "Een terugkoppeling over een ongeboren kind gaat over niemand zelf, en heeft de moeder als belanghebbende met ouderrol.",
    ),
    61: Rij(
        (),
        Stand.GELDIG,
        "Een terugkoppeling heeft een zaakidentificatie van 5 tot 40 tekens.",
        "het schema eist identificatie met die lengte, en niet nil",
    ),
    62: Rij((), Stand.GELDIG, "De contactpersoon van de melder staat in de terugkoppeling, met zijn medewerkersidentificatie."),
    63: Rij(
        (),
        Stand.GELDIG,
        "Het kenmerk is dat van de zorgmelding.",
        "een regel ziet één bericht, en hiervoor is ook de zorgmelding zelf nodig. De bron, Zorgmelding, eist het schema",
    ),
    64: Rij(
        (),
        Stand.GELDIG,
        "De namen van extraElementen komen met en zonder hoofdletters voor.",
        "zegt hoe een naam wordt gelezen: geen regel let op hoofdletters. Of er true of false staat, ziet extra-element-waarde",
    ),
}

_VT_EN_GENERIEK: Mapping[int, Rij] = {
    65: Rij(
        ("CORV-G1", "CORV-G2", "CORV-G3"),
        Stand.ONBEKEND,
        "Drie regels over de vtTerugkoppeling.",
        "de tekst is niet bekend",
    ),
    66: Rij(
        (),
        Stand.ONBEKEND,
        "Een uitkomst hoort alleen bij de status `uitkomst veiligheidsbeoordeling`.",
        "niet bekend of dit moet. Dat er een status is, eist het schema",
    ),
    67: Rij(
        (),
        Stand.GELDIG,
        "Een vtTerugkoppeling mag zonder zaakidentificatie.",
        "verbiedt niets: het schema laat identificatie weg",
    ),
    68: Rij(
        (),
        Stand.GELDIG,
        "Staat er een situatie in een vtTerugkoppeling, dan ook wie zicht op de veiligheid houdt.",
        "het schema eist onder betreft verantwoordelijkVoorZichtOpDeVeiligheidBelegdBij, dat nil mag zijn",
    ),
    69: Rij((), Stand.GELDIG, "Staat bij geen persoon of hij is geïnformeerd, dan zegt een vtMelding het in het algemeen."),
    70: Rij((), Stand.GELDIG, "Een rol in een vtMelding is een van de 23.", "het schema noemt de waarden van jeugzorgrol"),
    71: Rij((), Stand.AFGELEID, "Een SASH-niveau staat er alleen als de SASH is ingevuld."),
    72: Rij(
        (),
        Stand.GELDIG,
        "SASH-niveau, wijze van informeren, Ja of Nee, status en uitkomst zijn niet leeg.",
        "het schema noemt de waarden van SASHniveau, wijzeVanInformering, de indicaties, status en uitkomst",
    ),
    73: Rij(
        (),
        Stand.GELDIG,
        "Een ucob en een uci noemen het verzoek waarop zij antwoorden.",
        "het schema eist crossRefnummer en verzoekidentificatie; of zij bij een verzoek passen, ziet corv bij het koppelen",
    ),
    74: Rij(
        (),
        Stand.GELDIG,
        "Een uitkomstMeldingGeneriek heeft geen crossRefnummer, maar wel het nummer van de melding.",
        "het schema laat crossRefnummer niet toe, en eist uwIdentificatie van 5 tot 40 tekens",
    ),
    75: Rij(
        (),
        Stand.FEIT,
        "VT-99 en routerenNaarInstantie komen ook los van elkaar voor.",
        "zegt wat het schema doorlaat; verplicht is het nergens",
    ),
}

RIJEN: Mapping[int, Rij] = {
    **RIJEN_VTO,
    **_NOTIFICATIE,
    **_JEUGDRECLASSERING_EN_ZORGMELDING,
    **_ZORGMELDING_TERUGKOPPELING,
    **_VT_EN_GENERIEK,
}
"""By number, in order."""
