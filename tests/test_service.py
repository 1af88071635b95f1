"""The service as a process: it wakes up, stops in good order, and is alone on its folder."""

import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from conftest import Werkmap, message
from corv.clock import utc_now
from corv.health.values import Subject, Toestand
from corv.health_facts import look
from corv.waiting import NAME

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(werkmap: Werkmap) -> Iterator[Start]:
    """Starts `corv start` on the working folder; whatever still runs at the end is killed."""
    running: list[subprocess.Popen[str]] = []

    def run(before: Sequence[str] = (), **environment: str) -> subprocess.Popen[str]:
        command = [*before, sys.executable, "-m", "corv", "--map", str(werkmap.path), "start"]
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
    wait_for((werkmap.path / "data" / NAME).exists)  # after the ten seconds that the handler itself waits for the lock
    at_once = waits(werkmap)
    assert (werkmap.outbox(), (werkmap.path / "inbox/corv/melding.xml").exists()) == ({}, True)
    other.close()
    wait_for(lambda: len(werkmap.outbox()) == 3)
    wait_for(lambda: waits(werkmap).toestand is Toestand.GOED)
    assert "bezet" in stop(process)
    assert at_once.toestand is Toestand.WAARSCHUWING
    assert "een ander programma houdt hem bezet" in at_once.tekst
    assert is_all_done_once(werkmap, 1)


def waits(werkmap: Werkmap) -> Subject:
    """What `corv gezondheid` says that the service waits for."""
    return next(one for one in look(werkmap.path, utc_now()).onderwerpen if one.onderwerp == "wacht")


def is_all_done_once(werkmap: Werkmap, messages: int) -> bool:
    """Whether so many meldingen were each accepted once, with the three files that belong to it, and nothing was left behind."""
    states = [row["status"] for row in werkmap.rows()]
    return (states, len(werkmap.outbox()), werkmap.leftovers()) == (["geaccepteerd"] * messages, 3 * messages, [])


def melding(number: int) -> bytes:
    """A melding that differs from the others."""
    ours = b"vtm-2026-0001-minimaal"
    sample = message("vtMeldingDi01/minimaal.xml")
    assert ours in sample
    return sample.replace(ours, f"vtm-{number}".encode())


@pytest.mark.parametrize(
    ("most", "is_told"), [(2000, True), (0, False)], ids=["room for what waits", "room for nothing, also not for what waits"]
)
def test_while_no_disk_takes_anything_nothing_is_answered_and_afterwards_the_service_goes_on_by_itself(
    werkmap: Werkmap, start: Start, most: int, is_told: bool
) -> None:
    werkmap.run()
    werkmap.configure("herscan_s = 30", "herscan_s = 1")
    process = start()
    wait_until_working(werkmap)
    time.sleep(1)
    unlimited = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, unlimited[1]))  # every write beyond it fails, as on a full disk
    werkmap.drop("corv", "melding.xml", melding(1))
    wait_for(lambda: not is_told or waits(werkmap).toestand is Toestand.WAARSCHUWING)
    time.sleep(2.5)
    meanwhile = werkmap.outbox(), len([*(werkmap.path / "inbox/corv").rglob("*.xml")])
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, unlimited)
    werkmap.drop("corv", "tweede.xml", melding(2))
    wait_for(lambda: len(werkmap.outbox()) == 6)
    wait_for(lambda: waits(werkmap).toestand is Toestand.GOED)
    errors = stop(process)

    assert meanwhile == ({}, 1)
    assert ("wacht_niet_vastgelegd" in errors) is not is_told
    assert is_all_done_once(werkmap, 2)


@pytest.mark.parametrize("table", ["grootboek", "gebeurtenis"])
def test_while_the_audit_trail_takes_no_row_the_service_answers_nothing_and_then_goes_on_by_itself(
    werkmap: Werkmap, start: Start, table: str
) -> None:
    werkmap.run()
    werkmap.configure("herscan_s = 30", "herscan_s = 1")
    process = start()
    wait_until_working(werkmap)
    time.sleep(1)
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite", isolation_level=None, timeout=10)) as other:
        other.execute(f"CREATE TRIGGER vol BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'vol'); END")
        werkmap.drop("corv", "melding.xml", melding(1))
        wait_for(lambda: waits(werkmap).toestand is Toestand.WAARSCHUWING)
        werkmap.drop("corv", "tweede.xml", melding(2))
        time.sleep(2)
        meanwhile = werkmap.outbox(), [*(werkmap.path / "data/archief").rglob("*.xml")]
        other.execute("DROP TRIGGER vol")
    wait_for(lambda: len(werkmap.outbox()) == 6)
    wait_for(lambda: waits(werkmap).toestand is Toestand.GOED)
    stop(process)

    assert meanwhile == ({}, [])
    assert is_all_done_once(werkmap, 2)


