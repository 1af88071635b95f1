"""Finish what a stop left half done, at the start of every pass. Running it when there is nothing to do does no harm.

What a stop may have left, and what becomes of it:

    claim in the ledger, file in the inbox      the file is claimed after all, under the same id
    claim in the ledger, file gone              noted as vanished
    claim in the ledger, file changed           it waits again under the same id, and is taken when it is still
    claimed file, not recorded                  recorded and handled
    recorded, not decided                       handled again: same id, same moments, so the same bytes; what a stop broke
                                                off comes one by one, and is set apart unopened when that happened three times
    staged file without a committed row         thrown away; its message is decided again and writes it anew
    committed row, staged file there            delivered now
    committed row, staged file gone             it was delivered, even if the other side fetched it at once
    decided, original still claimed             archived now
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from uuid import UUID

from corv.desk.orders import write_ordered
from corv.errors import why
from corv.handler import BRING_BACK, Deps, Report, deliver, put_to_rest
from corv.judging import MOST_ATTEMPTS
from corv.ledger import claims as claims_of
from corv.ledger import open_claims
from corv.outcome import Claim, Incoming, Status
from corv.roots import former_roots
from corv.settings import Kanaal
from corv.store import Recorded
from corv.taking import attempt, grown, handle_claims, in_batches, let_go
from corv.watch import Entry, scan

_ID_LENGTH = 36


def recover(deps: Deps, report: Report) -> None:
    """Do all of the above. A folder that can't be used now is reported and left for the next pass."""
    _sweep(deps, report)
    for root in former_roots(deps.settings, deps.db):
        if root.soort == "inbox" and (waiting := len(root.contents())):
            where = f"In {root.path}, een eerdere inbox van kanaal {root.kanaal.naam}, ligt nog iets ({waiting})."
            report.waiting += waiting
            report.problem(f"{where} {BRING_BACK}")
    deliver(deps.store.undelivered(), deps, report)
    write_ordered(deps, report)
    if deps.settings.organisatie.oins:  # without our own OIN nothing may be decided: every message would seem a stranger's
        _redo_claims(deps, report)
        _finish_claimed(deps, report)


def _sweep(deps: Deps, report: Report) -> None:
    """Throw away what was staged without a commit. What belongs to no message that the database knows is left for a person."""
    wanted = {item.output.bestandsnaam for item in deps.store.undelivered()}
    undecided = {str(id_) for id_ in deps.store.undecided()}
    for kanaal in deps.settings.kanalen:
        with suppress(OSError):  # an outbox that is not there now has nothing to sweep; delivering reports it
            loose = [path for path in deps.folders.staged(kanaal) if path.name not in wanted]
            known = undecided | deps.store.are_decided(path.name[:_ID_LENGTH] for path in loose)
            for path in loose:
                if path.name[:_ID_LENGTH] in known and path.name[_ID_LENGTH:].startswith("-"):  # as only an output is called
                    path.unlink()
                else:
                    report.waiting += 1
                    report.problem(f"In {path.parent} staat {_shown(path)}, dat de database niet kent; bekijk het zelf.")


def _shown(path: Path) -> str:
    """A file in `.klaar`, by the message that it is of. A name that somebody else gave it may tell of a person."""
    try:
        return f"een bestand van bericht {UUID(path.name[:_ID_LENGTH])}"
    except ValueError:
        return "een bestand"


def _redo_claims(deps: Deps, report: Report) -> None:
    """Carry out the claims that were committed to the ledger but perhaps never done."""
    under_way = open_claims(deps.db)
    changed, gone = dict[UUID, Entry](), list[UUID]()
    for kanaal in deps.settings.kanalen:
        mine = {id_: row for id_, row in under_way.items() if row["kanaal"] == kanaal.naam}
        with suppress(OSError):  # an inbox that can't be used now is reported by whoever lists it
            if mine:
                deps.folders.check_inbox(kanaal)
                listed = {(entry.shown_name, str(entry.inode)): entry for entry in scan(kanaal)}
                for id_, row in mine.items():
                    if row["map_teken"] != deps.folders.teken(kanaal.naam, "inbox"):
                        report.waiting += 1
                        report.problem(f"Bestand {id_} is opgepakt uit een eerdere inbox van kanaal {kanaal.naam}. {BRING_BACK}")
                        continue
                    claim = Claim(id_, kanaal, row["bestandsnaam"], row["grootte"])
                    entry = listed.get((row["bestandsnaam"], row["inode"]))
                    if not _redo_claim(claim, entry, row["gewijzigd_ns"], deps, report):
                        if entry is not None and grown(entry, int(row["inode"])):
                            changed[id_] = entry
                        else:
                            gone.append(id_)
    let_go(changed, gone, deps)


