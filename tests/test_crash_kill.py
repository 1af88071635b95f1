"""The kill sweep in its short form, and that it sees what it must see. The long form: `python -m crash.kill` in tests/."""

import secrets
from pathlib import Path

import pytest
from crash import kill, outside
from crash.shim import Call, Kind
from crash.variants import VARIANTS

POINTS = 49


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_kill_at_any_call_ends_in_the_state_of_an_undisturbed_run(tmp_path: Path) -> None:
    seed = secrets.randbelow(1_000_000)
    print(f"zaad {seed}")

    part = kill.run(tmp_path, POINTS, seed)

    assert (part.schendingen, set(part.gedaan)) == ((), {f"stops ({variant.naam})" for variant in VARIANTS})
    assert sum(part.gedaan.values()) >= POINTS


@pytest.mark.slow
@pytest.mark.timeout(200)
@pytest.mark.parametrize(
    ("defect", "call"),
    [
        ("bezorgt voor het vastleggen", "renameat2 outbox/*"),
        ("pakt op zonder grootboek", "renameat2 inbox/*"),
        ("vergeet wat klaarstaat", "renameat2 outbox/*"),
    ],
)
def test_a_planted_defect_is_seen(tmp_path: Path, defect: str, call: str) -> None:
    part = kill.run(tmp_path, 2, 1, only=("een partij",), calls=(call,), defect=defect)

    assert [line for line in part.schendingen if line.startswith("een partij/")]


def test_a_sweep_that_sees_nothing_of_the_database_fails(tmp_path: Path) -> None:
    part = kill.run(tmp_path, 1, only=("een variant die er niet is",))

    assert (part.gedaan, part.schendingen) == ({}, ("de proef zag pwrite64 niet", "de proef zag fdatasync niet"))


def test_a_process_stops_before_each_call_half_way_each_write_and_after_the_last() -> None:
    calls = [Call(Kind.MKDIR, "mkdir", "a"), Call(Kind.WRITE, "write", "a/b")]

    def points(*, halves: bool) -> list[tuple[int, str]]:
        return [(point.at, point.how) for point in kill.points_of(calls, halves=halves)]

    assert points(halves=True) == [(1, "voor"), (2, "voor"), (2, "half"), (2, "na")]
    assert points(halves=False) == [(1, "voor"), (2, "voor"), (2, "na")]


def test_without_a_compiler_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)

    with pytest.raises(RuntimeError, match="apt install gcc libc6-dev"):
        kill.run(tmp_path, 1)


@pytest.mark.slow
@pytest.mark.skipif(not outside.is_possible(), reason="strace is er niet of mag niets volgen: apt install strace")
def test_the_library_sees_every_call_that_the_kernel_sees(tmp_path: Path) -> None:
    ours, of_the_kernel = outside.seen_by_both(tmp_path)

    assert ours == of_the_kernel
    assert {"pwrite64", "fdatasync", "renameat2"} <= set(ours)
