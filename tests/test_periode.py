"""Periods: what a user may write, and that Dutch days are Dutch days, also when the clock changes."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corv.errors import UsageError
from corv.moments import NEDERLAND
from corv.periode import Periode, periode, sinds_wanneer, tot_wanneer

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
"""14:05 on the Dutch clock."""

TO_SUMMER, TO_WINTER = date(2026, 3, 29), date(2026, 10, 25)

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds UTC


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("30m", "2026-11-22T12:35"),
        ("3u", "2026-11-22T10:05"),
        ("3U", "2026-11-22T10:05"),
        ("2d", "2026-11-20T13:05"),
        ("1w", "2026-11-15T13:05"),
        ("30d", "2026-10-23T12:05"),  # over the end of summer time the clock on the wall stays the same
        ("22-11-2026", "2026-11-21T23:00"),
        ("2026-11-22", "2026-11-21T23:00"),
        ("1-7-2026", "2026-06-30T22:00"),
        ("22-11-2026 14:05", "2026-11-22T13:05"),
        ("2026-11-22T14:05", "2026-11-22T13:05"),
        ("29-3-2026 02:30", "2026-03-29T01:00"),  # does not exist: the clock skips it
        ("25-10-2026 02:30", "2026-10-25T00:30"),  # twice: the first
    ],
)
def test_sinds_is_the_first_moment(text: str, moment: str) -> None:
    assert sinds_wanneer(text, NOW) == utc(moment)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("3u", "2026-11-22T10:05"),
        ("22-11-2026", "2026-11-22T23:00"),
        ("29-3-2026", "2026-03-29T22:00"),
        ("22-11-2026 14:05", "2026-11-22T13:06"),
        ("29-3-2026 02:30", "2026-03-29T01:00"),
        ("25-10-2026 02:30", "2026-10-25T01:31"),  # twice: the last
    ],
)
def test_tot_takes_in_the_whole_day_or_minute(text: str, moment: str) -> None:
    assert tot_wanneer(text, NOW) == utc(moment)


@pytest.mark.parametrize(
    "text", ["", "2", "d", "0d", "-1d", "2 d", "2j", "gisteren", "22-11", "22-11-26", "22/11/2026", "22-11-2026 14", "٢d", "1d2u"]
)
def test_what_is_no_period_says_how_to_write_one(text: str) -> None:
    with pytest.raises(UsageError, match=re.escape("22-11-2026")):
        sinds_wanneer(text, NOW)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31-11-2026", "bestaat niet"),
        ("22-13-2026", "bestaat niet"),
        ("22-11-2026 24:00", "bestaat niet"),
        ("1-1-0001", "kan niet"),
        ("31-12-9999", "kan niet"),
    ],
)
def test_a_date_that_can_not_be_is_named(text: str, said: str) -> None:
    for ask in (sinds_wanneer, tot_wanneer):
        with pytest.raises(UsageError, match=said) as error:
            ask(text, NOW)
        assert text in str(error.value)


def test_today_is_the_dutch_day_with_23_or_25_hours() -> None:
    just_after_midnight = utc("2026-03-28T23:30")
    assert periode(just_after_midnight, vandaag=True) == Periode(utc("2026-03-28T23:00"), utc("2026-03-29T22:00"))
    assert periode(utc("2026-10-25T12:00"), vandaag=True) == Periode(utc("2026-10-24T22:00"), utc("2026-10-25T23:00"))


def test_without_a_question_every_moment_fits() -> None:
    assert periode(NOW) == Periode(None, None)
    assert periode(NOW, sinds="1d") == Periode(utc("2026-11-21T13:05"), None)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"vandaag": True, "sinds": "2d"}, "niet allebei"),
        ({"vandaag": True, "tot": "2d"}, "niet allebei"),
        ({"sinds": "23-11-2026", "tot": "22-11-2026"}, "niet vóór"),
        ({"sinds": "2d", "tot": "2d"}, "niet vóór"),
        ({"sinds": "1d", "tot": "2d"}, "niet vóór"),
    ],
)
def test_a_contradiction_is_refused(asked: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        periode(NOW, **asked)  # type: ignore[arg-type]  # one table of keywords


@given(day=days, moment=moments)
@example(day=TO_SUMMER, moment=utc("2026-03-28T23:00"))
@example(day=TO_SUMMER, moment=utc("2026-03-29T22:00"))
@example(day=TO_WINTER, moment=utc("2026-10-25T22:59:59.999999"))
@example(day=TO_WINTER, moment=utc("2026-10-25T23:00"))
def test_a_moment_is_in_a_day_exactly_when_the_dutch_calendar_says_so(day: date, moment: datetime) -> None:
    text = f"{day:%d-%m-%Y}"
    asked = periode(NOW, sinds=text, tot=text)
    assert asked.vanaf is not None
    assert asked.tot is not None
    assert (asked.vanaf <= moment < asked.tot) is (moment.astimezone(NEDERLAND).date() == day)


@given(moment=moments, minute=st.integers(0, 200), near=st.sampled_from([TO_SUMMER, TO_WINTER]))
def test_whatever_the_clock_says_from_then_on_is_in_also_around_a_change(moment: datetime, minute: int, near: date) -> None:
    wall_clock = f"{near:%Y-%m-%d} {1 + minute // 60:02}:{minute % 60:02}"
    moment = moment.replace(year=near.year, month=near.month, day=near.day)
    says = f"{moment.astimezone(NEDERLAND):%Y-%m-%d %H:%M}"
    assert says < wall_clock or sinds_wanneer(wall_clock, NOW) <= moment
    assert says > wall_clock or moment < tot_wanneer(wall_clock, NOW)


@given(now=moments, number=st.integers(1, 99_999), unit=st.sampled_from("mu"))
def test_hours_and_minutes_are_what_they_are(now: datetime, number: int, unit: str) -> None:
    assert sinds_wanneer(f"{number}{unit}", now) == now - number * (timedelta(hours=1) if unit == "u" else timedelta(minutes=1))


@given(now=moments, number=st.integers(1, 1000), unit=st.sampled_from("dw"))
def test_so_many_days_ago_the_clock_said_the_same(now: datetime, number: int, unit: str) -> None:
    wall_clock = now.astimezone(NEDERLAND).replace(tzinfo=None) - number * timedelta(days=7 if unit == "w" else 1)
    said = sinds_wanneer(f"{number}{unit}", now).astimezone(NEDERLAND).replace(tzinfo=None)
    skipped = timedelta(hours=1) if wall_clock.month == 3 and wall_clock.hour == 2 else timedelta(0)
    assert wall_clock <= said <= wall_clock + skipped


@given(st.text(max_size=20) | st.from_regex(r"[0-9]{1,6}[mudw]", fullmatch=True))
@example("99999w")
def test_any_text_gives_a_moment_or_a_sentence(text: str) -> None:
    for ask, option in ((sinds_wanneer, "--sinds"), (tot_wanneer, "--tot")):
        found = outcome(ask, text)
        assert found.tzinfo is UTC if isinstance(found, datetime) else found.startswith(option)


def outcome(ask: Callable[[str, datetime], datetime], text: str) -> datetime | str:
    try:
        return ask(text, NOW)
    except UsageError as error:
        return str(error)
