"""What lies on disk beside what the database knows, gathered in one look: the facts from which `differences` concludes."""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from corv.database import Readable, first_broken_link, rows
from corv.folders import Folders
from corv.roots import KLAAR, WERK
from corv.settings import Kant, Settings

ARCHIEF, QUARANTAINE = Path("data", "archief"), Path("data", "quarantaine")


@dataclass(frozen=True)
class Known:
    """A recorded message."""

    status: str
    kanaal: str
    bestand: str | None
    grootte: int
    sha256: str | None


@dataclass(frozen=True)
class Waiting:
    """An output that was committed and is not known to be delivered."""

    bericht: str
    kanaal: str
    map: str
    bestandsnaam: str
    te_schrijven: bool


@dataclass(frozen=True)
class Inventory:
    """One look. Paths are as the user would type them; `outboxes` holds only outboxes and inboxes that are the ones we know.

    `originals`: by id, where an original rests and whether it is whole; `claimed`: by id, the channel in whose `.werk` it lies.
    """

    messages: Mapping[str, Known]
    claims: Mapping[str, str]
    waiting: tuple[Waiting, ...]
    lying: tuple[Waiting, ...]
    file_names: frozenset[str]
    originals: Mapping[str, tuple[Path, bool]]
    claimed: Mapping[str, str]
    strange: tuple[Path, ...]
    outboxes: Mapping[tuple[str, str], frozenset[str]]
    inboxes: frozenset[str]
    broken_link: int | None = field(default=None)


def look(settings: Settings, folders: Folders, db: Readable, *, thorough: bool = False) -> Inventory:
    """Look everywhere. `thorough` also reads every original whole, and checks the chain of events."""
    messages = {
        row["id"]: Known(row["status"], row["kanaal"], row["bestand"], row["grootte"], row["sha256"])
        for row in rows(db, "SELECT id, status, kanaal, bestand, grootte, sha256 FROM bericht")
    }
    claimed, strange, inboxes = _claimed(settings, folders)
    outboxes = _outboxes(settings, folders)
    return Inventory(
        messages=messages,
        claims={row["id"]: row["kanaal"] for row in rows(db, "SELECT id, kanaal FROM grootboek WHERE lot = 'geclaimd'")},
        waiting=_outputs(db, "bezorgd_op IS NULL"),
        lying=_outputs(db, "bezorgd_op IS NOT NULL AND opgehaald_op IS NULL"),
        file_names=frozenset(row["bestandsnaam"] for row in rows(db, "SELECT bestandsnaam FROM uitvoer")),
        originals=originals(settings.map, messages, thorough=thorough),
        claimed=claimed,
        strange=tuple(strange),
        outboxes=outboxes,
        inboxes=frozenset(inboxes),
        broken_link=first_broken_link(db) if thorough else None,
    )


def originals(
    map_: Path, messages: Mapping[str, Known], *, thorough: bool = False, since: Path | None = None
) -> dict[str, tuple[Path, bool]]:
    """Every original at rest, by id, and whether it is as it was recorded. `since`: no day folder before that one."""
    found = {}
    for path in [*_archived(map_ / ARCHIEF, since), *(map_ / QUARANTAINE).glob("*.xml")]:
        with suppress(ValueError):
            id_ = str(UUID(path.stem))
            found[id_] = (path.relative_to(map_), _is_whole(path, messages.get(id_), thorough=thorough))
    return found


def _archived(archive: Path, since: Path | None) -> Iterable[Path]:
    for day in sorted(archive.glob("*/*/*")):
        if since is None or day.relative_to(archive) >= since:
            yield from day.glob("*.xml")


def _is_whole(path: Path, known: Known | None, *, thorough: bool) -> bool:
    if known is None:
        return True
    if path.stat().st_size != known.grootte:
        return False
    if not thorough or known.sha256 is None:
        return True
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == known.sha256


def _claimed(settings: Settings, folders: Folders) -> tuple[dict[str, str], list[Path], list[str]]:
    claimed: dict[str, str] = {}
    strange, inboxes = [], []
    for kanaal in settings.kanalen:
        with suppress(OSError):  # an inbox that is not there now tells nothing
            folders.check_inbox(kanaal)
            for path in (kanaal.inbox / WERK).iterdir():
                try:
                    claimed[str(UUID(path.stem))] = kanaal.naam
                except ValueError:
                    strange.append(path)
            inboxes.append(kanaal.naam)
    return claimed, strange, inboxes


def _outboxes(settings: Settings, folders: Folders) -> dict[tuple[str, str], frozenset[str]]:
    found = {}
    for kanaal in settings.kanalen:
        for map_ in ("", KLAAR, *(("aandacht",) if kanaal.kant is Kant.EIGEN else ())):
            with suppress(OSError):  # as above
                folders.check_outbox(kanaal)
                files = (path for path in (kanaal.outbox / map_).iterdir() if path.is_file() and not path.name.startswith("."))
                found[kanaal.naam, map_] = frozenset(path.name for path in files)
    return found


def _outputs(db: Readable, condition: str) -> tuple[Waiting, ...]:
    query = f"SELECT bericht, kanaal, map, bestandsnaam, te_schrijven FROM uitvoer WHERE {condition} ORDER BY volgnr"  # noqa: S608 - ours
    return tuple(
        Waiting(row["bericht"], row["kanaal"], row["map"], row["bestandsnaam"], bool(row["te_schrijven"]))
        for row in rows(db, query)
    )
