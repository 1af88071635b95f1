"""Stop a pass before every disk operation and half way every write, start again, and compare with an undisturbed run.

    python tests/crash_sweep.py [--partij N] [--ophalen] [--elke K]

--partij N: so many messages a batch. --ophalen: another program takes every file from the outbox the moment it appears, and
must get each exactly once. --elke K: only every K-th point. Prints one line of JSON: points, and the violations with their
point. Runs in a process of its own, because it forks.
"""

import argparse
import itertools
import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from meldingen import IN_TWENTE, terugkoppeling_of_twente

import corv.durable
from conftest import START, TWENTE, Werkmap, message
from corv.app import working
from corv.database import first_broken_link
from corv.handler import Report
from corv.jobs import one_pass

STOPPED = 9
DROPS: tuple[tuple[str, str, str | bytes], ...] = (
    ("eigen", "vto.xml", "vtoDi01/minimaal.xml"),
    ("corv", "melding.xml", "vtMeldingDi01/minimaal.xml"),
    ("corv", "dezelfde.xml", "vtMeldingDi01/andere-voorvoegsels.xml"),
    ("corv", "ander.xml", "vtMeldingDi01/zelfde-nummer-andere-inhoud.xml"),
    ("corv", "fout.xml", "vtMeldingDi01/ongeldig-zonder-sash.xml"),
    ("corv", "twente.xml", "vtMeldingDi01/aan-ander-vt.xml"),
    ("corv", "afgekapt.xml", "onleesbaar/afgekapt.xml"),
    ("corv", "antwoord.xml", "Bv01Bericht/op-vto.xml"),
    ("corv", "fout-op-vto.xml", "Fo01Bericht/op-vto.xml"),
    ("eigen", "fout.xml", "vtTerugkoppelingDi01/ongeldig-status.xml"),
    ("corv", "notificatie.xml", "notificatieDi01/volledig.xml"),
    ("corv", "voor-twente.xml", IN_TWENTE),
    ("corv", "van-twente.xml", terugkoppeling_of_twente("afsluiting zonder overdracht")),
    ("corv", "generiek-voor-twente.xml", "meldingGeneriekDi01/in-twente.xml"),
    ("eigen", "verzoek.xml", "vcobDi01/minimaal.xml"),
    ("corv", "zz-uitslag.xml", "ucobDi01/minimaal.xml"),
)


