"""`corv berichten`: search among everything that came in."""

from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

import click

from corv.audit import Audit, Filter, Row
from corv.berichten.soort import Sleutelsoort
from corv.cli.getal import WholeNumber
from corv.cli.opdracht import again
from corv.cli.tonen import Column, json_option, local_minute, number, print_json_lines, print_list, short
from corv.clock import utc_now
from corv.errors import UsageError
from corv.outcome import Actie, Status
from corv.periode import FORMS, periode
from corv.settings import Kant, database_of
from corv.stuf import JZ_FUNCTIES, Berichtcode

_PAGE = 50
_LONGEST_TABLE = 1000
_COUNTED = 10_000


_COLUMNS: tuple[Column[Row], ...] = (
    Column("kenmerk", 0, lambda row: short(row["id"])),
    Column("ontvangen", 0, lambda row: local_minute(row["ontvangen_op"])),
    Column("kanaal", 0, lambda row: row["kanaal"]),
    Column("soort", 0, lambda row: row["functie"] or row["berichtcode"]),
    Column("van", 165, lambda row: row["zender_organisatie"]),
    Column("aan", 165, lambda row: row["ontvanger_organisatie"]),
    Column("referentienummer", 120, lambda row: row["referentienummer"]),
    Column("status", 0, lambda row: row["status"]),
)


_KEYS = {
    "identificatievtmelding": Sleutelsoort.IDENTIFICATIE_VT_MELDING,
    "zaakidentificatie": Sleutelsoort.ZAAKIDENTIFICATIE,
    "meldingkenmerk": Sleutelsoort.KENMERK,
    "uwidentificatie": Sleutelsoort.UW_IDENTIFICATIE,
    "verzoekidentificatie": Sleutelsoort.VERZOEKIDENTIFICATIE,
}
"""The options that ask for a number of which only a hash is kept."""

_FILTERS = (
    click.option("--functie", metavar="NAAM", help="Alleen dit soort bericht, zoals vtMeldingDi01; ook zonder Di01."),
    click.option(
        "--berichtcode", type=click.Choice([code.value for code in Berichtcode]), help="Alleen berichten met deze code."
    ),
    click.option("--zender", metavar="OIN", help="Alleen berichten van deze organisatie."),
    click.option("--ontvanger", metavar="OIN", help="Alleen berichten aan deze organisatie."),
    click.option("--vandaag", is_flag=True, help="Alleen wat vandaag is ontvangen."),
    click.option("--sinds", metavar="WANNEER", help=f"Alleen wat sindsdien is ontvangen: {FORMS}."),
    click.option(
        "--tot", metavar="WANNEER", help="Alleen wat tot en met die dag of minuut is ontvangen; schrijf het als bij --sinds."
    ),
    click.option(
        "--status",
        type=click.Choice([status.value for status in Status]),
        multiple=True,
        help="Alleen met deze status; mag vaker.",
    ),
    click.option(
        "--besluit", type=click.Choice([actie.value for actie in Actie]), help="Alleen waarover het laatst dit is besloten."
    ),
    click.option(
        "--kanaal", type=click.Choice([kant.value for kant in Kant]), help="Alleen berichten die via dit kanaal kwamen."
    ),
    click.option("--referentienummer", metavar="NUMMER", help="Alleen berichten met precies dit referentienummer."),
    click.option(
        "--crossrefnummer", "cross_refnummer", metavar="NUMMER", help="Alleen antwoorden met precies dit crossRefnummer."
    ),
    click.option(
        "--identificatieVtMelding", "identificatievtmelding", metavar="NUMMER", help="Alleen wat deze VT Melding noemt."
    ),
    click.option("--zaakidentificatie", metavar="NUMMER", help="Alleen wat deze zaak noemt."),
    click.option(
        "--meldingkenmerk", metavar="NUMMER", help="Alleen wat dit kenmerk van een zorgmelding noemt (het nummer van de politie)."
    ),
    click.option(
        "--uwIdentificatie",
        "uwidentificatie",
        metavar="NUMMER",
        help="Alleen wat deze meldingGeneriek noemt.",
    ),
    click.option("--verzoekidentificatie", metavar="NUMMER", help="Alleen wat deze vcob of vci noemt."),
    click.option("--met-bevindingen", is_flag=True, help="Alleen berichten waar iets aan niet klopte."),
    click.option("--bevinding", metavar="CODE", help="Alleen berichten met deze bevinding, zoals StUF055 of een regel."),
    click.option("--ouder-dan", metavar="KENMERK", help="Alleen wat vóór dit bericht kwam; zo bladert u verder."),
)


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_FILTERS):
        command = option(command)
    return command


