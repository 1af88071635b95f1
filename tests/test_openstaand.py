"""What is outstanding: sent without an answer, melding without terugkoppeling, forward without receipt; and what is late."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from meldingen import melding

from conftest import OURS, Werkmap, message
from corv import config, outstanding
from corv.app import working
from corv.database import first_broken_link, open_for_reading
from corv.outstanding import Openstaand
from corv.sleutels import hash_of

Corv = Callable[..., tuple[int, str, str]]

POLITIE, RVDK, TWENTE = "00000002999000002000", "00000002999000003000", "00000001999000019000"
MELDING, VTO = message("vtMeldingDi01/minimaal.xml"), message("vtoDi01/minimaal.xml")
TERUGKOPPELING = message("vtTerugkoppelingDi01/minimaal.xml")
GENERATOR = Path(__file__).parents[1] / "bench/honderdduizend.py"


def open_items(werkmap: Werkmap, now: datetime | None = None) -> list[Openstaand]:
    settings = config.load(werkmap.path)
    with closing(open_for_reading(settings.database)) as db:
        return outstanding.outstanding(db, settings.termijnen, now or werkmap.now)


def waiting(werkmap: Werkmap) -> list[tuple[str, str | None]]:
    """Kind and referentienummer of what is outstanding."""
    return [(item.soort, item.referentienummer) for item in open_items(werkmap)]


def execute(werkmap: Werkmap, *statements: str) -> None:
    """What the program can't be made to do from outside, or does not do yet."""
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        for statement in statements:
            db.execute(statement)


def delivered_at(werkmap: Werkmap, id_: str) -> str:
    (delivery,) = [output for output in werkmap.whole(id_)["uitvoer"] if output["soort"] == "bezorging"]
    return str(delivery["bezorgd_op"])


def tie(werkmap: Werkmap, een: str, ander: str, *, vast: bool = True) -> None:
    execute(
        werkmap,
        "INSERT INTO koppeling (een, ander, vast, door, reden, op) "
        f"VALUES ('{een}', '{ander}', {int(vast)}, 'j.jansen', 'hoort erbij', '{werkmap.now.isoformat()}')",
    )


def numbered(raw: bytes, old: str, new: str) -> bytes:
    assert old.encode() in raw
    return raw.replace(old.encode(), new.encode())


OTHER_MELDING = numbered(MELDING, "vtm-2026-0001-minimaal", "vtm-ander-nummer")
WITHOUT_KEY = numbered(OTHER_MELDING, "PL0600-2026000101", "")
SECOND_TERUGKOPPELING = numbered(TERUGKOPPELING, "vtt-2026-0001-minimaal", "vtt-tweede")
FO01_ON_VTO = message("Fo01Bericht/op-vto.xml")
FO01_ON_TERUGKOPPELING = numbered(numbered(FO01_ON_VTO, "vto-2026-0001-minimaal", "vtt-2026-0001-minimaal"), RVDK, POLITIE)


# -- an answer on what we sent


def test_what_was_sent_waits_for_a_bv01_or_fo01_from_its_delivery_on(werkmap: Werkmap) -> None:
    row = werkmap.handle("eigen", VTO)
    since = delivered_at(werkmap, row["id"])

    assert open_items(werkmap) == [
        Openstaand(
            soort="antwoord",
            id=row["id"],
            functie="vtoDi01",
            referentienummer="vto-2026-0001-minimaal",
            sinds=since,
            uiterlijk_op=(datetime.fromisoformat(since) + timedelta(hours=48)).isoformat(),
            te_laat=False,
            waarop=f"Bv01 of Fo01 van {RVDK}",
        )
    ]


def test_late_is_only_after_the_last_moment(werkmap: Werkmap) -> None:
    row = werkmap.handle("eigen", VTO)
    due = datetime.fromisoformat(delivered_at(werkmap, row["id"])) + timedelta(hours=48)

    assert [item.te_laat for item in open_items(werkmap, due)] == [False]
    assert [item.te_laat for item in open_items(werkmap, due + timedelta(microseconds=1))] == [True]


