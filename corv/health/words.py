"""Ages, sizes and numbers as a Dutch reader says them. Pure."""

from collections.abc import Sequence
from datetime import datetime

from corv.moments import NEDERLAND

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_GIB, _MIB = 1 << 30, 1 << 20


def ago(since: datetime, now: datetime) -> str:
    """How long ago, in words: `3 uur en 10 minuten`."""
    return in_words(max(0, int((now - since).total_seconds())))


def in_words(seconds: int) -> str:
    """A stretch of time in one or two units, none of them zero."""
    if seconds < _MINUTE:
        return count(seconds, "seconde", "seconden")
    if seconds < _HOUR:
        return count(seconds // _MINUTE, "minuut", "minuten")
    if seconds < 2 * _DAY:
        return _two(count(seconds // _HOUR, "uur", "uur"), count(seconds % _HOUR // _MINUTE, "minuut", "minuten"))
    return _two(count(seconds // _DAY, "dag", "dagen"), count(seconds % _DAY // _HOUR, "uur", "uur"))


def _two(large: str, small: str) -> str:
    return large if small.startswith("0 ") else f"{large} en {small}"


def count(number: int, one: str, many: str) -> str:
    """A number with its word: `1 bestand`, `1.200 bestanden`."""
    return f"{number:,} {one if number == 1 else many}".replace(",", ".")


def size(bytes_: int) -> str:
    """Room on a disk: `12,3 GiB`."""
    return f"{bytes_ / _GIB:.1f} GiB".replace(".", ",") if bytes_ >= _GIB else f"{bytes_ // _MIB} MiB"


def listed(words: Sequence[str]) -> str:
    """`a, b en c`."""
    return " en ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def local(moment: datetime) -> str:
    """A moment as Dutch readers write it: 22-11-2026 14:05."""
    return f"{moment.astimezone(NEDERLAND):%d-%m-%Y %H:%M}"
