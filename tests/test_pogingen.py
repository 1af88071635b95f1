"""A message on which the process dies does not keep the others waiting for ever; one that only waits is never set apart."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from conftest import Werkmap, message
from corv.errors import StorageError
from corv.handler import Deps
from corv.outcome import Status
from corv.reading import Reading, read

GIF = b"GIF-0001"
MELDING = "vtMeldingDi01/minimaal.xml"

DIES = """
import os, signal, sys
import corv.reading
from corv import cli

parse = corv.reading.parse

def die(raw):
    if b"GIF-0001" in raw:
        os.kill(os.getpid(), signal.SIGKILL)
    return parse(raw)

corv.reading.parse = die
sys.exit(cli.run(["--map", sys.argv[1], *(sys.argv[2:] or ["verwerk"])]))
"""
"""A pass that dies as an overrun of memory would end it: without a word, while the poisonous message is being parsed."""

WAITS = """
import errno, sys
import corv.folders
from corv import cli

def refuse(*_):
    raise OSError(errno.EROFS, "Read-only file system")

corv.folders.Folders.stage = refuse
sys.exit(cli.run(["--map", sys.argv[1], "start"]))
"""
"""The service beside an outbox that is read-only; no file mode would stop root."""


IS_SLOW = """
import sys, time
import corv.reading
from corv import cli

parse = corv.reading.parse

def take_time(raw):
    print("bezig", file=sys.stderr, flush=True)
    time.sleep(2)
    return parse(raw)

