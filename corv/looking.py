"""Step 1, first half: list every inbox, commit to the ledger what is new there, and say which files are ready."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias
from uuid import UUID

from corv.errors import why
from corv.handler import Deps, Report
from corv.ledger import open_rows
from corv.lotgeval import Lotgeval
from corv.outcome import Status
from corv.roots import Former, former_roots
from corv.sightings import NOT_A_FILE, Changes, Open, Sightings, compare, left_behind
from corv.taking import Seen, outcome_of_no_file
from corv.watch import Entry, Listing, Stillness, age, list_all

OpenRows: TypeAlias = dict[tuple[str, str], list[Open]]
"""By channel and mark of the inbox."""


def look_around(deps: Deps, stillness: Stillness, report: Report) -> tuple[list[Seen], list[Entry]]:
    """List every inbox: what is ready and what must wait. An inbox that can't be read is reported, the others go on.

    Raises StorageError when what is new can't be committed: then nothing may be taken.
    """
    known = open_rows(deps.db)
    found = _list(known, deps, report)
    left = _look_back(known, found, deps)
    if found.new or found.changed or found.gone or left:
        _commit(found, left, deps, report)
    ids = {(entry.kanaal.naam, entry.naam): id_ for id_, entry in found.ids.items()}
    files = sorted(found.ids.values(), key=age)  # over the channels together: a question before its answer
    ready, waiting = stillness.still(files, deps.monotonic())
    if not deps.settings.organisatie.oins:
        if files:
            report.problem("In config/corv.toml is [organisatie] oins nog leeg; vul de OIN van uw organisatie in. Alles wacht.")
        return [], [*ready, *waiting]
    return [Seen(ids[entry.kanaal.naam, entry.naam], entry) for entry in ready], waiting


def _list(known: OpenRows, deps: Deps, report: Report) -> Changes:
    """What lies in all inboxes, beside what the ledger knows. Of an inbox that can't be read now nothing is concluded."""
    found = Changes({}, [], {}, {})
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


def _look_back(known: OpenRows, found: Changes, deps: Deps) -> list[UUID]:
    """Add to `found` what went from inboxes that the configuration no longer names; gives what is not noted yet as left there."""
    now = {(kanaal.naam, deps.folders.teken(kanaal.naam, "inbox")) for kanaal in deps.settings.kanalen}
    left: list[UUID] = []
    if former := known.keys() - now:
        roots = {(root.kanaal.naam, root.teken): root for root in former_roots(deps.settings, deps.db) if root.soort == "inbox"}
        for place in former:
            gone, waiting = left_behind(known[place], _list_former(roots.get(place)))
            found.gone.update(gone)
            left += waiting
    return left


def _list_former(root: Former | None) -> Listing | None:
    """What lies in a former inbox; None when it can't be looked at."""
    if root is None:
        return None
    try:
        listing = list_all(replace(root.kanaal, inbox=root.path))
    except OSError:
        return None
    return listing if root.is_there else None  # as in `_list`


def _commit(found: Changes, left: Sequence[UUID], deps: Deps, report: Report) -> None:
    """Write all that one look changed in one transaction. Ids are given in order of age."""
    now = deps.clock()
    new = {deps.new_id(): item for item in sorted(found.new, key=lambda item: age(item[0]))}
    no_files = [outcome_of_no_file(id_, entry, now) for id_, (entry, fate) in new.items() if fate.reden == NOT_A_FILE]
    deps.store.record_sightings(Sightings(new, found.changed, found.gone, left), no_files, deps.folders.teken, now)
    found.ids.update({id_: entry for id_, (entry, fate) in new.items() if fate.lot is Lotgeval.WACHT})
    if no_files:
        report.statuses[Status.ONLEESBAAR] += len(no_files)
