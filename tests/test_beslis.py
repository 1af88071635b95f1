"""A person at work: what waits, one decision a message with name and reason, and a file delivered again."""

import json
import multiprocessing
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from meldingen import melding

from conftest import TWENTE, Werkmap, message
from corv import cli
from corv.case import Case
from corv.cli import tonen
from corv.outcome import Status
from corv.stuf import STUF

Corv = Callable[..., tuple[int, str, str]]
WAITING = "vtMeldingDi01/aan-ander-vt.xml"
BY_JAN = ("--reden", "Het gezin woont bij ons", "--door", "jan")


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def waiting(werkmap: Werkmap) -> str:
    return str(werkmap.handle("corv", message(WAITING))["id"])


def events(werkmap: Werkmap, id_: str) -> list[str]:
    return [event["soort"] for event in werkmap.whole(id_)["gebeurtenissen"]]


def test_what_waits_for_a_decision_is_listed_and_what_does_not_is_not(werkmap: Werkmap, corv: Corv) -> None:
    assert corv("beoordelen") == (0, "Er wacht geen bericht op een besluit.\n", "")
    id_ = waiting(werkmap)
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))

    code, out, _ = corv("beoordelen", "--json")
    assert code == 1
    assert lines(out) == [
        {
            "id": id_,
            "ontvangen_op": werkmap.whole(id_)["bericht"]["ontvangen_op"],
            "functie": "vtMeldingDi01",
            "zender_organisatie": "00000002999000002000",
            "ontvanger_organisatie": TWENTE,
            "referentienummer": "b1f6a3d2-0e57-4c19-8f42-9d7c6b5a4e31",
            "naar": "VT19",
            "reden": "Het bericht is bij ons bezorgd, maar gericht aan een ander Veilig Thuis. "
            "De adressen van de minderjarigen liggen in VT19 (Veilig Thuis Twente). Een medewerker moet beslissen.",
            "uitkomst": "ander",
            "zekerheid": "middel",
            "kandidaten": [
                {
                    "wie": "persoon 1 (jeugdige)",
                    "veilig_thuis": ["VT19"],
                    "adressen": [{"soort": "formeel", "veilig_thuis": ["VT19"]}],
                },
                {
                    "wie": "persoon 2 (stiefouder)",
                    "veilig_thuis": ["VT19"],
                    "adressen": [{"soort": "formeel", "veilig_thuis": ["VT19"]}],
                },
            ],
            "wacht_uur": 0.0,
            "alarm": False,
        }
    ]
    assert id_[-12:] in corv("beoordelen")[1]


def test_candidates_begin_with_the_address_that_counts_and_name_the_soort_of_each(
    werkmap: Werkmap, corv: Corv, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tonen, "WIDTH_WITHOUT_TERMINAL", 500)
    jeugdige = {"rol": "jeugdige", "formeel": ("3511AB", "Utrecht"), "feitelijk": ("7511AB", "Enschede")}
    werkmap.handle("corv", melding([jeugdige, {"rol": "ouder met gezag", "feitelijk": ("3511AB", "Arnhem")}]))

    (row,) = lines(corv("beoordelen", "--json")[1])
    assert row["kandidaten"] == [
        {
            "wie": "persoon 1 (jeugdige)",
            "veilig_thuis": ["VT19", "VT20"],
            "adressen": [{"soort": "feitelijk", "veilig_thuis": ["VT19"]}, {"soort": "formeel", "veilig_thuis": ["VT20"]}],
        },
        {
            "wie": "persoon 2 (ouder met gezag)",
            "veilig_thuis": ["VT05", "VT20"],
            "adressen": [{"soort": "feitelijk", "veilig_thuis": ["VT05", "VT20"]}],
        },
    ]
    screen = " ".join(corv("beoordelen")[1].split())
    assert "VT19 (feitelijk), VT20 (formeel)" in screen
    assert "VT05 of VT20 (feitelijk)" in screen


