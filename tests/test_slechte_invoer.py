"""Bad input: each gets a row and a reason, the original is kept, and the rest of the pass is undisturbed."""

import os
import resource
from pathlib import Path
from typing import Any

import pytest

from conftest import Werkmap, message
from corv.handler import Deps
from corv.outcome import Status

GOOD = "vtMeldingDi01/minimaal.xml"


def test_nesting_without_end_is_unreadable_and_kept(werkmap: Werkmap) -> None:
    content = b"<a>" * 10_000 + b"</a>" * 10_000
    row = werkmap.handle("corv", content)

    assert (row["status"], row["bestand"]) == ("onleesbaar", f"data/quarantaine/{row['id']}.xml")
    assert (werkmap.path / row["bestand"]).read_bytes() == content
    reason = (werkmap.path / row["bestand"]).with_suffix(".txt").read_text(encoding="utf-8")
    assert reason == werkmap.whole(row["id"])["besluit"]["reden"]


def test_a_file_over_the_limit_is_not_read_into_memory(werkmap: Werkmap) -> None:
    werkmap.drop("corv", "goed.xml", message(GOOD))
    huge = werkmap.drop("corv", "groot.xml", b"")
    os.truncate(huge, 2 * 1024**3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = werkmap.run()

    assert report.statuses == {Status.GEACCEPTEERD: 1, Status.ONLEESBAAR: 1}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024
    row = next(row for row in werkmap.rows() if row["status"] == "onleesbaar")
    assert (werkmap.path / row["bestand"]).stat().st_size == 2 * 1024**3
    assert row["sha256"] is None
    assert werkmap.whole(row["id"])["bevindingen"][0]["code"] == "bestand-te-groot"
    os.truncate(werkmap.path / row["bestand"], 0)


def test_an_attachment_of_more_than_ten_megabytes_is_fine(werkmap: Werkmap) -> None:
    content = message("vtoDi01/minimaal.xml")
    start = content.index(b":inhoud")
    at = content.index(b">", start) + 1
    end = content.index(b"<", at)
    row = werkmap.handle("eigen", content[:at] + b"QUJD" * 3_500_000 + content[end:])

    assert row["status"] == "geaccepteerd"


def test_links_pipes_and_folders_stay_where_they_are_with_one_row_each(werkmap: Werkmap, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.xml"
    secret.write_bytes(message(GOOD))
    inbox = werkmap.path / "inbox/corv"
    (inbox / "koppeling.xml").symlink_to(secret)
    os.mkfifo(inbox / "pijp.xml")
    (inbox / "map.xml").mkdir()
    werkmap.drop("corv", "goed.xml", message("notificatieDi01/minimaal.xml"))

    first, second = werkmap.run(), werkmap.run()

    assert first.statuses == {Status.GEACCEPTEERD: 1, Status.ONLEESBAAR: 3}
    assert second.statuses == {}
    left = {path.name for path in inbox.iterdir() if not path.name.startswith(".corv-")}
    assert left == {".werk", "koppeling.xml", "pijp.xml", "map.xml"}
    rows = [row for row in werkmap.rows() if row["status"] == "onleesbaar"]
    assert {werkmap.whole(row["id"])["bericht"]["bestandsnaam"] for row in rows} == {"koppeling.xml", "pijp.xml", "map.xml"}
    assert all(row["bestand"] is None and row["sha256"] is None for row in rows)


@pytest.mark.parametrize(
    "name",
    [
        "met spatie.xml",
        "aan'hal\"ing.xml",
        "nieuwe\nregel.xml",
        "x" * 251 + ".xml",
        "ünïcode-é.xml",
        "zonder",
        "-rf",
        b"latin1-\xe9.xml",
    ],
)
def test_any_file_name_is_handled_and_shown_safely(werkmap: Werkmap, name: str | bytes) -> None:
    path = os.path.join(os.fsencode(werkmap.path / "inbox/corv"), os.fsencode(name))  # noqa: PTH118 - a name in bytes
    with open(path, "wb") as file:  # noqa: PTH123 - idem
        file.write(message(GOOD))
    report = werkmap.run()

    assert report.statuses == {Status.GEACCEPTEERD: 1}
    stored = werkmap.whole(werkmap.rows()[0]["id"])["bericht"]["bestandsnaam"]
    assert stored == (name if isinstance(name, str) else "latin1-\\xe9.xml")


def test_names_of_files_in_progress_are_left_alone(werkmap: Werkmap) -> None:
    names = {".verborgen.xml", "a.xml.tmp", "b.PART", "c.xml.processing", "d.filepart"}
    for name in names:
        werkmap.drop("corv", name, message(GOOD))
    report = werkmap.run()

    assert (report.handled, report.waiting) == (0, 0)
    left = {path.name for path in (werkmap.path / "inbox/corv").iterdir() if not path.name.startswith(".corv-")}
    assert left == names | {".werk"}


def test_the_same_name_twice_is_two_messages(werkmap: Werkmap) -> None:
    first = werkmap.handle("corv", message(GOOD), "zelfde.xml")
    second = werkmap.handle("corv", message("vtMeldingDi01/volledig.xml"), "zelfde.xml")

    assert [row["status"] for row in (first, second)] == ["geaccepteerd", "geaccepteerd"]
    assert first["id"] != second["id"]


def test_a_growing_file_waits_and_the_rest_goes_on(werkmap: Werkmap) -> None:
    werkmap.configure("stil_s = 0", "stil_s = 3")
    werkmap.configure("wacht_hoogstens_s = 30", "wacht_hoogstens_s = 8")
    growing = werkmap.drop("corv", "groeit.xml", b"<")
    werkmap.drop("corv", "goed.xml", message(GOOD))
    clock = iter(range(1000))

    def grow(_seconds: float) -> None:
        with growing.open("ab") as file:
            file.write(b"a")

    def with_growth(deps: Deps) -> Deps:
        return Deps(**{**vars(deps), "sleep": grow, "monotonic": lambda: float(next(clock))})

    report = werkmap.run(with_growth)

    assert (report.statuses, report.waiting) == ({Status.GEACCEPTEERD: 1}, 1)
    assert growing.exists()


def test_with_a_done_marker_a_file_waits_for_it(werkmap: Werkmap) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    werkmap.drop("corv", "a.xml", message(GOOD))
    assert werkmap.run().handled == 0

    werkmap.drop("corv", "a.xml.klaar", b"")
    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}
    assert werkmap.leftovers() == []


def test_an_inbox_that_is_gone_is_reported_and_the_other_goes_on(werkmap: Werkmap) -> None:
    werkmap.run()
    away = werkmap.path / "inbox/weg"
    (werkmap.path / "inbox/corv").rename(away)
    (werkmap.path / "inbox/corv").mkdir()  # what an unmounted share looks like: an empty folder
    werkmap.drop("eigen", "vto.xml", message("vtoDi01/minimaal.xml"))
    report = werkmap.run()

    assert report.statuses == {Status.GEACCEPTEERD: 1}
    assert "inbox/corv" in "".join(report.problems)

    (werkmap.path / "inbox/corv").rmdir()
    away.rename(werkmap.path / "inbox/corv")
    werkmap.drop("corv", "melding.xml", message(GOOD))
    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}


