"""A newer table of gemeenten that a person puts in force: one file in config/werkgebieden/, and an event.

Works beside a running service, which sees the file as it sees any change of config/. The older tables stay as they are, and
stay valid for the days before this one begins.
"""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from corv.attention import Person
from corv.database import add_event, open_for_writing, transaction
from corv.durable import sync_file, write_new
from corv.errors import SettledError
from corv.settings import Settings
from corv.tabellen.bestanden import folder_of
from corv.tabellen.cbs import file_text
from corv.tabellen.tekst import Table, read_table

EVENT = "werkgebieden"
"""The soort of the event; its gegevens are door, reden, bestand, sha256, vanaf, gemeenten."""


def file_for(settings: Settings, table: Table) -> Path:
    """The file that holds, or would hold, a table that begins on that day."""
    return folder_of(settings.map) / f"{table.tabel.vanaf}.txt"


def is_in_force(settings: Settings, table: Table) -> bool:
    """Whether this very table is there already; names do not count. Raises SettledError when another is, for the same day."""
    path = file_for(settings, table)
    try:
        there = read_table(path.read_text(encoding="utf-8-sig"), lambda _line, _what: None)
    except FileNotFoundError:
        return False
    if there is None or (there.tabel.veilig_thuis, there.vervallen) != (table.tabel.veilig_thuis, table.vervallen):
        raise SettledError(
            f"Er is al een andere tabel vanaf {table.tabel.vanaf}: config/werkgebieden/{path.name}. "
            "Klopt die niet, haal dat bestand dan eerst weg."
        )
    return True


def put_in_force(settings: Settings, table: Table, person: Person) -> bool:
    """Write the table and record who did it; False when it was there already. Raises SettledError as `is_in_force`.

    Without a database there is nothing yet to record it in. A stop in between is made good by doing it again.
    """
    if not settings.database.exists():
        return _write(settings, table)
    with closing(open_for_writing(settings.database)) as db, transaction(db) as connection:
        is_new = _write(settings, table)
        _record(connection, settings, table, person, is_new=is_new)
    return is_new


def _write(settings: Settings, table: Table) -> bool:
    if is_in_force(settings, table):
        return False
    path = file_for(settings, table)
    path.parent.mkdir(exist_ok=True)
    sync_file(path.parent.parent)
    write_new(path, file_text(table, settings.tabellen))
    return True


def _record(connection: sqlite3.Connection, settings: Settings, table: Table, person: Person, *, is_new: bool) -> None:
    path = file_for(settings, table)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    query = "SELECT 1 FROM gebeurtenis WHERE soort = ? AND json_extract(gegevens, '$.sha256') = ?"
    if not is_new and connection.execute(query, (EVENT, sha256)).fetchone() is not None:
        return
    facts = {
        "door": person.naam,
        "reden": person.reden,
        "bestand": f"config/werkgebieden/{path.name}",
        "sha256": sha256,
        "vanaf": str(table.tabel.vanaf),
        "gemeenten": len(table.tabel.veilig_thuis),
    }
    add_event(connection, None, person.op, EVENT, facts)
