"""Own rules: what they find; one that hangs, dies or is wrong stops nothing; and wrong ones are refused when loaded."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from handboek import rows, section
from lxml import etree
from meldingen import melding

from conftest import Werkmap, message
from corv import config
from corv.eigenregelbestand import read_own_rules
from corv.eigenregels import EigenRegel, proces
from corv.eigenregels.proces import MOST_FAILURES, Antwoord, Grenzen, Mislukt, OwnRules
from corv.eigenregels.verbinding import Verbinding
from corv.errors import ConfigError
from corv.findings import Finding, Niveau
from corv.niveaus import ALLES, MILD, Niveaus, Regelniveau, Richting
from corv.niveaus import Niveau as Niveaupaar
from corv.parsing import Document, parse
from corv.rules.running import Beleid, not_run
from corv.stuf import SOAP
from corv.toml_reader import TomlFile

NAAM = "vtMeldingDi01"
OP = date(2026, 11, 23)
ONTVANGST = Beleid(Richting.ONTVANGST, OP)
TEKST = "De plaats van het incident ontbreekt. Vraag de melder waar het gebeurde."
PLAATS = "normalize-space(JZ:object/JZ:locatieIncident) != ''"
BETROKKENE = "JZ:object/JZ:betreft/JZ:gerelateerde/JZ:heeftBetrokken/JZ:gerelateerde"
SLOW = "count(//*[count(//*[count(//*) > 0]) > 0]) > 0"
QUICK = Grenzen(regel=0.3)

JEUGDIGE = {"rol": "jeugdige", "geboren": date(2015, 5, 1)}
GOED, FOUT = melding([JEUGDIGE]), melding([JEUGDIGE], locatie=None)
GROOT = melding([JEUGDIGE] * 400)
"""Of thousands of elements: an expression that looks at every three of them takes hours."""


def regel(id_: str, test: str, bij: str = "", **other: Any) -> EigenRegel:
    return replace(EigenRegel(id_, frozenset({NAAM}), test, TEKST, MILD, bij), **other)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Verbinding]]:
    """Every process that was started; at the end each must be gone."""
    made: list[Verbinding] = []

    class Counted(Verbinding):
        def __init__(self, most_memory: int) -> None:
            super().__init__(most_memory)
            made.append(self)

    monkeypatch.setattr(proces, "Verbinding", Counted)
    yield made
    assert all(one.is_gone for one in made)


def test_a_rule_that_is_kept_finds_nothing_and_one_that_is_broken_tells_where() -> None:
    geboren = "BG:geboortedatum"
    raw = melding([JEUGDIGE, {"rol": "vader"}, {"rol": "moeder"}], locatie=None)
    with OwnRules([regel("plaats", PLAATS), regel("geboren", geboren, BETROKKENE), regel("root", "JZ:object")]) as own:
        found = own.check(raw, NAAM, ONTVANGST)
        assert own.check(GOED, NAAM, ONTVANGST) == ()

    document = parse(raw)
    assert isinstance(document, Document)
    lines = [one.sourceline for one in document.root.iter("{*}heeftBetrokken")]
    path = "/JZ:vtMeldingDi01/JZ:object/JZ:betreft/JZ:gerelateerde/JZ:heeftBetrokken[{}]/JZ:gerelateerde"
    assert found == (
        Finding("plaats", Niveau.WAARSCHUWING, TEKST, "/JZ:vtMeldingDi01", document.root.sourceline),
        Finding("geboren", Niveau.WAARSCHUWING, TEKST, path.format(2), (lines[1] or 0) + 1),
        Finding("geboren", Niveau.WAARSCHUWING, TEKST, path.format(3), (lines[2] or 0) + 1),
    )


def test_no_more_than_twenty_places_are_told_of_one_rule() -> None:
    with OwnRules([regel("nooit", "false()", "//JZ:heeftBetrokken")]) as own:
        assert len(own.check(GROOT, NAAM, ONTVANGST)) == 20


@pytest.mark.parametrize(
    ("test", "holds"),
    [("''", False), ("'x'", True), ("0", False), ("0 div 0", False), ("-1", True), ("JZ:nergens", False), ("JZ:object", True)],
)
def test_what_is_no_boolean_counts_as_xpath_says(test: str, *, holds: bool) -> None:
    with OwnRules([regel("a", test)]) as own:
        assert (own.check(GOED, NAAM, ONTVANGST) == ()) is holds


@pytest.mark.parametrize("lines", [3, 70_000], ids=["short", "beyond what libxml2 counts"])
def test_in_an_envelope_paths_begin_at_the_message_and_lines_count_from_the_file(lines: int) -> None:
    content = etree.tostring(etree.fromstring(FOUT))
    raw = b'<s:Envelope xmlns:s="%b"><s:Header/><s:Body>%b%b</s:Body></s:Envelope>' % (SOAP.encode(), b"\n" * lines, content)
    document = parse(raw)
    assert isinstance(document, Document)
    root = document.root
    with OwnRules([regel("a", "not(/JZ:vtMeldingDi01)"), regel("b", "//*[local-name() = 'Body']", "JZ:object")]) as own:
        assert own.check(raw, NAAM, ONTVANGST) == (
            Finding("a", Niveau.WAARSCHUWING, TEKST, "/JZ:vtMeldingDi01", root.sourceline),
            Finding("b", Niveau.WAARSCHUWING, TEKST, "/JZ:vtMeldingDi01/JZ:object", root[1].sourceline),
        )
    assert (root.sourceline or 0) > lines


def test_a_fault_refuses_only_what_may_be_refused() -> None:
    with OwnRules([regel("a", "false()", niveau=ALLES)]) as own:

        def level(beleid: Beleid) -> list[Niveau]:
            return [finding.niveau for finding in own.check(GOED, NAAM, beleid)]

        sent = Beleid(Richting.VERZENDEN, OP, may_refuse=True)
        assert level(sent) == [Niveau.FOUT]
        assert level(ONTVANGST) == [Niveau.WAARSCHUWING]
        assert level(replace(sent, niveaus=Niveaus(hoogstens=MILD))) == [Niveau.WAARSCHUWING]


def test_a_process_is_started_only_for_a_message_to_which_a_rule_applies(started: list[Verbinding]) -> None:
    off = Niveaupaar(Regelniveau.UIT, Regelniveau.UIT)
    later = regel("later", "false()", vanaf=date(2026, 11, 24))
    other = regel("ander", "false()", berichten=frozenset({"vtoDi01"}))
    with OwnRules([regel("uit", "false()", niveau=off), later, other]) as own:
        assert own.check(GOED, NAAM, ONTVANGST) == ()
        assert OwnRules(()).check(GOED, NAAM, ONTVANGST) == ()
        assert started == []
        found = own.check(GOED, NAAM, replace(ONTVANGST, op=date(2026, 11, 24)))
        assert [finding.code for finding in found] == ["later"]
        assert len(started) == 1


@pytest.mark.parametrize("test", ["JZ:object[", "X:a", "matches(., 'a')", "$a", "document('/etc/passwd')", "re:test('a', 'a')"])
def test_a_wrong_expression_does_not_stop_the_next_rule(test: str, started: list[Verbinding]) -> None:
    with OwnRules([regel("kapot", test), regel("plaats", PLAATS)]) as own:
        for _ in range(MOST_FAILURES + 1):
            assert [one.code for one in own.check(FOUT, NAAM, ONTVANGST)] == ["regel-niet-uitgevoerd", "plaats"]
    assert len(started) == 1


def test_a_slow_rule_is_ended_and_after_three_times_asked_no_more(started: list[Verbinding]) -> None:
    expected = (not_run("traag"), Finding("plaats", Niveau.WAARSCHUWING, TEKST, "/JZ:vtMeldingDi01", 2))
    fout = melding([JEUGDIGE] * 400, locatie=None)
    with OwnRules([regel("traag", SLOW), regel("plaats", PLAATS)], QUICK) as own:
        for _ in range(MOST_FAILURES + 2):
            assert own.check(fout, NAAM, ONTVANGST) == expected
    assert len(started) == 1 + MOST_FAILURES


def test_a_rule_that_is_slow_now_and_then_is_not_given_up(started: list[Verbinding]) -> None:
    one = regel("traag", SLOW)
    with OwnRules([one], QUICK) as own:
        slow = [own.ask(raw, [one])[0].mislukt is Mislukt.TE_LANG for raw in [GROOT, GROOT, b"<a/>"] * 2]
    assert slow == [True, True, False] * 2
    assert len(started) == 5


def test_all_rules_together_have_a_limit_as_well() -> None:
    regels = [regel(f"traag-{number}", SLOW) for number in range(10)]
    with OwnRules(regels, Grenzen(regel=0.2, bericht=0.3)) as own:
        outcomes = [answer.mislukt for answer in own.ask(GROOT, regels)]
    assert set(outcomes[:1]) == {Mislukt.TE_LANG}
    assert outcomes[4:] == [Mislukt.NIET_TE_VRAGEN] * 6


def test_a_rule_that_takes_too_much_memory_ends_alone() -> None:
    raw = melding([JEUGDIGE], locatie="x" * 20_000_000)
    greedy = regel("groot", f"string-length(concat({', '.join(['/'] * 12)})) > 1")
    with OwnRules([greedy, regel("nooit", "false()")], Grenzen(regel=8.0, bericht=20.0, geheugen=200 * 1024 * 1024)) as own:
        assert own.ask(raw, [greedy]) == [Antwoord(mislukt=Mislukt.GESTORVEN)]
        assert [finding.code for finding in own.check(raw, NAAM, ONTVANGST)] == ["regel-niet-uitgevoerd", "nooit"]


class Timed:
    """A process of which the rules take the seconds that their test says, by a clock of its own."""

    now = 0.0
    starting = 0.0
    asked = 0
    is_quick = False

    def __init__(self, _most_memory: int = 0) -> None:
        Timed.now += Timed.starting
        self.is_gone = False

    def ask(self, question: dict[str, Any], seconds: float, _content: bytes = b"") -> dict[str, Any]:
        if "regels" in question:
            self.regels = {id_: float(test) for id_, _, test in question["regels"]}
        elif "regel" in question:
            Timed.asked += 1
            taken = 0.0 if Timed.is_quick else self.regels[question["regel"]]
            Timed.now += min(taken, seconds)
            if taken > seconds:
                raise TimeoutError
            return {"plaatsen": []}
        return {"klaar": True}

    def close(self) -> None:
        """Nothing runs."""


@pytest.fixture
def timed(monkeypatch: pytest.MonkeyPatch) -> type[Timed]:
    """In place of the process: a test decides how long everything takes."""
    for name in ("now", "starting", "asked", "is_quick"):
        monkeypatch.setattr(Timed, name, 0)
    monkeypatch.setattr(proces, "Verbinding", Timed)
    return Timed


def messages(own: OwnRules, number: int) -> list[int]:
    """Of so many messages: about how many rules there was no answer."""
    return [len(own.check(GOED, NAAM, ONTVANGST)) for _ in range(number)]


def test_a_batch_with_rules_just_below_their_limit_takes_no_longer_than_the_budget(timed: type[Timed]) -> None:
    limits = Grenzen()
    own = OwnRules([regel(f"traag-{number}", "0.9") for number in range(6)], limits, lambda: timed.now)

    missed = messages(own, 200)

    assert missed[0] == 0
    assert missed[-1] == 6
    assert limits.samen <= timed.now <= limits.samen + limits.bericht
    before = timed.now
    assert messages(own, 200) == [6] * 200
    assert timed.now == before


def test_one_rule_has_a_budget_of_its_own_and_the_others_go_on(timed: type[Timed]) -> None:
    limits = Grenzen()
    own = OwnRules([regel("traag", "0.9"), regel("snel", "0")], limits, lambda: timed.now)

    missed = messages(own, 200)

    assert missed == [0] * 13 + [1] * 187
    assert timed.asked == 200 + 13
    timed.now += limits.venster
    assert messages(own, 1) == [0]


def test_what_rules_take_as_they_should_is_never_too_much(timed: type[Timed]) -> None:
    own = OwnRules([regel("gewoon", "0.05")], Grenzen(), lambda: timed.now)
    assert messages(own, 2000) == [0] * 2000


def test_two_hundred_messages_with_a_rule_that_hangs_cost_three_times_its_limit(timed: type[Timed]) -> None:
    limits = Grenzen()
    own = OwnRules([regel("hangt", "9999")], limits, lambda: timed.now)

    assert messages(own, 200) == [1] * 200

    assert timed.now == MOST_FAILURES * limits.regel
    timed.now += limits.venster
    assert messages(own, 200) == [1] * 200
    assert timed.asked == MOST_FAILURES + 1


def test_a_rule_that_was_given_up_is_asked_again_and_counts_anew_when_it_answers(timed: type[Timed]) -> None:
    own = OwnRules([regel("hangt", "9999")], Grenzen(), lambda: timed.now)
    messages(own, MOST_FAILURES)
    timed.now += Grenzen().venster
    timed.is_quick = True
    assert messages(own, 5) == [0] * 5


def test_starting_the_process_counts_as_well(timed: type[Timed]) -> None:
    limits, timed.starting = Grenzen(), 14.0
    own = OwnRules([regel("a", "0")], limits, lambda: timed.now)
    for _ in range(20):
        own.check(GOED, NAAM, ONTVANGST)
        own.close()
    assert limits.samen <= timed.now <= limits.samen + limits.starten


def test_a_process_that_somebody_ended_is_started_again(started: list[Verbinding]) -> None:
    with OwnRules([regel("plaats", PLAATS)]) as own:
        before = own.check(FOUT, NAAM, ONTVANGST)
        started[0]._process.kill()
        started[0]._process.wait()
        assert own.check(FOUT, NAAM, ONTVANGST) == before != ()
    assert len(started) == 2


@pytest.mark.parametrize("asked_to_stop", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_signal_for_the_whole_group_does_not_keep_a_rule_from_being_asked(
    started: list[Verbinding], asked_to_stop: signal.Signals
) -> None:
    with OwnRules([regel("plaats", PLAATS)]) as own:
        own.check(GOED, NAAM, ONTVANGST)
        started[0]._process.send_signal(asked_to_stop)

        assert [finding.code for finding in own.check(FOUT, NAAM, ONTVANGST)] == ["plaats"]
    assert len(started) == 1


def test_a_process_that_ended_this_very_moment_costs_no_message_its_rules(started: list[Verbinding]) -> None:
    with OwnRules([regel("plaats", PLAATS)]) as own:
        for _ in range(10):
            own.check(GOED, NAAM, ONTVANGST)
            started[-1]._process.kill()  # and nobody waits until it is gone

            assert [finding.code for finding in own.check(FOUT, NAAM, ONTVANGST)] == ["plaats"]


def test_where_no_process_can_be_started_every_message_still_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def fails(_most_memory: int) -> Verbinding:
        tried.append(1)
        raise OSError

    monkeypatch.setattr(proces, "Verbinding", fails)
    with OwnRules([regel("a", "true()"), regel("b", "true()")]) as own:
        for _ in range(MOST_FAILURES + 2):
            assert own.check(GOED, NAAM, ONTVANGST) == (not_run("a"), not_run("b"))
    assert len(tried) == MOST_FAILURES


def is_there(pid: int) -> bool:
    """Whether there is such a process, also one that ended and was never asked how."""
    return Path(f"/proc/{pid}").exists()


def is_running(pid: int) -> bool:
    """The same, but for one that ended: who takes in orphans here may not ask how."""
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def is_so_soon(condition: Callable[[], bool]) -> bool:
    until = monotonic() + 5
    while not condition() and monotonic() < until:
        sleep(0.02)
    return condition()


def test_a_process_that_ended_leaves_nothing_behind_until_the_next_message(started: list[Verbinding]) -> None:
    with OwnRules([regel("plaats", PLAATS)]) as own:
        own.check(FOUT, NAAM, ONTVANGST)
        pid = started[0]._process.pid
        assert is_there(pid)
        os.kill(pid, signal.SIGKILL)
        assert is_so_soon(lambda: not is_there(pid))


ASK_WHAT_HANGS = """
import sys
from corv.eigenregels.verbinding import Verbinding
verbinding = Verbinding(1 << 30)
verbinding.ask({"regels": [["traag", "", sys.argv[1]]]}, 10)
raw = sys.stdin.buffer.read()
verbinding.ask({"bericht": len(raw)}, 10, raw)
print(verbinding._process.pid, flush=True)
verbinding.ask({"regel": "traag"}, 60)
"""


def test_who_is_killed_takes_the_process_along_also_while_it_calculates() -> None:
    with subprocess.Popen([sys.executable, "-c", ASK_WHAT_HANGS, SLOW], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as asks:
        assert asks.stdin is not None
        assert asks.stdout is not None
        asks.stdin.write(GROOT)
        asks.stdin.close()
        pid = int(asks.stdout.readline())
        assert is_running(pid)
        asks.kill()
    assert is_so_soon(lambda: not is_running(pid))


def test_the_process_knows_nothing_of_where_it_runs(started: list[Verbinding], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHEIM", "x")
    with OwnRules([regel("a", "true()")]) as own:
        own.check(GOED, NAAM, ONTVANGST)
        pid = started[0]._process.pid
        names = {pair.partition(b"=")[0] for pair in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") if pair}
        opened = {int(path.name) for path in Path(f"/proc/{pid}/fd").iterdir()}
    assert names == {b"PYTHONPATH"}
    assert opened == {0, 1, 2}


def test_no_value_of_a_message_stands_in_a_finding() -> None:
    raw = melding([JEUGDIGE], locatie="GEHEIM7351", identificatie="GEHEIM7351")
    regels = [regel("a", "false()", "//*"), regel("b", "X:a"), regel("c", "JZ:object/JZ:locatieIncident + 1 = 2")]
    with OwnRules(regels) as own:
        found = own.check(raw, NAAM, ONTVANGST)
    assert len(found) == 22
    assert "GEHEIM" not in str(found)


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process can be started now."""

    def fails(*_: object, **__: object) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(subprocess, "Popen", fails)


