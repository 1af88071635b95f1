"""Whose message is it: ours, another Veilig Thuis's, or for a person to judge (ontwerp 6). Pure; `routing` holds the order.

Only what came from outside and is in order gets here.
"""

from dataclasses import replace
from uuid import UUID

from corv.case import Case, receipt, refuse
from corv.herregels import EEN_VT, NO_ADDRESSES, Dan, Regel, Wijze, feiten_of, target_of, try_rules
from corv.outcome import Actie, Answered, Decision, Status
from corv.reading import Reading
from corv.recipients import recipient
from corv.settings import AndereOrganisatie, Kant
from corv.stuf import BODY_FAULT, MELDINGEN, TERUGKOPPELINGEN, Berichtcode
from corv.stuurgegevens import Systeem, text_of
from corv.teruggeven import can_be_handed_back, is_handed_back
from corv.werkgebied import Uitkomst

NO_RULE = "geen-regel"
"""Stands as `regel` where no rule of config/herroutering.toml applies: a person decides."""

_A_PERSON = "Een medewerker moet beslissen."
_WHOSE = "Terugkoppeling op een melding die wij doorstuurden ({berichten}), maar wie de eerste melder is, is niet zeker."
_NOT_FOR_VT = "Volgens de soortmeldingCode is dit geen melding voor een Veilig Thuis; een regio zegt dan niet voor wie zij is."
_VOOR_VT = "VT"
_HANDED_BACK = "Zij zegt dat de melding ook bij haar onjuist is geadresseerd; een mens moet de melding weer oppakken."


def on_what_we_forwarded(case: Case) -> Decision | None:
    """A terugkoppeling of the Veilig Thuis to which we sent a melding on: it goes to the first melder, re-addressed.

    It shows that the melding arrived; unless it hands the melding back, then that needs a person again. Of meldingen of several
    melders with one number it may be about any: handed back, each needs a person; else it shows of none that it arrived.
    """
    forwarded, root = case.facts.terugkoppeling_op, case.reading.root
    if not forwarded or root is None or case.header.functie not in TERUGKOPPELINGEN.values():
        return None
    melders = {item.melder for item in forwarded}
    to = next(iter(melders)) if len(melders) == 1 and all(melder.is_addressable for melder in melders) else None
    is_back, last = is_handed_back(root), [item.id for item in forwarded if item.is_last]
    whose = _WHOSE.format(berichten=", ".join(str(item.id) for item in forwarded))
    decision = _pass_on(case, to) if to is not None else _judge(case, f"{whose} {_A_PERSON}")
    is_of_one = len(melders) == 1
    return replace(
        decision,
        reden=f"{decision.reden} {_HANDED_BACK}" if is_back else decision.reden,
        hoort_bij=forwarded[0].id if is_of_one or is_back else None,
        faults_on=tuple(_forward_of(id_, case) for id_ in last) if is_back else (),
        receipts_on=tuple(last) if is_of_one and not is_back else (),
    )


def _pass_on(case: Case, melder: Systeem) -> Decision:
    return Decision(
        Status.GEACCEPTEERD,
        Actie.GEEF_DOOR,
        "Terugkoppeling op een melding die wij doorstuurden: aan de eerste melder doorgegeven.",
        naar=case.settings.kanaal(Kant.CORV).naam,
        answers=_answers(case),
        geef_door_aan=melder,
    )


def _forward_of(id_: UUID, case: Case) -> Answered:
    return Answered(id_, case.kanaal.naam, None, None, made_by_us=True, is_doorsturing=True)


def forwarded_before(case: Case) -> Decision | None:
    """The same melding of the same melder was sent on before: it may go round between organisations, so nobody sends it again."""
    before = case.facts.eerder_doorgestuurd
    if before is None:
        return None
    reason = f"Deze melding is al eerder doorgestuurd, als bericht {before}; zij komt nu terug. {_A_PERSON}"
    return replace(_judge(case, reason), hoort_bij=before, naar=None)


def by_rules(case: Case) -> Decision:
    """What the first rule of config/herroutering.toml that applies decides; the rules that were tried come with it."""
    header, who = case.header, case.settings.partijen
    zender, ontvanger = who.words(header.zender.organisatie), who.words(header.ontvanger.organisatie)
    feiten = feiten_of(header.functie or "", zender, ontvanger, case.werkgebied, case.op)
    regel, pogingen = try_rules(case.settings.herroutering.regels, feiten)
    decision = _apply(case, regel) if regel is not None else _judge(case, f"Geen regel voor herroutering past. {_A_PERSON}")
    answered = case.facts.answered  # what an ucob or uci answers
    hoort_bij = decision.hoort_bij or (answered.id if answered is not None else None)
    return replace(decision, regel=regel.naam if regel is not None else NO_RULE, pogingen=pogingen, hoort_bij=hoort_bij)


