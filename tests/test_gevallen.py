"""Every sample message through a whole pass: status, decision, findings, files. The cases stand in gevallen.toml."""

import hashlib
import tomllib
from typing import Any

import pytest

from conftest import BERICHTEN, Werkmap, is_answer, message

CASES: list[dict[str, Any]] = tomllib.loads((BERICHTEN / "gevallen.toml").read_text(encoding="utf-8"))["geval"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['bestand']}-{case['kanaal']}")
def test_sample_message_ends_as_its_case_says(werkmap: Werkmap, case: dict[str, Any]) -> None:
    content = message(case["bestand"])

    row = werkmap.handle(case["kanaal"], content)

    whole = werkmap.whole(row["id"])
    originals = [payload for name, payload in werkmap.outbox().items() if name.endswith(".xml") and not is_answer(name)]
    assert {
        "status": row["status"],
        "regel": whole["besluit"]["regel"],
        "foutcode": whole["besluit"]["foutcode"],
        "bevindingen": list(dict.fromkeys(finding["code"] for finding in whole["bevindingen"])),
        "uitvoer": sorted(werkmap.written(row)),
        "sha256": row["sha256"],
        "originelen": {(werkmap.path / row["bestand"]).read_bytes(), *originals},
        "blijft liggen": werkmap.leftovers(),
    } == {
        "status": case["status"],
        "regel": case["regel"],
        "foutcode": case.get("foutcode"),
        "bevindingen": case.get("bevindingen", []),
        "uitvoer": sorted(case["uitvoer"]),
        "sha256": hashlib.sha256(content).hexdigest(),
        "originelen": {content},
        "blijft liggen": [],
    }


def test_every_sample_message_has_a_case() -> None:
    samples = {path.relative_to(BERICHTEN).as_posix() for path in BERICHTEN.rglob("*.xml")}
    about_something_else = {
        "vtMeldingDi01/zelfde-nummer-andere-inhoud.xml",  # test_herhaling
        "vtMeldingDi01/ongeldig-rol.xml",  # test_uitleg
        "vtMeldingDi01/ongeldig-datum.xml",  # test_uitleg
        "vtTerugkoppelingDi01/volledig.xml",  # test_schemas
    }
    assert samples - {case["bestand"] for case in CASES} == about_something_else
