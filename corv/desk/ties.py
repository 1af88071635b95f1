"""Two messages tied by hand, or untied: what no number tells, a person does. Works beside a running service.

Each is one transaction that first looks whether it may still be done, so of two people who do the same one is told who was
first. An answer without a known question that is tied to something that went out becomes its answer, with everything that
would have followed at receipt; untying it takes that back.
"""

import sqlite3
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlite_utils import Database

from corv.attention import Aanleiding, Person, close_attention, note_fault
from corv.berichten.soort import Sleutelsoort
from corv.database import add_event, transaction
from corv.errors import SettledError, UsageError
from corv.moments import shown
from corv.outcome import Answered, Status
from corv.settings import Kant
from corv.stuf import ANSWERS, FAULTS, VERRIJKINGEN

_WENT_OUT = frozenset({Status.GEACCEPTEERD, Status.HERROUTEERD, Status.BEANTWOORD_MET_FOUT})


@dataclass(frozen=True)
class Member:
    """One of the two messages, as far as a tie depends on it."""

    id: UUID
    kanaal: str
    status: Status
    berichtcode: str | None
    hoort_bij: UUID | None
    functie: str | None = None

    @property
    def lacks_question(self) -> bool:
        """A Bv or Fo of which nobody knows what it answers. One of our own counts only when it went out."""
        return self.berichtcode in ANSWERS and self._is_loose

    def may_answer(self, question: "Member") -> bool:
        """Whether this may be the answer to that, as far as its kind tells: an ucob or uci answers one kind of request."""
        is_its_request = self.functie is not None and VERRIJKINGEN.get(question.functie or "") == self.functie
        return self.lacks_question or (is_its_request and self._is_loose and self.status is not Status.GEWEIGERD)

    @property
    def _is_loose(self) -> bool:
        return self.hoort_bij is None and (self.kanaal == Kant.CORV or self.status in _WENT_OUT)


@dataclass(frozen=True)
class Effect:
    """What tying or untying does besides: `antwoord` is, or is no longer, the answer to `vraag`; None when nothing changes.

    `is_fault`: the answer says that what we sent was not accepted. `status`: what `vraag` has afterwards.
    """

    antwoord: UUID | None = None
    vraag: UUID | None = None
    is_fault: bool = False
    status: Status | None = None


def tie(db: Database, een: UUID, ander: UUID, person: Person) -> Effect:
    """Tie two messages. Raises UsageError when they are one and the same, not handled yet, or belong together already.

    That they share a number in their content does not keep one from becoming the answer to the other: the program tied them
    not, because their other number or their parties do not fit, or because another request has that number too.
    """
    with transaction(db) as connection:
        pair = _pair(connection, een, ander)
        last = _last_row(connection, een, ander)
        if last is not None and last["vast"]:
            raise SettledError(f"Deze twee berichten zijn al gekoppeld, door {last['door']} op {shown(last['op'])}.")
        effect = effect_of(*pair)
        number = _named_by(connection, *pair) or (_shared_key(connection, *pair) if effect.antwoord is None else None)
        if number:
            raise UsageError(f"Deze twee berichten horen al bij elkaar, door hun {number}.")
        previous = _previous_status(connection, effect, pair)
        _insert(connection, een, ander, person, vast=True, antwoord=effect.antwoord, vorige_status=previous)
        _add_events(connection, "gekoppeld", (een, ander), person, {effect.antwoord: {"hoort_bij": _text(effect.vraag)}})
        if effect.antwoord is not None and effect.vraag is not None:
            _set_answer(connection, effect.antwoord, effect.vraag)
            on_forward = effect.status is Status.HERROUTEERD
            if effect.is_fault:
                sent = Answered(effect.vraag, Kant.EIGEN, None, None, made_by_us=on_forward, is_doorsturing=on_forward)
                note_fault(connection, sent, effect.antwoord, person.op)
            elif on_forward:
                close_attention(connection, effect.vraag, person, Aanleiding.DOORSTURING_STIL)
    return effect


