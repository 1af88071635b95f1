"""What a rule says of itself, in parts, for a screen, a program and docs/regels.md. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from corv.berichten import BERICHTEN
from corv.berichten.soort import short
from corv.niveaus import Niveaus, Regelniveau, Richting
from corv.rules.examples import Example, examples_of, explanation_of, title_of
from corv.rules.rule import Rule
from corv.stuf import JZ_FUNCTIES

VAST, EIGEN = "vast", "eigen"
"""Whether a rule comes with corv, or is one of config/regels-eigen.toml."""

_FEW = 4


@dataclass(frozen=True)
class Part:
    """One rule as it is told. `berichten`: the roots it is about, in the order of the table of messages.

    `verzenden` and `ontvangst`: the level in force in that direction on the day that was asked for. `toets`: of an own rule what
    is asked, by the keys of its file.
    """

    id: str
    wat: str
    uitleg: str
    bron: str
    rijen: tuple[int, ...]
    berichten: tuple[str, ...]
    verzenden: Regelniveau
    ontvangst: Regelniveau
    herstel: str
    let_op: str
    voorbeelden: tuple[Example, ...] = ()
    soort: str = VAST
    toets: Mapping[str, str] = field(default_factory=dict)


def part_of(rule: Rule, niveaus: Niveaus, op: date) -> Part:
    """A rule of the catalogue, with the levels of that day."""
    return Part(
        id=rule.ID,
        wat=title_of(rule),
        uitleg=explanation_of(rule),
        bron=rule.BRON,
        rijen=rule.RIJEN,
        berichten=in_order(rule.APPLIES_TO),
        verzenden=niveaus.of(rule.ID, rule.NIVEAU, Richting.VERZENDEN, op),
        ontvangst=niveaus.of(rule.ID, rule.NIVEAU, Richting.ONTVANGST, op),
        herstel=rule.HERSTEL,
        let_op=rule.LET_OP,
        voorbeelden=tuple(examples_of(rule)),
    )


def in_order(namen: Iterable[str]) -> tuple[str, ...]:
    """These messages in the order of the table of messages."""
    wanted = set(namen)
    return tuple(soort.naam for soort in BERICHTEN.values() if soort.naam in wanted)


def in_words(namen: Iterable[str]) -> str:
    """These messages in as few Dutch words as say it."""
    wanted = set(namen)
    absent = JZ_FUNCTIES - wanted
    if not absent:
        return "alle"
    listed = ", ".join(short(naam) for naam in in_order(absent if len(absent) <= _FEW else wanted))
    return f"alle behalve {listed}" if len(absent) <= _FEW else listed
