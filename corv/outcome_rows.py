"""One `Outcome` to its rows: message, keys, decision, findings, outputs, attention, and the event that tells of them."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from corv.attention import Aanleiding, Person, close_attention, note_fault, open_attention
from corv.database import add_event
from corv.herregels import Poging
from corv.outcome import Actie, Decision, Outcome, Output, Soort, Status, Verklaring
from corv.reading import Reading
from corv.recepten import to_json
from corv.routing import FAILED
from corv.stuf import FOUTCODES
from corv.stuurgegevens import LONGEST_FIELD
from corv.werkgebied import as_json

Teken = Callable[[str, str], str]
"""The mark of the `inbox` or `outbox` of a channel, by its name (`roots`)."""

MOST_EVIDENCE = 200
"""So many addresses are recorded of one message."""

TAKEN_BACK = "teruggenomen"
"""Stands as `regel` at what was put back after a restore of the database, where what became of it is not known for sure."""

SYSTEM = "corv"
"""Who decided, where no person did."""


def write_outcome(
    connection: sqlite3.Connection, outcome: Outcome, place: str | None, teken_of: Teken, now: datetime
) -> list[tuple[int, Output]]:
    """Write all rows of one outcome; gives each output with its number. Only inside a transaction.

    `place`: where the original will rest, None when it stays where it is.
    """
    id_, decision = outcome.incoming.id, outcome.decision
    _update_message(connection, outcome, place)
    insert_decision(connection, id_, decision, SYSTEM, now)
    connection.executemany(
        "INSERT INTO bevinding (bericht, nr, code, niveau, pad, regel, tekst) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(str(id_), nr, f.code, f.niveau, f.pad, f.regel, f.tekst) for nr, f in enumerate(outcome.findings, start=1)],
    )
    insert_keys(connection, id_, outcome.reading)
    if not outcome.reading.wants_terugkoppeling:
        connection.execute("INSERT OR IGNORE INTO geen_terugkoppeling (bericht) VALUES (?)", (str(id_),))
    raw = outcome.incoming.raw
    original = hashlib.sha256(raw).hexdigest() if raw is not None else None
    if outcome.verklaring is not None:
        text = json.dumps(explained(outcome.verklaring), ensure_ascii=False)
        connection.execute("INSERT OR REPLACE INTO verklaring (bericht, gegevens) VALUES (?, ?)", (str(id_), text))
    written = [
        (insert_output(connection, id_, output, original, teken_of(output.kanaal, "outbox"), now), output)
        for output in outcome.outputs
    ]
    found = [finding.code for finding in outcome.findings]
    facts = {**decision_facts(decision), "bevindingen": found, "uitvoer": output_facts(outcome.outputs, original)}
    add_event(connection, id_, now, "besloten", {**facts, "berichtsoort": _judged_as(outcome)})
    _ask_attention(connection, id_, decision, now)
    ask_about_melder(connection, id_, decision, outcome.outputs, now)
    return written


def insert_decision(  # noqa: PLR0913 - one argument a fact of the row
    connection: sqlite3.Connection, id_: UUID, decision: Decision, door: str, now: datetime, tijdstip: str | None = None
) -> None:
    """Add a decision; the last one of a message counts. `tijdstip`: that of an answer that comes with it."""
    fault = FOUTCODES[decision.foutcode].bericht if decision.foutcode else None
    connection.execute(
        "INSERT INTO besluit (bericht, genomen_op, door, actie, naar, regel, reden, foutcode, foutbericht, antwoord_tijdstip) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(str(id_), now.isoformat(), door, decision.actie, decision.naar),
            *(decision.regel, decision.reden, decision.foutcode, fault, tijdstip),
        ),
    )


def insert_output(  # noqa: PLR0913 - one argument a fact of the row
    connection: sqlite3.Connection, id_: UUID, output: Output, original: str | None, teken: str | None, now: datetime
) -> int:
    """Add a file to deliver, give its number. `original`: the SHA-256 of the message. No `teken`: it must still be written."""
    cursor = connection.execute(
        "INSERT INTO uitvoer (bericht, soort, kanaal, map_teken, map, bestandsnaam, sha256, referentienummer, inhoud, "
        "klaargezet_op, te_schrijven, recept) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(str(id_), output.soort, output.kanaal, teken or "", output.map, output.bestandsnaam, _digest(output, original)),
            *(output.referentienummer, output.inhoud if output.recept is None else None, now.isoformat(), teken is None),
            to_json(output.recept) if output.recept is not None else None,
        ),
    )
    return int(cursor.lastrowid or 0)


def explained(verklaring: Verklaring) -> dict[str, Any]:
    """Why it was decided so, in the words of `corv verklaar --json` and `corv toon --json`.

    Of a message with more addresses than any real one has, those on which the outcome rests come first and the rest is left out.
    """
    werkgebied = verklaring.werkgebied
    if werkgebied is not None and len(werkgebied.bewijs) > MOST_EVIDENCE:
        first = sorted(werkgebied.bewijs, key=lambda bewijs: not bewijs.telt)[:MOST_EVIDENCE]
        werkgebied = werkgebied._replace(bewijs=tuple(first))
    return {
        "werkgebied": as_json(werkgebied) if werkgebied is not None else None,
        "regels": attempts_json(verklaring.pogingen),
        "regelbestand": verklaring.regelbestand,
        "tabellen": verklaring.tabellen,
    }


def attempts_json(pogingen: Sequence[Poging]) -> list[dict[str, Any]]:
    """The rules that were tried, in the same words."""
    return [{"naam": poging.naam, "past": poging.past, "waarom": poging.waarom} for poging in pogingen]


def decision_facts(decision: Decision) -> dict[str, Any]:
    """What an event tells of a decision."""
    return {
        "status": decision.status,
        "actie": decision.actie,
        "regel": decision.regel,
        "naar": decision.naar,
        "foutcode": decision.foutcode,
        "hoort_bij": _text(decision.hoort_bij),
    }


def output_facts(outputs: Sequence[Output], original: str | None) -> list[dict[str, str | None]]:
    """What an event tells of the files that go with a decision."""
    return [{"soort": o.soort, "kanaal": o.kanaal, "bestand": o.bestandsnaam, "sha256": _digest(o, original)} for o in outputs]


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


def ask_about_melder(
    connection: sqlite3.Connection, id_: UUID, decision: Decision, outputs: Sequence[Output], now: datetime
) -> None:
    """What a person must do about a melding that goes elsewhere, where our files do not do it.

    Where nothing was sent on, nobody shows that the right organisation has it: until a person does, it is ours.
    """
    if decision.herrouteer_naar is not None and not any(output.soort == Soort.DOORSTURING for output in outputs):
        open_attention(connection, id_, Aanleiding.NIET_DOORGESTUURD, now)
    if decision.tell_melder:
        open_attention(connection, id_, Aanleiding.MELDER_INLICHTEN, now)


def insert_keys(connection: sqlite3.Connection, id_: UUID, reading: Reading) -> None:
    """The keys of a message; those that are there stay. A message of an earlier version may lack some."""
    connection.executemany(
        "INSERT OR IGNORE INTO sleutel (bericht, soort, waarde, partij) VALUES (?, ?, ?, ?)",
        [(str(id_), key.soort, key.waarde, key.partij) for key in reading.sleutels],
    )


def _ask_attention(connection: sqlite3.Connection, id_: UUID, decision: Decision, now: datetime) -> None:
    if decision.aandacht:
        open_attention(connection, id_, Aanleiding(decision.status), now)
    for sent in decision.faults_on:
        note_fault(connection, sent, id_, now)
    for sent_on in decision.receipts_on:
        reason = f"Er is antwoord gekomen van wie het doorgestuurde bericht kreeg: bericht {id_}."
        close_attention(connection, sent_on, Person(SYSTEM, reason, now), Aanleiding.DOORSTURING_STIL)
    if decision.supersedes is not None:
        _supersede(connection, decision.supersedes, id_, now)
    if decision.offered_again is not None:
        close_attention(connection, decision.offered_again, Person(SYSTEM, f"Opnieuw aangeboden en verzonden als {id_}.", now))


def _supersede(connection: sqlite3.Connection, first: UUID, later: UUID, now: datetime) -> None:
    """The first copy of a message need not be judged any more, unless a person was quicker."""
    query = "UPDATE bericht SET status = ?, hoort_bij = ? WHERE id = ? AND status = ?"
    values = (Status.HERHAALD, str(later), str(first), Status.TE_BEOORDELEN)
    if not connection.execute(query, values).rowcount:
        return
    reason = f"Hetzelfde bericht is opnieuw ontvangen als {later}, en toen wel verwerkt."
    decision = Decision(Status.HERHAALD, Actie.HERHAAL, reason, "opnieuw-ontvangen", hoort_bij=later)
    insert_decision(connection, first, decision, SYSTEM, now)
    add_event(connection, first, now, "besloten", decision_facts(decision))
    close_attention(connection, first, Person(SYSTEM, reason, now))


def _judged_as(outcome: Outcome) -> str | None:
    """As which kind of message a schema judged it: by its root, as its header may say something else. None when none did."""
    reading, is_judged = outcome.reading, outcome.decision.regel != FAILED
    return reading.soort.naam if is_judged and reading.soort is not None and reading.unreadable is None else None


def _digest(output: Output, original: str | None) -> str | None:
    return output.digest or original


def _text(id_: UUID | None) -> str | None:
    return str(id_) if id_ is not None else None
