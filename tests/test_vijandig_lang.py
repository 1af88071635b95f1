"""The short form of the fuzzer and of the search for leaks, each in a process of its own because it forks; and it can fail."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from crash.leaks import QUESTIONS, WITHOUT

from corv import cli

HERE = Path(__file__).parent
FUZZ = """
import json, sys
from pathlib import Path
from crash import hostile
{defect}
print(json.dumps(hostile.run(Path(sys.argv[1]), {inputs}, zaad={zaad}).schendingen))
"""
PLANTED = """
real = hostile.Judge.warm_up
def later(judge, warm):
    real(judge, warm)
    {defect}
hostile.Judge.warm_up = later
"""
BOMBS = """
import json, sys, time
from pathlib import Path
from crash import bombs
{defect}
print(json.dumps(bombs.run(Path(sys.argv[1])).schendingen))
"""
LEAKS = """
import json, sys
from pathlib import Path
from crash import leaks
{defect}
samples = [path for path in leaks.SAMPLES if path.stem == "volledig"]
print(json.dumps(leaks.run(Path(sys.argv[1]) / "werk", samples[:{count}], asked=2).schendingen))
"""


def told(code: str, folder: Path) -> list[str]:
    """The violations that such a run prints."""
    run = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=False, cwd=HERE)
    assert run.stdout, run.stderr
    found: list[str] = json.loads(run.stdout.splitlines()[-1])
    return found


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_no_mutated_message_makes_corv_fail(tmp_path: Path) -> None:
    assert told(FUZZ.format(defect="", inputs=2000, zaad=7), tmp_path) == []


@pytest.mark.slow
@pytest.mark.timeout(200)
@pytest.mark.parametrize(
    ("defect", "inputs", "seen"),
    [
        ("import corv.judging; corv.judging.remarks = lambda case, decision: 1 / 0", 40, "ZeroDivisionError"),
        ("import corv.aandacht; corv.aandacht.visible = lambda text: chr(27)", 300, "stuurtekens"),
        ("import corv.judging; corv.judging.explain = lambda *_: open('lokaas.xml').close()", 40, "greep naar buiten: open"),
        ("import os, corv.judging; corv.judging.explain = lambda *_: os._exit(9)", 5, "het proces"),
    ],
    ids=["an exception", "control characters", "a file", "death"],
)
def test_the_fuzzer_sees_a_defect(tmp_path: Path, defect: str, inputs: int, seen: str) -> None:
    planted = PLANTED.format(defect=defect)
    found = told(FUZZ.format(defect=planted, inputs=inputs, zaad=7), tmp_path)

    assert any(seen in text for text in found), found


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_no_bomb_costs_more_than_two_seconds_or_300_mb(tmp_path: Path) -> None:
    assert told(BOMBS.format(defect=""), tmp_path) == []


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_a_bomb_that_costs_too_much_is_seen(tmp_path: Path) -> None:
    wasteful = "keep = bytearray(os.urandom(1) * 400_000_000) and judge(*args)"
    defect = f"""
import os, corv.handler
judge = corv.handler.judge
def waste(*args):
    until = time.process_time() + 2.1
    while time.process_time() < until: pass
    return {wasteful.partition(" = ")[2]}
corv.handler.judge = waste
bombs.BOMBS = {{"gzip": bombs.BOMBS["gzip"]}}
"""
    found = told(BOMBS.format(defect=defect), tmp_path)

    assert [text.rstrip("0123456789. sMB") for text in found] == ["bom 'gzip': duurde", "bom 'gzip': geheugen"]


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_nothing_of_a_message_leaks_anywhere(tmp_path: Path) -> None:
    assert told(LEAKS.format(defect="", count=3), tmp_path) == []


def test_every_command_is_searched_for_leaks_or_has_a_reason_why_not() -> None:
    assert QUESTIONS.keys() | WITHOUT.keys() | {"start"} == cli.COMMANDS.keys()
