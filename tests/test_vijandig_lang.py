"""The short form of the fuzzer and of the search for leaks, each in a process of its own because it forks; and it can fail."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from crash.leak_commands import QUESTIONS, WITHOUT
from crash.leaks import SAMPLES

from corv import cli
from corv.berichten import BERICHTEN

HERE = Path(__file__).parent
FUZZ = """
import json, sys
from pathlib import Path
from crash import hostile
{defect}
print(json.dumps(hostile.run(Path(sys.argv[1]), {inputs}, zaad={zaad}, workers=1).schendingen))
"""
PLANTED = """
real = hostile.Judge.warm_up
few = [path.read_bytes() for path in sorted(hostile.SAMPLES.glob("vt*Di01/*.xml"))]
hostile.seeds = lambda _: few
def later(judge, _):
    real(judge, few[:2])
    {defect}
hostile.Judge.warm_up = later
"""
WATCHED = """
import json, mmap, os, signal, sys, time
from pathlib import Path
from crash import hostile
worker = hostile._Worker(range(1), mmap.mmap(-1, hostile._PLACE.size), Path(sys.argv[1]))
worker.begins(0)
parent = os.getpid()
if (child := os.fork()) == 0:
    while os.getppid() == parent:
        worker.begins(7)
    os._exit(0)
seen = [time.monotonic() - worker.at()[1] for _ in range(300_000)]
os.kill(child, signal.SIGKILL)
print(json.dumps([f"zou {age:.0f} s bezig zijn" for age in seen if age > hostile._HANGS_S]))
"""
BOMBS = """
import json, sys
from pathlib import Path
from crash import bombs
{defect}
print(json.dumps(bombs.run(Path(sys.argv[1])).schendingen))
"""
CROWD = """
import json, sys, time
from pathlib import Path
from crash import crowd
{defect}
print(json.dumps(crowd.run(Path(sys.argv[1]), {files}, {writers}).schendingen))
"""
LEAKS = """
import json, sys
from pathlib import Path
from crash import leaks
{defect}
samples = [path for path in {{path.parent.name: path for path in leaks.SAMPLES}}.values() if "Di01" in path.parent.name]
part = leaks.run(Path(sys.argv[1]) / "werk", samples[:{count}], asked=1, planted={planted!r})
print(json.dumps(part.schendingen))
"""
FAILING = """
import json, sys
from pathlib import Path
from crash import leaks_failing
{defect}
print(json.dumps(leaks_failing.run(Path(sys.argv[1]), {cases}).schendingen))
"""
MAKES = "from dataclasses import replace; import corv.{module} as m; text = 'GEHEIM' + '7351'; real = m.{name}\n"
IN_THE_SERVICE = {
    "log": ("handler", "_log", "m._log = lambda outcome: real(outcome) or m.log.info('x', tekst=text)"),
    "gebeurtenis": ("outcome_rows", "decision_facts", "m.decision_facts = lambda decision: real(decision) | {'tekst': text}"),
    "bevinding.tekst": (
        "judging",
        "remarks",
        "m.remarks = lambda *args: tuple(replace(found, tekst=text) for found in real(*args))",
    ),
    "bestandsnaam in": (
        "handler",
        "resting_place",
        "m.resting_place = lambda *args: (place := real(*args)).with_name(f'{text}-{place.name}')",
    ),
    "ps": (
        "handler",
        "_log",
        "import subprocess; m._log = lambda o: real(o) or subprocess.Popen(['sleep', '3', text][:2], env={text: ''})",
    ),
}
"""Where a leak is to be seen, and what makes it in the service."""


def told(code: str, folder: Path) -> list[str]:
    """The violations that such a run prints."""
    run = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=False, cwd=HERE)
    assert run.stdout, run.stderr
    found: list[str] = json.loads(run.stdout.splitlines()[-1])
    return found


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_no_mutated_message_makes_corv_fail(tmp_path: Path) -> None:
    assert told(FUZZ.format(defect="", inputs=700, zaad=7), tmp_path) == []


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
    defect = """
