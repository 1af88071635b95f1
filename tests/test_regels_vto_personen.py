"""The rules about the children of a vto and their belanghebbenden: what the examples in their docstrings don't show."""

from collections.abc import Callable

import pytest
from lxml import etree
from regelhulp import BORN, MAN, MOTHER, NAME, TODAY, UNBORN, VOOGD, WITH, WOMAN, WORLD, belanghebbende, child, numbers, said

from corv.rules import RULES
from corv.rules.bericht import Bericht, find
from corv.rules.breken import make_nil, need, take_away
from corv.rules.rule import Context
from corv.rules.zaak import BELANGHEBBENDEN, BETREKKINGEN, PERSOON, born_child
from corv.schemas import Schemas
from corv.voorbeeld import make

CODES = (
    *("CORV-A3.2", "CORV-A3.3", "CORV-A3.4", "geboortedatum-zonder-waarde", "CORV-A5.5", "CORV-A5.6", "CORV-A6.2"),
    *("belanghebbende-identificatie", "CORV000035", "indicatie-geinformeerd", "CORV000005"),
)
UNKNOWN_DATE = '<BG:geboortedatum xsi:nil="true" StUF:noValue="waardeOnbekend"/>'


def codes_of(root: etree._Element) -> list[str]:
    """Which of the rules of this file say something of a message."""
    bericht = Bericht(root)
    return [code for code in CODES for _ in RULES[code].check(bericht, Context(TODAY))]


def lose_person(root: etree._Element) -> None:
    for one in find(born_child(root), PERSOON):
        take_away(one)


def nil_person(root: etree._Element) -> None:
    make_nil(need(born_child(root), PERSOON))


def nil_gerelateerde(root: etree._Element) -> None:
    make_nil(need(born_child(root), "ZKN:gerelateerde"))


def nil_betrekking(root: etree._Element) -> None:
    make_nil(need(root, BETREKKINGEN))


@pytest.mark.parametrize("change", [lose_person, nil_person, nil_gerelateerde, nil_betrekking])
def test_a_child_of_which_nothing_is_said_is_one_fault_and_not_one_for_all_that_is_missing(
    change: Callable[[etree._Element], None], schemas: Schemas
) -> None:
    root = make("vtoDi01", 1, 1, WORLD)
    change(root)
    assert schemas.validate(root) == ()
    assert codes_of(root) == ["CORV-A3.2"]


def test_several_children_in_one_heeft_betrekking_op_each_have_a_number() -> None:
    two = child(BORN, NAME, "1").replace(
        "</ZKN:gerelateerde>", f"<ZKN:natuurlijkPersoon>{NAME}</ZKN:natuurlijkPersoon></ZKN:gerelateerde>"
    )
    assert said("CORV-A3.2", "vtoDi01", two) == [("natuurlijkPersoon[2]", "Dit kind heeft geen clientvolgnummer.")]


def test_a_number_that_says_nothing_is_pointed_at() -> None:
    assert said("CORV-A3.2", "vtoDi01", child(BORN, NAME, " ")) == [("extraElement", "Dit kind heeft geen clientvolgnummer.")]


@pytest.mark.parametrize(
    ("persoon", "is_known"),
    [
        ('<BG:inp.bsn xsi:nil="true"/><BG:inp.bsn>999990019</BG:inp.bsn>', True),
        ("<BG:inp.bsn><!--bekend-->999990019</BG:inp.bsn>", True),
        ("<BG:anp.identificatie>99990000000000001</BG:anp.identificatie>", False),
        ('<StUF:extraElementen><StUF:extraElement naam="rni-Nummer">9900123456</StUF:extraElement></StUF:extraElementen>', True),
        ('<StUF:extraElementen><StUF:extraElement naam="RNI-nummer"/></StUF:extraElementen>', False),
    ],
)
def test_a_child_is_known_by_any_number_that_is_really_there(persoon: str, *, is_known: bool) -> None:
    wat = "Van dit kind staat nergens een BSN, een ander nummer of een beschrijving."
    assert said("CORV-A3.3", "vtoDi01", child(BORN, persoon)) == ([] if is_known else [("natuurlijkPersoon", wat)])


