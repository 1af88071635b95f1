"""The short form of crash.lost_writes, and that it can fail."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from crash import record
from crash.cuts import Choice, cuts
from crash.disk import Disk
from crash.lost_writes import Proof, run
from crash.record import Step

from corv import durable

TESTS = Path(__file__).parent
PASS = "import sys; from pathlib import Path; from crash import record, world; map_, log = map(Path, sys.argv[1:]); "
NOTHING = Choice(kans=0)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_after_a_power_cut_nothing_is_lost_or_doubled_and_nothing_promised_is_broken(tmp_path: Path) -> None:
    part = run(tmp_path, Proof(partij=3, eerste=Choice(kans=0.0008), tweede=Choice(seed=2, kans=0.1), daarin=Choice(kans=0.0003)))

    assert part.schendingen == ()
    assert part.gedaan["toestanden"] > 15


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("gebrek", "cut", "said"),
    [
        ("sync_all", "namen", "andere inhoud"),
        ("sync_file", "gesynct", "keer in de administratie"),
        ("synchronous", "gesynct", "niet vastgelegd"),
    ],
)
def test_a_corv_that_does_not_sync_is_found_out(gebrek: str, cut: str, said: str, tmp_path: Path) -> None:
    part = run(tmp_path, Proof(gebrek=gebrek, eerste=Choice(kans=0.01, soort=cut), tweede=NOTHING))

    assert any(said in line for line in part.schendingen), part.schendingen


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Disk, list[Step], Path]:
    """A pass in a process of its own: the disk before it, every step of it, and the folder after it."""
    scratch = tmp_path_factory.mktemp("opname")
    map_, log = scratch / "werk", scratch / "log"
    environment = {**os.environ, "LD_PRELOAD": str(record.build(scratch)), "PYTHONPATH": f"{TESTS.parent}:{TESTS}"}

    def python(code: str) -> None:
        subprocess.run([sys.executable, "-c", PASS + code, map_, log], check=True, env=environment, stdout=subprocess.DEVNULL)

    python("world.prepare(map_)")
    disk = Disk(map_)
    python("record.start(map_, log); world.run_pass(map_)")
    return disk, record.read(log, map_), map_


def test_the_log_is_everything_that_a_pass_does_to_its_folder(recorded: tuple[Disk, list[Step], Path]) -> None:
    disk, steps, map_ = recorded
    database, folder = ((map_ / place).stat().st_ino for place in ("data/corv.sqlite", "data"))
    of_database = [step.op for step in steps if step.inode == database]
    (*_, last) = cuts(disk, steps, Choice(loten=0, soort="alles"))

    assert last.state == {path.relative_to(map_): None if path.is_dir() else path.read_bytes() for path in map_.rglob("*")}
    assert (of_database.count("W") > 50, of_database.count("F") >= 4) == (True, True)
    assert {step.op for step in steps if step.inode == folder} == {"F"}


class Small:
    """A folder with one old file in one of its two folders, and what is done there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name in ("een", "twee"):
            (path / name).mkdir(parents=True)
        (path / "een/oud").write_bytes(b"oud")
        self.steps: list[Step] = []

    def inode(self, name: str) -> int:
        return (self.path / name).stat().st_ino

    def do(self, op: str, inode: int = 0, first: str | None = None, second: str | None = None, data: bytes = b"") -> None:
        self.steps.append(Step(op, inode, 0, Path(first) if first else None, Path(second) if second else None, data))

    def left(self, soort: str) -> dict[str, bytes | None]:
        """What such a cut after the last step leaves."""
        wanted = Choice(alleen=f"{len(self.steps)}-{soort}", loten=0)
        (cut,) = cuts(Disk(self.path), self.steps, wanted)
        return {place.as_posix(): held for place, held in cut.state.items() if held is not None}


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path / "klein")


def _made(small: Small) -> None:
    small.do("C", 10**9, "een/nieuw")
    small.do("W", 10**9, data=b"x" * 5000)


def _made_and_synced(small: Small) -> None:
    _made(small)
    small.do("F", 10**9)


def _moved(small: Small) -> None:
    small.do("R", 0, "een/oud", "twee/oud")


def _moved_and_synced(small: Small) -> None:
    _moved(small)
    small.do("F", small.inode("een"))


def _in_a_new_folder(small: Small) -> None:
    small.do("M", 10**9, "een/map")
    small.do("R", 0, "een/oud", "een/map/oud")
    small.do("F", 10**9)


OLD = {"een/oud": b"oud"}


@pytest.mark.parametrize(
    ("done", "soort", "left"),
    [
        (_made, "gesynct", OLD),
        (_made, "journaal", OLD),
        (_made, "namen", {**OLD, "een/nieuw": b""}),
        (_made, "nullen", {**OLD, "een/nieuw": bytes(5000)}),
        (_made, "gescheurd512", {**OLD, "een/nieuw": b"x" * 2048}),
        (_made, "alles", {**OLD, "een/nieuw": b"x" * 5000}),
        (_made_and_synced, "gesynct", OLD),
        (_made_and_synced, "journaal", {**OLD, "een/nieuw": b"x" * 5000}),
        (_moved, "gesynct", OLD),
        (_moved_and_synced, "gesynct", {"twee/oud": b"oud"}),
        (_in_a_new_folder, "gesynct", {}),
    ],
)
def test_what_a_cut_leaves(done: Callable[[Small], None], soort: str, left: dict[str, bytes], small: Small) -> None:
    done(small)

    assert small.left(soort) == left


def test_a_new_folder_survives_a_power_cut_with_every_folder_above_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("corv.durable.sync_file", synced.append)
    durable.make_folder(tmp_path / "2026/11/23", 0o700)
    durable.make_folder(tmp_path / "2026/11/23", 0o700)

    assert sorted(synced) == [tmp_path, tmp_path / "2026", tmp_path / "2026/11"]
    assert (tmp_path / "2026/11/23").is_dir()
