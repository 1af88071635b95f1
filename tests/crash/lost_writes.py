"""Lost writes: one pass is recorded, the power is cut after every change in it, what was not synced goes, and corv starts again.

`run` starts a process of its own, which sees record.c by LD_PRELOAD; that process forks for each state.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import structlog

from crash import record
from crash.cuts import OUTBOX, Choice, Cut, below_outbox, cuts, is_delivered
from crash.disk import Disk
from crash.invariants import violations
from crash.part import Part
from crash.unsynced import DEFECTS
from crash.world import FETCHED, contents, prepare, run_pass

DATABASE = Path("data/corv.sqlite")


@dataclass(frozen=True)
class Proof:
    """How much is tried. `tweede`: of which cuts the pass that follows is recorded too, and cut again by `daarin`.

    `gebrek`: the defect of DEFECTS that corv has while it is recorded.
    """

    partij: int = 100
    eerste: Choice = field(default_factory=Choice)
    tweede: Choice = field(default_factory=lambda: Choice(seed=2, kans=0.01))
    daarin: Choice = field(default_factory=lambda: Choice(kans=0.02))
    gebrek: str | None = None
    processen: int = 1


def run(scratch: Path, proof: Proof) -> Part:
    """Cut the power everywhere in a pass over `world`, below this empty folder."""
    begin = time.monotonic()
    library = record.build(scratch)
    tests = Path(__file__).parents[1]
    run_ = subprocess.run(
        [sys.executable, "-m", "crash.lost_writes", scratch, json.dumps(asdict(proof))],
        stdout=subprocess.PIPE,
        check=False,
        cwd=tests,
        env={**os.environ, "LD_PRELOAD": str(library), "PYTHONPATH": os.pathsep.join([str(tests.parent), str(tests)])},
    )
    if run_.returncode != 0:
        return Part("verloren schrijfacties", {}, ("de proef zelf liep niet",), time.monotonic() - begin)
    found = json.loads(run_.stdout)
    told = f"partij {proof.partij}, seed {proof.eerste.seed}"
    return Part(
        "verloren schrijfacties",
        found["gedaan"],
        tuple(f"{told}, {violation}" for violation in found["schendingen"]),
        time.monotonic() - begin,
    )


def _work(scratch: Path, proof: Proof) -> dict[str, object]:
    """In the process of its own: record one pass, then try every state with so many processes; gives counts and violations."""
    begin, work, log = scratch / "begin", scratch / "werk", scratch / "log"
    prepare(work, proof.partij)
    _copy(work, begin)
    disk = Disk(work)  # of this very folder: the log knows its inodes
    _recorded(work, log, proof.gebrek)
    steps = record.read(log, work)
    shares = [_forked(partial(_share, scratch, begin, disk, steps, proof, number)) for number in range(proof.processen)]
    results = [json.loads(share()) for share in shares]
    done = sum((Counter(result["gedaan"]) for result in results), Counter({"stappen": len(steps)}))
    return {"gedaan": done, "schendingen": [line for result in results for line in result["schendingen"]]}


def _share(scratch: Path, begin: Path, disk: Disk, steps: list[record.Step], proof: Proof, number: int) -> dict[str, object]:
    """One process's part of the cuts: every so many-th."""
    place = scratch / str(number)
    place.mkdir()
    done, found = Counter[str](), list[str]()
    for at, cut in enumerate(cuts(disk, steps, proof.eerste)):
        if at % proof.processen != number:
            continue
        done["toestanden"] += 1
        if proof.daarin.alleen is None:
            found += [f"{cut.naam}: {line}" for line in _judged(begin, cut, place)]
        if proof.tweede.wants(cut.naam):
            for again in _again(begin, cut, place, proof.daarin):
                done["toestanden in het herstel"] += 1
                found += [f"{cut.naam}, daarna {again.naam}: {line}" for line in _judged(place / "tussen", again, place)]
    return {"gedaan": done, "schendingen": found}


def _again(begin: Path, cut: Cut, place: Path, choice: Choice) -> Iterator[Cut]:
    """The cuts in the pass that follows on this one; what was visible at the first stays promised."""
    between, work, log = place / "tussen", place / "werk", place / "log"
    for folder in (between, work):
        _build(begin, cut, folder)
        twice = _take(folder, cut)
    disk = Disk(work)
    _recorded(work, log, None)
    for again in cuts(disk, record.read(log, work), choice):
        yield replace(again, visible={**cut.visible, **again.visible}, twice=twice)


