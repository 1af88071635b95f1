"""Ask own rules about a message, each within a time limit, in a process of its own. A rule that fails there stops nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from time import monotonic
from types import TracebackType
from typing import Any, Self

from corv.eigenregels import EigenRegel
from corv.eigenregels.budget import Budget
from corv.eigenregels.verbinding import Verbinding
from corv.errors import why
from corv.findings import Finding, Niveau
from corv.niveaus import Regelniveau
from corv.rules.running import Beleid, not_run


@dataclass(frozen=True)
class Grenzen:
    """What something may take: seconds by the clock, and bytes of memory.

    `regel`: one rule on one message; an ordinary one takes a thousandth of it. `lezen`: to hand a message over and parse it,
    of which the largest takes half a second. `starten`: of the process, a tenth of a second where nothing else happens; a
    machine that is busy must not make rules fail. `bericht`: all rules on one message. `geheugen`: of the process; the
    largest message that is read takes a quarter of it.

    Just below these limits a rule would still take a batch of a hundred messages longer than systemd lets the service be silent
    (WatchdogSec, two minutes), and after the restart again. So within `venster`, the last ten minutes, one rule gets `per_regel`
    seconds in all, and all of them together, with starting and handing over, `samen`: what was under way comes on top of that,
    and both leave most of the two minutes to corv itself. `gewoon` of each time is not counted: a backlog of thousands of
    messages with rules as they should be must not use it up.
    """

    regel: float = 1.0
    lezen: float = 3.0
    starten: float = 15.0
    bericht: float = 10.0
    geheugen: int = 1024 * 1024 * 1024
    venster: float = 600.0
    per_regel: float = 10.0
    samen: float = 30.0
    gewoon: float = 0.1


MOST_FAILURES = 3
"""A rule that had to be ended so often in a row rests for a `venster`: it would make every message wait."""


class Mislukt(StrEnum):
    """Why there is no answer about a rule."""

    TE_LANG = "te lang"
    GESTORVEN = "gestorven"  # for want of memory, mostly
    NIET_TE_VRAGEN = "niet te vragen"  # no process, no time left, the message can't be read there, or the rule rests
    XPATH = "xpath"


@dataclass(frozen=True)
class Antwoord:
    """Where a message breaks a rule, as path and line; or why that is not known.

    `reden`: in Dutch, why a rule was not asked at all.
    Of an expression that is wrong: whether it is `test` or `bij`, the code that libxml2 gives (0 when it has none), and after
    how many characters it went wrong (0 when that is not known).
    """

    plaatsen: tuple[tuple[str, int | None], ...] = ()
    mislukt: Mislukt | None = None
    reden: str = ""
    sleutel: str = ""
    code: int = 0
    teken: int = 0


_GEEN_TIJD = Antwoord(mislukt=Mislukt.NIET_TE_VRAGEN, reden="eigen regels namen al te veel tijd")
_RUST = Antwoord(mislukt=Mislukt.NIET_TE_VRAGEN, reden="dit mislukte al een paar keer achter elkaar")
_GEEN_BERICHT = Antwoord(mislukt=Mislukt.NIET_TE_VRAGEN, reden="het bericht is daar niet te lezen")
_SAMEN = ""  # what is counted for all rules together, and of the process itself; no rule has that id


class OwnRules:
    """The own rules of a Veilig Thuis. The process starts at the first message to which one applies; `close` ends it.

    Ask it in one thread only: the process holds one message at a time.
    """

    def __init__(
        self, regels: Sequence[EigenRegel], grenzen: Grenzen | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        self._regels = tuple(regels)
        self._grenzen = grenzen or Grenzen()
        self._clock = clock
        self._verbinding: Verbinding | None = None
        self._failures = Counter[str]()
        self._rests_until: dict[str, float] = {}
        self._budget = Budget(self._grenzen.venster, self._grenzen.gewoon, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if there is one. Whoever asks again starts another."""
        if self._verbinding is not None:
            self._verbinding.close()
            self._verbinding = None

    def check(self, raw: bytes, naam: str, beleid: Beleid) -> tuple[Finding, ...]:
        """What is wrong by these rules with a message that is valid by its schema, in the order of the file. Never raises.

        `naam`: the local name of its root.
        """
        levels = {regel: _level(regel, beleid) for regel in self._regels if regel.counts(naam, beleid.op)}
        asked = [regel for regel, level in levels.items() if level is not Regelniveau.UIT]
        if not asked:
            return ()
        found: list[Finding] = []
        for regel, antwoord in zip(asked, self.ask(raw, asked), strict=True):
            found += _findings(regel, antwoord, beleid.niveau_of(levels[regel]))
        return tuple(found)

    def ask(self, raw: bytes, regels: Iterable[EigenRegel]) -> list[Antwoord]:
        """An answer about each of these rules, which must be among ours, whatever they apply to. Never raises."""
        begin = self._clock()
        answers = self._ask(raw, regels, begin)
        self._budget.spend(_SAMEN, self._clock() - begin)
        return answers

    def _ask(self, raw: bytes, regels: Iterable[EigenRegel], begin: float) -> list[Antwoord]:
        room = self._grenzen.samen - self._budget.spent(_SAMEN)
        until = begin + min(self._grenzen.bericht, room + self._grenzen.gewoon) if room > 0 else -inf
        holder: Verbinding | Antwoord | None = None
        answers: list[Antwoord] = []
        for regel in regels:
            if (not_now := self._not_now(regel, until)) is not None:
                answers.append(not_now)
                continue
            if holder is None:  # the process is not there, was ended, or holds another message
                holder = self._holding(raw)
            if isinstance(holder, Antwoord):  # once is enough: it is not handed over for the next rule
                answers.append(holder)
                continue
            answers.append(self._answer(holder, regel))
            holder = self._verbinding
        return answers

    def _not_now(self, regel: EigenRegel, until: float) -> Antwoord | None:
        if self._rests(regel.id):
            return _RUST
        is_over = self._clock() > until or self._budget.spent(regel.id) >= self._grenzen.per_regel
        return _GEEN_TIJD if is_over else None

    def _answer(self, verbinding: Verbinding, regel: EigenRegel) -> Antwoord:
        begin = self._clock()
        try:
            answer = _antwoord(verbinding.ask({"regel": regel.id}, self._grenzen.regel))
        except (OSError, ValueError) as error:
            self.close()
            self._failed(regel.id)
            return Antwoord(mislukt=Mislukt.TE_LANG if isinstance(error, TimeoutError) else Mislukt.GESTORVEN)
        finally:
            self._budget.spend(regel.id, self._clock() - begin)
        self._failures[regel.id] = 0
        return answer

    def _holding(self, raw: bytes) -> Verbinding | Antwoord:
        """The process, once it holds this message; else why not, and straight away when it failed too often."""
        if self._verbinding is not None and self._verbinding.is_gone:
            self.close()
        if self._rests(_SAMEN):
            return _RUST
        was_there = self._verbinding is not None
        try:
            verbinding = self._verbinding or self._start()
            is_held = verbinding.ask({"bericht": len(raw)}, self._grenzen.lezen, raw)["klaar"]
        except (OSError, ValueError) as error:
            self.close()
            if was_there and isinstance(error, ConnectionError):  # it ended while nothing was asked of it: another one may do
                return self._holding(raw)
            return Antwoord(mislukt=Mislukt.NIET_TE_VRAGEN, reden=f"het proces ervoor werkt niet: {_why(error)}")
        return verbinding if is_held else _GEEN_BERICHT

    def _start(self) -> Verbinding:
        regels = [[regel.id, regel.bij, regel.test] for regel in self._regels]
        try:
            self._verbinding = Verbinding(self._grenzen.geheugen)
            self._verbinding.ask({"regels": regels}, self._grenzen.starten)
        except (OSError, ValueError):
            self._failed(_SAMEN)
            raise
        self._failures[_SAMEN] = 0
        return self._verbinding

    def _failed(self, name: str) -> None:
        self._failures[name] += 1
        if self._failures[name] >= MOST_FAILURES:
            self._rests_until[name] = self._clock() + self._grenzen.venster

    def _rests(self, name: str) -> bool:
        return self._clock() < self._rests_until.get(name, -inf)


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, TimeoutError):
        return "het antwoordt niet op tijd"
    is_told = isinstance(error, OSError) and error.errno and not isinstance(error, ConnectionError)
    return why(error) if isinstance(error, OSError) and is_told else "het is er ineens niet meer"


def _level(regel: EigenRegel, beleid: Beleid) -> Regelniveau:
    return beleid.niveaus.of(regel.id, regel.niveau, beleid.richting, beleid.op)


def _antwoord(answer: dict[str, Any]) -> Antwoord:
    if "plaatsen" in answer:
        return Antwoord(plaatsen=tuple((str(pad), line) for pad, line in answer["plaatsen"]))
    return Antwoord(mislukt=Mislukt.XPATH, sleutel=answer["sleutel"], code=answer["code"], teken=answer["teken"])


def _findings(regel: EigenRegel, antwoord: Antwoord, niveau: Niveau) -> Iterator[Finding]:
    if antwoord.mislukt is not None:
        yield not_run(regel.id)
    for pad, line in antwoord.plaatsen:
        yield Finding(regel.id, niveau, regel.tekst, pad, line)
