"""Scheduled work as plain functions, and one table of it. Jobs run on the worker; the clock only puts them on its queue."""

from collections.abc import Callable
from dataclasses import dataclass

from corv.errors import why
from corv.handler import Deps, Report
from corv.recovery import recover
from corv.settings import Settings
from corv.taking import record_not_a_file, take
from corv.watch import Entry, Stillness, age, scan

_LOOK_AGAIN_S = 0.2


def rescan(deps: Deps, stillness: Stillness, report: Report) -> None:
    """Finish what was left, list the inboxes and take what is ready. What is not still yet counts as waiting."""
    recover(deps, report)
    ready, waiting = look_around(deps, stillness, report)
    report.waiting += len(waiting)
    take(ready, deps, report)
    deps.store.flush()


def one_pass(deps: Deps, report: Report) -> None:
    """What `corv verwerk` does: as `rescan`, but wait for the files that were there at the start, within limits."""
    stillness, started = Stillness(), deps.monotonic()
    recover(deps, report)
    first = True
    expected: set[tuple[str, str]] = set()
    while True:
        this_look = Report()
        ready, waiting = look_around(deps, stillness, this_look)
        if first:
            expected, first = {_key(entry) for entry in [*ready, *waiting]}, False
            report.problems |= this_look.problems
        report.statuses += this_look.statuses
        take(ready, deps, report)
        waiting = [entry for entry in waiting if _key(entry) in expected]
        if (
            not waiting
            or not deps.settings.organisatie.oins
            or deps.monotonic() - started > deps.settings.verwerking.wacht_hoogstens_s
        ):
            break
        deps.sleep(_LOOK_AGAIN_S)
    report.waiting += len(waiting)
    deps.store.flush()


def look_around(deps: Deps, stillness: Stillness, report: Report) -> tuple[list[Entry], list[Entry]]:
    """List every inbox: what is ready and what must wait. An inbox that can't be read is reported, the others go on."""
    entries: list[Entry] = []
    for kanaal in deps.settings.kanalen:
        try:
            deps.folders.check_inbox(kanaal)
            entries += scan(kanaal)
        except OSError as error:
            report.problem(f"De map {kanaal.inbox} is nu niet te lezen ({why(error)}); bestanden daar wachten.")
    entries.sort(key=age)  # over the channels together: a question before its answer
    for entry in entries:
        if entry.not_a_file is not None:
            record_not_a_file(entry, deps, report)
    ready, waiting = stillness.still([entry for entry in entries if entry.not_a_file is None], deps.monotonic())
    if not deps.settings.organisatie.oins:
        if entries:
            report.problem("In config/corv.toml is [organisatie] oins nog leeg; vul de OIN van uw organisatie in. Alles wacht.")
        return [], [*ready, *waiting]
    return ready, waiting


def _key(entry: Entry) -> tuple[str, str]:
    return entry.kanaal.naam, entry.naam


@dataclass(frozen=True)
class Job:
    """One line of the schedule: its name, how often in seconds, and what it does."""

    naam: str
    every_s: Callable[[Settings], float]
    run: Callable[[Deps, Stillness, Report], None]


SCHEDULE = (Job("herscan", lambda settings: settings.verwerking.herscan_s, rescan),)
"""What the service does by the clock. A rescan also delivers what could not be delivered before."""
