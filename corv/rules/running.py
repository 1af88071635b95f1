"""Ask every rule about one message, and make findings of what they say. Pure; a rule that fails on a message stops nothing."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice

from lxml import etree

from corv.findings import Finding, Niveau
from corv.lijsten import Lijsten
from corv.niveaus import Niveaus, Regelniveau, Richting
from corv.rules import YIELDING, rules_for
from corv.rules.bericht import Bericht
from corv.rules.rule import Context, Rule
from corv.schemas.places import display_path

NOT_RUN = "regel-niet-uitgevoerd"
"""The code of what is said of a rule that could not be asked."""

MOST_FINDINGS = 25
"""So often one rule is told of one message: nobody reads more, and one that is wrong in every line must not hold up others."""


@dataclass(frozen=True)
class Beleid:
    """How one message is held against the rules. `op`: the day of reception here.

    `may_refuse` False: a message that no rule ever refuses, so that a fault is a warning.
    """

    richting: Richting
    op: date
    niveaus: Niveaus = field(default_factory=Niveaus)
    lijsten: Lijsten = field(default_factory=Lijsten)
    may_refuse: bool = False

    def niveau_of(self, regelniveau: Regelniveau) -> Niveau:
        """The level of a finding by a rule that weighs so much."""
        return Niveau.FOUT if regelniveau is Regelniveau.FOUT and self.may_refuse else Niveau.WAARSCHUWING


def check_rules(root: etree._Element, beleid: Beleid) -> tuple[Finding, ...]:
    """What is wrong by the rules with a message that is valid by its schema, in the order of the table."""
    bericht = Bericht(root)
    context = Context(beleid.op, beleid.richting is Richting.VERZENDEN, beleid.lijsten)
    found: list[Finding] = []
    for rule, niveau in _in_force(bericht.naam, beleid.niveaus, beleid.richting, beleid.op):
        found += _findings(rule, bericht, context, beleid.niveau_of(niveau))
    return _without_twice(found) if found else ()


@lru_cache(maxsize=256)  # the same for every message of a kind in a day
def _in_force(naam: str, niveaus: Niveaus, richting: Richting, op: date) -> tuple[tuple[Rule, Regelniveau], ...]:
    """The rules that are asked of a message with that root, each with how heavy it weighs."""
    weighed = ((rule, niveaus.of(rule.ID, rule.NIVEAU, richting, op)) for rule in rules_for(naam))
    return tuple((rule, niveau) for rule, niveau in weighed if niveau is not Regelniveau.UIT)


def _without_twice(found: list[Finding]) -> tuple[Finding, ...]:
    """One fault, one finding: without what a yielding rule says of an element of which another rule says more."""
    told = {(one.pad, one.niveau) for one in found if one.code not in YIELDING}
    return tuple(
        one for one in found if one.code not in YIELDING or told.isdisjoint({(one.pad, one.niveau), (one.pad, Niveau.FOUT)})
    )


def _findings(rule: Rule, bericht: Bericht, context: Context, niveau: Niveau) -> list[Finding]:
    """Whoever makes the message reads what to do about it; whoever receives it all the same, what to mind."""
    try:
        violations = list(islice(rule.check(bericht, context), MOST_FINDINGS + 1))
    except Exception:  # noqa: BLE001 - a rule of ours that fails must not keep a message from being handled
        return [not_run(rule.ID)]
    doe = rule.HERSTEL if context.is_sent or niveau is Niveau.FOUT else rule.LET_OP
    found = [
        Finding(rule.ID, niveau, f"{one.wat} {doe}", display_path(one.at), one.at.sourceline)
        for one in violations[:MOST_FINDINGS]
    ]
    return found if len(violations) == len(found) else [*found, _and_more(rule, niveau)]


def _and_more(rule: Rule, niveau: Niveau) -> Finding:
    text = f"Regel {rule.ID} is in dit bericht vaker overtreden dan de {MOST_FINDINGS} keer die hier staan. "
    return Finding(rule.ID, niveau, f"{text}Controleer de rest van het bericht zelf.")


def not_run(regel: str) -> Finding:
    """What is said of a rule that could not be asked."""
    text = (
        f"Regel {regel} kon niet worden uitgevoerd, dus is niet bekend of het bericht eraan voldoet. "
        "Controleer dit punt zelf, en meld het aan wie de regel maakte."
    )
    return Finding(NOT_RUN, Niveau.WAARSCHUWING, text)
