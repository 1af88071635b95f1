"""Decision -> the files for other organisations: the message re-addressed, and what tells the melder so. Pure.

Each is written by a recipe (`recepten`), which is what the database keeps of it. Names come from our id, the code of who gets
it and the functie.
"""

from dataclasses import replace

from corv.case import Case
from corv.herregels import JuisteOrganisatie, Wijze
from corv.moments import later
from corv.outcome import Decision, Incoming, Output, Soort
from corv.recepten import Recept, Receptsoort, make, own_referentienummer
from corv.settings import AndereOrganisatie, Kant
from corv.stuf import TERUGKOPPELINGEN, digits_of
from corv.stuurgegevens import Systeem
from corv.teruggeven import Partij

_MELDER = "melder"
_IS_FORWARDED = " Wij hebben haar doorgestuurd; u hoeft haar niet opnieuw te versturen."
_SEND_AGAIN = " Verstuur haar opnieuw, aan die organisatie."
_TOLD_AT, _SENT_AT = 2, 3
"""Which of the moments set aside for a message these take: after the answers to its sender."""


def files_for_others(incoming: Incoming, case: Case, decision: Decision) -> list[Output]:
    """What the decision sends to other organisations: the melder is told first, then the right one gets the message."""
    to, wijze = decision.herrouteer_naar, case.settings.herroutering.wijze
    name = decision.herrouteer_als or (to.code if to is not None else "")
    outputs = []
    if decision.geef_door_aan is not None:
        recept = _forward(incoming, case, decision.geef_door_aan, _MELDER)
        outputs.append(_made(incoming, case, f"{_MELDER}-{case.header.functie}", recept))
    if to is not None and wijze is not Wijze.DOORSTUREN and not decision.tell_melder:
        told = TERUGKOPPELINGEN[case.header.functie or ""]
        outputs.append(_made(incoming, case, f"{name}-{told}", _tell_melder(incoming, case, to, name)))
    if to is not None and wijze is not Wijze.TERUGKOPPELING:
        recept = _forward(incoming, case, Systeem(to.oin, to.applicatie), name)
        outputs.append(_made(incoming, case, f"{name}-{case.header.functie}", recept))
    return outputs


def _forward(incoming: Incoming, case: Case, to: Systeem, name: str) -> Recept:
    return Recept(
        Receptsoort.DOORSTURING,
        zender=_us(case),
        ontvanger=to,
        referentienummer=own_referentienummer(incoming.id, Receptsoort.DOORSTURING, name),
        tijdstip=later(incoming.antwoord_tijdstip, _SENT_AT),
    )


def _tell_melder(incoming: Incoming, case: Case, to: AndereOrganisatie, name: str) -> Recept:
    herroutering, us = case.settings.herroutering, _us(case)
    return Recept(
        Receptsoort.TERUGKOPPELING,
        zender=us,
        ontvanger=replace(case.header.zender, gebruiker=None),
        referentienummer=own_referentienummer(incoming.id, Receptsoort.TERUGKOPPELING, name),
        tijdstip=later(incoming.antwoord_tijdstip, _TOLD_AT),
        wij=Partij(case.settings.organisatie.naam, digits_of(us.organisatie or "")),
        juiste=Partij(to.naam, digits_of(to.oin)),
        juiste_in=tuple(sorted(herroutering.juiste_organisatie_in)),
        toelichting=_told(case, to) if JuisteOrganisatie.TOELICHTING in herroutering.juiste_organisatie_in else "",
    )


def _told(case: Case, to: AndereOrganisatie) -> str:
    """What the melder reads. Each name is at most 200 characters, so the whole fits its element (1000)."""
    told = f"Deze melding is niet voor {case.settings.organisatie.naam}, maar voor {to.naam} (OIN {to.oin})."
    is_forwarded = case.settings.herroutering.wijze is Wijze.BEIDE
    return told + (_IS_FORWARDED if is_forwarded else _SEND_AGAIN)


def _us(case: Case) -> Systeem:
    """Ourselves, by the OIN that the sender used where that is our own: an organisation may have several."""
    ours, named = case.settings.organisatie, case.header.ontvanger.organisatie
    return Systeem(named if named in ours.oins else ours.oin, ours.applicatie)


def _made(incoming: Incoming, case: Case, name: str, recept: Recept) -> Output:
    return Output(
        Soort.DOORSTURING if recept.soort is Receptsoort.DOORSTURING else Soort.TERUGKOPPELING,
        case.settings.kanaal(Kant.CORV).naam,
        f"{incoming.id}-{name}.xml",
        make(recept, incoming.raw or b""),
        referentienummer=recept.referentienummer,
        recept=recept,
    )
