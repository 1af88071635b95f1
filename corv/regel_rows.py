"""Every text of a rule file that was ever in force, by its hash; a decision names the hash of config/herroutering.toml."""

import sqlite3
from datetime import datetime

from corv.database import Readable, guarded
from corv.settings import Settings


def note_rule_files(db: Readable, settings: Settings, now: datetime) -> None:
    """Keep the rule files that these settings were read from."""
    for hash_, text in (
        (settings.herroutering.hash, settings.herroutering.tekst),
        (settings.niveaus.hash, settings.niveaus.tekst),
    ):
        note_rules(db, hash_, text, now)


def note_rules(db: Readable, hash_: str, text: str, now: datetime) -> None:
    """Keep the text of a rule file; of one that is known nothing changes. Alone, or within a transaction."""
    connection = db if isinstance(db, sqlite3.Connection) else db.conn
    values = (hash_, text, now.isoformat())
    with guarded():
        connection.execute("INSERT OR IGNORE INTO regelbestand (hash, tekst, geladen_op) VALUES (?, ?, ?)", values)
