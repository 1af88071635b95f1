"""What hands a melding back is valid whatever names and numbers there are; the working folder holds it to the schemas."""

from collections.abc import Callable

import pytest
from test_herrouteren import file, open_attention
from varianten import generiek_in_twente

from conftest import OURS, TWENTE, Werkmap, message
from corv.clock import utc_now

Corv = Callable[..., tuple[int, str, str]]

MELDINGEN = {
    "meldingGeneriekDi01": ("uitkomstMeldingGeneriekDi01", generiek_in_twente("gm-1", "PL-G-1")),
    "vtMeldingDi01": ("vtTerugkoppelingDi01", message("vtMeldingDi01/in-twente.xml")),
}


@pytest.mark.parametrize("number", ["  ab  ", "     "])
def test_a_number_of_mostly_white_space_can_not_come_back_so_a_person_tells_the_melder(werkmap: Werkmap, number: str) -> None:
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    row = werkmap.handle("corv", generiek_in_twente("gm-1", number))

    assert row["status"] == "herrouteerd"
    assert not [name for name in werkmap.written(row) if "uitkomst" in name]
    assert open_attention(werkmap, row["id"]) == ["melder_inlichten"]


@pytest.mark.parametrize("functie", MELDINGEN)
def test_the_oins_of_an_acceptance_environment_are_named_without_their_end(werkmap: Werkmap, functie: str) -> None:
    told, melding = MELDINGEN[functie]
    werkmap.configure(f'oins = ["{OURS}"]', f'oins = ["{OURS}_ACCEPTATIE"]')
    werkmap.confirm("Veilig Thuis Twente", f"{TWENTE}_OTA", TWENTE)
    row = werkmap.handle("corv", melding.replace(OURS.encode(), f"{OURS}_ACCEPTATIE".encode(), 1))
    made = file(werkmap, row["id"], f"corv/VT19-{told}.xml")

    named = {leaf.text for leaf in made.iterfind("{*}object//*") if (leaf.text or "").startswith("0000")}
    assert {OURS, TWENTE} & named == named - {"00000002999000002000"}
    assert made.findtext("{*}stuurgegevens/{*}zender/{*}organisatie") == f"{OURS}_ACCEPTATIE"


@pytest.mark.parametrize("functie", MELDINGEN)
def test_a_name_of_two_hundred_characters_fits(werkmap: Werkmap, functie: str) -> None:
    told, melding = MELDINGEN[functie]
    werkmap.configure('naam = "Veilig Thuis Voorbeeldstad"', f'naam = "{"V" * 200}"')
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    row = werkmap.handle("corv", melding)

    assert f"corv/VT19-{told}.xml" in werkmap.written(row)


def test_what_a_forward_waits_for_is_not_settled_by_saying_twice_that_the_melder_was_told(werkmap: Werkmap, corv: Corv) -> None:
    werkmap.now = utc_now()
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    id_ = werkmap.handle("corv", generiek_in_twente("gm-1", "  ab  "))["id"]
    assert corv("beslis", id_, "--afgehandeld", "--reden", "Gebeld", "--door", "jan")[0] == 0

    code, _, err = corv("beslis", id_, "--afgehandeld", "--reden", "Ook gebeld", "--door", "piet")

    assert (code, "al afgehandeld door jan" in err, "Corv wacht nog op antwoord" in err) == (2, True, True)
    assert '"ontvangst"' in corv("openstaand", "--json")[1]
