"""`corv gezien`: whether it was ever in one of our inboxes, and what became of it."""

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from corv.cli.getal import WholeNumber
from corv.cli.opdracht import corv
from corv.cli.tonen import Column, json_option, local_time, number, print_json_lines, print_list, short
from corv.clock import utc_now
from corv.database import open_for_reading
from corv.lotgeval import Lotgeval
from corv.periode import FORMS, periode
from corv.seen import NOT_TAKEN, Gezocht, knows_all_since, seen
from corv.settings import Kant, database_of
from corv.sightings import GOT_ITS_FILE, RENAMED

_MOST = 50

_COLUMNS: tuple[Column[dict[str, Any]], ...] = (
    Column("gezien", 0, lambda row: local_time(row["gezien_op"])),
    Column("kanaal", 0, lambda row: row["kanaal"]),
    Column("lot", 0, lambda row: row["lot"]),
    Column("sinds", 0, lambda row: local_time(row["lot_op"])),
    Column("waarom", 0, lambda row: row["reden"]),
    Column("bytes", 100, lambda row: number(row["grootte"])),
    Column("kenmerk", 0, lambda row: short(row["kenmerk"]) if row["kenmerk"] else None),
)


@click.command(options_metavar="[OPTIES]")
@click.argument("naam", metavar="[NAAM]", required=False)
@click.option("--kanaal", type=click.Choice([kant.value for kant in Kant]), help="Alleen wat in deze inbox lag.")
@click.option(
    "--lot",
    "loten",
    type=click.Choice([lot.value for lot in Lotgeval]),
    multiple=True,
    help="Alleen waar dit van werd; mag vaker.",
)
@click.option("--sinds", metavar="WANNEER", help=f"Alleen wat sindsdien is gezien of veranderd: {FORMS}.")
@click.option("--aantal", metavar="GETAL", type=WholeNumber(1), default=_MOST, help=f"Hoogstens zoveel; anders {_MOST}.")
@json_option
@click.pass_obj
def gezien(  # noqa: PLR0913 - one argument an option
    map_: Path, naam: str | None, kanaal: str | None, loten: tuple[str, ...], sinds: str | None, aantal: int, as_json: bool
) -> int:
    r"""Toon of een bestand ooit in een inbox lag, en wat ervan werd.

    NAAM is de hele naam van het bestand, zoals het in de inbox stond; een byte die geen UTF-8 is, schrijft u als \xNN.
    Zonder NAAM: wat nu wacht of wordt genegeerd, en wat verdween zonder te zijn opgepakt. Namen van bestanden staan
    niet in het antwoord. Geeft 1 als er niets met die naam is gezien, anders 0.

    \b
    Voorbeeld:  corv gezien melding-0042.xml
    Voorbeeld:  corv gezien --lot verdwenen --sinds 2d
    """
    vanaf = periode(utc_now(), sinds=sinds).vanaf
    if naam is None and not loten:
        asked = Gezocht(None, kanaal, NOT_TAKEN, vanaf, zonder=(RENAMED, GOT_ITS_FILE))
    else:
        asked = Gezocht(naam, kanaal, tuple(map(Lotgeval, loten)), vanaf)
    with closing(open_for_reading(database_of(map_))) as db:
        found, since = seen(db, asked, aantal), knows_all_since(db)
    if as_json:
        print_json_lines(found)
    elif found:
        print_list(_COLUMNS, found)
        click.echo(f"Bekijk een bericht met: {corv()} toon KENMERK")
    else:
        click.echo(_nothing(asked, since))
    return 1 if naam is not None and not found else 0


def _nothing(asked: Gezocht, since: str) -> str:
    if asked.naam is None:
        return "Er wacht niets, er wordt niets genegeerd en er verdween niets dat hieraan voldoet."
    is_narrowed = asked.kanaal is not None or asked.loten or asked.vanaf is not None
    what = "dat hieraan voldoet" if is_narrowed else "met precies deze naam"
    return (
        f"In de inboxen is nooit iets gezien {what}. Corv weet dit van alles sinds {local_time(since)}; van daarvóór alleen wat "
        "is opgepakt."
    )
