"""[gezondheid] of corv.toml to the thresholds of `corv gezondheid`."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corv.settings import Drempel, Gezondheid, Kanaal
from corv.toml_reader import Section

_UNITS = {"min": 60, "uur": 3600, "mib": 1024 * 1024}
_MOST = 999_999

DREMPELS = {
    "inbox": "min",
    "ronde": "min",
    "opgepakt": "min",
    "bezorgen": "min",
    "ophalen": "min",
    "ophalen_aandacht": "uur",
    "beoordelen": "uur",
    "aandacht_melding": "uur",
    "aandacht_overig": "uur",
    "te_laat": "uur",
    "schijf": "mib",
    "wacht": "min",
    "reservekopie": "uur",
}
"""The thresholds of [gezondheid] and the unit in which each is written, as in `inbox_waarschuwing_min`."""


def read_gezondheid(section: Section, map_: Path, kanalen: Sequence[Kanaal]) -> Gezondheid:
    """The thresholds; every mistake is told to its file. The file with metingen may lie in no inbox or outbox."""
    default = Gezondheid()
    drempels = {naam: _drempel(section, naam, unit, getattr(default, naam)) for naam, unit in DREMPELS.items()}
    text = section.text("metingen", "", r"|.+\.prom", "leeg of de naam van een bestand op .prom")
    metingen = map_ / text if text else None
    if metingen is not None:
        ours = [folder.resolve() for kanaal in kanalen for folder in (kanaal.inbox, kanaal.outbox)]
        if any(metingen.resolve().is_relative_to(folder) for folder in ours):
            section.complain("metingen", "mag niet in een inbox of outbox liggen")
    section.finish()
    return replace(default, metingen=metingen, **drempels)


def _drempel(section: Section, naam: str, unit: str, default: Drempel) -> Drempel:
    size = _UNITS[unit]
    warning, critical = (f"{naam}_{level}_{unit}" for level in ("waarschuwing", "kritiek"))
    drempel = Drempel(
        section.number(warning, default.waarschuwing / size, 0, _MOST) * size,
        section.number(critical, default.kritiek / size, 0, _MOST) * size,
    )
    # Free space gets worse as it goes down, everything else as it goes up.
    if (drempel.kritiek > drempel.waarschuwing) if unit == "mib" else (drempel.kritiek < drempel.waarschuwing):
        section.complain(critical, f"moet {'hoogstens' if unit == 'mib' else 'minstens'} zo groot zijn als {warning}")
    return drempel
