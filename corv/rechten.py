"""Mode, group and owner of what we make. Whoever starts us, with whatever umask: nobody else may at it, but for who is named.

`private` sees to everything, our libraries too: files 0600, folders 0700. What another account must see gets its rights here,
one by one, before it has a name that the other knows.
"""

import errno
import os
import secrets
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader, BufferedWriter
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
SHARED_FILE, SHARED_FOLDER = 0o640, 0o770
FILLED_FOLDER = 0o2770
"""For a folder that another account fills: what is put there is of the group of the folder, so that we may read it."""
PASSED_FOLDER, PASSED_BY_MORE = 0o710, 0o711
"""For the folder around shared ones: who passes may not look what lies there. The second where more groups must pass."""
PUBLIC_FILE = 0o644
"""Only for what holds nothing of a message."""

OPEN_TO_OTHERS = "anderen mogen in deze map van corv schrijven; kijk wat erin ligt, en sluit haar met chmod go="

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True)
class Rechten:
    """Who else may in the folders of a channel: the number of a group, None for nobody. `uitvoer`: the mode of what goes out."""

    groep: int | None = None
    uitvoer: int = FILE


@contextmanager
def private() -> Iterator[None]:
    """What this process makes is for our own account only, unless it says otherwise."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def create(path: Path, mode: int = FILE, groep: int | None = None) -> BufferedWriter:
    """Open a new empty file for writing, with this mode and group. Raises OSError, also where we may not give it to that group.

    Whatever lay there under that name is removed and never written to, a link least of all.
    """
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, FILE)
    try:
        _give(handle, path, mode if mode != FILE else None, groep)
    except OSError:
        os.close(handle)
        path.unlink(missing_ok=True)
        raise
    return os.fdopen(handle, "wb")


def write(path: Path, content: bytes, mode: int = FILE, groep: int | None = None) -> None:
    """Write a file of ours anew; raises as `create` does."""
    with create(path, mode, groep) as file:
        file.write(content)


def make_folder(path: Path, mode: int = FOLDER, groep: int | None = None) -> None:
    """Make a folder in one that is there, with this mode and group; one that is there already stays as it is.

    It gets its name last: a stop half way leaves no folder of that name with other rights.
    """
    if os.path.lexists(path):
        return
    temporary = path.with_name(f".{path.name}-{secrets.token_hex(8)}.nieuw")
    temporary.mkdir(mode=FOLDER)
    try:
        handle = os.open(temporary, os.O_RDONLY | os.O_DIRECTORY | _NO_LINK)
        try:
            _give(handle, path, mode if mode != FOLDER else None, groep)
        finally:
            os.close(handle)
        temporary.rename(path)
    except OSError:
        with suppress(OSError):
            temporary.rmdir()
        raise


def make_shared(path: Path, groep: int | None, *, is_filled: bool = False) -> None:
    """As `make_folder`, for who is in that group too; None: for us alone. `is_filled`: another account puts files in it."""
    make_folder(path, FOLDER if groep is None else FILLED_FOLDER if is_filled else SHARED_FOLDER, groep)


def make_within(outbox: Path, name: str, groep: int | None) -> None:
    """Make a folder within an outbox, '' for the outbox itself. Raises OSError where a link was put in its place."""
    make_shared(outbox / name, groep)
    if name and (outbox / name).is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(outbox / name))


def make_around(path: Path, groups: Collection[int]) -> None:
    """Make the folders around this one that are not there; these groups may pass, and see nothing of what lies there."""
    mode = FOLDER if not groups else PASSED_FOLDER if len(groups) == 1 else PASSED_BY_MORE
    for folder in [folder for folder in reversed(path.parents) if not folder.exists()]:
        make_folder(folder, mode, next(iter(groups)) if len(groups) == 1 else None)


def _give(handle: int, path: Path, mode: int | None, groep: int | None) -> None:
    """The group first: to give a file away takes some of the bits of its mode."""
    try:
        if groep is not None and os.fstat(handle).st_gid != groep:
            os.fchown(handle, -1, groep)
        if mode is not None:
            os.fchmod(handle, mode)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def lacks(info: os.stat_result, own: Rechten) -> bool:
    """Whether a file that another account fetches is not of its group, or gives less than the configuration says.

    What it gives more is left: there are shares that show one mode for everything, whatever is asked.
    """
    return (own.groep is not None and info.st_gid != own.groep) or info.st_mode & own.uitvoer != own.uitvoer


def give_out(path: Path, own: Rechten) -> None:
    """Give a file of ours the group and mode that it is fetched with, where it has not: one that was put back is for us alone.

    Raises OSError where we may not, and where a link was put in the place of the file or of its folder.
    """
    if path.parent.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path.parent))
    if not lacks(path.lstat(), own):
        return
    with open_file(path) as file:
        _give(file.fileno(), path, own.uitvoer, own.groep)
        os.fsync(file.fileno())


def open_file(path: Path, within: int | None = None) -> BufferedReader:
    """Open an ordinary file and nothing else: a link is not followed, and a pipe can't keep us waiting.

    `within`: an open folder that `path` counts from, so that nobody can put another folder in its place meanwhile.
    """
    handle = os.open(path, os.O_RDONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0), dir_fd=within)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return os.fdopen(handle, "rb")


@contextmanager
def open_folder(path: Path) -> Iterator[int]:
    """Open a folder that is no link. Raises OSError for anything else."""
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _NO_LINK)
    try:
        yield handle
    finally:
        os.close(handle)


def close_off(handle: int) -> None:
    """Take from others what they may with an open file of ours; of another's, or where modes don't exist, it stays as it is."""
    with suppress(OSError):
        if os.fstat(handle).st_uid == os.geteuid():
            os.fchmod(handle, FILE)


def check_own(path: Path) -> None:
    """Raise OSError when this is no folder of ours: a link, or put there by another account that may write beside it.

    Its owner is ours or that of the folder around it: there are shares that show everything as of one owner.
    """
    info, us = path.lstat(), os.geteuid()
    if stat.S_ISLNK(info.st_mode) or (us and info.st_uid not in {us, path.parent.stat().st_uid}):
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(path))
    if not stat.S_ISDIR(info.st_mode):
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def others_in(group: int, owner: int) -> bool | None:
    """Whether somebody else than the owner (the number of a user) is known to be in that group; None for a group without name."""
    import grp  # noqa: PLC0415 - neither is where Windows is
    import pwd  # noqa: PLC0415 - as above

    try:
        named = set(grp.getgrgid(group).gr_mem)
    except KeyError:
        return None
    users = pwd.getpwall()
    own = {user.pw_name for user in users if user.pw_uid == owner}
    return bool((named | {user.pw_name for user in users if user.pw_gid == group}) - own)


def group_name(group: int) -> str:
    """The name of a group, or its number where it has none."""
    import grp  # noqa: PLC0415 - as above

    try:
        return grp.getgrgid(group).gr_name
    except KeyError:
        return str(group)


def check_closed(path: Path, mark: Path) -> None:
    """Raise OSError when others may write in a folder of ours: then it may be another one, put in its place.

    `mark` was made with it. What a file system shows of that too, such as a share that shows every folder alike, says nothing.
    """
    info, beside = path.lstat(), mark.lstat()
    shown = beside.st_mode if beside.st_uid == info.st_uid else 0
    if info.st_mode & ~shown & (stat.S_IWGRP | stat.S_IWOTH):
        raise OSError(0, OPEN_TO_OTHERS, str(path))
