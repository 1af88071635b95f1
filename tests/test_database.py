"""The database: its transactions, its chain of events, and the SQLite under it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from conftest import START, Werkmap, message
from corv.database import add_event, first_broken_link, has_wal_fix, open_for_reading, open_for_writing, transaction
from corv.errors import StorageError
from corv.migrations import MIGRATIONS


@pytest.mark.parametrize(
    ("version", "fixed"),
    [
        *[((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 1), False), ((3, 50, 6), False)],
        *[((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), True)],
    ],
)
def test_wal_is_used_only_where_it_can_not_lose_commits(version: tuple[int, ...], fixed: bool) -> None:
    assert has_wal_fix(version) is fixed


def test_the_connection_waits_and_syncs(tmp_path: Path) -> None:
    db = open_for_writing(tmp_path / "x.sqlite")
    mode = "wal" if has_wal_fix(sqlite3.sqlite_version_info) else "truncate"
    pragmas = [
        db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
    ]
    db.close()
    assert pragmas == [mode, 2, 10_000, 1]


def test_what_is_raised_inside_a_transaction_undoes_all_of_it(tmp_path: Path) -> None:
    db = open_for_writing(tmp_path / "x.sqlite")
    with pytest.raises(ZeroDivisionError), transaction(db) as connection:
        add_event(connection, None, START, "proef", {"nr": 1})
        raise ZeroDivisionError
    events = db.execute("SELECT count(*) FROM gebeurtenis").fetchone()[0]
    db.close()
    assert events == 0


def test_a_locked_database_is_a_storage_error_and_commits_nothing(tmp_path: Path) -> None:
    db, other = open_for_writing(tmp_path / "x.sqlite"), sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    db.execute("PRAGMA busy_timeout = 0")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="database"), transaction(db):
        pass
    other.close()
    db.close()


def test_events_can_not_be_changed_or_removed(werkmap: Werkmap) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    db = open_for_writing(werkmap.path / "data/corv.sqlite")
    for statement in ("UPDATE gebeurtenis SET soort = 'anders'", "DELETE FROM gebeurtenis"):
        with pytest.raises(sqlite3.IntegrityError, match="gebeurtenissen"):
            db.conn.execute(statement)
    db.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE gebeurtenis SET gegevens = '{}' WHERE volgnr = 2",
        "UPDATE gebeurtenis SET op = '2000-01-01' WHERE volgnr = 2",
        "DELETE FROM gebeurtenis WHERE volgnr = 2",
        "UPDATE gebeurtenis SET volgnr = CASE volgnr WHEN 2 THEN -3 WHEN 3 THEN -2 ELSE volgnr END WHERE volgnr IN (2, 3)",
    ],
)
def test_the_chain_shows_where_somebody_changed_history(werkmap: Werkmap, change: str) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    path = werkmap.path / "data/corv.sqlite"
    db = open_for_reading(path)
    assert first_broken_link(db) is None
    db.close()

    tamper = sqlite3.connect(path)
    tamper.executescript(f"DROP TRIGGER gebeurtenis_vast; DROP TRIGGER gebeurtenis_blijft; {change}")
    tamper.close()

    db = open_for_reading(path)
    assert first_broken_link(db) is not None
    db.close()


def test_reading_can_not_write(werkmap: Werkmap) -> None:
    werkmap.run()
    db = open_for_reading(werkmap.path / "data/corv.sqlite")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM bericht")
    db.close()


def test_a_question_undoes_what_a_killed_process_left_half_written(werkmap: Werkmap, tmp_path: Path) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    killed = tmp_path / "gestopt"
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite", isolation_level=None)) as db:
        for statement in ("PRAGMA journal_mode = TRUNCATE", "PRAGMA cache_size = 1", "BEGIN IMMEDIATE", "CREATE TABLE half (x)"):
            db.execute(statement)
        db.executemany("INSERT INTO half VALUES (?)", [("y" * 500,)] * 2000)  # more than the cache, so it is in the file already
        shutil.copytree(werkmap.path / "data", killed)  # as a SIGKILL would leave it here
        db.execute("ROLLBACK")
    assert (killed / "corv.sqlite-journal").stat().st_size > 0

    with closing(open_for_reading(killed / "corv.sqlite")) as db:
        assert db.execute("SELECT status FROM bericht").fetchall() == [("geaccepteerd",)]
        assert db.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []


def test_asking_before_there_is_anything_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="corv init"):
        open_for_reading(tmp_path / "geen.sqlite")


def test_a_database_of_the_first_version_keeps_its_rows_and_learns_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        MIGRATIONS.apply(Database(connection), stop_before="m002_a_persons_work")
        for number, status in enumerate(("geaccepteerd", "te_beoordelen", "geweigerd", "onleesbaar"), start=1):
            connection.execute(
                "INSERT INTO bericht (id, kanaal, bestandsnaam, grootte, ontvangen_op, antwoord_tijdstip, status) "
                "VALUES (?, 'corv', 'x.xml', 1, ?, '20261123080000000', ?)",
                (f"id-{number}", f"2026-11-23T08:00:0{number}+00:00", status),
            )
            connection.execute(
                "INSERT INTO uitvoer (bericht, soort, kanaal, map_teken, map, bestandsnaam, klaargezet_op, bezorgd_op) "
                "VALUES (?, ?, 'eigen', 't', '', ?, 'toen', 'toen')",
                (f"id-{number}", "aandacht" if status == "geweigerd" else "bezorging", f"{number}.xml"),
            )
        before = connection.execute("SELECT * FROM bericht").fetchall()

    with closing(open_for_writing(path)) as db:
        assert [row[: len(before[0])] for row in db.execute("SELECT * FROM bericht ORDER BY volgnr")] == before
        assert list(db.execute("SELECT bericht, aanleiding, geopend_op FROM aandacht ORDER BY volgnr")) == [
            (f"id-{number}", status, f"2026-11-23T08:00:0{number}+00:00")
            for number, status in ((2, "te_beoordelen"), (3, "geweigerd"), (4, "onleesbaar"))
        ]
        db.execute("UPDATE bericht SET status = 'beantwoord_met_fout' WHERE id = 'id-1'")
        indexes = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'bericht'")}
        assert {"bericht_identiteit", "bericht_status", "bericht_antwoord", "bericht_ontvangen"} <= indexes
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("INSERT INTO besluit (bericht, genomen_op, door, actie, regel, reden) VALUES ('geen', '', '', '', '', '')")


def test_questions_to_a_database_of_an_earlier_version_say_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        MIGRATIONS.apply(Database(connection), stop_before="m002_a_persons_work")
    with pytest.raises(StorageError, match="oudere versie"):
        open_for_reading(path)