def untie(db: Database, een: UUID, ander: UUID, person: Person) -> Effect:
    """Undo a tie, with what it did to the two messages. Raises UsageError when they were not tied by hand."""
    with transaction(db) as connection:
        pair = _pair(connection, een, ander)
        last = _last_row(connection, een, ander)
        if last is None or not last["vast"]:
            number = _named_by(connection, *pair) or _shared_key(connection, *pair)
            why = f" Zij horen bij elkaar door hun {number}; dat is niet los te maken." if number else ""
            raise UsageError(f"Deze twee berichten zijn niet met de hand gekoppeld.{why}")
        effect = _take_back(connection, last, pair)
        _insert(connection, een, ander, person, vast=False)
        _add_events(
            *(connection, "losgekoppeld", (een, ander), person),
            {effect.antwoord: {"hoort_bij": None}, effect.vraag: {"status": effect.status}},
        )
        if effect.vraag is not None and effect.status is not Status.BEANTWOORD_MET_FOUT:
            close_attention(connection, effect.vraag, person, Aanleiding.BEANTWOORD_MET_FOUT)
        if effect.vraag is not None and effect.is_fault and not _has_fault(connection, effect.vraag):
            close_attention(connection, effect.vraag, person, Aanleiding.DOORSTURING_GEWEIGERD)
    return effect


def effect_of(een: Member, ander: Member) -> Effect:
    """What tying these two does besides, where it is clear which of the two answers the other. Pure."""
    for answer, question in ((een, ander), (ander, een)):
        is_forward = question.status is Status.HERROUTEERD and answer.kanaal == Kant.CORV
        went_out = question.status in _WENT_OUT and (is_forward or question.kanaal != answer.kanaal)
        if answer.may_answer(question) and not question.lacks_question and went_out:
            is_fault = answer.berichtcode in FAULTS and answer.kanaal == Kant.CORV
            status = Status.BEANTWOORD_MET_FOUT if is_fault and not is_forward else question.status
            return Effect(answer.id, question.id, is_fault, status)
    return Effect()


def _take_back(connection: sqlite3.Connection, last: sqlite3.Row, pair: tuple[Member, Member]) -> Effect:
    """Undo what the tie set: the answer's hoort_bij and, unless another fault came back, the status of what it answered."""
    answer = next((member for member in pair if str(member.id) == last["antwoord"]), None)
    question = next(member for member in pair if member is not answer)
    if answer is None or answer.hoort_bij != question.id:
        return Effect()
    _set_answer(connection, answer.id, None)
    status = question.status
    if last["vorige_status"] and status is Status.BEANTWOORD_MET_FOUT and not _has_fault(connection, question.id):
        status = Status(last["vorige_status"])
        connection.execute("UPDATE bericht SET status = ? WHERE id = ?", (status, str(question.id)))
    return Effect(answer.id, question.id, answer.berichtcode in FAULTS and answer.kanaal == Kant.CORV, status)


def _previous_status(connection: sqlite3.Connection, effect: Effect, pair: tuple[Member, Member]) -> str | None:
    """What the status goes back to when this tie, and every other fault on the same message, is gone."""
    if not effect.is_fault:
        return None
    question = next(member for member in pair if member.id == effect.vraag)
    if question.status is not Status.BEANTWOORD_MET_FOUT:
        return question.status
    query = (
        "SELECT vorige_status FROM koppeling WHERE ? IN (een, ander) AND vorige_status IS NOT NULL ORDER BY volgnr DESC LIMIT 1"
    )
    found = connection.execute(query, (str(question.id),)).fetchone()
    return found[0] if found else None


