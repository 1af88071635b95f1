"""The whole conversation of a message: gathers from the database what `chain` puts together. Read-only.

A round looks up the direct links of all messages found in the round before, with a few set queries; a real conversation takes
four or five rounds. Messages may come in between two queries: such a message is then shown or not, never half.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from corv.berichten import BERICHTEN
from corv.berichten.soort import Sleutelsoort
from corv.chain import Koppeling, Line, Link, Message, OwnAnswer, Verband, grow, put_in_order
from corv.database import Readable, rows
from corv.stuf import JZ

_MOST_ROWS = 20_000
"""No query of a round gives more: a number that very many messages carry must not fill the memory."""

_BELONGS = """
    SELECT a.id AS een, q.id AS ander, a.functie, a.cross_refnummer = q.referentienummer AS by_number
    FROM bericht a JOIN bericht q ON q.id = a.hoort_bij WHERE a.id IN these
    UNION ALL
    SELECT a.id, q.id, a.functie, a.cross_refnummer = q.referentienummer
    FROM bericht q JOIN bericht a ON a.hoort_bij = q.id WHERE q.id IN these
"""
# For an answer of which the main path did not settle what it answers, such as one that was refused. The parties must fit.
_NUMBER = """
    SELECT p.een, p.ander FROM (
        SELECT a.id AS een, q.id AS ander FROM bericht a JOIN bericht q ON q.referentienummer = a.cross_refnummer
            WHERE a.id IN these AND a.hoort_bij IS NULL AND a.cross_refnummer <> ''
        UNION ALL
        SELECT a.id, q.id FROM bericht q JOIN bericht a ON a.cross_refnummer = q.referentienummer
            WHERE q.id IN these AND a.hoort_bij IS NULL AND q.referentienummer <> ''
    ) p JOIN bericht a ON a.id = p.een JOIN bericht q ON q.id = p.ander
    WHERE q.kanaal <> a.kanaal
        AND q.zender_organisatie = a.ontvanger_organisatie AND q.ontvanger_organisatie = a.zender_organisatie
    UNION ALL
    SELECT a.id, u.bericht FROM bericht a JOIN uitvoer u ON u.referentienummer = a.cross_refnummer
        WHERE a.id IN these AND a.hoort_bij IS NULL AND u.kanaal = a.kanaal
    UNION ALL
    SELECT a.id, u.bericht FROM uitvoer u JOIN bericht a ON a.cross_refnummer = u.referentienummer
        WHERE u.bericht IN these AND a.hoort_bij IS NULL AND u.kanaal = a.kanaal
"""
# The key by which a melding that goes round is known ties nothing: where the melder is not named it is a number of anybody.
_SAME_KEY = f"""
    SELECT s.soort, s.waarde, s.partij, s.bericht
    FROM (
        SELECT DISTINCT soort, waarde, partij FROM sleutel
        WHERE bericht IN these AND soort <> '{Sleutelsoort.INGEDIENDE_MELDING}'
    ) k
    JOIN sleutel s ON (s.soort, s.waarde, s.partij) = (k.soort, k.waarde, k.partij)
    ORDER BY s.soort, s.waarde, s.partij, s.bericht
"""  # noqa: S608 - a word of our own
_SAME_IDENTITY = """
    SELECT b.referentienummer, b.zender_organisatie, b.zender_applicatie, b.zender_administratie, b.kanaal, b.id, b.inhoud_hash
    FROM (
        SELECT DISTINCT referentienummer, zender_organisatie, zender_applicatie, zender_administratie, kanaal
        FROM bericht WHERE id IN these AND referentienummer <> ''
    ) k JOIN bericht b USING (referentienummer, zender_organisatie, zender_applicatie, zender_administratie, kanaal)
    ORDER BY 1, 2, 3, 4, 5, b.volgnr
"""
_BY_HAND = "SELECT een, ander, vast, door, op, reden FROM koppeling WHERE een IN these OR ander IN these ORDER BY volgnr"
_MESSAGES = """
    SELECT volgnr, id, kanaal, ontvangen_op, functie, berichtcode, referentienummer, cross_refnummer, status, hoort_bij
    FROM bericht WHERE id IN these
