"""`corv berichten` and `corv toon`: what came in and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from corv import config
from corv.audit import Audit, Filter, Row
from corv.cli.tonen import console, json_option, local_time, print_json, table, visible
from corv.outcome import Status
from corv.settings import Kant

_PAGE = 50


@dataclass(frozen=True)
class _Column:
    """One column of the list of messages; shown when the terminal is at least so wide."""

    title: str
    from_width: int
    shown: Callable[[Row], object]


_COLUMNS = (
    _Column("kenmerk", 0, lambda row: row["id"][-12:]),
    _Column("ontvangen", 0, lambda row: local_time(row["ontvangen_op"])),
    _Column("kanaal", 0, lambda row: row["kanaal"]),
    _Column("soort", 0, lambda row: row["functie"] or row["berichtcode"]),
    _Column("van", 165, lambda row: row["zender_organisatie"]),
    _Column("aan", 165, lambda row: row["ontvanger_organisatie"]),
    _Column("referentienummer", 120, lambda row: row["referentienummer"]),
    _Column("status", 0, lambda row: row["status"]),
)


class Count(click.IntRange):
    """A whole number from 1; the name is what click shows when a value does not fit."""

    name = "geheel getal vanaf 1"

    def __init__(self) -> None:
        super().__init__(min=1)


def _audit(map_: Path) -> Audit:
    return Audit(config.load(map_).database)


@click.command(options_metavar="[OPTIES]")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Alleen berichten met deze status.")
@click.option("--kanaal", type=click.Choice([kant.value for kant in Kant]), help="Alleen berichten die via dit kanaal kwamen.")
@click.option("--functie", metavar="NAAM", help="Alleen dit soort bericht, zoals vtMeldingDi01.")
@click.option("--referentienummer", metavar="NUMMER", help="Alleen berichten met precies dit referentienummer.")
@click.option("--aantal", metavar="GETAL", type=Count(), help=f"Hoogstens zoveel; in een tabel anders {_PAGE}.")
@json_option
@click.pass_obj
def berichten(  # noqa: PLR0913 - one argument an option
    map_: Path,
    status: str | None,
    kanaal: str | None,
    functie: str | None,
    referentienummer: str | None,
    aantal: int | None,
    as_json: bool,
) -> None:
    """Zoek berichten; de nieuwste staan bovenaan.

    \b
    Voorbeeld:  corv berichten --status te_beoordelen
    Voorbeeld:  corv berichten --functie vtMeldingDi01 --json
    """
    filter_ = Filter(status=status, kanaal=kanaal, functie=functie, referentienummer=referentienummer)
    limit = aantal or _PAGE
    with _audit(map_) as audit:
        if as_json:
            for row in audit.messages(filter_, aantal):
                print_json(row)
            return
        rows = list(audit.messages(filter_, limit + 1))
    out = console()
    columns = [column for column in _COLUMNS if out.width >= column.from_width]
    lines = [[column.shown(row) for column in columns] for row in rows[:limit]]
    out.print(table("", [column.title for column in columns], lines))
    if not rows:
        click.echo("Er zijn geen berichten die hieraan voldoen.")
    elif len(rows) > limit:
        click.echo(f"Er zijn er meer; dit zijn de nieuwste {limit}. Meer: --aantal {limit * 10}")


@click.command(options_metavar="[OPTIES]")
@click.argument("kenmerk", metavar="KENMERK")
@json_option
@click.pass_obj
def toon(map_: Path, kenmerk: str, as_json: bool) -> None:
    """Toon één bericht: wat kwam er, wat was ermee, wat is besloten en waarom, en wat is er geschreven.

    Het kenmerk staat in `corv berichten`; een stuk van minstens 6 tekens is genoeg.

    \b
    Voorbeeld:  corv toon 7f3c9a12b4d0
    """
    with _audit(map_) as audit:
        message = audit.message(audit.find(kenmerk))
    if as_json:
        print_json(message)
        return
    out, bericht, besluit = console(), message["bericht"], message["besluit"]
    out.print(table("Bericht", ("", ""), [(name, _shown(name, value)) for name, value in bericht.items() if value is not None]))
    if besluit:
        title = "\nBesluit"
        out.print(table(title, ("", ""), [(name, _shown(name, value)) for name, value in besluit.items() if value is not None]))
    if message["bevindingen"]:
        rows = [(row["niveau"], row["code"], row["regel"], row["tekst"], row["pad"]) for row in message["bevindingen"]]
        out.print(table("\nBevindingen", ("niveau", "code", "regel", "wat is er mis", "plaats"), rows))
    written = [(r["soort"], r["kanaal"], _place(r), local_time(r["bezorgd_op"]) or "wacht") for r in message["uitvoer"]]
    if written:
        out.print(table("\nGeschreven", ("soort", "kanaal", "bestand", "bezorgd"), written))
    events = [(local_time(event["op"]), event["soort"], _facts(event["gegevens"])) for event in message["gebeurtenissen"]]
    out.print(table("\nGebeurtenissen", ("wanneer", "wat", "gegevens"), events))


def _shown(name: str, value: object) -> str:
    return local_time(str(value)) if name.endswith("_op") else visible(str(value))


def _place(row: dict[str, Any]) -> str:
    return f"{row['map']}/{row['bestand']}" if row["map"] else str(row["bestand"])


def _facts(gegevens: dict[str, Any]) -> str:
    simple = {name: value for name, value in gegevens.items() if value is not None and not isinstance(value, list)}
    return ", ".join(f"{name} {value}" for name, value in simple.items() if name != "sha256")