@pytest.mark.parametrize("during", ["staging", "delivering"])
def test_an_outbox_that_can_not_be_written_makes_its_messages_wait_and_goes_on_by_itself(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, during: str
) -> None:
    werkmap.run()
    outbox, away = werkmap.path / "outbox/eigen", werkmap.path / "outbox/weg"
    werkmap.drop("corv", "melding.xml", message(GOOD))
    werkmap.drop("eigen", "vto.xml", message("vtoDi01/minimaal.xml"))
    if during == "staging":
        outbox.rename(away)
        outbox.mkdir()
    else:
        monkeypatch.setattr("corv.folders.rename_new", _refuse_into(outbox))
    report = werkmap.run()

    assert report.problems
    assert not any(name.startswith("eigen/") for name in werkmap.outbox())
    assert any(name.startswith("corv/") and name.endswith("vtoDi01.xml") for name in werkmap.outbox())
    if during == "staging":
        assert report.waiting == 1
        outbox.rmdir()
        away.rename(outbox)
    monkeypatch.undo()

    werkmap.run()
    melding = next(row for row in werkmap.rows() if row["functie"] == "vtMeldingDi01")
    assert werkmap.written(melding) == {"corv/Bv03.xml", "corv/Bv01.xml", "eigen/vtMeldingDi01.xml"}
    assert werkmap.leftovers() == []


