"""A zorgmelding or a meldingGeneriek for another Veilig Thuis: what is written, who must tell the melder, what comes back."""

import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree
from meldingen import XSI
from test_herrouteren import file, from_twente, open_attention, sent_as, text
from varianten import POLITIE, generiek, generiek_in_twente, uitkomst, zorgmelding, zorgterugkoppeling

from conftest import OURS, TWENTE, Werkmap, message
from corv.clock import utc_now
from corv.recepten import from_json, make, to_json
from corv.stuf import JZ

Corv = Callable[..., tuple[int, str, str]]

BY_JAN = ("--reden", "Het gezin woont in Hengelo", "--door", "jan")
GENERIEK = generiek_in_twente("gm-1", "PL-G-1")
ZORG = zorgmelding("zm-1", "PL-Z-1", sample="in-twente")

ALL_OTHERS = ["zorgmeldingDi01", "meldingGeneriekDi01"]
WRITTEN_OF_GENERIEK = {
    "corv/Bv03.xml",
    "corv/VT19-uitkomstMeldingGeneriekDi01.xml",
    "corv/VT19-meldingGeneriekDi01.xml",
    "eigen/aandacht/meldingGeneriekDi01.txt",
    "eigen/aandacht/meldingGeneriekDi01.xml",
}
WRITTEN_OF_ZORG = {
    "corv/Bv03.xml",
    "corv/Bv01.xml",
    "corv/VT19-zorgmeldingDi01.xml",
    "eigen/aandacht/zorgmeldingDi01.txt",
    "eigen/aandacht/zorgmeldingDi01.xml",
}


def rule_of(werkmap: Werkmap, id_: str) -> str:
    return str(werkmap.whole(id_)["besluit"]["regel"])


def police_rule(functies: list[str], dan: str, naar: str = "") -> str:
    """A rule for what the police sends, with its example."""
    to = f'naar = "{naar}"\n' if naar else ""
    return (
        f'[[regel]]\nnaam = "afspraak"\nals = {{ functie = {functies}, zender = ["{POLITIE}"] }}\ndan = "{dan}"\n{to}'
        f'[[regel.voorbeeld]]\nwerkgebied = "VT20"\nfunctie = "{functies[0]}"\nzender = "{POLITIE}"\n'
        f'verwacht = {{ dan = "{dan}"{f", {to.strip()}" if to else ""} }}\n\n'
    )


def sent_on_zorg(werkmap: Werkmap, corv: Corv) -> str:
    """A zorgmelding that a person sent on; its addresses are never sure enough for a rule."""
    werkmap.now = utc_now()
    row = werkmap.handle("corv", ZORG)
    assert (row["status"], rule_of(werkmap, row["id"])) == ("te_beoordelen", "misschien-voor-ander")
    assert corv("beslis", row["id"], "--herrouteer", "VT19", *BY_JAN)[0] == 0
    werkmap.now = utc_now() + timedelta(minutes=1)
    return str(row["id"])


# -- meldingGeneriek


def test_a_melding_generiek_surely_of_another_goes_there_and_its_melder_is_told_by_an_uitkomst(twente: Werkmap) -> None:
    row = twente.handle("corv", GENERIEK)
    assert (row["status"], row["besluit"], rule_of(twente, row["id"])) == ("herrouteerd", "herrouteer", "zeker-voor-ander")
    assert twente.written(row) == WRITTEN_OF_GENERIEK
    assert open_attention(twente, row["id"]) == []


def test_the_forward_of_a_melding_generiek_names_nothing_of_who_got_it_before(twente: Werkmap) -> None:
    row = twente.handle("corv", GENERIEK)
    forward, original = file(twente, row["id"], "corv/VT19-meldingGeneriekDi01.xml"), etree.fromstring(GENERIEK)
    ontvanger = forward.find("{*}stuurgegevens/{*}ontvanger")
    assert ontvanger is not None
    assert [(etree.QName(child).localname, child.text) for child in ontvanger] == [
        ("organisatie", TWENTE),
        ("applicatie", "Veilig Thuis"),
    ]
    assert len(original.findall(".//{*}aanvullendeIdentificerendeGegevens")) == 1
    assert text(forward, "JZ:stuurgegevens/StUF:zender/StUF:organisatie") == OURS
    forwarded, received = (
        etree.canonicalize(etree.tostring(part, encoding="unicode"))
        for root in (forward, original)
        for part in root.iter(f"{{{JZ}}}object")
    )
    assert forwarded == received


