"""Years later it is known which schema judged a message: what was in force is an event, and `corv toon` reads it."""

import hashlib
import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from schemazips import LOOSER, NAME, own_files, own_zip, zip_of
from test_schemakeuze import choose

from conftest import Werkmap, message
from corv import schemas
from corv.berichten import BERICHTEN
from corv.database import first_broken_link, open_for_reading, open_for_writing, rows, transaction
from corv.officieel.vastgelegd import judge_of
from corv.schemas import KOPPELVLAK, own_sha256

Corv = Callable[..., tuple[int, str, str]]
OWN = {"schema": "eigen", "versie": KOPPELVLAK, "sha256": own_sha256()}
MINIMAL = message("vtMeldingDi01/minimaal.xml")


def zip_facts(raw: bytes, name: str = NAME) -> dict[str, Any]:
    return {"schema": name, "versie": "1.0.9", "sha256": hashlib.sha256(raw).hexdigest()}


def loaded(werkmap: Werkmap) -> list[Any]:
    """What each event `configuratie` tells of schemas."""
    with closing(open_for_reading(werkmap.path / "data/corv.sqlite")) as db:
        assert first_broken_link(db) is None
        query = "SELECT gegevens FROM gebeurtenis WHERE soort = 'configuratie' ORDER BY volgnr"
        return [json.loads(row["gegevens"]).get("schemas") for row in rows(db, query)]


def handled(werkmap: Werkmap, content: bytes = MINIMAL) -> str:
    """The id of a message that is not a repetition."""
    number = str(len(werkmap.rows())).encode()
    row = werkmap.handle("corv", content.replace(b"<StUF:referentienummer>", b"<StUF:referentienummer>" + number))
    return str(row["id"])


def test_each_message_tells_which_schema_judged_it_whatever_was_chosen_since(werkmap: Werkmap, corv: Corv) -> None:
    by_own = handled(werkmap)
    choose(werkmap, "beide", own_zip())
    by_both = handled(werkmap)
    werkmap.configure('schemas = "beide"', 'schemas = "officieel"')
    by_zip = handled(werkmap)
    (werkmap.path / "config/schemas" / NAME).write_bytes(own_zip(LOOSER))
    by_other = handled(werkmap)

    expected = {
        by_own: {**OWN, "vergeleken_met": None},
        by_both: {**OWN, "vergeleken_met": zip_facts(own_zip())},
        by_zip: {**zip_facts(own_zip()), "vergeleken_met": None},
        by_other: {**zip_facts(own_zip(LOOSER)), "vergeleken_met": None},
    }
    assert {id_: json.loads(corv("toon", "--json", id_)[1])["beoordeeld_door"] for id_ in expected} == expected
    shown = {id_: " ".join(corv("toon", id_)[1].split()) for id_ in expected}
    assert f"schema eigen, koppelvlak 1.0.9, SHA-256 {own_sha256()[:12]}" in shown[by_own]
    zip_shown = f"{NAME}, koppelvlak 1.0.9, SHA-256 {hashlib.sha256(own_zip()).hexdigest()[:12]}"
    assert ("vergeleken met" in shown[by_own], f"vergeleken met {zip_shown}" in shown[by_both]) == (False, True)
    assert f"schema {zip_shown}" in shown[by_zip]


def test_the_event_names_every_zip_that_is_asked_and_for_which_messages(werkmap: Werkmap) -> None:
    files = {name: text for name, text in own_files().items() if not name.endswith("jz-jr.xsd")}
    files["schemas/jz.xsd"] = files["schemas/jz.xsd"].replace('<xs:include schemaLocation="jz-jr.xsd"/>', "")
    later, unused = "nieuw_versie_1.0.9_20260101.zip", "oud_versie_1.0.9_20200101.zip"
    whole = "heel_versie_1.0.9_20250101.zip"
    choose(werkmap, "officieel", zip_of(files), later)
    for name in (whole, unused):
        (werkmap.path / "config/schemas" / name).write_bytes(own_zip())
    werkmap.run()

    (facts,) = loaded(werkmap)
    jr = facts["zips"][0]["berichten"]
    assert (facts["instelling"], facts["eigen"], "vtoDi01" in jr) == ("officieel", OWN, True)
    assert facts["zips"] == [
        {**zip_facts(own_zip(), whole), "berichten": jr},
        {
            **zip_facts(zip_of(files), later),
            "berichten": [soort.naam for soort in BERICHTEN.values() if soort.naam not in jr],
        },
    ]
    assert 0 < len(jr) < len(BERICHTEN)


def test_a_message_is_known_by_its_root_and_not_by_what_its_header_says(werkmap: Werkmap, corv: Corv) -> None:
    id_ = handled(werkmap, message("overig/functie-past-niet.xml"))
    whole = json.loads(corv("toon", "--json", id_)[1])
    (decided,) = (event["gegevens"] for event in whole["gebeurtenissen"] if event["soort"] == "besloten")
    assert (whole["bericht"]["functie"], decided["berichtsoort"]) == ("notificatieDi01", "vtMeldingDi01")
    zips = [{**zip_facts(b"x", name), "berichten": [name]} for name in ("vtMeldingDi01", "notificatieDi01")]
    facts = {"instelling": "officieel", "eigen": OWN, "zips": zips}
    assert judge_of(facts, decided["berichtsoort"])["schema"] == "vtMeldingDi01"


def test_what_no_schema_judged_tells_none(werkmap: Werkmap, corv: Corv, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [handled(werkmap, message(name)) for name in ("onleesbaar/afgekapt.xml", "overig/onbekende-functie.xml")]
    monkeypatch.setattr("corv.judging.check_schema", lambda *_: 1 / 0)
    ids.append(handled(werkmap))
    assert [json.loads(corv("toon", "--json", id_)[1])["beoordeeld_door"] for id_ in ids] == [None] * 3
    assert not [id_ for id_ in ids if own_sha256()[:12] in corv("toon", id_)[1]]


def test_other_schemas_of_our_own_are_told_too_while_the_configuration_stays_the_same(
    werkmap: Werkmap, corv: Corv, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = handled(werkmap)
    monkeypatch.setattr(schemas, "own_sha256", lambda: "ander")
    after = handled(werkmap)
    werkmap.run()
    told = [json.loads(corv("toon", "--json", id_)[1])["beoordeeld_door"]["sha256"] for id_ in (before, after)]
    assert (told, [facts["eigen"]["sha256"] for facts in loaded(werkmap)]) == ([own_sha256(), "ander"], [own_sha256(), "ander"])


def test_a_database_of_an_earlier_version_goes_on_and_tells_from_now_on(werkmap: Werkmap, corv: Corv) -> None:
    with closing(open_for_writing(werkmap.path / "data/corv.sqlite")) as db, transaction(db) as connection:
        connection.execute("DROP TRIGGER gebeurtenis_vast")
    old = handled(werkmap)
    with closing(open_for_writing(werkmap.path / "data/corv.sqlite")) as db, transaction(db) as connection:
        connection.execute("UPDATE gebeurtenis SET gegevens = json_remove(gegevens, '$.schemas', '$.berichtsoort')")
        connection.execute("UPDATE stand SET gegevens = json_remove(gegevens, '$.schemas')")
    new = handled(werkmap)
    told = [json.loads(corv("toon", "--json", id_)[1])["beoordeeld_door"] for id_ in (old, new)]
    assert told == [None, {**OWN, "vergeleken_met": None}]
    assert corv("toon", old)[0] == 0
