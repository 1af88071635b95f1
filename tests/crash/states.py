"""Random histories against a model: who brings what, in which order, with which trouble in between, and what must come of it.

The model knows for each message only its bytes and the status that it must end with; everything else is `violations`.
"""

import os
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, redirect_stdout, suppress
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from meldingen import melding

import corv.durable
from conftest import TWENTE, Werkmap
from corv import cli
from corv.handler import Deps, Report
from crash.invariants import violations
from crash.part import Part
from crash.stream import numbered
from crash.world import FETCHED, fetch_all

_STILL_S, _LONGEST_S, _SLEEP_S = 2.0, 30, 0.2
KINDS = {
    "melding": ("corv", "geaccepteerd"),
    "ongeldig": ("corv", "geweigerd"),
    "voor een ander": ("corv", "herrouteerd"),
    "om te beoordelen": ("corv", "te_beoordelen"),
    "afgekapt": ("corv", "onleesbaar"),
    "vto": ("eigen", "geaccepteerd"),
}
"""What is brought, to which channel, and what becomes of it the first time."""
_SAMPLES = {
    "melding": "vtMeldingDi01/minimaal.xml",
    "ongeldig": "vtMeldingDi01/ongeldig-rol.xml",
    "om te beoordelen": "vtMeldingDi01/aan-ander-vt.xml",
    "vto": "vtoDi01/minimaal.xml",
}


class Stopped(BaseException):
    """Ends a pass half way, past everything that catches an Exception."""


def made(kind: str, number: int) -> bytes:
    """The bytes of a new message of that kind."""
    if kind == "afgekapt":
        return numbered("onleesbaar/afgekapt.xml", f"kapot-{number}")
    if kind == "voor een ander":
        jeugdige = {"rol": "jeugdige", "feitelijk": ("7511AB", "Enschede")}
        return melding([jeugdige], referentienummer=f"ander-{number}", identificatie=f"PL-{number}")
    return numbered(_SAMPLES[kind], f"{kind.replace(' ', '-')}-{number}")


