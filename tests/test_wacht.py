"""What a pass could not do is kept in data/corv.wacht and told at once; meanwhile nothing moves, afterwards all is done once."""

import errno
import json
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from conftest import START, Werkmap, message
from corv import durable, waiting
from corv.clock import utc_now
from corv.errors import StorageError
from corv.folders import Folders
from corv.health.machine import WaitFacts
from corv.health.values import Subject, Toestand
from corv.health_facts import look
from corv.waiting import NAME, note, read

MELDING = message("vtMeldingDi01/minimaal.xml")


def at(minute: int) -> Callable[[], datetime]:
    return lambda: START + timedelta(minutes=minute)


def told(werkmap: Werkmap, subject: str, *, after: timedelta = timedelta()) -> Subject:
    found = {one.onderwerp: one for one in look(werkmap.path, werkmap.now + after).onderwerpen}
    return found[subject]


# -- the file ----------------------------------------------------------------------------------------------------------


def test_each_reason_is_kept_since_it_was_first_told_and_the_file_goes_when_nothing_waits(tmp_path: Path) -> None:
    note(tmp_path, ["Vol.", "Bezet.", "Vol."], {}, at(1))
    note(tmp_path, ["Vol.", "Weg."], {Path("/in"): "geen rechten"}, at(2))
    found = read(tmp_path)
    text = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))
    mode = stat.S_IMODE((tmp_path / NAME).stat().st_mode)
    there = [path.name for path in tmp_path.iterdir()]
    note(tmp_path, [], {}, at(3))

    assert found == WaitFacts({"Vol.": at(1)(), "Weg.": at(2)()}, 0, {"/in": "geen rechten"})
    assert text == {
        "wacht": {"Vol.": at(1)().isoformat(), "Weg.": at(2)().isoformat()},
        "meer": 0,
        "zonder_seintje": {"/in": "geen rechten"},
    }
    assert (mode, there) == (0o600, [NAME])
    assert (read(tmp_path), [*tmp_path.iterdir()]) == (WaitFacts(), [])


def test_the_file_is_written_only_when_something_changed(tmp_path: Path) -> None:
    note(tmp_path, ["Vol.", "Weg."], {}, at(1))
    before = (tmp_path / NAME).stat()
    note(tmp_path, ["Weg.", "Vol."], {}, at(2))

    assert (tmp_path / NAME).stat() == before


def test_of_very_many_reasons_some_are_kept_and_the_others_counted(tmp_path: Path) -> None:
    note(tmp_path, [f"Bericht {number} wacht." for number in range(1000)], {}, at(1))

    found = read(tmp_path)
    assert (len(found.problems), found.meer) == (50, 950)


def test_a_file_that_can_not_be_written_is_logged_and_disturbs_nothing(tmp_path: Path) -> None:
    with capture_logs() as logs:
        note(tmp_path / "weg", ["Vol."], {}, at(1))

    assert [(line["event"], line["reden"]) for line in logs] == [
        ("wacht_niet_vastgelegd", "bestaat niet of is niet aangekoppeld")
    ]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"wacht": 3}', '{"wacht": {"a": "gisteren"}}', "\ud800"])
def test_a_damaged_file_is_told_and_the_next_pass_makes_it_anew(werkmap: Werkmap, content: str) -> None:
    werkmap.run()
    place = werkmap.path / "data" / NAME
    place.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(StorageError, match="beschadigd"):
        read(place.parent)
    damaged = told(werkmap, "wacht")
    note(place.parent, ["Vol."], {}, at(1))

    assert (damaged.toestand, told(werkmap, "scan:corv").toestand) == (Toestand.ONBEKEND, Toestand.GOED)
    assert read(place.parent).problems == {"Vol.": at(1)()}


def test_a_failure_of_our_own_is_told_without_its_text() -> None:
    text = "Een ronde liep vast op een fout in corv zelf (ValueError). Zij wordt herhaald. Meld dit."
    assert waiting.told(ValueError("geheim")) == text


# -- a pass ------------------------------------------------------------------------------------------------------------