def test_each_thing_that_misses_of_a_child_is_told_where_it_should_be() -> None:
    persoon = '<BG:geslachtsnaam> </BG:geslachtsnaam><BG:geslachtsaanduiding xsi:nil="true"/>'
    assert said("CORV-A3.4", "vtoDi01", child(BORN, persoon)) == [
        ("geslachtsnaam", "Van dit kind is geslachtsnaam niet ingevuld."),
        ("natuurlijkPersoon", "Van dit kind is geboortedatum niet ingevuld."),
        ("geslachtsaanduiding", "Van dit kind is geslachtsaanduiding niet ingevuld."),
    ]


@pytest.mark.parametrize("omschrijving", [BORN, UNBORN])
def test_a_birth_date_without_a_value_is_one_fault(omschrijving: str) -> None:
    kind = child(omschrijving, NAME + MAN + UNKNOWN_DATE)
    wat = "Bij deze geboortedatum staat geen datum, maar dat er geen waarde is."
    assert said("CORV-A3.4", "vtoDi01", kind) == []
    assert said("geboortedatum-zonder-waarde", "vtoDi01", kind) == [("geboortedatum", wat)]


def test_a_birth_date_of_a_belanghebbende_that_says_no_value_beside_a_date_is_told_too() -> None:
    persoon = '<BG:geboortedatum StUF:noValue="waardeOnbekend">19870514</BG:geboortedatum>'
    assert len(said("geboortedatum-zonder-waarde", "vtoDi01", belanghebbende(WITH, persoon))) == 1


def test_an_unborn_child_to_whom_nobody_refers_has_no_mother() -> None:
    parts = child(UNBORN, NAME, "2"), belanghebbende(MOTHER, WOMAN, numbers("1"))
    assert said("CORV-A5.5", "vtoDi01", *parts) == [
        ("natuurlijkPersoon", "Geen enkele belanghebbende verwijst naar dit ongeboren kind.")
    ]


def test_whoever_refers_to_an_unborn_child_beside_the_mother_does_so_wrongly() -> None:
    father, mother = belanghebbende(WITH, MAN, numbers("1", "2")), belanghebbende(MOTHER, WOMAN, numbers("2"))
    wat = "Deze belanghebbende verwijst naar een ongeboren kind, terwijl een ander dat ook doet."
    assert said("CORV-A5.5", "vtoDi01", child(UNBORN, NAME, "2"), father, mother) == [("heeftAlsBelanghebbende[1]", wat)]


def test_a_father_may_refer_to_the_born_child_beside_an_unborn_one() -> None:
    father, mother = belanghebbende(WITH, MAN, numbers("1")), belanghebbende(MOTHER, WOMAN, numbers("1", "2"))
    assert said("CORV-A5.5", "vtoDi01", child(BORN, NAME, "1"), child(UNBORN, NAME, "2"), father, mother) == []


def test_all_that_is_wrong_with_the_mother_of_unborn_twins_is_told_once() -> None:
    twins = child(UNBORN, NAME, "1") + child(UNBORN, NAME, "2")
    assert said("CORV-A5.5", "vtoDi01", twins, belanghebbende("overige verwant", NAME, numbers("1", "2"))) == [
        ("omschrijving", "Deze belanghebbende verwijst naar een ongeboren kind, maar heeft een andere rol."),
        (
            "natuurlijkPersoon",
            "Deze belanghebbende verwijst naar een ongeboren kind, maar er staat niet bij dat zij een vrouw is.",
        ),
    ]


def test_an_organisation_is_no_mother() -> None:
    organisatie = belanghebbende(VOOGD, "", numbers("1"), soort="vestiging")
    wat = "Deze belanghebbende verwijst naar een ongeboren kind, maar is geen persoon."
    assert said("CORV-A5.5", "vtoDi01", child(UNBORN, NAME, "1"), organisatie) == [("heeftAlsBelanghebbende", wat)]