bombs.MOST_SECONDS, bombs.MOST_KB = 0.01, 10 * 1024
bombs.BOMBS = {"gzip": bombs.BOMBS["gzip"]}
"""
    found = told(BOMBS.format(defect=defect), tmp_path)

    assert [text.rstrip("0123456789. sMB") for text in found] == ["bom 'gzip': duurde", "bom 'gzip': geheugen"]


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_nothing_of_a_message_leaks_anywhere(tmp_path: Path) -> None:
    assert told(LEAKS.format(defect="", count=13, planted=""), tmp_path) == []


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_every_leak_in_the_service_is_seen(tmp_path: Path) -> None:
    planted = []
    for number, (module, name, change) in enumerate(IN_THE_SERVICE.values()):
        begin = MAKES.format(module=module, name=name)
        planted.append(f"def leak_{number}():\n    {begin}    {change}\nleak_{number}()")
    found = told(LEAKS.format(defect="leaks.QUESTIONS = {}", count=1, planted="\n".join(planted)), tmp_path)

    assert [seen for seen in IN_THE_SERVICE if not any(seen in text for text in found)] == [], found


@pytest.mark.slow
def test_a_leak_in_what_a_command_says_is_seen(tmp_path: Path) -> None:
    defect = """
leaks.QUESTIONS = {"controleer": leaks.QUESTIONS["controleer"]}
import click, corv.cli.controle as m
real = m.controle.callback if hasattr(m, "controle") else m.controleer.callback
m.controleer.callback = lambda **given: click.echo("GEHEIM" + "7351", err=True) or real(**given)
"""
    found = told(LEAKS.format(defect=defect, count=1, planted=""), tmp_path)

    assert [text.split(" over")[0] for text in found] == [
        "lek: corv controleer {bestand}",
        "lek: corv controleer --json {bestand}",
    ]


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_nothing_leaks_while_things_fail(tmp_path: Path) -> None:
    assert (
        told(FAILING.format(defect="", cases="list(leaks_failing.CASES)[::3] + list(leaks_failing.CASES)[-1:]"), tmp_path) == []
    )


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_a_leak_while_things_fail_is_seen(tmp_path: Path) -> None:
    defect = """
import traceback, corv.cli, corv.judging, corv.taking
from corv import logs
def tell(error, **facts):
    logs.structlog.get_logger().error("eigen_fout", tekst=str(error))
corv.judging.log_own_failure = tell
corv.taking.why = str
traceback.format_tb = lambda _: traceback.format_exception(sys.exc_info()[1])
"""
    cases = ["een fout in een regel", "de schijf weigert te bezorgen"]
    found = told(FAILING.format(defect=f"{defect}\nleaks_failing._hangs = lambda _: ()", cases=cases), tmp_path)

    assert {name for name in cases if any(name in text for text in found)} == {cases[0]}
    assert any("Onverwachte fout" in text for text in found)


def test_every_kind_of_message_is_marked() -> None:
    kinds = {naam for soort in BERICHTEN.values() if (naam := soort.naam).endswith("Di01")}

    assert (len(kinds), kinds - {path.parent.name for path in SAMPLES}) == (13, set())


def test_every_command_is_searched_for_leaks_or_has_a_reason_why_not() -> None:
    assert sorted([*QUESTIONS, *WITHOUT]) == sorted(cli.COMMANDS)


@pytest.mark.slow
def test_an_input_that_just_begins_is_not_taken_for_one_that_hangs(tmp_path: Path) -> None:
    assert told(WATCHED, tmp_path) == []


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_a_crowd_of_files_and_writers_and_a_file_of_2_gb_lose_nothing(tmp_path: Path) -> None:
    assert told(CROWD.format(defect="", files=300, writers=24), tmp_path) == []


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_half_a_file_and_a_slow_answer_are_seen(tmp_path: Path) -> None:
    defect = """
crowd.MOST_ANSWER_S = 0
def _slowly(path, content):
    path.write_bytes(content[:99])
    time.sleep(3)  # far longer than what counts as still
    path.write_bytes(content)
crowd._slowly = _slowly
"""
    found = told(CROWD.format(defect=defect, files=1, writers=1), tmp_path)

    assert [what for what in ("corv gezien", "keer gebracht", "2 GB") if not any(what in text for text in found)] == []
