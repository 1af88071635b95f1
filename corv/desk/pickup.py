"""Notice which delivered files the other side has fetched: a file that lay in an outbox and no longer does."""

from contextlib import suppress
from pathlib import Path

from corv.desk.outbox_rows import Lying, fetched, lying
from corv.handler import Deps
from corv.roots import MARK, former_roots

_AT_ONCE = 1000


def note_fetched(deps: Deps) -> None:
    """Record what was fetched since the last look. Of an outbox that is not there now nothing is concluded."""
    outboxes = {deps.folders.teken(kanaal.naam, "outbox"): kanaal.outbox for kanaal in deps.settings.kanalen}
    outboxes |= {root.teken: root.path for root in former_roots(deps.settings, deps.db) if root.soort == "outbox"}
    folders: dict[tuple[str, str], list[Lying]] = {}
    for item in lying(deps.db):
        if item.map_teken in outboxes:
            folders.setdefault((item.map_teken, item.output.map), []).append(item)
    gone: list[Lying] = []
    for (teken, map_), items in folders.items():
        with suppress(OSError):  # an outbox that can't be read now: delivering to it reports that
            there = _names(outboxes[teken], teken, map_)
            gone += [item for item in items if item.output.bestandsnaam not in there]
    gone.sort(key=lambda item: item.volgnr)
    for start in range(0, len(gone), _AT_ONCE):
        fetched(deps.db, gone[start : start + _AT_ONCE], deps.clock())


def _names(outbox: Path, teken: str, map_: str) -> set[str]:
    """What lies in a folder of an outbox; the folder may have been taken away with all that was in it."""
    folder, mark = outbox / map_, outbox / f"{MARK}{teken}"
    mark.lstat()
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    mark.lstat()  # once more: it may have been unmounted while it was listed
    return names