def test_the_uitkomst_that_hands_it_back_names_the_number_and_the_right_organisation(twente: Werkmap) -> None:
    row = twente.handle("corv", GENERIEK)
    told = file(twente, row["id"], "corv/VT19-uitkomstMeldingGeneriekDi01.xml")
    assert text(told, "JZ:stuurgegevens/StUF:ontvanger/StUF:organisatie") == POLITIE
    assert text(told, "JZ:stuurgegevens/StUF:crossRefnummer") is None
    number = sent_as(twente, row["id"], "terugkoppeling")
    (zaak,) = told.iter(f"{{{JZ}}}object")
    assert [(etree.QName(leaf).localname, leaf.text) for leaf in zaak.iter() if not len(leaf)] == [
        ("identificatie", number),
        ("identificatie", POLITIE),
        ("naam", "Politie Voorbeeldland"),
        ("identificatie", OURS),
        ("naam", "Veilig Thuis Voorbeeldstad"),
        ("uwIdentificatie", "PL-G-1"),
        ("soortmeldingCode", "VT"),
        ("statuscode", "VT-99"),
        (
            "omschrijving",
            f"Deze melding is niet voor Veilig Thuis Voorbeeldstad, maar voor Veilig Thuis Twente (OIN {TWENTE}). "
            "Wij hebben haar doorgestuurd; u hoeft haar niet opnieuw te versturen.",
        ),
        ("identificatie", TWENTE),
        ("naam", "Veilig Thuis Twente"),
    ]


def test_without_a_toelichting_the_uitkomst_still_names_the_right_organisation(twente: Werkmap) -> None:
    twente.configure(
        'juiste_organisatie_in = ["toelichting", "verantwoordelijk", "isUitgevoerdDoor"]',
        'juiste_organisatie_in = ["isUitgevoerdDoor"]',
        "herroutering.toml",
    )
    told = file(twente, twente.handle("corv", GENERIEK)["id"], "corv/VT19-uitkomstMeldingGeneriekDi01.xml")
    assert told.find(".//{*}toelichtendeinformatie") is None
    assert text(told, "JZ:object/JZ:routerenNaarInstantie/JZ:identificatie") == TWENTE


@pytest.mark.parametrize(
    ("wijze", "absent", "open_"),
    [
        ("terugkoppeling", "corv/VT19-meldingGeneriekDi01.xml", ["niet_doorgestuurd"]),
        ("doorsturen", "corv/VT19-uitkomstMeldingGeneriekDi01.xml", []),
    ],
)
def test_one_of_both_may_be_left_out(twente: Werkmap, wijze: str, absent: str, open_: list[str]) -> None:
    twente.configure('wijze = "beide"', f'wijze = "{wijze}"', "herroutering.toml")
    row = twente.handle("corv", GENERIEK)
    assert (twente.written(row), open_attention(twente, row["id"])) == (WRITTEN_OF_GENERIEK - {absent}, open_)


@pytest.mark.parametrize("soort", ["ZVH", "NAZ"])
def test_a_melding_generiek_for_another_kind_of_help_never_follows_the_addresses(twente: Werkmap, soort: str) -> None:
    row = twente.handle("corv", generiek_in_twente("gm-1", "PL-G-1", soort=soort))
    assert (row["status"], rule_of(twente, row["id"])) == ("te_beoordelen", "zeker-voor-ander")
    assert "geen melding voor een Veilig Thuis" in twente.whole(row["id"])["besluit"]["reden"]
    ours = twente.handle("corv", generiek("gm-2", "PL-G-2", soort=soort))
    assert ours["status"] == "geaccepteerd"


