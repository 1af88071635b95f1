"""Steps 1 and 2: take ready files out of an inbox and record that they exist, batch by batch; then hand them to `handler`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from corv.errors import CorvError, StorageError, why
from corv.findings import Finding, Niveau
from corv.handler import Deps, Report, handle
from corv.logs import log_own_failure
from corv.moments import tijdstip
from corv.outcome import Actie, Claim, Decision, Incoming, Outcome, Status
from corv.reading import Reading
from corv.settings import Verwerking
from corv.watch import Entry, look, same_file

T = TypeVar("T")


def take(entries: Iterable[Entry], deps: Deps, report: Report) -> None:
    """Claim, record and handle these ready files, oldest first; one at a time or a hundred, the same way."""
    for batch in in_batches(entries, lambda entry: entry.grootte, deps):
        claims = {deps.new_id(): entry for entry in batch}
        deps.store.add_claims(claims, deps.folders.teken, deps.clock())
        handle_claims(_claim_all(claims, deps, report), deps, report)


def handle_claims(claims: Sequence[Claim], deps: Deps, report: Report) -> None:
    """Record one batch of claimed files, then handle it. A file that can't be read now stays claimed, so it waits."""
    readable: list[tuple[Claim, bytes | None]] = []
    for claim in claims:
        try:
            readable.append((claim, deps.folders.read(claim.kanaal, claim.id)))
        except OSError as error:
            report.waiting += 1
            report.problem(f"Bestand {claim.id} in {claim.kanaal.inbox}/.werk is nu niet te lezen ({why(error)}); het wacht.")
    if readable:
        handle_recorded(deps.store.record(readable, deps.clock()), deps, report)


def handle_recorded(batch: Sequence[Incoming], deps: Deps, report: Report) -> None:
    """Handle one batch of recorded messages. A disk that fails it as a whole is a StorageError: it is tried again.

    On a failure of our own each message is tried alone, so that one of them can't keep all others waiting for ever; but never
    one that was decided before it failed.
    """
    try:
        handle(batch, deps, report)
    except CorvError:
        raise
    except OSError as error:
        raise StorageError(f"De schijf weigert ({why(error)}); het wordt opnieuw geprobeerd en er is niets kwijt.") from error
    except Exception as error:  # noqa: BLE001 - see above
        undecided = set(deps.store.undecided())  # what failed after its commit is decided, and finished by the next pass
        left = [incoming for incoming in batch if incoming.id in undecided]
        if left and len(batch) > 1:
            for incoming in left:
                handle_recorded([incoming], deps, report)
            return
        log_own_failure(error, id=str(batch[0].id))
        report.waiting += 1
        report.problem(f"Bericht {batch[0].id} is door een fout in deze applicatie niet te verwerken; het wacht. Meld dit.")


def in_batches(items: Iterable[T], size: Callable[[T], int], deps: Deps) -> Iterator[list[T]]:
    """Cut into batches: so many, and not many bytes beyond the limit, because a batch is held in memory.

    Stops between two batches when a stop was asked for: what is left is found again at the next start.
    """
    remaining = iter(items)
    while not deps.stopping() and (batch := list(_next_batch(remaining, size, deps.settings.verwerking))):
        yield batch


def record_not_a_file(entry: Entry, deps: Deps, report: Report) -> None:
    """Record, once, something in an inbox that is no ordinary file. It stays where it is and is never opened."""
    if deps.store.is_ignored(entry):
        return
    now = deps.clock()
    text = f"Dit is {entry.not_a_file}. Het blijft liggen in de inbox; haal het daar weg of zet er een gewoon bestand voor neer."
    finding = Finding("geen-bestand", Niveau.FOUT, text)
    incoming = Incoming(deps.new_id(), entry.kanaal, None, now, tijdstip(now))
    decision = Decision(Status.ONLEESBAAR, Actie.ZET_APART, text, regel="geen-bestand", aandacht=True)
    deps.store.record_ignored(
        entry, Outcome(incoming, Reading(unreadable=finding), decision, (finding,)), deps.folders.teken, now
    )
    report.statuses[Status.ONLEESBAAR] += 1


def _claim_all(claims: dict[UUID, Entry], deps: Deps, report: Report) -> list[Claim]:
    claimed, vanished = [], []
    for id_, entry in claims.items():
        claim = Claim(id_, entry.kanaal, entry.shown_name, entry.grootte)
        try:
            # Looked at once more: a backlog may have been listed a minute ago, and a link or half a file stand there now.
            if not same_file(look(entry.kanaal, entry.naam), entry):
                vanished.append(id_)
                continue
            deps.folders.check_inbox(entry.kanaal)
            deps.folders.claim(claim, entry.naam)
        except FileNotFoundError:
            vanished.append(id_)
        except OSError as error:
            report.waiting += 1
            report.problem(f"Een bestand in {entry.kanaal.inbox} is nu niet op te pakken ({why(error)}); het wacht.")
        else:
            claimed.append(claim)
    if vanished:
        deps.store.claims_vanished(vanished)
    return claimed


def _next_batch(items: Iterator[T], size: Callable[[T], int], limits: Verwerking) -> Iterator[T]:
    total = 0
    for number, item in enumerate(items, start=1):
        yield item
        total += min(size(item), limits.grootste_bestand)
        if number >= limits.berichten_per_keer or total >= limits.bytes_per_keer:
            return
