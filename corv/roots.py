"""The inboxes and outboxes of a working folder, and the mark by which each is known again.

In each lies an empty folder `.corv-<teken>`; table `map` knows every teken. A folder without it is not the one that we left:
a share that is not mounted, another share under the same name, or a folder of another installation. Then nothing is
concluded from what is not there, and what belongs in it waits.
"""

import errno
import os
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corv import rechten
from corv.database import Readable, rows, transaction
from corv.durable import sync_file
from corv.errors import StorageError
from corv.settings import Kanaal, Settings

if TYPE_CHECKING:  # see `database`
    from sqlite_utils import Database

WERK, KLAAR, MARK = ".werk", ".klaar", ".corv-"
KNOWN_MARKS = "SELECT * FROM map ORDER BY rowid"
INNER = {"inbox": WERK, "outbox": KLAAR}


@dataclass(frozen=True)
class Root:
    """An inbox or outbox. `soort` is `inbox` or `outbox`; `inner` is our own folder in it."""

    kanaal: Kanaal
    soort: str

    @property
    def path(self) -> Path:
        """Where it is now."""
        return self.kanaal.inbox if self.soort == "inbox" else self.kanaal.outbox

    @property
    def inner(self) -> Path:
        """Our own folder in it."""
        return self.path / INNER[self.soort]

    def marks(self) -> set[str]:
        """Every mark that lies in it now, ours or another's."""
        if not self.path.is_dir():
            return set()
        try:
            with os.scandir(self.path) as listing:  # many times as fast as a glob, where a hundred thousand files wait
                return {item.name.removeprefix(MARK) for item in listing if item.name.startswith(MARK)}
        except PermissionError:
            return set()


def roots(settings: Settings) -> list[Root]:
    """Every inbox and outbox."""
    return [Root(kanaal, soort) for kanaal in settings.kanalen for soort in INNER]


@dataclass(frozen=True)
class Former:
    """An inbox or outbox of ours that the configuration no longer names, and that is still there."""

    kanaal: Kanaal
    soort: str
    path: Path
    teken: str

    @property
    def is_there(self) -> bool:
        """Whether it lies there now, and is the one that we left."""
        return (self.path / f"{MARK}{self.teken}").is_dir()

    def contents(self) -> list[Path]:
        """What lies in it and was not meant to stay: files, and what was taken from it."""
        listed = [path for path in self.path.iterdir() if not path.name.startswith(".")]
        inner = self.path / INNER[self.soort]
        return [*listed, *(inner.iterdir() if inner.is_dir() else ())]


def former_roots(settings: Settings, db: Readable) -> list[Former]:
    """The inboxes and outboxes that were used before and are still there, with their mark."""
    known = rows(db, KNOWN_MARKS)
    now = set(expected_marks(settings, known).values())
    kanalen = {kanaal.naam: kanaal for kanaal in settings.kanalen}
    found = [
        Former(kanalen[row["kanaal"]], row["soort"], settings.map / row["pad"], row["teken"])
        for row in known
        if row["teken"] not in now and row["kanaal"] in kanalen
    ]
    return [root for root in found if root.is_there]


def check(root: Root, teken: str) -> None:
    """Raise OSError when this is not the inbox or outbox with that mark, whole as we left it."""
    root.path.stat()
    mark = root.path / f"{MARK}{teken}"
    if not mark.is_dir():
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(root.path))
    rechten.check_own(root.inner)
    rechten.check_closed(root.inner, mark)


def known_marks(settings: Settings, db: Readable) -> dict[Root, str]:
    """The mark that each root should carry, '' for one that was never used; makes nothing."""
    return {root: teken or "" for root, teken in expected_marks(settings, rows(db, KNOWN_MARKS)).items()}


def open_roots(settings: Settings, db: "Database", now: datetime, *, renew: bool) -> tuple[dict[Root, str], list[Path]]:
    """The mark of each root, and which roots were made. One that was never used is made; one that is gone only with `renew`.

    Raises StorageError when the folders were in use and this database knows nothing of it, or `renew` would lose something.
    """
    known = _by_teken(rows(db, KNOWN_MARKS))
    if not known and any(root.marks() for root in roots(settings)):
        raise StorageError(LOST_DATABASE.format(database=settings.database))
    tekens, made = {}, []
    for root in roots(settings):
        teken = _mark_of(root, settings, known)
        if teken is not None and known[teken].get("pad") != shown(root, settings):
            _note_moved(root, teken, settings, db)
        if teken is None and not root.marks():
            teken = _register(root, settings, db)
            known[teken] = {"gemaakt_op": None}
        if teken is None and renew:
            raise StorageError(FOREIGN.format(path=root.path))
        if teken is not None and (known[teken]["gemaakt_op"] is None or (renew and not _is_whole(root, teken))):
            if known[teken]["gemaakt_op"] is not None:
                _refuse_when_under_way(root, teken, db)
            _make(root, teken, settings, db, now)
            made.append(root.path)
        tekens[root] = teken or ""
    return tekens, made


