"""What is written down of the schemas that judge, and which of them judged a message by what was written down. Pure.

It stands in the event `configuratie`, so that years later it is known by which schema a message was judged.
"""

from collections.abc import Mapping
from typing import Any

from corv.berichten import BERICHTEN
from corv.officieel.keuze import Instelling, Schemakeuze

OWN = "eigen"
"""Stands where a zip has its name."""


def facts_of(keuze: Schemakeuze, versie: str, sha256: str) -> dict[str, Any]:
    """What to write down of a choice. `versie`, `sha256`: of our own schemas. Of zips only those that are asked for a verdict."""
    zips = [
        {
            "schema": pakket.naam,
            "versie": pakket.uitgave.versie_text,
            "sha256": pakket.sha256,
            "berichten": [soort.naam for root, soort in BERICHTEN.items() if keuze.official(root) == pakket],
        }
        for pakket in keuze.used(BERICHTEN)
    ]
    return {"instelling": keuze.instelling.value, "eigen": {"schema": OWN, "versie": versie, "sha256": sha256}, "zips": zips}


def judge_of(facts: Mapping[str, Any], naam: str) -> dict[str, Any]:
    """Which schema judged a message whose root has this name, by what `facts_of` wrote down: `schema`, `versie` and `sha256`.

    `vergeleken_met`: the same of the zip that was asked as well, while the verdict of our own counted; None where none was.
    """
    asked = next((one for one in facts["zips"] if naam in one["berichten"]), None)
    official = {name: asked[name] for name in ("schema", "versie", "sha256")} if asked is not None else None
    if official is not None and facts["instelling"] == Instelling.OFFICIEEL:
        return {**official, "vergeleken_met": None}
    return {**facts["eigen"], "vergeleken_met": official}
