"""A person at work on one message: gather, decide with `ruling`, record, and have the files written.

Works beside a running service: recording needs only the database. The files are written by whoever holds the working folder:
we, when nobody does, else the service, which is woken.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Row
from uuid import UUID

from sqlite_utils import Database

from corv import person_rows
from corv.attention import Person
from corv.case import Case
from corv.database import rows
from corv.errors import UsageError
from corv.folders import find_original
from corv.outcome import Decision, Facts, Incoming, Output
from corv.outstanding import outstanding
from corv.person_rows import order_again, settle
from corv.reading import read
from corv.ruling import Keuze, outputs_of, rule
from corv.settings import Settings


def decide(db: Database, settings: Settings, id_: UUID, keuze: Keuze, person: Person) -> Decision:
    """Record a person's decision on a message that waits for judgement, with the files that must be written.

    Raises UsageError when it can't be decided so: settled already, or the original is gone or changed.
    """
    (row,) = rows(db, "SELECT kanaal, bestand, sha256, ontvangen_op FROM bericht WHERE id = ?", (str(id_),))
    kanaal = settings.named(row["kanaal"])

    def make(tijdstip: str) -> tuple[Decision, Sequence[Output]]:
        incoming = Incoming(id_, kanaal, _original(settings, id_, row), datetime.fromisoformat(row["ontvangen_op"]), tijdstip)
        reading = read(incoming.raw or b"")
        if reading.stuurgegevens is None and keuze is Keuze.ACCEPTEER:
            raise UsageError(
                "Dit bericht is niet te lezen, dus niet te bezorgen. Bekijk het zelf in het archief, en kies --weiger."
            )
        case = Case(id_, kanaal, reading, (), Facts(), settings)
        decision = rule(case, keuze, person.reden)
        return decision, outputs_of(incoming, case, decision)

    return settle(db, id_, person, make)


def finish(db: Database, settings: Settings, id_: UUID, person: Person) -> None:
    """Record that a person dealt with what asked for attention, or with what was outstanding; raises as `finish` of the rows."""
    waits = any(item.id == str(id_) for item in outstanding(db, settings.termijnen, person.op))
    person_rows.finish(db, id_, person, is_outstanding=waits)


def deliver_again(db: Database, settings: Settings, id_: UUID, soorten: Sequence[str], person: Person) -> list[str]:
    """Have the files of these kinds written again under the same name with the same bytes; gives their names.

    Without kinds the message must have one file. Raises UsageError when it can't be: nothing delivered, which one is not
    clear, or it still lies there.
    """
    query = "SELECT volgnr, soort, kanaal, map, bestandsnaam, bezorgd_op FROM uitvoer WHERE bericht = ? "
    query += (
        "AND (inhoud IS NOT NULL OR referentienummer IS NULL) ORDER BY volgnr"  # an answer whose bytes are not known is left out
    )
    delivered = [row for row in rows(db, query, (str(id_),)) if row["bezorgd_op"]]
    kinds = list(dict.fromkeys(row["soort"] for row in delivered))
    if not delivered:
        raise UsageError("Van dit bericht is niets bezorgd, dus er is niets om opnieuw te bezorgen.")
    if set(soorten) - set(kinds) or (not soorten and len(delivered) > 1):
        raise UsageError(f"Zeg met --soort welk bestand opnieuw moet. Van dit bericht zijn bezorgd: {', '.join(kinds)}")
    wanted = [row for row in delivered if not soorten or row["soort"] in soorten]
    for row in wanted:
        target = settings.named(row["kanaal"]).outbox / row["map"] / row["bestandsnaam"]
        if target.exists():
            raise UsageError(
                f"{row['bestandsnaam']} ligt nog in de outbox van {row['kanaal']}: de andere kant heeft het nog niet opgehaald."
            )
    order_again(db, id_, [row["volgnr"] for row in wanted], person)
    return [row["bestandsnaam"] for row in wanted]


def _original(settings: Settings, id_: UUID, row: Row) -> bytes:
    path = find_original(settings, row["kanaal"], id_, row["bestand"])
    raw = path.read_bytes() if path is not None else None
    if raw is None or hashlib.sha256(raw).hexdigest() != row["sha256"]:
        what = "is niet meer te vinden" if raw is None else "is veranderd"
        raise UsageError(f"Het origineel van dit bericht {what}. Kijk met corv herstel wat er mis is.")
    return raw
