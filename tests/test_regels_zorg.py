"""The rules about a zorgmelding and its terugkoppeling: what their examples don't show."""

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree
from regelhulp import MAN, NIL, TODAY, WOMAN, WORLD, Found, belanghebbende, extras, message, said_of

from corv.lijsten import Lijsten, Regel
from corv.niveaus import Richting
from corv.rules import contactpersoon_melding, corv_d4_1, rol_onbekend, terugkoppeling_ongeboren, zorgmelding_ongeboren
from corv.rules.breken import make_nil, need
from corv.rules.rule import Rule
from corv.rules.running import Beleid, check_rules
from corv.schemas import Schemas
from corv.schemas.places import display_path
from corv.voorbeeld import make
from corv.voorbeeld.making import serialise
from corv.voorbeeld.vraag import read_vraag

ZORGMELDING, TERUGKOPPELING = "zorgmeldingDi01", "zorgmeldingTerugkoppelingDi01"
NO_CHILD = f"<ZKN:heeftBetrekkingOp {NIL}/>"
NOBODY_IN_PLACE = f"<ZKN:heeftAlsBelanghebbende {NIL}/>"
ROLLEN = {
    "ouder met gezag": (Regel("112", "ouder met gezag"),),
    "oom": (Regel("021", "oom", einde=date(2016, 5, 24)),),
    "peetouder": (Regel("999", "peetouder", begin=date(2027, 1, 1)),),
}
KNOWN = Lijsten(rollen=ROLLEN)


def found(rule: Rule, naam: str, inhoud: str, kop: str = "", lijsten: Lijsten = KNOWN) -> Found:
    return said_of(rule.ID, message(naam, inhoud, kop=kop), lijsten=lijsten)


NIL_PARENT = belanghebbende("ouder met gezag", "").replace("<ZKN:natuurlijkPersoon>", '<ZKN:natuurlijkPersoon xsi:nil="1">')


@pytest.mark.parametrize(
    "rol", ["ouder met gezag", " OUDER ZONDER GEZAG\n", "Ouder, gezag niet benoemd", "ouder, niet juridisch"]
)
def test_a_mother_is_known_by_any_role_of_a_parent_however_it_is_written(rol: str) -> None:
    mother = belanghebbende(rol, WOMAN)
    assert found(zorgmelding_ongeboren, ZORGMELDING, NO_CHILD + mother) == []
    assert found(terugkoppeling_ongeboren, TERUGKOPPELING, NO_CHILD + mother) == []


@pytest.mark.parametrize(
    "others",
    [
        "",
        NOBODY_IN_PLACE,
        belanghebbende("ouder met gezag", MAN),
        belanghebbende("ouder met gezag", WOMAN.replace(">V<", ">O<")),
        belanghebbende("overige verwant", WOMAN),
        belanghebbende("", WOMAN),
        belanghebbende("ouder met gezag", MAN) + belanghebbende("kind", WOMAN),
    ],
)
def test_a_zorgmelding_that_names_neither_child_nor_mother_is_told_once(others: str) -> None:
    assert found(zorgmelding_ongeboren, ZORGMELDING, NO_CHILD + others) == [
        ("JZ:object/ZKN:heeftBetrekkingOp", "Deze zorgmelding noemt geen jeugdige, en ook geen moeder van een ongeboren kind.")
    ]


@pytest.mark.parametrize("others", ["", NOBODY_IN_PLACE, NIL_PARENT])
def test_a_terugkoppeling_that_names_neither_child_nor_mother_is_told_once(others: str) -> None:
    assert found(terugkoppeling_ongeboren, TERUGKOPPELING, NO_CHILD + others) == [
        ("JZ:object/ZKN:heeftBetrekkingOp", "Deze terugkoppeling noemt geen jeugdige, en ook geen moeder van een ongeboren kind.")
    ]


PERSON = "/ZKN:gerelateerde/ZKN:natuurlijkPersoon"


def about(gerelateerde: str) -> str:
    return f"<ZKN:heeftBetrekkingOp>{gerelateerde}</ZKN:heeftBetrekkingOp>"


