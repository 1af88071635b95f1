"""config/termijnen.toml, and when something is due: plain hours, and working days of the Dutch calendar."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Werkmap, message
from corv import config
from corv.database import open_for_reading
from corv.deadlines import after_hours, after_working_days, is_working_day, public_holidays
from corv.errors import ConfigError
from corv.holiday_rows import stored_holidays
from corv.moments import NEDERLAND
from corv.settings import Termijnen
from corv.stuf import JZ_FUNCTIES, MELDINGEN, TERUGKOPPELINGEN, VERRIJKINGEN

REPOSITORY = Path(__file__).parents[1]

MISTAKES = """\
[antwoord]
vtoDi01 = "48"
vto = 48
vtTerugkoppelingDi01 = -1
[terugkoppeling]
vtMeldingDi01 = 2.5
zorgmeldingDi01 = 251
vtoDi01 = 5
[verrijking]
ucobDi01 = 2
[doorsturen]
ontvangst_uur = 24
[werkdagen]
vrije_dagen = ["2026-12-24"]
[vakantie]
"""


def test_all_mistakes_are_told_at_once_with_file_line_and_key(werkmap: Werkmap) -> None:
    (werkmap.path / "config/termijnen.toml").write_text(MISTAKES, encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        config.load(werkmap.path)

    assert sorted(caught.value.problems) == sorted(
        [
            "config/termijnen.toml, regel 2: antwoord.vtoDi01 moet een getal van 0 tot en met 8760 zijn.",
            "config/termijnen.toml, regel 3: antwoord.vto is geen bekende sleutel; bedoelt u vtoDi01?",
            "config/termijnen.toml, regel 4: antwoord.vtTerugkoppelingDi01 moet een getal van 0 tot en met 8760 zijn.",
            "config/termijnen.toml, regel 6: terugkoppeling.vtMeldingDi01 moet een geheel getal van 0 tot en met 250 zijn.",
            "config/termijnen.toml, regel 7: terugkoppeling.zorgmeldingDi01 moet een geheel getal van 0 tot en met 250 zijn.",
            "config/termijnen.toml, regel 8: terugkoppeling.vtoDi01 is geen bekende sleutel; bedoelt u vtMeldingDi01?",
            "config/termijnen.toml, regel 10: verrijking.ucobDi01 is geen bekende sleutel; bedoelt u vcobDi01?",
            "config/termijnen.toml, regel 12: doorsturen.ontvangst_uur is geen bekende sleutel; bedoelt u ontvangst_uren?",
            "config/termijnen.toml, regel 14: werkdagen.vrije_dagen moet een lijst van datums zijn zonder aanhalingstekens, "
            "zoals [2026-05-15, 2026-12-24].",
            "config/termijnen.toml, regel 15: vakantie is geen bekende sleutel; "
            "bekend zijn: antwoord, doorsturen, terugkoppeling, verrijking, werkdagen.",
        ]
    )


@pytest.mark.parametrize("value", ["5", "[5]", "[2026-12-24T10:00:00]", "2026-12-24"])
def test_free_days_are_a_list_of_dates(werkmap: Werkmap, value: str) -> None:
    werkmap.configure("vrije_dagen = []", f"vrije_dagen = {value}", "termijnen.toml")

    with pytest.raises(ConfigError, match="een lijst van datums"):
        config.load(werkmap.path)


def test_the_default_file_says_what_an_absent_one_means(werkmap: Werkmap) -> None:
    from_file = config.load(werkmap.path).termijnen
    (werkmap.path / "config/termijnen.toml").unlink()

    assert config.load(werkmap.path).termijnen == from_file
    assert {name: hours for name, hours in from_file.antwoord.items() if hours} == Termijnen().antwoord
    assert Termijnen(antwoord=Termijnen().antwoord, terugkoppeling=from_file.terugkoppeling) == Termijnen()


def test_the_values_of_the_file_are_read(werkmap: Werkmap) -> None:
    (werkmap.path / "config/termijnen.toml").write_text(
        "[antwoord]\nvtoDi01 = 1.5\nnotificatieDi01 = 3\n[terugkoppeling]\nvtMeldingDi01 = 0\n"
        "[verrijking]\nvciDi01 = 7\n[doorsturen]\nontvangst_uren = 4\n[werkdagen]\nvrije_dagen = [2026-12-24, 2026-12-31]\n",
        encoding="utf-8",
    )

    assert config.load(werkmap.path).termijnen == Termijnen(
        antwoord={**dict.fromkeys(JZ_FUNCTIES, 0), **Termijnen().antwoord, "vtoDi01": 1.5, "notificatieDi01": 3},
        terugkoppeling={"vtMeldingDi01": 0, "zorgmeldingDi01": 5, "meldingGeneriekDi01": 5},
        verrijking={"vcobDi01": 2, "vciDi01": 7},
        ontvangst=4,
        vrije_dagen=frozenset({date(2026, 12, 24), date(2026, 12, 31)}),
    )


def test_every_key_is_explained_above_it_and_the_repository_has_the_default() -> None:
    lines = config.default_text("termijnen.toml").splitlines()

    assert [line for before, line in pairwise(lines) if " = " in line and line[0] != "#" and before[:2] != "# "] == []
    assert (REPOSITORY / "config/termijnen.toml").read_text(encoding="utf-8").splitlines() == lines


def test_a_terugkoppeling_is_a_functie_of_the_koppelvlak_on_a_melding() -> None:
    assert TERUGKOPPELINGEN.keys() == MELDINGEN
    assert set(TERUGKOPPELINGEN.values()) <= JZ_FUNCTIES
    assert {*VERRIJKINGEN, *VERRIJKINGEN.values()} <= JZ_FUNCTIES


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEDERLAND)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-11-23 09:00", 5, "2026-11-30"),  # an ordinary week
        ("2026-11-21 03:00", 1, "2026-11-23"),  # a Saturday
        ("2026-11-22 23:59:59", 1, "2026-11-23"),  # the last second of a Sunday
        ("2026-11-23 00:00", 1, "2026-11-24"),  # and the first of the Monday
        ("2026-04-02 12:00", 1, "2026-04-07"),  # Goede Vrijdag, weekend, tweede paasdag
        ("2026-04-02 12:00", 5, "2026-04-13"),
        ("2025-04-25 12:00", 1, "2025-04-28"),  # Koningsdag would be on a Sunday, so it is on the Saturday before
        ("2026-04-24 12:00", 1, "2026-04-28"),  # Koningsdag on a Monday
        ("2025-05-02 12:00", 1, "2025-05-06"),  # Bevrijdingsdag in a lustrum
        ("2026-05-04 12:00", 1, "2026-05-05"),  # and not
        ("2026-05-13 12:00", 1, "2026-05-15"),  # Hemelvaartsdag, a Thursday; the Friday after it is a working day
        ("2026-05-22 12:00", 1, "2026-05-26"),  # tweede pinksterdag
        ("2026-12-24 12:00", 1, "2026-12-28"),  # eerste kerstdag on a Friday, tweede on a Saturday
        ("2024-12-24 12:00", 1, "2024-12-27"),
        ("2026-12-31 12:00", 1, "2027-01-04"),  # over the end of the year
        ("2026-12-18 12:00", 10, "2027-01-05"),
    ],
)
def test_a_term_ends_with_the_last_second_of_the_last_working_day(received: str, days: int, due: str) -> None:
    assert after_working_days(local(received), days) == local(f"{due} 23:59:59")


def test_the_day_of_receipt_is_that_in_the_netherlands() -> None:
    half_past_midnight = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    assert after_working_days(half_past_midnight, 1) == datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC)


def test_the_end_of_a_day_follows_the_change_of_the_clock() -> None:
    assert after_working_days(local("2026-10-23 12:00"), 1) == datetime(2026, 10, 26, 22, 59, 59, tzinfo=UTC)
    assert after_working_days(local("2026-03-27 12:00"), 1) == datetime(2026, 3, 30, 21, 59, 59, tzinfo=UTC)


def test_own_free_days_are_no_working_days() -> None:
    bridge_day = frozenset({date(2026, 5, 15)})

    assert after_working_days(local("2026-05-13 12:00"), 1, bridge_day) == local("2026-05-18 23:59:59")


@pytest.mark.parametrize("since", ["2026-10-24 12:00", "2026-03-28 12:00", "2026-11-23 12:00"])
def test_hours_are_plain_hours_also_when_the_clock_is_changed(since: str) -> None:
    moment = local(since)

    assert after_hours(moment, 48) - moment.astimezone(UTC) == timedelta(hours=48)
    assert after_hours(moment, 0.5) - moment.astimezone(UTC) == timedelta(minutes=30)


moments = st.datetimes(datetime(2015, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it
terms = st.integers(1, 30)
free_days = st.frozensets(st.dates(date(2015, 1, 1), date(2060, 4, 1)), max_size=20)


@given(moments, terms, free_days)
def test_a_term_holds_so_many_working_days(since: datetime, days: int, free: frozenset[date]) -> None:
    due = after_working_days(since, days, free).astimezone(NEDERLAND)
    received = since.astimezone(NEDERLAND).date()
    within = [received + timedelta(days=n) for n in range(1, (due.date() - received).days + 1)]

    assert due > since
    assert (due.hour, due.minute, due.second) == (23, 59, 59)
    assert is_working_day(due.date(), free)
    assert sum(is_working_day(day, free) for day in within) == days


@given(moments, moments, terms, free_days)
def test_what_came_later_is_never_due_earlier(one: datetime, other: datetime, days: int, free: frozenset[date]) -> None:
    first, second = sorted((one, other))

    assert after_working_days(first, days, free) <= after_working_days(second, days, free)
    assert after_working_days(first, days, free) < after_working_days(first, days + 1, free)
    assert after_working_days(first, days) <= after_working_days(first, days, free)


@given(st.dates(date(2015, 1, 1), date(2060, 1, 1)))
def test_nobody_works_in_the_weekend_nor_on_a_public_holiday(day: date) -> None:
    assert is_working_day(day) == (day.isoweekday() <= 5 and day not in public_holidays(day.year))
    assert not is_working_day(day, frozenset({day}))


def test_a_question_does_not_pay_for_the_calendar_that_a_pass_has_written(werkmap: Werkmap) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    program = (
        "import sys; from corv import cli; code = cli.run(['--map', sys.argv[1], sys.argv[2]]); "
        "sys.exit(3 if 'holidays' in sys.modules else code)"
    )

    def run(command: str) -> int:
        return subprocess.run([sys.executable, "-c", program, werkmap.path, command], check=False, capture_output=True).returncode

    assert (run("berichten"), run("openstaand")) == (0, 0)
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        db.execute("DELETE FROM stand WHERE naam = 'feestdagen'")
    assert (run("berichten"), run("openstaand")) == (0, 3)


def test_the_holidays_that_a_pass_wrote_are_those_of_the_library_and_are_used(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.run()
    with closing(open_for_reading(werkmap.path / "data/corv.sqlite")) as db:
        known = stored_holidays(db)
    assert known == {year: public_holidays(year) for year in known}
    assert len(known) == 12
    monkeypatch.setattr("corv.deadlines.public_holidays", lambda _year: pytest.fail("de bibliotheek is niet nodig"))
    assert not is_working_day(date(min(known) + 5, 12, 25), frozenset(), known)
