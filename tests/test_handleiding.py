"""The operators' handbook is true: every command line in it is run, in the situation that its page describes."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import pytest
from handboek import PAGES, ROOT, Line, command_lines, missing, rows, section
from situaties import SITUATIES, Situatie, gewone_dag

from conftest import BERICHTEN, Werkmap, message
from corv import cli
from corv.attention import REOPENED, Aanleiding

Run = Callable[..., tuple[int, str, str]]

NOT_RUN = {
    ("installeren.md", 'exec sudo runuser -u corv -- env CORV_MAP=/srv/corv /opt/corv/.venv/bin/corv "$@"'): (
        "dit is het bestand van de korte opdracht zelf; elke opdracht op de andere bladzijden loopt erdoor"
    ),
}
"""Command lines that can't be run, each with its reason."""

LINES = [line for page in [*PAGES, ROOT / "README.md"] for line in command_lines(page)]
SECTIONS = [(place, list(lines)) for place, lines in groupby(LINES, lambda line: (line.page, line.heading))]

PLACEHOLDER = re.compile(r"[A-Z]{2,}(-[A-Z]+)*")
HEALTH_CODES = {0, 1, 2, 3}
"""`gezondheid` has exit codes of its own (docs/gezondheid.md); 3 there is `onbekend`."""


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Situatie]:
    """An ordinary day, made once: most pages look at the same one."""
    werkmap = Werkmap(tmp_path_factory.mktemp("gewone-dag") / "werk")
    return werkmap.path, gewone_dag(werkmap)


