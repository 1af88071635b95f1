"""`corv herroutering verschil`: which messages of the past other rules would send elsewhere, and nothing changed."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from meldingen import melding
from test_scherm import on_a_terminal

from conftest import OURS, Werkmap, message
from corv import config
from corv.cli.tonen import short

Corv = Callable[..., tuple[int, str, str]]

BIJ_ONS = {"rol": "jeugdige", "feitelijk": ("3511AB", "Utrecht")}
IN_TWENTE = {"rol": "jeugdige", "feitelijk": ("7511AB", "Enschede")}

ALLES_BEOORDELEN = """
[[regel]]
naam = "alles"
dan = "beoordeel"
[[regel.voorbeeld]]
verwacht = { dan = "beoordeel" }
"""

TWENTE_ACCEPTEREN = """
[[regel]]
naam = "twente-houden"
als = { functie = ["vtMeldingDi01"], werkgebied = ["VT19"] }
dan = "accepteer"
GELDIG
[[regel.voorbeeld]]
personen = [{ rol = "jeugdige", feitelijk = { postcode = "7511", woonplaats = "Enschede" } }]
op = DAG
verwacht = { dan = "accepteer" }
[[regel]]
naam = "zeker-voor-ander"
als = { functie = ["vtMeldingDi01"], uitkomst = ["ander"], zekerheid = ["hoog"] }
dan = "herrouteer"
naar = "werkgebied"
[[regel.voorbeeld]]
personen = [{ rol = "jeugdige", feitelijk = { postcode = "6811", woonplaats = "Arnhem" } }]
verwacht = { dan = "herrouteer", naar = "VT05" }
[[regel]]
naam = "al-het-andere"
dan = "accepteer"
[[regel.voorbeeld]]
personen = [{ rol = "jeugdige", feitelijk = { postcode = "3511", woonplaats = "Utrecht" } }]
verwacht = { dan = "accepteer" }
"""


def rules(werkmap: Werkmap, text: str = "") -> str:
    """A rule file with these rules; without any those that are in force."""
    path = werkmap.path.parent / "nieuw.toml"
    path.write_text(text or (werkmap.path / "config/herroutering.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return str(path)


def keep_twente(geldig: str = "", dag: str = "2026-11-23") -> str:
    return TWENTE_ACCEPTEREN.replace("GELDIG", geldig).replace("DAG", dag)


def come(werkmap: Werkmap, number: str, *personen: dict[str, Any], **more: str) -> str:
    """One melding comes in and is handled; gives its kenmerk."""
    content = melding(personen, referentienummer=number, identificatie=f"PL-{number}", **more)
    return str(werkmap.handle("corv", content)["id"])


def compared(corv: Corv, *args: str) -> tuple[int, list[dict[str, Any]], dict[str, Any]]:
    """The exit code, what would go elsewhere, and the counts."""
    code, out, err = corv("herroutering", "verschil", "--json", *args)
    assert err == ""
    *found, counts = [json.loads(line) for line in out.splitlines()]
    return code, found, counts


def counts(bekeken: int, anders: int = 0, weg: int = 0, *instellingen: str) -> dict[str, Any]:
    gelijk = bekeken - anders - weg
    told = {"bekeken": bekeken, "anders": anders, "gelijk": gelijk, "niet_meer_te_beoordelen": weg}
    return {**told, "instellingen_anders": list(instellingen)}


def change(werkmap: Werkmap, statement: str, *values: str) -> None:
    with closing(sqlite3.connect(werkmap.path / "data/corv.sqlite")) as db, db:
        assert db.execute(statement, values).rowcount


def everything(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_what_would_go_elsewhere_is_listed_with_what_was_decided_then(corv: Corv, twente: Werkmap) -> None:
    come(twente, "ons", BIJ_ONS)
    forwarded = come(twente, "twente", IN_TWENTE)
    nieuw = rules(twente, keep_twente())

    code, found, counted = compared(corv, nieuw)

    assert (code, counted) == (1, counts(2, anders=1))
    assert found == [
        {
            "kenmerk": forwarded,
            "ontvangen_op": twente.whole(forwarded)["bericht"]["ontvangen_op"],
            "functie": "vtMeldingDi01",
            "toen": {"actie": "herrouteer", "naar": "VT19", "regel": "zeker-voor-ander"},
            "nieuw": {"actie": "accepteer", "naar": "eigen", "regel": "twente-houden"},
            "waarom": "Bericht aan onze organisatie: in orde bevonden en bezorgd bij het eigen zaaksysteem.",
        }
    ]


def test_the_rules_that_are_in_force_give_no_difference(corv: Corv, twente: Werkmap) -> None:
    come(twente, "ons", BIJ_ONS)
    come(twente, "twente", IN_TWENTE)
    come(twente, "tegenspraak", {"rol": "jeugdige", "feitelijk": ("7511AB", "Utrecht")})

    assert compared(corv, rules(twente)) == (0, [], counts(3))
    assert corv("herroutering", "verschil", rules(twente)) == (
        0,
        "bekeken: 3, anders: 0, gelijk: 3, niet meer te beoordelen: 0\n",
        "",
    )


def test_settings_that_differ_are_told_though_no_message_goes_elsewhere(corv: Corv, twente: Werkmap) -> None:
    come(twente, "twente", IN_TWENTE)
    text = (twente.path / "config/herroutering.toml").read_text(encoding="utf-8")
    for old, new in (
        ('wijze = "beide"', 'wijze = "terugkoppeling"'),
        ('"verantwoordelijk", "isUitgevoerdDoor"]', '"verantwoordelijk"]'),
        ('adressen = ["feitelijk", "formeel"]', 'adressen = ["formeel", "feitelijk"]'),
    ):
        assert old in text
        text = text.replace(old, new)
    nieuw = rules(twente, text)

    assert compared(corv, nieuw) == (1, [], counts(1, 0, 0, "wijze", "juiste_organisatie_in", "bewijs"))
    assert corv("herroutering", "verschil", nieuw) == (
        1,
        "Anders dan in config/herroutering.toml: wijze, juiste_organisatie_in, bewijs.\n"
        "Met een andere wijze of juiste_organisatie_in wordt bij het doorsturen iets anders geschreven. "
        "Dat staat niet in de lijst.\n"
        "bekeken: 1, anders: 0, gelijk: 1, niet meer te beoordelen: 0\n",
        "",
    )


def test_the_same_settings_in_another_order_do_not_differ(corv: Corv, werkmap: Werkmap) -> None:
    old = 'juiste_organisatie_in = ["toelichting", "verantwoordelijk", "isUitgevoerdDoor"]'
    werkmap.configure(old, 'juiste_organisatie_in = ["isUitgevoerdDoor", "toelichting", "verantwoordelijk"]', "herroutering.toml")

    assert compared(corv, rules(werkmap, config.default_text("herroutering.toml"))) == (0, [], counts(0))


def test_the_screen_names_each_that_goes_elsewhere(corv: Corv, twente: Werkmap) -> None:
    id_ = come(twente, "ons", BIJ_ONS)

    code, out, _ = corv("herroutering", "verschil", rules(twente, ALLES_BEOORDELEN))

    line = next(line for line in out.splitlines() if short(id_) in line)
    assert code == 1
    assert "accepteer naar eigen (regel al-het-andere)" in line
    assert "beoordeel (regel alles)" in line
    assert out.endswith("\nbekeken: 1, anders: 1, gelijk: 0, niet meer te beoordelen: 0\n")


def test_only_what_the_rules_decided_is_looked_at(corv: Corv, twente: Werkmap) -> None:
    come(twente, "een", BIJ_ONS)
    come(twente, "een", BIJ_ONS)  # the same once more
    come(twente, "een", IN_TWENTE)  # the same number with another content
    come(twente, "vreemd", BIJ_ONS, ontvanger="00000009999999999999")
    twente.handle("corv", message("onleesbaar/afgekapt.xml"))
    twente.handle("corv", message("Bv03Bericht/op-vto.xml"))
    twente.handle("eigen", message("vtTerugkoppelingDi01/minimaal.xml"))

    code, found, counted = compared(corv, rules(twente, ALLES_BEOORDELEN))

    assert (code, counted) == (1, counts(1, anders=1))
    assert [one["toen"]["regel"] for one in found] == ["al-het-andere"]


@pytest.mark.parametrize("regel", ["teruggenomen", "bestand-verdwenen", "geen-bestand", "opnieuw-ontvangen", "eigen-fout"])
def test_what_our_own_code_decided_is_not_looked_at(corv: Corv, werkmap: Werkmap, regel: str) -> None:
    come(werkmap, "een", BIJ_ONS)
    change(werkmap, "UPDATE besluit SET regel = ?", regel)

    assert compared(corv, rules(werkmap, ALLES_BEOORDELEN)) == (0, [], counts(0))


@pytest.mark.parametrize(("regel", "actie"), [("voor-ons", "accepteer"), ("voor-ander-veilig-thuis", "beoordeel")])
def test_what_an_earlier_version_decided_without_rules_is_looked_at_too(
    corv: Corv, werkmap: Werkmap, regel: str, actie: str
) -> None:
    come(werkmap, "een", BIJ_ONS)
    change(werkmap, "UPDATE besluit SET regel = ?, actie = ?", regel, actie)
    change(werkmap, "DELETE FROM verklaring")

    _, found, counted = compared(corv, rules(werkmap, ALLES_BEOORDELEN))

    assert counted == counts(1, anders=int(actie == "accepteer"))
    assert [one["toen"] for one in found] == ([{"actie": "accepteer", "naar": "eigen", "regel": regel}] if found else [])


def test_what_corv_decided_counts_and_not_what_a_person_made_of_it(corv: Corv, werkmap: Werkmap) -> None:
    id_ = come(werkmap, "twente", IN_TWENTE)
    assert corv("beslis", id_, "--accepteer", "--reden", "Toch van ons", "--door", "jan")[0] == 0

    assert compared(corv, rules(werkmap)) == (0, [], counts(1))


def test_another_target_is_elsewhere_and_another_proposal_is_not(corv: Corv, twente: Werkmap) -> None:
    come(twente, "twente", IN_TWENTE)
    change(twente, "UPDATE besluit SET naar = 'VT05'")
    _, found, counted = compared(corv, rules(twente))
    assert counted == counts(1, anders=1)
    assert (found[0]["toen"]["naar"], found[0]["nieuw"]["naar"]) == ("VT05", "VT19")

    change(twente, "UPDATE besluit SET actie = 'beoordeel'")
    beoordelen = rules(twente, ALLES_BEOORDELEN)
    assert compared(corv, beoordelen) == (0, [], counts(1))


@pytest.mark.parametrize(("geldig", "anders"), [("geldig_tot = 2026-11-23", 1), ("geldig_van = 2026-11-24", 1), ("", 2)])
def test_a_rule_counts_on_the_day_that_a_message_came(corv: Corv, twente: Werkmap, geldig: str, anders: int) -> None:
    first = come(twente, "een", IN_TWENTE)
    twente.now += timedelta(days=1)
    second = come(twente, "twee", IN_TWENTE)
    dag = "2026-11-24" if "van" in geldig else "2026-11-23"

    _, found, counted = compared(corv, rules(twente, keep_twente(geldig, dag)))

    assert counted == counts(2, anders=anders)
    assert [one["kenmerk"] for one in found] == {"geldig_tot = 2026-11-23": [first], "": [first, second]}.get(geldig, [second])


def test_only_what_came_since_a_day_is_looked_at(corv: Corv, werkmap: Werkmap) -> None:
    come(werkmap, "een", BIJ_ONS)
    werkmap.now += timedelta(days=2)
    second = come(werkmap, "twee", BIJ_ONS)
    nieuw = rules(werkmap, ALLES_BEOORDELEN)

    _, found, counted = compared(corv, nieuw, "--sinds", "25-11-2026")

    assert counted == counts(1, anders=1)
    assert [one["kenmerk"] for one in found] == [second]
    assert corv("herroutering", "verschil", nieuw, "--sinds", "gisteren")[0] == 2


def test_what_is_gone_or_changed_can_not_be_judged_any_more(corv: Corv, werkmap: Werkmap) -> None:
    places = [werkmap.path / str(werkmap.whole(come(werkmap, name, BIJ_ONS))["bericht"]["bestand"]) for name in "abc"]
    places[0].unlink()
    places[1].chmod(0o600)
    places[1].write_bytes(places[1].read_bytes() + b" ")

    assert compared(corv, rules(werkmap)) == (1, [], counts(3, weg=2))

    code, out, _ = corv("herroutering", "verschil", rules(werkmap))
    assert code == 1
    assert out.startswith("bekeken: 3, anders: 0, gelijk: 1, niet meer te beoordelen: 2\n")


def test_a_rule_file_with_mistakes_is_refused_with_all_of_them(corv: Corv, werkmap: Werkmap) -> None:
    come(werkmap, "een", BIJ_ONS)
    text = ALLES_BEOORDELEN.replace('verwacht = { dan = "beoordeel" }', 'verwacht = { dan = "accepteer" }\nzomaar = 1')
    nieuw = rules(werkmap, text.replace('dan = "beoordeel"', 'dan = "beoordeel"\nprioriteit = 1'))

    code, out, err = corv("herroutering", "verschil", nieuw)

    assert (code, out) == (2, "")
    assert [word for word in ("zomaar", "prioriteit") if word not in err] == []


def test_nothing_changes(corv: Corv, twente: Werkmap) -> None:
    come(twente, "twente", IN_TWENTE)
    nieuw = rules(twente, ALLES_BEOORDELEN)
    before = everything(twente.path)

    assert corv("herroutering", "verschil", nieuw)[0] == 1

    assert everything(twente.path) == before


def test_more_than_a_page_is_read_page_by_page(corv: Corv, werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corv.verschil._PAGE", 2)
    ids = [come(werkmap, name, BIJ_ONS) for name in "abcde"]

    _, found, counted = compared(corv, rules(werkmap, ALLES_BEOORDELEN))

    assert counted == counts(5, anders=5)
    assert [one["kenmerk"] for one in found] == ids


@pytest.mark.skipif(os.name != "posix", reason="een terminal van ons eigen maaksel")
def test_on_a_terminal_nothing_of_the_bar_stays(werkmap: Werkmap) -> None:
    come(werkmap, "een", BIJ_ONS)

    shown = on_a_terminal(100, "-m", "corv", "--map", str(werkmap.path), "herroutering", "verschil", rules(werkmap))

    assert "bekeken: 1, anders: 0, gelijk: 1, niet meer te beoordelen: 0" in shown


def test_nothing_of_a_person_is_shown(corv: Corv, twente: Werkmap) -> None:
    come(twente, "twente", {**IN_TWENTE, "geboren": "20150214"}, locatie="Achter de Gulden Snede in Zeist")
    nieuw = rules(twente, ALLES_BEOORDELEN)
    secret = ("Enschede", "7511", "20150214", "Verzonnenlaan", "Zeist", "Gulden", OURS)

    shown = [corv("herroutering", "verschil", *flag, nieuw)[1] for flag in ((), ("--json",))]

    assert all("beoordeel" in screen for screen in shown)
    assert [word for screen in shown for word in secret if word in screen] == []