# The file.

ONE = f"""\
[[regel]]
id = "eigen-plaats"
berichten = ["vtMeldingDi01"]
test = "{PLAATS}"
tekst = "{TEKST}"
niveau = "fout"
vanaf = 2027-01-01
goed = "voorbeelden/goed.xml"
fout = "voorbeelden/fout.xml"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A config/ with two examples."""
    (tmp_path / "voorbeelden").mkdir()
    (tmp_path / "voorbeelden/goed.xml").write_bytes(GOED)
    (tmp_path / "voorbeelden/fout.xml").write_bytes(FOUT)
    return tmp_path


def read(text: str, folder: Path, grenzen: Grenzen | None = None) -> tuple[tuple[EigenRegel, ...], list[str]]:
    problems: list[str] = []
    return read_own_rules(TomlFile("e.toml", text, problems), folder, grenzen), problems


def test_a_good_file_gives_its_rules(folder: Path) -> None:
    inline = ONE.replace("eigen-plaats", "tweede").replace('niveau = "fout"\nvanaf = 2027-01-01\n', f'bij = "{BETROKKENE}"\n')
    inline = inline.replace(PLAATS, "../JZ:jeugzorgrol = 'jeugdige'")
    ouder = melding([JEUGDIGE, {"rol": "ouder met gezag"}]).decode()
    inline = inline.replace('"voorbeelden/fout.xml"', f"'''\n{ouder}'''")

    rules, problems = read(ONE + inline, folder)

    assert problems == []
    assert rules == (
        EigenRegel("eigen-plaats", frozenset({NAAM}), PLAATS, TEKST, ALLES, vanaf=date(2027, 1, 1)),
        EigenRegel("tweede", frozenset({NAAM}), "../JZ:jeugzorgrol = 'jeugdige'", TEKST, MILD, BETROKKENE),
    )


