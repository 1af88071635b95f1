"""What a person decided about one message, as a `Decision`. Pure; `desk` gathers what it needs and applies it."""

from dataclasses import replace
from enum import StrEnum

from corv.case import Case
from corv.findings import Finding
from corv.herroutering import send_on
from corv.outcome import Actie, Decision, Incoming, Output, Status
from corv.outputs import make_outputs
from corv.settings import AndereOrganisatie, Kant
from corv.stuf import BODY_FAULT, Berichtcode

REGEL = "besluit-van-een-mens"
"""Stands as `regel` at every decision that a person took."""

_REFUSED = "Een medewerker van de ontvanger heeft het bericht geweigerd. Reden: {reden}"


class Keuze(StrEnum):
    """What a person may decide about a message that waits for judgement."""

    ACCEPTEER = "accepteer"
    WEIGER = "weiger"
    HERROUTEER = "herrouteer"


def rule(case: Case, keuze: Keuze, reden: str, to: AndereOrganisatie | None = None) -> Decision:
    """The decision of a person. What was answered when it came in is not answered again. `to`: for HERROUTEER to whom.

    A refusal is an Fo01 StUF055: the sender is told what is wrong, and the same message offered again gets the same answer.
    """
    header = case.reading.stuurgegevens
    can_be_answered = header is not None and header.can_be_answered and not case.is_technical and not case.tells_us_something
    if keuze is Keuze.WEIGER:
        answers = (Berichtcode.FO01,) if can_be_answered else ()
        return Decision(Status.GEWEIGERD, Actie.WEIGER, reden, REGEL, foutcode=BODY_FAULT, answers=answers)
    is_due = can_be_answered and not case.is_sent_by_us and case.settings.wants_bv01(case.header.functie or "")
    answers = (Berichtcode.BV01,) if is_due else ()
    if to is not None:
        before = case.facts.eerder_doorgestuurd
        hoort_bij = before if before != case.id else None
        decision = Decision(Status.HERROUTEERD, Actie.HERROUTEER, reden, REGEL, answers=answers, hoort_bij=hoort_bij)
        return send_on(case, to, decision)
    kanaal = case.settings.kanaal(Kant.CORV if case.is_sent_by_us else Kant.EIGEN).naam
    return Decision(Status.GEACCEPTEERD, Actie.ACCEPTEER, reden, REGEL, naar=kanaal, answers=answers, deliver_to=kanaal)


def outputs_of(incoming: Incoming, case: Case, decision: Decision) -> tuple[Output, ...]:
    """The files that go with a person's decision. The sender reads the reason of a refusal, and who gave it, no names."""
    told = _REFUSED.format(reden=decision.reden)
    nothing_found: tuple[Finding, ...] = ()
    if decision.foutcode is not None:
        decision = replace(decision, reden=told)
    return make_outputs(incoming, replace(case, findings=nothing_found), decision, nothing_found)
