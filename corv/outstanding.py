"""What we still wait for, or others from us: an answer, a terugkoppeling, an ucob or uci, a receipt on what we sent on.

Read only, each question one query over all messages: first the ids that lack something, from indexes alone, then what is
shown of these few.
"""

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from corv.attention import REOPENED
from corv.database import Readable, rows
from corv.deadlines import after_hours, after_working_days
from corv.holiday_rows import stored_holidays
from corv.settings import Termijnen
from corv.stuf import TERUGKOPPELINGEN, VERRIJKINGEN


@dataclass(frozen=True)
class Openstaand:
    """One message that waits. `sinds` and `uiterlijk_op` are ISO moments; `waarop` says in Dutch for what and from whom.

    `soort`: 'antwoord' (Bv01 or Fo01 on what we sent), 'terugkoppeling' (ours, on a melding), 'verrijking' (the ucob or uci on
    a vcob or vci, of whoever was asked) or 'ontvangst' (a receipt on what we forwarded).
    """

    soort: str
    id: str
    functie: str | None
    referentienummer: str | None
    sinds: str
    uiterlijk_op: str
    te_laat: bool
    waarop: str


def outstanding(db: Readable, termijnen: Termijnen, now: datetime) -> list[Openstaand]:
    """Everything that is outstanding, the most overdue first. `now` must know its zone."""
    kinds = (_answers, _terugkoppelingen, _verrijkingen, unanswered_forwards)
    found = [item for kind in kinds for item in kind(db, termijnen, now)]
    return sorted(found, key=lambda item: (item.uiterlijk_op, item.id))


# Of two messages that a person tied or untied, the last word counts (table koppeling).
_TIED = """
    vast AS MATERIALIZED (
        SELECT een, ander, op FROM koppeling k WHERE vast = 1 AND NOT EXISTS (
            SELECT 1 FROM koppeling l
            WHERE l.volgnr > k.volgnr AND (l.een, l.ander) IN (VALUES (k.een, k.ander), (k.ander, k.een))
        )
    ),
    paar (id, met, op) AS MATERIALIZED (SELECT een, ander, op FROM vast UNION SELECT ander, een, op FROM vast)
"""

# What a person settled outside this program (attention.settle_outstanding) is not awaited any more.
_NOT_SETTLED = "NOT EXISTS (SELECT 1 FROM aandacht t WHERE t.bericht = b.id AND t.aanleiding = 'openstaand')"

# When what came in over `eigen` went out to the other side: the last time that it was delivered there.
_SENT_AT = """
    (SELECT max(u.bezorgd_op) FROM uitvoer u WHERE u.bericht = b.id AND u.soort = 'bezorging' AND u.kanaal = 'corv')
"""

_ANSWERS = f"""
    WITH {_TIED},
    zonder AS MATERIALIZED (
        SELECT b.id FROM bericht b
        WHERE b.functie IN (SELECT value FROM json_each(:functies)) AND b.kanaal = 'eigen' AND b.status = 'geaccepteerd'
            AND NOT EXISTS (SELECT 1 FROM bericht a WHERE a.hoort_bij = b.id AND a.berichtcode IN ('Bv01', 'Fo01', 'Fo03'))
            AND NOT EXISTS (
                SELECT 1 FROM paar p JOIN bericht a ON a.id = p.met
                WHERE p.id = b.id AND a.kanaal = 'corv' AND a.berichtcode IN ('Bv01', 'Fo01', 'Fo03')
            )
    )
    SELECT b.id, b.functie, b.referentienummer, b.ontvanger_organisatie AS wie, {_SENT_AT} AS sinds
    FROM zonder z CROSS JOIN bericht b ON b.id = z.id WHERE {_NOT_SETTLED}
"""  # noqa: S608 - names of our own


def _answers(db: Readable, termijnen: Termijnen, now: datetime) -> list[Openstaand]:
    hours = {functie: hours for functie, hours in termijnen.antwoord.items() if hours > 0}
    return [
        _item("antwoord", row, after_hours(_moment(row["sinds"]), hours[row["functie"]]), now, f"Bv01 of Fo01 van {_who(row)}")
        for row in rows(db, _ANSWERS, {"functies": json.dumps(list(hours))})
        if row["sinds"] is not None
    ]