def test_an_empty_file_has_no_rules_and_starts_nothing(folder: Path, started: list[Verbinding]) -> None:
    assert read("", folder) == ((), [])
    assert started == []


TEST, BIJ = f'test = "{PLAATS}"', "true()"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "eigen-plaats"', 'id = "Plaats 1"', "2: regel[1].id moet een naam van hoogstens 60 kleine letters, cijfers"),
        (
            'id = "eigen-plaats"',
            'id = "bsn-elfproef"',
            "2: regel[1].id mag niet bsn-elfproef zijn: zo heet al iets van corv zelf",
        ),
        ('id = "eigen-plaats"', 'id = "geen-xml"', "2: regel[1].id mag niet geen-xml zijn: zo heet al iets van corv zelf"),
        ('["vtMeldingDi01"]', '["vtMelding"]', "3: regel[1].berichten kent 'vtMelding' niet; bedoelt u vtMeldingDi01?"),
        ('berichten = ["vtMeldingDi01"]\n', "", "1: regel[1].berichten ontbreekt: noem de berichten waarvoor hij geldt"),
        (TEST, 'test = "JZ:object["', "4: regel[1].test is geen geldige XPath 1.0: let op haken en aanhalingstekens"),
        (TEST, 'test = "JZ:object = \'a"', "4: regel[1].test is geen geldige XPath 1.0: een tekst tussen aanhalingstekens wordt"),
        (TEST, 'test = "true() or ) and ("', "4: regel[1].test is geen geldige XPath 1.0"),
        (TEST, f'test = "{"(" * 900}1{")" * 900}"', "4: regel[1].test is te diep genest: er staan te veel haken binnen elkaar."),
        (TEST, 'test = "JZZ:object"', "4: regel[1].test gebruikt een onbekend voorvoegsel JZZ:; bedoelt u JZ?"),
        (TEST, "test = \"matches(., 'a')\"", "4: regel[1].test gebruikt matches(), en die functie heeft XPath 1.0 niet"),
        (TEST, "test = \"document('a.xml')\"", "4: regel[1].test gebruikt document(), en die functie heeft XPath 1.0 niet"),
        (TEST, 'test = "$a"', "4: regel[1].test gebruikt een naam met $, en die zijn er niet."),
        (TEST, "test = \"count('a')\"", "4: regel[1].test geeft een functie iets waar zij niets mee kan"),
        (TEST, 'test = "not()"', "4: regel[1].test geeft een functie te veel of te weinig waarden."),
        (TEST, f'{TEST}\nbij = "true()"', "5: regel[1].bij moet elementen aanwijzen, en geen tekst, getal of attribuut."),
        (TEST, f'{TEST}\nbij = "//@StUF:entiteittype"', "5: regel[1].bij moet elementen aanwijzen"),
        (
            TEST,
            f'{TEST}\nbij = "JZ:nergens"',
            "10: regel[1].fout voldoet wel aan regel eigen-plaats, en dat hoort niet; kijk of bij",
        ),
        (
            f'tekst = "{TEKST}"',
            'tekst = "Kort."',
            "5: regel[1].tekst moet een zin van 10 tot 300 tekens, met een punt aan het eind",
        ),
        ('niveau = "fout"', 'niveau = "streng"', "6: regel[1].niveau moet een van deze zijn: uit, waarschuwing, fout."),
        ("vanaf = 2027-01-01", 'vanaf = "2027"', "7: regel[1].vanaf moet een datum zijn, zoals 2026-11-01."),
        ("vanaf = 2027-01-01", "prioriteit = 1", "7: regel[1].prioriteit is geen bekende sleutel"),
        ("voorbeelden/goed.xml", "voorbeelden/fout.xml", "8: regel[1].goed voldoet niet aan regel eigen-plaats (regel 2 van het"),
        (
            "voorbeelden/fout.xml",
            "voorbeelden/goed.xml",
            "9: regel[1].fout voldoet wel aan regel eigen-plaats, en dat hoort niet.",
        ),
        ("voorbeelden/goed.xml", "../goed.xml", "8: regel[1].goed ligt niet onder config/."),
        ("voorbeelden/goed.xml", "voorbeelden", "8: regel[1].goed is er niet, of is geen gewoon bestand."),
        ('goed = "voorbeelden/goed.xml"\n', "", "1: regel[1].goed ontbreekt: elke regel heeft een voorbeeld dat eraan voldoet."),
        ('"voorbeelden/goed.xml"', '"<a>"', "8: regel[1].goed is geen leesbaar bericht (xml-afgekapt, op regel 1 ervan)."),
        ('"voorbeelden/goed.xml"', "'<a/>'", "8: regel[1].goed is een a, en de regel is voor vtMeldingDi01."),
    ],
)
def test_a_mistake_is_told_with_line_and_key(folder: Path, old: str, new: str, told: str) -> None:
    assert old in ONE
    _, (problem,) = read(ONE.replace(old, new), folder)
    assert problem.startswith(f"e.toml, regel {told}")


