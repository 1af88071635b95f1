"""After a melding was sent on: who may close it, what makes it ours again, and that no way round leaves it with nobody."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from meldingen import IN_TWENTE, POLITIE, terugkoppeling_of_twente
from test_herrouteren import file, from_twente, open_attention, text

from conftest import TWENTE, Werkmap
from corv.clock import utc_now

Corv = Callable[..., tuple[int, str, str]]

DRENTHE = "00000001999000002019"
BY_JAN = ("--reden", "Gebeld", "--door", "jan")
HANDED_BACK = terugkoppeling_of_twente("Melding onjuist geadresseerd")


@pytest.fixture
def werk(werkmap: Werkmap) -> Werkmap:
    """The OINs of Twente and Drenthe are confirmed; it is two days ago, so that what a person does now comes later."""
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    werkmap.confirm("Veilig Thuis Drenthe", DRENTHE, "")
    werkmap.now = utc_now() - timedelta(days=2)
    return werkmap


def unconfirm(werk: Werkmap) -> None:
    werk.configure(
        f'oin = "{TWENTE}"\nbevestigd_door = "J. Jansen"\nbevestigd_op = 2026-01-01', f'oin = "{TWENTE}"', "organisaties.toml"
    )


def add_rule(werk: Werkmap, dan: str, verwacht: str) -> None:
    """A rule before those that look at the addresses, for what the police sends."""
    werk.configure(
        '[[regel]]\nnaam = "zeker-voor-ander"',
        f'[[regel]]\nnaam = "afspraak"\nals = {{ functie = ["vtMeldingDi01"], zender = ["{POLITIE}"] }}\n{dan}\n'
        f'[[regel.voorbeeld]]\nwerkgebied = "VT20"\nzender = "{POLITIE}"\nverwacht = {{ {verwacht} }}\n\n'
        '[[regel]]\nnaam = "zeker-voor-ander"',
        "herroutering.toml",
    )


def sent_to(werk: Werkmap, id_: str, code: str) -> str:
    (row,) = [row for row in werk.whole(id_)["uitvoer"] if row["bestand"] == f"{id_}-{code}-vtMeldingDi01.xml"]
    return str(row["referentienummer"])


def later(werk: Werkmap, hours: float = 25) -> None:
    werk.now = max(werk.now, utc_now()) + timedelta(hours=hours)
    werk.run()


def awaited(corv: Corv) -> bool:
    return '"ontvangst"' in corv("openstaand", "--json")[1]


def silence_of_the_first(werk: Werkmap, corv: Corv, id_: str) -> None:
    werk.now += timedelta(hours=25)
    werk.run()
    assert corv("beslis", id_, "--afgehandeld", *BY_JAN)[0] == 0
    werk.handle("corv", from_twente("Fo01", sent_to(werk, id_, "VT19")))


def tied_fault(werk: Werkmap, corv: Corv, id_: str) -> None:
    fault = werk.handle("corv", from_twente("Fo01", ""))
    assert corv("koppel", fault["id"], id_, *BY_JAN)[0] == 0


@pytest.mark.parametrize(
    "setback",
    [
        lambda werk, _corv, _id: werk.handle("corv", HANDED_BACK),
        lambda werk, _corv, id_: werk.handle("corv", from_twente("Fo01", sent_to(werk, id_, "VT19"))),
        silence_of_the_first,
        tied_fault,
    ],
    ids=["handed back", "refused", "silent, settled, then refused", "refused, tied by hand"],
)
def test_the_next_organisation_is_awaited_whatever_came_of_the_first(
    werk: Werkmap, corv: Corv, setback: Callable[[Werkmap, Corv, str], object]
) -> None:
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    setback(werk, corv, id_)
    assert "doorsturing_geweigerd" in open_attention(werk, id_)

    assert corv("beslis", id_, "--herrouteer", "VT02", *BY_JAN)[0] == 0
    assert awaited(corv)
    assert open_attention(werk, id_) == []
    later(werk)
    assert open_attention(werk, id_) == ["doorsturing_stil"]


def test_a_resend_after_a_refusal_is_awaited_again(werk: Werkmap, corv: Corv) -> None:
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    werk.handle("corv", from_twente("Fo03", sent_to(werk, id_, "VT19")))
    (werk.path / f"outbox/corv/{id_}-VT19-vtMeldingDi01.xml").unlink()
    assert corv("bezorg", id_, "--opnieuw", "--soort", "doorsturing", *BY_JAN)[0] == 0
    assert corv("beslis", id_, "--afgehandeld", *BY_JAN)[0] == 0
    later(werk)
    assert open_attention(werk, id_) == ["doorsturing_stil"]


def test_where_only_the_melder_was_told_before_the_melding_does_not_go_without_a_forward(werk: Werkmap, corv: Corv) -> None:
    werk.configure('wijze = "beide"', 'wijze = "doorsturen"', "herroutering.toml")
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    werk.handle("corv", from_twente("Fo01", sent_to(werk, id_, "VT19")))
    werk.configure('wijze = "doorsturen"', 'wijze = "beide"', "herroutering.toml")
    code, _, err = corv("beslis", id_, "--herrouteer", "VT19", *BY_JAN)
    assert (code, "al naar Veilig Thuis Twente gestuurd" in err) == (2, True)
    assert open_attention(werk, id_) == ["doorsturing_geweigerd"]


def test_a_hand_back_of_a_number_that_was_sent_twice_makes_both_ours_again(werk: Werkmap, corv: Corv) -> None:
    first = werk.handle("corv", IN_TWENTE)["id"]
    second = werk.handle("corv", IN_TWENTE.replace(b"pol-1", b"pol-2"))["id"]
    code, _, err = corv("beslis", second, "--herrouteer", "VT19", *BY_JAN)
    assert (code, f"al doorgestuurd als bericht {first}" in err) == (0, True)
    row = werk.handle("corv", HANDED_BACK)
    assert "corv/melder-vtTerugkoppelingDi01.xml" in werk.written(row)
    assert [open_attention(werk, id_) for id_ in (first, second)] == [["doorsturing_geweigerd"]] * 2


def test_a_terugkoppeling_on_a_number_of_two_melders_is_for_a_person(werk: Werkmap) -> None:
    werk.handle("corv", IN_TWENTE)
    halt = IN_TWENTE.replace(POLITIE.encode(), b"00000002999000007000").replace(b"Politie Proefdal", b"Halt Proefdal")
    assert werk.handle("corv", halt)["status"] == "herrouteerd"
    row = werk.handle("corv", terugkoppeling_of_twente("uitkomst veiligheidsbeoordeling"))
    assert (row["status"], row["besluit"]) == ("te_beoordelen", "beoordeel")


def two_melders(werk: Werkmap) -> list[str]:
    """Two meldingen under one number, of the police and of Halt, that went to Twente; gives their ids."""
    halt = IN_TWENTE.replace(POLITIE.encode(), b"00000002999000007000").replace(b"Politie Proefdal", b"Halt Proefdal")
    rows = [werk.handle("corv", content) for content in (IN_TWENTE, halt)]
    assert {row["status"] for row in rows} == {"herrouteerd"}
    return [row["id"] for row in rows]


def test_a_terugkoppeling_on_a_number_of_two_melders_shows_of_neither_that_it_arrived(werk: Werkmap, corv: Corv) -> None:
    ids = two_melders(werk)
    before = werk.handle("corv", terugkoppeling_of_twente("uitkomst veiligheidsbeoordeling"))
    found = werk.whole(before["id"])
    assert (before["status"], found["bericht"]["hoort_bij"]) == ("te_beoordelen", None)
    assert all(id_ in found["besluit"]["reden"] for id_ in ids)
    assert corv("openstaand", "--json")[1].count('"ontvangst"') == 2

    later(werk)
    assert [open_attention(werk, id_) for id_ in ids] == [["doorsturing_stil"]] * 2
    again = werk.handle("corv", terugkoppeling_of_twente("uitkomst veiligheidsbeoordeling").replace(b">tk-", b">tk2-"))
    assert again["status"] == "te_beoordelen"
    assert [open_attention(werk, id_) for id_ in ids] == [["doorsturing_stil"]] * 2


def test_a_hand_back_of_a_number_of_two_melders_makes_both_ours_again(werk: Werkmap) -> None:
    ids = two_melders(werk)
    row = werk.handle("corv", HANDED_BACK)
    assert row["status"] == "te_beoordelen"
    assert [open_attention(werk, id_) for id_ in ids] == [["doorsturing_geweigerd"]] * 2


def test_a_hand_back_after_silence_shows_of_nothing_that_it_arrived(werk: Werkmap) -> None:
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    later(werk)
    werk.handle("corv", HANDED_BACK)
    assert open_attention(werk, id_) == ["doorsturing_geweigerd", "doorsturing_stil"]


def test_a_melder_that_can_not_be_written_to_does_not_hide_that_his_melding_arrived(werk: Werkmap, corv: Corv) -> None:
    unsigned = IN_TWENTE.replace(POLITIE.encode(), b"", 1)
    id_ = werk.handle("corv", unsigned)["id"]
    assert corv("beslis", id_, "--herrouteer", "VT19", *BY_JAN)[0] == 0
    later(werk)
    assert "doorsturing_stil" in open_attention(werk, id_)
    row = werk.handle("corv", terugkoppeling_of_twente("uitkomst veiligheidsbeoordeling"))
    assert (row["status"], werk.whole(row["id"])["bericht"]["hoort_bij"]) == ("te_beoordelen", id_)
    assert ("doorsturing_stil" in open_attention(werk, id_), awaited(corv)) == (False, False)


def test_where_only_the_melder_is_told_it_stays_ours_until_a_person_knows(werk: Werkmap, corv: Corv) -> None:
    werk.configure('wijze = "beide"', 'wijze = "terugkoppeling"', "herroutering.toml")
    row = werk.handle("corv", IN_TWENTE)
    assert (row["status"], open_attention(werk, row["id"])) == ("herrouteerd", ["niet_doorgestuurd"])
    again = werk.handle("corv", IN_TWENTE.replace(b"pol-1", b"pol-2"))
    assert (again["status"], werk.whole(again["id"])["besluit"]["regel"]) == ("te_beoordelen", "al-eerder-doorgestuurd")
    assert corv("beslis", row["id"], "--accepteer", *BY_JAN)[0] == 0
    assert open_attention(werk, row["id"]) == []


def test_a_mended_oin_gets_it_as_a_new_message(werk: Werkmap, corv: Corv) -> None:
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    werk.handle("corv", from_twente("Fo03", sent_to(werk, id_, "VT19")))
    mended = "00000001999000019001"
    werk.configure(f'oin = "{TWENTE}"', f'oin = "{mended}"', "organisaties.toml")
    assert corv("beslis", id_, "--herrouteer", "VT19", *BY_JAN)[0] == 0
    forward = file(werk, id_, "corv/VT19-2-vtMeldingDi01.xml")
    assert text(forward, "JZ:stuurgegevens/StUF:ontvanger/StUF:organisatie") == mended
    assert sent_to(werk, id_, "VT19-2") != sent_to(werk, id_, "VT19")
    assert awaited(corv)


def test_a_resend_goes_to_the_last_organisation_alone(werk: Werkmap, corv: Corv) -> None:
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    werk.handle("corv", from_twente("Fo01", sent_to(werk, id_, "VT19")))
    corv("beslis", id_, "--herrouteer", "VT02", *BY_JAN)
    for path in (werk.path / "outbox/corv").glob("*.xml"):
        path.unlink()
    werk.run()
    assert corv("bezorg", id_, "--opnieuw", "--soort", "doorsturing", *BY_JAN)[0] == 0
    assert {name for name in werk.outbox() if "vtMelding" in name and name.startswith("corv")} == {
        f"corv/{id_}-VT02-vtMeldingDi01.xml"
    }


def test_only_who_got_it_last_can_close_or_refuse_it(werk: Werkmap, corv: Corv) -> None:
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    number = sent_to(werk, id_, "VT19")
    for kind in ("Bv01", "Fo01"):
        stranger = from_twente(kind, number, f"vreemd-{kind}").replace(TWENTE.encode(), b"00000001999000077000")
        werk.handle("corv", stranger)
        assert (open_attention(werk, id_), awaited(corv)) == ([], True)

    werk.handle("corv", from_twente("Fo01", number))
    corv("beslis", id_, "--herrouteer", "VT02", *BY_JAN)
    later(werk)
    werk.handle("corv", from_twente("Bv01", number, "te-laat"))
    assert (open_attention(werk, id_), awaited(corv)) == (["doorsturing_stil"], True)


def test_silence_is_told_once_for_each_time_that_it_was_sent(werk: Werkmap, corv: Corv) -> None:
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    werk.now += timedelta(hours=25)
    werk.run()
    (werk.path / f"outbox/corv/{id_}-VT19-vtMeldingDi01.xml").unlink()
    corv("bezorg", id_, "--opnieuw", "--soort", "doorsturing", *BY_JAN)
    for _ in range(3):
        later(werk)
    asked = [event for event in werk.whole(id_)["gebeurtenissen"] if event["soort"] == "aandacht"]
    assert len(asked) == 1


def test_who_got_a_bv01_can_not_be_refused_any_more(werk: Werkmap, corv: Corv) -> None:
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    werk.handle("corv", from_twente("Fo01", sent_to(werk, id_, "VT19")))
    code, _, err = corv("beslis", id_, "--weiger", *BY_JAN)
    assert (code, "heeft al een Bv01" in err) == (2, True)


def test_who_can_not_be_addressed_is_not_told_and_a_person_decides(werk: Werkmap) -> None:
    row = werk.handle("corv", IN_TWENTE.replace(POLITIE.encode(), b"", 1))
    assert row["status"] == "te_beoordelen"
    assert not [name for name in werk.written(row) if "VT19" in name]


def test_no_proposal_sends_a_melding_back_to_who_sent_it(werk: Werkmap, corv: Corv) -> None:
    row = werk.handle("corv", IN_TWENTE.replace(POLITIE.encode(), TWENTE.encode()))
    assert (row["status"], werk.whole(row["id"])["besluit"]["naar"]) == ("te_beoordelen", None)
    assert "--herrouteer CODE" in corv("toon", row["id"])[1]


def test_the_reason_of_a_rule_with_a_target_of_its_own_is_told(werk: Werkmap) -> None:
    add_rule(werk, 'dan = "herrouteer"\nnaar = "VT02"\nreden = "Afspraak met Drenthe."', 'dan = "herrouteer", naar = "VT02"')
    row = werk.handle("corv", IN_TWENTE)
    assert (row["status"], werk.whole(row["id"])["besluit"]["naar"]) == ("herrouteerd", "VT02")
    assert "Afspraak met Drenthe." in werk.whole(row["id"])["besluit"]["reden"]


def test_a_message_of_an_earlier_version_gets_its_keys_when_a_person_decides(werk: Werkmap, corv: Corv) -> None:
    unconfirm(werk)
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    with closing(sqlite3.connect(werk.path / "data/corv.sqlite")) as db, db:
        db.execute("DELETE FROM sleutel WHERE soort LIKE '%melder'")
    corv("beslis", id_, "--herrouteer", "VT19", *BY_JAN)
    werk.confirm("Veilig Thuis Twente", TWENTE)
    again = werk.handle("corv", IN_TWENTE.replace(b"pol-1", b"pol-2"))
    assert werk.whole(again["id"])["besluit"]["regel"] == "al-eerder-doorgestuurd"


# -- after a restore ---------------------------------------------------------------------------------------------------


def restored(werk: Werkmap, tmp_path: Path) -> Callable[[], None]:
    werk.run()
    shutil.copy(werk.path / "data/corv.sqlite", tmp_path / "gisteren.sqlite")
    return lambda: void(shutil.copy(tmp_path / "gisteren.sqlite", werk.path / "data/corv.sqlite"))


def void(_: object) -> None:
    """For a lambda that gives nothing."""


def test_a_forward_that_lies_there_is_one_whatever_the_rules_say_now(werk: Werkmap, corv: Corv, tmp_path: Path) -> None:
    put_back = restored(werk, tmp_path)
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    put_back()
    add_rule(werk, 'dan = "accepteer"', 'dan = "accepteer"')
    werk.run()
    row = werk.rows()[0]
    assert (row["id"], row["status"], awaited(corv)) == (id_, "herrouteerd", True)
    assert not [one for one in werk.whole(id_)["uitvoer"] if one["kanaal"] == "eigen" and one["soort"] == "bezorging"]
    assert corv("herstel", "--grondig")[0] == 0


def test_what_other_rules_would_accept_now_is_put_before_a_person(werk: Werkmap, corv: Corv, tmp_path: Path) -> None:
    put_back = restored(werk, tmp_path)
    werk.handle("corv", IN_TWENTE)
    for name in werk.outbox():
        (werk.path / "outbox" / name).unlink()
    put_back()
    add_rule(werk, 'dan = "accepteer"', 'dan = "accepteer"')
    werk.run()
    assert (werk.rows()[0]["status"], werk.outbox()) == ("te_beoordelen", {})
    assert corv("herstel", "--grondig")[0] == 0


def test_after_a_restore_a_forward_of_a_person_is_followed_and_can_be_made_again(
    werk: Werkmap, corv: Corv, tmp_path: Path
) -> None:
    unconfirm(werk)
    put_back = restored(werk, tmp_path)
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    corv("beslis", id_, "--herrouteer", "VT19", *BY_JAN)
    name = f"corv/{id_}-VT19-vtMeldingDi01.xml"
    before = werk.outbox()[name]
    put_back()
    werk.run()

    (werk.path / "outbox" / name).unlink()
    werk.run()
    assert corv("bezorg", id_, "--opnieuw", "--soort", "doorsturing", *BY_JAN)[0] == 0
    assert werk.outbox()[name] == before
    passed = werk.handle("corv", terugkoppeling_of_twente("uitkomst veiligheidsbeoordeling"))
    assert "corv/melder-vtTerugkoppelingDi01.xml" in werk.written(passed)


def test_after_a_restore_it_is_sent_on_under_another_number(werk: Werkmap, corv: Corv, tmp_path: Path) -> None:
    put_back = restored(werk, tmp_path)
    id_ = werk.handle("corv", IN_TWENTE)["id"]
    number = sent_to(werk, id_, "VT19")
    for name in werk.outbox():
        (werk.path / "outbox" / name).unlink()
    put_back()
    werk.run()
    assert corv("beslis", id_, "--herrouteer", "VT19", *BY_JAN)[0] == 0
    assert sent_to(werk, id_, "VT19-2") != number
