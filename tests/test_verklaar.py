"""`corv verklaar`: what would become of a file and why, nothing changed; and `corv toon` on why it was decided so then."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from meldingen import POLITIE, melding

from conftest import BERICHTEN, GEMEENTE, OURS, TWENTE, Werkmap, message
from corv import judging
from corv.database import LAST_MADE
from corv.herregels import Poging
from corv.routing import FAILED, ROUTES, tried
from corv.schemas import KOPPELVLAK, own_sha256

Corv = Callable[..., tuple[int, str, str]]

BIJ_ONS = {"rol": "jeugdige", "feitelijk": ("3511AB", "Utrecht")}
IN_TWENTE = {"rol": "jeugdige", "feitelijk": ("7511AB", "Enschede")}
VERWEGISTAN = {"rol": "jeugdige", "feitelijk": ("7511AB", "Utrecht")}
NAMES = [route.naam for route in ROUTES]


def put(werkmap: Werkmap, content: bytes, name: str = "melding.xml") -> str:
    """A file that lies outside every inbox."""
    path = werkmap.path.parent / name
    path.write_bytes(content)
    return str(path)


def told(corv: Corv, *args: str) -> dict[str, Any]:
    code, out, err = corv("verklaar", "--json", *args)
    assert code in {0, 1}, err
    answer: dict[str, Any] = json.loads(out)
    return answer


def everything(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of what is in it."""
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def block(screen: str, title: str) -> str:
    """One block of the screen, its lines put together again."""
    found = re.search(rf"^{re.escape(title)}[^\n]*\n(.*?)(?:\n\s*\n|\Z)", screen, re.DOTALL | re.MULTILINE)
    return re.sub(r"\s+", " ", found.group(1)).strip() if found else ""


# -- the form of the answer ------------------------------------------------------------------------------------------------


def test_it_gives_what_controleer_gives_and_what_would_be_decided_and_why(corv: Corv, twente: Werkmap) -> None:
    file = put(twente, melding([IN_TWENTE]))
    checked = json.loads(corv("controleer", "--json", file)[1])

    answer = told(corv, file)

    assert {name: answer[name] for name in checked} == checked
    assert list(answer) == [*checked, "werkgebied", "regels", "regelbestand", "tabellen", "besluit", "uitvoer"]
    (bewijs,) = answer["werkgebied"].pop("bewijs")
    assert answer["werkgebied"] == {
        "uitkomst": "ander",
        "vt": "VT19",
        "zekerheid": "hoog",
        "waarom": "De adressen van de minderjarigen liggen in VT19 (Veilig Thuis Twente).",
    }
    assert (bewijs["wie"], bewijs["vts"], bewijs["telt"]) == ("persoon 1 (jeugdige)", ["VT19"], True)
    assert [(regel["naam"], regel["past"]) for regel in answer["regels"]] == [
        *((name, False) for name in NAMES[:-1]),
        ("herroutering", True),
        ("gericht-aan-ander", False),
        ("melding-van-veilig-thuis", False),
        ("zeker-voor-ander", True),
    ]
    assert all(regel["waarom"] for regel in answer["regels"])
    assert answer["besluit"] == {
        "status": "herrouteerd",
        "actie": "herrouteer",
        "naar": "VT19",
        "regel": "zeker-voor-ander",
        "reden": answer["besluit"]["reden"],
        "foutcode": None,
        "eerste": None,
    }
    assert "Veilig Thuis Twente (VT19)" in answer["besluit"]["reden"]
    assert answer["uitvoer"] == [
        {"soort": "Bv03", "kanaal": "corv"},
        {"soort": "Bv01", "kanaal": "corv"},
        {"soort": "terugkoppeling", "kanaal": "corv"},
        {"soort": "doorsturing", "kanaal": "corv"},
        {"soort": "toelichting", "kanaal": "eigen"},
        {"soort": "aandacht", "kanaal": "eigen"},
    ]