def test_a_melding_generiek_that_does_not_say_for_which_help_is_for_a_person(twente: Werkmap) -> None:
    nil = f'<JZ:soortmeldingCode xsi:nil="true" xmlns:xsi="{XSI}"/>'
    content = GENERIEK.replace(b"<JZ:soortmeldingCode>VT</JZ:soortmeldingCode>", nil.encode())
    assert content != GENERIEK
    row = twente.handle("corv", content)
    assert (row["status"], rule_of(twente, row["id"])) == ("te_beoordelen", "zeker-voor-ander")
    assert not [name for name in twente.written(row) if "VT19" in name]


def test_a_melding_generiek_without_a_number_is_sent_on_and_a_person_tells_its_melder(twente: Werkmap) -> None:
    nil = f'<ZKN:identificatie xsi:nil="true" StUF:noValue="geenWaarde" xmlns:xsi="{XSI}"/>'
    content = GENERIEK.replace(b"<ZKN:identificatie>PL-G-1</ZKN:identificatie>", nil.encode())
    row = twente.handle("corv", content)
    assert row["status"] == "herrouteerd"
    assert twente.written(row) == WRITTEN_OF_GENERIEK - {"corv/VT19-uitkomstMeldingGeneriekDi01.xml"}
    assert open_attention(twente, row["id"]) == ["melder_inlichten"]


def test_an_uitkomst_of_the_other_goes_to_the_first_melder_and_vt_99_makes_it_ours_again(twente: Werkmap, corv: Corv) -> None:
    row = twente.handle("corv", GENERIEK)
    passed = twente.handle("corv", uitkomst("um-1", "PL-G-1", OURS, TWENTE))
    assert (passed["status"], passed["besluit"]) == ("geaccepteerd", "geef door")
    assert twente.written(passed) == {"corv/Bv03.xml", "corv/melder-uitkomstMeldingGeneriekDi01.xml"}
    told = file(twente, passed["id"], "corv/melder-uitkomstMeldingGeneriekDi01.xml")
    assert text(told, "JZ:stuurgegevens/StUF:ontvanger/StUF:organisatie") == POLITIE
    assert (open_attention(twente, row["id"]), corv("openstaand", "--json")[1]) == ([], "")

    back = twente.handle("corv", uitkomst("um-2", "PL-G-1", OURS, TWENTE, "VT-99"))
    assert "corv/melder-uitkomstMeldingGeneriekDi01.xml" in twente.written(back)
    assert open_attention(twente, row["id"]) == ["doorsturing_geweigerd"]
    assert '"terugkoppeling"' in corv("openstaand", "--json")[1]


def test_a_melding_generiek_that_goes_round_is_judged(twente: Werkmap) -> None:
    first = twente.handle("corv", GENERIEK)
    row = twente.handle("corv", GENERIEK.replace(POLITIE.encode(), TWENTE.encode(), 1).replace(b"gm-1", b"vt19-1"))
    assert (row["status"], rule_of(twente, row["id"])) == ("te_beoordelen", "al-eerder-doorgestuurd")
    assert twente.whole(row["id"])["bericht"]["hoort_bij"] == first["id"]


def test_what_was_made_of_a_melding_generiek_is_made_again_with_the_same_bytes(twente: Werkmap, corv: Corv) -> None:
    row = twente.handle("corv", GENERIEK)
    names = [f"corv/{row['id']}-VT19-{functie}.xml" for functie in ("meldingGeneriekDi01", "uitkomstMeldingGeneriekDi01")]
    before = {name: twente.outbox()[name] for name in names}
    for name in names:
        (twente.path / "outbox" / name).unlink()
    twente.run()
    for soort in ("doorsturing", "terugkoppeling"):
        assert corv("bezorg", row["id"], "--opnieuw", "--soort", soort, *BY_JAN)[0] == 0
    assert {name: twente.outbox()[name] for name in names} == before
    with closing(sqlite3.connect(twente.path / "data/corv.sqlite")) as db:
        kept = "".join(recept for (recept,) in db.execute("SELECT recept FROM uitvoer WHERE recept IS NOT NULL"))
    assert "PL-G-1" not in kept
    assert "Voorbeeldland" not in kept


