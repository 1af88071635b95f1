"""Listening for new files: whatever dies under it is made anew, and lost events and used-up limits are told."""

import ctypes
import errno
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from corv.inotify import LinuxObserver
from corv.watch import Waker
from corv.watches import Watches

pytestmark = pytest.mark.timeout(60)


class Listening:
    """Watches on one folder, and whether something there woke us."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.woken = folder, threading.Event()
        self.watches = Watches(self.woken.set)
        self.renew()

    @property
    def observer(self) -> LinuxObserver:
        assert isinstance(self.watches._observer, LinuxObserver)
        return self.watches._observer

    def renew(self) -> bool:
        """Renew as the service does; gives whether that asked for another look."""
        self.woken.clear()
        self.watches.renew([self.folder])
        asked = self.woken.is_set()
        self.woken.clear()
        return asked

    def calms_down(self) -> None:
        """Wait until nothing more is told of what went before: an event may come half a second late."""
        while self.woken.wait(0.7):
            self.woken.clear()

    def hears(self, name: str = "a.xml", seconds: float = 5) -> bool:
        self.woken.clear()
        (self.folder / name).write_bytes(b"x")
        return self.woken.wait(seconds)


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Listening]:
    (tmp_path / "in").mkdir()
    found = Listening(tmp_path / "in")
    yield found
    found.watches.close()


def stop_observer(listening: Listening) -> None:
    listening.observer.stop()
    listening.observer.join()


def stop_reader(listening: Listening) -> None:
    listening.observer._reader.stop()
    listening.observer._reader.join()


def stop_emitter(listening: Listening) -> None:
    (emitter,) = listening.observer.emitters
    emitter.stop()
    emitter.join()


def replace_folder(listening: Listening) -> None:
    listening.folder.rename(listening.folder.with_name("oud"))
    listening.folder.mkdir()


def make_again(listening: Listening) -> None:
    """Often with the same number as before, so that number tells nothing."""
    (emitter,) = listening.observer.emitters
    shutil.rmtree(listening.folder)
    listening.folder.mkdir()
    emitter.join(5)


@pytest.mark.parametrize("harm", [stop_observer, stop_reader, stop_emitter, replace_folder, make_again])
def test_what_stopped_listening_is_made_anew_and_asks_for_another_look(
    listening: Listening, harm: Callable[[Listening], None]
) -> None:
    heard = listening.hears()
    listening.calms_down()
    harm(listening)
    listening.calms_down()
    missed = not listening.hears("b.xml", 0.3)
    asked = listening.renew()

    assert (heard, missed, asked, listening.hears("c.xml"), listening.watches.silent) == (True, True, True, True, {})


def test_as_long_as_nothing_is_the_matter_nothing_is_made_anew(listening: Listening) -> None:
    before = listening.observer
    with capture_logs() as logs:
        asked = listening.renew()

    assert (asked, listening.observer is before, logs) == (False, True, [])


def test_a_queue_of_the_kernel_that_ran_over_asks_for_another_look(tmp_path: Path) -> None:
    lost = threading.Event()
    observer = LinuxObserver(lost.set)
    observer.schedule(Waker(lambda: None), str(tmp_path))
    observer.start()
    try:
        limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
        if limit > 20_000:
            pytest.skip("de rij van deze machine is te lang om te laten overlopen")
        with observer._reader._lock:  # so nobody empties the queue
            for number in range(limit // 2):
                (tmp_path / str(number)).touch()
        assert lost.wait(20)
    finally:
        observer.stop()
        observer.join()


def test_after_lost_events_all_listen_anew(listening: Listening) -> None:
    before = listening.observer
    listening.watches._events_lost()

    assert listening.renew()
    assert listening.observer is not before
    assert listening.hears()


@pytest.mark.parametrize(
    ("call", "code", "limit"),
    [
        ("inotify_add_watch", errno.ENOSPC, "fs.inotify.max_user_watches"),
        ("inotify_init", errno.EMFILE, "fs.inotify.max_user_instances"),
    ],
)
def test_a_limit_of_the_machine_is_told_in_words_of_its_own_once_and_listening_resumes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, limit: str
) -> None:
    def refuse(*_: object) -> int:
        ctypes.set_errno(code)
        return -1

    with monkeypatch.context() as broken, capture_logs() as logs:
        broken.setattr(f"watchdog.observers.inotify_c.{call}", refuse)
        listening = Listening(tmp_path)
        listening.renew()
        silent = listening.watches.silent
    resumed = listening.renew()
    heard = listening.hears()
    listening.watches.close()

    reason = f"het aantal meldingen dat de machine toelaat is op; verhoog {limit} met sysctl"
    assert silent == {tmp_path: reason}
    assert [(line["event"], line["reden"]) for line in logs] == [("geen_meldingen", reason)]
    assert (resumed, heard, listening.watches.silent) == (True, True, {})


def test_no_room_for_a_thread_is_told_and_disturbs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as broken:
        broken.setattr("threading.Thread.start", refuse)
        listening = Listening(tmp_path)
    silent = listening.watches.silent
    listening.renew()
    heard = listening.hears()
    listening.watches.close()

    assert (silent, heard) == ({tmp_path: "er is nu geen plaats voor nog een proces"}, True)


def test_a_folder_that_is_absent_or_closed_is_silent_and_heard_when_it_is_back(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = listening.folder.rename(listening.folder.with_name("weg"))
    listening.renew()
    absent = listening.watches.silent
    away.rename(listening.folder)
    with monkeypatch.context() as closed:
        closed.setattr("os.access", lambda *_: False)
        listening.renew()
        unread = listening.watches.silent
    listening.renew()

    assert (absent, unread) == (
        {listening.folder: "bestaat niet of is niet aangekoppeld"},
        {listening.folder: "geen rechten"},
    )
    assert listening.hears()
