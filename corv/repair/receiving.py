"""How a message that is taken back came in, as far as that is still known: over which channel, when, how often it was tried."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import UUID

from corv.errors import StorageError
from corv.handler import Deps
from corv.judging import MOST_ATTEMPTS
from corv.moments import NEDERLAND, dutch_day, next_moment
from corv.outcome import Incoming
from corv.outputs import AANDACHT_MAP
from corv.reading import read
from corv.repair.evidence import Found
from corv.repair.inventory import ARCHIEF, QUARANTAINE
from corv.repair.rows import seen_in
from corv.roots import KLAAR
from corv.settings import Kanaal, Kant
from corv.stuf import Berichtcode
from corv.watch import Entry

_UUID7_VERSION = 7
_ID_LENGTH = 36


@dataclass(frozen=True)
class Original:
    """A file to take back. `received`: when it came in, as far as that shows. `pogingen`: how often the process ended on it."""

    id: UUID
    path: Path
    received: datetime
    pogingen: int = 0

    @property
    def is_set_apart(self) -> bool:
        """Whether it rests in the quarantine."""
        return self.path.parent.name == QUARANTAINE.name

    @property
    def may_be_opened(self) -> bool:
        """Whether it, and what was made of it, may be parsed."""
        return self.pogingen < MOST_ATTEMPTS


def in_order(deps: Deps, places: Mapping[UUID, Path]) -> list[Original]:
    """The files that lie there, in the order in which they came in.

    That shows from when the first of what was written for a message was written, where something still lies there. Else its
    id says when it was first seen: it came in no earlier, and on the day of its folder in the archive.
    """
    written = _first_written(deps)
    found = [Original(id_, path, _received(deps, id_, path, written.get(str(id_)))) for id_, path in sorted(places.items())]
    return sorted(found, key=lambda original: (original.received, original.id))


def _received(deps: Deps, id_: UUID, path: Path, written: datetime | None) -> datetime:
    day = date(*map(int, path.parts[-4:-1])) if path.parents[3].name == ARCHIEF.name else None
    if written is not None and day in {None, dutch_day(written)}:  # else written again later, or by another's clock
        return written
    seen = _moment_of(id_) or deps.clock()
    return seen if day is None else max(seen, datetime.combine(day, time(), NEDERLAND))


def _first_written(deps: Deps) -> dict[str, datetime]:
    """When the first of what lies in the outboxes, and of the notes in the quarantine, was written; by the id of its message."""
    outboxes = [kanaal.outbox / map_ for kanaal in deps.settings.kanalen for map_ in ("", AANDACHT_MAP, KLAAR)]
    paths = [path for outbox in outboxes for path in outbox.glob("*-*")]
    found: dict[str, datetime] = {}
    for path in [*paths, *(deps.settings.map / QUARANTAINE).glob("*.txt")]:
        with suppress(OSError):  # fetched meanwhile
            id_, moment = path.name[:_ID_LENGTH], datetime.fromtimestamp(path.lstat().st_mtime, UTC)
            found[id_] = min(moment, found.get(id_, moment))
    return found


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
    received = original.received
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
