"""A zip with official schemas that a person installs: the file itself in config/schemas/, unchanged, and an event.

Works beside a running service, which sees the file as it sees any change of config/. Whether it judges messages is for
`schemas` in config/corv.toml to say.
"""

import hashlib
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from corv import rechten
from corv.database import add_event, open_for_writing, transaction
from corv.durable import sync_file, write_new
from corv.errors import SettledError
from corv.officieel.bestanden import FOLDER, files_of, folder_of
from corv.officieel.keuze import Pakket
from corv.ordinary import read_ordinary
from corv.settings import database_of

EVENT = "schemas"
"""The soort of the event; its gegevens are door, bestand, sha256, versie and datum."""


def install(map_: Path, pakket: Pakket, door: str, op: datetime) -> str | None:
    """Write the zip and record who did it. Gives the name of a zip with the same bytes that lay there already, if one did.

    That one may still have to be recorded: a stop in between is made good by doing it again. Raises SettledError when another
    zip of that name lies there. Without a database there is nothing yet to record it in.
    """
    if not database_of(map_).exists():
        return _write(map_, pakket)
    with closing(open_for_writing(database_of(map_))) as db, transaction(db) as connection:
        known = _write(map_, pakket)  # here, as nobody else installs at the same time
        _record(connection, replace(pakket, naam=known or pakket.naam), door, op, is_new=known is None)
    return known


def _write(map_: Path, pakket: Pakket) -> str | None:
    """Write the zip, unless its bytes lie there already; then this gives the name of that file."""
    path = folder_of(map_) / pakket.naam
    for other in files_of(path.parent):
        if hashlib.sha256(read_ordinary(other)).hexdigest() == pakket.sha256:
            return other.name
    if os.path.lexists(path):
        raise SettledError(
            f"Er is al een andere zip met de naam {FOLDER}/{pakket.naam}. Geef deze een andere naam. Er is niets veranderd."
        )
    path.parent.mkdir(mode=rechten.FOLDER, exist_ok=True)
    sync_file(path.parent.parent)
    write_new(path, pakket.raw)
    return None


def _record(connection: sqlite3.Connection, pakket: Pakket, door: str, op: datetime, *, is_new: bool) -> None:
    query = "SELECT 1 FROM gebeurtenis WHERE soort = ? AND json_extract(gegevens, '$.sha256') = ?"
    if not is_new and connection.execute(query, (EVENT, pakket.sha256)).fetchone() is not None:
        return
    facts = {
        "door": door,
        "bestand": f"{FOLDER}/{pakket.naam}",
        "sha256": pakket.sha256,
        "versie": pakket.uitgave.versie_text,
        "datum": str(pakket.uitgave.datum) if pakket.uitgave.datum else None,
    }
    add_event(connection, None, op, EVENT, facts)
