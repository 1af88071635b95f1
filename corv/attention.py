"""What a person must look at: opened by an outcome, closed by a decision. Only inside a transaction."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from corv.database import add_event
from corv.outcome import Answered, Status


class Aanleiding(StrEnum):
    """Why a person must look; the first three are the status that the message got.

    OPENSTAAND is asked by nobody: it says that a person settled, outside this program, what was outstanding.
    """

    TE_BEOORDELEN = "te_beoordelen"
    GEWEIGERD = "geweigerd"
    ONLEESBAAR = "onleesbaar"
    BEANTWOORD_MET_FOUT = "beantwoord_met_fout"
    FOUT_OP_ANTWOORD = "fout_op_antwoord"
    DOORSTURING_GEWEIGERD = "doorsturing_geweigerd"
    DOORSTURING_STIL = "doorsturing_stil"
    NIET_DOORGESTUURD = "niet_doorgestuurd"
    MELDER_INLICHTEN = "melder_inlichten"
    OPENSTAAND = "openstaand"


REOPENED = (
    Aanleiding.DOORSTURING_GEWEIGERD,
    Aanleiding.DOORSTURING_STIL,
    Aanleiding.NIET_DOORGESTUURD,
    Aanleiding.FOUT_OP_ANTWOORD,
)
"""Why a rerouted message is ours again until a person settles it: nobody shows that the other has it, or its melder refuses."""


@dataclass(frozen=True)
class Person:
    """Who acts, why, and when: a person, or this program itself."""

    naam: str
    reden: str
    op: datetime


def open_attention(
    connection: sqlite3.Connection, bericht: UUID, aanleiding: Aanleiding, now: datetime, door_bericht: UUID | None = None
) -> None:
    """Ask for attention, once for each reason. `door_bericht`: the message that gave cause, where it is another."""
    opened = connection.execute(
        "INSERT OR IGNORE INTO aandacht (bericht, aanleiding, geopend_op) VALUES (?, ?, ?)",
        (str(bericht), aanleiding, now.isoformat()),
    )
    if not opened.rowcount and door_bericht is None:
        return  # it is open already, and nothing new gave cause
    facts = {"aanleiding": aanleiding, "door_bericht": str(door_bericht) if door_bericht else None}
    add_event(connection, bericht, now, "aandacht", facts)


def close_attention(connection: sqlite3.Connection, bericht: UUID, person: Person, aanleiding: Aanleiding | None = None) -> bool:
    """Settle what is open on a message, all of it or for one reason; False when nothing was."""
    done = connection.execute(
        "UPDATE aandacht SET gesloten_op = ?1, door = ?2, reden = ?3 "
        "WHERE bericht = ?4 AND gesloten_op IS NULL AND coalesce(?5, aanleiding) = aanleiding",
        (person.op.isoformat(), person.naam, person.reden, str(bericht), aanleiding),
    )
    if done.rowcount:
        add_event(connection, bericht, person.op, "afgehandeld", {"door": person.naam, "reden": person.reden})
    return bool(done.rowcount)


def settle_outstanding(connection: sqlite3.Connection, bericht: UUID, person: Person) -> None:
    """Record that nothing is awaited any more on a message: a person settled it outside this program."""
    connection.execute(
        "INSERT INTO aandacht (bericht, aanleiding, geopend_op, gesloten_op, door, reden) VALUES (?, ?, ?, ?, ?, ?)",
        (str(bericht), Aanleiding.OPENSTAAND, person.op.isoformat(), person.op.isoformat(), person.naam, person.reden),
    )
    facts = {"aanleiding": Aanleiding.OPENSTAAND, "door": person.naam, "reden": person.reden}
    add_event(connection, bericht, person.op, "afgehandeld", facts)


def note_fault(connection: sqlite3.Connection, sent: Answered, fault: UUID, now: datetime) -> None:
    """Something that went out came back as not accepted, by the message `fault`; told at receipt or by a person later.

    A reply of ours has no status of its own, a message has.
    """
    if sent.made_by_us:
        reason = Aanleiding.DOORSTURING_GEWEIGERD if sent.is_doorsturing else Aanleiding.FOUT_OP_ANTWOORD
        open_attention(connection, sent.id, reason, now, fault)
        return
    status = Status.BEANTWOORD_MET_FOUT
    connection.execute("UPDATE bericht SET status = ? WHERE id = ?", (status, str(sent.id)))
    add_event(connection, sent.id, now, "beantwoord", {"status": status, "door_bericht": str(fault)})
    open_attention(connection, sent.id, Aanleiding.BEANTWOORD_MET_FOUT, now, fault)
