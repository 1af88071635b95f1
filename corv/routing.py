"""Message + facts -> Decision. Pure. The table `ROUTES` is the whole of it, read from top to bottom: the first that applies.

The order of the refusals is that of StUF table 4.1, because of several faults only the first may be reported
(StUF 03.01 par. 4.4.3). Which answer goes with which decision: ontwerp 4 and 5.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import takewhile
from uuid import UUID

from corv import herroutering, refusals
from corv.case import Case, receipt, refuse
from corv.herregels import Poging
from corv.outcome import Actie, Decision, Status
from corv.settings import Kant
from corv.stuf import OWN_FAILURE, Berichtcode

FAILED = "eigen-fout"
"""Stands as `regel` where our own code failed."""

AGAINST_A_RULE = "tegen-een-regel"
_BY_RULES = "herroutering"
_RULES_DECIDE = "Geen vaste regel past; nu beslissen de regels van config/herroutering.toml."

_HANDLED_BEFORE = "Hetzelfde bericht is al eerder verwerkt; het eerdere antwoord is opnieuw klaargezet."
_REFUSED_BEFORE = (
    "Hetzelfde bericht is al eerder geweigerd, en dat blijft zo; het eerdere antwoord is opnieuw klaargezet. "
    "Een verbeterd bericht moet een nieuw referentienummer hebben."
)

HANDLED_AFRESH = frozenset({OWN_FAILURE})
"""After an Fo03 of ours or one of these a resend is handled as new (ontwerp 5); what we refused with Fo03 is no prior at all."""


@dataclass(frozen=True)
class Route:
    """One line of the table. `decide` gives a decision when the line applies, else None; `anders` says why, in Dutch."""

    naam: str
    decide: Callable[[Case], Decision | None]
    anders: str


def decide(case: Case) -> Decision:
    """The decision of the first route that applies. Its `regel` is that route's name, or of the last one that of its rule."""
    for route in ROUTES:
        decision = route.decide(case)
        if decision is not None:
            regel, supersedes = decision.regel or route.naam, _superseded(case, decision)
            is_complete = regel == decision.regel and supersedes is None  # as most are, that the rules decide
            return decision if is_complete else replace(decision, regel=regel, supersedes=supersedes)
    raise AssertionError("the last route always applies")


def tried(regel: str, reden: str, pogingen: tuple[Poging, ...] = ()) -> tuple[Poging, ...]:
    """Every line of the table up to the one that decided, with why; then the rules of config/herroutering.toml that it tried.

    By the `regel`, `reden` and `pogingen` of a decision, also of a recorded one.
    """
    if regel == FAILED:  # how far it came is not known
        return (Poging(FAILED, past=True, waarom=reden),)
    names = [route.naam for route in ROUTES]
    last = names.index(regel) if regel in names else names.index(_BY_RULES)
    before = (Poging(route.naam, past=False, waarom=route.anders) for route in ROUTES[:last])
    waarom = reden if names[last] == regel else _RULES_DECIDE
    return (*before, Poging(names[last], past=True, waarom=waarom), *pogingen)


def own_failure(case: Case) -> Decision:
    """What becomes of a message on which our own code failed: a melding goes to a person, any other gets StUF058.

    So does one whose sender can't be told, for want of stuurgegevens.
    """
    if case.reading.stuurgegevens is None or (case.kanaal.kant is Kant.CORV and case.reading.may_be_melding):
        return Decision(
            Status.TE_BEOORDELEN,
            Actie.BEOORDEEL,
            "Het verwerken is door een fout in deze applicatie mislukt; een medewerker moet het bericht zelf oppakken.",
            regel=FAILED,
            foutcode=OWN_FAILURE,
            answers=receipt(case),
            aandacht=True,
        )
    return replace(refuse(case, OWN_FAILURE, "Het verwerken is door een fout in deze applicatie mislukt."), regel=FAILED)


def _superseded(case: Case, decision: Decision) -> UUID | None:
    """The first copy of a message on which our code failed, when this one is handled: nobody need decide about it any more."""
    prior = case.facts.prior
    if prior is None:
        return None
    is_handled = decision.status in {Status.GEACCEPTEERD, Status.HERROUTEERD, Status.TE_BEOORDELEN}
    is_same = prior.waits_for_a_person and prior.content_hash == case.reading.content_hash
    return prior.id if is_same and is_handled else None


def _unreadable(case: Case) -> Decision | None:
    fault = case.reading.unreadable
    if fault is None:
        return None
    # Nobody can be answered, so a person must see it: it may have been a melding.
    return Decision(Status.ONLEESBAAR, Actie.ZET_APART, fault.tekst, aandacht=True)


def _seen_before(case: Case) -> Decision | None:
    prior = case.facts.prior
    if prior is None or prior.was_returned or prior.foutcode in HANDLED_AFRESH:
        return None
    return Decision(
        Status.HERHAALD,
        Actie.HERHAAL,
        _REFUSED_BEFORE if prior.foutcode is not None else _HANDLED_BEFORE,
        repeat=tuple(answer for answer in prior.answers if answer.kanaal == case.kanaal.naam),
        hoort_bij=prior.id,
    )


