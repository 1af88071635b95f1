"""What lies on disk beside what the database knows, gathered in one look: the facts from which `differences` concludes."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from corv.database import Readable, first_broken_link, rows
from corv.durable import digest_of
from corv.folders import Folders, id_of_claim
from corv.rechten import lacks
from corv.roots import KLAAR, WERK, Root, roots
from corv.settings import Kant, Settings

ARCHIEF, QUARANTAINE = Path("data", "archief"), Path("data", "quarantaine")


_MESSAGES = """
    SELECT b.id, b.status, b.kanaal, b.bestand, b.grootte, b.sha256, g.map_teken
    FROM bericht b LEFT JOIN grootboek g ON g.id = b.id
"""


@dataclass(frozen=True)
class Known:
    """A recorded message. `teken`: the mark of the inbox that it came from, None for one that was taken back."""

    status: str
    kanaal: str
    teken: str | None
    bestand: str | None
    grootte: int
    sha256: str | None


@dataclass(frozen=True)
class Waiting:
    """An output that was committed and is not known to be delivered, or not known to be fetched."""

    bericht: str
    kanaal: str
    teken: str
    map: str
    bestandsnaam: str
    te_schrijven: bool


@dataclass(frozen=True)
class Inventory:
    """One look. Paths are as the user would type them; `outboxes` holds only outboxes and inboxes that are the ones we know.

    `originals`: by id, where an original rests and whether it is whole; `claimed`: by id, the channel in whose `.werk` it lies;
    `claims`: by id, the mark of the inbox; `tekens`: the marks of the inboxes and outboxes of now; `away`: those of now that
    can't be looked at; `closed`: by channel, folder and name, the files in an outbox that are not as who fetches needs them.
    """

    messages: Mapping[str, Known]
    claims: Mapping[str, str]
    waiting: tuple[Waiting, ...]
    lying: tuple[Waiting, ...]
    file_names: frozenset[tuple[str, str, str]]
    originals: Mapping[str, tuple[Path, bool]]
    claimed: Mapping[str, str]
    strange: tuple[Path, ...]
    outboxes: Mapping[tuple[str, str], frozenset[str]]
    inboxes: frozenset[str]
    tekens: frozenset[str]
    away: tuple[Path, ...]
    broken_link: int | None = field(default=None)
    closed: Mapping[tuple[str, str, str], Path] = field(default_factory=dict)


def look(settings: Settings, folders: Folders, db: Readable, *, thorough: bool = False) -> Inventory:
    """Look everywhere. `thorough` also reads every original whole, and checks the chain of events."""
    messages = {
        row["id"]: Known(row["status"], row["kanaal"], row["map_teken"], row["bestand"], row["grootte"], row["sha256"])
        for row in rows(db, _MESSAGES)
    }
    claimed, strange, inboxes = _claimed(settings, folders)
    outboxes = _outboxes(settings, folders)
    return Inventory(
        messages=messages,
        claims={row["id"]: row["map_teken"] for row in rows(db, "SELECT id, map_teken FROM grootboek WHERE lot = 'geclaimd'")},
        waiting=_outputs(db, "bezorgd_op IS NULL"),
        lying=_outputs(db, "bezorgd_op IS NOT NULL AND opgehaald_op IS NULL"),
        file_names=frozenset(tuple(row) for row in rows(db, "SELECT kanaal, map, bestandsnaam FROM uitvoer")),
        originals=originals(settings.map, messages, thorough=thorough),
        claimed=claimed,
        strange=tuple(strange),
        outboxes=outboxes,
        inboxes=frozenset(inboxes),
        tekens=frozenset(folders.teken(root.kanaal.naam, root.soort) for root in roots(settings)),
        away=tuple(root.path for root in roots(settings) if not _is_there(root, inboxes, outboxes)),
        broken_link=first_broken_link(db) if thorough else None,
        closed=dict(_closed(settings, outboxes)),
    )


def originals(
    map_: Path, messages: Mapping[str, Known], *, thorough: bool = False, since: Path | None = None
) -> dict[str, tuple[Path, bool]]:
    """Every original at rest, by id, and whether it is as it was recorded. `since`: no day folder before that one."""
    found = {}
    for path in [*_archived(map_ / ARCHIEF, since), *(map_ / QUARANTAINE).glob("*.xml")]:
        with suppress(ValueError):
            id_ = str(UUID(path.stem))
            if path.is_symlink() or not path.is_file():
                continue
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
    return digest_of(path) == known.sha256


def _is_there(root: Root, inboxes: Iterable[str], outboxes: Mapping[tuple[str, str], frozenset[str]]) -> bool:
    return root.kanaal.naam in inboxes if root.soort == "inbox" else (root.kanaal.naam, "") in outboxes


def _claimed(settings: Settings, folders: Folders) -> tuple[dict[str, str], list[Path], list[str]]:
    claimed: dict[str, str] = {}
    strange, inboxes = [], []
    for kanaal in settings.kanalen:
        with suppress(OSError):  # an inbox that is not there now tells nothing
            folders.check_inbox(kanaal)
            with os.scandir(kanaal.inbox / WERK) as listing:
                for item in listing:
                    id_ = id_of_claim(item)
                    if id_ is not None:
                        claimed[str(id_)] = kanaal.naam
                    elif not item.name.startswith("."):  # else a probe, or of the file system
                        strange.append(Path(item.path))
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


def _closed(
    settings: Settings, outboxes: Mapping[tuple[str, str], frozenset[str]]
) -> Iterator[tuple[tuple[str, str, str], Path]]:
    for (naam, map_), names in outboxes.items():
        kanaal = settings.named(naam)
        for name in names if map_ != KLAAR else ():  # what is staged gets its rights when it is delivered
            path = kanaal.outbox / map_ / name
            with suppress(OSError):  # fetched meanwhile
                if lacks(path.lstat(), kanaal.rechten):
                    yield (naam, map_, name), path


def _outputs(db: Readable, condition: str) -> tuple[Waiting, ...]:
    query = f"SELECT bericht, kanaal, map_teken, map, bestandsnaam, te_schrijven FROM uitvoer WHERE {condition} ORDER BY volgnr"  # noqa: S608 - ours
    return tuple(
        Waiting(row["bericht"], row["kanaal"], row["map_teken"], row["map"], row["bestandsnaam"], bool(row["te_schrijven"]))
        for row in rows(db, query)
    )