def test_accepting_delivers_the_original_and_sends_the_bv01_then(werkmap: Werkmap, corv: Corv) -> None:
    id_ = waiting(werkmap)
    before = set(werkmap.outbox())

    code, out, err = corv("beslis", id_, "--accepteer", *BY_JAN)

    assert (code, err) == (0, "")
    assert "geaccepteerd door jan" in out
    assert set(werkmap.outbox()) - before == {f"corv/{id_}-Bv01.xml", f"eigen/{id_}-vtMeldingDi01.xml"}
    assert werkmap.outbox()[f"eigen/{id_}-vtMeldingDi01.xml"] == message(WAITING)
    whole = werkmap.whole(id_)
    assert whole["bericht"]["status"] == "geaccepteerd"
    assert {key: whole["besluit"][key] for key in ("door", "actie", "naar", "regel", "reden", "foutcode")} == {
        "door": "jan",
        "actie": "accepteer",
        "naar": "eigen",
        "regel": "besluit-van-een-mens",
        "reden": "Het gezin woont bij ons",
        "foutcode": None,
    }
    assert events(werkmap, id_)[-4:] == ["besloten", "afgehandeld", "bezorgd", "bezorgd"]
    assert corv("aandacht") == (0, "Niets vraagt aandacht.\n", "")
    assert werkmap.run().written == 0


def test_refusing_writes_an_fo01_with_the_reason_and_nothing_else(werkmap: Werkmap, corv: Corv) -> None:
    id_ = waiting(werkmap)
    before = set(werkmap.outbox())

    assert corv("beslis", id_[-12:], "--weiger", "--reden", "Niet voor ons", "--door", "jan")[0] == 0

    assert set(werkmap.outbox()) - before == {f"corv/{id_}-Fo01.xml"}
    root = etree.fromstring(werkmap.outbox()[f"corv/{id_}-Fo01.xml"])
    assert [root.findtext(f".//{{{STUF}}}{name}") for name in ("code", "details", "crossRefnummer")] == [
        "StUF055",
        "Een medewerker van de ontvanger heeft het bericht geweigerd. Reden: Niet voor ons",
        "b1f6a3d2-0e57-4c19-8f42-9d7c6b5a4e31",
    ]
    assert werkmap.whole(id_)["bericht"]["status"] == "geweigerd"


def test_the_answer_to_a_late_decision_has_a_later_moment_than_every_answer_before_it(werkmap: Werkmap, corv: Corv) -> None:
    id_ = waiting(werkmap)
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    corv("beslis", id_, "--accepteer", *BY_JAN)
    werkmap.handle("corv", message("notificatieDi01/minimaal.xml"))

    path = f".//{{{STUF}}}tijdstipBericht"
    moments = {
        name: etree.fromstring(payload).findtext(path) or "" for name, payload in werkmap.outbox().items() if "-Bv" in name
    }
    late = moments.pop(f"corv/{id_}-Bv01.xml")
    others = sorted(moments.values())
    assert others[-2] < late < others[-1]


def test_a_repeat_of_a_decided_message_gets_all_its_answers_again(werkmap: Werkmap, corv: Corv) -> None:
    id_ = waiting(werkmap)
    corv("beslis", id_, "--weiger", *BY_JAN)
    repeat = werkmap.handle("corv", message(WAITING))

    assert repeat["status"] == "herhaald"
    assert werkmap.written(repeat) == {"corv/Bv03.xml", "corv/Fo01.xml"}


@pytest.mark.parametrize("second", ["--accepteer", "--weiger"])
def test_a_second_decision_is_refused_and_told_who_and_when(werkmap: Werkmap, corv: Corv, second: str) -> None:
    id_ = waiting(werkmap)
    corv("beslis", id_, "--accepteer", *BY_JAN)
    files = werkmap.outbox()

    code, out, err = corv("beslis", id_, second, "--reden", "Toch anders", "--door", "piet")

    assert (code, out) == (2, "")
    assert "door jan, op 2" in err
    assert "Reden: Het gezin woont bij ons" in err
    assert werkmap.outbox() == files


def _decide(map_: Path, id_: str, name: str, start: Any, answers: Any) -> None:
    start.wait()
    answers.put((name, cli.run(["--map", str(map_), "beslis", id_, "--accepteer", "--reden", f"van {name}", "--door", name])))


