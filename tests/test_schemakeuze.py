"""Whose verdict counts: that of our own schemas, of the official ones, or both; the same wherever a message is judged."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import etree
from schemazips import LOOSER, NAME, STRICTER, own_zip
from test_herladen import Clock, look, told

from conftest import BERICHTEN, SHARED, TWENTE, Werkmap, message, needs_shared
from corv.app import working
from corv.berichten import BERICHTEN as SOORTEN
from corv.findings import Finding
from corv.handler import Deps, Report
from corv.jobs import one_pass
from corv.officieel.keuze import Instelling, Pakket, Schemakeuze
from corv.officieel.pakketten import load, pakket_of
from corv.parsing import parse
from corv.reading import read
from corv.reloading import begin
from corv.schemas import Schemas

Corv = Callable[..., tuple[int, str, str]]
ROLE, STEPFATHER = "vtMeldingDi01/ongeldig-rol.xml", "vtMeldingDi01/in-twente.xml"
"""What LOOSER accepts and our own schemas refuse; what STRICTER refuses and our own schemas accept."""

DIFFERENCE = "schema-verschil"
MARKER = "Geheim-Ünïek-7351"
NORMATIVE = sorted((SHARED / "officieel/zip").glob("*normatieve*.zip"))


def choose(werkmap: Werkmap, instelling: str, raw: bytes, name: str = NAME) -> None:
    werkmap.configure('schemas = "eigen"', f'schemas = "{instelling}"')
    folder = werkmap.path / "config/schemas"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(raw)


def problem_of(deps: Deps) -> str:
    """The one mistake in the configuration."""
    problems = told(deps)["fouten"]
    assert isinstance(problems, list)
    (problem,) = problems
    return str(problem)


def findings(werkmap: Werkmap, id_: str) -> list[dict[str, Any]]:
    return [dict(found) for found in werkmap.whole(id_)["bevindingen"]]


@pytest.mark.parametrize(
    ("file", "changes", "eigen", "officieel"),
    [(ROLE, LOOSER, "geweigerd", "geaccepteerd"), (STEPFATHER, STRICTER, "te_beoordelen", "geweigerd")],
    ids=["the official accepts more", "the official accepts less"],
)
@pytest.mark.parametrize("instelling", list(Instelling))
def test_the_chosen_schema_decides_and_a_difference_is_a_warning(
    werkmap: Werkmap, instelling: Instelling, file: str, changes: dict[str, str], eigen: str, officieel: str
) -> None:
    choose(werkmap, instelling, own_zip(changes))
    row = werkmap.handle("corv", message(file))

    assert row["status"] == (officieel if instelling is Instelling.OFFICIEEL else eigen)
    found = findings(werkmap, row["id"])
    warnings = [one for one in found if one["code"] == DIFFERENCE]
    assert {one["niveau"] for one in warnings} == ({"waarschuwing"} if instelling is Instelling.BEIDE else set())
    answers = [content for name, content in werkmap.outbox().items() if row["id"] in name and "Fo01" in name]
    assert len(answers) == (row["status"] == "geweigerd")
    assert not any(b"officieel" in answer.lower() or "officiële".encode() in answer for answer in answers)


def test_the_warning_says_which_schema_says_what_where_and_what_to_do(werkmap: Werkmap) -> None:
    choose(werkmap, "beide", own_zip(STRICTER))
    (found,) = findings(werkmap, werkmap.handle("corv", message(STEPFATHER))["id"])
    place = "/JZ:vtMeldingDi01/JZ:object/JZ:betreft/JZ:gerelateerde/JZ:heeftBetrokken[2]/JZ:jeugzorgrol"
    assert (found["code"], found["niveau"], found["pad"], found["regel"]) == (DIFFERENCE, "waarschuwing", place, 66)
    assert found["tekst"].startswith(
        f"Ons eigen schema keurt dit bericht goed, het officiële van koppelvlak 1.0.9 van 01-01-2026 ({NAME}) keurt het af. "
        "Het eigen oordeel telt. De reden van de afkeuring: JZ:jeugzorgrol heeft geen toegestane waarde. Toegestaan: "
    )
    assert found["tekst"].endswith(" Meld dit verschil, met die reden, aan de makers van corv.")


def test_what_our_own_schema_expects_is_not_told_of_a_fault_that_it_does_not_find() -> None:
    pakket = pakket_of(NAME, own_zip({'name="aoa.huisnummer" type="BG:Huisnummer"': 'name="aoa.huisnummer" type="xs:date"'}))
    assert isinstance(pakket, Pakket)
    root = etree.fromstring(message("vtMeldingDi01/volledig.xml"))
    official, refused = Schemas(Schemakeuze(Instelling.OFFICIEEL, (pakket,))), "heeft een waarde die daar niet mag staan."
    assert {finding.tekst for finding in official.validate(root)} == {f"BG:aoa.huisnummer {refused}"}
    for number in root.iter("{*}aoa.huisnummer"):
        number.text = MARKER
    expected = f"BG:aoa.huisnummer {refused} Verwacht: een getal van 1 tot en met 99999."
    assert {finding.tekst for finding in official.validate(root)} == {expected}


def test_the_same_verdict_gives_no_warning(werkmap: Werkmap) -> None:
    choose(werkmap, "beide", own_zip(LOOSER))
    for file in ("vtMeldingDi01/minimaal.xml", "vtMeldingDi01/ongeldig-datum.xml"):
        found = findings(werkmap, werkmap.handle("corv", message(file))["id"])
        assert DIFFERENCE not in {one["code"] for one in found}


def test_controleer_and_verklaar_give_the_verdict_that_a_pass_gives(werkmap: Werkmap, corv: Corv) -> None:
    for changes, file, expected in ((LOOSER, ROLE, True), (STRICTER, STEPFATHER, False)):
        (werkmap.path / "config/corv.toml").write_text(
            (werkmap.path / "config/corv.toml").read_text().replace('schemas = "officieel"', 'schemas = "eigen"')
        )
        choose(werkmap, "officieel", own_zip(changes))
        for command in ("controleer", "verklaar"):
            _, out, _ = corv(command, "--json", str(BERICHTEN / file))
            assert json.loads(out)["schema_geldig"] is expected, command
        out = corv("--map", str(werkmap.path.parent), "controleer", "--json", str(BERICHTEN / file))[1]
        assert json.loads(out)["schema_geldig"] is not expected  # no working folder: our own


def test_controleer_tells_the_difference_and_the_verdict_is_our_own(werkmap: Werkmap, corv: Corv) -> None:
    choose(werkmap, "beide", own_zip(STRICTER))
    for command in ("controleer", "verklaar"):
        code, out, _ = corv(command, "--json", str(BERICHTEN / STEPFATHER))
        told = json.loads(out)
        assert (code, told["schema_geldig"], told["oordeel"]) == (1, True, "waarschuwing")
        assert [found["code"] for found in told["bevindingen"]] == [DIFFERENCE]


def test_controleer_asks_nothing_else_of_the_configuration(werkmap: Werkmap, corv: Corv) -> None:
    choose(werkmap, "officieel", own_zip(LOOSER))
    werkmap.configure("herscan_s = 30", "herscan_s = -1\nonbekend = 1")
    _, out, _ = corv("controleer", "--json", str(BERICHTEN / ROLE))
    assert json.loads(out)["schema_geldig"] is True


def test_a_person_may_send_on_what_is_valid_by_the_schema_that_counts(werkmap: Werkmap, corv: Corv) -> None:
    choose(werkmap, "beide", own_zip(STRICTER))
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    id_ = werkmap.handle("corv", message("vtMeldingDi01/aan-ander-vt.xml"))["id"]
    code, _, err = corv("beslis", id_, "--herrouteer", "VT19", "--reden", "Het gezin woont in Enschede", "--door", "J. Jansen")
    assert (code, "niet volgens het schema" in err) == (0, False)


def test_a_received_answer_is_never_refused_by_the_official_schema_either(werkmap: Werkmap) -> None:
    choose(werkmap, "officieel", own_zip())
    row = werkmap.handle("corv", message("Bv04Bericht/alleen-berichtcode.xml"))
    assert (row["status"], {one["niveau"] for one in findings(werkmap, row["id"])}) == ("geaccepteerd", {"waarschuwing"})


def test_a_running_service_takes_over_what_is_installed_or_removed_and_refuses_what_is_bad(werkmap: Werkmap, corv: Corv) -> None:
    clock = Clock()
    with working(werkmap.path) as made:
        deps = replace(made, monotonic=clock, clock=werkmap.clock, new_id=werkmap.new_id)
        watched = begin(deps)

        def handled() -> str:
            number = str(len(werkmap.rows())).encode()
            content = message(ROLE).replace(b"<StUF:referentienummer>", b"<StUF:referentienummer>" + number)
            werkmap.drop("corv", "melding.xml", content)
            one_pass(deps, Report())
            return str(werkmap.rows()[0]["status"])

        assert handled() == "geweigerd"
        path = werkmap.path.parent / NAME
        path.write_bytes(own_zip(LOOSER))
        assert corv("schemas", "installeer", str(path))[0] == 0
        werkmap.configure('schemas = "eigen"', 'schemas = "officieel"')
        deps, watched = look(deps, watched, clock)
        assert (told(deps)["fouten"], handled()) == ([], "geaccepteerd")

        bad = werkmap.path / "config/schemas/versie_1.0.10_20270101.zip"
        for content, expected in (
            (own_zip()[:-100], "Dit is geen zip, of hij is niet compleet."),
            (own_zip({'<xs:enumeration value="jeugdige"/>': ""}), "keurt een goed bericht af: vtMeldingDi01."),
        ):
            bad.write_bytes(content)
            deps, watched = look(deps, watched, clock)
            problem = problem_of(deps)
            assert problem.startswith(f"config/schemas/{bad.name}: ")
            assert expected in problem
            assert handled() == "geaccepteerd"
        bad.write_bytes(own_zip())
        deps, watched = look(deps, watched, clock)
        assert (told(deps)["fouten"], handled()) == ([], "geweigerd")

        for zip_ in (werkmap.path / "config/schemas").iterdir():
            zip_.unlink()
        deps, watched = look(deps, watched, clock)
        problem = problem_of(deps)
        assert ("maar er is geen officieel schema geïnstalleerd" in problem, handled()) == (True, "geweigerd")


@cache
def normative(instelling: Instelling) -> Schemas:
    problems: list[str] = []
    schemas = Schemas(Schemakeuze(instelling, load(NORMATIVE, problems)))
    assert (len(NORMATIVE), problems) == (1, [])
    return schemas


SAMPLES = [path for path in sorted(BERICHTEN.glob("*/*.xml")) if path.parent.name not in {"overig", "onleesbaar"}]


@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_fault_by_the_published_schema_is_told_in_the_same_words_at_the_same_place(schemas: Schemas, path: Path) -> None:
    root = read(path.read_bytes()).root
    assert root is not None
    expected = schemas.validate(root)
    assert normative(Instelling.OFFICIEEL).validate(root) == expected
    assert normative(Instelling.BEIDE).validate(root) == expected


@needs_shared
@pytest.mark.parametrize("path", sorted(BERICHTEN.glob("*/volledig.xml")), ids=lambda path: path.parent.name)
@hypothesis_settings(max_examples=30)
@given(data=st.data())
def test_no_value_of_a_message_ever_stands_in_a_finding_of_the_published_schema(path: Path, data: st.DataObject) -> None:
    parsed = parse(path.read_bytes())
    assert not isinstance(parsed, Finding)
    assert str(parsed.root.tag) in SOORTEN
    endings = ["", "'", "' is not an element of the set {'x'}.", "'. Expected is ( y )."]
    for element in parsed.root.iter("{*}*"):
        if len(element) == 0 and data.draw(st.booleans()):
            element.text = MARKER + data.draw(st.sampled_from(endings))
        if len(element) == 0 and data.draw(st.booleans()):
            element.set(data.draw(st.sampled_from(["naam", "onbekend", "noValue"])), MARKER)

    for instelling in (Instelling.OFFICIEEL, Instelling.BEIDE):
        found = normative(instelling).validate(parsed.root)
        assert not [finding for finding in found if MARKER in f"{finding.tekst}{finding.pad}"]
