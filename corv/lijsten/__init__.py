"""The reference lists of the koppelvlak as frozen values: who has which code, and from when until when. Pure.

They are published as a workbook, each month a newer version. It holds the institutions (INS) of one or more months and the
roles (JZR). Every version that was imported is kept; of each month the highest version counts.
"""

import re
from collections.abc import Iterable, Mapping
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


IDINST = re.compile(r"[A-Z]{2,4}[0-9]{3,6}")
"""The form of the code of an institution: letters for the kind, and a number."""

_OUD = 2
"""In months. A newer list appears about every month."""

Versie = tuple[int, ...]


@dataclass(frozen=True)
class Regel:
    """One line of a list: a code, what it stands for, and from when until when it holds; both days count, None is open.

    `oin`: of an institution that has one. `opvolger`: of an ended role the code of the one that it went into, where that is told.
    """

    code: str
    naam: str
    begin: date | None = None
    einde: date | None = None
    oin: str = ""
    opvolger: str = ""

    def stand(self, op: date) -> Codestand:
        """Whether it holds on that day."""
        if self.begin is not None and op < self.begin:
            return Codestand.NOG_NIET
        return Codestand.BEEINDIGD if self.einde is not None and op > self.einde else Codestand.GELDIG


@dataclass(frozen=True)
class Maandlijst:
    """The institutions (INS) as they were published for one month. `maand`: its first day; `instanties`: by IDINST.

    `versie`: of the workbook that they come from.
    """

    maand: date
    instanties: Mapping[str, Regel]
    versie: str = ""


@dataclass(frozen=True)
class Uitgave:
    """One version of the workbook. `rollen`: in the order of the list; none where it does not tell of them."""

    versie: str
    datum: date | None = None
    maanden: tuple[Maandlijst, ...] = ()
    rollen: tuple[Regel, ...] = ()


@dataclass(frozen=True)
class Lijsten:
    """The lists that count. `maanden`: the institutions, oldest month first; `rollen`: the roles (JZR), by `rolsleutel`.

    `rollen_versie`: of the workbook that the roles come from.
    """

    maanden: tuple[Maandlijst, ...] = ()
    rollen: Mapping[str, tuple[Regel, ...]] = field(default_factory=dict)
    rollen_versie: str = ""

    def maand_op(self, op: date) -> Maandlijst | None:
        """The institutions of the month that held on that day; before the first list that one, which keeps ended codes."""
        begun = [one for one in self.maanden if one.maand <= op]
        return begun[-1] if begun else next(iter(self.maanden), None)

    def instantie(self, code: str, op: date) -> Codestand:
        """What the lists say of an IDINST on that day: the one that held then, and where it does not say `GELDIG` the later ones.

        A later one may know what was not known yet, or put right what was wrong. Where none says `GELDIG`, the first that has
        the code is right.
        """
        lijst = self.maand_op(op)
        if lijst is None:
            return Codestand.GEEN_LIJST
        asked = (one.instanties.get(code) for one in self.maanden if one.maand >= lijst.maand)
        standen = [regel.stand(op) for regel in asked if regel is not None]
        return Codestand.GELDIG if Codestand.GELDIG in standen else next(iter(standen), Codestand.ONBEKEND)

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


def is_too_old(maand: date, op: date) -> bool:
    """Whether a list that holds from the first day of that month is more than two months old."""
    months = (op.year - maand.year) * 12 + op.month - maand.month
    return months > _OUD or (months == _OUD and op.day > maand.day)


def versiedelen(versie: str) -> Versie:
    """A version as it is compared: 1.0.9 comes before 1.0.87."""
    return tuple(int(part) for part in versie.split("."))


def lijsten_of(uitgaven: Iterable[Uitgave]) -> Lijsten:
    """The lists that count: of each month, and of the roles, those of the highest version; of two that are as high the last."""
    maanden = dict[date, Maandlijst]()
    rollen: tuple[Regel, ...] = ()
    rollen_versie = ""
    for uitgave in sorted(uitgaven, key=lambda one: versiedelen(one.versie)):
        maanden.update((one.maand, one) for one in uitgave.maanden)
        if uitgave.rollen:
            rollen, rollen_versie = uitgave.rollen, uitgave.versie
    by_words = dict[str, tuple[Regel, ...]]()
    for rol in rollen:
        key = rolsleutel(rol.naam)
        by_words[key] = (*by_words.get(key, ()), rol)
    return Lijsten(tuple(maanden[maand] for maand in sorted(maanden)), by_words, rollen_versie)