corv.reading.parse = take_time
sys.exit(cli.run(["--map", sys.argv[1], "herstel", "--uitvoeren"]))
"""
"""A repair that is stopped by a scheduler, or a person, while it handles a good message."""


def renumbered(sample: str, number: bytes) -> bytes:
    raw = message(sample)
    before, _, rest = raw.partition(b"referentienummer>")
    return before + b"referentienummer>" + number + rest[rest.index(b"<") :]


def attempts(werkmap: Werkmap) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db:
        return db.execute("SELECT status, pogingen FROM bericht ORDER BY volgnr").fetchall()


def one_process(script: str, map_: Path, *command: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", script, str(map_), *command], check=False, capture_output=True, timeout=120
    ).returncode


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_after_three_deaths_the_message_is_set_apart_unopened_and_all_others_are_handled_once(
    werkmap: Werkmap, corv: Callable[..., tuple[int, str, str]]
) -> None:
    names = ["a.xml", "b.xml", "c-gif.xml", "d.xml", "e.xml"]
    for name in names:
        number = GIF if "gif" in name else f"goed-{name}".encode()
        werkmap.drop("corv", name, renumbered(MELDING, number))

    deaths = [one_process(DIES, werkmap.path) for _ in range(3)]
    stuck = attempts(werkmap)
    last = one_process(DIES, werkmap.path)

    assert (deaths, last) == ([-signal.SIGKILL] * 3, 1)
    # The first death broke off the batch; then those before it came to their end, and those after it wait for their turn.
    assert stuck == [("geaccepteerd", 2)] * 2 + [("ontvangen", 3)] + [("ontvangen", 1)] * 2
    assert attempts(werkmap) == [("geaccepteerd", 2)] * 2 + [("onleesbaar", 3)] + [("geaccepteerd", 2)] * 2

    row = next(row for row in werkmap.rows() if row["status"] == "onleesbaar")
    whole = werkmap.whole(row["id"])
    assert [(found["code"], found["niveau"]) for found in whole["bevindingen"]] == [("proces-beeindigd", "fout")]
    assert row["bestand"] == f"data/quarantaine/{row['id']}.xml"
    assert GIF in (werkmap.path / row["bestand"]).read_bytes()
    assert "drie keer gestopt" in (werkmap.path / row["bestand"]).with_suffix(".txt").read_text(encoding="utf-8")
    assert werkmap.written(row) == {"eigen/aandacht/onleesbaar.txt", "eigen/aandacht/onleesbaar.xml"}
    assert [item["aanleiding"] for item in whole["aandacht"]] == ["onleesbaar"]
    assert "3: corv stopte terwijl zij ermee bezig was" in corv("toon", row["id"])[1]
    assert len([name for name in werkmap.outbox() if name.endswith("-vtMeldingDi01.xml")]) == 4
    assert werkmap.leftovers() == []


def as_before(werkmap: Werkmap, tmp_path: Path) -> Callable[[], object]:
    """Keep the database as it is now; gives what puts it back."""
    werkmap.handle("corv", renumbered(MELDING, b"eerst"))
    database, kept = werkmap.path / "data/corv.sqlite", tmp_path / "gisteren.sqlite"
    shutil.copy(database, kept)

    def restore() -> None:
        for end in ("-wal", "-shm"):
            database.with_name(f"{database.name}{end}").unlink(missing_ok=True)
        shutil.copy(kept, database)

    return restore


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_what_was_set_apart_is_not_opened_again_when_the_database_is_put_back(werkmap: Werkmap, tmp_path: Path) -> None:
    restore = as_before(werkmap, tmp_path)
    werkmap.drop("corv", "gif.xml", renumbered(MELDING, GIF))
    assert [one_process(DIES, werkmap.path) for _ in range(4)] == [-signal.SIGKILL] * 3 + [1]
    restore()

    assert one_process(DIES, werkmap.path) == 0
    assert attempts(werkmap) == [("geaccepteerd", 1), ("onleesbaar", 1)]
    werkmap.drop("corv", "goed.xml", renumbered(MELDING, b"goed"))
    assert one_process(DIES, werkmap.path) == 0
    assert [status for status, _ in attempts(werkmap)] == ["geaccepteerd", "onleesbaar", "geaccepteerd"]


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("command", [(), ("herstel", "--uitvoeren")], ids=["the next pass", "herstel"])
@pytest.mark.parametrize("place", ["in .werk", "in the archive"])
def test_what_ends_the_process_while_it_is_taken_back_is_set_apart_unopened(
    werkmap: Werkmap, tmp_path: Path, place: str, command: tuple[str, ...]
) -> None:
    restore = as_before(werkmap, tmp_path)
    werkmap.drop("corv", "gif.xml", renumbered(MELDING, GIF))
    if place == "in .werk":
        assert one_process(DIES, werkmap.path) == -signal.SIGKILL
    else:
        werkmap.run()  # it did not end the process yet
        for name in werkmap.outbox():
            (werkmap.path / "outbox" / name).unlink()
    restore()
    werkmap.drop("corv", "goed.xml", renumbered(MELDING, b"goed"))

    assert [one_process(DIES, werkmap.path, *command) for _ in range(3)] == [-signal.SIGKILL] * 3
    assert one_process(DIES, werkmap.path, *command) != -signal.SIGKILL
    assert one_process(DIES, werkmap.path) == 0
    assert [status for status, _ in attempts(werkmap)] == ["geaccepteerd", "onleesbaar", "geaccepteerd"]
    row = next(row for row in werkmap.rows() if row["status"] == "onleesbaar")
    whole = werkmap.whole(row["id"])
    assert [found["code"] for found in whole["bevindingen"]] == ["proces-beeindigd"]
    assert GIF in (werkmap.path / row["bestand"]).read_bytes()
    assert werkmap.written(row) == {"eigen/aandacht/onleesbaar.txt", "eigen/aandacht/onleesbaar.xml"}
    assert [item["aanleiding"] for item in whole["aandacht"]] == ["onleesbaar"]
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM terugname").fetchone() == (0,)


def test_what_fails_without_ending_the_process_while_it_is_taken_back_counts_for_nothing(
    werkmap: Werkmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore = as_before(werkmap, tmp_path)
    werkmap.handle("corv", renumbered(MELDING, b"goed"))
    restore()
    with monkeypatch.context() as patch:
        patch.setattr("corv.repair.adoption.judge", lambda *_: (_ for _ in ()).throw(OSError(28, "vol")))
        for _ in range(4):
            werkmap.run()
    werkmap.run()

    assert [status for status, _ in attempts(werkmap)] == ["geaccepteerd", "geaccepteerd"]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_message_that_waits_for_a_read_only_outbox_is_not_set_apart_however_often_corv_is_stopped(werkmap: Werkmap) -> None:
    werkmap.drop("corv", "melding.xml", message(MELDING))
    for stop in [signal.SIGKILL, signal.SIGTERM] * 2 + [signal.SIGKILL]:
        command = [sys.executable, "-c", WAITS, str(werkmap.path)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            assert any('"wacht"' in line for line in process.stderr), "het bericht kwam niet aan de beurt"
            process.send_signal(stop)
            process.communicate(timeout=60)
        assert attempts(werkmap) == [("ontvangen", 0)]

    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}


@pytest.mark.slow
@pytest.mark.parametrize("left", ["recorded", "unknown"])
def test_a_stop_that_is_asked_for_during_a_repair_is_not_a_death_by_the_message(
    werkmap: Werkmap, tmp_path: Path, left: str
) -> None:
    restore = as_before(werkmap, tmp_path)
    werkmap.drop("corv", "gif.xml", renumbered(MELDING, GIF))
    assert one_process(DIES, werkmap.path) == -signal.SIGKILL
    if left == "unknown":
        restore()
    with subprocess.Popen(
        [sys.executable, "-c", IS_SLOW, str(werkmap.path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert any("bezig" in line for line in process.stderr)
        process.send_signal(signal.SIGTERM)
        told = "".join(process.communicate(timeout=60))

    assert process.returncode in {0, 1}
    assert "Er is om stoppen gevraagd" in told
    assert attempts(werkmap)[1:] == [("geaccepteerd", 2) if left == "recorded" else ("te_beoordelen", 1)]


@pytest.mark.parametrize("failure", [StorageError("vol"), OSError(28, "vol"), KeyboardInterrupt()])
def test_what_the_process_survives_counts_for_nothing(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    werkmap.drop("corv", "melding.xml", message(MELDING))
    for _ in range(5):
        with monkeypatch.context() as patch:
            patch.setattr("corv.store.Store.commit", lambda *_: (_ for _ in ()).throw(failure))
            with pytest.raises((StorageError, KeyboardInterrupt)):
                werkmap.run()
        assert attempts(werkmap) == [("ontvangen", 0)]

    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}
    assert attempts(werkmap) == [("geaccepteerd", 1)]


def test_the_attempt_is_committed_before_the_content_is_looked_at(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def look(raw: bytes) -> Reading:
        seen.append(attempts(werkmap))
        return read(raw)

    werkmap.drop("corv", "melding.xml", message(MELDING))
    with monkeypatch.context() as patch:
        patch.setattr("corv.judging.read", look)
        patch.setattr("corv.folders.Folders.stage", lambda *_: (_ for _ in ()).throw(OSError(30, "alleen lezen")))
        werkmap.run()
        werkmap.run()

    assert seen == [[("ontvangen", 1)], [("ontvangen", 1)]]
    assert attempts(werkmap) == [("ontvangen", 0)]


def test_in_one_process_a_survived_attempt_that_is_not_written_yet_does_not_count_either(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.drop("corv", "melding.xml", message(MELDING))

    def several_passes(deps: Deps) -> Deps:
        from corv.handler import Report  # noqa: PLC0415 - only here
        from corv.jobs import rescan  # noqa: PLC0415 - idem
        from corv.watch import Stillness  # noqa: PLC0415 - idem

        stillness = Stillness()
        with monkeypatch.context() as patch:
            patch.setattr("corv.folders.Folders.stage", lambda *_: (_ for _ in ()).throw(OSError(30, "alleen lezen")))
            patch.setattr("corv.store.Store.flush", lambda _: None)
            for _ in range(6):
                rescan(deps, stillness, Report())
        return deps

    assert werkmap.run(several_passes).statuses == {Status.GEACCEPTEERD: 1}