@pytest.mark.slow
def test_of_two_who_decide_at_the_same_moment_one_wins_and_the_other_is_told(
    werkmap: Werkmap, capfd: pytest.CaptureFixture[str]
) -> None:
    id_ = waiting(werkmap)
    context = multiprocessing.get_context("spawn")
    start, answers = context.Barrier(2), context.Queue()
    processes = [context.Process(target=_decide, args=(werkmap.path, id_, name, start, answers)) for name in ("jan", "piet")]
    for process in processes:
        process.start()
    codes = dict(answers.get(timeout=50) for _ in processes)
    for process in processes:
        process.join()

    winner = next(name for name, code in codes.items() if code == 0)
    assert sorted(codes.values()) == [0, 2]
    assert f"al beslist door {winner}, op " in capfd.readouterr().err
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db:
        assert db.execute("SELECT door FROM besluit WHERE door <> 'corv'").fetchall() == [(winner,)]
    assert sorted(name for name in werkmap.outbox() if "aandacht" not in name) == [
        f"corv/{id_}-Bv01.xml",
        f"corv/{id_}-Bv03.xml",
        f"eigen/{id_}-vtMeldingDi01.xml",
    ]


def test_what_does_not_wait_can_not_be_decided_and_says_what_it_is(werkmap: Werkmap, corv: Corv) -> None:
    accepted = werkmap.handle("corv", message("notificatieDi01/minimaal.xml"))["id"]
    waits = waiting(werkmap)

    assert "de status is geaccepteerd" in corv("beslis", accepted, "--weiger", *BY_JAN)[2]
    assert "vraagt geen aandacht" in corv("beslis", accepted, "--afgehandeld", *BY_JAN)[2]
    assert "wacht op een besluit" in corv("beslis", waits, "--afgehandeld", *BY_JAN)[2]
    assert "Kies één van de vier" in corv("beslis", waits, *BY_JAN)[2]
    assert "Kies één van de vier" in corv("beslis", waits, "--accepteer", "--weiger", *BY_JAN)[2]
    assert "--reden" in corv("beslis", waits, "--accepteer")[2]
    assert [corv("beslis", *args)[0] for args in ((accepted, "--weiger", *BY_JAN), (waits, *BY_JAN), (waits, "--weiger"))] == [
        2,
        2,
        2,
    ]


def test_an_original_that_was_changed_or_is_gone_is_not_delivered(werkmap: Werkmap, corv: Corv) -> None:
    id_ = waiting(werkmap)
    original = werkmap.path / werkmap.whole(id_)["bericht"]["bestand"]
    original.write_bytes(message("vtMeldingDi01/minimaal.xml"))
    assert "is veranderd" in corv("beslis", id_, "--accepteer", *BY_JAN)[2]
    original.unlink()
    assert "niet meer te vinden" in corv("beslis", id_, "--accepteer", *BY_JAN)[2]
    assert werkmap.whole(id_)["bericht"]["status"] == "te_beoordelen"


def test_a_melding_on_which_our_own_code_failed_can_still_be_accepted(
    werkmap: Werkmap, corv: Corv, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_case: Case) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr("corv.judging.decide", fail)
        row = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    assert row["status"] == "te_beoordelen"

    assert corv("beslis", row["id"], "--accepteer", *BY_JAN)[0] == 0
    assert werkmap.written(row) >= {"corv/Bv03.xml", "corv/Bv01.xml", "eigen/vtMeldingDi01.xml"}


def test_a_decision_is_carried_out_later_when_the_outbox_is_not_there_now(werkmap: Werkmap, corv: Corv) -> None:
    id_ = waiting(werkmap)
    away = (werkmap.path / "outbox/eigen").rename(werkmap.path / "outbox/weg")

    code, out, err = corv("beslis", id_, "--accepteer", *BY_JAN)
    assert (code, "volgende ronde" in out, "nu niet te schrijven" in err) == (1, True, True)
    assert f"corv/{id_}-Bv01.xml" in werkmap.outbox()

    away.rename(werkmap.path / "outbox/eigen")
    assert werkmap.run().written == 1
    assert werkmap.outbox()[f"eigen/{id_}-vtMeldingDi01.xml"] == message(WAITING)


