"""`corv schemas`: what judges what, and a zip that is installed, refused, or there already."""

import hashlib
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from schemazips import LOOSER, MESSAGE, NAME, STRICTER, own_files, own_zip, schema, zip_of

from conftest import SHARED, Werkmap, needs_shared
from corv import config
from corv.berichten import BERICHTEN
from corv.cli import schemas as cli_schemas
from corv.database import first_broken_link, open_for_reading, rows
from corv.desk import new_schemas
from corv.officieel import archief, pakketten
from corv.schemas import own_sha256

Corv = Callable[..., tuple[int, str, str]]
BY = ("--door", "A. Tester")
MESSAGES = [soort.naam for soort in BERICHTEN.values()]


@pytest.fixture
def put(werkmap: Werkmap) -> Callable[..., Path]:
    """Write a zip to install."""

    def write(raw: bytes, name: str = NAME) -> Path:
        path = werkmap.path.parent / name
        path.write_bytes(raw)
        return path

    return write


def installed(werkmap: Werkmap) -> dict[str, bytes]:
    folder = werkmap.path / "config/schemas"
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".zip"} if folder.exists() else {}


def events(werkmap: Werkmap) -> list[dict[str, Any]]:
    with closing(open_for_reading(werkmap.path / "data/corv.sqlite")) as db:
        assert first_broken_link(db) is None
        return [json.loads(row["gegevens"]) for row in rows(db, "SELECT gegevens FROM gebeurtenis WHERE soort = 'schemas'")]


def told(corv: Corv) -> list[dict[str, Any]]:
    code, out, err = corv("schemas", "--json")
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def judged_by(corv: Corv) -> dict[str, str]:
    return {row["bericht"]: row["schema"] for row in told(corv) if row["onderdeel"] == "bericht"}


def test_without_a_zip_our_own_schemas_judge_everything(corv: Corv) -> None:
    own = {"instelling": "eigen", "schema": "eigen", "versie": "1.0.9", "datum": None, "sha256": own_sha256()}
    own |= {"vergeleken_met": None, "waarom": 'schemas = "eigen"'}
    assert told(corv) == [{"onderdeel": "bericht", "bericht": name, **own} for name in MESSAGES]
    code, out, _ = corv("schemas")
    assert (code, f"Het eigen schema: koppelvlak 1.0.9, SHA-256 {own_sha256()}." in out) == (0, True)


def test_outside_a_working_folder_our_own_schemas_judge(corv: Corv, tmp_path: Path) -> None:
    assert set(judged_by(lambda *words: corv("--map", str(tmp_path), *words)).values()) == {"eigen"}
    code, _, err = corv("--map", str(tmp_path), "schemas", "installeer", __file__)
    assert (code, "config/corv.toml is er niet" in err) == (2, True)


def test_a_zip_is_kept_as_it_is_recorded_and_used(werkmap: Werkmap, corv: Corv, put: Callable[..., Path]) -> None:
    raw = own_zip()
    werkmap.configure('schemas = "eigen"', 'schemas = "officieel"')
    code, out, err = corv("schemas", "installeer", str(put(raw)), *BY)

    assert (code, err) == (0, "")
    assert f"Geïnstalleerd: config/schemas/{NAME}, door A. Tester." in out
    assert "gebruikt voor" in out
    assert installed(werkmap) == {NAME: raw}
    digest = hashlib.sha256(raw).hexdigest()
    facts = {"versie": "1.0.9", "datum": "2026-01-01", "sha256": digest}
    assert events(werkmap) == [{"door": "A. Tester", "bestand": f"config/schemas/{NAME}", **facts}]
    *messages, pakket = told(corv)
    official = {"instelling": "officieel", "schema": NAME, **facts, "vergeleken_met": None, "waarom": 'schemas = "officieel"'}
    assert messages == [{"onderdeel": "bericht", "bericht": name, **official} for name in MESSAGES]
    used = {"gebruikt_voor": sorted(MESSAGES), "niet_gebruikt_voor": []}
    pakket["gebruikt_voor"].sort()
    assert pakket == {"onderdeel": "zip", "bestand": f"config/schemas/{NAME}", **facts, **used}


