"""The persons and addresses as a message gives them: birth dates that are not whole or can't be, and parts that are shielded."""

from collections.abc import Callable
from datetime import date

import pytest
from lxml import etree
from meldingen import melding

from corv.adressen import read_persons, werkgebied_of
from corv.stuf import BG, STUF
from corv.tabellen.bestanden import load
from corv.werkgebied import Maatstaf, Volgorde, Werkgebied

OP = date(2026, 11, 23)
MAATSTAF = Maatstaf(load(None, []), Volgorde(), "VT20", OP)
IN_TWENTE = {"feitelijk": ("7511AB", "Enschede")}


def read(
    persoon: dict[str, object], change: Callable[[etree._Element], None] = lambda _: None
) -> tuple[etree._Element, Werkgebied]:
    root = etree.fromstring(melding([{**IN_TWENTE, **persoon}], locatie=None))
    change(root)
    found = werkgebied_of(root, MAATSTAF)
    assert found is not None
    return root, found


def birth(text: str, known: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        (element,) = root.iter(f"{{{BG}}}geboortedatum")
        element.text = text
        element.set(f"{{{STUF}}}indOnvolledigeDatum", known)

    return change


@pytest.mark.parametrize(
    ("text", "known", "first", "last"),
    [
        ("20150214", "V", None, date(2015, 2, 14)),
        ("20150201", "D", date(2015, 2, 1), date(2015, 2, 28)),
        ("20150101", "M", date(2015, 1, 1), date(2015, 12, 31)),
        ("20150101", "J", None, None),
        ("20150230", "V", None, None),
        ("gisteren", "V", None, None),
    ],
)
def test_a_birth_date_is_read_as_far_as_it_is_known(text: str, known: str, first: date | None, last: date | None) -> None:
    root, _ = read({"geboren": date(2015, 1, 1)}, birth(text, known))

    (persoon,) = read_persons(root)
    assert (persoon.geboren_vanaf, persoon.geboren) == (first, last)


@pytest.mark.parametrize(
    ("rol", "text", "known", "zekerheid"),
    [
        ("broer of zus", "20151124", "V", "hoog"),
        ("broer of zus", "20261123", "V", "hoog"),  # born today
        ("broer of zus", "20261124", "V", "middel"),  # tomorrow: a mistake, so not known to be a minor
        ("broer of zus", "21150214", "V", "middel"),
        ("broer of zus", "20261101", "D", "hoog"),  # some day this month
        ("broer of zus", "20260101", "M", "hoog"),  # some day this year
        ("broer of zus", "20261201", "D", "middel"),
        ("kind", "20261124", "V", "hoog"),  # unknown: a minor by the role
        ("jeugdige", "20261124", "V", "hoog"),
        ("jeugdige", "20081124", "V", "hoog"),
        ("jeugdige", "20081123", "V", "middel"),  # eighteen today
        ("jeugdige", "20080101", "M", "hoog"),  # maybe not eighteen yet
        ("jeugdige", "20070101", "M", "middel"),
        ("Client (kind)", "19900101", "V", "middel"),
    ],
)
def test_how_sure_an_address_is_depends_on_the_age_as_far_as_it_is_known(rol: str, text: str, known: str, zekerheid: str) -> None:
    _, found = read({"rol": rol, "geboren": date(2015, 1, 1)}, birth(text, known))

    assert (found.uitkomst, found.vt, found.zekerheid) == ("ander", "VT19", zekerheid)


def test_of_a_jeugdige_who_is_an_adult_it_is_said() -> None:
    _, found = read({"geboren": date(1990, 1, 1)})

    (bewijs,) = found.bewijs
    assert (bewijs.telt, bewijs.zekerheid) == (True, "middel")
    assert bewijs.waarom == (
        "De postcode en de woonplaats wijzen naar dezelfde regio. Deze persoon is volgens de geboortedatum al 18."
    )


def test_an_adult_jeugdige_still_goes_before_the_household() -> None:
    parent, adult = {"rol": "ouder met gezag", "feitelijk": ("6811AB", "Arnhem")}, {**IN_TWENTE, "geboren": date(1990, 1, 1)}
    found = werkgebied_of(etree.fromstring(melding([parent, adult], locatie=None)), MAATSTAF)

    assert found is not None
    assert (found.uitkomst, found.vt, found.zekerheid) == ("ander", "VT19", "middel")
