"""The rows of corv.md 4.1, of a verzoek tot onderzoek, by number."""

from collections.abc import Mapping

from corv.rules.rij import INGETROKKEN, Rij, Stand

RIJEN_VTO: Mapping[int, Rij] = {
    1: Rij(("CORV-A3.2",), Stand.GELDIG, "Elk kind in een verzoek heeft een eigen clientvolgnummer."),
    2: Rij(
        ("CORV-A3.3", "CORV00012"),
        Stand.GELDIG,
        "Van een geboren kind staat er minstens één gegeven in dat zegt wie het is: een nummer of een beschrijving.",
    ),
    3: Rij(
        ("CORV-A3.4", "CORV00013"),
        Stand.GELDIG,
        "Van een geboren kind staan achternaam, geboortedatum en geslacht in het verzoek.",
    ),
    4: Rij((), Stand.GELDIG, "Een onbekende geboortedatum staat er toch, met erbij welk deel van de datum niet bekend is."),
    5: Rij(
        ("CORVC00001",),
        Stand.GELDIG,
        "Is de geboortedatum bekend, dan is zij compleet.",
        "het testplatform eist dit in scenario's waarin de datum bekend is; aan een bericht is niet te zien wat de afzender weet",
    ),
    6: Rij(
        (),
        Stand.GELDIG,
        "Van een ongeboren kind hoeft hoogstens de verwachte geboortedatum bekend te zijn, en ook die mag weg.",
        "staat iets toe en verbiedt niets; CORV-A3.3 en CORV-A3.4 slaan een ongeboren kind over",
    ),
    7: Rij(("CORV-A3.6",), Stand.INGETROKKEN, "Van een kind staat er een telefoonnummer of e-mailadres.", INGETROKKEN),
    8: Rij(
        ("CORV-A3.7", "CORV-A6.3", "CORV-A8.2"), Stand.INGETROKKEN, "Een e-mailadres heeft hoogstens 150 tekens.", INGETROKKEN
    ),
    9: Rij(
        ("CORV-A5.5a", "CORV-A5.5b"),
        Stand.GELDIG,
        "Bij een ongeboren kind hoort één moeder: een vrouw, als `ouder, gezag niet benoemd`, met het nummer van het kind.",
    ),
    10: Rij(
        ("CORV-A5.6", "CORV00051"),
        Stand.GELDIG,
        "Wie gezag heeft over meer kinderen, staat er één keer in, met het nummer van elk kind.",
    ),
    11: Rij(
        (),
        Stand.GELDIG,
        "De moeder van een geboren en een ongeboren kind staat er één keer in, als `ouder, gezag niet benoemd`, bij allebei.",
    ),
    12: Rij(
        ("CORV-A6.2", "CORV000002"),
        Stand.GELDIG,
        "Is een kind nog niet geboren, dan staat het telefoonnummer van de moeder erbij.",
    ),
    13: Rij(
        ("CORV-A7.2", "CORV00043"),
        Stand.INGETROKKEN,
        "Een vestiging zonder vestigingsnummer heeft een KvK-nummer.",
        f"{INGETROKKEN}; rij 14 kwam ervoor in de plaats",
    ),
    14: Rij(("CORV000035",), Stand.GELDIG, "Een vestiging die belanghebbende is, heeft een KvK-nummer."),
    15: Rij(
        (),
        Stand.GELDIG,
        "Een vestiging heeft een korte handelsnaam en een telefoonnummer.",
        "het schema eist handelsnaamVerkort en sub.telefoonnummer; van een lege zegt leeg-element-vto het",
    ),
    16: Rij(("CORV-A9.1", "CORV000003"), Stand.GELDIG, "Er is precies één document met het verzoek zelf."),
    17: Rij(("CORV-A9.2",), Stand.GELDIG, "Alle documenten samen zijn hoogstens 21 MB."),
    18: Rij(("CORV-A9.3", "CORV00049"), Stand.GELDIG, "Er is hoogstens één document met de gezinsgeschiedenis."),
    19: Rij(("CORV-A9.4",), Stand.GELDIG, "Van elk document staat erbij wat voor bestand het is."),
    20: Rij(
        (),
        Stand.GELDIG,
        "Een document is van een soort bestand die op een vaste lijst staat.",
        "welke soorten op de lijst staan, is niet bekend",
    ),
    21: Rij(
        ("CORV-A9.6",), Stand.GELDIG, "De naam van een document heeft alleen toegestane tekens en begint niet met een spatie."
    ),
    22: Rij(
        (), Stand.GELDIG, "Elk document heeft een bestandsnaam.", "het schema eist het attribuut StUF:bestandsnaam bij inhoud"
    ),
    23: Rij((), Stand.GELDIG, "Het aantal documenten is vrij.", "verbiedt niets"),
    24: Rij(
        (),
        Stand.GELDIG,
        "Een document is van een van de vier soorten van een verzoek; Zorgmelding hoort in een zorgmelding.",
        "het schema noemt de waarden van dct.omschrijving",
    ),
    25: Rij((), Stand.GELDIG, "De organisatie die het verzoek doet, heeft een naam."),
    26: Rij((), Stand.GELDIG, "Bij elke belanghebbende staat of hij is geïnformeerd."),
    27: Rij(("CORV000005",), Stand.GELDIG, "Is een belanghebbende niet geïnformeerd, dan staat erbij waarom niet."),
    28: Rij((), Stand.GELDIG, "De urgentie is laag of hoog, en niets daartussen."),
    29: Rij(
        (),
        Stand.GELDIG,
        "De rol van de verzoeker komt van een vaste lijst.",
        "welke rollen op de lijst staan, is niet bekend",
    ),
    30: Rij((), Stand.GELDIG, "In een verzoek staat om welk onderzoek het gaat."),
    31: Rij((), Stand.GELDIG, "Van een belanghebbende staat als nummer alleen het BSN in het verzoek."),
    32: Rij((), Stand.GELDIG, "Wat verplicht is, heeft een echte waarde; `nil` en `noValue` zijn dat niet."),
    33: Rij((), Stand.GELDIG, "Een element zonder inhoud blijft weg."),
    34: Rij(
        (),
        Stand.ONBEKEND,
        "Een zaakidentificatie begint met de code van een gemeente, en heeft verder alleen letters en cijfers.",
        "in de praktijk niet afgedwongen, en of het moet is niet bekend",
    ),
    35: Rij(
        (),
        Stand.GELDIG,
        "Heeft een organisatie het gezag, dan staat er geen contactpersoon bij.",
        "het schema kent onder vestiging, bij een belanghebbende, geen contactpersoon",
    ),
    36: Rij((), Stand.GELDIG, "Een postcode staat er zonder spatie.", "het schema eist die vorm van aoa.postcode"),
}
