"""The public holidays as a row of table `stand`, written once a year by whoever works on the folder.

A question reads them there, because loading the library takes longer than the question itself.
"""

import json
from datetime import date, datetime

from sqlite_utils import Database

from corv.database import Readable, rows, transaction
from corv.deadlines import public_holidays

NAME = "feestdagen"
_YEARS_BACK, _YEARS_AHEAD = 10, 1


def note_holidays(db: Database, now: datetime) -> None:
    """Write the holidays of the years that matter, unless they are there."""
    last = now.year + _YEARS_AHEAD
    if last in stored_holidays(db):
        return
    years = {year: sorted(day.isoformat() for day in public_holidays(year)) for year in range(now.year - _YEARS_BACK, last + 1)}
    with transaction(db) as connection:
        values = (NAME, now.isoformat(), json.dumps(years))
        connection.execute("INSERT OR REPLACE INTO stand (naam, op, gegevens) VALUES (?, ?, ?)", values)


def stored_holidays(db: Readable) -> dict[int, frozenset[date]]:
    """The holidays by year, as far as they were written."""
    found = rows(db, "SELECT gegevens FROM stand WHERE naam = ?", (NAME,))
    years: dict[str, list[str]] = json.loads(found[0]["gegevens"]) if found else {}
    return {int(year): frozenset(map(date.fromisoformat, days)) for year, days in years.items()}
