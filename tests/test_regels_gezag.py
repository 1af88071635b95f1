"""CORV-A5.6: when somebody with gezag, a person or an organisation, is the same as another in the message."""

import pytest
from regelhulp import BSN, DATE, MOTHER, NAME, VOOGD, WHOLE_NAME, WITH, WITHOUT, belanghebbende, extra, said


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ((WITH, BSN), (MOTHER, BSN), True),
        ((WITH, BSN), (WITHOUT, BSN), False),
        ((WITHOUT, BSN), (WITHOUT, BSN), False),
        ((WITH, BSN), (VOOGD, BSN), False),
        ((VOOGD, BSN), (VOOGD, BSN), True),
        ((WITH, WHOLE_NAME + DATE), (WITH, WHOLE_NAME.replace("Vera", "VERA") + DATE), True),
        ((WITH, WHOLE_NAME + DATE), (WITH, WHOLE_NAME.replace("Vera", "Vero") + DATE), False),
        ((WITH, NAME + DATE), (WITH, NAME + DATE), False),
        ((WITH, WHOLE_NAME), (WITH, WHOLE_NAME), False),
        ((WITH, BSN + WHOLE_NAME + DATE), (WITH, WHOLE_NAME + DATE), False),
    ],
)
def test_a_gezaghebbende_is_the_same_only_when_that_is_sure(
    one: tuple[str, str], other: tuple[str, str], *, is_same: bool
) -> None:
    wat = "Deze gezaghebbende staat al eerder in het bericht."
    found = said("CORV-A5.6", "vtoDi01", belanghebbende(*one), belanghebbende(*other))
    assert found == ([("heeftAlsBelanghebbende[2]", wat)] if is_same else [])


KVK, OTHER_KVK = (extra("kvkNummer", number) for number in ("00001234", "00005678"))
PLACE, OTHER_PLACE = (f"<BG:vestigingsNummer>{number}</BG:vestigingsNummer>" for number in ("000000000001", "000000000002"))


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (("", KVK), ("", KVK), True),
        (("", KVK), ("", OTHER_KVK), False),
        ((PLACE, KVK), (OTHER_PLACE, KVK), True),
        ((PLACE, KVK), (PLACE, OTHER_KVK), False),
        ((PLACE, ""), (PLACE, ""), True),
        ((PLACE, ""), (OTHER_PLACE, ""), False),
        (("", ""), ("", ""), False),
    ],
)
def test_an_organisation_with_gezag_is_known_by_its_numbers(
    one: tuple[str, str], other: tuple[str, str], *, is_same: bool
) -> None:
    organisations = [f"{place}<StUF:extraElementen>{kvk}</StUF:extraElementen>" for place, kvk in (one, other)]
    found = said("CORV-A5.6", "vtoDi01", *(belanghebbende(VOOGD, inhoud, soort="vestiging") for inhoud in organisations))
    assert found == ([("heeftAlsBelanghebbende[2]", "Deze gezaghebbende staat al eerder in het bericht.")] if is_same else [])


def test_two_of_whom_only_the_year_of_birth_is_known_need_not_be_the_same() -> None:
    incomplete = DATE.replace("<BG:geboortedatum>", '<BG:geboortedatum StUF:indOnvolledigeDatum="M">')
    assert said("CORV-A5.6", "vtoDi01", *[belanghebbende(WITH, WHOLE_NAME + incomplete)] * 2) == []
