"""What was ever seen in an inbox, and what became of it. Read only: SQL in, rows out; a row never holds the name of a file."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from corv.database import Readable, rows
from corv.lotgeval import Lotgeval

NOT_TAKEN = (Lotgeval.WACHT, Lotgeval.GENEGEERD, Lotgeval.VERDWENEN)

_SEEN = """
    SELECT g.kanaal, g.gezien_op, g.lot, g.lot_op, g.reden, g.grootte, b.id AS kenmerk
    FROM grootboek g LEFT JOIN bericht b ON b.id = g.id WHERE {where}
    ORDER BY g.lot_op DESC, g.gezien_op DESC, g.id DESC LIMIT :aantal
"""


@dataclass(frozen=True)
class Gezocht:
    """What is asked for; what is None or empty does not matter. `naam`: as the ledger stores it, which is compared exactly.

    `vanaf`: only what was seen for the first time or changed since then. `zonder`: not what has one of these reasons.
    """

    naam: str | None = None
    kanaal: str | None = None
    loten: Sequence[Lotgeval] = ()
    vanaf: datetime | None = None
    zonder: Sequence[str] = ()


def seen(db: Readable, asked: Gezocht, limit: int) -> list[dict[str, Any]]:
    """What was seen in the inboxes, in the form of `corv gezien --json`: what changed last comes first."""
    conditions = {
        "g.bestandsnaam = :naam": asked.naam,
        "g.kanaal = :kanaal": asked.kanaal,
        "g.lot IN (SELECT value FROM json_each(:loten))": json.dumps(list(asked.loten)) if asked.loten else None,
        "coalesce(g.reden, '') NOT IN (SELECT value FROM json_each(:zonder))": json.dumps(list(asked.zonder)),
        "g.lot_op >= :vanaf": asked.vanaf.isoformat() if asked.vanaf is not None else None,
    }
    where = " AND ".join(condition for condition, value in conditions.items() if value is not None) or "true"
    values = {condition.rpartition(":")[2].rstrip(")"): value for condition, value in conditions.items()}
    return [dict(row) for row in rows(db, _SEEN.format(where=where), {**values, "aantal": limit})]


def knows_all_since(db: Readable) -> str:
    """From when on everything that was seen is known; of before that only what was taken. An ISO moment."""
    ((moment,),) = rows(db, "SELECT op FROM stand WHERE naam = 'grootboek'")
    return str(moment)
