"""Going on after trouble: folders that are not ours, disks that refuse, files that went away. Each was once a defect."""

import itertools
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from lxml import etree

from conftest import OURS, Werkmap, message
from corv import cli
from corv.errors import StorageError
from corv.handler import Deps
from corv.outcome import Incoming, Outcome, Status
from corv.settings import Kanaal
from corv.watch import Entry

MELDING = "vtMeldingDi01/minimaal.xml"


def unmount(folder: Path) -> Path:
    """Put an empty folder in place of a share; gives where the share is now."""
    away = folder.with_name(f"{folder.name}-weg")
    folder.rename(away)
    folder.mkdir()
    return away


def mount(folder: Path, away: Path) -> None:
    shutil.rmtree(folder)
    away.rename(folder)


def refuse_delivery(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("corv.folders.rename_new", refuse)


@pytest.mark.parametrize("lookalike", [False, True], ids=["an empty mount point", "a mount point with folders of its own"])
def test_what_waits_for_an_outbox_is_delivered_when_the_share_is_back(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, lookalike: bool
) -> None:
    outbox = werkmap.path / "outbox/eigen"
    with monkeypatch.context() as patch:
        real = os.rename
        patch.setattr("corv.folders.Folders.deliver", lambda *_: (_ for _ in ()).throw(OSError(5, "I/O error")))
        werkmap.drop("corv", "melding.xml", message(MELDING))
        werkmap.run()
        assert real is os.rename
    away = unmount(outbox)
    if lookalike:
        (outbox / ".klaar").mkdir()
        (outbox / ".corv-van-een-andere-installatie").mkdir()
    report = werkmap.run()
    assert not any(name.startswith("eigen/") for name in werkmap.outbox())
    assert "eigen" in "".join(report.problems)

    mount(outbox, away)
    werkmap.run()
    row = werkmap.rows()[0]
    assert werkmap.written(row) == {"corv/Bv03.xml", "corv/Bv01.xml", "eigen/vtMeldingDi01.xml"}


def test_a_lost_database_is_never_silently_replaced(werkmap: Werkmap, capsys: pytest.CaptureFixture[str]) -> None:
    werkmap.handle("corv", message(MELDING))
    (werkmap.path / "data").rename(werkmap.path / "data-weg")
    werkmap.drop("corv", "volgende.xml", message("vtMeldingDi01/volledig.xml"))

    with pytest.raises(StorageError, match="eerder gebruikt"):
        werkmap.run()
    assert cli.run(["init", str(werkmap.path)]) == 3
    assert "reservekopie" in capsys.readouterr().err
    assert (werkmap.path / "inbox/corv/volgende.xml").exists()


def test_with_an_older_database_what_was_staged_is_delivered_as_it_was_and_what_nobody_knows_is_left(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.run()
    shutil.copy(werkmap.path / "data/corv.sqlite", werkmap.path / "gisteren.sqlite")
    with monkeypatch.context() as patch:
        patch.setattr("corv.folders.Folders.deliver", lambda *_: (_ for _ in ()).throw(OSError(5, "I/O error")))
        werkmap.handle("corv", message(MELDING))
    staged = {path.name: path.read_bytes() for path in werkmap.leftovers()}
    stranger = werkmap.path / f"outbox/corv/.klaar/{werkmap.new_id()}-Bv03.xml"
    stranger.write_bytes(b"van niemand")
    shutil.copy(werkmap.path / "gisteren.sqlite", werkmap.path / "data/corv.sqlite")
    report = werkmap.run()

    assert {Path(name).name: payload for name, payload in werkmap.outbox().items()} == staged
    assert (len(staged), report.written, report.waiting, werkmap.leftovers()) == (3, 3, 1, [stranger])
    assert "de database niet kent" in "".join(report.problems)


def test_init_makes_gone_folders_only_when_asked_and_not_while_something_is_under_way(
    werkmap: Werkmap, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.run()
    shutil.rmtree(werkmap.path / "outbox/eigen")
    assert cli.run(["init", str(werkmap.path)]) == 0
    assert not (werkmap.path / "outbox/eigen").exists()
    assert cli.run(["init", str(werkmap.path), "--mappen"]) == 0
    assert "outbox/eigen" in capsys.readouterr().out
    with monkeypatch.context() as patch:
        patch.setattr("corv.folders.Folders.deliver", lambda *_: (_ for _ in ()).throw(OSError(5, "I/O error")))
        werkmap.handle("corv", message(MELDING))
    away = werkmap.path / "outbox/eigen-weg"
    (werkmap.path / "outbox/eigen").rename(away)

    assert cli.run(["init", str(werkmap.path), "--mappen"]) == 3
    assert "onderweg" in capsys.readouterr().err
    away.rename(werkmap.path / "outbox/eigen")
    werkmap.run()
    assert "eigen/vtMeldingDi01.xml" in werkmap.written(werkmap.rows()[0])


def test_a_folder_that_is_new_in_the_configuration_is_made_by_itself(werkmap: Werkmap, tmp_path: Path) -> None:
    werkmap.run()
    werkmap.configure('inbox = "inbox/corv"', f'inbox = "{tmp_path}/nieuw/in"')
    werkmap.run()
    (tmp_path / "nieuw/in/melding.xml").write_bytes(message(MELDING))

    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}


def test_our_own_files_and_folders_are_for_us_alone(werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", message(MELDING))
    folders = [werkmap.path / "data", (werkmap.path / row["bestand"]).parent, werkmap.path / "data/quarantaine"]

    assert [folder.stat().st_mode & 0o077 for folder in folders] == [0, 0, 0]


def test_a_recorded_message_whose_file_is_gone_is_told_at_every_pass(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    werkmap.drop("corv", "melding.xml", message(MELDING))
    with monkeypatch.context() as patch:
        patch.setattr("corv.folders.Folders.stage", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        assert werkmap.run().waiting == 1
    (claimed,) = (path for path in werkmap.leftovers() if path.parent.name == ".werk")
    claimed.unlink()
    for _ in range(2):
        report = werkmap.run()
        assert report.waiting == 1
        assert "een mens moet het zoeken" in "".join(report.problems)


def test_a_claim_that_was_stopped_takes_no_file_that_changed_meanwhile(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    path = werkmap.drop("corv", "melding.xml", message(MELDING))
    with monkeypatch.context() as patch:
        patch.setattr("corv.folders.Folders.claim", lambda *_: (_ for _ in ()).throw(StorageError("stop")))
        with pytest.raises(StorageError):
            werkmap.run()
    whole = message("vtMeldingDi01/volledig.xml")
    path.write_bytes(whole[:3000])
    werkmap.configure("stil_s = 0", "stil_s = 60")
    clock = itertools.count(0, 20)
    report = werkmap.run(
        lambda deps: Deps(**{**vars(deps), "monotonic": lambda: float(next(clock)), "sleep": lambda _: path.touch()})
    )
    assert (report.handled, report.waiting, path.exists()) == (0, 1, True)

    path.write_bytes(whole)
    werkmap.configure("stil_s = 60", "stil_s = 0")
    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}


def test_a_done_marker_does_not_outlive_a_stop(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    werkmap.drop("corv", "a.xml", message(MELDING))
    marker = werkmap.drop("corv", "a.xml.klaar", b"")
    with monkeypatch.context() as patch:
        patch.setattr("corv.folders.Folders.remove_marker", lambda *_: (_ for _ in ()).throw(StorageError("stop")))
        with pytest.raises(StorageError):
            werkmap.run()
    assert marker.exists()
    assert werkmap.run().handled == 1
    assert not marker.exists()


def test_the_done_marker_of_the_next_file_of_that_name_outlives_a_stop(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    werkmap.drop("corv", "melding.xml", message(MELDING))
    werkmap.drop("corv", "melding.xml.klaar", b"")
    with monkeypatch.context() as patch:
        patch.setattr("corv.taking.handle_claims", lambda *_: (_ for _ in ()).throw(StorageError("stop")))
        with pytest.raises(StorageError):
            werkmap.run()
    werkmap.drop("corv", "melding.xml", message("notificatieDi01/minimaal.xml"))
    werkmap.drop("corv", "melding.xml.klaar", b"")

    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 2}
    assert werkmap.leftovers() == []


def test_a_file_without_its_done_marker_counts_as_waiting_and_is_not_waited_for(werkmap: Werkmap) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    werkmap.drop("corv", "a.xml", message(MELDING))

    def no_sleep(deps: Deps) -> Deps:
        def sleep(_: float) -> None:
            raise AssertionError("hierop wordt niet gewacht")

        return Deps(**{**vars(deps), "sleep": sleep})

    assert werkmap.run(no_sleep).waiting == 1


def test_an_inbox_that_can_not_be_changed_does_not_make_the_ledger_grow(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.drop("corv", "melding.xml", message(MELDING))
    with monkeypatch.context() as patch:
        refuse_delivery(patch)
        waited = [werkmap.run().waiting for _ in range(3)]
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db:
        (count,) = db.execute("SELECT count(*) FROM grootboek").fetchone()

    assert (waited, count) == ([1, 1, 1], 1)
    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}


def test_an_outbox_that_can_not_be_synced_does_not_stop_the_rest(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    werkmap.run()
    from corv.durable import sync_file  # noqa: PLC0415 - before it is replaced

    def refuse(path: Path) -> None:
        if path == werkmap.path / "outbox/eigen":
            raise PermissionError(13, "Permission denied", str(path))
        sync_file(path)

    monkeypatch.setattr("corv.handler.sync_file", refuse)
    werkmap.drop("corv", "melding.xml", message(MELDING))
    first = werkmap.run()
    werkmap.drop("eigen", "vto.xml", message("vtoDi01/minimaal.xml"))
    second = werkmap.run()

    assert (first.statuses, second.statuses) == ({Status.GEACCEPTEERD: 1}, {Status.GEACCEPTEERD: 1})
    assert "stroomuitval" in "".join(first.problems)
    assert not second.problems


def test_a_disk_that_refuses_one_channel_makes_only_its_messages_wait(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    from corv.durable import sync_all  # noqa: PLC0415 - before it is replaced

    def refuse(paths: list[Path]) -> None:
        if any("outbox/eigen" in str(path) for path in paths):
            raise OSError(28, "No space left on device")
        sync_all(paths)

    werkmap.drop("corv", "melding.xml", message(MELDING))
    werkmap.drop("eigen", "vto.xml", message("vtoDi01/minimaal.xml"))
    with monkeypatch.context() as patch:
        patch.setattr("corv.folders.sync_all", refuse)
        report = werkmap.run()
    assert (report.statuses, report.waiting) == ({Status.GEACCEPTEERD: 1}, 1)
    assert "de schijf is vol" in "".join(report.problems)

    werkmap.run()
    assert {row["status"] for row in werkmap.rows()} == {"geaccepteerd"}
    assert werkmap.leftovers() == []


def test_a_claim_that_may_come_undone_is_not_recorded(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    from corv.durable import sync_file  # noqa: PLC0415 - before it is replaced

    def refuse(path: Path) -> None:
        if path == werkmap.path / "inbox/eigen/.werk":
            raise OSError(5, "Input/output error")
        sync_file(path)

    werkmap.drop("corv", "melding.xml", message(MELDING))
    werkmap.drop("eigen", "vto.xml", message("vtoDi01/minimaal.xml"))
    with monkeypatch.context() as patch:
        patch.setattr("corv.folders.sync_file", refuse)
        report = werkmap.run()
    assert (report.statuses, report.waiting, len(werkmap.rows())) == ({Status.GEACCEPTEERD: 1}, 1, 1)
    assert "inbox/eigen/.werk" in "".join(report.problems)

    werkmap.run()
    assert [row["status"] for row in werkmap.rows()] == ["geaccepteerd", "geaccepteerd"]
    assert werkmap.leftovers() == []


def test_what_waits_is_read_in_batches_of_bounded_size(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    werkmap.configure("berichten_per_keer = 100", "berichten_per_keer = 2")
    for number in range(7):
        werkmap.drop(
            "eigen", f"{number}.xml", message("vtoDi01/minimaal.xml").replace(b"vto-2026-0001", f"vto-{number}".encode())
        )
    with monkeypatch.context() as patch:
        patch.setattr("corv.folders.Folders.stage", lambda *_: (_ for _ in ()).throw(OSError(28, "vol")))
        assert werkmap.run().waiting == 7
    sizes: list[int] = []
    from corv.handler import handle as real  # noqa: PLC0415 - before it is replaced

    def counting(batch: list[object], *args: object) -> None:
        sizes.append(len(batch))
        real(batch, *args)  # type: ignore[arg-type]

    monkeypatch.setattr("corv.taking.handle", counting)
    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 7}
    assert sizes == [2, 2, 2, 1]


def test_a_stop_that_was_asked_for_waits_for_one_batch_only(werkmap: Werkmap) -> None:
    werkmap.configure("berichten_per_keer = 100", "berichten_per_keer = 2")
    for number in range(6):
        werkmap.drop("corv", f"{number}.xml", message("vtMeldingDi01/leeg-referentienummer.xml"))

    report = werkmap.run(lambda deps: Deps(**{**vars(deps), "stopping": lambda: bool(werkmap.outbox())}))

    assert (report.handled, werkmap.run().handled) == (2, 4)


def test_a_message_from_us_to_us_is_sent_and_received(werkmap: Werkmap) -> None:
    content = message("vtTerugkoppelingDi01/ontvangen.xml").replace(b"00000001999000019000", OURS.encode())
    sent = werkmap.handle("eigen", content)
    received = werkmap.handle("corv", content)

    assert (sent["status"], received["status"]) == ("geaccepteerd", "geaccepteerd")
    assert "eigen/vtTerugkoppelingDi01.xml" in werkmap.written(received)


def test_after_an_fo03_on_what_we_sent_our_system_may_offer_it_again(werkmap: Werkmap) -> None:
    content = message("vtTerugkoppelingDi01/minimaal.xml")
    werkmap.handle("eigen", content)
    fault = werkmap.handle("corv", message("Fo03Bericht/op-terugkoppeling.xml"))
    again = werkmap.handle("eigen", content)

    assert werkmap.whole(fault["id"])["bericht"]["hoort_bij"] is not None
    assert (again["status"], werkmap.written(again)) == ("geaccepteerd", {"corv/vtTerugkoppelingDi01.xml"})


@pytest.mark.parametrize("how", ["root", "berichtcode"])
def test_a_technical_answer_is_never_answered(werkmap: Werkmap, how: str) -> None:
    change = {"root": (b"StUF0301", b"StUF0302"), "berichtcode": (b"Fo03Bericht", b"FoutBericht")}[how]
    row = werkmap.handle("corv", message("Fo03Bericht/op-terugkoppeling.xml").replace(*change))

    assert row["status"] == "geweigerd"
    assert {name.split("/")[1] for name in werkmap.written(row)} == {"aandacht"}


def test_a_fault_of_stuf_that_we_do_not_handle_is_put_before_a_person(werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", message("Fo01Bericht/op-vto.xml").replace(b"Fo01", b"Fo02"))

    assert werkmap.whole(row["id"])["besluit"]["foutcode"] == "StUF025"
    assert "eigen/aandacht/onbekend.txt" in werkmap.written(row)


def test_moments_rise_over_what_is_no_file(werkmap: Werkmap) -> None:
    for number in range(40):
        werkmap.drop("corv", f"{number}.xml", message("vtMeldingDi01/leeg-referentienummer.xml"))
    werkmap.run()
    (werkmap.path / "inbox/corv/map").mkdir()
    werkmap.run()
    werkmap.handle("corv", message(MELDING))
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db:
        moments = [moment for (moment,) in db.execute("SELECT antwoord_tijdstip FROM bericht ORDER BY volgnr")]

    assert moments == sorted(set(moments))


def test_the_note_says_truly_whether_the_sender_was_told(werkmap: Werkmap) -> None:
    told = werkmap.handle("corv", message("vtMeldingDi01/ongeldig-zonder-sash.xml"))
    not_told = werkmap.handle("corv", message("overig/te-lang-referentienummer.xml"))
    notes = {name: text.decode() for name, text in werkmap.outbox().items() if name.endswith(".txt")}

    assert "De afzender weet dat het bericht is geweigerd" in notes[f"eigen/aandacht/{told['id']}-vtMeldingDi01.txt"]
    assert "De afzender heeft geen antwoord gekregen" in notes[f"eigen/aandacht/{not_told['id']}-vtMeldingDi01.txt"]


def test_a_header_without_berichtcode_is_answered_with_its_own_fault(werkmap: Werkmap) -> None:
    content = message(MELDING).replace(b"<StUF:berichtcode>Di01</StUF:berichtcode>", b"")
    row = werkmap.handle("corv", content)

    assert werkmap.whole(row["id"])["besluit"]["foutcode"] == "StUF022"


def test_an_unknown_functie_is_told_before_a_berichtcode_that_does_not_fit(werkmap: Werkmap) -> None:
    content = message(MELDING).replace(b">Di01<", b">Bv01<").replace(b"functie>vtMeldingDi01", b"functie>onzin")
    row = werkmap.handle("corv", content)

    assert werkmap.whole(row["id"])["besluit"]["foutcode"] == "StUF034"


def test_a_repeat_is_known_also_when_a_field_is_far_too_long(werkmap: Werkmap) -> None:
    content = message(MELDING).replace(b"Politie-applicatie", b"P" * 500)
    werkmap.handle("corv", content)

    assert werkmap.handle("corv", content)["status"] == "herhaald"


@pytest.mark.parametrize(
    "content",
    [
        b"<a>" + b"<b/>" * 600_000 + b"</a>",
        b'<?xml version="1.0" encoding="UTF-7"?>' + ("+ADw-a+AD4-" + "+ADw-b/+AD4-" * 600_000 + "+ADw-/a+AD4-").encode(),
        b"<a " + b" ".join(b"a%d='1'" % number for number in range(100_000)) + b"/>",
    ],
    ids=["elements", "elements in UTF-7", "attributes"],
)
@pytest.mark.timeout(10)
def test_too_many_elements_or_attributes_are_refused_before_they_cost_time(werkmap: Werkmap, content: bytes) -> None:
    row = werkmap.handle("corv", content)

    assert werkmap.whole(row["id"])["bevindingen"][0]["code"] == "xml-grens"


def test_a_value_of_any_length_stays_out_of_every_text(werkmap: Werkmap) -> None:
    root = etree.fromstring(message("vtMeldingDi01/volledig.xml"))
    for element in root.iter("{*}geslachtsaanduiding", "{*}jeugzorgrol", "{*}inp.bsn", "{*}datumMelding"):
        element.text = "LEK' " * 20_000
    row = werkmap.handle("corv", etree.tostring(root))
    original = (werkmap.path / row["bestand"]).read_bytes()
    written = [path for path in werkmap.path.rglob("*") if path.is_file() and path.read_bytes() != original]

    assert row["status"] == "geweigerd"
    assert not [str(path) for path in written if b"LEK" in path.read_bytes()]


def test_a_large_original_in_aandacht_is_a_copy_of_its_own(werkmap: Werkmap) -> None:
    werkmap.configure("grootste_bestand_mib = 64", "grootste_bestand_mib = 1")
    content = b"<a>" + os.urandom(1 << 20) + bytes(3 << 20) + b"</a>"
    row = werkmap.handle("corv", content)
    (copy,) = (werkmap.path / "outbox/eigen/aandacht").glob("*.xml")

    assert copy.read_bytes() == content == (werkmap.path / row["bestand"]).read_bytes()
    assert copy.stat().st_ino != (werkmap.path / row["bestand"]).stat().st_ino


def test_a_slow_reader_of_a_long_list_does_not_keep_the_handler_from_committing(werkmap: Werkmap) -> None:
    from corv.audit import Audit, Filter  # noqa: PLC0415

    for number in range(3):
        werkmap.drop("corv", f"{number}.xml", message("vtMeldingDi01/leeg-referentienummer.xml"))
    werkmap.run()
    with Audit(werkmap.path / "data/corv.sqlite") as audit:
        listing = audit.messages(Filter())
        next(listing)  # and now the reader goes for coffee
        werkmap.drop("corv", "volgende.xml", message(MELDING))
        assert werkmap.run().handled == 1


def test_a_long_list_is_given_whole_and_in_order(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        werkmap.drop("corv", f"{number}.xml", message("vtMeldingDi01/leeg-referentienummer.xml"))
    werkmap.run()
    everything = [row["id"] for row in werkmap.rows()]
    monkeypatch.setattr("corv.audit._PAGE", 3)

    assert [row["id"] for row in werkmap.rows()] == everything
    assert len(set(everything)) == 7


def stop_in(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Make one operation fail as a stop would: nothing after it is done."""
    monkeypatch.setattr(name, lambda *_: (_ for _ in ()).throw(StorageError("stop")))


def no_delivery(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corv.folders.Folders.deliver", lambda *_: (_ for _ in ()).throw(OSError(5, "I/O error")))


def test_what_was_staged_in_another_outbox_is_not_taken_for_delivered(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    werkmap.run()
    werkmap.configure('outbox = "outbox/eigen"', 'outbox = "outbox/tweede"')
    with monkeypatch.context() as patch:
        no_delivery(patch)
        werkmap.handle("corv", message(MELDING))
    werkmap.configure('outbox = "outbox/tweede"', 'outbox = "outbox/eigen"')
    report = werkmap.run()
    assert "eerdere outbox" in "".join(report.problems)
    assert report.waiting == 1

    werkmap.configure('outbox = "outbox/eigen"', 'outbox = "outbox/tweede"')
    werkmap.run()
    assert "tweede/vtMeldingDi01.xml" in werkmap.written(werkmap.rows()[0])


def test_what_was_claimed_in_another_inbox_is_not_taken_for_vanished(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    werkmap.drop("corv", "melding.xml", message(MELDING))
    with monkeypatch.context() as patch:
        stop_in(patch, "corv.store.Store.record")
        with pytest.raises(StorageError):
            werkmap.run()
    werkmap.configure('inbox = "inbox/corv"', 'inbox = "inbox/tweede"')
    report = werkmap.run()
    assert "eerdere inbox" in "".join(report.problems)

    werkmap.configure('inbox = "inbox/tweede"', 'inbox = "inbox/corv"')
    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}


def test_an_outbox_without_its_klaar_folder_proves_no_delivery(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        no_delivery(patch)
        werkmap.handle("corv", message(MELDING))
    away = (werkmap.path / "outbox/eigen/.klaar").rename(werkmap.path / "klaar-weg")
    assert werkmap.run().problems

    away.rename(werkmap.path / "outbox/eigen/.klaar")
    werkmap.run()
    assert "eigen/vtMeldingDi01.xml" in werkmap.written(werkmap.rows()[0])


@pytest.mark.parametrize("instead", ["link", "pipe", "other file", "nothing"])
def test_a_file_that_was_replaced_after_the_listing_is_not_claimed(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, instead: str
) -> None:
    path = werkmap.drop("corv", "melding.xml", message(MELDING))
    secret = tmp_path / "geheim"
    secret.write_bytes(b"GEHEIM")
    from corv.store import Store  # noqa: PLC0415 - before it is replaced

    real = Store.add_claims

    def replaced(*args: object) -> None:
        real(*args)  # type: ignore[arg-type]
        path.unlink()
        if instead == "link":
            path.symlink_to(secret)
        elif instead == "pipe":
            os.mkfifo(path)
        elif instead == "other file":
            path.write_bytes(b"half")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "add_claims", replaced)
        assert werkmap.run().handled == 0
    assert werkmap.rows() == []
    assert os.path.lexists(path) is (instead != "nothing")
    assert not any(b"GEHEIM" in content for content in werkmap.outbox().values())


def test_an_emptied_database_is_refused(werkmap: Werkmap) -> None:
    werkmap.handle("corv", message(MELDING))
    (werkmap.path / "data/corv.sqlite").write_bytes(b"")

    with pytest.raises(StorageError, match="leeg"):
        werkmap.run()


def test_an_inbox_of_another_installation_is_never_taken_over(werkmap: Werkmap, tmp_path: Path) -> None:
    other = Werkmap(tmp_path / "ander")
    werkmap.run()
    werkmap.configure('inbox = "inbox/corv"', f'inbox = "{other.path}/inbox/corv"')
    dropped = other.drop("corv", "melding.xml", message(MELDING))

    assert "administratie" in "".join(werkmap.run().problems)
    assert dropped.exists()
    assert cli.run(["init", str(werkmap.path), "--mappen"]) == 3
    assert other.run().statuses == {Status.GEACCEPTEERD: 1}


def test_swapped_inboxes_are_not_taken_for_each_other(werkmap: Werkmap) -> None:
    werkmap.run()
    inboxes = [werkmap.path / "inbox/corv", werkmap.path / "inbox/eigen"]
    third = inboxes[0].rename(werkmap.path / "inbox/derde")
    inboxes[1].rename(inboxes[0])
    third.rename(inboxes[1])
    werkmap.drop("corv", "vto.xml", message("vtoDi01/minimaal.xml"))

    report = werkmap.run()
    assert (report.handled, len(report.problems) > 0) == (0, True)


def test_a_working_folder_may_be_moved_as_a_whole_even_with_work_under_way(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as patch:
        no_delivery(patch)
        werkmap.handle("corv", message(MELDING))
    werkmap.path = werkmap.path.rename(tmp_path / "verhuisd")
    assert not werkmap.run().problems
    assert werkmap.written(werkmap.rows()[0]) == {"corv/Bv03.xml", "corv/Bv01.xml", "eigen/vtMeldingDi01.xml"}
    unmount(werkmap.path / "outbox/eigen")
    werkmap.drop("corv", "volgende.xml", message("vtMeldingDi01/volledig.xml"))
    assert werkmap.run().waiting == 1


@pytest.mark.parametrize("lost", ["inbox/corv/.werk", "outbox/eigen/.klaar", "mark"])
def test_init_mends_an_inbox_or_outbox_that_lost_our_own_folders(
    werkmap: Werkmap, capsys: pytest.CaptureFixture[str], lost: str
) -> None:
    werkmap.run()
    (folder,) = (werkmap.path / "inbox/corv").glob(".corv-*") if lost == "mark" else [werkmap.path / lost]
    folder.rmdir()
    werkmap.drop("corv", "melding.xml", message(MELDING))
    for _ in range(2):
        assert werkmap.run().problems
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM grootboek WHERE lot = 'verdwenen'").fetchone() == (0,)
    assert cli.run(["init", str(werkmap.path), "--mappen"]) == 0
    assert "gemaakt" in capsys.readouterr().out
    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}


def test_a_failure_of_our_own_in_every_step_of_one_message_lets_the_others_through(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    import corv.judging  # noqa: PLC0415

    real = corv.judging.judge_one

    def fail_on_one(incoming: Incoming, *args: object) -> Outcome:
        if incoming.raw is not None and b"vtMeldingDi01" in incoming.raw:
            raise RuntimeError
        return real(incoming, *args)  # type: ignore[arg-type]

    werkmap.drop("corv", "melding.xml", message(MELDING))
    werkmap.drop("corv", "notificatie.xml", message("notificatieDi01/minimaal.xml"))
    with monkeypatch.context() as patch:
        patch.setattr("corv.judging.judge_one", fail_on_one)
        first = werkmap.run()
        werkmap.drop("eigen", "vto.xml", message("vtoDi01/minimaal.xml"))
        second = werkmap.run()
    assert [report.statuses for report in (first, second)] == [{Status.GEACCEPTEERD: 1}, {Status.GEACCEPTEERD: 1}]
    assert "Meld dit" in "".join(second.problems)
    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}


def test_one_name_that_can_not_be_looked_at_does_not_hide_the_others(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    from corv.watch import look  # noqa: PLC0415 - before it is replaced

    def refuse(kanaal: Kanaal, naam: str) -> Entry | None:
        if naam == "kapot.xml":
            raise OSError(116, "Stale file handle")
        return look(kanaal, naam)

    werkmap.drop("corv", "kapot.xml", message(MELDING))
    werkmap.drop("corv", "goed.xml", message("notificatieDi01/minimaal.xml"))
    monkeypatch.setattr("corv.watch.look", refuse)
    report = werkmap.run()

    assert (report.statuses, report.waiting) == ({Status.GEACCEPTEERD: 1}, 1)


def test_without_our_oin_what_was_recorded_waits_too(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    werkmap.drop("corv", "melding.xml", message(MELDING))
    with monkeypatch.context() as patch:
        patch.setattr("corv.folders.Folders.stage", lambda *_: (_ for _ in ()).throw(OSError(28, "vol")))
        werkmap.run()
    werkmap.configure(f'oins = ["{OURS}"]', "oins = []")
    werkmap.run()
    assert werkmap.rows()[0]["status"] == "ontvangen"

    werkmap.configure("oins = []", f'oins = ["{OURS}"]')
    assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}


def test_a_judgement_that_was_withdrawn_leaves_no_file(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    from corv.durable import sync_all  # noqa: PLC0415 - before it is replaced

    werkmap.drop("corv", "1.xml", message(MELDING))
    werkmap.drop("corv", "2.xml", message("vtMeldingDi01/zelfde-nummer-andere-inhoud.xml"))
    refusals = iter([True, True])

    def refuse_twice(paths: list[Path]) -> None:
        if next(refusals, False):
            raise OSError(28, "No space left on device")
        sync_all(paths)

    with monkeypatch.context() as patch:
        patch.setattr("corv.folders.sync_all", refuse_twice)
        assert werkmap.run().statuses == {Status.GEACCEPTEERD: 1}
    report = werkmap.run()
    assert (report.waiting, report.problems, werkmap.leftovers()) == (0, {}, [])
    assert {row["status"] for row in werkmap.rows()} == {"geaccepteerd", "geweigerd"}


def test_a_moved_outbox_that_is_not_mounted_later_is_not_taken_for_a_new_one(werkmap: Werkmap) -> None:
    werkmap.run()
    (werkmap.path / "outbox/eigen").rename(werkmap.path / "outbox/zaak")
    werkmap.configure('outbox = "outbox/eigen"', 'outbox = "outbox/zaak"')
    werkmap.run()
    away = (werkmap.path / "outbox/zaak").rename(werkmap.path / "weg")
    (werkmap.path / "outbox/zaak").mkdir()

    report = werkmap.run_with("corv", message("notificatieDi01/minimaal.xml"))
    assert (report.handled, list((werkmap.path / "outbox/zaak").iterdir())) == (0, [])
    (werkmap.path / "outbox/zaak").rmdir()
    away.rename(werkmap.path / "outbox/zaak")
    werkmap.run()
    assert any(name.startswith("zaak/") for name in werkmap.outbox())


def test_what_still_comes_in_a_former_inbox_is_told_at_every_pass(werkmap: Werkmap) -> None:
    werkmap.run()
    werkmap.configure('inbox = "inbox/corv"', 'inbox = "inbox/nieuw"')
    report = werkmap.run_with("corv", message(MELDING))
    assert (report.handled, report.waiting) == (0, 1)
    assert "eerdere inbox van kanaal corv" in "".join(report.problems)
