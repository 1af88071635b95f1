"""A newer table of gemeenten that a person puts in force: one file in config/werkgebieden/, and an event.

The older tables stay as they are, and stay valid for the days before this one begins.
"""

from pathlib import Path

from corv.attention import Person
from corv.desk.new_file import NewFile, add_file
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
    """Write the table and record who did it, as `add_file`; False when it was there already. Raises as `is_in_force`."""
    facts = {"vanaf": str(table.tabel.vanaf), "gemeenten": len(table.tabel.veilig_thuis)}
    file = NewFile(file_for(settings, table), file_text(table, settings.tabellen), EVENT, facts)
    return add_file(settings, file, person, lambda: is_in_force(settings, table))
