"""An ucob or uci settles a request only between the two that it went between, and only once it was accepted."""

from collections.abc import Callable

import pytest
from test_verrijking import OTHER, linked, open_items
from varianten import RAAD, antwoord, verzoek

from conftest import OURS, TWENTE, Werkmap

Corv = Callable[..., tuple[int, str, str]]

BY_JAN = ("--reden", "Gebeld met de Raad", "--door", "jan")
PAIRS = [("vcobDi01", "ucobDi01"), ("vciDi01", "uciDi01")]


def waiting(werkmap: Werkmap) -> list[str | None]:
    return [item.referentienummer for item in open_items(werkmap)]


@pytest.mark.parametrize(("vraag", "functie"), PAIRS)
def test_an_answer_of_another_than_was_asked_is_delivered_and_settles_nothing(werkmap: Werkmap, vraag: str, functie: str) -> None:
    werkmap.handle("eigen", verzoek(vraag, "vraag-1", "VTZ-1"))
    row = werkmap.handle("corv", antwoord(functie, "antw-1", "vraag-1", "VTZ-1", zender=OTHER))
    assert (row["status"], werkmap.written(row)) == ("geaccepteerd", {"corv/Bv03.xml", f"eigen/{functie}.xml"})
    assert (linked(werkmap, row), waiting(werkmap)) == ((None, ["antwoord-andere-partij"]), ["vraag-1"])

    asked = werkmap.rows()[1]["id"]
    right = werkmap.handle("corv", antwoord(functie, "antw-1", "vraag-1", "VTZ-1"))
    assert (linked(werkmap, right), waiting(werkmap)) == ((asked, []), [])


@pytest.mark.parametrize(("vraag", "functie"), PAIRS)
def test_our_answer_to_another_than_asked_us_is_sent_and_settles_nothing(werkmap: Werkmap, vraag: str, functie: str) -> None:
    werkmap.handle("corv", verzoek(vraag, "vraag-1", "RVDK-1", zender=RAAD, ontvanger=OURS))
    told = werkmap.handle("eigen", antwoord(functie, "antw-1", "vraag-1", "RVDK-1", zender=OURS, ontvanger=OTHER))
    assert (told["status"], werkmap.written(told)) == ("geaccepteerd", {f"corv/{functie}.xml"})
    assert (linked(werkmap, told), waiting(werkmap)) == ((None, ["antwoord-andere-partij"]), ["vraag-1"])


def test_an_answer_to_another_veilig_thuis_waits_for_a_person_and_settles_nothing(werkmap: Werkmap) -> None:
    werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    row = werkmap.handle("corv", antwoord("ucobDi01", "antw-1", "vraag-1", "VTZ-1", ontvanger=TWENTE))
    assert (row["status"], linked(werkmap, row)) == ("te_beoordelen", (None, ["antwoord-andere-partij"]))
    assert waiting(werkmap) == ["vraag-1"]


def test_the_party_counts_within_a_batch_too(werkmap: Werkmap) -> None:
    werkmap.drop("eigen", "a.xml", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    werkmap.drop("corv", "b.xml", antwoord("ucobDi01", "antw-1", "vraag-1", "VTZ-1", zender=OTHER))
    werkmap.run()
    (row,) = [row for row in werkmap.rows() if row["referentienummer"] == "antw-1"]
    assert linked(werkmap, row) == (None, ["antwoord-andere-partij"])


@pytest.mark.parametrize("first", [RAAD, OTHER])
def test_of_two_requests_with_both_numbers_the_one_between_the_same_parties_is_answered(werkmap: Werkmap, first: str) -> None:
    """Both ask us under one number: the numbers of two organisations are not one row."""
    ids = {}
    for zender in (first, RAAD if first == OTHER else OTHER):
        asked = werkmap.handle("corv", verzoek("vcobDi01", "vraag-1", "NR-01", zender=zender, ontvanger=OURS))
        ids[zender] = asked["id"]
    told = werkmap.handle("eigen", antwoord("ucobDi01", "antw-1", "vraag-1", "NR-01", zender=OURS, ontvanger=RAAD))
    assert linked(werkmap, told) == (ids[RAAD], [])
    assert [item.id for item in open_items(werkmap)] == [ids[OTHER]]


def test_who_reads_an_answer_of_another_party_is_told_to_tie_it(werkmap: Werkmap, corv: Corv) -> None:
    werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    row = werkmap.handle("corv", antwoord("ucobDi01", "antw-1", "vraag-1", "VTZ-1", zender=OTHER))
    out = corv("toon", row["id"])[1]
    assert "tussen andere organisaties" in out
    assert f"koppel {row['id'][-12:]} KENMERK-VAN-DE-VRAAG" in out


# -- only what was accepted


def judged(werkmap: Werkmap) -> None:
    """A rule that puts every ucob of the Raad before a person."""
    werkmap.configure(
        '[[regel]]\nnaam = "zeker-voor-ander"',
        f'[[regel]]\nnaam = "afspraak"\nals = {{ functie = ["ucobDi01"], zender = ["{RAAD}"] }}\ndan = "beoordeel"\n'
        f'[[regel.voorbeeld]]\nwerkgebied = "VT20"\nfunctie = "ucobDi01"\nzender = "{RAAD}"\n'
        'verwacht = { dan = "beoordeel" }\n\n[[regel]]\nnaam = "zeker-voor-ander"',
        "herroutering.toml",
    )


@pytest.mark.parametrize(("keuze", "still_waits"), [("--accepteer", []), ("--weiger", ["vraag-1"])])
@pytest.mark.parametrize("cross", ["vraag-1", "onbekend"])
def test_an_answer_that_a_person_must_judge_settles_the_request_only_when_it_is_accepted(
    werkmap: Werkmap, corv: Corv, cross: str, keuze: str, still_waits: list[str]
) -> None:
    judged(werkmap)
    asked = werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    row = werkmap.handle("corv", antwoord("ucobDi01", "antw-1", cross, "VTZ-1"))
    assert (row["status"], linked(werkmap, row)[0], waiting(werkmap)) == ("te_beoordelen", asked["id"], ["vraag-1"])
    assert corv("beslis", row["id"], keuze, *BY_JAN)[0] == 0
    assert waiting(werkmap) == still_waits


@pytest.mark.parametrize(("keuze", "still_waits"), [("--accepteer", []), ("--weiger", ["vraag-1"])])
def test_so_does_one_that_a_person_tied(werkmap: Werkmap, corv: Corv, keuze: str, still_waits: list[str]) -> None:
    judged(werkmap)
    asked = werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    row = werkmap.handle("corv", antwoord("ucobDi01", "antw-1", "onbekend", "VTZ-9"))
    assert corv("koppel", row["id"], asked["id"], *BY_JAN)[0] == 0
    assert waiting(werkmap) == ["vraag-1"]
    assert corv("beslis", row["id"], keuze, *BY_JAN)[0] == 0
    assert waiting(werkmap) == still_waits


def test_a_refused_answer_that_a_person_ties_settles_nothing(werkmap: Werkmap, corv: Corv) -> None:
    asked = werkmap.handle("eigen", verzoek("vcobDi01", "vraag-1", "VTZ-1"))
    wrong = antwoord("ucobDi01", "antw-1", "vraag-1", "VTZ-9").replace(b"indicatieBekend>N", b"indicatieBekend>Q")
    row = werkmap.handle("corv", wrong)
    assert row["status"] == "geweigerd"
    code, out, _ = corv("koppel", row["id"], asked["id"], *BY_JAN)
    assert (code, "verder verandert er niets" in out, waiting(werkmap)) == (0, True, ["vraag-1"])
