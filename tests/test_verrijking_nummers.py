"""Which requests the numbers of an ucob or uci can mean: those that went out, from the other side, between the same two."""

import pytest
from test_verrijking import OTHER, linked, open_items
from varianten import RAAD, antwoord, verzoek

from conftest import GEMEENTE, OURS, TWENTE, Werkmap, message

UNKNOWN = (None, ["antwoord-zonder-vraag"])


def refused(content: bytes) -> bytes:
    """A request or answer that the schema does not allow."""
    wrong = content.replace(b"<JZ:soortVerzoeker>05<", b"<JZ:soortVerzoeker>77<").replace(b"Bekend>N<", b"Bekend>Q<")
    assert wrong != content
    return wrong


def fo01(cross_refnummer: str) -> bytes:
    """An Fo01 of the Raad on what we sent under that number."""
    return message("Fo01Bericht/op-vto.xml").replace(b"vto-2026-0001-minimaal", cross_refnummer.encode())


def test_a_number_that_two_organisations_gave_a_request_does_not_contradict_the_identificatie(werkmap: Werkmap) -> None:
    werkmap.handle("corv", verzoek("vcobDi01", "vraag-1", "NR-01", zender=OTHER, ontvanger=OURS))
    asked = werkmap.handle("corv", verzoek("vcobDi01", "vraag-2", "NR-02", zender=RAAD, ontvanger=OURS))
    told = werkmap.handle("eigen", antwoord("ucobDi01", "antw-1", "vraag-1", "NR-02", zender=OURS, ontvanger=RAAD))
    assert linked(werkmap, told) == (asked["id"], ["crossrefnummer-onbekend"])


@pytest.mark.parametrize("in_one_batch", [True, False])
@pytest.mark.parametrize("cross", ["vraag-1", "onbekend"])
def test_a_request_that_we_refused_to_send_is_answered_by_nothing(werkmap: Werkmap, cross: str, in_one_batch: bool) -> None:
    werkmap.drop("eigen", "a.xml", refused(verzoek("vcobDi01", "vraag-1", "VTZ-1")))
    if not in_one_batch:
        werkmap.run()
    werkmap.drop("corv", "b.xml", antwoord("ucobDi01", "antw-1", cross, "VTZ-1"))
    werkmap.run()
    by_number = {row["referentienummer"]: row for row in werkmap.rows()}
    assert by_number["vraag-1"]["status"] == "geweigerd"
    assert linked(werkmap, by_number["antw-1"]) == UNKNOWN


@pytest.mark.parametrize(("cross", "is_known"), [("vraag-1", True), ("onbekend", False)])
def test_a_request_on_which_a_fault_came_is_answered_only_by_both_numbers(werkmap: Werkmap, cross: str, is_known: bool) -> None:
    asked = werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    werkmap.handle("corv", fo01("vraag-1"))
    assert werkmap.whole(asked["id"])["bericht"]["status"] == "beantwoord_met_fout"
    assert not [item for item in open_items(werkmap) if item.soort == "verrijking"]
    row = werkmap.handle("corv", antwoord("ucobDi01", "antw-1", cross, "VTZ-1"))
    assert linked(werkmap, row) == ((asked["id"], []) if is_known else UNKNOWN)


@pytest.mark.parametrize("cross", ["vraag-1", "onbekend"])
@pytest.mark.parametrize("in_one_batch", [True, False])
@pytest.mark.parametrize(
    ("kanaal", "asker", "asked"), [("eigen", OURS, GEMEENTE), ("corv", TWENTE, OURS)], ids=["of ours", "of another"]
)
def test_an_answer_from_the_side_of_the_request_itself_answers_nothing(
    werkmap: Werkmap, kanaal: str, asker: str, asked: str, cross: str, in_one_batch: bool
) -> None:
    werkmap.drop(kanaal, "a.xml", verzoek("vcobDi01", "vraag-1", "NR-01", zender=asker, ontvanger=asked))
    if not in_one_batch:
        werkmap.run()
    werkmap.drop(kanaal, "b.xml", antwoord("ucobDi01", "antw-1", cross, "NR-01", zender=asked, ontvanger=asker))
    werkmap.run()
    by_number = {row["referentienummer"]: row for row in werkmap.rows()}
    assert by_number["vraag-1"]["status"] == "geaccepteerd"
    assert linked(werkmap, by_number["antw-1"]) == UNKNOWN


def test_a_request_that_was_refused_or_came_twice_waits_for_nothing(werkmap: Werkmap) -> None:
    refused_one = werkmap.handle("corv", refused(verzoek("vcobDi01", "vraag-1", "NR-01", zender=RAAD, ontvanger=OURS)))
    first, again = (
        werkmap.handle("corv", verzoek("vcobDi01", "vraag-2", "NR-02", zender=RAAD, ontvanger=OURS)) for _ in range(2)
    )
    assert (refused_one["status"], again["status"]) == ("geweigerd", "herhaald")
    assert [item.id for item in open_items(werkmap)] == [first["id"]]


def test_a_request_that_a_person_must_judge_waits_and_a_bv01_is_no_answer_to_one(werkmap: Werkmap) -> None:
    judged = werkmap.handle("corv", verzoek("vcobDi01", "vraag-1", "NR-01", zender=RAAD, ontvanger=TWENTE))
    asked = werkmap.handle("eigen", verzoek("vcobDi01", "vraag-2", "VTZ-2"))
    bv01 = werkmap.handle("corv", message("Bv01Bericht/op-vto.xml").replace(b"vto-2026-0001-minimaal", b"vraag-2"))
    assert (judged["status"], linked(werkmap, bv01)[0]) == ("te_beoordelen", asked["id"])
    assert {item.id for item in open_items(werkmap)} == {judged["id"], asked["id"]}


def test_of_a_refused_answer_nobody_says_what_it_answers(werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", refused(antwoord("ucobDi01", "antw-1", "onbekend", "VTZ-1")))
    assert (row["status"], linked(werkmap, row)) == ("geweigerd", (None, ["StUF055"]))
