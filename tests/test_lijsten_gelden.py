"""The kept lists: how their files are read, what they say of a code on a day, and when they are too old."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from werkboeken import uitgave

from corv import config
from corv.health import assess
from corv.health.lists import ListFacts
from corv.health.values import Subject, Toestand
from corv.lijsten import Codestand, Lijsten, Maandlijst, Regel, is_too_old, lijsten_of
from corv.lijsten.bestanden import bundled, load
from corv.lijsten.tekst import read_uitgave, uitgave_text
from corv.settings import Gezondheid

MARKER = "GEHEIM7351"
TODAY = date(2026, 11, 22)
UNREADABLE = "deze regel is niet te lezen; verwacht: AR0050 2013-04-01 - 00000004000000150000 Naam, of 301 2014-07-01 - - naam."
NO_DAY = ", regel 3: hierin staat een dag die niet bestaat."
NO_VERSION = ": er staat niet in van welke versie de lijsten zijn, zoals: versie 1.0.87 2026-07-03."


# -- the files ---------------------------------------------------------------------------------------------------------


def test_a_kept_version_reads_as_it_was_written() -> None:
    new = uitgave()
    problems: list[tuple[int, str]] = []
    there = read_uitgave(uitgave_text(["iets"], new), lambda line, what: problems.append((line, what)))
    assert problems == []
    assert there is not None
    assert lijsten_of([there]).maanden == lijsten_of([new]).maanden
    assert sorted(there.rollen, key=lambda rol: rol.code) == sorted(new.rollen, key=lambda rol: rol.code)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "instanties 2026-08\nAR0050 - - - Naam\n",
            [NO_VERSION],
        ),
        ("versie 1.0.89 -\n", [": de naam van het bestand moet de versie zijn: 1.0.89.txt."]),
        ("versie 1.0.88 -\nversie 1.0.88 -\n", [", regel 2: de versie staat er al."]),
        ("versie 1.0.88 -\ninstanties 2026-13\n", [", regel 2: hierin staat een dag die niet bestaat."]),
        ("versie 1.0.88 -\nrollen\n", [": er staat niets onder rollen."]),
        (
            "versie 1.0.88 -\ninstanties 2026-08\nAR0050 2026-02-31 - - Naam\nRC0110 - - - Naam\n",
            [NO_DAY],
        ),
        ("versie 1.0.88 -\ninstanties 2026-08\nAR0050 - - - A\nAR0050 - - - B\n", [", regel 4: AR0050 staat er al."]),
        ("versie 1.0.88 -\nrollen\n301 - - - jeugdige\nrollen\n112 - - - ouder\n", [", regel 4: dit deel staat er al."]),
        (
            f"versie 1.0.88 -\nAR0050 - - - {MARKER}\n",
            [f", regel 2: {UNREADABLE}"],
        ),
        (b"\xff", [": dit is geen UTF-8-tekst."]),
    ],
)
def test_a_file_that_somebody_wrote_by_hand_is_held_to_its_form(tmp_path: Path, text: str | bytes, problems: list[str]) -> None:
    (tmp_path / "1.0.88.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "1.0.20.txt").write_text("versie 1.0.20 -\ninstanties 2020-03\nAR0050 - - - Naam\n", encoding="utf-8")
    found: list[str] = []

    lijsten = load(tmp_path, found)

    assert found == [f"config/lijsten/1.0.88.txt{problem}" for problem in problems]
    assert [one.versie for one in lijsten.maanden] == ["1.0.20"]


def test_the_roles_that_come_with_corv_are_those_of_the_schema() -> None:
    schema = (Path(config.__file__).parent / "schemas/zkn-gegevens.xsd").read_text(encoding="utf-8")
    active = [rol for rol in bundled().rollen if rol.stand(TODAY) is Codestand.GELDIG]
    assert len(active) == 23
    assert [rol.naam for rol in active if f'"{rol.naam}"' not in schema] == []
    codes = {rol.code for rol in active}
    assert {rol.opvolger for rol in bundled().rollen if rol not in active} <= codes


# -- what the lists say ------------------------------------------------------------------------------------------------

AUGUST = Maandlijst(
    date(2026, 8, 1),
    {
        "AR0001": Regel("AR0001", "A", date(2026, 8, 10), date(2026, 8, 20)),
        "AR0002": Regel("AR0002", "C", einde=date(2026, 8, 20)),
        "AR0003": Regel("AR0003", "D"),
    },
)
OCTOBER = Maandlijst(
    date(2026, 10, 1),
    {
        "RC0001": Regel("RC0001", "B"),
        "RC0002": Regel("RC0002", "E", date(2026, 9, 1), date(2026, 9, 20)),
        "AR0002": Regel("AR0002", "C", einde=date(2026, 9, 20)),
        "AR0003": Regel("AR0003", "D", einde=date(2026, 8, 20)),
    },
)


@pytest.mark.parametrize(
    ("code", "op", "stand"),
    [
        ("AR0001", date(2026, 8, 9), Codestand.NOG_NIET),
        ("AR0001", date(2026, 8, 10), Codestand.GELDIG),
        ("AR0001", date(2026, 8, 20), Codestand.GELDIG),
        ("AR0001", date(2026, 8, 21), Codestand.BEEINDIGD),
        ("AR0001", date(2026, 9, 30), Codestand.BEEINDIGD),  # August counts until October begins
        ("AR0001", date(2026, 10, 1), Codestand.ONBEKEND),
        ("RC0001", date(2026, 9, 30), Codestand.GELDIG),  # a later list may know of a code what the one of then did not yet
        ("RC0002", date(2026, 8, 31), Codestand.NOG_NIET),
        ("RC0002", date(2026, 9, 1), Codestand.GELDIG),
        ("RC0002", date(2026, 9, 30), Codestand.BEEINDIGD),
        ("AR0002", date(2026, 9, 20), Codestand.GELDIG),  # its end was put off
        ("AR0002", date(2026, 9, 21), Codestand.BEEINDIGD),
        ("AR0003", date(2026, 9, 21), Codestand.GELDIG),  # it held by the list of then, whatever a later one says
        ("AR0003", date(2026, 10, 1), Codestand.BEEINDIGD),
        ("RC0001", date(2030, 1, 1), Codestand.GELDIG),
        ("AR0001", date(2019, 1, 1), Codestand.NOG_NIET),  # before the first list that one is asked
        ("RC0001", date(2019, 1, 1), Codestand.GELDIG),
        ("RC0003", date(2019, 1, 1), Codestand.ONBEKEND),
    ],
)
def test_a_code_is_looked_up_in_the_list_that_held_on_the_day_and_then_in_the_later_ones(
    code: str, op: date, stand: Codestand
) -> None:
    assert Lijsten((AUGUST, OCTOBER)).instantie(code, op) is stand


def test_without_a_list_nobody_can_say() -> None:
    assert Lijsten().instantie("AR0001", TODAY) is Codestand.GEEN_LIJST
    assert Lijsten().rol("jeugdige", TODAY) is Codestand.GEEN_LIJST


def test_a_role_is_found_by_its_words_whatever_their_case_and_spaces() -> None:
    lijsten = load(None, [])
    asked = (" Ouder met Gezag ", "tante", "broer of zus", "buurman")
    assert [lijsten.rol(words, TODAY) for words in asked] == [
        Codestand.GELDIG,
        Codestand.BEEINDIGD,
        Codestand.GELDIG,
        Codestand.ONBEKEND,
    ]
    assert lijsten.rol("broer of zus", date(2015, 1, 1)) is Codestand.NOG_NIET


# -- gezondheid --------------------------------------------------------------------------------------------------------


def subject(newest: date | None, day: date) -> Subject:
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    (found,) = assess({"lijsten": ListFacts(newest)}, Gezondheid(), now).onderwerpen
    return found


@pytest.mark.parametrize(
    ("newest", "day", "toestand"),
    [
        (None, TODAY, Toestand.GOED),
        (date(2026, 8, 1), date(2026, 7, 3), Toestand.GOED),
        (date(2026, 8, 1), date(2026, 10, 1), Toestand.GOED),
        (date(2026, 8, 1), date(2026, 10, 2), Toestand.WAARSCHUWING),
        (date(2026, 12, 1), date(2027, 2, 1), Toestand.GOED),
        (date(2026, 12, 1), date(2027, 2, 2), Toestand.WAARSCHUWING),
        (date(2020, 3, 1), TODAY, Toestand.WAARSCHUWING),
    ],
)
def test_a_list_of_more_than_two_months_is_told_of(newest: date | None, day: date, toestand: Toestand) -> None:
    found = subject(newest, day)
    assert (found.onderwerp, found.toestand) == ("lijsten", toestand)
    assert (found.doe is not None) is (toestand is Toestand.WAARSCHUWING)
    assert newest is None or is_too_old(newest, day) is (toestand is Toestand.WAARSCHUWING)
