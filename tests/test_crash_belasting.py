"""Under load and kills, and with several of us at once: the short form of `crash.load` and `crash.two`."""

import subprocess
from pathlib import Path
from typing import Any

import crash.two
import pytest
from crash import load, two
from crash.invariants import violations
from crash.load import Load

from conftest import Werkmap, message

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def test_a_service_that_is_killed_under_load_loses_and_doubles_nothing(tmp_path: Path) -> None:
    part = load.run(tmp_path / "werk", 10, seed=7)

    assert part.schendingen == ()
    assert part.gedaan["berichten"] > 100
    assert part.gedaan["SIGKILL"] >= 1


def test_of_several_that_begin_at_once_exactly_one_works(tmp_path: Path) -> None:
    part = two.run(tmp_path / "werk", 3, seed=7)

    assert (part.schendingen, part.gedaan) == ((), {"keer": 3, "processen": 9, "berichten": 120})


def test_the_check_sees_it_when_two_work_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each on a folder of its own, as if there were no lock."""
    begun: list[subprocess.Popen[str]] = []
    begin = two._begin

    def begin_elsewhere(_map: Path) -> "subprocess.Popen[str]":
        begun.append(begin(Werkmap(tmp_path / f"elders-{len(begun)}").path))
        return begun[-1]

    monkeypatch.setattr(crash.two, "_begin", begin_elsewhere)
    monkeypatch.setattr(crash.two, "_LONGEST_S", 3)
    part = two.run(tmp_path / "werk", 1, seed=7)

    assert part.schendingen == ("zaad 7: ronde 0: 3 aan het werk in plaats van 1",)


def test_a_second_delivery_under_the_same_name_is_seen(tmp_path: Path) -> None:
    werkmap = Werkmap(tmp_path / "werk")
    (werkmap.path / "opgehaald").mkdir()
    load_ = Load(werkmap.path, seed=1)
    for _ in range(2):
        (werkmap.path / "outbox/corv/zelfde.xml").write_bytes(b"<a/>")
        load_._fetch()

    assert load_.found == ["outbox/corv/zelfde.xml werd twee keer bezorgd"]


def _lose_original(map_: Path) -> None:
    next((map_ / "data/archief").rglob("*.xml")).unlink()


def _change_output(map_: Path) -> None:
    next((map_ / "outbox/eigen").glob("*.xml")).write_bytes(b"anders")


def _lose_output(map_: Path) -> None:
    next((map_ / "outbox/corv").glob("*.xml")).unlink()


def _write_more(map_: Path) -> None:
    (map_ / "outbox/corv/nog-een.xml").write_bytes(b"<a/>")


def _leave_one(map_: Path) -> None:
    (map_ / "inbox/corv/.werk/blijft.xml").write_bytes(b"<a/>")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_lose_original, "het origineel ligt niet in"),
        (_change_output, "andere inhoud dan is vastgelegd"),
        (_lose_output, "0 bestanden"),
        (_write_more, "niet in de administratie"),
        (_leave_one, "blijft liggen"),
    ],
)
def test_each_thing_that_must_hold_is_seen_when_it_does_not(werkmap: Werkmap, spoil: Any, told: str) -> None:
    content = message("vtMeldingDi01/minimaal.xml")
    werkmap.handle("corv", content)
    assert violations(werkmap.path, [content]) == []

    spoil(werkmap.path)
    (found,) = violations(werkmap.path, [content])
    assert told in found


def test_a_message_that_was_lost_or_came_twice_is_seen(werkmap: Werkmap) -> None:
    content = message("vtMeldingDi01/minimaal.xml")
    werkmap.handle("corv", content)

    for dropped, told in ([], "0 keer gebracht, 1 keer"), ([content, content], "2 keer gebracht, 1 keer"):
        (found,) = violations(werkmap.path, dropped)
        assert told in found
