"""What waits for a person: messages to judge, and messages that ask for attention. Read-only; oldest first."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from corv.database import Readable, rows
from corv.stuf import TERUGKOPPELINGEN
from corv.werkgebied import from_json, kandidaten

_LAST_DECISION = "besluit d ON d.volgnr = (SELECT max(volgnr) FROM besluit WHERE bericht = b.id)"


def to_judge(db: Readable, alarm: timedelta, now: datetime) -> list[dict[str, Any]]:
    """The messages that wait for a person's decision: why, for whom they seem to be, and what says so for each person.

    `naar`: the proposal; `wacht_uur`: hours since it came in; `alarm`: whether that is longer than it may be.
    """
    found = _dicts(
        db,
        f"""
        SELECT b.id, b.ontvangen_op, b.functie, nullif(b.zender_organisatie, '') AS zender_organisatie, b.ontvanger_organisatie,
            b.referentienummer, d.naar, d.reden, v.gegevens
        FROM bericht b JOIN {_LAST_DECISION} LEFT JOIN verklaring v ON v.bericht = b.id
        WHERE b.status = 'te_beoordelen' ORDER BY b.volgnr
        """,  # noqa: S608 - names of our own
    )
    return [_with_proposal(row, now - datetime.fromisoformat(row["ontvangen_op"]), alarm) for row in found]


def _with_proposal(row: dict[str, Any], waited: timedelta, alarm: timedelta) -> dict[str, Any]:
    told = json.loads(row.pop("gegevens") or "{}").get("werkgebied")
    werkgebied = from_json(told) if told is not None else None
    candidates = kandidaten(werkgebied) if werkgebied is not None else []
    return {
        **row,
        "uitkomst": werkgebied.uitkomst if werkgebied is not None else None,
        "zekerheid": werkgebied.zekerheid if werkgebied is not None else None,
        "kandidaten": [_candidate(wie, adressen) for wie, adressen in candidates],
        "wacht_uur": max(0.0, round(waited / timedelta(hours=1), 1)),
        "alarm": waited >= alarm,
    }


def _candidate(wie: str, adressen: Sequence[tuple[str, Sequence[str]]]) -> dict[str, Any]:
    return {
        "wie": wie,
        "veilig_thuis": list(dict.fromkeys(vt for _, vts in adressen for vt in vts)),
        "adressen": [{"soort": soort, "veilig_thuis": list(vts)} for soort, vts in adressen],
    }


def attention(db: Readable) -> list[dict[str, Any]]:
    """What asks for attention and was not settled. `antwoord`: the last fault or terugkoppeling on it, if any."""
    told = ", ".join(f"'{functie}'" for functie in TERUGKOPPELINGEN.values())
    return _dicts(
        db,
        f"""
        SELECT b.id, a.geopend_op AS sinds, a.aanleiding, b.status, b.kanaal, b.functie, b.berichtcode, b.referentienummer,
            d.reden, (SELECT f.id FROM bericht f WHERE f.hoort_bij = b.id AND (f.berichtcode IN ('Fo01', 'Fo03')
             OR (b.status = 'herrouteerd' AND f.functie IN ({told}))) ORDER BY f.volgnr DESC LIMIT 1) AS antwoord
        FROM aandacht a JOIN bericht b ON b.id = a.bericht LEFT JOIN {_LAST_DECISION}
        WHERE a.gesloten_op IS NULL ORDER BY a.volgnr
        """,  # noqa: S608 - names of our own
    )


def is_written(db: Readable, id_: str) -> bool:
    """Whether every file that was asked for of this message is written and delivered."""
    return not rows(db, "SELECT 1 FROM uitvoer WHERE bericht = ? AND (te_schrijven = 1 OR bezorgd_op IS NULL) LIMIT 1", (id_,))


def _dicts(db: Readable, query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in rows(db, query)]
