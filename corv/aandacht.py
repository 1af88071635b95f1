"""The Dutch note beside a message that a person must see. Pure; holds codes and our own words, nothing of the content."""

from collections.abc import Sequence

from corv.findings import Finding, told
from corv.herregels import Wijze
from corv.moments import shown
from corv.outcome import Decision, Incoming, Status
from corv.printable import visible
from corv.stuf import FAULTS, FOUTCODES, OWN_FAILURE
from corv.stuurgegevens import Stuurgegevens

_NOT_TOLD = "De afzender heeft geen antwoord gekregen. Ga na van wie het kwam en neem contact op."
_TOLD = "De afzender weet dat het bericht is geweigerd. Bekijk het zelf; een melding moet worden afgehandeld."
_JUDGE = "Beoordeel voor wie het is: corv beoordelen toont het voorstel, corv beslis legt uw besluit vast."
_GONE = "Niets, tenzij corv meldt dat {naam} het niet aannam of niet antwoordt. Weet u beter: neem dan contact op met {naam}."
_NOT_SENT_ON = (
    "De melder is gevraagd haar opnieuw te versturen; corv stuurt haar niet door en wacht nergens op. "
    "Bel {naam} of zij de melding heeft. Tot die tijd is zij van u."
)
_TELL = "Bel de melder: zijn melding is naar {naam} gegaan. Corv kan hem dat niet schrijven, want daarvoor is hier geen bericht. "
_TELL_AND_ASK = (
    "Bel de melder en vraag hem zijn melding aan {naam} te sturen. Corv kan hem dat niet schrijven, want daarvoor is hier geen "
    "bericht; zij stuurt de melding ook niet door. Tot {naam} haar heeft, is zij van u."
)
_NOT_ACCEPTED = "Een melding die wij doorstuurden is niet aangenomen: pak haar weer op (ons kenmerk {kenmerk})."
_OWN_FAILURE = "Handel het bericht zelf af en meld de fout aan de beheerder van deze applicatie, met ons kenmerk."


def _what_to_do(decision: Decision, wijze: Wijze) -> str:
    if decision.foutcode == OWN_FAILURE:
        return _OWN_FAILURE
    if decision.faults_on:
        return _NOT_ACCEPTED.format(kenmerk=", ".join(str(fault.id) for fault in decision.faults_on))
    if decision.herrouteer_naar is not None:
        to_do = _NOT_SENT_ON if wijze is Wijze.TERUGKOPPELING else _GONE
        if decision.tell_melder:
            to_do = _TELL_AND_ASK if wijze is Wijze.TERUGKOPPELING else _TELL + _GONE
        return to_do.format(naam=decision.herrouteer_naar.naam)
    if decision.status is Status.TE_BEOORDELEN:
        return _JUDGE
    return _TOLD if FAULTS & set(decision.answers) else _NOT_TOLD


def note(
    incoming: Incoming,
    header: Stuurgegevens | None,
    decision: Decision,
    findings: Sequence[Finding],
    wijze: Wijze = Wijze.BEIDE,
) -> str:
    """Why the message lies here, what it is and what to do. `wijze`: how it is rerouted, where it is."""
    lines = [
        "DIT BERICHT VRAAGT AANDACHT" if decision.herrouteer_naar is None else "DIT BERICHT IS VOOR EEN ANDER VEILIG THUIS",
        "",
        decision.reden,
        "",
        "Wat te doen",
        f"  {_what_to_do(decision, wijze)}",
        "",
        "Gegevens",
        f"  Ontvangen op      {shown(incoming.ontvangen_op.isoformat())}, kanaal {incoming.kanaal.naam}",
        f"  Ons kenmerk       {incoming.id}  (meer: corv toon {incoming.id})",
        f"  Status            {decision.status}",
    ]
    if header is not None:
        lines.append(f"  Referentienummer  {visible((header.referentienummer or '(leeg)')[:40])}")
    if decision.foutcode:
        lines.append(f"  Foutcode          {decision.foutcode} {FOUTCODES[decision.foutcode].omschrijving}")
    if findings:
        lines += ["", "Bevindingen", *told(findings, "  - ", "      ")]
    return "\n".join(lines) + "\n"


def silence_note(id_: str, waarop: str, sinds: str) -> str:
    """That nobody answers what we sent on. `waarop`: for what and from whom; `sinds`: when it was delivered."""
    return (
        "EEN DOORGESTUURDE MELDING IS NIET BEANTWOORD\n\n"
        f"Verwacht: {waarop}. Bezorgd op {shown(sinds)}; sindsdien is er geen antwoord.\n\n"
        "Wat te doen\n"
        "  Bel die organisatie en vraag of zij de melding heeft. Zo niet: de melding is nu weer van u. De termijn loopt door.\n\n"
        f"Ons kenmerk       {id_}  (meer: corv toon {id_})\n"
    )
