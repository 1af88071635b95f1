"""From persons and addresses to the Veilig Thuis that is responsible: werkgebieden.md 6, the order, what must never be."""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from meldingen import melding

from conftest import SHARED, needs_shared
from corv.adressen import read_addresses, werkgebied_of
from corv.tabellen.bestanden import load
from corv.werkgebied import (
    Adres,
    Adressoort,
    Bewijs,
    Groep,
    Maatstaf,
    Persoon,
    Uitkomst,
    Volgorde,
    Werkgebied,
    Zekerheid,
    as_json,
    determine,
    from_json,
    kandidaten,
)
from corv.werkgebied.roles import KNOWN_ROLES, NEVER
from corv.werkgebied.values import GEEN_VERBLIJF, LAATST_BEKEND, ZONDER_VERBLIJF

TABELLEN = load(None, [])
OP = date(2026, 3, 1)
UTRECHT, TWENTE, ARNHEM = ("3511AB", "Utrecht"), ("7551AB", "Hengelo"), ("6811AB", "Arnhem")  # VT20, VT19, VT05
TEGENSPRAAK, DUBBEL = ("3511AB", "Arnhem"), (None, "Hengelo")
NERGENS = ("0000AA", "Nergenshuizen")

EIGEN, ANDER, MEERDERE, ONBEKEND = Uitkomst
HOOG, MIDDEL, LAAG, GEEN = Zekerheid


def maatstaf(eigen: str = "VT20", **volgorde: Any) -> Maatstaf:
    return Maatstaf(TABELLEN, Volgorde(**volgorde), eigen, OP)


def adres(soort: str, place: tuple[str | None, str | None] = (None, None), **more: Any) -> Adres:
    return Adres(f"pad/{soort}", soort, *place, **more)


def feitelijk(place: tuple[str | None, str | None]) -> Adres:
    return adres(Adressoort.FEITELIJK, place)


def formeel(place: tuple[str | None, str | None], **more: Any) -> Adres:
    return adres(Adressoort.FORMEEL, place, **more)


BUITENLAND = adres(Adressoort.FEITELIJK, is_buitenland=True)
GEHEIM = adres(Adressoort.FEITELIJK, is_geheim=True)


def mens(rol: str | None, *adressen: Adres, geboren: date | None = None, is_onderwerp: bool = False) -> Persoon:
    return Persoon(0, rol, adressen, geboren, is_onderwerp)


def numbered(*personen: Persoon) -> list[Persoon]:
    return [replace(persoon, nummer=nummer) for nummer, persoon in enumerate(personen, 1)]


def judged(*personen: Persoon, eigen: str = "VT20", locatie: str | None = None, **volgorde: Any) -> Werkgebied:
    return determine(numbered(*personen), locatie, maatstaf(eigen, **volgorde))


def outcome(werkgebied: Werkgebied) -> tuple[Uitkomst, str | None, Zekerheid]:
    return werkgebied.uitkomst, werkgebied.vt, werkgebied.zekerheid


def counted(werkgebied: Werkgebied) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(bewijs.wie, bewijs.adres, bewijs.vts) for bewijs in werkgebied.bewijs if bewijs.telt]


@pytest.mark.parametrize(
    ("place", "vts", "zekerheid"),
    [
        (("5251AB", None), ("VT15",), MIDDEL),
        (("5256AA", "Heusden"), ("VT15",), HOOG),
        (("1911AB", "Uitgeest"), ("VT17",), HOOG),
        (("6585AB", "Mook"), ("VT06",), HOOG),
        (("3755AB", "Eemnes"), ("VT20",), HOOG),
        (("7551AB", "Hengelo"), ("VT19",), HOOG),
        (("7255AB", "Hengelo"), ("VT14",), HOOG),
        (("7255AB", "Hengelo (Gld)"), ("VT14",), HOOG),
        ((None, "Hengelo"), ("VT14", "VT19"), LAAG),
        (("7551", None), ("VT19",), MIDDEL),
        (("7551", "Nergenshuizen"), ("VT19",), MIDDEL),
        (("7693 ab", None), ("VT11", "VT19"), LAAG),
        (("7693 ab", "Sibculo"), ("VT11",), MIDDEL),
        (("7693AB", "Kloosterhaar"), ("VT11", "VT19"), LAAG),
        (("2511AA", "Den Haag"), ("VT09",), HOOG),
        (("2511AA", "'s-Gravenhage"), ("VT09",), HOOG),
        ((None, "Den Haag"), ("VT09",), MIDDEL),
        (("3511AB", "Arnhem"), ("VT05", "VT20"), LAAG),
        (NERGENS, (), GEEN),
        ((None, None), (), GEEN),
    ],
)
def test_one_address_points_at_the_regions_that_postcode_and_woonplaats_share(
    place: tuple[str | None, str | None], vts: tuple[str, ...], zekerheid: Zekerheid
) -> None:
    werkgebied = judged(mens("jeugdige", feitelijk(place)), eigen="VT08")
    (bewijs,) = werkgebied.bewijs
    assert (bewijs.vts, bewijs.zekerheid, bewijs.telt) == (vts, zekerheid, bool(vts))
    expected = (ONBEKEND, None) if not vts else (ANDER, vts[0]) if len(vts) == 1 else (MEERDERE, None)
    assert outcome(werkgebied) == (*expected, zekerheid)


