"""The reference lists: taking in a workbook, keeping every version, and what the lists then say of a code on a day."""

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from werkboeken import AUGUSTUS, BEEINDIGD, RAAD, RECHTBANK, SEPTEMBER, Rows, instantie, put, sheets, uitgave, workbook

from conftest import SHARED, Werkmap, needs_shared
from corv import config
from corv.apart import Limits, ask_apart
from corv.attention import Person
from corv.database import first_broken_link, open_for_reading, rows
from corv.desk import new_file, new_lists
from corv.errors import CorvError, SettledError
from corv.lijsten import Codestand, Regel
from corv.lijsten import openen as openen_module
from corv.lijsten.bestanden import load
from corv.lijsten.indeling import uitgave_of
from corv.lijsten.openen import sheets_of
from corv.rules import instantie_onbekend
from corv.rules.bericht import Bericht
from corv.rules.rule import Context
from corv.tabellen.bestanden import load as load_tables
from corv.voorbeeld import make
from corv.voorbeeld.making import serialise
from corv.voorbeeld.world import World

Corv = Callable[..., tuple[int, str, str]]

PUBLISHED = SHARED / "officieel/referentielijsten/StUF-Kv-Jeugdzorg-Referentielijsten-1.0.87.xlsx"
NAME = "Referentielijsten-1.0.88.xlsx"
MARKER = "GEHEIM7351"
WORLD = World(load_tables(None, []))
BY = ("--door", "A. Tester")
TODAY = date(2026, 11, 22)


@pytest.fixture
def book(werkmap: Werkmap) -> Path:
    path = werkmap.path.parent / NAME
    path.write_bytes(workbook())
    return path


def kept(werkmap: Werkmap) -> dict[str, str]:
    folder = werkmap.path / "config/lijsten"
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} if folder.exists() else {}


def events(werkmap: Werkmap) -> list[dict[str, Any]]:
    with closing(open_for_reading(werkmap.path / "data/corv.sqlite")) as db:
        assert first_broken_link(db) is None
        return [json.loads(row["gegevens"]) for row in rows(db, "SELECT gegevens FROM gebeurtenis WHERE soort = 'lijsten'")]


