"""The long-running process: watcher and clock only put a word on a queue, one worker does the work.

The worker is the main thread, because SQLite's connection and the compiled schemas belong to one thread and signals arrive
there. A stop signal is a word on the queue too; a pass asks for it between two batches, so the batch in hand is finished.
"""

import math
import os
import queue
import signal
import socket
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from types import FrameType
from typing import Final

import structlog
from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler

from corv import waiting
from corv.errors import CorvError, why
from corv.handler import Deps, Report
from corv.jobs import SCHEDULE, Job
from corv.logs import log_own_failure
from corv.reloading import Watched, begin, reload
from corv.settings import Settings
from corv.watch import Stillness
from corv.watches import Watches

log = structlog.get_logger()

_STOP: Final = "stop"
_WAKE: Final = "herscan"
_HEARTBEAT: Final = "hartslag"
_SOONEST_S = 0.05
_JOBS = {job.naam: job for job in SCHEDULE}


@dataclass
class _Queue:
    """Words for the worker. A word that is waiting already is not put on again: a thousand events are one rescan."""

    words: queue.SimpleQueue[str] = field(default_factory=queue.SimpleQueue)  # safe to put on from a signal handler
    waiting: set[str] = field(default_factory=set)
    stop_asked: bool = False

    def put(self, word: str) -> None:
        """Add a word, unless it waits already."""
        if word not in self.waiting:
            self.waiting.add(word)
            self.words.put(word)

    def stop(self) -> None:
        """Ask for a stop; the batch in hand is finished first."""
        self.stop_asked = True
        self.words.put(_STOP)

    def get(self, timeout: float) -> str | None:
        """The next word; None when there is none within so many seconds."""
        try:
            word = self.words.get(timeout=None if timeout == math.inf else max(timeout, 0))
        except queue.Empty:
            return None
        self.waiting.discard(word)
        return word


def run(deps: Deps) -> None:
    """Work until SIGTERM or SIGINT. What fails is logged and tried again; only a stop signal ends it."""
    words = _Queue()
    _stop_on_signal(words)
    watches = Watches(lambda: words.put(_WAKE))
    scheduler = _schedule(deps, words)
    notify("READY=1")
    log.info("gestart", map=str(deps.settings.map), proces=os.getpid())
    words.put(_WAKE)
    try:
        _work(replace(deps, stopping=lambda: words.stop_asked), words, watches, scheduler)
    finally:
        notify("STOPPING=1")
        scheduler.shutdown(wait=False)
        watches.close()
        deps.store.flush()
        log.info("gestopt")


def _work(deps: Deps, words: _Queue, watches: Watches, scheduler: BackgroundScheduler) -> None:
    stillness, still_at, look_again_at, configuration = Stillness(), math.inf, math.inf, begin(deps)
    held: dict[str, Collection[str]] = {}
    while not words.stop_asked:
        # Bounded, because the scheduler stands still when the system clock is set back.
        longest_wait = min(deps.settings.verwerking.herscan_s, _heartbeat_s() or math.inf)
        word = words.get(min(look_again_at - deps.monotonic(), longest_wait))
        notify("WATCHDOG=1")
        if word in {_STOP, _HEARTBEAT}:
            continue
        before = deps.settings
        deps, configuration = _reload(deps, configuration)
        if deps.settings != before:
            _reschedule(scheduler, deps.settings)
        watches.renew(deps.settings.watched)
        report, job = Report(on_progress=lambda _handled: notify("WATCHDOG=1")), _JOBS[word or _WAKE]
        _do(job, deps, stillness, report)
        for problem in report.problems:
            log.warning("wacht", reden=problem)
        held[job.naam] = report.problems
        _note(held, watches, deps)
        if job.naam == _WAKE and not report.problems:  # what another job waited for may be over as well
            for naam in (naam for naam in held if held[naam]):
                words.put(naam)
        # Files that were not still yet ask for another look soon; all other trouble can wait for the clock.
        if job.naam == _WAKE:  # the other jobs look at no inbox, so they know nothing of what grows there
            soon = max(min(kanaal.stil_s for kanaal in deps.settings.kanalen), _SOONEST_S)
            still_at = deps.monotonic() + soon if report.growing else math.inf
        look_again_at = min(still_at, configuration.look_again_at)
    watches.close()
    _note(held, watches, deps)
    deps.checks.close()
    log.info("stopsignaal", gevolg="wat onder handen was, is afgemaakt")


def _do(job: Job, deps: Deps, stillness: Stillness, report: Report) -> None:
    try:
        job.run(deps, stillness, report)
    except Exception as error:  # noqa: BLE001 - the service goes on: other messages must not wait for this failure
        if not isinstance(error, CorvError | OSError):
            log_own_failure(error)
        report.problem(waiting.told(error))


def _note(held: Mapping[str, Collection[str]], watches: Watches, deps: Deps) -> None:
    """Note what every job waited for when it last ran."""
    waiting.note(deps.settings.data, chain.from_iterable(held.values()), watches.silent, deps.clock)


def _reload(deps: Deps, configuration: Watched) -> tuple[Deps, Watched]:
    try:
        return reload(deps, configuration)
    except CorvError as error:
        reason = str(error)
    except OSError as error:
        reason = why(error)
    log.warning("configuratie_later", reden=reason, gevolg="de oude blijft gelden tot het wel lukt")
    return deps, configuration


def _schedule(deps: Deps, words: _Queue) -> BackgroundScheduler:
    scheduler = BackgroundScheduler(timezone="UTC")
    always = {"trigger": "interval", "max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    for job in SCHEDULE:
        scheduler.add_job(words.put, args=[job.naam], seconds=job.every_s(deps.settings), id=job.naam, **always)
    heartbeat_s = _heartbeat_s()
    if heartbeat_s is not None:
        scheduler.add_job(words.put, args=[_HEARTBEAT], seconds=heartbeat_s, id=_HEARTBEAT, **always)
    scheduler.add_listener(_log_job_trouble, EVENT_JOB_ERROR)
    scheduler.start()
    return scheduler


def _reschedule(scheduler: BackgroundScheduler, settings: Settings) -> None:
    for job in SCHEDULE:
        scheduler.reschedule_job(job.naam, trigger="interval", seconds=job.every_s(settings))


def _log_job_trouble(event: JobExecutionEvent) -> None:
    log.error("taak_mislukt", taak=event.job_id, fout=type(event.exception).__name__)


def _stop_on_signal(words: _Queue) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        words.stop()  # nothing else here: a log line could wait for a lock that this very thread holds

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
