"""bench/regels.py: it measures what it says, and its exit code is its verdict."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from corv.rules import rules_for

BENCH = Path(__file__).parents[1] / "bench/regels.py"


@pytest.mark.slow
def test_the_catalogue_is_measured_and_costs_at_most_twice_what_parsing_and_validating_do() -> None:
    """That it costs less the bench itself decides, on a quiet machine: here the other tests run at the same time."""
    done = subprocess.run([sys.executable, BENCH, "--rondes", "500"], capture_output=True, text=True, check=False)

    *measured, verdict = done.stdout.splitlines()
    sizes = {}
    for naam, line in zip(("vtMeldingDi01", "vtoDi01", "notificatieDi01"), measured, strict=True):
        times = r"lezen \d+ us, toetsen \d+ us, regels \d+ us"
        size = re.fullmatch(rf"{naam} \((\d+) bytes, {len(rules_for(naam))} regels\): {times}", line)
        assert size is not None
        sizes[naam] = int(size[1])
    ratio = re.fullmatch(r"regels van vtMeldingDi01 zijn ([0-9.]+) van lezen en toetsen samen: (goed|te duur)", verdict)
    assert done.stderr == ""
    assert abs(sizes["vtMeldingDi01"] - 8192) <= 200
    assert min(sizes.values()) > 5000
    assert ratio is not None
    assert done.returncode == (0 if ratio[2] == "goed" else 1)
    assert float(ratio[1]) <= 2
