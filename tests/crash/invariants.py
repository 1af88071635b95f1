"""What must hold after any disturbance, once a pass came to its end again."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from corv.database import first_broken_link
from crash.world import FETCHED

_TABLES = ("besluit", "bevinding", "sleutel", "aandacht", "uitvoer", "verklaring", "geen_terugkoppeling")
_COLUMNS = "id, kanaal, bestandsnaam, grootte, gewijzigd_ns, gezien_op, lot, lot_op, reden, beurt"
_QUERIES = {
    "grootboek": f"SELECT {_COLUMNS} FROM grootboek ORDER BY id",
    # By message, deliveries apart: what a stop broke off is handled one by one, so a message is delivered before the next one
    # is decided, which may be an answer to it; in a batch that is after.
    "gebeurtenis": "SELECT bericht, op, soort, gegevens FROM gebeurtenis ORDER BY bericht, soort = 'bezorgd', volgnr",
    "te vaak begonnen": "SELECT id FROM bericht WHERE pogingen NOT IN (0, 1, 2, 3)",
    **{name: f"SELECT * FROM {name}" for name in _TABLES},
}


def violations(map_: Path, dropped: Iterable[bytes]) -> list[str]:
    """Everything that is not as it must be, in words. `dropped`: the bytes of every file that was ever put in an inbox.

    Database whole, each message once and decided, each output one file with its bytes (here or fetched), inboxes, claims and
    staged files empty, archive complete and nothing more, every event there once.
    """
    with closing(sqlite3.connect(map_ / "data/corv.sqlite")) as db:
        db.row_factory = sqlite3.Row
        return [*_database(db), *_messages(map_, db, dropped), *_outputs(map_, db), *_leftovers(map_), *_events(db)]


def _database(db: sqlite3.Connection) -> Iterator[str]:
    (verdict,) = db.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        yield f"database: {verdict}"
    if db.execute("PRAGMA foreign_key_check").fetchall():
        yield "database: een rij verwijst naar een bericht dat er niet is"
    if (link := first_broken_link(db)) is not None:
        yield f"database: de keten breekt bij gebeurtenis {link}"
    for row in db.execute("SELECT id FROM grootboek WHERE lot = 'geclaimd'"):
        yield f"grootboek: {row['id']} is nog alleen geclaimd"


def _messages(map_: Path, db: sqlite3.Connection, dropped: Iterable[bytes]) -> Iterator[str]:
    wanted = Counter(hashlib.sha256(content).hexdigest() for content in dropped)
    found = Counter(row["sha256"] for row in db.execute("SELECT sha256 FROM bericht"))
    for digest in sorted(wanted.keys() | found.keys()):
        if wanted[digest] != found[digest]:
            yield f"bericht {digest[:8]}: {wanted[digest]} keer gebracht, {found[digest]} keer in de administratie"
    resting = {path.relative_to(map_).as_posix() for path in _files(map_ / "data/archief")}
    resting |= {path.relative_to(map_).as_posix() for path in _files(map_ / "data/quarantaine") if path.suffix == ".xml"}
    query = (
        "SELECT b.*, (SELECT count(*) FROM besluit d WHERE d.bericht = b.id AND d.door = 'corv') AS besluiten, "
        "(SELECT count(*) FROM grootboek g WHERE g.id = b.id AND g.lot = 'opgenomen') AS opgenomen FROM bericht b"
    )
    for row in db.execute(query):
        resting.discard(row["bestand"] or "")
        if row["status"] == "ontvangen" or row["besluiten"] != 1 or row["opgenomen"] != 1:
            yield f"bericht {row['id']}: {row['status']}, {row['besluiten']} besluiten, {row['opgenomen']} keer opgenomen"
        elif _digest(map_ / row["bestand"]) != row["sha256"]:
            yield f"bericht {row['id']}: het origineel ligt niet in {row['bestand']}, of is een ander"
    yield from (f"{path}: hoort bij geen bericht" for path in sorted(resting))


def _outputs(map_: Path, db: sqlite3.Connection) -> Iterator[str]:
    found: dict[str, list[Path]] = {}
    for root in (map_ / "outbox", map_ / FETCHED):
        for path in _files(root):
            if path.parent.name != ".klaar":
                found.setdefault(path.relative_to(root).as_posix(), []).append(path)
    for row in db.execute("SELECT * FROM uitvoer"):
        name = Path(row["kanaal"], row["map"], row["bestandsnaam"]).as_posix()
        here = found.pop(name, [])
        if len(here) != 1 or row["bezorgd_op"] is None:
            yield f"uitvoer {name}: {len(here)} bestanden, bezorgd_op {row['bezorgd_op']}"
        elif _digest(here[0]) != row["sha256"]:
            yield f"uitvoer {name}: andere inhoud dan is vastgelegd"
    yield from (f"uitvoer {name}: niet in de administratie" for name in sorted(found))


def _leftovers(map_: Path) -> Iterator[str]:
    left = [*_files(map_ / "inbox"), *(path for path in _files(map_ / "outbox") if path.parent.name == ".klaar")]
    yield from (f"blijft liggen: {path.relative_to(map_)}" for path in left)


def _events(db: sqlite3.Connection) -> Iterator[str]:
    """Each message has been received once, and each output delivered once, by the events as by the rows."""
    told = Counter((row["bericht"], row["soort"]) for row in db.execute("SELECT bericht, soort FROM gebeurtenis"))
    delivered = Counter(row["bericht"] for row in db.execute("SELECT bericht FROM uitvoer"))
    for row in db.execute("SELECT id FROM bericht"):
        seen = (told[row["id"], "ontvangen"], told[row["id"], "bezorgd"])
        if seen != (1, delivered[row["id"]]):
            yield f"gebeurtenissen van {row['id']}: {seen[0]} keer ontvangen, {seen[1]} van {delivered[row['id']]} bezorgd"


def state(map_: Path) -> dict[str, Any]:
    """Everything that a run leaves behind, to compare with another run; only what the disk itself numbers is left out."""
    files = {
        path.relative_to(map_).as_posix(): path.read_bytes().hex()
        for folder in ("inbox", "outbox", FETCHED, "data/archief", "data/quarantaine")
        for path in _files(map_ / folder)
    }
    with closing(sqlite3.connect(map_ / "data/corv.sqlite")) as db:
        queries = {"bericht": f"SELECT {_without_attempts(db)} FROM bericht", **_QUERIES}
        return {"bestanden": files, **{name: [str(row) for row in db.execute(query)] for name, query in queries.items()}}


def _without_attempts(db: sqlite3.Connection) -> str:
    """The columns of a message but how often it was begun with, which is the one thing that a stop should change."""
    return ", ".join(name for _, name, *_ in db.execute("PRAGMA table_info(bericht)") if name != "pogingen")


def marks(map_: Path) -> list[tuple[str, str, str]]:
    """The mark of each inbox and outbox, made by chance, with its channel and which of the two it is."""
    with closing(sqlite3.connect(map_ / "data/corv.sqlite")) as db:
        return db.execute("SELECT teken, kanaal, soort FROM map").fetchall()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