@pytest.mark.parametrize(
    ("code", "vts", "gemeenten", "expected"),
    [
        ("14", ("VT08",), ("0014",), (ANDER, "VT08", MIDDEL)),
        ("0788", ("VT15", "VT27"), ("0788",), (MEERDERE, None, LAAG)),
        ("0457", ("VT01",), ("0457",), (ANDER, "VT01", MIDDEL)),
        ("9999", (), (), (ONBEKEND, None, GEEN)),
        ("geen code", (), (), (ONBEKEND, None, GEEN)),
    ],
)
def test_a_gemeente_code_points_at_the_region_of_the_gemeente_or_its_successors(
    code: str, vts: tuple[str, ...], gemeenten: tuple[str, ...], expected: object
) -> None:
    werkgebied = judged(mens("jeugdige", formeel((None, None), gemeente=code)))
    assert (werkgebied.bewijs[0].vts, werkgebied.bewijs[0].gemeenten, outcome(werkgebied)) == (vts, gemeenten, expected)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (("7551", None), (ANDER, "VT19", HOOG)),  # the gemeente of registration agrees with half an address
        (TWENTE, (ANDER, "VT19", HOOG)),
        (ARNHEM, (ANDER, "VT05", MIDDEL)),  # registered elsewhere
    ],
)
def test_the_gemeente_of_registration_confirms_or_weakens_the_feitelijk_address(
    place: tuple[str | None, str | None], expected: object
) -> None:
    assert outcome(judged(mens("jeugdige", feitelijk(place), formeel((None, None), gemeente="164")))) == expected


KIND_TWENTE = mens("jeugdige", feitelijk(TWENTE))
VADER_ARNHEM = mens("ouder met gezag", feitelijk(ARNHEM), geboren=date(1985, 1, 1))


