"""What must be right in a message beyond its schema: the table `RULES`, one module a rule. Pure.

A rule more is a module here and its name in `RULES`. The module says everything: `ID`, `BRON`, `RIJEN`, `APPLIES_TO`, `NIVEAU`,
`HERSTEL`, `LET_OP`, a Dutch docstring with examples, `check`, and `breek`, by which `corv voorbeeld --fout` breaks it
(`rule` tells what each is). docs/regels.md is made from them: `python tools/maak_regels.py`.
"""

from collections.abc import Mapping
from functools import cache

from corv.rules import bsn_elfproef, corv_a3_2, instantie_onbekend
from corv.rules.rule import Rule

RULES: Mapping[str, Rule] = {
    rule.ID: rule
    for rule in (
        # Of every message.
        bsn_elfproef,
        # Of a verzoek tot onderzoek.
        corv_a3_2,
        # Of a notificatie.
        instantie_onbekend,
    )
}
"""By id, in the order in which they are told."""


@cache
def rules_for(naam: str) -> tuple[Rule, ...]:
    """The rules for a message by the local name of its root."""
    return tuple(rule for rule in RULES.values() if naam in rule.APPLIES_TO)
