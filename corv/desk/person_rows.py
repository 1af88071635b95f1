"""What a person decides, as rows: each function is one transaction that first looks whether it may still be done.

Works beside a running service. A file that must follow is a row with te_schrijven = 1; who holds the working folder writes
it (`orders`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any
from uuid import UUID

from sqlite_utils import Database

from corv.attention import REOPENED, Aanleiding, Person, close_attention, settle_outstanding
from corv.database import add_event, rows, transaction
from corv.errors import SettledError, UsageError
from corv.moments import next_moment, shown
from corv.outcome import Decision, Output, Status
from corv.outcome_rows import (
    SYSTEM,
    ask_about_melder,
    decision_facts,
    insert_decision,
    insert_keys,
    insert_output,
    output_facts,
)
from corv.reading import Reading
from corv.store import last_moment


@dataclass(frozen=True)
class Ruled:
    """What a person decided: the decision, the files that go with it, and the message that it is about."""

    decision: Decision
    outputs: Sequence[Output]
    reading: Reading


Make = Callable[[str], Ruled]
"""From the tijdstip that an answer may take to what was decided."""


def settle(db: Database, id_: UUID, person: Person, make: Make) -> Decision:
    """Record a person's decision on a message that waits for judgement.

    Raises SettledError when it does not, or no longer, wait: of two who decide at the same time one wins.
    """
    with transaction(db) as connection:
        message = _message(connection, id_)
        if message["status"] != Status.TE_BEOORDELEN and not _is_reopened(connection, id_):
            raise SettledError(_who_settled(db, id_, message["status"]))
        moment = next_moment(person.op, last_moment(connection))
        ruled = make(moment)
        decision, outputs = ruled.decision, ruled.outputs
        query = "SELECT kanaal, map, bestandsnaam FROM uitvoer WHERE bericht = ?"
        there = set(connection.execute(query, (str(id_),)))  # it may have been answered before: see `adoption`
        outputs = [output for output in outputs if (output.kanaal, output.map, output.bestandsnaam) not in there]
        connection.execute("UPDATE bericht SET status = ? WHERE id = ?", (decision.status, str(id_)))
        insert_decision(connection, id_, decision, person.naam, person.op, moment)
        for output in outputs:
            insert_output(connection, id_, output, message["sha256"], None, person.op)
        facts = {**decision_facts(decision), "door": person.naam, "reden": person.reden}
        add_event(connection, id_, person.op, "besloten", {**facts, "uitvoer": output_facts(outputs, message["sha256"])})
        again = (*REOPENED, Aanleiding.MELDER_INLICHTEN)
        for aanleiding in (Aanleiding.TE_BEOORDELEN,) if message["status"] == Status.TE_BEOORDELEN else again:
            close_attention(connection, id_, person, aanleiding)
        insert_keys(connection, id_, ruled.reading)
        ask_about_melder(connection, id_, decision, outputs, person.op)
    return decision


_IS_FOLLOWED = "Corv wacht nog op antwoord van het andere Veilig Thuis, en vraagt vanzelf aandacht als dat uitblijft."


def finish(db: Database, id_: UUID, person: Person, *, is_outstanding: bool) -> list[str]:
    """Record that a person dealt with what asked for attention, or else with what was outstanding; gives what is still open.

    Who called the melder did not thereby see to a melding that is ours again, so that is settled apart. Raises SettledError
    when nothing is open there.
    """
    with transaction(db) as connection:
        status = _message(connection, id_)["status"]
        if status == Status.TE_BEOORDELEN:
            raise UsageError("Dit bericht wacht op een besluit. Kies --accepteer, --herrouteer of --weiger.")
        reasons = _open_reasons(connection, id_)
        if Aanleiding.MELDER_INLICHTEN in reasons:
            close_attention(connection, id_, person, Aanleiding.MELDER_INLICHTEN)
            return sorted(reasons - {Aanleiding.MELDER_INLICHTEN})
        was_silent = Aanleiding.DOORSTURING_STIL in reasons  # then what is outstanding is what it is about
        if close_attention(connection, id_, person) and not (was_silent and is_outstanding):
            return []
        if not is_outstanding:
            raise SettledError(_who_finished(db, id_))
        if _last_reason(db, id_) == Aanleiding.MELDER_INLICHTEN:  # a second person who says the same did not hear from the other
            raise SettledError(f"{_who_finished(db, id_)} {_IS_FOLLOWED}")
        settle_outstanding(connection, id_, person)
    return []


def order_again(db: Database, id_: UUID, volgnrs: Sequence[int], person: Person) -> None:
    """Have files written once more: same name, same bytes. Raises SettledError when one of them is under way already."""
    with transaction(db) as connection:
        for volgnr in volgnrs:
            done = connection.execute(
                "UPDATE uitvoer SET te_schrijven = 1, bezorgd_op = NULL, opgehaald_op = NULL WHERE volgnr = ? AND bericht = ? "
                "AND te_schrijven = 0 AND bezorgd_op IS NOT NULL RETURNING soort, kanaal, bestandsnaam",
                (volgnr, str(id_)),
            ).fetchone()
            if done is None:
                raise SettledError("Dit bestand wordt al bezorgd. Kijk straks met corv toon of het er staat.")
            facts = dict(zip(("soort", "kanaal", "bestand"), done, strict=True))
            add_event(connection, id_, person.op, "opdracht", {**facts, "door": person.naam, "reden": person.reden})


def _is_reopened(connection: Connection, id_: UUID) -> bool:
    """Whether sending this on came to nothing, so that a person may decide about it again."""
    if _message(connection, id_)["status"] != Status.HERROUTEERD:
        return False
    return bool(_open_reasons(connection, id_) & set(REOPENED))


def _open_reasons(connection: Connection, id_: UUID) -> set[str]:
    query = "SELECT aanleiding FROM aandacht WHERE bericht = ? AND gesloten_op IS NULL"
    return {aanleiding for (aanleiding,) in connection.execute(query, (str(id_),))}


def _message(connection: Connection, id_: UUID) -> dict[str, Any]:
    status, digest = connection.execute("SELECT status, sha256 FROM bericht WHERE id = ?", (str(id_),)).fetchone()
    return {"status": status, "sha256": digest}


def _who_settled(db: Database, id_: UUID, status: str) -> str:
    if status == Status.ONTVANGEN:
        return "Dit bericht is nog niet verwerkt; er valt nog niets te beslissen."
    query = "SELECT door, genomen_op, actie, reden FROM besluit WHERE bericht = ? ORDER BY volgnr DESC LIMIT 1"
    (last,) = rows(db, query, (str(id_),))
    if last["door"] == SYSTEM:
        return f"Dit bericht wacht niet op een besluit: de status is {status}."
    return (
        f"Dit bericht is al beslist door {last['door']}, op {shown(last['genomen_op'])}: {last['actie']}. Reden: {last['reden']}"
    )


def _last_reason(db: Database, id_: UUID) -> str | None:
    """Why this message asked for attention the last time."""
    query = "SELECT aanleiding FROM aandacht WHERE bericht = ? ORDER BY volgnr DESC LIMIT 1"
    return next((str(row["aanleiding"]) for row in rows(db, query, (str(id_),))), None)


def _who_finished(db: Database, id_: UUID) -> str:
    query = "SELECT door, gesloten_op, reden FROM aandacht WHERE bericht = ? ORDER BY volgnr DESC LIMIT 1"
    last = next(iter(rows(db, query, (str(id_),))), None)
    if last is None:
        return "Dit bericht vraagt geen aandacht; er valt niets af te handelen."
    return f"Dit bericht is al afgehandeld door {last['door']}, op {shown(last['gesloten_op'])}. Reden: {last['reden']}"