def test_a_file_in_an_inbox_comes_by_that_channel_unless_another_is_named(corv: Corv, werkmap: Werkmap) -> None:
    from_outside = message("vtMeldingDi01/minimaal.xml")
    lies = {kanaal: str(werkmap.drop(kanaal, "melding.xml", from_outside)) for kanaal in ("corv", "eigen")}
    link = werkmap.path.parent / "koppeling"
    link.symlink_to(werkmap.path / "inbox/eigen")

    def rule(*args: str) -> str:
        return str(told(corv, *args)["besluit"]["regel"])

    elsewhere = put(werkmap, from_outside)
    assert rule(lies["corv"]) == rule(elsewhere) == rule("--kanaal", "corv", lies["eigen"])
    assert rule(lies["eigen"]) == rule(str(link / "melding.xml")) == rule("--kanaal", "eigen", elsewhere) == "zender-onbekend"
    assert rule(lies["corv"]) != rule(lies["eigen"])


@pytest.mark.parametrize(
    ("content", "kanaal", "code", "status", "regel", "werkgebied"),
    [
        (melding([BIJ_ONS]), "corv", 0, "geaccepteerd", "al-het-andere", "eigen"),
        (melding([VERWEGISTAN]), "corv", 1, "te_beoordelen", "meer-werkgebieden", "meerdere"),
        (melding([IN_TWENTE], ontvanger="00000009999999999999"), "corv", 1, "geweigerd", "ontvanger-onbekend", "ander"),
        (message("vtMeldingDi01/ongeldig-rol.xml"), "corv", 1, "geweigerd", "niet-volgens-schema", "eigen"),
        (message("onleesbaar/afgekapt.xml"), "corv", 1, "onleesbaar", "onleesbaar", None),
        (message("Bv03Bericht/op-vto.xml"), "corv", 0, "geaccepteerd", "ontvangstbevestiging", None),
        (message("vtTerugkoppelingDi01/minimaal.xml"), "eigen", 0, "geaccepteerd", "van-ons", None),
    ],
)
def test_the_exit_code_says_whether_a_person_is_needed(
    corv: Corv, werkmap: Werkmap, content: bytes, kanaal: str, code: int, status: str, regel: str, werkgebied: str | None
) -> None:
    file = put(werkmap, content)

    assert corv("verklaar", "--kanaal", kanaal, file)[0] == code

    answer = told(corv, "--kanaal", kanaal, file)
    seen = answer["werkgebied"]
    assert (answer["besluit"]["status"], answer["besluit"]["regel"]) == (status, regel)
    assert (seen and seen["uitkomst"]) == werkgebied
    decided = [(one["naam"], one["past"]) for one in answer["regels"] if one["past"]]
    assert decided == ([("herroutering", True), (regel, True)] if regel not in NAMES else [(regel, True)])
    assert [one["naam"] for one in answer["regels"]][: len(NAMES)] == NAMES[: len(answer["regels"])]


def test_of_several_files_each_is_explained_and_one_bad_one_counts(corv: Corv, werkmap: Werkmap) -> None:
    good, bad = put(werkmap, melding([BIJ_ONS])), put(werkmap, b"geen xml", "slecht.xml")

    code, out, _ = corv("verklaar", "--json", good, bad, good)

    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [answer["bestand"] for answer in answers] == [good, bad, good]
    assert [answer["besluit"]["status"] for answer in answers] == ["geaccepteerd", "onleesbaar", "geaccepteerd"]


