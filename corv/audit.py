"""Read-only questions: SQL in, rows out. Works while the service runs, through a connection that can't write."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from corv.database import open_for_reading, rows
from corv.errors import UsageError

Row = dict[str, Any]

SHORTEST_ID = 6
"""So many characters of an id must be given; ids of one moment share their beginning, so any part will do."""

_PAGE = 500
_LAST = 2**62

_DECISION = "(SELECT actie FROM besluit d WHERE d.bericht = b.id ORDER BY d.volgnr DESC LIMIT 1)"
_SUMMARY = f"""
    b.id, b.ontvangen_op, b.kanaal, b.bestand, b.functie, b.berichtcode,
    nullif(b.zender_organisatie, '') AS zender_organisatie, b.ontvanger_organisatie,
    b.referentienummer, b.cross_refnummer, b.status, {_DECISION} AS besluit, b.sha256
"""


@dataclass(frozen=True)
class Filter:
    """Which messages to list; what is None does not matter. Conditions combine. Values compare exactly."""

    status: str | None = None
    kanaal: str | None = None
    functie: str | None = None
    referentienummer: str | None = None


class Audit:
    """Answers questions about one working folder; a context manager. Raises StorageError when there is no database yet."""

    def __init__(self, database: Path) -> None:
        self._db: Database = open_for_reading(database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def messages(self, filter_: Filter, limit: int | None = None) -> Iterator[Row]:
        """The messages that fit, newest first, in the form of `corv berichten --json`."""
        conditions = {field.name: getattr(filter_, field.name) for field in fields(filter_)}
        given = {name: value for name, value in conditions.items() if value is not None}
        where = " AND ".join(["b.volgnr < :voor", *(f"b.{name} = :{name}" for name in given)])
        query = f"SELECT b.volgnr, {_SUMMARY} FROM bericht b WHERE {where} ORDER BY b.volgnr DESC LIMIT :aantal"  # noqa: S608 - names of our own
        before, left = _LAST, _LAST if limit is None else limit
        while left > 0:
            page = rows(self._db, query, {**given, "voor": before, "aantal": min(left, _PAGE)})
            for row in page:
                yield {name: row[name] for name in row.keys() if name != "volgnr"}  # noqa: SIM118 - a Row iterates over values
            if len(page) < _PAGE:
                return
            before, left = page[-1]["volgnr"], left - len(page)

    def find(self, part: str) -> str:
        """The id that contains this part. Raises UsageError when none does, or more than one."""
        if len(part) < SHORTEST_ID:
            raise UsageError(
                f"Geef minstens {SHORTEST_ID} tekens van het kenmerk van het bericht; de kenmerken staan in: corv berichten"
            )
        query = "SELECT id FROM bericht WHERE instr(id, lower(:deel)) ORDER BY volgnr DESC LIMIT 2"
        found = [row["id"] for row in rows(self._db, query, {"deel": part})]
        if not found:
            raise UsageError(f"Er is geen bericht met kenmerk {part}. De kenmerken staan in: corv berichten")
        if len(found) > 1:
            raise UsageError(f"Meer dan één bericht heeft {part} in zijn kenmerk; geef meer tekens.")
        return str(found[0])

    def message(self, id_: str) -> Mapping[str, Any]:
        """One message whole, in the form of `corv toon --json`."""
        (bericht,) = self._all(
            f"""
            SELECT {_SUMMARY}, b.bestandsnaam, b.grootte, nullif(b.zender_applicatie, '') AS zender_applicatie,
                nullif(b.zender_administratie, '') AS zender_administratie, b.ontvanger_applicatie, b.ontvanger_administratie,
                b.tijdstip_bericht, b.hoort_bij
            FROM bericht b WHERE b.id = :id
            """,  # noqa: S608 - names of our own
            id_,
        )
        decisions = (
            "SELECT genomen_op, door, actie, naar, regel, reden, foutcode FROM besluit WHERE bericht = :id ORDER BY volgnr DESC"
        )
        return {
            "bericht": bericht,
            "bevindingen": self._all(
                "SELECT code, niveau, pad, regel, tekst FROM bevinding WHERE bericht = :id ORDER BY nr", id_
            ),
            "besluit": next(iter(self._all(decisions, id_)), None),
            "gebeurtenissen": [
                {**event, "gegevens": json.loads(event["gegevens"])}
                for event in self._all(
                    "SELECT op, soort, gegevens, hash FROM gebeurtenis WHERE bericht = :id ORDER BY volgnr", id_
                )
            ],
            "uitvoer": self._all(
                "SELECT soort, kanaal, map, bestandsnaam AS bestand, sha256, referentienummer, klaargezet_op, bezorgd_op, "
                "opgehaald_op "
                "FROM uitvoer WHERE bericht = :id ORDER BY volgnr",
                id_,
            ),
        }

    def _all(self, query: str, id_: str) -> list[Row]:
        return [dict(row) for row in rows(self._db, query, {"id": id_})]
