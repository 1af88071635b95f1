"""The errors at each call in their short form, and that they see what they must see; and every case that they found."""

import errno
import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from crash import errors
from crash.shim import Call, Kind

from conftest import Werkmap, message
from corv.outcome import Status

CASES = 36


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_whatever_error_a_disk_gives_nothing_is_lost_and_the_next_pass_finishes(tmp_path: Path) -> None:
    seed = secrets.randbelow(1_000_000)
    print(f"zaad {seed}")

    part = errors.run(tmp_path, CASES, seed)

    assert (part.schendingen, part.gedaan) == ((), {f"keer {error}": CASES // len(errors.ERRORS) for error in errors.ERRORS})


@pytest.mark.slow
@pytest.mark.timeout(200)
@pytest.mark.parametrize(
    ("defect", "call", "count", "seen"),
    [
        ("gooit weg wat niet lukt", "renameat2 inbox/*", 2, "ligt nergens meer heel"),
        ("bezorgt voor het vastleggen", "renameat2 outbox/corv/*", 4, "beantwoord zonder vastlegging"),
        ("struikelt over een fout", "renameat2 outbox/*", 2, "zegt "),
    ],
)
def test_a_planted_defect_is_seen(tmp_path: Path, defect: str, call: str, count: int, seen: str) -> None:
    part = errors.run(tmp_path, count, 1, only=("EIO",), calls=(call,), defect=defect)

    assert seen in "\n".join(part.schendingen)


def test_each_call_fails_with_each_error_once_and_from_there_on_and_in_its_own_folder_alone() -> None:
    calls = [Call(Kind.SYNC, "fsync", "outbox/corv/.klaar"), Call(Kind.LOCK, "fcntl64", "data/corv.sqlite")]

    assert [case.naam for case, _ in errors.cases_of(calls)] == [
        *(f"{error}/{where}" for error in ("ENOSPC", "EIO", "ESTALE") for where in _PLACES),
        *("EAGAIN/overal/1/eens", "EAGAIN/overal/1/vanaf"),
    ]


_PLACES = ("overal/1/eens", "overal/1/vanaf", "outbox/corv/1/vanaf")


# -- what the sweep found ------------------------------------------------------------------------------------------


def test_a_disk_that_refuses_to_the_end_does_not_hide_what_it_refused(
    werkmap: Werkmap, corv: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    unlink = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == "corv.bezig":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:

        def fill_up(*_: Any) -> None:
            patch.setattr(Path, "unlink", refuse)
            _database_full()

        patch.setattr("corv.store.Store.commit", fill_up)
        code, _, said = corv("verwerk")
    assert (code, "de schijf is vol" in said, "corv.bezig" in said) == (3, True, False)
    assert corv("verwerk")[0] == 0  # the lock was given back too


def _mistake_of_ours(*_: Any) -> None:
    raise KeyError("een fout van onszelf")


def _database_full() -> None:
    from corv.database import guarded  # noqa: PLC0415

    with guarded():
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise error


def test_a_failure_of_our_own_after_the_commit_decides_no_message_twice(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    werkmap.drop("eigen", "vto.xml", message("vtoDi01/minimaal.xml"))

    with monkeypatch.context() as patch:
        patch.setattr("corv.handler.put_to_rest", _mistake_of_ours)
        report = werkmap.run()
    assert (report.waiting, "Meld dit" in "".join(report.problems)) == (1, True)
    werkmap.run()

    assert [row["status"] for row in werkmap.rows()] == [Status.GEACCEPTEERD] * 2
    assert werkmap.leftovers() == []
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db:
        counts = db.execute("SELECT count(*), count(DISTINCT bericht) FROM besluit").fetchone()
    assert counts == (2, 2)
