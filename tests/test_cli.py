"""The command line: Dutch, an example on every command, JSON forms and exit codes as ontwerp 7 fixes them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import BERICHTEN, OURS, Werkmap, message
from corv import cli

Corv = Callable[..., tuple[int, str, str]]

ENGLISH = ("Usage", "Options", "Error", "Show this", "Missing", "No such", "Invalid", "Traceback", "Commands:")


@pytest.mark.parametrize("command", [None, *cli.COMMANDS])
def test_help_is_dutch_and_has_an_example(corv: Corv, command: str | None) -> None:
    code, out, err = corv(*([command] if command else []), "--help")

    assert (code, err) == (0, "")
    assert f"corv {command}" in out if command else "corv init" in out
    assert ("Voorbeeld:" in out) or command is None
    assert not [word for word in ENGLISH if word in out]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["verwek"], "Was 'verwerk' bedoeld"),
        (["verwerk", "--jsn"], "Was '--json' bedoeld"),
        (["controleer"], "BESTAND"),
        (["controleer", "bestaat-niet.xml"], "bestaat niet"),
        (["berichten", "--status", "zoek"], "is niet een van"),
        (["berichten", "--aantal", "nul"], "geheel getal"),
        (["toon"], "KENMERK"),
    ],
)
def test_wrong_use_is_explained_in_dutch_with_exit_code_2(corv: Corv, args: list[str], said: str) -> None:
    code, out, err = corv(*args)

    assert (code, out) == (2, "")
    assert said in err
    assert not [word for word in ENGLISH if word in err]


def test_a_wrong_configuration_is_exit_code_2_with_every_mistake(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.configure('bevestig = "Bv03"', 'bevestig = "ja"')
    werkmap.configure("herscan_s = 30", "herscan_s = -1")

    code, out, err = corv("verwerk")

    assert (code, out) == (2, "")
    assert "kanaal.corv.bevestig" in err
    assert "verwerking.herscan_s" in err


def test_verwerk_as_json_counts_what_happened(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.drop("corv", "a.xml", message("vtMeldingDi01/minimaal.xml"))
    werkmap.drop("corv", "b.xml", message("vtMeldingDi01/minimaal.xml"))
    werkmap.drop("corv", "c.xml", message("vtMeldingDi01/aan-ander-vt.xml"))
    werkmap.drop("corv", "d.xml", message("notificatieDi01/ongeldig-bsn.xml"))
    werkmap.drop("corv", "e.xml", b"geen xml")

    code, out, err = corv("verwerk", "--json")

    result = json.loads(out)
    assert isinstance(result.pop("duur_s"), float)
    assert (code, err, result) == (
        1,
        "",
        {
            "gelezen": 5,
            "geaccepteerd": 1,
            "geweigerd": 1,
            "herhaald": 1,
            "herrouteerd": 0,
            "te_beoordelen": 1,
            "onleesbaar": 1,
            "wachtend": 0,
            "geschreven": 3 + 2 + 3 + 2 + 2,
        },
    )


LOOK = "Er zijn berichten om naar te kijken: corv --map {map} aandacht, en daarna corv --map {map} toon KENMERK."
REFUSED = (
    "Er is iets geweigerd, en de afzender kreeg daarover een foutbericht: corv --map {map} berichten --vandaag "
    "--status geweigerd, en daarna corv --map {map} toon KENMERK."
)
OWN, MELDING = "vtTerugkoppelingDi01/ongeldig-status.xml", "vtMeldingDi01/ongeldig-zonder-sash.xml"


@pytest.mark.parametrize(
    ("dropped", "said"),
    [
        ({"eigen": OWN}, [REFUSED]),
        ({"corv": MELDING}, [LOOK]),
        ({"eigen": OWN, "corv": MELDING}, [LOOK, REFUSED]),
        ({"eigen": OWN, "corv": "vtMeldingDi01/aan-ander-vt.xml"}, [LOOK, REFUSED]),
        ({"corv": "vtMeldingDi01/minimaal.xml"}, []),
    ],
)
def test_verwerk_says_where_to_look_for_what_it_refused(
    corv: Corv, werkmap: Werkmap, dropped: dict[str, str], said: list[str]
) -> None:
    werkmap.drop("corv", "eerder.xml", message("vtMeldingDi01/ongeldig-rol.xml"))
    corv("verwerk")  # what that pass refused still asks for attention
    for kanaal, name in dropped.items():
        werkmap.drop(kanaal, "a.xml", message(name))

    code, out, err = corv("verwerk")

    assert (code, err) == (1 if said else 0, "")
    assert [line for line in out.splitlines() if "KENMERK" in line] == [line.format(map=werkmap.path) for line in said]


def test_verwerk_gives_0_when_all_is_well_and_says_when_there_was_nothing(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.drop("corv", "a.xml", message("vtMeldingDi01/minimaal.xml"))
    assert corv("verwerk")[0] == 0

    code, out, _ = corv("verwerk")
    assert (code, out) == (0, "Er was niets te doen.\n")


def test_controleer_as_json_has_the_agreed_form(corv: Corv) -> None:
    file = BERICHTEN / "vtMeldingDi01/ongeldig-rol.xml"

    code, out, err = corv("controleer", "--json", str(file))

    (finding,) = json.loads(out).pop("bevindingen")
    assert (code, err) == (1, "")
    assert {**json.loads(out), "bevindingen": "zie hieronder"} == {
        "bestand": str(file),
        "welgevormd": True,
        "functie": "vtMeldingDi01",
        "berichtcode": "Di01",
        "zender": {
            "organisatie": "00000002999000002000",
            "applicatie": "Politie-applicatie",
            "administratie": None,
            "gebruiker": None,
        },
        "ontvanger": {"organisatie": OURS, "applicatie": "VT-applicatie", "administratie": None, "gebruiker": None},
        "referentienummer": "vtm-2026-0007-ongeldig-rol",
        "schema_geldig": False,
        "bevindingen": "zie hieronder",
        "oordeel": "fout",
    }
    assert finding.keys() == {"code", "niveau", "pad", "regel", "tekst"}
    assert (finding["code"], finding["niveau"]) == ("StUF055", "fout")
    assert finding["pad"].endswith("/JZ:jeugzorgrol")


@pytest.mark.parametrize(
    ("file", "valid", "verdict", "exit_code"),
    [
        ("vtMeldingDi01/volledig.xml", True, "goed", 0),
        ("vtMeldingDi01/leeg-referentienummer.xml", True, "waarschuwing", 1),
        ("Bv04Bericht/alleen-berichtcode.xml", False, "waarschuwing", 1),
        ("overig/stuf-namespace.xml", None, "fout", 1),
        ("overig/zonder-stuurgegevens.xml", False, "fout", 1),
        ("overig/geen-stuf.xml", None, "fout", 1),
        ("onleesbaar/afgekapt.xml", None, "fout", 1),
    ],
)
def test_controleer_judges(corv: Corv, file: str, valid: bool | None, verdict: str, exit_code: int) -> None:
    code, out, _ = corv("controleer", "--json", str(BERICHTEN / file))

    result = json.loads(out)
    assert (code, result["schema_geldig"], result["oordeel"]) == (exit_code, valid, verdict)


@pytest.mark.skipif(os.name != "posix", reason="een pijp en een apparaat van Unix")
@pytest.mark.parametrize("kind", ["pijp", "apparaat", "map"])
@pytest.mark.parametrize(
    "words",
    [
        ["controleer"],
        ["verklaar"],
        ["werkgebieden", "importeer"],
        ["schemas", "installeer"],
        ["lijsten", "importeer"],
        ["herroutering", "controleer"],
        ["herroutering", "verschil"],
        ["herroutering", "activeer", "--reden", "zomaar"],
    ],
    ids=" ".join,
)
def test_what_is_no_ordinary_file_is_refused_without_opening_it(
    corv: Corv, werkmap: Werkmap, words: list[str], kind: str
) -> None:
    pipe = werkmap.path.parent / "pijp"
    os.mkfifo(pipe)
    named = {"pijp": str(pipe), "apparaat": "/dev/null", "map": str(werkmap.path)}[kind]

    code, out, err = corv(*words, named)

    assert (code, out) == (2, "")
    assert ("is een map" if kind == "map" else f"{named} is geen gewoon bestand.") in err


@pytest.mark.skipif(os.name != "posix", reason="een apparaat van Unix")
@pytest.mark.parametrize(
    ("map_", "said"),
    [(os.devnull, f"{os.devnull} is geen map."), ("x" * 300, f"{'x' * 300}: de naam is te lang.")],
    ids=["device", "too long"],
)
def test_what_can_be_no_folder_is_refused(capsys: pytest.CaptureFixture[str], map_: str, said: str) -> None:
    for words in (["--map", map_, "aandacht"], ["init", map_]):
        assert cli.run(words) == 2
        assert said in capsys.readouterr().err


def test_a_link_to_an_ordinary_file_is_one(corv: Corv, werkmap: Werkmap) -> None:
    link = werkmap.path.parent / "koppeling.xml"
    link.symlink_to(BERICHTEN / "vtMeldingDi01/volledig.xml")

    assert [corv(word, str(link))[0] for word in ("controleer", "verklaar")] == [0, 0]


def test_controleer_has_the_size_limit_of_the_working_folder_whatever_else_is_wrong_there(corv: Corv, werkmap: Werkmap) -> None:
    file = werkmap.path.parent / "bericht.xml"
    file.write_bytes(message("vtMeldingDi01/volledig.xml") + b" " * (1 << 20))
    assert corv("controleer", str(file))[0] == 0

    werkmap.configure("grootste_bestand_mib = 64", "grootste_bestand_mib = 1")
    werkmap.configure("herscan_s = 30", "herscan_s = -1")
    code, out, err = corv("controleer", "--json", str(file))

    assert (code, err, [(finding["code"], finding["tekst"]) for finding in json.loads(out)["bevindingen"]]) == (
        1,
        "",
        [("bestand-te-groot", "Het bestand is groter dan 1 MiB en is niet gelezen.")],
    )


def test_controleer_changes_nothing_and_needs_no_working_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bericht.xml"
    file.write_bytes(message("vtMeldingDi01/minimaal.xml"))

    code = cli.run(["--map", str(tmp_path / "is-er-niet"), "controleer", str(file)])

    assert code == 0
    assert "goed" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == [file]


def test_questions_where_there_is_no_database_say_what_to_do(corv: Corv, werkmap: Werkmap) -> None:
    (werkmap.path / "data/corv.sqlite").unlink()

    code, _, err = corv("berichten")

    assert code == 3
    assert "corv init" in err


def test_init_explains_and_never_changes_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "nieuw"
    assert cli.run(["init", str(target)]) == 0
    assert "OIN" in capsys.readouterr().out
    (target / "config/corv.toml").write_text(f'[organisatie]\noins = ["{OURS}"]\nwerkgebied = "VT20"\n', encoding="utf-8")

    assert cli.run(["init", str(target), "--oin", "00000001999000099000"]) == 0
    assert OURS in (target / "config/corv.toml").read_text(encoding="utf-8")
    assert "niets veranderd" in capsys.readouterr().out

    assert cli.run(["init", str(tmp_path / "fout"), "--oin", "123"]) == 2
    assert "20 cijfers" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "bij [organisatie] oins en werkgebied in: uw OIN's, en de code van uw regio (VT01 tot en met VT27)"),
        (["--werkgebied", "VT20"], "bij [organisatie] oins in: uw OIN's."),
        (["--oin", OURS], "bij [organisatie] werkgebied in: de code van uw regio (VT01 tot en met VT27)."),
        (["--oin", OURS, "--werkgebied", "VT20"], "Klaar voor gebruik: corv --map"),
    ],
)
def test_init_says_what_must_still_be_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: list[str], told: str
) -> None:
    target = tmp_path / "nieuw"

    assert cli.run(["init", str(target), *given]) == 0
    assert told in capsys.readouterr().out
    assert (target / "data/corv.sqlite").is_file()

    assert cli.run(["init", str(target)]) == 0
    assert told in capsys.readouterr().out


def test_without_a_region_of_our_own_nothing_is_handled(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.configure('werkgebied = "VT20"', 'werkgebied = ""')
    werkmap.drop("corv", "bericht.xml", message("vtMeldingDi01/volledig.xml"))

    for words in (["verwerk"], ["config", "controleer"], ["herroutering", "controleer"]):
        code, out, err = corv(*words)
        assert code == 2
        assert "config/corv.toml, regel 16: organisatie.werkgebied ontbreekt" in out + err
    assert (werkmap.path / "inbox/corv/bericht.xml").is_file()
    assert werkmap.rows() == []


def test_corv_map_names_the_working_folder(werkmap: Werkmap) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "corv", "verwerk", "--json"],
        env={**os.environ, "CORV_MAP": str(werkmap.path), "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert (run.returncode, run.stderr) == (0, "")
    assert json.loads(run.stdout)["gelezen"] == 0


def test_an_unexpected_failure_of_ours_is_exit_code_3_without_its_text(corv: Corv, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(str(message("vtMeldingDi01/volledig.xml")))

    monkeypatch.setattr("corv.cli.werk.one_pass", fail)
    code, out, err = corv("verwerk")

    assert (code, out) == (3, "")
    assert "RuntimeError" in err
    assert "<?xml" not in err