@pytest.fixture
def run(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command line as the short command of docs/installeren.md does it: the working folder comes from CORV_MAP."""
    monkeypatch.setenv("CORV_MAP", str(werkmap.path))
    monkeypatch.setattr("os.getlogin", lambda: "m.jansen")
    monkeypatch.chdir(werkmap.path.parent)

    def run_one(*words: str, in_process: bool = False) -> tuple[int, str, str]:
        capsys.readouterr()
        code = start_and_stop(words) if "start" in words and not in_process else cli.run(list(words))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_one


def start_and_stop(words: tuple[str, ...]) -> int:
    """The service as a process: until it has worked, and then a stop signal."""
    with service(words) as process:
        process.send_signal(signal.SIGTERM)
        return process.wait(timeout=20)


@contextmanager
def service(words: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """The running service, once it says that it has begun; it is killed if it still runs at the end."""
    command = [sys.executable, "-m", "corv", *words]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            assert any('"gestart"' in line for line in process.stderr), "de service kwam niet op gang"
            yield process
        finally:
            process.kill()
            process.communicate()


def filled_in(words: tuple[str, ...], situatie: Situatie, run: Run) -> list[str]:
    """The words as a user would type them here: a real kenmerk, a real folder."""
    namen = {
        "/srv/corv": os.environ["CORV_MAP"],
        "MAP": os.environ["CORV_MAP"],
        "TEKST": "Nagebeld en uitgezocht",
        "NAAM": "bericht.xml",
        **situatie.namen,
    }
    if words[0] == "beslis":
        namen["KENMERK"] = to_decide(run, "--afgehandeld" in words, namen.get("KENMERK", ""))
    typed = [namen.get(word, word) for word in words]
    assert not [word for word in typed if PLACEHOLDER.fullmatch(word) or word.startswith("/srv/")], "hiervoor staat niets klaar"
    return typed


def to_decide(run: Run, settled_by_looking: bool, preferred: str) -> str:
    """A message to which this decision fits: one that waits for judgement or came back, or one that asks something else."""

    def listed(*words: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in run(*words, "--json")[1].splitlines()]

    reasons_to_decide = {Aanleiding.TE_BEOORDELEN, *(() if settled_by_looking else REOPENED)}
    fitting = [row["id"] for row in listed("aandacht") if (row["aanleiding"] in reasons_to_decide) is not settled_by_looking]
    if settled_by_looking:
        fitting += [row["kenmerk"] for row in listed("openstaand")]
    assert fitting, "er is geen bericht om dit over te beslissen"
    return preferred if preferred in fitting else str(fitting[0])


def is_only_named(words: tuple[str, ...]) -> bool:
    """Whether a text only mentions a command: `corv toon`, which asks for a kenmerk, stands there without one."""
    command: click.Command | None = cli.corv
    for word in words:
        if not isinstance(command, click.Group) or word.startswith("-"):
            return False
        command = command.get_command(click.Context(command), word)
    return command is not None and any(param.required for param in command.params)


def copy_of(ordinary: tuple[Path, Situatie], werkmap: Werkmap) -> Situatie:
    """A working folder may get another path."""
    made, situatie = ordinary
    shutil.rmtree(werkmap.path)
    shutil.copytree(made, werkmap.path)
    return situatie


@pytest.mark.parametrize(("place", "lines"), SECTIONS, ids=[f"{page}: {heading}" for (page, heading), _ in SECTIONS])
def test_every_command_line_does_what_it_is_there_for(
    werkmap: Werkmap, run: Run, ordinary: tuple[Path, Situatie], place: tuple[str, str], lines: list[Line]
) -> None:
    situatie = SITUATIES[place](werkmap) if place in SITUATIES else copy_of(ordinary, werkmap)
    (werkmap.path.parent / "melding.xml").write_bytes(message("vtMeldingDi01/minimaal.xml"))
    for number, line in enumerate(lines):
        situatie.tussendoor.get(number, lambda: None)()
        if (line.page, line.written) in NOT_RUN:
            continue
        words = [*line.words, "--help"] if is_only_named(line.words) else filled_in(line.words, situatie, run)

        code, _, err = run(*words)

        expected = {situatie.codes[number]} if number in situatie.codes else {0, 1}
        assert code in (HEALTH_CODES if "gezondheid" in words else expected), f"{line.written}\n{' '.join(words)}\n{err}"
        assert "Onverwachte fout" not in err


def test_what_the_table_of_commands_says_about_a_running_service_is_so(
    run: Run, ordinary: tuple[Path, Situatie], werkmap: Werkmap
) -> None:
    situatie = copy_of(ordinary, werkmap)
    lines = {f"`{line.written}`": line.words for line in LINES if line.heading == "7. De opdrachten"}
    may_run = {lines[row[0]]: row[2] for row in rows(section("installeren.md", "7. De opdrachten")) if len(row) == 3}
    assert {word for words in may_run for word in words} >= set(cli.COMMANDS)

    werkmap.configure("herscan_s = 30", "herscan_s = 1")
    with service(["start"]):
        for words, told in may_run.items():
            code, _, err = run(*filled_in(words, situatie, run), in_process=True)
            assert ((code, "werkt al een andere corv" in err) == (2, True)) is (told == "nee"), err
            assert told == "nee" or code in {0, 1}, err


def test_the_word_list_knows_every_key_of_json(run: Run, ordinary: tuple[Path, Situatie], werkmap: Werkmap) -> None:
    situatie = copy_of(ordinary, werkmap)
    (werkmap.path / "outbox/eigen/vreemd.xml").write_text("niet van corv")
    questions = [
        "aandacht",
        "beoordelen",
        "berichten",
        "config controleer",
        "doctor",
        "gezondheid",
        "herstel",
        "openstaand",
        "verwerk",
    ]
    run("schemas", "installeer", situatie.namen["ZIP"])
    asked = [question.split() for question in [*questions, "herroutering controleer", "werkgebieden toon", "schemas", "lijsten"]]
    asked += [
        ["herroutering", "verschil", situatie.namen["NIEUW.toml"]],
        ["werkgebieden", "importeer", situatie.namen["CBS.csv"]],
        ["lijsten", "importeer", situatie.namen["LIJSTEN.xlsx"]],
    ]
    asked.append(["verklaar", situatie.namen["BESTAND"]])
    asked += [["regels"], ["regels", "bsn-elfproef"]]
    asked += [["voorbeeld", "--fouten"], ["voorbeeld", "vto", "--naar", "."]]
    asked += [[name, situatie.namen["KENMERK"]] for name in ("toon", "keten")]
    asked.append(["controleer", str(BERICHTEN / "vtMeldingDi01/ongeldig-rol.xml")])
    asked += [["toon", row["id"]] for row in werkmap.rows() if row["status"] != "geaccepteerd"]

    answers = [line for words in asked for line in run(*words, "--json")[1].splitlines()]

    assert len(answers) > 30
    assert missing(key for line in answers for key in all_keys(json.loads(line))) == []


def all_keys(value: Any) -> Iterator[str]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    yield from value if isinstance(value, dict) else ()
    for one in inner:
        yield from all_keys(one)
