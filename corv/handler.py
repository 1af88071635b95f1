"""THE MAIN PATH: a batch of claimed files, from gathering to delivery. The only module that knows the order of the steps.

    gather -> decide -> stage -> commit -> deliver        (claim and record come before: `taking`)

Stopping between any two lines, or inside one, and starting again ends in the same state; `recovery` says how.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog
from sqlite_utils import Database

from corv.checking import Checks
from corv.durable import sync_file
from corv.errors import why
from corv.folders import Folders
from corv.history import History
from corv.judging import judge
from corv.outcome import Incoming, Outcome, Status
from corv.settings import Kanaal, Settings
from corv.store import Pending, Store
from corv.stuf import MAX_REFERENTIENUMMER

log = structlog.get_logger()

BRING_BACK = "Zet die map terug in config/corv.toml tot alles daaruit is verwerkt."
"""What to do about something that lies in a folder which the configuration no longer names."""


@dataclass(frozen=True)
class Deps:
    """Everything the main path needs from outside; `app` makes the real ones, tests make their own."""

    settings: Settings
    store: Store
    db: Database
    folders: Folders
    checks: Checks
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    stopping: Callable[[], bool] = lambda: False


@dataclass
class Report:
    """What a pass did, for whoever asked for it.

    `growing`: how many of those that wait were not still yet; `faults`: how many said that something of ours was not accepted.
    """

    statuses: Counter[Status] = field(default_factory=Counter)
    written: int = 0
    waiting: int = 0
    growing: int = 0
    faults: int = 0
    problems: dict[str, None] = field(default_factory=dict)
    on_progress: Callable[[int], None] = lambda _handled: None

    @property
    def handled(self) -> int:
        """How many messages came to their end."""
        return self.statuses.total()

    def problem(self, text: str) -> None:
        """Tell the user of something that waits; the same thing is told once."""
        self.problems[text] = None


def handle(batch: Sequence[Incoming], deps: Deps, report: Report) -> None:
    """Handle recorded messages as one batch. A message whose files can't be written now stays claimed and waits.

    Raises StorageError when nothing could be committed: then nothing was answered, nothing moved, and it is tried again.
    """
    waiting, written = list(batch), set[Path]()
    while waiting:
        outcomes = judge(waiting, History(deps.db), deps.settings, deps.checks)
        staged, stuck = stage(outcomes, deps, report)
        written.update(staged)
        if not stuck:
            break
        # Without the ones that can't be written the others may be judged differently: as first, not as a repeat.
        waiting = [incoming for incoming in waiting if incoming.id not in stuck]
    if not waiting:
        return
    for path in written.difference(staged):
        path.unlink()
    try:
        deps.folders.sync(staged, waiting)
    except OSError as error:
        for path in staged:
            path.unlink(missing_ok=True)
        _handle_apart(waiting, error, deps, report)
        return
    pending = deps.store.commit(
        [(outcome, resting_place(outcome, deps)) for outcome in outcomes], deps.folders.teken, deps.clock()
    )
    for outcome in outcomes:
        report.statuses[outcome.decision.status] += 1
        report.faults += bool(outcome.decision.faults_on)
    deliver(pending, deps, report)
    for outcome in outcomes:
        incoming, decision = outcome.incoming, outcome.decision
        explanation = decision.reden if decision.status is Status.ONLEESBAAR else None
        put_to_rest(incoming.kanaal, incoming.id, resting_place(outcome, deps), explanation, deps, report)
    for outcome in outcomes:
        _log(outcome)
    report.on_progress(report.handled)


def _handle_apart(batch: Sequence[Incoming], error: OSError, deps: Deps, report: Report) -> None:
    """A disk refused to keep the files of a batch: try each message alone, so that only those of the bad folder wait."""
    if len(batch) == 1:
        report.waiting += 1
        report.problem(f"De schijf neemt de bestanden van bericht {batch[0].id} niet aan ({why(error)}); het wacht.")
        return
    for incoming in batch:
        handle([incoming], deps, report)


def stage(outcomes: Sequence[Outcome], deps: Deps, report: Report) -> tuple[list[Path], set[UUID]]:
    """Step 5: write every file under its final name. Gives what was written, and the messages that could not be."""
    staged, stuck = [], set()
    for outcome in outcomes:
        try:
            staged += deps.folders.stage(outcome)
        except OSError as error:
            stuck.add(outcome.incoming.id)
            report.waiting += 1
            report.problem(f"Schrijven naar {error.filename or 'de outbox'} lukt nu niet ({why(error)}); het bericht wacht.")
    return staged, stuck


def deliver(pending: Sequence[Pending], deps: Deps, report: Report) -> None:
    """Step 7, first half: rename committed files into their outbox. What can't be delivered now is tried again later."""
    folders: dict[Path, str] = {}
    for item in pending:
        if item.map_teken != deps.folders.teken(item.output.kanaal, "outbox"):
            report.waiting += 1
            report.problem(
                f"{item.output.bestandsnaam} staat klaar in een eerdere outbox van kanaal {item.output.kanaal}. {BRING_BACK}"
            )
            continue
        try:
            deps.folders.deliver(item.output)
        except OSError as error:
            report.problem(
                f"Bezorgen in de outbox van kanaal {item.output.kanaal} lukt nu niet ({why(error)}); het wordt herhaald."
            )
            continue
        deps.store.note_delivered(item, deps.clock())
        folders[deps.folders.target(item.output).parent] = item.output.kanaal
        report.written += 1
    for folder, kanaal in folders.items():
        try:
            sync_file(folder)
        except OSError as error:
            report.problem(
                f"De outbox van kanaal {kanaal} is bezorgd, maar niet vast te zetten tegen stroomuitval ({why(error)})."
            )


def put_to_rest(  # noqa: PLR0913 - recovery has a row where the handler has an outcome, so the facts come one by one
    kanaal: Kanaal, id_: UUID, place: Path, explanation: str | None, deps: Deps, report: Report
) -> None:
    """Step 7, second half: the original leaves the inbox for its place, with a note where it was set apart. Tried again later."""
    try:
        deps.folders.put_to_rest(kanaal, id_, place, explanation)
    except OSError as error:
        report.problem(f"Archiveren van bericht {id_} lukt nu niet ({why(error)}); het wordt herhaald.")


def resting_place(outcome: Outcome, deps: Deps) -> Path:
    """Where the original of a decided message belongs."""
    return deps.folders.resting_place(outcome.incoming.id, outcome.incoming.ontvangen_op, outcome.decision.status)


def _log(outcome: Outcome) -> None:
    """One record a message, with everything one may search for and nothing of its content (ontwerp 8)."""
    header, decision = outcome.reading.stuurgegevens, outcome.decision
    log.info(
        "bericht_verwerkt",
        id=str(outcome.incoming.id),
        kanaal=outcome.incoming.kanaal.naam,
        functie=outcome.reading.soort.naam if outcome.reading.soort else None,
        referentienummer=(header.referentienummer or "")[:MAX_REFERENTIENUMMER] if header else None,
        status=decision.status,
        regel=decision.regel,
        foutcode=decision.foutcode,
        uitvoer=[output.soort for output in outcome.outputs],
    )
