"""Have a module of ours look at bytes in a process of its own, with a limit on memory and time.

For files of which a few KB can be made so that a library never ends, takes all memory, or takes the whole process along.
"""

import os
import signal
import sys
from dataclasses import dataclass

from corv.errors import CorvError, why

OUT_OF_MEMORY = 70
"""The exit code of the process that ran into its limit on memory, where it could still say so."""

_TOO_HEAVY_BY = {signal.SIGXCPU, signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS}
"""How a process ends that takes too much; not every library survives a lack of memory."""


@dataclass(frozen=True)
class Limits:
    """What the process may take: bytes of memory, seconds of a processor, and seconds by the clock."""

    memory: int
    seconds: int
    wait_s: float


def ask_apart(module: str, raw: bytes, limits: Limits, told: str) -> bytes | None:
    """What the module, run with the first two limits as its arguments, says of these bytes; None when it took too much.

    It must call `limit_self` first. Raises CorvError when it could not be asked: `told` is that sentence with a place for "niet".
    """
    import subprocess  # noqa: PLC0415 - most commands never ask

    # -P, and our own path: a folder with a `corv` in it that somebody happens to stand in is not ours.
    command = [sys.executable, "-P", "-m", module, str(limits.memory), str(limits.seconds)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603 - our own
            command, input=raw, capture_output=True, timeout=limits.wait_s, env=env, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    except OSError as error:
        raise CorvError(f"{told.format('nu niet')} ({why(error)}). Probeer het later opnieuw.") from error
    if done.returncode == 0:
        return done.stdout
    if done.returncode == OUT_OF_MEMORY or -done.returncode in _TOO_HEAVY_BY:
        return None
    raise CorvError(f"{told.format('niet')}, door een fout in corv zelf ({done.returncode}). Meld dit.")


def limit_self(memory: int, seconds: int) -> None:
    """Keep this process, which `ask_apart` started, to its limits."""
    import resource  # noqa: PLC0415 - not where Windows is, and of use only here

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