class Histories(RuleBasedStateMachine):
    """What senders, the clock, the disk and a person may do, one after another."""

    def __init__(self) -> None:
        super().__init__()
        self._scratch = tempfile.TemporaryDirectory()
        self.werkmap = Werkmap(Path(self._scratch.name, "werk"))
        self.werkmap.confirm("Veilig Thuis Twente", TWENTE)
        self.werkmap.configure("stil_s = 0", f"stil_s = {_STILL_S}")
        (self.werkmap.path / FETCHED).mkdir()
        self.brought = list[tuple[str, str, bytes]]()  # kind, channel, bytes
        self.expected = Counter[str]()
        self.slow = dict[Path, tuple[str, bytes]]()
        self.dropped = list[bytes]()
        self.is_settled, self.seconds = True, 0.0

    def teardown(self) -> None:
        self._scratch.cleanup()

    # -- who brings something ----------------------------------------------------------------------------------------

    def _drop(self, kanaal: str, content: bytes, status: str) -> Path:
        self.expected[status] += 1
        self.dropped.append(content)
        self.is_settled = False
        path = self.werkmap.drop(kanaal, f"{len(self.dropped)}.xml", content)
        moment = 1_700_000_000 + 60 * len(self.dropped)
        os.utime(path, (moment, moment))  # in the order in which they came, whatever the clock does
        return path

    @rule(kind=st.sampled_from(sorted(KINDS)))
    def a_message_comes(self, kind: str) -> None:
        kanaal, status = KINDS[kind]
        content = made(kind, len(self.dropped))
        self.brought.append((kind, kanaal, content))
        self._drop(kanaal, content, status)

    @precondition(lambda self: self.brought)
    @rule(data=st.data())
    def it_comes_again(self, data: st.DataObject) -> None:
        kind, kanaal, content = data.draw(st.sampled_from(self.brought))
        self._drop(kanaal, content, "onleesbaar" if kind == "afgekapt" else "herhaald")

    @precondition(lambda self: any(kind == "melding" for kind, *_ in self.brought))
    @rule(data=st.data())
    def its_number_comes_with_other_content(self, data: st.DataObject) -> None:
        numbers = [content for kind, _, content in self.brought if kind == "melding"]
        content = data.draw(st.sampled_from(numbers))
        self._drop("corv", content.replace(b"</JZ:", f"<!--{len(self.dropped)}--></JZ:".encode(), 1), "herhaald")
        other = content.replace(b"Op straat", b"Elders").replace(b"<BG:geslachtsnaam>", b"<BG:geslachtsnaam>Van ")
        if other != content:
            self._drop("corv", other, "geweigerd")

    @rule(kind=st.sampled_from(["melding", "vto"]), pieces=st.integers(2, 400))
    def somebody_begins_to_write(self, kind: str, pieces: int) -> None:
        kanaal, status = KINDS[kind]
        content = made(kind, 100_000 + len(self.slow) + len(self.dropped))
        path = self.werkmap.drop(kanaal, f"traag-{len(self.slow)}-{len(self.dropped)}.xml", b"")
        self.slow[path] = (status, content)
        self._pieces = max(pieces, 1)
        self._grow()

    @precondition(lambda self: self.slow)
    @rule()
    def a_writer_gives_up(self) -> None:
        path, _ = self.slow.popitem()
        path.unlink()

    def _grow(self) -> None:
        for path, (status, content) in list(self.slow.items()):
            at = path.stat().st_size
            with path.open("ab") as file:
                file.write(content[at : at + max(len(content) // self._pieces, 1)])
            if path.stat().st_size == len(content):
                del self.slow[path]
                self.expected[status] += 1
                self.dropped.append(content)
                self.is_settled = False

    # -- what happens meanwhile --------------------------------------------------------------------------------------

    @rule(hours=st.integers(-30, 200))
    def the_clock_is_put_right(self, hours: int) -> None:
        self.werkmap.now += timedelta(hours=hours)

    @rule(at=st.integers(1, 120))
    def a_pass_is_stopped_half_way(self, at: int) -> None:
        left = iter(range(at))

        def counted(function: Any) -> Any:
            def call(*args: Any) -> Any:
                if next(left, None) is None:
                    raise Stopped
                return function(*args)

            return call

        calls = ((os, "fsync"), (os, "unlink"), (corv.durable, "_RENAMEAT2"))
        with ExitStack() as patched, suppress(Stopped):
            for owner, name in calls:
                patched.enter_context(mock.patch.object(owner, name, counted(getattr(owner, name))))
            self.is_settled = False
            self._pass()

    @rule(kanaal=st.sampled_from(["corv", "eigen"]), folder=st.sampled_from(["inbox", "outbox"]))
    def a_share_is_away_for_a_pass(self, kanaal: str, folder: str) -> None:
        self._settle()  # what waits while others go on may be judged after them; the model keeps to one order
        self.a_message_comes("melding")
        share, away = self.werkmap.path / folder / kanaal, self.werkmap.path / "weg"
        share.rename(away)
        self._pass()
        away.rename(share)

    @rule()
    def the_other_side_fetches(self) -> None:
        assert fetch_all(self.werkmap.path) == []

    @rule(accept=st.booleans())
    def a_person_decides(self, accept: bool) -> None:
        self._settle()
        for row in self.werkmap.rows():
            if row["status"] == "te_beoordelen":
                words = ["beslis", row["id"], "--accepteer" if accept else "--weiger", "--reden", "Zo is het", "--door", "jan"]
                with redirect_stdout(StringIO()):
                    assert cli.run(["--map", str(self.werkmap.path), *words]) == 0
                self.expected["te_beoordelen"] -= 1
                self.expected["geaccepteerd" if accept else "geweigerd"] += 1
                return

    @rule()
    def a_pass(self) -> None:
        self._settle()

    def _pass(self) -> Report:
        def sleep(seconds: float) -> None:
            self.seconds += seconds
            self._grow()

        def change(deps: Deps) -> Deps:
            return replace(deps, monotonic=lambda: self.seconds, sleep=sleep)

        return self.werkmap.run(change)

    def _settle(self) -> None:
        """Passes until nothing waits but what somebody still writes; a file that was done at the very last waits one more."""
        for _ in range(3):
            report = self._pass()
            if not report.waiting:
                break
        assert self.slow or not report.waiting, report.problems
        self.is_settled = not self.slow

    # -- what must hold ----------------------------------------------------------------------------------------------

    @invariant()
    def all_is_as_it_must_be(self) -> None:
        if not self.is_settled or self.slow:
            return
        found, statuses = violations(self.werkmap.path, self.dropped), Counter(row["status"] for row in self.werkmap.rows())
        assert found == [], found
        assert statuses == +self.expected, (statuses, +self.expected)


def run(examples: int, steps: int) -> Part:
    """So many histories of at most so many steps, and the first that breaks a promise, step by step."""
    begun, found = time.monotonic(), tuple[str, ...]()
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # making a failing history smaller takes far longer than finding it
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(Histories, settings=chosen)
    except AssertionError as error:
        found = ("; ".join([str(error), *getattr(error, "__notes__", ())]),)
    return Part(
        "willekeurige geschiedenissen",
        {"geschiedenissen": examples, "stappen": examples * steps},
        found,
        time.monotonic() - begun,
    )