@pytest.mark.parametrize(
    ("personen", "expected"),
    [
        pytest.param([KIND_TWENTE], (ANDER, "VT19", HOOG), id="the only jeugdige elsewhere"),
        pytest.param([mens("jeugdige", feitelijk(UTRECHT))], (EIGEN, "VT20", HOOG), id="the only jeugdige here"),
        pytest.param([mens("jeugdige", feitelijk(UTRECHT)), VADER_ARNHEM], (EIGEN, "VT20", HOOG), id="jeugdige wins of vader"),
        pytest.param([KIND_TWENTE, mens("jeugdige", feitelijk(UTRECHT))], (EIGEN, "VT20", HOOG), id="one of the minors here"),
        pytest.param([KIND_TWENTE, mens("jeugdige", feitelijk(ARNHEM))], (MEERDERE, None, LAAG), id="minors in two regions"),
        pytest.param([KIND_TWENTE, mens("jeugdige")], (ANDER, "VT19", MIDDEL), id="of one minor nothing is known"),
        pytest.param([KIND_TWENTE, mens("jeugdige", BUITENLAND)], (ANDER, "VT19", MIDDEL), id="one minor abroad"),
        pytest.param(
            [mens("Client (kind)", feitelijk(TWENTE)), mens("Client (ongeboren kind)")], (ANDER, "VT19", HOOG), id="unborn"
        ),
        pytest.param([mens("jeugdige", feitelijk(TEGENSPRAAK))], (MEERDERE, None, LAAG), id="contradiction"),
        pytest.param([KIND_TWENTE, mens("jeugdige", feitelijk(DUBBEL))], (MEERDERE, None, LAAG), id="one of them ambiguous"),
        pytest.param([mens("jeugdige", formeel(TWENTE))], (ANDER, "VT19", MIDDEL), id="formeel only"),
        pytest.param([mens("jeugdige", BUITENLAND, formeel(TWENTE))], (ANDER, "VT19", MIDDEL), id="feitelijk abroad"),
        pytest.param([mens("jeugdige", feitelijk(TWENTE), formeel(UTRECHT))], (ANDER, "VT19", MIDDEL), id="formeel elsewhere"),
        pytest.param([mens("jeugdige", feitelijk(UTRECHT), formeel(TWENTE))], (EIGEN, "VT20", MIDDEL), id="here, not formeel"),
        pytest.param([mens("jeugdige", feitelijk(NERGENS), formeel(TWENTE))], (ANDER, "VT19", MIDDEL), id="feitelijk unknown"),
        pytest.param([mens("jeugdige", GEHEIM, formeel(TWENTE))], (ANDER, "VT19", MIDDEL), id="feitelijk secret"),
        pytest.param(
            [mens("jeugdige", feitelijk(TWENTE), formeel((None, None), is_geheim=True))],
            (ANDER, "VT19", MIDDEL),
            id="formeel secret",
        ),
        pytest.param([mens("jeugdige", GEHEIM)], (ONBEKEND, None, GEEN), id="secret"),
        pytest.param([mens("jeugdige", adres(LAATST_BEKEND, TWENTE))], (ANDER, "VT19", LAAG), id="last known"),
        pytest.param([mens("jeugdige", adres(GEEN_VERBLIJF, TWENTE))], (ONBEKEND, None, GEEN), id="no abode"),
        pytest.param([mens("jeugdige", adres(ZONDER_VERBLIJF, TWENTE))], (ONBEKEND, None, GEEN), id="no fixed abode"),
        pytest.param([mens("jeugdige"), VADER_ARNHEM], (ANDER, "VT05", MIDDEL), id="only the household"),
        pytest.param([mens("voogd", feitelijk(UTRECHT))], (EIGEN, "VT20", MIDDEL), id="the household here"),
        pytest.param([mens("voogd", feitelijk(UTRECHT)), VADER_ARNHEM], (MEERDERE, None, LAAG), id="household here and there"),
        pytest.param([mens(None, feitelijk(TWENTE))], (ONBEKEND, None, GEEN), id="unknown role"),
        pytest.param([], (ONBEKEND, None, GEEN), id="nobody"),
    ],
)
def test_the_outcome_over_all_persons(personen: list[Persoon], expected: object) -> None:
    assert outcome(judged(*personen)) == expected


@pytest.mark.parametrize("rol", sorted(NEVER))
def test_who_reports_or_helps_never_counts_whatever_the_age(rol: str) -> None:
    werkgebied = judged(mens(rol, feitelijk(TWENTE), geboren=date(2015, 1, 1)))
    assert (outcome(werkgebied), counted(werkgebied)) == ((ONBEKEND, None, GEEN), [])
    assert werkgebied.bewijs[0].vts == ("VT19",)
    assert f"de rol {rol} zegt niets" in werkgebied.bewijs[0].waarom


@pytest.mark.parametrize(
    ("persoon", "expected"),
    [
        (mens("broer of zus", feitelijk(TWENTE), geboren=date(2015, 1, 1)), HOOG),
        (mens("broer of zus", feitelijk(TWENTE)), MIDDEL),
        (mens("ouder met gezag", feitelijk(TWENTE), geboren=date(2009, 1, 1)), HOOG),
        (mens("kind", feitelijk(TWENTE)), HOOG),
        (mens("kind", feitelijk(TWENTE), geboren=date(1990, 1, 1)), MIDDEL),
        (mens("jeugdige", feitelijk(TWENTE), geboren=date(1990, 1, 1)), MIDDEL),
        (mens("Client (kind)", feitelijk(TWENTE)), HOOG),
        (mens(None, feitelijk(TWENTE), geboren=date(2015, 1, 1)), HOOG),
        (mens(None, feitelijk(TWENTE), is_onderwerp=True), HOOG),
        (mens(None, feitelijk(TWENTE), is_onderwerp=True, geboren=date(1990, 1, 1)), MIDDEL),
        (mens("kind", feitelijk(TWENTE), geboren=date(2008, 3, 1)), MIDDEL),  # eighteen today
        (mens("kind", feitelijk(TWENTE), geboren=date(2008, 3, 2)), HOOG),  # eighteen tomorrow
    ],
)
def test_who_is_a_minor_by_role_or_by_age(persoon: Persoon, expected: Zekerheid) -> None:
    """A minor gives a high confidence, someone else of the household a middling one."""
    assert outcome(judged(persoon)) == (ANDER, "VT19", expected)


