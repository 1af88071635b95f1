"""Decision -> every file to write, with its name and bytes. Pure.

Names come from our id and from the standard's own words, never from what a sender wrote (ontwerp 4).
"""

from collections.abc import Sequence

from corv.aandacht import note
from corv.case import Case
from corv.doorsturen import files_for_others
from corv.findings import Finding, Niveau
from corv.outcome import Decision, Incoming, Output, Soort
from corv.replies import build_bevestiging, build_fout, fault_details, reply_referentienummer
from corv.settings import Kant
from corv.stuf import BODY_FAULT, FAULTS, Berichtcode

AANDACHT_MAP = "aandacht"


def make_outputs(incoming: Incoming, case: Case, decision: Decision, findings: Sequence[Finding]) -> tuple[Output, ...]:
    """All files of one message, answers first: whoever reads them in order sees the receipt before anything else."""
    outputs = [_answer(incoming, case, decision, kind) for kind in decision.answers]
    for answer in decision.repeat:
        name = f"{incoming.id}-{answer.soort}.xml"
        outputs.append(Output(answer.soort, answer.kanaal, name, answer.inhoud, referentienummer=answer.referentienummer))
    if decision.deliver_to is not None:
        outputs.append(Output(Soort.BEZORGING, decision.deliver_to, f"{incoming.id}-{_kind_of(case)}.xml", None))
    outputs += files_for_others(incoming, case, decision)
    is_setback = any(fault.is_doorsturing for fault in decision.faults_on)
    if decision.aandacht or decision.herrouteer_naar is not None or is_setback:
        outputs += _for_a_person(incoming, case, decision, findings)
    return tuple(outputs)


def _answer(incoming: Incoming, case: Case, decision: Decision, kind: Berichtcode) -> Output:
    if kind in FAULTS and decision.foutcode is not None:
        found = (*case.findings, *case.overtredingen) if decision.foutcode == BODY_FAULT else ()
        faults = [finding for finding in found if finding.niveau is Niveau.FOUT]
        details = fault_details(decision.reden, faults, not_sent=case.is_sent_by_us)
        payload = build_fout(incoming.id, case.header, incoming.antwoord_tijdstip, decision.foutcode, details)
    else:
        payload = build_bevestiging(kind, incoming.id, case.header, incoming.antwoord_tijdstip)
    name = f"{incoming.id}-{kind}.xml"
    return Output(kind, case.kanaal.naam, name, payload, referentienummer=reply_referentienummer(incoming.id, kind))


def _for_a_person(incoming: Incoming, case: Case, decision: Decision, findings: Sequence[Finding]) -> list[Output]:
    """The note first, so that whoever sees the message finds the reason already there."""
    told = _note(incoming, case, decision, findings)
    return [told, Output(Soort.AANDACHT, told.kanaal, f"{incoming.id}-{_kind_of(case)}.xml", None, AANDACHT_MAP)]


def _note(incoming: Incoming, case: Case, decision: Decision, findings: Sequence[Finding]) -> Output:
    to, name = case.settings.kanaal(Kant.EIGEN).naam, f"{incoming.id}-{_kind_of(case)}.txt"
    text = note(incoming, case.reading.stuurgegevens, decision, findings, case.settings.herroutering.wijze)
    return Output(Soort.TOELICHTING, to, name, text.encode(), AANDACHT_MAP)


def _kind_of(case: Case) -> str:
    if case.reading.soort is not None:
        return case.reading.soort.naam
    return "onleesbaar" if case.reading.unreadable is not None else "onbekend"