def _receipt_received(case: Case) -> Decision | None:
    if case.reading.soort is None or not case.reading.soort.is_receipt:
        return None
    answered = case.facts.answered
    reason = "Ontvangstbevestiging: vastgelegd, en niet doorgegeven."
    return Decision(Status.GEACCEPTEERD, Actie.ACCEPTEER, reason, hoort_bij=answered.id if answered else None)


def _answer_received(case: Case) -> Decision | None:
    if not case.is_answer or case.is_sent_by_us:
        return None
    answered = case.facts.answered
    if answered is not None and answered.made_by_us:
        to, reason = None, "Antwoord op een bericht dat deze applicatie zelf maakte: vastgelegd, voor niemand anders bestemd."
    elif answered is not None:
        to, reason = answered.kanaal, "Antwoord op een bericht van ons: bezorgd bij wie het verstuurde."
    else:
        to = case.settings.kanaal(Kant.EIGEN).naam
        reason = "Antwoord waarvan niet bekend is waarop het antwoordt: bezorgd bij het eigen zaaksysteem."
    return Decision(
        Status.GEACCEPTEERD,
        Actie.ACCEPTEER,
        reason,
        naar=to,
        answers=receipt(case),
        deliver_to=to,
        hoort_bij=answered.id if answered else None,
        faults_on=(answered,) if answered is not None and answered.is_last and _is_fault(case) else (),
        receipts_on=(answered.id,)
        if answered is not None and answered.is_doorsturing and answered.is_last and _is_bv01(case)
        else (),
    )


def _is_fault(case: Case) -> bool:
    return case.reading.soort is not None and case.reading.soort.is_fault


def _is_bv01(case: Case) -> bool:
    return case.header.berichtcode == Berichtcode.BV01


def _sent_by_us(case: Case) -> Decision | None:
    if not case.is_sent_by_us:
        return None
    to, answered, prior = case.settings.kanaal(Kant.CORV).naam, case.facts.answered, case.facts.prior
    again = prior.id if prior is not None and prior.was_returned else None
    return Decision(
        Status.GEACCEPTEERD,
        Actie.ACCEPTEER,
        "Bericht van onze organisatie: gecontroleerd en klaargezet om te verzenden.",
        naar=to,
        answers=receipt(case),
        deliver_to=to,
        hoort_bij=answered.id if answered else again,
        offered_again=again,
    )


ROUTES = (
    Route("onleesbaar", _unreadable, "Het bestand is te lezen als StUF-bericht."),
    Route("stuf-versie", refusals.stuf_version, "De stuurgegevens zijn van StUF 03.01."),
    Route("sectormodel", refusals.sectormodel, "Het bericht is van het koppelvlak Jeugdzorg (jz0100) of van StUF zelf."),
    Route(
        "ontvanger-onbekend",
        refusals.unknown_ontvanger,
        "Wij kennen de ontvanger, of het is een antwoord, of het komt van onze eigen kant.",
    ),
    Route("zender-onbekend", refusals.foreign_zender, "De zender is van onze organisatie, of dat hoeft hier niet."),
    Route(
        "ander-bericht-zelfde-nummer",
        refusals.other_content,
        "Van deze zender is geen ander bericht met ditzelfde referentienummer bekend dat meetelt.",
    ),
    Route("eerder-ontvangen", _seen_before, "Hetzelfde bericht is niet eerder ontvangen, of wordt opnieuw behandeld."),
    Route("berichtcode", refusals.berichtcode, "De berichtcode bestaat en wordt hier gebruikt."),
    Route("functie", refusals.functie, "De functie bestaat in het koppelvlak, of het is een antwoord, dat er geen heeft."),
    Route("combinatie", refusals.combination, "De berichtcode en de functie passen bij het soort bericht."),
    Route(
        "niet-volgens-schema",
        refusals.invalid,
        "Het bericht is volgens het schema, of het is een antwoord, dat daarom niet wordt geweigerd.",
    ),
    Route(
        AGAINST_A_RULE,
        refusals.against_a_rule,
        "Het bericht is niet in strijd met een regel die weigert; een regel weigert nooit een ontvangen melding of antwoord.",
    ),
    Route("ontvangstbevestiging", _receipt_received, "Het is geen ontvangstbevestiging (Bv03 of Bv04)."),
    Route("antwoord", _answer_received, "Het is geen antwoord dat wij ontvingen (Bv01, Fo01 of Fo03)."),
    Route("van-ons", _sent_by_us, "Het komt niet van onze eigen kant, om te verzenden."),
    Route(
        "terugkoppeling-op-doorgestuurde-melding",
        herroutering.on_what_we_forwarded,
        "Het is geen terugkoppeling op een melding die wij doorstuurden.",
    ),
    Route("al-eerder-doorgestuurd", herroutering.forwarded_before, "Deze melding is niet eerder door ons doorgestuurd."),
    Route(_BY_RULES, herroutering.by_rules, ""),
)

BEFORE_RULES = frozenset(route.naam for route in takewhile(lambda route: route.naam != AGAINST_A_RULE, ROUTES))
"""What decides before any rule is asked: of such a message it does not matter what the rules say of it."""
