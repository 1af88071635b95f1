"""Whether the group of a channel gets at its folders, and at what lies there; by modes alone, whoever asks."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from corv.health.access import Closed, Reason
from corv.rechten import group_name, others_in
from corv.settings import Kanaal


def closed(kanaal: Kanaal, path: Path, naam: str, *, is_filled: bool = False) -> Closed | None:
    """Why who is to use this folder of a channel can't, as far as rights tell; None where nothing is wrong.

    `naam`: as the folder is shown; `is_filled`: they put files there and fetch none. Raises OSError.

    Where config/ names no group, only a folder counts that is open to a group with other accounts and to nobody else: that is
    how it was to be made before config/ could name one, and no umask makes it so where one account does everything.
    """
    info, group = path.stat(), kanaal.rechten.groep
    mode = stat.S_IMODE(info.st_mode)
    is_open = mode & stat.S_IRWXG == stat.S_IRWXG
    if group is None:
        is_meant = is_open and not mode & stat.S_IRWXO and not is_filled and others_in(info.st_gid, info.st_uid)
        return Closed(Reason.NO_GROUP, kanaal.naam, naam, str(path), group_name(info.st_gid)) if is_meant else None
    told = group_name(group)
    if mode & stat.S_IRWXO != stat.S_IRWXO and not (is_open and info.st_gid == group):
        return Closed(Reason.FOLDER, kanaal.naam, naam, str(path), told)
    number = 0 if is_filled or not kanaal.rechten.uitvoer & stat.S_IRGRP else sum(_out_of_reach(path, info.st_uid, group))
    return Closed(Reason.FILES, kanaal.naam, naam, str(path), told, number) if number else None


def _out_of_reach(path: Path, owner: int, group: int) -> Iterator[bool]:
    """Of each file that the owner of the folder delivered, whether the group can't read it."""
    with os.scandir(path) as listing:
        for item in listing:
            try:
                info = item.stat(follow_symlinks=False)
            except FileNotFoundError:  # just fetched
                continue
            is_ours = stat.S_ISREG(info.st_mode) and info.st_uid == owner and not item.name.startswith(".")
            is_read = (info.st_mode & stat.S_IRGRP and info.st_gid == group) or info.st_mode & stat.S_IROTH
            yield is_ours and not is_read
