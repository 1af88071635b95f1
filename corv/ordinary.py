"""Read what should be an ordinary file: a pipe would keep us waiting for ever, and reading a device may do anything."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path


def open_ordinary(path: Path) -> BufferedReader:
    """Open an ordinary file, or one that a link points at. Raises OSError for anything else, which is not even opened."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        code = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
        raise OSError(code, os.strerror(code), str(path))
    return path.open("rb")


def read_ordinary(path: Path) -> bytes:
    """What an ordinary file holds. Raises OSError as `open_ordinary` does."""
    with open_ordinary(path) as file:
        return file.read()
