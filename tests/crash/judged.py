"""One input judged as the service does it, from its bytes to the rows in the database, and what was wrong with how that went."""

import ctypes
import os
import resource
import sqlite3
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from lxml import etree
from meldingen import IN_TWENTE

from corv import config, judging
from corv.checks import checks_of
from corv.cli.tonen import visible
from corv.cli.uitleg import foresight_json
from corv.controle import Report
from corv.history import History
from corv.logs import log_own_failure
from corv.moments import tijdstip
from corv.outcome import MADE_FOR_OTHERS, Claim, Incoming, Outcome, Output, Soort
from corv.outcome_rows import write_outcome
from corv.routing import FAILED
from corv.store import insert_message
from corv.tabellen.bestanden import load
from corv.verklaren import Foresight
from corv.voorbeeld import MAKERS, make
from corv.voorbeeld.fouten import FOUTEN, broken
from corv.voorbeeld.making import serialise
from corv.voorbeeld.world import World
from crash.nasty import BAIT

MOST_SECONDS, MOST_KB = 2.0, 300 * 1024
VALIDATE_EVERY = 10
"""So often what we wrote is held against the schema too; whether it is well-formed is looked at every time."""

_LARGEST_SEED = 50_000
_ID = UUID(int=0)
_NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_NONBLOCK, _USE = os.O_NONBLOCK | os.O_CLOEXEC, 0x1 | 0x20  # IN_ACCESS, IN_OPEN
_OUTSIDE = ("open", "os.", "socket.", "subprocess.", "shutil.", "urllib.", "ctypes.dlopen")


def seeds(samples: Path) -> list[bytes]:
    """Every sample message, one of every kind that is made up, and one for every fault that can be made."""
    world = World(load(None, []))
    found = [path.read_bytes() for path in sorted(samples.glob("*/*.xml"))]
    found += [serialise(make(naam, 1, 1, world)) for naam in MAKERS]
    found += [broken(min(fout.voor), 1, 1, world, code) for code, fout in FOUTEN.items() if not fout.needs_question]
    return [raw for raw in (*found, IN_TWENTE) if len(raw) < _LARGEST_SEED]


class Bait:
    """A file that nobody may open, also not from C, where no audit hook sees it: the kernel tells when somebody does."""

    def __init__(self, folder: Path) -> None:
        path = folder / BAIT
        path.write_text("<lokaas/>", encoding="utf-8")
        libc = ctypes.CDLL(None)
        self._handle = libc.inotify_init1(_NONBLOCK)
        libc.inotify_add_watch(self._handle, os.fsencode(path), _USE)

    def taken(self) -> bool:
        """Whether it was touched since this was last asked."""
        with suppress(BlockingIOError):
            return bool(os.read(self._handle, 4096))
        return False


class Audit:
    """What Python is asked to do outside of itself while `on`. A hook can't be taken away, so there is one a process."""

    def __init__(self) -> None:
        self.on, self.seen = False, list[str]()
        sys.addaudithook(self._note)

    def _note(self, event: str, args: tuple[object, ...]) -> None:
        if self.on and event.startswith(_OUTSIDE) and not str(args[:1]).endswith((".py',)", ".pyc',)", ".so',)")):
            self.seen.append(f"{event} {args[:1]!r}"[:200])


