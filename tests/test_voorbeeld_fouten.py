"""Examples with a fault: each gives exactly the finding that it is named after, in every kind of message."""

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from conftest import OURS, Werkmap
from corv.adviezen import ADVIEZEN
from corv.checking import Checks
from corv.controle import check_file
from corv.findings import Finding
from corv.lijsten.bestanden import load as load_lists
from corv.rules import RULES
from corv.schemas import Schemas
from corv.settings import Organisatie, Settings
from corv.stuf import VERRIJKINGEN
from corv.tabellen.bestanden import load
from corv.voorbeeld import MAKERS, make
from corv.voorbeeld.fouten import ALL, ANSWERS, FOUTEN, ZONDER, broken
from corv.voorbeeld.making import serialise
from corv.voorbeeld.vraag import read_vraag
from corv.voorbeeld.world import WIJ, World

WORLD = World(load(None, []))
SETTINGS = Settings(Path(), Organisatie("", frozenset()), (), lijsten=load_lists(None, []))
SEEN_HERE = [code for code, fout in FOUTEN.items() if fout.met == "controleer"]


def checked(file: Path, schemas: Schemas) -> tuple[Finding, ...]:
    return check_file(file, Checks(schemas.validate), SETTINGS, date(2026, 11, 22)).findings


def with_fault(naam: str, code: str, zaad: int, world: World = WORLD) -> bytes:
    return broken(naam, zaad, 1, world, code)


def test_every_code_that_a_finding_can_have_is_in_one_of_the_two_tables() -> None:
    assert set(FOUTEN) | set(ZONDER) == set(ADVIEZEN) | set(RULES)
    assert not set(FOUTEN) & set(ZONDER)
    assert all(fout.voor and fout.voor <= ALL for fout in FOUTEN.values())
    assert set(MAKERS) == ALL


@pytest.mark.parametrize("code", SEEN_HERE)
def test_controleer_says_exactly_that_one_thing_of_every_kind_of_message(tmp_path: Path, schemas: Schemas, code: str) -> None:
    file, wrong = tmp_path / "bericht.xml", {}
    for naam in sorted(FOUTEN[code].voor):
        for zaad in range(1, 6):
            file.write_bytes(with_fault(naam, code, zaad))
            codes = [finding.code for finding in checked(file, schemas)]
            if codes != [code]:
                wrong[naam, zaad] = codes
    assert wrong == {}


def test_what_the_schema_says_of_something_else_is_still_told(tmp_path: Path, schemas: Schemas) -> None:
    file, whole = tmp_path / "bericht.xml", with_fault("vtMeldingDi01", "StUF022", 1)
    whole = whole.replace(b"<StUF:functie>vtMeldingDi01", b"<StUF:functie>vtoDi01")
    file.write_bytes(whole.replace(b"<JZ:indicatieSASHIngevuld>", b"<JZ:indicatieSASHIngevuld>x"))

    found = [(finding.code, finding.pad) for finding in checked(file, schemas)]

    assert found == [
        ("StUF022", "stuurgegevens"),
        ("StUF055", "/JZ:vtMeldingDi01/JZ:stuurgegevens/StUF:functie"),
        ("StUF055", "/JZ:vtMeldingDi01/JZ:object/JZ:indicatieSASHIngevuld"),
    ]


def test_the_ways_to_deviate_from_the_schema_differ_by_zaad(tmp_path: Path, schemas: Schemas) -> None:
    file, seen = tmp_path / "bericht.xml", set()
    for zaad in range(1, 60):
        file.write_bytes(with_fault("vtMeldingDi01", "StUF055", zaad))
        (finding,) = checked(file, schemas)
        seen.add((finding.pad or "").rpartition(":")[2].partition("[")[0])

    assert seen >= {"object", "tijdstipBericht", "inp.bsn", "aoa.postcode", "geboortedatum", "jeugzorgrol", "voorbeeldTeVeel"}


def test_the_same_zaad_breaks_it_in_the_same_way() -> None:
    for code in FOUTEN:
        naam = min(FOUTEN[code].voor)
        assert with_fault(naam, code, 3) == with_fault(naam, code, 3)


def test_what_was_broken_is_the_good_message_but_for_its_numbers() -> None:
    good, bad = make("vtMeldingDi01", 4, 1, WORLD, "StUF022"), with_fault("vtMeldingDi01", "StUF022", 4)
    berichtcode = good.find(".//{*}berichtcode")
    assert berichtcode is not None
    berichtcode.text = etree.fromstring(bad).findtext(".//{*}berichtcode")
    assert serialise(good) == bad


@pytest.mark.parametrize(("code", "kanaal"), [("StUF010", "corv"), ("StUF013", "eigen")])
def test_a_party_that_is_not_known_is_seen_by_a_pass(werkmap: Werkmap, code: str, kanaal: str) -> None:
    assert WIJ.oin == OURS
    for naam in FOUTEN[code].voor:
        werkmap.drop(kanaal, f"{naam}.xml", with_fault(naam, code, 2))
    werkmap.run()

    found = {row["functie"]: [one["code"] for one in werkmap.whole(row["id"])["bevindingen"]] for row in werkmap.rows()}
    assert found == {naam: [code] for naam in FOUTEN[code].voor}


@pytest.mark.parametrize("code", ["antwoord-zonder-vraag", "antwoord-aan-ander"])
def test_an_answer_that_is_not_ours_is_seen_by_a_pass(werkmap: Werkmap, code: str) -> None:
    vto = serialise(make("vtoDi01", 2, 1, WORLD))
    werkmap.handle("eigen", vto)
    answering = World(WORLD.tabellen, vraag=read_vraag(vto, "vto.xml"))
    for naam in ANSWERS:
        werkmap.drop("corv", f"{naam}.xml", with_fault(naam, code, 2, answering))
    werkmap.run()

    rows = [row for row in werkmap.rows() if row["functie"] != "vtoDi01"]
    assert {row["berichtcode"] for row in rows} == {naam.removesuffix("Bericht") for naam in ANSWERS}
    assert {tuple(one["code"] for one in werkmap.whole(row["id"])["bevindingen"]) for row in rows} == {(code,)}


@pytest.mark.parametrize("code", ["antwoord-past-niet", "antwoord-andere-partij", "crossrefnummer-onbekend"])
@pytest.mark.parametrize(("vraag", "antwoord"), VERRIJKINGEN.items())
def test_an_answer_that_does_not_fit_its_request_is_seen_by_a_pass(
    werkmap: Werkmap, code: str, vraag: str, antwoord: str
) -> None:
    verzoek = serialise(make(vraag, 2, 1, WORLD))
    werkmap.handle("eigen", verzoek)
    row = werkmap.handle("corv", with_fault(antwoord, code, 2, World(WORLD.tabellen, vraag=read_vraag(verzoek, "verzoek.xml"))))

    assert row["status"] == "geaccepteerd"
    assert [one["code"] for one in werkmap.whole(row["id"])["bevindingen"]] == [code]
