"""`corv backup`: make a back-up, and look whether one is whole."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from corv import config
from corv.backup.making import Result, look, make
from corv.backup.manifest import one_of
from corv.cli.bestand import Folder
from corv.cli.opdracht import corv
from corv.cli.tonen import console, json_option, number, print_json, table
from corv.clock import utc_now

_SHOW_PROGRESS_AFTER_S = 2


@click.command(options_metavar="[OPTIES]")
@click.argument("dir_", metavar="DIR", type=Folder())
@click.option("--controleer", is_flag=True, help="Maak niets: kijk of de laatste reservekopie in DIR heel is.")
@click.option("--moment", metavar="MOMENT", help="Bij --controleer: niet de laatste, maar deze, zoals 20261122-020000.")
@click.option(
    "--grondig", is_flag=True, help="Lees ook elk origineel dat al in DIR stond, en vergelijk het met de administratie."
)
@json_option
@click.pass_obj
def backup(map_: Path, dir_: Path, controleer: bool, moment: str | None, grondig: bool, as_json: bool) -> int:  # noqa: PLR0913 - its options
    """Maak een reservekopie in DIR, en controleer haar. De service mag draaien. DIR ligt buiten de werkmap.

    DIR groeit: originelen staan er één keer in, de rest per keer. Er wordt niets gewist of veranderd. De kopie bevat
    persoonsgegevens; alleen wie de opdracht draait, kan haar lezen. Geeft 1 als er iets niet klopt.

    \b
    Voorbeeld:  corv backup /mnt/kopie
    Voorbeeld:  corv backup /mnt/kopie --controleer --grondig
    """
    if moment is not None and not controleer:
        raise click.UsageError("--moment kan alleen met --controleer erbij.")
    started, dir_ = time.monotonic(), dir_.resolve()
    with _progress() as done:
        if controleer:
            result = look(dir_, one_of(dir_, moment), done, thorough=grondig)
        else:
            result = make(config.load(map_), dir_, utc_now(), done, thorough=grondig)
    answer = _as_json(result, time.monotonic() - started)
    if as_json:
        print_json(answer)
    else:
        _print(result, answer, made=not controleer)
    return 1 if result.bevindingen else 0


def _as_json(result: Result, duration: float) -> dict[str, Any]:
    return {
        "moment": result.manifest.moment,
        "map": str(result.folder),
        "berichten": result.manifest.berichten,
        "bestanden": len(result.manifest.bestanden),
        "nieuw": result.nieuw,
        "bytes": result.bytes,
        "duur_s": round(duration, 3),
        "bevindingen": [asdict(bevinding) for bevinding in result.bevindingen],
    }


def _print(result: Result, answer: dict[str, Any], *, made: bool) -> None:
    what = f"{number(answer['berichten'])} berichten, {number(answer['bestanden'])} andere bestanden"
    if made:
        what += f"; {number(answer['nieuw'])} nieuw, {number(-(-answer['bytes'] // 1024))} KiB geschreven"
    click.echo(f"Reservekopie {answer['map']}: {what}.")
    if not result.bevindingen:
        click.echo("Gecontroleerd: alles is er, en klopt.")
        return
    lines = [(item.bericht, item.waar, item.wat, item.doe) for item in result.bevindingen]
    console().print(table("\nNiet in orde", ("kenmerk", "waar", "wat er is", "wat u doet"), lines))
    click.echo(f"Kijk daarna opnieuw: {corv()} backup {result.folder.parent} --controleer --grondig")


@contextmanager
def _progress() -> Iterator[Callable[[], None]]:
    """A counter on a terminal, once it takes longer than two seconds."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415 - only for a person who waits
    from rich.progress import Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - idem

    started = time.monotonic()
    progress = Progress(
        TextColumn("bekeken: {task.completed}"), TimeElapsedColumn(), console=Console(stderr=True), transient=True
    )
    task = progress.add_task("", total=None)

    def done() -> None:
        progress.advance(task)
        if time.monotonic() - started > _SHOW_PROGRESS_AFTER_S:
            progress.start()

    try:
        yield done
    finally:
        progress.stop()
