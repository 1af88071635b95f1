"""What must be right in a message beyond its schema: the table `RULES`, one module a rule. Pure.

A rule more is a module here and its name in `RULES`. The module says everything: `ID`, `BRON`, `RIJEN`, `APPLIES_TO`, `NIVEAU`,
`HERSTEL`, `LET_OP`, a Dutch docstring with examples, `check`, and `breek`, by which `corv voorbeeld --fout` breaks it
(`rule` tells what each is). docs/regels.md is made from them: `python tools/maak_regels.py`.
"""

from collections.abc import Mapping
from functools import cache

from corv.rules import (
    bsn_elfproef,
    corv_a3_2,
    corv_a9_1,
    corv_a9_2,
    corv_a9_3,
    corv_a9_4,
    corv_a9_6,
    corv_c4_2,
    extra_element_onbekend,
    extra_element_waarde,
    identificatie_vt_melding,
    leeg_element,
    onderzoek_ontbreekt,
    statutaire_naam,
    urgentie,
    verplicht_zonder_waarde,
)
from corv.rules.rule import Rule

RULES: Mapping[str, Rule] = {
    rule.ID: rule
    for rule in (
        # Of every message.
        bsn_elfproef,
        leeg_element,
        # Of the older messages, about a zaak.
        extra_element_onbekend,
        extra_element_waarde,
        verplicht_zonder_waarde,
        # Of a verzoek tot onderzoek.
        corv_a3_2,
        corv_a9_1,
        corv_a9_2,
        corv_a9_3,
        corv_a9_4,
        corv_a9_6,
        statutaire_naam,
        urgentie,
        onderzoek_ontbreekt,
        # Of a zorgmelding.
        corv_c4_2,
        # Of a VT-melding and a VT-terugkoppeling.
        identificatie_vt_melding,
    )
}
"""By id, in the order in which they are told."""


YIELDING = frozenset({leeg_element.ID, verplicht_zonder_waarde.ID})
"""Rules that only see that nothing is said: silent about an element of which another rule says as heavily what must be there."""


@cache
def rules_for(naam: str) -> tuple[Rule, ...]:
    """The rules for a message by the local name of its root."""
    return tuple(rule for rule in RULES.values() if naam in rule.APPLIES_TO)