class Judge:
    """Judges inputs one by one. Nothing of one is left for the next: what it wrote is rolled back.

    `empty`, `filled`: working folders without and with a history; the current folder of the process becomes one of its own.
    """

    def __init__(self, empty: Path, filled: Path, here: Path) -> None:
        os.chdir(here)
        self._bait, self._audit = Bait(here), Audit()
        self._settings = config.load(filled)
        self._checks = checks_of(self._settings)
        self._dbs = [_copy(map_ / "data/corv.sqlite") for map_ in (empty, filled)]
        self._failures: list[str] = []
        judging.log_own_failure = self._note_failure  # type: ignore[attr-defined]

    def _note_failure(self, error: Exception, **_facts: object) -> None:
        self._failures.append(_told(error))
        log_own_failure(error)

    def warm_up(self, messages: Sequence[bytes]) -> None:
        """Everything that is read or compiled once; it is no part of what one message costs."""
        for number, raw in enumerate(messages):
            self._judge(number, raw)
        self._failures.clear()
        self._bait.taken()

    def violations(self, nummer: int, raw: bytes) -> Iterator[str]:
        """Everything wrong with how this input was judged, in words; its number also says from where it comes."""
        self._failures.clear()
        self._audit.seen.clear()
        begin = time.perf_counter()
        self._audit.on = True
        try:
            outcome = self._judge(nummer, raw)
        except Exception as error:  # noqa: BLE001 - the very thing that is looked for
            yield f"uitzondering: {_told(error)}"
            return
        finally:
            self._audit.on = False
        seconds = time.perf_counter() - begin
        yield from (f"fout in corv zelf: {text}" for text in self._failures)
        if outcome.decision.regel == FAILED or any(finding.code == FAILED for finding in outcome.findings):
            yield "besloten als fout in corv zelf"
        if seconds > MOST_SECONDS:
            yield f"duurde {seconds:.1f} s"
        if (used := resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) > MOST_KB:
            yield f"geheugen {used // 1024} MB"
        yield from (f"greep naar buiten: {event}" for event in self._audit.seen)
        if self._bait.taken():
            yield "een bestand naast het bericht is geopend"
        yield from self._wrong_output(outcome, validate=nummer % VALIDATE_EVERY == 0)

    def _judge(self, nummer: int, raw: bytes) -> Outcome:
        """Also written to the database, and as `corv verklaar --json` tells of it; then forgotten again."""
        kanaal, db = self._settings.kanalen[nummer % 2], self._dbs[nummer // 2 % 2]
        incoming = Incoming(_ID, kanaal, raw, _NOW, tijdstip(_NOW))
        db.execute("BEGIN")
        try:
            insert_message(db, Claim(_ID, kanaal, "bericht.xml", len(raw)), raw, incoming)
            (outcome,) = judging.judge([incoming], History(db), self._settings, self._checks)
            write_outcome(db, outcome, "data/archief/bericht.xml", lambda _kanaal, _soort: "teken", _NOW)
        finally:
            db.execute("ROLLBACK")
        reading = outcome.reading
        naam = reading.soort.naam if reading.soort else None
        report = Report(Path("bericht.xml"), reading.is_wellformed, naam, reading.stuurgegevens, None, outcome.findings)
        str(foresight_json(Foresight(report, outcome))).encode()
        return outcome

    def _wrong_output(self, outcome: Outcome, *, validate: bool) -> Iterator[str]:
        told = [outcome.decision.reden, *(finding.tekst for finding in outcome.findings)]
        if any(visible(text.replace("\n", "")) != text.replace("\n", "") for text in told):
            yield "een tekst van ons bevat stuurtekens"
        for output in outcome.outputs:
            if output.inhoud is not None and (wrong := self._wrong_file(output, output.inhoud, validate=validate)):
                yield f"{output.soort}: {wrong}"

    def _wrong_file(self, output: Output, content: bytes, *, validate: bool) -> str | None:
        if output.soort == Soort.TOELICHTING:
            text = content.decode().replace("\n", "")
            return None if visible(text) == text else "bevat stuurtekens"
        try:
            root = etree.fromstring(content)
        except etree.XMLSyntaxError as error:
            return f"geen XML: {type(error).__name__} {error.code}"
        if validate and output.soort not in MADE_FOR_OTHERS and (found := self._checks.validate(root)):
            return f"niet geldig: {found[0].pad} {found[0].code}"
        return None


def _copy(path: Path) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    with closing(sqlite3.connect(path)) as stored:
        stored.backup(memory)
    memory.execute("PRAGMA foreign_keys = ON")
    return memory


def _told(error: Exception) -> str:
    """Its type, and where; without its text, which may quote the message."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-3:]]
    return f"{type(error).__name__} in {' < '.join(reversed(places))}"
