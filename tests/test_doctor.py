"""`corv doctor`: a healthy folder has no fault, each probe can fail, and nothing is changed, taken or left behind."""

import errno
import grp
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from handboek import ROOT, rows, section
from watchdog.observers.inotify import InotifyEmitter

from conftest import START, Werkmap, message
from corv import config
from corv.clock import utc_now
from corv.database import LAST_MADE
from corv.doctor import PROBES, Diagnosis, Probe, examine
from corv.doctor.judge.database import ContentFact, DatabaseFact, LibraryFact, content, database, library
from corv.doctor.judge.folders import DiskFact, RenameFact, disk, renaming
from corv.doctor.judge.machine import RELEASED, LockFact, lock
from corv.doctor.judge.rights import RightsFact, UserFact, rights, user
from corv.doctor.judge.share import ClockFact, EventFact, NameFact, WatchFact, clock, events, names
from corv.doctor.judge.stock import ConfigFact, ListFact, TableFact, configuration, tables
from corv.doctor.mounts import Kind, Mount, mount_of, mounts
from corv.doctor.values import Line, Place, Soort, Toestand
from corv.errors import BusyError
from corv.repair.inventory import look
from corv.roots import roots
from corv.watch import scan
from corv.workfolder import make_config, only_one

GOED, LET_OP, FOUT = Toestand.GOED, Toestand.LET_OP, Toestand.FOUT
EXT4 = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"
Corv = Callable[..., tuple[int, str, str]]
Patch = pytest.MonkeyPatch


@pytest.fixture
def healthy(werkmap: Werkmap, tmp_path: Path, monkeypatch: Patch) -> Werkmap:
    """A working folder as docs/installeren.md makes it, on a machine that has nothing of its own to be told of."""
    for folder in [*werkmap.path.glob("*box/*"), werkmap.path / "outbox/eigen/aandacht"]:
        folder.chmod(0o2770)
    for file in werkmap.path.glob("data/*"):
        file.chmod(0o700 if file.is_dir() else 0o600)
    use_mounts(tmp_path, monkeypatch, EXT4)
    monkeypatch.setattr("corv.doctor.look.machine.UNITS", (ROOT / "docs/corv.service",))
    return werkmap


def use_mounts(tmp_path: Path, monkeypatch: Patch, text: str) -> None:
    """Let the system tell of these mounts."""
    file = tmp_path / "mountinfo"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr("corv.doctor.look.source.MOUNTINFO", file)


def ask(werkmap: Werkmap, now: datetime | None = None, ahead_s: float = 0) -> Diagnosis:
    return examine(werkmap.path, now or utc_now(), lambda: time.time() - ahead_s)


def bad(diagnosis: Diagnosis) -> list[tuple[str, str, Toestand, str]]:
    """What is not good; that the tests run as root is not of this folder."""
    return [
        (line.proef, line.waar, line.toestand, line.tekst)
        for line in diagnosis.lines
        if line.toestand is not GOED and line.proef != "gebruiker"
    ]


def snapshot(path: Path) -> dict[str, tuple[int, bytes]]:
    """Every file and folder, with its mode and bytes."""
    return {
        str(one.relative_to(path)): (one.lstat().st_mode, one.read_bytes() if one.is_file() else b"") for one in path.rglob("*")
    }


def test_a_healthy_folder_has_no_fault_and_every_probe_says_something(healthy: Werkmap) -> None:
    diagnosis = ask(healthy)

    assert bad(diagnosis) == []
    assert {line.proef for line in diagnosis.lines} == set(PROBES)
    assert (diagnosis.is_config_wrong, diagnosis.has_failed) == (False, False)
    assert diagnosis.exit_code == (1 if os.geteuid() == 0 else 0)
    places = {line.waar for line in diagnosis.lines if line.proef == "map"}
    assert places == {
        *(f"{side}box/{kanaal}{inner}" for side, own in (("in", ".werk"), ("out", ".klaar")) for kanaal in ("corv", "eigen")
          for inner in ("", f"/{own}")),
        "outbox/eigen/aandacht", "data", "data/archief", "data/quarantaine", "config",
    }  # fmt: skip


def test_the_folder_is_byte_for_byte_the_same_afterwards(healthy: Werkmap) -> None:
    healthy.run_with("corv", message("vtMeldingDi01/minimaal.xml"))
    healthy.drop("corv", "wacht.xml", message("vtMeldingDi01/minimaal.xml"))
    before = snapshot(healthy.path)

    ask(healthy)

    assert snapshot(healthy.path) == before


def test_the_page_and_the_tests_know_the_same_probes_as_the_table() -> None:
    told = [row[0].strip("`") for row in rows(section("doctor.md", "De proeven"))]
    assert told == list(PROBES)
    assert {proef for proef, *_ in PLANTED} == set(PROBES) - {"organisaties", "gebruiker"}  # the first is only information


# -- each probe can fail ---------------------------------------------------------------------------------------------


@dataclass
class Here:
    """What a defect may be planted in. `now` and `ahead_s` are those of the question."""

    werkmap: Werkmap
    tmp_path: Path
    monkeypatch: Patch
    now: datetime | None = None
    ahead_s: float = 0

    @property
    def path(self) -> Path:
        return self.werkmap.path


