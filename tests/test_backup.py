"""`corv backup`: beside a service that works, killed half way, damaged afterwards, and put back as its page says."""

import errno
import hashlib
import itertools
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conversations import melding, vto
from filelock import FileLock
from handboek import section
from test_rechten import GROUP, SOMEBODY, as_root, rights, with_group

from conftest import Werkmap, message
from corv import cli
from corv.backup import copying, making, snapshot
from corv.backup.plan import Original, lacking, superfluous, went_on
from corv.backup.snapshot import copy_database
from corv.backup.underway import UnderWay
from corv.database import first_broken_link
from corv.health.backups import BackupFacts
from corv.health.backups import backups as judged
from corv.settings import Gezondheid
from corv.watch import scan

PAGE, NEW_MACHINE, DATABASE_ALONE = "reservekopie.md", "Terugzetten op een nieuwe machine", "Alleen de database terugzetten"
DATA_GONE = "Heel `data/` is weg"
Corv = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def kopie(tmp_path: Path) -> Path:
    return tmp_path / "kopie"


@pytest.fixture
def corv(werkmap: Werkmap, capsys: pytest.CaptureFixture[str]) -> Corv:
    """Run a command; gives its exit code, its answer and what it said beside that."""

    def run(*words: object) -> tuple[int, Any, str]:
        capsys.readouterr()
        code = cli.run(["--map", str(werkmap.path), *map(str, words)])
        out, err = capsys.readouterr()
        return code, json.loads(out) if "--json" in words and out else out, err

    return run


def backups(kopie: Path) -> list[Path]:
    return sorted(kopie.glob("[0-9]*"))