def accept(case: Case) -> Decision:
    """It is ours."""
    to = case.settings.kanaal(Kant.EIGEN).naam
    reason = "Bericht aan onze organisatie: in orde bevonden en bezorgd bij het eigen zaaksysteem."
    return Decision(Status.GEACCEPTEERD, Actie.ACCEPTEER, reason, naar=to, answers=_answers(case), deliver_to=to)


def _apply(case: Case, regel: Regel) -> Decision:
    match regel.dan:
        case Dan.ACCEPTEER:
            return accept(case)
        case Dan.WEIGER:
            return refuse(case, BODY_FAULT, regel.reden)
        case Dan.BEOORDEEL:
            return _judge(case, f"{regel.reden} {_seen(case)} {_A_PERSON}".strip())
        case Dan.HERROUTEER:
            return _reroute(case, regel)


def _reroute(case: Case, regel: Regel) -> Decision:
    """To whom the rule says, unless that can't be done without guessing; then a person decides."""
    settings, header = case.settings, case.header
    code = target_of(regel, case.werkgebied or NO_ADDRESSES)
    if EEN_VT in settings.partijen.words(header.zender.organisatie):
        return _judge(case, f"{_seen(case)} Een Veilig Thuis stuurde het aan ons, dus gaat het niet vanzelf verder. {_A_PERSON}")
    if not (header.can_be_answered and header.zender.is_addressable):
        return _judge(case, f"{_seen(case)} De afzender is niet te beantwoorden, dus gaat het niet vanzelf verder. {_A_PERSON}")
    if header.functie not in MELDINGEN:
        return _judge(case, f"{_seen(case)} Dit soort bericht is niet door te sturen. {_A_PERSON}")
    if _is_for_others_too(case):
        return _judge(case, f"{_seen(case)} {_NOT_FOR_VT} {_A_PERSON}")
    to = recipient(settings.organisaties, code, case.op, settings.organisatie.werkgebied)
    if isinstance(to, str):
        return _judge(case, f"{_seen(case)} {to} {_A_PERSON}", code)
    reason = f"{regel.reden} {_seen(case)} Het hoort bij {to.naam} ({to.code}).".strip()
    return send_on(case, to, Decision(Status.HERROUTEERD, Actie.HERROUTEER, reason, answers=_answers(case)))


def send_on(case: Case, to: AndereOrganisatie, decision: Decision) -> Decision:
    """That decision with who gets the melding."""
    tell_melder = must_tell_melder(case.reading, case.settings.herroutering.wijze)
    return replace(decision, naar=to.code, herrouteer_naar=to, tell_melder=tell_melder)


def must_tell_melder(melding: Reading, wijze: Wijze) -> bool:
    """Whether the melder should be told that his melding goes elsewhere, and no message can: then a person must."""
    header = melding.stuurgegevens
    is_told = header is not None and header.zender.is_addressable and can_be_handed_back(melding.root)
    return wijze is not Wijze.DOORSTUREN and not is_told


def _is_for_others_too(case: Case) -> bool:
    """Whether a meldingGeneriek asks for another kind of help than that of a Veilig Thuis: then regions say nothing."""
    root = case.reading.root
    code = root.find("{*}object/{*}soortmeldingCode") if root is not None else None
    return code is not None and text_of(code) != _VOOR_VT


def _judge(case: Case, reason: str, proposal: str | None = None) -> Decision:
    """A person decides; `naar` is what we would propose."""
    other, seen = case.settings.other(case.header.ontvanger.organisatie), case.werkgebied
    addressed = other.code if other is not None and not case.settings.organisatie.is_ours(other.oin) else None
    senders = case.settings.partijen.words(case.header.zender.organisatie)  # who sent it is not where it should go
    by_address = seen.vt if seen is not None and seen.uitkomst is Uitkomst.ANDER else None
    return Decision(
        Status.TE_BEOORDELEN,
        Actie.BEOORDEEL,
        reason,
        naar=next((code for code in (proposal, by_address, addressed) if code and code not in senders), None),
        answers=receipt(case),
        aandacht=True,
    )


def _seen(case: Case) -> str:
    """What the addresses say."""
    return (case.werkgebied or NO_ADDRESSES).waarom


def _answers(case: Case) -> tuple[Berichtcode, ...]:
    """The receipt, and a Bv01 where this functie wants one."""
    bv01 = (Berichtcode.BV01,) if case.settings.wants_bv01(case.header.functie or "") else ()
    return receipt(case) + bv01