def test_a_file_over_the_size_limit_is_explained_and_not_read(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.configure("grootste_bestand_mib = 64", "grootste_bestand_mib = 1")
    file = put(werkmap, melding([BIJ_ONS]) + b" " * 1024 * 1024)

    answer = told(corv, file)

    assert (answer["welgevormd"], answer["schema_geldig"], answer["functie"]) == (False, None, None)
    assert [finding["code"] for finding in answer["bevindingen"]] == ["bestand-te-groot"]
    assert answer["besluit"]["actie"] == "zet apart"


# -- it knows what a pass would know, and changes nothing ------------------------------------------------------------------


def test_it_knows_what_came_before(corv: Corv, werkmap: Werkmap) -> None:
    file = put(werkmap, melding([BIJ_ONS]))
    assert told(corv, file)["besluit"]["regel"] == "al-het-andere"
    werkmap.handle("corv", melding([BIJ_ONS]))

    answer = told(corv, file)

    assert (answer["besluit"]["status"], answer["besluit"]["regel"]) == ("herhaald", "eerder-ontvangen")
    assert [output["soort"] for output in answer["uitvoer"]] == ["Bv03", "Bv01"]
    assert told(corv, put(werkmap, melding([IN_TWENTE])))["besluit"]["foutcode"] == "StUF016"


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (melding([BIJ_ONS]), "geaccepteerd", 0),
        (melding([IN_TWENTE]), "herrouteerd", 0),
        (melding([VERWEGISTAN]), "te_beoordelen", 1),
        (message("vtMeldingDi01/ongeldig-rol.xml"), "geweigerd", 1),
    ],
)
def test_a_repeat_is_as_good_as_the_first_was(corv: Corv, twente: Werkmap, content: bytes, status: str, code: int) -> None:
    first = twente.handle("corv", content)
    file = put(twente, content)

    answer = told(corv, file)

    assert (first["status"], answer["besluit"]["status"]) == (status, "herhaald")
    assert answer["besluit"]["eerste"] == {"kenmerk": first["id"], "status": status}
    exit_code, screen, _ = corv("verklaar", file)
    assert exit_code == code
    assert f"Het eerste is {first['id']}, met status {status}." in block(screen, "Wat er zou worden besloten")


def test_a_repeat_of_what_a_person_accepted_is_good(corv: Corv, werkmap: Werkmap) -> None:
    first = werkmap.handle("corv", melding([VERWEGISTAN]))
    assert corv("beslis", first["id"], "--accepteer", "--reden", "Van ons", "--door", "jan")[0] == 0

    assert corv("verklaar", put(werkmap, melding([VERWEGISTAN])))[0] == 0


def test_nothing_changes(corv: Corv, twente: Werkmap) -> None:
    twente.handle("corv", melding([BIJ_ONS]))
    file = put(twente, melding([IN_TWENTE], referentienummer="nieuw"))
    before = everything(twente.path)

    assert corv("verklaar", file)[0] == 0

    assert everything(twente.path) == before


def test_it_works_before_there_is_a_database(corv: Corv, werkmap: Werkmap) -> None:
    database = werkmap.path / "data/corv.sqlite"
    database.unlink()

    assert told(corv, put(werkmap, melding([BIJ_ONS])))["besluit"]["actie"] == "accepteer"
    assert not database.exists()


def test_a_database_of_an_earlier_version_is_not_taken_for_an_empty_one(corv: Corv, werkmap: Werkmap) -> None:
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        db.execute(f"DROP INDEX {LAST_MADE}")

    code, out, err = corv("verklaar", put(werkmap, melding([BIJ_ONS])))

    assert (code, out) == (3, "")
    assert "oudere versie" in err


@pytest.mark.parametrize(("zender", "regel"), [(POLITIE, "al-het-andere"), (OURS, "van-ons"), (GEMEENTE, "van-ons")])
def test_what_one_of_ours_sends_comes_from_our_own_side(corv: Corv, werkmap: Werkmap, zender: str, regel: str) -> None:
    assert told(corv, put(werkmap, melding([BIJ_ONS], zender=zender)))["besluit"]["regel"] == regel


def test_the_channel_may_be_given(corv: Corv, werkmap: Werkmap) -> None:
    file = put(werkmap, melding([BIJ_ONS], zender=POLITIE))

    assert told(corv, "--kanaal", "eigen", file)["besluit"]["regel"] == "zender-onbekend"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [(f'oins = ["{OURS}"]', "oins = []", "oins is nog leeg"), ("stil_s = 0", "stil_s = 'lang'", "stil_s")],
)
def test_with_a_configuration_by_which_nothing_is_handled_nothing_is_told(
    corv: Corv, werkmap: Werkmap, old: str, new: str, said: str
) -> None:
    file = put(werkmap, melding([BIJ_ONS]))
    werkmap.configure(old, new)

    code, out, err = corv("verklaar", "--json", file)

    assert (code, out) == (2, "")
    assert said in err


