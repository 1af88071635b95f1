"""`corv herstel`: put right what differs between the database and the folders.

What a database that was put back does not know is also taken back by itself, at the start of every pass. Nothing is sent under
another name or referentienummer: a message keeps its id, whatever happened to the database.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from uuid import UUID

from corv.desk.pickup import note_fetched
from corv.durable import move_new, sync_file
from corv.errors import CorvError, UsageError, why
from corv.handler import Deps, Report
from corv.ledger import claims as claims_of
from corv.logs import log_own_failure
from corv.moments import NEDERLAND
from corv.outcome import Status
from corv.outputs import AANDACHT_MAP
from corv.rechten import give_out
from corv.recovery import recover
from corv.repair.adoption import adopt, adopt_claimed, close_lost
from corv.repair.differences import SOORTEN, Difference, Door, differences
from corv.repair.inventory import QUARANTAINE, look, originals
from corv.repair.receiving import in_order
from corv.repair.rows import last_received

_RESTING = "onbekend in het archief"


def repair(deps: Deps, report: Report, *, thorough: bool = False) -> list[Difference]:
    """Put right everything that can be; gives what differed before. What is left for a person is among it (`Door.MENS`).

    Raises UsageError without our own OIN: every message would seem a stranger's.
    """
    if not deps.settings.organisatie.oins:
        raise UsageError(
            "Vul eerst in config/corv.toml bij [organisatie] de OIN van uw organisatie in; tot die tijd wacht alles."
        )
    found = differences(look(deps.settings, deps.folders, deps.db, thorough=thorough))
    for difference in _in_order(found, deps):
        if difference.soort.door is Door.HERSTEL and not deps.stopping():
            _try(partial(REPAIRS[difference.soort.naam], deps, difference), difference.waar, report)
    recover(deps, report)
    deps.store.flush()
    note_fetched(deps)
    return found


def take_back(deps: Deps, report: Report) -> bool:
    """Take back what a database that was put back does not know; at the start of every pass, so it looks at the last days alone.

    False when something could not be taken back now, or a stop was asked for: then nothing new may be taken, for it might be a
    repeat of that.
    """
    if not deps.settings.organisatie.oins:
        return True  # without our own OIN nothing is decided, see `recover`
    last = last_received(deps.db)
    since = Path(f"{last.astimezone(NEDERLAND):%Y/%m/%d}") if last is not None else None
    found = originals(deps.settings.map, {}, since=since)
    unknown = {UUID(id_): deps.settings.map / found[id_][0] for id_ in found.keys() - deps.store.are_decided(found)}
    resting = in_order(deps, unknown) if unknown else []
    done = [_try(partial(adopt, deps, original), str(original.id), report) for original in resting if not deps.stopping()]
    for kanaal in deps.settings.kanalen:
        with suppress(OSError):  # an inbox that is not there now is told of by the pass
            claimed = set(deps.folders.claimed(kanaal))
            unknown = {id_: deps.folders.claimed_path(kanaal, id_) for id_ in claimed - claims_of(deps.db, claimed).keys()}
            new = in_order(deps, unknown) if unknown else []
            taken = [
                _try(partial(adopt_claimed, deps, kanaal, item), str(item.id), report) for item in new if not deps.stopping()
            ]
            if any(taken):
                report.statuses[Status.TE_BEOORDELEN] += sum(taken)
            done += taken
    return all(done) and not deps.stopping()


def _in_order(found: Sequence[Difference], deps: Deps) -> list[Difference]:
    """The kinds in the order of the table; what the archive has and the database has not, in the order in which it came in."""
    resting = {UUID(item.bericht): deps.settings.map / item.waar for item in found if item.soort.naam == _RESTING}
    order = {str(original.id): nr for nr, original in enumerate(in_order(deps, resting))}
    return sorted(found, key=lambda item: (SOORTEN.index(item.soort), order.get(item.bericht or "", 0)))


def _adopt_claimed(deps: Deps, difference: Difference) -> None:
    id_ = UUID(difference.bericht)
    kanaal = next(kanaal for kanaal in deps.settings.kanalen if deps.folders.claimed_path(kanaal, id_).is_file())
    (original,) = in_order(deps, {id_: deps.folders.claimed_path(kanaal, id_)})
    adopt_claimed(deps, kanaal, original)


def _set_aside(deps: Deps, difference: Difference) -> None:
    """Move a damaged original out of the way, so that the whole one in `.werk` can take its place."""
    path = deps.settings.map / difference.waar
    aside = (deps.settings.map / QUARANTAINE / f"{path.name}.beschadigd-{number}" for number in range(1, 1000))
    move_new(path, next(target for target in aside if not target.exists()))
    sync_file(path.parent)


def _adopt(deps: Deps, difference: Difference) -> None:
    (original,) = in_order(deps, {UUID(difference.bericht): deps.settings.map / difference.waar})
    adopt(deps, original)


def _close_lost(deps: Deps, difference: Difference) -> None:
    close_lost(deps, UUID(difference.bericht))


def _give_out(deps: Deps, difference: Difference) -> None:
    path = Path(difference.waar)
    kanaal = next(kanaal for kanaal in deps.settings.kanalen if path.parent in {kanaal.outbox, kanaal.outbox / AANDACHT_MAP})
    with suppress(FileNotFoundError):  # fetched meanwhile
        give_out(path, kanaal.rechten)


REPAIRS: dict[str, Callable[[Deps, Difference], None]] = {
    "onbekend in .werk": _adopt_claimed,
    _RESTING: _adopt,
    "bestand verdwenen": _close_lost,
    "archief beschadigd": _set_aside,
    "rechten in de outbox": _give_out,
}
"""By the name of each kind in `differences.SOORTEN` that is put right here."""


def _try(work: Callable[[], None], what: str, report: Report) -> bool:
    try:
        work()
    except CorvError as error:
        report.problem(f"{what} is niet te herstellen: {error}")
    except OSError as error:
        report.problem(f"{what} is nu niet te herstellen ({why(error)}).")
    except Exception as error:  # noqa: BLE001 - one that our code fails on must not keep the others from being put right
        log_own_failure(error, wat=what)
        report.problem(f"{what} is door een fout in deze applicatie niet te herstellen. Meld dit.")
    else:
        return True
    return False
