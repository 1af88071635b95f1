"""Our schemas against a second engine, and against the official ones where ../shared is there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

from conftest import BERICHTEN, OFFICIAL_SETS, SHARED, Werkmap, message, needs_shared, set_of
from corv.berichten import BERICHTEN as SOORTEN
from corv.berichten import vv
from corv.findings import Finding
from corv.parsing import parse
from corv.schemas import Schemas
from corv.schemas.expectations import ENTRY
from corv.stuf import BG

SAMPLES = [path for path in sorted(BERICHTEN.glob("*/*.xml")) if path.parent.name not in {"overig", "onleesbaar"}]
ROOTS = [soort.naam for soort in SOORTEN.values()]
"""The roots that are not in the published vt set, with the set that has them."""


@pytest.fixture(scope="session")
def second_opinion() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(ENTRY), allow="local")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_samples_are_valid_unless_their_name_says_otherwise(
    schemas: Schemas, second_opinion: xmlschema.XMLSchema, official_sets: dict[str, etree.XMLSchema], path: Path
) -> None:
    document = parse(path.read_bytes())
    assert not isinstance(document, Finding)
    expected = not path.stem.startswith(("ongeldig", "alleen-berichtcode"))
    without_comments = etree.tostring(etree.fromstring(etree.tostring(document.root), etree.XMLParser(remove_comments=True)))

    assert (schemas.validate(document.root) == ()) is expected
    assert second_opinion.is_valid(without_comments) is expected  # it refuses comments inside a value, which the standard allows
    official = official_sets.get(set_of(path.parent.name))
    assert official is None or official.validate(document.root) is expected


def test_the_schemas_load_without_network_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Schemas().validate(etree.fromstring(message("vtMeldingDi01/minimaal.xml"))) == ()


@needs_shared
@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("root", ROOTS)
def test_random_messages_get_the_verdict_of_the_official_schema(tmp_path: Path, root: str) -> None:
    corv = f"{sys.executable} -m corv"
    script = str(SHARED / "gereedschap/overeenstemming.py")
    options = ["--aantal", "60", "--zaad", "20261122", "--bewaar", str(tmp_path), "--wortel", root]
    command = [sys.executable, script, "--corv", corv, *options]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=dict(os.environ))

    assert run.stdout.splitlines()[-1].endswith(" passed, 0 failed"), run.stdout + run.stderr


@needs_shared
@pytest.mark.parametrize(
    ("file", "kanaal", "status", "written"),
    [
        ("notificatieDi01-praktijk.xml", "corv", "geaccepteerd", {"corv/Bv03.xml", "eigen/notificatieDi01.xml"}),
        ("notificatieDi01-praktijk-gemaskeerd.xml", "corv", "geweigerd", {"corv/Bv03.xml", "corv/Fo01.xml"}),
        ("vtMeldingDi01-1.0.9.xml", "corv", "geaccepteerd", {"corv/Bv03.xml", "corv/Bv01.xml", "eigen/vtMeldingDi01.xml"}),
        (
            *("vtMeldingDi01-1.0.4-ongeldig-in-1.0.9.xml", "corv", "geweigerd"),
            {"corv/Bv03.xml", "corv/Fo01.xml", "eigen/aandacht/vtMeldingDi01.xml", "eigen/aandacht/vtMeldingDi01.txt"},
        ),
        ("vtTerugkoppelingDi01-onjuist-geadresseerd.xml", "eigen", "geaccepteerd", {"corv/vtTerugkoppelingDi01.xml"}),
        ("vcobDi01-minimaal.xml", "corv", "geweigerd", {"corv/Fo03.xml"}),
        ("Bv01-leeg-crossRefnummer.xml", "corv", "geaccepteerd", {"corv/Bv03.xml", "eigen/Bv01Bericht.xml"}),
        ("Fo01-902-standaardnamespace.xml", "corv", "geaccepteerd", {"corv/Bv03.xml", "eigen/Fo01Bericht.xml"}),
    ],
)
def test_messages_from_practice_end_as_their_page_says(
    werkmap: Werkmap, file: str, kanaal: str, status: str, written: set[str]
) -> None:
    werkmap.configure('oins = ["00000001999000001000"]', 'oins = ["00000001800000001001"]')
    werkmap.configure('werkgebied = "VT20"', 'werkgebied = "VT27"')  # where the persons of the sample melding live
    row = werkmap.handle(kanaal, (SHARED / "berichten" / file).read_bytes())

    assert (row["status"], werkmap.written(row)) == (status, written)


@needs_shared
def test_the_official_schemas_are_the_ones_we_compare_with() -> None:
    assert [path for path in OFFICIAL_SETS.values() if not path.is_file()] == []


@pytest.mark.parametrize("number", ["1234567890", "12345678901234567", "123", "geen", ""])
@pytest.mark.parametrize("root", [soort.naam for soort in vv.SOORTEN])
def test_no_other_number_of_a_person_fits_in_a_vv_message(
    schemas: Schemas, official_sets: dict[str, etree.XMLSchema], root: str, number: str
) -> None:
    message = etree.parse(BERICHTEN / root / "minimaal.xml").getroot()
    persoon = message.find(".//{*}natuurlijkPersoon")
    assert persoon is not None
    for bsn in persoon.findall("{*}inp.bsn"):
        persoon.remove(bsn)
    anp = etree.Element(f"{{{BG}}}anp.identificatie")
    anp.text = number
    persoon.insert(0, anp)

    (finding,) = schemas.validate(message)
    assert finding.tekst.endswith("de standaard eist hier 10 en tegelijk 17 cijfers; laat het leeg met xsi:nil of noem het BSN.")
    assert "vv" not in official_sets or not official_sets["vv"].validate(message)

    anp.text = None
    anp.set("{http://www.w3.org/2001/XMLSchema-instance}nil", "true")
    assert schemas.validate(message) == ()
    assert "vv" not in official_sets or official_sets["vv"].validate(message)
