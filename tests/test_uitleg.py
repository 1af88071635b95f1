"""Explanations of schema faults: right place, right expectation, and never a value of the message."""

import re
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import etree

from conftest import BERICHTEN, Werkmap, message
from corv.berichten import BERICHTEN as SOORTEN
from corv.findings import Finding, Niveau, told
from corv.parsing import parse
from corv.reading import read
from corv.schemas import Schemas
from corv.schemas.explain import MAX_FINDINGS
from corv.schemas.places import display_path, locate
from corv.stuf import BG

MARKER = "Geheim-Ünïek-7351"
PERSON = "/JZ:vtMeldingDi01/JZ:object/JZ:betreft/JZ:gerelateerde/JZ:heeftBetrokken"
RELATIE = "/JZ:meldingGeneriekDi01/JZ:object/ZKN:heeftBetrekkingOp"
SOORTEN_ADRES = ", ".join(f"'{number:02}'" for number in [*range(1, 21), 51, 52])
VT_VRAGEN = ", ".join(f"'VT-{number:03}'" for number in range(1, 8))
CODES = "heeft geen toegestane waarde. Toegestaan:"
CLIENT = "/JZ:notificatieDi01/JZ:object/ZKN:heeftBetrekkingOp/ZKN:gerelateerde/ZKN:natuurlijkPersoon"


def findings(schemas: Schemas, content: bytes) -> tuple[Finding, ...]:
    root = read(content).root
    assert root is not None
    return schemas.validate(root)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "vtMeldingDi01/ongeldig-zonder-sash.xml",
            [
                (
                    "/JZ:vtMeldingDi01/JZ:object/JZ:betreft",
                    "JZ:betreft staat niet op de goede plaats. Hier wordt verwacht: JZ:informering of JZ:indicatieSASHIngevuld.",
                )
            ],
        ),
        (
            "vtMeldingDi01/ongeldig-datum.xml",
            [
                (
                    "/JZ:vtMeldingDi01/JZ:object/JZ:datumMelding",
                    "JZ:datumMelding heeft een waarde die daar niet mag staan. Verwacht: een datum in 8 cijfers, JJJJMMDD.",
                )
            ],
        ),
        (
            "notificatieDi01/ongeldig-bsn.xml",
            [(f"{CLIENT}/BG:inp.bsn", "BG:inp.bsn heeft niet de juiste vorm. Verwacht: 9 cijfers.")],
        ),
        (
            "vtTerugkoppelingDi01/ongeldig-status.xml",
            [
                (
                    "/JZ:vtTerugkoppelingDi01/JZ:object/ZKN:status",
                    "ZKN:status heeft geen toegestane waarde. Toegestaan: 'melding niet ontvankelijk', "
                    "'uitkomst veiligheidsbeoordeling', 'overdracht', "
                    "'afsluiting zonder overdracht', 'Melding onjuist geadresseerd'.",
                )
            ],
        ),
        (
            "zorgmeldingDi01/ongeldig-zonder-document.xml",
            [("/JZ:zorgmeldingDi01/JZ:object", "JZ:object is niet compleet. Er ontbreekt: ZKN:heeftRelevant.")],
        ),
        (
            "vcobDi01/ongeldig-reden.xml",
            [
                (
                    "/JZ:vcobDi01/JZ:object/JZ:redenVerzoek/JZ:code",
                    "JZ:code heeft geen toegestane waarde. Toegestaan: '01', '02', '03', '04', '05', '06'.",
                )
            ],
        ),
        (
            "vciDi01/ongeldig-zonder-vraag.xml",
            [
                (
                    "/JZ:vciDi01/JZ:object/JZ:heeftBetrekkingOp",
                    "JZ:heeftBetrekkingOp staat niet op de goede plaats. Hier wordt verwacht: JZ:specifiekeVraag.",
                )
            ],
        ),
        (
            "uciDi01/ongeldig-zonder-bestandsnaam.xml",
            [
                (
                    "/JZ:uciDi01/JZ:object/JZ:heeftRelevant/ZKN:gerelateerde/ZKN:inhoud",
                    "Bij ZKN:inhoud ontbreekt het verplichte attribuut StUF:bestandsnaam.",
                )
            ],
        ),
        (
            "meldingGeneriekDi01/ongeldig-hoedanigheid.xml",
            [(f"{RELATIE}/ZKN:hoedanigheid", f"ZKN:hoedanigheid {CODES} '001', '002', '003', '004', '005'.")],
        ),
        (
            "meldingGeneriekDi01/ongeldig-zonder-adres.xml",
            [
                (
                    f"{RELATIE}/ZKN:gerelateerde/ZKN:natuurlijkPersoon",
                    "ZKN:natuurlijkPersoon is niet compleet. Er ontbreekt: BG:adres.",
                )
            ],
        ),
        (
            "uitkomstMeldingGeneriekDi01/ongeldig-statuscode.xml",
            [
                (
                    "/JZ:uitkomstMeldingGeneriekDi01/JZ:object/JZ:statuscode",
                    f"JZ:statuscode {CODES} 'VT-00', 'VT-01-01', 'VT-01-02', 'VT-01-03', 'VT-01-04', "
                    "'VT-02', 'VT-03', 'VT-99', 'ZVH-01', 'ZVH-02', 'ZVH-03'.",
                )
            ],
        ),
        (
            "Bv04Bericht/alleen-berichtcode.xml",
            [
                (
                    "/StUF:Bv04Bericht/StUF:stuurgegevens",
                    "StUF:stuurgegevens is niet compleet. Er ontbreekt: StUF:zender.",
                )
            ],
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_was_expected(
    schemas: Schemas, file: str, expected: list[tuple[str, str]]
) -> None:
    found = findings(schemas, message(file))

    assert [(finding.pad, finding.tekst) for finding in found] == expected
    assert {(finding.code, finding.niveau, finding.regel is not None) for finding in found} == {("StUF055", Niveau.FOUT, True)}


def test_a_role_outside_the_list_names_the_list(schemas: Schemas) -> None:
    (finding,) = findings(schemas, message("vtMeldingDi01/ongeldig-rol.xml"))

    assert re.sub(r"\[\d\]", "", finding.pad or "") == f"{PERSON}/JZ:jeugzorgrol"
    assert finding.tekst.startswith("JZ:jeugzorgrol heeft geen toegestane waarde. Toegestaan: ")
    assert "'ouder met gezag'" in finding.tekst


@pytest.mark.parametrize(
    ("element", "value", "expected"),
    [
        ("aoa.huisnummer", "twaalf", "Verwacht: een getal van 1 tot en met 99999."),
        ("inhoud", "geen base64!", "Verwacht: een bijlage in base64."),
        ("inp.bsn", "x" * 20_000, "Verwacht: 9 cijfers."),
        ("geslachtsaanduiding", "x" * 20_000, "Verwacht: 'M', 'V', 'O'."),
    ],
)
def test_where_libxml2_is_terse_the_schema_itself_tells_what_is_expected(
    schemas: Schemas, element: str, value: str, expected: str
) -> None:
    root = etree.fromstring(message("vtoDi01/volledig.xml" if element == "inhoud" else "vtMeldingDi01/volledig.xml"))
    found = next(root.iter(f"{{*}}{element}"))
    found.text = value

    (finding,) = schemas.validate(root)
    assert finding.tekst.endswith(f"heeft een waarde die daar niet mag staan. {expected}")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("inp.bsn", "ZKN:natuurlijkPersoon is niet compleet. Er ontbreekt: BG:geslachtsnaam."),
        ("geslachtsaanduiding", "ZKN:natuurlijkPersoon is niet compleet. Er ontbreekt: BG:adres."),
        ("taal", "ZKN:natuurlijkPersoon is niet compleet. Er ontbreekt: BG:adres."),
        ("soortadres", "BG:adres is niet compleet. Er ontbreekt: BG:nederlandsadres of BG:buitenlandsAdres."),
    ],
)
def test_what_is_missing_is_what_may_not_be_left_out(schemas: Schemas, after: str, expected: str) -> None:
    root = etree.fromstring(message("meldingGeneriekDi01/volledig.xml"))
    last = next(root.iter(f"{{*}}{after}"))
    parent = last.getparent()
    assert parent is not None
    for sibling in [*last.itersiblings()]:
        parent.remove(sibling)

    (finding,) = schemas.validate(root)
    assert finding.tekst == expected


