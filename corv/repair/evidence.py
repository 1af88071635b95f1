"""What lies in the outboxes of one message, believed only as far as it can be checked: another program can write there too."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from corv.handler import Deps
from corv.moments import TIJDSTIP_LENGTH, later
from corv.outcome import Output, Soort
from corv.outputs import AANDACHT_MAP
from corv.reading import read
from corv.recepten import Recept, Receptsoort, make, own_referentienummer
from corv.rechten import open_file
from corv.repair.rows import Stand
from corv.replies import reply_referentienummer
from corv.roots import KLAAR
from corv.stuf import Berichtcode

_LARGEST_ANSWER = 64 * 1024
_LARGEST_MADE = 64 * 1024 * 1024
_FUNCTIONAL = {Berichtcode.BV01, Berichtcode.FO01}


@dataclass(frozen=True)
class Item:
    """One file that lies in an outbox. `moment`: the first moment set aside for answers, where this answer tells it."""

    soort: str
    kanaal: str
    map: str
    naam: str
    stand: Stand
    inhoud: bytes | None = None
    referentienummer: str | None = None
    moment: str | None = None
    sha256: str | None = None
    recept: Recept | None = None

    def as_output(self, ours: Output | None = None) -> Output:
        """The output that this file is. `ours`: what we would make now; where that has the same bytes, its recipe holds."""
        if ours is not None and ours.recept is not None and ours.digest == self.sha256:
            return ours
        known = (self.soort, self.kanaal, self.naam, self.inhoud, self.map, self.referentienummer)
        return Output(*known, recept=self.recept, bekende_hash=self.sha256)


Found = Mapping[tuple[str, str, str], Item]
"""By channel, folder below the outbox (for a staged file the one that it goes to) and name."""


def collect(deps: Deps, id_: UUID, original: Path, *, may_open: bool = True) -> Found:
    """Every file of this message in an outbox that is what its name says. Raises OSError when an outbox is not there now.

    `may_open`: else no message in it is parsed, and only what shows itself without that is among it.
    """
    found = {}
    for kanaal in deps.settings.kanalen:
        deps.folders.check_outbox(kanaal)
        for map_ in ("", AANDACHT_MAP, KLAAR):
            for path in (kanaal.outbox / map_).glob(f"{id_}-*"):
                item = _item(path, kanaal.naam, map_, id_, original, may_open=may_open)
                if item is not None:
                    found[item.kanaal, item.map, item.naam] = item
    return found


def _item(  # noqa: PLR0913 - one argument a fact
    path: Path, kanaal: str, map_: str, id_: UUID, original: Path, *, may_open: bool
) -> Item | None:
    stand = Stand.KLAAR if map_ == KLAAR else Stand.BEZORGD
    kind = path.stem.rpartition("-")[2]
    if kind in set(Berichtcode):
        return _answer(path, kanaal, kind, id_, stand) if may_open else None
    made = _made_for_others(path, kanaal, id_, stand, original) if may_open else None
    if made is not None:
        return made
    # A staged file does not show whether it goes to aandacht; its note does not carry a message, so it tells.
    target = AANDACHT_MAP if map_ == AANDACHT_MAP or path.suffix == ".txt" or path.with_suffix(".txt").exists() else ""
    if path.suffix == ".txt":
        content = _bytes(path)
        return Item(Soort.TOELICHTING, kanaal, target, path.name, stand, content) if content is not None else None
    if not _is_copy(path, original):
        return None
    return Item(Soort.AANDACHT if target else Soort.BEZORGING, kanaal, target, path.name, stand)


def _answer(path: Path, kanaal: str, kind: str, id_: UUID, stand: Stand) -> Item | None:
    content = _bytes(path)
    reading = read(content) if content is not None else None
    if reading is None or reading.soort is None or reading.stuurgegevens is None:
        return None
    number = reply_referentienummer(id_, kind)
    if reading.soort.berichtcode != kind or reading.stuurgegevens.referentienummer != number:
        return None
    written = reading.stuurgegevens.tijdstip_bericht or ""
    is_moment = written.isdecimal() and len(written) == TIJDSTIP_LENGTH
    first = later(written, -1 if kind in _FUNCTIONAL else 0) if is_moment else None
    return Item(kind, kanaal, "", path.name, stand, content, number, first)


def _made_for_others(path: Path, kanaal: str, id_: UUID, stand: Stand, original: Path) -> Item | None:
    """A message that we made of this one for another organisation: its referentienummer says so. Its bytes are not kept.

    Its own stuurgegevens are the recipe of a message that was sent on, so that it can be made again.
    """
    code = path.stem[len(str(id_)) + 1 :].rpartition("-")[0]
    numbers = {own_referentienummer(id_, soort, code): Soort(soort.value) for soort in Receptsoort} if code else {}
    content = _bytes(path, _LARGEST_MADE) if numbers else None
    header = read(content).stuurgegevens if content is not None else None
    soort = numbers.get(header.referentienummer or "") if header is not None else None
    if soort is None or header is None or content is None:
        return None
    number, recept = header.referentienummer or "", None
    if soort is Soort.DOORSTURING:
        recept = Recept(Receptsoort.DOORSTURING, header.zender, header.ontvanger, number, header.tijdstip_bericht or "")
        if make(recept, original.read_bytes()) != content:
            return None
    digest = hashlib.sha256(content).hexdigest()
    return Item(soort, kanaal, "", path.name, stand, None, number, sha256=digest, recept=recept)


def _bytes(path: Path, largest: int = _LARGEST_ANSWER) -> bytes | None:
    """A small ordinary file; None for a link, a pipe or anything that can't be ours."""
    try:
        with open_file(path) as file:
            content = file.read(largest + 1)
    except OSError:
        return None
    return content if len(content) <= largest else None


def _is_copy(path: Path, original: Path) -> bool:
    try:
        with open_file(path) as copy, original.open("rb") as source:
            return hashlib.file_digest(copy, "sha256").digest() == hashlib.file_digest(source, "sha256").digest()
    except OSError:
        return False
