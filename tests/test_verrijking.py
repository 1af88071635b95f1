"""A vcob or vci and its ucob or uci: which request an answer answers, what is said when that is not sure, what waits for one."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from test_keten import lines, ours
from varianten import RAAD, antwoord, verzoek

from conftest import OURS, START, Werkmap
from corv import config
from corv.database import open_for_reading
from corv.outstanding import Openstaand, outstanding

Corv = Callable[..., tuple[int, str, str]]

OTHER = "00000002999000007000"
BY_JAN = ("--reden", "Gebeld met de Raad", "--door", "jan")
PAIRS = [("vcobDi01", "ucobDi01"), ("vciDi01", "uciDi01")]


def open_items(werkmap: Werkmap) -> list[Openstaand]:
    settings = config.load(werkmap.path)
    with closing(open_for_reading(settings.database)) as db:
        return outstanding(db, settings.termijnen, werkmap.now)


def linked(werkmap: Werkmap, row: Any) -> tuple[str | None, list[str]]:
    """What a message belongs to, and the codes of its findings."""
    whole = werkmap.whole(row["id"])
    return whole["bericht"]["hoort_bij"], [finding["code"] for finding in whole["bevindingen"]]


# -- which request it answers


@pytest.mark.parametrize(("vraag", "functie"), PAIRS)
def test_an_answer_that_names_the_request_by_both_numbers_is_its_answer(werkmap: Werkmap, vraag: str, functie: str) -> None:
    asked = werkmap.handle("eigen", verzoek(vraag, "vraag-1", "VTZ-1"))
    assert (asked["status"], werkmap.written(asked)) == ("geaccepteerd", {f"corv/{vraag}.xml"})
    row = werkmap.handle("corv", antwoord(functie, "antw-1", "vraag-1", "VTZ-1"))
    assert (row["status"], werkmap.written(row)) == ("geaccepteerd", {"corv/Bv03.xml", f"eigen/{functie}.xml"})
    assert linked(werkmap, row) == (asked["id"], [])
    assert open_items(werkmap) == []
    assert lines(werkmap, asked["id"]) == [
        (vraag, "vraag-1", "geaccepteerd", "begin"),
        (functie, "antw-1", "geaccepteerd", "crossRefnummer"),
        ours("Bv03", "antw-1"),
    ]


@pytest.mark.parametrize(
    ("cross", "verzoekidentificatie", "answers", "codes"),
    [
        ("onbekend", "VTZ-1", True, ["crossrefnummer-onbekend"]),
        ("", "VTZ-1", True, ["crossrefnummer-onbekend"]),
        ("vraag-1", "VTZ-9", False, ["antwoord-past-niet"]),
        ("vraag-2", "VTZ-1", False, ["antwoord-past-niet"]),
        ("onbekend", "VTZ-9", False, ["antwoord-zonder-vraag"]),
    ],
)
def test_an_answer_that_names_the_request_by_one_number_is_delivered_with_a_warning(
    werkmap: Werkmap, cross: str, verzoekidentificatie: str, answers: bool, codes: list[str]
) -> None:
    asked = werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    werkmap.handle("eigen", verzoek("vcobDi01", "vraag-2", "VTZ-2"))
    row = werkmap.handle("corv", antwoord("ucobDi01", "antw-1", cross, verzoekidentificatie))
    assert (row["status"], werkmap.written(row)) == ("geaccepteerd", {"corv/Bv03.xml", "eigen/ucobDi01.xml"})
    assert linked(werkmap, row) == (asked["id"] if answers else None, codes)
    assert len(open_items(werkmap)) == (1 if answers else 2)


def test_an_answer_about_more_than_one_request_answers_none(werkmap: Werkmap) -> None:
    werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    one = antwoord("ucobDi01", "antw-1", "vraag-1", "VTZ-1")
    start, end = one.index(b"<JZ:object"), one.index(b"</JZ:object>") + len(b"</JZ:object>")
    again = one[start:end]
    both = werkmap.handle("corv", one[:end] + again.replace(b"VTZ-1", b"VTZ-2") + one[end:])
    assert linked(werkmap, both) == (None, ["antwoord-past-niet"])
    twice = werkmap.handle("corv", (one[:end] + again + one[end:]).replace(b"antw-1", b"antw-2"))
    assert linked(werkmap, twice)[1] == []


def test_the_number_of_a_request_counts_only_between_who_asked_and_who_was_asked(werkmap: Werkmap) -> None:
    werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    to_other = werkmap.handle("eigen", verzoek("vcobDi01", "vraag-2", "VTZ-1", ontvanger=OTHER))
    row = werkmap.handle("corv", antwoord("ucobDi01", "antw-1", "onbekend", "VTZ-1", zender=OTHER))
    assert linked(werkmap, row) == (to_other["id"], ["crossrefnummer-onbekend"])


def test_of_two_requests_with_one_identificatie_none_is_chosen_without_a_crossrefnummer(werkmap: Werkmap) -> None:
    for number in ("vraag-1", "vraag-2"):
        werkmap.handle("eigen", verzoek("vcobDi01", number, "VTZ-1"))
    row = werkmap.handle("corv", antwoord("ucobDi01", "antw-1", "onbekend", "VTZ-1"))
    assert linked(werkmap, row) == (None, ["antwoord-zonder-vraag"])
    sure = werkmap.handle("corv", antwoord("ucobDi01", "antw-2", "vraag-2", "VTZ-1"))
    assert linked(werkmap, sure)[1] == []
    assert [item.referentienummer for item in open_items(werkmap)] == ["vraag-1"]


def test_an_uci_does_not_answer_a_vcob(werkmap: Werkmap) -> None:
    werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    row = werkmap.handle("corv", antwoord("uciDi01", "antw-1", "vraag-1", "VTZ-1"))
    assert linked(werkmap, row) == (None, ["antwoord-zonder-vraag"])


def test_request_and_answer_may_come_in_one_batch(werkmap: Werkmap) -> None:
    werkmap.drop("eigen", "a.xml", verzoek("vciDi01", "vraag-1", "VTZ-1"))
    werkmap.drop("corv", "b.xml", antwoord("uciDi01", "antw-1", "vraag-1", "VTZ-1"))
    werkmap.drop("corv", "c.xml", antwoord("uciDi01", "antw-2", "onbekend", "VTZ-1"))
    werkmap.run()
    by_number = {row["referentienummer"]: row for row in werkmap.rows()}
    asked = by_number["vraag-1"]["id"]
    assert linked(werkmap, by_number["antw-1"]) == (asked, [])
    assert linked(werkmap, by_number["antw-2"]) == (asked, ["crossrefnummer-onbekend"])


def test_the_same_answer_once_more_is_a_repeat(werkmap: Werkmap) -> None:
    werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    content = antwoord("ucobDi01", "antw-1", "vraag-1", "VTZ-1")
    first, again = werkmap.handle("corv", content), werkmap.handle("corv", content)
    assert (again["status"], linked(werkmap, again)) == ("herhaald", (first["id"], []))


# -- asked by another


def test_a_request_of_another_goes_to_our_own_system_and_waits_for_our_answer(werkmap: Werkmap) -> None:
    asked = werkmap.handle("corv", verzoek("vciDi01", "vraag-1", "RVDK-1", zender=RAAD, ontvanger=OURS))
    assert werkmap.written(asked) == {"corv/Bv03.xml", "eigen/vciDi01.xml"}
    assert [(item.soort, item.waarop) for item in open_items(werkmap)] == [("verrijking", f"onze uciDi01 aan {RAAD}")]
    told = werkmap.handle("eigen", antwoord("uciDi01", "antw-1", "vraag-1", "RVDK-1", zender=OURS, ontvanger=RAAD))
    assert (told["status"], werkmap.written(told)) == ("geaccepteerd", {"corv/uciDi01.xml"})
    assert linked(werkmap, told) == (asked["id"], [])
    assert open_items(werkmap) == []


def test_an_answer_of_ours_that_fits_no_request_is_sent_with_a_warning(werkmap: Werkmap) -> None:
    told = werkmap.handle("eigen", antwoord("uciDi01", "antw-1", "onbekend", "RVDK-1", zender=OURS, ontvanger=RAAD))
    assert werkmap.written(told) == {"corv/uciDi01.xml"}
    assert linked(werkmap, told) == (None, ["antwoord-zonder-vraag"])


# -- what waits


@pytest.mark.parametrize(("vraag", "functie", "days"), [("vcobDi01", "ucobDi01", 2), ("vciDi01", "uciDi01", 3)])
def test_a_request_waits_for_its_answer_from_its_delivery_on(werkmap: Werkmap, vraag: str, functie: str, days: int) -> None:
    row = werkmap.handle("eigen", verzoek(vraag, "vraag-1", "VTZ-1"))
    (delivery,) = [output for output in werkmap.whole(row["id"])["uitvoer"] if output["soort"] == "bezorging"]
    end_of_day = (START + timedelta(days=days)).replace(hour=22, minute=59, second=59)
    assert open_items(werkmap) == [
        Openstaand(
            soort="verrijking",
            id=row["id"],
            functie=vraag,
            referentienummer="vraag-1",
            sinds=delivery["bezorgd_op"],
            uiterlijk_op=end_of_day.isoformat(),
            te_laat=False,
            waarop=f"{functie} van {RAAD}",
        )
    ]
    werkmap.configure(f"{vraag} = {days}", f"{vraag} = 0", "termijnen.toml")
    assert open_items(werkmap) == []


@pytest.mark.parametrize("number", ["", "vraag-2"])
def test_a_person_ties_an_answer_that_fits_no_request_or_another(werkmap: Werkmap, corv: Corv, number: str) -> None:
    asked = werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    werkmap.handle("eigen", verzoek("vcobDi01", "vraag-2", "VTZ-2"))
    row = werkmap.handle("corv", antwoord("ucobDi01", "antw-1", number, "VTZ-9"))
    assert "koppel" in corv("toon", row["id"])[1]
    assert corv("koppel", row["id"], asked["id"], *BY_JAN)[0] == 0
    assert (linked(werkmap, row)[0], [item.referentienummer for item in open_items(werkmap)]) == (asked["id"], ["vraag-2"])
    assert corv("koppel", row["id"], asked["id"], "--los", *BY_JAN)[0] == 0
    assert (linked(werkmap, row)[0], len(open_items(werkmap))) == (None, 2)


def test_an_answer_tied_to_another_kind_of_message_answers_nothing(werkmap: Werkmap, corv: Corv) -> None:
    asked = werkmap.handle("eigen", verzoek("vciDi01", "vraag-1", "VTZ-1"))
    row = werkmap.handle("corv", antwoord("ucobDi01", "antw-1", "", "VTZ-9"))
    assert corv("koppel", row["id"], asked["id"], *BY_JAN)[0] == 0
    assert (linked(werkmap, row)[0], len(open_items(werkmap))) == (None, 1)


def test_an_answer_of_which_nobody_knows_the_request_says_so_in_its_conversation(werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", antwoord("ucobDi01", "antw-1", "onbekend", "VTZ-9"))
    assert lines(werkmap, row["id"])[0] == ("ucobDi01", "antw-1", "geaccepteerd", "niet bekend waarop dit antwoordt")


def test_an_answer_tied_by_its_verzoekidentificatie_alone_says_so_in_its_conversation(werkmap: Werkmap) -> None:
    asked = werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    werkmap.handle("corv", antwoord("ucobDi01", "antw-1", "onbekend", "VTZ-1"))
    assert lines(werkmap, asked["id"])[1] == ("ucobDi01", "antw-1", "geaccepteerd", "verzoekidentificatie")


def test_the_number_of_a_request_finds_it_with_its_answer(werkmap: Werkmap, corv: Corv) -> None:
    werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    werkmap.handle("corv", antwoord("ucobDi01", "antw-1", "vraag-1", "VTZ-1"))
    out = corv("berichten", "--verzoekidentificatie", "VTZ-1", "--json")[1]
    assert [json.loads(line)["referentienummer"] for line in out.splitlines()] == ["antw-1", "vraag-1"]


def test_the_request_that_only_the_crossrefnummer_of_an_answer_names_begins_something_itself(werkmap: Werkmap) -> None:
    asked = werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    werkmap.handle("eigen", verzoek("vcobDi01", "vraag-2", "VTZ-2"))
    werkmap.handle("corv", antwoord("ucobDi01", "antw-1", "vraag-2", "VTZ-1"))
    assert lines(werkmap, asked["id"]) == [
        ("vcobDi01", "vraag-1", "geaccepteerd", "begin"),
        ("vcobDi01", "vraag-2", "geaccepteerd", "begin"),
        ("ucobDi01", "antw-1", "geaccepteerd", "crossRefnummer"),
        ours("Bv03", "antw-1"),
    ]
