"""Random histories against a model: the short form of `crash.states`."""

import pytest
from crash import states

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_random_histories_end_as_the_model_says() -> None:
    part = states.run(examples=12, steps=20)

    assert part.schendingen == ()