def test_a_failure_of_our_own_code_is_told_as_it_would_be_recorded(
    corv: Corv, werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Dummyhuis")

    monkeypatch.setattr(judging, "decide", fail)

    code, out, err = corv("verklaar", "--json", put(werkmap, melding([BIJ_ONS])))

    answer = json.loads(out)
    assert (code, answer["besluit"]["regel"], answer["besluit"]["foutcode"]) == (1, FAILED, "StUF058")
    assert answer["regels"] == [{"naam": FAILED, "past": True, "waarom": answer["besluit"]["reden"]}]
    assert "Dummyhuis" not in out + err


# -- the rules that were tried ---------------------------------------------------------------------------------------------


def test_every_route_but_the_last_says_why_it_did_not_apply() -> None:
    assert [route.naam for route in ROUTES if not route.anders] == ["herroutering"]
    assert len({route.anders for route in ROUTES}) == len(ROUTES)


def test_the_first_route_is_tried_alone_and_no_rule_at_all_comes_after_all_routes() -> None:
    assert tried("onleesbaar", "Zomaar.") == (Poging("onleesbaar", past=True, waarom="Zomaar."),)

    tries = tried("geen-regel", "Zomaar.", (Poging("een", past=False, waarom="nee"),))

    assert [poging.naam for poging in tries] == [*NAMES, "een"]
    assert [poging.naam for poging in tries if poging.past] == ["herroutering"]


# -- for a person ----------------------------------------------------------------------------------------------------------


def test_the_screen_tells_all_of_it(corv: Corv, twente: Werkmap) -> None:
    file = put(twente, melding([IN_TWENTE, {"rol": "melder", "formeel": ("3511AB", "Utrecht")}]))

    code, out, err = corv("verklaar", file)

    assert (code, err) == (0, "")
    assert out.startswith(f"goed {file} (vtMeldingDi01)\n")
    said = block(out, "Wat de adressen zeggen")
    assert said.startswith("werkgebied ander: VT19, zekerheid hoog De adressen van de minderjarigen liggen in VT19")
    assert "telt mee persoon 1 (jeugdige), feitelijk: VT19 " in said
    assert "telt niet mee persoon 2 (melder), formeel: VT20 " in said
    assert "de rol melder zegt niets over waar het kind woont" in said
    assert "(postcode VT20; woonplaats VT20; zekerheid middel)" in said
    tries = block(out, "Welke regels zijn geprobeerd")
    assert tries.startswith("past niet onleesbaar: Het bestand is te lezen als StUF-bericht. past niet stuf-versie: ")
    assert "past herroutering: Geen vaste regel past" in tries
    assert tries.rpartition("past ")[2].startswith("zeker-voor-ander: ")
    decided = block(out, "Wat er zou worden besloten")
    assert decided.startswith("herrouteer ")
    assert "regel zeker-voor-ander, naar VT19 status herrouteerd regelbestand " in decided
    assert block(out, "Wat er zou worden geschreven") == (
        "Bv03 outbox van corv Bv01 outbox van corv terugkoppeling outbox van corv doorsturing outbox van corv "
        "toelichting outbox van eigen, map aandacht aandacht outbox van eigen, map aandacht"
    )


@pytest.mark.parametrize(
    "content",
    [
        melding([BIJ_ONS]),
        melding([IN_TWENTE]),
        melding([IN_TWENTE], ontvanger="00000009999999999999"),
        message("vtMeldingDi01/ongeldig-rol.xml"),
        message("onleesbaar/afgekapt.xml"),
        message("Bv03Bericht/op-vto.xml"),
    ],
)
def test_toon_tells_every_rule_that_was_tried_as_verklaar_does(corv: Corv, twente: Werkmap, content: bytes) -> None:
    foretold = block(corv("verklaar", "--kanaal", "corv", put(twente, content))[1], "Welke regels zijn geprobeerd")
    id_ = twente.handle("corv", content)["id"]

    assert foretold
    assert foretold in block(corv("toon", id_)[1], "Waarom")


def test_toon_tells_what_corv_tried_and_not_what_a_person_decided(corv: Corv, werkmap: Werkmap) -> None:
    foretold = block(corv("verklaar", put(werkmap, melding([VERWEGISTAN])))[1], "Welke regels zijn geprobeerd")
    id_ = werkmap.handle("corv", melding([VERWEGISTAN]))["id"]
    assert corv("beslis", id_, "--accepteer", "--reden", "Van ons", "--door", "jan")[0] == 0

    assert foretold in block(corv("toon", id_)[1], "Waarom")


def test_without_addresses_or_files_to_write_the_screen_says_so(corv: Corv) -> None:
    _, out, _ = corv("verklaar", str(BERICHTEN / "Bv03Bericht/op-vto.xml"))

    assert "Wat de adressen zeggen" not in out
    assert "regelbestand" not in out
    assert block(out, "Wat er zou worden geschreven") == "niets Dit bericht krijgt geen antwoord en gaat nergens heen."


def test_nothing_of_a_person_is_shown(corv: Corv, twente: Werkmap) -> None:
    persons = [{**IN_TWENTE, "geboren": "20150214"}, {"rol": "melder", "formeel": ("3511AB", "Utrecht")}]
    file = put(twente, melding(persons, locatie="Achter de Gulden Snede in Zeist"))
    secret = ("Enschede", "7511", "3511", "20150214", "Verzonnenlaan", "Zeist", "Gulden", "Dummy", "9999")

    shown = [corv("verklaar", *flag, file) for flag in ((), ("--json",))]
    twente.handle("corv", Path(file).read_bytes())
    shown.append(corv("toon", twente.rows()[0]["id"]))

    screens = [re.sub(rf"{OURS}|{POLITIE}|{TWENTE}", "", out + err).replace(file, "") for _, out, err in shown]
    assert all("VT19" in screen for screen in screens)
    assert [word for screen in screens for word in secret if word in screen] == []


# -- what was recorded -----------------------------------------------------------------------------------------------------


def test_toon_tells_why_as_it_was_recorded_then(corv: Corv, twente: Werkmap) -> None:
    expected = told(corv, put(twente, melding([IN_TWENTE])))
    row = twente.handle("corv", melding([IN_TWENTE]))
    twente.configure('naam = "zeker-voor-ander"', 'naam = "heel-zeker-voor-ander"', "herroutering.toml")

    why = block(corv("toon", row["id"])[1], "Waarom")
    recorded = json.loads(corv("toon", "--json", row["id"])[1])["verklaring"]

    rules = [regel for regel in expected["regels"] if regel["naam"] not in NAMES]
    assert recorded == {**{name: expected[name] for name in ("werkgebied", "regelbestand", "tabellen")}, "regels": rules}
    assert why.startswith("werkgebied ander: VT19, zekerheid hoog De adressen van de minderjarigen")
    assert "telt mee persoon 1 (jeugdige), feitelijk: VT19" in why
    assert "past zeker-voor-ander: alle voorwaarden kloppen" in why
    schema = f"schema eigen, koppelvlak {KOPPELVLAK}, SHA-256 {own_sha256()[:12]}"
    assert why.endswith(f"regelbestand {expected['regelbestand'][:12]} tabellen {expected['tabellen']} {schema}")
    assert "past niet onleesbaar: Het bestand is te lezen als StUF-bericht." in why


def test_a_message_of_an_earlier_version_has_no_such_block(corv: Corv, werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", melding([BIJ_ONS]))
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        db.execute("DELETE FROM verklaring")
        db.execute("DROP TRIGGER gebeurtenis_vast")
        db.execute("UPDATE gebeurtenis SET gegevens = json_remove(gegevens, '$.schemas', '$.berichtsoort')")

    out = corv("toon", row["id"])[1]

    assert "Wat is besloten" in out
    assert "Waarom" not in out