def test_a_child_without_a_name_is_still_a_child() -> None:
    child = about(f"<ZKN:gerelateerde><ZKN:natuurlijkPersoon>{MAN}</ZKN:natuurlijkPersoon></ZKN:gerelateerde>")
    assert found(zorgmelding_ongeboren, ZORGMELDING, child) == []
    assert found(terugkoppeling_ongeboren, TERUGKOPPELING, child) == []


@pytest.mark.parametrize(
    ("gerelateerde", "at"),
    [
        ("", ""),
        ('<ZKN:gerelateerde xsi:nil="true"/>', "/ZKN:gerelateerde"),
        ("<ZKN:gerelateerde><ZKN:natuurlijkPersoon/></ZKN:gerelateerde>", PERSON),
        ("<ZKN:gerelateerde><ZKN:natuurlijkPersoon><!--x--></ZKN:natuurlijkPersoon></ZKN:gerelateerde>", PERSON),
    ],
)
def test_somebody_of_whom_nothing_is_said_is_no_child(gerelateerde: str, at: str) -> None:
    place = f"JZ:object/ZKN:heeftBetrekkingOp{at}"
    assert [pad for pad, _ in found(zorgmelding_ongeboren, ZORGMELDING, about(gerelateerde))] == [place]
    assert [pad for pad, _ in found(terugkoppeling_ongeboren, TERUGKOPPELING, about(gerelateerde))] == [place]


def test_a_terugkoppeling_in_which_the_child_is_nil_has_one_fault(schemas: Schemas) -> None:
    root = make(TERUGKOPPELING, 1, 1, WORLD)
    for omschrijving in root.findall(".//{*}heeftAlsBelanghebbende/{*}omschrijving"):
        omschrijving.text = "overige verwant"
    child = need(root, "JZ:object/ZKN:heeftBetrekkingOp/ZKN:gerelateerde")
    make_nil(child)
    assert schemas.validate(root) == ()
    told = check_rules(root, Beleid(Richting.VERZENDEN, TODAY))
    assert [(one.code, one.pad) for one in told] == [("terugkoppeling-ongeboren", display_path(child))]


def test_who_gets_a_zorgmelding_without_a_child_reads_that_it_may_be_among_the_others() -> None:
    root = make(ZORGMELDING, 1, 1, WORLD)
    zorgmelding_ongeboren.breek(root)
    (told,) = check_rules(etree.fromstring(serialise(root)), Beleid(Richting.ONTVANGST, TODAY))
    assert "Staat daar een geboren kind, dan gaat de melding waarschijnlijk over dat kind" in told.tekst


def test_a_vestiging_beside_another_belanghebbende_can_act() -> None:
    resultaat = "<ZKN:resultaat><ZKN:omschrijving>Vervolgactie nodig</ZKN:omschrijving></ZKN:resultaat>"
    both = belanghebbende("ouder met gezag", WOMAN) + belanghebbende("hulpverlener", "", soort="vestiging")
    told = [("JZ:object/ZKN:resultaat/ZKN:omschrijving", "Er is een vervolgactie nodig, maar er staat niet bij wie die doet.")]
    assert found(corv_d4_1, TERUGKOPPELING, resultaat + both) == []
    assert found(corv_d4_1, TERUGKOPPELING, resultaat + NOBODY_IN_PLACE) == told


NO_NAME = "De naam van het aanspreekpunt bij de melder ontbreekt."
NO_NUMBER = "De medewerkersidentificatie van het aanspreekpunt bij de melder ontbreekt."
EMPTY_NUMBER = extras(("medewerkersidentificatie", ""))
EXTRA = "StUF:extraElementen/StUF:extraElement"
INITIATOR = "JZ:object/ZKN:heeftAlsInitiator"


