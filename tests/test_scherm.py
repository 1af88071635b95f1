"""What a person sees: tables that fit the terminal, and a counter when it takes long."""

import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Werkmap, message
from corv.tabellen.bestanden import load
from corv.voorbeeld import make
from corv.voorbeeld.making import serialise
from corv.voorbeeld.vraag import read_vraag
from corv.voorbeeld.world import World


def on_a_terminal(width: int, *command: str) -> str:
    """All that a command shows on a terminal of that width."""
    screen, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(width), "TERM": "xterm"}
    process = subprocess.Popen([sys.executable, *command], stdout=theirs, stderr=theirs, stdin=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(screen, 65536)
        except OSError:  # the other side has closed
            break
        if not piece:
            break
        shown += piece
    process.wait(20)
    os.close(screen)
    return shown.decode()


@pytest.mark.parametrize(("width", "shows_number"), [(80, False), (130, True), (200, True)])
def test_the_list_of_messages_fits_the_terminal(werkmap: Werkmap, width: int, shows_number: bool) -> None:
    werkmap.handle("eigen", message("vtTerugkoppelingDi01/minimaal.xml"))
    shown = on_a_terminal(width, "-m", "corv", "--map", str(werkmap.path), "berichten")

    (line,) = (line for line in shown.splitlines() if "vtTerugkoppelingDi01" in line)
    assert "geaccepteerd" in line
    assert ("vtt-2026-0001-minimaal" in line) is shows_number


@pytest.mark.parametrize("width", [100, 120, 200])
def test_a_conversation_breaks_no_word(werkmap: Werkmap, width: int) -> None:
    world = World(load(None, []))
    question = serialise(make("zorgmeldingDi01", 1, 1, world))
    answer = make("zorgmeldingTerugkoppelingDi01", 1, 1, replace(world, vraag=read_vraag(question, "vraag.xml")))
    row = werkmap.handle("corv", question)
    werkmap.handle("eigen", serialise(answer))
    shown = on_a_terminal(width, "-m", "corv", "--map", str(werkmap.path), "keten", row["id"])

    words = set(re.sub(r"\x1b\[[0-9;]*m", "", shown).split())
    assert {"wanneer", "richting", "soort", "status", "verband", "kenmerk", row["id"][-12:]} <= words
    assert {"zorgmelding", "zorgmeldingTerugkoppeling", "crossRefnummer", "geaccepteerd"} <= words


def test_a_long_pass_counts_on_a_terminal_and_is_silent_in_a_pipe(werkmap: Werkmap, tmp_path: Path) -> None:
    werkmap.configure("berichten_per_keer = 100", "berichten_per_keer = 1")
    slow = tmp_path / "traag.py"
    slow.write_text(
        "import sys, time, corv.handler as h\n"
        "real = h.stage\n"
        "h.stage = lambda *a: (time.sleep(1.2), real(*a))[1]\n"
        "from corv.cli import run\n"
        "sys.exit(run(sys.argv[1:]))\n",
        encoding="utf-8",
    )
    for number in range(3):
        werkmap.drop("corv", f"{number}.xml", message("vtMeldingDi01/leeg-referentienummer.xml"))
    assert "verwerkt: " in on_a_terminal(100, str(slow), "--map", str(werkmap.path), "verwerk")

    for number in range(3):
        werkmap.drop("corv", f"{number}.xml", message("vtMeldingDi01/leeg-referentienummer.xml"))
    piped = subprocess.run(
        [sys.executable, str(slow), "--map", str(werkmap.path), "verwerk"], capture_output=True, text=True, check=False
    )
    assert piped.stderr == ""
    assert "verwerkt: " not in piped.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="een apparaat van Linux")
@pytest.mark.parametrize("words", [["voorbeeld", "vto"], ["voorbeeld", "--fouten", "--json"], ["--help"]], ids=" ".join)
@pytest.mark.parametrize(
    ("where", "code", "said"),
    [
        (">&-", 0, ""),
        ("<&- >&-", 0, ""),
        (">/dev/full", 3, "Fout: de uitvoer: de schijf is vol.\n"),
        (">/dev/full 2>&-", 3, ""),
        (">/dev/full 2>/dev/full", 3, ""),
    ],
)
def test_an_output_that_is_closed_or_full_is_no_failure_of_ours(words: list[str], where: str, code: int, said: str) -> None:
    line = ["sh", "-c", f'exec "$@" {where}', "sh", sys.executable, "-m", "corv", *words]
    run = subprocess.run(line, capture_output=True, text=True, check=False, timeout=30)

    assert (run.returncode, run.stdout, run.stderr) == (code, "", said)