@pytest.mark.parametrize(
    ("answer", "is_open"),
    [
        ("Bv03Bericht/op-vto.xml", True),
        ("Bv01Bericht/op-vto.xml", False),
        ("Fo01Bericht/op-vto.xml", False),
        ("Bv01Bericht/leeg-cross-refnummer.xml", True),
    ],
)
def test_a_bv01_or_a_fault_answers_and_a_receipt_does_not(werkmap: Werkmap, answer: str, is_open: bool) -> None:
    werkmap.handle("eigen", VTO)
    werkmap.handle("corv", message(answer))

    assert bool(open_items(werkmap)) is is_open


def test_a_terugkoppeling_waits_for_an_answer_too_and_an_fo03_is_one(werkmap: Werkmap) -> None:
    werkmap.handle("eigen", TERUGKOPPELING)
    assert [(item.functie, item.waarop) for item in open_items(werkmap)] == [
        ("vtTerugkoppelingDi01", f"Bv01 of Fo01 van {POLITIE}")
    ]

    werkmap.handle("corv", message("Fo03Bericht/op-terugkoppeling.xml"))
    assert open_items(werkmap) == []


def test_what_was_offered_again_after_an_fo03_waits_and_the_first_does_not(werkmap: Werkmap) -> None:
    werkmap.handle("eigen", TERUGKOPPELING)
    werkmap.handle("corv", message("Fo03Bericht/op-terugkoppeling.xml"))
    again = werkmap.handle("eigen", TERUGKOPPELING)

    assert [item.id for item in open_items(werkmap)] == [again["id"]]


def test_a_fault_of_before_there_was_a_status_for_it_is_an_answer(werkmap: Werkmap) -> None:
    row = werkmap.handle("eigen", VTO)
    werkmap.handle("corv", message("Fo01Bericht/op-vto.xml"))
    execute(werkmap, f"UPDATE bericht SET status = 'geaccepteerd' WHERE id = '{row['id']}'")

    assert open_items(werkmap) == []


def test_a_repeat_and_a_refused_message_wait_for_nothing(werkmap: Werkmap) -> None:
    first = werkmap.handle("eigen", VTO)
    assert werkmap.handle("eigen", VTO)["status"] == "herhaald"
    assert werkmap.handle("eigen", message("vtTerugkoppelingDi01/ongeldig-status.xml"))["status"] == "geweigerd"

    assert [item.id for item in open_items(werkmap)] == [first["id"]]


def test_a_received_vto_and_a_sent_melding_are_not_ours_to_wait_for(werkmap: Werkmap) -> None:
    turned = VTO.replace(OURS.encode(), b"x").replace(RVDK.encode(), OURS.encode()).replace(b"x<", RVDK.encode() + b"<")
    assert werkmap.handle("corv", turned)["status"] == "geaccepteerd"
    ours = MELDING.replace(OURS.encode(), b"x").replace(POLITIE.encode(), OURS.encode()).replace(b"x<", POLITIE.encode() + b"<")
    assert werkmap.handle("eigen", ours)["status"] == "geaccepteerd"

    assert open_items(werkmap) == []


def test_what_was_not_delivered_yet_is_not_outstanding(werkmap: Werkmap) -> None:
    werkmap.handle("eigen", VTO)
    execute(werkmap, "UPDATE uitvoer SET bezorgd_op = NULL WHERE soort = 'bezorging'")

    assert open_items(werkmap) == []


def test_what_was_delivered_again_waits_from_then_on(werkmap: Werkmap) -> None:
    werkmap.handle("eigen", VTO)
    again = (werkmap.now + timedelta(days=1)).isoformat()
    execute(werkmap, f"UPDATE uitvoer SET bezorgd_op = '{again}' WHERE soort = 'bezorging'")

    assert [item.sinds for item in open_items(werkmap)] == [again]