# A terugkoppeling counts when it went out and no fault came back on it: accepted (status beantwoord_met_fout and, of before
# there was such a status, an Fo say otherwise) and delivered, once is enough: it may be on its way again, as a person asked.
# It answers every melding with the same key, whenever that came.
# The keys stand in one text, so that the set of them is made once: the planner must not look each up by its hash, nor try
# every pair, which take a hundred times as long.
_KEY = "s.waarde || ' ' || s.soort || ' ' || s.partij"

_OURS_AGAIN = ", ".join(f"'{aanleiding}'" for aanleiding in REOPENED)

_TERUGKOPPELINGEN = f"""
    WITH {_TIED},
    verzonden AS MATERIALIZED (
        SELECT b.id FROM bericht b
        WHERE b.functie = :terugkoppeling AND b.kanaal = 'eigen' AND b.status = 'geaccepteerd'
            AND b.id NOT IN (
                SELECT u.bericht FROM uitvoer u WHERE u.bezorgd_op IS NULL AND u.soort = 'bezorging' AND NOT EXISTS (
                    SELECT 1 FROM gebeurtenis g
                    WHERE g.bericht = u.bericht AND g.soort = 'bezorgd' AND json_extract(g.gegevens, '$.soort') = 'bezorging'
                )
            )
            AND NOT EXISTS (SELECT 1 FROM bericht a WHERE a.hoort_bij = b.id AND a.berichtcode IN ('Fo01', 'Fo03'))
    ),
    zonder AS MATERIALIZED (
        SELECT b.id FROM bericht b
        WHERE b.functie = :melding AND b.kanaal = 'corv'
            AND (b.status IN ('geaccepteerd', 'te_beoordelen') OR (b.status = 'herrouteerd' AND b.id IN (
                SELECT t.bericht FROM aandacht t WHERE t.gesloten_op IS NULL AND t.aanleiding IN ({_OURS_AGAIN})
            )))
            AND b.id NOT IN (SELECT bericht FROM geen_terugkoppeling)
            AND NOT EXISTS (
                SELECT 1 FROM sleutel s WHERE s.bericht = b.id AND {_KEY} IN (
                    SELECT {_KEY} FROM verzonden v CROSS JOIN sleutel s ON s.bericht = v.id
                )
            )
            AND NOT EXISTS (SELECT 1 FROM paar p WHERE p.id = b.id AND p.met IN (SELECT id FROM verzonden))
    )
    SELECT b.id, b.functie, b.referentienummer, b.zender_organisatie AS wie, b.ontvangen_op AS sinds
    FROM zonder z CROSS JOIN bericht b ON b.id = z.id WHERE {_NOT_SETTLED}
"""  # noqa: S608 - names of our own


def _terugkoppelingen(db: Readable, termijnen: Termijnen, now: datetime) -> list[Openstaand]:
    found, known = [], stored_holidays(db)
    for melding, days in termijnen.terugkoppeling.items():
        if days == 0:
            continue
        terugkoppeling = TERUGKOPPELINGEN[melding]
        for row in rows(db, _TERUGKOPPELINGEN, {"melding": melding, "terugkoppeling": terugkoppeling}):
            due = after_working_days(_moment(row["sinds"]), days, termijnen.vrije_dagen, known)
            found.append(_item("terugkoppeling", row, due, now, f"onze {terugkoppeling} aan {_who(row)}"))
    return found


# `+a.functie`: of what belongs to a request, not of every answer there is: a plus keeps an index from being used.
_VERRIJKINGEN = f"""
    WITH {_TIED},
    zonder AS MATERIALIZED (
        SELECT b.id FROM bericht b
        WHERE b.functie = :verzoek AND b.status IN ('geaccepteerd', 'te_beoordelen')
            AND NOT EXISTS (
                SELECT 1 FROM bericht a
                WHERE a.hoort_bij = b.id AND +a.functie = :antwoord AND a.status = 'geaccepteerd'
            )
            AND NOT EXISTS (
                SELECT 1 FROM paar p JOIN bericht a ON a.id = p.met
                WHERE p.id = b.id AND a.functie = :antwoord AND a.status = 'geaccepteerd'
            )
    )
    SELECT b.id, b.functie, b.referentienummer, b.kanaal = 'eigen' AS van_ons,
        iif(b.kanaal = 'eigen', b.ontvanger_organisatie, b.zender_organisatie) AS wie,
        iif(b.kanaal = 'eigen', {_SENT_AT}, b.ontvangen_op) AS sinds
    FROM zonder z CROSS JOIN bericht b ON b.id = z.id WHERE {_NOT_SETTLED}
"""  # noqa: S608 - names of our own