LIKE_ANY_USER = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""Before a command: no file mode stops root, unless it lacks these capabilities."""


@pytest.mark.skipif(bool(LIKE_ANY_USER) and shutil.which("setpriv") is None, reason="zonder setpriv mag root overal schrijven")
@pytest.mark.parametrize("closed", ["outbox/corv/.klaar", "outbox/corv", "inbox/corv", "inbox/corv/.werk"])
def test_a_folder_that_becomes_read_only_is_told_and_waited_for(werkmap: Werkmap, start: Start, closed: str) -> None:
    werkmap.run()
    werkmap.configure("herscan_s = 30", "herscan_s = 1")
    process = start(LIKE_ANY_USER)
    wait_until_working(werkmap)
    time.sleep(1)
    (werkmap.path / closed).chmod(0o555)
    command = [*LIKE_ANY_USER, sys.executable, "-m", "corv", "--map", str(werkmap.path), "gezondheid", "--json"]
    asked = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, timeout=30)
    werkmap.drop("corv", "melding.xml", melding(1))
    wait_for(lambda: waits(werkmap).toestand is Toestand.WAARSCHUWING)
    meanwhile = waits(werkmap).tekst, [name for name in werkmap.outbox() if name.startswith("corv/")]
    (werkmap.path / closed).chmod(0o755)
    wait_for(lambda: len(werkmap.outbox()) == 3)
    wait_for(lambda: waits(werkmap).toestand is Toestand.GOED)
    stop(process)

    assert f"corv mag niet schrijven in {Path(closed).name}" in asked.stdout
    assert ("(geen rechten)" in meanwhile[0], meanwhile[1]) == (True, [])
    assert is_all_done_once(werkmap, 1)


def test_a_folder_of_ours_that_became_a_file_is_waited_for(werkmap: Werkmap, start: Start) -> None:
    werkmap.run()
    werkmap.configure("herscan_s = 30", "herscan_s = 1")
    klaar, away = werkmap.path / "outbox/eigen/.klaar", werkmap.path / "weg"
    process = start()
    wait_until_working(werkmap)
    time.sleep(1)
    klaar.rename(away)
    klaar.touch()
    werkmap.drop("corv", "melding.xml", melding(1))
    wait_for(lambda: waits(werkmap).toestand is Toestand.WAARSCHUWING)
    meanwhile = [name for name in werkmap.outbox() if not name.endswith(".klaar")], waits(werkmap).tekst
    klaar.unlink()
    away.rename(klaar)
    wait_for(lambda: len(werkmap.outbox()) == 3)
    wait_for(lambda: waits(werkmap).toestand is Toestand.GOED)
    stop(process)

    assert (meanwhile[0], "(is geen map); het bericht wacht." in meanwhile[1]) == ([], True)
    assert is_all_done_once(werkmap, 1)


def test_files_of_a_share_whose_clock_is_off_or_jumps_are_each_taken_once(werkmap: Werkmap, start: Start) -> None:
    werkmap.configure("herscan_s = 30", "herscan_s = 1")
    werkmap.configure("stil_s = 0", "stil_s = 0.3")
    process = start()
    wait_until_working(werkmap)
    now = time.time()
    for number, moment in enumerate([0, now - 86_400, now + 86_400, now + 10 * 365 * 86_400, 1]):
        os.utime(werkmap.drop("corv", f"{number}.xml", melding(number)), (moment, moment))
    wait_for(lambda: len(werkmap.outbox()) == 15)
    time.sleep(1.5)
    stop(process)

    assert is_all_done_once(werkmap, 5)


def test_an_inbox_that_goes_and_comes_back_again_and_again_gives_each_file_once(werkmap: Werkmap, start: Start) -> None:
    werkmap.configure("herscan_s = 30", "herscan_s = 1")
    process = start()
    wait_until_working(werkmap)
    inbox, away = werkmap.path / "inbox/corv", werkmap.path / "weg"
    for number in range(4):
        werkmap.drop("corv", f"{number}-voor.xml", melding(2 * number))
        inbox.rename(away)
        inbox.mkdir()  # the place where the share belongs
        (away / f"{number}-weg.xml").write_bytes(melding(2 * number + 1))
        time.sleep(0.7 * number)
        inbox.rmdir()
        away.rename(inbox)
        time.sleep(0.4)
    wait_for(lambda: len(werkmap.outbox()) == 24)
    wait_for(lambda: waits(werkmap).toestand is Toestand.GOED)
    stop(process)

    assert is_all_done_once(werkmap, 8)


def test_an_empty_folder_or_one_of_another_installation_in_the_place_of_an_inbox_is_left_alone(
    werkmap: Werkmap, start: Start
) -> None:
    werkmap.configure("herscan_s = 30", "herscan_s = 1")
    process = start()
    wait_until_working(werkmap)
    inbox, away = werkmap.path / "inbox/corv", werkmap.path / "weg"
    inbox.rename(away)
    (inbox / ".werk").mkdir(parents=True)
    (inbox / ".corv-0123456789abcdef").mkdir()
    (inbox / "van-een-ander.xml").write_bytes(melding(1))
    wait_for(lambda: waits(werkmap).toestand is Toestand.WAARSCHUWING)
    time.sleep(1.5)
    meanwhile = werkmap.outbox(), (inbox / "van-een-ander.xml").read_bytes()
    inbox.rename(werkmap.path / "van-een-ander")
    away.rename(inbox)
    werkmap.drop("corv", "van-ons.xml", melding(2))
    wait_for(lambda: len(werkmap.outbox()) == 3)
    stop(process)

    assert meanwhile == ({}, melding(1))
    assert is_all_done_once(werkmap, 1)


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
