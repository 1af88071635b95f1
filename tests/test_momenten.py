"""tijdstip: Dutch local time that only rises, also in the hour that comes twice."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corv.moments import MOMENTS_A_MESSAGE, later, next_moment, tijdstip

moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_moment_is_dutch_local_time_in_17_digits() -> None:
    assert tijdstip(datetime(2026, 7, 1, 10, 5, 9, 123_987, tzinfo=UTC)) == "20260701120509123"
    assert tijdstip(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "20270101003000000"


@given(st.lists(moments, min_size=2, max_size=8))
def test_moments_rise_whatever_the_clock_does(clock: list[datetime]) -> None:
    given_out: list[str] = []
    for now in clock:
        given_out.append(next_moment(now, given_out[-1] if given_out else None))

    assert given_out == sorted(set(given_out))
    assert all(later(earlier, MOMENTS_A_MESSAGE) <= after for earlier, after in pairwise(given_out))


def test_in_the_hour_that_comes_twice_moments_still_rise() -> None:
    before = datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC)  # 02:59:59 summer time; a second later it is 02:00 again
    first = next_moment(before, None)
    second = next_moment(before + timedelta(seconds=2), first)

    assert (first, second) == ("20261025025959000", "20261025025959010")


@given(moments, st.integers(min_value=0, max_value=10_000))
def test_later_adds_milliseconds_across_every_boundary(moment: datetime, milliseconds: int) -> None:
    naive = moment.replace(tzinfo=None, microsecond=moment.microsecond // 1000 * 1000)
    written = f"{naive:%Y%m%d%H%M%S}{naive.microsecond // 1000:03}"
    then = naive + timedelta(milliseconds=milliseconds)
    assert later(written, milliseconds) == f"{then:%Y%m%d%H%M%S}{then.microsecond // 1000:03}"