@pytest.mark.parametrize(("wens", "waits"), [("Ja", True), ("Nee", False), (None, False)])
def test_our_uitkomst_is_outstanding_only_where_the_melder_asks_for_one(
    werkmap: Werkmap, corv: Corv, wens: str | None, waits: bool
) -> None:
    werkmap.now = utc_now()
    row = werkmap.handle("corv", generiek("gm-1", "PL-G-1", wens=wens))
    found = [json.loads(line) for line in corv("openstaand", "--json")[1].splitlines()]
    assert [(item["soort"], item["kenmerk"]) for item in found] == ([("terugkoppeling", row["id"])] if waits else [])
    werkmap.handle("eigen", uitkomst("um-1", "PL-G-1"))
    assert corv("openstaand", "--json")[1] == ""


# -- zorgmelding


def test_a_person_sends_a_zorgmelding_on_and_is_asked_to_tell_its_melder(twente: Werkmap, corv: Corv) -> None:
    id_ = sent_on_zorg(twente, corv)
    row = twente.rows()[0]
    assert (row["status"], twente.written(row)) == ("herrouteerd", WRITTEN_OF_ZORG)
    assert open_attention(twente, id_) == ["melder_inlichten"]
    assert "bel de melder" in " ".join(corv("aandacht")[1].split())
    assert '"ontvangst"' in corv("openstaand", "--json")[1]

    assert corv("beslis", id_, "--afgehandeld", "--reden", "Gebeld", "--door", "jan")[0] == 0
    assert open_attention(twente, id_) == []


@pytest.mark.parametrize(
    ("wijze", "absent", "open_"),
    [
        ("terugkoppeling", "corv/VT19-zorgmeldingDi01.xml", ["melder_inlichten", "niet_doorgestuurd"]),
        ("doorsturen", "", []),
    ],
)
def test_how_a_zorgmelding_goes_follows_the_wijze(twente: Werkmap, corv: Corv, wijze: str, absent: str, open_: list[str]) -> None:
    twente.configure('wijze = "beide"', f'wijze = "{wijze}"', "herroutering.toml")
    id_ = sent_on_zorg(twente, corv)
    assert (twente.written(twente.rows()[0]), open_attention(twente, id_)) == (WRITTEN_OF_ZORG - {absent}, open_)


@pytest.mark.parametrize(
    ("wijze", "to_do"),
    [
        ("beide", "Bel de melder: zijn melding is naar Veilig Thuis Twente gegaan."),
        ("terugkoppeling", "Bel de melder en vraag hem zijn melding aan Veilig Thuis Twente te sturen."),
    ],
)
def test_the_note_of_a_zorgmelding_that_a_rule_sends_on_says_who_must_be_called(twente: Werkmap, wijze: str, to_do: str) -> None:
    twente.configure('wijze = "beide"', f'wijze = "{wijze}"', "herroutering.toml")
    before = '[[regel]]\nnaam = "zeker-voor-ander"'
    twente.configure(before, f"{police_rule(['zorgmeldingDi01'], 'herrouteer', 'VT19')}{before}", "herroutering.toml")
    row = twente.handle("corv", ZORG)
    assert (row["status"], rule_of(twente, row["id"])) == ("herrouteerd", "afspraak")
    assert to_do in twente.outbox()[f"eigen/aandacht/{row['id']}-zorgmeldingDi01.txt"].decode()


def test_a_terugkoppeling_on_a_zorgmelding_goes_to_the_first_melder_and_shows_that_it_arrived(
    twente: Werkmap, corv: Corv
) -> None:
    id_ = sent_on_zorg(twente, corv)
    passed = twente.handle("corv", zorgterugkoppeling("zt-1", "PL-Z-1", OURS, TWENTE))
    assert twente.written(passed) == {"corv/Bv03.xml", "corv/Bv01.xml", "corv/melder-zorgmeldingTerugkoppelingDi01.xml"}
    told = file(twente, passed["id"], "corv/melder-zorgmeldingTerugkoppelingDi01.xml")
    assert text(told, "JZ:stuurgegevens/StUF:ontvanger/StUF:organisatie") == POLITIE
    assert twente.whole(passed["id"])["bericht"]["hoort_bij"] == id_
    assert corv("openstaand", "--json")[1] == ""


