"""The rows of the ledger (table grootboek): everything that was seen in an inbox, and its fate.

An id is given at first sight and is that of the message when the file is taken. `beurt` rises with each claim: what has none was
never taken. What changes rows works only inside a transaction.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from corv.database import Readable, rows
from corv.errors import StorageError
from corv.lotgeval import Lotgeval
from corv.sightings import FORMER, Fate, Open
from corv.watch import Entry

_OPEN = (
    "SELECT id, kanaal, map_teken, bestandsnaam, inode, lot, reden FROM grootboek WHERE lot IN ('wacht', 'genegeerd', 'geclaimd')"
)

_MOST_BEURT = "SELECT coalesce(max(beurt), 0) FROM grootboek"


def open_rows(db: Readable) -> dict[tuple[str, str], list[Open]]:
    """What is not at its end, by channel and mark of the inbox."""
    found: dict[tuple[str, str], list[Open]] = {}
    for id_, kanaal, teken, naam, inode, lot, reden in rows(db, _OPEN):
        row = Open(UUID(id_), naam, inode, Fate(Lotgeval(lot), reden or ""))
        found.setdefault((kanaal, teken), []).append(row)
    return found


def open_claims(db: Readable) -> dict[UUID, sqlite3.Row]:
    """Rows of files that were to be taken but of which no message was recorded: a stop came between."""
    return {UUID(row["id"]): row for row in rows(db, "SELECT * FROM grootboek WHERE lot = 'geclaimd' ORDER BY beurt")}


def claims(db: Readable, ids: Iterable[UUID]) -> dict[UUID, sqlite3.Row]:
    """The rows of these claims, in the order in which they were made. A file that was only seen is not among them."""
    query = "SELECT * FROM grootboek WHERE beurt IS NOT NULL AND id IN (SELECT value FROM json_each(?)) ORDER BY beurt"
    return {UUID(row["id"]): row for row in rows(db, query, (json.dumps([str(id_) for id_ in ids]),))}


def insert(
    connection: sqlite3.Connection,
    entries: Mapping[UUID, tuple[Entry, Fate]],
    teken_of: Callable[[str, str], str],
    now: datetime,
) -> None:
    """Add what was not seen before."""
    moment = now.isoformat()
    connection.executemany(
        "INSERT INTO grootboek (id, kanaal, map_teken, bestandsnaam, grootte, gewijzigd_ns, apparaat, inode, gezien_op, lot, "
        "lot_op, reden) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(str(id_), entry.kanaal.naam, teken_of(entry.kanaal.naam, "inbox"), entry.shown_name, *_facts(entry)),
                *(moment, fate.lot, moment, fate.reden),
            )
            for id_, (entry, fate) in entries.items()
        ],
    )


def change(connection: sqlite3.Connection, entries: Mapping[UUID, tuple[Entry, Fate]], now: datetime) -> None:
    """Note that these lie there still, and what has become of them; a claim that was not carried out is taken back."""
    connection.executemany(
        "UPDATE grootboek SET grootte = ?, gewijzigd_ns = ?, apparaat = ?, inode = ?, lot = ?, lot_op = ?, reden = ?, "
        "beurt = NULL WHERE id = ?",
        [(*_facts(entry), fate.lot, now.isoformat(), fate.reden, str(id_)) for id_, (entry, fate) in entries.items()],
    )


def vanish(connection: sqlite3.Connection, gone: Mapping[UUID, str | None], now: datetime) -> None:
    """Note that these went away before they could be taken, and why; without a reason that for which they waited stays."""
    query = "UPDATE grootboek SET lot = 'verdwenen', lot_op = ?, reden = coalesce(?, reden) WHERE id = ?"
    connection.executemany(query, [(now.isoformat(), reden, str(id_)) for id_, reden in gone.items()])


def leave(connection: sqlite3.Connection, ids: Iterable[UUID], now: datetime) -> None:
    """Note that these wait in an inbox that is not used any more."""
    query = "UPDATE grootboek SET lot_op = ?, reden = ? WHERE id = ?"
    connection.executemany(query, [(now.isoformat(), FORMER, str(id_)) for id_ in ids])


def claim(connection: sqlite3.Connection, entries: Mapping[UUID, Entry], now: datetime) -> None:
    """Note that these waiting files are about to be taken, as they are now. Raises StorageError when one was never seen."""
    (last,) = connection.execute(_MOST_BEURT).fetchone()
    done = connection.executemany(
        "UPDATE grootboek SET grootte = ?, gewijzigd_ns = ?, apparaat = ?, inode = ?, lot = 'geclaimd', lot_op = ?, "
        "reden = NULL, beurt = ? WHERE id = ? AND lot = 'wacht'",
        [(*_facts(entry), now.isoformat(), last + nr, str(id_)) for nr, (id_, entry) in enumerate(entries.items(), start=1)],
    )
    if done.rowcount != len(entries):
        raise StorageError("Een bestand staat niet in het grootboek en wordt daarom nu niet opgepakt; het wacht.")


def take(connection: sqlite3.Connection, ids: Iterable[UUID], now: datetime) -> None:
    """Note that these were recorded as messages."""
    query = "UPDATE grootboek SET lot = 'opgenomen', lot_op = ?, reden = NULL WHERE id = ?"
    connection.executemany(query, [(now.isoformat(), str(id_)) for id_ in ids])


def take_back(connection: sqlite3.Connection, id_: UUID, entry: Entry, teken_of: Callable[[str, str], str], now: datetime) -> str:
    """Note that this file was taken after all, and give its name: that of its row where it was seen before, else of `entry`."""
    seen = connection.execute("SELECT bestandsnaam FROM grootboek WHERE id = ?", (str(id_),)).fetchone()
    if seen is None:
        insert(connection, {id_: (entry, Fate(Lotgeval.WACHT, ""))}, teken_of, now)
    (last,) = connection.execute(_MOST_BEURT).fetchone()
    connection.execute("UPDATE grootboek SET beurt = ? WHERE id = ?", (last + 1, str(id_)))
    take(connection, [id_], now)
    return str(seen[0]) if seen is not None else entry.shown_name


def _facts(entry: Entry) -> tuple[int, str, str, str]:
    return entry.grootte, str(entry.gewijzigd_ns), str(entry.apparaat), str(entry.inode)
