"""`corv doctor`: try for real what corv relies on, and say what was found in one sentence each.

A probe more: a function `Source -> facts` in `look`, one `fact -> lines` in `judge` (pure), its line in PROBES, its case in
tests/test_doctor.py and its part in docs/doctor.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from corv.doctor.judge import database as database_judge
from corv.doctor.judge import folders as folders_judge
from corv.doctor.judge import machine as machine_judge
from corv.doctor.judge import rights as rights_judge
from corv.doctor.judge import share as share_judge
from corv.doctor.judge import stock as stock_judge
from corv.doctor.look import database, events, folders, machine, rights, share, stock
from corv.doctor.look.source import Source, clean_up, source_of
from corv.doctor.values import Failed, Line, Toestand, fault, note
from corv.errors import ConfigError, CorvError, why


@dataclass(frozen=True)
class Probe:
    """`look` finds the facts, `judge` says what one means; `waar`: what is told of when nothing could be found out at all."""

    look: Callable[[Source], Iterable[Any]]
    judge: Callable[[Any], Iterator[Line]]
    waar: str = "machine"


PROBES: Mapping[str, Probe] = {
    "configuratie": Probe(stock.configuration, stock_judge.configuration, "config"),
    "map": Probe(folders.folders, folders_judge.folder),
    "schijf": Probe(folders.disks, folders_judge.disk),
    "zelfde_schijf": Probe(folders.same_disks, folders_judge.same_disk),
    "hernoemen": Probe(folders.renames, folders_judge.renaming),
    "vastleggen": Probe(folders.syncs, folders_judge.syncing),
    "klok": Probe(share.clocks, share_judge.clock),
    "seintjes": Probe(events.events, share_judge.events),
    "namen": Probe(share.names, share_judge.names),
    "rechten": Probe(rights.rights, rights_judge.rights),
    "ruimte": Probe(share.room, share_judge.room),
    "gebruiker": Probe(rights.user, rights_judge.user),
    "slot": Probe(machine.lock, machine_judge.lock, "data"),
    "sqlite": Probe(database.library, database_judge.library),
    "database": Probe(database.database, database_judge.database, database_judge.FILE),
    "administratie": Probe(database.content, database_judge.content, database_judge.FILE),
    "schemas": Probe(stock.schemas, stock_judge.schemas),
    "tabellen": Probe(stock.tables, stock_judge.tables, "config/werkgebieden"),
    "lijsten": Probe(stock.lists, stock_judge.reference_lists, "config/lijsten"),
    "organisaties": Probe(stock.organisations, stock_judge.organisations, "config"),
    "python": Probe(machine.python, machine_judge.python),
    "pakketten": Probe(machine.packages, machine_judge.packages),
    "systeemklok": Probe(machine.clock, machine_judge.clock),
    "tijdzone": Probe(machine.zone, machine_judge.zone),
    "service": Probe(machine.unit, machine_judge.unit),
}
"""Every probe, in the order in which they are tried."""


@dataclass(frozen=True)
class Diagnosis:
    """The whole answer. `is_config_wrong`: config/ has mistakes; `has_failed`: a probe ran into a mistake in corv itself."""

    lines: tuple[Line, ...]
    is_config_wrong: bool
    has_failed: bool

    @property
    def exit_code(self) -> int:
        """0 all good, 1 something was found, 2 wrong configuration, 3 our own failure."""
        if self.has_failed:
            return 3
        if self.is_config_wrong:
            return 2
        return int(any(line.toestand is not Toestand.GOED for line in self.lines))


def examine(map_: Path, now: datetime, clock: Callable[[], float], *, is_thorough: bool = False) -> Diagnosis:
    """Try everything. Never fails: what can't be tried is a line. `clock`: seconds since 1970, for what a file is told to be."""
    source = source_of(map_, now, clock, is_thorough=is_thorough)
    try:
        for place in source.places():
            clean_up(place)
    except ConfigError:
        pass  # told below
    lines, skipped, has_failed = list[Line](), list[str](), False
    for naam, probe in PROBES.items():
        try:
            found = _facts(probe, source)
        except ConfigError:
            skipped.append(naam)
            continue
        for fact in found:
            told, is_ours = _judged(naam, probe, fact)
            lines += told
            has_failed |= is_ours
    if skipped:
        text = f"Zolang config/ fout is, is dit niet te beproeven: {', '.join(skipped)}."
        lines.append(note("configuratie", "config", text, "Verbeter eerst config/, en vraag het dan opnieuw."))
    return Diagnosis(tuple(lines), bool(source.problems), has_failed)


def _facts(probe: Probe, source: Source) -> list[Any]:
    """What a probe found, and what failed. Raises ConfigError when it needs more of config/ than can be understood."""
    found = list[Any]()
    try:
        found.extend(probe.look(source))
    except ConfigError:
        raise
    except CorvError as error:
        found.append(Failed(probe.waar, str(error).rstrip(".")))
    except OSError as error:
        found.append(Failed(probe.waar, why(error)))
    except Exception as error:  # noqa: BLE001 - one probe that our code fails on must not hide the others
        found.append(_own_failure(probe, error))
    return found


def _judged(naam: str, probe: Probe, fact: object) -> tuple[list[Line], bool]:
    """What a fact means, and whether corv itself failed on it."""
    if not isinstance(fact, Failed):
        try:
            return list(probe.judge(fact)), False
        except Exception as error:  # noqa: BLE001 - as above
            fact = _own_failure(probe, error)
    doe = "Meld dit aan de makers van corv." if fact.is_ours else "Herstel de rechten of koppel de map aan, en vraag het opnieuw."
    return [fault(naam, fact.waar, f"Dit is niet te beproeven: {fact.reden}.", doe)], fact.is_ours


def _own_failure(probe: Probe, error: Exception) -> Failed:
    """Without the text of the error, which may quote something."""
    return Failed(probe.waar, f"door een fout in corv zelf ({type(error).__name__})", is_ours=True)