def test_all_evidence_is_shown_in_the_order_of_the_message_with_what_counts_and_why() -> None:
    werkgebied = judged(
        VADER_ARNHEM,
        mens("jeugdige", formeel(TWENTE), feitelijk(UTRECHT)),
        mens("melder", feitelijk(TWENTE)),
        mens("voogd", GEHEIM),
    )
    assert counted(werkgebied) == [("persoon 2 (jeugdige)", "feitelijk", ("VT20",))]
    assert [(bewijs.wie, bewijs.adres, bewijs.vts, bewijs.waarom) for bewijs in werkgebied.bewijs] == [
        (
            "persoon 1 (ouder met gezag)",
            "feitelijk",
            ("VT05",),
            "De postcode en de woonplaats wijzen naar dezelfde regio. Telt niet mee: de adressen van de minderjarigen gaan voor.",
        ),
        (
            "persoon 2 (jeugdige)",
            "formeel",
            ("VT19",),
            "De postcode en de woonplaats wijzen naar dezelfde regio. Telt niet mee: het adres van de soort feitelijk gaat voor.",
        ),
        (
            "persoon 2 (jeugdige)",
            "feitelijk",
            ("VT20",),
            "De postcode en de woonplaats wijzen naar dezelfde regio. "
            "Het adres van de soort formeel ligt in een andere regio; het adres van de soort feitelijk gaat voor.",
        ),
        (
            "persoon 3 (melder)",
            "feitelijk",
            ("VT19",),
            "De postcode en de woonplaats wijzen naar dezelfde regio. "
            "Telt niet mee: de rol melder zegt niets over waar het kind woont.",
        ),
        ("persoon 4 (voogd)", "feitelijk", (), "Dit adres is afgeschermd; er wordt niets uit afgeleid."),
    ]
    assert werkgebied.waarom == "Een minderjarige heeft een adres in het eigen werkgebied."
    assert kandidaten(werkgebied) == [
        ("persoon 1 (ouder met gezag)", [("feitelijk", ("VT05",))]),
        ("persoon 2 (jeugdige)", [("feitelijk", ("VT20",)), ("formeel", ("VT19",))]),  # first what the outcome rests on
    ]


def test_a_candidate_is_named_once_for_each_soort_of_address() -> None:
    werkgebied = judged(mens("jeugdige", feitelijk(TWENTE), feitelijk(TWENTE), feitelijk(ARNHEM), formeel(("3511AB", "Arnhem"))))
    assert kandidaten(werkgebied) == [
        ("persoon 1 (jeugdige)", [("feitelijk", ("VT19",)), ("feitelijk", ("VT05",)), ("formeel", ("VT05", "VT20"))])
    ]


def test_a_minor_elsewhere_is_named_when_another_lives_here() -> None:
    werkgebied = judged(KIND_TWENTE, mens("jeugdige", feitelijk(UTRECHT)))
    assert counted(werkgebied) == [("persoon 2 (jeugdige)", "feitelijk", ("VT20",))]
    assert werkgebied.waarom == (
        "Een minderjarige heeft een adres in het eigen werkgebied. "
        "Er zijn ook adressen in VT19 (Veilig Thuis Twente); het eigen werkgebied gaat voor."
    )


def test_one_address_as_it_is_recorded() -> None:
    assert judged(KIND_TWENTE).bewijs == (
        Bewijs(
            pad="pad/feitelijk",
            wie="persoon 1 (jeugdige)",
            rol="jeugdige",
            adres="feitelijk",
            postcode=("VT19",),
            woonplaats=("VT14", "VT19"),
            vts=("VT19",),
            gemeenten=("0164",),
            zekerheid=HOOG,
            telt=True,
            waarom="De postcode en de woonplaats wijzen naar dezelfde regio.",
        ),
    )