def test_while_only_our_own_count_it_says_what_to_change(corv: Corv, put: Callable[..., Path]) -> None:
    code, out, err = corv("schemas", "installeer", str(put(own_zip())), *BY)
    assert (code, 'schemas = "eigen" in config/corv.toml' in " ".join(out.split())) == (0, True)
    assert 'Zet daarvoor in config/corv.toml: schemas = "officieel" of schemas = "beide".' in err
    assert set(judged_by(corv).values()) == {"eigen"}


def test_with_both_it_says_with_what_our_own_are_compared(werkmap: Werkmap, corv: Corv, put: Callable[..., Path]) -> None:
    corv("schemas", "installeer", str(put(own_zip())))
    werkmap.configure('schemas = "eigen"', 'schemas = "beide"')
    assert {(row["schema"], row["vergeleken_met"]) for row in told(corv) if row["onderdeel"] == "bericht"} == {("eigen", NAME)}
    shown = corv("schemas")[1]
    assert ("vergeleken met" in shown, "01-01-2026" in shown) == (True, True)


def test_a_message_that_no_zip_has_is_judged_by_our_own_and_that_is_told(
    werkmap: Werkmap, corv: Corv, put: Callable[..., Path]
) -> None:
    files = {name: text for name, text in own_files().items() if not name.endswith("jz-jr.xsd")}
    files["schemas/jz.xsd"] = files["schemas/jz.xsd"].replace('<xs:include schemaLocation="jz-jr.xsd"/>', "")
    assert corv("schemas", "installeer", str(put(zip_of(files))))[0] == 0
    werkmap.configure('schemas = "eigen"', 'schemas = "officieel"')
    (row,) = (row for row in told(corv) if row.get("bericht") == "vtoDi01")
    assert (row["schema"], row["waarom"]) == ("eigen", "geen geïnstalleerde zip heeft dit bericht")
    assert judged_by(corv)["vtMeldingDi01"] == NAME


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_two_the_newer_is_used_whichever_came_first(
    werkmap: Werkmap, corv: Corv, put: Callable[..., Path], newest_first: bool
) -> None:
    werkmap.configure('schemas = "eigen"', 'schemas = "officieel"')
    older, newer = "oud_versie_1.0.9_20250101.zip", "nieuw_versie_1.0.9_20260101.zip"
    zips = [put(own_zip(LOOSER), older), put(own_zip(STRICTER), newer)]
    told_last = [corv("schemas", "installeer", str(path))[1] for path in (reversed(zips) if newest_first else zips)][-1]

    why = f"koppelvlak 1.0.9 van 01-01-2026 ({newer}) is nieuwer"
    assert set(judged_by(corv).values()) == {newer}
    (row,) = (row for row in told(corv) if row.get("bestand", "").endswith(older))
    assert (row["gebruikt_voor"], {one["waarom"] for one in row["niet_gebruikt_voor"]}) == ([], {why})
    assert ("nieuwer" in told_last) is newest_first


def test_the_same_zip_again_changes_nothing_whatever_its_name(werkmap: Werkmap, corv: Corv, put: Callable[..., Path]) -> None:
    corv("schemas", "installeer", str(put(own_zip())), *BY)
    before = (installed(werkmap), events(werkmap), config.fingerprint(werkmap.path))
    for name in (NAME, "anders.zip"):
        code, out, err = corv("schemas", "installeer", str(put(own_zip(), name)), *BY)
        assert (code, out, err) == (0, f"Deze zip is al geïnstalleerd, als config/schemas/{NAME}; er verandert niets.\n", "")
    assert (installed(werkmap), events(werkmap), config.fingerprint(werkmap.path)) == before


