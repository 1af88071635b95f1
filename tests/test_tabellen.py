"""The tables behind herroutering: what they hold, how they are asked, and that they say what their sources say."""

import csv
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import OURS, SHARED, Werkmap, needs_shared
from corv import config
from corv.errors import ConfigError
from corv.tabellen import Gemeentetabel, Tabellen, sleutel, tekst
from corv.tabellen.bestanden import BUNDLED, Bron, folder_of, load, sources
from corv.tabellen.vergelijking import check

GEO = SHARED / "geo"
ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 23)

NEWER = """\
# bron: een tabel voor deze test
vanaf 2027-01-01
0363 VT07 Amsterdam
2001 VT08 Kanaalstreek
0037 2027-01-01 2001 Stadskanaal
"""


@cache
def bundled() -> Tabellen:
    problems: list[str] = []
    tabellen = load(None, problems)
    assert problems == []
    return tabellen


def rows(name: str) -> list[dict[str, str]]:
    with (GEO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def vts(gemeenten: frozenset[str], on: date = TODAY) -> set[str]:
    return set(bundled().vts_of(gemeenten, on))


def test_the_bundled_tables_are_whole_and_agree_with_each_other() -> None:
    tabellen = bundled()
    (gemeenten,) = tabellen.gemeenten

    assert (len(gemeenten.veilig_thuis), gemeenten.veilig_thuis.keys()) == (342, gemeenten.namen.keys())
    assert len(tabellen.namen) == 25
    assert tabellen.namen.keys() == set(gemeenten.veilig_thuis.values())
    assert tabellen.namen.keys() == {f"VT{number:02}" for number in range(1, 28)} - {"VT16", "VT26"}
    assert (len(tabellen.vervallen), len(tabellen.postcodes)) == (260, 4064)
    assert tabellen.vervallen.keys().isdisjoint(gemeenten.veilig_thuis)
    assert check(tabellen) == []


@pytest.mark.parametrize(
    ("postcode", "expected"),
    [
        ("5251AB", {"VT15"}),  # Heusden, in another region than its veiligheidsregio says
        ("1911 KT", {"VT17"}),  # Uitgeest, idem
        ("6585", {"VT06"}),  # Mook, idem
        ("7551", {"VT19"}),
        ("7255", {"VT14"}),
        ("7693 ab", {"VT11", "VT19"}),
        (" 5 0 9 1 x\tY ", {"VT15", "VT27"}),
        ("7351AA", {"VT05", "VT14"}),
        ("7694", {"VT11", "VT19"}),
        ("0999", set()),
        ("1020", set()),  # between two that exist
        ("75510", set()),
        ("7551ABC", set()),
        ("7551-AB", set()),
        ("", set()),
        ("postbus", set()),
        ("\u0667\u0665\u0665\u0661", set()),  # digits of another script
    ],
)
def test_a_postcode_is_looked_up_as_a_sender_may_write_it_and_never_nearby(postcode: str, expected: set[str]) -> None:
    assert vts(bundled().gemeenten_of_postcode(postcode)) == expected


@pytest.mark.parametrize(
    ("naam", "expected"),
    [
        ("Eemnes", {"VT20"}),
        ("Den Haag", {"VT09"}),
        ("'s-Gravenhage", {"VT09"}),
        ("\u2019S GRAVENHAGE", {"VT09"}),
        ("den bosch", {"VT27"}),
        ("'s-Hertogenbosch", {"VT27"}),
        ("Hengelo", {"VT14", "VT19"}),
        ("Hengelo (Gld)", {"VT14"}),
        ("HENGELO GLD", {"VT14"}),
        ("Hengelo (O.)", {"VT19"}),
        ("Hengelo (Ov", {"VT19"}),
        ("Hengelo (bij de kerk)", {"VT14", "VT19"}),
        ("Rijswijk", {"VT06", "VT09", "VT21"}),
        ("Rijswijk (ZH.)", {"VT09"}),
        ("Hoenderloo", {"VT05", "VT14"}),
        ("Su\u0301dwest", set()),
        ("IJlst", {"VT04"}),
        ("Warten\u0302s", set()),
        ("Atlantis", set()),
        ("()", set()),
        ("", set()),
    ],
)
def test_a_woonplaats_is_looked_up_without_accents_case_and_signs(naam: str, expected: set[str]) -> None:
    assert vts(bundled().gemeenten_of_woonplaats(naam)) == expected


@pytest.mark.parametrize(
    ("naam", "key"),
    [
        ("'s-Gravenhage", "s gravenhage"),
        ("Su\u0301dwest-Frysla\u0302n", "sudwest fryslan"),
        ("S\u00fadwest-Frysl\u00e2n", "sudwest fryslan"),
        ("\u0132lst", "ijlst"),
        ("  Hengelo\u00a0(Gld.) ", "hengelo gld"),
        ("\u0130stanbul", "istanbul"),
        ("!?", ""),
    ],
)
def test_the_key_of_a_name(naam: str, key: str) -> None:
    assert sleutel(naam) == key


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("14", {"VT08"}),
        ("0014", {"VT08"}),
        ("GM0014", {"VT08"}),
        (" gm14 ", {"VT08"}),
        ("0788", {"VT15", "VT27"}),  # Haaren, divided over two regions
        ("0457", {"VT01"}),  # Weesp came from Gooi en Vechtstreek
        ("0571", {"VT24"}),  # Nieuw-Lekkerland, Molenwaard, Molenlanden
        ("0478", set()),  # Zeevang: ended, and what became of it is not known to us
        ("9999", set()),
        ("00014", set()),
        ("", set()),
        ("GM", set()),
    ],
)
def test_a_code_is_padded_and_an_ended_gemeente_lives_on_in_its_successors(code: str, expected: set[str]) -> None:
    assert vts(bundled().gemeenten_of_code(code)) == expected