def test_of_a_secret_address_not_even_the_gemeente_is_told() -> None:
    secret = Adres("pad", Adressoort.FEITELIJK, *TWENTE, gemeente="0164", is_geheim=True)
    (bewijs,) = judged(mens("jeugdige", secret)).bewijs
    assert (bewijs.postcode, bewijs.woonplaats, bewijs.vts, bewijs.gemeenten) == ((), (), (), ())


@pytest.mark.parametrize(
    ("volgorde", "expected"),
    [
        ({}, (ANDER, "VT19", MIDDEL)),
        ({"adressen": (Adressoort.FORMEEL, Adressoort.FEITELIJK)}, (ANDER, "VT05", MIDDEL)),
        ({"adressen": (Adressoort.FEITELIJK,)}, (ANDER, "VT19", HOOG)),
        ({"adressen": (Adressoort.FORMEEL,)}, (ANDER, "VT05", MIDDEL)),
        ({"adressen": ()}, (ONBEKEND, None, GEEN)),
        ({"personen": (Groep.HUISGENOTEN, Groep.MINDERJARIGEN)}, (ANDER, "VT11", MIDDEL)),
        ({"personen": (Groep.HUISGENOTEN,)}, (ANDER, "VT11", MIDDEL)),
        ({"personen": (Groep.MINDERJARIGEN,)}, (ANDER, "VT19", MIDDEL)),
        ({"personen": ()}, (ONBEKEND, None, GEEN)),
    ],
)
def test_the_order_is_configuration_and_what_is_left_out_is_not_used(volgorde: dict[str, Any], expected: object) -> None:
    kind = mens("jeugdige", feitelijk(TWENTE), formeel(ARNHEM))
    assert outcome(judged(kind, mens("voogd", feitelijk(("8011AB", "Zwolle"))), **volgorde)) == expected


@pytest.mark.parametrize(
    ("first", "lacks"),
    [
        (formeel((None, None), is_buitenland=True), "in het buitenland ligt"),
        (formeel((None, None), is_geheim=True), "is afgeschermd"),
        (formeel(NERGENS), "geen regio geeft"),
    ],
)
def test_where_the_first_soort_of_address_gives_no_region_the_next_is_less_sure(first: Adres, lacks: str) -> None:
    order = (Adressoort.FORMEEL, Adressoort.FEITELIJK)
    werkgebied = judged(mens("jeugdige", feitelijk(TWENTE), first), adressen=order)
    assert outcome(werkgebied) == (ANDER, "VT19", MIDDEL)
    assert f"Telt omdat het adres van de soort formeel {lacks}." in werkgebied.bewijs[0].waarom
    assert outcome(judged(mens("jeugdige", feitelijk(TWENTE)), adressen=order)) == (ANDER, "VT19", HOOG)


