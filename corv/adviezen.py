"""What a person does about a finding: one Dutch sentence for every code that this program can give. Pure.

docs/bevindingen.md tells the same with what is the matter; a test wants every code in both. Not of the rules: what these say
of a message ends with what to do, and docs/regels.md tells of each.
"""

from corv.findings import Niveau

ADVIEZEN = {
    # What could not be read: nobody was answered.
    "bestand-leeg": "Zoek uit van wie het kwam en vraag het bericht opnieuw.",
    "bestand-te-groot": (
        "Verhoog grootste_bestand_mib in config/corv.toml en zet het bestand opnieuw in de inbox, of vraag een kleiner bericht."
    ),
    "bestand-verdwenen": "Zoek uit van wie het kwam en vraag het bericht opnieuw: de afzender denkt dat u het hebt.",
    "teruggenomen": "Bekijk het bestand in de quarantaine; het was daar al vóór het terugzetten van de database.",
    "geen-bestand": "Haal het uit de inbox, of zet er een gewoon bestand voor neer.",
    "geen-xml": "Bekijk het bestand in de quarantaine en zoek uit waarom het in de inbox kwam.",
    "xml-afgekapt": "Vraag het bericht opnieuw, en kijk of de adapter alleen hele bestanden neerzet.",
    "xml-codering": "Vraag het bericht opnieuw, het liefst in UTF-8.",
    "xml-dtd": "Vraag het bericht opnieuw, zonder DTD.",
    "xml-fout": "Zoek uit van wie het kwam en vraag een hersteld bericht.",
    "xml-grens": "Zo'n bestand is bijna nooit echt: vraag na of de afzender het wel verstuurde.",
    "soap-inhoud": "Vraag de afzender om elk bericht in een eigen bestand.",
    "geen-stuf": "Bekijk het bestand in de quarantaine en zoek uit waarom het in de inbox kwam.",
    "geen-stuurgegevens": "Zoek uit van wie het kwam en vraag een bericht met stuurgegevens.",
    "proces-beeindigd": (
        "Bekijk het bestand in de quarantaine en handel het zelf af; meld dit met het kenmerk aan de makers van corv."
    ),
    "eigen-fout": "Meld dit met het kenmerk aan de makers van corv, en bekijk het bestand zelf.",
    # What is odd, and refused nothing.
    "referentienummer-leeg": "Let op dubbele berichten, en vraag de afzender een referentienummer te vullen.",
    "niet-te-beantwoorden": "De afzender krijgt geen antwoord: bel hem als dat nodig is.",
    "antwoord-zonder-vraag": "Zoek zelf het bericht waar dit antwoord bij hoort, en koppel die twee.",
    "antwoord-past-niet": "Lees het antwoord: is het toch op ons verzoek, koppel die twee dan; bel anders wie het stuurde.",
    "antwoord-andere-partij": (
        "Kijk van wie het is en aan wie. Is het toch het antwoord op dat verzoek, koppel die twee; bel anders wie het stuurde. "
        "Stuurde u het zelf, dan kan het bij de verkeerde zijn: bel die."
    ),
    "crossrefnummer-onbekend": "Kijk of het over de juiste persoon gaat; is het niet ons verzoek, bel dan wie het stuurde.",
    "antwoord-aan-ander": "Klopt de OIN, vul dan oins of namens aan in config/corv.toml; bel anders de afzender.",
    "schema-verschil": (
        "Meld dit verschil aan de makers van corv. Wilt u dat het officiële schema beslist, kies dat dan bij schemas in "
        "config/corv.toml."
    ),
    "regel-niet-uitgevoerd": "Controleer dit punt zelf. Is het een eigen regel, herstel die dan; meld het anders aan de makers.",
    # Faults of StUF: the sender was told, where he could be.
    "StUF001": "De afzender moet het bericht opnieuw sturen in StUF 03.01.",
    "StUF004": "De afzender moet een bericht van het koppelvlak Jeugdzorg (jz0100) sturen.",
    "StUF007": "De afzender moet versie jz0100 van het koppelvlak Jeugdzorg gebruiken.",
    "StUF010": (
        "Is de OIN toch van u, vul dan oins of namens aan; is zij van een ander Veilig Thuis, dan organisaties.toml. "
        "Anders koos de afzender de verkeerde ontvanger."
    ),
    "StUF013": "Verbeter de zender in uw zaaksysteem, of vul namens aan in config/corv.toml.",
    "StUF016": "Vergelijk het met het eerdere bericht en bel de afzender: een ander bericht moet een eigen nummer hebben.",
    "StUF022": "De afzender moet een berichtcode invullen die bestaat.",
    "StUF025": "De afzender moet een berichtcode gebruiken die in dit koppelvlak voorkomt.",
    "StUF034": "De afzender moet een functie invullen die in het koppelvlak Jeugdzorg bestaat.",
    "StUF037": "Corv kent dit bericht niet in deze vorm: bel de afzender, en handel het buiten corv af als het voor u is.",
    "StUF040": "De afzender moet de berichtcode en de functie invullen die bij dit soort bericht horen.",
    "StUF055": (
        "Wie het bericht maakte, moet dit verbeteren en het met een nieuw referentienummer sturen. Een melding handelt u toch af."
    ),
    "StUF058": "Meld dit met het kenmerk aan de makers van corv, en pak het bericht zelf op.",
}
"""By code of a finding."""

_NOTHING = "U hoeft niets te doen: het bericht is toch doorgegeven."
_WARNINGS = {"StUF055": _NOTHING}
"""Where a code asks something else when it only warns."""


def advies(code: str, niveau: str) -> str | None:
    """What to do about a finding; None for a code of another version of this program."""
    as_warning = _WARNINGS.get(code) if niveau == Niveau.WAARSCHUWING else None
    return as_warning or ADVIEZEN.get(code)
