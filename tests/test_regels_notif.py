"""The rules for notificaties, zorgmeldingen and VT messages beyond their examples: what is nil, empty or there twice."""

from collections.abc import Sequence

import pytest
from regelhulp import BORN, MOTHER, NIL, TODAY, UNBORN, WOMAN, belanghebbende, child, extras, message, said

from corv.rules import RULES
from corv.rules.bericht import Bericht
from corv.rules.rule import Context


def born(persoon: str) -> str:
    return child(BORN, persoon)


def of_nobody(gerelateerde: str) -> str:
    """As a born child, but without a person of whom something is said."""
    about = f"<ZKN:gerelateerde>{gerelateerde}</ZKN:gerelateerde><ZKN:omschrijving>{BORN}</ZKN:omschrijving>"
    return f"<ZKN:heeftBetrekkingOp>{about}</ZKN:heeftBetrekkingOp>"


def ordered_by(text: str) -> str:
    return extras(("indicatieAmbtshalve", text))


def other_zaak(xml: str) -> str:
    return f"<ZKN:heeftBetrekkingOpAndere><ZKN:gerelateerde>{xml}</ZKN:gerelateerde></ZKN:heeftBetrekkingOpAndere>"


UNBORN_CHILD = child(UNBORN, "")
BORN_ON = "<BG:geboortedatum>20190412</BG:geboortedatum>"
NOT_IDENTIFIED = "Van dit kind staat er geen BSN en ook geen andere identificatie."


@pytest.mark.parametrize(
    ("xml", "at"),
    [
        pytest.param(born(extras(("RNI-nummer", ""))), "natuurlijkPersoon", id="empty-number"),
        pytest.param(born(extras(("clientvolgnummer", "1"))), "natuurlijkPersoon", id="another-number"),
        pytest.param(of_nobody(f"<ZKN:natuurlijkPersoon {NIL}/>"), "natuurlijkPersoon", id="nil-person"),
        pytest.param(of_nobody(""), "heeftBetrekkingOp", id="no-person"),
        pytest.param(f"<ZKN:heeftBetrekkingOp {NIL}/>", "heeftBetrekkingOp", id="nothing"),
    ],
)
def test_a_child_of_whom_nothing_tells_who_it_is_is_told_once(xml: str, at: str) -> None:
    assert said("CORV-B2.2", "notificatieDi01", xml) == [(at, NOT_IDENTIFIED)]


@pytest.mark.parametrize("naam", ["rni-nummer", "vreemdelingennummer", "beschrijvendeIdentificatie"])
def test_a_child_may_be_identified_by_another_number_or_a_description(naam: str) -> None:
    assert said("CORV-B2.2", "notificatieDi01", born(extras((naam, "voorbeeld")))) == []


@pytest.mark.parametrize(
    ("known", "at", "missing"),
    [
        ("", "natuurlijkPersoon", "geslachtsnaam, geboortedatum, geslachtsaanduiding"),
        (f"<BG:geslachtsnaam/>{BORN_ON}", "natuurlijkPersoon", "geslachtsnaam, geslachtsaanduiding"),
        (f"<BG:geslachtsnaam/>{WOMAN}{BORN_ON}", "geslachtsnaam", "geslachtsnaam"),
        (f"{WOMAN}{BORN_ON}", "natuurlijkPersoon", "geslachtsnaam"),
    ],
)
def test_of_a_child_with_little_more_than_a_bsn_all_that_is_missing_is_told_once(known: str, at: str, missing: str) -> None:
    xml = born(f"<BG:inp.bsn>999990019</BG:inp.bsn>{known}")
    assert said("CORV-B2.3", "notificatieDi01", xml) == [(at, f"Van dit kind is niet ingevuld: {missing}.")]


def test_a_birth_date_of_which_nothing_is_known_is_a_birth_date() -> None:
    date_of_birth = '<BG:geboortedatum StUF:indOnvolledigeDatum="J">19000101</BG:geboortedatum>'
    named = "<BG:geslachtsnaam>V</BG:geslachtsnaam><BG:geslachtsaanduiding>O</BG:geslachtsaanduiding>"
    assert said("CORV-B2.3", "notificatieDi01", born(named + date_of_birth)) == []


def test_of_an_unborn_child_nothing_need_be_known() -> None:
    assert said("CORV-B2.2", "notificatieDi01", UNBORN_CHILD) == []
    assert said("CORV-B2.3", "notificatieDi01", UNBORN_CHILD) == []


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param("<BG:anp.identificatie>99990000000000001</BG:anp.identificatie>", id="not-registered"),
        pytest.param(extras(("vreemdelingennummer", "9900123456")), id="foreigner"),
    ],
)
def test_a_mother_without_bsn_may_be_identified_otherwise(xml: str) -> None:
    assert said("CORV-B4", "notificatieDi01", UNBORN_CHILD + belanghebbende(MOTHER, xml)) == []


