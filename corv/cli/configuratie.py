"""`corv config controleer`: look for mistakes in config/, change nothing."""

from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import click

from corv import config as configuration
from corv.cli.tonen import json_option, print_json
from corv.config_rows import loaded
from corv.database import open_for_reading
from corv.eigenregels import EigenRegel
from corv.errors import ConfigError, CorvError, OldDatabaseError

_MISTAKES = 2


@click.group(options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT")
def config() -> None:
    """Controleer de configuratie.

    \b
    Voorbeeld:  corv config controleer
    """


@config.command(options_metavar="[OPTIES]")
@json_option
@click.pass_obj
def controleer(map_: Path, as_json: bool) -> int:
    """Zoek fouten in de bestanden van config/ en verander niets. Noemt alle fouten in één keer, met bestand, regel en sleutel.

    Zegt ook of dit is wat de service nu gebruikt. Geeft 2 als er fouten zijn, en 3 als een eigen regel nu niet uit te
    proberen is.

    \b
    Voorbeeld:  corv config controleer
    """
    result = _check(map_)
    if as_json:
        print_json(result)
    else:
        _print(map_, result)
    return _MISTAKES if result["fouten"] else 0


def _check(map_: Path) -> dict[str, Any]:
    fingerprint, problems, in_force = configuration.fingerprint(map_), [], None
    try:
        settings = configuration.load(map_)
    except ConfigError as error:
        problems = list(error.problems)
    else:
        _check_tried(settings.eigen_regels)
        database = settings.database
        if database.exists():
            # Of an earlier version it can't tell, and the configuration is just what is filled in before the first start.
            with suppress(OldDatabaseError), closing(open_for_reading(database)) as db:
                in_force = loaded(db) == fingerprint
    return {"oordeel": "fout" if problems else "goed", "fouten": problems, "van_kracht": in_force, "hash": fingerprint}


def _check_tried(regels: Iterable[EigenRegel]) -> None:
    """Raises CorvError where nobody can say now whether the own rules are good: who asks must not hear that they are."""
    untried = [regel for regel in regels if regel.niet_geprobeerd]
    if untried:
        names = ", ".join(regel.id for regel in untried)
        told = f"Deze eigen regels zijn nu niet uit te proberen: {names} ({untried[0].niet_geprobeerd})"
        raise CorvError(f"{told}. Verder is de configuratie goed. Probeer het later opnieuw.")


def _print(map_: Path, result: dict[str, Any]) -> None:
    if result["fouten"]:
        click.echo("\n".join(result["fouten"]))
        click.echo("Verbeter dit; tot die tijd werkt een draaiende service verder met de configuratie die zij had.")
        return
    click.echo(f"De configuratie in {map_ / 'config'} is goed.")
    told = {
        None: "Er is nog geen database, of zij is van een oudere versie: de configuratie geldt vanaf de eerste start.",
        True: "Dit is wat nu van kracht is.",
        False: "Dit is nog niet van kracht. Een draaiende service neemt het vanzelf over, en anders de volgende start.",
    }
    click.echo(told[result["van_kracht"]])
