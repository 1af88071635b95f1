"""Periods as Dutch readers write them: `2d`, `3u`, `22-11-2026`, `22-11-2026 14:05`. Pure: now is an argument.

Days and weeks count on the Dutch calendar, so a day has 23 hours in March and 25 in October; hours and minutes are what they are.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from corv.errors import UsageError
from corv.moments import NEDERLAND

FORMS = "zoals 30m, 3u, 2d, 1w, 22-11-2026, 2026-11-22 of '22-11-2026 14:05'"
"""What a user may write, for help and complaints."""

_FIRST_YEAR, _LAST_YEAR = 2000, 2999
_AGO = re.compile(r"([1-9][0-9]{0,4})([mudw])", re.IGNORECASE)
_UNITS = {"m": timedelta(minutes=1), "u": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_MOMENT = re.compile(
    r"(?:(?P<d>[0-9]{1,2})-(?P<m>[0-9]{1,2})-(?P<j>[0-9]{4})|(?P<J>[0-9]{4})-(?P<M>[0-9]{1,2})-(?P<D>[0-9]{1,2}))"
    r"(?:[ T](?P<uur>[0-9]{1,2}):(?P<minuut>[0-9]{2}))?"
)


@dataclass(frozen=True)
class Periode:
    """From `vanaf` until just before `tot`; None is open."""

    vanaf: datetime | None = None
    tot: datetime | None = None


def periode(now: datetime, *, vandaag: bool = False, sinds: str | None = None, tot: str | None = None) -> Periode:
    """The period that a user asks for. Raises UsageError when it is not understood, or when it holds no moment at all."""
    if vandaag:
        if sinds is not None or tot is not None:
            raise UsageError("Kies --vandaag, of --sinds en --tot; niet allebei.")
        today = _local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return Periode(_first_moment(today), _first_moment(today + timedelta(days=1)))
    asked = Periode(sinds_wanneer(sinds, now) if sinds is not None else None, tot_wanneer(tot, now) if tot is not None else None)
    if asked.vanaf is not None and asked.tot is not None and asked.vanaf >= asked.tot:
        raise UsageError(f"--sinds {sinds} ligt niet vóór --tot {tot}: zo is er nooit iets te vinden.")
    return asked


def sinds_wanneer(text: str, now: datetime) -> datetime:
    """The first moment that `--sinds` takes in, in UTC. Raises UsageError."""
    ago = _ago(text, now)
    return ago if ago is not None else _first_moment(_wall_clock("--sinds", text)[0])


def tot_wanneer(text: str, now: datetime) -> datetime:
    """The first moment that `--tot` leaves out, in UTC: a day and a minute are taken in whole. Raises UsageError."""
    ago = _ago(text, now)
    if ago is not None:
        return ago
    moment, length = _wall_clock("--tot", text)
    return _last_moment(moment + length)


def _ago(text: str, now: datetime) -> datetime | None:
    match = _AGO.fullmatch(text.strip())
    if match is None:
        return None
    number, unit = int(match[1]), match[2].lower()
    if unit in "mu":
        return now.astimezone(UTC) - number * _UNITS[unit]
    return _first_moment(_local(now) - number * _UNITS[unit])


def _wall_clock(option: str, text: str) -> tuple[datetime, timedelta]:
    """What the clock on the wall says, and how long that lasts: a day or a minute."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"{option}: {text!r} is geen periode of datum. Schrijf het {FORMS}.")
    day, month, year = (int(match[one] or match[other]) for one, other in (("d", "D"), ("m", "M"), ("j", "J")))
    try:
        moment = datetime(year, month, day, int(match["uur"] or 0), int(match["minuut"] or 0))  # noqa: DTZ001 - wall clock
    except ValueError as error:
        raise UsageError(f"{option}: {text} bestaat niet. Schrijf het {FORMS}.") from error
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UsageError(f"{option}: het jaar van {text} kan niet kloppen.")
    return moment, timedelta(minutes=1) if match["uur"] else timedelta(days=1)


def _local(now: datetime) -> datetime:
    return now.astimezone(NEDERLAND).replace(tzinfo=None)


def _first_moment(wall_clock: datetime) -> datetime:
    """The first time that the Dutch clock says this or later."""
    first, second = (wall_clock.replace(tzinfo=NEDERLAND, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first if first <= second else _start_of_summer_time(first)


def _last_moment(wall_clock: datetime) -> datetime:
    """The moment after which the Dutch clock no longer says anything earlier than this."""
    first, second = (wall_clock.replace(tzinfo=NEDERLAND, fold=fold).astimezone(UTC) for fold in (0, 1))
    return second if first <= second else _start_of_summer_time(first)


def _start_of_summer_time(skipped: datetime) -> datetime:
    """The clock skips an hour at a whole hour, so what stands in that hour is the moment of skipping."""
    return skipped.replace(minute=0, second=0, microsecond=0)
