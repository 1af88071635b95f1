"""`corv regels`: the catalogue of rules, with the levels that are in force in the working folder."""

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from corv.cli.opdracht import corv
from corv.cli.proefbericht import known_kind
from corv.cli.tonen import Column, console, facts, json_option, print_json, print_json_lines, print_list, visible
from corv.clock import utc_now
from corv.config import OWN_RULES
from corv.config_parts import load_rules
from corv.eigenregels import EigenRegel
from corv.errors import UsageError
from corv.moments import dutch_day
from corv.niveaus import UIT, Niveaus, Richting
from corv.rules import RULES
from corv.rules.examples import Example
from corv.rules.tonen import EIGEN, Part, in_order, in_words, part_of

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
    verandert u in config/regels.toml. Onderaan staan uw eigen regels, uit config/regels-eigen.toml. Zonder werkmap ziet u wat
    geldt als u niets instelt.

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


def _parts(map_: Path) -> list[Part]:
    """Every rule with the levels of the working folder, then its own rules; without one as the rules say themselves."""
    (niveaus, own), today = load_rules(map_), dutch_day(utc_now())
    return [*(part_of(rule, niveaus, today) for rule in RULES.values()), *(_own_part(regel, niveaus, today) for regel in own)]


def _own_part(regel: EigenRegel, niveaus: Niveaus, today: date) -> Part:
    """An own rule; before its first day it is not asked."""
    begun = regel.niveau if regel.vanaf is None or regel.vanaf <= today else UIT
    asked = {"bij": regel.bij, "test": regel.test, "vanaf": str(regel.vanaf or "")}
    return Part(
        id=regel.id,
        wat=regel.tekst.rstrip("."),
        uitleg="",
        bron=f"config/{OWN_RULES}",
        rijen=(),
        berichten=in_order(regel.berichten),
        verzenden=niveaus.of(regel.id, begun, Richting.VERZENDEN, today),
        ontvangst=niveaus.of(regel.id, begun, Richting.ONTVANGST, today),
        herstel="",
        let_op="",
        soort=EIGEN,
        toets={key: value for key, value in asked.items() if value},
    )


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
        print_json({**_as_json(part), **(part.toets if part.soort == EIGEN else more)})
        return
    click.echo(f"{_safe(part.id)}: {_safe(part.wat)}.\n")
    if part.uitleg:
        click.echo(f"{_safe(part.uitleg)}\n")
    lines = [
        ("berichten", in_words(part.berichten)),
        ("verzenden", part.verzenden),
        ("", part.herstel),
        ("ontvangst", part.ontvangst),
        ("", part.let_op),
        *part.toets.items(),
        ("bron", part.bron),
    ]
    console().print(facts("", [(word, value) for word, value in lines if value]))
    for example in part.voorbeelden:
        click.echo(f"\n{_heading(example)}\n")
        click.echo("\n".join(f"    {visible(line)}" for line in example.xml.splitlines()))


def _heading(example: Example) -> str:
    return f"{'Slaagt' if example.slaagt else 'Faalt'} ({visible(example.naam)}):"


def _safe(text: str) -> str:
    return "\n".join(map(visible, text.splitlines()))
