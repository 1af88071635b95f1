"""`corv keten`: everything that belongs to a message, in order of time, with why it belongs."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

import pytest
from conversations import ANDERE_MELDER, answer, melding, notificatie, terugkoppeling, vto
from hypothesis import given
from hypothesis import strategies as st
from varianten import POLITIE, RAAD

import corv.conversation as gather
from conftest import OURS, Werkmap
from corv.berichten.soort import Sleutelsoort
from corv.chain import Chain, Link, Message, OwnAnswer, Richting, Verband, grow, put_in_order
from corv.conversation import conversation
from corv.database import open_for_reading, open_for_writing, rows, transaction

Corv = Callable[..., tuple[int, str, str]]


def lines(werkmap: Werkmap, id_: str) -> list[tuple[str | None, ...]]:
    """Each line of a conversation: soort, number (of an answer of ours: what it answers), status and verband."""
    with closing(open_for_reading(werkmap.path / "data/corv.sqlite")) as db:
        found = conversation(db, id_)
    assert found.is_whole
    return [
        (line.soort, line.referentienummer if line.status else f"op {line.cross_refnummer}", line.status, str(line.verband))
        for line in found.lines
    ]


def ours(soort: str, number: str) -> tuple[str, str, None, str]:
    return soort, f"op {number}", None, "crossRefnummer"


def members(werkmap: Werkmap, id_: str) -> set[str]:
    """The referentienummers of the messages in a conversation."""
    return {str(number) for _, number, status, _ in lines(werkmap, id_) if status}


def test_a_melding_with_our_answers_our_terugkoppeling_and_its_bv01(werkmap: Werkmap) -> None:
    first = werkmap.handle("corv", melding("m1", "PL-1"))
    werkmap.handle("eigen", terugkoppeling("t1", "PL-1"))
    last = werkmap.handle("corv", answer("Bv01", "b1", "t1", zender=POLITIE))

    assert (
        lines(werkmap, first["id"])
        == lines(werkmap, last["id"])
        == [
            ("vtMeldingDi01", "m1", "geaccepteerd", "begin"),
            ours("Bv03", "m1"),
            ours("Bv01", "m1"),
            ("vtTerugkoppelingDi01", "t1", "geaccepteerd", "identificatieVtMelding"),
            ("Bv01", "b1", "geaccepteerd", "crossRefnummer"),
            ours("Bv03", "b1"),
        ]
    )


def test_a_vto_with_its_answers_and_the_notificaties_on_it(werkmap: Werkmap) -> None:
    first = werkmap.handle("eigen", vto("v1", "ZAAK-1"))
    werkmap.handle("corv", answer("Bv03", "r1", "v1"))
    werkmap.handle("corv", answer("Bv01", "b1", "v1"))
    werkmap.handle("corv", notificatie("n1", "1-RVDK", "ZAAK-1"))
    last = werkmap.handle("corv", notificatie("n2", "1-RVDK"))  # names only the zaak of the Raad, a year later perhaps

    expected = [
        ("vtoDi01", "v1", "geaccepteerd", "begin"),
        ("Bv03", "r1", "geaccepteerd", "crossRefnummer"),
        ("Bv01", "b1", "geaccepteerd", "crossRefnummer"),
        ours("Bv03", "b1"),
        ("notificatieDi01", "n1", "geaccepteerd", "zaakidentificatie"),
        ours("Bv03", "n1"),
        ("notificatieDi01", "n2", "geaccepteerd", "zaakidentificatie"),
        ours("Bv03", "n2"),
    ]
    assert lines(werkmap, first["id"]) == lines(werkmap, last["id"]) == expected


def test_a_vto_that_came_back_with_an_fo03_and_was_offered_again(werkmap: Werkmap) -> None:
    first = werkmap.handle("eigen", vto("v1", "ZAAK-1"))
    werkmap.handle("corv", answer("Fo03", "f1", "v1"))
    werkmap.handle("eigen", vto("v1", "ZAAK-1"))
    werkmap.handle("corv", answer("Bv01", "b1", "v1"))

    assert lines(werkmap, first["id"]) == [
        ("vtoDi01", "v1", "beantwoord_met_fout", "begin"),
        ("Fo03", "f1", "geaccepteerd", "crossRefnummer"),
        ("vtoDi01", "v1", "geaccepteerd", "zelfde bericht nog eens"),
        ("Bv01", "b1", "geaccepteerd", "crossRefnummer"),
        ours("Bv03", "b1"),
    ]


def test_repeats_of_questions_and_answers_belong_with_what_we_answered_on_them_again(werkmap: Werkmap) -> None:
    first = werkmap.handle("corv", melding("m1", "PL-1"))
    werkmap.handle("corv", melding("m1", "PL-1"))
    werkmap.handle("eigen", terugkoppeling("t1", "PL-1"))
    werkmap.handle("corv", answer("Bv01", "b1", "t1", zender=POLITIE))
    last = werkmap.handle("corv", answer("Bv01", "b1", "t1", zender=POLITIE))

    expected = [
        ("vtMeldingDi01", "m1", "geaccepteerd", "begin"),
        *(ours("Bv03", "m1"), ours("Bv01", "m1")),
        ("vtMeldingDi01", "m1", "herhaald", "zelfde bericht nog eens"),
        *(ours("Bv03", "m1"), ours("Bv01", "m1")),
        ("vtTerugkoppelingDi01", "t1", "geaccepteerd", "identificatieVtMelding"),
        ("Bv01", "b1", "geaccepteerd", "crossRefnummer"),
        ours("Bv03", "b1"),
        ("Bv01", "b1", "herhaald", "zelfde bericht nog eens"),
        ours("Bv03", "b1"),
    ]
    assert lines(werkmap, first["id"]) == lines(werkmap, last["id"]) == expected


def test_one_batch_shows_a_message_before_its_answers_and_each_after_what_it_follows(werkmap: Werkmap) -> None:
    werkmap.drop("eigen", "1.xml", vto("v1", "ZAAK-1"))
    werkmap.drop("corv", "2.xml", answer("Bv01", "b1", "v1"))
    werkmap.drop("corv", "3.xml", notificatie("n1", "1-RVDK", "ZAAK-1"))
    werkmap.run()

    assert lines(werkmap, werkmap.rows()[0]["id"]) == [
        ("vtoDi01", "v1", "geaccepteerd", "begin"),
        ("Bv01", "b1", "geaccepteerd", "crossRefnummer"),
        ("notificatieDi01", "n1", "geaccepteerd", "zaakidentificatie"),
        ours("Bv03", "b1"),
        ours("Bv03", "n1"),
    ]


def test_refused_messages_belong_too(werkmap: Werkmap) -> None:
    other_content = melding("m1", "PL-1").replace(b"20260228", b"20260227")
    first = werkmap.handle("corv", melding("m0", "PL-1", valid=False))
    werkmap.handle("corv", melding("m1", "PL-1"))
    werkmap.handle("corv", other_content)

    assert lines(werkmap, first["id"]) == [
        ("vtMeldingDi01", "m0", "geweigerd", "begin"),
        *(ours("Bv03", "m0"), ours("Fo01", "m0")),
        ("vtMeldingDi01", "m1", "geaccepteerd", "identificatieVtMelding"),
        *(ours("Bv03", "m1"), ours("Bv01", "m1")),
        ("vtMeldingDi01", "m1", "geweigerd", "zelfde referentienummer, andere inhoud"),
        ours("Fo03", "m1"),
    ]


def test_what_we_refused_with_an_fo03_belongs_to_the_same_message_sent_again(werkmap: Werkmap) -> None:
    content = notificatie("n1").replace(OURS.encode(), b"00000001999000099000")  # no zaak: only the number tells
    werkmap.handle("corv", content)
    werkmap.configure('oins = ["00000001999000001000"]', 'oins = ["00000001999000001000", "00000001999000099000"]')
    second = werkmap.handle("corv", content)

    assert lines(werkmap, second["id"]) == [
        ("notificatieDi01", "n1", "geweigerd", "begin"),
        ours("Fo03", "n1"),
        ("notificatieDi01", "n1", "geaccepteerd", "zelfde bericht nog eens"),
        ours("Bv03", "n1"),
    ]


def test_an_answer_of_our_own_system_belongs_also_when_it_was_refused(werkmap: Werkmap) -> None:
    question = werkmap.handle("corv", notificatie("n1"))
    raad = question["zender_organisatie"]
    broken = answer("Bv01", "b1", "n1", zender=OURS, ontvanger=raad).replace(
        b"<StUF:tijdstipBericht>2026", b"<StUF:tijdstipBericht>x"
    )
    werkmap.handle("eigen", broken)
    werkmap.handle("eigen", answer("Bv01", "b2", "n1", zender=OURS, ontvanger=raad))

    assert lines(werkmap, question["id"]) == [
        ("notificatieDi01", "n1", "geaccepteerd", "begin"),
        ours("Bv03", "n1"),
        ("Bv01", "b1", "geweigerd", "crossRefnummer"),
        ("Bv01", "b2", "geaccepteerd", "crossRefnummer"),
    ]


def test_a_fault_on_our_own_answer_belongs_to_what_that_answered(werkmap: Werkmap) -> None:
    question = werkmap.handle("corv", melding("m1", "PL-1"))
    our_bv01 = str(uuid5(UUID(question["id"]), "Bv01"))
    werkmap.handle("corv", answer("Fo03", "f1", our_bv01, zender=POLITIE))

    assert lines(werkmap, question["id"])[-1] == ("Fo03", "f1", "geaccepteerd", "crossRefnummer")


def test_the_same_melding_number_of_another_melder_is_another_conversation(werkmap: Werkmap) -> None:
    first = werkmap.handle("corv", melding("m1", "PL-1"))
    second = werkmap.handle("corv", melding("m2", "PL-1", ANDERE_MELDER))
    werkmap.handle("eigen", terugkoppeling("t1", "PL-1"))
    werkmap.handle("eigen", terugkoppeling("t2", "PL-1", ANDERE_MELDER))

    assert members(werkmap, first["id"]) == {"m1", "t1"}
    assert members(werkmap, second["id"]) == {"m2", "t2"}


def test_the_same_referentienummer_of_another_system_is_another_conversation(werkmap: Werkmap) -> None:
    first = werkmap.handle("eigen", vto("7", "ZAAK-1"))
    second = werkmap.handle("corv", notificatie("7", "1-RVDK"))
    werkmap.handle("corv", answer("Bv01", "8", "7"))
    werkmap.handle("corv", melding("8", "PL-1"))

    assert members(werkmap, first["id"]) == {"7", "8"}
    assert [line[0] for line in lines(werkmap, first["id"])] == ["vtoDi01", "Bv01", "Bv03"]
    assert [line[0] for line in lines(werkmap, second["id"])] == ["notificatieDi01", "Bv03"]


def test_messages_without_a_number_are_never_taken_together(werkmap: Werkmap) -> None:
    first = werkmap.handle("corv", melding("", "PL-1"))
    second = werkmap.handle("corv", melding("", "PL-2"))
    third = werkmap.handle("corv", answer("Bv01", "", ""))
    unreadable = werkmap.handle("corv", b"geen xml")

    assert [len(lines(werkmap, row["id"])) for row in (first, second, third, unreadable)] == [3, 3, 2, 1]
    assert lines(werkmap, unreadable["id"]) == [(None, None, "onleesbaar", "begin")]


def test_an_empty_crossrefnummer_is_not_that_of_a_message_without_number(werkmap: Werkmap) -> None:
    sent = werkmap.handle("eigen", vto("", "ZAAK-1"))
    reply = werkmap.handle("corv", answer("Bv01", "b1", ""))

    assert [line[0] for line in lines(werkmap, sent["id"])] == ["vtoDi01"]
    assert [line[0] for line in lines(werkmap, reply["id"])] == ["Bv01", "Bv03"]


def test_a_refused_answer_belongs_only_where_its_parties_fit(werkmap: Werkmap) -> None:
    question = werkmap.handle("corv", melding("7", "PL-1"))
    refused = werkmap.handle("eigen", answer("Bv01", "x" * 41, "7", zender=OURS, ontvanger=RAAD))

    assert refused["status"] == "geweigerd"
    assert members(werkmap, question["id"]) == {"7"}
    assert members(werkmap, refused["id"]) == {"x" * 41}


def test_what_we_sent_and_came_back_to_us_is_another_message(werkmap: Werkmap) -> None:
    own_answer = answer("Bv01", "b1", "onbekend", zender=OURS, ontvanger=RAAD)
    sent, came_back = werkmap.handle("eigen", own_answer), werkmap.handle("corv", own_answer)
    returned = werkmap.handle("corv", vto("v1", "ZAAK-1"))  # never sent by us, and refused: its ontvanger is not us
    reply = werkmap.handle("corv", answer("Bv01", "b2", "v1"))

    found = [[line[0] for line in lines(werkmap, row["id"])] for row in (sent, came_back, returned, reply)]
    assert found == [["Bv01"], ["Bv01", "Bv03"], ["vtoDi01", "Fo03"], ["Bv01", "Bv03"]]


@pytest.mark.parametrize("cross", ["", "nooit-verstuurd"])
def test_an_answer_to_nobody_knows_what_is_shown_as_such(werkmap: Werkmap, corv: Corv, cross: str) -> None:
    question = werkmap.handle("eigen", vto("v1", "ZAAK-1"))
    row = werkmap.handle("corv", answer("Bv01", "b1", cross))

    code, out, err = corv("keten", row["id"])

    assert members(werkmap, question["id"]) == {"v1"}
    assert lines(werkmap, row["id"])[0] == ("Bv01", "b1", "geaccepteerd", "niet bekend waarop dit antwoordt")
    assert (code, err) == (0, "")
    assert "niet bekend waarop dit antwoordt; zie: corv koppel" in out
    assert f"koppel {row['id'][-12:]} KENMERK --reden" in out


def test_a_notificatie_on_a_vto_that_we_never_sent_is_normal(werkmap: Werkmap, corv: Corv) -> None:
    known = werkmap.handle("eigen", vto("v1", "ZAAK-1"))
    werkmap.handle("corv", notificatie("n0", "1-RVDK-0", "ZAAK-1"))
    werkmap.handle("corv", notificatie("n1", "1-RVDK-1", "C/16/123456 /FJ RK 24/0001"))
    row = werkmap.handle("corv", notificatie("n2", "1-RVDK-1"))

    assert [line[3] for line in lines(werkmap, row["id"]) if line[2]] == ["begin", "zaakidentificatie"]
    code, out, err = corv("keten", row["id"])
    assert (code, err) == (0, "")
    assert "Van ons is hierbij geen verzoek tot onderzoek (VTO) bekend. Dat komt vaker voor" in out
    assert "Van ons is hierbij geen" not in corv("keten", known["id"])[1]


def test_json_has_one_object_a_line_with_the_agreed_keys(werkmap: Werkmap, corv: Corv) -> None:
    werkmap.configure('bevestig = "geen"', 'bevestig = "Bv04"')
    first = werkmap.handle("eigen", vto("vto-1", "ZAAK-1"))
    bv01 = werkmap.handle("corv", answer("Bv01", "b1", "vto-1"))
    again = werkmap.handle("eigen", vto("vto-2", "ZAAK-1"))

    code, out, err = corv("keten", first["id"][-12:], "--json")

    found = [json.loads(line) for line in out.splitlines()]
    moments = [line.pop("op") for line in found]
    assert (code, err) == (0, "")
    assert [bool(line.pop("bezorgd_op")) for line in found] == [False, True, False, True, False, True]
    assert {line.pop("koppeling") for line in found} == {None}
    assert (moments, moments[0]) == (sorted(moments), first["ontvangen_op"])
    keys = ("richting", "soort", "kenmerk", "referentienummer", "cross_refnummer", "status", "verband", "hoort_bij")
    receipt, our_bv03, late_receipt = (
        str(uuid5(UUID(row["id"]), kind)) for row, kind in ((first, "Bv04"), (bv01, "Bv03"), (again, "Bv04"))
    )
    assert [tuple(line.items()) for line in found] == [
        tuple(zip(keys, values, strict=True))
        for values in (
            ("van ons", "vtoDi01", first["id"], "vto-1", None, "geaccepteerd", "begin", None),
            ("aan eigen systeem", "Bv04", first["id"], receipt, "vto-1", None, "crossRefnummer", first["id"]),
            ("van buiten", "Bv01", bv01["id"], "b1", "vto-1", "geaccepteerd", "crossRefnummer", first["id"]),
            ("van ons", "Bv03", bv01["id"], our_bv03, "b1", None, "crossRefnummer", bv01["id"]),
            ("van ons", "vtoDi01", again["id"], "vto-2", None, "geaccepteerd", "zaakidentificatie", None),
            ("aan eigen systeem", "Bv04", again["id"], late_receipt, "vto-2", None, "crossRefnummer", again["id"]),
        )
    ]


def test_an_answer_of_ours_that_did_not_leave_says_so(werkmap: Werkmap, corv: Corv) -> None:
    (werkmap.path / "outbox/corv").rename(werkmap.path / "outbox/weg")
    werkmap.drop("corv", "n.xml", notificatie("n1"))
    werkmap.run()
    (werkmap.path / "outbox/weg").rename(werkmap.path / "outbox/corv")
    row = werkmap.handle("corv", notificatie("n2", "1-RVDK"))
    with closing(open_for_writing(werkmap.path / "data/corv.sqlite")) as db, transaction(db) as connection:
        connection.execute("UPDATE uitvoer SET bezorgd_op = NULL WHERE soort = 'Bv03' AND bericht = ?", (row["id"],))

    assert "wacht op bezorging" in corv("keten", row["id"])[1]


def test_numbers_of_a_message_are_nowhere_shown(werkmap: Werkmap, corv: Corv) -> None:
    row = werkmap.handle("corv", melding("m1", "GEHEIM-PL"))
    werkmap.handle("eigen", terugkoppeling("t1", "GEHEIM-PL"))
    werkmap.handle("eigen", vto("v1", "GEHEIM-ZAAK"))
    other = werkmap.handle("corv", notificatie("n1", "GEHEIM-RVDK", "GEHEIM-ZAAK"))

    said = [corv("keten", id_, *how) for id_ in (row["id"], other["id"]) for how in ((), ("--json",))]
    assert all("identificatieVtMelding" in out or "zaakidentificatie" in out for _, out, _ in said)
    assert not [out for out in said if "GEHEIM" in "".join(out[1:])]


@pytest.mark.parametrize(("part", "said"), [("000", "minstens"), ("bestaat-niet", "geen bericht"), ("00000000", "geef meer")])
def test_a_kenmerk_that_does_not_fit_is_explained(werkmap: Werkmap, corv: Corv, part: str, said: str) -> None:
    werkmap.handle("corv", melding("m1", "PL-1"))
    werkmap.handle("corv", melding("m2", "PL-2"))

    code, out, err = corv("keten", part)

    assert (code, out) == (2, "")
    assert said in err


def test_a_number_that_very_many_messages_carry_is_cut_off_and_said(werkmap: Werkmap, corv: Corv) -> None:
    row = werkmap.handle("corv", notificatie("n1", "1-RVDK"))
    with closing(open_for_writing(werkmap.path / "data/corv.sqlite")) as db, transaction(db) as connection:
        (soort, waarde, partij) = connection.execute("SELECT soort, waarde, partij FROM sleutel").fetchone()
        for number in range(1200):
            id_ = str(UUID(int=10_000 + number, version=4))
            connection.execute(
                "INSERT INTO bericht (id, kanaal, bestandsnaam, grootte, ontvangen_op, antwoord_tijdstip, status, functie) "
                "SELECT ?, kanaal, bestandsnaam, grootte, ontvangen_op, antwoord_tijdstip, status, functie FROM bericht LIMIT 1",
                (id_,),
            )
            connection.execute("INSERT INTO sleutel VALUES (?, ?, ?, ?)", (id_, soort, waarde, partij))

    code, out, err = corv("keten", row["id"], "--json")

    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert "Hier hoort meer bij dan er wordt getoond" in err
    assert len({line["kenmerk"] for line in found}) == 1000
    assert row["id"] in {line["kenmerk"] for line in found}


def test_no_question_to_the_database_reads_a_whole_table(werkmap: Werkmap) -> None:
    queries = [value for name, value in vars(gather).items() if isinstance(value, str) and "these" in value]
    assert len(queries) == 7
    with closing(open_for_reading(werkmap.path / "data/corv.sqlite")) as db:
        for query in queries:
            plan = rows(db, f"EXPLAIN QUERY PLAN WITH these AS (SELECT value FROM json_each(:ids)) {query}", {"ids": "[]"})
            scanned = {step["detail"].split()[1] for step in plan if step["detail"].startswith("SCAN")}
            assert scanned <= {"these", "json_each", "k"}, query


def test_every_key_of_a_message_is_a_reason() -> None:
    ties = set(Sleutelsoort) - {Sleutelsoort.INGEDIENDE_MELDING}  # where the melder is not named, it is a number of anybody
    assert {soort.value for soort in ties} <= {verband.value for verband in Verband}


# -- the pure half: closure and order ------------------------------------------------------------------------------------

PAIRS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60)


def direct(pairs: list[tuple[int, int]]) -> Callable[..., tuple[list[Link], bool]]:
    """Stands for the database: the direct links of some messages."""
    links = [Link(str(een), str(ander), Verband.ZAAKIDENTIFICATIE) for een, ander in pairs]

    def links_of(ids: list[str]) -> tuple[list[Link], bool]:
        return [link for link in links if {link.een, link.ander} & set(ids)], True

    return links_of


@given(PAIRS)
def test_closure_is_the_connected_part_and_the_same_from_each_member(pairs: list[tuple[int, int]]) -> None:
    expected, grew = {"0"}, True
    while grew:
        more = {str(one) for pair in pairs if {str(one) for one in pair} & expected for one in pair}
        grew, expected = not more <= expected, expected | more

    found = grow("0", direct(pairs))

    assert (set(found.members), found.is_whole) == (expected, True)
    assert all(set(grow(member, direct(pairs)).members) == expected for member in found.members)
    assert len(set(found.links)) == len(found.links)


@given(PAIRS, st.integers(1, 10))
def test_a_cut_off_closure_holds_its_start_and_no_loose_ends(pairs: list[tuple[int, int]], most: int) -> None:
    whole, cut = grow("0", direct(pairs)), grow("0", direct(pairs), most)

    assert cut.members == whole.members[:most]
    assert cut.is_whole == (len(whole.members) <= most)
    assert all({link.een, link.ander} <= set(cut.members) for link in cut.links)


def made(number: int, second: int = 0, kanaal: str = "corv") -> Message:
    moment = f"2026-11-23T08:00:{second:02}+00:00"
    return Message(number, str(number), kanaal, moment, "notificatieDi01", "Di01", f"r{number}", None, "geaccepteerd", None)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), min_size=1, max_size=12), st.randoms())
def test_order_is_that_of_time_with_each_answer_after_its_question(times: list[tuple[int, int]], random: Any) -> None:
    messages = [made(number, second) for number, (second, _) in enumerate(times)]
    answers = [
        OwnAnswer(str(number), "Bv03", "corv", f"a{number}", f"2026-11-23T08:00:{second:02}+00:00", None)
        for number, (_, second) in enumerate(times)
    ]
    shuffled = random.sample(messages, len(messages))

    found = put_in_order(shuffled, answers, ())

    kinds = [(line.kenmerk, line.status is None) for line in found]
    assert sorted(kinds) == sorted((str(number), is_ours) for number in range(len(times)) for is_ours in (False, True))
    assert all(kinds.index((id_, False)) < kinds.index((id_, True)) for id_, _ in kinds)
    asked = [(line.op, int(line.kenmerk)) for line in found if line.status]
    assert asked == sorted(asked)


def test_a_fraction_of_a_second_is_later_than_the_whole_second() -> None:
    late, early = replace(made(1), ontvangen_op="2026-11-23T08:00:00.000001+00:00"), made(2)

    assert [line.kenmerk for line in put_in_order([late, early], (), ())] == ["2", "1"]


def test_the_strongest_link_with_something_earlier_is_the_reason() -> None:
    messages = [made(1), made(2), made(3)]
    links = [
        Link("1", "3", Verband.KENMERK),
        Link("2", "3", Verband.ZAAKIDENTIFICATIE),
        Link("2", "3", Verband.KENMERK),
    ]

    found = put_in_order(messages, (), links)

    # The second hangs together only with what came after it.
    assert [line.verband for line in found] == [Verband.BEGIN, Verband.ZAAKIDENTIFICATIE, Verband.ZAAKIDENTIFICATIE]
    assert [line.richting for line in put_in_order([made(1, kanaal="eigen")], (), ())] == [Richting.VAN_ONS]


def test_an_answer_is_unmatched_unless_its_own_number_or_a_person_tells_what_it_answers() -> None:
    reply, other = replace(made(1), berichtcode="Bv01"), made(2)

    def reasons(*links: Link) -> list[Verband]:
        return [line.verband for line in put_in_order([reply, other], (), links)]

    assert reasons(Link("2", "1", Verband.CROSS_REFNUMMER)) == [Verband.VRAAG_ONBEKEND, Verband.CROSS_REFNUMMER]
    assert reasons(Link("1", "2", Verband.CROSS_REFNUMMER)) == [Verband.BEGIN, Verband.CROSS_REFNUMMER]
    assert reasons(Link("1", "2", Verband.MET_DE_HAND)) == [Verband.BEGIN, Verband.MET_DE_HAND]
    assert reasons(Link("2", "1", Verband.NOG_EENS)) == [Verband.VRAAG_ONBEKEND, Verband.NOG_EENS]


def test_a_chain_of_one() -> None:
    assert grow("1", lambda _ids: ([], True)) == Chain(("1",), (), is_whole=True)
