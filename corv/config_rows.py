"""What is known of the configuration in force: since when, its fingerprint, and a change that was refused."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from sqlite_utils import Database

from corv.database import Readable, add_event, rows, transaction

NAME = EVENT = "configuratie"
"""The row of table `stand`; its gegevens are `hash`, `schemas`, `regels`, `geweigerd_op` and `fouten`."""

_UNDISPUTED: Mapping[str, Any] = {"geweigerd_op": None, "fouten": []}


def loaded(db: Readable) -> str | None:
    """The fingerprint of the configuration in force; None when no service or pass ever loaded one."""
    found = rows(db, "SELECT gegevens FROM stand WHERE naam = ?", (NAME,))
    return str(json.loads(found[0]["gegevens"])["hash"]) if found else None


def note_loaded(db: Database, fingerprint: str, schemas: Mapping[str, Any], regels: Mapping[str, str], now: datetime) -> None:
    """Record that this configuration is in force from now, with an event; nothing when it already was and is not disputed.

    `schemas`: which judge (`corv.schemas.in_force`); another corv may bring other ones of our own, while config/ stays as it is.
    `regels`: the hash of each text that the rules follow from, by its name; `regel_rows` keeps these.
    """
    known = next((json.loads(row["gegevens"]) for row in rows(db, "SELECT gegevens FROM stand WHERE naam = ?", (NAME,))), None)
    facts = {"hash": fingerprint, "schemas": dict(schemas), "regels": dict(regels)}
    if known == {**facts, **_UNDISPUTED}:
        return
    with transaction(db) as connection:
        _write(connection, {**facts, **_UNDISPUTED}, now)
        add_event(connection, None, now, EVENT, facts)


def note_refused(db: Database, fingerprint: str, problems: Sequence[str], now: datetime) -> None:
    """Record that a changed configuration was refused; what was in force stays so. The same refusal is recorded once."""
    with transaction(db) as connection:
        op, gegevens = connection.execute("SELECT op, gegevens FROM stand WHERE naam = ?", (NAME,)).fetchone()
        known = json.loads(gegevens)
        if (known["fouten"], known.get("geweigerd")) == (list(problems), fingerprint):
            return
        facts = {**known, "geweigerd_op": now.isoformat(), "fouten": list(problems), "geweigerd": fingerprint}
        _write(connection, facts, datetime.fromisoformat(op))
        add_event(connection, None, now, "configuratie_geweigerd", {"hash": fingerprint, "fouten": list(problems)})


def _write(connection: Connection, facts: dict[str, Any], op: datetime) -> None:
    values = (NAME, op.isoformat(), json.dumps(facts, ensure_ascii=False))
    connection.execute("INSERT OR REPLACE INTO stand (naam, op, gegevens) VALUES (?, ?, ?)", values)
