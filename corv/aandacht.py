"""The Dutch note beside a message that a person must see. Pure; holds codes and our own words, nothing of the content."""

from collections.abc import Sequence

from corv.findings import Finding
from corv.moments import NEDERLAND
from corv.outcome import Decision, Incoming, Status
from corv.stuf import FOUTCODES
from corv.stuurgegevens import Stuurgegevens

_WHAT_TO_DO = {
    Status.GEWEIGERD: "Bekijk het bericht zelf. Een melding moet worden afgehandeld; de afzender weet alleen van de weigering.",
    Status.TE_BEOORDELEN: "Beoordeel of het voor uw organisatie is, en neem zo nodig contact op met de andere organisatie.",
    Status.ONLEESBAAR: "De afzender heeft geen antwoord gekregen. Ga na van wie het bestand kwam en vraag om een nieuw bericht.",
}


def note(incoming: Incoming, header: Stuurgegevens | None, decision: Decision, findings: Sequence[Finding]) -> str:
    """Why the message lies here, what it is and what to do."""
    received = incoming.ontvangen_op.astimezone(NEDERLAND)
    lines = [
        "DIT BERICHT VRAAGT AANDACHT",
        "",
        decision.reden,
        "",
        "Wat te doen",
        f"  {_WHAT_TO_DO.get(decision.status, 'Bekijk het bericht zelf.')}",
        "",
        "Gegevens",
        f"  Ontvangen op      {received:%d-%m-%Y %H:%M:%S}, kanaal {incoming.kanaal.naam}",
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
