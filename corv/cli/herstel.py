"""`corv herstel`: what differs between the administration and the folders, and putting it right."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from corv import config
from corv.app import working
from corv.cli.opdracht import corv
from corv.cli.stoppen import STOPPED, stop_asked
from corv.cli.tonen import console, json_option, print_json, table, warn
from corv.database import open_for_reading
from corv.folders import Folders
from corv.handler import Report
from corv.repair.differences import Difference, Door, differences
from corv.repair.inventory import look
from corv.repair.repairing import repair
from corv.roots import known_marks

_SHOWN_OF_A_KIND = 10


@click.command(options_metavar="[OPTIES]")
@click.option("--uitvoeren", is_flag=True, help="Herstel wat te herstellen is; daarvoor moet de service stilstaan.")
@click.option("--grondig", is_flag=True, help="Lees ook elk origineel in het archief, en controleer de keten van gebeurtenissen.")
@json_option
@click.pass_obj
def herstel(map_: Path, uitvoeren: bool, grondig: bool, as_json: bool) -> int:
    """Vergelijk de administratie met inboxen, outboxen en archief, en zeg wat er verschilt en wat eraan te doen is.

    Zonder --uitvoeren verandert er niets, en mag de service draaien; wat zij onder handen heeft, kan dan een verschil lijken.
    Een bericht houdt altijd zijn kenmerk: niets wordt onder een andere naam of een ander referentienummer verzonden.
    Geeft 1 als er iets verschilt (met --uitvoeren: als er iets overblijft), anders 0.

    \b
    Voorbeeld:  corv herstel
    Voorbeeld:  corv herstel --uitvoeren
    """
    if not uitvoeren:
        found = _look(map_, thorough=grondig)
        _show(found, as_json, done=False)
        return 1 if found else 0
    report = Report()
    with working(map_) as deps, stop_asked() as stopping:
        done = [
            item
            for item in repair(replace(deps, stopping=stopping), report, thorough=grondig)
            if item.soort.door is not Door.MENS
        ]
        if stopping():
            report.problem(STOPPED)
    left = _look(map_, thorough=grondig)
    _show([item for item in done if item not in left], as_json, done=True)
    for problem in report.problems:
        warn(problem)
    if left and not as_json:
        click.echo("\nDit blijft over:")
    if left:
        _show(left, as_json, done=False)
    return 1 if left else 0


def _look(map_: Path, *, thorough: bool) -> list[Difference]:
    settings = config.load(map_)
    with closing(open_for_reading(settings.database)) as db:
        return differences(look(settings, Folders(settings, known_marks(settings, db)), db, thorough=thorough))


def _show(found: Sequence[Difference], as_json: bool, *, done: bool) -> None:
    if as_json:
        for item in found:
            print_json(_as_json(item, done=done))
        return
    if not found:
        click.echo("Er viel niets te herstellen." if done else "Administratie en mappen kloppen met elkaar.")
        return
    lines = []
    for soort, items in groupby(found, key=lambda item: item.soort):
        places = [item.waar for item in items]
        lines += [(soort.naam, place, soort.wat, soort.gevolg) for place in places[:_SHOWN_OF_A_KIND]]
        if len(places) > _SHOWN_OF_A_KIND:
            lines.append((soort.naam, f"... en nog {len(places) - _SHOWN_OF_A_KIND}", "", "alles: corv herstel --json"))
    console().print(table("", ("verschil", "waar", "wat er is", "wat ermee gebeurt"), lines))
    if not done and any(item.soort.door is Door.HERSTEL for item in found):
        click.echo(f"Herstellen: stop de service en draai {corv()} herstel --uitvoeren")


def _as_json(item: Difference, *, done: bool) -> dict[str, Any]:
    return {
        "verschil": item.soort.naam,
        "bericht": item.bericht,
        "waar": item.waar,
        "wat": item.soort.wat,
        "gevolg": item.soort.gevolg,
        "door": item.soort.door.value,
        "gedaan": done,
    }
