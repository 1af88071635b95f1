"""Every text of config/herroutering.toml that was ever in force, by its hash: a decision names the hash of its rules."""

import sqlite3
from datetime import datetime

from corv.database import Readable, guarded


def note_rules(db: Readable, hash_: str, text: str, now: datetime) -> None:
    """Keep the text of a rule file; of one that is known nothing changes. Alone, or within a transaction."""
    connection = db if isinstance(db, sqlite3.Connection) else db.conn
    values = (hash_, text, now.isoformat())
    with guarded():
        connection.execute("INSERT OR IGNORE INTO regelbestand (hash, tekst, geladen_op) VALUES (?, ?, ?)", values)
