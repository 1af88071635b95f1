"""Make a working folder with the database of years: `python bench/honderdduizend.py MAP [--aantal 100000] [--archief]`.

Invented messages go through our own reading, deciding and writing, so every row is as `corv verwerk` writes it; only the
files are left out, and all of it is one transaction. Every run gives the same database. What was delivered in the last hours
lies in the outbox, not yet fetched; `--archief` also writes every original. `verwacht.json` tells what must be outstanding
at the end of the history.
"""

import argparse
import gc
import json
import random
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from lxml import etree
from sqlite_utils import Database

from corv import reading
from corv.app import make_folders, working
from corv.attention import Person, close_attention
from corv.checking import Validate
from corv.database import rows, transaction
from corv.findings import Finding
from corv.handler import Deps, resting_place
from corv.history import History
from corv.judging import judge_one
from corv.outcome import Claim, Decision, Outcome, Status
from corv.roots import MARK
from corv.sightings import Sightings, fate_of
from corv.watch import Entry
from corv.workfolder import make_config
from geschiedenis import GEMEENTE, OURS, TOT, TWENTE, VOORBEELDEN, Gesprek, Stap, Voorbeeld, gesprekken

BERICHTEN = Path(__file__).parents[1] / "tests/berichten"
NOT_FETCHED, LOOKED_AT_AFTER = timedelta(hours=3), timedelta(hours=20)
_MS = timedelta(milliseconds=1)