def _refuse_into(folder: Path) -> Any:
    from corv.durable import rename_new  # noqa: PLC0415 - before it is replaced

    def refuse(source: Path, target: Path) -> None:
        if target.parent == folder:
            raise PermissionError(13, "Permission denied", str(target))
        rename_new(source, target)

    return refuse


def test_a_file_of_our_name_in_the_outbox_is_never_overwritten(werkmap: Werkmap) -> None:
    werkmap.run()
    in_the_way = werkmap.path / "outbox/eigen/00000000-0000-4000-8000-000000000001-vtMeldingDi01.xml"
    in_the_way.write_bytes(b"van een ander")
    werkmap.drop("corv", "melding.xml", message(GOOD))
    report = werkmap.run()

    assert in_the_way.read_bytes() == b"van een ander"
    assert "er staat al een bestand met die naam" in "".join(report.problems)
    in_the_way.unlink()
    werkmap.run()
    assert in_the_way.read_bytes() == message(GOOD)


def test_a_failure_of_our_own_on_one_message_puts_a_melding_before_a_person(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("geheim uit het bericht")

    monkeypatch.setattr("corv.judging.decide", fail)
    werkmap.drop("corv", "melding.xml", message(GOOD))
    werkmap.drop("corv", "notificatie.xml", message("notificatieDi01/minimaal.xml"))
    werkmap.run()

    rows = {row["functie"]: row for row in werkmap.rows()}
    assert rows["vtMeldingDi01"]["status"] == "te_beoordelen"
    assert werkmap.written(rows["vtMeldingDi01"]) == {
        "corv/Bv03.xml",
        "eigen/aandacht/vtMeldingDi01.xml",
        "eigen/aandacht/vtMeldingDi01.txt",
    }
    assert rows["notificatieDi01"]["status"] == "geweigerd"
    assert werkmap.whole(rows["notificatieDi01"]["id"])["besluit"]["foutcode"] == "StUF058"
    assert not any(b"geheim" in content for content in werkmap.outbox().values())

    monkeypatch.undo()
    again = werkmap.handle("corv", message(GOOD))
    assert again["status"] == "geaccepteerd"


def test_without_our_oin_everything_waits(werkmap: Werkmap) -> None:
    werkmap.configure('oins = ["00000001999000001000"]', "oins = []")
    dropped = werkmap.drop("corv", "melding.xml", message(GOOD))
    report = werkmap.run()

    assert (report.handled, report.waiting, dropped.exists()) == (0, 1, True)
    assert "oins" in "".join(report.problems)


def test_a_claimed_file_that_no_ledger_knows_is_put_before_a_person(werkmap: Werkmap) -> None:
    werkmap.run()
    stray = werkmap.path / "inbox/corv/.werk/00000000-0000-4000-8000-00000000abcd.xml"
    stray.write_bytes(message(GOOD))
    report = werkmap.run()

    assert (report.waiting, [(row["id"], row["status"]) for row in werkmap.rows()]) == (0, [(stray.stem, "te_beoordelen")])
