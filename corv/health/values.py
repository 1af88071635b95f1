"""The values of `corv gezondheid`: a state, one line of the answer, and what several subjects are judged from. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corv.settings import Drempel

KWARTIER_S = 15 * 60


class Toestand(StrEnum):
    """How it is with a subject. Something worse that is known counts for more than what can't be judged."""

    GOED = "goed"
    ONBEKEND = "onbekend"
    WAARSCHUWING = "waarschuwing"
    KRITIEK = "kritiek"

    @property
    def rank(self) -> int:
        """The higher, the worse."""
        return list(Toestand).index(self)

    @property
    def exit_code(self) -> int:
        """The exit code of monitoring plug-ins."""
        return {Toestand.GOED: 0, Toestand.WAARSCHUWING: 1, Toestand.KRITIEK: 2, Toestand.ONBEKEND: 3}[self]


def worst(states: Iterable[Toestand]) -> Toestand:
    """The worst of these; good when there are none."""
    return max(states, key=lambda state: state.rank, default=Toestand.GOED)


@dataclass(frozen=True)
class Subject:
    """One line of the answer. `tekst` is a Dutch sentence, `doe` what to do next, `sinds` the moment that its age counts from."""

    onderwerp: str
    toestand: Toestand
    tekst: str
    doe: str | None = None
    aantal: int | None = None
    sinds: datetime | None = None

    def age_s(self, now: datetime) -> int | None:
        """How old it is in whole seconds; never less than nothing, also when a clock was set back."""
        return None if self.sinds is None else max(0, int((now - self.sinds).total_seconds()))


@dataclass(frozen=True)
class Unknown:
    """Stands where a fact should be that could not be found out: why, and what to do about that."""

    reden: str
    doe: str


@dataclass(frozen=True)
class Backlog:
    """So many of something wait, the oldest since then (None when there are none)."""

    aantal: int = 0
    oudste: datetime | None = None


@dataclass(frozen=True)
class Pass:
    """The last pass that came to its end. `wijze`: by the service (`start`) or by one command at a time (`verwerk`)."""

    op: datetime
    proces: int
    wijze: str
    herscan_s: float


def by_age(since: datetime | None, limit: Drempel, now: datetime) -> Toestand:
    """What an age means; nothing that waits is good."""
    if since is None:
        return Toestand.GOED
    age = (now - since).total_seconds()
    if age >= limit.kritiek:
        return Toestand.KRITIEK
    return Toestand.WAARSCHUWING if age >= limit.waarschuwing else Toestand.GOED


def pass_limit(last: Pass | None, limit: Drempel) -> Drempel:
    """How long ago the last pass may have ended. The service has a rhythm of its own, of a task scheduler we can't know it."""
    if last is None or last.wijze != "start":
        return limit
    warning = 3 * last.herscan_s + 60
    return Drempel(warning, max(KWARTIER_S, 2 * warning))