def test_without_an_own_region_nothing_is_concluded_and_the_evidence_is_shown() -> None:
    werkgebied = judged(KIND_TWENTE, eigen="")
    assert (outcome(werkgebied), werkgebied.waarom) == ((ONBEKEND, None, GEEN), "Het eigen werkgebied is niet ingesteld.")
    assert [(bewijs.vts, bewijs.telt) for bewijs in werkgebied.bewijs] == [(("VT19",), False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Verzonnenlaan 3, 7551 AB", (ANDER, "VT19", LAAG)),
        ("verzonnenlaan 3 7551ab hengelo", (ANDER, "VT19", LAAG)),
        ("Utrecht, bij 3511AB en 7551AB", (MEERDERE, None, LAAG)),
        ("3511AB", (EIGEN, "VT20", LAAG)),
        ("Proefstraat 12, 7551 AB Deventer", (ANDER, "VT19", LAAG)),  # a postcode goes before a name
        ("Station van Hengelo", (MEERDERE, None, LAAG)),
        ("Station van Hengelo (Gld)", (ANDER, "VT14", LAAG)),
        ("Proefstraat 12, Deventer", (ANDER, "VT11", LAAG)),
        ("In 's-Gravenhage op het plein", (ANDER, "VT09", LAAG)),
        ("Stationsplein Alphen aan den Rijn", (ANDER, "VT10", LAAG)),  # not Alphen
        ("Utrecht", (EIGEN, "VT20", LAAG)),
        ("Deventer of Utrecht", (MEERDERE, None, LAAG)),
        ("Deventerstraat 12", (ONBEKEND, None, GEEN)),  # no whole word
        ("ergens in deventer", (ONBEKEND, None, GEEN)),  # no capital, no name
        ("Huizen aan een weg, Best ver, Hem gezien, Ee", (ONBEKEND, None, GEEN)),
        ("Om 7551 uur", (ONBEKEND, None, GEEN)),
        ("In 2011 op straat", (ONBEKEND, None, GEEN)),
        ("Kenteken 17551AB9", (ONBEKEND, None, GEEN)),
        ("", (ONBEKEND, None, GEEN)),
        (None, (ONBEKEND, None, GEEN)),
    ],
)
def test_free_text_is_a_hint_of_low_confidence(text: str | None, expected: object) -> None:
    werkgebied = judged(mens("jeugdige", BUITENLAND), locatie=text)
    assert outcome(werkgebied) == expected
    assert [bewijs.adres for bewijs in werkgebied.bewijs] == ["feitelijk", *(["locatie"] if text else [])]
    assert not text or werkgebied.bewijs[1].telt == (expected != (ONBEKEND, None, GEEN))


def test_free_text_is_not_looked_at_when_an_address_decides_or_when_it_is_switched_off() -> None:
    decided = judged(KIND_TWENTE, locatie="3511AB")
    switched_off = judged(mens("jeugdige"), locatie="3511AB", vrije_tekst=False)
    assert (outcome(decided), len(decided.bewijs)) == ((ANDER, "VT19", HOOG), 1)
    assert (outcome(switched_off), switched_off.bewijs) == ((ONBEKEND, None, GEEN), ())


PLACES = st.tuples(
    st.sampled_from([None, "", "7551AB", "7551", "7693 ab", "3511AB", "6811AB", "0000AA", "geheel iets anders"]),
    st.sampled_from([None, "", "Hengelo", "Kloosterhaar", "Utrecht", "Arnhem", "Nergenshuizen"]),
)
SOORTEN = st.sampled_from([*Adressoort, LAATST_BEKEND, GEEN_VERBLIJF, ZONDER_VERBLIJF])
ADRESSEN = st.builds(
    lambda soort, place, gemeente, abroad, secret: Adres("pad", soort, place[0], place[1], gemeente, abroad, secret),
    SOORTEN,
    PLACES,
    st.sampled_from([None, None, None, "14", "0788", "164", "x"]),
    st.sampled_from([False, False, False, True]),
    st.sampled_from([False, False, False, True]),
)
PERSONEN = st.lists(
    st.builds(
        Persoon,
        st.just(0),
        st.sampled_from([None, *sorted(KNOWN_ROLES)]) | st.just("jeugdige"),
        st.lists(ADRESSEN, max_size=3).map(tuple),
        st.none() | st.dates(),
        st.booleans(),
    ),
    max_size=4,
).map(lambda personen: numbered(*personen))
VOLGORDES = st.builds(
    Volgorde,
    st.permutations(list(Groep)).flatmap(lambda order: st.integers(0, 2).map(lambda n: tuple(order[:n]))),
    st.permutations(list(Adressoort)).flatmap(lambda order: st.integers(0, 2).map(lambda n: tuple(order[:n]))),
    st.booleans(),
)
TEXTS = st.none() | st.text() | st.sampled_from(["3511AB", "Deventer", "Hengelo"])


@given(PERSONEN, TEXTS, VOLGORDES, st.sampled_from(["", "VT19", "VT20"]))
def test_whatever_the_addresses_the_outcome_follows_from_what_counts(
    personen: Sequence[Persoon], text: str | None, volgorde: Volgorde, eigen: str
) -> None:
    werkgebied = determine(personen, text, Maatstaf(TABELLEN, volgorde, eigen, OP))
    counting = [bewijs for bewijs in werkgebied.bewijs if bewijs.telt]
    regions = {vt for bewijs in counting for vt in bewijs.vts}
    match werkgebied.uitkomst:
        case Uitkomst.EIGEN:
            assert (werkgebied.vt, regions) == (eigen, {eigen})
        case Uitkomst.ANDER:
            assert werkgebied.vt != eigen
            assert regions == {werkgebied.vt}
        case Uitkomst.MEERDERE:
            assert (werkgebied.vt, werkgebied.zekerheid) == (None, LAAG)
            assert len(regions) > 1
        case Uitkomst.ONBEKEND:
            assert (werkgebied.vt, werkgebied.zekerheid, counting) == (None, GEEN, [])
    assert all(bewijs.rol not in NEVER for bewijs in counting)
    assert len(werkgebied.bewijs) - sum(len(persoon.adressen) for persoon in personen) in {0, 1}
    assert from_json(json.loads(json.dumps(as_json(werkgebied)))) == werkgebied


