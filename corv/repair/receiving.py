"""How a message that is taken back came in, as far as that is still known: over which channel, when, how often it was tried."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from corv.errors import StorageError
from corv.handler import Deps
from corv.judging import MOST_ATTEMPTS
from corv.moments import next_moment
from corv.outcome import Incoming
from corv.reading import read
from corv.repair.evidence import Found
from corv.repair.inventory import QUARANTAINE
from corv.repair.rows import seen_in
from corv.settings import Kanaal, Kant
from corv.stuf import Berichtcode
from corv.watch import Entry

_UUID7_VERSION = 7


@dataclass(frozen=True)
class Original:
    """A file that is being taken back. `pogingen`: how often the process ended while it was."""

    id: UUID
    path: Path
    pogingen: int

    @property
    def is_set_apart(self) -> bool:
        """Whether it rests in the quarantine."""
        return self.path.parent.name == QUARANTAINE.name

    @property
    def may_be_opened(self) -> bool:
        """Whether it, and what was made of it, may be parsed."""
        return self.pogingen < MOST_ATTEMPTS


def incoming_of(deps: Deps, original: Original, kanaal: Kanaal | None, found: Found) -> Incoming:
    """The message as it was received, as far as that is known. `kanaal` None: to be found out."""
    id_, size, tried = original.id, original.path.lstat().st_size, original.pogingen
    recorded = deps.store.recorded([id_]).get(id_)
    if recorded is not None and recorded.grootte != size:
        raise StorageError(f"{original.path.name} is niet het bestand dat is vastgelegd; zet het terug uit een reservekopie.")
    raw = original.path.read_bytes() if size <= deps.settings.verwerking.grootste_bestand else None
    if recorded is not None:
        moment = recorded.antwoord_tijdstip
        return Incoming(id_, deps.settings.named(recorded.kanaal), raw, recorded.ontvangen_op, moment, tried)
    received = _moment_of(id_) or deps.clock()
    moment = next((item.moment for item in found.values() if item.moment), next_moment(received, deps.store.last_moment()))
    return Incoming(id_, kanaal or _channel_of(deps, original, raw, found), raw, received, moment, tried)


def entry_of(kanaal: Kanaal, original: Path) -> Entry:
    """The file as it lies there, as an entry of its inbox."""
    info = original.lstat()
    return Entry(kanaal, original.name, info.st_size, info.st_mtime_ns, info.st_dev, info.st_ino)


def _channel_of(deps: Deps, original: Original, raw: bytes | None, found: Found) -> Kanaal:
    """Over which channel it came in: told by the ledger, its answers, or else by whether the zender is us.

    What was set apart is not opened for that: perhaps it ended the process then.
    """
    seen = seen_in(deps.db, original.id)
    if seen is not None:
        return deps.settings.named(seen)
    for item in found.values():
        if item.soort in set(Berichtcode):
            return deps.settings.named(item.kanaal)
    may_open = original.may_be_opened and not original.is_set_apart
    header = read(raw).stuurgegevens if raw is not None and may_open else None
    is_ours = header is not None and deps.settings.organisatie.is_ours(header.zender.organisatie)
    return deps.settings.kanaal(Kant.EIGEN if is_ours else Kant.CORV)


def _moment_of(id_: UUID) -> datetime | None:
    """The moment in an id of version 7 (RFC 9562): the file was seen then for the first time."""
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC) if id_.version == _UUID7_VERSION else None