def main() -> None:
    """Parse the command line, make the folder, say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("map", type=Path)
    parser.add_argument("--aantal", type=int, default=100_000)
    parser.add_argument("--tot", type=datetime.fromisoformat, default=TOT, help="het eind van de geschiedenis, met tijdzone")
    parser.add_argument("--archief", action="store_true", help="schrijf ook elk origineel in data/archief")
    args = parser.parse_args()
    if args.map.exists():
        sys.exit(f"{args.map} is er al; geef een nieuwe map")
    started = time.monotonic()
    made = make(args.map.resolve(), args.aantal, args.tot, archief=args.archief)
    print(json.dumps({**made, "duur_s": round(time.monotonic() - started, 1)}))


def make(map_: Path, aantal: int, tot: datetime, *, archief: bool = False) -> dict[str, object]:
    """Make the working folder; gives what is in it."""
    plan = list(gesprekken(aantal, tot))
    steps = sorted((step for gesprek in plan for step in gesprek.stappen if step.moment <= tot), key=lambda step: step.moment)
    _make_folders(map_, steps[0].moment)
    with working(map_) as deps:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
            deps.db.conn.execute(f"PRAGMA {pragma}")
        gc.disable()  # nothing here makes cycles, and looking for them takes a fifth of the time
        with transaction(deps.db), _as_one_transaction():
            history = _Past(deps, tot, archief=archief)
            for step in steps:
                history.add(step)
            deps.store.flush()
            history.fetch()
    expected = sorted(_expected(plan, tot))
    (map_ / "verwacht.json").write_text(json.dumps({"op": tot.isoformat(), "openstaand": expected}, indent=1), encoding="utf-8")
    return {"berichten": len(steps), "van": steps[0].moment.isoformat(), "tot": tot.isoformat(), "openstaand": len(expected)}


class _Sample:
    """A sample message: its bytes, the canonical form of which the content hash is taken, and what the schema says of it."""

    def __init__(self, example: Voorbeeld, validate: Validate) -> None:
        self.example = example
        self.raw = (BERICHTEN / example.bestand).read_bytes()
        root = reading.read(self.raw).root
        self.canonical, self.verdict = b"", tuple[Finding, ...]()
        if root is not None:
            self.verdict = validate(root)
            self.canonical = etree.canonicalize(root, rewrite_prefixes=True, strip_text=True, with_comments=False).encode()
            assert sha256(self.canonical).hexdigest() == reading.content_hash(root)

    def filled(self, text: bytes, step: Stap) -> bytes:
        """The text with the numbers of this step."""
        for name in ("nummer", "op", "sleutel", "partij"):
            old, new = getattr(self.example, name), getattr(step, name)
            if old and new:
                text = text.replace(old.encode(), new.encode())
        if self.example.eigen and step.sleutel:  # the RvdK has a number of its own for the same zaak
            text = text.replace(self.example.eigen.encode(), f"RVDK-{step.sleutel}".encode())
        return text


class _Past:
    """Adds one message after the other, each at its moment."""

    def __init__(self, deps: Deps, tot: datetime, *, archief: bool) -> None:
        self._tot, self._archief = tot, archief
        self._samples = {soort: _Sample(example, deps.checks.validate) for soort, example in VOORBEELDEN.items()}
        self._verdict: tuple[Finding, ...] = ()
        self._deps = replace(deps, checks=replace(deps.checks, validate=lambda _root: self._verdict))
        self._number = 0
        self._to_look_at: deque[tuple[datetime, UUID]] = deque()
        self._recent: dict[str, bytes] = {}

    def add(self, step: Stap) -> None:
        """One message along the main path, as `taking` and `handler` do it, a few milliseconds a step."""
        deps, moment, number = self._deps, step.moment, self._number
        self._settle(moment)
        sample = self._samples[step.soort]
        self._verdict = sample.verdict
        kanaal, raw = deps.settings.named(sample.example.kanaal), sample.filled(sample.raw, step)
        id_, name = _id(number, moment), f"{step.soort.replace(' ', '_')}_{number:07}.xml"
        entry = Entry(kanaal, name, len(raw), int(moment.timestamp()) * 10**9, 65024, number)
        seen = Sightings({id_: (entry, fate_of(entry, has_oins=True))}, {}, {})
        deps.store.record_sightings(seen, (), deps.folders.teken, moment)
        deps.store.add_claims({id_: entry}, moment)
        (incoming,) = deps.store.record([(Claim(id_, kanaal, name, len(raw)), raw)], moment + 5 * _MS)
        with _known_content(sample.filled(sample.canonical, step)):
            read = reading.read(raw)
        outcome = judge_one(incoming, read, History(deps.db).facts(read, kanaal), deps.settings, deps.checks)
        place = resting_place(outcome, deps)
        committed = deps.store.commit([(outcome, place)], deps.folders.teken, moment + 20 * _MS)
        for nr, pending in enumerate(committed):
            deps.store.note_delivered(pending, moment + (25 + nr) * _MS)
        self._number += 1
        self._keep(outcome, raw, deps.settings.map / place)

    def _keep(self, outcome: Outcome, raw: bytes, place: Path) -> None:
        decision, received = outcome.decision, outcome.incoming.ontvangen_op
        patience = LOOKED_AT_AFTER * (10 if self._number % 5 == 0 else 1)
        for id_ in _asks_a_person(outcome.incoming.id, decision):
            self._to_look_at.append((received + patience, id_))
        if received > self._tot - LOOKED_AT_AFTER - timedelta(hours=1):
            self._recent[str(outcome.incoming.id)] = raw
        if self._archief:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(raw)

    def _settle(self, now: datetime) -> None:
        """A person settles what asked for attention, the next day or some days later."""
        while self._to_look_at and self._to_look_at[0][0] <= now:
            moment, id_ = self._to_look_at.popleft()
            close_attention(self._deps.db.conn, id_, Person("j.jansen", "Bekeken en met de afzender besproken.", moment))

    def fetch(self) -> None:
        """The other side fetched what was delivered; what it did not fetch yet lies in the outbox."""
        db, limits = self._deps.db, (self._tot - NOT_FETCHED, self._tot - LOOKED_AT_AFTER)
        db.conn.execute(
            "UPDATE uitvoer SET opgehaald_op = strftime('%Y-%m-%dT%H:%M:%S+00:00', bezorgd_op, "
            "CASE map WHEN '' THEN '+3 minutes' ELSE '+20 hours' END) WHERE bezorgd_op < CASE map WHEN '' THEN ? ELSE ? END",
            [limit.isoformat() for limit in limits],
        )
        query = "SELECT bericht, kanaal, map, bestandsnaam, inhoud FROM uitvoer WHERE opgehaald_op IS NULL"
        for bericht, kanaal, map_, name, content in rows(db, query):
            path = self._deps.settings.named(kanaal).outbox / map_ / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content if content is not None else self._recent[bericht])


def _asks_a_person(id_: UUID, decision: Decision) -> Iterator[UUID]:
    # What waits for judgement is not settled by looking at it.
    if decision.aandacht and decision.status is not Status.TE_BEOORDELEN:
        yield id_
    if decision.faults_on:
        yield decision.faults_on[0].id


def _expected(plan: list[Gesprek], tot: datetime) -> Iterator[tuple[str, str]]:
    """Kind and referentienummer of everything that was sent or received and waits for something after `tot`, or for ever."""
    for gesprek in plan:
        for soort, nummer, since, until in gesprek.wacht:
            if since <= tot and (until is None or until > tot):
                yield soort, nummer


def _id(number: int, moment: datetime) -> UUID:
    """As `app.new_id`, a UUID of version 7; but from the number of the message and not by chance."""
    chance = random.Random(number).getrandbits(74)
    low = chance & ((1 << 62) - 1)
    return UUID(int=(int(moment.timestamp() * 1000) << 80) | (7 << 76) | ((chance >> 62) << 64) | (2 << 62) | low)


def _make_folders(map_: Path, begin: datetime) -> None:
    make_config(map_, oins=[OURS], naam="Veilig Thuis Voorbeeldstad", werkgebied="VT20")
    twente = 'naam = "Veilig Thuis Twente"\noin = "'
    for name, old, new in (("corv", "namens = []", f'namens = ["{GEMEENTE}"]'), ("organisaties", twente, f"{twente}{TWENTE}")):
        file = map_ / f"config/{name}.toml"
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    make_folders(map_, renew=False)
    with closing(Database(map_ / "data/corv.sqlite")) as db, transaction(db) as connection:
        # Marks are drawn by lot; for the same database every time they follow from the folder.
        for drawn, pad in rows(db, "SELECT teken, pad FROM map"):
            teken = sha256(pad.encode()).hexdigest()[:16]
            (map_ / pad / f"{MARK}{drawn}").rename(map_ / pad / f"{MARK}{teken}")
            values = (teken, (begin - timedelta(days=1)).isoformat(), pad)
            connection.execute("UPDATE map SET teken = ?, gemaakt_op = ? WHERE pad = ?", values)


@contextmanager
def _as_one_transaction() -> Iterator[None]:
    """Make every step of the store part of the transaction that is under way: three commits a message would take hours."""

    @contextmanager
    def already_begun(db: Database) -> Iterator[object]:
        yield db.conn

    with patch("corv.store.transaction", already_begun):
        yield


@contextmanager
def _known_content(canonical: bytes) -> Iterator[None]:
    """Let the reader take the hash of this canonical form instead of making it, which takes a quarter of the time."""
    with patch("corv.reading.content_hash", lambda _root: sha256(canonical).hexdigest()):
        yield


if __name__ == "__main__":
    main()
