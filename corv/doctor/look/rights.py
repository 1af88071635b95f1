"""Who may look or write in each folder, and who we are."""

import grp
import os
import pwd
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from corv.doctor.judge.rights import RightsFact, UserFact
from corv.doctor.look.source import Source, each
from corv.doctor.values import INNER, Failed, Place, Soort


def rights(source: Source) -> Iterator[RightsFact | Failed]:
    """The modes of each place and of what lies below it."""
    return each(source.places(), _rights)


def _rights(place: Place) -> RightsFact:
    info = place.path.stat()
    mode, is_reachable = stat.S_IMODE(info.st_mode), _is_reachable(place.path)
    mask = {Soort.CONFIG: stat.S_IWOTH, **dict.fromkeys([*INNER, Soort.DATA], stat.S_IRWXO)}.get(place.soort, 0)
    may_enter = is_reachable and mode & stat.S_IXOTH
    is_inbox = place.soort is Soort.INBOX
    return RightsFact(
        place,
        mode,
        is_reachable,
        open_inside=_open_inside(place.path, mask) if may_enter and mask else 0,
        onleesbaar=_unreadable(place.path) if is_inbox else 0,
        is_stuck=is_inbox and bool(mode & stat.S_ISVTX) and os.geteuid() not in {0, info.st_uid},
    )


def _is_reachable(path: Path) -> bool:
    """Whether anybody gets as far as this folder: no folder above it keeps others out."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.resolve().parents)


def _open_inside(path: Path, mask: int) -> int:
    """How many files and folders below anybody gets at; what is in a folder that keeps others out is not counted."""
    number = 0
    with os.scandir(path) as listing:
        for item in listing:
            with suppress(FileNotFoundError):  # the service works on
                mode = item.stat(follow_symlinks=False).st_mode
                if stat.S_ISLNK(mode):
                    continue
                number += bool(mode & mask)
                if stat.S_ISDIR(mode) and mode & stat.S_IXOTH:
                    number += _open_inside(Path(item.path), mask)
    return number


def _unreadable(path: Path) -> int:
    with os.scandir(path) as listing:
        files = [Path(item.path) for item in listing if not item.name.startswith(".") and item.is_file(follow_symlinks=False)]
    effective = os.access in os.supports_effective_ids
    return sum(file.exists() and not os.access(file, os.R_OK, effective_ids=effective) for file in files)


def user(source: Source) -> list[UserFact]:
    """Who asks, and whose data/ is."""
    owner = None
    if source.loaded is not None:
        with suppress(FileNotFoundError):
            owner = _name_of(source.loaded.data.stat().st_uid)
    uid = os.geteuid()
    groups = tuple(sorted({_group(number) for number in {os.getegid(), *os.getgroups()}}))
    return [UserFact(_name_of(uid), groups, uid == 0, owner)]


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _group(gid: int) -> str:
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)
