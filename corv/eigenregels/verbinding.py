"""The process in which own rules are asked, seen from the one that asks: start it, put a question with a time limit, end it."""

import json
import os
import sys
from contextlib import suppress
from threading import Thread
from typing import Any

MOST_SECONDS = 60
"""So long one answer may take where the process does not hear that nobody is left to end it."""


class Verbinding:
    """One such process. Raises OSError when it can't be started. It ends with the thread that makes it."""

    def __init__(self, most_memory: int) -> None:
        import socket  # noqa: PLC0415 - who has no own rules need not wait for these
        import subprocess  # noqa: PLC0415

        # -P, and our own path: a folder with a `corv` in it that somebody happens to stand in is not ours.
        command = [sys.executable, "-P", "-m", "corv.eigenregels.werker", str(most_memory), str(MOST_SECONDS)]
        env = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._socket, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own
                    command,
                    stdin=theirs.fileno(),
                    stdout=theirs.fileno(),
                    stderr=subprocess.DEVNULL,
                    env=env,
                    start_new_session=True,
                )
            except OSError:
                self._socket.close()
                raise
        self._answers = self._socket.makefile("rb")
        with suppress(RuntimeError):  # no room for a thread: then it is asked how it ended at the next message
            Thread(target=self._process.wait, name="eigenregels", daemon=True).start()

    def ask(self, question: dict[str, Any], seconds: float, content: bytes = b"") -> dict[str, Any]:
        """The answer to a question, which `content` goes along with.

        Raises TimeoutError when it takes longer, and another OSError when the process is gone.
        """
        self._socket.settimeout(seconds)
        self._socket.sendall(json.dumps(question).encode() + b"\n" + content)
        line = self._answers.readline()
        if not line.endswith(b"\n"):
            raise ConnectionResetError
        answer: dict[str, Any] = json.loads(line)
        return answer

    @property
    def is_gone(self) -> bool:
        """Whether the process ended by itself, or somebody else ended it."""
        return self._process.poll() is not None

    def close(self) -> None:
        """End the process, whatever it is doing: it has nothing to lose."""
        self._process.kill()
        self._process.wait()
        self._answers.close()
        self._socket.close()
