"""config/termijnen.toml to `Termijnen`: how long something may take before it is late."""

from corv.settings import ANTWOORD_UREN, TERUGKOPPELING_WERKDAGEN, Termijnen
from corv.stuf import JZ_FUNCTIES, TERUGKOPPELINGEN
from corv.toml_reader import TomlFile

_MOST_HOURS, _MOST_WORKING_DAYS = 8760, 250


def read_termijnen(file: TomlFile) -> Termijnen:
    """The terms of that file; every mistake is told to the file."""
    antwoord, terugkoppeling = file.section("antwoord"), file.section("terugkoppeling")
    doorsturen, werkdagen = file.section("doorsturen"), file.section("werkdagen")
    termijnen = Termijnen(
        antwoord={name: antwoord.number(name, ANTWOORD_UREN.get(name, 0), 0, _MOST_HOURS) for name in sorted(JZ_FUNCTIES)},
        terugkoppeling={
            name: terugkoppeling.whole(name, TERUGKOPPELING_WERKDAGEN.get(name, 0), 0, _MOST_WORKING_DAYS)
            for name in TERUGKOPPELINGEN
        },
        ontvangst=doorsturen.number("ontvangst_uren", Termijnen().ontvangst, 0, _MOST_HOURS),
        vrije_dagen=werkdagen.days("vrije_dagen"),
    )
    for section in (antwoord, terugkoppeling, doorsturen, werkdagen):
        section.finish()
    file.only("antwoord", "terugkoppeling", "doorsturen", "werkdagen")
    return termijnen
