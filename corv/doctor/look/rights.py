"""Who may look or write in each folder, and who we are."""

import os
import pwd
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from corv import rechten
from corv.doctor.judge.rights import OWN, RightsFact, UserFact
from corv.doctor.look.source import Source, each
from corv.doctor.values import Failed, Place, Soort
from corv.health.access import Closed
from corv.health_facts.access import closed


def rights(source: Source) -> Iterator[RightsFact | Failed]:
    """The modes of each place and of what lies below it."""
    return each(source.places(), lambda place: _rights(source, place))


def _rights(source: Source, place: Place) -> RightsFact:
    info = place.path.stat()
    mode, is_reachable = stat.S_IMODE(info.st_mode), _is_reachable(place.path)
    group = info.st_gid if rechten.others_in(info.st_gid, info.st_uid) is not False else None
    is_reachable_by_group = group is not None and _is_reachable(place.path, group)
    is_own, is_inbox = place.soort in OWN, place.soort is Soort.INBOX
    others = _open_inside(place.path, stat.S_IXOTH, stat.S_IRWXO) if is_own and is_reachable and mode & stat.S_IXOTH else 0
    members = (
        _open_inside(place.path, stat.S_IXGRP, stat.S_IRWXG, info.st_gid)
        if is_own and is_reachable_by_group and mode & stat.S_IXGRP
        else 0
    )
    return RightsFact(
        place,
        mode,
        is_reachable,
        groep=rechten.group_name(group) if group is not None else None,
        is_reachable_by_group=is_reachable_by_group,
        open_inside=others,
        open_inside_for_group=members,
        onleesbaar=_can_not_be_read(place.path) if place.soort in {Soort.INBOX, Soort.WERK} else 0,
        dicht=_closed(source, place),
        is_stuck=is_inbox and bool(mode & stat.S_ISVTX) and os.geteuid() not in {0, info.st_uid},
    )


def _closed(source: Source, place: Place) -> Closed | None:
    """Why the group of the channel of this inbox or outbox can't use it; None where it can, or this is no such place."""
    for kanaal in source.settings.kanalen:
        if place.path in {kanaal.inbox, kanaal.outbox} or (place.soort is Soort.AANDACHT and place.boven == kanaal.outbox):
            return closed(kanaal, place.path, place.naam, is_filled=place.soort is Soort.INBOX)
    return None


def _is_reachable(path: Path, group: int | None = None) -> bool:
    """Whether anybody, or who is in that group, gets as far as this folder: no folder above it keeps them out."""
    found = [parent.stat() for parent in path.resolve().parents]
    return all(info.st_mode & (stat.S_IXGRP if info.st_gid == group else stat.S_IXOTH) for info in found)


def _open_inside(path: Path, enter: int, mask: int, group: int | None = None) -> int:
    """How many files and folders below anybody gets at, or who is in that group, by bits of the mode.

    `enter`: with which a folder is entered; what is in a folder that keeps them out is not counted.
    """
    number = 0
    with os.scandir(path) as listing:
        for item in listing:
            with suppress(FileNotFoundError):  # the service works on
                info = item.stat(follow_symlinks=False)
                if stat.S_ISLNK(info.st_mode) or group not in {None, info.st_gid}:
                    continue
                number += bool(info.st_mode & mask)
                if stat.S_ISDIR(info.st_mode) and info.st_mode & enter:
                    number += _open_inside(Path(item.path), enter, mask, group)
    return number


def _can_not_be_read(path: Path) -> int:
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
    groups = tuple(sorted({rechten.group_name(number) for number in {os.getegid(), *os.getgroups()}}))
    return [UserFact(_name_of(uid), groups, uid == 0, owner)]


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
