"""`corv regels`: the catalogue of rules, with the levels that are in force in the working folder."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from corv.cli.opdracht import corv
from corv.cli.proefbericht import known_kind
from corv.cli.tonen import Column, console, facts, json_option, print_json, print_json_lines, print_list, visible
from corv.clock import utc_now
from corv.config import levels_of
from corv.errors import ConfigError, UsageError
from corv.moments import dutch_day
from corv.niveaus import Niveaus
from corv.rules import RULES
from corv.rules.examples import Example
from corv.rules.tonen import Part, in_words, part_of

_COLUMNS = (
    Column[Part]("id", 0, lambda part: part.id),
    Column[Part]("wat er moet kloppen", 0, lambda part: part.wat),
    Column[Part]("berichten", 110, lambda part: in_words(part.berichten)),
    Column[Part]("verzenden", 0, lambda part: part.verzenden),
    Column[Part]("ontvangst", 0, lambda part: part.ontvangst),
)


@click.command(options_metavar="[OPTIES]")
@click.argument("regel", metavar="[ID]", required=False)
@click.option("--bericht", "functie", metavar="FUNCTIE", help="Alleen de regels voor dit bericht, zoals vtMelding.")
@json_option
@click.pass_obj
def regels(map_: Path, regel: str | None, functie: str | None, as_json: bool) -> int:
    """Toon de regels waaraan een bericht moet voldoen naast het schema, of alles over één regel.

    Bij elke regel staat hoe zwaar zij weegt als u zo'n bericht verzendt en als u het ontvangt: fout, waarschuwing of uit. Dat
    verandert u in config/regels.toml. Zonder werkmap ziet u wat geldt als u niets instelt.

    \b
    Voorbeeld:  corv regels
    Voorbeeld:  corv regels --bericht vtMelding
    Voorbeeld:  corv regels bsn-elfproef
    """
    parts = _parts(map_)
    if regel is not None:
        if functie is not None:
            raise UsageError("Noem een regel of --bericht, niet allebei.")
        _print_one(_named(parts, regel), as_json=as_json)
        return 0
    if functie is not None:
        naam = known_kind(functie)
        parts = [part for part in parts if naam in part.berichten]
    if as_json:
        print_json_lines(map(_as_json, parts))
        return 0
    if parts:
        print_list(_COLUMNS, parts)
        click.echo()
    click.echo(_count(len(parts)))
    return 0


def niveaus_of(map_: Path) -> Niveaus:
    """The levels in force in a working folder; without one those of the rules themselves. Raises ConfigError on mistakes."""
    problems: list[str] = []
    niveaus = levels_of(map_, problems)
    if problems:
        raise ConfigError(problems)
    return niveaus


def _parts(map_: Path) -> list[Part]:
    niveaus, today = niveaus_of(map_), dutch_day(utc_now())
    return [part_of(rule, niveaus, today) for rule in RULES.values()]


def _named(parts: Sequence[Part], regel: str) -> Part:
    by_id = {part.id.casefold(): part for part in parts}
    found = by_id.get(regel.casefold())
    if found is None:
        near = get_close_matches(regel.casefold(), by_id, n=1, cutoff=0.6)
        meant = f" Bedoelt u {by_id[near[0]].id}?" if near else ""
        raise UsageError(f"'{visible(regel)}' is geen regel.{meant} Welke er zijn, zegt: {corv()} regels")
    return found


def _count(count: int) -> str:
    return {0: "Er zijn geen regels voor dit bericht.", 1: "1 regel."}.get(count, f"{count} regels.")


def _as_json(part: Part) -> dict[str, Any]:
    return {
        "id": part.id,
        "wat": part.wat,
        "bron": part.bron,
        "rijen": part.rijen,
        "berichten": part.berichten,
        "verzenden": part.verzenden,
        "ontvangst": part.ontvangst,
        "soort": part.soort,
    }


def _print_one(part: Part, *, as_json: bool) -> None:
    if as_json:
        examples = [{"slaagt": one.slaagt, "bericht": one.naam, "xml": one.xml} for one in part.voorbeelden]
        more = {"uitleg": part.uitleg, "herstel": part.herstel, "let_op": part.let_op, "voorbeelden": examples}
        print_json({**_as_json(part), **more})
        return
    click.echo(f"{_safe(part.id)}: {_safe(part.wat)}.\n\n{_safe(part.uitleg)}\n")
    lines = [
        ("berichten", in_words(part.berichten)),
        ("verzenden", part.verzenden),
        ("", part.herstel),
        ("ontvangst", part.ontvangst),
        ("", part.let_op),
        ("bron", part.bron),
    ]
    console().print(facts("", lines))
    for example in part.voorbeelden:
        click.echo(f"\n{_heading(example)}\n")
        click.echo("\n".join(f"    {visible(line)}" for line in example.xml.splitlines()))


def _heading(example: Example) -> str:
    return f"{'Slaagt' if example.slaagt else 'Faalt'} ({visible(example.naam)}):"


def _safe(text: str) -> str:
    return "\n".join(map(visible, text.splitlines()))
