"""Read-only questions: SQL in, rows out. Works while the service runs, through a connection that can't write."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from corv.berichten.soort import Sleutelsoort
from corv.database import open_for_reading, rows
from corv.dossier import LAST_DECISION, SUMMARY, whole
from corv.errors import UsageError

Row = dict[str, Any]

SHORTEST_ID = 6
"""So many characters of an id must be given; ids of one moment share their beginning, so any part will do."""

_PAGE = 500
_LAST = 2**62

_COLUMNS = {
    "kanaal": "+b.kanaal",
    "functie": "b.functie",
    "berichtcode": "b.berichtcode",
    "zender": "b.zender_organisatie",
    "ontvanger": "b.ontvanger_organisatie",
    "referentienummer": "b.referentienummer",
    "cross_refnummer": "b.cross_refnummer",
}
"""The fields of a `Filter` that a column must equal.

An index on one column gives its rows in order of volgnr, so a page costs no more than its own rows. An index on more columns
does not: SQLite would sort all that fits, for each page. The `+` keeps it from such an index of another question.
"""


@dataclass(frozen=True)
class Filter:
    """Which messages to list; what is None or empty does not matter. Conditions combine. Values compare exactly.

    `status`: this one, or any of these; `besluit`: the action of the last decision; `vanaf` is taken in, `tot` is not;
    `bevinding`: the code of one. `sleutels`: numbers as the message writes them; `ouder_dan`: only what came in before the
    message with this id.
    """

    status: str | tuple[str, ...] = ()
    kanaal: str | None = None
    functie: str | None = None
    berichtcode: str | None = None
    zender: str | None = None
    ontvanger: str | None = None
    referentienummer: str | None = None
    cross_refnummer: str | None = None
    besluit: str | None = None
    vanaf: datetime | None = None
    tot: datetime | None = None
    sleutels: tuple[tuple[Sleutelsoort, str], ...] = ()
    met_bevindingen: bool = False
    bevinding: str | None = None
    ouder_dan: str | None = None


class Audit:
    """Answers questions about one working folder; a context manager. Raises StorageError when there is no database yet."""

    def __init__(self, database: Path) -> None:
        self._db = open_for_reading(database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def messages(self, filter_: Filter, limit: int | None = None) -> Iterator[Row]:
        """The messages that fit, newest first, in the form of `corv berichten --json`; read page by page."""
        where, values = self._conditions(filter_)
        query = f"SELECT b.volgnr, {SUMMARY} FROM bericht b WHERE {where} ORDER BY b.volgnr DESC LIMIT :aantal"  # noqa: S608 - names of our own
        left = _LAST if limit is None else limit
        while left > 0:
            page = rows(self._db, query, {**values, "aantal": min(left, _PAGE)})
            for row in page:
                yield {name: row[name] for name in row.keys() if name != "volgnr"}  # noqa: SIM118 - a Row iterates over values
            if len(page) < _PAGE:
                return
            values["voor"], left = page[-1]["volgnr"], left - len(page)

    def count(self, filter_: Filter, at_most: int) -> int:
        """How many messages fit; counts no further than `at_most`."""
        where, values = self._conditions(filter_)
        query = f"SELECT count(*) AS aantal FROM (SELECT 1 FROM bericht b WHERE {where} LIMIT :hoogstens)"  # noqa: S608 - names of our own
        return int(rows(self._db, query, {**values, "hoogstens": at_most})[0]["aantal"])

    def find(self, part: str) -> str:
        """The id that contains this part. Raises UsageError when none does, or more than one."""
        if len(part) < SHORTEST_ID:
            raise UsageError(
                f"Geef minstens {SHORTEST_ID} tekens van het kenmerk van het bericht; de kenmerken staan in: corv berichten"
            )
        query = "SELECT id FROM bericht WHERE instr(id, lower(:deel)) LIMIT 2"  # in no order: the index on id answers it alone
        found = [row["id"] for row in rows(self._db, query, {"deel": part})]
        if not found:
            raise UsageError(f"Er is geen bericht met kenmerk {part}. De kenmerken staan in: corv berichten")
        if len(found) > 1:
            raise UsageError(f"Meer dan één bericht heeft {part} in zijn kenmerk; geef meer tekens.")
        return str(found[0])

    def message(self, id_: str) -> Mapping[str, Any]:
        """One message whole, in the form of `corv toon --json`."""
        return whole(self._db, id_)

    def _conditions(self, filter_: Filter) -> tuple[str, dict[str, Any]]:
        """What stands after WHERE, and its values; for the `+`, see `_COLUMNS`."""
        given = {name: getattr(filter_, name) for name in _COLUMNS if getattr(filter_, name) is not None}
        conditions = ["b.volgnr < :voor", *(f"{_COLUMNS[name]} = :{name}" for name in given)]
        values: dict[str, Any] = {"voor": _LAST, **given}
        statuses = (filter_.status,) if isinstance(filter_.status, str) else filter_.status
        if len(statuses) == 1:
            conditions.append("b.status = :status")
            values["status"] = statuses[0]
        elif statuses:
            conditions.append("+b.status IN (SELECT value FROM json_each(:status))")
            values["status"] = json.dumps(statuses)
        if filter_.besluit is not None:
            conditions.append(f"{LAST_DECISION} = :besluit")
            values["besluit"] = filter_.besluit
        if filter_.met_bevindingen:
            conditions.append("EXISTS (SELECT 1 FROM bevinding v WHERE v.bericht = b.id)")
        if filter_.bevinding is not None:
            conditions.append("EXISTS (SELECT 1 FROM bevinding v WHERE v.bericht = b.id AND v.code = :bevinding)")
            values["bevinding"] = filter_.bevinding
        for number, (soort, waarde) in enumerate(filter_.sleutels):
            conditions.append(f"b.id IN (SELECT bericht FROM sleutel WHERE soort = :soort{number} AND waarde = :waarde{number})")  # noqa: S608 - idem
            values |= {f"soort{number}": soort, f"waarde{number}": _hash(waarde)}
        if filter_.ouder_dan is not None:
            (row,) = rows(self._db, "SELECT volgnr FROM bericht WHERE id = ?", (filter_.ouder_dan,))
            values["voor"] = row["volgnr"]
        if filter_.vanaf is not None or filter_.tot is not None:
            conditions.append("b.volgnr >= :eerste AND +b.ontvangen_op >= :vanaf AND +b.ontvangen_op < :tot")
            values |= self._span(filter_.vanaf, filter_.tot, values["voor"])
        return " AND ".join(conditions), values

    def _span(self, vanaf: datetime | None, tot: datetime | None, before: int) -> dict[str, Any]:
        """A period, and the first volgnr in it and the one after its last: within these every index gives its rows in order.

        `voor` is the only upper bound: SQLite starts at one of two, and walks to the other.
        """
        period = {
            "vanaf": vanaf.astimezone(UTC).isoformat() if vanaf else "",
            "tot": tot.astimezone(UTC).isoformat() if tot else "9999",
        }
        query = (
            "SELECT coalesce(min(volgnr), 0) AS eerste, coalesce(max(volgnr), -1) AS laatste FROM bericht "
            "WHERE ontvangen_op >= :vanaf AND ontvangen_op < :tot"
        )
        (span,) = rows(self._db, query, period)
        return {**period, "eerste": span["eerste"], "voor": min(before, span["laatste"] + 1)}


def _hash(number: str) -> str:
    from corv.sleutels import hash_of  # noqa: PLC0415 - it brings the XML parser along, which no other question needs

    return hash_of(number)
