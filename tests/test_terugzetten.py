"""`corv herstel` after an accident: it ends in a state that it describes truthfully, and nothing is sent twice otherwise."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from conftest import Werkmap, message
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
    assert again == {} if fetch else {name: first[name] for name in ("Bv01.xml", "Bv03.xml")}


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


def test_a_file_that_was_claimed_after_the_back_up_is_handled_under_its_own_id(
    werkmap: Werkmap, corv: Corv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.run()
    shutil.copy(werkmap.path / "data/corv.sqlite", tmp_path / "gisteren.sqlite")
    id_ = claimed_only(werkmap, monkeypatch).stem
    shutil.copy(tmp_path / "gisteren.sqlite", werkmap.path / "data/corv.sqlite")

    assert kinds(corv("herstel", "--json")[1]) == [("onbekend in .werk", False)]
    assert corv("herstel", "--uitvoeren")[0] == 0
    assert [(row["id"], row["status"]) for row in werkmap.rows()] == [(id_, "geaccepteerd")]
    assert sorted(werkmap.outbox()) == [f"corv/{id_}-Bv01.xml", f"corv/{id_}-Bv03.xml", f"eigen/{id_}-vtMeldingDi01.xml"]


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
