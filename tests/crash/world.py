"""A working folder with a mixed set of messages (good, bad, double, rerouted, answers), and one pass over it.

Moments and ids are given, so that two runs that did the same leave the same behind.
"""

import itertools
import os
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from meldingen import IN_TWENTE, terugkoppeling_of_twente

from conftest import START, TWENTE, Werkmap, message
from corv.app import working
from corv.handler import Report
from corv.jobs import one_pass

DROPS: tuple[tuple[str, str, str | bytes], ...] = (
    ("eigen", "vto.xml", "vtoDi01/minimaal.xml"),
    ("corv", "melding.xml", "vtMeldingDi01/minimaal.xml"),
    ("corv", "dezelfde.xml", "vtMeldingDi01/andere-voorvoegsels.xml"),
    ("corv", "ander.xml", "vtMeldingDi01/zelfde-nummer-andere-inhoud.xml"),
    ("corv", "fout.xml", "vtMeldingDi01/ongeldig-zonder-sash.xml"),
    ("corv", "twente.xml", "vtMeldingDi01/aan-ander-vt.xml"),
    ("corv", "afgekapt.xml", "onleesbaar/afgekapt.xml"),
    ("corv", "antwoord.xml", "Bv01Bericht/op-vto.xml"),
    ("corv", "fout-op-vto.xml", "Fo01Bericht/op-vto.xml"),
    ("eigen", "fout.xml", "vtTerugkoppelingDi01/ongeldig-status.xml"),
    ("corv", "notificatie.xml", "notificatieDi01/volledig.xml"),
    ("corv", "voor-twente.xml", IN_TWENTE),
    ("corv", "van-twente.xml", terugkoppeling_of_twente("afsluiting zonder overdracht")),
    ("corv", "generiek-voor-twente.xml", "meldingGeneriekDi01/in-twente.xml"),
    ("eigen", "verzoek.xml", "vcobDi01/minimaal.xml"),
    ("corv", "zz-uitslag.xml", "ucobDi01/minimaal.xml"),
)
"""Channel, file name, and a sample or the bytes themselves; a later one is a minute younger than the one before."""

FETCHED = "opgehaald"
"""Where a second program puts what it takes from the outboxes, each file under the folders that it lay in."""


def contents() -> list[bytes]:
    """The bytes of every file that `prepare` drops."""
    return [message(sample) if isinstance(sample, str) else sample for _, _, sample in DROPS]


def prepare(map_: Path, batch: int = 100) -> Werkmap:
    """A working folder as it is before the first pass, in use already, with every message in its inbox; so many a batch."""
    werkmap = Werkmap(map_)
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    werkmap.configure("berichten_per_keer = 100", f"berichten_per_keer = {batch}")
    (map_ / FETCHED).mkdir()
    with working(map_):
        pass  # so that the database and the folders are there: a sweep is about a pass, not about the first start
    for minute, ((kanaal, name, _), content) in enumerate(zip(DROPS, contents(), strict=True)):
        moment = START.timestamp() - 3600 + 60 * minute
        os.utime(werkmap.drop(kanaal, name, content), (moment, moment))
    return werkmap


def fetch_all(map_: Path) -> list[str]:
    """Take everything that lies in the outboxes, as the other side does; gives what was there before under the same name."""
    twice = []
    for path in _delivered(map_):
        target = map_ / FETCHED / path.relative_to(map_ / "outbox")
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            twice.append(f"{path.relative_to(map_)} werd twee keer bezorgd")
            target = next(free for n in itertools.count(2) if not (free := target.with_name(f"{target.name}-{n}")).exists())
        path.rename(target)
    return twice


def _delivered(map_: Path) -> list[Path]:
    """The files in the outboxes and their folders for attention. Cheap, for a sweep asks it at every call."""
    outboxes = [map_ / "outbox" / name for name in ("corv", "eigen", "eigen/aandacht")]
    there = [entry for outbox in outboxes if outbox.is_dir() for entry in os.scandir(outbox)]
    return sorted(Path(entry) for entry in there if not entry.name.startswith(".") and entry.is_file())


def run_pass(map_: Path) -> Report:
    """One pass as `corv verwerk` does it, with moments and ids that are the same every time, also after a stop half way."""
    report = Report()
    with working(map_) as deps:
        taken = deps.db.execute("SELECT count(*) FROM grootboek").fetchone()[0]
        ids = itertools.count(taken + 1)
        one_pass(replace(deps, clock=lambda: START, new_id=lambda: UUID(int=next(ids), version=4)), report)
    return report
