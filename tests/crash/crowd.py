"""Very many files at once, very many writers at once, and a very large file: `python -m crash.crowd MAP FILES WRITERS`."""

import json
import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from conftest import Werkmap, message
from crash.invariants import violations
from crash.part import Part

NAAM = "drukte"
MOST_ANSWER_S = 2.0
_GOOD = {"gezondheid": {0, 1, 2, 3}}
"""The exit codes with which a question is answered, where that is not 0: of a pass that has just begun nothing is known yet."""

_SAMPLE = message("vtMeldingDi01/minimaal.xml")
_SPARSE = 2 << 30
_ASKED: tuple[tuple[str, ...], ...] = (("gezondheid", "--json"), ("gezien", "--json"), ("berichten", "--json"))


def run(map_: Path, files: int, writers: int) -> Part:
    """A sparse file of 2 GB, then so many writers at once, then so many files in one inbox. `map_`: an empty folder.

    Of the files it is told how many a second were handled, and what memory that took; a hundred thousand take some GB of disk.
    """
    begin, done = time.monotonic(), dict[str, int]()
    # The many files last: Linux tells of no process a smaller peak of memory than its parent had when it began it.
    found = [*_sparse(map_ / "gat", done), *_writers(map_ / "schrijvers", writers, done), *_files(map_ / "veel", files, done)]
    for name in ("veel", "schrijvers", "gat"):
        shutil.rmtree(map_ / name)
    return Part(NAAM, done, tuple(f"drukte: {text}" for text in found), time.monotonic() - begin)


def numbered(number: int) -> bytes:
    """A melding that no other is a repeat of, nor about the same."""
    renamed = _SAMPLE.replace(b"vtm-2026-0001-minimaal", f"vtm-druk-{number}".encode())
    return renamed.replace(b"PL0600-2026000101", f"PL0600-{number:010d}".encode())


