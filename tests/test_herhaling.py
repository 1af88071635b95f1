"""The same message again, another message under the same number, answers and what they answer."""

import pytest
from lxml import etree

from conftest import Werkmap, is_answer, message
from corv.outcome import Status

MELDING = "vtMeldingDi01/minimaal.xml"
SAME_IN_OTHER_CLOTHES = "vtMeldingDi01/andere-voorvoegsels.xml"
OTHER_UNDER_SAME_NUMBER = "vtMeldingDi01/zelfde-nummer-andere-inhoud.xml"


def answers(werkmap: Werkmap, id_: str) -> dict[str, bytes]:
    return {name.split("-")[-1]: content for name, content in werkmap.outbox().items() if id_ in name and is_answer(name)}


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "in two passes"])
@pytest.mark.parametrize("again", [MELDING, SAME_IN_OTHER_CLOTHES])
def test_a_repeat_gets_the_same_answers_again_and_is_delivered_once(werkmap: Werkmap, again: str, together: bool) -> None:
    werkmap.drop("corv", "1.xml", message(MELDING))
    if not together:
        werkmap.run()
    werkmap.drop("corv", "2.xml", message(again))
    werkmap.run()

    second, first = werkmap.rows()
    assert (first["status"], second["status"]) == ("geaccepteerd", "herhaald")
    assert answers(werkmap, second["id"]) == answers(werkmap, first["id"])
    assert set(answers(werkmap, second["id"])) == {"Bv03.xml", "Bv01.xml"}
    assert [name for name in werkmap.outbox() if name.startswith("eigen/")] == [f"eigen/{first['id']}-vtMeldingDi01.xml"]


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "in two passes"])
def test_other_content_under_the_same_number_is_refused_and_put_before_a_person(werkmap: Werkmap, together: bool) -> None:
    werkmap.drop("corv", "1.xml", message(MELDING))
    if not together:
        werkmap.run()
    werkmap.drop("corv", "2.xml", message(OTHER_UNDER_SAME_NUMBER))
    werkmap.run()

    second, first = werkmap.rows()
    assert (first["status"], second["status"]) == ("geaccepteerd", "geweigerd")
    assert werkmap.whole(second["id"])["besluit"]["foutcode"] == "StUF016"
    assert werkmap.written(second) == {"corv/Fo03.xml", "eigen/aandacht/vtMeldingDi01.xml", "eigen/aandacht/vtMeldingDi01.txt"}


def test_a_repeat_of_a_message_refused_for_its_form_gets_the_same_fault_again(werkmap: Werkmap) -> None:
    first = werkmap.handle("corv", message("notificatieDi01/ongeldig-bsn.xml"))
    second = werkmap.handle("corv", message("notificatieDi01/ongeldig-bsn.xml"))

    assert second["status"] == "herhaald"
    assert answers(werkmap, second["id"]) == answers(werkmap, first["id"])


def test_after_an_fo03_a_resend_is_handled_afresh(werkmap: Werkmap) -> None:
    content = message("vtMeldingDi01/onbekende-ontvanger.xml")
    refused = werkmap.handle("corv", content)
    werkmap.configure('oins = ["00000001999000001000"]', 'oins = ["00000001999000001000", "00000001999000099000"]')
    accepted = werkmap.handle("corv", content)

    assert (refused["status"], accepted["status"]) == ("geweigerd", "geaccepteerd")


def test_messages_without_referentienummer_are_never_taken_for_each_other(werkmap: Werkmap) -> None:
    for name in ("1.xml", "2.xml", "3.xml"):
        werkmap.drop("corv", name, message("vtMeldingDi01/leeg-referentienummer.xml"))
    report = werkmap.run()

    assert report.statuses == {Status.GEACCEPTEERD: 3}


def test_a_repeat_from_our_own_system_is_not_sent_twice(werkmap: Werkmap) -> None:
    first = werkmap.handle("eigen", message("vtoDi01/minimaal.xml"))
    second = werkmap.handle("eigen", message("vtoDi01/minimaal.xml"))

    assert second["status"] == "herhaald"
    assert list(werkmap.outbox()) == [f"corv/{first['id']}-vtoDi01.xml"]


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "in two passes"])
def test_an_answer_is_tied_to_what_it_answers_and_goes_to_who_sent_that(werkmap: Werkmap, together: bool) -> None:
    werkmap.drop("eigen", "vto.xml", message("vtoDi01/minimaal.xml"))
    if not together:
        werkmap.run()
    werkmap.drop("corv", "bv01.xml", message("Bv01Bericht/op-vto.xml"))
    werkmap.run()

    bv01, vto = werkmap.rows()
    whole = werkmap.whole(bv01["id"])
    assert whole["bericht"]["hoort_bij"] == vto["id"]
    assert whole["bevindingen"] == []
    assert f"eigen/{bv01['id']}-Bv01Bericht.xml" in werkmap.outbox()


