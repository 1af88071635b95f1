"""What `corv controleer` does: read one file and judge it as far as that goes without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from corv import refusals
from corv.case import Case
from corv.checking import Checks, beleid_of, breaks_rules, check_schema, header_remarks
from corv.findings import Finding, Niveau
from corv.outcome import Facts
from corv.reading import Reading, read
from corv.settings import Bevestiging, Kanaal, Kant, Settings, Verwerking
from corv.stuurgegevens import Stuurgegevens

_NOBODY = Kanaal("corv", Kant.CORV, Path(), Path(), Bevestiging.GEEN)
GROOTSTE_BESTAND = Verwerking().grootste_bestand
"""The size limit where no working folder says another, in bytes."""

_HEADER_RULES = (refusals.stuf_version, refusals.sectormodel, refusals.berichtcode, refusals.functie, refusals.combination)
"""The refusals that do not depend on who we are or on what came before."""

_SAYS_OF: Mapping[str, tuple[str, ...]] = {
    "StUF001": ("stuurgegevens",),
    "StUF022": ("stuurgegevens", "berichtcode"),
    "StUF025": ("stuurgegevens", "berichtcode"),
    "StUF034": ("stuurgegevens", "functie"),
    "StUF040": ("stuurgegevens", "berichtcode", "functie"),
}
"""Of which element a refusal says what the schema sees too: anything in the first, or only there in one of the others."""


@dataclass(frozen=True)
class Report:
    """The judgement on one file. `is_valid` is None when the root is no message that we know."""

    bestand: Path
    is_wellformed: bool
    naam: str | None
    stuurgegevens: Stuurgegevens | None
    is_valid: bool | None
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """`goed`, `waarschuwing` or `fout`: the heaviest finding decides."""
        levels = {finding.niveau for finding in self.findings}
        return next((niveau.value for niveau in (Niveau.FOUT, Niveau.WAARSCHUWING) if niveau in levels), "goed")


def too_large(bestand: Path, limit: int) -> Finding | None:
    """What is said of a file of more than `limit` bytes; it is not opened. Raises OSError when its size can't be known."""
    if bestand.stat().st_size <= limit:
        return None
    text = f"Het bestand is groter dan {limit // 1024 // 1024} MiB en is niet gelezen."
    return Finding("bestand-te-groot", Niveau.FOUT, text)


def check_file(bestand: Path, checks: Checks, settings: Settings, op: date, kant: Kant | None = None) -> Report:
    """Judge one file as on that day. Raises OSError when it can't be read; one over the size limit is not opened.

    `kant`: from which side it comes; None: what one of ours sends comes from our own.
    """
    if (finding := too_large(bestand, settings.verwerking.grootste_bestand)) is not None:
        return Report(bestand, False, None, None, None, (finding,))
    raw = bestand.read_bytes()
    reading = read(raw)
    naam = reading.soort.naam if reading.soort else None
    verdict = check_schema(reading, checks.validate, Kant.CORV)
    if reading.unreadable is not None:
        findings: tuple[Finding, ...] = (reading.unreadable,)
    else:
        case = Case(UUID(int=0), _NOBODY, reading, verdict.findings, Facts(), settings, op)
        faults = _header_faults(case)
        beleid = beleid_of(reading, kant or side_of(reading, settings), op, settings)
        overtredingen = breaks_rules(reading, raw, beleid, checks) if verdict.is_valid else ()
        findings = (*faults, *header_remarks(reading), *_not_said_yet(verdict.findings, faults), *overtredingen)
    return Report(bestand, reading.is_wellformed, naam, reading.stuurgegevens, verdict.is_valid, findings)


def side_of(reading: Reading, settings: Settings) -> Kant:
    """From which side a message comes by itself: what one of ours sends comes from our own."""
    header = reading.stuurgegevens
    is_ours = header is not None and settings.organisatie.is_ours(header.zender.organisatie)
    return Kant.EIGEN if is_ours else Kant.CORV


def _header_faults(case: Case) -> list[Finding]:
    for rule in _HEADER_RULES:
        refusal = rule(case)
        if refusal is not None:
            return [Finding(refusal.foutcode or "", Niveau.FOUT, refusal.reden, "stuurgegevens")]
    return []


def _not_said_yet(findings: Sequence[Finding], faults: Sequence[Finding]) -> list[Finding]:
    """What the schema says besides the fault in the stuurgegevens: the same thing is told once."""
    said = [_SAYS_OF[fault.code] for fault in faults if fault.code in _SAYS_OF]
    return [finding for finding in findings if not any(_is_said(finding, *names) for names in said)]


def _is_said(finding: Finding, within: str, *names: str) -> bool:
    steps = [step.rpartition(":")[2] for step in (finding.pad or "").split("/")]
    return within in steps and (not names or steps[-1] in names)
