"""Moments as StUF writes them: tijdstip, Dutch local time in 17 digits, without a zone. Pure.

A sender's tijdstipBericht must rise (StUF 03.01 par. 4.3.2), but local time runs back an hour every October; so a moment
is never earlier than the last one given out.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

NEDERLAND = ZoneInfo("Europe/Amsterdam")
TIJDSTIP_LENGTH = 17
MOMENTS_A_MESSAGE = 10
"""So many milliseconds are set aside for the replies to one message, now and when a person decides later."""


def tijdstip(moment: datetime) -> str:
    """JJJJMMDDuummssmmm in Dutch local time; `moment` must know its zone."""
    return _write(moment.astimezone(NEDERLAND).replace(tzinfo=None))


def shown(iso: str) -> str:
    """A stored moment as Dutch readers write it: 22-11-2026 14:05:09."""
    return f"{datetime.fromisoformat(iso).astimezone(NEDERLAND):%d-%m-%Y %H:%M:%S}"


def dutch_day(moment: datetime) -> date:
    """The day that it was here; `moment` must know its zone."""
    return moment.astimezone(NEDERLAND).date()


def later(tijdstip_: str, milliseconds: int) -> str:
    """The tijdstip so many milliseconds later."""
    return _write(_read(tijdstip_) + timedelta(milliseconds=milliseconds))


def next_moment(now: datetime, last: str | None) -> str:
    """The first free moment: now, or just after the moments that were set aside last."""
    current = tijdstip(now)
    return current if last is None else max(current, later(last, MOMENTS_A_MESSAGE))


def _write(moment: datetime) -> str:
    return f"{moment:%Y%m%d%H%M%S}{moment.microsecond // 1000:03}"


def _read(tijdstip_: str) -> datetime:
    whole = datetime.strptime(tijdstip_[:14], "%Y%m%d%H%M%S")  # noqa: DTZ007 - a tijdstip has no zone by definition
    return whole + timedelta(milliseconds=int(tijdstip_[14:]))