def test_hours_are_a_setting_and_0_awaits_nothing(werkmap: Werkmap) -> None:
    werkmap.handle("eigen", VTO)
    werkmap.handle("eigen", TERUGKOPPELING)
    werkmap.configure("vtoDi01 = 48", "vtoDi01 = 0", "termijnen.toml")
    werkmap.configure("vtTerugkoppelingDi01 = 48", "vtTerugkoppelingDi01 = 1.5", "termijnen.toml")

    (item,) = open_items(werkmap)
    assert item.functie == "vtTerugkoppelingDi01"
    assert datetime.fromisoformat(item.uiterlijk_op) - datetime.fromisoformat(item.sinds) == timedelta(hours=1.5)


def test_an_answer_that_a_person_tied_to_it_counts_until_it_is_untied(werkmap: Werkmap) -> None:
    sent = werkmap.handle("eigen", VTO)
    answer = werkmap.handle("corv", message("Bv01Bericht/leeg-cross-refnummer.xml"))
    other = werkmap.handle("corv", message("notificatieDi01/minimaal.xml"))

    tie(werkmap, other["id"], sent["id"])
    assert waiting(werkmap) == [("antwoord", "vto-2026-0001-minimaal")]
    tie(werkmap, answer["id"], sent["id"])
    assert waiting(werkmap) == []
    tie(werkmap, sent["id"], answer["id"], vast=False)
    assert waiting(werkmap) == [("antwoord", "vto-2026-0001-minimaal")]
    tie(werkmap, sent["id"], answer["id"])
    assert waiting(werkmap) == []


# -- our terugkoppeling on a melding