def tree(folder: Path) -> dict[str, str]:
    """Every file with the hash of what it holds."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def follow(heading: str, werkmap: Werkmap, kopie: Path, groep: int | None = None) -> None:
    """Type every line of that part of the page, with the paths and the group of here."""
    lines = [line.strip() for line in section(PAGE, heading).splitlines() if re.match(r" {4,}\S", line)]
    typed = "\n".join(line for line in lines if "systemctl" not in line and re.match(r"(sudo|corv|cd) ", line))
    for old, new in (
        ("sudo ", ""),
        ("/srv/corv", str(werkmap.path)),
        ("/mnt/kopie", str(kopie)),
        ("20261122-020000", backups(kopie)[-1].name),
        ("-o corv -g corv", f"-o {os.getuid()} -g {os.getgid()}"),
        ("corv:corv", f"{os.getuid()}:{os.getgid()}"),
        ("chgrp corv", f"chgrp {os.getgid() if groep is None else groep}"),
    ):
        typed = typed.replace(old, new)
    script = re.sub(r"^corv (.*)$", rf"{sys.executable} -m corv \1 || [ $? = 1 ]", typed, flags=re.MULTILINE)
    assert script.count(" -m corv ") >= 3
    werkmap.path.mkdir(exist_ok=True)
    done = subprocess.run(
        ["bash", "-eu", "-c", script],
        env={**os.environ, "CORV_MAP": str(werkmap.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"


@contextmanager
def service(werkmap: Werkmap) -> Iterator[None]:
    command = [sys.executable, "-m", "corv", "--map", str(werkmap.path), "start"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            assert any('"gestart"' in line for line in process.stderr)
            threading.Thread(target=process.stderr.read, daemon=True).start()
            yield
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


@contextmanager
def load(werkmap: Werkmap) -> Iterator[Callable[[], int]]:
    """Somebody drops messages all the time, on both sides; gives how many there were."""
    stop, numbers = threading.Event(), itertools.count(1)
    dropped: list[int] = []

    def drop() -> None:
        while not stop.wait(0.01):
            number = next(numbers)
            kanaal, content = (
                ("corv", melding(f"m-{number}", f"PL-{number}"))
                if number % 3
                else ("eigen", vto(f"v-{number}", f"zaak-{number}"))
            )
            half = werkmap.path / f"inbox/{kanaal}/.half"
            half.write_bytes(content)
            half.rename(half.with_name(f"{number}.xml"))
            dropped.append(number)

    thread = threading.Thread(target=drop)
    thread.start()
    try:
        yield lambda: len(dropped)
    finally:
        stop.set()
        thread.join()


def rows_of(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return db.execute(query).fetchall()


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "het duurt te lang"
        time.sleep(0.05)


def assert_all_is_there_once(werkmap: Werkmap, corv: Corv) -> None:
    """Each message once, with its original; each output one file with its bytes, and no other; the chain whole."""
    database = werkmap.path / "data/corv.sqlite"
    numbers = [number for (number,) in rows_of(database, "SELECT referentienummer FROM bericht")]
    assert len(numbers) == len(set(numbers))
    for bestand, sha256 in rows_of(database, "SELECT bestand, sha256 FROM bericht"):
        assert hashlib.sha256((werkmap.path / bestand).read_bytes()).hexdigest() == sha256
    outputs = rows_of(database, "SELECT kanaal, map, bestandsnaam, sha256 FROM uitvoer WHERE opgehaald_op IS NULL")
    found = {name: hashlib.sha256(content).hexdigest() for name, content in werkmap.outbox().items()}
    assert {Path(kanaal, map_, name).as_posix(): sha256 for kanaal, map_, name, sha256 in outputs} == found
    with closing(sqlite3.connect(database)) as db:
        assert first_broken_link(db) is None
    assert werkmap.leftovers() == []
    assert corv("herstel", "--grondig")[0] == 0


@pytest.mark.slow
def test_a_back_up_of_a_service_under_load_is_put_back_on_a_new_machine_as_the_page_says(
    werkmap: Werkmap, corv: Corv, kopie: Path
) -> None:
    with service(werkmap), load(werkmap) as dropped:
        wait_for(lambda: len(werkmap.rows()) > 20)
        assert corv("backup", kopie)[0] == 0
        before = dropped()
        wait_for(lambda: dropped() > before + 20)
        code, answer, _ = corv("backup", kopie, "--json")
        assert (code, answer["bevindingen"]) == (0, [])
    snapshot = rows_of(backups(kopie)[-1] / "data/corv.sqlite", "SELECT id, sha256 FROM bericht ORDER BY volgnr")
    assert len(snapshot) == len(set(snapshot)) > 20
    shutil.rmtree(werkmap.path)

    follow(NEW_MACHINE, werkmap, kopie)
    assert corv("verwerk")[0] in {0, 1}

    now = rows_of(werkmap.path / "data/corv.sqlite", "SELECT id, sha256 FROM bericht ORDER BY volgnr")
    assert [row for row in now if row in set(snapshot)] == snapshot
    assert_all_is_there_once(werkmap, corv)


@pytest.mark.slow
def test_the_database_alone_is_put_back_and_what_came_later_is_taken_back(werkmap: Werkmap, corv: Corv, kopie: Path) -> None:
    with service(werkmap), load(werkmap):
        wait_for(lambda: len(werkmap.rows()) > 10)
        assert corv("backup", kopie)[0] == 0
        known = rows_of(backups(kopie)[-1] / "data/corv.sqlite", "SELECT id FROM bericht")
        wait_for(lambda: len(werkmap.rows()) > len(known) + 10)
    assert corv("verwerk")[0] in {0, 1}
    before, files = {row["id"]: row["sha256"] for row in werkmap.rows()}, werkmap.outbox()

    follow(DATABASE_ALONE, werkmap, kopie)

    assert {row["id"]: row["sha256"] for row in werkmap.rows()} == before
    assert werkmap.outbox() == files
    assert corv("verwerk")[0] in {0, 1}
    assert_all_is_there_once(werkmap, corv)


def test_all_of_data_is_put_back_and_what_lay_in_the_folders_goes_on(werkmap: Werkmap, corv: Corv, kopie: Path) -> None:
    werkmap.handle("corv", melding("m-1", "PL-1"))
    werkmap.run_with("corv", message("onleesbaar/afgekapt.xml"))
    assert corv("backup", kopie)[0] == 0
    before, files = werkmap.rows(), werkmap.outbox()
    werkmap.drop("corv", "nieuw.xml", melding("m-2", "PL-2"))
    shutil.rmtree(werkmap.path / "data")

    follow(DATA_GONE, werkmap, kopie)
    werkmap.run()

    assert ({row["id"] for row in before} < {row["id"] for row in werkmap.rows()}, len(werkmap.rows())) == (True, 3)
    assert {name: content for name, content in werkmap.outbox().items() if name in files} == files
    assert stat.S_IMODE((werkmap.path / "data").stat().st_mode) == 0o700
    assert_all_is_there_once(werkmap, corv)


@pytest.mark.slow
def test_a_back_up_that_is_killed_harms_none_that_was_made_and_the_next_one_works(
    werkmap: Werkmap, corv: Corv, kopie: Path
) -> None:
    for number in range(30):
        werkmap.drop("corv", f"{number}.xml", melding(f"m-{number}", f"PL-{number}"))
    werkmap.run()
    assert corv("backup", kopie)[0] == 0
    first, chance, unfinished = tree(backups(kopie)[0]), random.Random(7), 0
    for number in range(8):
        werkmap.drop("eigen", f"{number}.xml", vto(f"v-{number}", f"zaak-{number}"))
        werkmap.run()
        with subprocess.Popen(command(werkmap, kopie), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            had = backups(kopie)
            wait_for(partial(begun, kopie, had))
            time.sleep(chance.uniform(0, 0.02 * number))
            process.kill()
        unfinished += len(list(kopie.glob(".2*.bezig")))
        for made in backups(kopie):
            assert corv("backup", kopie, "--controleer", "--moment", made.name, "--grondig")[0] == 0
    assert unfinished

    code, answer, _ = corv("backup", kopie, "--grondig", "--json")

    assert (code, answer["berichten"], answer["bevindingen"]) == (0, 38, [])
    assert tree(backups(kopie)[0]) == first
    assert [path.name for path in kopie.rglob("*") if path.name.endswith((".bezig", ".deel"))] == []


def begun(kopie: Path, had: list[Path]) -> bool:
    return bool(list(kopie.glob(".2*.bezig"))) or backups(kopie) != had


def command(werkmap: Werkmap, kopie: Path) -> list[str]:
    return [sys.executable, "-m", "corv", "--map", str(werkmap.path), "backup", str(kopie)]


@pytest.mark.slow
@pytest.mark.parametrize("step", ["the database", "the inboxes", "the claims", "what waits", "the outboxes", "the archive"])
def test_what_the_service_does_between_two_steps_comes_back_once(
    werkmap: Werkmap, corv: Corv, kopie: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A message lies in `.werk` undecided, one in the inbox, and an answer waits; then a whole pass comes between."""
    with monkeypatch.context() as patch:
        patch.setattr("corv.taking.handle_recorded", lambda *_: None)
        werkmap.run_with("corv", melding("m-1", "PL-1"))
    with monkeypatch.context() as patch:
        patch.setattr("corv.recovery._finish_claimed", lambda *_: None)
        patch.setattr("corv.folders.Folders.deliver", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "weg")))
        werkmap.run_with("eigen", vto("v-1", "zaak-1"))
    werkmap.drop("corv", "nieuw.xml", melding("m-2", "PL-2"))
    assert [row["status"] for row in werkmap.rows()] == ["geaccepteerd", "ontvangen"]
    at, ran = _after(step), list[str]()

    def then_a_pass(owner: object, name: str, step_of: Callable[..., str]) -> None:
        real = getattr(owner, name)

        def and_then(*args: Any) -> None:
            real(*args)
            if step_of(*args) == at and not ran:
                ran.append(at)
                werkmap.run()

        monkeypatch.setattr(owner, name, and_then)

    then_a_pass(making, "copy_database", lambda *_: "database")
    then_a_pass(UnderWay, "_inbox", lambda _, kanaal: f"inbox/{kanaal.naam}")
    then_a_pass(UnderWay, "_folder", lambda _, __, to: str(to))
    code, answer, err = corv("backup", kopie, "--json")
    assert (code, answer["bevindingen"]) == (0, []), err
    if at == "afterwards":
        werkmap.run()
    else:
        assert ran
    shutil.rmtree(werkmap.path)

    follow(NEW_MACHINE, werkmap, kopie)
    report = werkmap.run()

    assert report.problems == {}
    assert sorted(str(row["referentienummer"]) for row in werkmap.rows()) == ["m-1", "m-2", "v-1"]
    assert {row["status"] for row in werkmap.rows()} <= {"geaccepteerd", "te_beoordelen"}
    assert_all_is_there_once(werkmap, corv)


