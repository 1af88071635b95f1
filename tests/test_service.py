"""The service as a process: it wakes up, stops in good order, and is alone on its folder."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from conftest import Werkmap, message

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(werkmap: Werkmap) -> Iterator[Start]:
    """Starts `corv start` on the working folder; whatever still runs at the end is killed."""
    running: list[subprocess.Popen[str]] = []

    def run(**environment: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "corv", "--map", str(werkmap.path), "start"]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


def wait_for(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "het duurt te lang"
        time.sleep(0.02)


def wait_until_working(werkmap: Werkmap) -> None:
    wait_for(lambda: (werkmap.path / "data/corv.bezig").exists() and (werkmap.path / "data/corv.sqlite").exists())


def stop(process: subprocess.Popen[str], how: signal.Signals = signal.SIGTERM) -> str:
    process.send_signal(how)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors
    return errors


def test_a_dropped_file_wakes_the_service_long_before_its_clock(werkmap: Werkmap, start: Start) -> None:
    werkmap.configure("herscan_s = 30", "herscan_s = 3600")
    process = start()
    wait_until_working(werkmap)
    time.sleep(0.5)  # past the first look: only an event can tell of what comes now
    outside = werkmap.path / "elders.xml"
    outside.write_bytes(message("vtMeldingDi01/minimaal.xml"))
    outside.rename(werkmap.path / "inbox/corv/van-buiten.xml")
    wait_for(lambda: len(werkmap.outbox()) == 3)
    errors = stop(process)

    assert werkmap.rows()[0]["status"] == "geaccepteerd"
    assert [line.count("vtm-2026-0001-minimaal") for line in errors.splitlines() if "bericht_verwerkt" in line] == [1]
    assert werkmap.leftovers() == []


def test_the_clock_finds_what_no_event_told_and_retries_what_was_not_delivered(werkmap: Werkmap, start: Start) -> None:
    werkmap.run()
    werkmap.configure("herscan_s = 30", "herscan_s = 1")
    outbox, away = werkmap.path / "outbox/eigen", werkmap.path / "outbox/weg"
    outbox.rename(away)
    outbox.mkdir()
    werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    process = start()
    wait_until_working(werkmap)
    time.sleep(1.5)
    assert werkmap.outbox() == {}
    outbox.rmdir()
    away.rename(outbox)
    wait_for(lambda: len(werkmap.outbox()) == 3)
    assert "wacht" in stop(process)


def test_a_file_that_still_grows_is_taken_when_it_is_still(werkmap: Werkmap, start: Start) -> None:
    werkmap.configure("herscan_s = 30", "herscan_s = 3600")
    werkmap.configure("stil_s = 0", "stil_s = 0.5")
    process = start()
    wait_until_working(werkmap)
    content = message("vtMeldingDi01/volledig.xml")
    with (werkmap.path / "inbox/corv/traag.xml").open("wb", buffering=0) as slow:
        for at in range(0, len(content), 1024):
            slow.write(content[at : at + 1024])
            time.sleep(0.1)
    wait_for(lambda: len(werkmap.outbox()) == 3)
    stop(process, signal.SIGINT)

    assert werkmap.rows()[0]["status"] == "geaccepteerd"


@pytest.mark.parametrize("command", ["start", "verwerk"])
def test_a_second_one_on_the_same_folder_is_refused_and_told_who_is_there(werkmap: Werkmap, start: Start, command: str) -> None:
    process = start()
    wait_until_working(werkmap)
    second = subprocess.run(
        [sys.executable, "-m", "corv", "--map", str(werkmap.path), command],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    stop(process)

    assert (second.returncode, second.stdout) == (2, "")
    assert f"proces {process.pid}" in second.stderr
    assert "Traceback" not in second.stderr


def test_systemd_is_told_when_the_service_is_ready_alive_and_stopping(start: Start, tmp_path: Path) -> None:
    address = tmp_path / "n"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(address))
        listener.settimeout(20)
        process = start(NOTIFY_SOCKET=str(address), WATCHDOG_USEC="400000")
        said = [listener.recv(100)]
        while len(said) < 4:
            said.append(listener.recv(100))
        stop(process)
        listener.setblocking(False)
        while said[-1] != b"STOPPING=1":
            said.append(listener.recv(100))

    assert said[0] == b"READY=1"
    assert set(said[1:-1]) == {b"WATCHDOG=1"}


def test_after_kill_minus_nine_the_next_start_goes_on(werkmap: Werkmap, start: Start) -> None:
    first = start()
    wait_until_working(werkmap)
    first.kill()
    first.communicate()
    werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    second = start()
    wait_for(lambda: len(werkmap.outbox()) == 3)
    stop(second)


def test_a_missing_inbox_does_not_keep_the_service_from_serving_the_other(werkmap: Werkmap, start: Start) -> None:
    werkmap.run()
    werkmap.configure("herscan_s = 30", "herscan_s = 1")
    gone = werkmap.path / "inbox/corv"
    away = gone.rename(werkmap.path / "elders")
    process = start()
    wait_until_working(werkmap)
    werkmap.drop("eigen", "vto.xml", message("vtoDi01/minimaal.xml"))
    wait_for(lambda: len(werkmap.outbox()) == 1)
    away.rename(gone)
    werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    wait_for(lambda: len(werkmap.outbox()) == 4)
    assert str(gone) in stop(process)


def test_an_inbox_that_came_back_as_another_folder_is_watched_again(werkmap: Werkmap, start: Start) -> None:
    werkmap.configure("herscan_s = 30", "herscan_s = 2")
    process = start()
    wait_until_working(werkmap)
    inbox = werkmap.path / "inbox/corv"
    inbox.rename(werkmap.path / "oud")
    shutil.copytree(werkmap.path / "oud", inbox)
    time.sleep(2.5)  # one look by the clock, which renews the watch
    werkmap.configure("herscan_s = 2", "herscan_s = 3600")
    before = time.monotonic()
    werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    wait_for(lambda: len(werkmap.outbox()) == 3)
    assert time.monotonic() - before < 1.5
    stop(process)


def test_a_log_that_can_not_be_written_does_not_stop_the_service(werkmap: Werkmap) -> None:
    werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = subprocess.Popen([sys.executable, "-m", "corv", "--map", str(werkmap.path), "start"], stderr=full)
        try:
            wait_for(lambda: len(werkmap.outbox()) == 3)
            process.terminate()
            assert process.wait(20) == 0
        finally:
            process.kill()


def test_a_locked_database_is_waited_for(werkmap: Werkmap, start: Start) -> None:
    werkmap.run()
    werkmap.configure("herscan_s = 30", "herscan_s = 1")
    other = sqlite3.connect(werkmap.path / "data/corv.sqlite", isolation_level=None)
    process = start()
    wait_until_working(werkmap)
    time.sleep(1)
    other.execute("BEGIN EXCLUSIVE")
    werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    time.sleep(12)  # longer than the handler itself waits for the lock
    assert werkmap.outbox() == {}
    other.close()
    wait_for(lambda: len(werkmap.outbox()) == 3)
    assert "bezet" in stop(process)


def test_each_decision_of_a_person_is_carried_out_by_the_running_service_at_once(werkmap: Werkmap, start: Start) -> None:
    werkmap.configure("herscan_s = 30", "herscan_s = 3600")
    number = b"b1f6a3d2-0e57-4c19-8f42-9d7c6b5a4e31"
    sample = message("vtMeldingDi01/aan-ander-vt.xml")
    ids = [werkmap.handle("corv", sample.replace(number, f"nummer-{nr}".encode()))["id"] for nr in range(2)]
    process = start()
    wait_until_working(werkmap)
    for id_ in ids:  # the second sign must wake it as well
        words = ["beslis", id_, "--accepteer", "--reden", "x", "--door", "jan"]
        command = [sys.executable, "-m", "corv", "--map", str(werkmap.path), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Wat daarbij hoort, staat in de outbox.")
        assert f"eigen/{id_}-vtMeldingDi01.xml" in werkmap.outbox()
    stop(process)


def test_the_service_takes_over_a_changed_configuration_and_refuses_a_wrong_one(werkmap: Werkmap, start: Start) -> None:
    werkmap.configure("herscan_s = 30", "herscan_s = 3600")
    process = start()
    wait_until_working(werkmap)
    time.sleep(0.5)
    werkmap.configure("vtMeldingDi01 = true", "vtMeldingDi01 = false", "antwoorden.toml")
    wait_for(lambda: events(werkmap).count("configuratie") == 2)
    werkmap.configure('bevestig = "Bv03"', 'bevestig = "Bv99"')
    wait_for(lambda: "configuratie_geweigerd" in events(werkmap))
    werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    wait_for(lambda: len(werkmap.outbox()) == 2)
    errors = stop(process)

    assert werkmap.written(werkmap.rows()[0]) == {"corv/Bv03.xml", "eigen/vtMeldingDi01.xml"}
    assert "kanaal.corv.bevestig moet een van deze zijn" in errors


def events(werkmap: Werkmap) -> list[str]:
    """The kinds of the events that are about no message."""
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite", timeout=10)) as db:
        return [kind for (kind,) in db.execute("SELECT soort FROM gebeurtenis WHERE bericht IS NULL ORDER BY volgnr")]
