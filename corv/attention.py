"""What a person must look at: opened by an outcome, closed by a decision. Only inside a transaction."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from corv.database import add_event
from corv.outcome import Answered, Status


class Aanleiding(StrEnum):
    """Why a person must look; the first three are the status that the message got."""

    TE_BEOORDELEN = "te_beoordelen"
    GEWEIGERD = "geweigerd"
    ONLEESBAAR = "onleesbaar"
    BEANTWOORD_MET_FOUT = "beantwoord_met_fout"
    FOUT_OP_ANTWOORD = "fout_op_antwoord"


@dataclass(frozen=True)
class Person:
    """Who acts, why, and when: a person, or this program itself."""

    naam: str
    reden: str
    op: datetime


def open_attention(
    connection: sqlite3.Connection, bericht: UUID, aanleiding: Aanleiding, now: datetime, door_bericht: UUID | None = None
) -> None:
    """Ask for attention, unless it is asked already. `door_bericht`: the message that gave cause, where it is another."""
    done = connection.execute(
        "INSERT OR IGNORE INTO aandacht (bericht, aanleiding, geopend_op) VALUES (?, ?, ?)",
        (str(bericht), aanleiding, now.isoformat()),
    )
    if done.rowcount:
        facts = {"aanleiding": aanleiding, "door_bericht": str(door_bericht) if door_bericht else None}
        add_event(connection, bericht, now, "aandacht", facts)


def close_attention(connection: sqlite3.Connection, bericht: UUID, person: Person) -> bool:
    """Settle what is open on a message; False when nothing was."""
    done = connection.execute(
        "UPDATE aandacht SET gesloten_op = ?, door = ?, reden = ? WHERE bericht = ? AND gesloten_op IS NULL",
        (person.op.isoformat(), person.naam, person.reden, str(bericht)),
    )
    if done.rowcount:
        add_event(connection, bericht, person.op, "afgehandeld", {"door": person.naam, "reden": person.reden})
    return bool(done.rowcount)


def note_fault(connection: sqlite3.Connection, sent: Answered, fault: UUID, now: datetime) -> None:
    """Something that went out came back as not accepted, by the message `fault`; told at receipt or by a person later.

    A reply of ours has no status of its own, a message has.
    """
    if sent.made_by_us:
        open_attention(connection, sent.id, Aanleiding.FOUT_OP_ANTWOORD, now, fault)
        return
    status = Status.BEANTWOORD_MET_FOUT
    connection.execute("UPDATE bericht SET status = ? WHERE id = ?", (status, str(sent.id)))
    add_event(connection, sent.id, now, "beantwoord", {"status": status, "door_bericht": str(fault)})
    open_attention(connection, sent.id, Aanleiding.BEANTWOORD_MET_FOUT, now, fault)
