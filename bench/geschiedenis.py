"""Invented conversations for the generator: which messages, when, with which numbers. Pure and the same every time."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

OURS, TWENTE, GEMEENTE = "00000001999000001000", "00000001999000019000", "00000001999000005000"
RVDK, CJIB = "00000002999000003000", "00000002999000004000"
POLITIE = ("00000002999000002000", "00000002999000002001", "00000002999000002002", "00000002999000002003")

TOT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""The moment at which the history ends, unless told otherwise."""

_GAP = timedelta(minutes=112)  # between two conversations: a hundred thousand messages are then about five years
_RECENT = timedelta(days=14)
_SEED = 2026


@dataclass(frozen=True)
class Voorbeeld:
    """A sample message of tests/berichten/, the inbox in which it comes, and the texts in it that are made to vary."""

    kanaal: str
    bestand: str
    nummer: str = ""
    op: str = ""
    sleutel: str = ""
    partij: str = ""
    eigen: str = ""


VOORBEELDEN = {
    "melding": Voorbeeld(
        "corv", "vtMeldingDi01/minimaal.xml", "vtm-2026-0001-minimaal", "", "PL0600-2026000101", "00000002999000002000"
    ),
    "melding fout": Voorbeeld(
        "corv", "vtMeldingDi01/ongeldig-rol.xml", "vtm-2026-0007-ongeldig-rol", "", "PL0600-2026000107", "00000002999000002000"
    ),
    "melding ander vt": Voorbeeld(
        *("corv", "vtMeldingDi01/aan-ander-vt.xml", "b1f6a3d2-0e57-4c19-8f42-9d7c6b5a4e31", ""),
        *("PL0600-2026000103", "00000002999000002000"),
    ),
    "terugkoppeling": Voorbeeld(
        "eigen", "vtTerugkoppelingDi01/minimaal.xml", "vtt-2026-0001-minimaal", "", "PL0600-2026000101", "00000002999000002000"
    ),
    "terugkoppeling van ander": Voorbeeld(
        "eigen", "vtTerugkoppelingDi01/vreemde-zender.xml", "5e4f3a2b-1c0d-4e9f-8a7b-6c5d4e3f2a1b"
    ),
    "vto": Voorbeeld("eigen", "vtoDi01/minimaal.xml", "vto-2026-0001-minimaal", "", "VT-2026-00117"),
    "notificatie": Voorbeeld(
        *("corv", "notificatieDi01/commentaar-in-waarde.xml", "not-2026-0004-commentaar", "", "VT-2026-00117"), eigen="1-XX0VB4"
    ),
    "notificatiejr": Voorbeeld("corv", "notificatiejrDi01/minimaal.xml", "njr-2026-0001-minimaal"),
    "Bv01": Voorbeeld("corv", "Bv01Bericht/op-vto.xml", "bv01-2026-0001", "vto-2026-0001-minimaal", "", RVDK),
    "Bv04": Voorbeeld(
        *("corv", "Bv04Bericht/volledig.xml", "0f9e8d7c-6b5a-4a49-b837-261504f3e2d1", "71c0d9e8-f7a6-4b5c-8d3e-2f1a0b9c8d7e"),
        *("", RVDK),
    ),
    "Fo01": Voorbeeld("corv", "Fo01Bericht/op-vto.xml", "fo01-2026-0001", "vto-2026-0001-minimaal", "", RVDK),
    "Fo03": Voorbeeld(
        "corv", "Fo03Bericht/op-terugkoppeling.xml", "fo03-2026-0001", "vtt-2026-0001-minimaal", "", "00000002999000002000"
    ),
    "onleesbaar": Voorbeeld("corv", "onleesbaar/geen-xml.xml"),
}


@dataclass(frozen=True)
class Stap:
    """One message that comes in. `op`: the referentienummer that an answer answers."""

    moment: datetime
    soort: str
    nummer: str = ""
    op: str = ""
    sleutel: str = ""
    partij: str = ""


@dataclass
class Gesprek:
    """One conversation while it is made up. `wacht`: what a step waits for, by its number, and when that comes (None: never)."""

    kans: random.Random
    nr: int
    begin: datetime
    stappen: list[Stap] = field(default_factory=list)
    wacht: list[tuple[str, str, datetime, datetime | None]] = field(default_factory=list)

    @property
    def is_recent(self) -> bool:
        """Whether it began so shortly before the end that a person may not have looked at it yet."""
        return self.nr < _RECENT / _GAP

    def add(self, moment: datetime, soort: str, **rest: str) -> str:
        """Add a message; gives its referentienummer. An answer and what it answers have the same partij."""
        nummer = rest.pop("nummer", "") or f"{soort.replace(' ', '-')[:12]}-{self.nr:07}-{len(self.stappen):02}"
        self.stappen.append(Stap(moment, soort, nummer, **rest))
        return nummer

    def later(self, least_h: float, most_h: float, after: datetime) -> datetime:
        """A moment between so many hours after another."""
        return after + timedelta(seconds=round(self.kans.uniform(least_h, most_h) * 3600))


