"""A melding for another Veilig Thuis: what is written, what comes back on it, and that nothing goes round or twice."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree
from meldingen import IN_TWENTE, POLITIE, melding, terugkoppeling_of_twente

from conftest import OURS, TWENTE, Werkmap, message
from corv import config
from corv.app import carry_out
from corv.clock import utc_now
from corv.schemas import Schemas
from corv.stuf import JZ, STUF, ZKN

Corv = Callable[..., tuple[int, str, str]]

DOOR = ("--reden", "Het gezin woont in Enschede", "--door", "jan")
EVERYTHING = {
    "corv/Bv03.xml",
    "corv/Bv01.xml",
    "corv/VT19-vtTerugkoppelingDi01.xml",
    "corv/VT19-vtMeldingDi01.xml",
    "eigen/aandacht/vtMeldingDi01.txt",
    "eigen/aandacht/vtMeldingDi01.xml",
}


def file(werkmap: Werkmap, id_: str, name: str) -> etree._Element:
    folder, _, rest = name.rpartition("/")
    return etree.fromstring(werkmap.outbox()[f"{folder}/{id_}-{rest}"])


def text(root: etree._Element, path: str) -> str | None:
    return root.findtext(path, namespaces={"JZ": JZ, "ZKN": ZKN, "StUF": STUF})


def from_twente(kind: str, cross: str, number: str = "vt19-1") -> bytes:
    """An answer of Twente to us, under the crossRefnummer of what we sent."""
    root = etree.fromstring(message(f"{kind[:2]}01Bericht/op-vto.xml").replace(b"Fo01", kind.encode()))
    for path, value in (
        ("zender/StUF:organisatie", TWENTE),
        ("ontvanger/StUF:organisatie", OURS),
        ("referentienummer", number),
        ("crossRefnummer", cross),
    ):
        element = root.find(f".//StUF:{path}", namespaces={"StUF": STUF})
        assert element is not None
        element.text = value
    return etree.tostring(root)


def sent_as(werkmap: Werkmap, id_: str, soort: str = "doorsturing") -> str:
    return next(str(row["referentienummer"]) for row in werkmap.whole(id_)["uitvoer"] if row["soort"] == soort)


def open_attention(werkmap: Werkmap, id_: str) -> list[str]:
    return [row["aanleiding"] for row in werkmap.whole(id_)["aandacht"] if row["gesloten_op"] is None]


def outstanding(corv: Corv) -> str:
    return corv("openstaand", "--json")[1]


# -- what is written -----------------------------------------------------------------------------------------------------


def test_a_melding_surely_of_another_goes_there_and_its_melder_is_told(twente: Werkmap) -> None:
    row = twente.handle("corv", IN_TWENTE)
    assert (row["status"], row["besluit"]) == ("herrouteerd", "herrouteer")
    assert twente.written(row) == EVERYTHING
    assert twente.whole(row["id"])["besluit"]["regel"] == "zeker-voor-ander"
    assert twente.leftovers() == []


def test_the_forward_is_the_same_melding_under_our_own_stuurgegevens(twente: Werkmap) -> None:
    row = twente.handle("corv", IN_TWENTE)
    forward, original = file(twente, row["id"], "corv/VT19-vtMeldingDi01.xml"), etree.fromstring(IN_TWENTE)
    header = {name: text(forward, f"JZ:stuurgegevens/{path}") for name, path in _HEADER.items()}
    assert header == {
        "zender": OURS,
        "zender_applicatie": "corv",
        "ontvanger": TWENTE,
        "ontvanger_applicatie": "Veilig Thuis",
        "referentienummer": sent_as(twente, row["id"]),
        "functie": "vtMeldingDi01",
        "crossRefnummer": None,
    }
    assert header["referentienummer"] != "pol-1"
    forwarded, received = (
        etree.canonicalize(etree.tostring(part, encoding="unicode"))
        for root in (forward, original)
        for part in root.iter(f"{{{JZ}}}object")
    )
    assert forwarded == received


_HEADER = {
    "zender": "StUF:zender/StUF:organisatie",
    "zender_applicatie": "StUF:zender/StUF:applicatie",
    "ontvanger": "StUF:ontvanger/StUF:organisatie",
    "ontvanger_applicatie": "StUF:ontvanger/StUF:applicatie",
    "referentienummer": "StUF:referentienummer",
    "functie": "StUF:functie",
    "crossRefnummer": "StUF:crossRefnummer",
}


def test_the_terugkoppeling_names_the_melding_and_the_right_organisation_in_every_element_that_may_name_it(
    twente: Werkmap,
) -> None:
    row = twente.handle("corv", IN_TWENTE)
    told = file(twente, row["id"], "corv/VT19-vtTerugkoppelingDi01.xml")
    assert {name: text(told, path) for name, path in _TOLD.items()} == {
        "ontvanger": POLITIE,
        "zender": OURS,
        "status": "Melding onjuist geadresseerd",
        "melding": "PL-1",
        "toelichting": f"Deze melding is niet voor Veilig Thuis Voorbeeldstad, maar voor Veilig Thuis Twente (OIN {TWENTE}). "
        "Wij hebben haar doorgestuurd; u hoeft haar niet opnieuw te versturen.",
        "verantwoordelijk": "Veilig Thuis Twente",
        "uitgevoerd": "Veilig Thuis Twente",
        "oin": TWENTE,
    }


_UITVOERDER = "JZ:object/ZKN:isUitgevoerdDoor/ZKN:gerelateerde"
_OVER = "JZ:object/ZKN:naarAanleidingVan/ZKN:gerelateerde"
_TOLD = {
    "ontvanger": "JZ:stuurgegevens/StUF:ontvanger/StUF:organisatie",
    "zender": "JZ:stuurgegevens/StUF:zender/StUF:organisatie",
    "status": "JZ:object/ZKN:status",
    "melding": f"{_OVER}/JZ:identificatieVtMelding",
    "toelichting": "JZ:object/ZKN:toelichting",
    "verantwoordelijk": f"{_OVER}/JZ:betreft/JZ:gerelateerde/JZ:verantwoordelijkVoorZichtOpDeVeiligheidBelegdBij"
    "/JZ:gerelateerde/ZKN:naam",
    "uitgevoerd": f"{_UITVOERDER}/ZKN:naam",
    "oin": f"{_UITVOERDER}/ZKN:oinNummer",
}


@pytest.mark.parametrize(
    ("elements", "named"),
    [
        ('["toelichting"]', {"toelichting"}),
        ('["verantwoordelijk"]', {"verantwoordelijk"}),
        ('["isUitgevoerdDoor"]', {"uitgevoerd", "oin"}),
    ],
)
def test_where_the_right_organisation_stands_is_configuration(
    twente: Werkmap, schemas: Schemas, elements: str, named: set[str]
) -> None:
    twente.configure(
        'juiste_organisatie_in = ["toelichting", "verantwoordelijk", "isUitgevoerdDoor"]',
        f"juiste_organisatie_in = {elements}",
        "herroutering.toml",
    )
    row = twente.handle("corv", IN_TWENTE)
    told = file(twente, row["id"], "corv/VT19-vtTerugkoppelingDi01.xml")
    assert schemas.validate(told) == ()
    found = {name for name, path in _TOLD.items() if "Twente" in (text(told, path) or "") or text(told, path) == TWENTE}
    assert found == named


@pytest.mark.parametrize(
    ("wijze", "absent", "to_do"),
    [
        ("terugkoppeling", "corv/VT19-vtMeldingDi01.xml", "Tot die tijd is zij van u."),
        ("doorsturen", "corv/VT19-vtTerugkoppelingDi01.xml", "Niets, tenzij corv meldt"),
    ],
)
def test_one_of_both_may_be_left_out_and_the_note_says_what_that_asks(
    twente: Werkmap, wijze: str, absent: str, to_do: str
) -> None:
    twente.configure('wijze = "beide"', f'wijze = "{wijze}"', "herroutering.toml")
    row = twente.handle("corv", IN_TWENTE)
    assert (row["status"], twente.written(row)) == ("herrouteerd", EVERYTHING - {absent})
    note = twente.outbox()[f"eigen/aandacht/{row['id']}-vtMeldingDi01.txt"].decode()
    assert note.startswith("DIT BERICHT IS VOOR EEN ANDER VEILIG THUIS")
    assert to_do in note


def test_a_melding_in_an_envelope_is_forwarded_without_it(twente: Werkmap, schemas: Schemas) -> None:
    envelope = b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>%s</s:Body></s:Envelope>'
    row = twente.handle("corv", envelope % IN_TWENTE.partition(b"?>")[2])
    assert schemas.validate(file(twente, row["id"], "corv/VT19-vtMeldingDi01.xml")) == ()


def test_the_same_melding_once_more_gets_the_same_answers_and_is_not_forwarded_again(twente: Werkmap) -> None:
    first = twente.handle("corv", IN_TWENTE)
    again = twente.handle("corv", IN_TWENTE)
    assert (again["status"], twente.written(again)) == ("herhaald", {"corv/Bv03.xml", "corv/Bv01.xml"})
    assert twente.written(first) == EVERYTHING


def test_the_content_of_a_forward_is_not_in_the_database(twente: Werkmap) -> None:
    twente.handle("corv", IN_TWENTE)
    database = (twente.path / "data/corv.sqlite").read_bytes()
    assert b"Verzonnenlaan" not in database
    assert b"7511AB" not in database


def test_of_a_message_with_thousands_of_addresses_only_the_weightiest_are_recorded(twente: Werkmap) -> None:
    crowd = [{"rol": "overige verwant", "feitelijk": ("3511AB", "Utrecht")}] * 1000
    content = melding([*crowd, {"rol": "jeugdige", "feitelijk": ("7511AB", "Enschede")}])
    row = twente.handle("corv", content)
    recorded = twente.whole(row["id"])["verklaring"]["werkgebied"]["bewijs"]
    assert (row["status"], len(recorded), recorded[0]["wie"]) == ("herrouteerd", 200, "persoon 1001 (jeugdige)")


# -- not sure enough -----------------------------------------------------------------------------------------------------


def test_without_a_confirmed_oin_a_person_decides_and_then_the_rest_is_written_once(werkmap: Werkmap, corv: Corv) -> None:
    werkmap.now = utc_now()
    row = werkmap.handle("corv", IN_TWENTE)
    waiting = {"corv/Bv03.xml", "eigen/aandacht/vtMeldingDi01.txt", "eigen/aandacht/vtMeldingDi01.xml"}
    assert (row["status"], werkmap.written(row)) == ("te_beoordelen", waiting)
    assert "niet bevestigd" in werkmap.whole(row["id"])["besluit"]["reden"]

    code, out, err = corv("beslis", row["id"], "--herrouteer", "VT19", *DOOR)
    assert (code, "is herrouteerd naar Veilig Thuis Twente door jan" in out) == (0, True)
    assert "niet bevestigd" in err
    assert werkmap.written(row) == EVERYTHING
    code, out, err = corv("beslis", row["id"], "--herrouteer", "VT19", *DOOR)
    assert (code, "al beslist door jan" in err) == (2, True)
    assert werkmap.written(row) == EVERYTHING
    assert werkmap.run().written == 0


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("VT20", "eigen werkgebied"),
        ("VT05", "OIN is niet bekend"),
        ("VT99", "staat niet in config/organisaties.toml"),
    ],
)
def test_a_person_can_not_send_it_where_nobody_can_be_reached(werkmap: Werkmap, corv: Corv, to: str, told: str) -> None:
    row = werkmap.handle("corv", IN_TWENTE)
    code, _, err = corv("beslis", row["id"], "--herrouteer", to, *DOOR)
    assert (code, told in err) == (2, True), err
    assert werkmap.rows()[0]["status"] == "te_beoordelen"


def test_what_comes_round_is_judged_and_not_sent_again(twente: Werkmap) -> None:
    first = twente.handle("corv", IN_TWENTE)
    back = IN_TWENTE.replace(POLITIE.encode(), TWENTE.encode()).replace(b"pol-1", b"vt19-doorgestuurd")
    row = twente.handle("corv", back)
    assert (row["status"], twente.whole(row["id"])["besluit"]["regel"]) == ("te_beoordelen", "al-eerder-doorgestuurd")
    assert twente.whole(row["id"])["bericht"]["hoort_bij"] == first["id"]


def test_what_a_veilig_thuis_forwards_does_not_go_on_by_itself(twente: Werkmap) -> None:
    row = twente.handle("corv", IN_TWENTE.replace(POLITIE.encode(), TWENTE.encode()))
    assert (row["status"], twente.whole(row["id"])["besluit"]["regel"]) == ("te_beoordelen", "melding-van-veilig-thuis")


def test_another_melding_of_the_same_number_by_another_melder_is_no_loop(twente: Werkmap) -> None:
    twente.handle("corv", IN_TWENTE)
    other = IN_TWENTE.replace(b"pol-1", b"pol-2").replace(b"Politie Proefdal", b"Halt Proefdal")
    assert other.count(b"Halt Proefdal") == 1
    assert twente.handle("corv", other)["status"] == "herrouteerd"


# -- what comes back -----------------------------------------------------------------------------------------------------


def test_a_bv01_of_the_other_closes_it_and_one_of_the_melder_does_not(twente: Werkmap, corv: Corv) -> None:
    row = twente.handle("corv", IN_TWENTE)
    assert '"ontvangst"' in outstanding(corv)
    told = from_twente("Bv01", sent_as(twente, row["id"], "terugkoppeling"), "pol-9").replace(TWENTE.encode(), POLITIE.encode())
    twente.handle("corv", told)
    assert '"ontvangst"' in outstanding(corv)
    answer = twente.handle("corv", from_twente("Bv01", sent_as(twente, row["id"])))
    assert (answer["status"], twente.written(answer)) == ("geaccepteerd", {"corv/Bv03.xml"})
    assert outstanding(corv) == ""


@pytest.mark.parametrize("kind", ["Fo01", "Fo03"])
def test_a_fault_of_the_other_makes_it_ours_again(twente: Werkmap, corv: Corv, kind: str) -> None:
    row = twente.handle("corv", IN_TWENTE)
    fault = twente.handle("corv", from_twente(kind, sent_as(twente, row["id"])))
    for_a_person = {f"eigen/aandacht/{kind}Bericht.txt", f"eigen/aandacht/{kind}Bericht.xml"}
    assert twente.written(fault) == for_a_person | ({"corv/Bv03.xml"} if kind == "Fo01" else set())
    assert open_attention(twente, row["id"]) == ["doorsturing_geweigerd"]
    assert '"ontvangst"' not in outstanding(corv)
    assert '"terugkoppeling"' in outstanding(corv)  # it is ours again, and so are its five working days

    code, _, err = corv("beslis", row["id"], "--accepteer", "--reden", "Wij nemen haar", "--door", "jan")
    assert (code, err) == (0, "")
    assert twente.written(row) == EVERYTHING | {"eigen/vtMeldingDi01.xml"}
    assert (twente.whole(row["id"])["bericht"]["status"], open_attention(twente, row["id"])) == ("geaccepteerd", [])


def test_silence_makes_it_ours_again_once_and_a_late_bv01_ends_that(twente: Werkmap) -> None:
    row = twente.handle("corv", IN_TWENTE)
    twente.run()
    assert open_attention(twente, row["id"]) == []
    twente.now += timedelta(hours=25)
    twente.run()
    assert open_attention(twente, row["id"]) == ["doorsturing_stil"]
    assert sum("eigen/aandacht/geen-antwoord" in name for name in twente.written(row)) == 1
    twente.run()
    assert len(twente.whole(row["id"])["aandacht"]) == 1

    twente.handle("corv", from_twente("Bv01", sent_as(twente, row["id"])))
    assert open_attention(twente, row["id"]) == []
    twente.now += timedelta(hours=25)
    twente.run()
    assert open_attention(twente, row["id"]) == []


def test_a_person_may_settle_silence_and_is_not_asked_again(twente: Werkmap, corv: Corv) -> None:
    twente.now = utc_now() - timedelta(hours=26)
    row = twente.handle("corv", IN_TWENTE)
    twente.now += timedelta(hours=25)
    twente.run()
    assert corv("beslis", row["id"], "--afgehandeld", "--reden", "Gebeld: zij hebben haar", "--door", "jan")[0] == 0
    twente.now += timedelta(hours=25)
    twente.run()
    assert open_attention(twente, row["id"]) == []
    assert outstanding(corv) == ""


def test_a_terugkoppeling_of_the_other_goes_to_the_first_melder(twente: Werkmap, schemas: Schemas, corv: Corv) -> None:
    row = twente.handle("corv", IN_TWENTE)
    passed = twente.handle("corv", terugkoppeling_of_twente("uitkomst veiligheidsbeoordeling"))
    assert (passed["status"], passed["besluit"]) == ("geaccepteerd", "geef door")
    assert twente.written(passed) == {"corv/Bv03.xml", "corv/Bv01.xml", "corv/melder-vtTerugkoppelingDi01.xml"}
    told = file(twente, passed["id"], "corv/melder-vtTerugkoppelingDi01.xml")
    assert schemas.validate(told) == ()
    assert {name: text(told, f"JZ:stuurgegevens/{_HEADER[name]}") for name in ("zender", "ontvanger")} == {
        "zender": OURS,
        "ontvanger": POLITIE,
    }
    assert text(told, "JZ:object/ZKN:status") == "uitkomst veiligheidsbeoordeling"
    assert (open_attention(twente, row["id"]), outstanding(corv)) == ([], "")
    assert twente.whole(passed["id"])["bericht"]["hoort_bij"] == row["id"]


def test_a_melding_that_the_other_hands_back_is_ours_again(twente: Werkmap) -> None:
    row = twente.handle("corv", IN_TWENTE)
    passed = twente.handle("corv", terugkoppeling_of_twente("Melding onjuist geadresseerd"))
    assert "corv/melder-vtTerugkoppelingDi01.xml" in twente.written(passed)
    assert open_attention(twente, row["id"]) == ["doorsturing_geweigerd"]


def test_a_terugkoppeling_on_what_we_did_not_forward_goes_to_our_own_system(twente: Werkmap) -> None:
    twente.handle("corv", IN_TWENTE)
    row = twente.handle("corv", terugkoppeling_of_twente("uitkomst veiligheidsbeoordeling", "PL-ander"))
    assert twente.written(row) == {"corv/Bv03.xml", "corv/Bv01.xml", "eigen/vtTerugkoppelingDi01.xml"}


def test_after_a_refusal_a_person_may_send_it_to_yet_another(twente: Werkmap, corv: Corv) -> None:
    twente.confirm("Veilig Thuis Drenthe", "00000001999000002019", "")
    row = twente.handle("corv", IN_TWENTE)
    twente.handle("corv", from_twente("Fo01", sent_as(twente, row["id"])))
    again = corv("beslis", row["id"], "--herrouteer", "vt19", *DOOR)
    assert (again[0], "--opnieuw" in again[2]) == (2, True)
    assert corv("beslis", row["id"], "--herrouteer", "vt02", *DOOR)[0] == 0
    new = {"corv/VT02-vtTerugkoppelingDi01.xml", "corv/VT02-vtMeldingDi01.xml"}
    assert twente.written(row) == EVERYTHING | new
    assert corv("openstaand")[1].count("VT02") == 1


def test_an_answer_without_a_number_is_tied_to_the_forward_by_hand(twente: Werkmap, corv: Corv) -> None:
    twente.now = utc_now() - timedelta(hours=26)
    row = twente.handle("corv", IN_TWENTE)
    twente.now += timedelta(hours=25)
    twente.run()
    fault, receipt = (twente.handle("corv", from_twente(kind, "", kind)) for kind in ("Fo01", "Bv01"))
    by_hand = ("--reden", "Gebeld", "--door", "jan")

    assert corv("koppel", fault["id"], row["id"], *by_hand)[0] == 0
    assert open_attention(twente, row["id"]) == ["doorsturing_geweigerd", "doorsturing_stil"]
    assert corv("koppel", fault["id"], row["id"], "--los", *by_hand)[0] == 0
    assert open_attention(twente, row["id"]) == ["doorsturing_stil"]
    assert corv("koppel", receipt["id"], row["id"], *by_hand)[0] == 0
    assert (open_attention(twente, row["id"]), outstanding(corv)) == ([], "")
    assert twente.whole(row["id"])["bericht"]["status"] == "herrouteerd"


# -- again -----------------------------------------------------------------------------------------------------------------


def test_a_forward_is_made_again_with_the_same_bytes_whatever_the_configuration_says_by_then(twente: Werkmap, corv: Corv) -> None:
    row = twente.handle("corv", IN_TWENTE)
    names = [f"corv/{row['id']}-VT19-{functie}.xml" for functie in ("vtMeldingDi01", "vtTerugkoppelingDi01")]
    before = {name: twente.outbox()[name] for name in names}
    for name in names:
        (twente.path / "outbox" / name).unlink()
    twente.run()
    twente.configure('applicatie = "corv"', 'applicatie = "iets anders"')
    twente.configure('wijze = "beide"', 'wijze = "doorsturen"', "herroutering.toml")
    for soort in ("doorsturing", "terugkoppeling"):
        assert corv("bezorg", row["id"], "--opnieuw", "--soort", soort, *DOOR)[0] == 0
    assert {name: twente.outbox()[name] for name in names} == before


def test_a_forward_that_was_staged_but_not_delivered_is_delivered_by_the_next_pass(twente: Werkmap) -> None:
    twente.drop("corv", "bericht.xml", IN_TWENTE)
    twente.run(lambda deps: replace(deps, folders=_WillNotDeliver(deps.folders)))  # type: ignore[arg-type]
    row = twente.rows()[0]
    assert (row["status"], twente.written(row)) == ("herrouteerd", set())
    twente.run()
    assert twente.written(row) == EVERYTHING


class _WillNotDeliver:
    """Folders of which the outboxes refuse every delivery."""

    def __init__(self, folders: object) -> None:
        self._folders = folders

    def __getattr__(self, name: str) -> object:
        if name == "deliver":
            return self._refuse
        return getattr(self._folders, name)

    def _refuse(self, *_: object) -> None:
        raise OSError(13, "geen toegang")


def test_the_recipe_names_nobody_but_organisations(twente: Werkmap) -> None:
    row = twente.handle("corv", IN_TWENTE)
    with closing(sqlite3.connect(twente.path / "data/corv.sqlite")) as db:
        (recept,) = db.execute("SELECT recept FROM uitvoer WHERE bericht = ? AND soort = 'doorsturing'", (row["id"],)).fetchone()
        kept = db.execute("SELECT count(*) FROM uitvoer WHERE recept IS NOT NULL AND inhoud IS NOT NULL").fetchone()
    assert kept == (0,)
    assert config.load(twente.path).organisatie.oin in recept
    assert "PL-1" not in recept
    assert carry_out(twente.path) is not None
