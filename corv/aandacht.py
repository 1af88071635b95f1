"""The Dutch note beside a message that a person must see. Pure; holds codes and our own words, nothing of the content."""

from collections.abc import Sequence

from corv.findings import Finding
from corv.moments import shown
from corv.outcome import Decision, Incoming, Status
from corv.stuf import FOUTCODES, OWN_FAILURE, Berichtcode
from corv.stuurgegevens import Stuurgegevens

_NOT_TOLD = "De afzender heeft geen antwoord gekregen. Ga na van wie het kwam en neem contact op."
_TOLD = "De afzender weet dat het bericht is geweigerd. Bekijk het zelf; een melding moet worden afgehandeld."
_OTHER_VT = "Beoordeel of het voor uw organisatie is, en neem zo nodig contact op met de andere organisatie."
_OWN_FAILURE = "Handel het bericht zelf af en meld de fout aan de beheerder van deze applicatie, met ons kenmerk."
_FAULTS = {Berichtcode.FO01, Berichtcode.FO03}


def _what_to_do(decision: Decision) -> str:
    if decision.foutcode == OWN_FAILURE:
        return _OWN_FAILURE
    if decision.status is Status.TE_BEOORDELEN:
        return _OTHER_VT
    return _TOLD if _FAULTS & set(decision.answers) else _NOT_TOLD


def note(incoming: Incoming, header: Stuurgegevens | None, decision: Decision, findings: Sequence[Finding]) -> str:
    """Why the message lies here, what it is and what to do."""
    lines = [
        "DIT BERICHT VRAAGT AANDACHT",
        "",
        decision.reden,
        "",
        "Wat te doen",
        f"  {_what_to_do(decision)}",
        "",
        "Gegevens",
        f"  Ontvangen op      {shown(incoming.ontvangen_op.isoformat())}, kanaal {incoming.kanaal.naam}",
        f"  Ons kenmerk       {incoming.id}  (meer: corv toon {incoming.id})",
        f"  Status            {decision.status}",
    ]
    if header is not None:
        lines.append(f"  Referentienummer  {(header.referentienummer or '(leeg)')[:40]}")
    if decision.foutcode:
        lines.append(f"  Foutcode          {decision.foutcode} {FOUTCODES[decision.foutcode].omschrijving}")
    if findings:
        lines += ["", "Bevindingen"]
        for finding in findings:
            place = ", ".join(part for part in (f"regel {finding.regel}" if finding.regel else "", finding.pad or "") if part)
            lines.append(f"  - {finding.tekst}" + (f" ({place})" if place else ""))
    return "\n".join(lines) + "\n"
