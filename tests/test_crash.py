"""The sweep of crash_sweep.py, in a process of its own because it forks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SWEEP = Path(__file__).with_name("crash_sweep.py")


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    "options",
    [["--partij", "100"], ["--partij", "3", "--ophalen", "--elke", "3"]],
    ids=["one batch, every point", "small batches, another program fetching at once"],
)
def test_a_stop_at_any_disk_operation_ends_in_the_state_of_an_undisturbed_run(options: list[str]) -> None:
    run = subprocess.run([sys.executable, SWEEP, *options], capture_output=True, text=True, check=False, cwd=SWEEP.parent)

    assert run.stdout, run.stderr
    result = json.loads(run.stdout)
    assert (result["schendingen"], result["punten"] > 140) == ([], True)
