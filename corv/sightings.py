"""What a listing of an inbox changes in the ledger: which fate each entry has now, and what has gone. Pure.

A row is one thing under one name: a file that is renamed is another row, as is another file under the same name. It stays open
while the thing lies there and was not taken.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from corv.lotgeval import Lotgeval
from corv.roots import MARK, WERK
from corv.watch import PROBE, Entry, Listing, as_stored

NOT_A_FILE = "geen gewoon bestand"
"""Stands as `reden` of what has a message of its own that says so."""

RENAMED, GOT_ITS_FILE = "kreeg een andere naam", "het klaarteken kreeg zijn bestand"
"""Stand as `reden` of what is gone and was never lost: its file, or the one that it is a sign of, has a row of its own."""

FORMER = "de inbox staat niet meer in config/corv.toml"
"""Stands as `reden` of what waited in an inbox that is not looked at now; it is open, for that inbox may come back."""

_UNSEEN = "0"
"""Stands as inode of what could not be looked at."""


@dataclass(frozen=True)
class Fate:
    """What becomes of an entry, and in a few Dutch words why; never with its name."""

    lot: Lotgeval
    reden: str


@dataclass(frozen=True)
class Open:
    """A row of the ledger that is not at its end. `naam` and `inode` as they are stored."""

    id: UUID
    naam: str
    inode: str
    fate: Fate


Fates: TypeAlias = dict[UUID, tuple[Entry, Fate]]
"""By id: what lies there, and what becomes of it."""


@dataclass(frozen=True)
class Changes:
    """What a listing changes. `ids`: the rows of what may be taken; `changed`: of these the fate is another than it was.

    `gone`: what lies there no longer, with another reason than it had where there is one.
    """

    ids: dict[UUID, Entry]
    new: list[tuple[Entry, Fate]]
    changed: Fates
    gone: dict[UUID, str | None]


@dataclass(frozen=True)
class Sightings:
    """What is to be written of one look at all inboxes: what is new under its id, what changed, and what has gone.

    `left`: what waits in an inbox that is not looked at any more.
    """

    new: Fates
    changed: Fates
    gone: Mapping[UUID, str | None]
    left: Sequence[UUID] = ()


def compare(known: Iterable[Open], listing: Listing, *, has_oins: bool) -> Changes:
    """What one listing of one inbox changes. `known`: all open rows of that inbox. A claim that is under way is left alone."""
    rows = list(known)
    by_place = {(row.naam, row.inode): row for row in rows}
    by_name = {row.naam: row for row in rows}
    there, found = set[UUID](), Changes({}, [], {}, {})
    for entry in _others(listing):
        fate = fate_of(entry, has_oins=has_oins)
        row = by_place.get((entry.shown_name, str(entry.inode))) or by_place.get((entry.shown_name, _UNSEEN))
        if row is None and not entry.can_be_looked_at:
            row = by_name.get(entry.shown_name)
        if row is None or not _is_same(row, entry, fate):
            found.new.append((entry, fate))
            continue
        there.add(row.id)
        if row.fate.lot is Lotgeval.GECLAIMD or (row.fate.reden == NOT_A_FILE and not entry.can_be_looked_at):
            continue
        if fate.lot is Lotgeval.WACHT:
            found.ids[row.id] = entry
        if fate != row.fate or (row.inode == _UNSEEN and entry.can_be_looked_at):
            found.changed[row.id] = entry, fate
    markers, inodes = {as_stored(name) for name in listing.markers}, {str(entry.inode) for entry, _ in found.new}
    gone = (row for row in rows if row.id not in there and row.fate.lot is not Lotgeval.GECLAIMD)
    found.gone.update({row.id: _why_gone(row, markers, inodes) for row in gone})
    return found


def left_behind(rows: Iterable[Open], listing: Listing | None) -> tuple[dict[UUID, str | None], list[UUID]]:
    """What became of the open rows of an inbox that is not used any more: what has gone, and what is to be told as left there.

    `listing`: None when it can't be looked at; then nothing has gone.
    """
    known = list(rows)
    gone = compare(known, listing, has_oins=True).gone if listing is not None else {}
    waiting = (row for row in known if row.id not in gone and row.fate.lot is Lotgeval.WACHT)
    return gone, [row.id for row in waiting if row.fate.reden != FORMER]


def fate_of(entry: Entry, *, has_oins: bool) -> Fate:
    """What becomes of an entry as it lies there now. `has_oins`: without an OIN of our own nothing is taken."""
    if entry.ignored is not None:
        return Fate(Lotgeval.GENEGEERD, entry.ignored)
    if entry.not_a_file is not None:
        return Fate(Lotgeval.GENEGEERD, NOT_A_FILE)
    if not entry.can_be_looked_at:
        return Fate(Lotgeval.WACHT, "nu niet te bekijken")
    if entry.must_wait:
        return Fate(Lotgeval.WACHT, "het klaarteken ontbreekt nog")
    if not has_oins:
        return Fate(Lotgeval.WACHT, "in config/corv.toml is oins nog leeg")
    return Fate(
        Lotgeval.WACHT,
        "klaar om op te pakken" if entry.kanaal.klaarteken else "nog niet lang genoeg onveranderd, of nog niet aan de beurt",
    )


def _others(listing: Listing) -> Iterator[Entry]:
    """What is not ours."""
    return (entry for entry in listing.entries if entry.naam != WERK and not entry.naam.startswith((MARK, PROBE)))


def _why_gone(row: Open, markers: Container[str], inodes: Container[str]) -> str | None:
    """`markers`: those that lie beside their file. `inodes`: of what is new in the same listing. None: it just went."""
    if row.naam in markers:
        return GOT_ITS_FILE
    was_in_progress = row.fate.lot is Lotgeval.GENEGEERD and row.fate.reden != NOT_A_FILE
    return RENAMED if was_in_progress and row.inode != _UNSEEN and row.inode in inodes else None


def _is_same(row: Open, entry: Entry, fate: Fate) -> bool:
    """Whether a row is of this thing: one of no ordinary file has a message, so no file that got its inode may have its id."""
    return not entry.can_be_looked_at or (row.fate.reden == NOT_A_FILE) is (fate.reden == NOT_A_FILE)
