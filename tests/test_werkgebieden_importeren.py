"""`corv werkgebieden`: what is in force, and a newer table of the CBS that is shown, refused or taken over."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Werkmap
from corv import config
from corv.attention import Person
from corv.database import first_broken_link, open_for_reading, rows
from corv.desk import new_file, new_tables
from corv.errors import SettledError
from corv.tabellen import Tabellen
from corv.tabellen.bestanden import load
from corv.tabellen.cbs import file_text, read_cbs, read_day
from corv.tabellen.tekst import read_table
from corv.tabellen.vergelijking import check

Corv = Callable[..., tuple[int, str, str]]
Gemeente = tuple[str, str, str]
"""Code, region, predecessors."""

DO = ("--uitvoeren", "--reden", "CBS-indeling 2027", "--door", "A. Tester")
VANAF = date(2027, 1, 1)
BUNDLED = load(None, [])
NOW = BUNDLED.gemeenten[0]
MARKER = "GEHEIM7351"


def gemeenten(*, without: Iterable[str] = (), moved: dict[str, str] | None = None) -> list[Gemeente]:
    """The gemeenten of now, some left out, some in another region."""
    return [(code, (moved or {}).get(code, vt), "") for code, vt in NOW.veilig_thuis.items() if code not in set(without)]


CHANGED = [*gemeenten(without=["0037", "0047", "0093"], moved={"0267": "VT20"}), ("2001", "VT08", "37;GM0047")]
"""Stadskanaal and Veendam become one, Terschelling is gone, Nijkerk goes to another region."""


def table(lines: Iterable[Gemeente], day: str = "2027-01-01", delimiter: str = ";") -> str:
    header = ["gm_code", "gm_naam", "vt_code", "vanaf", "voorgangers", "iets_anders"]
    cells = [[f"GM{code}", f'"{NOW.namen.get(code, "Nieuw")}"', vt, day, f'"{before}"', "x"] for code, vt, before in lines]
    return "".join(f"{delimiter.join(line)}\n" for line in [header, *cells])


@pytest.fixture
def csv_file(werkmap: Werkmap) -> Path:
    path = werkmap.path.parent / "cbs-2027.csv"
    path.write_text(table(CHANGED), encoding="utf-8-sig")
    return path


def imported(werkmap: Werkmap) -> dict[str, str]:
    folder = werkmap.path / "config/werkgebieden"
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} if folder.exists() else {}


def events(werkmap: Werkmap) -> list[dict[str, Any]]:
    with closing(open_for_reading(werkmap.path / "data/corv.sqlite")) as db:
        assert first_broken_link(db) is None
        return [json.loads(row["gegevens"]) for row in rows(db, "SELECT gegevens FROM gebeurtenis WHERE soort = 'werkgebieden'")]


def change(wijziging: str, gemeente: str, naam: str, was: str, wordt: str, **others: Any) -> dict[str, Any]:
    code = frozenset({gemeente})
    counts = {
        name: sum(code <= found for found in table.values())
        for name, table in (("postcodes", BUNDLED.postcodes), ("woonplaatsen", BUNDLED.woonplaatsen))
    }
    first = {"wijziging": wijziging, "gemeente": gemeente, "naam": naam, "was": was.split(), "wordt": wordt.split()}
    return {**first, "opvolgers": [], **counts, "gedaan": False, **others}


def test_what_would_change_is_shown_and_nothing_is_done(werkmap: Werkmap, corv: Corv, csv_file: Path) -> None:
    before = config.fingerprint(werkmap.path)
    code, out, err = corv("werkgebieden", "importeer", str(csv_file), "--json")

    assert (code, err) == (1, "")
    assert [json.loads(line) for line in out.splitlines()] == [
        change("vervallen", "0037", "Stadskanaal", "VT08", "VT08", opvolgers=["2001"]),
        change("vervallen", "0047", "Veendam", "VT08", "VT08", opvolgers=["2001"]),
        change("vervallen zonder opvolger", "0093", "Terschelling", "VT04", ""),
        change("andere regio", "0267", "Nijkerk", "VT05", "VT20"),
        change("nieuw", "2001", "Nieuw", "", "VT08"),
    ]
    assert (imported(werkmap), config.fingerprint(werkmap.path)) == ({}, before)


def test_for_a_person_it_says_how_many_places_become_unknown_and_what_to_type(corv: Corv, csv_file: Path) -> None:
    code, out, err = corv("werkgebieden", "importeer", str(csv_file), "--vanaf", "2027-01-01")

    assert code == 1
    (terschelling,) = (line for line in out.splitlines() if "Terschelling" in line)
    assert terschelling.split() == ["vervallen", "zonder", "opvolger", "0093", "Terschelling", "VT04", "12", "14"]
    assert f'werkgebieden importeer {csv_file} --vanaf 2027-01-01 --uitvoeren --reden "waarom"' in out
    assert "Noem de opvolger in een kolom voorgangers." in err


def test_with_uitvoeren_it_is_in_force_from_its_day_on_recorded_and_the_old_one_stays(
    werkmap: Werkmap, corv: Corv, csv_file: Path
) -> None:
    werkmap.run()
    code, out, _ = corv("werkgebieden", "importeer", str(csv_file), *DO)

    assert code == 0
    assert "Vastgelegd in config/werkgebieden/2027-01-01.txt, door A. Tester." in out
    assert imported(werkmap).keys() == {"2027-01-01.txt"}
    tabellen = config.load(werkmap.path).tabellen
    for asked, before, after in (("0267", "VT05", "VT20"), ("37", "VT08", "VT08"), ("0093", "VT04", ""), ("2001", "", "VT08")):
        found = tabellen.gemeenten_of_code(asked)
        days = (date(2026, 12, 31), VANAF)
        assert ["".join(tabellen.vts_of(found, day)) for day in days] == [before, after], asked
    (event,) = events(werkmap)
    assert event == {
        "door": "A. Tester",
        "reden": "CBS-indeling 2027",
        "bestand": "config/werkgebieden/2027-01-01.txt",
        "sha256": event["sha256"],
        "vanaf": "2027-01-01",
        "gemeenten": 340,
    }
    assert event["sha256"][:8] == tabellen.versie[-8:]


def test_the_same_table_twice_changes_nothing_however_it_is_written(werkmap: Werkmap, corv: Corv, csv_file: Path) -> None:
    werkmap.run()
    corv("werkgebieden", "importeer", str(csv_file), *DO)
    before = imported(werkmap)
    csv_file.write_text(table(sorted(CHANGED, reverse=True), "1-1-2027", ",").replace("GM00", ""), encoding="cp1252")

    code, out, _ = corv("werkgebieden", "importeer", str(csv_file), *DO)
    assert (code, "er verandert niets" in out) == (0, True)
    assert corv("werkgebieden", "importeer", str(csv_file), "--json") == (0, "", "")
    assert (imported(werkmap), len(events(werkmap))) == (before, 1)


def test_another_table_for_the_same_day_is_refused(werkmap: Werkmap, corv: Corv, csv_file: Path) -> None:
    corv("werkgebieden", "importeer", str(csv_file), *DO)
    before = imported(werkmap)
    csv_file.write_text(table(gemeenten()), encoding="utf-8")

    code, out, err = corv("werkgebieden", "importeer", str(csv_file), *DO)
    assert (code, out) == (2, "")
    assert "Er is al een andere tabel vanaf 2027-01-01: config/werkgebieden/2027-01-01.txt." in err
    assert imported(werkmap) == before


def test_a_table_that_says_what_is_known_already_is_not_kept(werkmap: Werkmap, corv: Corv, csv_file: Path) -> None:
    csv_file.write_text(table(gemeenten()), encoding="utf-8")

    code, out, _ = corv("werkgebieden", "importeer", str(csv_file), *DO)
    assert (code, out.splitlines()[-1]) == (0, "Dit is hoe het al was: er verandert niets.")
    assert imported(werkmap) == {}


def test_a_successor_that_was_not_known_may_be_told_and_then_the_tables_agree(
    werkmap: Werkmap, corv: Corv, csv_file: Path
) -> None:
    lines = [
        (code, vt, "0478" if code == "0385" else before) for code, vt, before in gemeenten()
    ]  # Zeevang went to Edam-Volendam
    csv_file.write_text(table(lines), encoding="utf-8")

    _, out, _ = corv("werkgebieden", "importeer", str(csv_file), *DO, "--json")
    assert json.loads(out) == change("opvolger bekend", "0478", "", "", "VT22", opvolgers=["0385"], gedaan=True)
    assert imported(werkmap)["2027-01-01.txt"].splitlines()[-1] == "0478 - 0385"
    tabellen = config.load(werkmap.path).tabellen
    assert set(tabellen.vts_of(frozenset({"0478"}), date(2026, 1, 1))) == {"VT22"}
    assert check(tabellen) == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            table(gemeenten()).replace('Groningen";VT08', 'Groningen";VT16'),
            [", regel 2: vt_code van gemeente 0014 is geen bekende Veilig Thuis-regio, zoals VT08."],
        ),
        (
            table([*gemeenten(), ("0014", "VT08", "")]),
            [", regel 344: gemeente 0014 staat ook op regel 2."],
        ),
        (
            "gemeente;regio\n14;VT08\n",
            [
                ", regel 1: de kolom gm_code ontbreekt.",
                ", regel 1: de kolom vt_code ontbreekt.",
                ", regel 1: de kolom vanaf ontbreekt; geef de begindatum met --vanaf JJJJ-MM-DD.",
            ],
        ),
        ("gm_code,vt_code,vanaf\n\n,,\n", [": er staat geen enkele gemeente in."]),
        ("", [", regel 1: de kolom gm_code ontbreekt."]),
        (
            table(gemeenten()[:300]),
            [": er staan 300 gemeenten in en nu zijn het er 342; het bestand lijkt niet compleet."],
        ),
        (
            table(gemeenten()[:-1]) + table(gemeenten()[-1:], "2028-01-01").partition("\n")[2],
            [", regel 343: de begindatum is hier 2028-01-01 en eerder 2027-01-01; kies er één."],
        ),
        (
            table(gemeenten()).replace(";2027-01-01;", ";2027-02-30;", 1),
            [", regel 2: vanaf van gemeente 0014 is geen datum, zoals 2027-01-01."],
        ),
        (
            table(gemeenten(), "2023-01-01"),
            [": de tabel moet beginnen na de eerste, die geldt vanaf 2023-01-01."],
        ),
        (
            table([*gemeenten(), ("2001", "VT08", "9999 0014")]),
            [", regel 344: bij voorgangers van gemeente 2001 staat een code die geen gemeente is of was."],
        ),
        (
            table([*gemeenten(), ("2001", "VT08", "0014")]),
            [", regel 2: gemeente 0014 staat zelf in de tabel, en kan dus geen voorganger van een andere zijn."],
        ),
        (
            table(gemeenten()) + f"{MARKER};{MARKER};{MARKER};{MARKER}\n",
            [", regel 344: gm_code is geen gemeentecode, zoals GM0014."],
        ),
    ],
)
def test_an_odd_file_is_refused_with_file_line_and_reason_and_without_quoting_it(
    werkmap: Werkmap, corv: Corv, csv_file: Path, text: str, problems: list[str]
) -> None:
    csv_file.write_text(text, encoding="utf-8")
    code, out, err = corv("werkgebieden", "importeer", str(csv_file), *DO)

    assert (code, out) == (2, "")
    told = err.removeprefix("Fout: ").splitlines()
    assert told[: len(problems)] == [f"cbs-2027.csv{problem}" for problem in problems]
    assert told[-1] == "Er is niets veranderd."
    assert MARKER not in err
    assert imported(werkmap) == {}


def test_many_mistakes_are_not_all_told(corv: Corv, csv_file: Path) -> None:
    csv_file.write_text(table(gemeenten()).replace(";VT", ";TV"), encoding="utf-8")
    _, _, err = corv("werkgebieden", "importeer", str(csv_file))

    assert err.splitlines()[-2:] == ["cbs-2027.csv: en nog 322 van zulke fouten.", "Er is niets veranderd."]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--uitvoeren",), "Zeg bij --uitvoeren ook waarom, met --reden TEKST."),
        (("--vanaf", "2027"), "--vanaf moet een datum zijn, zoals 2027-01-01."),
        (("--vanaf", "2028-01-01"), "regel 2: de begindatum is hier 2027-01-01 en bij --vanaf 2028-01-01; kies er één."),
    ],
)
def test_wrong_use_is_told(werkmap: Werkmap, corv: Corv, csv_file: Path, options: tuple[str, ...], told: str) -> None:
    code, _, err = corv("werkgebieden", "importeer", str(csv_file), *options)

    assert (code, told in err) == (2, True)
    assert imported(werkmap) == {}


def test_vanaf_stands_in_for_a_column(werkmap: Werkmap, corv: Corv, csv_file: Path) -> None:
    lines = "".join(f"{int(code)},{vt.lower()}\n" for code, vt, _ in gemeenten(moved={"0267": "VT20"}))
    csv_file.write_text(f"GM_CODE, VT_code \n{lines}", encoding="utf-8")

    assert corv("werkgebieden", "importeer", str(csv_file), "--vanaf", "2027-01-01", *DO)[0] == 0
    assert imported(werkmap)["2027-01-01.txt"].splitlines()[4:6] == ["vanaf 2027-01-01", "0014 VT08"]


def test_a_stop_between_the_file_and_the_record_is_made_good_by_doing_it_again(
    werkmap: Werkmap, corv: Corv, csv_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    werkmap.run()
    with monkeypatch.context() as patch:
        patch.setattr(new_file, "add_event", stop)
        assert corv("werkgebieden", "importeer", str(csv_file), *DO)[0] == 3
    assert (len(imported(werkmap)), events(werkmap)) == (1, [])

    assert corv("werkgebieden", "importeer", str(csv_file), *DO)[0] == 0
    assert (len(imported(werkmap)), len(events(werkmap))) == (1, 1)


def test_of_two_who_are_at_it_at_once_the_second_never_writes_over_the_first(werkmap: Werkmap) -> None:
    settings, person = config.load(werkmap.path), Person("A. Tester", "CBS-indeling 2027", werkmap.now)
    problems: list[tuple[int, str]] = []
    first, second = (read_cbs(table(gemeenten(moved={"0267": vt})).encode(), BUNDLED, None, problems) for vt in ("VT20", "VT14"))
    assert (first, second, problems) != (None, None, [])
    assert first is not None
    assert second is not None

    assert new_tables.put_in_force(settings, first, person) is True
    assert new_tables.put_in_force(settings, first, person) is False
    with pytest.raises(SettledError):
        new_tables.put_in_force(settings, second, person)
    assert "0267 VT20" in imported(werkmap)["2027-01-01.txt"]


def test_toon_says_what_is_in_force_and_where_it_comes_from(corv: Corv) -> None:
    code, out, _ = corv("werkgebieden", "toon", "--json")
    said = [json.loads(line) for line in out.splitlines()]
    tables = [row for row in said if row["onderdeel"] == "tabel"]
    regions = [row for row in said if row["onderdeel"] == "regio"]

    assert code == 0
    assert [(row["bestand"], row["vanaf"], row["geldt_vandaag"]) for row in tables] == [
        ("regios.txt", None, True),
        ("gemeenten.txt", "2023-01-01", True),
        ("vervallen.txt", None, True),
        ("postcodes.txt", None, True),
        ("woonplaatsen.txt", None, True),
    ]
    assert {row["versie"] for row in tables} == {BUNDLED.versie}
    assert (len(regions), sum(row["gemeenten"] for row in regions)) == (25, 342)
    assert {"onderdeel": "regio", "code": "VT20", "naam": "Veilig Thuis Utrecht", "gemeenten": 26} in regions

    code, out, _ = corv("werkgebieden", "toon")
    assert code == 0
    assert "licentie" in out
    assert "VT27   Veilig Thuis Oost-Brabant" in out


def test_toon_tells_where_the_tables_do_not_agree(corv: Corv, csv_file: Path) -> None:
    corv("werkgebieden", "importeer", str(csv_file), *DO)
    sentence = (
        "Tabel vanaf 2027-01-01: van gemeente 0093 is geen regio bekend; "
        "postcodes die daardoor onbekend zijn: 12, woonplaatsen: 14."
    )

    code, _, err = corv("werkgebieden", "toon")
    assert (code, err) == (1, f"Let op: {sentence}\n")
    code, out, _ = corv("werkgebieden", "toon", "--json")
    assert (code, json.loads(out.splitlines()[-1])) == (1, {"onderdeel": "tegenspraak", "tekst": sentence})


def test_toon_refuses_a_table_with_a_mistake(werkmap: Werkmap, corv: Corv) -> None:
    (werkmap.path / "config/werkgebieden").mkdir()
    (werkmap.path / "config/werkgebieden/2027-01-01.txt").write_text("vanaf 2027-01-01\n", encoding="utf-8")

    assert corv("werkgebieden", "toon") == (
        2,
        "",
        "Fout: config/werkgebieden/2027-01-01.txt: er staat geen enkele gemeente in.\n",
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-01-01", VANAF),
        (" 1-1-2027 ", VANAF),
        ("01-01-2027", VANAF),
        ("2027-W01-1", None),
        ("20270101", None),
        ("2027-01-01 00:00:00", VANAF),
        ("2027-01-01T00:00:00", VANAF),
        ("2027-01-01 00:00", VANAF),
        ("2027-01-01 00:00:00.000", VANAF),
        ("1-1-2027 0:00:00", VANAF),
        ("2027-01-01 12:30:00", None),
        ("2027-01-01 morgen", None),
        ("31-02-2027", None),
        ("01-01-0027", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_the_cbs_and_as_a_dutch_spreadsheet_write_it(text: str, day: date | None) -> None:
    assert read_day(text) == day


@given(st.binary(max_size=300) | st.text(alphabet='gm_codevtanf;,"\r\n0123VT-\0', max_size=300).map(str.encode))
def test_any_bytes_are_a_table_or_a_complaint(content: bytes) -> None:
    problems: list[tuple[int, str]] = []
    assert (read_cbs(content, BUNDLED, VANAF, problems) is None) is bool(problems)


@given(
    moved=st.dictionaries(st.sampled_from(sorted(NOW.veilig_thuis)), st.sampled_from(sorted(BUNDLED.namen)), max_size=10),
    ended=st.lists(st.sampled_from(sorted(NOW.veilig_thuis)), max_size=5, unique=True),
    name=st.text(max_size=20),
)
def test_what_is_written_is_what_is_read_back(moved: dict[str, str], ended: list[str], name: str) -> None:
    quoted = name.replace('"', '""')
    text = table([*gemeenten(without=ended, moved=moved), ("2001", "VT08", " ".join(ended))])
    new = read_cbs(text.replace('"Nieuw"', f'"{quoted}"').encode("utf-8", "replace"), BUNDLED, None, [])

    assert new is not None
    complaints: list[tuple[int, str]] = []
    again = read_table(file_text(new, BUNDLED), lambda line, what: complaints.append((line, what)))
    assert (again, complaints) == (new, [])
    assert isinstance(BUNDLED.with_table(new.tabel, new.vervallen), Tabellen)
