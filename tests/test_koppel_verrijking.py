"""`corv koppel` on an answer that shares the verzoekidentificatie of the request, but that the program did not tie to it."""

from collections.abc import Callable

import pytest
from test_verrijking import BY_JAN, OTHER, linked, open_items
from varianten import antwoord, verzoek

from conftest import Werkmap

Corv = Callable[..., tuple[int, str, str]]

NOT_TIED = {
    "it contradicts itself": antwoord("ucobDi01", "antw-1", "vraag-2", "VTZ-1"),
    "its key fits two requests": antwoord("ucobDi01", "antw-1", "", "VTZ-2"),
    "it is of another party": antwoord("ucobDi01", "antw-1", "vraag-1", "VTZ-1", zender=OTHER),
    "only its key fits, of another party": antwoord("ucobDi01", "antw-1", "", "VTZ-1", zender=OTHER),
}


def asked(werkmap: Werkmap) -> dict[str, str]:
    """Three requests of ours, the last two with one verzoekidentificatie; gives their ids by their number."""
    for number, identificatie in (("vraag-1", "VTZ-1"), ("vraag-2", "VTZ-2"), ("vraag-3", "VTZ-2")):
        werkmap.handle("eigen", verzoek("vcobDi01", number, identificatie))
    return {row["referentienummer"]: row["id"] for row in werkmap.rows()}


def waiting(werkmap: Werkmap) -> set[str | None]:
    return {item.referentienummer for item in open_items(werkmap)}


@pytest.mark.parametrize("why", NOT_TIED)
def test_a_person_ties_it_to_the_request_whose_key_it_shares_and_unties_it(werkmap: Werkmap, corv: Corv, why: str) -> None:
    requests = asked(werkmap)
    number = "vraag-3" if "VTZ-2" in NOT_TIED[why].decode() else "vraag-1"
    row = werkmap.handle("corv", NOT_TIED[why])
    before = linked(werkmap, row)
    assert (before[0], waiting(werkmap)) == (None, set(requests))

    code, out, _ = corv("koppel", row["id"], requests[number], *BY_JAN)
    assert (code, f"{row['id'][-12:]} geldt nu als antwoord op {requests[number][-12:]}." in out) == (0, True)
    assert (linked(werkmap, row)[0], waiting(werkmap)) == (requests[number], set(requests) - {number})

    assert corv("koppel", row["id"], requests[number], "--los", *BY_JAN)[0] == 0
    assert (linked(werkmap, row), waiting(werkmap)) == (before, set(requests))


def test_what_the_program_tied_already_is_not_tied_again_nor_untied(werkmap: Werkmap, corv: Corv) -> None:
    requests = asked(werkmap)
    row = werkmap.handle("corv", antwoord("ucobDi01", "antw-1", "vraag-1", "VTZ-1"))
    code, _, err = corv("koppel", row["id"], requests["vraag-1"], *BY_JAN)
    assert (code, "horen al bij elkaar, door hun crossRefnummer" in err) == (2, True)
    code, _, err = corv("koppel", row["id"], requests["vraag-1"], "--los", *BY_JAN)
    assert (code, "dat is niet los te maken" in err) == (2, True)


def test_two_requests_with_one_key_need_no_tie(werkmap: Werkmap, corv: Corv) -> None:
    requests = asked(werkmap)
    code, _, err = corv("koppel", requests["vraag-2"], requests["vraag-3"], *BY_JAN)
    assert (code, "horen al bij elkaar, door hun verzoekidentificatie" in err) == (2, True)


def test_an_answer_that_was_tied_to_one_request_does_not_become_that_of_another(werkmap: Werkmap, corv: Corv) -> None:
    requests = asked(werkmap)
    row = werkmap.handle("corv", NOT_TIED["its key fits two requests"])
    assert corv("koppel", row["id"], requests["vraag-3"], *BY_JAN)[0] == 0
    code, _, err = corv("koppel", row["id"], requests["vraag-2"], *BY_JAN)
    assert (code, "horen al bij elkaar, door hun verzoekidentificatie" in err) == (2, True)
    assert (linked(werkmap, row)[0], waiting(werkmap)) == (requests["vraag-3"], {"vraag-1", "vraag-2"})