def _verrijkingen(db: Readable, termijnen: Termijnen, now: datetime) -> list[Openstaand]:
    found, known = [], stored_holidays(db)
    for verzoek, days in termijnen.verrijking.items():
        antwoord = VERRIJKINGEN[verzoek]
        for row in rows(db, _VERRIJKINGEN, {"verzoek": verzoek, "antwoord": antwoord}) if days else ():
            if row["sinds"] is None:
                continue
            due = after_working_days(_moment(row["sinds"]), days, termijnen.vrije_dagen, known)
            waarop = f"{antwoord} van {_who(row)}" if row["van_ons"] else f"onze {antwoord} aan {_who(row)}"
            found.append(_item("verrijking", row, due, now, waarop))
    return found


# Of a message that was sent on more than once the last one counts, and what came or was done after that. What closes it answers
# that file, or is a terugkoppeling by who got it; a Bv03 only says that some system stored it.
_RECEIPTS = f"""
    WITH {_TIED}
    SELECT b.id, b.functie, b.referentienummer, u.bezorgd_op AS sinds,
        (SELECT d.naar FROM besluit d WHERE d.bericht = b.id ORDER BY d.volgnr DESC LIMIT 1) AS wie
    FROM bericht b
    JOIN uitvoer u ON u.volgnr = (SELECT max(volgnr) FROM uitvoer WHERE bericht = b.id AND soort = 'doorsturing')
    WHERE b.status = 'herrouteerd' AND u.bezorgd_op IS NOT NULL
        AND NOT EXISTS (
            SELECT 1 FROM aandacht t WHERE t.bericht = b.id AND t.aanleiding = 'openstaand' AND t.gesloten_op >= u.bezorgd_op
        )
        AND NOT EXISTS (
            SELECT 1 FROM bericht a WHERE a.hoort_bij = b.id AND a.ontvangen_op >= u.bezorgd_op AND (
                (a.berichtcode IN ('Bv01', 'Fo01', 'Fo03') AND a.cross_refnummer = u.referentienummer) OR (
                    a.functie IN (SELECT value FROM json_each(:terugkoppelingen))
                    AND a.zender_organisatie = json_extract(u.recept, '$.ontvanger.organisatie')
                )
            )
        )
        AND NOT EXISTS (
            SELECT 1 FROM paar p JOIN bericht a ON a.id = p.met
            WHERE p.id = b.id AND p.op >= u.bezorgd_op AND a.kanaal = 'corv' AND a.berichtcode IN ('Bv01', 'Fo01', 'Fo03')
        )
"""  # noqa: S608 - names of our own


def unanswered_forwards(db: Readable, termijnen: Termijnen, now: datetime) -> list[Openstaand]:
    """What was sent on to another organisation and is not shown to have arrived there."""
    if termijnen.ontvangst == 0:
        return []
    return [
        _item("ontvangst", row, after_hours(_moment(row["sinds"]), termijnen.ontvangst), now, f"ontvangst door {_who(row)}")
        for row in rows(db, _RECEIPTS, {"terugkoppelingen": json.dumps(list(TERUGKOPPELINGEN.values()))})
    ]


def _item(soort: str, row: sqlite3.Row, due: datetime, now: datetime, waarop: str) -> Openstaand:
    return Openstaand(
        soort=soort,
        id=row["id"],
        functie=row["functie"],
        referentienummer=row["referentienummer"],
        sinds=row["sinds"],
        uiterlijk_op=due.astimezone(UTC).isoformat(),
        te_laat=now > due,
        waarop=waarop,
    )


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso)


def _who(row: sqlite3.Row) -> str:
    return str(row["wie"] or "een onbekende organisatie")