def test_an_element_out_of_place_where_much_may_stand_says_that_the_list_goes_on(schemas: Schemas) -> None:
    root = etree.fromstring(message("meldingGeneriekDi01/minimaal.xml"))
    birth = next(root.iter("{*}geboortedatum"))
    birth.tag = f"{{{BG}}}verzonnen"

    (finding,) = schemas.validate(root)
    assert finding.tekst == (
        "BG:verzonnen staat niet op de goede plaats. Hier wordt verwacht: BG:geboortedatum of BG:inp.geboorteplaats of "
        "BG:inp.geboorteLand of BG:sub.telefoonnummer of BG:sub.emailadres of BG:inp.gemeenteVanInschrijving of "
        "StUF:extraElementen of BG:inp.heeftAlsNationaliteit of BG:geboortplaatsnaamBuitenland of BG:geboortelandNaam, "
        "of een element dat daarna komt."
    )


@pytest.mark.parametrize(
    ("element", "value", "expected"),
    [
        ("taal/{*}code", "Nederlands", "BG:code heeft een waarde die daar niet mag staan. Verwacht: 1 tot 4 cijfers."),
        ("taal/{*}code", "12345", "BG:code heeft niet de juiste vorm. Verwacht: 1 tot 4 cijfers."),
        ("inp.gemeenteVanInschrijving", "12345", "BG:inp.gemeenteVanInschrijving heeft te veel cijfers: hoogstens 4."),
        (
            "inp.gemeenteVanInschrijving",
            "Utrecht",
            "BG:inp.gemeenteVanInschrijving heeft een waarde die daar niet mag staan. Verwacht: een getal.",
        ),
        ("soortadres", "21", f"BG:soortadres {CODES} {SOORTEN_ADRES}."),
        ("vraagCode", "ZVH-002", f"JZ:vraagCode {CODES} 'NAZ-001', 'NAZ-002', {VT_VRAGEN}, 'ZVH-001', 'ZVH-22'."),
    ],
)
def test_a_wrong_code_of_the_generic_melding_says_what_may_stand_there(
    schemas: Schemas, element: str, value: str, expected: str
) -> None:
    root = etree.fromstring(message("meldingGeneriekDi01/volledig.xml"))
    found = root.find(f".//{{*}}{element}")
    assert found is not None
    found.text = value

    assert [finding.tekst for finding in schemas.validate(root)] == [expected]