@pytest.mark.parametrize("kinderen", [child(UNBORN, NAME), child(BORN, NAME, "1") + child(UNBORN, NAME, "1")])
def test_an_unborn_child_without_a_number_of_its_own_is_left_to_the_rule_about_numbers(kinderen: str) -> None:
    assert said("CORV-A5.5", "vtoDi01", kinderen, belanghebbende(WITH, MAN, numbers("1"))) == []
    assert len(said("CORV-A3.2", "vtoDi01", kinderen)) == 1


def test_an_empty_telephone_number_of_the_mother_is_pointed_at() -> None:
    mother = belanghebbende(MOTHER, f"{WOMAN}<BG:sub.telefoonnummer/>", numbers("1"))
    wat = "Van de moeder van het ongeboren kind ontbreekt het telefoonnummer."
    assert said("CORV-A6.2", "vtoDi01", child(UNBORN, NAME, "1"), mother) == [("sub.telefoonnummer", wat)]


def test_only_of_the_mother_of_an_unborn_child_a_telephone_number_is_asked() -> None:
    father, mother = belanghebbende(WITH, MAN, numbers("1")), belanghebbende(MOTHER, WOMAN, numbers("1"))
    assert said("CORV-A6.2", "vtoDi01", child(UNBORN, NAME, "1"), father) == []
    assert said("CORV-A6.2", "vtoDi01", child(BORN, NAME, "1"), mother) == []


def test_an_empty_identification_of_a_belanghebbende_is_left_alone_and_so_is_an_organisation() -> None:
    elementen = '<StUF:extraElement naam="RNI-nummer"/>'
    assert said("belanghebbende-identificatie", "vtoDi01", belanghebbende(WITH, NAME, elementen)) == []
    vestiging = belanghebbende(VOOGD, "", elementen.replace("/>", ">9900123456</StUF:extraElement>"), soort="vestiging")
    assert said("belanghebbende-identificatie", "vtoDi01", vestiging) == []


def test_a_kvk_number_beside_the_vestiging_does_not_count_and_an_empty_one_is_pointed_at() -> None:
    number = '<StUF:extraElement naam="kvkNummer">{}</StUF:extraElement>'
    beside = belanghebbende(
        VOOGD, f"<StUF:extraElementen>{number.format('')}</StUF:extraElementen>", number.format("00001234"), "vestiging"
    )
    assert said("CORV000035", "vtoDi01", beside) == [("extraElement", "Van deze organisatie ontbreekt het KvK-nummer.")]


def test_nobody_need_be_informed_where_nobody_is_named(schemas: Schemas) -> None:
    root = make("vtoDi01", 1, 1, WORLD)
    last = find(root, BELANGHEBBENDEN)[-1]
    last.addnext(nobody := etree.fromstring(etree.tostring(last)))
    make_nil(nobody)
    assert schemas.validate(root) == ()
    assert codes_of(root) == []


@pytest.mark.parametrize(
    ("value", "reden", "found"), [("onwaar", "", 0), ("false", "", 1), ("false", " ", 1), ("false", "ziek", 0)]
)
def test_a_reason_is_asked_only_of_false(value: str, reden: str, found: int) -> None:
    elementen = (
        f'<StUF:extraElement naam="indicatieGeinformeerd">{value}</StUF:extraElement>'
        f'<StUF:extraElement naam="redenGeenInformering">{reden}</StUF:extraElement>'
    )
    wat = "Deze belanghebbende is niet geïnformeerd; waarom niet, staat er niet bij."
    assert said("CORV000005", "vtoDi01", belanghebbende(WITH, NAME, elementen)) == [("extraElement[2]", wat)] * found
    assert said("indicatie-geinformeerd", "vtoDi01", belanghebbende(WITH, NAME, elementen)) == []
