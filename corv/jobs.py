"""Scheduled work as plain functions, and one table of it. Jobs run on the worker; the clock only puts them on its queue."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from corv import waiting
from corv.desk.orders import write_ordered
from corv.desk.pickup import note_fetched
from corv.desk.silence import note_silence
from corv.errors import why
from corv.handler import Deps, Report
from corv.health_facts import look_within
from corv.logs import log_own_failure
from corv.recovery import recover
from corv.repair.repairing import take_back
from corv.settings import Settings
from corv.taking import record_not_a_file, take
from corv.watch import Entry, Stillness, age, scan

_LOOK_AGAIN_S = 0.2
_METRICS_EVERY_S = 60
_SILENCE_EVERY_S = 300


def rescan(deps: Deps, stillness: Stillness, report: Report) -> None:
    """Finish what was left, list the inboxes and take what is ready. What is not still yet counts as waiting."""
    is_whole = take_back(deps, report)
    recover(deps, report)
    ready, waiting = look_around(deps, stillness, report)
    report.waiting += len(waiting)
    report.growing = sum(_may_become_still(entry, deps) for entry in waiting)
    if is_whole:
        take(ready, deps, report)
    _end_of_pass("start", deps)


def one_pass(deps: Deps, report: Report) -> None:
    """What `corv verwerk` does: as `rescan`, but wait for the files that were there at the start, within limits.

    However it ends, what it could not do is noted for `corv gezondheid`.
    """
    try:
        _one_pass(deps, report)
    except Exception as error:
        report.problem(waiting.told(error))
        raise
    finally:
        _note(deps, report)


def _one_pass(deps: Deps, report: Report) -> None:
    # Never shorter than a file needs to become still, or nothing would ever be taken.
    longest = max(deps.settings.verwerking.wacht_hoogstens_s, *(kanaal.stil_s + 1 for kanaal in deps.settings.kanalen))
    stillness, deadline = Stillness(), deps.monotonic() + longest
    is_whole = take_back(deps, report)
    recover(deps, report)
    ready, waiting = look_around(deps, stillness, report)
    if not is_whole:
        report.waiting += len(ready) + len(waiting)
        deps.store.flush()
        return
    take(ready, deps, report)
    expected = {_key(entry) for entry in waiting if _may_become_still(entry, deps)}
    never = [entry for entry in waiting if _key(entry) not in expected]
    while expected and deps.monotonic() <= deadline and not deps.stopping():
        deps.sleep(_LOOK_AGAIN_S)
        ready, waiting = look_around(deps, stillness, report)
        take(ready, deps, report)
        expected &= {_key(entry) for entry in waiting}
    report.waiting += len(expected) + len(never)
    note_silence(deps)
    write_ordered(deps, report)  # also what a person asked for while this pass worked
    _end_of_pass("verwerk", deps)
    note_fetched(deps)
    _note(deps, report)  # before it is measured
    write_metrics(deps, stillness, report)


def _note(deps: Deps, report: Report) -> None:
    """Note what this pass waits for. Nobody listens for events between two passes, so in no folder these are missed."""
    waiting.note(deps.settings.data, report.problems, {}, deps.clock)


def look_around(deps: Deps, stillness: Stillness, report: Report) -> tuple[list[Entry], list[Entry]]:
    """List every inbox: what is ready and what must wait. An inbox that can't be read is reported, the others go on."""
    entries: list[Entry] = []
    for kanaal in deps.settings.kanalen:
        try:
            deps.folders.check_inbox(kanaal)
            entries += scan(kanaal)
            deps.store.note_stand(f"scan:{kanaal.naam}", deps.clock())
        except OSError as error:
            report.problem(f"De map {kanaal.inbox} is nu niet te gebruiken ({why(error)}); bestanden daar wachten.")
    entries.sort(key=age)  # over the channels together: a question before its answer
    for entry in entries:
        if entry.not_a_file is not None:
            record_not_a_file(entry, deps, report)
    stuck = {(row["kanaal"], row["bestandsnaam"], row["inode"]) for row in deps.store.open_claims().values()}
    files = [entry for entry in entries if entry.not_a_file is None and _identity(entry) not in stuck]
    ready, waiting = stillness.still(files, deps.monotonic())
    if not deps.settings.organisatie.oins:
        if files:
            report.problem("In config/corv.toml is [organisatie] oins nog leeg; vul de OIN van uw organisatie in. Alles wacht.")
        return [], [*ready, *waiting]
    return ready, waiting


def _end_of_pass(wijze: str, deps: Deps) -> None:
    """Write what was noted, and that this pass came to its end; `corv gezondheid` judges by it whether we are alive."""
    if not deps.stopping():
        facts = {"proces": os.getpid(), "wijze": wijze, "herscan_s": deps.settings.verwerking.herscan_s}
        deps.store.note_stand("ronde", deps.clock(), facts)
    deps.store.flush()


def _may_become_still(entry: Entry, deps: Deps) -> bool:
    """Whether a waiting file may be ready soon; one that lacks its done-marker, or while we lack an OIN, needs somebody."""
    return not entry.must_wait and bool(deps.settings.organisatie.oins)


def _identity(entry: Entry) -> tuple[str, str, str]:
    return entry.kanaal.naam, entry.shown_name, str(entry.inode)


def _key(entry: Entry) -> tuple[str, str]:
    return entry.kanaal.naam, entry.naam


def write_metrics(deps: Deps, _stillness: Stillness, report: Report) -> None:
    """Write how it is with us to the file for Prometheus, where one is asked for. A failure is told, and disturbs nothing."""
    path = deps.settings.gezondheid.metingen
    if path is None:
        return
    from corv import metrics  # noqa: PLC0415 - most installations have no such file and should not pay for the library

    try:
        metrics.write(path, look_within(deps.settings, deps.db, deps.clock()))
    except OSError as error:
        report.problem(f"Het bestand met metingen {path} is niet te schrijven ({why(error)}).")
    except Exception as error:  # noqa: BLE001 - measuring must never keep messages from being handled
        log_own_failure(error)
        report.problem(f"Het bestand met metingen {path} is door een fout in corv zelf niet geschreven. Meld dit.")


def look_for_silence(deps: Deps, _stillness: Stillness, report: Report) -> None:
    """Notice what was sent on and is not answered within its term."""
    note_silence(deps)
    write_ordered(deps, report)


def look_at_outboxes(deps: Deps, _stillness: Stillness, _report: Report) -> None:
    """Notice what the other side fetched."""
    note_fetched(deps)


@dataclass(frozen=True)
class Job:
    """One line of the schedule: its name, how often in seconds, and what it does."""

    naam: str
    every_s: Callable[[Settings], float]
    run: Callable[[Deps, Stillness, Report], None]


SCHEDULE = (
    Job("herscan", lambda settings: settings.verwerking.herscan_s, rescan),
    Job("ophalen", lambda settings: settings.verwerking.herscan_s, look_at_outboxes),
    Job("stilte", lambda _settings: _SILENCE_EVERY_S, look_for_silence),
    Job("metingen", lambda _settings: _METRICS_EVERY_S, write_metrics),
)
"""What the service does by the clock. A rescan also delivers what could not be delivered before."""
