"""Put back in the database what is known from the folders alone. Each function is one transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from sqlite3 import Connection
from uuid import UUID

from sqlite_utils import Database

from corv import ledger
from corv.database import add_event, rows, transaction
from corv.errors import StorageError
from corv.judging import MOST_ATTEMPTS
from corv.outcome import Claim, Outcome, Output
from corv.outcome_rows import Teken, write_outcome
from corv.store import insert_message
from corv.watch import Entry


class Stand(StrEnum):
    """Where a file of a message that is put back was found."""

    KLAAR = "klaar"
    BEZORGD = "bezorgd"
    WEG = "weg"
    TE_SCHRIJVEN = "te schrijven"


@contextmanager
def taking_back(db: Database, id_: UUID) -> Iterator[int]:
    """Commit that this message is about to be taken back, before anything of it is opened: it may end the process.

    Gives how often that happened before. What the process survives does not count; `put_back` ends the counting.
    """
    found = rows(db, "SELECT pogingen FROM terugname WHERE id = ?", (str(id_),))
    before = int(found[0]["pogingen"]) if found else 0
    if before < MOST_ATTEMPTS:
        _note_attempt(db, id_, 1)
    try:
        yield before
    except BaseException:  # as in `taking.attempt`
        if before < MOST_ATTEMPTS:
            with suppress(StorageError):
                _note_attempt(db, id_, -1)
        raise


def put_back(  # noqa: PLR0913 - one argument a fact
    db: Database,
    outcome: Outcome,
    entry: Entry | None,
    place: Path | None,
    stands: Sequence[Stand],
    teken_of: Teken,
    now: datetime,
) -> None:
    """Record a message with its outcome, and where each of its files is. What was carried out, was so when it came in.

    `stands`: one for each output of the outcome. `entry`: its file, for a message that may not be recorded yet; None when it was.
    """
    incoming = outcome.incoming
    with transaction(db) as connection:
        if entry is not None and not _is_recorded(connection, incoming.id):
            name = ledger.take_back(connection, incoming.id, entry, teken_of, now)  # seen or claimed before, recorded never
            insert_message(connection, Claim(incoming.id, entry.kanaal, name, entry.grootte), incoming.raw, incoming)
        written = write_outcome(connection, outcome, place.as_posix() if place else None, teken_of, incoming.ontvangen_op)
        for (volgnr, output), stand in zip(written, stands, strict=True):
            _set_stand(connection, volgnr, output, stand, incoming.ontvangen_op)
        facts = {"uit": place.as_posix() if place else None, "uitvoer": [stand.value for stand in stands]}
        add_event(connection, incoming.id, now, "hersteld", facts)
        connection.execute("DELETE FROM terugname WHERE id = ?", (str(incoming.id),))


def last_received(db: Database) -> datetime | None:
    """When the last recorded message came in."""
    found = rows(db, "SELECT ontvangen_op FROM bericht WHERE volgnr = (SELECT max(volgnr) FROM bericht)")
    return datetime.fromisoformat(found[0]["ontvangen_op"]) if found else None


def seen_in(db: Database, id_: UUID) -> str | None:
    """The channel in whose inbox this file was seen; None when the ledger does not know it."""
    found = rows(db, "SELECT kanaal FROM grootboek WHERE id = ?", (str(id_),))
    return found[0]["kanaal"] if found else None


def _note_attempt(db: Database, id_: UUID, number: int) -> None:
    with transaction(db) as connection:
        connection.execute(
            "INSERT INTO terugname (id, pogingen) VALUES (:id, :nr) ON CONFLICT (id) DO UPDATE SET pogingen = pogingen + :nr",
            {"id": str(id_), "nr": number},
        )


def _is_recorded(connection: Connection, id_: UUID) -> bool:
    return connection.execute("SELECT 1 FROM bericht WHERE id = ?", (str(id_),)).fetchone() is not None


def _set_stand(connection: Connection, volgnr: int, output: Output, stand: Stand, then: datetime) -> None:
    values = {"toen": then.isoformat(), "nr": volgnr}
    if stand is Stand.BEZORGD:
        connection.execute("UPDATE uitvoer SET bezorgd_op = :toen WHERE volgnr = :nr", values)
    elif stand is Stand.TE_SCHRIJVEN:
        connection.execute("UPDATE uitvoer SET te_schrijven = 1, map_teken = '' WHERE volgnr = :nr", values)
    elif stand is Stand.WEG:
        # '' says that nobody knows when it was fetched. An answer was written with another tijdstip than we would give it
        # now, so its bytes are not known any more.
        connection.execute("UPDATE uitvoer SET bezorgd_op = :toen, opgehaald_op = '' WHERE volgnr = :nr", values)
        if output.referentienummer is not None:
            connection.execute("UPDATE uitvoer SET inhoud = NULL, sha256 = NULL, recept = NULL WHERE volgnr = :nr", values)
