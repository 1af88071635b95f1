"""A person at work on one message: gather, decide with `ruling`, record, and have the files written.

Works beside a running service: recording needs only the database. The files are written by whoever holds the working folder:
we, when nobody does, else the service, which is woken.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from sqlite3 import Row
from uuid import UUID

from sqlite_utils import Database

from corv.attention import Person
from corv.case import Case
from corv.checking import Validate
from corv.database import rows
from corv.desk import person_rows
from corv.desk.earlier import name_for
from corv.desk.person_rows import Ruled, order_again, settle
from corv.desk.ruling import Keuze, outputs_of, rule
from corv.errors import SettledError, UsageError, why
from corv.findings import has_fault
from corv.folders import find_original
from corv.history import History
from corv.judging import case_of
from corv.moments import dutch_day
from corv.outcome import MADE_FOR_OTHERS, Decision, Incoming
from corv.outstanding import outstanding
from corv.reading import read
from corv.recipients import recipient
from corv.roots import Root, check, former_roots, known_marks
from corv.settings import AndereOrganisatie, Settings
from corv.stuf import MELDINGEN


def decide(  # noqa: PLR0913 - who decides what about which message, and what it takes to judge that
    db: Database, settings: Settings, id_: UUID, keuze: Keuze, person: Person, validate: Validate, naar: str = ""
) -> Decision:
    """Record a person's decision on a message that waits for judgement, with the files that must be written.

    `naar`: the code of the organisation, for Keuze.HERROUTEER. Raises UsageError when it can't be decided so: settled already,
    the original is gone or changed, or it can't be sent on to that organisation.
    """
    (row,) = rows(db, "SELECT kanaal, bestand, sha256, ontvangen_op FROM bericht WHERE id = ?", (str(id_),))
    kanaal = settings.named(row["kanaal"])

    def make(tijdstip: str) -> Ruled:
        incoming = Incoming(id_, kanaal, _original(settings, id_, row), datetime.fromisoformat(row["ontvangen_op"]), tijdstip)
        reading = read(incoming.raw or b"")
        if reading.stuurgegevens is None and keuze is Keuze.ACCEPTEER:
            raise UsageError(
                "Dit bericht is niet te lezen, dus niet te bezorgen. Bekijk het zelf in het archief, en kies --weiger."
            )
        case = case_of(incoming, reading, History(db).facts(reading, kanaal), settings)
        if keuze is Keuze.WEIGER and _has_bv01(db, id_):
            raise UsageError(
                "De afzender heeft al een Bv01 gekregen, dus weigeren kan niet meer. Kies --accepteer of --herrouteer."
            )
        to = _recipient(case, naar, dutch_day(person.op), validate) if keuze is Keuze.HERROUTEER else None
        decision = rule(case, keuze, person.reden, to)
        if to is not None:
            decision = replace(decision, herrouteer_als=name_for(db, settings.herroutering.wijze, id_, to))
        return Ruled(decision, outputs_of(incoming, case, decision), reading)

    return settle(db, id_, person, make)


def _recipient(case: Case, code: str, on: date, validate: Validate) -> AndereOrganisatie:
    """The organisation to which a person sends this message on."""
    root, header = case.reading.root, case.reading.stuurgegevens
    if root is None or header is None or header.functie not in MELDINGEN or case.is_sent_by_us:
        raise UsageError("Alleen een ontvangen melding is te herrouteren. Neem zelf contact op met de andere organisatie.")
    if has_fault(validate(root)):
        raise UsageError(
            "Dit bericht is niet volgens het schema, dus zou de andere organisatie het weigeren. Neem zelf contact met haar op."
        )
    to = recipient(case.settings.organisaties, code.upper(), on, case.settings.organisatie.werkgebied, by_person=True)
    if isinstance(to, str):
        raise UsageError(to)
    return to


def _has_bv01(db: Database, id_: UUID) -> bool:
    return bool(rows(db, "SELECT 1 FROM uitvoer WHERE bericht = ? AND soort = 'Bv01'", (str(id_),)))


def finish(db: Database, settings: Settings, id_: UUID, person: Person) -> list[str]:
    """Record that a person dealt with what asked for attention, or with what was outstanding; gives what is still open.

    Raises as `finish` of the rows.
    """
    waits = any(item.id == str(id_) for item in outstanding(db, settings.termijnen, person.op))
    return person_rows.finish(db, id_, person, is_outstanding=waits)


def deliver_again(db: Database, settings: Settings, id_: UUID, soorten: Sequence[str], person: Person) -> list[str]:
    """Have the files of these kinds written again under the same name with the same bytes; gives their names.

    Of what was sent on more than once that is the last. Without kinds the message must have one file. Raises UsageError when
    it can't be: nothing delivered, which one is not clear, it is under way already, it still lies there, or its outbox is not
    there to look at.
    """
    query = (  # an answer whose bytes are not known any more is left out
        "SELECT volgnr, soort, kanaal, map_teken, map, bestandsnaam, bezorgd_op FROM uitvoer WHERE bericht = ? "
        "AND (inhoud IS NOT NULL OR recept IS NOT NULL OR referentienummer IS NULL) ORDER BY volgnr"
    )
    found = rows(db, query, (str(id_),))
    kinds = list(dict.fromkeys(row["soort"] for row in found))
    if not found:
        raise UsageError("Van dit bericht is niets geschreven dat opnieuw te bezorgen is.")
    if set(soorten) - set(kinds) or (not soorten and len(found) > 1):
        raise UsageError(f"Zeg met --soort welk bestand opnieuw moet. Van dit bericht zijn er: {', '.join(kinds)}")
    last = {row["soort"]: row["volgnr"] for row in found}
    wanted = [
        row
        for row in found
        if (not soorten or row["soort"] in soorten)
        # Of what was sent to one organisation after another, the last one counts.
        and (row["soort"] not in MADE_FOR_OTHERS or row["volgnr"] == last[row["soort"]])
    ]
    for row in wanted:
        _refuse_when_there(row, db, settings)
    order_again(db, id_, [row["volgnr"] for row in wanted], person)
    return [row["bestandsnaam"] for row in wanted]


def _refuse_when_there(row: Row, db: Database, settings: Settings) -> None:
    """A file that was not fetched yet may not be written again: then it would be fetched twice."""
    name, kanaal = row["bestandsnaam"], settings.named(row["kanaal"])
    if row["bezorgd_op"] is None:
        raise SettledError(f"{name} wordt al bezorgd. Kijk straks met corv toon of het er staat.")
    here = Root(kanaal, "outbox")
    former = {root.teken: root.path for root in former_roots(settings, db)}
    outbox = kanaal.outbox if known_marks(settings, db)[here] == row["map_teken"] else former.get(row["map_teken"])
    try:
        if outbox == kanaal.outbox:
            check(here, row["map_teken"])
        is_there = outbox is not None and (outbox / row["map"] / name).exists()
    except OSError as error:
        raise UsageError(f"De outbox van {kanaal.naam} is nu niet te bekijken ({why(error)}). Koppel haar eerst aan.") from error
    if is_there:
        raise UsageError(f"{name} ligt nog in de outbox van {kanaal.naam}: de andere kant heeft het nog niet opgehaald.")


def _original(settings: Settings, id_: UUID, row: Row) -> bytes:
    path = find_original(settings, row["kanaal"], id_, row["bestand"])
    raw = path.read_bytes() if path is not None else None
    if raw is None or hashlib.sha256(raw).hexdigest() != row["sha256"]:
        what = "is niet meer te vinden" if raw is None else "is veranderd"
        raise UsageError(f"Het origineel van dit bericht {what}. Kijk met corv herstel wat er mis is.")
    return raw
