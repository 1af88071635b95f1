"""Whose DIR is it, and who is at work there: known before the first byte of a message is written and before anything is removed.

Two administrations in one DIR would share an archive, and a restore would mix them.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corv.backup.manifest import made_in, read_manifest
from corv.backup.plan import Bevinding
from corv.durable import write_new
from corv.errors import BusyError, StorageError, UsageError, why
from corv.ordinary import read_ordinary

OWNER, SLOT = "administratie.txt", "backup.slot"
_HASH = re.compile(rb"[0-9a-f]{64}\n?")


def claim(dir_: Path, begin: str | None) -> list[Bevinding]:
    """Make DIR that of this administration, known by the hash of its first event; gives what in DIR could not be read.

    Raises UsageError, and nothing was written, when it is another's. Without an event yet DIR is claimed by a later call.
    """
    owner, damaged = _owner(dir_)
    if owner is None:
        owner, more = _last_begin(dir_)
        damaged += more
        if begin is not None and owner in {None, begin} and not (dir_ / OWNER).exists():
            write_new(dir_ / OWNER, f"{begin}\n")
    else:
        damaged += _last_begin(dir_)[1]
    if owner not in {None, begin}:
        raise UsageError(f"In {dir_} staan reservekopieën van een andere administratie. Kies een andere map.")
    return damaged


@contextmanager
def alone(data: Path, dir_: Path) -> Iterator[None]:
    """Nobody else makes a back-up of this working folder, nor in DIR: two at once would remove each other's unfinished work."""
    with _held(data / SLOT), _held(dir_ / SLOT):
        yield


@contextmanager
def _held(slot: Path) -> Iterator[None]:
    lock = FileLock(slot, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BusyError("Er wordt al een reservekopie gemaakt. Wacht tot die klaar is.") from error
    except OSError as error:
        text = f"In {slot.parent} is niet te schrijven ({why(error)}); draai de opdracht als de gebruiker corv."
        raise StorageError(text) from error
    try:
        yield
    finally:
        lock.release()


def _owner(dir_: Path) -> tuple[str | None, list[Bevinding]]:
    try:
        written = read_ordinary(dir_ / OWNER)
    except FileNotFoundError:
        return None, []
    except OSError:
        written = b""
    if _HASH.fullmatch(written):
        return written.decode().strip(), []
    return None, [Bevinding(None, OWNER, "dit bestand, dat zegt van wie deze map is, is beschadigd", _REMOVE)]


def _last_begin(dir_: Path) -> tuple[str | None, list[Bevinding]]:
    """Whose the last back-up is that can be read, and those after it that can't."""
    damaged: list[Bevinding] = []
    for folder in reversed(made_in(dir_)):
        try:
            return read_manifest(folder).begin, damaged
        except (StorageError, OSError):
            wat = "van deze eerdere kopie is inhoud.json er niet, of niet te begrijpen; de nieuwe kopie is er gewoon"
            damaged.append(Bevinding(None, folder.name, wat, f"kijk de schijf na; {_REMOVE}"))
    return None, damaged


_REMOVE = "haal het weg uit de map met reservekopieën"
