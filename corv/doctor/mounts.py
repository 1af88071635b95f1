"""What /proc/self/mountinfo (proc(5)) says: on which file system a path lies, and what we know of such file systems. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path


class Kind(Enum):
    """What a file system is good for."""

    LOCAL = auto()
    NETWORK = auto()
    VOLATILE = auto()
    OVERLAY = auto()
    FUSE = auto()


@dataclass(frozen=True)
class Mount:
    """One line of mountinfo. `plek`: where it is mounted; `soort`: the type of file system, such as ext4 or fuse.sshfs."""

    plek: Path
    soort: str
    is_read_only: bool = False

    @property
    def kind(self) -> Kind:
        """What is known of this type; one that we don't know counts as a disk."""
        if self.soort.startswith("fuse"):
            return Kind.FUSE
        return _KINDS.get(self.soort, Kind.LOCAL)


_NETWORK = (
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "gpfs",
    "ocfs2",
    "gfs2",
    "virtiofs",
)
_KINDS = {
    **dict.fromkeys(_NETWORK, Kind.NETWORK),
    **dict.fromkeys(("tmpfs", "ramfs", "devtmpfs"), Kind.VOLATILE),
    **dict.fromkeys(("overlay", "aufs"), Kind.OVERLAY),
}
_ESCAPED = re.compile(r"\\([0-7]{3})")


def mounts(text: str) -> list[Mount]:
    """Every mount, in the order of the file; a line that can't be understood is left out."""
    return [mount for line in text.splitlines() if (mount := _mount(line)) is not None]


def mount_of(path: Path, found: Iterable[Mount]) -> Mount | None:
    """The mount of an absolute path without links: the deepest; of two at one place the last, which hides the other."""
    best = None
    for mount in found:
        if path.is_relative_to(mount.plek) and (best is None or len(mount.plek.parts) >= len(best.plek.parts)):
            best = mount
    return best


def _mount(line: str) -> Mount | None:
    before, dash, after = line.partition(" - ")
    fields, kinds = before.split(" "), after.split(" ")
    if not dash or len(fields) < 6 or not kinds[0]:  # noqa: PLR2004 - proc(5): six fields before the optional ones
        return None
    is_read_only = any("ro" in options.split(",") for options in (fields[5], *kinds[2:3]))
    return Mount(Path(_ESCAPED.sub(_unescaped, fields[4])), kinds[0], is_read_only)


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match.group(1), 8))
