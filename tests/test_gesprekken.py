"""Hundreds of made conversations: each is shown whole and right, from whichever of its messages one asks."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from conversations import Kind, Talk, expected_lines, make, play, shown

from conftest import Werkmap
from corv import config
from corv.conversation import conversation
from corv.database import Readable, open_for_reading
from corv.deadlines import after_hours, after_working_days
from corv.health_facts import look_within
from corv.outstanding import outstanding
from corv.settings import Termijnen

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

TALKS = make(650, seed=1)


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder in which all conversations came in."""
    werkmap = Werkmap(tmp_path_factory.mktemp("gesprekken") / "werk")
    play(werkmap, TALKS)
    return werkmap.path


@pytest.fixture(scope="module")
def db(map_: Path) -> Iterator[Readable]:
    """Its administration."""
    with closing(open_for_reading(map_ / "data/corv.sqlite")) as db:
        yield db


@pytest.fixture(scope="module")
def by_number(db: Readable) -> dict[str, list[str]]:
    """The ids of the messages with each referentienummer, oldest first."""
    found: dict[str, list[str]] = {}
    for number, id_ in db.execute("SELECT referentienummer, id FROM bericht ORDER BY volgnr").fetchall():
        found.setdefault(number, []).append(id_)
    return found


@pytest.mark.parametrize("kind", Kind)
def test_every_conversation_is_whole_and_right(db: Readable, by_number: dict[str, list[str]], kind: Kind) -> None:
    talks = [talk for talk in TALKS if talk.kind is kind]
    assert len(talks) >= 25
    for talk in talks:
        for number in dict.fromkeys(step.referentienummer for step in talk.steps):
            for id_ in by_number[number]:
                found = conversation(db, id_)
                assert ([shown(line) for line in found.lines], found.is_whole) == (talk.lines, True)


def test_an_answer_to_nobody_knows_what_stands_alone(db: Readable, by_number: dict[str, list[str]]) -> None:
    alone = [step for talk in TALKS for step in talk.apart]
    assert len(alone) >= 50
    for step in alone:
        (id_,) = by_number[step.referentienummer]
        assert [shown(line) for line in conversation(db, id_).lines] == expected_lines([step])


def test_openstaand_and_gezondheid_list_exactly_what_lacks_an_answer_and_what_is_late(map_: Path, db: Readable) -> None:
    termijnen = Termijnen()
    days = {**termijnen.terugkoppeling, **termijnen.verrijking}
    lacking = [question for talk in TALKS for question in talk.questions if question.answer is None]
    due = {
        question.referentienummer: after_working_days(question.asked, days[question.functie])
        if question.functie in days
        else after_hours(question.asked, termijnen.antwoord[question.functie])
        for question in lacking
    }
    now = sorted(due.values())[len(due) // 2] + timedelta(seconds=1)
    late = sorted(number for number, moment in due.items() if moment < now)
    assert (len(lacking) > 50, 0 < len(late) < len(lacking)) == (True, True)

    found = outstanding(db, termijnen, now)
    assert sorted(str(item.referentienummer) for item in found) == sorted(question.referentienummer for question in lacking)
    assert sorted(str(item.referentienummer) for item in found if item.te_laat) == late
    health = look_within(config.load(map_), db, now).onderwerpen
    told = [subject for subject in health if subject.onderwerp.startswith("te_laat")]
    assert sum(subject.aantal or 0 for subject in told) == len(late)


def test_the_maker_gives_the_same_each_time_and_other_conversations_for_another_seed() -> None:
    assert make(50, seed=1) == make(50, seed=1)
    assert make(50, seed=1) != make(50, seed=2)
    assert not {step.referentienummer for talk in make(50, 1) for step in talk.steps} & {
        step.referentienummer for talk in make(50, 2) for step in talk.steps
    }


def every_number(talks: list[Talk]) -> list[str]:
    return [step.referentienummer for talk in talks for step in (*talk.steps, *talk.apart)]


def test_nothing_came_in_that_no_conversation_tells_of(by_number: dict[str, list[str]]) -> None:
    assert sorted(every_number(TALKS)) == sorted(number for number, ids in by_number.items() for _ in ids)