def wrong_key(here: Here) -> None:
    here.werkmap.configure("herscan_s = 30", "herscan_s = -1")


def other_mark(here: Here) -> None:
    (mark,) = (here.path / "inbox/corv").glob(".corv-*")
    mark.rename(mark.with_name(".corv-vreemd"))


def no_klaar(here: Here) -> None:
    (here.path / "outbox/corv/.klaar").rmdir()


def link_for_klaar(here: Here) -> None:
    folder = here.path / "outbox/corv/.klaar"
    folder.rename(here.path / "outbox/corv/.weg")
    folder.symlink_to(here.path / "data")


def data_in_memory(here: Here) -> None:
    text = f"{EXT4}99 27 0:99 / {here.path}/data rw - tmpfs tmpfs rw\n"
    use_mounts(here.tmp_path, here.monkeypatch, text)


def werk_elsewhere(here: Here) -> None:
    here.monkeypatch.setattr("corv.doctor.look.folders._is_same", lambda one, _other: one != here.path / "inbox/corv/.werk")


def no_renameat2(here: Here) -> None:
    here.monkeypatch.setattr("corv.durable._RENAMEAT2", None)


def replacing_rename(here: Here) -> None:
    here.monkeypatch.setattr("corv.doctor.look.folders.rename_in_one_step", lambda _source, _target: False)
    here.monkeypatch.setattr("corv.doctor.look.folders.rename_new", lambda source, target: source.replace(target))


def no_rename_out_of_klaar(here: Here) -> None:
    def refuse(source: Path, target: Path) -> None:
        if source.parent == here.path / "outbox/corv/.klaar" and target.parent != source.parent:
            raise OSError(errno.EXDEV, "", str(source))
        if target.exists():
            raise FileExistsError
        source.rename(target)

    here.monkeypatch.setattr("corv.doctor.look.folders.rename_new", refuse)


def failing_sync(code: int) -> Callable[[Here], None]:
    def plant(here: Here) -> None:
        def fail(_handle: int) -> None:
            raise OSError(code, "")

        here.monkeypatch.setattr("corv.doctor.look.folders.os.fsync", fail)

    return plant


def share_ahead(seconds: float) -> Callable[[Here], None]:
    def plant(here: Here) -> None:
        here.ahead_s = seconds

    return plant


def no_event(here: Here) -> None:
    here.monkeypatch.setattr("corv.doctor.look.events.WAIT_S", 0.1)
    here.monkeypatch.setattr("corv.doctor.look.events.Observer.schedule", lambda *_: None)


def no_watches_left(here: Here) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "")

    here.monkeypatch.setattr("corv.doctor.look.events.Observer.schedule", fail)


def too_long(here: Here) -> None:
    here.monkeypatch.setattr("corv.doctor.look.share.LONGEST_NAME", 300)


def open_data(here: Here) -> None:
    (here.path / "data").chmod(0o755)
    here.monkeypatch.setattr("corv.doctor.look.rights._is_reachable", lambda _path, _group=None: True)


def shielded_data(here: Here) -> None:
    (here.path / "data").chmod(0o755)
    here.monkeypatch.setattr("corv.doctor.look.rights._is_reachable", lambda _path, _group=None: False)


def shared_klaar(here: Here) -> None:
    """A group of which another account is a member may in our own folder."""
    (here.path / "outbox/corv/.klaar").chmod(0o750)
    here.monkeypatch.setattr("corv.rechten.others_in", lambda _group, _owner: True)
    here.monkeypatch.setattr("corv.doctor.look.rights._is_reachable", lambda _path, group=None: group is not None)


def unreadable_in_werk(here: Here) -> None:
    (here.path / "inbox/corv/.werk/00000000-0000-4000-8000-000000000001.xml").touch()
    here.monkeypatch.setattr("corv.doctor.look.rights.os.access", lambda path, *_, **__: path.parent.name != ".werk")


def no_room(here: Here) -> None:
    full = SimpleNamespace(f_bavail=10, f_frsize=4096, f_files=100, f_favail=100, f_flag=0)
    here.monkeypatch.setattr("corv.health_facts.folders.os.statvfs", lambda _path: full)


def no_locks(here: Here) -> None:
    here.monkeypatch.setattr("corv.doctor.look.machine.fcntl.flock", lambda *_: None)


def unsafe_sqlite(here: Here) -> None:
    real = PROBES["sqlite"].look
    assert real(SimpleNamespace())  # type: ignore[arg-type] # it needs nothing of it
    here.monkeypatch.setattr("corv.doctor.look.database.has_wal_fix", lambda _version: False)
    here.monkeypatch.setattr("corv.database.has_wal_fix", lambda _version: True)
    here.monkeypatch.setattr("sqlite3.sqlite_version", "3.40.1")


def other_journal(here: Here) -> None:
    here.monkeypatch.setattr("corv.doctor.look.database.has_wal_fix", lambda _version: False)
    here.monkeypatch.setattr("corv.database.has_wal_fix", lambda _version: False)
    with closing(sqlite3.connect(here.path / "data/corv.sqlite")) as db:
        db.execute("PRAGMA journal_mode = WAL")