@given(PERSONEN, VOLGORDES)
def test_high_confidence_only_where_a_feitelijk_postcode_is_confirmed(personen: Sequence[Persoon], volgorde: Volgorde) -> None:
    """By the woonplaats, or by the gemeente of registration of the same person."""
    werkgebied = determine(personen, None, Maatstaf(TABELLEN, volgorde, "VT20", OP))
    with_code = {persoon.nummer for persoon in personen if any(adres.gemeente for adres in persoon.adressen)}
    for bewijs in werkgebied.bewijs:
        if bewijs.zekerheid is HOOG and int(bewijs.wie.split()[1]) not in with_code:
            assert bewijs.adres == "feitelijk"
            assert bewijs.postcode == bewijs.vts
            assert set(bewijs.vts) <= set(bewijs.woonplaats)
    assert werkgebied.zekerheid is not HOOG or any(bewijs.telt and bewijs.zekerheid is HOOG for bewijs in werkgebied.bewijs)


@given(PERSONEN, st.sampled_from(["Utrecht 3511AB", "Deventer bij de Vijver", "x"]))
def test_nothing_of_an_address_or_of_free_text_comes_out(personen: Sequence[Persoon], text: str) -> None:
    nameless = replace(TABELLEN, namen={})
    shown = json.dumps(as_json(determine(personen, text, Maatstaf(nameless, Volgorde(), "VT20", OP))), ensure_ascii=False)
    for hidden in (
        "7551",
        "7693",
        "3511",
        "6811",
        "Hengelo",
        "Kloosterhaar",
        "Utrecht",
        "Arnhem",
        "Nergens",
        "Deventer",
        "Vijver",
    ):
        assert hidden not in shown


def sweep_rows() -> list[tuple[str, frozenset[str], bool, str]]:
    """Each PC4 with its regions, whether some of its addresses are in another, and a woonplaats of one of its gemeenten."""
    with (SHARED / "geo" / "woonplaats_gemeente.csv").open(encoding="utf-8", newline="") as file:
        woonplaatsen = {row["gm_code"]: row["woonplaats"] for row in csv.DictReader(file)}
    with (SHARED / "geo" / "pc4_gemeente_open.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["pc4"], frozenset(row["vt_codes"].split(";")), row["ambigu_vt"] == "ja", woonplaatsen[row["gm_codes"][:6]])
            for row in csv.DictReader(file)
        ]


@needs_shared
@pytest.mark.slow
def test_a_melding_for_every_pc4_never_names_a_region_that_the_table_excludes() -> None:
    counts = {kind: Counter[str]() for kind in ("met woonplaats", "alleen PC4")}
    for pc4, vts, is_ambiguous, woonplaats in sweep_rows():
        for kind, place in (("met woonplaats", (f"{pc4}AB", woonplaats)), ("alleen PC4", (pc4, None))):
            adresboek = read_addresses(etree.fromstring(melding([{"feitelijk": place}], locatie=None)))
            assert adresboek is not None
            werkgebied = werkgebied_of(adresboek, maatstaf())
            assert werkgebied is not None
            counts[kind][werkgebied.uitkomst] += 1
            if is_ambiguous:
                assert werkgebied.vt in {None, *vts}, (kind, pc4, werkgebied)
            else:
                assert {werkgebied.vt} == vts, (kind, pc4, werkgebied)
    for kind, counter in counts.items():
        print(f"{kind}: " + ", ".join(f"{uitkomst} {counter[uitkomst]}" for uitkomst in Uitkomst))
    assert [sum(counter.values()) for counter in counts.values()] == [4064, 4064]
