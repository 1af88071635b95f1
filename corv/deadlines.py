"""When something is due: plain hours, or working days of the Dutch calendar. Pure.

Working days are Monday to Friday without the public holidays of the Netherlands and without the free days of the organisation
itself. Dates are Dutch local dates: what comes at half past midnight was received that day, whatever UTC says.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from corv.moments import NEDERLAND

_SATURDAY = 5
_DAY = timedelta(days=1)
_LAST_SECOND = time(23, 59, 59)


def after_hours(since: datetime, hours: float) -> datetime:
    """So many hours later, also over a night in which the clock is changed."""
    return since.astimezone(UTC) + timedelta(hours=hours)


def after_working_days(
    since: datetime, days: int, vrije_dagen: AbstractSet[date] = frozenset(), known: Mapping[int, AbstractSet[date]] | None = None
) -> datetime:
    """The last second, in the Netherlands, of the working day that many after the day of `since`; `days` is at least 1."""
    day = since.astimezone(NEDERLAND).date()
    for _ in range(days):
        day += _DAY
        while not is_working_day(day, vrije_dagen, known):
            day += _DAY
    return datetime.combine(day, _LAST_SECOND, NEDERLAND).astimezone(UTC)


def is_working_day(
    day: date, vrije_dagen: AbstractSet[date] = frozenset(), known: Mapping[int, AbstractSet[date]] | None = None
) -> bool:
    """Whether people are at work on that day. `known`: public holidays by year; a year that is absent is computed."""
    if day.weekday() >= _SATURDAY or day in vrije_dagen:
        return False
    holidays = (known or {}).get(day.year)
    return day not in (public_holidays(day.year) if holidays is None else holidays)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of the Netherlands in that year."""
    from holidays import country_holidays  # noqa: PLC0415 - a tenth of a second, only for who needs it

    return frozenset(country_holidays("NL", years=year))
