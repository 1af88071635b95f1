"""Copy files so that what stands under its name is whole, synced and read back. Every file 0600, every folder 0700."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corv.durable import make_folder, rename_new, sync_all, sync_file, told_of

PART = ".deel"
"""The end of the name of a file that is not whole yet."""

_PIECE = 1 << 20
_AT_ONCE = 200


class UnreadableError(Exception):
    """A file in the working folder can't be read: its back-up goes on without it, and says so."""


@dataclass(frozen=True)
class Copied:
    """A file as it was copied. `inode`: device and inode of the source."""

    grootte: int
    sha256: str
    inode: tuple[int, int]


def copy(source: BinaryIO, target: Path) -> Copied:
    """Copy an open file to a new one, not yet synced. Raises UnreadableError of the source, OSError of the target."""
    make_folder(target.parent)
    digest = hashlib.sha256()
    with told_of(target.parent), open(target, "xb", opener=_private) as file:  # a name in an inbox is told to nobody
        try:
            for piece in _pieces(source):
                digest.update(piece)
                if piece.count(0) == len(piece):
                    file.seek(len(piece), os.SEEK_CUR)  # a hole stays a hole
                else:
                    file.write(piece)
            file.truncate(file.tell())
        except BaseException:
            target.unlink()
            raise
    info = os.fstat(source.fileno())
    return Copied(target.stat().st_size, digest.hexdigest(), (info.st_dev, info.st_ino))


def copy_shared(
    sources: Iterable[tuple[str, Callable[[], BinaryIO]]],
    to: Path,
    wanted: Callable[[str, Copied], bool],
    done: Callable[[], None],
) -> Iterator[tuple[str, Copied]]:
    """Copy files that will stay for good to their path below `to`; gives each once it stands there under its name.

    It gets that name when it is synced, read back, and what is `wanted`; else nothing of it stays. A file that has gone or can't
    be read is passed over. `done` is called after each.
    """
    group: list[tuple[str, Copied]] = []
    try:
        for path, opened in sources:
            with suppress(FileNotFoundError, UnreadableError), _opened(opened) as source:
                group.append((path, copy(source, _part(to / path))))
            done()
            if len(group) == _AT_ONCE:
                yield from _settle(group, to, wanted)
                group = []
        yield from _settle(group, to, wanted)
    except BaseException:
        for path, _ in group:
            _part(to / path).unlink(missing_ok=True)
        raise


def digest_of(path: Path) -> str:
    """The SHA-256 of a file as it is on the disk, as far as the system lets us pass over its memory."""
    with path.open("rb") as file:
        with suppress(OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_read_back(path: Path, copied: Copied) -> None:
    """Raise OSError when a file does not hold what was written to it."""
    if digest_of(path) != copied.sha256:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))


def _settle(group: list[tuple[str, Copied]], to: Path, wanted: Callable[[str, Copied], bool]) -> Iterator[tuple[str, Copied]]:
    sync_all([_part(to / path) for path, _ in group])
    for path, copied in group:
        part = _part(to / path)
        check_read_back(part, copied)
        if wanted(path, copied):
            rename_new(part, to / path)
            yield path, copied
        else:
            part.unlink()
    for folder in {(to / path).parent for path, _ in group}:
        sync_file(folder)


def _part(path: Path) -> Path:
    return path.with_name(path.name + PART)


def _opened(opened: Callable[[], BinaryIO]) -> BinaryIO:
    try:
        return opened()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableError from error


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    while True:
        try:
            piece = source.read(_PIECE)
        except OSError as error:
            raise UnreadableError from error
        if not piece:
            return
        yield piece


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
