"""The writing side of the audit trail: each method is one step of the main path and one transaction.

Nothing here looks at files. Deliveries, attempts that the process survived, and when something last went well, are noted in
memory and written along with the next transaction, so that they cost no commit of their own; `flush` writes what is left.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlite_utils import Database

from corv import ledger
from corv.database import add_event, rows, transaction
from corv.moments import next_moment
from corv.outcome import Claim, Incoming, Outcome, Output, Status
from corv.outcome_rows import Teken, write_outcome
from corv.sightings import Sightings
from corv.standing import Standing
from corv.watch import Entry


@dataclass(frozen=True)
class Pending:
    """An output that was committed and not yet noted as delivered."""

    volgnr: int
    bericht: UUID
    output: Output
    map_teken: str


@dataclass(frozen=True)
class Recorded:
    """A recorded message as a restart finds it. `raw` comes from the claimed file."""

    id: UUID
    kanaal: str
    ontvangen_op: datetime
    antwoord_tijdstip: str
    status: Status
    grootte: int
    bestand: str | None
    reden: str | None
    pogingen: int


class Store:
    """Owns the writing connection; for the one worker thread that made it. Every method raises StorageError on failure."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._delivered: list[tuple[Pending, datetime]] = []
        self._tried: set[UUID] = set()
        self._survived: list[UUID] = []
        self._standing = Standing()

    # -- 1 claim: the ledger -----------------------------------------------------------------------------------------

    def record_sightings(self, seen: Sightings, no_files: Sequence[Outcome], teken_of: Teken, now: datetime) -> None:
        """Commit what was seen in the inboxes. `no_files`: of what is new, what is no ordinary file and stays where it is."""
        with self._transaction() as connection:
            ledger.vanish(connection, seen.gone, now)
            ledger.leave(connection, seen.left, now)
            ledger.change(connection, seen.changed, now)
            ledger.insert(connection, seen.new, teken_of, now)
            for outcome in no_files:
                incoming = replace(outcome.incoming, antwoord_tijdstip=next_moment(now, last_moment(connection)))
                entry, _ = seen.new[incoming.id]
                insert_message(connection, Claim(incoming.id, entry.kanaal, entry.shown_name, entry.grootte), None, incoming)
                write_outcome(connection, replace(outcome, incoming=incoming), None, teken_of, now)

    def add_claims(self, entries: Mapping[UUID, Entry], now: datetime) -> None:
        """Commit that these files are about to be taken, before any of them is touched."""
        with self._transaction() as connection:
            ledger.claim(connection, entries, now)

    # -- 2 record ----------------------------------------------------------------------------------------------------

    def record(self, batch: Sequence[tuple[Claim, bytes | None]], now: datetime) -> list[Incoming]:
        """Commit that these messages exist, with the moments set aside for their replies. Content is not looked at."""
        received = []
        with self._transaction() as connection:
            moment = last_moment(connection)
            for claim, raw in batch:
                moment = next_moment(now, moment)
                incoming = Incoming(claim.id, claim.kanaal, raw, now, moment)
                insert_message(connection, claim, raw, incoming)
                received.append(incoming)
            ledger.take(connection, [claim.id for claim, _ in batch], now)
        self._tried.update(claim.id for claim, _ in batch)
        return received

    def begin_attempt(self, ids: Sequence[UUID]) -> None:
        """Commit that these recorded messages are about to be handled once more: one of them may end the process."""
        with self._transaction() as connection:
            connection.executemany("UPDATE bericht SET pogingen = pogingen + 1 WHERE id = ?", [(str(id_),) for id_ in ids])
        self._tried.update(ids)

    def note_survived(self, ids: Iterable[UUID]) -> None:
        """Remember that handling these did not end the process: of what is still undecided the attempt does not count.

        It is written with the next transaction.
        """
        survived = self._tried.intersection(ids)
        self._tried -= survived
        self._survived += survived

    def last_moment(self) -> str | None:
        """The last moment that was set aside for an answer."""
        return last_moment(self._db.conn)

    def are_decided(self, ids: Iterable[str]) -> set[str]:
        """Which of these ids are messages that have a decision."""
        query = "SELECT id FROM bericht WHERE status <> 'ontvangen' AND id IN (SELECT value FROM json_each(?))"
        return {row["id"] for row in rows(self._db, query, (json.dumps(list(ids)),))}

    def undecided(self) -> list[UUID]:
        """The messages that were recorded and have no decision yet."""
        return [UUID(row["id"]) for row in rows(self._db, "SELECT id FROM bericht WHERE status = 'ontvangen'")]

    def recorded(self, ids: Iterable[UUID]) -> dict[UUID, Recorded]:
        """What is known of these messages; an id that was never recorded is left out."""
        query = (
            "SELECT b.*, (SELECT reden FROM besluit d WHERE d.bericht = b.id ORDER BY d.volgnr LIMIT 1) AS reden "
            "FROM bericht b WHERE b.id IN (SELECT value FROM json_each(?)) ORDER BY b.volgnr"
        )
        return {
            UUID(row["id"]): Recorded(
                id=UUID(row["id"]),
                kanaal=row["kanaal"],
                ontvangen_op=datetime.fromisoformat(row["ontvangen_op"]),
                antwoord_tijdstip=row["antwoord_tijdstip"],
                status=Status(row["status"]),
                grootte=row["grootte"],
                bestand=row["bestand"],
                reden=row["reden"],
                pogingen=row["pogingen"] - self._survived.count(UUID(row["id"])),
            )
            for row in rows(self._db, query, (json.dumps([str(id_) for id_ in ids]),))
        }

    # -- 6 commit, 7 deliver -----------------------------------------------------------------------------------------

    def commit(self, outcomes: Sequence[tuple[Outcome, Path]], teken_of: Teken, now: datetime) -> list[Pending]:
        """Commit a whole batch: outcomes, findings, decisions, events and one row a file to deliver.

        With each outcome comes the place where its original will rest, counted from the working folder.
        """
        with self._transaction() as connection:
            pending = [
                Pending(volgnr, outcome.incoming.id, output, teken_of(output.kanaal, "outbox"))
                for outcome, place in outcomes
                for volgnr, output in write_outcome(connection, outcome, place.as_posix(), teken_of, now)
            ]
        self._tried.difference_update(outcome.incoming.id for outcome, _ in outcomes)
        return pending

    def undelivered(self) -> list[Pending]:
        """Every output that is not known to be delivered, oldest first."""
        noted = {pending.volgnr for pending, _ in self._delivered}
        query = (
            "SELECT volgnr, bericht, soort, kanaal, map_teken, bestandsnaam, map, referentienummer "
            "FROM uitvoer WHERE bezorgd_op IS NULL AND te_schrijven = 0"
        )
        return [
            Pending(
                row["volgnr"],
                UUID(row["bericht"]),
                Output(row["soort"], row["kanaal"], row["bestandsnaam"], None, row["map"], row["referentienummer"]),
                row["map_teken"],
            )
            for row in rows(self._db, f"{query} ORDER BY volgnr")
            if row["volgnr"] not in noted
        ]

    def note_delivered(self, pending: Pending, moment: datetime) -> None:
        """Remember that an output was delivered; it is written with the next transaction."""
        self._delivered.append((pending, moment))

    def note_stand(self, naam: str, op: datetime, gegevens: Mapping[str, Any] | None = None) -> None:
        """Remember that this went well (`standing`); it is written with the next transaction."""
        self._standing.note(naam, op, gegevens or {})

    def flush(self) -> None:
        """Write what was noted, when there is anything."""
        if self._delivered or self._survived or self._standing.is_due():
            with self._transaction():
                pass

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        noted, survived = list(self._delivered), list(self._survived)
        with transaction(self._db) as connection:
            for pending, moment in noted:
                connection.execute("UPDATE uitvoer SET bezorgd_op = ? WHERE volgnr = ?", (moment.isoformat(), pending.volgnr))
                facts = {"soort": pending.output.soort, "kanaal": pending.output.kanaal, "bestand": pending.output.bestandsnaam}
                add_event(connection, pending.bericht, moment, "bezorgd", facts)
            connection.executemany("UPDATE bericht SET pogingen = pogingen - 1 WHERE id = ?", [(str(id_),) for id_ in survived])
            self._standing.write(connection)
            yield connection
        del self._delivered[: len(noted)], self._survived[: len(survived)]
        self._standing.written()


