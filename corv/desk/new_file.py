"""A text file that a person adds to config/: written whole or not at all, never over another, and recorded as an event.

Works beside a running service, which sees the file as it sees any change of config/.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corv.attention import Person
from corv.database import add_event, open_for_writing, transaction
from corv.durable import sync_file, write_new
from corv.rechten import FOLDER
from corv.settings import Settings


@dataclass(frozen=True)
class NewFile:
    """Where the file belongs, what it holds, and the soort of its event with the facts that it tells beside who, why and what."""

    path: Path
    text: str
    event: str
    facts: Mapping[str, Any]


def add_file(settings: Settings, file: NewFile, person: Person, is_there: Callable[[], bool]) -> bool:
    """Write the file and record who did it; False when it was there already, as `is_there` says, which may raise SettledError.

    Without a database there is nothing yet to record it in. A stop in between is made good by doing it again.
    """
    if not settings.database.exists():
        return _write(file, is_there)
    with closing(open_for_writing(settings.database)) as db, transaction(db) as connection:
        is_new = _write(file, is_there)  # here, as nobody else adds one at the same time
        _record(connection, settings, file, person, is_new=is_new)
    return is_new


def _write(file: NewFile, is_there: Callable[[], bool]) -> bool:
    if is_there():
        return False
    file.path.parent.mkdir(mode=FOLDER, exist_ok=True)
    sync_file(file.path.parent.parent)
    write_new(file.path, file.text)
    return True


def _record(connection: sqlite3.Connection, settings: Settings, file: NewFile, person: Person, *, is_new: bool) -> None:
    sha256 = hashlib.sha256(file.path.read_bytes()).hexdigest()
    query = "SELECT 1 FROM gebeurtenis WHERE soort = ? AND json_extract(gegevens, '$.sha256') = ?"
    if not is_new and connection.execute(query, (file.event, sha256)).fetchone() is not None:
        return
    bestand = file.path.relative_to(settings.map).as_posix()
    facts = {"door": person.naam, "reden": person.reden, "bestand": bestand, "sha256": sha256, **file.facts}
    add_event(connection, None, person.op, file.event, facts)