def told(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def made(naam: str, zaad: int) -> bytes:
    return serialise(make(naam, zaad, 1, WORLD))


def refused(sheets_: dict[str, Rows]) -> list[str]:
    bladen, problems = sheets_of(workbook(sheets_)), list[str]()
    assert not isinstance(bladen, str)
    assert uitgave_of(bladen, problems) is None
    return problems


# -- the command -------------------------------------------------------------------------------------------------------


@needs_shared
def test_the_published_workbook_gives_85_instances_for_two_months_and_23_active_roles(werkmap: Werkmap, corv: Corv) -> None:
    code, out, err = corv("lijsten", "importeer", str(PUBLISHED), "--json")

    assert (code, err) == (0, "")
    shared = {"versie": "1.0.87", "telt": True, "gedaan": True}
    instanties = {"onderdeel": "instanties", "aantal": 85, "beeindigd": 40, **shared}
    assert told(out) == [
        {**instanties, "maand": "2026-07", "vergeleken_met": None},
        {**instanties, "maand": "2026-08", "vergeleken_met": "juli 2026, versie 1.0.87"},
        {"onderdeel": "rollen", "maand": None, "aantal": 23, "beeindigd": 35, "vergeleken_met": "versie 1.0.87", **shared},
    ]
    before = kept(werkmap)
    code, out, _ = corv("lijsten", "importeer", str(PUBLISHED))
    assert (code, out.splitlines()[-1]) == (0, "Deze versie is al ingelezen: er verandert niets.")
    assert kept(werkmap) == before
    lijsten = config.load(werkmap.path).lijsten
    assert lijsten.rollen == load(None, []).rollen
    asked = (("RC0110", TODAY), ("RC0422", date(2026, 2, 9)), ("RC0422", date(2026, 2, 10)), ("AST096", TODAY), ("VT0020", TODAY))
    assert [lijsten.instantie(*one) for one in asked] == [
        Codestand.GELDIG,
        Codestand.NOG_NIET,
        Codestand.GELDIG,
        Codestand.BEEINDIGD,
        Codestand.ONBEKEND,
    ]


def test_it_is_shown_taken_in_and_recorded_and_config_is_another(werkmap: Werkmap, corv: Corv, book: Path) -> None:
    werkmap.run()
    before = config.fingerprint(werkmap.path)
    code, out, err = corv("lijsten", "importeer", str(book), "--reden", "Lijst van augustus", *BY)

    assert (code, err) == (0, "")
    assert [line.rstrip() for line in out.splitlines()] == [
        "Referentielijsten versie 1.0.88 van 03-08-2026.",
        "augustus 2026: 4 instanties (1 beëindigd). De eerste lijst.",
        "september 2026: 4 instanties (1 beëindigd). Vergeleken met augustus 2026, versie 1.0.88: geen verschil.",
        "jeugdzorgrollen: 23 actieve rollen (35 beëindigd). Vergeleken met versie 1.0.87: geen verschil.",
        "Vastgelegd in config/lijsten/1.0.88.txt, door A. Tester.",
        "Een draaiende service neemt het vanzelf over, en anders de volgende start.",
    ]
    assert config.fingerprint(werkmap.path) != before
    (event,) = events(werkmap)
    assert event == {
        "door": "A. Tester",
        "reden": "Lijst van augustus",
        "bestand": "config/lijsten/1.0.88.txt",
        "sha256": event["sha256"],
        "versie": "1.0.88",
        "maanden": ["2026-08", "2026-09"],
        "rollen": 58,
    }
    assert kept(werkmap)["1.0.88.txt"].splitlines()[2:8] == [
        "versie 1.0.88 2026-08-03",
        "instanties 2026-08",
        "AR0050 2013-04-01 - 00000004000000150000 Rechtbank Gelderland",
        "AST132 2026-08-15 - - Jeugdbescherming Noord",
        "RC0099 - 2014-12-31 - RvK Alkmaar",
        "RC0110 - - - Raad voor de Kinderbescherming",
    ]


def test_a_trial_shows_the_same_and_does_nothing(werkmap: Werkmap, corv: Corv, book: Path) -> None:
    before = config.fingerprint(werkmap.path)
    code, out, _ = corv("lijsten", "importeer", str(book), "--proef")

    assert (code, out.splitlines()[-1].startswith("Dit was een proef: er is nog niets veranderd.")) == (1, True)
    assert {row["gedaan"] for row in told(corv("lijsten", "importeer", str(book), "--proef", "--json")[1])} == {False}
    assert (kept(werkmap), config.fingerprint(werkmap.path)) == ({}, before)
    corv("lijsten", "importeer", str(book))
    assert corv("lijsten", "importeer", str(book), "--proef")[0] == 0


def test_each_kind_of_difference_is_told(corv: Corv, book: Path) -> None:
    corv("lijsten", "importeer", str(book))
    made = put(sheets("1.0.89", SEPTEMBER), SEPTEMBER, RAAD, "DTOPHINST", 20260831)
    made = put(made, SEPTEMBER, RECHTBANK, "PRESNMINST", "Rechtbank Gelderland (nieuw)")
    made[SEPTEMBER] = [row for row in made[SEPTEMBER] if row[0] != BEEINDIGD]
    made[SEPTEMBER].append(instantie({"IDINST": "RC0500", "PRESNMINST": "RvK Nieuw", "DTAANV": 20260901}))
    made["JZR"].append(["tante of oom", 140, "Nieuw.", "groep", date(2026, 9, 1), "", ""])
    book.write_bytes(workbook(made))

    code, out, _ = corv("lijsten", "importeer", str(book), "--json")

    assert code == 0
    naam = {"onderdeel": "wijziging", "lijst": "instanties", "maand": "2026-09"}
    empty = {"einde": "", "oin": "", "opvolger": ""}
    assert told(out)[2:] == [
        {
            **naam,
            "wijziging": "gewijzigd",
            "code": "AR0050",
            "naam": "Rechtbank Gelderland (nieuw)",
            "was": {"naam": "Rechtbank Gelderland"},
            "wordt": {"naam": "Rechtbank Gelderland (nieuw)"},
        },
        {
            **naam,
            "wijziging": "weg",
            "code": "RC0099",
            "naam": "RvK Alkmaar",
            "was": {"naam": "RvK Alkmaar", "begin": "", **empty, "einde": "2014-12-31"},
            "wordt": {},
        },
        {
            **naam,
            "wijziging": "beëindigd",
            "code": "RC0110",
            "naam": "Raad voor de Kinderbescherming",
            "was": {"einde": ""},
            "wordt": {"einde": "2026-08-31"},
        },
        {
            **naam,
            "wijziging": "nieuw",
            "code": "RC0500",
            "naam": "RvK Nieuw",
            "was": {},
            "wordt": {"naam": "RvK Nieuw", "begin": "2026-09-01", **empty},
        },
        {
            **naam,
            "lijst": "rollen",
            "maand": None,
            "wijziging": "nieuw",
            "code": "140",
            "naam": "tante of oom",
            "was": {},
            "wordt": {"naam": "tante of oom", "begin": "2026-09-01", **empty},
        },
    ]


def test_for_a_person_a_long_table_is_cut_and_a_line_that_is_gone_is_warned_of(werkmap: Werkmap, corv: Corv, book: Path) -> None:
    corv("lijsten", "importeer", str(book))
    made = sheets("1.0.89", SEPTEMBER)
    made[SEPTEMBER] = [row for row in made[SEPTEMBER] if row[0] != BEEINDIGD]
    made[SEPTEMBER] += [instantie({"IDINST": f"AST{number}", "NMINST1": "Nieuw"}) for number in range(200, 250)]
    book.write_bytes(workbook(made))

    _, out, err = corv("lijsten", "importeer", str(book))

    assert "En nog 11 verschillen; met --json ziet u ze alle 51." in out
    assert "van 1 code is de regel weg." in err
    assert set(kept(werkmap)) == {"1.0.88.txt", "1.0.89.txt"}


def test_a_person_sees_of_each_difference_what_it_was_and_becomes(
    corv: Corv, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    corv("lijsten", "importeer", str(book))
    made = put(sheets("1.0.89", SEPTEMBER), SEPTEMBER, RAAD, "DTOPHINST", 20260831)
    made = put(made, SEPTEMBER, RECHTBANK, "PRESNMINST", "Rechtbank Arnhem")
    made = put(made, SEPTEMBER, RECHTBANK, "OINR", "")
    made = put(made, SEPTEMBER, BEEINDIGD, "DTOPHINST", "")
    made[SEPTEMBER] = [row for row in made[SEPTEMBER] if row[0] != "AST132"]
    made[SEPTEMBER].append(instantie({"IDINST": "RC0500", "PRESNMINST": "RvK Nieuw", "DTAANV": 20260901}))
    book.write_bytes(workbook(made))

    _, out, _ = corv("lijsten", "importeer", str(book), "--proef")

    assert [re.split(r"  +", line.strip())[1:] for line in out.splitlines() if line.startswith("september 2026  ")] == [
        [
            *("gewijzigd", "AR0050", "Rechtbank Arnhem"),
            *("naam Rechtbank Gelderland, oin 00000004000000150000", "naam Rechtbank Arnhem, oin (leeg)"),
        ],
        ["weg", "AST132", "Jeugdbescherming Noord", "begin 2026-08-15"],
        ["gewijzigd", "RC0099", "RvK Alkmaar", "einde 2014-12-31", "einde (leeg)"],
        ["beëindigd", "RC0110", "Raad voor de Kinderbescherming", "einde 2026-08-31"],
        ["nieuw", "RC0500", "RvK Nieuw", "begin 2026-09-01"],
    ]


def test_every_version_is_kept_and_the_highest_of_a_month_counts_in_whatever_order_they_come(
    werkmap: Werkmap, corv: Corv, book: Path
) -> None:
    for versie, einde in (("1.0.100", ""), ("1.0.99", 20260701), ("1.0.98", "")):  # a change that was reverted, backwards
        book.write_bytes(workbook(put(sheets(versie, AUGUSTUS), AUGUSTUS, RAAD, "DTOPHINST", einde)))
        code, out, _ = corv("lijsten", "importeer", str(book))
        assert code == 0

    assert "augustus 2026: 4 instanties (1 beëindigd). Telt niet: augustus 2026, versie 1.0.100 is nieuwer" in out
    assert set(kept(werkmap)) == {"1.0.98.txt", "1.0.99.txt", "1.0.100.txt"}
    lijsten = config.load(werkmap.path).lijsten
    assert [(one.maand, one.versie) for one in lijsten.maanden] == [(date(2026, 8, 1), "1.0.100")]
    assert lijsten.instantie(RAAD, TODAY) is Codestand.GELDIG
    shown = [(row["versie"], row["telt"], row["beeindigd"]) for row in told(corv("lijsten", "--json")[1])]
    assert shown == [("1.0.100", True, 1), ("1.0.100", True, 35), ("1.0.98", False, 1), ("1.0.99", False, 2)]


def test_another_workbook_with_the_same_version_is_refused(werkmap: Werkmap, corv: Corv, book: Path) -> None:
    corv("lijsten", "importeer", str(book))
    before = kept(werkmap)
    book.write_bytes(workbook(put(sheets(), AUGUSTUS, RAAD, "DTOPHINST", 20260701)))

    for words in ((), ("--proef",)):
        code, out, err = corv("lijsten", "importeer", str(book), *words)
        assert (code, out) == (2, "")
        assert "Versie 1.0.88 is al ingelezen, met een andere inhoud: config/lijsten/1.0.88.txt." in err
    assert kept(werkmap) == before


def test_a_stop_between_the_file_and_the_record_is_made_good_by_doing_it_again(
    werkmap: Werkmap, corv: Corv, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    werkmap.run()
    with monkeypatch.context() as patch:
        patch.setattr(new_file, "add_event", stop)
        assert corv("lijsten", "importeer", str(book))[0] == 3
    assert (len(kept(werkmap)), events(werkmap)) == (1, [])

    for _ in range(2):
        assert corv("lijsten", "importeer", str(book))[0] == 0
    assert (len(kept(werkmap)), len(events(werkmap))) == (1, 1)


def test_of_two_who_are_at_it_at_once_the_second_never_writes_over_the_first(werkmap: Werkmap) -> None:
    settings, person = config.load(werkmap.path), Person("A. Tester", "nieuw", werkmap.now)
    first, second = uitgave(), uitgave(put(sheets(), AUGUSTUS, RAAD, "DTOPHINST", 20260701))

    assert [new_lists.take_in(settings, one, person) for one in (first, first)] == [True, False]
    with pytest.raises(SettledError):
        new_lists.take_in(settings, second, person)


def test_lijsten_says_what_counts_and_warns_of_an_old_list(corv: Corv, book: Path) -> None:
    code, out, _ = corv("lijsten")
    assert (code, "Er is nog geen lijst van instanties ingelezen." in out) == (0, True)
    (rollen,) = told(corv("lijsten", "--json")[1])
    active = {"versie": "1.0.87", "aantal": 23, "beeindigd": 35, "bestand": None}
    assert rollen == {"onderdeel": "rollen", "maand": None, **active, "telt": True, "geldt_vandaag": True}

    book.write_bytes(workbook(sheets("1.0.20", "INS Maart 2020")))
    corv("lijsten", "importeer", str(book))
    code, out, err = corv("lijsten")
    assert (code, out.splitlines()[1].split()) == (0, ["instanties", "2020-03", "1.0.20", "4", "1", "ja"])
    assert "de nieuwste lijst van instanties is van maart 2020" in err


def test_gezondheid_tells_of_the_list_of_this_folder(werkmap: Werkmap, corv: Corv, book: Path) -> None:
    def said() -> dict[str, Any]:
        answer = json.loads(corv("gezondheid", "--json")[1])
        return next(one for one in answer["onderwerpen"] if one["onderwerp"] == "lijsten")

    werkmap.run()
    assert (said()["toestand"], "alleen de vorm" in said()["tekst"]) == ("goed", True)
    book.write_bytes(workbook(sheets("1.0.20", "INS Maart 2020")))
    corv("lijsten", "importeer", str(book))
    assert said()["toestand"] == "waarschuwing"
    assert said()["tekst"] == "De nieuwste lijst van instanties is die van maart 2020: meer dan twee maanden oud."


def test_controleer_asks_the_lists_of_the_folder_and_without_a_folder_the_form(corv: Corv, book: Path, tmp_path: Path) -> None:
    def codes(*words: str) -> list[str]:
        (answer,) = told(corv(*words, "controleer", "--json", str(file))[1])
        return [one["code"] for one in answer["bevindingen"]]

    file, elsewhere = tmp_path / "notificatie.xml", tmp_path / "elders"
    elsewhere.mkdir()
    good = next(raw for raw in (made("notificatieDi01", zaad) for zaad in range(1, 99)) if b"beslissendeInstantie" in raw)
    file.write_bytes(re.sub(rb'(naam="(?:beslissende|uitvoerende)Instantie">)\w+', rb"\g<1>" + BEEINDIGD.encode(), good))

    assert (codes(), codes("--map", str(elsewhere))) == ([], [])
    corv("lijsten", "importeer", str(book))
    assert (codes(), codes("--map", str(elsewhere))) == (["instantie-onbekend"] * 2, [])


@needs_shared
def test_examples_name_institutions_of_the_published_list_that_hold(werkmap: Werkmap, corv: Corv) -> None:
    corv("lijsten", "importeer", str(PUBLISHED))
    context = Context(TODAY, lijsten=config.load(werkmap.path).lijsten)
    messages = [Bericht(etree.fromstring(made("notificatieDi01", zaad))) for zaad in range(1, 99)]
    assert any(one.every("ZKN:datumBeslissing") for one in messages)
    assert [one for message in messages for one in instantie_onbekend.check(message, context)] == []


# -- what is refused ---------------------------------------------------------------------------------------------------


def changed(sheet: str, change: Callable[[Rows], object]) -> dict[str, Rows]:
    made = sheets()
    change(made[sheet])
    return made


def without(sheet: str) -> dict[str, Rows]:
    return {name: rows for name, rows in sheets().items() if name != sheet}


def moved(rows: Rows) -> None:
    for row in rows[1:]:
        row[0], row[1] = row[1], row[0]


def inserted(rows: Rows) -> None:
    for row in rows[1:]:
        row.insert(27, "")
    rows[1][27] = "WEBSITE"


def called(name: str) -> dict[str, Rows]:
    """One sheet of institutions, of August, under this name."""
    made = sheets("1.0.88", AUGUSTUS)
    return {name if sheet == AUGUSTUS else sheet: rows for sheet, rows in made.items()}


@pytest.mark.parametrize(
    ("made", "problems"),
    [
        (without("LEGENDA"), ["het blad LEGENDA ontbreekt"]),
        (without("Versiehistorie"), ["het blad Versiehistorie ontbreekt"]),
        (without("JZR"), ["het blad JZR ontbreekt"]),
        (
            {name: rows for name, rows in sheets().items() if not name.startswith("INS")},
            ["er is geen blad met instanties: verwacht INS en een maand, zoals INS augustus 2026"],
        ),
        ({**sheets(), "GGZ": [["iets"]]}, ["het blad GGZ is onbekend"]),
        (
            changed(AUGUSTUS, lambda rows: rows[1].__setitem__(11, "DTEINDE")),
            [f"blad {AUGUSTUS}, rij 2, kolom L: verwacht DTOPHINST, gevonden DTEINDE"],
        ),
        (
            changed(AUGUSTUS, moved),
            [
                f"blad {AUGUSTUS}, rij 2, kolom A: verwacht IDINST, gevonden NMINST1",
                f"blad {AUGUSTUS}, rij 2, kolom B: verwacht NMINST1, gevonden IDINST",
            ],
        ),
        (
            changed(SEPTEMBER, inserted),
            [
                f"blad {SEPTEMBER}, rij 2, kolom AB: verwacht EMAILADRES, gevonden WEBSITE",
                f"blad {SEPTEMBER}, rij 2, kolom AC: verwacht niets, gevonden EMAILADRES",
            ],
        ),
        (
            changed(SEPTEMBER, lambda rows: rows[1].pop()),
            [f"blad {SEPTEMBER}, rij 2, kolom AB: verwacht EMAILADRES, gevonden niets"],
        ),
        (
            changed("JZR", lambda rows: rows[1].__setitem__(1, "Code")),
            ["blad JZR, rij 2, kolom B: verwacht Rolcode, gevonden Code"],
        ),
        (
            changed("Versiehistorie", lambda rows: rows.__delitem__(slice(1, None))),
            ["blad Versiehistorie: er staat geen enkele versie in"],
        ),
        (
            changed(AUGUSTUS, lambda rows: rows[0].__setitem__(0, "Referentielijst Instantie")),
            [f"blad {AUGUSTUS}: in rij 1 staat niet van welke maand; verwacht: geldig vanaf augustus 2026"],
        ),
        (
            changed(AUGUSTUS, lambda rows: rows[0].__setitem__(0, "(geldig vanaf juli 2026)")),
            [f"blad {AUGUSTUS}: in rij 1 staat een andere maand (juli 2026)"],
        ),
        (
            changed(AUGUSTUS, lambda rows: rows.__delitem__(slice(2, None))),
            [f"blad {AUGUSTUS}: er staat geen enkele instantie in"],
        ),
        (
            {**sheets(), "INS augustus": sheets()[AUGUSTUS]},
            ["van augustus 2026 zijn er twee bladen"],
        ),
        (called("INS September 2026"), [f"blad {SEPTEMBER}: in rij 1 staat een andere maand (augustus 2026)"]),
        (called("INS augustus 2025"), ["blad INS augustus 2025: in rij 1 staat een andere maand (augustus 2026)"]),
        (called("INS juli"), ["blad INS juli: in rij 1 staat een andere maand (augustus 2026)"]),
        *(
            (
                called(name),
                [
                    "er is geen blad met instanties: verwacht INS en een maand, zoals INS augustus 2026",
                    f"het blad {name} is onbekend",
                ],
            )
            for name in (
                "INS aug 2026",
                "INS",
                "INS 2026",
                "INS 2026-08",
                "INS augustus 26",
                "INS augustus 2026 oud",
                "INSTANTIES",
            )
        ),
        ({**sheets(), "JZR ": sheets()["JZR"]}, ["het blad JZR staat er meer dan eens in"]),
        (
            {**sheets(), " JZR": [["iets"]], "jzr  ": [["iets"]]},
            ["het blad JZR staat er meer dan eens in", "het blad jzr is onbekend"],
        ),
        (
            changed(AUGUSTUS, lambda rows: rows[3].append("los")),
            [f"blad {AUGUSTUS}, rij 4: er staat iets na de laatste kolom"],
        ),
        (changed("JZR", lambda rows: rows[4].append("los")), ["blad JZR, rij 5: er staat iets na de laatste kolom"]),
        (
            changed("JZR", lambda rows: rows[1].append("Opmerking")),
            ["blad JZR, rij 2, kolom H: verwacht niets, gevonden Opmerking"],
        ),
        (
            changed("Versiehistorie", lambda rows: rows[1].__setitem__(0, "1.0.088")),
            ["blad Versiehistorie: in de hoogste versie begint een getal met een 0; verwacht een versie zoals 1.0.87"],
        ),
        (
            changed("Versiehistorie", lambda rows: rows[1].__setitem__(0, "1.0.88 concept")),
            ["blad Versiehistorie, rij 2: in kolom Versie staat geen versie, zoals 1.0.87"],
        ),
        (
            changed("JZR", lambda rows: rows.append(["x", 999, "", "", date(2026, 8, 2), date(2026, 8, 1)])),
            ["blad JZR, rij 61: de laatste dag ligt vóór de eerste"],
        ),
    ],
)
def test_a_workbook_that_changed_shape_is_refused_with_sheet_and_column(made: dict[str, Rows], problems: list[str]) -> None:
    assert refused(made) == problems


@pytest.mark.parametrize("name", ["INS augustus 2026", "INS  AUGUSTUS  2026 ", "Ins Augustus2026", "INS augustus"])
def test_a_sheet_of_institutions_is_called_by_its_month_and_may_leave_the_year_out(name: str) -> None:
    assert [lijst.maand for lijst in uitgave(called(name)).maanden] == [date(2026, 8, 1)]


def test_an_older_version_in_the_history_may_begin_a_number_with_a_nought() -> None:
    assert uitgave(changed("Versiehistorie", lambda rows: rows.append(["1.0.09", "", "Eerder."]))).versie == "1.0.88"


@pytest.mark.parametrize(
    ("code", "kolom", "cell", "problem"),
    [
        (BEEINDIGD, "DTAANV", 20150101, "rij 5: de laatste dag ligt vóór de eerste"),
        (RAAD, "IDINST", MARKER.lower(), "rij 4: in kolom IDINST staat geen code, zoals AR0050"),
        (RAAD, "IDINST", RECHTBANK, "rij 4: AR0050 staat al eerder in kolom IDINST"),
        (RAAD, "NMINST1", " ", "rij 4: kolom PRESNMINST en kolom NMINST1 zijn allebei leeg"),
        (RAAD, "DTAANV", 20260231, "rij 4: in kolom DTAANV staat geen datum, zoals 20260703"),
        (RAAD, "DTOPHINST", MARKER, "rij 4: in kolom DTOPHINST staat geen datum, zoals 20260703"),
        (RECHTBANK, "OINR", 4000000150000, "rij 3: in kolom OINR staat geen OIN: 20 cijfers, als tekst"),
    ],
)
def test_a_cell_that_can_not_be_is_told_by_sheet_and_row_and_not_quoted(
    werkmap: Werkmap, corv: Corv, book: Path, code: str, kolom: str, cell: str | int, problem: str
) -> None:
    book.write_bytes(workbook(put(sheets(), AUGUSTUS, code, kolom, cell)))
    exit_code, out, err = corv("lijsten", "importeer", str(book))

    assert (exit_code, out) == (2, "")
    assert err.removeprefix("Fout: ").splitlines() == [f"{NAME}: blad {AUGUSTUS}, {problem}.", "Er is niets veranderd."]
    assert MARKER.lower() not in err.lower()
    assert kept(werkmap) == {}


def test_many_mistakes_are_not_all_told() -> None:
    made = sheets()
    made[AUGUSTUS] += [instantie({"IDINST": "x", "NMINST1": "x"})] * 30
    assert refused(made)[-1] == "en nog 10 van zulke fouten"


def test_days_may_be_dates_and_empty_rows_may_stand_between() -> None:
    made = put(sheets(), AUGUSTUS, RAAD, "DTOPHINST", date(2026, 8, 31))
    made[AUGUSTUS].insert(3, instantie({}))
    (lijst, _) = uitgave(made).maanden
    assert lijst.instanties[RAAD] == Regel(RAAD, "Raad voor de Kinderbescherming", None, date(2026, 8, 31))
    assert len(lijst.instanties) == 4


def zip_of(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def far_apart() -> bytes:
    made = sheets()
    sheet = "xl/worksheets/sheet1.xml"
    files = parts(workbook(made))
    last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return zip_of({**files, sheet: files[sheet].replace(b"</sheetData>", last)})


def repeated(text: bytes, rows: int) -> bytes:
    """The first sheet has one shared text in so many rows."""
    xml = b"<%s xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>%s</%s>"
    strings = xml % (b"sst", b"<si><t>%s</t></si>" % text, b"sst")
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, rows + 1))
    sheet = xml % (b"worksheet", b"<sheetData>%s</sheetData>" % cells, b"worksheet")
    return zip_of({**parts(workbook()), "xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet})


def with_other_words() -> bytes:
    """A workbook of which a part is still good XML, and other than it was when it was packed."""
    raw = zip_of(parts(workbook()), zipfile.ZIP_STORED)
    assert raw.count(b"Gelderland") == 1
    return raw.replace(b"Gelderland", b"Gelderlanx")


def lying_bomb() -> bytes:
    """A part of 600 MB that says to be of one byte."""
    files = parts(workbook())
    raw = bytearray(zip_of({**files, "xl/sharedStrings.xml": b"<sst>" + b" " * 600_000_000}))
    size = (600_000_005).to_bytes(4, "little")
    return bytes(raw.replace(size, (1).to_bytes(4, "little")))


NOT_XLSX = "Dit is geen werkboek van Excel (.xlsx), of het is niet compleet. Haal het opnieuw op."
DAMAGED = "Het werkboek is beschadigd of niet compleet. Haal het opnieuw op."
BOMB = "Het werkboek pakt uit tot veel meer dan een werkboek met referentielijsten. Dit kan een zipbom zijn."


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", NOT_XLSX),
        (MARKER.encode(), NOT_XLSX),
        (workbook()[:-200], NOT_XLSX),
        (zip_of({"iets.xml": b"<a/>"}), NOT_XLSX),
        (
            b"\xd0\xcf\x11\xe0" + b"\0" * 600,
            "Dit is een oud werkboek (.xls), of het is met een wachtwoord beveiligd. Haal het gepubliceerde .xlsx opnieuw op.",
        ),
        (with_other_words(), DAMAGED),
        (zip_of({**parts(workbook()), "xl/worksheets/sheet3.xml": b"<worksheet"}), DAMAGED),
        (zip_of({**parts(workbook()), "bom.bin": b"\0" * 70_000_000}), BOMB),
        (zip_of({**parts(workbook()), **{str(number): b"" for number in range(500)}}), BOMB),
        (far_apart(), openen_module.TOO_HEAVY),
        (repeated(b"A" * 30_000, 1000), BOMB),
    ],
    ids=[
        "leeg",
        "tekst",
        "afgekapt",
        "andere zip",
        "xls of wachtwoord",
        "andere woorden",
        "kapot",
        "bom",
        "veel delen",
        "ver uiteen",
        "herhaalde tekst",
    ],
)
def test_what_is_no_good_workbook_is_refused_and_nothing_changes(
    werkmap: Werkmap, corv: Corv, book: Path, raw: bytes, reason: str
) -> None:
    book.write_bytes(raw)
    code, out, err = corv("lijsten", "importeer", str(book))

    assert (code, out, err) == (2, "", f"Fout: {NAME}: {reason} Er is niets veranderd.\n")
    assert kept(werkmap) == {}


@needs_shared
@pytest.mark.parametrize("size", [100, 40_000, 79_000])
def test_the_published_workbook_is_refused_when_it_is_cut_off(corv: Corv, book: Path, size: int) -> None:
    book.write_bytes(PUBLISHED.read_bytes()[:size])
    assert corv("lijsten", "importeer", str(book)) == (2, "", f"Fout: {NAME}: {NOT_XLSX} Er is niets veranderd.\n")


@needs_shared
def test_the_published_workbook_is_refused_when_one_bit_of_it_is_other(corv: Corv, book: Path) -> None:
    raw = bytearray(PUBLISHED.read_bytes())
    raw[25799] ^= 0x80
    book.write_bytes(raw)
    assert corv("lijsten", "importeer", str(book)) == (2, "", f"Fout: {NAME}: {DAMAGED} Er is niets veranderd.\n")


def test_a_reader_that_says_too_much_is_not_heard_out(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corv.apart.MAX_ANSWER", 100)
    assert sheets_of(book.read_bytes()) == openen_module.TOO_HEAVY


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sleeper = tmp_path / "python"
    sleeper.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    sleeper.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(sleeper))
    assert ask_apart("iets", b"x" * 1_000_000, Limits(1, 1, wait_s=0.2), "{}") is None


@pytest.mark.slow
def test_a_zip_that_lies_about_its_sizes_can_not_take_all_memory() -> None:
    assert sheets_of(lying_bomb()) in {openen_module.TOO_HEAVY, DAMAGED}


def test_a_file_that_is_too_large_is_not_read(corv: Corv, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with book.open("ab") as file:
        file.truncate(openen_module.MAX_FILE + 1)
    monkeypatch.setattr("corv.cli.lijsten.sheets_of", None)
    assert openen_module.TOO_LARGE in corv("lijsten", "importeer", str(book))[2]


def test_a_reader_that_can_not_be_started_is_our_own_failure(corv: Corv, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(CorvError, match="Een werkboek is niet te lezen, door een fout in corv zelf"):
        sheets_of(book.read_bytes())
    assert corv("lijsten", "importeer", str(book))[0] == 3
