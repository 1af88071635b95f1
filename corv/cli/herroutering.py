"""`corv herroutering`: try the rules on their examples, and put other rules in force."""

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from corv import config
from corv.attention import Person
from corv.cli.bestand import ORDINARY_FILE
from corv.cli.opdracht import corv
from corv.cli.persoon import door_option, reden_option
from corv.cli.tonen import Column, json_option, print_json, print_list
from corv.cli.verschil import verschil
from corv.clock import utc_now
from corv.database import open_for_reading, open_for_writing
from corv.desk.activating import Gevolg, activate
from corv.voorbeelden import Keus, Uitslag

_REFUSED = 2

_COLUMNS = (
    Column[Uitslag]("regel", 0, lambda uitslag: uitslag.voorbeeld.regel),
    Column[Uitslag]("voorbeeld", 0, lambda uitslag: uitslag.voorbeeld.naam),
    Column[Uitslag]("verwacht", 0, lambda uitslag: uitslag.voorbeeld.verwacht.below(uitslag.voorbeeld.regel)),
    Column[Uitslag]("uitkomst", 0, lambda uitslag: uitslag.uitkomst.below(uitslag.voorbeeld.regel)),
    Column[Uitslag]("oordeel", 0, lambda uitslag: _verdict(is_good=uitslag.is_good)),
)


@click.group(options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT")
def herroutering() -> None:
    """Controleer de regels van de herroutering, vergelijk ze met andere, of maak andere van kracht.

    \b
    Voorbeeld:  corv herroutering controleer
    Voorbeeld:  corv herroutering verschil nieuw.toml
    Voorbeeld:  corv herroutering activeer nieuw.toml --reden "Afspraak met Veilig Thuis Twente"
    """


@herroutering.command(options_metavar="[OPTIES]")
@click.argument("bestand", metavar="[BESTAND]", required=False, type=ORDINARY_FILE)
@json_option
@click.pass_obj
def controleer(map_: Path, bestand: Path | None, as_json: bool) -> int:
    """Laat de regels los op hun voorbeelden en verander niets. Zonder BESTAND: die van config/herroutering.toml.

    Noemt alle fouten, met bestand, regel en sleutel. Geeft 2 als er fouten zijn; zulke regels worden niet van kracht.

    \b
    Voorbeeld:  corv herroutering controleer
    Voorbeeld:  corv herroutering controleer nieuw.toml
    """
    settings, regelbestand, problems = config.read_all(map_, bestand)
    if as_json:
        print_json(
            {
                "bestand": str(bestand or settings.config / config.RULES),
                "hash": settings.herroutering.hash,
                "oordeel": _verdict(is_good=not problems),
                "fouten": problems,
                "voorbeelden": [_as_json(uitslag) for uitslag in regelbestand.uitslagen],
            }
        )
        return _REFUSED if problems else 0
    if regelbestand.uitslagen:
        print_list(_COLUMNS, regelbestand.uitslagen)
    if problems:
        click.echo("\n".join(problems))
        click.echo("Verbeter dit; tot die tijd blijven de regels gelden die nu van kracht zijn.")
        return _REFUSED
    click.echo(
        f"Alle voorbeelden komen uit: {len(settings.herroutering.regels)} regels, {len(regelbestand.uitslagen)} voorbeelden."
    )
    return 0


@herroutering.command(options_metavar="[OPTIES]")
@click.argument("nieuw", metavar="NIEUW.toml", type=ORDINARY_FILE)
@reden_option
@door_option
@click.pass_obj
def activeer(map_: Path, nieuw: Path, reden: str, door: str) -> int:
    """Maak de regels van een ander bestand van kracht, en leg vast wie dat deed en waarom.

    Weigert, met alle fouten, als er iets mis is of een voorbeeld niet uitkomt; dan verandert er niets. De vorige regels blijven
    bewaard in de database. Staan de regels al in config/herroutering.toml zonder dat is vastgelegd door wie, dan gebeurt dat nu.

    \b
    Voorbeeld:  corv herroutering activeer nieuw.toml --reden "Afspraak met Veilig Thuis Twente"
    """
    settings = config.load(map_, nieuw)
    with closing(open_for_reading(settings.database)):
        pass  # a database that is not there is a mistake: it must not be made here
    with closing(open_for_writing(settings.database)) as db:
        gevolg = activate(db, settings, nieuw, Person(door, reden, utc_now()))
    if gevolg is Gevolg.NIETS:
        click.echo("Dit zijn de regels die al gelden; er verandert niets.")
        return 0
    if gevolg is Gevolg.ALLEEN_VASTGELEGD:
        already = f"Deze regels staan al in config/{config.RULES}, maar wie dat deed was niet vastgelegd."
        click.echo(f"{already} Nu vastgelegd: door {door}, met deze reden.")
        return 0
    click.echo(f"Vastgelegd: config/{config.RULES} is vervangen door {nieuw}, door {door}.")
    click.echo("Een draaiende service neemt de regels vanzelf over, zonder herstart; anders gelden zij vanaf de volgende ronde.")
    click.echo(f"Kijk of zij van kracht zijn met: {corv()} config controleer")
    return 0


herroutering.add_command(verschil)


def _as_json(uitslag: Uitslag) -> dict[str, Any]:
    return {
        "regel": uitslag.voorbeeld.regel,
        "voorbeeld": uitslag.voorbeeld.naam,
        "verwacht": _keus(uitslag.voorbeeld.verwacht),
        "uitkomst": _keus(uitslag.uitkomst),
        "oordeel": _verdict(is_good=uitslag.is_good),
    }


def _keus(keus: Keus) -> dict[str, str]:
    return {"regel": keus.regel, "dan": keus.dan, "naar": keus.naar}


def _verdict(*, is_good: bool) -> str:
    return "goed" if is_good else "fout"
