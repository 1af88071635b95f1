"""The machine that corv runs on: Python and its packages, the clock, systemd, and who works here now. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from corv.doctor.values import Line, fault, good, note
from corv.health.words import listed, local
from corv.moments import dutch_day

RELEASED = date(2026, 11, 22)
"""Corv came out no earlier than this day, so no right clock says an earlier one."""

LEAST_PYTHON = (3, 11)
_WHERE = "machine"
_INSTALL = "Installeer opnieuw met de vastgelegde versies; zie docs/installeren.md deel 8."


@dataclass(frozen=True)
class PythonFact:
    """The Python that runs, as (3, 11, 7)."""

    versie: tuple[int, ...]


@dataclass(frozen=True)
class PackagesFact:
    """Package -> the version that is locked, and the one that is there (None: not). Both empty where no list was found."""

    vastgelegd: Mapping[str, str] = field(default_factory=dict)
    aanwezig: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class ClockFact:
    """What time the machine says it is."""

    now: datetime


@dataclass(frozen=True)
class ZoneFact:
    """Hours that Dutch time is ahead of UTC in winter and in summer; None without data of the zone."""

    winter: float | None
    zomer: float | None


@dataclass(frozen=True)
class UnitFact:
    """What the systemd unit of corv says of WatchdogSec; `unit` None where there is no unit."""

    unit: str | None
    watchdog: str | None = None


@dataclass(frozen=True)
class LockFact:
    """Whether a lock on data/ keeps a second one out; and who works here, since when, and whether that process is there."""

    keeps_out: bool
    proces: int | None = None
    sinds: datetime | None = None
    leeft: bool = False


def python(fact: PythonFact) -> Iterator[Line]:
    """Whether this Python is new enough."""
    told = ".".join(map(str, fact.versie))
    if fact.versie < LEAST_PYTHON:
        least = ".".join(map(str, LEAST_PYTHON))
        yield fault("python", _WHERE, f"Dit is Python {told}; corv heeft {least} of nieuwer nodig.", _INSTALL)
    else:
        yield good("python", _WHERE, f"Python {told}.")


def packages(fact: PackagesFact) -> Iterator[Line]:
    """Whether the packages are those that corv was tested with."""
    if not fact.vastgelegd:
        yield note("pakketten", _WHERE, "De lijst met vastgelegde versies (requirements.txt) is niet te vinden.", _INSTALL)
        return
    gone = sorted(name for name in fact.vastgelegd if fact.aanwezig.get(name) is None)
    other = [
        f"{name} {there} in plaats van {wanted}"
        for name, wanted in sorted(fact.vastgelegd.items())
        if (there := fact.aanwezig.get(name)) not in {None, wanted}
    ]
    if gone:
        yield fault("pakketten", _WHERE, f"Deze pakketten ontbreken: {listed(gone)}.", _INSTALL)
    if other:
        yield note("pakketten", _WHERE, f"Andere versies dan waarmee corv is getest: {listed(other)}.", _INSTALL)
    if not gone and not other:
        yield good("pakketten", _WHERE, f"Alle {len(fact.vastgelegd)} pakketten hebben de vastgelegde versie.")


def clock(fact: ClockFact) -> Iterator[Line]:
    """Whether the clock can be right."""
    told = f"Deze machine zegt dat het {local(fact.now)} is"
    if dutch_day(fact.now) < RELEASED:
        text = f"{told}: van voor de dag waarop corv uitkwam. Termijnen en kenmerken kloppen dan niet."
        yield fault("systeemklok", _WHERE, text, "Zet de klok goed, en laat haar bijhouden: timedatectl set-ntp true")
    else:
        yield good("systeemklok", _WHERE, f"{told}.")


def zone(fact: ZoneFact) -> Iterator[Line]:
    """Whether Dutch time is known, with its summer."""
    if (fact.winter, fact.zomer) == (1, 2):
        yield good("tijdzone", _WHERE, "De Nederlandse tijd is bekend, met zomertijd.")
    else:
        text = "De gegevens van de Nederlandse tijd (Europe/Amsterdam) ontbreken of kloppen niet."
        yield fault("tijdzone", _WHERE, text, "Installeer het pakket tzdata opnieuw; zie docs/installeren.md deel 8.")


def unit(fact: UnitFact) -> Iterator[Line]:
    """Whether systemd starts a service again that hangs."""
    if fact.unit is None:
        yield good("service", _WHERE, "Er is geen systemd-unit corv.service. Werkt u met een taakplanner, dan hoort dat zo.")
    elif fact.watchdog in {None, "0", "infinity"}:
        text = f"In {fact.unit} staat geen WatchdogSec: een service die vastloopt, wordt niet opnieuw gestart."
        yield note("service", _WHERE, text, "Neem WatchdogSec over uit docs/corv.service.")
    else:
        yield good("service", _WHERE, f"Systemd start de service opnieuw als zij {fact.watchdog} niets laat horen ({fact.unit}).")


def lock(fact: LockFact) -> Iterator[Line]:
    """Whether two corvs keep each other out. Who works here now is information."""
    if not fact.keeps_out:
        text = (
            "Een slot op een bestand in data/ houdt een tweede niet tegen. Twee keer corv kan zo dezelfde berichten behandelen."
        )
        yield fault("slot", "data", text, "Zet data/ op een schijf van deze machine; zie docs/installeren.md deel 5.")
    elif fact.proces is None or fact.sinds is None:
        yield good("slot", "data", "Een slot houdt een tweede corv tegen. Er werkt hier nu geen corv.")
    elif fact.leeft:
        yield good(
            "slot", "data", f"Een slot houdt een tweede corv tegen. Proces {fact.proces} werkt hier sinds {local(fact.sinds)}."
        )
    else:
        text = f"Proces {fact.proces} werkte hier, en is er niet meer: het is afgebroken."
        yield note("slot", "data", text, "Start de service; zij maakt af wat was blijven liggen.")
