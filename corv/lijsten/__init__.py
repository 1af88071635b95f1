"""The reference lists of the koppelvlak as frozen values: who has which code, and from when until when. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Codestand(StrEnum):
    """What a list says of a code on a day. `GEEN_LIJST`: no list was imported, so nobody can say."""

    GELDIG = "geldig"
    NOG_NIET = "nog niet geldig"
    BEEINDIGD = "beeindigd"
    ONBEKEND = "onbekend"
    GEEN_LIJST = "geen lijst"


@dataclass(frozen=True)
class Regel:
    """One line of a list: a code, what it stands for, and from when until when it holds; both days count, None is open."""

    code: str
    naam: str
    begin: date | None = None
    einde: date | None = None

    def stand(self, op: date) -> Codestand:
        """Whether it holds on that day."""
        if self.begin is not None and op < self.begin:
            return Codestand.NOG_NIET
        return Codestand.BEEINDIGD if self.einde is not None and op > self.einde else Codestand.GELDIG


@dataclass(frozen=True)
class Maandlijst:
    """The institutions (INS) as they were published for one month. `maand`: its first day; `instanties`: by IDINST."""

    maand: date
    instanties: Mapping[str, Regel]


@dataclass(frozen=True)
class Lijsten:
    """All lists. `maanden`: the institutions, oldest month first; `rollen`: the roles (JZR), by `rolsleutel`."""

    maanden: tuple[Maandlijst, ...] = ()
    rollen: Mapping[str, tuple[Regel, ...]] = field(default_factory=dict)

    def instantie(self, code: str, op: date) -> Codestand:
        """What the list that held on that day says of an IDINST; before the first list that one counts, it keeps ended codes."""
        if not self.maanden:
            return Codestand.GEEN_LIJST
        begun = [one for one in self.maanden if one.maand <= op]
        found = (begun[-1] if begun else self.maanden[0]).instanties.get(code)
        return found.stand(op) if found is not None else Codestand.ONBEKEND

    def rol(self, omschrijving: str, op: date) -> Codestand:
        """What the list of roles says of a role by its words, whatever their case and the spaces around them."""
        if not self.rollen:
            return Codestand.GEEN_LIJST
        standen = {regel.stand(op) for regel in self.rollen.get(rolsleutel(omschrijving), ())}
        wanted = (Codestand.GELDIG, Codestand.NOG_NIET, Codestand.BEEINDIGD)
        return next((stand for stand in wanted if stand in standen), Codestand.ONBEKEND)


def rolsleutel(omschrijving: str) -> str:
    """By what a role is found: senders write it with other capitals, and the published list with spaces (corv.md 8)."""
    return omschrijving.strip().casefold()
