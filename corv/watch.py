"""What lies in an inbox, and whether it is ready. Listing is the truth; events only wake the listing up."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from watchdog.events import FileSystemEvent, FileSystemEventHandler

from corv.settings import Kanaal

IGNORED_SUFFIXES = (".tmp", ".part", ".processing", ".filepart")
"""Names that adapters use while they still write (stuf.md 5.4)."""

PROBE = ".proef-corv-"
"""How the names begin of the files with which `corv doctor` tries a folder: no sender's, so nobody need know of them."""

_KINDS = {
    stat.S_IFLNK: "een symbolische koppeling; die wordt nooit gevolgd",
    stat.S_IFIFO: "een pijp (fifo); die wordt nooit geopend",
    stat.S_IFDIR: "een map; alleen losse bestanden worden gelezen",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in an inbox. `not_a_file` says in Dutch what it is when it is no ordinary file.

    `must_wait`: it has no done-marker yet where the channel works with these, or it can't be looked at now.
    `ignored` says in Dutch why its name alone keeps it from being taken.
    `hier_sinds_ns`: when it got its name here or was last written, whatever time its writer gave it; 0 when not looked at.
    """

    kanaal: Kanaal
    naam: str
    grootte: int
    gewijzigd_ns: int
    apparaat: int
    inode: int
    not_a_file: str | None = None
    must_wait: bool = False
    hier_sinds_ns: int = field(default=0, compare=False)
    ignored: str | None = None

    @property
    def shown_name(self) -> str:
        """The name as it is stored."""
        return as_stored(self.naam)

    @property
    def can_be_looked_at(self) -> bool:
        """Whether anything is known of it but its name."""
        return self.inode != 0


@dataclass(frozen=True)
class Listing:
    """Everything in an inbox, oldest first; the done-markers that lie beside their file are no entries of their own."""

    entries: list[Entry]
    markers: frozenset[str]


def as_stored(naam: str) -> str:
    """The name of a file as text: bytes that are no UTF-8 become `\\xNN`, so that it can be stored and shown."""
    return os.fsencode(naam).decode("utf-8", "backslashreplace")


def scan(kanaal: Kanaal) -> list[Entry]:
    """Everything in an inbox that is not somebody's file in progress, oldest first. Raises OSError when it can't be read."""
    return [entry for entry in list_all(kanaal).entries if entry.ignored is None]


def list_all(kanaal: Kanaal) -> Listing:
    """Everything in an inbox, our own folders too. Raises OSError when it can't be read."""
    names, beside = _names(kanaal)
    return Listing(sorted(_entries(kanaal, names, beside), key=age), beside)


def each(kanaal: Kanaal) -> Iterator[Entry]:
    """The entries of `list_all`, one at a time and in no order: who only counts keeps no hundred thousand of them."""
    return _entries(kanaal, *_names(kanaal))


def _names(kanaal: Kanaal) -> tuple[set[str], frozenset[str]]:
    """Every name in an inbox, and those of done-markers that lie beside their file."""
    with os.scandir(kanaal.inbox) as listing:
        names = {item.name for item in listing}
    marker = kanaal.klaarteken
    signs = (name for name in names if _is_sign(name, marker))
    return names, frozenset(name for name in signs if name.removesuffix(marker) in names)


def _entries(kanaal: Kanaal, names: set[str], beside: frozenset[str]) -> Iterator[Entry]:
    marker = kanaal.klaarteken
    for name in names - beside:
        try:
            entry = look(kanaal, name)
        except OSError:  # one bad name on a network share must not hide the others
            entry = Entry(kanaal, name, 0, 0, 0, 0, must_wait=True)
        if entry is not None:
            must_wait = entry.must_wait or (bool(marker) and name + marker not in names)
            ignored = "een klaarteken zonder bestand" if _is_sign(name, marker) else _in_progress(name)
            # seldom either, and of a hundred thousand files a copy of each costs a third of the listing
            yield replace(entry, must_wait=must_wait, ignored=ignored) if must_wait or ignored else entry


def _is_sign(name: str, marker: str) -> bool:
    return bool(marker) and name.endswith(marker) and _in_progress(name) is None


def is_being_written(entry: Entry) -> bool:
    """Whether its name says that somebody still writes this file; a file with which we try a folder is not meant."""
    return entry.not_a_file is None and entry.naam.lower().endswith(IGNORED_SUFFIXES) and not entry.naam.startswith(PROBE)


def same_file(now: Entry | None, before: Entry) -> bool:
    """Whether it is still the very file, unchanged since it was listed."""
    return now is not None and now == replace(before, must_wait=False)


def age(entry: Entry) -> tuple[int, str]:
    """Sorts the oldest first."""
    return entry.gewijzigd_ns, entry.naam


def look(kanaal: Kanaal, naam: str) -> Entry | None:
    """One entry of an inbox as it is now, without following links; None when it has gone."""
    try:
        info = os.lstat(f"{kanaal.inbox}/{naam}")  # a Path for each of a hundred thousand is what costs
    except FileNotFoundError:
        return None
    kind = None if stat.S_ISREG(info.st_mode) else _KINDS.get(stat.S_IFMT(info.st_mode), "geen gewoon bestand")
    place = (info.st_size, info.st_mtime_ns, info.st_dev, info.st_ino)
    return Entry(kanaal, naam, *place, kind, hier_sinds_ns=info.st_ctime_ns)


def _in_progress(name: str) -> str | None:
    """Why a file of this name is not taken, in Dutch; None when it may be."""
    if name.startswith("."):
        return "de naam begint met een punt"
    return "de naam zegt dat iemand er nog aan schrijft" if name.lower().endswith(IGNORED_SUFFIXES) else None


class Stillness:
    """Remembers since when each file has not changed. Holds no clock: `now` is in seconds and only rises."""

    def __init__(self) -> None:
        self._since: dict[tuple[str, str], tuple[tuple[int, int, int], float]] = {}

    def still(self, entries: Iterable[Entry], now: float) -> tuple[list[Entry], list[Entry]]:
        """Split one listing of one or more whole inboxes into what is ready and what must wait; forgets what has gone.

        A file that comes with a done-marker is ready at once: its writer said so.
        """
        ready: list[Entry] = []
        waiting: list[Entry] = []
        before = self._since
        self._since = {}
        for entry in entries:
            key, state = (entry.kanaal.naam, entry.naam), (entry.grootte, entry.gewijzigd_ns, entry.inode)
            known = before.get(key)
            since = known[1] if known is not None and known[0] == state else now
            self._since[key] = (state, since)
            is_done = bool(entry.kanaal.klaarteken) or now - since >= entry.kanaal.stil_s
            (ready if is_done and not entry.must_wait else waiting).append(entry)
        return ready, waiting


class Waker(FileSystemEventHandler):
    """Calls `wake` on anything that may mean a new or changed file; an event is a hint, so its content is not used.

    `created` and `moved` count too: a file renamed in from outside never gives `closed` (prestaties.md 5).
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake up; runs in watchdog's own thread, where an exception would end the watching."""
        if event.event_type in {"created", "closed", "moved", "modified"}:
            self._wake()
