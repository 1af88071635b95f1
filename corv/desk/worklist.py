"""What waits for a person: messages to judge, and messages that ask for attention. Read-only; oldest first."""

from typing import Any

from corv.database import Readable, rows

_LAST_DECISION = "besluit d ON d.volgnr = (SELECT max(volgnr) FROM besluit WHERE bericht = b.id)"


def to_judge(db: Readable) -> list[dict[str, Any]]:
    """The messages that wait for a person's decision, with why and for whom they seem to be."""
    return _dicts(
        db,
        f"""
        SELECT b.id, b.ontvangen_op, b.functie, nullif(b.zender_organisatie, '') AS zender_organisatie, b.ontvanger_organisatie,
            b.referentienummer, d.naar, d.reden
        FROM bericht b JOIN {_LAST_DECISION} WHERE b.status = 'te_beoordelen' ORDER BY b.volgnr
        """,  # noqa: S608 - names of our own
    )


def attention(db: Readable) -> list[dict[str, Any]]:
    """What asks for attention and was not settled. `antwoord`: the last fault that came back on the message, if any."""
    return _dicts(
        db,
        f"""
        SELECT b.id, a.geopend_op AS sinds, a.aanleiding, b.status, b.kanaal, b.functie, b.berichtcode, b.referentienummer,
            d.reden, (SELECT f.id FROM bericht f WHERE f.hoort_bij = b.id AND f.berichtcode IN ('Fo01', 'Fo03')
             ORDER BY f.volgnr DESC LIMIT 1) AS antwoord
        FROM aandacht a JOIN bericht b ON b.id = a.bericht LEFT JOIN {_LAST_DECISION}
        WHERE a.gesloten_op IS NULL ORDER BY a.volgnr
        """,  # noqa: S608 - names of our own
    )


def is_written(db: Readable, id_: str) -> bool:
    """Whether every file that was asked for of this message is written and delivered."""
    return not rows(db, "SELECT 1 FROM uitvoer WHERE bericht = ? AND (te_schrijven = 1 OR bezorgd_op IS NULL) LIMIT 1", (id_,))


def _dicts(db: Readable, query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in rows(db, query)]