def test_a_flood_of_faults_is_cut(schemas: Schemas) -> None:
    content = message("vtMeldingDi01/volledig.xml")
    extra = b"<JZ:telefoonnummer StUF:noValue='onzin'>0</JZ:telefoonnummer>" * 500
    at = content.index(b"</JZ:contactgegevensVerdiepingOpInfo>")

    assert len(findings(schemas, content[:at] + extra + content[at:])) == MAX_FINDINGS


@pytest.mark.parametrize("path", sorted(BERICHTEN.glob("*Di01/volledig.xml")), ids=lambda path: path.parent.name)
def test_every_element_is_found_back_by_libxml2s_path(path: Path) -> None:
    root = etree.fromstring(path.read_bytes())
    tree = root.getroottree()
    elements = [element for element in root.iter() if isinstance(element.tag, str)]

    assert [locate(root, tree.getpath(element)) for element in elements] == elements
    assert len({display_path(element) for element in elements}) == len(elements)


@pytest.mark.parametrize("path", sorted(BERICHTEN.glob("*/*.xml")), ids=lambda path: f"{path.parent.name}-{path.stem}")
@hypothesis_settings(max_examples=30)
@given(data=st.data())
def test_no_value_of_a_message_ever_stands_in_a_finding(schemas: Schemas, path: Path, data: st.DataObject) -> None:
    parsed = parse(path.read_bytes())
    if isinstance(parsed, Finding) or str(parsed.root.tag) not in SOORTEN:
        return
    leaves = [element for element in parsed.root.iter() if isinstance(element.tag, str) and len(element) == 0]
    endings = ["", "'", "' is not an element of the set {'x'}.", "'. Expected is ( y )."]
    for element in leaves:
        if data.draw(st.booleans()):
            element.text = MARKER + data.draw(st.sampled_from(endings))
        if data.draw(st.booleans()):
            element.set(data.draw(st.sampled_from(["naam", "onbekend", "noValue"])), MARKER)

    found = schemas.validate(parsed.root)

    assert not [finding for finding in found if MARKER in f"{finding.tekst}{finding.pad}"]


def test_a_text_that_several_findings_have_is_told_once_with_its_places() -> None:
    often, once = "A heeft geen toegestane waarde.", "B ontbreekt."
    found = [
        Finding("StUF055", Niveau.FOUT, often, "/x/A[1]", 5),
        Finding("StUF055", Niveau.FOUT, once, "/x", 3),
        Finding("StUF055", Niveau.FOUT, often, "/x/A[2]", 9),
        Finding("niet-te-beantwoorden", Niveau.WAARSCHUWING, "C."),
        Finding("StUF055", Niveau.FOUT, often, "/x/A[3]"),
    ]

    assert told(found) == [often, "- regel 5, /x/A[1]", "- regel 9, /x/A[2]", "- /x/A[3]", f"{once} (regel 3, /x)", "C."]
    assert told(found[:1], "  - ", "      ") == [f"  - {often} (regel 5, /x/A[1])"]


def test_a_note_and_a_fault_say_a_long_list_of_allowed_values_once(werkmap: Werkmap) -> None:
    root = etree.fromstring(message("vtMeldingDi01/ongeldig-rol.xml"))
    (wrong,) = [element for element in root.iter("{*}jeugzorgrol") if element.text == "tante"]
    person = wrong.getparent()
    assert person is not None
    for _ in range(2):
        person.addnext(deepcopy(person))

    row = werkmap.handle("corv", etree.tostring(root))

    (text,) = {finding["tekst"] for finding in werkmap.whole(row["id"])["bevindingen"]}
    fault = etree.fromstring(werkmap.outbox()[f"corv/{row['id']}-Fo01.xml"]).findtext(".//{*}details") or ""
    note = werkmap.outbox()[f"eigen/aandacht/{row['id']}-vtMeldingDi01.txt"].decode()
    assert [(said.count(text), said.count("/JZ:jeugzorgrol")) for said in (fault, note)] == [(1, 3), (1, 3)]
