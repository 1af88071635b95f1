"""What the rules do on the main path: what we send is refused by them, what we receive is warned of, by the levels of config/."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree

from conftest import Werkmap, message
from corv.stuf import STUF

Corv = Callable[..., tuple[int, str, str]]

WRONG_VTO = message("vtoDi01/tegen-een-regel.xml")
GOOD_BSN, WRONG_BSN = b"999923961", b"999923962"
REGELS = "regels.toml"


def with_wrong_bsn(name: str) -> bytes:
    """A received message of which the first BSN fails the eleven test."""
    root = etree.fromstring(message(name))
    element = next(root.iter("{*}inp.bsn"))
    assert element.text is not None
    element.text = f"{element.text[:-1]}{(int(element.text[-1]) + 1) % 10}"
    return etree.tostring(root)


def levels(werkmap: Werkmap, text: str) -> None:
    with (werkmap.path / "config" / REGELS).open("a", encoding="utf-8") as file:
        file.write(text)


def findings(werkmap: Werkmap, id_: str) -> list[tuple[str, str]]:
    return [(one["code"], one["niveau"]) for one in werkmap.whole(id_)["bevindingen"]]


def test_what_we_send_against_a_rule_comes_back_with_the_rule_and_is_not_sent(werkmap: Werkmap) -> None:
    row = werkmap.handle("eigen", WRONG_VTO)
    fault = etree.fromstring(werkmap.outbox()[f"eigen/{row['id']}-Fo01.xml"])

    assert (row["status"], werkmap.written(row)) == ("geweigerd", {"eigen/Fo01.xml"})
    assert findings(werkmap, row["id"]) == [("bsn-elfproef", "fout")]
    assert fault.findtext(f".//{{{STUF}}}code") == "StUF055"
    details = fault.findtext(f".//{{{STUF}}}details") or ""
    assert details.startswith("Niet verzonden: Het bericht is in strijd met regel bsn-elfproef.")
    assert "elfproef. Verbeter het BSN" in details
    assert WRONG_BSN.decode() not in details


def test_what_was_put_right_is_sent_under_another_number(werkmap: Werkmap) -> None:
    werkmap.handle("eigen", WRONG_VTO)
    good = WRONG_VTO.replace(WRONG_BSN, GOOD_BSN).replace(b"0001-tegen", b"0002-tegen")

    assert werkmap.handle("eigen", good)["status"] == "geaccepteerd"


@pytest.mark.parametrize("name", ["vtMeldingDi01/volledig.xml", "notificatieDi01/volledig.xml"])
def test_what_we_receive_against_a_rule_is_accepted_with_a_warning(werkmap: Werkmap, name: str) -> None:
    row = werkmap.handle("corv", with_wrong_bsn(name))

    assert row["status"] == "geaccepteerd"
    assert ("bsn-elfproef", "waarschuwing") in findings(werkmap, row["id"])
    assert f"eigen/{row['functie']}.xml" in werkmap.written(row)


def test_by_choice_a_received_message_is_refused_by_a_rule_and_a_melding_never(werkmap: Werkmap) -> None:
    levels(werkmap, '\n[[regel]]\nid = "bsn-elfproef"\nontvangst = "fout"\n')

    notificatie = werkmap.handle("corv", with_wrong_bsn("notificatieDi01/volledig.xml"))
    fault = etree.fromstring(werkmap.outbox()[f"corv/{notificatie['id']}-Fo01.xml"])
    melding = werkmap.handle("corv", with_wrong_bsn("vtMeldingDi01/volledig.xml"))

    assert (notificatie["status"], werkmap.written(notificatie)) == ("geweigerd", {"corv/Bv03.xml", "corv/Fo01.xml"})
    assert "Verbeter het BSN" in (fault.findtext(f".//{{{STUF}}}details") or "")  # that is for who made it
    assert melding["status"] == "geaccepteerd"
    assert findings(werkmap, melding["id"]) == [("bsn-elfproef", "waarschuwing")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ('[[regel]]\nid = "bsn-elfproef"\nverzenden = "uit"\n', "geaccepteerd"),
        ('[[regel]]\nid = "bsn-elfproef"\nverzenden = "waarschuwing"\n', "geaccepteerd"),
        ('[[regel]]\nid = "bsn-elfproef"\nontvangst = "uit"\n', "geweigerd"),
        ('[[regel]]\nid = "bsn-elfproef"\nverzenden = "uit"\nvanaf = 2026-11-21\n', "geaccepteerd"),
        ('[[regel]]\nid = "bsn-elfproef"\nverzenden = "uit"\nvanaf = 2026-11-23\n', "geweigerd"),
        (
            '[[regel]]\nid = "bsn-elfproef"\nverzenden = "uit"\n'
            '[[regel]]\nid = "bsn-elfproef"\nverzenden = "fout"\nvanaf = 2026-11-20\n',
            "geweigerd",
        ),
    ],
)
def test_a_level_counts_for_its_direction_and_from_its_day(werkmap: Werkmap, text: str, status: str) -> None:
    werkmap.now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    levels(werkmap, f"\n{text}")

    assert werkmap.handle("eigen", WRONG_VTO)["status"] == status


def test_no_rule_weighs_more_than_the_highest_that_is_allowed(werkmap: Werkmap) -> None:
    werkmap.configure('verzenden = "fout"', 'verzenden = "waarschuwing"', REGELS)
    row = werkmap.handle("eigen", WRONG_VTO)

    assert row["status"] == "geaccepteerd"
    assert findings(werkmap, row["id"]) == [("bsn-elfproef", "waarschuwing")]


def test_all_mistakes_in_the_levels_are_told_at_once_each_with_its_line(werkmap: Werkmap, corv: Corv) -> None:
    (werkmap.path / "config" / REGELS).write_text(
        '[hoogstens]\nverzenden = "streng"\n\n[[regel]]\nid = "CORV-A9.99"\nverzenden = "fout"\n\n'
        '[[regel]]\nid = "CORV-A3.2"\nniveau = "uit"\n\n[[regel]]\nverzenden = "af"\n\n'
        '[[regel]]\nid = "bsn-elfproef"\nontvangst = "uit"\n\n'
        '[[regel]]\nid = "bsn-elfproef"\nontvangst = "fout"\nvanaf = "morgen"\n'
        '[[regel]]\nid = "bsn-elfproef"\nontvangst = "uit"\n',
        encoding="utf-8",
    )
    code, _, err = corv("verwerk")

    told = [line.removeprefix("Fout: ") for line in err.splitlines()]
    assert code == 2
    assert [line.partition(" ")[0] for line in told] == ["config/regels.toml,"] * len(told)
    for place, what in {
        "regel 2: hoogstens.verzenden": "moet een van deze zijn: uit, waarschuwing, fout.",
        "regel 5: regel[1].id": "is geen bekende regel",
        "regel 9: regel[2].id": "zegt niets: noem verzenden, ontvangst of beide",
        "regel 10: regel[2].niveau": "is geen bekende sleutel; bekend zijn: id, ontvangst, vanaf, verzenden.",
        "regel 13: regel[3].verzenden": "moet een van deze zijn",
        "regel 22: regel[5].vanaf": "moet een datum zijn, zoals 2026-11-01.",
        "regel 24: regel[6].id": "staat hier nog eens met dezelfde dag",
    }.items():
        assert [line for line in told if place in line and what in line], (place, told)


def test_controleer_is_stricter_for_what_we_send(werkmap: Werkmap, corv: Corv) -> None:
    file = werkmap.path / "vto.xml"
    file.write_bytes(WRONG_VTO)

    def verdict(*args: str) -> Any:
        return corv("controleer", "--json", *args, str(file))[1].partition('"oordeel": "')[2].partition('"')[0]

    assert verdict() == "fout"  # it is from one of ours
    assert verdict("--kanaal", "corv") == "waarschuwing"
    file.write_bytes(WRONG_VTO.replace(b"00000001999000001000", b"00000001999000009000"))
    assert verdict() == "waarschuwing"
    assert verdict("--kanaal", "eigen") == "fout"


def test_verklaar_tells_the_rule_and_what_would_be_written(werkmap: Werkmap, corv: Corv) -> None:
    file = werkmap.path / "vto.xml"
    file.write_bytes(WRONG_VTO)
    code, out, _ = corv("verklaar", str(file))

    assert code == 1
    assert "bsn-elfproef" in out
    assert "tegen-een-regel" in out


def test_a_refusal_by_many_rules_names_a_few_and_leaves_room_for_what_is_wrong(werkmap: Werkmap) -> None:
    root = etree.fromstring(message("vtoDi01/minimaal.xml"))
    for name in ("documentnaam", "indicatieGeinformeerd", "clientvolgnummer"):
        for element in root.iterfind(f".//{{*}}extraElement[@naam='{name}']"):
            element.set("naam", "onbekend")
    for name in ("geslachtsnaam", "inp.bsn"):
        for element in root.iter(f"{{*}}{name}"):
            element.text = "123456789" if name == "inp.bsn" else None
    row = werkmap.handle("eigen", etree.tostring(root))
    broken = {code for code, niveau in findings(werkmap, row["id"]) if niveau == "fout"}
    details = etree.fromstring(werkmap.outbox()[f"eigen/{row['id']}-Fo01.xml"]).findtext(f".//{{{STUF}}}details") or ""

    assert len(broken) > 3
    assert f" en nog {len(broken) - 3}. Verbeter het" in details
    assert "Dit is geen geldig BSN" in details
