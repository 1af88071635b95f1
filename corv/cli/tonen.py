"""How answers look: a table for a person, JSON for a program, colour only on a terminal."""

import io
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

import click

from corv import printable
from corv.moments import shown
from corv.printable import json_text

if TYPE_CHECKING:  # imported where a table is drawn: an answer for a program does without
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

T = TypeVar("T")

WIDTH_WITHOUT_TERMINAL = 180
_GAP = 2

visible = printable.visible

COLOURS = {
    "geaccepteerd": "green",
    "herhaald": "cyan",
    "herrouteerd": "cyan",
    "te_beoordelen": "bold yellow",
    "geweigerd": "red",
    "onleesbaar": "bold red",
    "beantwoord_met_fout": "red",
    "goed": "green",
    "waarschuwing": "yellow",
    "let op": "yellow",
    "fout": "red",
    "kritiek": "bold red",
    "onbekend": "magenta",
}

json_option = click.option("--json", "as_json", is_flag=True, help="Uitvoer als JSON, voor programma's.")
"""The same flag on every command that answers."""


def for_a_program() -> None:
    """Output that is read by a program is UTF-8 with the line ends that we give it, whatever the terminal speaks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON object on one line."""
    for_a_program()
    click.echo(json_text(value))


def print_json_lines(values: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line, for as many as there are."""
    for_a_program()
    for value in values:
        sys.stdout.write(f"{json_text(value)}\n")


def console() -> "Console":
    """Where tables go; a pipe has no width of its own, so it gets a wide one."""
    from rich.console import Console  # noqa: PLC0415 - see TYPE_CHECKING above

    return Console(width=None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL, highlight=False, soft_wrap=False)


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column of a list of rows of a kind; shown when the terminal is at least so wide."""

    title: str
    from_width: int
    shown: Callable[[T], object]


def print_list(columns: Sequence[Column[T]], items: Iterable[T]) -> None:
    """A table with as many of the columns as the terminal is wide enough for; no word is broken as long as that fits."""
    out = console()
    fitting = [column for column in columns if out.width >= column.from_width]
    titles, rows = [column.title for column in fitting], [[column.shown(item) for column in fitting] for item in items]
    out.print(table("", titles, rows, _widths([titles, *rows], out.width)))


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[int] | None = None) -> "Table":
    """A plain table; a cell that is a status or a verdict gets its colour. `widths`: where rich may not choose them."""
    from rich.table import Table  # noqa: PLC0415 - see TYPE_CHECKING above

    result = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column, width in zip_longest(columns, widths or ()):
        result.add_column(column, overflow="fold", width=width)
    for row in rows:
        result.add_row(*(cell(value) for value in row))
    return result


def _widths(rows: Sequence[Sequence[object]], room: int) -> list[int] | None:
    """How wide each column is, so that lines wrap between words; None where even the longest words don't fit side by side.

    The first column wraps last: it tells one line from the next.
    """
    from rich.cells import cell_len  # noqa: PLC0415 - see TYPE_CHECKING above

    cells = [[cell(value).plain for value in column] for column in zip(*rows, strict=True)]
    widths = [max(map(cell_len, column)) for column in cells]
    least = [max(cell_len(word) for text in column for word in text.split()) for column in cells]  # a title has one
    over = sum(widths) + _GAP * (len(widths) - 1) - room
    for _ in range(over):
        shrinking = [number for number, width in enumerate(widths) if width > least[number]]
        if not shrinking:
            return None
        widths[max(shrinking, key=lambda number: (number > 0, widths[number] - least[number]))] -= 1
    return widths


def facts(title: str, lines: Iterable[tuple[str, object]]) -> "Table":
    """A block of lines, each with a word before it; long text wraps beside its word."""
    from rich.table import Table  # noqa: PLC0415 - see TYPE_CHECKING above

    block = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 0, 0, 2), show_header=False)
    block.add_column(no_wrap=True)
    block.add_column(overflow="fold")
    for word, value in lines:
        block.add_row(word, cell(value))
    return block


def cell(value: object) -> "Text":
    """One value as text that can't disturb the terminal."""
    from rich.text import Text  # noqa: PLC0415 - see TYPE_CHECKING above

    text = "" if value is None else visible(str(value))
    return Text(text, style=COLOURS.get(text, ""))


def local_time(iso: str | None) -> str:
    """A stored moment as Dutch readers write it: 22-11-2026 14:05:09."""
    return shown(iso) if iso else ""


def local_minute(iso: str | None) -> str:
    """The same to the minute, for a list: 22-11-2026 14:05."""
    return local_time(iso)[:-3]


def number(count: int) -> str:
    """A number as Dutch readers write it: 1.234."""
    return f"{count:,}".replace(",", ".")


def short(id_: UUID | str) -> str:
    """The last part of a kenmerk: as much as a list shows, and enough to ask for the message."""
    return str(id_)[-12:]


def warn(text: str) -> None:
    """A line for the user that is no part of the answer."""
    click.secho(f"Let op: {text}", err=True, fg="yellow")
