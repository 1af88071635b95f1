"""A person puts other rules of herroutering in force: the file in config/, with who, when and why in the chain of events."""

import hashlib
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


def activate(db: Database, settings: Settings, new: Path, person: Person) -> bool:
    """Put the rules of that file, which `settings` were loaded with, in force; False when they are already.

    The old text and the new are kept in the database. Raises UsageError when the file was changed after it was loaded,
    OSError when config/ can't be written; then nothing has changed.
    """
    content = new.read_bytes()
    if _hash(content) != settings.herroutering.hash:
        raise UsageError(f"{new} is zojuist veranderd, na de controle. Probeer het opnieuw.")
    target = settings.config / RULES
    with transaction(db) as connection:
        old = target.read_bytes() if target.exists() else default_text(RULES).encode()
        if old == content:
            return False
        for text in (old, content):
            note_rules(connection, _hash(text), text.decode(errors="replace"), person.op)
        facts = {"door": person.naam, "reden": person.reden, "oud": _hash(old), "nieuw": _hash(content)}
        add_event(connection, None, person.op, EVENT, facts)
        replace_with(target, content)  # last: whatever fails before leaves the file, and a failure here takes back the rows
    return True


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
