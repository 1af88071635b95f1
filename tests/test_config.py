"""config/*.toml: defaults, and every mistake at once with file, line and key."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Werkmap
from corv import config
from corv.errors import ConfigError
from corv.settings import Gezondheid, Verwerking
from corv.toml_reader import TomlFile, hint

REPOSITORY = Path(__file__).parents[1]

MISTAKES = """\
[organisatie]
oins = ["123"]
namen = []
werkgebied = "20"
[kanaal.corv]
bevestig = "ja"
stil_s = "x"
inbox = "outbox/corv"
[kanaal.extra]
inbox = "x"
[verwerking]
herscan = 3
[rest]
"""


def test_all_mistakes_are_told_at_once_with_file_line_and_key(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/corv.toml").write_text(MISTAKES, encoding="utf-8")
    (tmp_path / "config/antwoorden.toml").write_text("[bv01]\nvtMeldingDi01 = 1\nvtMelding = true\n", encoding="utf-8")
    (tmp_path / "config/organisaties.toml").write_text('[VT19]\nnaam = "Twente"\nbevestigd_op = "gisteren"\n', encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path)

    assert sorted(caught.value.problems) == sorted(
        [
            "config/corv.toml, regel 2: organisatie.oins bevat een OIN die niet uit 20 cijfers bestaat.",
            "config/corv.toml, regel 4: organisatie.werkgebied moet een code als VT20 zijn.",
            "config/corv.toml, regel 3: organisatie.namen is geen bekende sleutel; bedoelt u namens?",
            "config/corv.toml, regel 6: kanaal.corv.bevestig moet een van deze zijn: Bv03, Bv04, geen.",
            "config/corv.toml, regel 7: kanaal.corv.stil_s moet een getal van 0 tot en met 3600 zijn.",
            "config/corv.toml, regel 9: kanaal.extra is geen bekend kanaal; er zijn er twee: corv en eigen.",
            "config/corv.toml, regel 5: kanaal.corv.outbox mag niet in of om de inbox van corv liggen, "
            "en niet dezelfde map zijn.",
            "config/corv.toml, regel 12: verwerking.herscan is geen bekende sleutel; bedoelt u herscan_s?",
            "config/corv.toml, regel 13: rest is geen bekende sleutel; bekend zijn: gezondheid, kanaal, organisatie, verwerking.",
            "config/antwoorden.toml, regel 2: bv01.vtMeldingDi01 moet true of false zijn.",
            "config/antwoorden.toml, regel 3: bv01.vtMelding is geen bekende sleutel; bedoelt u vtMeldingDi01?",
            "config/organisaties.toml, regel 3: VT19.bevestigd_op moet een datum zijn, zoals 2026-11-01.",
        ]
    )


def test_mistakes_in_the_thresholds_are_told_too(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    text = """[gezondheid]
inbox_waarschuwing_min = 100
schijf_kritiek_mib = 5000
te_laat_kritiek_uur = "lang"
inbox_kritiek_uur = 3
metingen = "outbox/corv/corv.prom"
"""
    (tmp_path / "config/corv.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path)

    assert sorted(caught.value.problems) == [
        "config/corv.toml, regel 1: gezondheid.inbox_kritiek_min moet minstens zo groot zijn als inbox_waarschuwing_min.",
        "config/corv.toml, regel 3: gezondheid.schijf_kritiek_mib moet hoogstens zo groot zijn als schijf_waarschuwing_mib.",
        "config/corv.toml, regel 4: gezondheid.te_laat_kritiek_uur moet een getal van 0 tot en met 999999 zijn.",
        "config/corv.toml, regel 5: gezondheid.inbox_kritiek_uur is geen bekende sleutel; bedoelt u inbox_kritiek_min?",
        "config/corv.toml, regel 6: gezondheid.metingen mag niet in een inbox of outbox liggen.",
    ]


def test_a_broken_file_is_told_by_line_and_does_not_hide_mistakes_in_another(werkmap: Werkmap) -> None:
    werkmap.configure("[bv01]", "[bv01", "antwoorden.toml")
    werkmap.configure('bevestig = "Bv03"', 'bevestig = "Bv05"')

    with pytest.raises(ConfigError) as caught:
        config.load(werkmap.path)

    first, second = sorted(caught.value.problems)
    assert first.startswith("config/antwoorden.toml, regel ")
    assert "kanaal.corv.bevestig" in second


def test_what_is_left_out_has_the_value_that_the_default_file_shows(tmp_path: Path) -> None:
    (tmp_path / "leeg/config").mkdir(parents=True)
    (tmp_path / "leeg/config/corv.toml").write_text("", encoding="utf-8")
    (tmp_path / "vol/config").mkdir(parents=True)
    for name in config.FILES:
        (tmp_path / "vol/config" / name).write_text(config.default_text(name), encoding="utf-8")

    empty, full = config.load(tmp_path / "leeg"), config.load(tmp_path / "vol")

    assert (empty.organisatie, empty.verwerking, empty.organisaties, empty.bv01) == (
        full.organisatie,
        full.verwerking,
        full.organisaties,
        full.bv01,
    )
    assert empty.verwerking == Verwerking()
    assert empty.gezondheid == full.gezondheid == Gezondheid()
    assert [(k.naam, k.bevestig, k.stil_s, k.klaarteken) for k in empty.kanalen] == [
        (k.naam, k.bevestig, k.stil_s, k.klaarteken) for k in full.kanalen
    ]


def test_the_repository_runs_on_the_default_configuration_with_an_example_oin() -> None:
    settings = config.load(REPOSITORY)

    assert settings.organisatie.oins == {"00000001999000001000"}
    for name in ("antwoorden.toml", "organisaties.toml"):
        assert (REPOSITORY / "config" / name).read_text(encoding="utf-8") == config.default_text(name)


def test_an_absent_configuration_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="corv init"):
        config.load(tmp_path)


def test_the_fingerprint_covers_every_file_and_an_absent_one_counts_as_its_default(werkmap: Werkmap) -> None:
    parts = b"".join(name.encode() + b"\0" + (werkmap.path / "config" / name).read_bytes() + b"\0" for name in config.FILES)
    assert config.fingerprint(werkmap.path) == hashlib.sha256(parts).hexdigest()

    (werkmap.path / "config/antwoorden.toml").unlink()
    assert config.fingerprint(werkmap.path) == hashlib.sha256(parts).hexdigest()

    werkmap.configure("stil_s = 0", "stil_s = 2")
    assert config.fingerprint(werkmap.path) != hashlib.sha256(parts).hexdigest()


IN_CONFIG = [*config.FILES, "werkgebieden/2031-01-01.txt", "schemas/a.zip", "lijsten/1.0.88.txt"]


@pytest.mark.parametrize("name", IN_CONFIG)
@pytest.mark.parametrize("what", ["pipe", "device", "folder"])
def test_what_is_no_ordinary_file_is_a_mistake_and_never_opened(werkmap: Werkmap, name: str, what: str) -> None:
    before, path = config.fingerprint(werkmap.path), werkmap.path / "config" / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if what == "pipe":
        os.mkfifo(path)
    elif what == "device":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()

    reason = "is een map" if what == "folder" else "is geen gewoon bestand"
    with pytest.raises(ConfigError) as caught:
        config.load(werkmap.path)
    (problem,) = [problem for problem in caught.value.problems if f"config/{name}" in problem and reason in problem]
    assert "niet te lezen" in problem
    assert config.fingerprint(werkmap.path) != before


def test_what_lies_beside_a_file_that_can_not_be_read_still_counts(werkmap: Werkmap) -> None:
    folder = werkmap.path / "config/schemas"
    folder.mkdir()
    os.mkfifo(folder / "a.zip")
    before = config.fingerprint(werkmap.path)
    (folder / "b.zip").write_bytes(b"x")
    assert config.fingerprint(werkmap.path) != before


def test_every_example_counts_for_the_fingerprint_and_what_an_editor_leaves_does_not(werkmap: Werkmap) -> None:
    folder = werkmap.path / "config/voorbeelden/oud"
    folder.mkdir(parents=True)
    seen = [config.fingerprint(werkmap.path)]
    for name, content in (("a.xml", b"<a/>"), ("a.xml", b"<b/>"), ("b.XML", b"<a/>")):
        (folder / name).write_bytes(content)
        seen.append(config.fingerprint(werkmap.path))
    os.mkfifo(folder / "pijp.xml")
    seen.append(config.fingerprint(werkmap.path))
    assert len(set(seen)) == 5
    (folder / ".#a.xml").symlink_to("iemand@machine")
    (folder / "a.txt").write_bytes(b"x")
    assert config.fingerprint(werkmap.path) == seen[-1]


TWICE = "hier staat een groep of sleutel die al eerder in dit bestand staat. Voeg ze samen, of haal er een weg."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[VT19]\nnaam = "Twente"\n[VT19]\nnaam = "Twente"\n', f"regel 3, teken 6: {TWICE}"),
        ('[VT19]\nnaam = "Twente"\nnaam = "Twente"\n', f"regel 3, teken 16: {TWICE}"),
        ("[VT19]\nnaam = {een = 1, een = 2}\n", f"regel 2, teken 25: {TWICE}"),
        ("[VT19\n", "regel 1, teken 6: dit is geen geldige TOML. Let op aanhalingstekens, haken en komma's."),
    ],
)
def test_what_stands_twice_is_told_as_such(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/corv.toml").write_text("", encoding="utf-8")
    (tmp_path / "config/organisaties.toml").write_text(text, encoding="utf-8")

    assert config.read_all(tmp_path)[2] == [f"config/organisaties.toml, {told}"]


def test_a_file_that_begins_with_a_mark_of_its_encoding_is_read(werkmap: Werkmap) -> None:
    before = config.load(werkmap.path)
    for name in config.FILES:
        path = werkmap.path / "config" / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    after = config.load(werkmap.path)

    assert (after.organisatie, after.organisaties, after.bv01) == (before.organisatie, before.organisaties, before.bv01)
    assert after.herroutering.regels == before.herroutering.regels
    content = (werkmap.path / "config/herroutering.toml").read_bytes()
    assert after.herroutering.hash == hashlib.sha256(content).hexdigest()


def test_a_long_list_of_what_is_known_is_not_printed() -> None:
    known = [f"woord-{number}" for number in range(31)]

    assert hint("iets", known[1:]) == f"; bekend zijn: {', '.join(sorted(known[1:]))}"
    assert hint("iets", known) == ""
    assert hint("woord_30", known) == "; bedoelt u woord-30?"


INVISIBLE = "mag geen regeleinde, tab of ander onzichtbaar teken bevatten"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('" "', "mag niet alleen uit spaties bestaan"),
        ('"\\u00a0"', "mag niet alleen uit spaties bestaan"),
        ('"Veilig\\nThuis"', INVISIBLE),
        ('"Veilig\\tThuis"', INVISIBLE),
        ('"Veilig\\u0000Thuis"', INVISIBLE),
        ('"Veilig\\u001bThuis"', INVISIBLE),
        ('"Veilig\\u202eThuis"', INVISIBLE),
        ('"Veilig\\ufffeThuis"', INVISIBLE),
        (f'"{"x" * 201}"', "moet een naam van 1 tot 200 tekens zijn"),
        ('""', "moet een naam van 1 tot 200 tekens zijn"),
        (f'"{"x" * 200}"', None),
        ('"Veilig Thuis \'s-Gravenhage: één & <ander>"', None),
    ],
)
def test_a_name_is_one_that_a_person_can_read(tmp_path: Path, written: str, told: str | None) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/corv.toml").write_text(f"[organisatie]\nnaam = {written}\n", encoding="utf-8")
    (tmp_path / "config/organisaties.toml").write_text(f"[VT19]\nnaam = {written}\n", encoding="utf-8")

    problems = config.read_all(tmp_path)[2]

    places = ("config/corv.toml, regel 2: organisatie.naam", "config/organisaties.toml, regel 2: VT19.naam")
    assert problems == ([] if told is None else [f"{place} {told}." for place in places])


@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    problems: list[str] = []
    file = TomlFile("config/corv.toml", text, problems)
    section = file.section("organisatie")
    section.text("naam", "")
    section.oins("oins")
    section.number("getal", 1, 0, 2)
    section.finish()
    file.only("organisatie")
    assert all(problem.startswith("config/corv.toml") for problem in problems)