def test_another_zip_of_the_same_name_is_refused(werkmap: Werkmap, corv: Corv, put: Callable[..., Path]) -> None:
    corv("schemas", "installeer", str(put(own_zip())), *BY)
    before = (set(installed(werkmap)), events(werkmap))
    code, _, err = corv("schemas", "installeer", str(put(own_zip(LOOSER))), *BY)
    assert (code, "Geef deze een andere naam. Er is niets veranderd." in err) == (2, True)
    assert installed(werkmap)[NAME] == own_zip()
    assert (set(installed(werkmap)), events(werkmap)) == before


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"geen zip", "Dit is geen zip"),
        (zip_of({"leesmij.txt": "x"}), "geen enkel schema"),
        (zip_of({"a.xsd": "<xs:schema"}), "a.xsd is geen geldige XML"),
        (zip_of({"a.xsd": schema('<xs:element name="proefDi01" type="t:Nergens"/>')}), "er is iets mis in a.xsd"),
        (zip_of({"a.xsd": schema(MESSAGE.replace("proef", "vtMelding"))}), "keurt een goed bericht af: vtMeldingDi01"),
        (own_zip({'<xs:enumeration value="jeugdige"/>': ""}), "keurt een goed bericht af"),
    ],
    ids=["no zip", "no schema", "no XML", "does not compile", "refuses the good", "refuses a role"],
)
def test_a_zip_that_can_not_be_used_is_refused_and_changes_nothing(
    werkmap: Werkmap, corv: Corv, put: Callable[..., Path], raw: bytes, expected: str
) -> None:
    before = config.fingerprint(werkmap.path)
    code, out, err = corv("schemas", "installeer", str(put(raw)), *BY)

    assert (code, out) == (2, "")
    assert err.startswith(f"Fout: {NAME}: ")
    assert expected in err
    assert err.endswith("Er is niets veranderd.\n")
    assert (installed(werkmap), events(werkmap), config.fingerprint(werkmap.path)) == ({}, [], before)


def test_a_file_that_is_much_too_large_is_not_even_read(
    werkmap: Werkmap, corv: Corv, put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(b"")
    with path.open("wb") as file:
        file.truncate(archief.MAX_ZIP + 1)
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("gelezen") if self == path else read_bytes(self))
    code, _, err = corv("schemas", "installeer", str(path), *BY)
    assert (code, "groter dan 16 MiB" in err, installed(werkmap)) == (2, True, {})


def test_a_name_that_would_not_be_found_again_becomes_one_that_is(werkmap: Werkmap, corv: Corv, put: Callable[..., Path]) -> None:
    hidden = zip_of({**own_files(), "los.txt": "x"})
    named = [("A.ZIP", own_zip(), "A.zip"), (".b.zip", own_zip(LOOSER), "b.zip"), ("c", own_zip(STRICTER), "c.zip")]
    named.append(("..zip", hidden, "schemas.zip"))
    for name, raw, kept in named:
        assert corv("schemas", "installeer", str(put(raw, name)), *BY)[0] == 0
        assert installed(werkmap)[kept] == raw
    assert [row["bestand"] for row in told(corv) if row["onderdeel"] == "zip"] == [
        f"config/schemas/{kept}" for kept in sorted(kept for _, _, kept in named)
    ]


def test_a_name_that_could_disturb_the_screen_is_refused(werkmap: Werkmap, corv: Corv, put: Callable[..., Path]) -> None:
    code, _, err = corv("schemas", "installeer", str(put(own_zip(), "a\x1b[2J.zip")), *BY)
    said = "De naam bevat tekens die daar niet horen. Geef het bestand een andere naam. Er is niets veranderd."
    assert (code, err) == (2, f"Fout: a\\x1b[2J.zip: {said}\n")
    assert installed(werkmap) == {}


