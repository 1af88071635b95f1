"""`corv berichten`: filters that combine, pages that join up, and forms for a person, a program and a spreadsheet."""

import csv
import json
import os
import re
import shlex
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_scherm import on_a_terminal

from conftest import OURS, TWENTE, Werkmap, message
from corv import cli
from corv.audit import Audit, Filter
from corv.berichten.soort import Sleutelsoort
from corv.cli.spreadsheet import harmless

Corv = Callable[..., tuple[int, str, str]]

POLITIE, RVDK = "00000002999000002000", "00000002999000003000"
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

HISTORY = (
    # name, channel, sample, days after Monday
    ("melding", "corv", "vtMeldingDi01/minimaal.xml", 0),
    ("fout", "corv", "vtMeldingDi01/ongeldig-rol.xml", 0),
    ("onleesbaar", "corv", "onleesbaar/afgekapt.xml", 1),
    ("vto", "eigen", "vtoDi01/volledig.xml", 1),
    ("ander", "corv", "vtMeldingDi01/aan-ander-vt.xml", 1),
    ("notificatie", "corv", "notificatieDi01/volledig.xml", 2),
    ("terug", "eigen", "vtTerugkoppelingDi01/minimaal.xml", 2),
    ("herhaald", "corv", "vtMeldingDi01/minimaal.xml", 2),
    ("antwoord", "corv", "Bv04Bericht/volledig.xml", 3),
)


@dataclass(frozen=True)
class History:
    """A working folder with some days behind it, and the name of each id, in the order in which they came."""

    werkmap: Werkmap
    names: dict[str, str]

    def id_of(self, name: str) -> str:
        return next(id_ for id_, other in self.names.items() if other == name)


