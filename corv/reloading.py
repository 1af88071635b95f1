"""Take over a changed configuration without a restart, or refuse it with all its mistakes while the old one stays in force."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from corv import config
from corv.checks import checks_of
from corv.config_rows import loaded, note_loaded, note_refused
from corv.errors import ConfigError, CorvError, why
from corv.handler import Deps
from corv.logs import log_own_failure, log_untried
from corv.regel_rows import note_rule_files, rule_hashes
from corv.schemas import in_force
from corv.settings import Settings
from corv.workfolder import open_folders

log = structlog.get_logger()

STILL_S = 1.0
"""So long config/ must not change before it is read: somebody may be half way through saving two files."""


AGAIN_S = 60.0
"""So long after a failure of a disk it is tried again."""


@dataclass(frozen=True)
class Watched:
    """What was seen of config/: the fingerprint in force, and the last one on disk with the moment of its first sight."""

    in_force: str
    seen: str
    since: float

    @property
    def is_changing(self) -> bool:
        """Whether what is on disk is neither in force nor refused."""
        return self.seen != self.in_force

    @property
    def look_again_at(self) -> float:
        """The moment, by the clock that only rises, of the next look."""
        return self.since + STILL_S if self.is_changing else math.inf


def begin(deps: Deps) -> Watched:
    """The configuration as it was loaded at the start."""
    fingerprint = loaded(deps.db) or ""
    return Watched(fingerprint, fingerprint, deps.monotonic())


def reload(deps: Deps, watched: Watched) -> tuple[Deps, Watched]:
    """Look at config/; gives what to work with from now on. What can't be taken over is refused and recorded.

    Raises StorageError when that can't be recorded now: then nothing has changed.
    """
    now_there = config.fingerprint(deps.settings.map)
    if now_there != watched.seen:
        if now_there == watched.in_force:
            _note(deps, now_there, deps.settings)  # a change that was refused is taken back
        return deps, replace(watched, seen=now_there, since=deps.monotonic())
    if not watched.is_changing or deps.monotonic() - watched.since < STILL_S:
        return deps, watched
    # Refused or taken over, this fingerprint is done with: only another change is looked at again.
    done = Watched(now_there, now_there, watched.since)
    try:
        settings = config.load(deps.settings.map)
        folders, _ = open_folders(settings, deps.db, deps.clock())
    except ConfigError as error:
        _refuse(deps, now_there, error.problems)
        return deps, done
    except (CorvError, OSError) as error:
        # A folder that is not there now may come back by itself; a mistake needs another change.
        _refuse(deps, now_there, [str(error) if isinstance(error, CorvError) else f"{error.filename}: {why(error)}."])
        return deps, replace(watched, since=deps.monotonic() + AGAIN_S)
    except Exception as error:  # noqa: BLE001 - whatever somebody wrote in config/, the service goes on as it was
        log_own_failure(error)
        _refuse(deps, now_there, ["De configuratie is door een fout in deze applicatie niet te lezen. Meld dit."])
        return deps, done
    _note(deps, now_there, settings)
    note_rule_files(deps.db, settings, deps.clock())
    log.info("configuratie_geladen", hash=now_there)
    log_untried(settings.eigen_regels)
    deps.checks.close()
    return replace(deps, settings=settings, folders=folders, checks=checks_of(settings)), done


def _note(deps: Deps, fingerprint: str, settings: Settings) -> None:
    note_loaded(deps.db, fingerprint, in_force(settings.schemas), rule_hashes(settings), deps.clock())


def _refuse(deps: Deps, fingerprint: str, problems: Sequence[str]) -> None:
    for problem in problems:
        log.warning("configuratie_geweigerd", reden=problem, gevolg="de oude blijft gelden")
    note_refused(deps.db, fingerprint, problems, deps.clock())