def _recorded(map_: Path, log: Path, gebrek: str | None) -> None:
    def one() -> None:
        if gebrek is not None:
            DEFECTS[gebrek]()
        record.start(map_, log)
        run_pass(map_)

    _forked(one)()


def _judged(begin: Path, cut: Cut, place: Path) -> list[str]:
    """Everything that is wrong when corv is started after this cut."""
    work = place / "werk"

    def one() -> list[str]:
        _build(begin, cut, work)
        wrong = [f"{name}: zichtbaar, en niet vastgelegd" for name in sorted(cut.visible.keys() - _committed(work, place))]
        again = cut.twice | _take(work, cut)
        run_pass(work)
        with closing(sqlite3.connect(work / DATABASE)) as db:
            known = _outputs(db)
        for name, content in cut.visible.items():
            if known.get(name) != sha256(content).hexdigest():
                wrong.append(f"{name}: was zichtbaar, en is er niet meer of is een ander")
        for name in again:
            path = work / OUTBOX / name
            if path.is_file() and path.read_bytes() == cut.visible[name]:
                path.unlink()  # fetched, and its delivery lost: it may come once more, the very same
        return wrong + violations(work, contents())

    try:
        lines: list[str] = json.loads(_forked(one)())
    except ChildProcessError as error:
        return [str(error)]
    return lines


def _take(map_: Path, cut: Cut) -> frozenset[str]:
    """The other program has what it took; gives what may come once more, for its delivery was undone by the cut."""
    if not cut.taken:
        return frozenset()
    lying = {below_outbox(place): map_ / place for place, held in cut.state.items() if held is not None and is_delivered(place)}
    for name, content in cut.visible.items():
        (map_ / FETCHED / name).parent.mkdir(parents=True, exist_ok=True)
        (map_ / FETCHED / name).write_bytes(content)
        if name in lying:
            lying[name].unlink()
    return frozenset(cut.visible.keys() - lying.keys())


def _committed(map_: Path, place: Path) -> set[str]:
    """The names of the outputs that the database knows as the cut left it; asked of a copy, for asking rolls back."""
    copy = place / "database"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for path in (map_ / DATABASE.parent).glob(f"{DATABASE.name}*"):
        shutil.copyfile(path, copy / path.name)
    with closing(sqlite3.connect(copy / DATABASE.name)) as db:
        return set(_outputs(db))


def _outputs(db: sqlite3.Connection) -> dict[str, str]:
    """The hash of every output, by its place below outbox/."""
    found = db.execute("SELECT kanaal, map, bestandsnaam, sha256 FROM uitvoer")
    return {Path(kanaal, folder, name).as_posix(): digest for kanaal, folder, name, digest in found}


def _build(begin: Path, cut: Cut, map_: Path) -> None:
    """Make the folder that the cut leaves. What lay in an inbox stays the same inode, for corv knows a file by that."""
    shutil.rmtree(map_, ignore_errors=True)
    map_.mkdir()
    for place, held in cut.state.items():
        origin = cut.origins.get(place)
        if held is None:
            (map_ / place).mkdir()
        elif origin is not None and origin.parts[0] == "inbox":
            os.link(begin / origin, map_ / place)
        else:
            (map_ / place).write_bytes(held)


def _copy(source: Path, target: Path) -> None:
    """A copy in which the files of the inboxes are the same inodes."""

    def copy(path: str, to: str) -> None:
        if Path(path).is_relative_to(source / "inbox"):
            os.link(path, to)
        else:
            shutil.copy2(path, to)

    shutil.copytree(source, target, copy_function=copy)


def _forked(work: Callable[[], object]) -> Callable[[], str]:
    """Do this in a child; gives what waits for its answer, as JSON. That raises ChildProcessError when the work failed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writer, "w") as answer:
            code, text = _answered(work)
            answer.write(text)
        os._exit(code)
    os.close(writer)

    def wait() -> str:
        with os.fdopen(reader) as answer:
            text = answer.read()
        _, status = os.waitpid(child, 0)
        if status != 0:
            raise ChildProcessError(f"corv komt niet meer op gang: {text}")
        return text

    return wait


def _answered(work: Callable[[], object]) -> tuple[int, str]:
    try:
        return 0, json.dumps(work())
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a violation
        return 1, repr(error)


def _given(text: str) -> Proof:
    values: dict[str, Any] = json.loads(text)
    eerste, tweede, daarin = (Choice(**values.pop(key)) for key in ("eerste", "tweede", "daarin"))
    return Proof(**values, eerste=eerste, tweede=tweede, daarin=daarin)


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    print(json.dumps(_work(Path(sys.argv[1]), _given(sys.argv[2])), ensure_ascii=False))
