"""Take back into the administration what was handled before the database was put back, without sending anything again.

The original is judged anew, under its own id, so that names and referentienummers are the same. Its answers are taken from
the outbox where they still lie; where they were fetched their bytes are not known, and they are never written again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from corv.aandacht import note
from corv.adoption_rows import Stand, put_back
from corv.findings import Finding, Niveau
from corv.handler import Deps, resting_place
from corv.history import History
from corv.judging import judge
from corv.moments import later, tijdstip
from corv.outcome import Actie, Decision, Incoming, Outcome, Output, Soort, Status
from corv.outputs import AANDACHT_MAP
from corv.reading import Reading, read
from corv.roots import KLAAR, WERK
from corv.settings import Kanaal, Kant
from corv.stuf import Berichtcode
from corv.watch import Entry

_UUID7_VERSION = 7
Found = Mapping[str, tuple[Path, Stand]]


def adopt(deps: Deps, id_: UUID, original: Path) -> None:
    """Take back one message. `original`: where it lies; from `.werk` a later pass brings it to the archive."""
    found, info = evidence(deps, id_), original.lstat()
    recorded = deps.store.recorded([id_]).get(id_)
    raw = original.read_bytes() if info.st_size <= deps.settings.verwerking.grootste_bestand else None
    if recorded is not None:
        incoming = Incoming(id_, deps.settings.named(recorded.kanaal), raw, recorded.ontvangen_op, recorded.antwoord_tijdstip)
    else:
        received = _moment_of(id_) or deps.clock()
        incoming = Incoming(
            id_, _channel_of(deps, original, raw, found), raw, received, _moment_written(found) or tijdstip(received)
        )
    (outcome,) = judge([incoming], History(deps.db), deps.settings, deps.validate)
    outputs, stands = [], {}
    for output in outcome.outputs:
        path, stand = found.get(output.bestandsnaam, (None, Stand.WEG))
        keeps_its_bytes = path is not None and output.inhoud is not None
        outputs.append(replace(output, inhoud=path.read_bytes()) if path is not None and keeps_its_bytes else output)
        stands[output.bestandsnaam] = stand
    outcome = replace(outcome, outputs=tuple(outputs))
    entry = Entry(incoming.kanaal, original.name, info.st_size, info.st_mtime_ns, info.st_dev, info.st_ino)
    place = resting_place(outcome, deps) if original.parent.name == WERK else original.relative_to(deps.settings.map)
    put_back(deps.db, outcome, None if recorded else entry, place, stands, deps.folders.teken, deps.clock())


def close_lost(deps: Deps, id_: UUID) -> None:
    """Close a message whose file disappeared before anything was decided: unreadable, with attention and a note."""
    known = deps.store.recorded([id_])[id_]
    text = "Het bestand is verdwenen voordat het was verwerkt. De afzender denkt dat het is ontvangen: vraag het opnieuw."
    finding = Finding("bestand-verdwenen", Niveau.FOUT, text)
    incoming = Incoming(id_, deps.settings.named(known.kanaal), None, known.ontvangen_op, known.antwoord_tijdstip)
    decision = Decision(Status.ONLEESBAAR, Actie.ZET_APART, text, regel="bestand-verdwenen", aandacht=True)
    name = f"{id_}-onleesbaar.txt"
    told = note(incoming, None, decision, (finding,)).encode()
    output = Output(Soort.TOELICHTING, deps.settings.kanaal(Kant.EIGEN).naam, name, told, AANDACHT_MAP)
    outcome = Outcome(incoming, Reading(unreadable=finding), decision, (finding,), (output,))
    put_back(deps.db, outcome, None, None, {name: Stand.TE_SCHRIJVEN}, deps.folders.teken, deps.clock())


def evidence(deps: Deps, id_: UUID) -> Found:
    """Every file of this message that lies in an outbox, delivered or staged. Raises OSError when an outbox is not there now."""
    found: dict[str, tuple[Path, Stand]] = {}
    for kanaal in deps.settings.kanalen:
        deps.folders.check_outbox(kanaal)
        for map_ in ("", AANDACHT_MAP, KLAAR):
            for path in (kanaal.outbox / map_).glob(f"{id_}-*"):
                found[path.name] = (path, Stand.KLAAR if map_ == KLAAR else Stand.BEZORGD)
    return found


def _channel_of(deps: Deps, original: Path, raw: bytes | None, found: Found) -> Kanaal:
    """Over which channel it came in: told by the inbox where it lies, by its answers, or else by whether the zender is us."""
    for kanaal in deps.settings.kanalen:
        if original.is_relative_to(kanaal.inbox):
            return kanaal
    for name, (path, _) in found.items():
        side = next(kanaal for kanaal in deps.settings.kanalen if path.is_relative_to(kanaal.outbox))
        if Path(name).stem.rpartition("-")[2] in set(Berichtcode):
            return side
    header = read(raw).stuurgegevens if raw is not None else None
    is_ours = header is not None and deps.settings.organisatie.is_ours(header.zender.organisatie)
    return deps.settings.kanaal(Kant.EIGEN if is_ours else Kant.CORV)


def _moment_of(id_: UUID) -> datetime | None:
    """The moment in an id of version 7 (RFC 9562): the file was claimed then."""
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC) if id_.version == _UUID7_VERSION else None


def _moment_written(found: Found) -> str | None:
    """The first moment that was set aside, as the answers that still lie there tell it."""
    for name, (path, _) in found.items():
        kind = Path(name).stem.rpartition("-")[2]
        header = read(path.read_bytes()).stuurgegevens if kind in set(Berichtcode) else None
        if header is not None and header.tijdstip_bericht:
            return later(header.tijdstip_bericht, -1 if kind in {Berichtcode.BV01, Berichtcode.FO01} else 0)
    return None
