"""The persons and addresses as a message gives them: birth dates that are not whole or can't be, and parts that are shielded."""

from collections.abc import Callable
from datetime import date

import pytest
from lxml import etree
from meldingen import melding

from corv.adressen import Adresboek, read_addresses, werkgebied_of
from corv.stuf import BG, STUF
from corv.tabellen.bestanden import load
from corv.werkgebied import Maatstaf, Volgorde, Werkgebied

OP = date(2026, 11, 23)
MAATSTAF = Maatstaf(load(None, []), Volgorde(), "VT20", OP)
IN_TWENTE = {"feitelijk": ("7511AB", "Enschede")}


def book(root: etree._Element) -> Adresboek:
    found = read_addresses(root)
    assert found is not None
    return found


def read(
    persoon: dict[str, object], change: Callable[[etree._Element], None] = lambda _: None
) -> tuple[etree._Element, Werkgebied]:
    root = etree.fromstring(melding([{**IN_TWENTE, **persoon}], locatie=None))
    change(root)
    return root, werkgebied_of(book(root), MAATSTAF)


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

    (persoon,) = book(root).personen
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
    found = werkgebied_of(book(etree.fromstring(melding([parent, adult], locatie=None))), MAATSTAF)

    assert found is not None
    assert (found.uitkomst, found.vt, found.zekerheid) == ("ander", "VT19", "middel")


def shielded(*names: str, reason: str = "nietGeautoriseerd") -> Callable[[etree._Element], None]:
    """Say of the first elements of these names that the sender may not tell them."""

    def change(root: etree._Element) -> None:
        for name in names:
            element = next(root.iter(f"{{{BG}}}{name}"))
            element.text = None
            element.set("{http://www.w3.org/2001/XMLSchema-instance}nil", "true")
            element.set(f"{{{STUF}}}noValue", reason)

    return change


PART = "Een deel van een adres van deze persoon is afgeschermd."


@pytest.mark.parametrize(
    ("persoon", "change", "expected", "waarom"),
    [
        ({}, shielded("gor.openbareRuimteNaam"), ("ander", "middel"), [PART]),
        ({}, shielded("aoa.huisnummer"), ("ander", "middel"), [PART]),
        ({}, shielded("gor.openbareRuimteNaam", reason="geenWaarde"), ("ander", "hoog"), []),
        ({"formeel": ("7511AB", "Enschede")}, shielded("aoa.huisnummer"), ("ander", "middel"), [PART]),  # of the other address
        ({"formeel": ("3511AB", "Utrecht")}, shielded("aoa.huisnummer"), ("ander", "middel"), [PART]),
        ({"formeel_buitenland": True}, shielded("lnd.landcode"), ("ander", "middel"), [PART]),
        ({}, shielded("aoa.postcode"), ("onbekend", "geen"), []),
        ({}, shielded("wpl.woonplaatsNaam"), ("onbekend", "geen"), []),
        ({}, shielded("feitelijkVerblijfsadresBinnenland"), ("onbekend", "geen"), []),
    ],
)
def test_where_a_part_of_an_address_is_shielded_it_is_not_sure(
    persoon: dict[str, object], change: Callable[[etree._Element], None], expected: tuple[str, str], waarom: list[str]
) -> None:
    _, found = read(persoon, change)

    assert (found.uitkomst, found.zekerheid) == expected
    assert [PART for bewijs in found.bewijs if bewijs.telt and PART in bewijs.waarom] == waarom
