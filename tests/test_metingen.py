"""The file for Prometheus: what is in it, when it is written, and that trouble with it disturbs nothing."""

import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from conftest import START, Werkmap, message
from corv import health_facts, jobs, metrics
from corv.app import working
from corv.clock import utc_now
from corv.handler import Report
from corv.health import Health
from corv.health.values import Subject, Toestand
from corv.watch import Stillness

HEALTH = Health(
    START,
    (
        Subject("opgepakt", Toestand.KRITIEK, "Tekst.", "Doe.", 3, START - timedelta(hours=2)),
        Subject("service", Toestand.ONBEKEND, "Tekst.", "Doe."),
    ),
    START - timedelta(seconds=30),
)


def samples(text: str) -> dict[str, float]:
    """Every sample of a file, as name or name{onderwerp}."""
    return {
        sample.name + (f"{{{sample.labels['onderwerp']}}}" if sample.labels else ""): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def file(werkmap: Werkmap) -> Path:
    """The file of a working folder that asks for one."""
    werkmap.configure('metingen = ""', 'metingen = "meting/corv.prom"')
    (werkmap.path / "meting").mkdir()
    return werkmap.path / "meting/corv.prom"


def test_the_whole_file(tmp_path: Path) -> None:
    metrics.write(tmp_path / "corv.prom", HEALTH)

    text = (tmp_path / "corv.prom").read_text(encoding="utf-8")
    assert samples(text) == {
        "corv_toestand": 2,
        "corv_onderwerp_toestand{opgepakt}": 2,
        "corv_onderwerp_toestand{service}": 3,
        "corv_onderwerp_aantal{opgepakt}": 3,
        "corv_onderwerp_leeftijd_seconden{opgepakt}": 7200,
        "corv_laatste_ronde_tijdstip_seconden": START.timestamp() - 30,
        "corv_metingen_tijdstip_seconden": START.timestamp(),
    }
    families = list(text_string_to_metric_families(text))
    assert all(family.type == "gauge" and family.documentation.endswith((".", ").")) for family in families)
    assert [path.name for path in tmp_path.iterdir()] == ["corv.prom"]


def test_a_pass_writes_the_file_with_every_subject_and_no_name_of_a_file(werkmap: Werkmap, file: Path) -> None:
    werkmap.drop("corv", "geheime-naam.xml", message("vtMeldingDi01/minimaal.xml"))
    werkmap.run()

    text = file.read_text(encoding="utf-8")
    found = samples(text)
    expected = {subject.onderwerp for subject in health_facts.look(werkmap.path, werkmap.now).onderwerpen}
    assert {name.removeprefix("corv_onderwerp_toestand") for name in found if "onderwerp_toestand" in name} == {
        f"{{{name}}}" for name in expected
    }
    assert found["corv_onderwerp_aantal{ophalen:corv}"] == 2
    assert found["corv_laatste_ronde_tijdstip_seconden"] == pytest.approx(werkmap.now.timestamp(), abs=1)
    assert "geheime" not in text


def test_the_job_of_the_service_writes_it_too(werkmap: Werkmap, file: Path) -> None:
    (job,) = [job for job in jobs.SCHEDULE if job.naam == "metingen"]
    werkmap.now = utc_now()
    with working(werkmap.path) as deps:
        job.run(replace(deps, clock=werkmap.clock), Stillness(), Report())
        assert job.every_s(deps.settings) == 60

    # Right after the start nothing is known of a pass yet, and nothing is wrong.
    assert samples(file.read_text(encoding="utf-8"))["corv_toestand"] == 3


def test_without_a_name_nothing_is_written_and_the_library_not_even_loaded(werkmap: Werkmap) -> None:
    code = "import sys; from corv import cli; cli.run(sys.argv[1:]); print('prometheus_client' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code, "--map", str(werkmap.path), "verwerk"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert run.stdout.splitlines()[-1] == "False"
    assert not list(werkmap.path.rglob("*.prom"))


def test_a_file_that_can_not_be_written_is_a_problem_and_everything_else_goes_on(werkmap: Werkmap, file: Path) -> None:
    file.parent.rmdir()
    werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    report = werkmap.run()

    assert list(report.problems) == [
        f"Het bestand met metingen {file} is niet te schrijven (bestaat niet of is niet aangekoppeld)."
    ]
    assert (werkmap.rows()[0]["status"], len(werkmap.outbox())) == ("geaccepteerd", 3)


def test_a_failure_of_our_own_while_measuring_is_a_problem_and_nothing_more(
    werkmap: Werkmap, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(metrics, "write", fail)
    report = werkmap.run()

    assert [problem for problem in report.problems if str(file) in problem and "Meld dit" in problem]


def test_who_reads_while_it_is_written_sees_a_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "corv.prom"
    metrics.write(path, HEALTH)
    before = path.read_text(encoding="utf-8")
    seen = []
    rename = os.replace

    def look_and_rename(source: str, target: str) -> None:
        seen.append(path.read_text(encoding="utf-8"))
        rename(source, target)

    monkeypatch.setattr(os, "replace", look_and_rename)
    metrics.write(path, replace(HEALTH, onderwerpen=()))

    assert seen == [before]
    assert "corv_toestand 0.0" in path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_running_service_writes_it_and_does_not_forget_a_growing_file(werkmap: Werkmap, file: Path) -> None:
    werkmap.configure("stil_s = 0\n", "stil_s = 1.5\n")
    werkmap.configure("herscan_s = 30", "herscan_s = 3600")
    code = (
        "import dataclasses, sys\nfrom corv import cli, jobs, service\n"
        "quick = [dataclasses.replace(j, every_s=lambda _: 0.3) if j.naam == 'metingen' else j for j in jobs.SCHEDULE]\n"
        "service.SCHEDULE = tuple(quick)\ncli.run(sys.argv[1:])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "--map", str(werkmap.path), "start"], stderr=subprocess.PIPE, text=True
    )
    try:
        wait_for(file.exists)
        werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
        wait_for(lambda: len(werkmap.outbox()) == 3)  # one job that looks at no inbox came in between, several times
        wait_for(lambda: re.search(r'aantal\{onderwerp="ophalen:corv"} 2', file.read_text(encoding="utf-8")))
        service = next(s for s in health_facts.look(werkmap.path, utc_now()).onderwerpen if s.onderwerp == "service")
    finally:
        process.terminate()
        process.communicate(timeout=20)

    assert service.tekst.startswith(f"De service draait (proces {process.pid}); de laatste ronde eindigde ")


def wait_for(condition: object, seconds: float = 20) -> None:
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "het duurt te lang"
        time.sleep(0.05)


def test_everybody_may_read_the_file_and_no_link_in_its_place_is_followed(tmp_path: Path) -> None:
    path, other = tmp_path / "corv.prom", tmp_path / "van-een-ander"
    other.write_bytes(b"blijft")
    for name in ("corv.prom", ".corv.prom.nieuw"):
        (tmp_path / name).symlink_to(other)
    metrics.write(path, HEALTH)

    assert (path.is_symlink(), oct(path.stat().st_mode & 0o777), other.read_bytes()) == (False, "0o644", b"blijft")
