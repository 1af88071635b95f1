"""Steps 1 and 2: take ready files out of an inbox and record that they exist, batch by batch; then hand them to `handler`."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from uuid import UUID

from corv.errors import StorageError, why
from corv.findings import Finding, Niveau
from corv.handler import Deps, Report, handle
from corv.moments import tijdstip
from corv.outcome import Actie, Claim, Decision, Incoming, Outcome, Status
from corv.reading import Reading
from corv.settings import Verwerking
from corv.watch import Entry


def take(entries: Iterable[Entry], deps: Deps, report: Report) -> None:
    """Claim, record and handle these ready files, oldest first; one at a time or a hundred, the same way."""
    remaining = iter(entries)
    while batch := list(_batch(remaining, deps.settings.verwerking)):
        claims = {deps.new_id(): entry for entry in batch}
        deps.store.add_claims(claims, deps.clock())
        handle_claims(_claim_all(claims, deps, report), deps, report)


def handle_claims(claims: Sequence[Claim], deps: Deps, report: Report) -> None:
    """Record claimed files, then handle them. A file that can't be read now stays claimed, so it waits."""
    readable: list[tuple[Claim, bytes | None]] = []
    for claim in claims:
        try:
            readable.append((claim, deps.folders.read(claim.kanaal, claim.id)))
        except OSError as error:
            report.waiting += 1
            report.problem(f"Bestand {claim.id} in {claim.kanaal.inbox}/.werk is nu niet te lezen ({why(error)}); het wacht.")
    if readable:
        handle_in_batches(deps.store.record(readable, deps.clock()), deps, report)


def handle_in_batches(received: Sequence[Incoming], deps: Deps, report: Report) -> None:
    """Handle recorded messages in batches of at most the configured number. A failing disk becomes a StorageError."""
    size = deps.settings.verwerking.berichten_per_keer
    for start in range(0, len(received), size):
        try:
            handle(received[start : start + size], deps, report)
        except OSError as error:
            raise StorageError(f"De schijf weigert ({why(error)}); er is niets beantwoord en niets kwijt.") from error


def record_not_a_file(entry: Entry, deps: Deps, report: Report) -> None:
    """Record, once, something in an inbox that is no ordinary file. It stays where it is and is never opened."""
    if deps.store.is_ignored(entry):
        return
    id_, now = deps.new_id(), deps.clock()
    text = (
        f"Dit is {entry.not_a_file}. Het is blijven liggen in de inbox; haal het daar weg of zet er een gewoon bestand voor neer."
    )
    finding = Finding("geen-bestand", Niveau.FOUT, text)
    incoming = Incoming(id_, entry.kanaal, None, now, tijdstip(now))
    decision = Decision(Status.ONLEESBAAR, Actie.ZET_APART, text, regel="geen-bestand")
    deps.store.record_ignored(id_, entry, Outcome(incoming, Reading(unreadable=finding), decision, (finding,)), now)
    report.statuses[Status.ONLEESBAAR] += 1


def _claim_all(claims: dict[UUID, Entry], deps: Deps, report: Report) -> list[Claim]:
    claimed, vanished = [], []
    for id_, entry in claims.items():
        claim = Claim(id_, entry.kanaal, entry.shown_name, entry.grootte)
        try:
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


def _batch(entries: Iterator[Entry], limits: Verwerking) -> Iterator[Entry]:
    """The next members of a batch: so many, and not many bytes beyond the limit, because a batch is held in memory."""
    total = 0
    for entry in islice(entries, limits.berichten_per_keer):
        yield entry
        total += min(entry.grootte, limits.grootste_bestand)
        if total >= limits.bytes_per_keer:
            return
