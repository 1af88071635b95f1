"""How heavy a rule weighs, by direction and by day: what config/regels.toml says over what each rule says of itself. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Richting(StrEnum):
    """Whether a message is about to be sent by us, or was received."""

    VERZENDEN = "verzenden"
    ONTVANGST = "ontvangst"


class Regelniveau(StrEnum):
    """What a rule does: `FOUT` refuses the message, `WAARSCHUWING` is recorded, `UIT` is not looked at. Lightest first."""

    UIT = "uit"
    WAARSCHUWING = "waarschuwing"
    FOUT = "fout"

    @property
    def rank(self) -> int:
        """Heavier is more."""
        return _RANKS[self]


_RANKS = {niveau: rank for rank, niveau in enumerate(Regelniveau)}


@dataclass(frozen=True)
class Niveau:
    """A level for each direction."""

    verzenden: Regelniveau
    ontvangst: Regelniveau

    def at(self, richting: Richting) -> Regelniveau:
        """The level in that direction."""
        return self.verzenden if richting is Richting.VERZENDEN else self.ontvangst


STRENG = Niveau(Regelniveau.FOUT, Regelniveau.WAARSCHUWING)
"""What we send must be right; of what we receive we tell. The chain refuses such a message too, or we would not send it."""

MILD = Niveau(Regelniveau.WAARSCHUWING, Regelniveau.WAARSCHUWING)
"""For a rule of which not every exception is known: it never stands in the way."""

UIT = Niveau(Regelniveau.UIT, Regelniveau.UIT)
ALLES = Niveau(Regelniveau.FOUT, Regelniveau.FOUT)


@dataclass(frozen=True)
class Wijziging:
    """One [[regel]] of config/regels.toml. A direction that it does not name is None; without `vanaf` it always counts."""

    regel: str
    verzenden: Regelniveau | None = None
    ontvangst: Regelniveau | None = None
    vanaf: date | None = None

    def at(self, richting: Richting) -> Regelniveau | None:
        """What it says of that direction."""
        return self.verzenden if richting is Richting.VERZENDEN else self.ontvangst


@dataclass(frozen=True)
class Niveaus:
    """What config/regels.toml says. `hoogstens`: no rule weighs more; `tekst`: of the file, for who asks later."""

    wijzigingen: tuple[Wijziging, ...] = ()
    hoogstens: Niveau = ALLES
    tekst: str = ""

    def of(self, regel: str, standaard: Niveau, richting: Richting, op: date) -> Regelniveau:
        """The level of a rule on a day: of the changes that have begun the last, else its own; never above `hoogstens`."""
        begun = [
            (one.vanaf or date.min, niveau)
            for one in self.wijzigingen
            if one.regel == regel and (one.vanaf or date.min) <= op and (niveau := one.at(richting)) is not None
        ]
        chosen = max(begun, key=lambda pair: pair[0])[1] if begun else standaard.at(richting)
        return min(chosen, self.hoogstens.at(richting), key=lambda niveau: niveau.rank)