def _after(step: str) -> str:
    return {
        "the database": "database",
        "the inboxes": "inbox/corv",
        "the claims": "inbox/corv/.werk",
        "what waits": "outbox/corv/.klaar",
        "the outboxes": "outbox/eigen/aandacht",
        "the archive": "afterwards",
    }[step]


@as_root
def test_who_fetches_may_read_what_was_put_back_as_the_page_says(
    werkmap: Werkmap, corv: Corv, kopie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lay in an outbox, and what still waited in `.klaar`; another account fetches it."""
    with_group(werkmap)
    werkmap.handle("corv", melding("m-1", "PL-1"))
    with monkeypatch.context() as patch:
        patch.setattr("corv.folders.Folders.deliver", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "weg")))
        werkmap.run_with("corv", melding("m-2", "PL-2"))
    assert corv("backup", kopie)[0] == 0
    shutil.rmtree(werkmap.path)

    follow(NEW_MACHINE, werkmap, kopie, GROUP.gr_gid)

    fetched = {}
    for name in werkmap.outbox():
        path = werkmap.path / "outbox" / name
        done = subprocess.run(
            ["cat", path.name],
            cwd=path.parent,
            user=SOMEBODY,
            group=GROUP.gr_gid,
            extra_groups=[],
            capture_output=True,
            check=False,
        )
        fetched[name] = done.stdout
    assert (len(fetched), fetched) == (6, werkmap.outbox())
    assert {rights(path) for path in (werkmap.path / "outbox").glob("*/*.xml")} == {("0o640", GROUP.gr_gid)}
    assert rights(werkmap.path / "outbox/eigen/.klaar") == rights(werkmap.path / "data") == ("0o700", os.getgid())


def test_the_answer_for_a_program_says_what_was_made(werkmap: Werkmap, corv: Corv, kopie: Path) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    code, answer, _ = corv("backup", kopie, "--json")
    (made,) = backups(kopie)
    files = [path for path in made.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in [*files, *(kopie / "archief").rglob("*.xml")] if path.name != "inhoud.json")

    moment, duration = answer.pop("moment"), answer.pop("duur_s")
    assert (code, answer) == (
        0,
        {
            "map": str(made),
            "berichten": 1,
            "bestanden": len(files) - 1,
            "nieuw": len(files) - 1,
            "bytes": size,
            "bevindingen": [],
        },
    )
    assert (json.loads((made / "inhoud.json").read_text())["moment"], duration > 0) == (moment, True)
    assert corv("backup", kopie, "--json")[1]["nieuw"] == len(files) - 2  # the original is there


def test_only_its_owner_may_read_a_back_up(werkmap: Werkmap, corv: Corv, kopie: Path) -> None:
    werkmap.handle("corv", message("onleesbaar/afgekapt.xml"))
    werkmap.drop("corv", "nog.xml", message("vtMeldingDi01/minimaal.xml"))
    before = os.umask(0)
    try:
        assert corv("backup", kopie)[0] == 0
    finally:
        os.umask(before)
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in [kopie, *kopie.rglob("*")]}
    assert modes == {(True, 0o700), (False, 0o600)}


@pytest.mark.parametrize("where", ["werk", "werk/data/x", "werk/inbox/corv", "elders/x"])
def test_a_back_up_inside_the_working_folder_or_an_outbox_is_refused(
    werkmap: Werkmap, corv: Corv, tmp_path: Path, where: str
) -> None:
    werkmap.configure('outbox = "outbox/corv"', f'outbox = "{tmp_path}/elders"')
    before = tree(tmp_path)

    code, _, err = corv("backup", tmp_path / where)

    assert (code, "Kies een map daarbuiten" in err, tree(tmp_path)) == (2, True, before)


def test_a_folder_that_can_not_be_written_is_told(corv: Corv, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    code, _, err = corv("backup", tmp_path / "bestand/kopie")
    assert (code, "is geen map" in err) == (3, True)


def test_another_administration_is_refused(werkmap: Werkmap, corv: Corv, kopie: Path, tmp_path: Path) -> None:
    other = Werkmap(tmp_path / "ander")
    for one in (werkmap, other):
        one.handle("corv", message("vtMeldingDi01/minimaal.xml"))
        one.now = one.now.replace(year=2027)
    assert cli.run(["--map", str(other.path), "backup", str(kopie)]) == 0
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        db.execute("DROP TRIGGER gebeurtenis_vast")
        db.execute("UPDATE gebeurtenis SET hash = 'anders' WHERE volgnr = 1")
    code, _, err = corv("backup", kopie)
    assert (code, "van een andere administratie" in err, len(backups(kopie))) == (2, True, 1)


def test_nothing_of_another_administration_is_written_or_removed_before_it_is_refused(
    werkmap: Werkmap, corv: Corv, kopie: Path, tmp_path: Path
) -> None:
    """Also before the first back-up of the other was ever complete."""
    other = Werkmap(tmp_path / "ander")
    for one, content in ((werkmap, melding("m-1", "PL-1")), (other, melding("m-2", "PL-2"))):
        one.handle("corv", content)
    assert cli.run(["--map", str(other.path), "backup", str(kopie)]) == 0
    shutil.rmtree(backups(kopie)[0])
    (kopie / ".20261122-020000.bezig").mkdir()
    (kopie / "archief/half.xml.deel").write_text("<half")
    before = sorted(kopie.rglob("*"))

    code, _, err = corv("backup", kopie)

    assert (code, "van een andere administratie" in err, sorted(kopie.rglob("*"))) == (2, True, before)


def test_an_administration_without_any_event_is_not_let_in_where_another_lives(
    werkmap: Werkmap, corv: Corv, kopie: Path, tmp_path: Path
) -> None:
    werkmap.handle("corv", melding("m-1", "PL-1"))
    assert corv("backup", kopie)[0] == 0
    assert (cli.run(["--map", str(Werkmap(tmp_path / "leeg").path), "backup", str(kopie)]), len(backups(kopie))) == (2, 1)


def test_one_that_still_works_in_the_same_folder_is_waited_for(werkmap: Werkmap, corv: Corv, kopie: Path) -> None:
    """Its lock lies there too, so one of another working folder sees it."""
    werkmap.handle("corv", melding("m-1", "PL-1"))
    (kopie / ".20261122-020000.bezig").mkdir(parents=True)
    with FileLock(kopie / "backup.slot"):
        code, _, err = corv("backup", kopie)
    assert (code, "al een reservekopie" in err, (kopie / ".20261122-020000.bezig").is_dir()) == (2, True, True)


@pytest.mark.parametrize("has_owner", [True, False])
@pytest.mark.parametrize("content", ['{"versie": 1}', None])
def test_a_damaged_back_up_keeps_no_new_one_from_being_made_and_is_told(
    werkmap: Werkmap, corv: Corv, kopie: Path, content: str | None, *, has_owner: bool
) -> None:
    werkmap.handle("corv", melding("m-1", "PL-1"))
    assert corv("backup", kopie)[0] == 0
    damaged = kopie / "20991231-000000"
    damaged.mkdir()
    if content is not None:
        (damaged / "inhoud.json").write_text(content)
    if not has_owner:
        (kopie / "administratie.txt").unlink()  # made by an earlier version

    code, answer, _ = corv("backup", kopie, "--json")

    assert (code, Path(answer["map"]).name != damaged.name, len(backups(kopie))) == (1, True, 3)
    assert [(one["waar"], "inhoud.json" in one["wat"]) for one in answer["bevindingen"]] == [(damaged.name, True)]
    assert (kopie / "administratie.txt").is_file()
    damaged.rename(damaged.with_name("weg"))
    assert corv("backup", kopie, "--controleer")[0] == 0


def test_a_damaged_sign_of_whose_it_is_is_told_and_the_back_ups_say_it(werkmap: Werkmap, corv: Corv, kopie: Path) -> None:
    werkmap.handle("corv", melding("m-1", "PL-1"))
    assert corv("backup", kopie)[0] == 0
    (kopie / "administratie.txt").write_text("")
    code, answer, _ = corv("backup", kopie, "--json")
    assert (code, [one["waar"] for one in answer["bevindingen"]], len(backups(kopie))) == (1, ["administratie.txt"], 2)


def test_two_at_once_are_refused(corv: Corv, kopie: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = list[tuple[int, Any, str]]()

    def twice(*args: Path) -> None:
        copy_database(*args)
        said.append(corv("backup", kopie))

    monkeypatch.setattr(making, "copy_database", twice)
    assert corv("backup", kopie)[0] == 0
    assert [(code, "al een reservekopie" in err) for code, _, err in said] == [(2, True)]


def test_a_full_disk_leaves_nothing_half_and_no_name_of_a_file_is_told(
    werkmap: Werkmap, corv: Corv, kopie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.handle("corv", melding("m-1", "PL-1"))
    assert corv("backup", kopie)[0] == 0
    werkmap.handle("corv", melding("m-2", "PL-2"))
    werkmap.drop("corv", "geheime-naam.xml", melding("m-3", "PL-3"))
    before, pieces = tree(kopie), copying._pieces
    for at in itertools.count(1):
        written = itertools.count(1)

        def full(source: Any, at: int = at, written: Iterator[int] = written) -> Iterator[bytes]:
            yield from pieces(source)
            if next(written) == at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(copying, "_pieces", full)
        code, _, err = corv("backup", kopie)
        if code == 0:
            break
        assert (code, f"De schijf van {kopie} is vol; er is geen kopie gemaakt" in err, "geheime-naam" in err) == (3, True, False)
        left = tree(kopie)
        assert {path for path in left if path not in before and not path.startswith("archief/")} == set()
        assert {path: left[path] for path in before} == before
        assert not list(kopie.rglob("*.deel"))
    assert at > 10
    assert corv("backup", kopie, "--controleer", "--grondig")[0] == 0


def test_an_original_that_is_damaged_is_named_and_never_replaces_a_good_copy(werkmap: Werkmap, corv: Corv, kopie: Path) -> None:
    first = werkmap.handle("corv", melding("m-1", "PL-1"))
    assert corv("backup", kopie)[0] == 0
    second = werkmap.handle("corv", melding("m-2", "PL-2"))
    for row in (first, second):
        path = werkmap.path / row["bestand"]
        path.write_bytes(b" " * path.stat().st_size)

    code, answer, _ = corv("backup", kopie, "--grondig", "--json")

    place = second["bestand"].removeprefix("data/")
    assert (code, [(one["bericht"], one["waar"]) for one in answer["bevindingen"]]) == (1, [(second["id"], place)])
    assert not (kopie / place).exists()
    assert hashlib.sha256((kopie / first["bestand"].removeprefix("data/")).read_bytes()).hexdigest() == first["sha256"]
    shutil.copy(kopie / first["bestand"].removeprefix("data/"), werkmap.path / first["bestand"])
    assert [line["bericht"] for line in [corv("herstel", "--grondig", "--json")[1]]] == [second["id"]]


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


DAMAGE: dict[str, tuple[Callable[[Path, Path], object], tuple[str, ...], str]] = {
    "an original is gone": (lambda _, rest: rest.unlink(), (), "origineel is niet in de kopie"),
    "an original is short": (lambda _, rest: rest.write_bytes(b"<"), (), "niet wat is vastgelegd"),
    "an original is changed": (lambda _, rest: spoil(rest), ("--grondig",), "niet wat is vastgelegd"),
    "a file of the configuration is gone": (lambda made, _: (made / "config/corv.toml").unlink(), (), "niet meer in de kopie"),
    "a file of the configuration is changed": (lambda made, _: spoil(made / "config/corv.toml"), (), "niet meer wat het was"),
    "the database is changed": (lambda made, _: spoil(made / "data/corv.sqlite"), (), "niet meer wat het was"),
    "the database is gone": (lambda made, _: (made / "data/corv.sqlite").unlink(), (), "niet meer in de kopie"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_to_a_back_up_is_found(werkmap: Werkmap, corv: Corv, kopie: Path, damage: str) -> None:
    row = werkmap.handle("corv", melding("m-1", "PL-1"))
    assert corv("backup", kopie)[0] == 0
    change, options, wat = DAMAGE[damage]
    change(backups(kopie)[0], kopie / row["bestand"].removeprefix("data/"))

    code, answer, _ = corv("backup", kopie, "--controleer", *options, "--json")

    assert (code, [wat in one["wat"] for one in answer["bevindingen"]]) == (1, [True])
    assert {one["bericht"] for one in answer["bevindingen"]} == {row["id"] if "original" in damage else None}


def test_a_chain_that_was_broken_does_not_keep_a_back_up_from_being_made(werkmap: Werkmap, corv: Corv, kopie: Path) -> None:
    werkmap.handle("corv", melding("m-1", "PL-1"))
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        db.execute("DROP TRIGGER gebeurtenis_vast")
        db.execute("UPDATE gebeurtenis SET soort = 'anders' WHERE volgnr = 2")

    code, answer, _ = corv("backup", kopie, "--json")

    assert (code, len(backups(kopie))) == (1, 1)
    assert [one["wat"] for one in answer["bevindingen"]] == ["de keten van gebeurtenissen klopt niet meer vanaf gebeurtenis 2"]


def test_an_inbox_that_is_not_mounted_is_told_then_and_later(werkmap: Werkmap, corv: Corv, kopie: Path, tmp_path: Path) -> None:
    werkmap.run()
    (werkmap.path / "inbox/corv").rename(tmp_path / "weg")
    for words in ((), ("--controleer",)):
        code, answer, _ = corv("backup", kopie, *words, "--json")
        assert (code, [one["waar"] for one in answer["bevindingen"]]) == (1, [str(werkmap.path / "inbox/corv")])
    assert not (backups(kopie)[0] / "inbox/corv").exists()


@pytest.mark.parametrize("link", ["outbox/corv/aandacht", "outbox/eigen/aandacht"])
def test_a_link_that_was_put_in_an_outbox_brings_nothing_of_ours_into_a_back_up(
    werkmap: Werkmap, corv: Corv, kopie: Path, link: str
) -> None:
    werkmap.run_with("corv", message("onleesbaar/afgekapt.xml"))
    if (werkmap.path / link).exists():
        (werkmap.path / link).rename(werkmap.path / "elders")
    (werkmap.path / link).symlink_to(werkmap.path / "data")

    code, answer, _ = corv("backup", kopie, "--json")

    told = [] if link == "outbox/corv/aandacht" else [(str(werkmap.path / link), True)]
    assert (code, [(one["waar"], "is een koppeling" in one["wat"]) for one in answer["bevindingen"]]) == (len(told), told)
    assert not (backups(kopie)[0] / link).exists()
    assert len(list(kopie.rglob("corv.sqlite"))) == 1


def test_an_outbox_that_is_itself_a_link_is_copied(werkmap: Werkmap, corv: Corv, kopie: Path, tmp_path: Path) -> None:
    werkmap.handle("corv", melding("m-1", "PL-1"))
    (werkmap.path / "outbox/corv").rename(tmp_path / "elders")
    (werkmap.path / "outbox/corv").symlink_to(tmp_path / "elders")
    assert corv("backup", kopie)[0] == 0
    assert len(list((backups(kopie)[0] / "outbox/corv").glob("*.xml"))) == 2


def test_what_somebody_still_writes_in_an_inbox_is_left_out(
    werkmap: Werkmap, corv: Corv, kopie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = werkmap.drop("corv", "groeit.xml", b"<half")
    werkmap.drop("corv", "klaar.xml", b"<heel/>")
    werkmap.drop("corv", "bezig.tmp", b"<half")

    def grows(kanaal: Any) -> Any:
        entries = scan(kanaal)
        if kanaal.naam == "corv":
            growing.write_bytes(b"<half en meer")
        return entries

    monkeypatch.setattr("corv.backup.underway.scan", grows)
    assert corv("backup", kopie)[0] == 0
    assert [path.name for path in (backups(kopie)[0] / "inbox/corv").glob("*.*") if path.is_file()] == ["klaar.xml"]


def test_a_done_marker_comes_along_with_its_file(werkmap: Werkmap, corv: Corv, kopie: Path) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    for name, content in (("een.xml", b"<heel/>"), ("een.xml.klaar", b""), ("twee.xml", b"<nog niet")):
        werkmap.drop("corv", name, content)
    assert corv("backup", kopie)[0] == 0
    copied = {path.name: path.read_bytes() for path in (backups(kopie)[0] / "inbox/corv").iterdir() if path.is_file()}
    assert copied == {"een.xml": b"<heel/>", "een.xml.klaar": b"", "twee.xml": b"<nog niet"}


def test_a_database_that_is_written_all_the_time_is_copied_all_the_same(tmp_path: Path) -> None:
    source, stop = tmp_path / "bron.sqlite", threading.Event()
    with closing(sqlite3.connect(source)) as db, db:
        db.execute("CREATE TABLE t (a INTEGER, b BLOB)")
        db.executemany("INSERT INTO t VALUES (?, randomblob(4000))", [(number,) for number in range(2000)])

    def write() -> None:
        with closing(sqlite3.connect(source, timeout=30)) as db:
            while not stop.is_set():
                with db:
                    db.execute("UPDATE t SET a = a + 1")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copy_database(source, tmp_path / "kopie.sqlite")
    finally:
        stop.set()
        writer.join()
    ((count, spread, whole),) = rows_of(
        tmp_path / "kopie.sqlite", "SELECT count(*), max(a) - min(a), (SELECT * FROM pragma_integrity_check) FROM t"
    )
    assert (count, spread, whole) == (2000, 1999, "ok")


def test_a_disk_that_is_too_small_for_the_database_is_not_told_as_a_broken_database(
    werkmap: Werkmap, corv: Corv, kopie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.handle("corv", melding("m-1", "PL-1"))
    connect = sqlite3.connect

    def small(database: object, *args: Any, **how: Any) -> sqlite3.Connection:
        db: sqlite3.Connection = connect(database, *args, **how)  # type: ignore[call-overload]
        if str(database).startswith(str(kopie)):
            db.execute("PRAGMA max_page_count = 4")
        return db

    monkeypatch.setattr(sqlite3, "connect", small)
    code, _, err = corv("backup", kopie)
    assert (code, err) == (3, f"Fout: De schijf van {kopie} is vol; er is geen kopie gemaakt. Maak daar plaats.\n")
    assert (backups(kopie), list(kopie.glob(".2*"))) == ([], [])


@pytest.mark.parametrize("has_room", [True, False])
def test_a_writer_waits_only_for_the_disk_of_the_database_and_not_for_that_of_the_back_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_room: bool
) -> None:
    """Where the disk of the database has no room for a second one, it waits all the same: the service needs that room."""
    source, target, written = tmp_path / "data/bron.sqlite", tmp_path / "kopie/kopie.sqlite", list[bool]()
    source.parent.mkdir()
    with closing(sqlite3.connect(source)) as db, db:
        db.execute("CREATE TABLE t (a INTEGER)")

    def never(*_: int) -> None:
        raise snapshot._AnewError

    def slow(part: Any, to: Path) -> copying.Copied:
        with closing(sqlite3.connect(source, timeout=0)) as db, db:
            db.execute("INSERT INTO t VALUES (1)")
        written.append(True)
        return copying.copy(part, to)

    monkeypatch.setattr(snapshot, "_Patience", lambda: never)
    monkeypatch.setattr(snapshot, "copy", slow)
    monkeypatch.setattr(snapshot, "_fits", lambda _: has_room)

    copy_database(source, target)

    assert rows_of(target, "SELECT * FROM t") == []
    assert written == [True] * has_room
    assert ([path.name for path in source.parent.iterdir()], stat.S_IMODE(target.stat().st_mode)) == (["bron.sqlite"], 0o600)


def test_health_tells_how_the_last_back_up_went(
    werkmap: Werkmap, corv: Corv, kopie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> tuple[str, str] | None:
        found = {one["onderwerp"]: one for one in corv("gezondheid", "--json")[1]["onderwerpen"]}
        return (found["reservekopie"]["toestand"], found["reservekopie"]["tekst"]) if "reservekopie" in found else None

    werkmap.handle("corv", melding("m-1", "PL-1"))
    assert told() is None
    assert corv("backup", kopie)[0] == 0
    assert told() == ("goed", "De laatste reservekopie is 0 seconden geleden gemaakt, en was heel.")
    with monkeypatch.context() as patch:
        patch.setattr(making, "copy_database", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "vol", str(kopie))))
        assert corv("backup", kopie)[0] == 3
    state, text = told() or ("", "")
    assert (state, f"mislukt: De schijf van {kopie} is vol" in text, "De laatste die lukte, is" in text) == (
        "waarschuwing",
        True,
        True,
    )
    (kopie / "20991231-000000").mkdir()
    assert corv("backup", kopie)[0] == 1
    state, text = told() or ("", "")
    assert (state, "en daarin is 1 ding niet in orde" in text) == ("waarschuwing", True)
    (werkmap.path / "data/corv.reservekopie").write_text("{")
    assert (told() or ("", ""))[0] == "onbekend"


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "reden", "toestand"),
    [
        (1, None, "goed"),
        (49, None, "waarschuwing"),
        (169, None, "kritiek"),
        (1, "vol.", "waarschuwing"),
        (169, "vol.", "kritiek"),
    ],
)
def test_a_back_up_becomes_too_old(hours: int, reden: str | None, toestand: str) -> None:
    succeeded = NOW - timedelta(hours=hours)
    (found,) = judged(BackupFacts(NOW if reden else succeeded, succeeded, 0, reden), Gezondheid(), NOW)
    assert (found.toestand, found.sinds, found.doe is None) == (toestand, succeeded, toestand == "goed")


def test_there_is_none_to_verify(corv: Corv, kopie: Path) -> None:
    assert "staat geen reservekopie" in corv("backup", kopie, "--controleer")[2]
    assert corv("backup", kopie)[0] == 0
    code, _, err = corv("backup", kopie, "--controleer", "--moment", "20200101-000000")
    assert (code, backups(kopie)[0].name in err) == (2, True)
    assert corv("backup", kopie, "--moment", "20200101-000000")[0] == 2
    (backups(kopie)[0] / "inhoud.json").write_text('{"versie": 1}')
    assert corv("backup", kopie, "--controleer")[0] == 3


ID, OTHER = "01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002"


def test_from_an_outbox_goes_what_was_copied_twice_and_what_would_be_written_again() -> None:
    copied = [
        f"outbox/corv/.klaar/{ID}-Bv01.xml",
        f"outbox/corv/{ID}-Bv01.xml",
        f"outbox/corv/.klaar/{ID}-Bv03.xml",
        f"outbox/eigen/aandacht/{OTHER}-vtMeldingDi01.txt",
        "outbox/eigen/van-een-mens.xml",
    ]
    known = {("corv", f"{ID}-Bv01.xml"), ("corv", f"{ID}-Bv03.xml")}

    assert list(superfluous(copied, known, {ID})) == [copied[0], copied[3]]
    assert list(superfluous(copied, known, {ID, OTHER})) == [copied[0]]
    assert list(superfluous(copied, set(), {OTHER})) == copied[:3]


def test_from_an_inbox_goes_what_was_copied_at_its_new_place_too() -> None:
    assert went_on({"inbox/corv/a.xml": (1, 2), "inbox/corv/b.xml": (1, 3)}, {(1, 3), (2, 2)}) == ["inbox/corv/b.xml"]


def test_an_original_lies_at_rest_or_claimed_and_is_what_was_recorded() -> None:
    original = Original(ID, "corv", 7, "aa", (f"archief/2026/11/22/{ID}.xml",))
    (rest,) = original.places

    def found(sizes: dict[str, int], digests: dict[str, str]) -> list[tuple[str | None, str]]:
        return [(one.bericht, one.waar) for one in lacking([original], sizes, digests)]

    assert found({rest: 7}, {}) == found({original.claimed: 7}, {original.claimed: "aa"}) == []
    assert found({}, {}) == found({rest: 8}, {}) == found({rest: 7}, {rest: "bb"}) == [(ID, rest)]
