"""`corv herstel` after an accident: it ends in a state that it describes truthfully, and nothing is sent twice otherwise."""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import uuid_utils.compat
from meldingen import IN_TWENTE

from conftest import OURS, START, TWENTE, Werkmap, message
from corv.clock import utc_now
from corv.outcome import Status

Corv = Callable[..., tuple[int, str, str]]
DROPS = (
    ("eigen", "vto.xml", "vtoDi01/minimaal.xml"),
    ("corv", "melding.xml", "vtMeldingDi01/minimaal.xml"),
    ("corv", "twente.xml", "vtMeldingDi01/aan-ander-vt.xml"),
    ("corv", "afgekapt.xml", "onleesbaar/afgekapt.xml"),
)


def kinds(out: str) -> list[tuple[str, bool]]:
    """What `corv herstel --json` lists."""
    return [(item["verschil"], item["gedaan"]) for item in map(json.loads, out.splitlines())]


def drop_all(werkmap: Werkmap) -> None:
    for kanaal, name, sample in DROPS:
        werkmap.drop(kanaal, name, message(sample))


def whole_history(werkmap: Werkmap) -> dict[str, Any]:
    return {row["id"]: (row["status"], row["kanaal"], row["bestand"], row["sha256"]) for row in werkmap.rows()}


def test_nothing_to_do_is_said(werkmap: Werkmap, corv: Corv) -> None:
    drop_all(werkmap)
    werkmap.run()

    assert corv("herstel") == (0, "Administratie en mappen kloppen met elkaar.\n", "")
    assert corv("herstel", "--uitvoeren", "--grondig") == (0, "Er viel niets te herstellen.\n", "")


def test_a_deleted_outbox_file_counts_as_fetched_and_can_be_delivered_again(werkmap: Werkmap, corv: Corv) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    file = werkmap.path / f"outbox/corv/{row['id']}-Bv01.xml"
    before = file.read_bytes()
    file.unlink()

    assert kinds(corv("herstel", "--json")[1]) == [("niet meer in de outbox", False)]
    assert kinds(corv("herstel", "--uitvoeren", "--json")[1]) == [("niet meer in de outbox", True)]
    assert corv("herstel")[0] == 0
    assert not file.exists()
    assert corv("bezorg", row["id"], "--opnieuw", "--soort", "Bv01", "--reden", "kwijt", "--door", "jan")[0] == 0
    assert file.read_bytes() == before


