"""Write the files that a person asked for: under the name and with the bytes that the database knows.

A stop between staging and noting it is harmless: the file is written again with the same bytes and then delivered once.
"""

import os
from dataclasses import replace
from pathlib import Path

from corv.desk.outbox_rows import Ordered, already_there, ordered, written
from corv.errors import why
from corv.folders import find_original
from corv.handler import Deps, Report, deliver
from corv.outcome import Output
from corv.recepten import make


def write_ordered(deps: Deps, report: Report) -> None:
    """Stage, note and deliver every ordered file. One that can't be written now waits and is reported."""
    staged: list[tuple[Ordered, str]] = []
    for item in ordered(deps.db):
        if _lies_there(item, deps):
            already_there(deps.db, item, deps.folders.teken(item.output.kanaal, "outbox"), deps.clock())
            continue
        original = None if item.output.inhoud is not None else _original(item, deps)
        try:
            deps.folders.stage_again(_with_content(item.output, original), original, item.sha256)
        except (OSError, ValueError) as error:
            reason = why(error) if isinstance(error, OSError) else "het origineel is veranderd"
            report.waiting += 1
            report.problem(f"{item.output.bestandsnaam} is nu niet te schrijven ({reason}); zie: corv toon {item.bericht}")
        else:
            staged.append((item, deps.folders.teken(item.output.kanaal, "outbox")))
    if staged:
        deliver(written(deps.db, staged, deps.clock()), deps, report)


def _with_content(output: Output, original: Path | None) -> Output:
    """What has a recipe is made again from the original, which may hold another's bytes by now: ValueError."""
    if output.recept is None or original is None:
        return output
    return replace(output, inhoud=make(output.recept, original.read_bytes()))


def _lies_there(item: Ordered, deps: Deps) -> bool:
    """Whether a file of that name lies in the outbox: written before the database was put back, and never fetched."""
    try:
        deps.folders.check_outbox(deps.settings.named(item.output.kanaal))
    except OSError:
        return False
    return os.path.lexists(deps.folders.target(item.output))


def _original(item: Ordered, deps: Deps) -> Path | None:
    return find_original(deps.settings, item.kanaal_van, item.bericht, item.bestand)
