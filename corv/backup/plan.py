"""What a back-up must hold and what it must not, by what its database says. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

ID_LENGTH = 36
WERK, KLAAR = ".werk", ".klaar"
_OURS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-")


@dataclass(frozen=True)
class Original:
    """A message in the database that has an original. `grootte` in bytes; `sha256` None for one that was never read.

    `places`: where it may rest, counted from `data/`: one where it was decided, every possible one where it was not.
    """

    id: str
    kanaal: str
    grootte: int
    sha256: str | None
    places: tuple[str, ...]

    @property
    def claimed(self) -> str:
        """Where it lies in the back-up as long as it is not at rest."""
        return f"inbox/{self.kanaal}/{WERK}/{self.id}.xml"


@dataclass(frozen=True)
class Bevinding:
    """What is not right with a back-up, in Dutch. `bericht`: the kenmerk, None where it is about no message."""

    bericht: str | None
    waar: str
    wat: str
    doe: str


def superfluous(copied: Collection[str], known: Collection[tuple[str, str]], at_rest: Collection[str]) -> Iterator[str]:
    """Which copied files of an outbox must go, because after a restore they would stand in the way of a delivery.

    `copied`: paths as `outbox/<kanaal>/...`; `known`: (kanaal, name) of the outputs in the database; `at_rest`: the ids whose
    original rests in the back-up. What was delivered between looking in `.klaar` and in the outbox was copied twice. And of a
    message that will be handled again, nothing may lie there that was written after the database was copied.
    """
    delivered = {_key(path) for path in copied if not _is_staged(path)}
    for path in copied:
        _, name = key = _key(path)
        is_written_later = key not in known and _OURS.match(name) and name[:ID_LENGTH] not in at_rest
        if is_written_later or (_is_staged(path) and key in delivered):
            yield path


def went_on(inbox: Mapping[str, tuple[int, int]], later: Collection[tuple[int, int]]) -> list[str]:
    """Which copied files of an inbox were claimed meanwhile and copied at their new place too, by device and inode."""
    return [path for path, inode in inbox.items() if inode in later]


def lacking(originals: Iterable[Original], sizes: Mapping[str, int], digest_of: Mapping[str, str]) -> Iterator[Bevinding]:
    """Which originals are not in the back-up, or not as they were recorded.

    `sizes`: by path as in `Original`, how large each file there is; `digest_of`: the hash of those that were read.
    """
    for original in originals:
        there = [path for path in (*original.places, original.claimed) if path in sizes]
        if not there:
            yield Bevinding(original.id, original.places[0], _MISSING, _LOOK_AT_SOURCE)
        for path in there:
            is_other = original.sha256 is not None and digest_of.get(path, original.sha256) != original.sha256
            if sizes[path] != original.grootte or is_other:
                yield Bevinding(original.id, path, _DAMAGED, _REMOVE_IT)


_MISSING = "het origineel is niet in de kopie: in de werkmap is het weg, niet te lezen of niet meer wat het was"
_LOOK_AT_SOURCE = "corv herstel --grondig zegt wat ermee is; een oudere kopie kan het nog hebben"
_DAMAGED = "dit bestand in de kopie is niet wat is vastgelegd"
_REMOVE_IT = "haal dit ene bestand daar weg en maak een nieuwe kopie; blijft het zo, kijk dan de schijf na"


def _is_staged(path: str) -> bool:
    return PurePath(path).parent.name == KLAAR


def _key(path: str) -> tuple[str, str]:
    return PurePath(path).parts[1], PurePath(path).name