def full(_source: Path, *_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("where", "name", "said"),
    [
        (Folders, "stage", "Schrijven naar de outbox lukt nu niet (de schijf is vol); het bericht wacht."),
        (Folders, "sync", "(de schijf is vol); het wacht."),
        (Folders, "claim", "is nu niet op te pakken (de schijf is vol); het wacht."),
        (Folders, "deliver", "Bezorgen in de outbox van kanaal corv lukt nu niet (de schijf is vol); het wordt herhaald."),
        (Folders, "put_to_rest", "lukt nu niet (de schijf is vol); het wordt herhaald."),
        (durable, "rename_new", "(de schijf is vol)"),
    ],
)
def test_a_full_disk_at_any_step_is_told_at_once_without_the_name_of_a_file_and_afterwards_all_is_done_once(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, where: object, name: str, said: str
) -> None:
    werkmap.now = utc_now()
    werkmap.drop("corv", "Jan-Jansen.xml", MELDING)
    with monkeypatch.context() as broken:
        broken.setattr(where, name, full)
        if where is durable:
            broken.setattr("corv.folders.rename_new", full)
        werkmap.run()
    while_full = (werkmap.path / "data" / NAME).read_text(encoding="utf-8")
    at_once, later = told(werkmap, "wacht"), told(werkmap, "wacht", after=timedelta(minutes=15))
    werkmap.run()

    assert said in at_once.tekst
    assert [at_once.toestand, later.toestand] == [Toestand.WAARSCHUWING, Toestand.KRITIEK]
    assert "Jansen" not in while_full
    assert told(werkmap, "wacht") == Subject("wacht", Toestand.GOED, "De laatste ronde hoefde nergens op te wachten.", aantal=0)
    assert not (werkmap.path / "data" / NAME).exists()
    assert len(werkmap.outbox()) == 3
    assert [row["status"] for row in werkmap.rows()] == ["geaccepteerd"]


@pytest.mark.parametrize(("table", "inbox"), [("grootboek", ["Jan-Jansen.xml"]), ("bericht", []), ("gebeurtenis", [])])
def test_while_a_row_of_the_audit_trail_can_not_be_committed_nothing_is_answered_or_filed(
    werkmap: Werkmap, table: str, inbox: list[str]
) -> None:
    werkmap.now = utc_now()
    werkmap.run()
    database = werkmap.path / "data/corv.sqlite"
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute(f"CREATE TRIGGER vol BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'Jan Jansen'); END")
        werkmap.drop("corv", "Jan-Jansen.xml", MELDING)
        for _ in range(3):
            with pytest.raises(StorageError):
                werkmap.run()
        refused = told(werkmap, "wacht")
        state = (
            werkmap.outbox(),
            [*(werkmap.path / "data/archief").rglob("*.xml")],
            [*(werkmap.path / "data/quarantaine").iterdir()],
        )
        visible = [path.name for path in (werkmap.path / "inbox/corv").iterdir() if not path.name.startswith(".")]
        originals = [path.read_bytes() for path in (werkmap.path / "inbox/corv").rglob("*.xml")]
        other.execute("DROP TRIGGER vol")
    werkmap.run()

    assert (state, visible, originals) == (({}, [], []), inbox, [MELDING])
    assert (refused.toestand, refused.aantal) == (Toestand.WAARSCHUWING, 1)
    assert "De database is nu niet te gebruiken (SQLITE_CONSTRAINT_TRIGGER); er is niets kwijt." in refused.tekst
    assert (len(werkmap.outbox()), [row["status"] for row in werkmap.rows()]) == (3, ["geaccepteerd"])
    assert told(werkmap, "wacht").toestand is Toestand.GOED


def test_a_failure_of_our_own_code_that_ends_a_pass_is_told(werkmap: Werkmap) -> None:
    def fail() -> bool:
        raise ValueError("Jan Jansen")

    werkmap.now = utc_now()
    werkmap.drop("corv", "a.xml", MELDING)
    with pytest.raises(ValueError, match="Jan"):
        werkmap.run(lambda deps: replace(deps, stopping=fail))

    assert "fout in corv zelf (ValueError)" in told(werkmap, "wacht").tekst
    assert "Jan" not in told(werkmap, "wacht").tekst