@given(st.text(max_size=100) | st.from_regex(r"[0-9 ()a-zA-Z.'-]{0,30}", fullmatch=True))
def test_no_text_makes_a_lookup_fail(text: str) -> None:
    tabellen = bundled()
    for found in (tabellen.gemeenten_of_postcode(text), tabellen.gemeenten_of_woonplaats(text), tabellen.gemeenten_of_code(text)):
        assert tabellen.vts_of(found, TODAY) <= tabellen.namen.keys()


CODES = [f"000{number}" for number in range(8)]


@given(
    table=st.dictionaries(st.sampled_from(CODES), st.sampled_from(["VT01", "VT02"]), max_size=4),
    ended=st.dictionaries(st.sampled_from(CODES), st.frozensets(st.sampled_from(CODES), max_size=3)),
    asked=st.frozensets(st.sampled_from(CODES), max_size=3),
)
def test_successors_end_also_when_they_go_round_and_one_unknown_makes_the_whole_unknown(
    table: dict[str, str], ended: dict[str, frozenset[str]], asked: frozenset[str]
) -> None:
    tabellen = Tabellen(gemeenten=(Gemeentetabel(TODAY, table),), vervallen=ended)
    each = [tabellen.vts_of(frozenset({code}), TODAY) for code in asked]

    assert tabellen.vts_of(asked, TODAY) == (frozenset().union(*each) if all(each) else frozenset())
    for code in asked & table.keys():
        assert tabellen.vts_of(frozenset({code}), TODAY) == {table[code]}


def test_the_table_that_has_begun_last_counts_and_before_all_of_them_the_first() -> None:
    old, new = Gemeentetabel(date(2023, 1, 1), {"0014": "VT08"}), Gemeentetabel(date(2027, 1, 1), {"0014": "VT02"})
    tabellen = Tabellen(gemeenten=(old,)).with_table(new, {})
    days = ("2020-05-05", "2023-01-01", "2026-12-31", "2027-01-01", "2040-01-01")

    assert [set(tabellen.vts_of(frozenset({"0014"}), date.fromisoformat(day))) for day in days] == [
        *([{"VT08"}] * 3),
        *([{"VT02"}] * 2),
    ]
    assert Tabellen().vts_of(frozenset({"0014"}), TODAY) == frozenset()
    assert tabellen.vts_of(frozenset(), TODAY) == frozenset()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "werkgebieden"
    made.mkdir()
    return made


def test_a_newer_table_counts_from_its_day_on_and_is_named_in_the_version(folder: Path) -> None:
    (folder / "2027-01-01.txt").write_text(NEWER, encoding="utf-8")
    (folder / ".2028-01-01.txt").write_text("half", encoding="utf-8")
    (folder / "leesmij.md").write_text("uitleg", encoding="utf-8")
    problems: list[str] = []
    tabellen = load(folder, problems)

    assert problems == []
    assert [tabel.vanaf for tabel in tabellen.gemeenten] == [date(2023, 1, 1), date(2027, 1, 1)]
    begin, _, added = tabellen.versie.partition(" + 2027-01-01 ")
    assert (begin, len(added)) == (bundled().versie, 8)
    for asked, before, after in (("0363", {"VT01"}, {"VT07"}), ("0457", {"VT01"}, {"VT07"}), ("37", {"VT08"}, {"VT08"})):
        codes = tabellen.gemeenten_of_code(asked)
        assert [set(tabellen.vts_of(codes, day)) for day in (TODAY, date(2027, 1, 1))] == [before, after]
    assert tabellen.vts_of(frozenset({"0014"}), date(2027, 1, 1)) == frozenset()
    assert sources(folder)[-1] == Bron(
        "config/werkgebieden/2027-01-01.txt", "een tabel voor deze test", "", "niet vermeld", date(2027, 1, 1)
    )


