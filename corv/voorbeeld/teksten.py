"""What the examples say. Every text can be known for an example by who reads it, and all of it is invented."""

from corv.voorbeeld.lot import Lot

MARK = "Voorbeeldtekst van een testbericht: personen en gebeurtenissen zijn verzonnen."
"""Stands in every message that has room for a text."""

_INCIDENTEN = (
    "Omwonenden hoorden 's avonds ruzie in de woning. Er was een kind van de bewoners bij aanwezig.",
    "Een voorbijganger zag dat een ouder een kind op straat hard bij de arm trok en schreeuwde.",
    "Bij een ruzie over geld werd met een stoel gegooid. Niemand raakte gewond.",
    "Een jeugdige meldde zich zelf, omdat het thuis ‘niet meer vol te houden’ was – zó letterlijk.",
)
_SITUATIES = (
    "De ouders zijn uit elkaar en zijn het niet eens over de omgang. De kinderen staan ertussen.",
    "Er zijn geldzorgen, en een van de ouders drinkt veel. De kinderen gaan wisselend naar school.",
    "Het gezin woont tijdelijk bij familie. Het is er klein, en er zijn vaak spanningen.",
)
_ADVIEZEN = (
    "Met beide ouders is gesproken. Er zijn afspraken gemaakt over de veiligheid, en die worden gevolgd.",
    "Het wijkteam neemt contact op met het gezin en maakt samen met hen een plan.",
    "Er is geen verder onderzoek nodig; de school houdt een oogje in het zeil.",
)
_LOCATIES = ("In de woning", "Op straat, bij de speeltuin", "Op het schoolplein", "In een trein", "In het café ’t Voorbeeld")
_REGISTRATIES = (
    "Eerdere melding van geluidsoverlast in 2025",
    "Geen eerdere registraties van dit adres",
    "Eén eerder bezoek aan huis",
)
_HULP = ("Het wijkteam komt elke week langs", "Er is een gezinscoach", "Er is geen hulp in het gezin")
_REACTIES = ("Vindt het goed dat er gemeld wordt", "Is het er niet mee eens, en begrijpt het wel", "Wil graag hulp")


def incident(lot: Lot) -> str:
    """What happened."""
    return f"{MARK} {lot.pick(_INCIDENTEN)}"


def situatie(lot: Lot) -> str:
    """How it is with the family."""
    return f"{MARK} {lot.pick(_SITUATIES)}"


def advies(lot: Lot) -> str:
    """What was decided about it."""
    return f"{MARK} {lot.pick(_ADVIEZEN)}"


def locatie(lot: Lot) -> str:
    """Where it happened; names no place, so that herroutering has the addresses alone to go by."""
    return f"{lot.pick(_LOCATIES)} (voorbeeld)"


def registratie(lot: Lot) -> str:
    """What is registered of the family."""
    return f"{lot.pick(_REGISTRATIES)} (voorbeeld)"


def hulpverlening(lot: Lot) -> str:
    """Which help there is."""
    return f"{lot.pick(_HULP)} (voorbeeld)"


def reactie(lot: Lot) -> str:
    """What somebody said who was told of it."""
    return f"{lot.pick(_REACTIES)} (voorbeeld)"


def gegeven(what: str) -> str:
    """A short text on one subject."""
    return f"Voorbeeldtekst: {what}"
