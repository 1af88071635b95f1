"""Read a workbook of Excel to the texts in its cells. Runs in a process of its own (`openen` starts it).

A small workbook can be made so that reading it takes all memory: two cells that lie far apart are enough.
"""

import io
import json
import sys
import zipfile
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from corv.apart import OUT_OF_MEMORY, limit_self

MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes that all parts may say to unpack to. The largest that was published says 0.6 MiB."""

MAX_PARTS = 500
"""The largest that was published has 26."""

MAX_TEXT = 8 * 1024 * 1024
"""Bytes that all cells together may be as JSON: one text that stands in many cells is packed but once. Published: 0.1 MiB."""

_NOT_XLSX = "Dit is geen werkboek van Excel (.xlsx), of het is niet compleet. Haal het opnieuw op."
_XLS = "Dit is een oud werkboek (.xls), of het is met een wachtwoord beveiligd. Haal het gepubliceerde .xlsx opnieuw op."
_ENCRYPTED = "Het werkboek is met een wachtwoord beveiligd. Dat van de referentielijsten is dat niet."
_BOMB = "Het werkboek pakt uit tot veel meer dan een werkboek met referentielijsten. Dit kan een zipbom zijn."
_DAMAGED = "Het werkboek is beschadigd of niet compleet. Haal het opnieuw op."

_OLE = b"\xd0\xcf\x11\xe0"
"""How an .xls begins, and what Excel makes of an .xlsx with a password."""

_ENCRYPTED_PART = 0x1


def read(raw: bytes) -> dict[str, Any]:
    """The sheets by their name, each a list of rows of texts, as `bladen`; or a Dutch sentence, as `weigering`."""
    if reason := _objection(raw):
        return {"weigering": reason}
    try:
        book = load_workbook(io.BytesIO(raw))
        bladen = _sheets(book)
    except MemoryError:
        raise
    except (CalamineError, ValueError, OverflowError):
        return {"weigering": _DAMAGED}
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a failure of the library itself arrives; it has no class to import
            raise
        return {"weigering": _DAMAGED}
    return {"bladen": bladen} if bladen is not None else {"weigering": _BOMB}


def _objection(raw: bytes) -> str | None:
    """Why this should not be opened, by what the zip says of itself; None when it may be."""
    if raw.startswith(_OLE):
        return _XLS
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except Exception:  # noqa: BLE001 - zipfile has many words for it
        return _NOT_XLSX
    with archive:
        return _objection_to(archive)


def _objection_to(archive: zipfile.ZipFile) -> str | None:
    parts = archive.infolist()
    if any(part.flag_bits & _ENCRYPTED_PART for part in parts):
        return _ENCRYPTED
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        return _BOMB
    if all(part.filename != "[Content_Types].xml" for part in parts):
        return _NOT_XLSX
    try:  # calamine stops at the last tag that it needs, and so never comes to where a checksum is looked at
        return _DAMAGED if archive.testzip() else None
    except Exception:  # noqa: BLE001 - zipfile has many words for it
        return _DAMAGED


def _sheets(book: CalamineWorkbook) -> list[tuple[str, list[list[str]]]] | None:
    """Each sheet and its rows; None as soon as they are more than `MAX_TEXT`."""
    found, size = [], 0
    for name in book.sheet_names:
        rows = []
        for cells in book.get_sheet_by_name(name).to_python(skip_empty_area=False):
            row = [_text(cell) for cell in cells]
            size += len(json.dumps(row))
            if size > MAX_TEXT:
                return None
            rows.append(row)
        found.append((name, rows))
        size += len(json.dumps(name))
    return found


def _text(cell: object) -> str:
    """A cell as text on one line: a whole number without its point, a day as 2026-07-03."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())


def main(most_memory: int, most_seconds: int) -> int:
    """Read the workbook on standard input, and write what was found as JSON; `openen` reads it. Gives the exit code."""
    limit_self(most_memory, most_seconds)
    try:
        told = json.dumps(read(sys.stdin.buffer.read()))
    except MemoryError:
        return OUT_OF_MEMORY
    sys.stdout.write(told)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
