"""Steps 1 and 2: take ready files out of an inbox and record that they exist, batch by batch; then hand them to `handler`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from corv.errors import CorvError, StorageError, why
from corv.findings import Finding, Niveau
from corv.handler import Deps, Report, handle
from corv.logs import log_own_failure
from corv.moments import tijdstip
from corv.outcome import Actie, Claim, Decision, Incoming, Outcome, Status
from corv.reading import Reading
from corv.settings import Kanaal, Verwerking
from corv.sightings import Sightings, fate_of
from corv.watch import Entry, look, same_file

T = TypeVar("T")


@dataclass(frozen=True)
class Seen:
    """A file in an inbox, and the id that the ledger gave it when it was first seen."""

    id: UUID
    entry: Entry


def take(ready: Iterable[Seen], deps: Deps, report: Report) -> None:
    """Claim, record and handle these ready files, oldest first; one at a time or a hundred, the same way."""
    for batch in in_batches(ready, lambda seen: seen.entry.grootte, deps):
        claims = {seen.id: seen.entry for seen in batch}
        deps.store.add_claims(claims, deps.clock())
        handle_claims(_claim_all(claims, deps, report), deps, report)


def handle_claims(claims: Sequence[Claim], deps: Deps, report: Report) -> None:
    """Record one batch of claimed files, then handle it. A file that can't be read now stays claimed, so it waits."""
    readable: list[tuple[Claim, bytes | None]] = []
    for claim in _kept(claims, deps, report):
        try:
            readable.append((claim, deps.folders.read(claim.kanaal, claim.id)))
        except OSError as error:
            report.waiting += 1
            report.problem(f"Bestand {claim.id} in {claim.kanaal.inbox}/.werk is nu niet te lezen ({why(error)}); het wacht.")
    if readable:
        attempt(deps.store.record(readable, deps.clock()), deps, report)


def attempt(batch: Sequence[Incoming], deps: Deps, report: Report) -> None:
    """Handle recorded messages, of which it was committed that they are begun with. Who survives it takes that back."""
    try:
        handle_recorded(batch, deps, report)
    except BaseException:  # whatever it is, here we are still: it may end this pass, and the next transaction is far away
        deps.store.note_survived(incoming.id for incoming in batch)
        with suppress(StorageError):
            deps.store.flush()
        raise
    deps.store.note_survived(incoming.id for incoming in batch)


def _kept(claims: Sequence[Claim], deps: Deps, report: Report) -> list[Claim]:
    """The claims that survive a power cut. The record may not be kept without them: the file would come in once more, as new."""
    refusing = set[Kanaal]()
    for kanaal in dict.fromkeys(claim.kanaal for claim in claims):
        try:
            deps.folders.sync_claims(kanaal)
        except OSError as error:
            refusing.add(kanaal)
            report.problem(f"De schijf houdt {kanaal.inbox}/.werk nu niet vast ({why(error)}); bestanden daar wachten.")
    report.waiting += sum(claim.kanaal in refusing for claim in claims)
    return [claim for claim in claims if claim.kanaal not in refusing]


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


def in_batches(items: Iterable[T], size: Callable[[T], int], deps: Deps, *, most: int | None = None) -> Iterator[list[T]]:
    """Cut into batches: so many, and not many bytes beyond the limit, because a batch is held in memory. `most`: no more than so.

    Stops between two batches when a stop was asked for: what is left is found again at the next start.
    """
    remaining, limits = iter(items), deps.settings.verwerking
    limits = replace(limits, berichten_per_keer=most or limits.berichten_per_keer)
    while not deps.stopping() and (batch := list(_next_batch(remaining, size, limits))):
        yield batch


def outcome_of_no_file(id_: UUID, entry: Entry, now: datetime) -> Outcome:
    """What becomes of something in an inbox that is no ordinary file: it stays where it is and is never opened."""
    text = f"Dit is {entry.not_a_file}. Het blijft liggen in de inbox; haal het daar weg of zet er een gewoon bestand voor neer."
    finding = Finding("geen-bestand", Niveau.FOUT, text)
    decision = Decision(Status.ONLEESBAAR, Actie.ZET_APART, text, regel="geen-bestand", aandacht=True)
    incoming = Incoming(id_, entry.kanaal, None, now, tijdstip(now))
    return Outcome(incoming, Reading(unreadable=finding), decision, (finding,))


def _claim_all(claims: dict[UUID, Entry], deps: Deps, report: Report) -> list[Claim]:
    claimed, changed, gone = list[Claim](), dict[UUID, Entry](), list[UUID]()
    for id_, entry in claims.items():
        claim = Claim(id_, entry.kanaal, entry.shown_name, entry.grootte)
        try:
            # Looked at once more: a backlog may have been listed a minute ago, and a link or half a file stand there now.
            now = look(entry.kanaal, entry.naam)
            if not same_file(now, entry):
                if now is not None and grown(now, entry.inode):
                    changed[id_] = now
                else:
                    gone.append(id_)
                continue
            deps.folders.check_inbox(entry.kanaal)
            deps.folders.claim(claim, entry.naam)
        except FileNotFoundError:
            gone.append(id_)
        except OSError as error:
            report.waiting += 1
            report.problem(f"Een bestand in {entry.kanaal.inbox} is nu niet op te pakken ({why(error)}); het wacht.")
        else:
            claimed.append(claim)
    let_go(changed, gone, deps)
    return claimed


def let_go(changed: Mapping[UUID, Entry], gone: Sequence[UUID], deps: Deps) -> None:
    """Note what became of claims that can't be carried out: a file that changed waits again, another one has gone."""
    if changed or gone:
        has_oins = bool(deps.settings.organisatie.oins)
        fates = {id_: (entry, fate_of(entry, has_oins=has_oins)) for id_, entry in changed.items()}
        deps.store.record_sightings(Sightings({}, fates, dict.fromkeys(gone)), (), deps.folders.teken, deps.clock())


def grown(now: Entry, inode: int) -> bool:
    """Whether a file that is not the same any more is that file still, and not another under its name."""
    return now.inode == inode and now.not_a_file is None


def _next_batch(items: Iterator[T], size: Callable[[T], int], limits: Verwerking) -> Iterator[T]:
    total = 0
    for number, item in enumerate(items, start=1):
        yield item
        total += min(size(item), limits.grootste_bestand)
        if number >= limits.berichten_per_keer or total >= limits.bytes_per_keer:
            return
