"""One message whole: everything that the database knows of it, in the form of `corv toon --json`."""

import json
from typing import Any

from corv.database import Readable, rows
from corv.officieel.vastgelegd import judge_of

MOST_RELATIVES = 20
"""So many messages that belong to this one are named; a message that was repeated for weeks has hundreds."""

LAST_DECISION = "(SELECT actie FROM besluit d WHERE d.bericht = b.id ORDER BY d.volgnr DESC LIMIT 1)"

SUMMARY = f"""
    b.id, b.ontvangen_op, b.kanaal, b.bestand, b.functie, b.berichtcode,
    nullif(b.zender_organisatie, '') AS zender_organisatie, b.ontvanger_organisatie,
    b.referentienummer, b.cross_refnummer, b.status, {LAST_DECISION} AS besluit, b.sha256
"""
"""The columns of one message in a list (ontwerp 7), from `bericht b`."""

_MESSAGE = f"""
    SELECT {SUMMARY}, b.bestandsnaam, b.grootte, nullif(b.zender_applicatie, '') AS zender_applicatie,
        nullif(b.zender_administratie, '') AS zender_administratie, b.ontvanger_applicatie, b.ontvanger_administratie,
        b.tijdstip_bericht, b.hoort_bij, b.pogingen
    FROM bericht b WHERE b.id = :id
"""  # noqa: S608 - names of our own

_FINDINGS = "SELECT code, niveau, pad, regel, tekst FROM bevinding WHERE bericht = :id ORDER BY nr"

_DECISIONS = """
    SELECT genomen_op, door, actie, naar, regel, reden, foutcode FROM besluit WHERE bericht = :id ORDER BY volgnr DESC
"""

_ATTENTION = "SELECT aanleiding, geopend_op, gesloten_op, door, reden FROM aandacht WHERE bericht = :id ORDER BY volgnr DESC"

_EVENTS = "SELECT op, soort, gegevens, hash FROM gebeurtenis WHERE bericht = :id ORDER BY volgnr"

_EXPLANATION = "SELECT gegevens FROM verklaring WHERE bericht = :id"

_JUDGED = """
    SELECT json_extract(b.gegevens, '$.berichtsoort') AS naam, (
        SELECT c.gegevens FROM gebeurtenis c
        WHERE c.bericht IS NULL AND c.soort = 'configuratie' AND c.volgnr < b.volgnr ORDER BY c.volgnr DESC LIMIT 1
    ) AS configuratie
    FROM gebeurtenis b WHERE b.bericht = :id AND b.soort = 'besloten' ORDER BY b.volgnr LIMIT 1
"""
"""As what corv itself judged a message, and the configuration that was in force then: its event is the last before that."""

_OUTPUTS = """
    SELECT soort, kanaal, map, bestandsnaam AS bestand, sha256, referentienummer, klaargezet_op, bezorgd_op, opgehaald_op,
        te_schrijven
    FROM uitvoer WHERE bericht = :id ORDER BY volgnr
"""

_RELATIVE = "b.id, b.ontvangen_op, b.kanaal, b.functie, b.berichtcode, b.status"
_BELONGS_TO = f"SELECT {_RELATIVE} FROM bericht b WHERE b.id = (SELECT hoort_bij FROM bericht WHERE id = :id)"  # noqa: S608 - names of our own
_BELONG_HERE = f"SELECT {_RELATIVE} FROM bericht b WHERE b.hoort_bij = :id ORDER BY b.volgnr LIMIT {MOST_RELATIVES}"  # noqa: S608 - idem
_HOW_MANY = """
    SELECT (SELECT count(*) FROM bericht WHERE hoort_bij = :id) AS hierbij, (
        SELECT count(*) FROM (
            SELECT vast, max(volgnr) FROM koppeling WHERE een = :id OR ander = :id GROUP BY min(een, ander), max(een, ander)
        ) WHERE vast = 1
    ) AS gekoppeld
"""


def whole(db: Readable, id_: str) -> dict[str, Any]:
    """One message whole. `verklaring`: why it went where it went, as it was recorded (`outcome_rows.explained`).

    `beoordeeld_door`: which schema judged it (`vastgelegd`); None when none did, or an earlier version did not write it down.

    `besluit` is the last of `besluiten`, which like `aandacht` has the newest first.

    `verwant`: what this message belongs to, the first `MOST_RELATIVES` that belong to it, and how many there are in all.
    """

    def ask(query: str) -> list[dict[str, Any]]:
        return [dict(row) for row in rows(db, query, {"id": id_})]

    (bericht,), besluiten, (counts,) = ask(_MESSAGE), ask(_DECISIONS), ask(_HOW_MANY)
    return {
        "bericht": bericht,
        "bevindingen": ask(_FINDINGS),
        "besluit": next(iter(besluiten), None),
        "gebeurtenissen": [{**event, "gegevens": json.loads(event["gegevens"])} for event in ask(_EVENTS)],
        "uitvoer": [{**output, "te_schrijven": bool(output["te_schrijven"])} for output in ask(_OUTPUTS)],
        "besluiten": besluiten,
        "verklaring": next((json.loads(row["gegevens"]) for row in ask(_EXPLANATION)), None),
        "aandacht": ask(_ATTENTION),
        "verwant": {
            "hoort_bij": next(iter(ask(_BELONGS_TO)), None),
            "hierbij": ask(_BELONG_HERE),
            "aantal_hierbij": counts["hierbij"],
            "aantal_gekoppeld": counts["gekoppeld"],
        },
        "beoordeeld_door": next((_judge(row["naam"], row["configuratie"]) for row in ask(_JUDGED)), None),
    }


def _judge(naam: str | None, configuratie: str | None) -> dict[str, Any] | None:
    facts = json.loads(configuratie).get("schemas") if configuratie is not None else None
    return judge_of(facts, naam) if naam is not None and facts is not None else None
