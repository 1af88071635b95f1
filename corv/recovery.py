"""Finish what a stop left half done, at the start of every pass. Running it when there is nothing to do does no harm.

What a stop may have left, and what becomes of it:

    ledger row, file still in the inbox         the file is claimed after all, under the same id
    ledger row, file gone                       noted as vanished
    claimed file, not recorded                  recorded and handled
    recorded, not decided                       handled again: same id, same moments, so the same bytes
    staged file without a committed row         thrown away; its message is decided again and writes it anew
    committed row, staged file there            delivered now
    committed row, staged file gone             it was delivered, even if the other side fetched it at once
    decided, original still claimed             archived now
"""

from contextlib import suppress
from pathlib import Path
from uuid import UUID

from corv.errors import why
from corv.handler import Deps, Report, deliver
from corv.outcome import Claim, Incoming, Status
from corv.settings import Kanaal
from corv.store import Recorded
from corv.taking import handle_claims, handle_in_batches
from corv.watch import Entry, scan


def recover(deps: Deps, report: Report) -> None:
    """Do all of the above. A folder that can't be used now is reported and left for the next pass."""
    deliver_pending(deps, report)
    _redo_claims(deps)
    _finish_claimed(deps, report)


def deliver_pending(deps: Deps, report: Report) -> None:
    """Deliver everything that was committed and not delivered, and throw away what was staged without a commit."""
    pending = deps.store.undelivered()
    deps.folders.sweep_staged({item.output.bestandsnaam for item in pending})
    deliver(pending, deps, report)


def _redo_claims(deps: Deps) -> None:
    """Carry out the claims that were committed to the ledger but perhaps never done."""
    vanished = []
    for id_, row in deps.store.open_claims().items():
        kanaal = deps.settings.named(row["kanaal"])
        with suppress(OSError):  # the folder itself is reported by whoever scans it
            if deps.folders.claimed_path(kanaal, id_).exists():
                continue
            entry = _same_file(kanaal, row["bestandsnaam"], row["inode"])
            if entry is None:
                vanished.append(id_)
            else:
                deps.folders.claim(Claim(id_, kanaal, entry.shown_name, entry.grootte), entry.naam)
    if vanished:
        deps.store.claims_vanished(vanished)


def _same_file(kanaal: Kanaal, shown_name: str, inode: str) -> Entry | None:
    return next((entry for entry in scan(kanaal) if (entry.shown_name, str(entry.inode)) == (shown_name, inode)), None)


def _finish_claimed(deps: Deps, report: Report) -> None:
    """Bring every file in `.werk/` to its end, in the order in which an undisturbed run would have done it."""
    where = _claimed(deps, report)
    recorded = deps.store.recorded(where)
    for message in recorded.values():
        if message.status is not Status.ONTVANGEN:
            _archive(where[message.id], message, deps, report)
    undecided = [message for message in recorded.values() if message.status is Status.ONTVANGEN]
    handle_in_batches(_resume(undecided, where, deps, report), deps, report)
    _record_late({id_: kanaal for id_, kanaal in where.items() if id_ not in recorded}, deps, report)


def _claimed(deps: Deps, report: Report) -> dict[UUID, Kanaal]:
    found: dict[UUID, Kanaal] = {}
    for kanaal in deps.settings.kanalen:
        try:
            found |= dict.fromkeys(deps.folders.claimed(kanaal), kanaal)
        except OSError as error:
            report.problem(f"De map {kanaal.inbox} is nu niet te gebruiken ({why(error)}); berichten daar wachten.")
    return found


def _resume(messages: list[Recorded], where: dict[UUID, Kanaal], deps: Deps, report: Report) -> list[Incoming]:
    received = []
    for message in messages:
        kanaal = where[message.id]
        try:
            raw = deps.folders.read(kanaal, message.id)
        except OSError as error:
            report.waiting += 1
            report.problem(f"Bericht {message.id} in {kanaal.inbox}/.werk is nu niet te lezen ({why(error)}); het wacht.")
        else:
            received.append(Incoming(message.id, kanaal, raw, message.ontvangen_op, message.antwoord_tijdstip))
    return received


def _archive(kanaal: Kanaal, message: Recorded, deps: Deps, report: Report) -> None:
    explanation = message.reden if message.status is Status.ONLEESBAAR else None
    try:
        deps.folders.put_to_rest(kanaal, message.id, Path(message.bestand or ""), explanation)
    except OSError as error:
        report.problem(f"Archiveren van bericht {message.id} lukt nu niet ({why(error)}); het wordt herhaald.")


def _record_late(where: dict[UUID, Kanaal], deps: Deps, report: Report) -> None:
    """Record and handle files that were claimed just before a stop. A file that no ledger knows is left for a person."""
    known = deps.store.ledger(where)
    for id_, kanaal in where.items():
        if id_ not in known:
            report.waiting += 1
            report.problem(
                f"In {kanaal.inbox}/.werk staat {id_}.xml, dat niet in het grootboek staat; een mens moet het bekijken."
            )
    handle_claims([Claim(id_, where[id_], row["bestandsnaam"], row["grootte"]) for id_, row in known.items()], deps, report)