def test_who_installs_the_same_zip_at_the_same_moment_is_told_that_it_lies_there(
    werkmap: Werkmap, corv: Corv, put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other is first, after both have looked."""
    words = ("schemas", "installeer", str(put(own_zip(), "b.zip")), *BY)
    other = put(own_zip(), "a.zip")
    real = new_schemas.install

    def second(*given: Any) -> str | None:
        monkeypatch.setattr(cli_schemas, "install", real)
        assert corv("schemas", "installeer", str(other), "--door", "B. Ander")[0] == 0
        return real(*given)

    monkeypatch.setattr(cli_schemas, "install", second)
    code, out, _ = corv(*words)
    assert (code, out) == (0, "Deze zip is al geïnstalleerd, als config/schemas/a.zip; er verandert niets.\n")
    assert installed(werkmap).keys() == {"a.zip"}
    assert [(event["door"], event["bestand"]) for event in events(werkmap)] == [("B. Ander", "config/schemas/a.zip")]


def test_what_was_installed_is_not_tried_again(
    werkmap: Werkmap, corv: Corv, put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert corv("schemas", "installeer", str(put(own_zip())), *BY)[0] == 0
    werkmap.configure('schemas = "eigen"', 'schemas = "officieel"')
    monkeypatch.setattr(pakketten, "tried", lambda _: pytest.fail("nog eens geprobeerd"))
    assert corv("verwerk")[0] == 0
    assert set(judged_by(corv).values()) == {NAME}


def test_a_bad_zip_that_lies_there_is_named_and_nothing_is_installed_beside_it(
    werkmap: Werkmap, corv: Corv, put: Callable[..., Path]
) -> None:
    folder = werkmap.path / "config/schemas"
    folder.mkdir()
    (folder / "met-de-hand.zip").write_bytes(own_zip()[:300])
    assert corv("verwerk")[0] == 0  # our own schemas judge: nobody opens it
    for words in (["schemas"], ["schemas", "installeer", str(put(own_zip()))]):
        code, _, err = corv(*words)
        assert (code, "config/schemas/met-de-hand.zip: Dit is geen zip, of hij is niet compleet." in err) == (2, True), words
    werkmap.configure('schemas = "eigen"', 'schemas = "officieel"')
    code, _, err = corv("verwerk")
    assert (code, "config/schemas/met-de-hand.zip: Dit is geen zip, of hij is niet compleet." in err) == (2, True)
    assert installed(werkmap).keys() == {"met-de-hand.zip"}


def test_a_stop_half_way_leaves_no_zip_that_counts_and_doing_it_again_makes_it_good(
    werkmap: Werkmap, corv: Corv, put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise OSError(28, "vol")

    words = ("schemas", "installeer", str(put(own_zip())), *BY)
    before = config.fingerprint(werkmap.path)
    with monkeypatch.context() as patch:
        patch.setattr("corv.durable.rename_new", stop)
        assert corv(*words)[0] == 3
    assert (config.fingerprint(werkmap.path), set(judged_by(corv).values())) == (before, {"eigen"})
    with monkeypatch.context() as patch:
        patch.setattr(new_schemas, "add_event", stop)
        assert corv(*words)[0] == 3
    assert (events(werkmap), "al geïnstalleerd" in corv(*words)[1]) == ([], True)
    assert [event["bestand"] for event in events(werkmap)] == [f"config/schemas/{NAME}"]


@pytest.mark.parametrize("instelling", ["officieel", "beide"])
def test_an_official_verdict_without_an_official_schema_is_a_mistake_that_says_what_to_do(
    werkmap: Werkmap, corv: Corv, instelling: str
) -> None:
    werkmap.configure('schemas = "eigen"', f'schemas = "{instelling}"')
    expected = (
        f'verwerking.schemas is "{instelling}", maar er is geen officieel schema geïnstalleerd. Installeer de zip van VNG met: '
    )
    for words in (["verwerk"], ["controleer", __file__], ["schemas"], ["config", "controleer"]):
        code, out, err = corv(*words)
        assert (code, expected in out + err, "corv schemas installeer ZIP" in out + err) == (2, True, True), words


@needs_shared
def test_every_published_zip_is_installed_and_the_newest_is_used(werkmap: Werkmap, corv: Corv) -> None:
    werkmap.configure('schemas = "eigen"', 'schemas = "officieel"')
    zips = sorted((SHARED / "officieel/zip").glob("*.zip"))
    for path in zips:
        assert corv("schemas", "installeer", str(path), *BY)[0] == 0
    assert len(zips) == len(installed(werkmap)) == 6
    assert {path.name: path.read_bytes() for path in zips} == installed(werkmap)
    (normative,) = (path.name for path in zips if "normatieve" in path.name)
    assert set(judged_by(corv).values()) == {normative}
    (werkmap.path / "config/schemas" / normative).unlink()
    found = judged_by(corv)
    assert ("vtberichtenversie_1.0.9" in found["vtMeldingDi01"], "1.0.9" in found["Bv03Bericht"]) == (True, True)