class Stopper:
    """Counts disk operations and stops the process, without any clean-up, at the n-th."""

    def __init__(self, at: int | None) -> None:
        self.at, self.count = at, 0

    def point(self) -> None:
        self.count += 1
        if self.count == self.at:
            os._exit(STOPPED)

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self.point()
            return function(*args, **kwargs)

        return wrapped

    def halfway(self, path: Path, content: bytes) -> int:
        """Replaces Path.write_bytes: a stop may leave nothing, or half a file."""
        self.point()
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
            file.flush()
            self.point()
            file.write(content[len(content) // 2 :])
        return len(content)

    def install(self) -> None:
        corv.durable._RENAMEAT2 = self.before(_system_rename())
        setattr(Path, "write_bytes", lambda path, content: self.halfway(path, content))  # noqa: B010, PLW0108 - a method
        setattr(Path, "write_text", lambda path, text, **_: self.halfway(path, text.encode()))  # noqa: B010
        for owner, name in ((os, "fsync"), (os, "link"), (Path, "unlink"), (Path, "mkdir")):
            setattr(owner, name, self.before(getattr(owner, name)))
        stopper, connect = self, sqlite3.connect

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
                if sql.split(maxsplit=1)[0] in {"BEGIN", "COMMIT", "INSERT", "UPDATE"}:
                    stopper.point()
                return super().execute(sql, *args)

        setattr(sqlite3, "connect", partial(connect, factory=Connection))  # noqa: B010


def run_pass(map_: Path, stop_at: int | None, *, fetch: bool) -> tuple[int, int]:
    """One pass in a child process; gives its exit code and the number of points it passed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
        stopper = Stopper(stop_at)
        stopper.install()
        if fetch:
            _fetch_at_once(map_)
        with working(map_) as deps:
            taken = deps.db.execute("SELECT count(*) FROM grootboek").fetchone()[0]
            ids = itertools.count(taken + 1)
            one_pass(replace(deps, clock=lambda: START, new_id=lambda: UUID(int=next(ids), version=4)), Report())
        os.write(writer, str(stopper.count).encode())
        os._exit(0)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reader) as counted:
        return os.waitstatus_to_exitcode(status), int(counted.read() or 0)


def _system_rename() -> Callable[..., Any]:
    rename: Callable[..., Any] | None = corv.durable._RENAMEAT2
    assert rename is not None, "de proef is voor Linux"
    return rename


def _fetch_at_once(map_: Path) -> None:
    """The other side: takes a file the moment that it lies in the outbox. Twice the same name is a file delivered twice."""
    rename = _system_rename()

    def rename_and_fetch(*args: Any) -> int:
        result: int = rename(*args)
        target = Path(os.fsdecode(args[3]))
        if result == 0 and target.is_relative_to(map_ / "outbox"):
            fetched = map_ / "opgehaald" / target.name
            while fetched.exists():
                fetched = fetched.with_name(fetched.name + "-NOG-EENS")
            os.rename(target, fetched)  # noqa: PTH104 - not the Path.rename that is watched
        return result

    corv.durable._RENAMEAT2 = rename_and_fetch


def state(map_: Path) -> dict[str, Any]:
    """Everything that a run leaves behind; only what the disk itself numbers is left out."""
    files = {
        path.relative_to(map_).as_posix(): path.read_bytes().hex()
        for folder in ("inbox", "outbox", "opgehaald", "data/archief", "data/quarantaine")
        for path in sorted((map_ / folder).rglob("*"))
        if path.is_file()
    }
    with closing(sqlite3.connect(map_ / "data/corv.sqlite")) as db:
        tables = {
            "grootboek": (
                "SELECT id, kanaal, bestandsnaam, grootte, gewijzigd_ns, gezien_op, lot, lot_op, reden, beurt "
                "FROM grootboek ORDER BY id"
            ),
            "bericht": f"SELECT {_without_attempts(db)} FROM bericht",
            "te vaak begonnen": "SELECT id FROM bericht WHERE pogingen NOT IN (1, 2)",
            **{
                name: f"SELECT * FROM {name}"
                for name in (
                    "besluit",
                    "bevinding",
                    "sleutel",
                    "aandacht",
                    "uitvoer",
                    "verklaring",
                    "geen_terugkoppeling",
                )
            },
            # By message, deliveries apart: what a stop broke off is handled one by one, so a message is delivered before the next
            # one is decided, which may be an answer to it; in a batch that is after.
            "gebeurtenis": "SELECT bericht, op, soort, gegevens FROM gebeurtenis ORDER BY bericht, soort = 'bezorgd', volgnr",
            "gezond": "PRAGMA integrity_check",
        }
        rows = {name: [str(row) for row in db.execute(query)] for name, query in tables.items()}
        return {"bestanden": files, "keten": first_broken_link(db), **rows}


def _without_attempts(db: sqlite3.Connection) -> str:
    """The columns of a message but how often it was begun with, which is the one thing that a stop should change."""
    return ", ".join(name for _, name, *_ in db.execute("PRAGMA table_info(bericht)") if name != "pogingen")


def prepare(map_: Path, batch: int) -> None:
    werkmap = Werkmap(map_)
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    werkmap.configure("berichten_per_keer = 100", f"berichten_per_keer = {batch}")
    (map_ / "opgehaald").mkdir()
    for minute, (kanaal, name, sample) in enumerate(DROPS):
        content = message(sample) if isinstance(sample, str) else sample
        moment = START.timestamp() - 3600 + 60 * minute
        os.utime(werkmap.drop(kanaal, name, content), (moment, moment))
    with working(map_):
        pass  # so that the database and the folders are there: the sweep is about a pass, not about the first start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--partij", type=int, default=100)
    parser.add_argument("--ophalen", action="store_true")
    parser.add_argument("--elke", type=int, default=1)
    args = parser.parse_args()
    violations, points = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        base, work = Path(scratch, "begin"), Path(scratch, "werk")
        prepare(base, args.partij)
        shutil.copytree(base, work)
        code, total = run_pass(work, None, fetch=args.ophalen)
        undisturbed = state(work)
        if code != 0 or len(undisturbed["bericht"]) != len(DROPS):
            violations.append("de ongestoorde ronde zelf gaat niet goed")
        for point in range(1, total + 1, args.elke):
            shutil.rmtree(work)
            shutil.copytree(base, work)
            stopped, _ = run_pass(work, point, fetch=args.ophalen)
            again, _ = run_pass(work, None, fetch=args.ophalen)
            after = state(work)
            points += 1
            if (stopped, again) != (STOPPED, 0):
                violations.append(f"punt {point}: einde {stopped}, daarna {again}")
            violations += [f"punt {point}: {part} verschilt" for part in after if after[part] != undisturbed[part]]
    print(json.dumps({"punten": points, "schendingen": violations}, ensure_ascii=False))
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
