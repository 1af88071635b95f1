"""Notice which delivered files the other side has fetched: a file that lay in an outbox and no longer does."""

from contextlib import suppress
from pathlib import Path

from corv.handler import Deps
from corv.outbox_rows import Lying, fetched, lying

_AT_ONCE = 1000


def note_fetched(deps: Deps) -> None:
    """Record what was fetched since the last look. Of an outbox that is not the one we know nothing is concluded."""
    folders: dict[tuple[str, str], list[Lying]] = {}
    for item in lying(deps.db):
        if item.map_teken == deps.folders.teken(item.output.kanaal, "outbox"):
            folders.setdefault((item.output.kanaal, item.output.map), []).append(item)
    gone: list[Lying] = []
    for (naam, map_), items in folders.items():
        kanaal = deps.settings.named(naam)
        with suppress(OSError):  # an outbox that can't be read now: delivering to it reports that
            deps.folders.check_outbox(kanaal)
            folder = Path(kanaal.outbox, map_)  # a folder below the outbox may have been taken away with all that was in it
            there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
            deps.folders.check_outbox(kanaal)  # once more: it may have been unmounted while it was listed
            gone += [item for item in items if item.output.bestandsnaam not in there]
    gone.sort(key=lambda item: item.volgnr)
    for start in range(0, len(gone), _AT_ONCE):
        fetched(deps.db, gone[start : start + _AT_ONCE], deps.clock())
