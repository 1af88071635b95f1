"""`corv beoordelen` and `corv aandacht`: what waits for a person."""

from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from corv import config
from corv.attention import Aanleiding
from corv.cli.opdracht import corv
from corv.cli.tonen import Column, console, json_option, local_minute, local_time, print_json, print_list, short, table, warn
from corv.clock import utc_now
from corv.database import open_for_reading
from corv.desk.worklist import attention, to_judge
from corv.errors import ConfigError
from corv.settings import Gezondheid, database_of
from corv.stuf import MELDINGEN

Row = Mapping[str, Any]

_DO = {
    Aanleiding.TE_BEOORDELEN: "neem een besluit met corv beslis",
    Aanleiding.GEWEIGERD: "bekijk het bericht; een melding moet u toch afhandelen",
    Aanleiding.ONLEESBAAR: "zoek uit van wie het kwam en vraag een nieuw bericht",
    Aanleiding.BEANTWOORD_MET_FOUT: "lees de fout, verbeter het bericht en verzend het opnieuw",
    Aanleiding.FOUT_OP_ANTWOORD: "ons antwoord is niet aangenomen; bel de andere kant",
    Aanleiding.DOORSTURING_GEWEIGERD: "het is weer van u: lees het antwoord en neem een besluit met corv beslis",
    Aanleiding.NIET_DOORGESTUURD: "bel de andere organisatie; heeft zij het niet, neem dan een besluit met corv beslis",
    Aanleiding.MELDER_INLICHTEN: "bel de melder: zeg voor welke organisatie zijn melding is, en of wij haar doorstuurden",
    Aanleiding.DOORSTURING_STIL: "bel de andere organisatie; heeft zij het niet, neem dan een besluit met corv beslis",
}


@click.command(options_metavar="[OPTIES]")
@json_option
@click.pass_obj
def beoordelen(map_: Path, as_json: bool) -> int:
    """Toon de berichten die op een besluit van een mens wachten; het oudste staat bovenaan. Geeft 1 als die er zijn.

    Noemt bij elk het voorstel, en van elke persoon naar welk Veilig Thuis zijn adressen wijzen. Wat langer wacht dan
    beoordelen_waarschuwing_uur in config/corv.toml (standaard 4 uur), heeft de melding TE LANG: de wettelijke termijn loopt door.

    \b
    Voorbeeld:  corv beoordelen
    """
    with closing(open_for_reading(database_of(map_))) as db:
        waiting = to_judge(db, _longest(map_), utc_now())
    if as_json:
        return _print_all(waiting)
    if not waiting:
        click.echo("Er wacht geen bericht op een besluit.")
        return 0
    print_list(_TO_JUDGE, waiting)
    late = sum(row["alarm"] for row in waiting)
    if late:
        warn(f"{late} van deze berichten wacht{'en' if late > 1 else ''} te lang; de wettelijke termijn loopt door.")
    choices = '--accepteer, --herrouteer CODE of --weiger --reden "waarom"'
    click.echo(f"Bekijk: {corv()} toon KENMERK. Besluit: {corv()} beslis KENMERK met {choices}")
    return 1


def _longest(map_: Path) -> timedelta:
    """How long a message may wait. With a mistake in config/ the default counts: the list itself must always be seen."""
    try:
        gezondheid = config.load(map_).gezondheid
    except ConfigError:
        gezondheid = Gezondheid()
    return timedelta(seconds=gezondheid.beoordelen.waarschuwing)


def _waited(row: Row) -> str:
    hours = f"{row['wacht_uur']:.1f} uur".replace(".", ",")
    return f"{hours}, TE LANG" if row["alarm"] else hours


def _per_person(row: Row) -> str:
    return "; ".join(f"{person['wie']}: {', '.join(map(_address, person['adressen']))}" for person in row["kandidaten"])


def _address(adres: Mapping[str, Any]) -> str:
    return f"{' of '.join(adres['veilig_thuis'])} ({adres['soort']})"


_TO_JUDGE = (
    Column[Row]("ontvangen", 0, lambda row: local_minute(row["ontvangen_op"])),
    Column[Row]("wacht", 0, _waited),
    Column[Row]("kenmerk", 0, lambda row: short(row["id"])),
    Column[Row]("soort", 100, lambda row: row["functie"]),
    Column[Row]("voorstel", 0, lambda row: row["naar"]),
    Column[Row]("zekerheid", 120, lambda row: row["zekerheid"]),
    Column[Row]("per persoon", 0, _per_person),
    Column[Row]("waarom", 80, lambda row: row["reden"]),
)


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
    if row["aanleiding"] == Aanleiding.DOORSTURING_GEWEIGERD and row["functie"] not in MELDINGEN:
        return "bel de melder: de terugkoppeling die wij doorgaven, nam hij niet aan"
    answer = f" (het antwoord: {short(row['antwoord'])})" if row["antwoord"] else ""
    return _DO[Aanleiding(row["aanleiding"])] + answer


def _print_all(rows: list[dict[str, Any]]) -> int:
    for row in rows:
        print_json(row)
    return 1 if rows else 0
