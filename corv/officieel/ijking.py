"""What a zip was found to hold when it was tried, and remembering it: a trial takes long, and not every command can wait.

A trial is done by another process, with a limit on memory and time. What passed is remembered in this process, and beside
the zip in a file of the same name with `.geijkt` after it. That file says of which bytes it tells, and by which trial they
passed: when the zip, corv or its XML reader becomes another, the zip is tried again. Who may not write there tries it again in
every process; so does who threw that file away.
"""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import lxml

from corv import __version__
from corv.apart import Limits, ask_apart
from corv.officieel.uitgave import Uitgave
from corv.ordinary import read_ordinary

MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes that a trial may take. The normative zip, the largest that VNG published, takes a tenth of it."""

MOST_SECONDS = 20
"""Seconds of a processor that a trial may take. The normative zip takes a third of one."""

_WAIT_S = 3 * MOST_SECONDS
"""So long a trial may take by the clock, on a machine that has other things to do."""

TOO_HEAVY = (
    f"De schema's zijn te zwaar: corv had aan {MOST_SECONDS} seconden en {MOST_MEMORY // 1024**3} GiB geheugen niet genoeg om ze "
    "uit te proberen. De schema's van VNG hebben daarvan maar een klein deel nodig."
)

_ENDING = ".geijkt"


@dataclass(frozen=True)
class Ijking:
    """What a zip holds that passed. `sha256`: of its bytes; `stated`: what it says of its version; `roots`: in Clark notation."""

    sha256: str
    stated: Uitgave
    roots: frozenset[str]


class _Refusal(Exception):  # noqa: N818 - no failure of ours: it carries the reason to `tried`
    """Why a zip did not pass, as a Dutch sentence."""


def tried(raw: bytes) -> Ijking | str:
    """What these bytes hold, or a Dutch sentence that says why they can't be used.

    Raises CorvError when they could not be tried at all.
    """
    try:
        return _passed(raw)
    except _Refusal as refusal:
        return str(refusal)


def remembered(path: Path, raw: bytes) -> Ijking | None:
    """What the zip at `path`, with these bytes, was found to hold when it passed; None when that is not known."""
    try:
        facts = json.loads(read_ordinary(_beside(path)))
        if (facts["sha256"], facts["proef"]) != (hashlib.sha256(raw).hexdigest(), _trial()):
            return None
        return _ijking(raw, facts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # no file, or one of another make
        return None


def remember(path: Path, ijking: Ijking) -> None:
    """Write down that the zip at `path` passed, where we may."""
    facts = {"sha256": ijking.sha256, "proef": _trial(), "roots": sorted(ijking.roots), **ijking.stated.as_json()}
    temporary = path.with_name(f".{path.name}{_ENDING}.{os.getpid()}")
    with suppress(OSError):
        try:
            temporary.write_text(json.dumps(facts, indent=1), encoding="utf-8")
            temporary.replace(_beside(path))
        finally:
            temporary.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}{_ENDING}")


@lru_cache(maxsize=32)  # a refusal is not remembered: next time there may be more time
def _passed(raw: bytes) -> Ijking:
    found = json.loads(_judged_apart(raw))
    if "weigering" in found:
        raise _Refusal(found["weigering"])
    return _ijking(raw, found)


def _ijking(raw: bytes, facts: dict[str, Any]) -> Ijking:
    return Ijking(hashlib.sha256(raw).hexdigest(), Uitgave.of_json(facts), frozenset(map(str, facts["roots"])))


def _judged_apart(raw: bytes) -> bytes:
    """What another process says of these bytes (`proef.main`)."""
    limits = Limits(MOST_MEMORY, MOST_SECONDS, _WAIT_S)
    found = ask_apart("corv.officieel.proef", raw, limits, "Een zip met schema's is {} uit te proberen")
    if found is None:
        raise _Refusal(TOO_HEAVY)
    return found


@cache
def _trial() -> str:
    """What a zip is tried by, as a SHA-256: another corv or XML reader may judge otherwise."""
    digest = hashlib.sha256(f"{__version__} {getattr(lxml, '__version__', '')}".encode())
    for path in sorted(path for path in Path(__file__).parent.rglob("*") if path.suffix in {".py", ".xml"}):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
