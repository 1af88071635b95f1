"""The zips in config/schemas/: read them from disk, and judge whether they can be used."""

from collections.abc import Iterable
from pathlib import Path

from corv.officieel.archief import MAX_ZIP, TOO_LARGE
from corv.officieel.bestanden import BAD_NAME, check, problem, unreadable
from corv.officieel.ijking import Ijking, remember, remembered, tried
from corv.officieel.keuze import Pakket
from corv.officieel.uitgave import uitgave_of
from corv.ordinary import read_ordinary


def load(files: Iterable[Path], problems: list[str]) -> tuple[Pakket, ...]:
    """What these zips hold. One that is not known to have passed is tried; that it passed is remembered.

    `problems` grows with each that can't be used, and why. Raises CorvError when one can't be tried now.
    """
    found = []
    for path in check(files, problems):
        pakket = _load(path)
        if isinstance(pakket, Pakket):
            found.append(pakket)
        else:
            problems.append(problem(path, pakket))
    return tuple(found)


def pakket_of(name: str, raw: bytes) -> Pakket | str:
    """What these bytes, in a file of that name, hold once they passed; or a Dutch sentence that says why they can't be used.

    Raises CorvError when they can't be tried now.
    """
    if not name.isprintable():
        return BAD_NAME
    found = tried(raw)
    return found if isinstance(found, str) else _pakket(name, raw, found)


def _load(path: Path) -> Pakket | str:
    try:
        if path.stat().st_size > MAX_ZIP:
            return TOO_LARGE
        raw = read_ordinary(path)
    except OSError as error:
        return unreadable(error)
    known = remembered(path, raw)
    found = known or tried(raw)
    if isinstance(found, str):
        return f"{found} Zet er een goede zip voor in de plaats, of haal hem weg."
    if known is None:
        remember(path, found)
    return _pakket(path.name, raw, found)


def _pakket(name: str, raw: bytes, found: Ijking) -> Pakket:
    return Pakket(name, found.sha256, uitgave_of(name, found.stated), found.roots, raw)
