"""One disturbed run in a process of its own: forked from a server that has corv imported, so that it costs no start."""

import importlib
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import structlog

from conftest import START
from crash.shim import Plan, Shim

_NEEDED = ("corv.cli.ingrijpen", "corv.cli.herstel", "corv.cli.werk", "corv.repair.repairing", "corv.metrics", "encodings.idna")
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


def run_child(
    act: Callable[[], int],
    said: Path,
    watched: Path | None = None,
    plan: Plan | None = None,
    fetch: Callable[[], None] | None = None,
) -> int:
    """Run `act` in a child; gives its exit code, or minus the signal that stopped it. `said` gets what it printed.

    `watched` and `plan`: what the shim must do below which folder. `said` with suffix .log gets the calls that were counted.
    """
    child = os.fork()
    if child == 0:
        code = BROKE_OFF
        with suppress(BaseException):
            code = _live(act, said, watched, plan, fetch)
        os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _live(act: Callable[[], int], said: Path, watched: Path | None, plan: Plan | None, fetch: Callable[[], None] | None) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    output = os.open(said, flags)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    shim = Shim()  # kept for as long as we live: it holds what the library calls back
    if watched is not None and plan is not None:
        shim.arm(watched, plan, os.open(said.with_suffix(".log"), flags), fetch)
    try:
        return act()
    except BaseException:  # noqa: BLE001 - whatever it is, the server goes on and reports it
        traceback.print_exc()
        return BROKE_OFF
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
