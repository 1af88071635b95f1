"""A person puts other rules of herroutering in force: the file in config/, with who, when and why in the chain of events."""

import hashlib
import sqlite3
from enum import Enum, auto
from pathlib import Path

from sqlite_utils import Database

from corv.attention import Person
from corv.config import RULES, default_text
from corv.database import add_event, transaction
from corv.durable import replace_with
from corv.errors import UsageError
from corv.regel_rows import note_rules
from corv.settings import Settings

EVENT = "herroutering"


class Gevolg(Enum):
    """What an activation did."""

    VERVANGEN = auto()
    ALLEEN_VASTGELEGD = auto()
    NIETS = auto()


def activate(db: Database, settings: Settings, new: Path, person: Person) -> Gevolg:
    """Put the rules of that file, which `settings` were loaded with, in force, and record who did it and why.

    Where they stand in config/ already, by a hand or by a stop half way, recording is all there is to do; and nothing when they
    were the last that was recorded. The old text and the new are kept in the database. Raises UsageError when the file was
    changed after it was loaded, OSError when config/ can't be written; then nothing has changed.
    """
    content = new.read_bytes()
    if _hash(content) != settings.herroutering.hash:
        raise UsageError(f"{new} is zojuist veranderd, na de controle. Probeer het opnieuw.")
    target, default = settings.config / RULES, default_text(RULES).encode()
    with transaction(db) as connection:
        there = target.read_bytes() if target.exists() else default
        recorded = _last_recorded(connection) or _hash(default)
        if there == content and recorded == _hash(content):
            return Gevolg.NIETS
        for text in (default if there == content else there, content):
            note_rules(connection, _hash(text), text.decode(errors="replace"), person.op)
        old = recorded if there == content else _hash(there)
        facts = {"door": person.naam, "reden": person.reden, "oud": old, "nieuw": _hash(content)}
        add_event(connection, None, person.op, EVENT, facts)
        if there == content:
            return Gevolg.ALLEEN_VASTGELEGD
        replace_with(target, content)  # last: whatever fails before leaves the file, and a failure here takes back the rows
    return Gevolg.VERVANGEN


def _last_recorded(connection: sqlite3.Connection) -> str | None:
    """The hash of the rules that somebody put in force last; None when nobody did."""
    query = "SELECT json_extract(gegevens, '$.nieuw') FROM gebeurtenis WHERE soort = ? ORDER BY volgnr DESC LIMIT 1"
    found = connection.execute(query, (EVENT,)).fetchone()
    return str(found[0]) if found is not None else None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
