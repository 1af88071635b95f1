"""`corv lijsten`: which reference lists count, and taking in a newer version of the published workbook."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from corv import config
from corv.attention import Person
from corv.cli.bestand import ORDINARY_FILE
from corv.cli.lijstverschil import Row, month_row, print_lists, roles_row, rows_of
from corv.cli.opdracht import corv
from corv.cli.persoon import door_option, reden_or
from corv.cli.tonen import console, json_option, print_json_lines, table, visible, warn
from corv.clock import utc_now
from corv.desk.new_lists import file_for, is_taken_in, take_in
from corv.errors import ConfigError, UsageError
from corv.lijsten import Lijsten, Uitgave, is_too_old, lijsten_of
from corv.lijsten.bestanden import FOLDER, bundled, folder_of, imported
from corv.lijsten.indeling import maand_naam, uitgave_of
from corv.lijsten.openen import MAX_FILE, TOO_LARGE, sheets_of
from corv.lijsten.vergelijking import compare
from corv.moments import dutch_day

_NOT_CHANGED = "Er is niets veranderd."


@click.group(invoke_without_command=True, options_metavar="[OPTIES]", subcommand_metavar="[OPDRACHT]")
@json_option
@click.pass_context
def lijsten(ctx: click.Context, as_json: bool) -> int:
    """Toon welke referentielijsten gelden: de instanties per maand, en de jeugdzorgrollen.

    De rollen komen met corv mee. De instanties leest u in.

    \b
    Voorbeeld:  corv lijsten
    Voorbeeld:  corv lijsten importeer Referentielijsten-1.0.88.xlsx
    """
    if ctx.invoked_subcommand is not None:
        return 0
    problems: list[str] = []
    versions, today = imported(folder_of(ctx.obj), problems), dutch_day(utc_now())
    if problems:
        raise ConfigError(problems)
    active = lijsten_of([bundled(), *versions])
    rows = [*_active(active, versions, today), *_replaced(active, versions)]
    if as_json:
        print_json_lines(rows)
    else:
        _print_active(rows, active, today)
    return 0


@lijsten.command(options_metavar="[OPTIES]")
@click.argument("bestand", metavar="BESTAND", type=ORDINARY_FILE)
@click.option("--proef", is_flag=True, help="Laat alleen zien wat er verandert, en neem niets over.")
@reden_or("nieuwe referentielijst")
@door_option
@json_option
@click.pass_obj
def importeer(  # noqa: PLR0913 - one argument an option
    map_: Path, bestand: Path, proef: bool, reden: str, door: str, as_json: bool
) -> int:
    """Lees een nieuwere versie van de referentielijsten in: het werkboek (.xlsx) zoals het is gepubliceerd.

    Toont wat er verandert, en neemt het dan over; met --proef niet, en dan is de afsluitcode 1 als er iets te doen is. De lijsten
    komen in config/lijsten/; een draaiende service neemt ze vanzelf over. Oudere versies blijven bewaard. Een werkboek waarvan
    een blad of kolom is veranderd, wordt geweigerd.

    \b
    Voorbeeld:  corv lijsten importeer Referentielijsten-1.0.88.xlsx --proef
    Voorbeeld:  corv lijsten importeer Referentielijsten-1.0.88.xlsx
    """
    settings = config.load(map_)
    new = _read(bestand)
    is_there = is_taken_in(settings, new)
    others = (one for one in imported(folder_of(map_), []) if one.versie != new.versie)
    found = compare([bundled(), *others], new)
    if as_json:
        print_json_lines(rows_of(found, new, is_there=is_there, is_proef=proef))
    else:
        print_lists(found, new, is_there=is_there)
    if not proef:  # one that is there already may still have to be recorded
        take_in(settings, new, Person(door, reden, utc_now()))
    if not as_json:
        click.echo(_conclusion(file_for(settings, new).name, door, is_there=is_there, is_proef=proef))
    return 1 if proef and not is_there else 0


def _read(bestand: Path) -> Uitgave:
    """The lists in a workbook. Raises UsageError that says why it can't be read, or every mistake with its sheet."""
    name = visible(bestand.name)
    sheets = TOO_LARGE if bestand.stat().st_size > MAX_FILE else sheets_of(bestand.read_bytes())
    if isinstance(sheets, str):
        raise UsageError(f"{name}: {sheets} {_NOT_CHANGED}")
    problems: list[str] = []
    uitgave = uitgave_of(sheets, problems)
    if uitgave is None:
        raise ConfigError([*(f"{name}: {problem}." for problem in problems), _NOT_CHANGED])
    return uitgave


def _active(active: Lijsten, versions: Sequence[Uitgave], today: date) -> Iterator[Row]:
    """The lists that count, and which of them are asked today."""
    now = active.maand_op(today)
    for lijst in active.maanden:
        yield {**month_row(lijst), "bestand": f"{FOLDER}/{lijst.versie}.txt", "telt": True, "geldt_vandaag": lijst is now}
    rollen = [rol for roles in active.rollen.values() for rol in roles]
    versie = active.rollen_versie
    bestand = f"{FOLDER}/{versie}.txt" if any(one.versie == versie and one.rollen for one in versions) else None
    yield {**roles_row(rollen, versie, today), "bestand": bestand, "telt": True, "geldt_vandaag": True}


def _replaced(active: Lijsten, versions: Sequence[Uitgave]) -> Iterator[Row]:
    """The months of which a later version came, and that are kept."""
    for lijst in sorted((lijst for one in versions for lijst in one.maanden), key=lambda one: (one.maand, one.versie)):
        if lijst not in active.maanden:
            yield {**month_row(lijst), "bestand": f"{FOLDER}/{lijst.versie}.txt", "telt": False, "geldt_vandaag": False}


def _print_active(rows: Sequence[Row], active: Lijsten, today: date) -> None:
    columns = ("lijst", "van", "versie", "aantal", "beëindigd", "geldt vandaag")
    lines = [(row["onderdeel"], row["maand"], row["versie"], row["aantal"], row["beeindigd"], _applies(row)) for row in rows]
    console().print(table("", columns, lines))
    how = f"Inlezen: {corv()} lijsten importeer BESTAND"
    if not active.maanden:
        click.echo(f"\nEr is nog geen lijst van instanties ingelezen. {how}")
    elif is_too_old(active.maanden[-1].maand, today):
        warn(f"de nieuwste lijst van instanties is van {maand_naam(active.maanden[-1].maand)}. {how}")


def _applies(row: Row) -> str:
    return "vervangen" if not row["telt"] else "ja" if row["geldt_vandaag"] else "nee"


def _conclusion(file: str, door: str, *, is_there: bool, is_proef: bool) -> str:
    if is_there:
        return "Deze versie is al ingelezen: er verandert niets."
    if is_proef:
        return "Dit was een proef: er is nog niets veranderd. Zonder --proef worden de lijsten overgenomen."
    return (
        f"Vastgelegd in {FOLDER}/{file}, door {door}.\nEen draaiende service neemt het vanzelf over, en anders de volgende start."
    )
