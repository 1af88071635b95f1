"""What must be right in a message beyond its schema: the table `RULES`, one module a rule. Pure.

A rule more is a module here and its name in `RULES`. The module says everything: `ID`, `BRON`, `RIJEN`, `APPLIES_TO`, `NIVEAU`,
`HERSTEL`, `LET_OP`, a Dutch docstring with examples, `check`, and `breek`, by which `corv voorbeeld --fout` breaks it
(`rule` tells what each is). docs/regels.md is made from them: `python tools/maak_regels.py`.
"""

from collections.abc import Mapping
from functools import cache

from corv.rules import (
    bsn_elfproef,
    corv000022,
    corv00036,
    corv_a3_2,
    corv_b2_2,
    corv_b2_3,
    corv_b4,
    corv_c2_2,
    corv_c2_4,
    entiteittype,
    indicatie_ambtshalve,
    informering,
    melder_onbekend,
    sash_niveau,
)
from corv.rules.rule import Rule

RULES: Mapping[str, Rule] = {
    rule.ID: rule
    for rule in (
        # Of every message.
        bsn_elfproef,
        # Of a verzoek tot onderzoek.
        corv_a3_2,
        # Of a notificatie.
        corv_b2_2,
        corv_b2_3,
        corv_b4,
        corv000022,
        indicatie_ambtshalve,
        # Of a zorgmelding or a notificatie on jeugdreclassering.
        corv_c2_2,
        corv_c2_4,
        corv00036,
        # Of a vtMelding, and of its terugkoppeling.
        informering,
        sash_niveau,
        melder_onbekend,
        entiteittype,
    )
}
"""By id, in the order in which they are told."""


@cache
def rules_for(naam: str) -> tuple[Rule, ...]:
    """The rules for a message by the local name of its root."""
    return tuple(rule for rule in RULES.values() if naam in rule.APPLIES_TO)