def test_a_fault_on_a_zorgmelding_that_was_sent_on_makes_it_ours_again(twente: Werkmap, corv: Corv) -> None:
    id_ = sent_on_zorg(twente, corv)
    twente.handle("corv", from_twente("Fo01", sent_as(twente, id_)))
    assert set(open_attention(twente, id_)) == {"melder_inlichten", "doorsturing_geweigerd"}
    assert '"terugkoppeling"' in corv("openstaand", "--json")[1]

    code, _, err = corv("beslis", id_, "--afgehandeld", "--reden", "Melder gebeld", "--door", "jan")
    assert (code, "nog aandacht om iets anders: doorsturing_geweigerd" in err) == (0, True)
    assert open_attention(twente, id_) == ["doorsturing_geweigerd"]


def test_who_takes_back_a_zorgmelding_need_not_tell_its_melder_any_more(twente: Werkmap, corv: Corv) -> None:
    id_ = sent_on_zorg(twente, corv)
    twente.handle("corv", from_twente("Fo01", sent_as(twente, id_)))
    assert corv("beslis", id_, "--accepteer", "--reden", "Wij nemen haar", "--door", "jan")[0] == 0
    assert open_attention(twente, id_) == []


def test_a_zorgmelding_that_goes_round_is_judged(twente: Werkmap, corv: Corv) -> None:
    id_ = sent_on_zorg(twente, corv)
    row = twente.handle("corv", ZORG.replace(POLITIE.encode(), TWENTE.encode(), 1).replace(b"zm-1", b"vt19-1"))
    assert (row["status"], rule_of(twente, row["id"])) == ("te_beoordelen", "al-eerder-doorgestuurd")
    assert twente.whole(row["id"])["bericht"]["hoort_bij"] == id_


def test_only_a_melding_can_be_sent_on(twente: Werkmap, corv: Corv) -> None:
    refused = twente.handle(
        "corv", uitkomst("um-1", "PL-G-1", OURS, "00000001999000077000").replace(OURS.encode(), TWENTE.encode(), 1)
    )
    assert refused["status"] == "te_beoordelen"
    code, _, err = corv("beslis", refused["id"], "--herrouteer", "VT19", *BY_JAN)
    assert (code, "Alleen een ontvangen melding" in err) == (2, True)


# -- looking ahead and back


@pytest.mark.parametrize(
    ("content", "outputs"),
    [
        (GENERIEK, {"Bv03", "terugkoppeling", "doorsturing", "toelichting", "aandacht"}),
        (ZORG, {"Bv03", "toelichting", "aandacht"}),
    ],
    ids=["generiek", "zorg"],
)
def test_verklaar_tells_what_would_be_done(twente: Werkmap, corv: Corv, content: bytes, outputs: set[str]) -> None:
    path = twente.path / "kijk.xml"
    path.write_bytes(content)
    told = json.loads(corv("verklaar", "--json", str(path))[1])
    assert (told["besluit"]["naar"], {output["soort"] for output in told["uitvoer"]}) == ("VT19", outputs)


def test_verschil_tries_other_rules_on_every_kind_of_melding(twente: Werkmap, corv: Corv) -> None:
    for content in (GENERIEK, ZORG):
        twente.handle("corv", content)
    rules = twente.path / "nieuw.toml"
    text_ = (twente.path / "config/herroutering.toml").read_text(encoding="utf-8")
    before = '[[regel]]\nnaam = "zeker-voor-ander"'
    rules.write_text(text_.replace(before, f"{police_rule(ALL_OTHERS, 'accepteer')}{before}"), encoding="utf-8")
    code, out, err = corv("herroutering", "verschil", str(rules), "--json")
    assert (code, err) == (1, "")
    found = json.loads(out.splitlines()[-1])
    assert (found["bekeken"], found["anders"], found["niet_meer_te_beoordelen"]) == (2, 2, 0)