def test_a_melding_waits_for_our_terugkoppeling_until_the_end_of_the_fifth_working_day(werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", MELDING)

    assert open_items(werkmap) == [
        Openstaand(
            soort="terugkoppeling",
            id=row["id"],
            functie="vtMeldingDi01",
            referentienummer="vtm-2026-0001-minimaal",
            sinds=row["ontvangen_op"],
            uiterlijk_op="2026-11-30T22:59:59+00:00",
            te_laat=False,
            waarop=f"onze vtTerugkoppelingDi01 aan {POLITIE}",
        )
    ]
    assert [item.te_laat for item in open_items(werkmap, datetime(2026, 11, 30, 23, 0, tzinfo=UTC))] == [True]


def test_working_days_and_free_days_are_a_setting(werkmap: Werkmap) -> None:
    werkmap.handle("corv", MELDING)
    werkmap.configure("vtMeldingDi01 = 5", "vtMeldingDi01 = 1", "termijnen.toml")
    werkmap.configure("vrije_dagen = []", "vrije_dagen = [2026-11-24]", "termijnen.toml")
    assert [item.uiterlijk_op for item in open_items(werkmap)] == ["2026-11-25T22:59:59+00:00"]

    werkmap.configure("vtMeldingDi01 = 1", "vtMeldingDi01 = 0", "termijnen.toml")
    assert open_items(werkmap) == []


def test_our_terugkoppeling_with_its_identificatie_answers_it(werkmap: Werkmap) -> None:
    werkmap.handle("corv", MELDING)
    werkmap.handle("eigen", TERUGKOPPELING)

    assert waiting(werkmap) == [("antwoord", "vtt-2026-0001-minimaal")]


def test_the_same_melding_under_another_number_is_answered_by_the_same_terugkoppeling(werkmap: Werkmap) -> None:
    werkmap.handle("corv", MELDING)
    werkmap.handle("corv", OTHER_MELDING)
    assert waiting(werkmap) == [("terugkoppeling", "vtm-2026-0001-minimaal"), ("terugkoppeling", "vtm-ander-nummer")]

    werkmap.handle("eigen", TERUGKOPPELING)
    assert waiting(werkmap) == [("antwoord", "vtt-2026-0001-minimaal")]


def test_a_repeated_or_refused_melding_does_not_wait_and_one_to_be_judged_does(werkmap: Werkmap) -> None:
    werkmap.handle("corv", MELDING)
    assert werkmap.handle("corv", MELDING)["status"] == "herhaald"
    assert werkmap.handle("corv", message("vtMeldingDi01/ongeldig-rol.xml"))["status"] == "geweigerd"
    judged = werkmap.handle("corv", message("vtMeldingDi01/aan-ander-vt.xml"))
    assert judged["status"] == "te_beoordelen"

    assert waiting(werkmap) == [
        ("terugkoppeling", "vtm-2026-0001-minimaal"),
        ("terugkoppeling", judged["referentienummer"]),
    ]


def test_a_terugkoppeling_to_another_melder_with_the_same_number_is_not_ours(werkmap: Werkmap) -> None:
    werkmap.handle("corv", MELDING)
    werkmap.handle("eigen", numbered(TERUGKOPPELING, POLITIE, "00000002999000002009"))

    assert ("terugkoppeling", "vtm-2026-0001-minimaal") in waiting(werkmap)


def test_a_terugkoppeling_that_was_refused_or_came_back_with_a_fault_answers_nothing(werkmap: Werkmap) -> None:
    werkmap.handle("corv", MELDING)
    refused = numbered(TERUGKOPPELING, "afsluiting zonder overdracht", "bestaat niet")
    assert werkmap.handle("eigen", numbered(refused, "vtt-2026-0001-minimaal", "vtt-fout"))["status"] == "geweigerd"
    assert waiting(werkmap) == [("terugkoppeling", "vtm-2026-0001-minimaal")]

    sent = werkmap.handle("eigen", TERUGKOPPELING)
    werkmap.handle("corv", FO01_ON_TERUGKOPPELING)
    assert waiting(werkmap) == [("terugkoppeling", "vtm-2026-0001-minimaal")]
    execute(werkmap, f"UPDATE bericht SET status = 'geaccepteerd' WHERE id = '{sent['id']}'")  # as it was in version 0.1.0
    assert waiting(werkmap) == [("terugkoppeling", "vtm-2026-0001-minimaal")]

    werkmap.handle("eigen", SECOND_TERUGKOPPELING)
    assert waiting(werkmap) == [("antwoord", "vtt-tweede")]


def test_a_terugkoppeling_counts_once_it_went_out_also_while_it_is_delivered_again(werkmap: Werkmap) -> None:
    werkmap.configure('bevestig = "geen"', 'bevestig = "Bv04"')  # another delivery, to our own side, that says nothing
    werkmap.handle("corv", MELDING)
    werkmap.handle("eigen", TERUGKOPPELING)
    execute(werkmap, "UPDATE uitvoer SET bezorgd_op = NULL, te_schrijven = 1 WHERE bestandsnaam LIKE '%vtTerugkoppelingDi01.xml'")
    assert waiting(werkmap) == []

    execute(
        werkmap,
        "DROP TRIGGER gebeurtenis_blijft",
        "DELETE FROM gebeurtenis WHERE soort = 'bezorgd' AND gegevens LIKE '%vtTerugkoppelingDi01.xml%'",
    )
    assert waiting(werkmap) == [("terugkoppeling", "vtm-2026-0001-minimaal")]


def test_a_melding_without_identificatie_waits_until_a_person_ties_a_terugkoppeling_to_it(werkmap: Werkmap) -> None:
    melding = werkmap.handle("corv", WITHOUT_KEY)
    vto = werkmap.handle("eigen", VTO)
    sent = werkmap.handle("eigen", numbered(TERUGKOPPELING, "PL0600-2026000101", ""))
    waits = ("terugkoppeling", "vtm-ander-nummer")
    assert waits in waiting(werkmap)

    tie(werkmap, melding["id"], vto["id"])
    assert waits in waiting(werkmap)
    tie(werkmap, melding["id"], sent["id"])
    assert waits not in waiting(werkmap)
    tie(werkmap, sent["id"], melding["id"], vast=False)
    assert waits in waiting(werkmap)
    tie(werkmap, sent["id"], melding["id"])
    assert waits not in waiting(werkmap)

    werkmap.handle("corv", FO01_ON_TERUGKOPPELING)
    assert waits in waiting(werkmap)


def test_a_zorgmelding_waits_for_its_own_kind_of_terugkoppeling(werkmap: Werkmap) -> None:
    melding = werkmap.handle("corv", MELDING)
    sent = werkmap.handle("eigen", TERUGKOPPELING)
    execute(  # a zorgmelding carries no keys yet, so a vtMelding is made into one
        werkmap,
        f"UPDATE bericht SET functie = 'zorgmeldingDi01' WHERE id = '{melding['id']}'",
        f"UPDATE sleutel SET soort = 'kenmerk', waarde = '{hash_of('K1')}'",
    )
    assert [item.waarop for item in open_items(werkmap) if item.soort == "terugkoppeling"] == [
        f"onze zorgmeldingTerugkoppelingDi01 aan {POLITIE}"
    ]

    execute(werkmap, f"UPDATE bericht SET functie = 'zorgmeldingTerugkoppelingDi01' WHERE id = '{sent['id']}'")
    assert waiting(werkmap) == [("antwoord", "vtt-2026-0001-minimaal")]
    execute(werkmap, f"UPDATE sleutel SET soort = 'zaakidentificatie' WHERE bericht = '{sent['id']}'")
    assert ("terugkoppeling", "vtm-2026-0001-minimaal") in waiting(werkmap)


# -- a receipt on what we forwarded


@pytest.fixture
def forwarded(werkmap: Werkmap) -> str:
    """A melding that was sent on to another Veilig Thuis; gives its id."""
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    return str(werkmap.handle("corv", melding([{"feitelijk": ("7511AB", "Enschede")}], referentienummer="vtm-1"))["id"])


def sent_on(werkmap: Werkmap, id_: str) -> dict[str, str]:
    return next(row for row in werkmap.whole(id_)["uitvoer"] if row["soort"] == "doorsturing")


def test_a_forward_waits_for_who_got_it_to_answer(werkmap: Werkmap, forwarded: str) -> None:
    delivered = datetime.fromisoformat(sent_on(werkmap, forwarded)["bezorgd_op"])
    expected = Openstaand(
        soort="ontvangst",
        id=forwarded,
        functie="vtMeldingDi01",
        referentienummer="vtm-1",
        sinds=delivered.isoformat(),
        uiterlijk_op=(delivered + timedelta(hours=24)).isoformat(),
        te_laat=False,
        waarop="ontvangst door VT19",
    )

    assert open_items(werkmap) == [expected]
    assert [item.te_laat for item in open_items(werkmap, delivered + timedelta(hours=24, seconds=1))] == [True]


@pytest.mark.parametrize(("code", "closes"), [("Bv01", True), ("Fo01", True), ("Fo03", True), ("Bv03", False), ("Bv04", False)])
def test_a_functional_answer_or_a_fault_closes_it_and_a_technical_receipt_does_not(
    werkmap: Werkmap, forwarded: str, code: str, closes: bool
) -> None:
    answer = werkmap.handle("corv", message("Bv01Bericht/leeg-cross-refnummer.xml"))
    number = sent_on(werkmap, forwarded)["referentienummer"]
    execute(
        werkmap,
        f"UPDATE bericht SET berichtcode = '{code}', zender_organisatie = '{TWENTE}', hoort_bij = '{forwarded}', "
        f"cross_refnummer = '{number}' WHERE id = '{answer['id']}'",
    )
    waits = [("ontvangst", "vtm-1")]
    assert waiting(werkmap) == ([] if closes else waits)

    execute(werkmap, f"UPDATE bericht SET hoort_bij = NULL WHERE id = '{answer['id']}'")
    assert waiting(werkmap) == waits
    tie(werkmap, answer["id"], forwarded)
    assert waiting(werkmap) == ([] if closes else waits)


def test_a_forward_that_was_not_delivered_yet_or_needs_no_receipt_does_not_wait(werkmap: Werkmap, forwarded: str) -> None:
    delivered = sent_on(werkmap, forwarded)["bezorgd_op"]
    execute(werkmap, f"UPDATE uitvoer SET bezorgd_op = NULL WHERE bericht = '{forwarded}' AND soort = 'doorsturing'")
    assert open_items(werkmap) == []

    execute(werkmap, f"UPDATE uitvoer SET bezorgd_op = '{delivered}' WHERE bericht = '{forwarded}'")
    assert waiting(werkmap) == [("ontvangst", "vtm-1")]
    werkmap.configure("ontvangst_uren = 24", "ontvangst_uren = 0", "termijnen.toml")
    assert open_items(werkmap) == []


# -- the whole


def test_the_most_overdue_comes_first_whatever_its_kind(werkmap: Werkmap, forwarded: str) -> None:
    other = werkmap.handle("corv", OTHER_MELDING)
    sent = werkmap.handle("eigen", VTO)

    found = open_items(werkmap, datetime(2026, 11, 25, tzinfo=UTC))

    assert [(item.id, item.te_laat) for item in found] == [(forwarded, True), (sent["id"], False), (other["id"], False)]


def test_it_is_asked_from_indexes_and_never_of_every_message_by_every_other(werkmap: Werkmap) -> None:
    queries = {
        outstanding._ANSWERS: {"functies": '["vtoDi01"]'},
        outstanding._TERUGKOPPELINGEN: {"melding": "vtMeldingDi01", "terugkoppeling": "vtTerugkoppelingDi01"},
        outstanding._RECEIPTS: {"terugkoppelingen": '["vtTerugkoppelingDi01"]'},
    }
    with closing(open_for_reading(werkmap.path / "data/corv.sqlite")) as db:
        for query, values in queries.items():
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall()]
            # b and a are messages, s keys, g events, u outputs; the rest is ties by hand and what the query found before.
            whole = [step for step in plan if step.split()[0] == "SCAN" and step.split()[1] in {"b", "a", "s", "g", "u"}]
            assert [step for step in whole if step != "SCAN u USING INDEX uitvoer_open"] == [], plan


