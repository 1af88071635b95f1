"""Have a module of ours look at bytes in a process of its own, with a limit on memory and time.

For files of which a few KB can be made so that a library never ends, takes all memory, or takes the whole process along.
"""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer

from corv.errors import CorvError, why

OUT_OF_MEMORY = 70
"""The exit code of the process that ran into its limit on memory, where it could still say so."""

MAX_ANSWER = 16 * 1024 * 1024
"""Bytes that a module may say: of what it was asked to look at, it may not make us take all memory ourselves."""

_TOO_HEAVY_BY = {signal.SIGXCPU, signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS}
"""How a process ends that takes too much; not every library survives a lack of memory."""


@dataclass(frozen=True)
class Limits:
    """What the process may take: bytes of memory, seconds of a processor, and seconds by the clock."""

    memory: int
    seconds: int
    wait_s: float


def ask_apart(module: str, raw: bytes, limits: Limits, told: str) -> bytes | None:
    """What the module, run with the first two limits as its arguments, says of these bytes; None when it took or said too much.

    It must call `limit_self` first. Raises CorvError when it could not be asked: `told` is that sentence with a place for "niet".
    """
    # -P, and our own path: a folder with a `corv` in it that somebody happens to stand in is not ours.
    command = [sys.executable, "-P", "-m", module, str(limits.memory), str(limits.seconds)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        code, said = _run(command, raw, limits.wait_s, env)
    except OSError as error:
        raise CorvError(f"{told.format('nu niet')} ({why(error)}). Probeer het later opnieuw.") from error
    if code == OUT_OF_MEMORY or -code in _TOO_HEAVY_BY or len(said) > MAX_ANSWER:
        return None
    if code == 0:
        return said
    raise CorvError(f"{told.format('niet')}, door een fout in corv zelf ({code}). Meld dit.")


def _run(command: Sequence[str], raw: bytes, wait_s: float, env: Mapping[str, str]) -> tuple[int, bytes]:
    """The exit code and what it said, one byte more than it may at most. Killed when it takes too long or says more than that."""
    import subprocess  # noqa: PLC0415 - most commands never ask

    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=env) as process:  # noqa: S603 - our own
        timer = Timer(wait_s, process.kill)
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError), process.stdin as entry:  # it may have ended before it read all
                entry.write(raw)
            said = process.stdout.read(MAX_ANSWER + 1)
            if len(said) > MAX_ANSWER:
                process.kill()
            return process.wait(), said
        finally:
            timer.cancel()
            process.kill()


def limit_self(memory: int, seconds: int) -> None:
    """Keep this process, which `ask_apart` started, to its limits."""
    import resource  # noqa: PLC0415 - not where Windows is, and of use only here

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
