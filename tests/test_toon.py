"""`corv toon`: one screen that tells what came, what was found, decided and written, what happened, and what to do next."""

import ast
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from test_scherm import on_a_terminal

import corv as package
from conftest import BERICHTEN, START, Werkmap, message
from corv import cli
from corv.attention import Aanleiding, open_attention
from corv.cli.tonen import number
from corv.cli.verloop import AANLEIDINGEN, SENTENCES, tell
from corv.cli.vervolg import next_commands
from corv.database import add_event, open_for_writing, transaction
from corv.outcome import Actie, Decision, Status
from corv.outcome_rows import insert_decision

Corv = Callable[..., tuple[int, str, str]]


def change(werkmap: Werkmap, *statements: str, **values: object) -> None:
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        for statement in statements:
            db.execute(statement, values)


def block(screen: str, title: str) -> str:
    """One block of the screen, its lines put together again."""
    found = re.search(rf"^{re.escape(title)}[^\n]*\n(.*?)(?:\n\s*\n|\Z)", screen, re.DOTALL | re.MULTILINE)
    return re.sub(r"\s+", " ", found.group(1)).strip() if found else ""


def plain(screen: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", screen).replace("\r", "")


# -- form --------------------------------------------------------------------------------------------------------------


def test_it_finds_by_part_of_the_id_and_has_the_agreed_form(corv: Corv, werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"), "origineel.xml")

    code, out, err = corv("toon", "--json", row["id"][-8:])

    result = json.loads(out)
    assert (code, err) == (0, "")
    assert list(result)[:5] == ["bericht", "bevindingen", "besluit", "gebeurtenissen", "uitvoer"]
    assert list(result)[5:] == ["besluiten", "verklaring", "aandacht", "verwant", "beoordeeld_door"]
    assert result["bericht"] == {
        **row,
        "bestandsnaam": "origineel.xml",
        "grootte": len(message("vtMeldingDi01/minimaal.xml")),
        "pogingen": 1,
        "zender_applicatie": "Politie-applicatie",
        "zender_administratie": None,
        "ontvanger_applicatie": "VT-applicatie",
        "ontvanger_administratie": None,
        "tijdstip_bericht": "202603011415",
        "hoort_bij": None,
    }
    assert (result["bevindingen"], result["aandacht"]) == ([], [])
    assert result["besluit"] == result["besluiten"][0]
    assert result["besluit"] == {
        "genomen_op": result["besluit"]["genomen_op"],
        "door": "corv",
        "actie": "accepteer",
        "naar": "eigen",
        "regel": "al-het-andere",
        "reden": "Bericht aan onze organisatie: in orde bevonden en bezorgd bij het eigen zaaksysteem.",
        "foutcode": None,
    }
    assert [event["soort"] for event in result["gebeurtenissen"]] == ["ontvangen", "besloten", *["bezorgd"] * 3]
    assert [output["soort"] for output in result["uitvoer"]] == ["Bv03", "Bv01", "bezorging"]
    assert all(output["bezorgd_op"] and output["te_schrijven"] is False for output in result["uitvoer"])
    assert result["verwant"] == {"hoort_bij": None, "hierbij": [], "aantal_hierbij": 0, "aantal_gekoppeld": 0}


@pytest.mark.parametrize(("part", "said"), [("000", "minstens"), ("bestaat-niet", "geen bericht"), ("00000000", "geef meer")])
def test_an_id_that_does_not_fit_says_what_to_do(corv: Corv, werkmap: Werkmap, part: str, said: str) -> None:
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    werkmap.handle("corv", message("vtMeldingDi01/volledig.xml"))

    code, out, err = corv("toon", part)

    assert (code, out) == (2, "")
    assert said in err


def values(rows: list[dict[str, Any]], *names: str) -> list[str]:
    return [str(row[name]) for row in rows for name in names if row[name]]


@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("path", ["vtMeldingDi01/ongeldig-rol.xml", "vtMeldingDi01/aan-ander-vt.xml", "onleesbaar/afgekapt.xml"])
def test_the_screen_fits_and_nothing_is_cut(werkmap: Werkmap, path: str, width: int) -> None:
    row = werkmap.handle("corv", message(path), "een-lange-bestandsnaam-" * 5 + ".xml")
    whole = werkmap.whole(row["id"])

    shown = plain(on_a_terminal(width, "-m", "corv", "--map", str(werkmap.path), "toon", row["id"]))

    wide = [line for line in shown.splitlines() if len(line) > width]
    assert not [line for line in wide if not line.startswith("    corv --map ")]
    joined = re.sub(r"\s", "", shown)
    told = [str(value) for name, value in whole["bericht"].items() if value is not None and not name.endswith(("_op", "grootte"))]
    told += [
        str(finding[name]) for finding in whole["bevindingen"] for name in ("code", "niveau", "pad", "tekst") if finding[name]
    ]
    told += [str(whole["besluit"][name]) for name in ("actie", "regel", "reden", "foutcode", "naar") if whole["besluit"][name]]
    told += [str(output[name]) for output in whole["uitvoer"] for name in ("soort", "kanaal", "bestand")]
    assert len(told) > 15
    assert [text for text in told if re.sub(r"\s", "", text) not in joined] == []


def test_a_file_name_can_not_rewrite_the_screen(corv: Corv, werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"), "a\x1b[2J\n[red]b\u202e.xml")

    _, out, _ = corv("toon", row["id"])

    assert "\x1b" not in out
    assert "a\\x1b[2J\\n[red]b\\u202e.xml" in out


def test_what_a_person_wrote_can_not_rewrite_the_screen_either(corv: Corv, werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/aan-ander-vt.xml"))
    change(werkmap, "UPDATE aandacht SET gesloten_op = geopend_op, door = 'A\x1b[2J', reden = 'b\x07'")
    change(werkmap, "UPDATE besluit SET door = 'A\x1b[3J', reden = '\x1b]0;x\x07'")

    _, out, _ = corv("toon", row["id"])

    assert not [char for char in out if char < " " and char != "\n"]


# -- what came, and where it lies ----------------------------------------------------------------------------------------


def test_what_came_is_told_from_whom_to_whom_when_and_under_which_name(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.now = datetime.fromisoformat("2026-07-01T12:00:00+00:00")
    row = werkmap.handle("corv", message("Bv04Bericht/volledig.xml"), "kwam binnen als.xml")
    size = number(len(message("Bv04Bericht/volledig.xml")))

    assert block(corv("toon", row["id"])[1], "Bericht 0000").split(" sha256 ")[0] == (
        "status geaccepteerd soort Bv04 ontvangen 01-07-2026 14:00:00, kanaal corv "
        "van 00000002999000003000, RvdK-applicatie aan 00000001999000001000, VT-applicatie "
        "referentienummer 0f9e8d7c-6b5a-4a49-b837-261504f3e2d1 crossRefnummer 71c0d9e8-f7a6-4b5c-8d3e-2f1a0b9c8d7e "
        f"tijdstip bericht {row_of(werkmap, row['id'])['tijdstip_bericht']} bestandsnaam kwam binnen als.xml ({size} bytes) "
        f"origineel {row['bestand']}"
    )


def row_of(werkmap: Werkmap, id_: str) -> dict[str, Any]:
    return dict(werkmap.whole(id_)["bericht"])


def test_an_empty_referentienummer_is_shown_as_empty(corv: Corv, werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/leeg-referentienummer.xml"))
    assert "referentienummer (leeg) " in block(corv("toon", row["id"])[1], "Bericht")


def test_it_looks_where_the_original_lies_now(corv: Corv, werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    archived, claimed = werkmap.path / row["bestand"], werkmap.path / f"inbox/corv/.werk/{row['id']}.xml"

    def told() -> str:
        return re.sub(r".* origineel (.*) sha256 .*", r"\1", block(corv("toon", row["id"])[1], "Bericht"))

    assert told() == row["bestand"]
    shutil.move(archived, claimed)
    assert told() == f"{claimed}; gaat nog naar {row['bestand']}"
    change(werkmap, "UPDATE bericht SET bestand = NULL, status = 'ontvangen'")
    assert told() == str(claimed)
    claimed.unlink()
    assert told() == f"niet gevonden; hoort te liggen in {claimed}"
    change(werkmap, "UPDATE bericht SET bestand = 'data/archief/x.xml', status = 'geaccepteerd'")
    assert told() == "niet gevonden; hoort te liggen in data/archief/x.xml"


def test_what_is_no_file_still_lies_in_the_inbox(corv: Corv, werkmap: Werkmap) -> None:
    (werkmap.path / "inbox/corv/map.xml").mkdir()
    werkmap.run()
    (row,) = werkmap.rows()

    shown = corv("toon", row["id"])[1]

    assert "origineel bleef liggen in de inbox: het is geen gewoon bestand" in block(shown, "Bericht")
    assert "wat te doen Haal het uit de inbox, of zet er een gewoon bestand voor neer." in block(shown, "Wat is er gevonden")


# -- found, decided, written -----------------------------------------------------------------------------------------------


def test_a_finding_has_its_place_and_what_to_do_once_for_all_of_a_kind(corv: Corv, werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/ongeldig-rol.xml"))
    change(
        werkmap,
        *(
            f"INSERT INTO bevinding SELECT bericht, {values} FROM bevinding WHERE nr = 1"
            for values in (
                "2, code, niveau, '/JZ:twee', NULL, 'Nog iets.'",
                "3, code, 'waarschuwing', NULL, 9, 'Let op.'",
                "4, 'van-later', niveau, NULL, NULL, 'Toekomst.'",
            )
        ),
    )
    (first, *_) = werkmap.whole(row["id"])["bevindingen"]

    assert block(corv("toon", row["id"])[1], "Wat is er gevonden") == (
        f"fout StUF055, regel {first['regel']} {first['tekst']} {first['pad']} fout StUF055 Nog iets. /JZ:twee wat te doen "
        "Wie het bericht maakte, moet dit verbeteren en het met een nieuw referentienummer sturen. "
        "Een melding handelt u toch af. waarschuwing StUF055, regel 9 Let op. wat te doen "
        "U hoeft niets te doen: het bericht is toch doorgegeven. "
        "fout van-later Toekomst."
    )


def test_every_decision_is_told_newest_first_with_who_and_why(corv: Corv, werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/aan-ander-vt.xml"))
    id_, later = UUID(row["id"]), START + timedelta(hours=3)
    with closing(open_for_writing(werkmap.path / "data/corv.sqlite")) as db, transaction(db) as connection:
        decision = Decision(
            Status.GEWEIGERD, Actie.WEIGER, "Gebeld: hoort bij Twente.", "besluit-van-een-mens", foutcode="StUF055"
        )
        insert_decision(connection, id_, decision, "Anja", later)
        closed = ("Anja", "Gebeld: hoort bij Twente.", later.isoformat())
        connection.execute("UPDATE aandacht SET door = ?, reden = ?, gesloten_op = ?", closed)
        open_attention(connection, id_, Aanleiding.FOUT_OP_ANTWOORD, later + timedelta(hours=1))

    shown = corv("toon", row["id"])[1]

    assert block(shown, "Wat is besloten") == (
        "weiger Gebeld: hoort bij Twente. door Anja op 23-11-2026 12:00:00, regel besluit-van-een-mens, foutcode StUF055 "
        "beoordeel Het bericht is bij ons bezorgd, maar gericht aan een ander Veilig Thuis. De adressen van de minderjarigen "
        "liggen in VT19 (Veilig Thuis Twente). Een medewerker moet beslissen. "
        "door corv zelf op 23-11-2026 09:00:00, regel gericht-aan-ander, voorstel VT19"
    )
    assert block(shown, "Aandacht") == (
        "open sinds 23-11-2026 13:00:00: er kwam een fout terug op een antwoord van ons "
        "afgehandeld door Anja op 23-11-2026 12:00:00. Reden: Gebeld: hoort bij Twente. "
        "sinds 23-11-2026 09:00:00: een mens moet beslissen"
    )
    assert "vraagt aandacht van een mens" in block(shown, "Bericht")
    decisions = json.loads(corv("toon", row["id"], "--json")[1])["besluiten"]
    assert [(one["door"], one["actie"]) for one in decisions] == [("Anja", "weiger"), ("corv", "beoordeel")]


def test_what_needs_nobody_has_no_such_blocks(corv: Corv, werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    shown = corv("toon", row["id"])[1]
    assert [
        title for title in ("Wat is er gevonden", "Aandacht", "Waar hoort het bij", "vraagt aandacht") if title in shown
    ] == []


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ("te_schrijven = 1, bezorgd_op = NULL", "wordt geschreven zodra de service of corv verwerk draait"),
        ("bezorgd_op = NULL", "klaargezet op 23-11-2026 09:00:00, wacht op bezorging"),
        ("opgehaald_op = NULL", "bezorgd op 23-11-2026 10:00:00, nog niet opgehaald"),
        ("opgehaald_op = ''", "bezorgd op 23-11-2026 10:00:00, niet bekend wanneer opgehaald"),
        (
            "opgehaald_op = '2026-11-23T09:30:00+00:00'",
            "bezorgd op 23-11-2026 10:00:00, opgehaald vóór 23-11-2026 10:30:00",
        ),
    ],
)
def test_the_fate_of_a_file(corv: Corv, werkmap: Werkmap, columns: str, told: str) -> None:
    row = werkmap.handle("eigen", message("vtoDi01/minimaal.xml"))
    change(werkmap, "UPDATE uitvoer SET bezorgd_op = '2026-11-23T09:00:00+00:00'", f"UPDATE uitvoer SET {columns}")

    assert (
        block(corv("toon", row["id"])[1], "Wat is er geschreven") == f"bezorging outbox van corv; {told} {row['id']}-vtoDi01.xml"
    )


def test_what_belongs_together_is_told_from_both_sides(corv: Corv, werkmap: Werkmap) -> None:
    sent = werkmap.handle("eigen", message("vtoDi01/minimaal.xml"))
    fault = werkmap.handle("corv", message("Fo01Bericht/op-vto.xml"))

    assert block(corv("toon", sent["id"])[1], "Waar hoort het bij") == (
        "hierbij hoort 000000000002 Fo01, geaccepteerd, ontvangen 23-11-2026 09:00:00 via corv"
    )
    assert block(corv("toon", fault["id"])[1], "Waar hoort het bij") == (
        "hoort bij 000000000001 vtoDi01, beantwoord_met_fout, ontvangen 23-11-2026 09:00:00 via eigen"
    )


def test_of_many_relatives_the_first_are_named_and_the_rest_counted(corv: Corv, werkmap: Werkmap) -> None:
    first = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    columns = "kanaal, bestandsnaam, grootte, ontvangen_op, antwoord_tijdstip, status, hoort_bij"
    change(
        werkmap,
        "WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 1255) "
        f"INSERT INTO bericht (id, {columns}) SELECT printf('x-%012d', i), {columns} FROM n, bericht WHERE volgnr = 2",
    )

    told = block(corv("toon", first["id"])[1], "Waar hoort het bij")

    assert re.findall(r"hierbij hoort (\d+)", told) == [f"{nr:012}" for nr in range(2, 22)]
    assert told.endswith("en nog 1.234; zie corv keten")


def test_ties_by_hand_are_counted_and_a_tie_that_was_undone_is_not(corv: Corv, werkmap: Werkmap) -> None:
    ids = [
        werkmap.handle("corv", message(f"vtMeldingDi01/{name}.xml"))["id"] for name in ("minimaal", "volledig", "soap", "utf16")
    ]
    ties = [(0, 1, 1), (2, 0, 1), (3, 0, 1), (0, 3, 0), (1, 2, 1)]
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        db.executemany(
            "INSERT INTO koppeling (een, ander, vast, door, reden, op) VALUES (?, ?, ?, 'Anja', 'hoort erbij', '2026')",
            [(ids[een], ids[ander], vast) for een, ander, vast in ties],
        )

    told = [block(corv("toon", id_)[1], "Waar hoort het bij") for id_ in ids]

    two = "met de hand gekoppeld aan 2 berichten; zie corv keten"
    assert told == [two, two, two, ""]


# -- what happened -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("soort", "gegevens", "told"),
    [
        ("ontvangen", {"kanaal": "corv", "sha256": "ab", "grootte": 12345}, "ontvangen via corv, 12.345 bytes"),
        (
            "besloten",
            {"status": "geweigerd", "actie": "weiger", "regel": "functie", "foutcode": "StUF037", "bevindingen": ["x"]},
            "besloten: weiger, dus geweigerd (regel functie, foutcode StUF037)",
        ),
        (
            "besloten",
            {"status": "geaccepteerd", "actie": "accepteer", "regel": "r", "foutcode": None, "door": "Anja", "reden": "Van ons."},
            "besloten: accepteer, dus geaccepteerd (regel r), door Anja. Reden: Van ons.",
        ),
        ("bezorgd", {"soort": "Bv03", "kanaal": "corv", "bestand": "x"}, "Bv03 bezorgd in de outbox van corv"),
        ("opgehaald", {"soort": "Bv03", "kanaal": "corv", "bestand": "x"}, "Bv03 opgehaald uit de outbox van corv"),
        ("aandacht", {"aanleiding": "te_beoordelen", "door_bericht": None}, "vraagt aandacht: een mens moet beslissen"),
        (
            "aandacht",
            {"aanleiding": "fout_op_antwoord", "door_bericht": "0-0-4000-8000-000000000009"},
            "vraagt aandacht: er kwam een fout terug op een antwoord van ons (bericht 000000000009)",
        ),
        ("aandacht", {"aanleiding": "nieuw_woord"}, "vraagt aandacht: nieuw_woord"),
        ("afgehandeld", {"door": "Anja", "reden": "Gebeld."}, "aandacht afgehandeld, door Anja. Reden: Gebeld."),
        (
            "beantwoord",
            {"status": "beantwoord_met_fout", "door_bericht": "0-0-4000-8000-000000000009"},
            "er kwam een foutbericht op terug (000000000009); nu beantwoord_met_fout",
        ),
        (
            "opdracht",
            {"soort": "Bv01", "kanaal": "corv", "bestand": "x", "door": "Anja", "reden": "Kwijt."},
            "Bv01 moet nog eens worden bezorgd, door Anja. Reden: Kwijt.",
        ),
        (
            "gekoppeld",
            {"door": "Anja", "reden": "Zelfde zaak.", "ander": "0-0-4000-8000-000000000009", "hoort_bij": None},
            "met de hand gekoppeld aan bericht 000000000009, door Anja. Reden: Zelfde zaak.",
        ),
        (
            "losgekoppeld",
            {"door": "Anja", "reden": "Vergissing.", "ander": "0-0-4000-8000-000000000009", "status": "geaccepteerd"},
            "met de hand losgemaakt van bericht 000000000009; nu geaccepteerd, door Anja. Reden: Vergissing.",
        ),
        ("hersteld", {"uit": "data/archief/x.xml", "uitvoer": {}}, "opnieuw vastgelegd bij een herstel, uit data/archief/x.xml"),
        ("hersteld", {"uit": None, "uitvoer": {}}, "opnieuw vastgelegd bij een herstel"),
        (
            "van_later",
            {"iets": "anders", "aantal": 2, "niets": None, "sha256": "ab", "lijst": [1]},
            "van_later: iets anders, aantal 2",
        ),
        ("van_later", {}, "van_later"),
    ],
)
def test_an_event_is_a_sentence(soort: str, gegevens: dict[str, Any], told: str) -> None:
    assert tell(soort, gegevens) == told


@pytest.mark.parametrize("soort", SENTENCES)
def test_an_event_without_its_facts_is_still_shown(soort: str) -> None:
    assert tell(soort, {})


def test_every_kind_of_event_and_every_cause_for_attention_has_its_words() -> None:
    calls = [
        call
        for path in Path(package.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "add_event"
    ]
    about_a_message = [call for call in calls if not isinstance(call.args[1], ast.Constant)]  # None: about no message
    kinds = {call.args[3].value for call in about_a_message if isinstance(call.args[3], ast.Constant)}
    assert {"ontvangen", "besloten", "bezorgd", "aandacht", "afgehandeld", "beantwoord"} <= kinds
    assert kinds <= set(SENTENCES)
    assert set(AANLEIDINGEN) == set(Aanleiding)


def test_every_event_is_shown_in_order_of_time(corv: Corv, werkmap: Werkmap) -> None:
    row = werkmap.handle("eigen", message("vtoDi01/minimaal.xml"))
    with closing(open_for_writing(werkmap.path / "data/corv.sqlite")) as db, transaction(db) as connection:
        add_event(connection, UUID(row["id"]), START + timedelta(days=1), "van_later", {"iets": "[red]anders\x1b"})

    assert block(corv("toon", row["id"])[1], "Wat er gebeurde") == (
        f"23-11-2026 09:00:00 ontvangen via eigen, {number(len(message('vtoDi01/minimaal.xml')))} bytes "
        "23-11-2026 09:00:00 besloten: accepteer, dus geaccepteerd (regel van-ons) "
        "23-11-2026 09:00:00 bezorging bezorgd in de outbox van corv "
        "24-11-2026 09:00:00 van_later: iets [red]anders\\x1b"
    )


# -- what next ---------------------------------------------------------------------------------------------------------------


def state(status: str = "geaccepteerd", **changes: Any) -> dict[str, Any]:
    """The part of a message that decides what may be done with it."""
    return {
        "bericht": {
            "id": "00000000-0000-4000-8000-7f3c9a12b4d0",
            "status": status,
            "functie": changes.pop("functie", "vtMeldingDi01"),
            "berichtcode": None,
            "hoort_bij": changes.pop("hoort_bij", None),
        },
        "bevindingen": [{"code": code} for code in changes.pop("codes", [])],
        "aandacht": [
            {"gesloten_op": moment, "aanleiding": changes.get("aanleiding", status)} for moment in changes.pop("aandacht", [])
        ],
        "besluit": {"naar": changes.pop("naar", None)},
        "uitvoer": [
            {"soort": soort, "bezorgd_op": bezorgd_op, "opgehaald_op": opgehaald_op}
            for soort, bezorgd_op, opgehaald_op in changes.pop("uitvoer", [])
        ],
        "verwant": {"aantal_gekoppeld": changes.pop("gekoppeld", 0)},
        **changes,
    }


ACCEPT, REFUSE = 'beslis 7f3c9a12b4d0 --accepteer --reden "..."', 'beslis 7f3c9a12b4d0 --weiger --reden "..."'
DONE, CHAIN = 'beslis 7f3c9a12b4d0 --afgehandeld --reden "..."', "keten 7f3c9a12b4d0"
FORWARD = 'beslis 7f3c9a12b4d0 --herrouteer CODE --reden "..."'
TIE = 'koppel 7f3c9a12b4d0 KENMERK-VAN-DE-VRAAG --reden "..."'


@pytest.mark.parametrize(
    ("message", "commands"),
    [
        (state(), [CHAIN]),
        (state("te_beoordelen", aandacht=[None]), [ACCEPT, FORWARD, REFUSE, CHAIN]),
        (
            state("te_beoordelen", aandacht=[None], naar="VT19"),
            [ACCEPT, FORWARD.replace("CODE", "VT19"), REFUSE, CHAIN],
        ),
        (state("te_beoordelen", functie="notificatieDi01", aandacht=[None]), [ACCEPT, REFUSE, CHAIN]),
        (
            state("herrouteerd", aandacht=[None], aanleiding="doorsturing_stil", naar="VT19"),
            [ACCEPT, FORWARD, REFUSE, DONE, CHAIN],
        ),
        (state("geweigerd", aandacht=[None]), [DONE, CHAIN]),
        (state("beantwoord_met_fout", aandacht=[None, "2026"]), [DONE, CHAIN]),
        (state("geweigerd", aandacht=["2026"]), [CHAIN]),
        (state(codes=["antwoord-zonder-vraag"]), [TIE, CHAIN]),
        (state(codes=["antwoord-zonder-vraag"], gekoppeld=1), [CHAIN]),
        (state(codes=["antwoord-zonder-vraag"], hoort_bij="x"), [CHAIN]),
        (state("te_beoordelen", functie=None, aandacht=[None]), [REFUSE, CHAIN]),
        (state(uitvoer=[("Bv03", "2026", "2026")]), ['bezorg 7f3c9a12b4d0 --opnieuw --reden "..."', CHAIN]),
        (state(uitvoer=[("Bv03", "2026", "")]), ['bezorg 7f3c9a12b4d0 --opnieuw --reden "..."', CHAIN]),
        (
            state(uitvoer=[("Bv03", "2026", "2026"), ("bezorging", "2026", "2026")]),
            ['bezorg 7f3c9a12b4d0 --soort bezorging --opnieuw --reden "..."', CHAIN],
        ),
        (
            state(uitvoer=[("Bv03", "2026", "2026"), ("bezorging", "2026", None)]),
            ['bezorg 7f3c9a12b4d0 --soort Bv03 --opnieuw --reden "..."', CHAIN],
        ),
        (state(uitvoer=[("Bv03", None, None), ("Bv01", "2026", None)]), [CHAIN]),
    ],
)
def test_the_next_commands_fit_the_state(message: dict[str, Any], commands: list[str]) -> None:
    assert [command for _, command in next_commands(message)] == commands


def test_every_command_on_offer_exists() -> None:
    everything = state("te_beoordelen", codes=["antwoord-zonder-vraag"], uitvoer=[("Bv03", "2026", "2026")])
    offered = [
        command.split()[0] for one in (everything, state("geweigerd", aandacht=[None])) for _, command in next_commands(one)
    ]
    assert {"beslis", "koppel", "bezorg", "keten"} == set(offered)
    assert set(offered) <= set(cli.COMMANDS)


def test_a_command_on_offer_can_be_copied_whole(corv: Corv, werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/aan-ander-vt.xml"))

    assert f'\n    corv --map {werkmap.path} beslis 000000000001 --accepteer --reden "..."\n' in corv("toon", row["id"])[1]

    monkeypatch.setenv("CORV_MAP", str(werkmap.path))
    shown = on_a_terminal(80, "-m", "corv", "toon", row["id"]).replace("\r", "")
    assert '\n    corv beslis 000000000001 --accepteer --reden "..."\n' in shown


def test_every_sample_can_be_shown(corv: Corv, werkmap: Werkmap) -> None:
    for nr, path in enumerate(sorted(BERICHTEN.glob("*/*.xml"))):
        werkmap.drop("corv" if nr % 2 else "eigen", f"{nr}.xml", path.read_bytes())
    werkmap.run()

    for row in werkmap.rows():
        code, out, err = corv("toon", row["id"])
        assert (code, err) == (0, "")
        assert row["status"] in block(out, f"Bericht {row['id']}")
        assert ("wat te doen" in out) is bool(werkmap.whole(row["id"])["bevindingen"])