def test_the_version_changes_with_any_change(folder: Path) -> None:
    versions = {bundled().versie}
    for text in (NEWER, NEWER.replace("VT07", "VT09"), NEWER.replace("een tabel", "iets anders")):
        (folder / "2027-01-01.txt").write_text(text, encoding="utf-8")
        versions.add(load(folder, []).versie)

    assert len(versions) == 4


NAME = "config/werkgebieden/2027-01-01.txt"
FIRST = "de tabel moet beginnen na de meegeleverde, die geldt vanaf 2023-01-01"


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (NEWER + "0363 VT08 Amsterdam\n", [f"{NAME}, regel 6: gemeente 0363 staat er al."]),
        (NEWER + "0037 - 2001\n", [f"{NAME}, regel 6: vervallen gemeente 0037 staat er al."]),
        (NEWER.replace("VT07", "VT16"), [f"{NAME}: VT16 bij gemeente 0363 is geen bekende Veilig Thuis-regio."]),
        (
            NEWER + "0047 - 2002 Veendam\n",
            [f"{NAME}: vervallen gemeente 0047 staat zelf in de tabel, of een opvolger ervan niet."],
        ),
        (
            NEWER.replace("vanaf 2027-01-01\n", ""),
            [f"{NAME}: er staat niet in vanaf welke dag de tabel geldt, zoals: vanaf 2027-01-01."],
        ),
        ("vanaf 2027-01-01\n", [f"{NAME}: er staat geen enkele gemeente in."]),
        (
            NEWER.replace("vanaf 2027", "vanaf 2028"),
            [f"{NAME}: de naam van het bestand moet de begindatum zijn: 2028-01-01.txt."],
        ),
        (
            NEWER + "0014,VT08\nvanaf 2027-02-30\n",
            [
                f"{NAME}, regel {line}: deze regel is niet te lezen; verwacht: 0014 VT08 Naam, of 0788 2021-01-01 0757,0824 Naam."
                for line in (6, 7)
            ],
        ),
    ],
)
def test_a_table_with_a_mistake_is_told_with_file_and_line_and_left_out(folder: Path, content: str, problems: list[str]) -> None:
    (folder / "2027-01-01.txt").write_text(content, encoding="utf-8")
    told: list[str] = []

    assert load(folder, told) == bundled()
    assert told == problems


def test_a_table_that_is_no_text_or_begins_before_the_bundled_one_is_refused(folder: Path) -> None:
    (folder / "2022-01-01.txt").write_text("vanaf 2022-01-01\n0014 VT08\n", encoding="utf-8")
    (folder / "2027-01-01.txt").write_bytes(b"vanaf 2027-01-01\n0014 VT08 \xff\n")
    (folder / "2028-01-01.txt").mkdir()
    told: list[str] = []

    load(folder, told)
    assert told == [
        "config/werkgebieden/2028-01-01.txt is niet te lezen (is een map).",
        f"config/werkgebieden/2022-01-01.txt: {FIRST}.",
        "config/werkgebieden/2027-01-01.txt: dit is geen UTF-8-tekst.",
    ]


def test_the_settings_hold_the_tables_and_a_mistake_in_one_is_a_mistake_in_the_configuration(werkmap: Werkmap) -> None:
    assert config.load(werkmap.path).tabellen == bundled()
    before = config.fingerprint(werkmap.path)
    folder_of(werkmap.path).mkdir()
    assert config.fingerprint(werkmap.path) == before

    table = folder_of(werkmap.path) / "2027-01-01.txt"
    table.write_text(NEWER, encoding="utf-8")
    with_newer = config.fingerprint(werkmap.path)
    assert len(config.load(werkmap.path).tabellen.gemeenten) == 2
    table.write_text(NEWER.replace("VT07", "VT16"), encoding="utf-8")
    assert len({before, with_newer, config.fingerprint(werkmap.path)}) == 3
    with pytest.raises(ConfigError, match="VT16 bij gemeente 0363"):
        config.load(werkmap.path)


@pytest.mark.parametrize("code", ["VT16", "VT26", "VT00", "VT28"])
def test_our_own_region_is_one_that_exists(werkmap: Werkmap, code: str) -> None:
    werkmap.configure('werkgebied = "VT20"', f'werkgebied = "{code}"')

    with pytest.raises(ConfigError) as caught:
        config.load(werkmap.path)
    (problem,) = caught.value.problems
    assert problem == (
        "config/corv.toml, regel 16: organisatie.werkgebied is geen regio van Veilig Thuis; "
        "zij lopen van VT01 tot en met VT27, zonder VT16 en VT26."
    )


