"""What the database knows of messages and files on their way."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from corv.health.access import Closed
from corv.health.backlog import AttentionFacts, DeliveryFacts, LateFacts, PickupFacts
from corv.health.rules import HOURS, RuleFacts
from corv.health.values import Backlog
from corv.health_facts.access import closed
from corv.health_facts.folders import objection
from corv.health_facts.source import Source, backlog
from corv.outputs import AANDACHT_MAP
from corv.outstanding import outstanding
from corv.roots import Root, shown
from corv.settings import Kanaal, Kant
from corv.stuf import MELDINGEN


def claimed(source: Source) -> Backlog:
    """What was taken from an inbox and has no decision: recorded, or only in the ledger."""
    ((number, oldest),) = source.rows(
        "SELECT count(*), min(op) FROM (SELECT ontvangen_op AS op FROM bericht WHERE status = 'ontvangen' "
        "UNION ALL SELECT lot_op FROM grootboek WHERE lot = 'geclaimd')"
    )
    return backlog(number, oldest)


def deliveries(source: Source) -> list[DeliveryFacts]:
    """What is not in its outbox yet. A file that was asked for once more waits since then, not since it was first made."""
    waiting = {
        row["kanaal"]: backlog(row["aantal"], row["oudste"])
        for row in source.rows(
            "SELECT kanaal, count(*) AS aantal, min(sinds) AS oudste FROM (SELECT u.kanaal, max(u.klaargezet_op, coalesce("
            "(SELECT max(g.op) FROM gebeurtenis g WHERE g.bericht = u.bericht AND g.soort = 'opdracht'), '')) AS sinds "
            "FROM uitvoer u WHERE u.bezorgd_op IS NULL) GROUP BY +kanaal"
        )
    }
    return [
        DeliveryFacts(kanaal.naam, shown(root, source.settings), objection(source, root), waiting.get(kanaal.naam, Backlog()))
        for kanaal in source.settings.kanalen
        for root in [Root(kanaal, "outbox")]
    ]


def pickups(source: Source) -> list[PickupFacts]:
    """What was delivered and still lies where it was put, as far as is known."""
    lying = {
        (row["kanaal"], row["map"]): backlog(row["aantal"], row["oudste"])
        for row in source.rows(
            "SELECT kanaal, map, count(*) AS aantal, min(bezorgd_op) AS oudste FROM uitvoer "
            "WHERE bezorgd_op IS NOT NULL AND opgehaald_op IS NULL GROUP BY +kanaal, +map"
        )
    }
    found = []
    for kanaal in source.settings.kanalen:
        outbox = shown(Root(kanaal, "outbox"), source.settings)
        folders = [(kanaal.naam, outbox, "")]
        if kanaal.kant is Kant.EIGEN:
            folders.append((f"{kanaal.naam}/{AANDACHT_MAP}", f"{outbox}/{AANDACHT_MAP}", AANDACHT_MAP))
        for name, told, within in folders:
            here = lying.get((kanaal.naam, within), Backlog())
            found.append(PickupFacts(name, told, bool(within), here, _closed(kanaal, within, told)))
    return found


def _closed(kanaal: Kanaal, name: str, told: str) -> Closed | None:
    """Why nobody can fetch from a folder of an outbox; None too where it can't be looked at: that is told at `bezorgen`."""
    try:
        return closed(kanaal, kanaal.outbox / name, told)
    except OSError:
        return None


def to_judge(source: Source) -> Backlog:
    """What waits for a person's decision, since attention was asked for it."""
    ((number, oldest),) = source.rows(
        "SELECT count(*), min(coalesce(a.geopend_op, b.ontvangen_op)) FROM bericht b "
        "LEFT JOIN aandacht a ON a.bericht = b.id AND a.gesloten_op IS NULL WHERE b.status = 'te_beoordelen'"
    )
    return backlog(number, oldest)


def attention(source: Source) -> AttentionFacts:
    """What asks for attention. An unreadable file from outside may have been a melding, so it counts as one."""
    found = source.rows(
        "SELECT a.aanleiding, b.functie, b.kanaal, count(*) AS aantal, min(a.geopend_op) AS oudste FROM aandacht a "
        "JOIN bericht b ON b.id = a.bericht WHERE a.gesloten_op IS NULL GROUP BY a.aanleiding, b.functie, b.kanaal "
        "ORDER BY a.aanleiding"
    )
    outside = {kanaal.naam for kanaal in source.settings.kanalen if kanaal.kant is Kant.CORV}
    groups = [
        (
            row["functie"] in MELDINGEN or (row["functie"] is None and row["kanaal"] in outside),
            row["aanleiding"],
            row["aantal"],
            row["oudste"],
        )
        for row in found
    ]
    meldingen = [(cause, number, oldest) for is_melding, cause, number, oldest in groups if is_melding]
    rest = [(cause, number, oldest) for is_melding, cause, number, oldest in groups if not is_melding]
    return AttentionFacts(_together(meldingen), _together(rest), _causes(meldingen), _causes(rest))


def late(source: Source) -> LateFacts:
    """Of what is outstanding, what should have been there."""
    found = [item for item in outstanding(source.db, source.settings.termijnen, source.now) if item.te_laat]
    oldest = min((item.uiterlijk_op for item in found), default=None)
    return LateFacts(backlog(len(found), oldest), dict(Counter(item.soort for item in found)))


def rules(source: Source) -> RuleFacts:
    """About which messages a rule could not be asked lately. The name of the rule is the second word of what was said then."""
    # CROSS keeps the order: by itself SQLite reads every finding there ever was, and not only those of the last day.
    ((number, oldest, texts),) = source.rows(
        "SELECT count(DISTINCT v.bericht), min(b.ontvangen_op), json_group_array(DISTINCT v.tekst) FROM bericht b "
        "CROSS JOIN bevinding v ON v.bericht = b.id WHERE b.ontvangen_op >= ? AND v.code = 'regel-niet-uitgevoerd'",
        ((source.now - timedelta(hours=HOURS)).isoformat(),),
    )
    return RuleFacts(backlog(number, oldest), sorted({text.split()[1] for text in json.loads(texts)}))


def _together(groups: Sequence[tuple[str, int, str]]) -> Backlog:
    oldest = min((oldest for _, _, oldest in groups), default=None)
    return Backlog(sum(number for _, number, _ in groups), datetime.fromisoformat(oldest) if oldest else None)


def _causes(groups: Iterable[tuple[str, int, str]]) -> dict[str, int]:
    causes: Counter[str] = Counter()
    for cause, number, _ in groups:
        causes[cause] += number
    return dict(causes)
