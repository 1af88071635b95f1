"""The zips in config/schemas/: read them from disk and judge whether they can be used."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from lxml import etree

from corv.errors import why
from corv.officieel.archief import MAX_ZIP, TOO_LARGE, read_zip
from corv.officieel.bestanden import FOLDER
from corv.officieel.ijkpunten import misjudged
from corv.officieel.keuze import Pakket
from corv.officieel.samenstellen import Bundle, compile_bundle, compose
from corv.officieel.uitgave import uitgave_of
from corv.ordinary import read_ordinary


def load(files: Iterable[Path], problems: list[str]) -> tuple[Pakket, ...]:
    """What these zips hold, without compiling it. `problems` grows with each that can't be used, and why."""
    found = []
    for path in files:
        pakket = read(path)
        if isinstance(pakket, Pakket):
            found.append(pakket)
        else:
            problems.append(f"{FOLDER}/{path.name}: {pakket}")
    return tuple(found)


def read(path: Path) -> Pakket | str:
    """One zip, not yet compiled; or a Dutch sentence that says why it can't be used."""
    try:
        if path.stat().st_size > MAX_ZIP:
            return TOO_LARGE
        raw = read_ordinary(path)
    except OSError as error:
        return f"Het bestand is niet te lezen ({why(error)})."
    return pakket_of(path.name, raw)


def pakket_of(name: str, raw: bytes) -> Pakket | str:
    """What these bytes, in a file of that name, hold; or a Dutch sentence that says why they can't be used."""
    bundle = _bundle_of(raw)
    if isinstance(bundle, str):
        return bundle
    return Pakket(name, hashlib.sha256(raw).hexdigest(), uitgave_of(name, bundle.stated), bundle)


@lru_cache(maxsize=32)  # more than one working folder ever has: each is compiled once in the life of a process
def usable(bundle: Bundle) -> etree.XMLSchema | str:
    """The compiled schema, once it judges messages well of which the verdict is known; or a Dutch sentence that says why not.

    Not for sharing between threads: the error log belongs to the schema.
    """
    schema = compile_bundle(bundle)
    if isinstance(schema, str):
        return schema
    wrong = next(filter(None, (misjudged(schema, root) for root in sorted(bundle.roots))), None)
    return schema if wrong is None else f"Het schema {wrong}. Zo'n schema gebruikt corv niet."


@lru_cache(maxsize=32)
def _bundle_of(raw: bytes) -> Bundle | str:
    files = read_zip(raw)
    return files if isinstance(files, str) else compose(files)
