"""The rules about a vtMelding and its terugkoppeling beyond their examples, and those that stop no message."""

import pytest
from lxml import etree
from regelhulp import NIL, TODAY, WORLD, said

from corv.niveaus import Richting
from corv.rules.running import Beleid, check_rules
from corv.voorbeeld.fouten import broken


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param("", id="absent"),
        pytest.param("<JZ:isGeinformeerdAan/>", id="empty"),
        pytest.param(f"<JZ:isGeinformeerdAan><JZ:gerelateerde {NIL}/></JZ:isGeinformeerdAan>", id="nil-person"),
        pytest.param(
            f"<JZ:isGeinformeerdAan><JZ:gerelateerde><BG:voornamen {NIL}/></JZ:gerelateerde></JZ:isGeinformeerdAan>",
            id="person-without-a-value",
        ),
    ],
)
def test_somebody_who_is_not_named_was_not_told_of_the_melding(xml: str) -> None:
    assert said("informering", "vtMeldingDi01", xml) == [
        ("object", "Er staat niet wie over deze melding is ingelicht, en ook niet waarom niemand.")
    ]


def test_one_of_several_who_were_told_is_enough() -> None:
    named = "<JZ:gerelateerde><BG:volledigeNaam>V. Voorbeeld</BG:volledigeNaam></JZ:gerelateerde>"
    xml = f"<JZ:isGeinformeerdAan {NIL}/><JZ:isGeinformeerdAan>{named}</JZ:isGeinformeerdAan>"
    assert said("informering", "vtMeldingDi01", xml) == []


@pytest.mark.parametrize(
    ("xml", "at"),
    [
        pytest.param(f"<JZ:isIngediendDoor {NIL}/>", "isIngediendDoor", id="nil"),
        pytest.param("<JZ:isIngediendDoor><JZ:gerelateerde/></JZ:isIngediendDoor>", "gerelateerde", id="empty"),
        pytest.param(
            "<JZ:isIngediendDoor><JZ:gerelateerde><ZKN:vestiging>"
            f"<BG:vestigingsNummer {NIL}/></ZKN:vestiging></JZ:gerelateerde></JZ:isIngediendDoor>",
            "vestigingsNummer",
            id="number-without-a-value",
        ),
        pytest.param(
            "<JZ:isIngediendDoor><JZ:gerelateerde><ZKN:naam/><ZKN:instantiecode/></JZ:gerelateerde></JZ:isIngediendDoor>",
            "naam",
            id="empty-name",
        ),
    ],
)
def test_a_melder_without_any_identification_is_not_known(xml: str, at: str) -> None:
    assert said("melder-onbekend", "vtMeldingDi01", xml) == [(at, "Er staat niet welke organisatie deze melding indient.")]


def test_a_melder_by_its_number_alone_is_known() -> None:
    legal = (
        "<ZKN:naam/><ZKN:ingeschrevenNietNatuurlijkPersoon><BG:rsin>999990019</BG:rsin></ZKN:ingeschrevenNietNatuurlijkPersoon>"
    )
    xml = f"<JZ:isIngediendDoor><JZ:gerelateerde>{legal}</JZ:gerelateerde></JZ:isIngediendDoor>"
    assert said("melder-onbekend", "vtMeldingDi01", xml) == []


def test_every_person_without_entiteittype_is_told_except_one_who_is_nil() -> None:
    related = "<BG:staatInRelatieTot><BG:gerelateerde/></BG:staatInRelatieTot>"
    involved = f'<JZ:heeftBetrokken><JZ:gerelateerde StUF:entiteittype="NPS">{related}</JZ:gerelateerde></JZ:heeftBetrokken>'
    told = "".join(f"<JZ:isGeinformeerdAan><JZ:gerelateerde {attribute}/></JZ:isGeinformeerdAan>" for attribute in ("", NIL))
    what = "Hier staat een persoon zonder entiteittype."
    assert said("entiteittype", "vtMeldingDi01", involved + told) == [("gerelateerde", what)] * 2


@pytest.mark.parametrize(("soort", "is_right"), [("NPS", True), (" NPS ", True), ("BTR", False), ("nps", False)])
def test_a_person_says_that_it_is_one(soort: str, *, is_right: bool) -> None:
    related = f'<BG:staatInRelatieTot><BG:gerelateerde StUF:entiteittype="{soort}"/></BG:staatInRelatieTot>'
    what = "Hier staat een persoon, maar het entiteittype zegt iets anders."
    assert said("entiteittype", "vtMeldingDi01", related) == ([] if is_right else [("gerelateerde", what)])


@pytest.mark.parametrize(
    ("regel", "naam"),
    [
        pytest.param("entiteittype", "vtMeldingDi01", id="a-melding-may-be-a-matter-of-life"),
        pytest.param("contactpersoon-melding", "zorgmeldingTerugkoppelingDi01", id="the-melder-left-it-out"),
    ],
)
def test_what_is_not_the_fault_of_this_message_or_plain_from_it_stops_nothing(regel: str, naam: str) -> None:
    root = etree.fromstring(broken(naam, 1, 1, WORLD, regel))
    told = check_rules(root, Beleid(Richting.VERZENDEN, TODAY, may_refuse=True))
    assert [(one.code, one.niveau) for one in told] == [(regel, "waarschuwing")]


def test_a_form_that_was_filled_in_need_not_give_a_level() -> None:
    assert said("sash-niveau", "vtMeldingDi01", "<JZ:indicatieSASHIngevuld>Ja</JZ:indicatieSASHIngevuld>") == []