def expected_marks(settings: Settings, found: Iterable[sqlite3.Row]) -> dict[Root, str | None]:
    """The mark that each root should have, as `open_roots` would find it; None for one never used. Changes nothing.

    `found`: the answer to KNOWN_MARKS.
    """
    known = _by_teken(found)
    return {root: _mark_of(root, settings, known) for root in roots(settings)}


LOST_DATABASE = (
    "De database {database} is er niet of is leeg, maar de mappen zijn eerder gebruikt. Is de schijf met data/ aangekoppeld? "
    "Zo niet: zet de database terug uit een reservekopie."
)

NOT_GIVEN = (
    "De map {path} is niet te maken met de groep van config/corv.toml. Zet de gebruiker corv in die groep, stop de service en "
    "draai corv init als gebruiker corv."
)

FOREIGN = "De map {path} hoort bij een andere administratie; kies een andere map in config/corv.toml."


def _by_teken(found: Iterable[sqlite3.Row]) -> dict[str, dict[str, object]]:
    return {row["teken"]: dict(row) for row in found}


def _mark_of(root: Root, settings: Settings, known: Mapping[str, Mapping[str, object]]) -> str | None:
    return _own_mark(root, known) or _mark_by_path(root, settings, known)


def _own_mark(root: Root, known: Mapping[str, Mapping[str, object]]) -> str | None:
    """The mark that lies here and is ours for this very channel and side; so a working folder may be moved as a whole."""
    ours = (teken for teken in root.marks() if teken in known)
    return next((t for t in ours if (known[t]["kanaal"], known[t]["soort"]) == (root.kanaal.naam, root.soort)), None)


def _mark_by_path(root: Root, settings: Settings, known: Mapping[str, Mapping[str, object]]) -> str | None:
    """The mark that should lie here."""
    wanted = (shown(root, settings), root.kanaal.naam, root.soort)
    found = (teken for teken, row in known.items() if (row.get("pad"), row.get("kanaal"), row.get("soort")) == wanted)
    return next(found, None)


def _register(root: Root, settings: Settings, db: "Database") -> str:
    """Commit the mark of a new root before it is made: a stop in between is then finished at the next start."""
    teken = secrets.token_hex(8)
    with transaction(db) as connection:
        values = (teken, shown(root, settings), root.kanaal.naam, root.soort)
        connection.execute("INSERT INTO map (teken, pad, kanaal, soort) VALUES (?, ?, ?, ?)", values)
    return teken


def _note_moved(root: Root, teken: str, settings: Settings, db: "Database") -> None:
    """A folder with our mark is at another place now: remember it, or it would seem never used when it is not mounted."""
    with transaction(db) as connection:
        connection.execute("UPDATE map SET pad = ? WHERE teken = ?", (shown(root, settings), teken))


def _make(root: Root, teken: str, settings: Settings, db: "Database", now: datetime) -> None:
    foreign = root.marks() - {teken}
    if foreign:
        raise StorageError(FOREIGN.format(path=root.path))
    _make_shared(root, settings)
    for folder in (root.inner, root.path / f"{MARK}{teken}"):
        folder.mkdir(mode=rechten.FOLDER, exist_ok=True)
    for folder in (root.path, root.path.parent):
        sync_file(folder)
    with transaction(db) as connection:
        connection.execute("UPDATE map SET gemaakt_op = ? WHERE teken = ?", (now.isoformat(), teken))


def _make_shared(root: Root, settings: Settings) -> None:
    """Make the folder itself, and those around it that are not there, for who must come in. What is there stays as it is."""
    groups = {kanaal.rechten.groep for kanaal in settings.kanalen if kanaal.rechten.groep is not None}
    try:
        rechten.make_around(root.path, groups)
        rechten.make_shared(root.path, root.kanaal.rechten.groep, is_filled=root.soort == "inbox")
    except PermissionError as error:
        if not groups:
            raise
        raise StorageError(NOT_GIVEN.format(path=error.filename)) from error


def _is_whole(root: Root, teken: str) -> bool:
    try:
        check(root, teken)
    except OSError:
        return False
    return True


def _refuse_when_under_way(root: Root, teken: str, db: "Database") -> None:
    under_way = rows(
        db,
        "SELECT 1 FROM uitvoer WHERE map_teken = ?1 AND bezorgd_op IS NULL UNION ALL "
        "SELECT 1 FROM grootboek g LEFT JOIN bericht b ON b.id = g.id WHERE g.map_teken = ?1 "
        "AND (g.lot = 'geclaimd' OR b.status = 'ontvangen') LIMIT 1",
        (teken,),
    )
    if under_way:
        raise StorageError(f"In {root.path} waren nog berichten onderweg. Koppel die map weer aan, of zet haar terug.")


def shown(root: Root, settings: Settings) -> str:
    """A path inside the working folder without that folder, so that the whole may be moved."""
    return str(root.path.relative_to(settings.map) if root.path.is_relative_to(settings.map) else root.path)
