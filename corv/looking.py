"""Step 1, first half: list every inbox, commit to the ledger what is new there, and say which files are ready."""

from corv.errors import why
from corv.handler import Deps, Report
from corv.ledger import open_rows
from corv.lotgeval import Lotgeval
from corv.outcome import Status
from corv.sightings import NOT_A_FILE, Changes, Sightings, compare
from corv.taking import Seen, outcome_of_no_file
from corv.watch import Entry, Stillness, age, list_all


def look_around(deps: Deps, stillness: Stillness, report: Report) -> tuple[list[Seen], list[Entry]]:
    """List every inbox: what is ready and what must wait. An inbox that can't be read is reported, the others go on.

    Raises StorageError when what is new can't be committed: then nothing may be taken.
    """
    found = _list(deps, report)
    if found.new or found.changed or found.gone:
        _commit(found, deps, report)
    ids = {(entry.kanaal.naam, entry.naam): id_ for id_, entry in found.ids.items()}
    files = sorted(found.ids.values(), key=age)  # over the channels together: a question before its answer
    ready, waiting = stillness.still(files, deps.monotonic())
    if not deps.settings.organisatie.oins:
        if files:
            report.problem("In config/corv.toml is [organisatie] oins nog leeg; vul de OIN van uw organisatie in. Alles wacht.")
        return [], [*ready, *waiting]
    return [Seen(ids[entry.kanaal.naam, entry.naam], entry) for entry in ready], waiting


def _list(deps: Deps, report: Report) -> Changes:
    """What lies in all inboxes, beside what the ledger knows. Of an inbox that can't be read now nothing is concluded."""
    known, found = open_rows(deps.db), Changes({}, [], {}, {})
    for kanaal in deps.settings.kanalen:
        try:
            deps.folders.check_inbox(kanaal)
            listing = list_all(kanaal)
            deps.folders.check_inbox(kanaal)  # once more: it may have been unmounted between the two looks
        except OSError as error:
            report.problem(f"De map {kanaal.inbox} is nu niet te gebruiken ({why(error)}); bestanden daar wachten.")
            continue
        rows = known.get((kanaal.naam, deps.folders.teken(kanaal.naam, "inbox")), [])
        changes = compare(rows, listing, has_oins=bool(deps.settings.organisatie.oins))
        found.ids.update(changes.ids)
        found.new.extend(changes.new)
        found.changed.update(changes.changed)
        found.gone.update(changes.gone)
        deps.store.note_stand(f"scan:{kanaal.naam}", deps.clock())
    return found


def _commit(found: Changes, deps: Deps, report: Report) -> None:
    """Write all that one look changed in one transaction. Ids are given in order of age."""
    now = deps.clock()
    new = {deps.new_id(): item for item in sorted(found.new, key=lambda item: age(item[0]))}
    no_files = [outcome_of_no_file(id_, entry, now) for id_, (entry, fate) in new.items() if fate.reden == NOT_A_FILE]
    deps.store.record_sightings(Sightings(new, found.changed, found.gone), no_files, deps.folders.teken, now)
    found.ids.update({id_: entry for id_, (entry, fate) in new.items() if fate.lot is Lotgeval.WACHT})
    if no_files:
        report.statuses[Status.ONLEESBAAR] += len(no_files)
