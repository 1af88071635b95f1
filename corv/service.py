"""The long-running process: watcher and clock only put a word on a queue, one worker does the work.

The worker is the main thread, because SQLite's connection and the compiled schemas belong to one thread and signals arrive
there. A stop signal is a word on the queue too, so the batch in hand is finished first.
"""

import os
import queue
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Final

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from corv.errors import CorvError, why
from corv.handler import Deps, Report
from corv.jobs import SCHEDULE
from corv.watch import Stillness, Waker

log = structlog.get_logger()

_STOP: Final = "stop"
_WAKE: Final = SCHEDULE[0].naam
_HEARTBEAT: Final = "hartslag"
_JOBS = {job.naam: job for job in SCHEDULE}


@dataclass
class _Queue:
    """Words for the worker. A word that is waiting already is not put on again: a thousand events are one rescan."""

    words: queue.SimpleQueue[str] = field(default_factory=queue.SimpleQueue)  # safe to put on from a signal handler
    waiting: set[str] = field(default_factory=set)

    def put(self, word: str) -> None:
        if word not in self.waiting:
            self.waiting.add(word)
            self.words.put(word)

    def get(self, timeout: float | None) -> str | None:
        try:
            word = self.words.get(timeout=timeout)
        except queue.Empty:
            return None
        self.waiting.discard(word)
        return word


def run(deps: Deps) -> None:
    """Work until SIGTERM or SIGINT. What fails is logged and tried again; only a stop signal ends it."""
    words = _Queue()
    _stop_on_signal(words)
    observer = _watch(deps, words)
    scheduler = _schedule(deps, words)
    notify("READY=1")
    log.info("gestart", map=str(deps.settings.map), proces=os.getpid())
    words.put(_WAKE)
    try:
        _work(deps, words, observer)
    finally:
        notify("STOPPING=1")
        scheduler.shutdown(wait=False)
        observer.stop()
        observer.join(timeout=5)
        deps.store.flush()
        log.info("gestopt")


def _work(deps: Deps, words: _Queue, observer: BaseObserver) -> None:
    stillness, look_again = Stillness(), None
    while (word := words.get(look_again)) != _STOP:
        notify("WATCHDOG=1")
        if word == _HEARTBEAT:
            continue
        if not observer.is_alive():
            log.warning("meldingen_gestopt", gevolg="alleen de herscan vindt nog nieuwe bestanden")
        report = Report()
        try:
            _JOBS[word or _WAKE].run(deps, stillness, report)
        except CorvError as error:
            report.problem(str(error))
        except OSError as error:
            report.problem(f"{error.filename or 'De schijf'}: {why(error)}. Het wordt opnieuw geprobeerd.")
        for problem in report.problems:
            log.warning("wacht", reden=problem)
        # Files that were not still yet ask for another look soon; trouble with a folder can wait for the clock.
        soon = min(kanaal.stil_s for kanaal in deps.settings.kanalen)
        look_again = max(soon, 0.05) if report.waiting and not report.problems else None


def _watch(deps: Deps, words: _Queue) -> BaseObserver:
    observer = Observer()
    for kanaal in deps.settings.kanalen:
        try:
            observer.schedule(Waker(lambda: words.put(_WAKE)), str(kanaal.inbox))
        except OSError as error:
            log.warning(
                "geen_meldingen", map=str(kanaal.inbox), reden=why(error), gevolg="alleen de herscan vindt daar nieuwe bestanden"
            )
    observer.start()
    return observer


def _schedule(deps: Deps, words: _Queue) -> BackgroundScheduler:
    scheduler = BackgroundScheduler(timezone="UTC")
    always = {"trigger": "interval", "max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    for job in SCHEDULE:
        scheduler.add_job(words.put, args=[job.naam], seconds=job.every_s(deps.settings), id=job.naam, **always)
    heartbeat_s = _heartbeat_s()
    if heartbeat_s is not None:
        scheduler.add_job(words.put, args=[_HEARTBEAT], seconds=heartbeat_s, id=_HEARTBEAT, **always)
    scheduler.add_listener(_log_job_trouble, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
    scheduler.start()
    return scheduler


def _log_job_trouble(event: JobExecutionEvent) -> None:
    log.error("taak_mislukt", taak=event.job_id, fout=type(event.exception).__name__)


def _stop_on_signal(words: _Queue) -> None:
    def stop(number: int, _frame: FrameType | None) -> None:
        log.info("stopsignaal", signaal=signal.Signals(number).name, gevolg="wat onder handen is, wordt afgemaakt")
        words.put(_STOP)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _heartbeat_s() -> float | None:
    """Half of what systemd's WatchdogSec allows, None when it does not watch."""
    microseconds = os.environ.get("WATCHDOG_USEC", "")
    return int(microseconds) / 2_000_000 if microseconds.isdigit() else None


def notify(state: str) -> None:
    """Tell systemd (sd_notify(3)); does nothing where nobody listens. Own lines: no well-kept library does only this."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as connection:
        connection.connect("\0" + address[1:] if address.startswith("@") else address)
        connection.sendall(state.encode())