def last_moment(connection: sqlite3.Connection) -> str | None:
    """The last of the moments that were set aside, for a message or for the answer to a person's decision."""
    query = (
        "SELECT max(tijdstip) FROM (SELECT max(antwoord_tijdstip) AS tijdstip FROM bericht "
        "UNION ALL SELECT max(antwoord_tijdstip) FROM besluit WHERE antwoord_tijdstip IS NOT NULL)"
    )
    moment: str | None = connection.execute(query).fetchone()[0]
    return moment


def insert_message(connection: sqlite3.Connection, claim: Claim, raw: bytes | None, incoming: Incoming) -> None:
    """Add a message and the event that it came in. Only inside a transaction."""
    digest = hashlib.sha256(raw).hexdigest() if raw is not None else None
    connection.execute(
        "INSERT INTO bericht (id, kanaal, bestandsnaam, sha256, grootte, ontvangen_op, antwoord_tijdstip, pogingen) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
        (
            *(str(claim.id), claim.kanaal.naam, claim.bestandsnaam, digest, claim.grootte),
            *(incoming.ontvangen_op.isoformat(), incoming.antwoord_tijdstip),
        ),
    )
    facts = {"kanaal": claim.kanaal.naam, "sha256": digest, "grootte": claim.grootte}
    add_event(connection, claim.id, incoming.ontvangen_op, "ontvangen", facts)