"""
_OWN_ANSWERS = """
    SELECT bericht, soort, kanaal, referentienummer, klaargezet_op, bezorgd_op FROM uitvoer
    WHERE bericht IN these AND referentienummer IS NOT NULL ORDER BY volgnr
"""


@dataclass(frozen=True)
class Conversation:
    """What belongs together, in order of time. `is_whole` is False when there is more than is shown."""

    lines: tuple[Line, ...]
    is_whole: bool


def conversation(db: Readable, id_: str) -> Conversation:
    """Everything that belongs to the message with this id: messages, and answers that we wrote ourselves."""
    chain = grow(id_, partial(_links, db))
    messages = [Message(*row) for row in _rows(db, _MESSAGES, chain.members)]
    answers = [OwnAnswer(*row) for row in _rows(db, _OWN_ANSWERS, chain.members)]
    lines = put_in_order(messages, answers, chain.links)
    return Conversation(tuple(lines), chain.is_whole)


def _links(db: Readable, ids: Sequence[str]) -> tuple[list[Link], bool]:
    """Every direct link of these messages, and whether those are all."""
    belongs, number, same_key, same_identity, by_hand = (
        _rows(db, query, ids) for query in (_BELONGS, _NUMBER, _SAME_KEY, _SAME_IDENTITY, _BY_HAND)
    )
    links = [
        *(Link(row["een"], row["ander"], _named_by(row)) for row in belongs),
        *(Link(row["een"], row["ander"], Verband.CROSS_REFNUMMER) for row in number),
        *_with_the_same_key(same_key),
        *_with_the_same_identity(same_identity),
        *_tied(by_hand),
    ]
    return links, all(len(found) < _MOST_ROWS for found in (belongs, number, same_key, same_identity, by_hand))


def _named_by(row: sqlite3.Row) -> Verband:
    """By which number a message names what it belongs to: a Di01 that has no crossRefnummer of that, by one in its content."""
    soort = BERICHTEN.get(f"{{{JZ}}}{row['functie']}")
    return Verband(soort.refers_by) if soort is not None and soort.refers_by and not row["by_number"] else Verband.CROSS_REFNUMMER


def _with_the_same_key(found: Sequence[sqlite3.Row]) -> Iterable[Link]:
    """Each to the first that has the key, not to every other: a thousand messages are not a million links."""
    for key, holders in groupby(found, key=lambda row: (row["soort"], row["waarde"], row["partij"])):
        first, *others = [row["bericht"] for row in holders]
        yield from (Link(first, other, Verband(key[0])) for other in others)


def _with_the_same_identity(found: Sequence[sqlite3.Row]) -> Iterable[Link]:
    """Each to the first with the same content, or where none was before, to the first of all."""
    for _, group in groupby(found, key=lambda row: tuple(row)[:5]):
        first_with: dict[str | None, str] = {}
        for row in group:
            if first_with:
                verband = Verband.NOG_EENS if row["inhoud_hash"] in first_with else Verband.ANDERE_INHOUD
                yield Link(row["id"], first_with.get(row["inhoud_hash"], next(iter(first_with.values()))), verband)
            first_with.setdefault(row["inhoud_hash"], row["id"])


def _tied(found: Sequence[sqlite3.Row]) -> Iterable[Link]:
    """The pairs whose last row ties them, in either order."""
    last = {frozenset((row["een"], row["ander"])): row for row in found}
    for row in last.values():
        if row["vast"]:
            koppeling = Koppeling(row["door"], row["op"], row["reden"])
            yield Link(row["een"], row["ander"], Verband.MET_DE_HAND, koppeling)


def _rows(db: Readable, query: str, ids: Sequence[str]) -> list[sqlite3.Row]:
    with_ids = f"WITH these AS (SELECT value FROM json_each(:ids)) {query} LIMIT {_MOST_ROWS}"  # noqa: S608 - queries of our own
    return rows(db, with_ids, {"ids": json.dumps(ids)})
