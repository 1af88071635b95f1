"""What `corv lijsten importeer` shows of a newer version: each list of it, and every difference with the one before it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import click

from corv.cli.tonen import console, table, warn
from corv.clock import utc_now
from corv.lijsten import Codestand, Maandlijst, Regel, Uitgave
from corv.lijsten.indeling import maand_naam
from corv.lijsten.vergelijking import Vergelijking, Wat, Wijziging
from corv.moments import dutch_day

Row = dict[str, Any]

_MOST_SHOWN = 40
_INSTANTIES, _ROLLEN = "instanties", "rollen"


def _count(regels: Iterable[Regel], op: date, stand: Codestand) -> int:
    return sum(regel.stand(op) is stand for regel in regels)


def month_row(lijst: Maandlijst) -> Row:
    """How a list of institutions is told as JSON: how many codes, and how many of them had ended when the month began."""
    return {
        "onderdeel": _INSTANTIES,
        "maand": f"{lijst.maand:%Y-%m}",
        "versie": lijst.versie,
        "aantal": len(lijst.instanties),
        "beeindigd": _count(lijst.instanties.values(), lijst.maand, Codestand.BEEINDIGD),
    }


def roles_row(rollen: Sequence[Regel], versie: str, today: date) -> Row:
    """How the list of roles is told as JSON: how many are active, and how many have ended."""
    active, ended = (_count(rollen, today, stand) for stand in (Codestand.GELDIG, Codestand.BEEINDIGD))
    return {"onderdeel": _ROLLEN, "maand": None, "versie": versie, "aantal": active, "beeindigd": ended}


def rows_of(found: Sequence[Vergelijking], new: Uitgave, *, is_there: bool, is_proef: bool) -> Iterator[Row]:
    """For --json: each list of the newer version, and then each difference; no difference when it is there already."""
    today = dutch_day(utc_now())
    for one in found:
        row = month_row(one.lijst) if one.lijst else roles_row(one.regels, new.versie, today)
        yield {**row, "vergeleken_met": _before(one), "telt": one.telt, "gedaan": not is_there and not is_proef}
    for one, change in [] if is_there else _changes(found):
        yield {
            "onderdeel": "wijziging",
            "lijst": _INSTANTIES if one.lijst else _ROLLEN,
            "maand": f"{one.lijst.maand:%Y-%m}" if one.lijst else None,
            "wijziging": change.wat.value,
            "code": change.code,
            "naam": change.naam,
            "was": dict(change.was),
            "wordt": dict(change.wordt),
        }


def _changes(found: Sequence[Vergelijking]) -> list[tuple[Vergelijking, Wijziging]]:
    return [(one, change) for one in found for change in one.wijzigingen]


def _before(one: Vergelijking) -> str | None:
    """With what a list was compared: a month and its version, or the version of the roles."""
    if one.voor is None:
        return None
    return f"versie {one.voor}" if isinstance(one.voor, str) else f"{maand_naam(one.voor.maand)}, versie {one.voor.versie}"


def print_lists(found: Sequence[Vergelijking], new: Uitgave, *, is_there: bool) -> None:
    """For a person: the same, and a warning when a line is gone."""
    click.echo(f"Referentielijsten versie {new.versie}{f' van {new.datum:%d-%m-%Y}' if new.datum else ''}.")
    for one in found:
        click.echo(_sentence(one, new))
    changes = [] if is_there else _changes(found)
    if not changes:
        return
    lines = [
        (_name(one), change.wat.value, change.code, change.naam, *_was_and_becomes(change))
        for one, change in changes[:_MOST_SHOWN]
    ]
    console().print(table("", ("lijst", "wat", "code", "naam", "was", "wordt"), lines))
    if (rest := len(changes) - _MOST_SHOWN) > 0:
        click.echo(f"En nog {_differences(rest)}; met --json ziet u ze alle {len(changes)}.")
    if gone := sum(change.wat is Wat.WEG for _, change in changes):
        codes = f"{gone} code{'s' * (gone != 1)}"
        warn(f"van {codes} is de regel weg. Wie beëindigd is, hoort te blijven staan: vraag VNG of dit klopt.")


def _sentence(one: Vergelijking, new: Uitgave) -> str:
    if one.lijst is not None:
        row = month_row(one.lijst)
        counts = f"{row['aantal']} instanties ({row['beeindigd']} beëindigd)"
    else:
        row = roles_row(one.regels, new.versie, dutch_day(utc_now()))
        counts = f"{row['aantal']} actieve rollen ({row['beeindigd']} beëindigd)"
    if not one.telt:
        return f"{_name(one)}: {counts}. Telt niet: {_before(one)} is nieuwer en al ingelezen."
    if one.voor is None:
        return f"{_name(one)}: {counts}. De eerste lijst."
    return f"{_name(one)}: {counts}. Vergeleken met {_before(one)}: {_differences(len(one.wijzigingen))}."


def _differences(number: int) -> str:
    return f"{number} verschil{'len' * (number != 1)}" if number else "geen verschil"


def _name(one: Vergelijking) -> str:
    return maand_naam(one.lijst.maand) if one.lijst else "jeugdzorgrollen"


def _was_and_becomes(change: Wijziging) -> tuple[str, str]:
    if not change.was or not change.wordt:  # new or gone: its name has a column of its own
        was, wordt = ({veld: value for veld, value in told.items() if veld != "naam"} for told in (change.was, change.wordt))
        return _fields(was), _fields(wordt)
    return _fields(change.was), _fields({veld: value or "(leeg)" for veld, value in change.wordt.items()})


def _fields(told: Mapping[str, str]) -> str:
    return ", ".join(f"{veld} {value}" for veld, value in told.items() if value)
