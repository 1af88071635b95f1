"""`corv beoordelen` and `corv aandacht`: what waits for a person."""

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from corv.attention import Aanleiding
from corv.cli.opdracht import corv
from corv.cli.tonen import console, json_option, local_time, print_json, short, table
from corv.database import open_for_reading
from corv.desk.worklist import attention, to_judge
from corv.settings import database_of

_DO = {
    Aanleiding.TE_BEOORDELEN: "neem een besluit met corv beslis",
    Aanleiding.GEWEIGERD: "bekijk het bericht; een melding moet u toch afhandelen",
    Aanleiding.ONLEESBAAR: "zoek uit van wie het kwam en vraag een nieuw bericht",
    Aanleiding.BEANTWOORD_MET_FOUT: "lees de fout, verbeter het bericht en verzend het opnieuw",
    Aanleiding.FOUT_OP_ANTWOORD: "ons antwoord is niet aangenomen; bel de andere kant",
}


@click.command(options_metavar="[OPTIES]")
@json_option
@click.pass_obj
def beoordelen(map_: Path, as_json: bool) -> int:
    """Toon de berichten die op een besluit van een mens wachten; het oudste staat bovenaan. Geeft 1 als die er zijn.

    \b
    Voorbeeld:  corv beoordelen
    """
    with closing(open_for_reading(database_of(map_))) as db:
        waiting = to_judge(db)
    if as_json:
        return _print_all(waiting)
    if not waiting:
        click.echo("Er wacht geen bericht op een besluit.")
        return 0
    columns = ("ontvangen", "kenmerk", "soort", "lijkt voor", "waarom")
    lines = [(local_time(row["ontvangen_op"]), short(row["id"]), row["functie"], row["naar"], row["reden"]) for row in waiting]
    console().print(table("", columns, lines))
    click.echo(f'Bekijk: {corv()} toon KENMERK. Besluit: {corv()} beslis KENMERK --accepteer (of --weiger) --reden "waarom"')
    return 1


@click.command(options_metavar="[OPTIES]")
@json_option
@click.pass_obj
def aandacht(map_: Path, as_json: bool) -> int:
    """Toon wat aandacht vraagt van een mens en nog niet is afgehandeld. Geeft 1 als dat er is.

    \b
    Voorbeeld:  corv aandacht
    """
    with closing(open_for_reading(database_of(map_))) as db:
        waiting = attention(db)
    if as_json:
        return _print_all(waiting)
    if not waiting:
        click.echo("Niets vraagt aandacht.")
        return 0
    columns = ("sinds", "kenmerk", "soort", "aanleiding", "wat te doen")
    lines = [(local_time(row["sinds"]), short(row["id"]), _kind(row), row["aanleiding"], _what_to_do(row)) for row in waiting]
    console().print(table("", columns, lines))
    click.echo(f'Bekijk: {corv()} toon KENMERK. Klaar ermee: {corv()} beslis KENMERK --afgehandeld --reden "wat u deed"')
    return 1


def _kind(row: dict[str, Any]) -> str:
    return row["functie"] or row["berichtcode"] or "onbekend"


def _what_to_do(row: dict[str, Any]) -> str:
    answer = f" (het antwoord: {short(row['antwoord'])})" if row["antwoord"] else ""
    return _DO[Aanleiding(row["aanleiding"])] + answer


def _print_all(rows: list[dict[str, Any]]) -> int:
    for row in rows:
        print_json(row)
    return 1 if rows else 0