@pytest.mark.parametrize("left_out", ['werkgebied = ""', ""])
def test_our_own_region_is_filled_in_once_our_oin_is(werkmap: Werkmap, left_out: str) -> None:
    werkmap.configure('werkgebied = "VT20"', left_out)

    with pytest.raises(ConfigError) as caught:
        config.load(werkmap.path)
    assert caught.value.problems == (
        f"config/corv.toml, regel {16 if left_out else 4}: organisatie.werkgebied ontbreekt: vul de code van uw eigen regio in, "
        "van VT01 tot en met VT27. Zonder is van geen melding te zeggen of zij voor u is.",
    )

    werkmap.configure(f'oins = ["{OURS}"]', "oins = []")
    assert config.load(werkmap.path).organisatie.werkgebied == ""


def test_what_does_not_agree_is_told() -> None:
    places = {"1011": frozenset({"0001"}), "1012": frozenset({"0001", "0002"})}
    tabellen = Tabellen(
        gemeenten=(
            Gemeentetabel(date(2023, 1, 1), {"0001": "VT01", "0002": "VT01"}),
            Gemeentetabel(date(2027, 1, 1), {"0002": "VT01", "0003": "VT02"}),
        ),
        postcodes=places,
        woonplaatsen={"ergens": frozenset({"0001"})},
        vervallen={"0009": frozenset({"0003"}), "0008": frozenset({"0007"})},
        namen={"VT01": "Een"},
    )

    unknown = "van gemeente {} is geen regio bekend; postcodes die daardoor onbekend zijn: {}, woonplaatsen: {}."
    assert check(tabellen) == [
        f"Tabel vanaf 2023-01-01: {unknown.format('0007', 0, 0)}",
        "Tabel vanaf 2027-01-01: VT02 is geen bekende regio.",
        f"Tabel vanaf 2027-01-01: {unknown.format('0001', 2, 1)}",
        f"Tabel vanaf 2027-01-01: {unknown.format('0007', 0, 0)}",
    ]


@pytest.mark.parametrize("source", sources(None), ids=lambda source: source.bestand)
def test_every_bundled_file_says_its_source_its_state_and_an_open_licence(source: Bron) -> None:
    licences = {"CC BY 4.0 (CBS/Kadaster)", "CC0 1.0 (Register van Overheidsorganisaties)", "CC BY 4.0 (GeoNames, geonames.org)"}

    assert set(source.licentie.split("; ")) <= licences
    assert source.bron != "niet vermeld"
    assert source.stand != ""


@needs_shared
def test_the_script_makes_exactly_the_files_that_are_there(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "tools/maak_tabellen.py", str(GEO), str(tmp_path)], cwd=ROOT, check=True, capture_output=True)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        name: (ROOT / "corv/tabellen" / name).read_bytes() for name in BUNDLED
    }


@needs_shared
def test_every_gemeente_is_where_its_source_says() -> None:
    for row in rows("gemeente_veiligthuis"):
        assert vts(bundled().gemeenten_of_code(row["gm_code"])) == {row["vt_code"]}, row


@needs_shared
def test_every_ended_gemeente_is_where_its_source_says() -> None:
    for row in rows("gemeenten_vervallen"):
        assert vts(bundled().gemeenten_of_code(row["gm_code"])) == set(filter(None, row["vt_codes_opvolgers"].split(";"))), row


@needs_shared
def test_every_postcode_is_where_its_source_says_and_an_ambiguous_one_in_two() -> None:
    for row in rows("pc4_gemeente_open"):
        found = vts(bundled().gemeenten_of_postcode(row["pc4"]))
        assert set(row["vt_codes"].split(";")) <= found, row
        assert len(found) == (2 if row["ambigu_vt"] == "ja" else 1), row


@needs_shared
def test_every_woonplaats_is_where_its_source_says_also_written_with_its_addition() -> None:
    by_key: dict[str, set[str]] = {}
    for row in rows("woonplaats_gemeente"):
        by_key.setdefault(row["sleutel"], set()).add(row["vt_code"])
    for row in rows("woonplaats_gemeente"):
        assert vts(bundled().gemeenten_of_woonplaats(row["basisnaam"])) == by_key[row["sleutel"]], row
        if row["woonplaats"] != row["basisnaam"]:
            assert vts(bundled().gemeenten_of_woonplaats(row["woonplaats"])) == {row["vt_code"]}, row


@given(
    st.dictionaries(st.integers(1000, 9999).map(str), st.frozensets(st.sampled_from(CODES), min_size=1, max_size=3), max_size=60)
)
def test_postcodes_are_read_back_as_they_were_written(codes: dict[str, frozenset[str]]) -> None:
    assert tekst.postcodes(tekst.postcodes_text(["uitleg"], codes)) == codes
