"""What the rules were at any time: every text that they follow from (`Settings.rule_texts`), by its hash.

A decision names the hash of config/herroutering.toml; which texts were in force at a moment, says the event `configuratie`
before it.
"""

import hashlib
import sqlite3
from collections.abc import Mapping
from datetime import datetime

from corv.database import Readable, guarded, rows
from corv.settings import Settings


def rule_hashes(settings: Settings) -> Mapping[str, str]:
    """The hash of each text that the rules follow from by these settings, by its name."""
    return {name: _hash(text) for name, text in settings.rule_texts.items()}


def note_rule_files(db: Readable, settings: Settings, now: datetime) -> None:
    """Keep the texts that the rules follow from by these settings."""
    for text in settings.rule_texts.values():
        note_rules(db, _hash(text), text, now)


def note_rules(db: Readable, hash_: str, text: str, now: datetime) -> None:
    """Keep the text of a rule file; of one that is known nothing changes. Alone, or within a transaction."""
    connection = db if isinstance(db, sqlite3.Connection) else db.conn
    values = (hash_, text, now.isoformat())
    with guarded():
        connection.execute("INSERT OR IGNORE INTO regelbestand (hash, tekst, geladen_op) VALUES (?, ?, ?)", values)


def was_known(db: Readable, hash_: str, then: datetime) -> bool:
    """Whether the rule file with that hash was in force by then: else nobody knows what the rules of then would have done."""
    return bool(rows(db, "SELECT 1 FROM regelbestand WHERE hash = ? AND geladen_op <= ?", (hash_, then.isoformat())))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
