"""Rows of files after their commit: still to write because a person asked for it, and lying in an outbox until fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlite_utils import Database

from corv.database import add_event, rows, transaction
from corv.outcome import Output
from corv.recepten import from_json
from corv.store import Pending


@dataclass(frozen=True)
class Ordered:
    """A file that must be written under a name that is known, with the bytes of `sha256`.

    `bestand`: the resting place of the original of its message, whose bytes it is when `output.inhoud` is None.
    """

    volgnr: int
    bericht: UUID
    output: Output
    sha256: str | None
    kanaal_van: str
    bestand: str | None


@dataclass(frozen=True)
class Lying:
    """A delivered file that nobody fetched yet, as far as is known."""

    volgnr: int
    bericht: UUID
    output: Output
    map_teken: str


def ordered(db: Database) -> list[Ordered]:
    """Every file that must still be written, oldest first."""
    query = (
        "SELECT u.*, b.kanaal AS kanaal_van, b.bestand FROM uitvoer u JOIN bericht b ON b.id = u.bericht "
        "WHERE u.te_schrijven = 1 ORDER BY u.volgnr"
    )
    return [
        Ordered(
            row["volgnr"],
            UUID(row["bericht"]),
            Output(
                *(row["soort"], row["kanaal"], row["bestandsnaam"], row["inhoud"], row["map"], row["referentienummer"]),
                recept=from_json(row["recept"]) if row["recept"] is not None else None,
            ),
            row["sha256"],
            row["kanaal_van"],
            row["bestand"],
        )
        for row in rows(db, query)
    ]


def written(db: Database, items: Sequence[tuple[Ordered, str]], now: datetime) -> list[Pending]:
    """Note that these files are staged and synced, each in the outbox with that mark; gives what must now be delivered."""
    with transaction(db) as connection:
        connection.executemany(
            "UPDATE uitvoer SET te_schrijven = 0, map_teken = ?, klaargezet_op = ?, opgehaald_op = NULL WHERE volgnr = ?",
            [(teken, now.isoformat(), item.volgnr) for item, teken in items],
        )
    return [Pending(item.volgnr, item.bericht, item.output, teken) for item, teken in items]


def already_there(db: Database, item: Ordered, teken: str, now: datetime) -> None:
    """Note that a file of that name lies in the outbox already: not written again; of an answer the bytes are unknown."""
    with transaction(db) as connection:
        connection.execute(
            "UPDATE uitvoer SET te_schrijven = 0, map_teken = ?, bezorgd_op = ?, "
            "sha256 = iif(referentienummer IS NULL, sha256, NULL), inhoud = iif(referentienummer IS NULL, inhoud, NULL), "
            "recept = NULL "
            "WHERE volgnr = ?",
            (teken, now.isoformat(), item.volgnr),
        )
        facts = {"soort": item.output.soort, "kanaal": item.output.kanaal, "bestand": item.output.bestandsnaam}
        add_event(connection, item.bericht, now, "lag_er_al", facts)


def lying(db: Database) -> list[Lying]:
    """Every file that was delivered and is not known to be fetched, oldest first."""
    query = (
        "SELECT volgnr, bericht, soort, kanaal, map_teken, map, bestandsnaam, referentienummer FROM uitvoer "
        "WHERE bezorgd_op IS NOT NULL AND opgehaald_op IS NULL ORDER BY volgnr"
    )
    return [
        Lying(
            row["volgnr"],
            UUID(row["bericht"]),
            Output(row["soort"], row["kanaal"], row["bestandsnaam"], None, row["map"], row["referentienummer"]),
            row["map_teken"],
        )
        for row in rows(db, query)
    ]


def fetched(db: Database, items: Sequence[Lying], now: datetime) -> None:
    """Note that these files are no longer in their outbox: fetched, or taken away, at `now` at the latest."""
    with transaction(db) as connection:
        for item in items:
            # Looked at once more: a person may have asked for it again since it was listed.
            noted = connection.execute(
                "UPDATE uitvoer SET opgehaald_op = ? WHERE volgnr = ? AND bezorgd_op IS NOT NULL AND opgehaald_op IS NULL",
                (now.isoformat(), item.volgnr),
            )
            if not noted.rowcount:
                continue
            facts = {"soort": item.output.soort, "kanaal": item.output.kanaal, "bestand": item.output.bestandsnaam}
            add_event(connection, item.bericht, now, "opgehaald", facts)