def gesprekken(aantal: int, tot: datetime) -> Iterator[Gesprek]:
    """Conversations from `tot` back in time, until together they have exactly so many messages before `tot`."""
    kans, left, nr = random.Random(_SEED), aantal, 0
    plans, weights = list(_PLANNEN), list(_PLANNEN.values())
    while left > 0:
        plan = kans.choices(plans, weights)[0]
        gesprek = Gesprek(kans, nr, tot - _GAP * (nr + kans.random()))
        plan(gesprek)
        count = sum(stap.moment <= tot for stap in gesprek.stappen)
        if count > left:
            gesprek = Gesprek(kans, nr, gesprek.begin)
            _jeugdreclassering(gesprek)
            count = 1
        yield gesprek
        left, nr = left - count, nr + 1


def _melding(g: Gesprek) -> None:
    partij, sleutel = g.kans.choice(POLITIE), f"PL0600-{g.nr:010}"
    begin = g.begin
    if g.kans.random() < 0.02:
        g.add(begin, "melding fout", sleutel=sleutel, partij=partij)
        begin = g.later(1, 20, begin)
    moment = g.later(140, 400, begin) if g.kans.random() < 0.03 else g.later(4, 96, begin)
    is_lost = g.kans.random() < 0.005
    nummer = g.add(begin, "melding", sleutel=sleutel, partij=partij)
    g.wacht.append(("terugkoppeling", nummer, begin, None if is_lost else moment))
    if g.kans.random() < 0.03:
        doubled = g.later(3, 3.1, begin)
        if g.kans.random() < 0.7:
            g.add(doubled, "melding", nummer=nummer, sleutel=sleutel, partij=partij)
        else:  # the same melding under another number: one terugkoppeling answers both
            second = g.add(doubled, "melding", sleutel=sleutel, partij=partij)
            g.wacht.append(("terugkoppeling", second, doubled, None if is_lost else moment))
    if not is_lost:
        waiting = [wait[:3] for wait in g.wacht]
        _verzonden(g, moment, "terugkoppeling", sleutel, partij, waiting)


def _vto(g: Gesprek) -> None:
    zaak = f"VT-{g.begin:%Y}-{g.nr:07}"
    answered = _verzonden(g, g.begin, "vto", zaak, RVDK)
    moment = answered or g.begin
    for _ in range(g.kans.choice((1, 1, 2, 2, 3, 4)) if answered else 0):
        moment = g.later(200, 1500, moment)
        g.add(moment, "notificatie", sleutel=zaak)


def _verzonden(  # noqa: PLR0913 - one argument a fact of the message
    g: Gesprek, moment: datetime, soort: str, sleutel: str, partij: str, op: Sequence[tuple[str, str, datetime]] = ()
) -> datetime | None:
    """Something of ours: a receipt, then a Bv01, or a fault and the same once more. Gives the moment of the Bv01.

    `op`: what it is on, which waits again between the fault and the second time.
    """
    nummer = g.add(moment, soort, sleutel=sleutel, partij=partij)
    g.add(g.later(0.001, 0.01, moment), "Bv04", op=nummer, partij=partij)
    fate = g.kans.random()
    if fate < 0.006:
        g.wacht.append(("antwoord", nummer, moment, None))
        return None
    answer = g.later(50, 90, moment) if fate > 0.98 else g.later(0.1, 5, moment)
    g.wacht.append(("antwoord", nummer, moment, answer))
    if fate < 0.022:
        fault = "Fo01" if fate < 0.014 else "Fo03"
        g.add(answer, fault, op=nummer, partij=partij)
        again = g.later(2, 30, answer)
        g.wacht += [(kind, waiting, answer, again) for kind, waiting, _ in op]
        number = g.add(again, soort, nummer=nummer if fault == "Fo03" else "", sleutel=sleutel, partij=partij)
        answer = g.later(0.1, 5, again)
        g.wacht.append(("antwoord", number, again, answer))
    else:
        number = nummer
    g.add(answer, "Bv01", op=number, partij=partij)
    return answer


def _ambtshalve(g: Gesprek) -> None:
    moment = g.begin
    for _ in range(g.kans.choice((1, 2, 3))):
        g.add(moment, "notificatie", sleutel=f"1-XX{g.nr:07}")
        moment = g.later(200, 1500, moment)


def _jeugdreclassering(g: Gesprek) -> None:
    g.add(g.begin, "notificatiejr")


def _ander_vt(g: Gesprek) -> None:
    # What waits for judgement is settled in days, so only a recent one is still there.
    if not g.is_recent:
        _jeugdreclassering(g)
        return
    nummer = g.add(g.begin, "melding ander vt", sleutel=f"PL0600-{g.nr:010}", partij=g.kans.choice(POLITIE))
    g.wacht.append(("terugkoppeling", nummer, g.begin, None))


def _los_antwoord(g: Gesprek) -> None:
    g.add(g.begin, g.kans.choice(("Bv01", "Fo01")), op=f"onbekend-{g.nr:07}", partij=RVDK)


def _van_ander(g: Gesprek) -> None:
    g.add(g.begin, "terugkoppeling van ander")


def _onleesbaar(g: Gesprek) -> None:
    g.add(g.begin, "onleesbaar")


_PLANNEN: dict[Callable[[Gesprek], None], float] = {
    _melding: 60,
    _vto: 17,
    _jeugdreclassering: 12,
    _ambtshalve: 7,
    _ander_vt: 2,
    _los_antwoord: 0.7,
    _van_ander: 0.7,
    _onleesbaar: 0.6,
}
