"""`corv init`, `corv verwerk` and `corv start`: make a working folder, work it once, or keep working it."""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from corv import config, service
from corv.app import make_folders, working
from corv.attention import Aanleiding
from corv.cli.bestand import Folder
from corv.cli.opdracht import corv
from corv.cli.stoppen import STOPPED, stop_asked
from corv.cli.tonen import console, json_option, print_json, table, warn
from corv.desk.worklist import attention
from corv.handler import Report
from corv.jobs import one_pass
from corv.logs import configure_logs
from corv.outcome import Status
from corv.settings import Organisatie
from corv.workfolder import make_config

_SHOW_PROGRESS_AFTER_S = 2.0
_COUNTED = (Status.GEACCEPTEERD, Status.GEWEIGERD, Status.HERHAALD, Status.HERROUTEERD, Status.TE_BEOORDELEN, Status.ONLEESBAAR)
_NEEDS_A_LOOK = (Status.GEWEIGERD, Status.TE_BEOORDELEN, Status.ONLEESBAAR)


@click.command(options_metavar="[OPTIES]")
@click.argument("doel", metavar="[MAP]", required=False, type=Folder())
@click.option("--oin", "oins", metavar="OIN", multiple=True, help="De OIN van uw organisatie; mag vaker.")
@click.option("--naam", metavar="NAAM", help="De naam van uw organisatie.")
@click.option("--werkgebied", metavar="CODE", help="De code van uw regio, zoals VT20.")
@click.option("--groep", metavar="GROEP", help="De groep van Linux waar de adapter en het zaaksysteem in zitten.")
@click.option("--mappen", is_flag=True, help="Maak ook een inbox of outbox opnieuw die is verdwenen.")
@click.pass_obj
def init(  # noqa: PLR0913 - one argument an option
    map_: Path,
    doel: Path | None,
    oins: tuple[str, ...],
    naam: str | None,
    werkgebied: str | None,
    groep: str | None,
    mappen: bool,
) -> None:
    """Maak een werkmap met mappen en een uitgelegde configuratie. Wat er al is, blijft zoals het is.

    \b
    Voorbeeld:  corv init /srv/corv --oin 00000001999000001000 --naam "Veilig Thuis Voorbeeldstad" --werkgebied VT20
    """
    target = (doel or map_).resolve()
    made = make_config(target, oins=oins, naam=naam, werkgebied=werkgebied, groep=groep)
    made += [str(folder) for folder in make_folders(target, renew=mappen)]
    click.echo(f"Werkmap {target}")
    for name in made:
        click.echo(f"  gemaakt  {name}")
    if not made:
        click.echo("  alles was er al; er is niets veranderd")
    click.echo(_next_step(target, config.load(target, is_finished=False).organisatie))


@click.command(options_metavar="[OPTIES]")
@json_option
@click.pass_obj
def verwerk(map_: Path, as_json: bool) -> int:
    """Verwerk eenmaal wat in de inboxen staat, bezorg wat klaarstaat, en stop. Voor cron of een taakplanner.

    Geeft 0 als alles in orde was en 1 als er iets is om naar te kijken: geweigerd, onleesbaar, te beoordelen, wachtend,
    of een fout op iets dat wij verzonden.

    \b
    Voorbeeld:  corv --map /srv/corv verwerk
    """
    configure_logs(quiet=True)
    started = time.monotonic()
    with working(map_) as deps, _progress() as on_progress, stop_asked() as stopping:
        report, began = Report(on_progress=on_progress), deps.clock()
        one_pass(replace(deps, stopping=stopping), report)
        if stopping():
            report.problem(STOPPED)
        unlisted = _refused_without_attention(report, attention(deps.db), began)
    result = _as_json(report, time.monotonic() - started)
    for problem in report.problems:
        warn(problem)
    if as_json:
        print_json(result)
    else:
        _print(report, result, unlisted)
    needs_a_look = report.faults or any(report.statuses[status] for status in _NEEDS_A_LOOK)
    return 1 if report.waiting or report.problems or needs_a_look else 0


@click.command(options_metavar="[OPTIES]")
@click.pass_obj
def start(map_: Path) -> int:
    """Start de service: kijken, verwerken en bezorgen tot zij een stopsignaal krijgt.

    Schrijft een regel per bericht naar de standaardfoutuitvoer: leesbaar op een scherm, anders als JSON.

    \b
    Voorbeeld:  corv --map /srv/corv start
    """
    configure_logs(quiet=False)
    with working(map_) as deps:
        service.run(deps)
    return 0


def _next_step(target: Path, organisatie: Organisatie) -> str:
    """What must still be filled in, or how to begin."""
    keys = {"oins": "uw OIN's", "werkgebied": "de code van uw regio (VT01 tot en met VT27)"}
    empty = [key for key in keys if not getattr(organisatie, key)]
    if not empty:
        return f"Klaar voor gebruik: corv --map {target} start"
    what = f"{' en '.join(empty)} in: {', en '.join(keys[key] for key in empty)}"
    return f"Vul nu in config/corv.toml bij [organisatie] {what}. Tot die tijd doet corv niets met berichten."


def _as_json(report: Report, seconds: float) -> dict[str, Any]:
    return {
        "gelezen": report.handled,
        **{status.value: report.statuses[status] for status in _COUNTED},
        "wachtend": report.waiting,
        "geschreven": report.written,
        "duur_s": round(seconds, 3),
    }


def _refused_without_attention(report: Report, open_: Sequence[Mapping[str, Any]], began: datetime) -> int:
    """How many messages this pass refused that `corv aandacht` does not list: those of which the sender got a fault."""
    listed = [row for row in open_ if row["aanleiding"] == Aanleiding.GEWEIGERD]
    new = sum(datetime.fromisoformat(row["sinds"]) >= began for row in listed)
    return max(0, report.statuses[Status.GEWEIGERD] - new)


def _print(report: Report, result: dict[str, Any], unlisted: int) -> None:
    if not report.handled and not report.written:
        nothing = "Er was niets te doen." if not report.problems else "Er is nu niets verwerkt; zie hierboven."
        click.echo(nothing if not report.waiting else f"Er is nu niets verwerkt; aantal bestanden dat wacht: {report.waiting}.")
        return
    rows = [(name, value) for name, value in result.items() if value or name in {"gelezen", "geschreven"}]
    console().print(table("", ("", "aantal"), rows))
    if report.faults or sum(report.statuses[status] for status in _NEEDS_A_LOOK) > unlisted:
        click.echo(f"Er zijn berichten om naar te kijken: {corv()} aandacht, en daarna {corv()} toon KENMERK.")
    if unlisted:
        where = f"{corv()} berichten --vandaag --status geweigerd, en daarna {corv()} toon KENMERK"
        click.echo(f"Er is iets geweigerd, en de afzender kreeg daarover een foutbericht: {where}.")


@contextmanager
def _progress() -> Iterator[Any]:
    """A counter on a terminal, once a pass takes longer than two seconds."""
    if not sys.stderr.isatty():
        yield lambda _handled: None
        return
    started = time.monotonic()
    columns = (TextColumn("verwerkt: {task.completed}"), BarColumn(), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task("", total=None)

    def on_progress(handled: int) -> None:
        if time.monotonic() - started > _SHOW_PROGRESS_AFTER_S:
            progress.start()
            progress.update(task, completed=handled)

    try:
        yield on_progress
    finally:
        progress.stop()
