"""How the last back-up went, in one small file in data/: `corv gezondheid` tells of it, for at night nobody looks."""

import json
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from corv.durable import replace_with
from corv.errors import BusyError, CorvError, StorageError, why
from corv.health.backups import BackupFacts
from corv.ordinary import read_ordinary

NAME = "corv.reservekopie"


def made(data: Path, now: datetime, findings: int) -> None:
    """Note that one was made that began at this moment, with so many findings."""
    _write(data, BackupFacts(now, now, findings))


def failed(data: Path, now: datetime, error: Exception) -> None:
    """Note that none was made, and why; one that is being made by another is no failure."""
    if isinstance(error, BusyError):
        return
    try:
        before = read(data)
    except (StorageError, OSError):
        before = None
    if isinstance(error, CorvError):
        reason = str(error)
    else:  # of a failure of our own without its text, which may quote a message
        reason = why(error) if isinstance(error, OSError) else f"een fout in corv zelf ({type(error).__name__})"
    _write(data, BackupFacts(now, before.gelukt_op if before else None, 0, reason))


def read(data: Path) -> BackupFacts | None:
    """How the last one went; None when there never was any. Raises OSError, or StorageError when the file is not one of ours."""
    try:
        found = json.loads(read_ordinary(data / NAME))
        last = datetime.fromisoformat(found["gelukt_op"]) if found["gelukt_op"] is not None else None
        return BackupFacts(datetime.fromisoformat(found["op"]), last, int(found["bevindingen"]), found["reden"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StorageError(f"Het bestand data/{NAME} is beschadigd; de volgende reservekopie maakt het opnieuw.") from error


def _write(data: Path, facts: BackupFacts) -> None:
    moments = {"op": facts.op.isoformat(), "gelukt_op": facts.gelukt_op.isoformat() if facts.gelukt_op else None}
    with suppress(OSError):  # what could not be noted is told by its age
        replace_with(data / NAME, json.dumps({**asdict(facts), **moments}, ensure_ascii=False).encode())
