"""`corv regels`: the catalogue on the screen and for a program, with the levels of the working folder."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Werkmap, message
from corv import cli
from corv.rules import RULES, bsn_elfproef
from corv.rules.examples import examples_of
from corv.rules.tonen import in_words
from corv.stuf import JZ_FUNCTIES

Run = Callable[..., tuple[int, str, str]]

BSN = {
    "id": "bsn-elfproef",
    "wat": "Een BSN voldoet aan de elfproef",
    "bron": bsn_elfproef.BRON,
    "rijen": [],
    "berichten": [
        *("vtMeldingDi01", "vtoDi01", "notificatieDi01", "notificatiejrDi01", "zorgmeldingDi01", "zorgmeldingTerugkoppelingDi01"),
        *("vcobDi01", "ucobDi01", "vciDi01", "uciDi01", "meldingGeneriekDi01"),
    ],
    "verzenden": "fout",
    "ontvangst": "waarschuwing",
    "soort": "vast",
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `corv regels` in a folder that is no working folder: exit code, output, what it says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CORV_MAP", raising=False)

    def run_one(*args: str) -> tuple[int, str, str]:
        code = cli.run(["regels", *args])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_one


def listed(run: Run, *args: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(*args, "--json")[1].splitlines()]


def test_every_rule_is_listed_and_counted(run: Run) -> None:
    code, out, err = run()

    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()[1:-2] if not line.startswith(" ")] == list(RULES)
    assert out.splitlines()[-1] == f"{len(RULES)} regels."


def test_a_narrow_screen_shows_what_must_be_so_and_how_heavy_it_weighs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corv.cli.tonen.WIDTH_WITHOUT_TERMINAL", 90)
    assert run()[1].splitlines()[0].split() == ["id", "wat", "er", "moet", "kloppen", "verzenden", "ontvangst"]
    monkeypatch.setattr("corv.cli.tonen.WIDTH_WITHOUT_TERMINAL", 120)
    assert "berichten" in run()[1].splitlines()[0]


def test_a_program_gets_every_rule_on_a_line(run: Run) -> None:
    rows = listed(run)
    assert [row["id"] for row in rows] == list(RULES)
    assert next(row for row in rows if row["id"] == "bsn-elfproef") == BSN


@pytest.mark.parametrize("name", ["bsn-elfproef", "BSN-Elfproef"])
def test_one_rule_is_told_whole(run: Run, name: str) -> None:
    code, out, err = run(name)

    assert (code, err) == (0, "")
    said = " ".join(out.split())
    assert said.startswith(
        "bsn-elfproef: Een BSN voldoet aan de elfproef. Het schema eist alleen negen cijfers. Een tikfout in een BSN wijst naar "
        "een ander mens, of naar niemand. berichten alle behalve vtTerugkoppeling, uitkomstMeldingGeneriek verzenden fout "
        f"{bsn_elfproef.HERSTEL} ontvangst waarschuwing {bsn_elfproef.LET_OP} bron corv.md 4.6"
    )
    assert said.endswith(
        "Slaagt (vtMeldingDi01): <BG:inp.bsn>999990019</BG:inp.bsn> Faalt (vtMeldingDi01): <BG:inp.bsn>123456789</BG:inp.bsn> "
        "Faalt (vtMeldingDi01): <BG:inp.bsn>000000000</BG:inp.bsn>"
    )


def test_a_program_gets_one_rule_whole(run: Run) -> None:
    assert listed(run, "bsn-elfproef") == [
        {
            **BSN,
            "uitleg": "Het schema eist alleen negen cijfers. Een tikfout in een BSN wijst naar een ander mens, of naar niemand.",
            "herstel": bsn_elfproef.HERSTEL,
            "let_op": bsn_elfproef.LET_OP,
            "voorbeelden": [
                {"slaagt": True, "bericht": "vtMeldingDi01", "xml": "<BG:inp.bsn>999990019</BG:inp.bsn>"},
                {"slaagt": False, "bericht": "vtMeldingDi01", "xml": "<BG:inp.bsn>123456789</BG:inp.bsn>"},
                {"slaagt": False, "bericht": "vtMeldingDi01", "xml": "<BG:inp.bsn>000000000</BG:inp.bsn>"},
            ],
        }
    ]


@pytest.mark.parametrize("name", RULES)
def test_any_rule_can_be_asked_for(run: Run, name: str) -> None:
    code, out, _ = run(name)
    assert (code, out.startswith(f"{name}: ")) == (0, True)
    assert out.count("Slaagt (") + out.count("Faalt (") == len(list(examples_of(RULES[name])))


@pytest.mark.parametrize("functie", ["vto", "vtoDi01", "VTO"])
def test_only_the_rules_for_one_message(run: Run, functie: str) -> None:
    wanted = [rule.ID for rule in RULES.values() if "vtoDi01" in rule.APPLIES_TO]
    assert [row["id"] for row in listed(run, "--bericht", functie)] == wanted
    assert run("--bericht", functie)[1].splitlines()[-1] == f"{len(wanted)} regels."


@pytest.mark.parametrize(
    ("namen", "words"),
    [
        (JZ_FUNCTIES, "alle"),
        (JZ_FUNCTIES - {"vtoDi01"}, "alle behalve vto"),
        ({"notificatiejrDi01", "vtMeldingDi01", "vtoDi01"}, "vtMelding, vto, notificatiejr"),
    ],
)
def test_messages_are_named_in_few_words_and_in_one_order(namen: set[str], words: str) -> None:
    assert in_words(namen) == words


def test_a_message_without_rules_has_none(run: Run) -> None:
    assert run("--bericht", "Bv01") == (0, "Er zijn geen regels voor dit bericht.\n", "")
    assert listed(run, "--bericht", "Bv01") == []


def test_what_is_unknown_is_said_with_what_may_be_meant(run: Run) -> None:
    assert run("bsn-elfproev") == (
        2,
        "",
        "Fout: 'bsn-elfproev' is geen regel. Bedoelt u bsn-elfproef? Welke er zijn, zegt: corv regels\n",
    )
    assert run("zomaar-iets") == (2, "", "Fout: 'zomaar-iets' is geen regel. Welke er zijn, zegt: corv regels\n")
    code, out, err = run("--bericht", "brief")
    assert (code, out, "'brief' is geen bericht van het koppelvlak." in err) == (2, "", True)


def test_a_rule_and_a_message_together_are_too_much(run: Run) -> None:
    assert run("bsn-elfproef", "--bericht", "vto") == (2, "", "Fout: Noem een regel of --bericht, niet allebei.\n")


def test_the_levels_are_those_of_the_working_folder(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (werkmap.path / "config/regels.toml").write_text('[[regel]]\nid = "bsn-elfproef"\nverzenden = "uit"\nvanaf = 2020-01-01\n')
    monkeypatch.setenv("CORV_MAP", str(werkmap.path))
    capsys.readouterr()

    assert cli.run(["regels", "bsn-elfproef", "--json"]) == 0

    row = json.loads(capsys.readouterr().out)
    assert (row["verzenden"], row["ontvangst"]) == ("uit", "waarschuwing")


def test_levels_that_cannot_be_read_are_told(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (werkmap.path / "config/regels.toml").write_text('[[regel]]\nid = "bsn-elfproef"\nverzenden = "zwaar"\n')
    monkeypatch.setenv("CORV_MAP", str(werkmap.path))
    capsys.readouterr()

    assert cli.run(["regels"]) == 2
    assert "config/regels.toml" in capsys.readouterr().err


OWN = """
[[regel]]
id = "locatie-genoemd"
berichten = ["vtMeldingDi01"]
bij = "JZ:object"
test = "JZ:locatieIncident != ''"
tekst = "De melding noemt geen plaats: vraag de melder waar het was."
niveau = "waarschuwing"
vanaf = 2026-01-01
goed = "goed.xml"
fout = "fout.xml"
"""


def test_own_rules_stand_below_the_others_with_what_they_ask(werkmap: Werkmap, corv: Run) -> None:
    config = werkmap.path / "config"
    good = message("vtMeldingDi01/minimaal.xml")
    (config / "goed.xml").write_bytes(good)
    (config / "fout.xml").write_bytes(good.replace(b"Proefstraat 12, Zeist", b""))
    (config / "regels-eigen.toml").write_text(OWN, encoding="utf-8")

    *_, last = map(json.loads, corv("regels", "--json")[1].splitlines())
    code, shown, _ = corv("regels", "locatie-genoemd")

    assert last == {
        "id": "locatie-genoemd",
        "wat": "De melding noemt geen plaats: vraag de melder waar het was",
        "bron": "config/regels-eigen.toml",
        "rijen": [],
        "berichten": ["vtMeldingDi01"],
        "verzenden": "waarschuwing",
        "ontvangst": "waarschuwing",
        "soort": "eigen",
    }
    assert json.loads(corv("regels", "locatie-genoemd", "--json")[1]) == {
        **last,
        "bij": "JZ:object",
        "test": "JZ:locatieIncident != ''",
        "vanaf": "2026-01-01",
    }
    assert code == 0
    assert "JZ:locatieIncident != ''" in shown
    assert corv("regels", "--bericht", "vto")[1].count("locatie-genoemd") == 0