def test_a_name_that_somebody_else_gave_a_file_of_ours_is_not_told(werkmap: Werkmap) -> None:
    (werkmap.path / "outbox/corv/.klaar/Jan-Jansen.xml").touch()
    werkmap.run()

    (text,) = read(werkmap.path / "data").problems
    place = werkmap.path / "outbox/corv/.klaar"
    assert text == f"In {place} staat een bestand, dat de database niet kent; bekijk het zelf."


def test_a_folder_where_no_events_arrive_is_told_at_its_scan(werkmap: Werkmap) -> None:
    werkmap.now = utc_now()
    werkmap.run()
    note(werkmap.path / "data", [], {werkmap.path / "inbox/eigen": "geen rechten"}, at(1))

    silent, heard = told(werkmap, "scan:eigen"), told(werkmap, "scan:corv")
    assert (silent.toestand, heard.toestand, told(werkmap, "wacht").toestand) == (
        Toestand.WAARSCHUWING,
        Toestand.GOED,
        Toestand.GOED,
    )
    assert silent.tekst.endswith(
        "Corv krijgt daar geen seintje van een nieuw bestand (geen rechten) en kijkt daar alleen elke 30 seconden."
    )


def test_the_age_of_what_waits_is_never_good_when_a_clock_was_set_back(werkmap: Werkmap) -> None:
    werkmap.now = datetime(2020, 1, 1, tzinfo=UTC)
    note(werkmap.path / "data", ["Vol."], {}, at(1))

    assert told(werkmap, "wacht").toestand is Toestand.WAARSCHUWING


# -- seen from outside -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("closed", "subject"),
    [
        ("outbox/corv", "bezorgen:corv"),
        ("outbox/corv/.klaar", "bezorgen:corv"),
        ("inbox/eigen", "inbox:eigen"),
        ("inbox/eigen/.werk", "inbox:eigen"),
        ("data", "schijf:data"),
    ],
)
def test_a_folder_in_which_corv_may_not_write_is_told_at_once(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, closed: str, subject: str
) -> None:
    werkmap.now = utc_now()
    werkmap.run()
    before = told(werkmap, subject).toestand
    monkeypatch.setattr("os.access", lambda path, _mode: Path(path) != werkmap.path / closed)  # root may write everywhere

    found = told(werkmap, subject)
    assert (before, found.toestand) == (Toestand.GOED, Toestand.KRITIEK if closed == "data" else Toestand.WAARSCHUWING)
    assert f"corv mag niet schrijven in {Path(closed).name}" in found.tekst
    monkeypatch.setattr("os.geteuid", lambda: -1)  # what another user may do says nothing of corv
    assert told(werkmap, subject).toestand is Toestand.GOED


def test_a_disk_that_is_read_only_is_told_at_once_also_when_the_database_can_not_be_read(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.now = utc_now()
    werkmap.run()
    (werkmap.path / "data/corv.sqlite").write_bytes(b"")

    class ReadOnly:
        f_flag, f_bavail, f_frsize, f_favail, f_files = 1, 9_999_999, 4096, 99_999, 99_999

    monkeypatch.setattr("os.statvfs", lambda _path: ReadOnly)
    found = told(werkmap, "schijf:data")
    assert (found.toestand, found.tekst.partition(": ")[2]) == (Toestand.KRITIEK, "de schijf is alleen-lezen.")


def test_a_folder_of_ours_that_became_a_file_is_told_at_once(werkmap: Werkmap) -> None:
    werkmap.now = utc_now()
    werkmap.run()
    (werkmap.path / "outbox/corv/.klaar").rmdir()
    (werkmap.path / "outbox/corv/.klaar").touch()

    found = told(werkmap, "bezorgen:corv")
    assert (found.toestand, found.tekst) == (Toestand.WAARSCHUWING, "outbox/corv is niet te gebruiken: is geen map.")
