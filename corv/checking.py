"""What is wrong with a message: by the schema, by the rules, and our remarks, as findings. Pure but for who it asks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from lxml import etree

from corv.case import Case
from corv.findings import Finding, Niveau, has_fault
from corv.niveaus import Richting
from corv.outcome import Decision, Fit
from corv.reading import Reading
from corv.rules.running import Beleid, check_rules
from corv.settings import Kant, Settings
from corv.stuf import BODY_FAULT

Validate = Callable[[etree._Element], tuple[Finding, ...]]
"""A compiled schema set: what is wrong, or odd, with a root that is in `BERICHTEN`; it is valid when nothing is a fault."""

AskOwnRules = Callable[[bytes, str, Beleid], tuple[Finding, ...]]
"""The organisation's own rules: what they say of a message, by its bytes and the name of its root. Asking never raises."""


def no_own_rules(_raw: bytes, _naam: str, _beleid: Beleid) -> tuple[Finding, ...]:
    """For an organisation that has no rules of its own."""
    return ()


@dataclass(frozen=True)
class Checks:
    """Who is asked what is wrong with a message. `close` frees what that took; who asks again gets it again."""

    validate: Validate
    own_rules: AskOwnRules = no_own_rules
    close: Callable[[], None] = lambda: None


HEADER = "stuurgegevens"

_CROSS = f"{HEADER}/crossRefnummer"
_HOW_IT_FITS = {
    Fit.UNKNOWN: Finding(
        "antwoord-zonder-vraag",
        Niveau.WAARSCHUWING,
        "Niet bekend is op welk bericht dit antwoordt: het crossRefnummer is leeg of hoort niet bij een bericht van ons.",
        _CROSS,
    ),
    Fit.CONTRADICTS: Finding(
        "antwoord-past-niet",
        Niveau.WAARSCHUWING,
        "Het crossRefnummer en de verzoekidentificatie horen niet bij hetzelfde verzoek, dus blijft dat verzoek openstaan.",
        _CROSS,
    ),
    Fit.OTHER_PARTY: Finding(
        "antwoord-andere-partij",
        Niveau.WAARSCHUWING,
        "Beide nummers zijn van een verzoek tussen andere organisaties dan dit antwoord, dus blijft dat verzoek openstaan.",
        HEADER,
    ),
    Fit.KEY_ONLY: Finding(
        "crossrefnummer-onbekend",
        Niveau.WAARSCHUWING,
        "Het crossRefnummer hoort niet bij een verzoek dat wij kennen; de verzoekidentificatie wel, dus daar hoort dit bij.",
        _CROSS,
    ),
}
"""What is said of an answer that does not wholly fit what it answers."""


@dataclass(frozen=True)
class Verdict:
    """What the schema says. `is_valid` is None when the root is no message that we know, so there is no schema for it."""

    is_valid: bool | None
    findings: tuple[Finding, ...] = ()


def check_schema(reading: Reading, validate: Validate, kant: Kant) -> Verdict:
    """Validate a message that we know. A received answer is never refused for its form, so its faults are warnings.

    An answer tells a case worker that something went wrong; real ones break the schema (stuf.md 1.2 on Bv04, 3.5).
    """
    if reading.root is None or reading.soort is None:
        return Verdict(None)
    findings = validate(reading.root)
    is_valid = not has_fault(findings)
    if reading.unreadable is not None:
        return Verdict(is_valid)  # why it can't be handled says it all
    if reading.soort.is_answer and kant is Kant.CORV:
        findings = tuple(replace(finding, niveau=Niveau.WAARSCHUWING) for finding in findings)
    return Verdict(is_valid, findings)


def breaks_rules(reading: Reading, raw: bytes | None, beleid: Beleid, checks: Checks) -> tuple[Finding, ...]:
    """What is wrong with a message that is valid by its schema, by the rules that come with corv and by our own."""
    if reading.root is None or reading.soort is None or reading.unreadable is not None:
        return ()
    own = checks.own_rules(raw, reading.soort.naam, beleid) if raw is not None else ()
    return (*check_rules(reading.root, beleid), *own)


def beleid_of(reading: Reading, kant: Kant, op: date, settings: Settings) -> Beleid:
    """How a message that came from that side is held against the rules. A received melding or answer is never refused by one.

    A melding is too dear for it (ontwerp 4), and an answer tells a case worker something, whatever is wrong with it.
    """
    is_sent = kant is Kant.EIGEN
    is_answer = reading.soort is not None and reading.soort.is_answer
    return Beleid(
        richting=Richting.VERZENDEN if is_sent else Richting.ONTVANGST,
        op=op,
        niveaus=settings.niveaus,
        lijsten=settings.lijsten,
        may_refuse=is_sent or not (reading.may_be_melding or is_answer),
    )


def remarks(case: Case, decision: Decision) -> tuple[Finding, ...]:
    """What a reader must know besides the schema's verdict: why it was refused, and what is odd about the header."""
    found = []
    if case.reading.unreadable is not None:
        return (case.reading.unreadable,)
    if decision.foutcode is not None and not _is_told(decision.foutcode, case):
        found.append(Finding(decision.foutcode, Niveau.FOUT, decision.reden, HEADER))
    found += header_remarks(case.reading)
    is_refused = decision.foutcode is not None  # then nobody looks for what it answers
    if (case.is_answer and case.facts.answered is None) or (case.facts.fit in _HOW_IT_FITS and not is_refused):
        found.append(_HOW_IT_FITS[case.facts.fit or Fit.UNKNOWN])
    if case.is_answer and not case.is_sent_by_us and not case.settings.organisatie.is_ours(case.header.ontvanger.organisatie):
        text = "De ontvanger van dit antwoord is niet een OIN van onze organisatie."
        found.append(Finding("antwoord-aan-ander", Niveau.WAARSCHUWING, text, f"{HEADER}/ontvanger/organisatie"))
    return tuple(found)


def _is_told(foutcode: str, case: Case) -> bool:
    """Whether the findings say already why it is refused: by its code, or as rules that it breaks."""
    return foutcode in {finding.code for finding in case.findings} or (foutcode == BODY_FAULT and has_fault(case.overtredingen))


def header_remarks(reading: Reading) -> list[Finding]:
    """What is odd about the stuurgegevens of a message, whoever sent it."""
    header, found = reading.stuurgegevens, []
    if header is None:
        return []
    is_technical = reading.soort is not None and reading.soort.is_technical
    if header.referentienummer == "":
        text = "Het referentienummer is leeg. Een herhaling van dit bericht is daardoor niet te herkennen."
        found.append(Finding("referentienummer-leeg", Niveau.WAARSCHUWING, text, f"{HEADER}/referentienummer"))
    if not header.can_be_answered and not is_technical:
        text = (
            "Er is geen geldig antwoord te maken: referentienummer, zender of ontvanger ontbreekt of heeft een verkeerde lengte."
        )
        found.append(Finding("niet-te-beantwoorden", Niveau.WAARSCHUWING, text, HEADER))
    return found