@pytest.mark.parametrize(
    ("xml", "at", "wat"),
    [
        pytest.param("", "object", "Dit kind is nog niet geboren, maar de moeder staat er niet bij.", id="absent"),
        pytest.param(
            f"<ZKN:heeftAlsBelanghebbende {NIL}/>",
            "heeftAlsBelanghebbende",
            "Dit kind is nog niet geboren, maar de moeder staat er niet bij.",
            id="nil",
        ),
        pytest.param(
            belanghebbende(MOTHER, "<BG:geslachtsnaam>Voorbeeld</BG:geslachtsnaam>"),
            "natuurlijkPersoon",
            "Dit kind is nog niet geboren, en van de moeder staat er geen BSN of andere identificatie.",
            id="name-alone",
        ),
    ],
)
def test_without_the_mother_of_an_unborn_child_nobody_is_known(xml: str, at: str, wat: str) -> None:
    assert said("CORV-B4", "notificatieDi01", UNBORN_CHILD + xml) == [(at, wat)]


def test_a_born_child_with_a_belanghebbende_that_is_nil_has_none() -> None:
    assert said("CORV-B4", "notificatieDi01", f"{born('')}<ZKN:heeftAlsBelanghebbende {NIL}/>") == []


def test_nothing_is_said_of_the_mother_where_the_child_may_be_either() -> None:
    xml = f"<ZKN:heeftBetrekkingOp {NIL}/>{belanghebbende(MOTHER, '')}"
    assert said("CORV-B4", "notificatieDi01", xml) == []


def test_each_decision_has_its_own_facts() -> None:
    decision = f"<ZKN:gerelateerde>{extras(('kenmerk', '1'))}</ZKN:gerelateerde>"
    assert said("CORV000022", "notificatieDi01", f"<ZKN:leidtTot>{decision}</ZKN:leidtTot>" * 2) == []


def test_a_fact_that_is_there_three_times_is_told_twice() -> None:
    decision = extras(("kenmerk", "1"), ("KENMERK", ""), ("kenmerk", "1"))
    assert said(
        "CORV000022", "notificatieDi01", f"<ZKN:leidtTot><ZKN:gerelateerde>{decision}</ZKN:gerelateerde></ZKN:leidtTot>"
    ) == [
        ("extraElement[2]", "Dit extra gegeven staat meer dan één keer bij dezelfde beslissing."),
        ("extraElement[3]", "Dit extra gegeven staat meer dan één keer bij dezelfde beslissing."),
    ]


@pytest.mark.parametrize("ambtshalve", ["", "voorbeeld"])
def test_an_indication_that_says_nothing_asks_for_nothing(ambtshalve: str) -> None:
    assert said("indicatie-ambtshalve", "notificatieDi01", ordered_by(ambtshalve)) == []
    assert said("indicatie-ambtshalve", "notificatieDi01", ordered_by(ambtshalve) + other_zaak("")) == []


def test_a_reference_without_a_number_refers_to_nothing() -> None:
    xml = ordered_by("False") + other_zaak(f"<ZKN:identificatie {NIL}/>")
    assert said("indicatie-ambtshalve", "notificatieDi01", xml) == [
        ("heeftBetrekkingOpAndere", "Volgens indicatieAmbtshalve was er een verzoek, maar er staat niet bij welk.")
    ]


def test_no_reference_may_be_said_by_nil() -> None:
    assert said("indicatie-ambtshalve", "notificatieDi01", f"{ordered_by('true')}<ZKN:heeftBetrekkingOpAndere {NIL}/>") == []


def test_the_names_about_toezicht_are_compared_without_case() -> None:
    xml = extras(("ToezichtSoort", "voorbeeld"), ("toezichtBeginDatum", "20260105"))
    assert said("CORV-C2.2", "notificatiejrDi01", xml) == []
    assert said("CORV-C2.4", "notificatiejrDi01", xml) == []


@pytest.mark.parametrize(
    ("soort", "at"), [((), "toezichtBegindatum"), ((("toezichtsoort", ""), ("toezichtSoort", "")), "toezichtsoort")]
)
def test_dates_without_a_toezicht_are_one_fault_that_points_at_what_is_empty(soort: Sequence[tuple[str, str]], at: str) -> None:
    xml = extras(("toezichtEinddatum", "20270105"), *soort, ("toezichtBegindatum", "20260105"))
    (told,) = RULES["CORV-C2.4"].check(Bericht(message("zorgmeldingDi01", xml)), Context(TODAY))
    assert told.at.get("naam") == at


def test_dates_that_are_empty_are_no_dates() -> None:
    assert said("CORV-C2.4", "zorgmeldingDi01", extras(("toezichtBegindatum", " "), ("toezichtEinddatum", ""))) == []


@pytest.mark.parametrize("text", ["", "jeugdzorgmelding", "Notificatie jeugdreclassering"])
def test_a_signaaltype_of_a_zorgmelding_is_exact_and_its_own(text: str) -> None:
    assert said("CORV00036", "zorgmeldingDi01", extras(("signaalType", text))) == [
        ("extraElement", "Dit signaalType is leeg, bestaat niet, of hoort bij een ander bericht.")
    ]
