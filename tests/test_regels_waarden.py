"""The rules about elements that say nothing, or in an extraElement something odd, where their examples don't show it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from regelhulp import TODAY, WORLD, received, said
from test_inhoud import children
from xmlschema.validators import XsdElement

import corv.schemas
from corv.niveaus import Niveaus, Regelniveau, Richting, Wijziging
from corv.rules.bericht import first
from corv.rules.breken import empty, make_nil, need, put_extra
from corv.rules.running import Beleid, check_rules
from corv.rules.verplicht_zonder_waarde import VERPLICHT
from corv.schemas import Schemas
from corv.schemas.places import display_path
from corv.stuf import JZ, JZ_FUNCTIES, NO_VALUE, PREFIXES
from corv.voorbeeld import make

STATUTAIRE_NAAM = "JZ:object/ZKN:heeftAlsUitvoerende/ZKN:gerelateerde/ZKN:nietNatuurlijkPersoon/BG:statutaireNaam"


@pytest.mark.parametrize("naam", sorted(JZ_FUNCTIES))
def test_of_an_element_that_was_emptied_one_rule_tells(naam: str, schemas: Schemas) -> None:
    wrong, tried = {}, 0
    for zaad in range(1, 4):
        root = make(naam, zaad, 1, WORLD)
        for element in [one for one in need(root, "JZ:object").iterdescendants("{*}*") if one.text and not len(one)]:
            kept, element.text = element.text, None
            if "authentiek" not in str(element.tag) and not schemas.validate(root):
                tried += 1
                here = [code for code, pad in received(root) if pad == display_path(element)]
                if len(here) != 1:
                    wrong[zaad, display_path(element)] = here
            element.text = kept
    assert wrong == {}
    assert tried


@pytest.mark.parametrize(
    "xml",
    [
        '<JZ:locatieIncident xsi:nil="true"/>',
        '<JZ:locatieIncident noValue="waardeOnbekend"/>',
        '<ZKN:gerelateerde><BG:voornamen StUF:noValue="geenWaarde"/></ZKN:gerelateerde>',
        '<JZ:betreft StUF:entiteittype="MDGZKGBTR"/>',
        "<JZ:gerelateerde/>",
        "<BG:authentiek/>",
    ],
)
def test_an_element_that_says_why_it_is_empty_or_may_be_so_is_not_empty(xml: str) -> None:
    assert said("leeg-element", "vtMeldingDi01", xml) == []


def test_what_is_empty_in_the_stuurgegevens_is_for_others_to_tell() -> None:
    kop = "<JZ:stuurgegevens><StUF:zender><StUF:administratie/></StUF:zender></JZ:stuurgegevens>"
    assert said("leeg-element", "vtMeldingDi01", "<JZ:informering>Geen</JZ:informering>", kop=kop) == []


def test_an_element_with_only_white_space_is_empty() -> None:
    told = said("leeg-element", "vtMeldingDi01", "<JZ:informering>\n  </JZ:informering>")
    assert [at for at, _ in told] == ["informering"]


def test_an_empty_element_is_told_of_by_the_rule_that_knows_it_and_without_that_rule_all_the_same() -> None:
    root = make("vtoDi01", 1, 1, WORLD)
    element = need(root, STATUTAIRE_NAAM)
    empty(element)
    without = Niveaus((Wijziging("statutaire-naam", ontvangst=Regelniveau.UIT),))
    assert received(root) == [("statutaire-naam", display_path(element))]
    assert received(root, without) == [("leeg-element-vto", display_path(element))]


def test_an_empty_text_stops_a_verzoek_but_not_a_terugkoppeling(schemas: Schemas) -> None:
    told = {}
    for naam, path in (("vtoDi01", ".//BG:voornamen"), ("vtTerugkoppelingDi01", "JZ:object/ZKN:toelichting")):
        root = next(root for zaad in range(1, 50) if first(root := make(naam, zaad, 1, WORLD), path) is not None)
        empty(need(root, path))
        assert not schemas.validate(root)
        told[naam] = [(one.code, one.niveau) for one in check_rules(root, Beleid(Richting.VERZENDEN, TODAY, may_refuse=True))]
    assert told == {"vtoDi01": [("leeg-element-vto", "fout")], "vtTerugkoppelingDi01": [("leeg-element", "waarschuwing")]}


def test_a_light_warning_does_not_silence_that_an_element_is_empty() -> None:
    root = make("vtoDi01", 1, 1, WORLD)
    empty(put_extra(need(root, "JZ:object"), "onbekend", ""))
    found = check_rules(root, Beleid(Richting.VERZENDEN, TODAY, may_refuse=True))
    assert [(one.code, one.niveau) for one in found] == [("leeg-element-vto", "fout"), ("extra-element-onbekend", "waarschuwing")]


@pytest.mark.parametrize(
    ("pad", "regel"),
    [
        ("JZ:object/ZKN:heeftBetrekkingOpAndere/ZKN:gerelateerde", "onderzoek-ontbreekt"),
        ("JZ:object/ZKN:heeftAlsUitvoerende/ZKN:gerelateerde/ZKN:nietNatuurlijkPersoon", "statutaire-naam"),
        ("JZ:object/ZKN:heeftAlsUitvoerende/ZKN:gerelateerde/ZKN:medewerker", "verplicht-zonder-waarde"),
        ("JZ:object/ZKN:isVan/ZKN:gerelateerde", "verplicht-zonder-waarde"),
        ("JZ:object/ZKN:heeftBetrekkingOp", "CORV-A3.2"),
        ("JZ:object/ZKN:heeftBetrekkingOp/ZKN:gerelateerde", "CORV-A3.2"),
    ],
)
def test_a_mandatory_part_that_is_nil_is_told_of_once(schemas: Schemas, pad: str, regel: str) -> None:
    root = make("vtoDi01", 1, 1, WORLD)
    element = need(root, pad)
    make_nil(element)
    assert not schemas.validate(root)
    assert received(root) == [(regel, display_path(element))]


def test_a_mandatory_element_that_says_no_value_beside_a_text_has_none(schemas: Schemas) -> None:
    root = make("vtoDi01", 1, 1, WORLD)
    element = need(root, "JZ:object/ZKN:heeftAlsUitvoerende/ZKN:gerelateerde/ZKN:medewerker/ZKN:achternaam")
    element.set(NO_VALUE, "waardeOnbekend")
    assert element.text
    assert not schemas.validate(root)
    assert received(root) == [("verplicht-zonder-waarde", display_path(element))]


@pytest.mark.parametrize(
    ("xml", "wat"),
    [
        ('<ZKN:isVan xsi:nil="true"/>', "Deze relatie is leeg (nil of noValue): hier hoort te staan om wat voor zaak het gaat."),
        (
            '<ZKN:heeftRelevant><ZKN:gerelateerde xsi:nil="true"/></ZKN:heeftRelevant>',
            "Deze relatie is leeg (nil of noValue): hier hoort te staan welk document erbij hoort.",
        ),
        (
            '<ZKN:heeftRelevant><ZKN:gerelateerde><ZKN:identificatie StUF:noValue="geenWaarde"/></ZKN:gerelateerde>'
            "</ZKN:heeftRelevant>",
            "Dit element is verplicht, maar het zegt dat het geen waarde heeft (nil of noValue).",
        ),
    ],
)
def test_of_a_relation_that_is_empty_it_is_said_what_is_missing(xml: str, wat: str) -> None:
    assert [one for _, one in said("verplicht-zonder-waarde", "vtoDi01", xml)] == [wat]


def test_a_statutaire_naam_that_says_no_value_is_missing() -> None:
    root = make("vtoDi01", 1, 1, WORLD)
    element = need(root, STATUTAIRE_NAAM)
    element.set(NO_VALUE, "waardeOnbekend")
    assert received(root) == [("statutaire-naam", display_path(element))]


OWNED = {"ZKN:heeftAlsUitvoerende", "ZKN:heeftAlsUitvoerende/ZKN:gerelateerde"}
"""Of these another rule tells."""

OWNED_WHOLE = (
    "ZKN:heeftBetrekkingOpAndere",
    "ZKN:heeftAlsUitvoerende/ZKN:gerelateerde/ZKN:nietNatuurlijkPersoon",
    "ZKN:heeftAlsInitiator",
)
"""And of these, with all that is in them."""


@pytest.mark.parametrize("naam", VERPLICHT)
def test_every_mandatory_element_that_the_schema_lets_say_nothing_is_in_the_table_or_of_another_rule(naam: str) -> None:
    own = xmlschema.XMLSchema(Path(corv.schemas.__file__).parent / "corv.xsd", allow="local", validation="lax")
    found = _without_value(own.elements[f"{{{JZ}}}{naam}"])
    assert set(VERPLICHT[naam]) == {path for path in found if path not in OWNED and not path.startswith(OWNED_WHOLE)}


def _without_value(element: XsdElement, above: str = "") -> Iterator[str]:
    for child, _ in children(element):
        path = f"{above}/{PREFIXES[child.target_namespace]}:{child.local_name}".removeprefix("/JZ:object/")
        if child.local_name not in {"stuurgegevens", "extraElementen"}:
            if child.min_occurs and _may_say_nothing(child):
                yield path
            yield from _without_value(child, path)


def _may_say_nothing(element: XsdElement) -> bool:
    kind: Any = element.type
    return element.nillable or (kind.has_simple_content() and NO_VALUE in kind.attributes and kind.content.is_valid(""))


def test_a_terugkoppeling_without_any_melding_lacks_its_number() -> None:
    xml = '<JZ:naarAanleidingVan><JZ:gerelateerde xsi:nil="true"/></JZ:naarAanleidingVan>'
    assert [at for at, _ in said("identificatie-vt-melding", "vtTerugkoppelingDi01", xml)] == ["gerelateerde"]