@pytest.mark.parametrize(
    ("initiator", "told"),
    [
        ('<ZKN:heeftAlsInitiator xsi:nil="true"/>', [(INITIATOR, NO_NAME)]),
        (
            '<ZKN:heeftAlsInitiator><ZKN:heeftAlsAanspreekpunt xsi:nil="true"/></ZKN:heeftAlsInitiator>',
            [(f"{INITIATOR}/ZKN:heeftAlsAanspreekpunt", NO_NAME)],
        ),
        (
            f"<ZKN:heeftAlsInitiator>{EMPTY_NUMBER}<ZKN:heeftAlsAanspreekpunt><ZKN:gerelateerde>"
            f'<ZKN:naam StUF:noValue="waardeOnbekend">x</ZKN:naam>{EMPTY_NUMBER}'
            "</ZKN:gerelateerde></ZKN:heeftAlsAanspreekpunt></ZKN:heeftAlsInitiator>",
            [
                (f"{INITIATOR}/ZKN:heeftAlsAanspreekpunt/ZKN:gerelateerde/ZKN:naam", NO_NAME),
                (f"{INITIATOR}/ZKN:heeftAlsAanspreekpunt/ZKN:gerelateerde/{EXTRA}", NO_NUMBER),
            ],
        ),
        (
            f"<ZKN:heeftAlsInitiator>{EMPTY_NUMBER}<ZKN:heeftAlsAanspreekpunt><ZKN:gerelateerde>"
            "<ZKN:naam>V. Voorbeeldsma</ZKN:naam></ZKN:gerelateerde></ZKN:heeftAlsAanspreekpunt></ZKN:heeftAlsInitiator>",
            [(f"{INITIATOR}/{EXTRA}", NO_NUMBER)],
        ),
    ],
)
def test_what_is_missing_of_whom_to_ask_is_told_where_it_should_be(initiator: str, told: list[tuple[str, str]]) -> None:
    assert found(contactpersoon_melding, TERUGKOPPELING, initiator) == told


def on(tijdstip: str) -> str:
    return f"<JZ:stuurgegevens><StUF:tijdstipBericht>{tijdstip}</StUF:tijdstipBericht></JZ:stuurgegevens>"


@pytest.mark.parametrize(
    ("rol", "kop", "wat"),
    [
        ("OUDER met gezag ", on("20261122"), None),
        ("buurvrouw", on("20261122"), "Deze rol staat niet in de lijst Jeugdzorgrol."),
        ("oom", on("20160524235959"), None),
        ("oom", on("20160525"), "Deze rol uit de lijst Jeugdzorgrol is vervallen."),
        ("oom", on("20160231"), "Deze rol uit de lijst Jeugdzorgrol is vervallen."),
        ("oom", "", "Deze rol uit de lijst Jeugdzorgrol is vervallen."),
        ("peetouder", on("20270101"), None),
        ("peetouder", on("20261231"), "Deze rol uit de lijst Jeugdzorgrol geldt nog niet."),
        ("", on("20261122"), None),
    ],
)
def test_a_role_is_looked_up_on_the_day_of_the_message_or_else_of_reception(rol: str, kop: str, wat: str | None) -> None:
    expected = [("JZ:object/ZKN:heeftAlsBelanghebbende/ZKN:omschrijving", wat)] if wat else []
    for naam in (ZORGMELDING, TERUGKOPPELING):
        assert found(rol_onbekend, naam, belanghebbende(rol, ""), kop) == expected


def test_without_a_list_nothing_is_said_of_a_role() -> None:
    assert found(rol_onbekend, ZORGMELDING, belanghebbende("buurvrouw", ""), lijsten=Lijsten()) == []


@pytest.mark.parametrize(
    "path", [".//{*}extraElement[@naam='medewerkersidentificatie']", ".//{*}heeftBetrekkingOp//{*}geslachtsnaam"]
)
def test_the_example_of_a_terugkoppeling_on_a_melding_that_lacks_something_breaks_no_rule(path: str, schemas: Schemas) -> None:
    for zaad in range(1, 12):
        melding = make(ZORGMELDING, zaad, 1, WORLD)
        for element in melding.findall(path):
            element.text = ""
        answering = replace(WORLD, vraag=read_vraag(serialise(melding), "zorgmelding.xml"))
        root = make(TERUGKOPPELING, zaad, 1, answering)
        assert schemas.validate(root) == ()
        assert check_rules(root, Beleid(Richting.VERZENDEN, TODAY)) == ()
