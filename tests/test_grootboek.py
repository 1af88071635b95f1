"""The ledger: whatever was seen in an inbox has its fate on record, so that nobody need guess whether it ever lay there."""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from conftest import OURS, Werkmap, message
from corv.database import open_for_writing
from corv.errors import StorageError
from corv.handler import Deps, Report
from corv.jobs import rescan
from corv.migrations import MIGRATIONS
from corv.outcome import Status
from corv.watch import Stillness

MELDING = "vtMeldingDi01/minimaal.xml"
Run = Callable[..., tuple[int, str, str]]


def ledger(werkmap: Werkmap) -> dict[str, tuple[str, str | None]]:
    """Fate and reason, by name; the last row of a name."""
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db:
        query = "SELECT bestandsnaam, lot, reden FROM grootboek ORDER BY rowid"
        return {naam: (lot, reden) for naam, lot, reden in db.execute(query)}


def ids(werkmap: Werkmap, naam: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db:
        return db.execute("SELECT id, lot FROM grootboek WHERE bestandsnaam = ? ORDER BY rowid", (naam,)).fetchall()


def version(werkmap: Werkmap) -> bytes:
    return (werkmap.path / "data/corv.sqlite").read_bytes()


def test_everything_in_an_inbox_has_its_fate_on_record(werkmap: Werkmap) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    inbox = werkmap.path / "inbox/corv"
    for name in ("goed.xml", "goed.xml.klaar", "zonder.xml", "los.xml.klaar", "bezig.xml.tmp", ".verborgen"):
        werkmap.drop("corv", name, message(MELDING) if name.endswith(".xml") else b"")
    (inbox / "map").mkdir()
    werkmap.run()

    assert ledger(werkmap) == {
        "goed.xml": ("opgenomen", None),
        "zonder.xml": ("wacht", "het klaarteken ontbreekt nog"),
        "los.xml.klaar": ("genegeerd", "een klaarteken zonder bestand"),
        "bezig.xml.tmp": ("genegeerd", "de naam zegt dat iemand er nog aan schrijft"),
        ".verborgen": ("genegeerd", "de naam begint met een punt"),
        "map": ("genegeerd", "geen gewoon bestand"),
    }

    (inbox / "bezig.xml.tmp").rename(inbox / "bezig.xml")
    (inbox / "zonder.xml").unlink()
    (inbox / "map").rmdir()
    werkmap.drop("corv", "los.xml", message("notificatieDi01/minimaal.xml"))
    werkmap.run()
    werkmap.run()  # the marker of los.xml went with it

    assert ledger(werkmap) == {
        "goed.xml": ("opgenomen", None),
        "zonder.xml": ("verdwenen", "het klaarteken ontbreekt nog"),
        "los.xml.klaar": ("verdwenen", "het klaarteken kreeg zijn bestand"),
        "los.xml": ("opgenomen", None),
        "bezig.xml.tmp": ("verdwenen", "kreeg een andere naam"),
        "bezig.xml": ("wacht", "het klaarteken ontbreekt nog"),
        ".verborgen": ("genegeerd", "de naam begint met een punt"),
        "map": ("verdwenen", "geen gewoon bestand"),
    }


def test_the_id_of_first_sight_is_that_of_the_message(werkmap: Werkmap) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    werkmap.drop("corv", "melding.xml", b"<half")
    werkmap.run()
    ((first, lot),) = ids(werkmap, "melding.xml")
    werkmap.drop("corv", "melding.xml", message(MELDING))  # it grew
    werkmap.run()
    werkmap.drop("corv", "melding.xml.klaar", b"")
    werkmap.run()

    assert (lot, ids(werkmap, "melding.xml")) == ("wacht", [(first, "opgenomen")])
    assert [(row["id"], row["status"]) for row in werkmap.rows()] == [(first, "geaccepteerd")]
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db:
        assert db.execute("SELECT grootte FROM grootboek").fetchone() == (len(message(MELDING)),)


def test_a_file_that_was_rewritten_under_its_name_keeps_its_row_also_when_it_shrank(werkmap: Werkmap) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    path = werkmap.drop("corv", "melding.xml", message(MELDING))
    werkmap.run()
    path.write_bytes(b"<anders/>")  # the same inode, as a new file may get that of one that was removed
    os.utime(path, (1, 1))
    werkmap.run()

    assert [lot for _, lot in ids(werkmap, "melding.xml")] == ["wacht"]


def test_ids_are_given_in_order_of_age_and_claims_keep_the_order_of_claiming(werkmap: Werkmap) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    for moment, name in ((100, "oud.xml"), (200, "midden.xml"), (300, "nieuw.xml")):
        os.utime(werkmap.drop("corv", name, message("notificatieDi01/minimaal.xml")), (moment, moment))
    werkmap.run()
    for name in ("nieuw.xml.klaar", "oud.xml.klaar"):
        werkmap.drop("corv", name, b"")
        werkmap.run()
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db:
        by_age = db.execute("SELECT bestandsnaam, beurt FROM grootboek WHERE bestandsnaam LIKE '%.xml' ORDER BY id").fetchall()

    assert by_age == [("oud.xml", 2), ("midden.xml", None), ("nieuw.xml", 1)]


def test_a_look_that_changes_nothing_writes_nothing(werkmap: Werkmap) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    for name in ("zonder.xml", "bezig.tmp"):
        werkmap.drop("corv", name, b"x")
    (werkmap.path / "inbox/corv/map").mkdir()
    written = []

    def three_looks(deps: Deps) -> Deps:
        stillness = Stillness()
        for _ in range(3):
            rescan(deps, stillness, Report())
            written.append(deps.db.conn.total_changes)
        return deps

    werkmap.run(three_looks)
    assert written[0] > 0
    assert written[0] == written[1] == written[2]


def test_when_what_is_seen_can_not_be_committed_nothing_is_taken(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    werkmap.run()
    path = werkmap.drop("corv", "melding.xml", message(MELDING))
    with monkeypatch.context() as patch:
        patch.setattr("corv.store.Store.record_sightings", lambda *_: (_ for _ in ()).throw(StorageError("vol")))
        with pytest.raises(StorageError):
            werkmap.run()

    assert (path.exists(), ledger(werkmap)) == (True, {})
    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}


def test_of_an_inbox_that_is_not_there_nothing_is_concluded(werkmap: Werkmap) -> None:
    werkmap.drop("corv", "bezig.tmp", b"x")
    werkmap.run()
    inbox = werkmap.path / "inbox/corv"
    away = inbox.rename(werkmap.path / "weg")
    werkmap.run()
    inbox.mkdir()  # where the share was mounted
    werkmap.run()
    still_there = ledger(werkmap)
    inbox.rmdir()
    away.rename(inbox)
    werkmap.run()

    assert still_there == ledger(werkmap) == {"bezig.tmp": ("genegeerd", "de naam zegt dat iemand er nog aan schrijft")}
    assert len(ids(werkmap, "bezig.tmp")) == 1


def test_what_waits_in_a_former_inbox_does_not_wait_for_ever(werkmap: Werkmap) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    inbox, new = werkmap.path / "inbox/corv", werkmap.path / "inbox/nieuw"
    for name in ("weg.xml", "blijft.xml"):
        werkmap.drop("corv", name, message(MELDING))
    werkmap.run()
    waiting = ("wacht", "het klaarteken ontbreekt nog")
    assert ledger(werkmap) == {"weg.xml": waiting, "blijft.xml": waiting}

    werkmap.configure('inbox = "inbox/corv"', 'inbox = "inbox/nieuw"')
    werkmap.run()
    (inbox / "weg.xml").rename(new / "ander.xml")
    werkmap.run()
    left = ("wacht", "de inbox staat niet meer in config/corv.toml")
    expected = {"weg.xml": ("verdwenen", left[1]), "blijft.xml": left, "ander.xml": waiting}
    assert ledger(werkmap) == expected
    away = inbox.rename(werkmap.path / "weg")
    werkmap.run()  # of what is not there nothing is concluded
    assert ledger(werkmap) == expected

    away.rename(inbox)
    werkmap.configure('inbox = "inbox/nieuw"', 'inbox = "inbox/corv"')
    werkmap.run()
    assert ledger(werkmap)["blijft.xml"] == waiting
    assert len(ids(werkmap, "blijft.xml")) == 1


def test_what_could_not_be_looked_at_keeps_its_row_when_it_can(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    werkmap.drop("corv", "melding.xml", message(MELDING))
    with monkeypatch.context() as patch:
        patch.setattr("corv.watch.look", lambda *_: (_ for _ in ()).throw(OSError(116, "Stale file handle")))
        werkmap.run()
        ((first, _),) = ids(werkmap, "melding.xml")
        assert ledger(werkmap) == {"melding.xml": ("wacht", "nu niet te bekijken")}
    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}
    assert ids(werkmap, "melding.xml") == [(first, "opgenomen")]


def test_a_file_that_takes_the_place_of_a_link_is_a_message_of_its_own(werkmap: Werkmap) -> None:
    inbox = werkmap.path / "inbox/corv"
    (inbox / "melding.xml").symlink_to("/dev/null")
    werkmap.run()
    (inbox / "melding.xml").unlink()
    werkmap.drop("corv", "melding.xml", message(MELDING))
    werkmap.run()

    assert [lot for _, lot in ids(werkmap, "melding.xml")] == ["verdwenen", "opgenomen"]
    assert sorted(row["status"] for row in werkmap.rows()) == ["geaccepteerd", "onleesbaar"]


def test_a_file_that_changed_after_the_listing_waits_again_under_its_id(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corv.store import Store  # noqa: PLC0415 - before it is replaced

    path, real = werkmap.drop("corv", "melding.xml", b"<half"), Store.add_claims

    def grow(*args: object) -> None:
        real(*args)  # type: ignore[arg-type]
        path.write_bytes(message(MELDING))

    with monkeypatch.context() as patch:
        patch.setattr(Store, "add_claims", grow)
        assert werkmap.run().handled == 0
    ((first, lot),) = ids(werkmap, "melding.xml")
    assert lot == "wacht"
    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}
    assert ids(werkmap, "melding.xml") == [(first, "opgenomen")]


def test_what_waited_when_the_database_was_copied_and_was_taken_since_is_put_before_a_person(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.configure(f'oins = ["{OURS}"]', "oins = []")
    werkmap.drop("corv", "melding.xml", message(MELDING))
    werkmap.run()
    database = werkmap.path / "data/corv.sqlite"
    yesterday = version(werkmap)
    werkmap.configure("oins = []", f'oins = ["{OURS}"]')
    with monkeypatch.context() as patch:
        patch.setattr("corv.folders.Folders.put_to_rest", lambda *_: (_ for _ in ()).throw(OSError(28, "vol")))
        assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}
    database.write_bytes(yesterday)  # the file is in .werk, and was answered; by the database it waits in the inbox

    werkmap.run()
    assert [row["status"] for row in werkmap.rows()] == ["te_beoordelen"]


@pytest.mark.parametrize("by_then", ["archived", "in .werk"])
def test_a_file_that_was_seen_before_the_database_was_copied_keeps_its_name_when_it_is_taken_back(
    werkmap: Werkmap, corv: Run, monkeypatch: pytest.MonkeyPatch, by_then: str
) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    werkmap.drop("corv", "melding.xml", message(MELDING))
    werkmap.run()
    database = werkmap.path / "data/corv.sqlite"
    yesterday, facts = version(werkmap), "SELECT bestandsnaam, inode, gezien_op, map_teken FROM grootboek"
    with closing(sqlite3.connect(database)) as db:
        before = db.execute(facts).fetchall()
    werkmap.drop("corv", "melding.xml.klaar", b"")
    with monkeypatch.context() as patch:
        if by_then == "in .werk":
            patch.setattr("corv.taking.handle_claims", lambda *_: None)
        werkmap.run()
    database.write_bytes(yesterday)
    werkmap.run()

    with closing(sqlite3.connect(database)) as db:
        assert db.execute(facts).fetchall() == before
        assert db.execute("SELECT lot, reden, beurt FROM grootboek").fetchall() == [("opgenomen", None, 1)]
        assert db.execute("SELECT bestandsnaam FROM bericht").fetchall() == [("melding.xml",)]
    assert corv("gezien", "melding.xml")[0] == 0


def test_a_database_of_before_keeps_its_ledger_and_says_since_when_it_knows_all(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        MIGRATIONS.apply(Database(connection), stop_before="m005_everything_seen")
        for id_, lot in (("a", "opgenomen"), ("b", "genegeerd"), ("c", "geclaimd"), ("d", "verdwenen")):
            connection.execute(
                "INSERT INTO grootboek "
                "(id, kanaal, map_teken, bestandsnaam, grootte, gewijzigd_ns, apparaat, inode, gezien_op, lot) "
                "VALUES (?, 'corv', 't', 'x.xml', 1, '2', '3', '4', 'toen', ?)",
                (id_, lot),
            )
    with closing(open_for_writing(path)) as db:
        assert list(db.execute("SELECT id, lot, lot_op, reden, beurt FROM grootboek ORDER BY id")) == [
            ("a", "opgenomen", "toen", None, 1),
            ("b", "genegeerd", "toen", "geen gewoon bestand", None),
            ("c", "geclaimd", "toen", None, 3),
            ("d", "verdwenen", "toen", None, 4),
        ]
        assert db.execute("SELECT count(*) FROM stand WHERE naam = 'grootboek' AND op LIKE '20%+00:00'").fetchone() == (1,)
        plan = " ".join(
            str(row)
            for row in db.execute(
                "EXPLAIN QUERY PLAN SELECT id FROM grootboek WHERE lot IN ('wacht', 'genegeerd', 'geclaimd')"
            ).fetchall()
        )
        assert "USING INDEX grootboek_lot" in plan


def test_gezien_tells_what_became_of_a_name_and_never_shows_it(werkmap: Werkmap, corv: Run) -> None:
    werkmap.drop("corv", "Jantje-Smit.xml", message(MELDING))
    werkmap.drop("corv", "Jantje-Smit.xml.tmp", b"x")
    werkmap.run()
    (row,) = werkmap.rows()

    code, out, _ = corv("gezien", "Jantje-Smit.xml", "--json")
    (found,) = [json.loads(line) for line in out.splitlines()]
    assert (code, found | {"gezien_op": "", "lot_op": ""}) == (
        0,
        {
            "kanaal": "corv",
            "gezien_op": "",
            "lot": "opgenomen",
            "lot_op": "",
            "reden": None,
            "grootte": len(message(MELDING)),
            "kenmerk": row["id"],
        },
    )
    assert found["gezien_op"] < found["lot_op"]
    table = corv("gezien", "Jantje-Smit.xml")
    assert (table[0], row["id"][-12:] in table[1], "Jantje" in table[1]) == (0, True, False)
    listed = corv("gezien")
    assert (listed[0], "genegeerd" in listed[1], "opgenomen" in listed[1], "Jantje" in listed[1]) == (0, True, False, False)


def test_gezien_does_not_list_what_only_got_its_name_or_its_file(werkmap: Werkmap, corv: Run) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    inbox = werkmap.path / "inbox/corv"
    for name in ("een.xml.tmp", "twee.xml.klaar", "weg.tmp"):
        werkmap.drop("corv", name, b"")
    werkmap.run()
    (inbox / "een.xml.tmp").rename(inbox / "een.xml")
    werkmap.drop("corv", "een.xml.klaar", b"")
    werkmap.drop("corv", "twee.xml", message(MELDING))
    werkmap.run()
    (inbox / "weg.tmp").unlink()
    werkmap.run()

    listed = [json.loads(line) for line in corv("gezien", "--json")[1].splitlines()]
    assert [(row["lot"], row["reden"]) for row in listed] == [("verdwenen", "de naam zegt dat iemand er nog aan schrijft")]
    assert "kreeg een andere naam" in corv("gezien", "een.xml.tmp")[1]
    assert len(corv("gezien", "--lot", "verdwenen", "--json")[1].splitlines()) == 3


def test_gezien_says_clearly_that_a_name_was_never_seen_and_since_when_it_would_know(werkmap: Werkmap, corv: Run) -> None:
    werkmap.run_with("corv", message(MELDING))

    code, out, _ = corv("gezien", "geheim.xml")
    assert (code, "nooit iets gezien met precies deze naam" in out, "sinds" in out, "geheim" in out) == (1, True, True, False)
    assert corv("gezien", "geheim.xml", "--json")[:2] == (1, "")
    assert corv("gezien", "bericht.xml", "--kanaal", "eigen")[0] == 1
    assert corv("gezien", "bericht.xml", "--lot", "verdwenen")[0] == 1
    assert corv("gezien", "--sinds", "2d")[:2] == (
        0,
        "Er wacht niets, er wordt niets genegeerd en er verdween niets dat hieraan voldoet.\n",
    )


def test_a_name_that_is_no_utf8_is_asked_for_as_it_is_stored(werkmap: Werkmap, corv: Run) -> None:
    path = os.path.join(os.fsencode(werkmap.path / "inbox/corv"), b"latin1-\xe9.xml")  # noqa: PTH118 - a name in bytes
    with open(path, "wb") as file:  # noqa: PTH123 - idem
        file.write(message(MELDING))
    werkmap.run()

    assert corv("gezien", "latin1-\\xe9.xml")[0] == 0
