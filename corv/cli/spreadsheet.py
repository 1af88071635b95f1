"""A list of messages as CSV for a Dutch spreadsheet: semicolons, UTF-8 with a byte order mark, Dutch dates, a row of names."""

import csv
import sys
from collections.abc import Callable, Iterable
from typing import Any

from corv.cli.tonen import for_a_program, local_time, visible

Row = dict[str, Any]


def _text(name: str) -> Callable[[Row], str]:
    return lambda row: harmless(row[name])


def _own(name: str) -> Callable[[Row], str]:
    return lambda row: row[name] or ""


_COLUMNS: dict[str, Callable[[Row], str]] = {
    "kenmerk": _own("id"),
    "ontvangen_op": lambda row: local_time(row["ontvangen_op"]),
    "kanaal": _own("kanaal"),
    "functie": _text("functie"),
    "berichtcode": _text("berichtcode"),
    "zender_organisatie": _text("zender_organisatie"),
    "ontvanger_organisatie": _text("ontvanger_organisatie"),
    "referentienummer": _text("referentienummer"),
    "cross_refnummer": _text("cross_refnummer"),
    "status": _own("status"),
    "besluit": _own("besluit"),
    "bestand": _own("bestand"),
    "sha256": _own("sha256"),
}
"""Each column, and its text in one row: `_own` is written by us alone, `_text` by whoever sent the message."""


def print_csv(rows: Iterable[Row]) -> None:
    """Write the list, row by row."""
    for_a_program()
    sys.stdout.write("\ufeff")
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow(text(row) for text in _COLUMNS.values())


def harmless(value: str | None) -> str:
    """A sender's text as a spreadsheet will leave it: unless it begins with a letter it gets a quote before it.

    Without it `=...` would be run, an OIN would become a rounded number, and `1-2` a date.
    """
    text = visible(value or "")
    return f"'{text}" if text and not text[0].isalpha() else text