def test_an_example_that_is_not_valid_is_refused_with_the_first_fault(folder: Path) -> None:
    (folder / "voorbeelden/goed.xml").write_bytes(message("vtMeldingDi01/ongeldig-rol.xml"))
    _, (problem,) = read(ONE, folder)
    assert problem.startswith("e.toml, regel 8: regel[1].goed is niet volgens het schema (regel ")
    assert "/JZ:jeugzorgrol): " in problem


def test_a_rule_that_hangs_can_not_hang_the_loading(folder: Path) -> None:
    (folder / "voorbeelden/goed.xml").write_bytes(GROOT)
    _, problems = read(ONE.replace(PLAATS, SLOW), folder, QUICK)
    assert problems == [
        "e.toml, regel 4: regel[1].test duurt te lang: op een regel wacht corv hoogstens 0.3 s. Maak hem eenvoudiger."
    ]


NO_ROOM = "het proces ervoor werkt niet: er is nu geen plaats voor nog een proces"


@pytest.mark.usefixtures("no_room")
def test_rules_that_can_not_be_tried_now_are_loaded_and_say_so(folder: Path) -> None:
    (one, two), problems = read(ONE + ONE.replace("eigen-plaats", "tweede"), folder)
    assert problems == []
    expected = EigenRegel("eigen-plaats", frozenset({NAAM}), PLAATS, TEKST, ALLES, "", date(2027, 1, 1), NO_ROOM)
    assert (one, two) == (expected, replace(expected, id="tweede"))