def test_an_answer_to_our_own_reply_is_for_no_one(werkmap: Werkmap) -> None:
    melding = werkmap.handle("corv", message(MELDING))
    our_bv01 = etree.fromstring(answers(werkmap, melding["id"])["Bv01.xml"])
    number = our_bv01.findtext(".//{*}referentienummer") or ""
    receipt = message("Fo03Bericht/op-terugkoppeling.xml").replace(b"vtt-2026-0001-minimaal", number.encode())
    row = werkmap.handle("corv", receipt)

    assert (row["status"], werkmap.written(row)) == ("geaccepteerd", set())
    assert werkmap.whole(row["id"])["bericht"]["hoort_bij"] == melding["id"]


def test_a_technical_receipt_from_our_own_system_is_recorded_and_not_passed_on(werkmap: Werkmap) -> None:
    row = werkmap.handle("eigen", message("Bv03Bericht/op-vto.xml"))

    assert (row["status"], werkmap.outbox()) == ("geaccepteerd", {})


def test_an_answer_of_our_own_system_is_sent_only_when_it_is_valid(werkmap: Werkmap) -> None:
    ours = message("Bv01Bericht/op-vto.xml").replace(b"00000002999000003000", b"00000001999000001000", 1)
    assert werkmap.written(werkmap.handle("eigen", ours)) == {"corv/Bv01Bericht.xml"}

    broken = ours.replace(b"bv01-2026-0001", b"x" * 41)
    row = werkmap.handle("eigen", broken)
    assert row["status"] == "geweigerd"
    assert werkmap.written(row) == {"eigen/aandacht/Bv01Bericht.xml", "eigen/aandacht/Bv01Bericht.txt"}


def test_replies_swap_the_parties_and_their_moments_rise(werkmap: Werkmap) -> None:
    for number, name in enumerate(("vtMeldingDi01/volledig.xml", MELDING, "notificatieDi01/ongeldig-bsn.xml")):
        werkmap.drop("corv", f"{number}.xml", message(name))
    werkmap.run()

    moments = {}
    for name, content in werkmap.outbox().items():
        if not is_answer(name):
            continue
        reply = etree.fromstring(content)
        received = next(row for row in werkmap.rows() if row["id"] in name)
        original = etree.fromstring((werkmap.path / received["bestand"]).read_bytes())
        for ours, theirs in (("zender", "ontvanger"), ("ontvanger", "zender")):
            for part in ("organisatie", "applicatie", "administratie"):
                assert reply.findtext(f".//{{*}}{ours}/{{*}}{part}") == original.findtext(f".//{{*}}{theirs}/{{*}}{part}")
        assert reply.findtext(".//{*}gebruiker") is None
        assert reply.findtext(".//{*}crossRefnummer") == original.findtext(".//{*}referentienummer")
        moments[(received["id"], name[-8:])] = reply.findtext(".//{*}tijdstipBericht") or ""
    in_order = [moments[key] for key in sorted(moments, key=lambda key: (key[0], key[1] != "Bv03.xml"))]
    assert in_order == sorted(set(in_order))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ((b"", b""), {"corv/Bv03.xml", "corv/Bv01.xml"}),
        ((b"<JZ:vraagCode>VT-001<", b"<JZ:vraagCode>VT-009<"), {"corv/Bv03.xml", "corv/Fo01.xml"}),
    ],
    ids=["accepted", "refused"],
)
def test_no_reply_copies_how_the_receiver_of_a_generic_melding_can_be_reached(
    werkmap: Werkmap, change: tuple[bytes, bytes], expected: set[str]
) -> None:
    werkmap.configure("meldingGeneriekDi01 = false", "meldingGeneriekDi01 = true", "antwoorden.toml")
    content = message("meldingGeneriekDi01/volledig.xml").replace(*change)
    assert b"<StUF:aanvullendeIdentificerendeGegevens>" in content

    row = werkmap.handle("corv", content)

    replies = {name: etree.fromstring(reply) for name, reply in werkmap.outbox().items() if is_answer(name)}
    assert {name.replace(f"{row['id']}-", "") for name in replies} == expected
    for reply in replies.values():
        for side in ("zender", "ontvanger"):
            parts = [etree.QName(part).localname for part in reply.findall(f".//{{*}}{side}/*")]
            assert parts == ["organisatie", "applicatie", "administratie"]


@pytest.mark.parametrize(("bevestig", "expected"), [("geen", set()), ("Bv04", {"eigen/Bv04.xml"}), ("Bv03", {"eigen/Bv03.xml"})])
def test_our_own_system_gets_the_receipt_that_it_wants(werkmap: Werkmap, bevestig: str, expected: set[str]) -> None:
    werkmap.configure('bevestig = "geen"', f'bevestig = "{bevestig}"')
    row = werkmap.handle("eigen", message("vtoDi01/minimaal.xml"))

    assert werkmap.written(row) == expected | {"corv/vtoDi01.xml"}


def test_where_ebms_confirms_no_receipt_is_written_but_faults_are(werkmap: Werkmap) -> None:
    werkmap.configure('bevestig = "Bv03"', 'bevestig = "geen"')

    assert werkmap.written(werkmap.handle("corv", message("notificatieDi01/minimaal.xml"))) == {"eigen/notificatieDi01.xml"}
    assert werkmap.written(werkmap.handle("corv", message("notificatieDi01/ongeldig-bsn.xml"))) == {"corv/Fo01.xml"}