def _files(map_: Path, files: int, done: dict[str, int]) -> Iterator[str]:
    """All are taken once, by a pass as a scheduler starts it; questions are answered while the backlog lies there."""
    werkmap = Werkmap(map_)
    for number in range(files):
        werkmap.drop("corv", f"{number}.xml", numbered(number))
    begin = time.monotonic()
    process = _verwerk(map_)
    slowest = 0.0
    for words in _ASKED * 2:  # at once, and when it is under way
        time.sleep(min(files / 5_000, 3))
        seconds, code = _answer(map_, words)
        slowest = max(slowest, seconds)
        if seconds > MOST_ANSWER_S or code not in _GOOD.get(words[0], {0}):
            yield f"corv {' '.join(words)} duurde {seconds:.1f} s (afsluitcode {code})"
    said, used = _end(process)
    seconds = time.monotonic() - begin
    done |= {"bestanden tegelijk": files, "bestanden per s": round(files / seconds), "MB geheugen": used.ru_maxrss // 1024}
    done |= {"ms processortijd per vraag hoogstens": round(slowest * 1000)}
    if process.returncode != 0:
        yield f"verwerk gaf {process.returncode}: {said[:300]}"
    yield from violations(map_, map(numbered, range(files)))


def _writers(map_: Path, writers: int, done: dict[str, int]) -> Iterator[str]:
    """Processes that write at the same time, each in its own way, while a pass runs over and over."""
    werkmap = Werkmap(map_)
    werkmap.configure("stil_s = 0", "stil_s = 0.5")
    config = map_ / "config/corv.toml"
    before, _, own = config.read_text(encoding="utf-8").rpartition('klaarteken = ""')
    config.write_text(f'{before}klaarteken = ".ok"{own}', encoding="utf-8")
    start = multiprocessing.get_context("fork")
    gate = start.Event()
    working = [start.Process(target=_write, args=(map_, number, gate)) for number in range(writers)]
    for process in working:
        process.start()
    gate.set()
    while any(process.is_alive() for process in working):
        yield from _one_pass(map_)
    yield from _one_pass(map_)
    if failed := [process.exitcode for process in working if process.exitcode]:
        yield f"schrijvers vielen uit: {failed}"
    done["schrijvers tegelijk"] = writers
    # Done-markers are of their writers, and stay.
    for path in map_.glob("inbox/eigen/*.ok"):
        path.unlink()
    yield from violations(map_, [numbered(number) for number in range(writers)])


def _write(map_: Path, number: int, gate: "multiprocessing.synchronize.Event") -> None:
    content, inbox, way = numbered(number), map_ / "inbox/corv", number % 4
    gate.wait()
    if way == 0:
        _slowly(inbox / f"{number}.xml", content)
    elif way == 1:
        _slowly(map_ / f"{number}.buiten", content)
        (map_ / f"{number}.buiten").rename(inbox / f"{number}.xml")
    elif way == 2:
        _slowly(inbox / f"{number}.xml.tmp", content)
        (inbox / f"{number}.xml.tmp").rename(inbox / f"{number}.xml")
    else:
        _slowly(map_ / f"inbox/eigen/{number}.xml", content)
        time.sleep(1)  # far longer than it would take to be still
        (map_ / f"inbox/eigen/{number}.xml.ok").touch()


def _slowly(path: Path, content: bytes) -> None:
    """In pieces, with pauses that are shorter than what counts as still."""
    with path.open("wb", buffering=0) as file:
        for at in range(0, len(content), len(content) // 8 + 1):
            file.write(content[at : at + len(content) // 8 + 1])
            time.sleep(0.05)


def _sparse(map_: Path, done: dict[str, int]) -> Iterator[str]:
    """It is refused unread and keeps its holes; what lies beside it goes on."""
    werkmap = Werkmap(map_)
    with werkmap.drop("corv", "gat.xml", b"<").open("r+b") as file:
        file.truncate(_SPARSE)
    werkmap.drop("corv", "goed.xml", numbered(0))
    process = _verwerk(map_)
    said, used = _end(process)
    cpu, rows = used.ru_utime + used.ru_stime, {row["status"]: row for row in werkmap.rows()}
    done |= {"ms processortijd bij 2 GB": round(cpu * 1000), "MB geheugen bij 2 GB": used.ru_maxrss // 1024}
    if set(rows) != {"onleesbaar", "geaccepteerd"}:
        yield f"2 GB: statussen {sorted(rows)}: {said[:300]}"
        return
    large = [path for path in map_.rglob("*") if path.is_file() and path.stat().st_size == _SPARSE]
    places = sorted({path.relative_to(map_).parts[0] for path in large})
    if places != ["data", "outbox"]:
        yield f"2 GB: ligt in {places}"
    yield from (f"2 GB: {path.name} neemt {path.stat().st_blocks * 512} bytes" for path in large if path.stat().st_blocks > 4096)
    if cpu > MOST_ANSWER_S or used.ru_maxrss > 200 * 1024:
        yield f"2 GB: {cpu:.1f} s processortijd, {used.ru_maxrss // 1024} MB"


def _one_pass(map_: Path) -> Iterator[str]:
    process = _verwerk(map_)
    said, _ = _end(process)
    if process.returncode not in {0, 1}:
        yield f"verwerk gaf {process.returncode}: {said[:300]}"


def _verwerk(map_: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "corv", "--map", str(map_), "verwerk", "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _end(process: "subprocess.Popen[str]") -> tuple[str, resource.struct_rusage]:
    """What it said, and what it took of the machine."""
    assert process.stdout is not None
    with process.stdout:
        said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return said, used


def _answer(map_: Path, words: tuple[str, ...]) -> tuple[float, int]:
    """How many seconds of the processor a question takes, start of Python included, and its exit code."""
    process = subprocess.Popen(
        [sys.executable, "-m", "corv", "--map", str(map_), *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    _, used = _end(process)
    return used.ru_utime + used.ru_stime, process.returncode


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])).__dict__, indent=1, ensure_ascii=False))