@pytest.mark.usefixtures("no_room")
def test_a_mistake_that_is_seen_without_asking_is_told_also_when_nothing_can_be_tried(folder: Path) -> None:
    _, (problem,) = read(ONE.replace("voorbeelden/goed.xml", "voorbeelden/weg.xml"), folder)
    assert problem == "e.toml, regel 8: regel[1].goed is er niet, of is geen gewoon bestand."


def test_every_mistake_of_every_rule_is_told_at_once(werkmap: Werkmap) -> None:
    examples = werkmap.path / "config/voorbeelden"
    examples.mkdir()
    (examples / "goed.xml").write_bytes(GOED)
    (examples / "fout.xml").write_bytes(FOUT)
    second = ONE.replace("goed.xml", "weg.xml").replace("fout.xml", "ook-weg.xml")
    third = ONE.replace("eigen-plaats", "derde").replace("fout.xml", "goed.xml")
    (werkmap.path / "config/regels-eigen.toml").write_text(ONE + second + third, encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        config.load(werkmap.path)

    name = "config/regels-eigen.toml"
    assert caught.value.problems == (
        f"{name}, regel 11: regel[2].id mag niet nog eens eigen-plaats zijn: zo heet een eerdere regel al.",
        f"{name}, regel 17: regel[2].goed is er niet, of is geen gewoon bestand.",
        f"{name}, regel 18: regel[2].fout is er niet, of is geen gewoon bestand.",
        f"{name}, regel 27: regel[3].fout voldoet wel aan regel derde, en dat hoort niet.",
    )
    (werkmap.path / name).write_text(ONE, encoding="utf-8")
    assert [one.id for one in config.load(werkmap.path).eigen_regels] == ["eigen-plaats"]


def test_every_expression_of_the_handbook_can_be_asked() -> None:
    told = [row[1].strip("`") for row in rows(section("eigen-regels.md", "XPath in het kort"))]
    regels = [regel(f"handboek-{number}", test) for number, test in enumerate(told)]
    with OwnRules(regels) as own:
        assert {answer.mislukt for answer in own.ask(GOED, regels)} == {None}
    assert len(regels) > 5


def test_the_example_that_the_default_explains_is_a_good_one(folder: Path) -> None:
    lines = config.default_text("regels-eigen.toml").partition("# [[regel]]")[1:]
    text = "\n".join(line.removeprefix("# ") for line in "".join(lines).splitlines() if "[[" in line or " = " in line)
    for name, content in (("plaats-goed", GOED), ("plaats-fout", FOUT), ("geboortedatum-goed", GOED)):
        (folder / f"voorbeelden/{name}.xml").write_bytes(content)
    (folder / "voorbeelden/geboortedatum-fout.xml").write_bytes(melding([{"rol": "jeugdige"}]))

    rules, problems = read(text, folder)

    assert problems == []
    assert [one.id for one in rules] == ["eigen-plaats-van-het-incident", "eigen-geboortedatum"]