def _pair(connection: sqlite3.Connection, een: UUID, ander: UUID) -> tuple[Member, Member]:
    if een == ander:
        raise UsageError("Dit is twee keer hetzelfde bericht. Geef twee verschillende kenmerken.")
    query = "SELECT kanaal, status, berichtcode, hoort_bij, functie FROM bericht WHERE id = ?"
    members = []
    for id_ in (een, ander):
        kanaal, status, berichtcode, hoort_bij, functie = connection.execute(query, (str(id_),)).fetchone()
        if status == Status.ONTVANGEN:
            raise UsageError(f"Bericht {id_} is nog niet verwerkt. Probeer het daarna opnieuw.")
        members.append(Member(id_, kanaal, Status(status), berichtcode, UUID(hoort_bij) if hoort_bij else None, functie))
    return members[0], members[1]


def _last_row(connection: sqlite3.Connection, een: UUID, ander: UUID) -> sqlite3.Row | None:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    query = (
        "SELECT vast, door, op, antwoord, vorige_status FROM koppeling "
        "WHERE (een, ander) IN (VALUES (:een, :ander), (:ander, :een)) ORDER BY volgnr DESC LIMIT 1"
    )
    row: sqlite3.Row | None = cursor.execute(query, {"een": str(een), "ander": str(ander)}).fetchone()
    return row


def _named_by(connection: sqlite3.Connection, een: Member, ander: Member) -> str | None:
    """The number in the stuurgegevens by which these two belong together directly, if any."""
    same_identity = """
        SELECT 1 FROM bericht a JOIN bericht b
        USING (referentienummer, zender_organisatie, zender_applicatie, zender_administratie, kanaal)
        WHERE a.id = ? AND b.id = ? AND referentienummer <> ''
    """
    if connection.execute(same_identity, (str(een.id), str(ander.id))).fetchone():
        return "referentienummer"
    return "crossRefnummer" if een.hoort_bij == ander.id or ander.hoort_bij == een.id else None


def _shared_key(connection: sqlite3.Connection, een: Member, ander: Member) -> str | None:
    """The kind of number in their content that these two share, if any."""
    query = (
        "SELECT soort FROM sleutel a JOIN sleutel b USING (soort, waarde, partij) "
        "WHERE a.bericht = ? AND b.bericht = ? AND soort <> ?"
    )
    not_that = Sleutelsoort.INGEDIENDE_MELDING  # see `conversation`
    key = connection.execute(query, (str(een.id), str(ander.id), not_that)).fetchone()
    return key[0] if key else None


def _has_fault(connection: sqlite3.Connection, question: UUID) -> bool:
    query = "SELECT 1 FROM bericht WHERE hoort_bij = ? AND berichtcode IN ('Fo01', 'Fo03') AND kanaal = ?"
    return connection.execute(query, (str(question), Kant.CORV)).fetchone() is not None


def _set_answer(connection: sqlite3.Connection, answer: UUID, question: UUID | None) -> None:
    connection.execute("UPDATE bericht SET hoort_bij = ? WHERE id = ?", (_text(question), str(answer)))


def _insert(  # noqa: PLR0913 - one argument a fact of the row
    connection: sqlite3.Connection,
    een: UUID,
    ander: UUID,
    person: Person,
    *,
    vast: bool,
    antwoord: UUID | None = None,
    vorige_status: str | None = None,
) -> None:
    connection.execute(
        "INSERT INTO koppeling (een, ander, vast, door, reden, op, antwoord, vorige_status) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (str(een), str(ander), vast, person.naam, person.reden, person.op.isoformat(), _text(antwoord), vorige_status),
    )


def _add_events(
    connection: sqlite3.Connection,
    soort: str,
    pair: tuple[UUID, UUID],
    person: Person,
    extra: dict[UUID | None, dict[str, Any]],
) -> None:
    """One event on each of the two; `extra`: what else the event of that message tells."""
    een, ander = pair
    for one, other in ((een, ander), (ander, een)):
        facts = {"door": person.naam, "reden": person.reden, "ander": str(other)}
        add_event(connection, one, person.op, soort, facts | extra.get(one, {}))


def _text(id_: UUID | None) -> str | None:
    return str(id_) if id_ is not None else None
