"""How long `corv controleer` takes, start included, and how much memory: for one file of 8 KB and for a thousand of them.

    .venv/bin/python bench/controleren.py [--aantal 1000] [--keer 5]

Prints the median of each; the limits are those of the issue that asked for it: 0.6 s, 2 s and 100 MB.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from beslissen import melding


def seconds(files: list[Path]) -> float:
    """The wall time of one run over these files."""
    before = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "corv", "controleer", "--json", *files], capture_output=True, check=True)
    assert done.stdout.count(b'"oordeel": "goed"') == len(files), "a message is not good, so the figure says nothing"
    return time.perf_counter() - before


def main() -> None:
    """Make the files, run, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--aantal", type=int, default=1000)
    arguments.add_argument("--keer", type=int, default=5)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number:05}.xml" for number in range(asked.aantal)]
        for file in files:
            file.write_bytes(melding("Deventer", "7411KT"))
        for chosen in (files[:1], files):
            median = statistics.median(seconds(chosen) for _ in range(asked.keer))
            print(f"{len(chosen):5} bestanden van {files[0].stat().st_size} bytes: {median:.2f} s")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"      geheugen: {memory:.0f} MiB")


if __name__ == "__main__":
    main()