def _redo_claim(claim: Claim, entry: Entry | None, changed_ns: str, deps: Deps, report: Report) -> bool:
    """Finish one claim; False when the file is no longer the one that was to be taken."""
    with suppress(FileNotFoundError):
        deps.folders.claimed_path(claim.kanaal, claim.id).lstat()
        naam = os.fsdecode(claim.bestandsnaam.encode())
        if not os.path.lexists(claim.kanaal.inbox / naam):  # else the marker is that of the next file of this name
            deps.folders.remove_marker(claim.kanaal, naam)
        return True
    if entry is None or (entry.grootte, str(entry.gewijzigd_ns)) != (claim.grootte, changed_ns):
        return False
    try:
        deps.folders.claim(claim, entry.naam)
    except OSError as error:
        report.waiting += 1
        report.problem(f"Een bestand in {claim.kanaal.inbox} is nu niet op te pakken ({why(error)}); het wacht.")
    return True


def _finish_claimed(deps: Deps, report: Report) -> None:
    """Bring every file in `.werk/` to its end, in the order in which an undisturbed run would have done it."""
    where = _claimed(deps, report)
    recorded = deps.store.recorded(where)
    for message in recorded.values():
        if message.status is not Status.ONTVANGEN:
            explanation = message.reden if message.status is Status.ONLEESBAAR else None
            place = deps.folders.resting_place(message.id, message.ontvangen_op, message.status)
            if message.bestand is None:
                report.problem(f"Het verdwenen bestand {message.id} is er weer, in {place}. Zet het zelf opnieuw in de inbox.")
            place = Path(message.bestand or place)
            put_to_rest(where[message.id], message.id, place, explanation, deps, report)
    undecided = [message for message in recorded.values() if message.status is Status.ONTVANGEN]
    for was_begun, messages in groupby(undecided, lambda message: message.pogingen > 0):
        # What ended the process is among those that were begun with; one by one the others come to their end.
        for batch in in_batches(messages, lambda message: message.grootte, deps, most=1 if was_begun else None):
            _try_again(_resume(batch, where, deps, report), deps, report)
    _record_late({id_: kanaal for id_, kanaal in where.items() if id_ not in recorded}, deps, report)
    absent = set(deps.store.undecided()) - where.keys()
    for id_, row in claims_of(deps.db, absent).items():
        report.waiting += 1
        if row["map_teken"] == deps.folders.teken(row["kanaal"], "inbox"):
            report.problem(f"Bericht {id_} is ontvangen, maar zijn bestand staat niet meer in .werk; een mens moet het zoeken.")
        else:
            report.problem(f"Bericht {id_} ligt in een eerdere inbox van kanaal {row['kanaal']}. {BRING_BACK}")


def _try_again(batch: Sequence[Incoming], deps: Deps, report: Report) -> None:
    """Handle undecided messages. One that was begun with too often is not opened, so it is not begun with once more."""
    if batch and batch[0].pogingen < MOST_ATTEMPTS:
        deps.store.begin_attempt([incoming.id for incoming in batch])
    attempt(batch, deps, report)


def _claimed(deps: Deps, report: Report) -> dict[UUID, Kanaal]:
    found: dict[UUID, Kanaal] = {}
    for kanaal in deps.settings.kanalen:
        try:
            found |= dict.fromkeys(deps.folders.claimed(kanaal), kanaal)
        except OSError as error:
            report.problem(f"De map {kanaal.inbox} is nu niet te gebruiken ({why(error)}); bestanden daar wachten.")
    return found


def _resume(messages: Iterable[Recorded], where: dict[UUID, Kanaal], deps: Deps, report: Report) -> list[Incoming]:
    received = []
    for message in messages:
        kanaal = where[message.id]
        try:
            raw = deps.folders.read(kanaal, message.id)
        except OSError as error:
            report.waiting += 1
            report.problem(f"Bericht {message.id} in {kanaal.inbox}/.werk is nu niet te lezen ({why(error)}); het wacht.")
        else:
            moment = message.antwoord_tijdstip
            received.append(Incoming(message.id, kanaal, raw, message.ontvangen_op, moment, message.pogingen))
    return received


def _record_late(where: dict[UUID, Kanaal], deps: Deps, report: Report) -> None:
    """Record and handle files that were claimed just before a stop. A file that no ledger knows is left for a person."""
    known = claims_of(deps.db, where)
    for id_, kanaal in where.items():
        if id_ not in known:
            report.waiting += 1
            report.problem(f"In {kanaal.inbox}/.werk staat {id_}.xml, dat niet in het grootboek staat; bekijk het zelf.")
    claims = [Claim(id_, where[id_], row["bestandsnaam"], row["grootte"]) for id_, row in known.items()]
    for batch in in_batches(claims, lambda claim: claim.grootte, deps):
        handle_claims(batch, deps, report)
