"""Is a back-up whole: its database, the files that inhoud.json names, and an original for each message. Writes nothing."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from corv.backup.copying import digest_of
from corv.backup.manifest import DATABASE, Manifest
from corv.backup.plan import Bevinding, Original, lacking
from corv.backup.snapshot import ends_of_chain, open_copy, originals
from corv.database import first_broken_link, guarded
from corv.errors import StorageError, why

_REPEAT = "maak een nieuwe kopie; blijft het zo, kijk dan de schijf na"


def verify(dir_: Path, folder: Path, manifest: Manifest, done: Callable[[], None], *, thorough: bool) -> list[Bevinding]:
    """What is not right with one back-up. `thorough`: also read every original; without, only its size is looked at.

    Raises StorageError when it can't be looked at. `done` is called after each original.
    """
    found = [*manifest.bevindingen, *_files(folder, manifest)]
    if any(bevinding.waar == DATABASE for bevinding in found):
        return found
    try:
        with closing(open_copy(folder / DATABASE)) as db:
            with guarded():
                found += _database(db, manifest)
            known = originals(db)
    except StorageError:
        return [*found, Bevinding(None, DATABASE, "de database in de kopie is niet te lezen", _REPEAT)]
    sizes = sizes_of(dir_, folder, known)
    digests = dict(_digests(dir_, folder, known, sizes, done)) if thorough else {}
    return [*found, *lacking(known, sizes, digests)]


def sizes_of(dir_: Path, folder: Path, known: Iterable[Original]) -> dict[str, int]:
    """How large each original is that lies in the back-up, by path as in `Original`."""
    sizes = {}
    for original in known:
        for path in (*original.places, original.claimed):
            try:
                sizes[path] = (base_of(dir_, folder, path) / path).lstat().st_size
            except FileNotFoundError:
                continue
    return sizes


def base_of(dir_: Path, folder: Path, path: str) -> Path:
    """Below which folder a path of `Original` lies: originals at rest are shared by all back-ups."""
    return folder if path.startswith("inbox/") else dir_


def _digests(
    dir_: Path, folder: Path, known: Iterable[Original], sizes: dict[str, int], done: Callable[[], None]
) -> Iterator[tuple[str, str]]:
    for original in known:
        for path in (*original.places, original.claimed):
            if path in sizes and original.sha256 is not None:
                yield path, digest_of(base_of(dir_, folder, path) / path)
        done()


def _files(folder: Path, manifest: Manifest) -> Iterator[Bevinding]:
    for path, (size, sha256) in manifest.bestanden.items():
        try:
            is_whole = (folder / path).lstat().st_size == size and digest_of(folder / path) == sha256
        except FileNotFoundError:
            yield Bevinding(None, _told(path), "dit bestand is niet meer in de kopie", _REPEAT)
        except OSError as error:
            yield Bevinding(None, _told(path), f"dit bestand in de kopie is niet te lezen ({why(error)})", _REPEAT)
        else:
            if not is_whole:
                yield Bevinding(None, _told(path), "dit bestand in de kopie is niet meer wat het was", _REPEAT)


def _told(path: str) -> str:
    """Where a file is; of a file in an inbox only which inbox, for its name may say something about a person."""
    folder = Path(path).parent
    return folder.as_posix() if folder.parent.name == "inbox" else path


def _database(db: sqlite3.Connection, manifest: Manifest) -> Iterator[Bevinding]:
    if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        yield Bevinding(
            None,
            DATABASE,
            "de database in de kopie is beschadigd",
            "draai corv herstel --grondig; neem zo nodig een oudere kopie",
        )
    if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
        yield Bevinding(
            None, DATABASE, "regels in de database verwijzen naar een bericht dat er niet is", "meld dit aan de makers van corv"
        )
    broken = first_broken_link(db)
    if broken is not None:
        wat = f"de keten van gebeurtenissen klopt niet meer vanaf gebeurtenis {broken}"
        yield Bevinding(None, DATABASE, wat, "iemand heeft de database veranderd: vergelijk met een oudere kopie")
    if ends_of_chain(db) != (manifest.begin, manifest.keten):
        yield Bevinding(None, DATABASE, "dit is niet de database waarvan inhoud.json spreekt", "neem een andere kopie")
