"""`corv werkgebieden`: which gemeente belongs to which Veilig Thuis, and taking over a newer table of the CBS."""

import shlex
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from corv import config
from corv.attention import Person
from corv.cli.bestand import ORDINARY_FILE
from corv.cli.opdracht import corv
from corv.cli.persoon import door_option, reden_bij_uitvoeren_option
from corv.cli.tonen import console, facts, json_option, number, print_json_lines, table, warn
from corv.clock import utc_now
from corv.desk.new_tables import file_for, is_in_force, put_in_force
from corv.errors import ConfigError, UsageError
from corv.moments import NEDERLAND
from corv.tabellen import Tabellen, Vts
from corv.tabellen.bestanden import Bron, folder_of, load, sources
from corv.tabellen.cbs import read_cbs, read_day
from corv.tabellen.tekst import Table
from corv.tabellen.vergelijking import Wat, Wijziging, changes, check, objections

_LARGEST_FILE = 10 * 1024 * 1024

Row = dict[str, Any]


@click.group(options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT")
def werkgebieden() -> None:
    """Bekijk welke gemeente bij welk Veilig Thuis hoort, of lees een nieuwere tabel in.

    \b
    Voorbeeld:  corv werkgebieden toon
    Voorbeeld:  corv werkgebieden importeer gemeenten-2027.csv
    """


@werkgebieden.command(options_metavar="[OPTIES]")
@json_option
@click.pass_obj
def toon(map_: Path, as_json: bool) -> int:
    """Toon welke tabellen er zijn, vanaf wanneer zij gelden, waar zij vandaan komen, en hoeveel gemeenten elke regio heeft.

    Zegt ook waar de tabellen elkaar tegenspreken; geeft 1 als dat zo is.

    \b
    Voorbeeld:  corv werkgebieden toon
    """
    problems: list[str] = []
    tabellen, today = load(folder_of(map_), problems), utc_now().astimezone(NEDERLAND).date()
    if problems:
        raise ConfigError(problems)
    files, regions, found = sources(folder_of(map_)), _regions(tabellen, today), check(tabellen)
    if as_json:
        print_json_lines(_file_as_json(one, tabellen, today) for one in files)
        print_json_lines({"onderdeel": "regio", **row} for row in regions)
        print_json_lines({"onderdeel": "tegenspraak", "tekst": sentence} for sentence in found)
    else:
        _print_tables(tabellen, today, files, regions)
        for sentence in found:
            warn(sentence)
    return 1 if found else 0


@werkgebieden.command(options_metavar="[OPTIES]")
@click.argument("bestand", metavar="BESTAND", type=ORDINARY_FILE)
@click.option("--vanaf", metavar="JJJJ-MM-DD", help="De dag waarop de tabel begint te gelden, als het bestand dat niet zegt.")
@click.option("--uitvoeren", is_flag=True, help="Neem de tabel over. Zonder dit ziet u alleen wat er verandert.")
@reden_bij_uitvoeren_option
@door_option
@json_option
@click.pass_obj
def importeer(  # noqa: PLR0913 - one argument an option
    map_: Path, bestand: Path, vanaf: str | None, uitvoeren: bool, reden: str | None, door: str, as_json: bool
) -> int:
    """Lees een nieuwere tabel van het CBS in: een CSV-bestand met de kolommen gm_code, vt_code en vanaf.

    Een kolom voorgangers mag: de codes van vervallen gemeenten die in deze zijn opgegaan. Zonder --uitvoeren verandert er niets,
    en geeft de opdracht 1 als er iets zou veranderen. De tabel komt in config/werkgebieden/; een draaiende service neemt haar
    vanzelf over. De oude tabel blijft gelden voor eerdere dagen.

    \b
    Voorbeeld:  corv werkgebieden importeer gemeenten-2027.csv
    Voorbeeld:  corv werkgebieden importeer gemeenten-2027.csv --vanaf 2027-01-01 --uitvoeren --reden "CBS-indeling 2027"
    """
    if uitvoeren and reden is None:
        raise click.UsageError("Zeg bij --uitvoeren ook waarom, met --reden TEKST.")
    settings = config.load(map_)
    new = _read(bestand, vanaf, map_, settings.tabellen)
    is_there = is_in_force(settings, new)
    found = [] if is_there else changes(settings.tabellen, new)
    if uitvoeren and (found or is_there):  # one that is there already may still have to be recorded
        put_in_force(settings, new, Person(door, reden or "", utc_now()))
    if as_json:
        print_json_lines(_change_as_json(one, done=uitvoeren) for one in found)
        return 1 if found and not uitvoeren else 0
    _print_changes(found, new)
    if not found:
        click.echo("Dit is hoe het al was: er verandert niets.")
    elif uitvoeren:
        click.echo(f"Vastgelegd in config/werkgebieden/{file_for(settings, new).name}, door {door}.")
        click.echo("Een draaiende service neemt het vanzelf over, en anders de volgende start.")
    else:
        click.echo(_next_step(bestand, vanaf))
    return 1 if found and not uitvoeren else 0


def _read(bestand: Path, vanaf: str | None, map_: Path, tabellen: Tabellen) -> Table:
    """The table in a file. Raises UsageError with every mistake, each with its line."""
    day = read_day(vanaf) if vanaf is not None else None
    if vanaf is not None and day is None:
        raise click.UsageError("--vanaf moet een datum zijn, zoals 2027-01-01.")
    if bestand.stat().st_size > _LARGEST_FILE:
        raise UsageError(f"{bestand.name} is te groot voor een tabel van gemeenten.")
    problems: list[tuple[int, str]] = []
    new = read_cbs(bestand.read_bytes(), tabellen, day, problems)
    if new is not None:
        problems = [(0, what) for what in objections(tabellen, new)]
        broken = config.read_all(map_, tables=tabellen.with_table(new.tabel, new.vervallen))[2] if not problems else []
        if broken:
            raise ConfigError(["Met deze tabel komen voorbeelden in config/herroutering.toml niet meer uit:", *broken])
    if new is None or problems:
        lines = [f"{bestand.name}{f', regel {line}' if line else ''}: {what}." for line, what in problems]
        raise ConfigError([*lines, "Er is niets veranderd."])
    return new


def _regions(tabellen: Tabellen, today: date) -> list[Row]:
    tabel = tabellen.table_on(today)
    counts = Counter(tabel.veilig_thuis.values() if tabel is not None else ())
    return [{"code": code, "naam": naam, "gemeenten": counts[code]} for code, naam in sorted(tabellen.namen.items())]


def _file_as_json(one: Bron, tabellen: Tabellen, today: date) -> Row:
    tabel = tabellen.table_on(today)
    return {
        "onderdeel": "tabel",
        "bestand": one.bestand,
        "vanaf": str(one.vanaf) if one.vanaf else None,
        "geldt_vandaag": one.vanaf is None or (tabel is not None and tabel.vanaf == one.vanaf),
        "bron": one.bron,
        "stand": one.stand,
        "licentie": one.licentie,
        "versie": tabellen.versie,
    }


def _print_tables(tabellen: Tabellen, today: date, files: Sequence[Bron], regions: Sequence[Row]) -> None:
    now = tabellen.table_on(today)
    click.echo(f"Versie: {tabellen.versie}. Vandaag geldt de indeling van {_day(now.vanaf if now else None)}.")
    for one in files:
        lines = (("geldt vanaf", _day(one.vanaf)), ("bron", one.bron), ("stand", one.stand), ("licentie", one.licentie))
        console().print(facts(one.bestand, [(word, value) for word, value in lines if value]))
    postcodes, woonplaatsen = number(len(tabellen.postcodes)), number(len(tabellen.woonplaatsen))
    click.echo(f"\nPostcodes (vier cijfers): {postcodes}; woonplaatsen: {woonplaatsen}.")
    console().print(table("", ("regio", "naam", "gemeenten"), [tuple(row.values()) for row in regions]))


def _change_as_json(one: Wijziging, *, done: bool) -> Row:
    return {
        "wijziging": one.wat.value,
        "gemeente": one.gemeente,
        "naam": one.naam,
        "was": sorted(one.was),
        "wordt": sorted(one.wordt),
        "opvolgers": sorted(one.opvolgers),
        "postcodes": one.postcodes,
        "woonplaatsen": one.woonplaatsen,
        "gedaan": done,
    }


def _print_changes(found: Sequence[Wijziging], new: Table) -> None:
    click.echo(f"Tabel van {len(new.tabel.veilig_thuis)} gemeenten, geldig vanaf {_day(new.tabel.vanaf)}.")
    if not found:
        return
    columns = ("wat", "gemeente", "naam", "was", "wordt", "opvolgers", "postcodes", "woonplaatsen")
    lines = [
        (one.wat.value, one.gemeente, one.naam, _codes(one.was), _codes(one.wordt), _codes(one.opvolgers), *_counts(one))
        for one in found
    ]
    console().print(table("", columns, lines))
    if any(one.wat is Wat.ZONDER_OPVOLGER for one in found):
        warn(
            f"Wat hier vervalt zonder opvolger, maakt vanaf {_day(new.tabel.vanaf)} zoveel postcodes en woonplaatsen onbekend. "
            "Noem de opvolger in een kolom voorgangers."
        )


def _next_step(bestand: Path, vanaf: str | None) -> str:
    words = [str(bestand), *(["--vanaf", vanaf] if vanaf else [])]
    return (
        f'Er is nog niets veranderd. Overnemen: {corv()} werkgebieden importeer {shlex.join(words)} --uitvoeren --reden "waarom"'
    )


def _counts(one: Wijziging) -> tuple[str, str]:
    return number(one.postcodes), number(one.woonplaatsen)


def _codes(codes: Vts) -> str:
    return ", ".join(sorted(codes))


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