@pytest.mark.slow
def test_of_an_invented_history_exactly_what_was_left_open_is_outstanding(tmp_path: Path) -> None:
    map_ = tmp_path / "jaren"
    subprocess.run([sys.executable, GENERATOR, map_, "--aantal", "3000"], check=True, capture_output=True, timeout=50)
    expected = json.loads((map_ / "verwacht.json").read_text(encoding="utf-8"))
    termijnen, now = config.load(map_).termijnen, datetime.fromisoformat(expected["op"])

    with closing(open_for_reading(map_ / "data/corv.sqlite")) as db:
        found = outstanding.outstanding(db, termijnen, now)
        assert first_broken_link(db) is None
        assert db.execute("SELECT count(*) FROM bericht").fetchone() == (3000,)

    assert sorted([item.soort, item.referentienummer] for item in found) == expected["openstaand"]
    assert len(found) > 20
    assert {item.te_laat for item in found} == {True, False}
    assert found == sorted(found, key=lambda item: (item.uiterlijk_op, item.id))


# -- the command


@pytest.fixture
def on_the_clock(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command asks the time of the working folder."""
    monkeypatch.setattr("corv.cli.openstaand.utc_now", lambda: werkmap.now)


@pytest.mark.usefixtures("on_the_clock")
def test_the_command_lists_what_is_late_first_and_gives_1_when_something_is(corv: Corv, werkmap: Werkmap) -> None:
    melding, vto = werkmap.handle("corv", MELDING), werkmap.handle("eigen", VTO)
    code, out, err = corv("openstaand")
    assert (code, err) == (0, "")
    assert "Te laat: 0; nog binnen de termijn: 2." in out

    werkmap.now += timedelta(days=3)
    code, out, err = corv("openstaand")

    header, first, second, closing_line = [line for line in out.splitlines() if line.strip()]
    assert (code, err) == (1, "")
    assert header.split("  ")[0] == "te laat sinds"
    assert header.split()[-3:] == ["waarop", "wij", "wachten"]
    assert first.split() == [
        *("25-11-2026", "09:00:00", "antwoord", "vtoDi01", "vto-2026-0001-minimaal", vto["id"][-12:]),
        *("Bv01", "of", "Fo01", "van", RVDK),
    ]
    assert second.split() == [
        *("30-11-2026", "23:59:59", "terugkoppeling", "vtMeldingDi01", "vtm-2026-0001-minimaal", melding["id"][-12:]),
        *("onze", "vtTerugkoppelingDi01", "aan", POLITIE),
    ]
    assert second.index("30-11-2026") == header.index("nog tot")
    assert closing_line == f"Te laat: 1; nog binnen de termijn: 1. Bekijk een bericht met: corv --map {werkmap.path} toon KENMERK"


@pytest.mark.usefixtures("on_the_clock")
def test_only_what_is_late_as_json(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.handle("corv", MELDING)
    vto = werkmap.handle("eigen", VTO)
    werkmap.now += timedelta(days=3)
    (late, _) = open_items(werkmap)

    code, out, err = corv("openstaand", "--te-laat", "--json")

    assert (code, err) == (1, "")
    assert [json.loads(line) for line in out.splitlines()] == [
        {
            "kenmerk": vto["id"],
            "soort": "antwoord",
            "functie": "vtoDi01",
            "referentienummer": "vto-2026-0001-minimaal",
            "sinds": delivered_at(werkmap, vto["id"]),
            "uiterlijk_op": late.uiterlijk_op,
            "te_laat": True,
        }
    ]
    assert len(corv("openstaand", "--json")[1].splitlines()) == 2


@pytest.mark.usefixtures("on_the_clock")
def test_the_command_says_so_when_nothing_is_outstanding_or_late(corv: Corv, werkmap: Werkmap) -> None:
    assert corv("openstaand") == (0, "Er staat niets open: nergens wordt nog op gewacht.\n", "")
    assert corv("openstaand", "--json") == (0, "", "")

    werkmap.handle("eigen", VTO)
    assert corv("openstaand", "--te-laat") == (0, "Er is niets te laat. Nog binnen de termijn: 1.\n", "")


@pytest.mark.usefixtures("on_the_clock")
def test_the_command_works_while_the_service_does(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.handle("eigen", VTO)

    with working(werkmap.path):
        assert len(corv("openstaand", "--json")[1].splitlines()) == 1


def test_nothing_of_the_content_is_shown(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.handle("corv", MELDING)

    _, out, _ = corv("openstaand")

    assert "PL0600-2026000101" not in out
    assert hash_of("PL0600-2026000101") not in out


def test_what_a_person_settled_outside_this_program_is_no_longer_awaited(werkmap: Werkmap, corv: Corv) -> None:
    melding = werkmap.handle("corv", MELDING)["id"]
    other = werkmap.handle("corv", message("notificatieDi01/minimaal.xml"))["id"]
    settled = ("--afgehandeld", "--reden", "Telefonisch teruggekoppeld", "--door", "jan")

    assert corv("beslis", other, *settled)[0] == 2
    assert corv("beslis", melding, *settled)[0] == 0
    assert open_items(werkmap) == []
    assert "al afgehandeld door jan" in corv("beslis", melding, *settled)[2]
    assert werkmap.whole(melding)["bericht"]["status"] == "geaccepteerd"
    assert "jan" in corv("toon", melding)[1]