def test_attention_is_asked_until_a_person_has_settled_it(werkmap: Werkmap, corv: Corv) -> None:
    unreadable = werkmap.handle("corv", message("onleesbaar/afgekapt.xml"))["id"]
    refused = werkmap.handle("corv", message("vtMeldingDi01/ongeldig-zonder-sash.xml"))["id"]
    werkmap.handle("corv", message("notificatieDi01/ongeldig-bsn.xml"))

    code, out, _ = corv("aandacht", "--json")
    assert code == 1
    assert [(row["id"], row["aanleiding"], row["functie"]) for row in lines(out)] == [
        (unreadable, "onleesbaar", None),
        (refused, "geweigerd", "vtMeldingDi01"),
    ]
    assert corv("beslis", unreadable, "--afgehandeld", "--reden", "Gebeld", "--door", "jan")[0] == 0
    assert [row["id"] for row in lines(corv("aandacht", "--json")[1])] == [refused]
    assert "al afgehandeld door jan" in corv("beslis", unreadable, "--afgehandeld", "--reden", "Nog eens", "--door", "piet")[2]


def test_a_fault_on_what_we_sent_changes_its_status_and_asks_attention_until_it_is_offered_again(
    werkmap: Werkmap, corv: Corv
) -> None:
    sent = werkmap.handle("eigen", message("vtTerugkoppelingDi01/minimaal.xml"))["id"]
    fault = werkmap.handle("corv", message("Fo03Bericht/op-terugkoppeling.xml"))

    assert werkmap.whole(sent)["bericht"]["status"] == "beantwoord_met_fout"
    assert fault["status"] == "geaccepteerd"
    (row,) = lines(corv("aandacht", "--json")[1])
    assert (row["id"], row["aanleiding"], row["antwoord"]) == (sent, "beantwoord_met_fout", fault["id"])
    again = werkmap.handle("eigen", message("vtTerugkoppelingDi01/minimaal.xml"))
    assert (again["status"], werkmap.whole(again["id"])["bericht"]["hoort_bij"]) == ("geaccepteerd", sent)
    assert corv("aandacht")[0] == 0
    assert events(werkmap, sent)[-3:] == ["beantwoord", "aandacht", "afgehandeld"]


def test_a_fault_on_an_answer_of_our_own_asks_attention_for_the_message_that_it_answered(werkmap: Werkmap, corv: Corv) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    number = next(output["referentienummer"] for output in werkmap.whole(row["id"])["uitvoer"] if output["soort"] == "Bv01")
    werkmap.handle("corv", message("Fo03Bericht/op-terugkoppeling.xml").replace(b"vtt-2026-0001-minimaal", number.encode()))

    assert werkmap.whole(row["id"])["bericht"]["status"] == Status.GEACCEPTEERD
    assert [(r["id"], r["aanleiding"]) for r in lines(corv("aandacht", "--json")[1])] == [(row["id"], "fout_op_antwoord")]


def test_a_file_is_delivered_again_under_the_same_name_with_the_same_bytes(werkmap: Werkmap, corv: Corv) -> None:
    id_ = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))["id"]
    before = werkmap.outbox()
    again = ("bezorg", id_, "--opnieuw", *BY_JAN)

    assert "Zeg met --soort" in corv(*again)[2]
    assert "ligt nog in de outbox van corv" in corv(*again, "--soort", "Bv01")[2]
    for name in before:
        (werkmap.path / "outbox" / name).unlink()
    werkmap.run()
    assert [output["opgehaald_op"] is not None for output in werkmap.whole(id_)["uitvoer"]] == [True] * 3
    assert corv(*again, "--soort", "Bv01", "--soort", "bezorging")[0] == 0

    assert werkmap.outbox() == {name: before[name] for name in before if "Bv03" not in name}
    assert events(werkmap, id_)[-4:] == ["opdracht", "opdracht", "bezorgd", "bezorgd"]
    assert corv("bezorg", id_, *BY_JAN)[0] == 2


def test_what_is_no_longer_in_an_outbox_was_fetched_but_an_unmounted_outbox_tells_nothing(werkmap: Werkmap) -> None:
    id_ = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))["id"]
    away = (werkmap.path / "outbox/eigen").rename(werkmap.path / "outbox/weg")
    (werkmap.path / f"outbox/corv/{id_}-Bv03.xml").unlink()
    werkmap.run()
    fetched = {output["soort"]: output["opgehaald_op"] is not None for output in werkmap.whole(id_)["uitvoer"]}
    assert fetched == {"Bv03": True, "Bv01": False, "bezorging": False}

    away.rename(werkmap.path / "outbox/eigen")
    werkmap.run()
    assert events(werkmap, id_).count("opgehaald") == 1