def no_database(here: Here) -> None:
    (here.path / "data/corv.sqlite").unlink()


def changed_event(here: Here) -> None:
    with closing(sqlite3.connect(here.path / "data/corv.sqlite")) as db:
        db.execute("DROP TRIGGER gebeurtenis_vast")
        db.execute("UPDATE gebeurtenis SET soort = 'anders' WHERE volgnr = 1")
        db.commit()


def bad_zip(here: Here) -> None:
    (here.path / "config/schemas").mkdir(exist_ok=True)
    (here.path / "config/schemas/kapot.zip").write_bytes(b"geen zip")


def schema_from_elsewhere(here: Here) -> None:
    entry = here.tmp_path / "corv.xsd"
    entry.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="http://voorbeeld.nl/a.xsd"/></xs:schema>'
    )
    here.monkeypatch.setattr("corv.doctor.look.stock.ENTRY", entry)


def years_later(here: Here) -> None:
    here.now = datetime(2028, 2, 1, 12, tzinfo=START.tzinfo)


def old_lists(here: Here) -> None:
    here.monkeypatch.setitem(
        PROBES,
        "lijsten",
        Probe(lambda source: [ListFact(datetime(2026, 1, 1, tzinfo=START.tzinfo).date(), source.now)], PROBES["lijsten"].judge),
    )


def old_python(here: Here) -> None:
    here.monkeypatch.setattr("corv.doctor.look.machine.sys", SimpleNamespace(version_info=(3, 10, 2, "final", 0)))


def other_packages(here: Here) -> None:
    file = here.tmp_path / "requirements.txt"
    file.write_text("lxml==1.0 \\\n    --hash=sha256:00\nbestaat-niet==2.0 \\\n")
    here.monkeypatch.setattr("corv.doctor.look.machine.LOCKED", (file,))


def long_ago(here: Here) -> None:
    here.now = datetime(2020, 1, 1, 12, tzinfo=START.tzinfo)


def no_zone(here: Here) -> None:
    def fail(_name: str) -> None:
        raise ValueError

    here.monkeypatch.setattr("corv.doctor.look.machine.ZoneInfo", SimpleNamespace(no_cache=fail))


def no_watchdog(here: Here) -> None:
    unit = here.tmp_path / "corv.service"
    unit.write_text("[Service]\nExecStart=/opt/corv\n#WatchdogSec=2min\n")
    here.monkeypatch.setattr("corv.doctor.look.machine.UNITS", (unit,))


