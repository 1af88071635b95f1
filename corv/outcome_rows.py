"""One `Outcome` to its rows: message, decision, findings, outputs and the event that tells of all four."""

import hashlib
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from corv.database import add_event
from corv.outcome import Outcome, Output
from corv.reading import Reading
from corv.stuf import FOUTCODES
from corv.stuurgegevens import LONGEST_FIELD

Teken = Callable[[str, str], str]
"""The mark of the `inbox` or `outbox` of a channel, by its name (`roots`)."""

SYSTEM = "corv"
"""Who decided, where no person did."""


def write_outcome(
    connection: sqlite3.Connection, outcome: Outcome, place: str | None, teken_of: Teken, now: datetime
) -> list[tuple[int, Output]]:
    """Write all rows of one outcome; gives each output with its number. Only inside a transaction.

    `place`: where the original will rest, None when it stays where it is.
    """
    id_ = outcome.incoming.id
    _update_message(connection, outcome, place)
    _insert_decision(connection, outcome, now)
    connection.executemany(
        "INSERT INTO bevinding (bericht, nr, code, niveau, pad, regel, tekst) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(str(id_), nr, f.code, f.niveau, f.pad, f.regel, f.tekst) for nr, f in enumerate(outcome.findings, start=1)],
    )
    written = [(_insert_output(connection, outcome, output, teken_of, now), output) for output in outcome.outputs]
    add_event(connection, id_, now, "besloten", _event_facts(outcome))
    return written


def header_columns(reading: Reading) -> dict[str, str | None]:
    """The stuurgegevens as columns. In the identity '' stands for absent, because NULLs are distinct in a key."""
    header = reading.stuurgegevens
    if header is None:
        return {}
    columns = {
        "functie": header.functie,
        "berichtcode": header.berichtcode,
        "zender_organisatie": header.zender.organisatie or "",
        "zender_applicatie": header.zender.applicatie or "",
        "zender_administratie": header.zender.administratie or "",
        "ontvanger_organisatie": header.ontvanger.organisatie,
        "ontvanger_applicatie": header.ontvanger.applicatie,
        "ontvanger_administratie": header.ontvanger.administratie,
        "referentienummer": header.referentienummer,
        "tijdstip_bericht": header.tijdstip_bericht,
        "cross_refnummer": header.cross_refnummer,
        "inhoud_hash": reading.content_hash,
    }
    return {name: value[:LONGEST_FIELD] if value is not None else None for name, value in columns.items()}


def _update_message(connection: sqlite3.Connection, outcome: Outcome, place: str | None) -> None:
    columns: dict[str, str | None] = {
        "status": outcome.decision.status,
        "bestand": place,
        "hoort_bij": _text(outcome.decision.hoort_bij),
        **header_columns(outcome.reading),
    }
    assignments = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(f"UPDATE bericht SET {assignments} WHERE id = ?", (*columns.values(), str(outcome.incoming.id)))  # noqa: S608 - names of our own


def _insert_decision(connection: sqlite3.Connection, outcome: Outcome, now: datetime) -> None:
    decision = outcome.decision
    fault = FOUTCODES[decision.foutcode].bericht if decision.foutcode else None
    connection.execute(
        "INSERT INTO besluit (bericht, genomen_op, door, actie, naar, regel, reden, foutcode, foutbericht) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(str(outcome.incoming.id), now.isoformat(), SYSTEM, decision.actie, decision.naar),
            *(decision.regel, decision.reden, decision.foutcode, fault),
        ),
    )


def _insert_output(connection: sqlite3.Connection, outcome: Outcome, output: Output, teken_of: Teken, now: datetime) -> int:
    cursor = connection.execute(
        "INSERT INTO uitvoer (bericht, soort, kanaal, map_teken, map, bestandsnaam, sha256, referentienummer, inhoud, "
        "klaargezet_op) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(str(outcome.incoming.id), output.soort, output.kanaal, teken_of(output.kanaal, "outbox")),
            *(output.map, output.bestandsnaam),
            *(_digest(outcome, output), output.referentienummer, output.inhoud, now.isoformat()),
        ),
    )
    return int(cursor.lastrowid or 0)


def _digest(outcome: Outcome, output: Output) -> str | None:
    payload = output.inhoud if output.inhoud is not None else outcome.incoming.raw
    return hashlib.sha256(payload).hexdigest() if payload is not None else None


def _event_facts(outcome: Outcome) -> dict[str, Any]:
    decision = outcome.decision
    return {
        "status": decision.status,
        "actie": decision.actie,
        "regel": decision.regel,
        "naar": decision.naar,
        "foutcode": decision.foutcode,
        "hoort_bij": _text(decision.hoort_bij),
        "bevindingen": [finding.code for finding in outcome.findings],
        "uitvoer": [
            {"soort": output.soort, "kanaal": output.kanaal, "bestand": output.bestandsnaam, "sha256": _digest(outcome, output)}
            for output in outcome.outputs
        ],
    }


def _text(id_: UUID | None) -> str | None:
    return str(id_) if id_ is not None else None
