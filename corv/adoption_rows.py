"""Put back in the database what is known from the folders alone. Each function is one transaction."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from sqlite3 import Connection

from sqlite_utils import Database

from corv.database import add_event, rows, transaction
from corv.outcome import Claim, Outcome, Output
from corv.outcome_rows import Teken, write_outcome
from corv.store import insert_ledger, insert_message
from corv.watch import Entry


class Stand(StrEnum):
    """Where a file of a message that is put back was found."""

    KLAAR = "klaar"
    BEZORGD = "bezorgd"
    WEG = "weg"
    TE_SCHRIJVEN = "te schrijven"


_SET = {
    Stand.BEZORGD: "bezorgd_op = :nu",
    Stand.WEG: "bezorgd_op = :nu, opgehaald_op = :nu",
    Stand.TE_SCHRIJVEN: "te_schrijven = 1, map_teken = ''",
}


def put_back(  # noqa: PLR0913 - one argument a fact
    db: Database,
    outcome: Outcome,
    entry: Entry | None,
    place: Path | None,
    stands: Mapping[str, Stand],
    teken_of: Teken,
    now: datetime,
) -> None:
    """Record a message with its outcome as it was carried out before, and where each of its files is.

    `entry`: its file, for a message of which nothing is known; None when it was recorded already.
    """
    incoming = outcome.incoming
    with transaction(db) as connection:
        if entry is not None:
            insert_ledger(connection, {incoming.id: entry}, teken_of, now, "opgenomen")
            insert_message(connection, Claim(incoming.id, entry.kanaal, entry.shown_name, entry.grootte), incoming.raw, incoming)
        for volgnr, output in write_outcome(connection, outcome, place.as_posix() if place else None, teken_of, now):
            _set_stand(connection, volgnr, output, stands[output.bestandsnaam], now)
        facts = {"uit": place.as_posix() if place else None, "uitvoer": {name: stand.value for name, stand in stands.items()}}
        add_event(connection, incoming.id, now, "hersteld", facts)


def last_received(db: Database) -> datetime | None:
    """When the last recorded message came in."""
    found = rows(db, "SELECT ontvangen_op FROM bericht WHERE volgnr = (SELECT max(volgnr) FROM bericht)")
    return datetime.fromisoformat(found[0]["ontvangen_op"]) if found else None


def _set_stand(connection: Connection, volgnr: int, output: Output, stand: Stand, now: datetime) -> None:
    if stand in _SET:
        connection.execute(f"UPDATE uitvoer SET {_SET[stand]} WHERE volgnr = :nr", {"nu": now.isoformat(), "nr": volgnr})  # noqa: S608 - ours
    if stand is Stand.WEG and output.referentienummer is not None:
        # It was written with another tijdstip than we would give it now, so its bytes are not known any more.
        connection.execute("UPDATE uitvoer SET inhoud = NULL, sha256 = NULL WHERE volgnr = ?", (volgnr,))
