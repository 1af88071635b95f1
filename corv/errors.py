"""Our own failures, as one small tree. A fault in a message is never one of these: that is a `Finding`.

CorvError               exit code 3   our own failure: disk, database, another program
|- UsageError           exit code 2   asked for something that is not there, or in the wrong way
|  |- ConfigError       exit code 2   config/ has mistakes; carries all of them
|  |- BusyError         exit code 2   another corv works on the same folder
|  |- NoPlaceError      exit code 2   a message has no place where the fault that was asked for can be made
|  `- SettledError      exit code 2   somebody decided or did this already
`- StorageError         exit code 3   a folder or the database can't be used now; trying again later may help
   `- OldDatabaseError  exit code 3   the database is of an earlier version; the next start brings it up to date
"""

import errno
import sqlite3
from collections.abc import Sequence


class CorvError(Exception):
    """Root of the tree; the text is Dutch and meant for the user."""

    exit_code = 3


class UsageError(CorvError):
    """The user asked for something that can't be done as asked."""

    exit_code = 2


class ConfigError(UsageError):
    """The configuration has mistakes; `problems` holds one Dutch sentence each, with file, line and key."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class BusyError(UsageError):
    """Another process already works on this folder."""


class NoPlaceError(UsageError):
    """A message has no place where that fault can be made: another example may have one."""


class SettledError(UsageError):
    """Somebody was first, or there is nothing to decide; the text says who and when."""


class StorageError(CorvError):
    """A folder or the database can't be used; nothing was answered and nothing is lost."""


class OldDatabaseError(StorageError):
    """The database is of an earlier version of corv, and was not brought up to date yet."""


_REASONS = {
    errno.EACCES: "geen rechten",
    errno.EPERM: "niet toegestaan",
    errno.ENOENT: "bestaat niet of is niet aangekoppeld",
    errno.ENOTDIR: "is geen map",
    errno.ENOSPC: "de schijf is vol",
    errno.EFBIG: "het bestand wordt te groot",
    errno.EDQUOT: "het quotum van de schijf is op",
    errno.EROFS: "de schijf is alleen-lezen",
    errno.EIO: "schijffout",
    errno.ESTALE: "de netwerkschijf is niet meer bereikbaar",
    errno.EEXIST: "er staat al een bestand met die naam",
    errno.EXDEV: "de map ligt op een andere schijf",
    errno.ENODEV: "de map hoort niet bij deze administratie of is niet aangekoppeld",
    errno.EAGAIN: "er is nu geen plaats voor nog een proces",
    errno.ENOMEM: "er is nu te weinig geheugen",
    errno.EMFILE: "te veel bestanden open",
    errno.EISDIR: "is een map",
    errno.EINVAL: "is geen gewoon bestand",
    errno.ELOOP: "is een koppeling",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EBADMSG: "de inhoud is veranderd sinds zij werd vastgelegd",
}


_SQLITE_REASONS = {
    "SQLITE_BUSY": "een ander programma houdt hem bezet",
    "SQLITE_LOCKED": "een ander programma houdt hem bezet",
    "SQLITE_FULL": "de schijf is vol",
    "SQLITE_IOERR": "schijffout",
    "SQLITE_READONLY_ROLLBACK": "een proces is er midden in een wijziging mee gestopt; start de service, die maakt dat ongedaan",
    "SQLITE_READONLY": "hij is alleen-lezen",
    "SQLITE_CANTOPEN": "hij is niet te openen",
    "SQLITE_PERM": "geen rechten",
    "SQLITE_CORRUPT": "het bestand is beschadigd; zet een reservekopie terug",
    "SQLITE_NOTADB": "het bestand is geen SQLite-database",
}


def why(error: OSError) -> str:
    """The reason of an operating system error in Dutch; the system's own words where we have none."""
    return _REASONS.get(error.errno or 0) or error.strerror or "onbekende fout"


def why_not_stored(error: sqlite3.Error) -> str:
    """The reason of an error of SQLite in Dutch; its code where we have none, never its text, which may quote values."""
    name = getattr(error, "sqlite_errorname", "") or type(error).__name__
    return next((reason for prefix, reason in _SQLITE_REASONS.items() if name.startswith(prefix)), name)
