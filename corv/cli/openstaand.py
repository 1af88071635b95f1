"""`corv openstaand`: what still waits for an answer, for our terugkoppeling or for a receipt; what is late comes first."""

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from corv import config
from corv.cli.opdracht import corv
from corv.cli.tonen import Column, json_option, local_time, print_json, print_list, short
from corv.clock import utc_now
from corv.database import open_for_reading
from corv.outstanding import Openstaand, outstanding

_COLUMNS: tuple[Column[Openstaand], ...] = (
    Column("te laat sinds", 0, lambda item: local_time(item.uiterlijk_op) if item.te_laat else ""),
    Column("nog tot", 0, lambda item: "" if item.te_laat else local_time(item.uiterlijk_op)),
    Column("soort", 0, lambda item: item.soort),
    Column("functie", 100, lambda item: item.functie),
    Column("referentienummer", 140, lambda item: item.referentienummer),
    Column("kenmerk", 0, lambda item: short(item.id)),
    Column("waarop wij wachten", 170, lambda item: item.waarop),
)


@click.command(options_metavar="[OPTIES]")
@click.option("--te-laat", is_flag=True, help="Alleen waarvan de termijn voorbij is.")
@json_option
@click.pass_obj
def openstaand(map_: Path, te_laat: bool, as_json: bool) -> int:
    """Toon wat open staat: verzonden of gevraagd zonder antwoord, melding zonder terugkoppeling, doorgestuurd zonder ontvangst.

    Wat te laat is, staat bovenaan. De termijnen staan in config/termijnen.toml. Geeft 1 als er iets te laat is, anders 0.

    \b
    Voorbeeld:  corv openstaand
    Voorbeeld:  corv openstaand --te-laat --json
    """
    settings = config.load(map_)
    with closing(open_for_reading(settings.database)) as db:
        found = outstanding(db, settings.termijnen, utc_now())
    late = [item for item in found if item.te_laat]
    shown = late if te_laat else found
    if as_json:
        for item in shown:
            print_json(_as_json(item))
    else:
        _print(shown, len(late), len(found) - len(late))
    return 1 if late else 0


def _print(shown: list[Openstaand], late: int, in_time: int) -> None:
    if not late and not in_time:
        click.echo("Er staat niets open: nergens wordt nog op gewacht.")
        return
    if not shown:
        click.echo(f"Er is niets te laat. Nog binnen de termijn: {in_time}.")
        return
    print_list(_COLUMNS, shown)
    click.echo(f"Te laat: {late}; nog binnen de termijn: {in_time}. Bekijk een bericht met: {corv()} toon KENMERK")


def _as_json(item: Openstaand) -> dict[str, Any]:
    return {
        "kenmerk": item.id,
        "soort": item.soort,
        "functie": item.functie,
        "referentienummer": item.referentienummer,
        "sinds": item.sinds,
        "uiterlijk_op": item.uiterlijk_op,
        "te_laat": item.te_laat,
    }