@click.command(options_metavar="[OPTIES]")
@_filters
@click.option(
    "--aantal", metavar="GETAL", type=WholeNumber(1), help=f"Hoogstens zoveel. Anders: in een tabel {_PAGE}, en verder alles."
)
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Uitvoer als CSV, voor een rekenblad (Excel, LibreOffice).")
@click.pass_context
def berichten(ctx: click.Context, /, aantal: int | None, as_json: bool, as_csv: bool, **given: Any) -> None:
    """Zoek berichten; de nieuwste staan bovenaan. Wat u bij elkaar opgeeft, moet allemaal kloppen.

    \b
    Voorbeeld:  corv berichten --vandaag --status te_beoordelen --status geweigerd
    Voorbeeld:  corv berichten --functie vtMelding --sinds 1-11-2026 --tot 15-11-2026
    Voorbeeld:  corv berichten --zender 00000001999000019000 --sinds 2w --csv > lijst.csv
    """
    if as_json and as_csv:
        raise click.UsageError("Kies --json of --csv; niet allebei.")
    if not (as_json or as_csv) and (aantal or 0) > _LONGEST_TABLE:
        raise click.UsageError(f"Een tabel heeft hoogstens {number(_LONGEST_TABLE)} regels. Neem --csv of --json, of blader.")
    with Audit(database_of(ctx.obj)) as audit:
        filter_ = _filter(given, audit)
        if as_json:
            print_json_lines(audit.messages(filter_, aantal))
        elif as_csv:
            from corv.cli.spreadsheet import print_csv  # noqa: PLC0415 - who reads a table needs no csv

            print_csv(audit.messages(filter_, aantal))
        else:
            _print_table(ctx, audit, filter_, aantal or _PAGE)


def _filter(given: dict[str, Any], audit: Audit) -> Filter:
    asked = periode(utc_now(), vandaag=given.pop("vandaag"), sinds=given.pop("sinds"), tot=given.pop("tot"))
    numbers = {soort: given.pop(option) for option, soort in _KEYS.items()}
    functie, older = given.pop("functie"), given.pop("ouder_dan")
    return Filter(
        **given,
        functie=_known_functie(functie, audit) if functie is not None else None,
        vanaf=asked.vanaf,
        tot=asked.tot,
        sleutels=tuple((soort, waarde) for soort, waarde in numbers.items() if waarde is not None),
        ouder_dan=audit.find(older) if older is not None else None,
    )


def _known_functie(name: str, audit: Audit) -> str:
    """A functie of the standard as it is spelled there; in the office it is called without Di01 and without capitals.

    Another may stand in a message that was refused for it. Raises UsageError for one that nobody ever used.
    """
    wanted = f"{name.lower().removesuffix('di01')}di01"
    spelled = {functie.lower(): functie for functie in JZ_FUNCTIES}
    if wanted in spelled:
        return spelled[wanted]
    if audit.count(Filter(functie=name), 1):
        return name
    near = get_close_matches(wanted, spelled, n=1)
    hint = f"Bedoelt u {spelled[near[0]]}?" if near else f"Deze zijn er: {', '.join(sorted(JZ_FUNCTIES))}."
    codes = {code.lower(): code for code in Berichtcode}
    if (code := codes.get(name.lower().removesuffix("bericht"))) is not None:
        hint = f"Zoek met --berichtcode {code}."
    raise UsageError(f"'{name}' is geen functie van het koppelvlak, en geen bericht heeft haar. {hint}")


def _print_table(ctx: click.Context, audit: Audit, filter_: Filter, limit: int) -> None:
    rows = list(audit.messages(filter_, limit))
    if not rows:
        click.echo("Er zijn geen berichten die hieraan voldoen.")
        return
    print_list(_COLUMNS, rows)
    last = rows[-1]["id"]
    left = audit.count(replace(filter_, ouder_dan=last), _COUNTED + 1)
    shown = "1 bericht" if len(rows) == 1 else f"{number(len(rows))} berichten"
    if left:
        how_many = number(left) if left <= _COUNTED else f"meer dan {number(_COUNTED)}"
        click.echo(f"{shown}; hierna komen er nog {how_many}. Verder bladeren:")
        click.echo(f"  {again(ctx, ouder_dan=short(last))}")
    else:
        click.echo(f"{shown}.")
