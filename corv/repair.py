"""`corv herstel`: put right what differs between the database and the folders. Also by itself at every start.

Nothing is sent under another name or referentienummer: a message keeps its id, whatever happened to the database.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from corv.adoption import adopt, close_lost, evidence
from corv.adoption_rows import last_received
from corv.differences import Difference, Door, differences
from corv.durable import move_new, sync_file
from corv.errors import CorvError, why
from corv.handler import Deps, Report
from corv.inventory import QUARANTAINE, look, originals
from corv.moments import NEDERLAND
from corv.pickup import note_fetched
from corv.recovery import recover
from corv.watch import Entry


def repair(deps: Deps, report: Report, *, thorough: bool = False) -> list[Difference]:
    """Put right everything that can be; gives what differed before. What is left for a person is among it (`Door.MENS`)."""
    found = differences(look(deps.settings, deps.folders, deps.db, thorough=thorough))
    for difference in found:
        if difference.soort.door is Door.HERSTEL:
            _try(partial(REPAIRS[difference.soort.naam], deps, difference), difference.waar, report)
    recover(deps, report)
    deps.store.flush()
    note_fetched(deps)
    return found


def repair_at_start(deps: Deps, report: Report) -> None:
    """The part that a database put back from a reserve copy needs: cheap, because it looks at the last days alone."""
    if not deps.settings.organisatie.oins:
        return  # without our own OIN nothing may be decided, see `recover`
    last = last_received(deps.db)
    since = Path(f"{last.astimezone(NEDERLAND):%Y/%m/%d}") if last is not None else None
    found = originals(deps.settings.map, {}, since=since)
    for id_ in sorted(found.keys() - deps.store.are_decided(found)):
        path = found[id_][0]
        _try(partial(adopt, deps, UUID(id_), deps.settings.map / path), path.as_posix(), report)


def _take_in(deps: Deps, difference: Difference) -> None:
    """Take in a claimed file of which nothing is known, under its own id. One that was answered already is only taken back."""
    id_ = UUID(difference.bericht)
    paths = [(kanaal, deps.folders.claimed_path(kanaal, id_)) for kanaal in deps.settings.kanalen]
    kanaal, path = next((kanaal, path) for kanaal, path in paths if path.is_file())
    if evidence(deps, id_):
        adopt(deps, id_, path)
        return
    info = path.lstat()
    entry = Entry(kanaal, path.name, info.st_size, info.st_mtime_ns, info.st_dev, info.st_ino)
    deps.store.add_claims({id_: entry}, deps.folders.teken, deps.clock())


def _set_aside(deps: Deps, difference: Difference) -> None:
    """Move a damaged original out of the way, so that the whole one in `.werk` can take its place."""
    path = deps.settings.map / difference.waar
    aside = (deps.settings.map / QUARANTAINE / f"{path.name}.beschadigd-{number}" for number in range(1, 1000))
    move_new(path, next(target for target in aside if not target.exists()))
    sync_file(path.parent)


def _adopt(deps: Deps, difference: Difference) -> None:
    adopt(deps, UUID(difference.bericht), deps.settings.map / difference.waar)


def _close_lost(deps: Deps, difference: Difference) -> None:
    close_lost(deps, UUID(difference.bericht))


REPAIRS: dict[str, Callable[[Deps, Difference], None]] = {
    "onbekend in .werk": _take_in,
    "onbekend in het archief": _adopt,
    "bestand verdwenen": _close_lost,
    "archief beschadigd": _set_aside,
}
"""By the name of each kind in `differences.SOORTEN` that is put right here."""


def _try(work: Callable[[], None], what: str, report: Report) -> None:
    try:
        work()
    except CorvError as error:
        report.problem(f"{what}: {error}")
    except OSError as error:
        report.problem(f"{what} is nu niet te herstellen ({why(error)}).")