EACH = [f"{side}/{kanaal}" for kanaal in ("corv", "eigen") for side in ("inbox", "outbox")]
PLANTED: list[tuple[str, Callable[[Here], None], str, Toestand, str]] = [
    ("configuratie", wrong_key, "config", FOUT, "config/corv.toml, regel "),
    (
        "map", other_mark, "inbox/corv", FOUT,
        "Deze map is niet te gebruiken: de map hoort niet bij deze administratie of is niet aangekoppeld. Wat daar hoort, wacht.",
    ),
    (
        "map", no_klaar, "outbox/corv/.klaar", FOUT,
        "Deze map is niet te gebruiken: bestaat niet of is niet aangekoppeld. Wat daar hoort, wacht.",
    ),
    (
        "map", link_for_klaar, "outbox/corv/.klaar", FOUT,
        "Deze map is niet te gebruiken: is een koppeling. Wat daar hoort, wacht.",
    ),
    ("schijf", data_in_memory, "data", FOUT, "Deze map ligt op tmpfs, aangekoppeld op "),
    (
        "zelfde_schijf", werk_elsewhere, "inbox/corv/.werk", FOUT,
        "Deze map ligt op een andere schijf dan inbox/corv; hernoemen kan dan niet in één stap. Corv weigert te starten.",
    ),
    (
        "hernoemen", no_renameat2, "inbox/corv", LET_OP,
        "Hernoemen zonder overschrijven kan hier niet in één stap: corv kijkt eerst of de naam vrij is (gewoon bij NFS).",
    ),
    (
        "hernoemen", replacing_rename, "inbox/corv", FOUT,
        "Hernoemen overschrijft hier een bestand dat er al staat. Een bericht kan zo verdwijnen.",
    ),
    (
        "hernoemen", no_rename_out_of_klaar, "outbox/corv/.klaar", FOUT,
        "Een bestand hernoemen tussen deze map en die erboven lukt niet: de map ligt op een andere schijf.",
    ),
    (
        "vastleggen", failing_sync(errno.EIO), "data", FOUT,
        "Een bestand is niet vast te leggen: schijffout. Corv kan hier niets bevestigen.",
    ),
    (
        "vastleggen", failing_sync(errno.EINVAL), "data", LET_OP,
        "Een bestand is hier niet vast te leggen; de schijf kent dat niet. Na stroomuitval kan iets weg zijn.",
    ),
    ("klok", share_ahead(10), "inbox/corv", LET_OP, "De klok van deze map loopt 10 seconden voor op die van deze machine."),
    ("klok", share_ahead(-90), "outbox/eigen", FOUT, "De klok van deze map loopt 90 seconden achter op die van deze machine. "),
    ("seintjes", no_event, "inbox/corv", LET_OP, "Van een nieuw bestand kwam geen seintje. Alleen de herscan "),
    ("seintjes", no_watches_left, "inbox/eigen", LET_OP, "Het systeem wil deze map niet volgen: max_user_watches is vol. "),
    ("namen", too_long, "data", FOUT, "Een naam van 120 tekens mag hier niet: de naam is te lang. "),
    ("rechten", open_data, "data", FOUT, "Elke gebruiker van deze machine kan in deze map (rechten 0755)."),
    (
        "rechten", shielded_data, "data", LET_OP,
        "Deze map staat open voor iedereen (rechten 0755); nu houdt alleen een map erboven anderen tegen.",
    ),
    ("rechten", shared_klaar, "outbox/corv/.klaar", FOUT, "Wie in groep "),
    (
        "rechten", unreadable_in_werk, "inbox/corv/.werk", FOUT,
        "1 bestand mag hier niet worden gelezen door corv: wat daar is opgepakt, wacht.",
    ),
    (
        "ruimte", no_room, "data", FOUT,
        "De schijf van data, inbox/corv, outbox/corv, inbox/eigen en outbox/eigen is vol en heeft nog 0 MiB en plaats ",
    ),
    ("slot", no_locks, "data", FOUT, "Een slot op een bestand in data/ houdt een tweede niet tegen. "),
    (
        "sqlite", unsafe_sqlite, "machine", FOUT,
        "SQLite 3.40.1 opent een database anders dan corv vraagt: de journaalvorm is WAL, en daarin kan deze versie vastgelegde "
        "gegevens verliezen.",
    ),
    (
        "database", other_journal, "data/corv.sqlite", FOUT,
        "De journaalvorm is WAL en corv schrijft als TRUNCATE; iets anders veranderde dat.",
    ),
    ("database", no_database, "data/corv.sqlite", FOUT, "De database "),
    (
        "administratie", changed_event, "data/corv.sqlite", FOUT,
        "De ketting van gebeurtenissen breekt bij volgnr 1: daar is iets veranderd of weggehaald.",
    ),
    ("schemas", bad_zip, "config/schemas/kapot.zip", FOUT, "Dit is geen zip"),
    ("schemas", schema_from_elsewhere, "machine", FOUT, "De eigen schema's zijn niet te gebruiken"),
    ("tabellen", years_later, "config/werkgebieden", LET_OP, "De tabel van gemeenten (cbs-2025 "),
    (
        "lijsten", old_lists, "config/lijsten", LET_OP,
        "De nieuwste lijst van instanties is die van januari 2026: meer dan twee maanden oud.",
    ),
    ("python", old_python, "machine", FOUT, "Dit is Python 3.10.2; corv heeft 3.11 of nieuwer nodig."),
    ("pakketten", other_packages, "machine", FOUT, "Deze pakketten ontbreken: bestaat-niet."),
    ("pakketten", other_packages, "machine", LET_OP, "Andere versies dan waarmee corv is getest: lxml "),
    ("systeemklok", long_ago, "machine", FOUT, "Deze machine zegt dat het 01-01-2020 13:00 is: van voor de dag waarop corv "),
    ("tijdzone", no_zone, "machine", FOUT, "De gegevens van de Nederlandse tijd (Europe/Amsterdam) ontbreken of kloppen niet."),
    ("service", no_watchdog, "machine", LET_OP, "In "),
]  # fmt: skip
"""Probe, what is broken, where that is told, how bad it is, and the sentence: whole, or its beginning where the rest differs."""


@pytest.mark.parametrize(
    ("proef", "plant", "waar", "toestand", "tekst"),
    PLANTED,
    ids=[f"{row[0]}-{row[1].__name__}-{row[3]}" for row in PLANTED],
)
def test_a_planted_defect_is_told_where_it_is(
    healthy: Werkmap,
    tmp_path: Path,
    monkeypatch: Patch,
    proef: str,
    plant: Callable[[Here], None],
    waar: str,
    toestand: Toestand,
    tekst: str,
) -> None:
    healthy.run_with("corv", message("vtMeldingDi01/minimaal.xml"))
    here = Here(healthy, tmp_path, monkeypatch)
    plant(here)

    diagnosis = ask(healthy, here.now, here.ahead_s)

    found = [line for line in diagnosis.lines if (line.proef, line.waar, line.toestand) == (proef, waar, toestand)]
    assert [line.tekst[: len(tekst)] for line in found][:1] == [tekst]
    assert all(line.doe for line in diagnosis.lines if line.toestand is not GOED)
    assert diagnosis.has_failed is False
    assert diagnosis.is_config_wrong is (plant is wrong_key)
    assert not list(healthy.path.rglob(".proef-corv-*"))