@pytest.mark.parametrize("content", [GENERIEK, ZORG], ids=["generiek", "zorg"])
def test_after_a_restore_a_forward_is_known_by_what_lies_in_the_outbox(
    twente: Werkmap, corv: Corv, tmp_path: Path, content: bytes
) -> None:
    twente.now = utc_now()
    twente.run()
    shutil.copy(twente.path / "data/corv.sqlite", tmp_path / "gisteren.sqlite")
    id_ = twente.handle("corv", content)["id"]
    if twente.rows()[0]["status"] == "te_beoordelen":
        assert corv("beslis", id_, "--herrouteer", "VT19", *BY_JAN)[0] == 0
    functie = twente.rows()[0]["functie"]
    before = twente.outbox()[f"corv/{id_}-VT19-{functie}.xml"]
    shutil.copy(tmp_path / "gisteren.sqlite", twente.path / "data/corv.sqlite")
    twente.run()

    row = twente.rows()[0]
    assert (row["id"], row["status"]) == (id_, "herrouteerd")
    assert ("melder_inlichten" in open_attention(twente, id_)) is (content is ZORG)
    (twente.path / f"outbox/corv/{id_}-VT19-{functie}.xml").unlink()
    twente.run()
    assert corv("bezorg", id_, "--opnieuw", "--soort", "doorsturing", *BY_JAN)[0] == 0
    assert twente.outbox()[f"corv/{id_}-VT19-{functie}.xml"] == before
    assert corv("herstel", "--grondig")[0] == 0


# -- recipes of before


OLD_FORWARD = (
    '{"juiste": null, "juiste_in": [], "ontvanger": {"administratie": null, "applicatie": "Veilig Thuis", "gebruiker": null, '
    '"organisatie": "00000001999000019000"}, "referentienummer": "f72d9d8b-8bd4-5f83-b23d-24ccfff274d8", '
    '"soort": "doorsturing", "tijdstip": "20261123090000003", "toelichting": "", "wij": null, "zender": '
    '{"administratie": null, "applicatie": "corv", "gebruiker": null, "organisatie": "00000001999000001000"}}'
)
OLD_TERUGKOPPELING = (
    '{"juiste": {"naam": "Veilig Thuis Twente", "oin": "00000001999000019000"}, "juiste_in": ["isUitgevoerdDoor", '
    '"toelichting", "verantwoordelijk"], "ontvanger": {"administratie": null, "applicatie": "Politie-applicatie", '
    '"gebruiker": null, "organisatie": "00000002999000002000"}, "referentienummer": "79ca90f7-42bc-5c2a-85e6-fa793335ea75", '
    '"soort": "terugkoppeling", "tijdstip": "20261123090000002", "toelichting": "Deze melding is niet voor u.", '
    '"wij": {"naam": "Veilig Thuis Voorbeeldstad", "oin": "00000001999000001000"}, "zender": {"administratie": null, '
    '"applicatie": "corv", "gebruiker": null, "organisatie": "00000001999000001000"}}'
)


@pytest.mark.parametrize(
    ("stored", "sha256"),
    [
        (OLD_FORWARD, "bce53a4863c5cf87a567cd0ecc9de662064bc20092ac03f1f4175679b6c79f0d"),
        (OLD_TERUGKOPPELING, "0004ada6561c472db894a1ef877949570154315b0b4808640276c324cc81c87c"),
    ],
    ids=["doorsturing", "terugkoppeling"],
)
def test_a_recipe_of_version_0_3_0_still_gives_its_bytes(stored: str, sha256: str) -> None:
    recept, original = from_json(stored), message("vtMeldingDi01/in-twente.xml")
    of_then = re.sub(rb" *<JZ:informering>.*?\n", b"", original)  # which the sample did not have in that version
    assert of_then != original
    assert hashlib.sha256(make(recept, of_then)).hexdigest() == sha256
    assert to_json(recept) == stored


def test_no_recipe_makes_a_message_that_hands_back_a_zorgmelding() -> None:
    with pytest.raises(ValueError, match="geen-teruggave"):
        make(from_json(OLD_TERUGKOPPELING), ZORG)