def some_days(folder: Path) -> History:
    werkmap = Werkmap(folder)
    names: dict[str, str] = {}
    for name, kanaal, sample, days in HISTORY:
        werkmap.now = MONDAY + timedelta(days=days, minutes=len(names))
        names[werkmap.handle(kanaal, message(sample))["id"]] = name
    return History(werkmap, names)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Made once: for questions only."""
    return some_days(tmp_path_factory.mktemp("dagen") / "werk")


@pytest.fixture
def ask(history: History, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Corv:
    """Run a command line on that history. Now is Thursday, 15:00 in Holland."""
    monkeypatch.setattr("corv.cli.zoeken.utc_now", lambda: MONDAY + timedelta(days=3, hours=6))

    def run(*args: str) -> tuple[int, str, str]:
        code = cli.run(["--map", str(history.werkmap.path), *args])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def copies(werkmap: Werkmap, count: int) -> None:
    """So many messages more, a minute apart: copies of the first, without going through the folders."""
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(bericht)") if row[1] not in {"volgnr", "id", "ontvangen_op"}]
        db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            f"INSERT INTO bericht (id, ontvangen_op, {', '.join(columns)}) "
            "SELECT printf('%08x-1111-7111-8111-%012x', i, i), "
            "strftime('%Y-%m-%dT%H:%M:00+00:00', '2020-01-01', i || ' minutes'), "
            f"{', '.join(columns)} FROM n, bericht WHERE volgnr = 1",
            (count,),
        )


# -- what fits ---------------------------------------------------------------------------------------------------------


def test_as_json_it_has_the_agreed_form_newest_first(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    werkmap.handle("eigen", message("vtoDi01/minimaal.xml"))

    code, out, err = corv("berichten", "--json")

    newest, oldest = (json.loads(line) for line in out.splitlines())
    assert (code, err, newest["functie"]) == (0, "", "vtoDi01")
    assert len(oldest.pop("sha256")) == 64
    assert oldest == {
        "id": "00000000-0000-4000-8000-000000000001",
        "ontvangen_op": oldest["ontvangen_op"],
        "kanaal": "corv",
        "bestand": "data/archief/2026/11/23/00000000-0000-4000-8000-000000000001.xml",
        "functie": "vtMeldingDi01",
        "berichtcode": "Di01",
        "zender_organisatie": POLITIE,
        "ontvanger_organisatie": OURS,
        "referentienummer": "vtm-2026-0001-minimaal",
        "cross_refnummer": None,
        "status": "geaccepteerd",
        "besluit": "accepteer",
    }
    assert [*oldest, "sha256"] == list(json.loads(out.splitlines()[1]))
    assert (werkmap.path / oldest["bestand"]).is_file()


ALL = "antwoord herhaald terug notificatie ander vto onleesbaar fout melding"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("", ALL),
        ("--functie vtMeldingDi01", "herhaald ander fout melding"),
        ("--functie vtmelding", "herhaald ander fout melding"),
        ("--functie VTO", "vto"),
        ("--berichtcode Bv04", "antwoord"),
        (f"--zender {POLITIE}", "herhaald ander fout melding"),
        (f"--zender {OURS}", "terug vto"),
        (f"--ontvanger {TWENTE}", "ander"),
        ("--kanaal eigen", "terug vto"),
        ("--status te_beoordelen", "ander"),
        ("--status geweigerd --status onleesbaar --status herhaald", "herhaald onleesbaar fout"),
        ("--besluit weiger", "fout"),
        ("--besluit 'zet apart'", "onleesbaar"),
        ("--besluit accepteer --kanaal corv", "antwoord notificatie melding"),
        ("--referentienummer vtm-2026-0001-minimaal", "herhaald melding"),
        ("--crossrefnummer 71c0d9e8-f7a6-4b5c-8d3e-2f1a0b9c8d7e", "antwoord"),
        ("--identificatieVtMelding PL0600-2026000101", "herhaald terug melding"),
        ("--identificatieVtMelding ' PL0600-2026000101 ' --kanaal eigen", "terug"),
        ("--identificatieVtMelding PL0600", ""),
        ("--zaakidentificatie VT-2026-00118", "notificatie vto"),
        ("--zaakidentificatie PL0600-2026000101", ""),
        ("--zaakidentificatie VT-2026-00118 --identificatieVtMelding PL0600-2026000101", ""),
        ("--meldingkenmerk VT-2026-00118", ""),
        ("--met-bevindingen", "onleesbaar fout"),
        ("--met-bevindingen --status geweigerd", "fout"),
        ("--bevinding StUF055", "fout"),
        ("--bevinding bsn-elfproef", ""),
        ("--aantal 2", "antwoord herhaald"),
        ("--vandaag", "antwoord"),
        ("--sinds 1d", "antwoord"),
        ("--sinds 2d --kanaal eigen", "terug"),
        ("--sinds 1w", ALL),
        ("--sinds 24-11-2026 --tot 24-11-2026", "ander vto onleesbaar"),
        ("--tot 2026-11-23", "fout melding"),
        ("--sinds '25-11-2026 09:06' --tot '25-11-2026 09:06'", "terug"),
        ("--sinds 1-12-2026", ""),
        ("--tot 22-11-2026", ""),
        ("--sinds 24-11-2026 --status geaccepteerd --functie vto", "vto"),
    ],
)
def test_filters_combine(ask: Corv, history: History, filters: str, expected: str) -> None:
    code, out, err = ask("berichten", "--json", *shlex.split(filters))

    assert (code, err) == (0, "")
    assert " ".join(history.names[json.loads(line)["id"]] for line in out.splitlines()) == expected


@pytest.mark.parametrize(
    ("functie", "hint"),
    [
        ("ucb", "Bedoelt u ucobDi01?"),
        ("vtMeldingDi1", "Bedoelt u vtMeldingDi01?"),
        ("xyz", "Deze zijn er: meldingGeneriekDi01, notificatieDi01,"),
        ("bv04", "Zoek met --berichtcode Bv04."),
    ],
)
def test_a_functie_that_does_not_exist_is_a_mistake(ask: Corv, functie: str, hint: str) -> None:
    code, out, err = ask("berichten", "--functie", functie)

    assert (code, out) == (2, "")
    assert f"Fout: '{functie}' is geen functie van het koppelvlak, en geen bericht heeft haar. {hint}" in err


def test_a_message_that_was_refused_for_its_functie_is_found_by_it(corv: Corv, werkmap: Werkmap) -> None:
    unknown = message("vtMeldingDi01/minimaal.xml").replace(b"functie>vtMeldingDi01<", b"functie>vtMeldinkDi01<")
    row = werkmap.handle("corv", unknown)

    assert json.loads(corv("berichten", "--json", "--functie", "vtMeldinkDi01")[1])["id"] == row["id"]


def test_a_kenmerk_is_asked_for_as_the_other_keys(corv: Corv, werkmap: Werkmap) -> None:
    vto = werkmap.handle("eigen", message("vtoDi01/volledig.xml"))["id"]
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        db.execute("UPDATE sleutel SET soort = 'kenmerk' WHERE soort = 'zaakidentificatie'")

    assert corv("berichten", "--json", "--zaakidentificatie", "VT-2026-00118")[1] == ""
    assert json.loads(corv("berichten", "--json", "--meldingkenmerk", "VT-2026-00118")[1])["id"] == vto


def test_the_decision_asked_for_is_the_last_one(corv: Corv, werkmap: Werkmap) -> None:
    ander = werkmap.handle("corv", message("vtMeldingDi01/aan-ander-vt.xml"))["id"]
    assert json.loads(corv("berichten", "--json", "--besluit", "beoordeel")[1])["id"] == ander
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        db.execute(
            "INSERT INTO besluit (bericht, genomen_op, door, actie, regel, reden) VALUES (?, ?, 'Anja', 'weiger', 'x', 'y')",
            (ander, MONDAY.isoformat()),
        )

    assert corv("berichten", "--json", "--besluit", "beoordeel")[1] == ""
    refused = json.loads(corv("berichten", "--json", "--besluit", "weiger")[1])
    assert (refused["id"], refused["besluit"]) == (ander, "weiger")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--json --csv", "--json of --csv"),
        ("--vandaag --sinds 2d", "--vandaag, of --sinds"),
        ("--vandaag --tot 2d", "--vandaag, of --sinds"),
        ("--sinds 23-11-2026 --tot 22-11-2026", "ligt niet vóór"),
        ("--sinds gisteren", "'gisteren' is geen periode"),
        ("--tot 31-11-2026", "bestaat niet"),
        ("--ouder-dan bestaat-niet", "geen bericht met kenmerk"),
        ("--ouder-dan 123", "minstens 6 tekens"),
        ("--aantal 1001", "--csv of --json"),
        ("--besluit aarzel", "is niet een van"),
    ],
)
def test_what_can_not_be_asked_is_explained_with_exit_code_2(ask: Corv, options: str, said: str) -> None:
    code, out, err = ask("berichten", *shlex.split(options))

    assert (code, out) == (2, "")
    assert said in err


# -- pages -------------------------------------------------------------------------------------------------------------


def pages(corv: Corv, first: str) -> Iterator[list[str]]:
    """The kenmerken on each page, following the command that each full page gives."""
    command = first
    while command:
        code, out, err = corv(*shlex.split(command))
        assert (code, err) == (0, "")
        yield re.findall(r"^([0-9a-f]{12}) ", out, re.MULTILINE)
        found = re.search(r"^  corv --map \S+ (berichten .*)$", out, re.MULTILINE)
        command = found.group(1) if found else ""


@pytest.mark.parametrize(
    ("options", "sizes"),
    [
        ("--aantal 4", [4, 4, 1]),
        ("--aantal 3", [3, 3, 3]),
        ("--aantal 2 --functie vtMelding --sinds '23-11-2026 00:00'", [2, 2]),
        ("--aantal 1 --status geweigerd --status te_beoordelen", [1, 1]),
        ("--aantal 1 --met-bevindingen", [1, 1]),
        ("--aantal 1 --identificatieVtMelding ' PL0600-2026000101'", [1, 1, 1]),
    ],
)
def test_the_command_below_a_full_page_gives_the_next_one(ask: Corv, options: str, sizes: list[int]) -> None:
    found = list(pages(ask, f"berichten {options}"))

    everything = ask("berichten", "--json", *shlex.split(re.sub(r"--aantal \d", "", options)))[1]
    assert [len(page) for page in found] == sizes
    assert [id_ for page in found for id_ in page] == [json.loads(line)["id"][-12:] for line in everything.splitlines()]


def test_the_closing_line_counts_as_dutch_readers_write(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    assert corv("berichten")[1].splitlines()[-1] == "1 bericht."
    assert corv("berichten", "--kanaal", "eigen")[1] == "Er zijn geen berichten die hieraan voldoen.\n"

    copies(werkmap, 1283)
    last, command = corv("berichten")[1].splitlines()[-2:]
    assert last == "50 berichten; hierna komen er nog 1.234. Verder bladeren:"
    assert command == f"  corv --map {werkmap.path} berichten --ouder-dan 0000000004d2"
    assert corv("berichten", "--tot", "2019-12-31")[1] == "Er zijn geen berichten die hieraan voldoen.\n"
    assert corv("berichten", "--tot", "2-1-2020", "--aantal", "1000")[1].splitlines()[-2].startswith("1.000 berichten; hierna")

    copies_more = 12_000
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        db.execute("DELETE FROM bericht WHERE volgnr > 1")
    copies(werkmap, copies_more)
    assert corv("berichten")[1].splitlines()[-2] == "50 berichten; hierna komen er nog meer dan 10.000. Verder bladeren:"


def test_a_working_folder_from_the_environment_is_left_out_of_the_next_command(werkmap: Werkmap) -> None:
    for _ in range(2):
        werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    run = subprocess.run(
        [sys.executable, "-m", "corv", "berichten", "--aantal", "1"],
        env={**os.environ, "CORV_MAP": str(werkmap.path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert run.stdout.splitlines()[-1] == "  corv berichten --ouder-dan 000000000002 --aantal 1"


def test_reading_goes_page_by_page_and_misses_nothing_while_more_comes_in(werkmap: Werkmap) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    copies(werkmap, 1300)
    with Audit(werkmap.path / "data/corv.sqlite") as audit:
        reading = audit.messages(Filter())
        found = [next(reading)["id"]]
        werkmap.handle("corv", message("vtMeldingDi01/volledig.xml"))  # the service is not held up
        found += [row["id"] for row in reading]
        assert found == [*sorted(found[:-1], reverse=True), "00000000-0000-4000-8000-000000000001"]
        assert len(found) == 1301
        assert audit.count(Filter(), 2000) == 1302
        assert audit.count(Filter(), 1000) == 1000


def test_no_filter_makes_sqlite_sort_all_that_fits_for_each_page(werkmap: Werkmap) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        for columns in ("functie, kanaal, status, id", "kanaal, zender_organisatie", "berichtcode, id"):  # for other questions
            db.execute(f"CREATE INDEX proef_{columns.partition(',')[0]} ON bericht ({columns})")
    asked: list[str] = []
    filters = [
        Filter(),
        Filter(status="geweigerd"),
        Filter(status=("geweigerd",)),
        Filter(status=("geweigerd", "onleesbaar")),
        Filter(kanaal="corv"),
        Filter(functie="x"),
        Filter(functie="x", kanaal="corv", status="geweigerd"),
        Filter(functie="x", kanaal="corv", berichtcode="x"),
        Filter(zender="x", kanaal="corv"),
        Filter(zender="x", ontvanger="x"),
        Filter(cross_refnummer="x"),
        Filter(besluit="weiger", met_bevindingen=True),
        Filter(vanaf=MONDAY - timedelta(days=9), tot=MONDAY + timedelta(days=9)),
        Filter(vanaf=MONDAY - timedelta(days=9), status=("geaccepteerd",), functie="vtMeldingDi01"),
    ]
    with Audit(werkmap.path / "data/corv.sqlite") as audit:
        audit._db.set_trace_callback(asked.append)
        for filter_ in filters:
            list(audit.messages(filter_))
        audit._db.set_trace_callback(None)
        pages = [query for query in asked if "ORDER BY b.volgnr DESC" in query]
        plans = [" / ".join(row[3] for row in audit._db.execute(f"EXPLAIN QUERY PLAN {query}")) for query in pages]
    assert len(plans) == len(filters)
    assert not [plan for plan in plans if "TEMP B-TREE" in plan]


@pytest.mark.parametrize(
    "filter_",
    [
        Filter(tot=datetime(2019, 12, 1, tzinfo=UTC)),
        Filter(vanaf=datetime(2027, 1, 1, tzinfo=UTC)),
        Filter(vanaf=datetime(2020, 1, 1, 2, tzinfo=UTC), tot=datetime(2020, 1, 1, 2, 5, tzinfo=UTC)),
        Filter(functie="bestaat-niet"),
        Filter(berichtcode="bestaat-niet"),
        Filter(zender="bestaat-niet", kanaal="corv"),
        Filter(ontvanger="bestaat-niet"),
        Filter(status="herrouteerd"),
        Filter(referentienummer="bestaat-niet", kanaal="corv"),
        Filter(cross_refnummer="bestaat-niet"),
        Filter(sleutels=((Sleutelsoort.ZAAKIDENTIFICATIE, "bestaat-niet"),)),
    ],
    ids=lambda filter_: " ".join(name for name, value in vars(filter_).items() if value),
)
def test_what_hardly_anything_fits_is_found_without_walking_past_all(werkmap: Werkmap, filter_: Filter) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    copies(werkmap, 5000)
    steps: list[int] = []
    with Audit(werkmap.path / "data/corv.sqlite") as audit:
        audit._db.set_progress_handler(lambda: steps.append(100), 100)
        found = len(list(audit.messages(filter_)))
        assert audit.count(filter_, 10) == found <= 6
    assert sum(steps) < 2000


# -- forms -------------------------------------------------------------------------------------------------------------


def test_csv_is_what_a_dutch_spreadsheet_wants(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    werkmap.handle("corv", message("Bv04Bericht/volledig.xml"))

    code, out, err = corv("berichten", "--csv", "--kanaal", "corv")

    assert (code, err, out[0]) == (0, "", "\ufeff")
    assert out.count("\r\n") == out.count("\n") == 3
    header, answer, melding = csv.reader(StringIO(out[1:]), delimiter=";")
    assert dict(zip(header, melding, strict=True)) == {
        "kenmerk": "00000000-0000-4000-8000-000000000001",
        "ontvangen_op": "23-11-2026 09:00:00",
        "kanaal": "corv",
        "functie": "vtMeldingDi01",
        "berichtcode": "Di01",
        "zender_organisatie": f"'{POLITIE}",
        "ontvanger_organisatie": f"'{OURS}",
        "referentienummer": "vtm-2026-0001-minimaal",
        "cross_refnummer": "",
        "status": "geaccepteerd",
        "besluit": "accepteer",
        "bestand": "data/archief/2026/11/23/00000000-0000-4000-8000-000000000001.xml",
        "sha256": melding[-1],
    }
    assert answer[header.index("cross_refnummer")] == "'71c0d9e8-f7a6-4b5c-8d3e-2f1a0b9c8d7e"


def test_csv_of_nothing_is_a_header_alone(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.run()
    assert corv("berichten", "--csv")[1].startswith("\ufeffkenmerk;ontvangen_op;kanaal;")
    assert corv("berichten", "--csv")[1].count("\n") == 1


@pytest.mark.parametrize("number", ["=1+1", "+31", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "1-2", "00012", '"; =1+1;"', "'=1"])
def test_a_referentienummer_can_not_be_run_or_changed_by_a_spreadsheet(corv: Corv, werkmap: Werkmap, number: str) -> None:
    content = message("vtMeldingDi01/minimaal.xml").decode().replace("vtm-2026-0001-minimaal", number.replace('"', "&quot;"))
    werkmap.handle("corv", content.encode())

    header, row = csv.reader(StringIO(corv("berichten", "--csv")[1][1:]), delimiter=";")

    assert row[header.index("referentienummer")] == f"'{number}"


@given(st.text())
def test_no_cell_of_a_sender_begins_as_a_formula_number_or_date(text: str) -> None:
    shown = harmless(text)
    assert shown == "" or shown.startswith("'") or shown[0].isalpha()
    assert not [char for char in shown if unicodedata.category(char)[0] == "C"]
    assert (shown == "") is (text == "")


@pytest.mark.parametrize("form", ["--csv", "--json"])
def test_output_for_a_program_is_utf8_whatever_the_terminal_speaks(werkmap: Werkmap, form: str) -> None:
    content = message("vtMeldingDi01/minimaal.xml").decode().replace("vtm-2026-0001-minimaal", "één-€")
    werkmap.handle("corv", content.encode())

    run = subprocess.run(
        [sys.executable, "-m", "corv", "--map", str(werkmap.path), "berichten", form],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=True,
        timeout=30,
    )

    assert "één-€" in run.stdout.decode("utf-8-sig")
    assert run.stdout.startswith(b"\xef\xbb\xbf") is (form == "--csv")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["--csv", "--json"])
def test_a_hundred_thousand_messages_stay_under_100_mb(werkmap: Werkmap, tmp_path: Path, form: str) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    copies(werkmap, 99_999)
    program = (
        "import sys; from corv import cli; code = cli.run(sys.argv[1:]);"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')), file=sys.stderr); sys.exit(code)"
    )
    with (tmp_path / "lijst").open("wb") as file:
        run = subprocess.run(
            [sys.executable, "-c", program, "--map", str(werkmap.path), "berichten", form],
            stdout=file,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
            timeout=50,
        )

    assert (tmp_path / "lijst").read_bytes().count(b"\n") == 100_000 + (form == "--csv")
    assert int(run.stderr.split()[1]) < 100_000  # kB


@pytest.mark.parametrize("command", [["berichten"], ["berichten", "--json"], ["berichten", "--csv", "--vandaag"]])
def test_a_question_does_not_load_what_only_work_needs(werkmap: Werkmap, command: list[str]) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    heavy = {"lxml", "xmlschema", "watchdog", "apscheduler", "filelock", "sqlite_utils", "structlog", "uuid_utils"}
    heavy |= {"rich"} if len(command) > 1 else set()
    program = "import sys; from corv import cli; cli.run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", program, "--map", str(werkmap.path), *command],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )

    assert "corv.audit" in run.stderr.split()
    assert heavy & set(run.stderr.split()) == set()


@pytest.mark.parametrize(
    ("width", "columns"),
    [
        (80, "kenmerk ontvangen kanaal soort status"),
        (130, "kenmerk ontvangen kanaal soort referentienummer status"),
        (170, "kenmerk ontvangen kanaal soort van aan referentienummer status"),
    ],
)
def test_the_table_fits_the_terminal(werkmap: Werkmap, width: int, columns: str) -> None:
    werkmap.handle("eigen", message("vtTerugkoppelingDi01/minimaal.xml"))
    shown = on_a_terminal(width, "-m", "corv", "--map", str(werkmap.path), "berichten")
    header, row, count = re.sub(r"\x1b\[[0-9;]*m", "", shown).split("\r\n")[:3]

    assert header.split() == columns.split()
    assert row.split()[:3] == ["000000000001", "23-11-2026", "09:00"]
    assert row.split()[-1] == "geaccepteerd"
    assert (max(len(header), len(row)), count) <= (width, "1 bericht.")


def test_what_a_sender_wrote_can_not_rewrite_the_screen(corv: Corv, werkmap: Werkmap) -> None:
    content = message("vtMeldingDi01/minimaal.xml").decode().replace("vtm-2026-0001-minimaal", "a&#x9B;2J\u202e[red]b")
    werkmap.handle("corv", content.encode())

    for form in ([], ["--csv"]):
        assert "a\\x9b2J\\u202e[red]b" in corv("berichten", *form)[1]


def test_a_bad_folder_is_told_before_anything_is_printed(corv: Corv, werkmap: Werkmap) -> None:
    Path(werkmap.path / "data/corv.sqlite").unlink()
    code, out, err = corv("berichten", "--csv")
    assert (code, out) == (3, "")
    assert "corv init" in err
