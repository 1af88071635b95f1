"""What is done while it is stopped, and what a person does after: one line in VARIANTS each."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from conftest import OURS, message
from corv import cli
from crash import world
from crash.child import beside

REASON = ("--reden", "Nagevraagd bij de afzender", "--door", "jan")
_TWENTE, _OTHER, _MELDING = (str(UUID(int=number, version=4)) for number in (6, 17, 2))
_HERROUTEER = ("beslis", _TWENTE, "--herrouteer", "VT19", *REASON)
_ACCEPTEER = ("beslis", _OTHER, "--accepteer", *REASON)
_BEZORG = ("bezorg", _MELDING, "--opnieuw", "--soort", "Bv01", *REASON)
_INIT = ("init", "--oin", OURS, "--naam", "Veilig Thuis Voorbeeldstad", "--werkgebied", "VT20")
_REFUSED = 2


@dataclass(frozen=True)
class Variant:
    """`prepare` makes a folder, `act` is what is stopped, `finish` what is done after a stop: it does no harm when all was done.

    `after` is what is never stopped: more work, in which what was left would show. `check` gives what does not hold of this
    variant alone; `extra` are messages dropped beside those of `world`. `where`: it stops at calls there, and not in the folder.
    `halves`: it stops half way each write too; not where thousands of the same writes come in another variant as well.
    """

    naam: str
    prepare: Callable[[Path], object]
    act: Callable[[Path], object]
    finish: Callable[[Path], object]
    after: Callable[[Path], object] = lambda _map: None
    fetches: bool = False
    check: Callable[[sqlite3.Connection], list[str]] = lambda _db: []
    extra: tuple[bytes, ...] = ()
    where: Callable[[Path], str] = lambda _map: ""
    halves: bool = True

    def dropped(self) -> list[bytes]:
        """The bytes of every message that was ever put in an inbox."""
        return [*world.contents(), *self.extra]


def corv(map_: Path, *args: str, codes: Sequence[int] = (0,)) -> None:
    """A command line that a person gives; it must end with one of these exit codes."""
    code = cli.run(["--map", str(map_), *args])
    assert code in codes, f"corv {args[0]} gaf {code}"


def _second_waiting() -> bytes:
    """Another melding for another Veilig Thuis, about which a person must decide."""
    found = message("vtMeldingDi01/aan-ander-vt.xml")
    other = found.replace(b"b1f6a3d2-0e57-4c19-8f42-9d7c6b5a4e31", b"00000000-0e57-4c19-8f42-9d7c6b5a4e31")
    return other.replace(b"PL0600-2026000103", b"PL0600-2026000104")


# -- a decision of a person -----------------------------------------------------------------------------------------


def _prepare_waiting(map_: Path) -> None:
    werkmap = world.prepare(map_)
    world.run_pass(map_)
    werkmap.drop("corv", "nog-een.xml", _second_waiting())
    world.run_pass(map_)


def _decide(map_: Path) -> None:
    corv(map_, *_HERROUTEER)
    corv(map_, *_ACCEPTEER)


def _decide_again(map_: Path) -> None:
    """The service works on, the person gives both commands again; what was recorded is refused."""
    for command in (_HERROUTEER, _ACCEPTEER):
        world.run_pass(map_)
        corv(map_, *command, codes=(0, _REFUSED))
    world.run_pass(map_)


def _decided_once(db: sqlite3.Connection) -> list[str]:
    query = "SELECT count(*) FROM besluit WHERE bericht = ? AND door <> 'corv'"
    counts = {id_: db.execute(query, (id_,)).fetchone()[0] for id_ in (_TWENTE, _OTHER)}
    return [f"bericht {id_}: {count} besluiten van een mens" for id_, count in counts.items() if count != 1]


# -- a file once more -----------------------------------------------------------------------------------------------


def _prepare_lost_answer(map_: Path) -> None:
    world.prepare(map_)
    world.run_pass(map_)
    (map_ / f"outbox/corv/{_MELDING}-Bv01.xml").unlink()
    world.run_pass(map_)


def _deliver_again(map_: Path) -> None:
    world.run_pass(map_)
    corv(map_, *_BEZORG, codes=(0, _REFUSED))
    world.run_pass(map_)


def _ordered_once(db: sqlite3.Connection) -> list[str]:
    (count,) = db.execute("SELECT count(*) FROM gebeurtenis WHERE bericht = ? AND soort = 'opdracht'", (_MELDING,)).fetchone()
    return [] if count == 1 else [f"bericht {_MELDING}: {count} keer opnieuw bezorgd"]


# -- an older database was put back ---------------------------------------------------------------------------------


def _prepare_older_database(map_: Path) -> None:
    world.prepare(map_)
    database, kept = map_ / "data/corv.sqlite", map_.with_name("gisteren.sqlite")
    shutil.copy(database, kept)
    world.run_pass(map_)
    for path in sorted((map_ / "outbox").rglob("*.xml"))[::2]:
        path.unlink()  # fetched since, so nothing tells what became of it
    for path in database.parent.glob("corv.sqlite*"):
        path.unlink()
    shutil.move(kept, database)


def _repair(map_: Path) -> None:
    corv(map_, "herstel", "--uitvoeren", codes=(0, 1))


def _repair_again(map_: Path) -> None:
    _repair(map_)
    world.run_pass(map_)


# -- a back-up ------------------------------------------------------------------------------------------------------


def _prepare_for_copy(map_: Path) -> None:
    world.prepare(map_)
    world.run_pass(map_)


def _copy_of(map_: Path) -> str:
    return str(beside(map_) / "kopie")


def _back_up(map_: Path) -> None:
    corv(map_, "backup", _copy_of(map_))


def _back_up_again(map_: Path) -> None:
    """Whatever the stop left behind, each back-up that has its name is whole, and the next one is made."""
    _back_up(map_)
    for made in Path(_copy_of(map_)).glob("2*"):
        corv(map_, "backup", _copy_of(map_), "--controleer", "--grondig", "--moment", made.name)


# -- the first start ------------------------------------------------------------------------------------------------


def _first_start(map_: Path) -> None:
    corv(map_, *_INIT)
    world.run_pass(map_)


def _work_in(map_: Path) -> None:
    world.prepare(map_)
    world.run_pass(map_)


VARIANTS = (
    Variant("een partij", world.prepare, world.run_pass, world.run_pass),
    Variant(
        "partijen van 3, tegelijk ophalen",
        partial(world.prepare, batch=3),
        world.run_pass,
        world.run_pass,
        fetches=True,
        halves=False,
    ),
    Variant("beslis", _prepare_waiting, _decide, _decide_again, check=_decided_once, extra=(_second_waiting(),)),
    Variant("bezorg", _prepare_lost_answer, lambda map_: corv(map_, *_BEZORG), _deliver_again, check=_ordered_once),
    Variant("herstel", _prepare_older_database, _repair, _repair_again, halves=False),
    Variant("backup", _prepare_for_copy, _back_up, _back_up_again, where=_copy_of),
    Variant("eerste start", lambda _map: None, _first_start, _first_start, _work_in),
)


def own_violations(variant: Variant, map_: Path) -> list[str]:
    """What does not hold of this variant alone."""
    with closing(sqlite3.connect(map_ / "data/corv.sqlite")) as db:
        return variant.check(db)