def claimed_only(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pass that stops between recording and deciding; gives the claimed file."""
    werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    with monkeypatch.context() as patch:
        patch.setattr("corv.taking.handle_recorded", lambda *_: None)
        werkmap.run()
    (claimed,) = (werkmap.path / "inbox/corv/.werk").glob("*.xml")
    return claimed


def test_a_deleted_claim_is_closed_with_attention_and_its_sender_is_not_answered(
    werkmap: Werkmap, corv: Corv, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed = claimed_only(werkmap, monkeypatch)
    claimed.unlink()

    assert kinds(corv("herstel", "--json")[1]) == [("bestand verdwenen", False)]
    assert "moet het zoeken" in "".join(werkmap.run().problems)
    assert corv("herstel", "--uitvoeren")[0] == 0

    (row,) = werkmap.rows()
    assert (row["status"], row["bestand"], sorted(werkmap.written(row))) == (
        "onleesbaar",
        None,
        ["eigen/aandacht/onleesbaar.txt"],
    )
    assert "bestand is verdwenen" in corv("toon", row["id"])[1]
    assert corv("aandacht")[0] == 1
    assert corv("herstel")[0] == 0
    assert werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))["status"] == Status.GEACCEPTEERD


@pytest.mark.parametrize("fetch", [False, True], ids=["outbox still full", "everything was fetched"])
def test_yesterdays_database_with_todays_folders_knows_everything_again_and_sends_nothing(
    werkmap: Werkmap, corv: Corv, tmp_path: Path, fetch: bool
) -> None:
    werkmap.handle("corv", message("notificatieDi01/minimaal.xml"))
    shutil.copy(werkmap.path / "data/corv.sqlite", tmp_path / "gisteren.sqlite")
    drop_all(werkmap)
    werkmap.run()
    before = whole_history(werkmap)
    if fetch:
        for name in werkmap.outbox():
            (werkmap.path / "outbox" / name).unlink()
    files = werkmap.outbox()
    shutil.copy(tmp_path / "gisteren.sqlite", werkmap.path / "data/corv.sqlite")

    assert kinds(corv("herstel", "--json")[1])[-4:] == [("onbekend in het archief", False)] * 4
    assert corv("herstel", "--uitvoeren")[0] == 0

    assert whole_history(werkmap) == before
    assert werkmap.outbox() == files
    assert corv("herstel", "--grondig")[0] == 0
    assert werkmap.run().written == 0
    # A repeat is known as such, and gets the answers whose bytes are known.
    repeat = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    again = {name.rpartition("-")[2]: payload for name, payload in werkmap.outbox().items() if repeat["id"] in name}
    first = {name.rpartition("-")[2]: payload for name, payload in files.items() if repeat_of(werkmap, repeat["id"]) in name}
    assert repeat["status"] == "herhaald"
    assert again == ({} if fetch else {name: first[name] for name in ("Bv01.xml", "Bv03.xml")})


def repeat_of(werkmap: Werkmap, id_: str) -> str:
    return str(werkmap.whole(id_)["bericht"]["hoort_bij"])


def test_a_restored_database_is_noticed_by_the_next_pass_itself(werkmap: Werkmap, tmp_path: Path) -> None:
    werkmap.handle("corv", message("notificatieDi01/minimaal.xml"))
    shutil.copy(werkmap.path / "data/corv.sqlite", tmp_path / "gisteren.sqlite")
    drop_all(werkmap)
    werkmap.run()
    before, files = whole_history(werkmap), werkmap.outbox()
    shutil.copy(tmp_path / "gisteren.sqlite", werkmap.path / "data/corv.sqlite")

    assert werkmap.run().written == 0
    assert (whole_history(werkmap), werkmap.outbox()) == (before, files)


def test_a_half_written_archive_file_makes_way_for_the_whole_one(
    werkmap: Werkmap, corv: Corv, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("corv.handler.put_to_rest", lambda *_: None)
        row = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    archived = werkmap.path / row["bestand"]
    archived.parent.mkdir(parents=True)
    archived.write_bytes(message("vtMeldingDi01/minimaal.xml")[:100])

    assert kinds(corv("herstel", "--json")[1]) == [("archief beschadigd", False)]
    assert corv("herstel", "--uitvoeren")[0] == 0
    assert archived.read_bytes() == message("vtMeldingDi01/minimaal.xml")
    assert [path.name for path in (werkmap.path / "data/quarantaine").iterdir()] == [f"{row['id']}.xml.beschadigd-1"]
    assert corv("herstel", "--grondig")[0] == 0


def test_what_only_a_person_can_put_right_is_told_and_left(werkmap: Werkmap, corv: Corv) -> None:
    drop_all(werkmap)
    werkmap.run()
    by_status = {row["status"]: row for row in werkmap.rows()}
    (werkmap.path / by_status["geaccepteerd"]["bestand"]).unlink()
    (werkmap.path / by_status["te_beoordelen"]["bestand"]).write_bytes(b"half")
    (werkmap.path / "outbox/corv/vreemd.xml").write_bytes(b"?")
    (werkmap.path / "outbox/corv/.klaar/vreemd.xml").write_bytes(b"?")
    (werkmap.path / "inbox/corv/.werk/vreemd.xml").write_bytes(b"?")
    expected = ["archief stuk", "archief mist", "vreemd in .klaar", "vreemd in de outbox", "vreemd in .werk"]

    assert [kind for kind, _ in kinds(corv("herstel", "--json")[1])] == expected
    code, out, _ = corv("herstel", "--uitvoeren", "--json")
    assert (code, kinds(out)) == (1, [(kind, False) for kind in expected])
    assert "reservekopie" in corv("herstel")[1]


def test_an_event_that_was_changed_is_found_by_a_thorough_look(werkmap: Werkmap, corv: Corv) -> None:
    drop_all(werkmap)
    werkmap.run()
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db:
        db.execute("DROP TRIGGER gebeurtenis_vast")
        db.execute("UPDATE gebeurtenis SET gegevens = '{}' WHERE volgnr = 3")
        db.commit()

    assert corv("herstel")[0] == 0
    assert [
        (item["verschil"], item["waar"]) for item in map(json.loads, corv("herstel", "--grondig", "--json")[1].splitlines())
    ] == [("keten verbroken", "gebeurtenis 3")]


def of_yesterday(werkmap: Werkmap, tmp_path: Path) -> Callable[[], None]:
    """Keep the database as it is now; gives what puts it back."""
    werkmap.run()
    kept = tmp_path / "gisteren.sqlite"
    shutil.copy(werkmap.path / "data/corv.sqlite", kept)
    return lambda: void(shutil.copy(kept, werkmap.path / "data/corv.sqlite"))


def void(_: object) -> None:
    """For a lambda that gives nothing."""


def fetch_all(werkmap: Werkmap) -> None:
    for name in werkmap.outbox():
        (werkmap.path / "outbox" / name).unlink()


@pytest.mark.parametrize("by_herstel", [True, False], ids=["herstel", "the next pass"])
def test_of_a_file_that_was_claimed_after_the_back_up_a_person_decides(
    werkmap: Werkmap, corv: Corv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_herstel: bool
) -> None:
    restore = of_yesterday(werkmap, tmp_path)
    id_ = claimed_only(werkmap, monkeypatch).stem
    restore()

    if by_herstel:
        assert kinds(corv("herstel", "--json")[1]) == [("onbekend in .werk", False)]
        assert corv("herstel", "--uitvoeren")[0] == 0
    else:
        werkmap.run()
    assert [(row["id"], row["status"]) for row in werkmap.rows()] == [(id_, "te_beoordelen")]
    assert sorted(werkmap.outbox()) == [f"eigen/aandacht/{id_}-vtMeldingDi01.{kind}" for kind in ("txt", "xml")]
    assert corv("beslis", id_, "--accepteer", "--reden", "Nagevraagd", "--door", "jan")[0] == 0
    assert {f"corv/{id_}-Bv01.xml", f"eigen/{id_}-vtMeldingDi01.xml"} <= set(werkmap.outbox())
    assert corv("herstel", "--grondig")[0] == 0


def test_a_batch_that_stopped_half_way_staging_is_never_taken_for_delivered(
    werkmap: Werkmap, corv: Corv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore = of_yesterday(werkmap, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("corv.store.Store.commit", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
        with pytest.raises(KeyboardInterrupt):
            werkmap.run()
    for staged in (werkmap.path / "outbox").glob("*/.klaar/*"):
        staged.write_bytes(staged.read_bytes()[:50])
    restore()

    werkmap.run()
    assert [row["status"] for row in werkmap.rows()] == ["te_beoordelen"]
    assert {name.split("/")[1] for name in werkmap.outbox()} == {"aandacht"}
    assert corv("aandacht")[0] == 1


def test_what_a_person_decided_after_the_back_up_shows_from_what_lies_in_the_outbox(
    werkmap: Werkmap, corv: Corv, tmp_path: Path
) -> None:
    restore = of_yesterday(werkmap, tmp_path)
    id_ = werkmap.handle("corv", message("vtMeldingDi01/aan-ander-vt.xml"))["id"]
    corv("beslis", id_, "--weiger", "--reden", "Niet voor ons", "--door", "jan")
    files = werkmap.outbox()
    restore()

    werkmap.run()
    assert (werkmap.rows()[0]["status"], werkmap.outbox(), corv("aandacht")[0]) == ("geweigerd", files, 0)
    repeat = werkmap.handle("corv", message("vtMeldingDi01/aan-ander-vt.xml"))
    assert werkmap.written(repeat) == {"corv/Bv03.xml", "corv/Fo01.xml"}
    assert corv("herstel", "--grondig")[0] == 0


@pytest.mark.parametrize(
    ("then", "now", "status"), [("waarschuwing", "fout", "geaccepteerd"), ("fout", "uit", "geweigerd")], ids=["sent", "refused"]
)
@pytest.mark.parametrize("is_fetched", [False, True], ids=["lies there", "was fetched"])
def test_a_rule_that_weighs_otherwise_now_does_not_change_what_was_sent_or_refused(
    werkmap: Werkmap,
    corv: Corv,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    then: str,
    now: str,
    status: str,
    is_fetched: bool,
) -> None:
    werkmap.now = utc_now() - timedelta(hours=1)
    monkeypatch.setattr(werkmap, "new_id", lambda: uuid7_at(werkmap.now))
    restore = of_yesterday(werkmap, tmp_path)
    regels = werkmap.path / "config/regels.toml"
    regels.write_text(f'[[regel]]\nid = "bsn-elfproef"\nverzenden = "{then}"\n', encoding="utf-8")
    row = werkmap.handle("eigen", message("vtoDi01/tegen-een-regel.xml"))
    assert row["status"] == status
    if is_fetched:
        fetch_all(werkmap)
    files = werkmap.outbox()
    regels.write_text(f'[[regel]]\nid = "bsn-elfproef"\nverzenden = "{now}"\n', encoding="utf-8")
    restore()
    corv("herstel", "--uitvoeren")

    (taken_back,) = werkmap.rows()
    if is_fetched:  # nothing shows what became of it, and the rule of now was not in force
        assert (taken_back["id"], taken_back["status"]) == (row["id"], "te_beoordelen")
    else:
        kinds_now = {output["soort"] for output in werkmap.whole(row["id"])["uitvoer"]}
        assert (taken_back["id"], taken_back["status"]) == (row["id"], status)
        assert kinds_now == ({"bezorging"} if status == "geaccepteerd" else {"Fo01"})
        assert werkmap.outbox() == files


def test_of_what_an_own_rule_refused_and_was_fetched_a_person_decides(
    werkmap: Werkmap, corv: Corv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, wrong = message("vtoDi01/minimaal.xml"), message("vtoDi01/minimaal.xml").replace(b">Laag<", b">Hoog<")
    for name, content in (("goed.xml", good), ("fout.xml", wrong)):
        (werkmap.path / "config" / name).write_bytes(content)
    (werkmap.path / "config/regels-eigen.toml").write_text(
        '[[regel]]\nid = "eigen-urgentie"\nberichten = ["vtoDi01"]\n'
        "test = \"JZ:object/StUF:extraElementen/StUF:extraElement[@naam='urgentie'] != 'Hoog'\"\n"
        'tekst = "Bel eerst met de Raad."\nniveau = "fout"\ngoed = "goed.xml"\nfout = "fout.xml"\n',
        encoding="utf-8",
    )
    restore = of_yesterday(werkmap, tmp_path)
    werkmap.now = utc_now() + timedelta(minutes=1)  # these rules were in force before it came in
    monkeypatch.setattr(werkmap, "new_id", lambda: uuid7_at(werkmap.now))
    assert werkmap.handle("eigen", wrong)["status"] == "geweigerd"
    fetch_all(werkmap)
    restore()
    corv("herstel", "--uitvoeren")

    (taken_back,) = werkmap.rows()
    assert taken_back["status"] == "te_beoordelen"  # whether the rule could be asked then, nobody knows
    assert "niet bekend is of het daarom is geweigerd" in werkmap.whole(taken_back["id"])["besluit"]["reden"]


def test_a_stranger_in_the_outbox_is_never_believed(werkmap: Werkmap, tmp_path: Path) -> None:
    restore = of_yesterday(werkmap, tmp_path)
    id_ = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))["id"]
    fetch_all(werkmap)
    secret = tmp_path / "geheim"
    secret.write_text("niet voor buiten", encoding="utf-8")
    (werkmap.path / f"outbox/corv/{id_}-Bv01.xml").symlink_to(secret)
    os.mkfifo(werkmap.path / f"outbox/corv/{id_}-Bv03.xml")
    restore()

    werkmap.run()
    assert [row["status"] for row in werkmap.rows()] == ["geaccepteerd"]
    assert b"niet voor buiten" not in (werkmap.path / "data/corv.sqlite").read_bytes()
    (werkmap.path / f"outbox/corv/{id_}-Bv01.xml").unlink()
    (werkmap.path / f"outbox/corv/{id_}-Bv03.xml").unlink()
    repeat = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    assert (repeat["status"], werkmap.outbox()) == ("herhaald", {})


def test_while_something_can_not_be_taken_back_nothing_new_is_taken(werkmap: Werkmap, tmp_path: Path) -> None:
    restore = of_yesterday(werkmap, tmp_path)
    werkmap.handle("eigen", message("vtoDi01/minimaal.xml"))
    fetch_all(werkmap)
    restore()
    away = (werkmap.path / "outbox/eigen").rename(tmp_path / "weg")
    werkmap.drop("eigen", "nog-eens.xml", message("vtoDi01/minimaal.xml"))

    assert (werkmap.run().waiting > 0, werkmap.rows(), werkmap.outbox()) == (True, [], {})
    away.rename(werkmap.path / "outbox/eigen")
    werkmap.run()
    assert [row["status"] for row in werkmap.rows()] == ["herhaald", "geaccepteerd"]
    assert werkmap.outbox() == {}


@pytest.mark.parametrize("by_herstel", [True, False], ids=["herstel", "the next pass"])
def test_after_a_restore_faults_and_repeats_are_as_they_were_and_time_went_on(
    werkmap: Werkmap, corv: Corv, tmp_path: Path, by_herstel: bool
) -> None:
    restore = of_yesterday(werkmap, tmp_path)
    ids = iter(uuid7_at(START + timedelta(minutes=minute)) for minute in range(9))
    werkmap.new_id = lambda: next(ids)  # type: ignore[method-assign]
    samples = (
        ("eigen", "vtTerugkoppelingDi01/minimaal.xml"),
        ("corv", "Fo03Bericht/op-terugkoppeling.xml"),
        ("corv", "vtMeldingDi01/minimaal.xml"),
        ("corv", "vtMeldingDi01/andere-voorvoegsels.xml"),
    )
    for kanaal, sample in samples:
        werkmap.handle(kanaal, message(sample))
    before = whole_history(werkmap)
    restore()
    werkmap.now += timedelta(days=9)

    _ = corv("herstel", "--uitvoeren") if by_herstel else werkmap.run()
    assert whole_history(werkmap) == before
    sent = next(row for row in werkmap.rows() if row["functie"] == "vtTerugkoppelingDi01")
    delivered = [output["bezorgd_op"][:10] for output in werkmap.whole(sent["id"])["uitvoer"]]
    assert (sent["status"], delivered) == ("beantwoord_met_fout", [f"{START:%Y-%m-%d}"])


@pytest.mark.parametrize("by_herstel", [True, False], ids=["herstel", "the next pass"])
def test_after_a_restore_the_message_that_came_in_first_is_still_the_first(
    werkmap: Werkmap, corv: Corv, tmp_path: Path, by_herstel: bool
) -> None:
    werkmap.configure('klaarteken = ""', 'klaarteken = ".klaar"')
    werkmap.now, werkmap.new_id = utc_now(), uuid_utils.compat.uuid7  # type: ignore[method-assign]
    restore = of_yesterday(werkmap, tmp_path)
    for name in ("eerst-gezien.xml", "eerst-opgepakt.xml"):
        werkmap.drop("corv", name, message("vtMeldingDi01/minimaal.xml"))
        werkmap.run()  # both wait, and have their id
    for name in ("eerst-opgepakt.xml.klaar", "eerst-gezien.xml.klaar"):
        werkmap.drop("corv", name, b"")
        werkmap.run()
    before, came_in = whole_history(werkmap), order_of_receipt(werkmap)
    restore()

    _ = corv("herstel", "--uitvoeren") if by_herstel else werkmap.run()
    assert (whole_history(werkmap), order_of_receipt(werkmap)) == (before, came_in)
    assert came_in != sorted(came_in)


def order_of_receipt(werkmap: Werkmap) -> list[str]:
    return [row["id"] for row in sorted(werkmap.rows(), key=lambda row: row["ontvangen_op"])]


def uuid7_at(moment: datetime) -> UUID:
    """An id as `app.new_id` would give it at that moment."""
    return UUID(int=(int(moment.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62) | moment.minute)


def test_a_file_that_was_set_apart_stays_so_after_a_restore(werkmap: Werkmap, corv: Corv, tmp_path: Path) -> None:
    werkmap.configure("grootste_bestand_mib = 64", "grootste_bestand_mib = 1")
    restore = of_yesterday(werkmap, tmp_path)
    large = message("vtMeldingDi01/minimaal.xml") + b" " * 1_200_000
    werkmap.handle("corv", large)
    werkmap.configure("grootste_bestand_mib = 1", "grootste_bestand_mib = 64")
    restore()

    werkmap.run()
    assert ([row["status"] for row in werkmap.rows()], corv("aandacht")[0]) == (["onleesbaar"], 1)


def test_a_back_up_made_between_claiming_and_recording_does_not_stand_in_the_way(
    werkmap: Werkmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.run()
    kept = tmp_path / "gisteren.sqlite"
    with monkeypatch.context() as patch:
        import corv.taking  # noqa: PLC0415

        real = corv.taking._claim_all

        def keep(*args: Any) -> Any:
            shutil.copy(werkmap.path / "data/corv.sqlite", kept)
            return real(*args)

        patch.setattr("corv.taking._claim_all", keep)
        werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    fetch_all(werkmap)
    shutil.copy(kept, werkmap.path / "data/corv.sqlite")

    assert werkmap.run().written == 0
    assert werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))["status"] == "herhaald"


def test_without_our_own_oin_nothing_is_taken_back(werkmap: Werkmap, corv: Corv, tmp_path: Path) -> None:
    restore = of_yesterday(werkmap, tmp_path)
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    restore()
    werkmap.configure(f'oins = ["{OURS}"]', "oins = []")

    assert "OIN" in corv("herstel", "--uitvoeren")[2]
    assert werkmap.rows() == []


def test_folders_that_are_not_there_are_told_and_nothing_is_concluded_of_them(
    werkmap: Werkmap, corv: Corv, tmp_path: Path
) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    for folder in ("inbox/corv", "inbox/eigen", "outbox/corv", "outbox/eigen"):
        (werkmap.path / folder).rename(tmp_path / folder.replace("/", "-"))

    assert kinds(corv("herstel", "--json")[1]) == [("niet te bekijken", False)] * 4
    assert corv("herstel", "--uitvoeren")[0] == 1


def test_what_is_under_way_in_a_former_folder_is_waited_for(
    werkmap: Werkmap, corv: Corv, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed_only(werkmap, monkeypatch)
    werkmap.configure('inbox = "inbox/corv"', 'inbox = "inbox/nieuw"')
    assert "eerdere inbox" in "".join(werkmap.run().problems)

    assert kinds(corv("herstel", "--json")[1]) == [("in een eerdere map", False)]
    assert corv("herstel", "--uitvoeren")[0] == 1
    werkmap.configure('inbox = "inbox/nieuw"', 'inbox = "inbox/corv"')
    werkmap.run()
    assert [row["status"] for row in werkmap.rows()] == ["geaccepteerd"]


def test_a_lost_file_that_comes_back_goes_apart_and_is_told(
    werkmap: Werkmap, corv: Corv, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed = claimed_only(werkmap, monkeypatch)
    content = claimed.read_bytes()
    claimed.unlink()
    corv("herstel", "--uitvoeren")
    claimed.write_bytes(content)

    assert "is er weer" in "".join(werkmap.run().problems)
    assert (werkmap.path / f"data/quarantaine/{claimed.name}").read_bytes() == content
    assert list(werkmap.path.parent.glob("*.txt")) == []
    assert werkmap.run().problems == {}


def test_an_answer_that_still_lies_in_the_outbox_is_not_written_again_under_other_bytes(
    werkmap: Werkmap, corv: Corv, tmp_path: Path
) -> None:
    id_ = werkmap.handle("corv", message("vtMeldingDi01/aan-ander-vt.xml"))["id"]
    restore = of_yesterday(werkmap, tmp_path)
    decide = ("beslis", id_, "--weiger", "--reden", "Niet voor ons", "--door", "jan")
    corv(*decide)
    files = werkmap.outbox()
    restore()

    assert kinds(corv("herstel", "--json")[1]) == [("vreemd in de outbox", False)]
    assert corv(*decide)[0] == 0
    assert werkmap.outbox() == files
    assert "lag al in de outbox" in corv("toon", id_)[1]
    assert (werkmap.run().problems, corv("herstel")[0]) == ({}, 0)


@pytest.mark.parametrize("by_person", [False, True], ids=["by the rules", "by a person"])
def test_what_was_sent_on_after_the_back_up_is_known_again_and_not_sent_twice(
    werkmap: Werkmap, corv: Corv, tmp_path: Path, by_person: bool
) -> None:
    if not by_person:
        werkmap.confirm("Veilig Thuis Twente", TWENTE)
    restore = of_yesterday(werkmap, tmp_path)
    id_ = werkmap.handle("corv", IN_TWENTE)["id"]
    if by_person:
        corv("beslis", id_, "--herrouteer", "VT19", "--reden", "Zij wonen daar", "--door", "jan")
    files = werkmap.outbox()
    assert f"corv/{id_}-VT19-vtMeldingDi01.xml" in files
    restore()

    werkmap.run()
    assert (werkmap.rows()[0]["status"], werkmap.outbox()) == ("herrouteerd", files)
    assert corv("herstel", "--grondig")[0] == 0
    again = werkmap.handle("corv", IN_TWENTE)
    assert (again["status"], werkmap.written(again)) == ("herhaald", {"corv/Bv03.xml", "corv/Bv01.xml"})
    made = [row for row in werkmap.whole(id_)["uitvoer"] if row["soort"] in {"doorsturing", "terugkoppeling"}]
    assert [row["sha256"] for row in made] == [hashlib.sha256(files[f"corv/{row['bestand']}"]).hexdigest() for row in made]


def test_what_was_sent_on_and_fetched_after_the_back_up_is_put_before_a_person(
    werkmap: Werkmap, corv: Corv, tmp_path: Path
) -> None:
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    restore = of_yesterday(werkmap, tmp_path)
    werkmap.handle("corv", IN_TWENTE)
    for name in werkmap.outbox():
        (werkmap.path / "outbox" / name).unlink()
    restore()

    werkmap.run()
    row = werkmap.rows()[0]
    assert (row["status"], werkmap.outbox()) == ("te_beoordelen", {})
    assert "of is het doorgestuurd" in werkmap.whole(row["id"])["besluit"]["reden"]
    assert corv("herstel", "--grondig")[0] == 0
