"""A service under load that is killed every few seconds, while others write its inboxes and empty its outboxes.

python -m crash.load SECONDS [SEED]        (from tests/)
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from conftest import Werkmap
from crash.invariants import violations
from crash.part import Part
from crash.stream import stream
from crash.world import FETCHED, fetch_all

_STILL_S = 0.3
_PAUSES = {"inbox": 0.04, "outbox": 0.05}
_TRACE = "Traceback"


class Load:
    """Everything that happens around one working folder until `stop`; what goes wrong is added to `found`."""

    def __init__(self, map_: Path, seed: int) -> None:
        self.map, self.seed = map_, seed
        self.done, self.dropped, self.found = Counter[str](), list[bytes](), list[str]()
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._until_over, args=(step,))
            for step in (self._writer("hernoemd"), self._writer("ter plekke"), self._fetch)
        ]

    def begin(self) -> None:
        """Start to write and to fetch."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Everybody finishes the file in hand."""
        self._over.set()
        for thread in self._threads:
            thread.join()
        self._fetch()

    def _until_over(self, step: Callable[[], None]) -> None:
        while not self._over.is_set():
            step()

    def _writer(self, how: str) -> Callable[[], None]:
        """One who writes: under another name first and then renamed, or slowly in the inbox itself."""
        messages, chance = stream(self.seed + len(how)), Random(self.seed)

        def write() -> None:
            kanaal, content = next(messages)
            name = f"{how.replace(' ', '-')}-{self.done[how]}.xml"
            inbox, half = self.map / "inbox" / kanaal, len(content) // 2
            path = inbox / (f"{name}.tmp" if how == "hernoemd" else name)
            with path.open("wb", buffering=0) as file:
                file.write(content[:half])
                if how != "hernoemd":
                    time.sleep(chance.uniform(0, _STILL_S / 3))
                file.write(content[half:])
            if how == "hernoemd":
                path.rename(inbox / name)
            self.dropped.append(content)
            self.done[how] += 1
            time.sleep(_PAUSES["inbox"])

        return write

    def _fetch(self) -> None:
        """The other side: takes all that lies in the outboxes. Twice the same name is a file delivered twice."""
        self.found += fetch_all(self.map)
        time.sleep(_PAUSES["outbox"])


def run(map_: Path, seconds: float, seed: int) -> Part:
    """So many seconds of load on a fresh working folder, with a kill every one to five seconds, and what was wrong after it."""
    begun, chance = time.monotonic(), Random(seed)
    werkmap = Werkmap(map_)
    werkmap.configure("stil_s = 0", f"stil_s = {_STILL_S}")
    werkmap.configure("herscan_s = 30", "herscan_s = 2")
    (map_ / FETCHED).mkdir()
    load = Load(map_, seed)
    load.begin()
    while time.monotonic() - begun < seconds:
        kill_softly = chance.random() < 0.2
        _one_life(load, chance.choice(["start"] * 4 + ["verwerk"]), chance.uniform(0.4, 5), kill_softly=kill_softly)
    load.stop()
    _finish(load)
    found = [*load.found, *violations(map_, load.dropped), *_without_reason(map_, load)]
    counts = {"berichten": len(load.dropped), "SIGKILL": load.done["SIGKILL"], "SIGTERM": load.done["SIGTERM"]}
    counts |= {"opgehaald": sum(path.is_file() for path in (map_ / FETCHED).rglob("*"))}
    return Part("belasting", counts, tuple(f"zaad {seed}: {it}" for it in found), time.monotonic() - begun)


def _one_life(load: Load, opdracht: str, seconds: float, *, kill_softly: bool) -> None:
    """Start a process of ours, let it work so long, and end it."""
    with tempfile.TemporaryFile() as said:
        process = _corv(load.map, opdracht, said.fileno())
        time.sleep(seconds)
        if process.poll() is None:
            how = signal.SIGTERM if kill_softly and opdracht == "start" else signal.SIGKILL
            process.send_signal(how)
            load.done[how.name] += 1
        code = process.wait(timeout=60)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    expected = {-signal.SIGKILL, 0, 1} if opdracht == "verwerk" else {-signal.SIGKILL, 0}
    if '"gestart"' not in text:
        expected.add(-signal.SIGTERM)  # so soon that nobody listened yet: then nothing was in hand either
    if code not in expected or _TRACE in text:
        load.found.append(f"{opdracht} eindigde met {code}: {text[-600:]}")
    if '"eigen_fout"' in text:
        load.found.append(f"{opdracht}: een fout in corv zelf: {text[text.index('eigen_fout') - 200 :][:600]}")


def _finish(load: Load) -> None:
    """Passes until nothing waits, as the next morning would."""
    for _ in range(20):
        process = subprocess.run(_words(load.map, "verwerk", "--json"), capture_output=True, text=True, check=False, timeout=600)
        load._fetch()
        left = json.loads(process.stdout)["wachtend"] if process.returncode in {0, 1} else None
        if left == 0 and not any(load.map.glob("inbox/*/*.xml")):
            return
    load.found.append(f"na twintig ronden wacht er nog iets: {process.stdout} {process.stderr[-600:]}")


def _without_reason(map_: Path, load: Load) -> list[str]:
    """Set apart may be only what can't be read; a kill from outside never makes a message a suspect."""
    unreadable = sum(content.count(b"</JZ:vtMeldingDi01>") == 0 and b"vtMeldingDi01" in content for content in load.dropped)
    apart = len(list((map_ / "data/quarantaine").glob("*.xml")))
    return [] if apart == unreadable else [f"{apart} bestanden apart gezet, waarvan {unreadable} onleesbaar"]


def _corv(map_: Path, opdracht: str, output: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(_words(map_, opdracht), stdout=output, stderr=output, env={**os.environ, "PYTHONFAULTHANDLER": "1"})


def _words(map_: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "corv", "--map", str(map_), *words]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        part = run(Path(scratch, "werk"), float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print(part)
    sys.exit(bool(part.schendingen))
