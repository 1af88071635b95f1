"""Random histories against a model: the short form of `crash.states`."""

import pytest
from crash import states

from corv.history import History
from corv.outcome import Facts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_random_histories_end_as_the_model_says() -> None:
    part = states.run(examples=8, steps=20)

    assert part.schendingen == ()
    assert part.gedaan == {"geschiedenissen": 8, "stappen": 160}


def test_a_handler_that_forgets_what_came_before_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(History, "facts", lambda *_: Facts())
    part = states.run(examples=40, steps=20)

    assert "'herhaald': " in part.schendingen[0].partition(";")[0]
