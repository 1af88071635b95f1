"""What corv waits for, in one small file in data/: a database or a disk that can't be written is told there too.

Whoever ends a pass writes it, whole, only when something changed; no file means that nothing waits. `corv gezondheid` reads it.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

import structlog

from corv.errors import CorvError, StorageError, why
from corv.health.machine import WaitFacts

log = structlog.get_logger()

NAME = "corv.wacht"
_MOST = 50
"""So many reasons are kept, and how many there are more: a message more that waits may be a reason more."""


def told(error: Exception) -> str:
    """Why a pass could not go on, as a sentence. Of a failure of our own without its text, which may quote a message."""
    if isinstance(error, CorvError):
        return str(error)
    if isinstance(error, OSError):
        return f"De schijf weigert ({why(error)}). Het wordt opnieuw geprobeerd."
    return f"Een ronde liep vast op een fout in corv zelf ({type(error).__name__}). Zij wordt herhaald. Meld dit."


def note(data: Path, problems: Iterable[str], silent: Mapping[Path, str], clock: Callable[[], datetime]) -> None:
    """Note that corv waits for just these, each since it was first noted, and in which folders no events arrive, and why.

    Where that can't be written it is logged and disturbs nothing.
    """
    texts, place = list(dict.fromkeys(problems)), data / NAME
    unheard = {str(folder): reason for folder, reason in silent.items()}
    try:
        if not texts and not unheard:
            if place.exists():
                place.unlink()
            return
        before = _before(data)
        kept, more = texts[:_MOST], max(0, len(texts) - _MOST)
        if (set(before.problems), before.meer, before.zonder_seintje) == (set(kept), more, unheard):
            return
        now = clock()
        _write(place, WaitFacts({text: before.problems.get(text, now) for text in kept}, more, unheard))
    except OSError as error:
        log.warning("wacht_niet_vastgelegd", reden=why(error), gevolg="corv gezondheid ziet nu niet wat er wacht")


def read(data: Path) -> WaitFacts:
    """What corv waits for. Raises OSError, or StorageError when the file is not one of ours."""
    try:
        found = json.loads((data / NAME).read_text(encoding="utf-8"))
        since = {text: datetime.fromisoformat(moment) for text, moment in found["wacht"].items()}
        return WaitFacts(since, found["meer"], found["zonder_seintje"])
    except FileNotFoundError:
        return WaitFacts()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StorageError(f"Het bestand data/{NAME} is beschadigd; de volgende ronde maakt het opnieuw.") from error


def _before(data: Path) -> WaitFacts:
    try:
        return read(data)
    except StorageError:
        return WaitFacts()


def _write(place: Path, facts: WaitFacts) -> None:
    since = {text: moment.isoformat() for text, moment in facts.problems.items()}
    found = {"wacht": since, "meer": facts.meer, "zonder_seintje": dict(facts.zonder_seintje)}
    # Not synced: after a power cut a pass comes first and writes it again.
    temporary = place.with_name(f".{NAME}.nieuw")  # a stop half way leaves it, the next try writes over it
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(found, file, ensure_ascii=False)
    temporary.replace(place)