def test_what_can_not_be_read_can_not_be_accepted_but_a_refusal_settles_it(
    werkmap: Werkmap, corv: Corv, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_case: Case) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr("corv.judging.decide", fail)
        row = werkmap.handle("corv", message("onleesbaar/afgekapt.xml"))
    assert row["status"] == "te_beoordelen"

    assert "kies --weiger" in corv("beslis", row["id"], "--accepteer", *BY_JAN)[2]
    code, out, err = corv("beslis", row["id"], "--weiger", *BY_JAN)
    assert (code, "geweigerd door jan" in out, "Bel hem zelf" in err) == (0, True, True)
    assert corv("aandacht")[0] == 0


def test_a_resend_of_what_our_code_failed_on_takes_the_place_of_the_first(
    werkmap: Werkmap, corv: Corv, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_case: Case) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr("corv.judging.decide", fail)
        first = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))["id"]
    second = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))

    assert second["status"] == "geaccepteerd"
    assert (werkmap.whole(first)["bericht"]["status"], corv("aandacht")[0], corv("beoordelen")[0]) == ("herhaald", 0, 0)
    assert corv("beslis", first, "--accepteer", *BY_JAN)[0] == 2


def test_a_fault_on_an_answer_of_ours_does_not_make_a_resend_a_new_message(werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    number = next(output["referentienummer"] for output in werkmap.whole(row["id"])["uitvoer"] if output["soort"] == "Bv01")
    fault = message("Fo03Bericht/op-terugkoppeling.xml").replace(b"vtt-2026-0001-minimaal", number.encode())
    fault = fault.replace(b"00000002350065472000", b"00000002999000002000")
    werkmap.handle("corv", fault)

    assert werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))["status"] == "herhaald"


def test_a_fault_of_a_stranger_asks_attention_but_does_not_let_a_message_go_out_twice(werkmap: Werkmap, corv: Corv) -> None:
    werkmap.handle("eigen", message("vtTerugkoppelingDi01/minimaal.xml"))
    stranger = message("Fo03Bericht/op-terugkoppeling.xml").replace(b"00000002999000002000", b"00000009999000009000")
    werkmap.handle("corv", stranger)

    assert corv("aandacht")[0] == 1
    assert werkmap.handle("eigen", message("vtTerugkoppelingDi01/minimaal.xml"))["status"] == "herhaald"


def test_a_file_is_not_delivered_again_while_its_outbox_can_not_be_looked_at(werkmap: Werkmap, corv: Corv) -> None:
    id_ = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))["id"]
    away = (werkmap.path / "outbox/corv").rename(werkmap.path / "weg")
    again = ("bezorg", id_, "--opnieuw", "--soort", "Bv01", *BY_JAN)

    assert "Koppel haar eerst aan" in corv(*again)[2]
    away.rename(werkmap.path / "outbox/corv")
    werkmap.configure('outbox = "outbox/corv"', 'outbox = "outbox/nieuw"')
    assert "ligt nog in de outbox" in corv(*again)[2]
    (werkmap.path / f"outbox/corv/{id_}-Bv01.xml").unlink()
    assert corv(*again)[0] == 0
    assert f"nieuw/{id_}-Bv01.xml" in werkmap.outbox()


def test_a_pass_that_brought_a_fault_on_what_we_sent_asks_for_a_look(werkmap: Werkmap, corv: Corv) -> None:
    werkmap.handle("eigen", message("vtTerugkoppelingDi01/minimaal.xml"))
    werkmap.drop("corv", "fout.xml", message("Fo03Bericht/op-terugkoppeling.xml"))
    assert corv("verwerk")[0] == 1


def test_a_fault_on_our_receipt_stays_open_after_the_message_itself_was_decided(werkmap: Werkmap, corv: Corv) -> None:
    id_ = waiting(werkmap)
    number = next(output["referentienummer"] for output in werkmap.whole(id_)["uitvoer"] if output["soort"] == "Bv03")
    werkmap.handle("corv", message("Fo03Bericht/op-terugkoppeling.xml").replace(b"vtt-2026-0001-minimaal", number.encode()))
    assert corv("beslis", id_, "--accepteer", *BY_JAN)[0] == 0

    assert [row["aanleiding"] for row in lines(corv("aandacht", "--json")[1])] == ["fout_op_antwoord"]
    assert corv("beslis", id_, "--afgehandeld", *BY_JAN)[0] == 0
    assert corv("aandacht")[0] == 0
