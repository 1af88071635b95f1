"""Nothing of a message's content stands in anything that we write, the originals themselves aside (ontwerp 8)."""

import json
import os
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from lxml import etree

from conftest import BERICHTEN, Werkmap
from corv import cli
from corv.case import Case
from corv.logs import configure_logs
from corv.reading import read

MARKER = "GEHEIM7351"
HEADER_FIELDS = {"berichtcode", "organisatie", "applicatie", "administratie", "gebruiker", "referentienummer"}
HEADER_FIELDS |= {"tijdstipBericht", "crossRefnummer", "functie"}
SENT_BY_US = {"vtoDi01", "vtTerugkoppelingDi01", "zorgmeldingTerugkoppelingDi01", "vcobDi01", "vciDi01"}
SAMPLES = sorted(path for path in BERICHTEN.glob("*/*.xml") if path.parent.name != "onleesbaar")


def with_markers(path: Path, *, keep_valid: bool) -> bytes:
    """The message with a marker in every text field but the stuurgegevens; in names too when it may become invalid."""
    root = read(path.read_bytes()).root
    assert root is not None
    for number, element in enumerate(root.iter()):
        if isinstance(element.tag, str) and len(element) == 0 and etree.QName(element).localname not in HEADER_FIELDS:
            if not keep_valid or (element.text or "").count(" ") > 1:
                element.text = f"{MARKER}{number}"
            if not keep_valid:
                element.set("onbekend", MARKER)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
@pytest.mark.parametrize("keep_valid", [True, False], ids=["valid", "broken"])
def test_no_content_stands_in_database_answers_notes_or_output(werkmap: Werkmap, path: Path, keep_valid: bool) -> None:
    kanaal = "eigen" if path.parent.name in SENT_BY_US else "corv"
    content = with_markers(path, keep_valid=keep_valid)
    werkmap.drop(kanaal, "bericht.xml", content)
    werkmap.drop("corv", "kapot.xml", content[: len(content) // 2])
    lists = (["verwerk"], ["berichten"], ["berichten", "--json"], ["berichten", "--csv"], ["berichten", "--aantal", "1"])
    outputs = [command(werkmap, *args) for args in lists]
    outputs += [command(werkmap, "toon", row["id"], *form) for row in werkmap.rows() for form in ([], ["--json"])]
    outputs += [command(werkmap, "keten", row["id"]) for row in werkmap.rows()]

    assert not [output for output in outputs if MARKER in output]
    assert not [str(file) for file in ours(werkmap, content) if MARKER.encode() in file.read_bytes()]


def ours(werkmap: Werkmap, content: bytes) -> list[Path]:
    """Every file that we wrote; the originals and their copies are not."""
    files = [path for path in werkmap.path.rglob("*") if path.is_file()]
    return [path for path in files if path.read_bytes() not in {content, content[: len(content) // 2]}]


def command(werkmap: Werkmap, *args: str) -> str:
    """All that a command says."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        cli.run(["--map", str(werkmap.path), *args])
    return said.getvalue()


def test_the_original_file_name_is_shown_by_toon_alone(werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", (BERICHTEN / "vtMeldingDi01/ongeldig-rol.xml").read_bytes(), f"{MARKER}.xml")

    assert MARKER in command(werkmap, "toon", row["id"])
    assert MARKER in command(werkmap, "toon", row["id"], "--json")
    for form in ([], ["--json"], ["--csv"]):
        assert row["referentienummer"] in command(werkmap, "berichten", *form)
        assert MARKER not in command(werkmap, "berichten", *form)
    written = [path for path in werkmap.path.rglob("*") if path.is_file()]
    assert [path.name for path in written if MARKER.encode() in os.fsencode(path.name) + path.read_bytes()] == ["corv.sqlite"]


def test_a_number_that_is_kept_as_a_hash_is_found_and_shown_nowhere(werkmap: Werkmap) -> None:
    number = "PL0600-2026000101"
    row = werkmap.handle("corv", (BERICHTEN / "vtMeldingDi01/minimaal.xml").read_bytes())
    assert number.encode() in (werkmap.path / row["bestand"]).read_bytes()

    for form in ([], ["--json"], ["--csv"]):
        found = command(werkmap, "berichten", "--identificatieVtMelding", number, *form)
        assert row["referentienummer"] in found
        assert number not in found
        assert number not in command(werkmap, "toon", row["id"], *(form if form != ["--csv"] else []))


def test_logs_hold_no_content_even_when_everything_fails(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_case: Case) -> None:
        raise ValueError(MARKER)

    for number, path in enumerate(SAMPLES):
        werkmap.drop("corv", f"{MARKER}-{number}.xml", with_markers(path, keep_valid=False))
    configure_logs(quiet=False)
    monkeypatch.setattr("corv.judging.decide", fail)
    werkmap.run()

    said = capsys.readouterr().err
    events = [json.loads(line)["event"] for line in said.splitlines()]
    assert (events.count("bericht_verwerkt"), events.count("eigen_fout")) == (len(SAMPLES), len(SAMPLES))
    assert MARKER not in said
