"""How answers look: a table for a person, JSON for a program, colour only on a terminal."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from corv.moments import shown

WIDTH_WITHOUT_TERMINAL = 180

COLOURS = {
    "geaccepteerd": "green",
    "herhaald": "cyan",
    "herrouteerd": "cyan",
    "te_beoordelen": "bold yellow",
    "geweigerd": "red",
    "onleesbaar": "bold red",
    "goed": "green",
    "waarschuwing": "yellow",
    "fout": "red",
    "kritiek": "bold red",
    "onbekend": "magenta",
}

json_option = click.option("--json", "as_json", is_flag=True, help="Uitvoer als JSON, voor programma's.")
"""The same flag on every command that answers."""


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON object on one line."""
    click.echo(json.dumps(value, ensure_ascii=False))


def console() -> Console:
    """Where tables go; a pipe has no width of its own, so it gets a wide one."""
    return Console(width=None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL, highlight=False, soft_wrap=False)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A plain table; a cell that is a status or a verdict gets its colour."""
    result = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        result.add_column(column, overflow="fold")
    for row in rows:
        result.add_row(*(cell(value) for value in row))
    return result


def cell(value: object) -> Text:
    """One value as text that can't disturb the terminal."""
    text = "" if value is None else visible(str(value))
    return Text(text, style=COLOURS.get(text, ""))


def visible(text: str) -> str:
    """Text without control characters, which could rewrite the screen: they are shown as escapes."""
    return "".join(char.encode("unicode_escape").decode() if unicodedata.category(char)[0] == "C" else char for char in text)


def local_time(iso: str | None) -> str:
    """A stored moment as Dutch readers write it: 22-11-2026 14:05:09."""
    return shown(iso) if iso else ""


def short(id_: UUID | str) -> str:
    """The last part of a kenmerk: as much as a list shows, and enough to ask for the message."""
    return str(id_)[-12:]


def warn(text: str) -> None:
    """A line for the user that is no part of the answer."""
    click.secho(f"Let op: {text}", err=True, fg="yellow")
