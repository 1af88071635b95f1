"""File operations that survive a power cut, and never overwrite: the primitives under `folders`."""

import ctypes
import errno
import hashlib
import io
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corv import rechten

_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_NO_SUCH_CALL = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}
_LIBC = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
_RENAMEAT2 = getattr(_LIBC, "renameat2", None)
_PIECE = 1 << 20
_SYNCFS = getattr(_LIBC, "syncfs", None)

SYNC_ONE_BY_ONE = 8
"""Up to so many files are synced one by one; above it one syncfs is cheaper (prestaties.md: 1.9 against 10 times)."""


def rename_new(source: Path, target: Path) -> None:
    """Rename atomically; raises FileExistsError rather than replace `target`.

    Linux's renameat2 does this in one step. Where the file system lacks it (NFS), looking first is all there is; nobody
    else makes files under our names, so the gap is theoretical.
    """
    if rename_in_one_step(source, target):
        return
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    source.rename(target)


def rename_in_one_step(source: Path, target: Path) -> bool:
    """Rename, or raise FileExistsError rather than replace `target`. False, and nothing done, where that is not one step."""
    if _RENAMEAT2 is None:
        return False
    if _RENAMEAT2(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), _RENAME_NOREPLACE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NO_SUCH_CALL:
        return False
    raise OSError(code, os.strerror(code), str(source), None, str(target))


def move_new(source: Path, target: Path) -> None:
    """As `rename_new`, also from one file system to another: then a synced copy comes first and the original goes last."""
    try:
        rename_new(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        temporary = target.with_name(f".{target.name}.kopie")  # a stop half way leaves it, the next try writes over it
        with source.open("rb") as original, rechten.create(temporary) as copy:
            copy_with_holes(original, copy)
        sync_file(temporary)
        rename_new(temporary, target)
        sync_file(target.parent)
        source.unlink()


def replace_with(target: Path, content: bytes) -> None:
    """Put this in the place of what a file holds, in one step that survives a power cut. Raises OSError when it can't.

    A link stays, and what it points at is replaced. Mode, owner and group stay too, as far as we may set them.
    """
    place = target.resolve()
    temporary = place.with_name(f".{place.name}.nieuw")  # a stop half way leaves it, the next try writes over it
    with told_of(target):
        rechten.write(temporary, content)
        if place.exists():
            before = place.stat()
            for owner, group in ((-1, before.st_gid), (before.st_uid, -1)):  # apart: who may not give it away may set the group
                with suppress(PermissionError):
                    os.chown(temporary, owner, group)
            shutil.copymode(place, temporary)
        sync_file(temporary)
        temporary.replace(place)
        sync_file(place.parent)


def write_new(path: Path, content: str | bytes, mode: int = rechten.FILE) -> None:
    """Write a file whole or not at all, in a folder that is there; raises FileExistsError rather than replace `path`.

    A text is written as UTF-8. Until it is whole it has a name that no inbox takes; a failure leaves nothing of that name, and
    is told of `path`.
    """
    temporary = path.with_name(f".corv-{secrets.token_hex(8)}.tmp")
    with told_of(path):
        _make_new(temporary, path, content.encode() if isinstance(content, str) else content, mode)
        sync_file(path.parent)


def _make_new(temporary: Path, path: Path, content: bytes, mode: int) -> None:
    with rechten.create(temporary, mode) as file:
        try:
            file.write(content)
            file.flush()
            sync_file(temporary)
            rename_new(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """An OSError from within is one of `path`: a failing write names no file, or one that the user doesn't know."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def make_folder(path: Path, mode: int = rechten.FOLDER) -> None:
    """Make a folder, and those above it, where they are not there yet; their names survive a power cut.

    Syncing what lies in a new folder is not enough: its own name is kept by the folder above it.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.is_dir()]
    path.mkdir(mode=mode, parents=True, exist_ok=True)
    for folder in missing:
        sync_file(folder.parent)


def digest_of(path: Path) -> str:
    """The SHA-256 of what a file holds, in hexadecimal; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_file(path: Path) -> None:
    """Make one file, or the entries of one folder, survive a power cut, as far as its file system can."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network shares refuse to sync a folder
            raise
    finally:
        os.close(handle)


def sync_all(paths: Iterable[Path]) -> None:
    """Make all these files survive a power cut, with as few flushes as the system allows."""
    files = list(dict.fromkeys(paths))
    if len(files) <= SYNC_ONE_BY_ONE or _SYNCFS is None:
        for path in files:
            sync_file(path)
        return
    for path in {path.stat().st_dev: path for path in files}.values():
        sync_file_system(path)


def sync_file_system(path: Path) -> None:
    """Make all that was written to the file system of `path` survive a power cut, where the system has a call for that."""
    handle = os.open(path, os.O_RDONLY)
    try:
        if _SYNCFS is not None and _SYNCFS(handle) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(path))
    finally:
        os.close(handle)


def copy_with_holes(source: io.BufferedReader, target: io.BufferedWriter) -> None:
    """Copy an open file to one that is still empty, in pieces; holes stay holes, and are not read where the system knows them."""
    handle, at, size = source.fileno(), 0, os.fstat(source.fileno()).st_size
    while (at := _next_data(handle, at, size)) < size and (piece := os.pread(handle, _PIECE, at)):
        if piece.count(0) < len(piece):
            target.seek(at)
            target.write(piece)
        at += len(piece)
    target.truncate(at)


def _next_data(handle: int, at: int, size: int) -> int:
    """Where from `at` on something was written; its size when nothing was, `at` where the system can't tell."""
    try:
        return os.lseek(handle, at, os.SEEK_DATA)
    except OSError as error:
        return size if error.errno == errno.ENXIO else at
