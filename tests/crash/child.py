"""One disturbed run in a process of its own: forked from a server that has corv imported, so that it costs no start."""

import gc
import importlib
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import structlog

from conftest import START
from crash.shim import Call, Plan, Shim, read_log

_NEEDED = (
    "corv.cli.backup",
    "corv.cli.ingrijpen",
    "corv.cli.herstel",
    "corv.cli.werk",
    "corv.repair.repairing",
    "corv.metrics",
    "encodings.idna",
)
BROKE_OFF = 70
"""The exit code of a child in which something was raised."""


def warm_up() -> None:
    """Import everything that a run needs, and set the clock of every module still: two runs that do the same leave the same."""
    for name in _NEEDED:
        importlib.import_module(name)
    for name, module in list(sys.modules.items()):
        if name.startswith("corv.") and hasattr(module, "utc_now"):
            module.utc_now = lambda: START  # type: ignore[attr-defined]
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    gc.collect()
    gc.freeze()  # a collection in a child would touch, and so copy, everything that it shares with us


def beside(map_: Path) -> Path:
    """Where a run may write that must not lie in the folder itself."""
    return map_.with_name("ernaast")


class Place:
    """A folder where one thing is prepared once (`begin`), and done again and again on a copy of that (`map`)."""

    def __init__(self, scratch: Path) -> None:
        scratch.mkdir()
        self.begin, self.map, self._said = scratch / "begin", scratch / "werk", scratch / "gezegd.txt"

    def renew(self) -> None:
        """A fresh copy, as it was prepared; with its times, so that it is taken in the same order. What lies beside it goes."""
        shutil.rmtree(self.map, ignore_errors=True)
        shutil.rmtree(beside(self.map), ignore_errors=True)
        if self.begin.exists():
            shutil.copytree(self.begin, self.map)

    def prepare(self, make: Callable[[Path], object]) -> None:
        """Make what is copied. Raises RuntimeError when that fails."""
        self.must(self._run(make, self.begin, None, None), "voorbereiden")

    def run(self, act: Callable[[Path], object], plan: Plan | None = None, fetch: Callable[[], object] | None = None) -> int:
        """Do this on the copy, in a child; gives its exit code, or minus the signal that stopped it.

        `plan`: what the shim does there. `fetch`: what another program does before each call that is counted.
        """
        return self._run(act, self.map, plan, fetch)

    def must(self, ended: int, what: str) -> None:
        """Raise RuntimeError unless this ended well."""
        if ended != 0:
            raise RuntimeError(f"{what}: einde {ended}: {self.said()}")

    def said(self) -> str:
        """What the last child printed."""
        return self._said.read_text(encoding="utf-8")

    def calls(self) -> list[Call]:
        """What was counted in the last child that had a plan."""
        return read_log(self._log)

    @property
    def _log(self) -> Path:
        return self._said.with_suffix(".log")

    def _run(self, act: Callable[[Path], object], map_: Path, plan: Plan | None, fetch: Callable[[], object] | None) -> int:
        child = os.fork()
        if child == 0:
            code = BROKE_OFF
            with suppress(BaseException):
                code = self._live(act, map_, plan, fetch)
            os._exit(code)
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)

    def _live(self, act: Callable[[Path], object], map_: Path, plan: Plan | None, fetch: Callable[[], object] | None) -> int:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        output = os.open(self._said, flags)
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
        shim = Shim()  # kept for as long as we live: it holds what the library calls back
        if plan is not None:
            shim.arm(map_, plan, os.open(self._log, flags), fetch)
        try:
            code = act(map_)
        except BaseException:  # noqa: BLE001 - whatever it is, the server goes on and reports it
            traceback.print_exc()
            return BROKE_OFF
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        return code if isinstance(code, int) else 0
