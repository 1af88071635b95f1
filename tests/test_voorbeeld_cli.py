"""`corv voorbeeld`: what it prints, writes and refuses; and a chain that is tried with it."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from conftest import OURS, TWENTE, Werkmap
from corv import cli
from corv.rules import RULES
from corv.schemas import Schemas
from corv.stuf import STUF
from corv.tabellen.bestanden import load
from corv.voorbeeld import MAKERS, make
from corv.voorbeeld.fouten import FOUTEN
from corv.voorbeeld.making import serialise
from corv.voorbeeld.vraag import read_vraag
from corv.voorbeeld.world import WIJ, World

Corv = Callable[..., tuple[int, str, str]]
Run = Callable[..., tuple[int, bytes, str]]

WORLD = World(load(None, []))
TOO_LARGE = "Het bestand is groter dan {} MiB en is niet gelezen."
OTHER_OIN = "00000001999000077000"


@pytest.fixture
def loose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command line in a folder that is no working folder: exit code, the bytes of its output, what it says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CORV_MAP", raising=False)

    def run(*args: str) -> tuple[int, bytes, str]:
        code = cli.run(["voorbeeld", *args])
        captured = capfdbinary.readouterr()
        return code, captured.out, captured.err.decode()

    return run


def oins(content: bytes) -> list[str | None]:
    """Of zender and ontvanger."""
    return [element.text for element in etree.fromstring(content).iter(f"{{{STUF}}}organisatie")]


def test_one_message_goes_to_standard_output(loose: Run, tmp_path: Path) -> None:
    code, out, err = loose("vtMelding", "--zaad", "7")

    assert (code, err, out) == (0, "", serialise(make("vtMeldingDi01", 7, 1, WORLD)))
    assert out.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<JZ:vtMeldingDi01 ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("functie", ["vtmelding", "VTMELDINGDI01", "vtMeldingDi01"])
def test_a_message_may_be_named_in_several_ways(loose: Run, functie: str) -> None:
    assert loose(functie)[1] == serialise(make("vtMeldingDi01", 1, 1, WORLD))
    assert loose("bv03")[1] == loose("Bv03Bericht")[1] == serialise(make("Bv03Bericht", 1, 1, WORLD))


def test_more_messages_become_files_of_which_the_first_are_the_same_however_many(loose: Run, tmp_path: Path) -> None:
    names = [f"vtoDi01-3-000{number}.xml" for number in (1, 2, 3)]

    code, out, err = loose("vto", "--aantal", "3", "--zaad", "3")

    assert (code, out.decode().split(), err) == (0, names, "")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        name: serialise(make("vtoDi01", 3, number, WORLD)) for number, name in enumerate(names, 1)
    }
    assert loose("vto", "--aantal", "2", "--zaad", "3")[:2] == (0, "\n".join([*names[:2], ""]).encode())


def test_one_message_is_written_to_a_folder_of_ones_choice(loose: Run, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()

    code, out, _ = loose("Fo01", "--naar", "inbox", "--fout", "stuf055")

    assert (code, out) == (0, b"inbox/Fo01Bericht-1-0001-StUF055.xml\n")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["Fo01Bericht-1-0001-StUF055.xml"]


def test_a_file_with_another_content_stays_and_nothing_is_written(loose: Run, tmp_path: Path) -> None:
    (tmp_path / "vtoDi01-1-0002.xml").write_bytes(b"van iemand anders")

    code, out, err = loose("vto", "--aantal", "3")

    assert (code, out) == (2, b"")
    assert "vtoDi01-1-0002.xml is er al, met een andere inhoud" in err
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("vtoDi01-1-0002.xml", b"van iemand anders")]


@pytest.mark.parametrize("kind", ["map", "koppeling"])
def test_what_is_no_file_under_the_name_of_one_stops_it_all(loose: Run, tmp_path: Path, kind: str) -> None:
    there = tmp_path / "vtoDi01-1-0002.xml"
    if kind == "map":
        there.mkdir()
    else:
        there.symlink_to("weg.xml")

    code, out, err = loose("vto", "--aantal", "3")

    assert (code, out) == (2, b"")
    assert "vtoDi01-1-0002.xml is er al, en is geen gewoon bestand." in err
    assert [path.name for path in tmp_path.iterdir()] == [there.name]


def test_names_of_files_as_json(loose: Run) -> None:
    code, out, _ = loose("vcob", "--aantal", "2", "--fout", "geen-xml", "--json")

    assert code == 0
    assert [json.loads(line) for line in out.decode().splitlines()] == [
        {"bestand": f"vcobDi01-1-000{number}-geen-xml.xml", "functie": "vcobDi01", "zaad": 1, "fout": "geen-xml"}
        for number in (1, 2)
    ]


def test_the_list_of_faults_for_all_messages_or_one(loose: Run) -> None:
    code, out, _ = loose("--fouten", "--json")
    every = {row["code"]: row for row in map(json.loads, out.decode().splitlines())}
    answer = {json.loads(line)["code"] for line in loose("Bv01", "--fouten", "--json")[1].decode().splitlines()}

    assert code == 0
    assert every["StUF010"] == {
        "code": "StUF010",
        "tekst": "aan een organisatie die wij niet kennen",
        "functies": [naam for naam, maker in MAKERS.items() if not maker.is_ours and maker.answers is not None],
        "te_zien_met": "verklaar",
    }
    only_di01 = {"StUF004", "StUF007", "StUF010", "StUF013", "StUF034", "StUF037"}
    of_a_request = {"antwoord-past-niet", "antwoord-andere-partij", "crossrefnummer-onbekend"}
    assert every.keys() - answer == only_di01 | of_a_request | RULES.keys()
    assert "één afwijking van het schema" in loose("--fouten")[1].decode()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "Noem ook welk bericht: vtMelding, vtTerugkoppeling,"),
        (["vtmeld"], "'vtmeld' is geen bericht van het koppelvlak. Deze zijn er: vtMelding,"),
        (["vto", "--fout", "StUF999"], "Deze zijn er: bestand-leeg,"),
        (["vto", "--fout", "StUF016"], "Van StUF016 is geen voorbeeld te maken"),
        (["Bv01", "--fout", "StUF034"], "StUF034 kan niet bij Bv01. Het kan bij: alle Di01."),
        (["vtMelding", "--gemeente", "Enschde"], "Bedoelt u Enschede"),
        (["vtMelding", "--gemeente", "bergen"], "Er zijn er twee: Bergen (NH.), Bergen (L.)."),
        (["vcob", "--gemeente", "Enschede"], "In vcob staat geen adres"),
        (["vto", "--van", "123"], "--van moet een OIN zijn"),
        (["vto", "--aan", "123"], "--aan moet een OIN zijn"),
        (["vto", "--op", "vraag.xml"], "vto is geen antwoord op een bericht"),
        (["ucob", "--op", "vraag.xml"], "ucob antwoordt op vcob, en vraag.xml is een vtMelding."),
        (["Bv01", "--op", "leeg.xml"], "op dit bestand is geen antwoord te maken (bestand-leeg)"),
        (["Bv01", "--op", "zonder.xml"], "referentienummer, zender of ontvanger ontbreekt"),
        (["Bv01", "--op", "weg.xml"], "bestaat niet"),
        (["vto", "--naar", "weg"], "bestaat niet"),
        (["vto", "--naar", "vraag.xml"], "vraag.xml"),
        (["vto", "--naar", "x" * 300], "bestaat niet"),
        (["vto", "--zaad", "9" * 300], "0<=x<=1000000000000"),
        (["vto", "--zaad", "9" * 5000], "geheel getal van 0 tot en met 1000000000000"),
        (["vto", "--aantal", "0"], "0"),
        (["vto", "--json"], "noem ook --naar MAP"),
    ],
)
def test_what_is_not_possible_is_explained_with_exit_code_2(loose: Run, tmp_path: Path, args: list[str], said: str) -> None:
    whole = serialise(make("vtMeldingDi01", 1, 1, WORLD))
    (tmp_path / "vraag.xml").write_bytes(whole)
    (tmp_path / "leeg.xml").write_bytes(b"")
    (tmp_path / "zonder.xml").write_bytes(whole.replace(b"voorbeeld-", b"x" * 40))

    code, out, err = loose(*args)

    assert (code, out) == (2, b"")
    assert said in err


@pytest.mark.skipif(os.name != "posix", reason="een apparaat van Unix")
def test_a_device_is_no_folder(loose: Run) -> None:
    code, out, err = loose("vto", "--naar", os.devnull)

    assert (code, out) == (2, b"")
    assert f"{os.devnull} is geen map." in err


@pytest.mark.parametrize(("naam", "code"), [("den haag", "0518"), ("Den Bosch", "0796"), ("Hengelo", "0164"), ("Laren", "0417")])
def test_a_gemeente_goes_by_the_name_that_everybody_uses(loose: Run, naam: str, code: str) -> None:
    assert loose("vtMelding", "--gemeente", naam)[:2] == (
        0,
        serialise(make("vtMeldingDi01", 1, 1, replace(WORLD, gemeente=code))),
    )


def test_an_answer_on_a_message_that_is_no_example_comes_with_a_warning(loose: Run, tmp_path: Path) -> None:
    example = serialise(make("vtMeldingDi01", 1, 1, WORLD))
    (tmp_path / "voorbeeld.xml").write_bytes(example)
    (tmp_path / "echt.xml").write_bytes(example.replace(b"voorbeeld-", b"2026-"))

    assert loose("vtTerugkoppeling", "--op", "voorbeeld.xml")[2] == ""
    code, out, err = loose("vtTerugkoppeling", "--op", "echt.xml")
    assert (code, out[:5]) == (0, b"<?xml")
    assert err.startswith("Let op: echt.xml is geen voorbeeld van corv. Mensen, zender, ontvanger en nummers")


def test_a_question_over_the_size_limit_is_not_read(loose: Run, tmp_path: Path) -> None:
    large = tmp_path / "groot.xml"
    large.touch()
    os.truncate(large, (64 << 20) + 1)

    assert loose("Bv01", "--op", "groot.xml") == (2, b"", f"Fout: groot.xml: {TOO_LARGE.format(64)}\n")


def test_a_working_folder_says_how_large_a_question_may_be(corv: Corv, werkmap: Werkmap, tmp_path: Path) -> None:
    question = tmp_path / "vraag.xml"
    question.write_bytes(serialise(make("vtMeldingDi01", 1, 1, WORLD)) + b" " * (1 << 20))

    assert corv("voorbeeld", "Bv01", "--op", str(question))[0] == 0
    werkmap.configure("grootste_bestand_mib = 64", "grootste_bestand_mib = 1")
    assert corv("voorbeeld", "Bv01", "--op", str(question)) == (2, "", f"Fout: {question}: {TOO_LARGE.format(1)}\n")


def test_an_answer_on_an_invalid_question_comes_with_a_warning_where_it_can_do_no_better(loose: Run, tmp_path: Path) -> None:
    good = serialise(make("vcobDi01", 1, 1, WORLD))
    (tmp_path / "goed.xml").write_bytes(good)
    (tmp_path / "fout.xml").write_bytes(good.replace(b"<ZKN:naam>", b"<ZKN:naam>" + b"x" * 60))

    assert loose("ucob", "--op", "goed.xml")[2] == ""
    assert loose("Bv03", "--op", "fout.xml")[2] == ""
    code, out, err = loose("ucob", "--op", "fout.xml")
    assert (code, out[:5]) == (0, b"<?xml")
    assert err == "Let op: Het antwoord is niet volgens het schema, omdat het bericht waarop het antwoordt dat ook niet is.\n"


def test_a_working_folder_says_who_we_are(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.configure(f'oins = ["{OURS}"]', f'oins = ["{TWENTE[:-4]}4444"]')

    _, received, _ = corv("voorbeeld", "vtMelding")
    _, sent, _ = corv("voorbeeld", "vto")
    _, other, _ = corv("voorbeeld", "vto", "--van", OTHER_OIN, "--aan", OURS)

    assert oins(received.encode())[1] == oins(sent.encode())[0] == f"{TWENTE[:-4]}4444"
    assert oins(other.encode()) == [OTHER_OIN, OURS]
    assert "Veilig Thuis Voorbeeldstad" in sent


def test_a_working_folder_without_oin_gets_an_invented_one(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.configure(f'oins = ["{OURS}"]', "oins = []")

    assert oins(corv("voorbeeld", "vtMelding")[1].encode())[1] == WIJ.oin


def test_a_working_folder_that_was_named_must_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--map", str(tmp_path), "voorbeeld", "vto"]) == 2
    assert "corv.toml is er niet" in capsys.readouterr().err


def test_every_kind_of_message_passes_through_a_working_folder(werkmap: Werkmap) -> None:
    """What we send and receive in one chain: each answer is on what came before it, and nothing is to be remarked."""
    here = World(WORLD.tabellen, gemeente="0344")
    sent = {naam: serialise(make(naam, 5, 1, here)) for naam in ("vtoDi01", "vcobDi01", "vciDi01")}
    received = {naam: serialise(make(naam, 5, 1, here)) for naam in _MELDINGEN}
    for naam, answer in (("vtMeldingDi01", "vtTerugkoppelingDi01"), *_ON_OTHERS):
        sent[answer] = on(received[naam], answer)
    for naam, answer in (("vtoDi01", "notificatieDi01"), ("vcobDi01", "ucobDi01"), ("vciDi01", "uciDi01")):
        received[answer] = on(sent[naam], answer)
    received |= {naam: on(sent["vtoDi01"], naam) for naam in MAKERS if naam.endswith("Bericht")}

    for kanaal, files in (("eigen", sent), ("corv", received)):
        for naam, content in files.items():
            werkmap.drop(kanaal, f"{naam}.xml", content)
        werkmap.run()

    rows = werkmap.rows()
    assert {*sent, *received} == set(MAKERS)
    assert len(rows) == len(MAKERS)
    others = {row["functie"]: row["status"] for row in rows if row["status"] != "geaccepteerd"}
    assert others == {"vtoDi01": "beantwoord_met_fout"}  # by the Fo01 and the Fo03
    assert [finding for row in rows for finding in werkmap.whole(row["id"])["bevindingen"]] == []


_MELDINGEN = ("vtMeldingDi01", "zorgmeldingDi01", "meldingGeneriekDi01", "notificatiejrDi01")
_ON_OTHERS = (("zorgmeldingDi01", "zorgmeldingTerugkoppelingDi01"), ("meldingGeneriekDi01", "uitkomstMeldingGeneriekDi01"))


def on(question: bytes, naam: str, zaad: int = 5) -> bytes:
    """The answer on a message."""
    return serialise(make(naam, zaad, 1, World(WORLD.tabellen, vraag=read_vraag(question, "vraag.xml"))))


def test_a_melding_about_a_child_elsewhere_is_sent_on(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.confirm("Veilig Thuis Twente", TWENTE)

    corv("voorbeeld", "vtMelding", "--gemeente", "Enschede", "--zaad", "2", "--naar", str(werkmap.path / "inbox/corv"))
    werkmap.run()

    assert [row["status"] for row in werkmap.rows()] == ["herrouteerd"]


def values(content: bytes, *names: str) -> list[str | None]:
    """The text of every element with one of these local names, in order."""
    return [element.text for element in etree.fromstring(content).iter(*(f"{{*}}{name}" for name in names))]


@pytest.mark.parametrize(
    ("naam", "answer", "asked", "told"),
    [
        ("vtMeldingDi01", "vtTerugkoppelingDi01", "identificatieVtMelding", "identificatieVtMelding"),
        ("zorgmeldingDi01", "zorgmeldingTerugkoppelingDi01", "kenmerk", "kenmerk"),
        ("vcobDi01", "ucobDi01", "referentienummer", "crossRefnummer"),
        ("vciDi01", "uciDi01", "referentienummer", "crossRefnummer"),
        ("meldingGeneriekDi01", "uitkomstMeldingGeneriekDi01", "object/identificatie", "uwIdentificatie"),
        ("vtoDi01", "notificatieDi01", "object/identificatie", "heeftBetrekkingOpAndere/gerelateerde/identificatie"),
        ("vtMeldingDi01", "Bv01Bericht", "referentienummer", "crossRefnummer"),
    ],
)
def test_an_answer_takes_over_the_number_and_turns_the_parties_round(naam: str, answer: str, asked: str, told: str) -> None:
    for zaad in range(1, 21):
        question = serialise(make(naam, zaad, 1, WORLD))
        found = etree.fromstring(on(question, answer, zaad))
        number = etree.fromstring(question).find(f".//{{*}}{asked.replace('/', '/{*}')}")
        cross = found.find(f".//{{*}}{told.replace('/', '/{*}')}")
        assert number is not None
        assert cross is not None
        assert (cross.text, [one.text for one in found.iter(f"{{{STUF}}}organisatie")]) == (number.text, oins(question)[::-1])


@pytest.mark.parametrize("tijdstip", ["20261231235959999", "202602281200", "20260228", "00010101", "99991231235959", "20260231"])
def test_an_answer_comes_after_the_question_whenever_that_was(schemas: Schemas, tijdstip: str) -> None:
    question = make("vtMeldingDi01", 1, 1, WORLD)
    for element in question.iter("{*}tijdstipBericht"):
        element.text = tijdstip

    answer = etree.fromstring(on(serialise(question), "vtTerugkoppelingDi01"))

    assert schemas.validate(answer) == ()
    told, is_a_moment = answer.findtext(".//{*}tijdstipBericht") or "", tijdstip.startswith("2026") and tijdstip != "20260231"
    assert told.startswith("202")
    assert told > tijdstip or not is_a_moment


@pytest.mark.parametrize(
    ("naam", "answer"),
    [
        ("zorgmeldingDi01", "zorgmeldingTerugkoppelingDi01"),
        ("vtoDi01", "notificatieDi01"),
        ("vcobDi01", "ucobDi01"),
        ("vciDi01", "uciDi01"),
    ],
)
def test_an_answer_is_about_somebody_of_the_question(naam: str, answer: str) -> None:
    for zaad in range(1, 31):
        question = serialise(make(naam, zaad, 1, WORLD))
        found = on(question, answer, zaad)
        who = ("inp.bsn", "geslachtsnaam", "geboortedatum")
        assert set(values(found, *who)) <= set(values(question, *who))
        assert values(found, "geslachtsnaam", "geboortedatum")


def test_a_uci_answers_the_questions_of_the_vci_where_the_person_is_known() -> None:
    seen = set()
    for zaad in range(1, 31):
        question = serialise(make("vciDi01", zaad, 1, WORLD))
        asked = [one.text for one in etree.fromstring(question).iterfind(".//{*}specifiekeVraag/{*}code")]
        for one in etree.fromstring(on(question, "uciDi01", zaad)).iterfind(".//{*}heeftBetrekkingOp"):
            is_known = one.findtext("{*}indicatieBekend") == "J"
            assert [code.text for code in one.iterfind("{*}specifiekeVraag/{*}code")] == (asked if is_known else [])
            seen.add((is_known, len(asked)))
    assert seen >= {(True, 1), (True, 3), (False, 1)}


@pytest.mark.parametrize("code", [code for code, fout in FOUTEN.items() if fout.needs_question])
def test_a_fault_of_an_answer_to_a_known_message_asks_for_that_message(loose: Run, code: str) -> None:
    naam = min(FOUTEN[code].voor)
    status, out, err = loose(naam, "--fout", code)

    assert (status, out) == (2, b"")
    assert "noem dat bericht met --op" in err
