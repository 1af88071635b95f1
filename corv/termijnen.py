"""config/termijnen.toml to `Termijnen`: how long something may take before it is late."""

from corv.settings import ANTWOORD_UREN, TERUGKOPPELING_WERKDAGEN, VERRIJKING_WERKDAGEN, Termijnen
from corv.stuf import JZ_FUNCTIES, TERUGKOPPELINGEN, VERRIJKINGEN
from corv.toml_reader import TomlFile

_MOST_HOURS, _MOST_WORKING_DAYS = 8760, 250


def read_termijnen(file: TomlFile) -> Termijnen:
    """The terms of that file; every mistake is told to the file."""
    antwoord, terugkoppeling, verrijking = (file.section(name) for name in ("antwoord", "terugkoppeling", "verrijking"))
    doorsturen, werkdagen = file.section("doorsturen"), file.section("werkdagen")
    termijnen = Termijnen(
        antwoord={name: antwoord.number(name, ANTWOORD_UREN.get(name, 0), 0, _MOST_HOURS) for name in sorted(JZ_FUNCTIES)},
        terugkoppeling={
            name: terugkoppeling.whole(name, TERUGKOPPELING_WERKDAGEN.get(name, 0), 0, _MOST_WORKING_DAYS)
            for name in TERUGKOPPELINGEN
        },
        verrijking={name: verrijking.whole(name, VERRIJKING_WERKDAGEN[name], 0, _MOST_WORKING_DAYS) for name in VERRIJKINGEN},
        ontvangst=doorsturen.number("ontvangst_uren", Termijnen().ontvangst, 0, _MOST_HOURS),
        vrije_dagen=werkdagen.days("vrije_dagen"),
    )
    for section in (antwoord, terugkoppeling, verrijking, doorsturen, werkdagen):
        section.finish()
    file.only("antwoord", "terugkoppeling", "verrijking", "doorsturen", "werkdagen")
    return termijnen
