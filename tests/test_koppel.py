"""`corv koppel`: a person ties what no number ties, or unties it; what follows is what would have followed at receipt."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from conversations import answer, melding, notificatie, terugkoppeling, vto
from varianten import RAAD

from conftest import OURS, START, Werkmap
from corv.app import working
from corv.attention import Person
from corv.audit import Row
from corv.database import first_broken_link, open_for_reading, open_for_writing, rows, transaction
from corv.desk.ties import Effect, Member, effect_of, tie
from corv.errors import UsageError
from corv.outcome import Status

Corv = Callable[..., tuple[int, str, str]]
WHO = ("--door", "A. Tester", "--reden", "stond in de telefoonnotitie")


@pytest.fixture
def koppel(corv: Corv, werkmap: Werkmap) -> Callable[..., str]:
    """Tie, or with --los untie, two messages; gives what was said. The chain of events must hold afterwards."""

    def run(een: Row, ander: Row, *options: str) -> str:
        code, out, err = corv("koppel", een["id"], ander["id"], *WHO, *options)
        assert (code, err) == (0, "")
        with closing(open_for_reading(werkmap.path / "data/corv.sqlite")) as db:
            assert first_broken_link(db) is None
        return out

    return run


Koppel = Callable[..., str]


def question(werkmap: Werkmap) -> Row:
    return werkmap.handle("eigen", vto("vto-1", "ZAAK-1"))


def unmatched(werkmap: Werkmap, code: str, number: str = "los-1") -> Row:
    return werkmap.handle("corv", answer(code, number, ""))


def state(werkmap: Werkmap, row: Row) -> tuple[str, str | None, list[str], list[str]]:
    """Status, hoort_bij, open and settled attention of a message."""
    with closing(open_for_reading(werkmap.path / "data/corv.sqlite")) as db:
        ((status, hoort_bij),) = rows(db, "SELECT status, hoort_bij FROM bericht WHERE id = ?", (row["id"],))
        asked = rows(db, "SELECT aanleiding, gesloten_op FROM aandacht WHERE bericht = ? ORDER BY volgnr", (row["id"],))
    opened = [aanleiding for aanleiding, closed in asked if closed is None]
    return status, hoort_bij, opened, [aanleiding for aanleiding, closed in asked if closed is not None]


def events(werkmap: Werkmap, row: Row) -> list[tuple[str, dict[str, Any]]]:
    """What happened to a message after it was delivered."""
    found = [(event["soort"], event["gegevens"]) for event in werkmap.whole(row["id"])["gebeurtenissen"]]
    return [event for event in found if event[0] not in {"ontvangen", "besloten", "bezorgd"}]


def change(werkmap: Werkmap, statement: str, *values: str) -> None:
    """Something that corv itself does not do to these messages now, but that may be so."""
    with closing(open_for_writing(werkmap.path / "data/corv.sqlite")) as db, transaction(db) as connection:
        connection.execute(statement, values)


def ties(werkmap: Werkmap) -> list[tuple[object, ...]]:
    with closing(open_for_reading(werkmap.path / "data/corv.sqlite")) as db:
        query = "SELECT een, ander, vast, door, reden, antwoord, vorige_status FROM koppeling ORDER BY volgnr"
        return [tuple(row) for row in rows(db, query)]


def together(corv: Corv, een: Row, ander: Row) -> bool:
    return ander["id"] in corv("keten", een["id"], "--json")[1]


@pytest.mark.parametrize("answer_first", [True, False])
@pytest.mark.parametrize("code", ["Bv01", "Bv03"])
def test_an_answer_gets_its_question(werkmap: Werkmap, corv: Corv, koppel: Koppel, code: str, answer_first: bool) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, code)
    pair = (reply, asked) if answer_first else (asked, reply)

    said = koppel(*pair)

    assert f"{reply['id'][-12:]} geldt nu als antwoord op {asked['id'][-12:]}." in said
    assert "aandacht" not in said
    assert (state(werkmap, asked), state(werkmap, reply)) == (
        ("geaccepteerd", None, [], []),
        ("geaccepteerd", asked["id"], [], []),
    )
    person = {"door": "A. Tester", "reden": "stond in de telefoonnotitie"}
    assert events(werkmap, asked) == [("gekoppeld", {**person, "ander": reply["id"]})]
    assert events(werkmap, reply) == [("gekoppeld", {**person, "ander": asked["id"], "hoort_bij": asked["id"]})]
    assert ties(werkmap) == [(pair[0]["id"], pair[1]["id"], 1, "A. Tester", "stond in de telefoonnotitie", reply["id"], None)]
    out = corv("keten", asked["id"])[1]
    assert "met de hand gekoppeld door A. Tester: stond in de telefoonnotitie" in out
    assert "niet bekend waarop" not in out


@pytest.mark.parametrize("code", ["Fo01", "Fo03"])
def test_a_fault_on_what_we_sent_asks_for_attention_just_as_at_receipt(werkmap: Werkmap, koppel: Koppel, code: str) -> None:
    by_number = werkmap.handle("eigen", vto("vto-2", "ZAAK-2"))
    werkmap.handle("corv", answer(code, "fo-2", "vto-2"))
    asked, reply = question(werkmap), unmatched(werkmap, code)

    said = koppel(reply, asked)

    assert f"{asked['id'][-12:]} heeft nu status beantwoord_met_fout en vraagt aandacht." in said
    assert state(werkmap, asked) == state(werkmap, by_number) == ("beantwoord_met_fout", None, ["beantwoord_met_fout"], [])
    (tied, *after), at_receipt = events(werkmap, asked), events(werkmap, by_number)
    assert tied[0] == "gekoppeld"
    assert [(soort, {**facts, "door_bericht": ""}) for soort, facts in after] == [
        (soort, {**facts, "door_bericht": ""}) for soort, facts in at_receipt
    ]
    assert {facts["door_bericht"] for _, facts in after} == {reply["id"]}


def test_after_a_tied_fo03_the_same_may_be_offered_again(werkmap: Werkmap, koppel: Koppel) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, "Fo03")
    koppel(asked, reply)

    again = question(werkmap)

    assert (again["status"], state(werkmap, again)[1]) == ("geaccepteerd", asked["id"])
    assert state(werkmap, asked) == ("beantwoord_met_fout", None, [], ["beantwoord_met_fout"])


def test_an_answer_of_our_own_system_answers_what_came_in(werkmap: Werkmap, koppel: Koppel) -> None:
    asked = werkmap.handle("corv", notificatie("not-1", "1-RVDK"))
    reply = werkmap.handle("eigen", answer("Fo01", "fo-1", "verkeerd", zender=OURS, ontvanger=RAAD))

    koppel(asked, reply)

    assert state(werkmap, reply) == ("geaccepteerd", asked["id"], [], [])
    assert state(werkmap, asked) == ("geaccepteerd", None, [], [])  # it is we who did not accept it: nothing for a person here


def test_what_never_went_out_answers_nothing(werkmap: Werkmap, koppel: Koppel) -> None:
    asked = werkmap.handle("corv", notificatie("not-1", "1-RVDK"))
    refused = werkmap.handle("eigen", answer("Bv01", "x" * 41, "verkeerd", zender=OURS, ontvanger=RAAD))
    assert refused["status"] == "geweigerd"

    said = koppel(asked, refused)

    assert "verder verandert er niets" in said
    assert state(werkmap, refused)[1] is None


def test_two_questions_are_only_shown_together_and_apart_again(werkmap: Werkmap, corv: Corv, koppel: Koppel) -> None:
    een = werkmap.handle("corv", melding("vtm-1", "PL-1"))
    ander = werkmap.handle("eigen", terugkoppeling("vtt-1", "PL-heel-anders"))
    before = (state(werkmap, een), state(werkmap, ander))
    assert not together(corv, een, ander)

    assert "verder verandert er niets" in koppel(een, ander)
    assert together(corv, een, ander)
    assert together(corv, ander, een)

    assert "Verder verandert er niets" in koppel(ander, een, "--los")
    assert not together(corv, een, ander)
    assert (state(werkmap, een), state(werkmap, ander)) == before
    assert [soort for soort, _ in events(werkmap, een)] == ["gekoppeld", "losgekoppeld"]
    koppel(een, ander)
    assert together(corv, een, ander)


def test_untying_takes_back_that_it_was_the_answer(werkmap: Werkmap, corv: Corv, koppel: Koppel) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, "Bv01")
    koppel(asked, reply)

    said = koppel(reply, asked, "--los")

    assert f"{reply['id'][-12:]} geldt niet meer als antwoord op {asked['id'][-12:]}." in said
    assert (state(werkmap, asked)[:2], state(werkmap, reply)[:2]) == (("geaccepteerd", None), ("geaccepteerd", None))
    assert events(werkmap, reply)[-1] == (
        "losgekoppeld",
        {"door": "A. Tester", "reden": "stond in de telefoonnotitie", "ander": asked["id"], "hoort_bij": None},
    )
    assert not together(corv, asked, reply)
    assert "niet bekend waarop dit antwoordt" in corv("keten", reply["id"])[1]


def test_untying_a_fault_says_what_it_does_to_status_and_attention(werkmap: Werkmap, koppel: Koppel) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, "Fo01")
    koppel(asked, reply)

    said = koppel(asked, reply, "--los")

    assert f"{asked['id'][-12:]} heeft weer status geaccepteerd en vraagt hiervoor geen aandacht meer." in said
    assert state(werkmap, asked) == ("geaccepteerd", None, [], ["beantwoord_met_fout"])
    assert [soort for soort, _ in events(werkmap, asked)][-2:] == ["losgekoppeld", "afgehandeld"]
    assert events(werkmap, asked)[-2][1]["status"] == "geaccepteerd"


def test_a_fault_that_came_by_number_keeps_status_and_attention(werkmap: Werkmap, koppel: Koppel) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, "Fo01")
    koppel(asked, reply)
    werkmap.handle("corv", answer("Fo01", "fo-2", "vto-1"))

    said = koppel(asked, reply, "--los")

    assert f"Er is nog een ander foutbericht op {asked['id'][-12:]}" in said
    assert state(werkmap, asked) == ("beantwoord_met_fout", None, ["beantwoord_met_fout"], [])
    assert state(werkmap, reply)[1] is None


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_tied_faults_the_last_untied_gives_back_the_status(werkmap: Werkmap, koppel: Koppel, first: int) -> None:
    asked = question(werkmap)
    faults = [unmatched(werkmap, "Fo01", "los-1"), unmatched(werkmap, "Fo03", "los-2")]
    for fault in faults:
        koppel(asked, fault)

    koppel(asked, faults[first], "--los")
    assert state(werkmap, asked) == ("beantwoord_met_fout", None, ["beantwoord_met_fout"], [])

    koppel(asked, faults[1 - first], "--los")
    assert state(werkmap, asked) == ("geaccepteerd", None, [], ["beantwoord_met_fout"])


def test_untying_leaves_alone_what_the_tie_did_not_set(werkmap: Werkmap, koppel: Koppel) -> None:
    asked, first = question(werkmap), unmatched(werkmap, "Bv01")
    repeat = unmatched(werkmap, "Bv01")
    assert state(werkmap, repeat)[:2] == ("herhaald", first["id"])

    assert "verder verandert er niets" in koppel(asked, repeat)
    koppel(asked, repeat, "--los")

    assert state(werkmap, repeat)[:2] == ("herhaald", first["id"])


def test_untying_leaves_alone_what_was_changed_since(werkmap: Werkmap, koppel: Koppel) -> None:
    asked, reply, other = question(werkmap), unmatched(werkmap, "Fo01"), werkmap.handle("eigen", vto("vto-2", "ZAAK-2"))
    koppel(asked, reply)
    change(werkmap, "UPDATE bericht SET hoort_bij = ? WHERE id = ?", other["id"], reply["id"])

    assert "Verder verandert er niets" in koppel(asked, reply, "--los")
    assert (state(werkmap, asked)[0], state(werkmap, reply)[1]) == ("beantwoord_met_fout", other["id"])


def test_untying_a_fault_leaves_other_attention_open(werkmap: Werkmap, koppel: Koppel) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, "Fo01")
    change(werkmap, "INSERT INTO aandacht (bericht, aanleiding, geopend_op) VALUES (?, 'fout_op_antwoord', '')", asked["id"])
    koppel(asked, reply)
    koppel(asked, reply, "--los")

    assert state(werkmap, asked) == ("geaccepteerd", None, ["fout_op_antwoord"], ["beantwoord_met_fout"])


def test_a_fault_of_our_own_that_was_not_accepted_gets_its_status_back_too(werkmap: Werkmap, koppel: Koppel) -> None:
    own_fault = answer("Fo01", "fo-1", "n-1", zender=OURS, ontvanger=RAAD)
    sent, repeat = werkmap.handle("eigen", own_fault), werkmap.handle("eigen", own_fault)
    assert state(werkmap, repeat)[:2] == ("herhaald", sent["id"])
    received = werkmap.handle("corv", notificatie("not-1", "1-RVDK"))
    fault = unmatched(werkmap, "Fo03")
    koppel(sent, received)  # now its question is known, so of the next two only the Fo03 lacks one
    koppel(sent, fault)
    assert state(werkmap, sent) == ("beantwoord_met_fout", received["id"], ["beantwoord_met_fout"], [])

    koppel(sent, fault, "--los")

    assert state(werkmap, sent) == ("geaccepteerd", received["id"], [], ["beantwoord_met_fout"])


def test_what_was_tied_can_be_tied_to_another_after_untying(werkmap: Werkmap, koppel: Koppel) -> None:
    wrong, right = question(werkmap), werkmap.handle("eigen", vto("vto-2", "ZAAK-2"))
    reply = unmatched(werkmap, "Bv01")
    koppel(wrong, reply)
    koppel(wrong, reply, "--los")
    koppel(right, reply)

    assert state(werkmap, reply)[1] == right["id"]


# -- what is refused -------------------------------------------------------------------------------------------------------


def refused(werkmap: Werkmap, corv: Corv, een: Row, ander: Row, *options: str) -> str:
    """What is said when it may not be; nothing may have changed."""
    before = (ties(werkmap), events(werkmap, een), events(werkmap, ander), state(werkmap, een), state(werkmap, ander))
    code, out, err = corv("koppel", een["id"], ander["id"], *WHO, *options)
    after = (ties(werkmap), events(werkmap, een), events(werkmap, ander), state(werkmap, een), state(werkmap, ander))
    assert (code, out, after) == (2, "", before)
    return err


def test_a_message_is_not_tied_to_itself(werkmap: Werkmap, corv: Corv) -> None:
    asked = question(werkmap)
    assert "twee keer hetzelfde bericht" in refused(werkmap, corv, asked, asked)
    assert "twee keer hetzelfde bericht" in refused(werkmap, corv, asked, asked, "--los")


def test_what_is_tied_is_not_tied_again_and_who_did_it_is_told(werkmap: Werkmap, corv: Corv, koppel: Koppel) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, "Bv01")
    koppel(asked, reply)

    for pair in ((asked, reply), (reply, asked)):
        assert "al gekoppeld, door A. Tester op " in refused(werkmap, corv, *pair)


def test_what_is_not_tied_can_not_be_untied(werkmap: Werkmap, corv: Corv, koppel: Koppel) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, "Bv01")
    assert "niet met de hand gekoppeld." in refused(werkmap, corv, asked, reply, "--los")
    koppel(asked, reply)
    koppel(asked, reply, "--los")
    assert "niet met de hand gekoppeld." in refused(werkmap, corv, asked, reply, "--los")


def by_cross_refnummer(werkmap: Werkmap) -> tuple[Row, Row]:
    return question(werkmap), werkmap.handle("corv", answer("Bv01", "bv-1", "vto-1"))


def by_zaak(werkmap: Werkmap) -> tuple[Row, Row]:
    return question(werkmap), werkmap.handle("corv", notificatie("not-1", "1-RVDK", "ZAAK-1"))


def by_melding(werkmap: Werkmap) -> tuple[Row, Row]:
    return werkmap.handle("corv", melding("vtm-1", "PL-1")), werkmap.handle("eigen", terugkoppeling("vtt-1", "PL-1"))


def by_repeat(werkmap: Werkmap) -> tuple[Row, Row]:
    return unmatched(werkmap, "Bv01"), unmatched(werkmap, "Bv01")


@pytest.mark.parametrize(
    ("made", "number"),
    [
        (by_cross_refnummer, "crossRefnummer"),
        (by_zaak, "zaakidentificatie"),
        (by_melding, "identificatieVtMelding"),
        (by_repeat, "referentienummer"),
    ],
)
def test_what_belongs_together_by_number_is_neither_tied_nor_untied(
    werkmap: Werkmap, corv: Corv, made: Callable[[Werkmap], tuple[Row, Row]], number: str
) -> None:
    een, ander = made(werkmap)
    for pair in ((een, ander), (ander, een)):
        assert f"horen al bij elkaar, door hun {number}." in refused(werkmap, corv, *pair)
        assert f"horen bij elkaar door hun {number}; dat is niet los te maken." in refused(werkmap, corv, *pair, "--los")


def test_what_was_not_handled_yet_waits(werkmap: Werkmap, corv: Corv) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, "Bv01")
    change(werkmap, "UPDATE bericht SET status = 'ontvangen' WHERE id = ?", reply["id"])

    assert f"Bericht {reply['id']} is nog niet verwerkt" in refused(werkmap, corv, asked, reply)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--reden", "  "), "'--reden': dit mag niet leeg zijn"),
        ((), "--reden"),
        (("--reden", "x", "--door", ""), "'--door': dit mag niet leeg zijn"),
    ],
)
def test_a_tie_needs_a_reason_and_a_name(werkmap: Werkmap, corv: Corv, options: tuple[str, ...], said: str) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, "Bv01")

    code, out, err = corv("koppel", asked["id"], reply["id"], *options)

    assert (code, out, ties(werkmap)) == (2, "", [])
    assert said in err


@pytest.mark.parametrize(("part", "said"), [("bestaat-niet", "geen bericht met kenmerk bestaat-niet"), ("00000000", "geef meer")])
def test_a_kenmerk_that_does_not_fit_is_explained(werkmap: Werkmap, corv: Corv, part: str, said: str) -> None:
    asked = question(werkmap)
    unmatched(werkmap, "Bv01")

    for pair in ((asked["id"], part), (part, asked["id"])):
        code, out, err = corv("koppel", *pair, *WHO)
        assert (code, out, ties(werkmap)) == (2, "", [])
        assert said in err


def test_where_there_is_no_database_none_is_made(werkmap: Werkmap, corv: Corv) -> None:
    database = werkmap.path / "data/corv.sqlite"
    database.unlink()

    code, _, err = corv("koppel", "7f3c9a12b4d0", "51d09e3377ac", *WHO)

    assert (code, database.exists()) == (3, False)
    assert "corv init" in err


# -- more than one at work -------------------------------------------------------------------------------------------------


def test_of_many_who_tie_at_the_same_moment_one_wins_and_the_others_hear_who(werkmap: Werkmap) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, "Fo01")
    pair, start = [UUID(asked["id"]), UUID(reply["id"])], Barrier(6)

    def attempt(number: int) -> Effect | str:
        een, ander = pair if number % 2 else reversed(pair)
        with closing(open_for_writing(werkmap.path / "data/corv.sqlite")) as db:
            start.wait(timeout=20)
            try:
                return tie(db, een, ander, Person(f"persoon {number}", "tegelijk", START))
            except UsageError as error:
                return str(error)

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(attempt, range(6)))

    ((_, _, _, winner, *_),) = ties(werkmap)
    told = f"Deze twee berichten zijn al gekoppeld, door {winner} op 23-11-2026 09:00:00."
    assert [result for result in results if isinstance(result, str)] == [told] * 5
    assert isinstance(results[int(str(winner).split()[-1])], Effect)
    assert [soort for soort, _ in events(werkmap, asked)] == ["gekoppeld", "beantwoord", "aandacht"]


@pytest.mark.slow
def test_of_two_command_lines_at_the_same_moment_one_wins(werkmap: Werkmap) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, "Bv01")
    command = [
        sys.executable,
        "-m",
        "corv",
        "--map",
        str(werkmap.path),
        "koppel",
        asked["id"],
        reply["id"],
        "--reden",
        "tegelijk",
    ]
    running = [
        subprocess.Popen(
            [*command, "--reden", "tegelijk", "--door", name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for name in ("persoon een", "persoon twee")
    ]
    said = {process.args[-1]: process.communicate(timeout=30) for process in running}  # type: ignore[index] # a list, as given

    assert sorted(process.returncode for process in running) == [0, 2]
    ((_, _, _, winner, *_),) = ties(werkmap)
    loser = next(name for name in said if name != winner)
    assert f"al gekoppeld, door {winner} op " in said[loser][1]


def test_a_tie_is_made_while_the_service_holds_the_folder_and_the_pass_goes_on(werkmap: Werkmap, koppel: Koppel) -> None:
    asked, reply = question(werkmap), unmatched(werkmap, "Bv01")

    with working(werkmap.path):
        koppel(asked, reply)
    werkmap.handle("corv", notificatie("not-1", "1-RVDK", "ZAAK-1"))

    assert state(werkmap, reply)[1] == asked["id"]


# -- the pure half ---------------------------------------------------------------------------------------------------------

ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.mark.parametrize(
    ("answered", "asked", "effect"),
    [
        (("corv", "geaccepteerd", "Bv01", None), ("eigen", "geaccepteerd", "Di01", None), (False, "geaccepteerd")),
        (("corv", "geaccepteerd", "Fo01", None), ("eigen", "geaccepteerd", "Di01", None), (True, "beantwoord_met_fout")),
        (("corv", "geweigerd", "Fo03", None), ("eigen", "geaccepteerd", "Di01", None), (True, "beantwoord_met_fout")),
        (("corv", "geaccepteerd", "Fo03", None), ("eigen", "geaccepteerd", "Bv01", THREE), (True, "beantwoord_met_fout")),
        (("corv", "geaccepteerd", "Bv01", None), ("eigen", "beantwoord_met_fout", "Di01", None), (False, "beantwoord_met_fout")),
        (("eigen", "geaccepteerd", "Fo01", None), ("corv", "geaccepteerd", "Di01", None), (False, "geaccepteerd")),
        (("eigen", "geaccepteerd", "Bv01", None), ("corv", "herrouteerd", "Di01", None), (False, "herrouteerd")),
        # Nothing besides: not out, not on the other channel, not an answer, its question is known, or nobody can tell which.
        (("eigen", "geweigerd", "Bv01", None), ("corv", "geaccepteerd", "Di01", None), None),
        (("corv", "geaccepteerd", "Bv01", None), ("eigen", "geweigerd", "Di01", None), None),
        (("corv", "geaccepteerd", "Bv01", None), ("eigen", "herhaald", "Di01", None), None),
        (("corv", "geaccepteerd", "Bv01", None), ("corv", "geaccepteerd", "Di01", None), None),
        (("corv", "geaccepteerd", "Di01", None), ("eigen", "geaccepteerd", "Di01", None), None),
        (("corv", "geaccepteerd", "Bv01", THREE), ("eigen", "geaccepteerd", "Di01", None), None),
        (("corv", "geaccepteerd", "Fo03", None), ("eigen", "geaccepteerd", "Bv01", None), None),
        (("corv", "onleesbaar", None, None), ("eigen", "geaccepteerd", "Di01", None), None),
    ],
)
def test_what_tying_does_besides(
    answered: tuple[str, str, str | None, UUID | None],
    asked: tuple[str, str, str | None, UUID | None],
    effect: tuple[bool, str] | None,
) -> None:
    een, ander = (
        Member(id_, kanaal, Status(status), code, hoort_bij)
        for id_, (kanaal, status, code, hoort_bij) in ((ONE, answered), (TWO, asked))
    )
    expected = Effect(ONE, TWO, effect[0], Status(effect[1])) if effect else Effect()

    assert effect_of(een, ander) == effect_of(ander, een) == expected
