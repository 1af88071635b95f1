"""What `corv herroutering verschil` does: other rules over the archived messages that the rules decided. Writes nothing."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from corv.adressen import read_addresses
from corv.berichten import BERICHTEN
from corv.database import Readable, rows
from corv.findings import Finding
from corv.folders import find_original
from corv.herregels import FIXED_NAMES, Herroutering
from corv.herroutering import NO_RULE, by_rules
from corv.judging import case_of, weigh_addresses
from corv.outcome import Actie, Facts, Incoming
from corv.outcome_rows import SYSTEM
from corv.parsing import parse
from corv.reading import Reading
from corv.settings import Kant, Settings
from corv.stuurgegevens import read_stuurgegevens

_FIXED = sorted(FIXED_NAMES - {NO_RULE})
"""What stands as `regel` where the rules had no say, as for all that comes from our own side.

What earlier versions decided without rules is not among these.
"""

_PAGE = 200

_CONDITIONS = """
    FROM bericht b JOIN besluit d ON d.volgnr = (SELECT min(volgnr) FROM besluit WHERE bericht = b.id AND door = :corv)
    WHERE b.volgnr > :na AND b.ontvangen_op >= :vanaf AND d.regel NOT IN (SELECT value FROM json_each(:vast))
"""


@dataclass(frozen=True)
class Keus:
    """What the rules gave. `naar`: who gets it, of `herrouteer`; the proposal, of `beoordeel`."""

    actie: str
    naar: str | None
    regel: str

    def is_elsewhere(self, other: "Keus") -> bool:
        """Whether a message goes another way; a proposal to a person is none."""
        return self.actie != other.actie or (self.actie == Actie.HERROUTEER and self.naar != other.naar)


@dataclass(frozen=True)
class Vergelijking:
    """One message, then and with the other rules. `nieuw` None: its content is gone or changed; `waarom`: of `nieuw`."""

    kenmerk: str
    ontvangen_op: str
    functie: str | None
    toen: Keus
    nieuw: Keus | None
    waarom: str = ""

    @property
    def is_anders(self) -> bool:
        """Whether it would go elsewhere now."""
        return self.nieuw is not None and self.nieuw.is_elsewhere(self.toen)


def other_settings(now: Herroutering, new: Herroutering) -> list[str]:
    """The keys of a rule file, next to its rules, that are otherwise in the new one."""
    differs = {
        "wijze": now.wijze != new.wijze,
        "juiste_organisatie_in": now.juiste_organisatie_in != new.juiste_organisatie_in,
        "bewijs": now.volgorde != new.volgorde,
    }
    return [key for key, is_other in differs.items() if is_other]


def count(db: Readable, vanaf: datetime | None) -> int:
    """How many messages `compare` gives."""
    return int(rows(db, f"SELECT count(*) AS aantal {_CONDITIONS}", _values(vanaf))[0]["aantal"])


def compare(db: Readable, settings: Settings, vanaf: datetime | None) -> Iterator[Vergelijking]:
    """Every message from outside that the rules decided since then, oldest first: what was recorded, and by these settings.

    A page at a time, so that the service can commit in between.
    """
    query = f"""
        SELECT b.volgnr, b.id, b.ontvangen_op, b.functie, b.sha256, b.bestand, d.actie, d.naar, d.regel
        {_CONDITIONS} ORDER BY b.volgnr LIMIT {_PAGE}
    """
    values = _values(vanaf)
    while page := rows(db, query, values):
        for row in page:
            toen = Keus(row["actie"], row["naar"], row["regel"])
            nieuw, waarom = _again(dict(row), settings)
            yield Vergelijking(row["id"], row["ontvangen_op"], row["functie"], toen, nieuw, waarom)
        values["na"] = page[-1]["volgnr"]


def _values(vanaf: datetime | None) -> dict[str, Any]:
    return {
        "corv": SYSTEM,
        "na": 0,
        "vanaf": vanaf.astimezone(UTC).isoformat() if vanaf is not None else "",
        "vast": json.dumps(_FIXED),
    }


def _again(row: dict[str, Any], settings: Settings) -> tuple[Keus | None, str]:
    """What the rules give now, and why; None where the bytes of the message are not there any more.

    It was found valid then, so only what the rules look at is read: the stuurgegevens and the addresses.
    """
    kanaal, id_ = settings.kanaal(Kant.CORV), UUID(row["id"])
    raw = _content(row, settings)
    document = parse(raw) if raw is not None else None
    if raw is None or document is None or isinstance(document, Finding):
        return None, ""
    reading = Reading(document.root, BERICHTEN.get(str(document.root.tag)), read_stuurgegevens(document.root))
    if reading.stuurgegevens is None:
        return None, ""
    incoming = Incoming(id_, kanaal, raw, datetime.fromisoformat(row["ontvangen_op"]), "")
    case = case_of(incoming, reading, Facts(), settings)
    decision = by_rules(replace(case, werkgebied=weigh_addresses(read_addresses(document.root), case)))
    return Keus(decision.actie.value, decision.naar, decision.regel), decision.reden


def _content(row: dict[str, Any], settings: Settings) -> bytes | None:
    """The bytes of a message as they were recorded, or None."""
    place = find_original(settings, settings.kanaal(Kant.CORV).naam, UUID(row["id"]), row["bestand"])
    try:
        raw = place.read_bytes() if place is not None else b""
    except OSError:
        return None
    return raw if hashlib.sha256(raw).hexdigest() == row["sha256"] else None