@pytest.mark.parametrize("inner", ["inbox/corv/.werk", "outbox/corv/.klaar", "outbox/eigen/aandacht"])
def test_a_link_in_place_of_a_folder_of_ours_is_told_and_nothing_is_written_where_it_leads(
    healthy: Werkmap, tmp_path: Path, inner: str
) -> None:
    elsewhere, folder = tmp_path / "elders", healthy.path / inner
    elsewhere.mkdir()
    old = elsewhere / ".proef-corv-0123456789abcdef.tmp"
    old.touch()
    os.utime(old, (0, 0))
    folder.rename(folder.with_name(".weg"))
    folder.symlink_to(elsewhere)
    before = elsewhere.stat().st_mtime_ns

    found = [line for line in ask(healthy).lines if line.waar == inner]

    text = "Deze map is niet te gebruiken: is een koppeling. Wat daar hoort, wacht."
    assert [(line.proef, line.toestand, line.tekst) for line in found] == [("map", FOUT, text)]
    assert (elsewhere.stat().st_mtime_ns, old.exists()) == (before, True)


def test_a_damaged_database_is_told(healthy: Werkmap) -> None:
    healthy.run_with("corv", message("vtMeldingDi01/minimaal.xml"))
    file = healthy.path / "data/corv.sqlite"
    whole = bytearray(file.read_bytes())
    whole[8192 : len(whole) // 2] = b"\xff" * (len(whole) // 2 - 8192)
    file.write_bytes(whole)

    found = {(line.proef, line.toestand) for line in ask(healthy).lines if line.proef in {"database", "administratie"}}

    assert ("administratie", FOUT) in found


# -- what facts mean -------------------------------------------------------------------------------------------------

INBOX = Place("inbox/corv", Path("/srv/corv/inbox/corv"), Soort.INBOX)
DATA = Place("data", Path("/srv/corv/data"), Soort.DATA)
CONFIG = Place("config", Path("/srv/corv/config"), Soort.CONFIG)
WERK = Place("inbox/corv/.werk", Path("/srv/corv/inbox/corv/.werk"), Soort.WERK, INBOX.path)
NFS = Mount(Path("/mnt/adapter"), "nfs4")


@pytest.mark.parametrize(
    ("judge", "fact", "states"),
    [
        (disk, DiskFact(INBOX, NFS), [GOED]),
        (disk, DiskFact(DATA, NFS), [LET_OP]),
        (disk, DiskFact(DATA, Mount(Path("/"), "overlay")), [LET_OP]),
        (disk, DiskFact(INBOX, Mount(Path("/mnt"), "fuse.sshfs")), [LET_OP]),
        (disk, DiskFact(INBOX, Mount(Path("/mnt"), "9p")), [LET_OP]),
        (disk, DiskFact(INBOX, Mount(Path("/mnt"), "xfs", is_read_only=True)), [FOUT]),
        (disk, DiskFact(INBOX, None), [LET_OP]),
        (renaming, RenameFact(INBOX), [GOED]),
        (clock, ClockFact(INBOX, 2.0), [GOED]),
        (clock, ClockFact(INBOX, -2.1), [LET_OP]),
        (clock, ClockFact(INBOX, 60.0), [LET_OP]),
        (clock, ClockFact(INBOX, 60.1, is_coarse=True), [FOUT, LET_OP]),
        (clock, ClockFact(INBOX, 0.0, is_coarse=True), [LET_OP]),
        (events, EventFact(INBOX, is_heard=True, is_network=True), [LET_OP]),
        (events, WatchFact("max_user_watches", 7, 10), [GOED]),
        (events, WatchFact("max_user_watches", 8, 10), [LET_OP]),
        (names, NameFact(INBOX, is_case_blind=True), [LET_OP]),
        (rights, RightsFact(INBOX, 0o2770, is_reachable=True), [GOED]),
        (rights, RightsFact(INBOX, 0o775, is_reachable=True), [LET_OP]),
        (rights, RightsFact(INBOX, 0o777, is_reachable=True), [FOUT]),
        (rights, RightsFact(INBOX, 0o777, is_reachable=False), [LET_OP]),
        (rights, RightsFact(INBOX, 0o770, is_reachable=False, onleesbaar=2), [FOUT]),
        (rights, RightsFact(INBOX, 0o1770, is_reachable=False, is_stuck=True), [FOUT]),
        (rights, RightsFact(DATA, 0o711, is_reachable=True, open_inside=3), [FOUT, FOUT]),
        (rights, RightsFact(DATA, 0o750, is_reachable=True), [GOED]),
        (rights, RightsFact(DATA, 0o750, is_reachable=False, groep="corv"), [LET_OP]),
        (rights, RightsFact(DATA, 0o750, False, "corv", is_reachable_by_group=True, open_inside_for_group=2), [FOUT, FOUT]),
        (rights, RightsFact(DATA, 0o755, False, "corv", is_reachable_by_group=True), [FOUT]),
        (rights, RightsFact(CONFIG, 0o750, False, "corv", is_reachable_by_group=True), [FOUT]),
        (rights, RightsFact(INBOX, 0o2770, False, "corv", is_reachable_by_group=True), [GOED]),
        (rights, RightsFact(WERK, 0o700, is_reachable=False, onleesbaar=1), [FOUT]),
        (user, UserFact("corv", ("corv",), is_root=False, eigenaar="corv"), [GOED]),
        (user, UserFact("jan", ("jan",), is_root=False, eigenaar="corv"), [LET_OP]),
        (user, UserFact("root", ("root",), is_root=True, eigenaar="corv"), [LET_OP]),
        (library, LibraryFact("3.51.3", has_wal_fix=True, journal="wal", synchronous=2, foreign_keys=True), [GOED]),
        (library, LibraryFact("3.40.1", has_wal_fix=False, journal="truncate", synchronous=2, foreign_keys=True), [GOED]),
        (library, LibraryFact("3.40.1", has_wal_fix=False, journal="truncate", synchronous=1, foreign_keys=False), [FOUT, FOUT]),
        (database, DatabaseFact(NFS, journal="delete", bedoeld="truncate"), [FOUT]),
        (database, DatabaseFact(None, "Er is nog geen database.", is_new=True), [LET_OP]),
        (database, DatabaseFact(None, journal="delete", bedoeld="wal"), [FOUT]),
        (content, ContentFact(over_groot=1 << 30), [GOED]),
        (content, ContentFact(fouten=2, losse_verwijzingen=1), [FOUT, FOUT]),
        (lock, LockFact(keeps_out=True, proces=12, sinds=START, leeft=True), [GOED]),
        (lock, LockFact(keeps_out=True, proces=12, sinds=START), [LET_OP]),
        (configuration, ConfigFact(heeft_oins=False, ongeprobeerd=["regel-a"]), [LET_OP, LET_OP]),
        (tables, TableFact("x", None, 0, 0, RELEASED, START), [FOUT]),
        (tables, TableFact("x", RELEASED, 1, 1, RELEASED, datetime(2027, 1, 31, 12, tzinfo=START.tzinfo)), [GOED]),
        (tables, TableFact("x", RELEASED, 1, 1, RELEASED, datetime(2027, 2, 1, 12, tzinfo=START.tzinfo)), [LET_OP]),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_a_fact_means(judge: Callable[[Any], Any], fact: object, states: list[Toestand]) -> None:
    lines: list[Line] = list(judge(fact))

    assert [line.toestand for line in lines] == states
    assert all((line.doe is None) == (line.toestand is GOED) for line in lines)
    assert all(line.tekst.endswith(".") and line.proef in PROBES for line in lines)


def test_the_mount_of_a_path_is_the_deepest_and_the_last_there() -> None:
    found = mounts(
        "22 1 0:21 / / rw,relatime - overlay overlay rw\n"
        "23 22 8:1 / /srv rw,noatime shared:1 master:2 - xfs /dev/sda1 rw\n"
        "24 23 0:40 / /srv/corv/in\\040box rw - cifs //server/deel rw,vers=3\n"
        "25 23 0:41 / /srv/corv/data ro - nfs4 server:/data rw\n"
        "26 23 0:42 / /srv/corv/data rw - tmpfs tmpfs rw,size=1k\n"
        "niets wat iemand begrijpt\n"
        "27 22 0:43 / /mnt/sshfs rw - fuse.sshfs jan@ver:/ ro\n"
    )  # fmt: skip

    asked = ["/srv/corvx", "/srv/corv/in box/a", "/srv/corv/data/archief", "/home", "/mnt/sshfs"]
    assert [mount_of(Path(path), found) for path in asked] == [
        Mount(Path("/srv"), "xfs"),
        Mount(Path("/srv/corv/in box"), "cifs"),
        Mount(Path("/srv/corv/data"), "tmpfs"),
        Mount(Path("/"), "overlay"),
        Mount(Path("/mnt/sshfs"), "fuse.sshfs", is_read_only=True),
    ]
    assert [mount.kind for mount in found] == [
        Kind.OVERLAY, Kind.LOCAL, Kind.NETWORK, Kind.NETWORK, Kind.VOLATILE, Kind.FUSE,
    ]  # fmt: skip
    assert mount_of(Path("/srv"), []) is None


def test_corv_did_not_come_out_before_the_day_from_which_a_clock_is_believed() -> None:
    (line,) = [line for line in (ROOT / "publiccode.yml").read_text(encoding="utf-8").splitlines() if "releaseDate" in line]
    assert str(RELEASED) <= line.partition(":")[2].strip(" \"'")


# -- a broken part, a first start, a working service, a kill ----------------------------------------------------------


def test_a_probe_that_fails_is_a_line_and_the_others_go_on(healthy: Werkmap, monkeypatch: Patch) -> None:
    def fail(_source: object) -> list[object]:
        raise RuntimeError("geheim")

    monkeypatch.setitem(PROBES, "klok", Probe(fail, PROBES["klok"].judge))

    diagnosis = ask(healthy)

    assert bad(diagnosis) == [("klok", "machine", FOUT, "Dit is niet te beproeven: door een fout in corv zelf (RuntimeError).")]
    assert {line.proef for line in diagnosis.lines} == set(PROBES)
    assert diagnosis.exit_code == 3


def test_what_watchdog_says_of_its_own_thread_is_not_told(
    healthy: Werkmap, monkeypatch: Patch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its thread may look once more after it was stopped; here it always does."""
    real = InotifyEmitter.on_thread_stop

    def look_once_more(emitter: InotifyEmitter) -> None:
        real(emitter)
        emitter.queue_events(0.1)

    monkeypatch.setattr(InotifyEmitter, "on_thread_stop", look_once_more)

    assert bad(ask(healthy)) == []
    assert caplog.records == []


def test_before_the_first_start_it_says_what_is_not_there_yet(tmp_path: Path) -> None:
    make_config(tmp_path / "nieuw", werkgebied="VT20")
    before = snapshot(tmp_path)

    diagnosis = examine(tmp_path / "nieuw", utc_now(), time.time)

    about = {(line.waar, line.toestand) for line in diagnosis.lines if line.proef in {"map", "database"}}
    assert {("inbox/corv", LET_OP), ("data", LET_OP), ("data/corv.sqlite", LET_OP), ("config", GOED)} <= about
    assert FOUT not in {line.toestand for line in diagnosis.lines}
    assert snapshot(tmp_path) == before


def test_without_a_working_folder_the_machine_is_still_examined(tmp_path: Path) -> None:
    diagnosis = examine(tmp_path, utc_now(), time.time)

    assert diagnosis.exit_code == 2
    assert {"python", "pakketten", "schemas", "tijdzone", "configuratie"} <= {line.proef for line in diagnosis.lines}
    assert list(tmp_path.iterdir()) == []


def test_where_the_folders_are_wrong_no_folder_is_touched(healthy: Werkmap) -> None:
    healthy.configure('inbox = "inbox/corv"', 'inbox = "data/inbox"')
    before = snapshot(healthy.path)

    diagnosis = ask(healthy)

    assert diagnosis.exit_code == 2
    assert [line.tekst for line in diagnosis.lines if "niet te beproeven" in line.tekst] == [
        "Zolang config/ fout is, is dit niet te beproeven: map, schijf, zelfde_schijf, hernoemen, vastleggen, klok, seintjes, "
        "namen, rechten, ruimte, slot."
    ]
    assert snapshot(healthy.path) == before


def test_beside_a_working_corv_the_lock_stays_hers(healthy: Werkmap) -> None:
    settings = config.load(healthy.path)
    with only_one(settings, utc_now()):
        before = snapshot(healthy.path)
        diagnosis = ask(healthy)

        assert bad(diagnosis) == []
        (told,) = [line.tekst for line in diagnosis.lines if line.proef == "slot"]
        assert told.startswith(f"Een slot houdt een tweede corv tegen. Proces {os.getpid()} werkt hier sinds ")
        assert snapshot(healthy.path) == before
        with pytest.raises(BusyError), only_one(settings, utc_now()):
            pass


def test_a_database_that_is_being_written_gives_no_false_alarm(healthy: Werkmap) -> None:
    healthy.run_with("corv", message("vtMeldingDi01/minimaal.xml"))
    with closing(sqlite3.connect(healthy.path / "data/corv.sqlite", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DROP TRIGGER gebeurtenis_vast")
        writer.execute("UPDATE gebeurtenis SET soort = 'half'")

        assert bad(ask(healthy)) == []
        writer.execute("ROLLBACK")


def test_after_updating_and_before_the_first_start_only_the_database_is_told(healthy: Werkmap) -> None:
    healthy.run_with("corv", message("vtMeldingDi01/minimaal.xml"))
    with closing(sqlite3.connect(healthy.path / "data/corv.sqlite")) as db:
        db.execute(f"DROP INDEX {LAST_MADE}")

    text = "De database is van een oudere versie van corv; zij wordt bij de eerste start bijgewerkt."
    assert bad(ask(healthy)) == [("database", "data/corv.sqlite", LET_OP, text)]


def test_after_updating_the_configuration_can_be_checked_before_the_first_start(corv: Corv, healthy: Werkmap) -> None:
    healthy.run()
    with closing(sqlite3.connect(healthy.path / "data/corv.sqlite")) as db:
        db.execute(f"DROP INDEX {LAST_MADE}")

    code, out, err = corv("config", "controleer")
    assert (code, err) == (0, "")
    assert out.splitlines()[1].endswith("of zij is van een oudere versie: de configuratie geldt vanaf de eerste start.")


KILLED = """
import os, signal, sys, time
from pathlib import Path
from corv.clock import utc_now
from corv.doctor import examine
from corv.doctor.look import folders
folders.PLACE, real = sys.argv[2], folders.rename_new
def rename_new(source, target):
    if str(source.parent).endswith(folders.PLACE) or str(target.parent).endswith(folders.PLACE):
        os.kill(os.getpid(), signal.SIGKILL)
    real(source, target)
folders.rename_new = rename_new
examine(Path(sys.argv[1]), utc_now(), time.time)
"""


@pytest.mark.parametrize(
    "place", ["inbox/corv", "inbox/corv/.werk", "outbox/corv", "outbox/corv/.klaar", "outbox/eigen/aandacht"]
)
def test_killed_half_way_it_leaves_nothing_that_anybody_takes_and_the_next_one_cleans_up(healthy: Werkmap, place: str) -> None:
    before = set(healthy.path.rglob("*"))
    killed = subprocess.run([sys.executable, "-c", KILLED, str(healthy.path), place], check=False, timeout=60)
    left = set(healthy.path.rglob("*")) - before
    assert killed.returncode == -signal.SIGKILL
    assert left

    settings = config.load(healthy.path)
    assert [entry for kanaal in settings.kanalen for entry in scan(kanaal)] == []
    assert [len(root.marks()) for root in roots(settings)] == [1, 1, 1, 1]
    report = healthy.run(with_nothing_strange)
    assert (report.problems, healthy.rows(), left <= set(healthy.path.rglob("*"))) == ({}, [], True)

    ask(healthy)
    assert set(healthy.path.rglob("*")) >= left  # another doctor may still be at work
    hour_ago = time.time() - timedelta(hours=1).total_seconds()
    for path in left:
        os.utime(path, (hour_ago, hour_ago))
    ask(healthy)
    assert not left & set(healthy.path.rglob("*"))


def with_nothing_strange(deps: Any) -> Any:
    there = look(deps.settings, deps.folders, deps.db)
    assert (there.strange, there.claimed) == ((), {})
    assert not [name for names in there.outboxes.values() for name in names]
    return deps


# -- the command -----------------------------------------------------------------------------------------------------


def test_the_command_tells_the_worst_place_first_and_a_program_one_object_a_line(
    corv: Corv, healthy: Werkmap, monkeypatch: Patch
) -> None:
    open_data(Here(healthy, healthy.path, monkeypatch))

    code, out, err = corv("doctor")
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert lines[0] == "data"
    assert lines[1].split()[:2] == ["fout", "rechten"]
    assert lines[2].strip() == f"sudo chmod -R go= {healthy.path}/data"
    assert [line.split()[0] for line in lines if line.startswith("  ") and line.split()[0] in {"fout", "goed"}].count("fout") == 1
    assert lines[-2].startswith("1 fout, ")
    assert "  goed    map, zelfde_schijf, hernoemen, rechten" in lines
    assert "Deze map ligt op dezelfde schijf als inbox/corv." not in out
    assert "Deze map ligt op dezelfde schijf als inbox/corv." in corv("doctor", "--alles")[1]

    code, out, err = corv("doctor", "--json")
    rows_ = [json.loads(line) for line in out.splitlines()]
    assert (code, err, {tuple(row) for row in rows_}) == (1, "", {("proef", "waar", "toestand", "tekst", "doe")})
    assert [row for row in rows_ if row["toestand"] == "fout"] == [
        {
            "proef": "rechten",
            "waar": "data",
            "toestand": "fout",
            "tekst": "Elke gebruiker van deze machine kan in deze map (rechten 0755).",
            "doe": f"sudo chmod -R go= {healthy.path}/data",
        }
    ]


def test_what_lies_open_below_an_open_folder_is_counted(healthy: Werkmap, monkeypatch: Patch) -> None:
    open_data(Here(healthy, healthy.path, monkeypatch))
    (healthy.path / "data/archief").chmod(0o755)
    (healthy.path / "data/archief/a.xml").touch(mode=0o644)
    (healthy.path / "data/archief/b.xml").touch(mode=0o600)

    found = [line.tekst for line in ask(healthy).lines if (line.proef, line.waar) == ("rechten", "data")]

    assert found == [
        "Elke gebruiker van deze machine kan in deze map (rechten 0755).",
        "2 bestanden en mappen hierin staan open voor iedereen.",
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="alleen root kan een map aan elke groep geven")
def test_who_is_in_the_group_of_a_folder_is_told_by_name(healthy: Werkmap, monkeypatch: Patch) -> None:
    group = next(one for one in grp.getgrall() if one.gr_gid != os.getgid())
    monkeypatch.setattr("corv.rechten.others_in", lambda number, _owner: number == group.gr_gid)
    monkeypatch.setattr("corv.doctor.look.rights._is_reachable", lambda _path, number=None: number is not None)
    for path in [healthy.path / "data", *(healthy.path / "data").rglob("*"), healthy.path / "inbox/corv"]:
        os.chown(path, -1, group.gr_gid)
    (healthy.path / "data").chmod(0o750)
    (healthy.path / "data/corv.sqlite").chmod(0o640)
    (healthy.path / "data/quarantaine").chmod(0o770)
    (healthy.path / "inbox/corv").chmod(0o2770)

    found = [(line.waar, line.toestand, line.tekst) for line in ask(healthy).lines if line.proef == "rechten"]

    assert [line for line in found if line[0] in {"data", "inbox/corv", "inbox/eigen"}] == [
        ("inbox/corv", GOED, f"Alleen corv en groep {group.gr_name} kunnen hierbij (rechten 2770)."),
        ("inbox/eigen", GOED, "Anderen kunnen hier niet bij (rechten 2770)."),
        ("data", FOUT, f"Wie in groep {group.gr_name} zit, kan in deze map (rechten 0750)."),
        ("data", FOUT, f"2 bestanden en mappen hierin staan open voor groep {group.gr_name}."),
    ]
