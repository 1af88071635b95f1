"""The rules of herroutering on one message: the first that applies, and why each did or did not."""

import ast
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import corv
from corv.desk.ruling import REGEL
from corv.herregels import (
    FIXED_NAMES,
    VOORWAARDEN,
    WERKGEBIED,
    Dan,
    Feiten,
    Partijen,
    Poging,
    Regel,
    feiten_of,
    target_of,
    try_rules,
)
from corv.herroutering import NO_RULE
from corv.routing import ROUTES
from corv.werkgebied import Bewijs, Uitkomst, Werkgebied, Zekerheid
from corv.werkgebied.roles import KNOWN_ROLES

DAY = date(2026, 11, 23)
US, OTHER, GEMEENTE, POLITIE = (f"0000000199900000{number}" for number in (1001, 9000, 5000, 7000))


def bewijs(rol: str | None, gemeente: str, vt: str, *, telt: bool = True) -> Bewijs:
    return Bewijs("object", "persoon", rol, "feitelijk", (vt,), (vt,), (vt,), (gemeente,), Zekerheid.HOOG, telt, "")


TWENTE = Werkgebied(
    Uitkomst.ANDER,
    "VT19",
    Zekerheid.MIDDEL,
    (bewijs("jeugdige", "0153", "VT19"), bewijs("ouder met gezag", "0344", "VT20", telt=False)),
    "",
)
FEITEN = feiten_of("vtMeldingDi01", frozenset({POLITIE}), frozenset({US, "ons", "veilig-thuis", "VT20"}), TWENTE, DAY)


def als(**conditions: str | list[str]) -> dict[str, frozenset[str]]:
    return {name: frozenset([value] if isinstance(value, str) else value) for name, value in conditions.items()}


def test_only_evidence_that_counts_gives_roles_and_gemeenten() -> None:
    assert (FEITEN.rollen, FEITEN.gemeenten) == (frozenset({"jeugdige"}), frozenset({"0153"}))


def test_a_message_without_addresses_counts_as_unknown() -> None:
    feiten = feiten_of("vtTerugkoppelingDi01", frozenset(), frozenset(), None, DAY)

    assert (feiten.werkgebied.uitkomst, feiten.werkgebied.vt, feiten.werkgebied.zekerheid) == ("onbekend", None, "geen")


@pytest.mark.parametrize(
    ("conditions", "past", "waarom"),
    [
        (als(), True, "geen voorwaarden"),
        (als(functie="vtMeldingDi01"), True, "alle voorwaarden kloppen: functie is vtMeldingDi01"),
        (als(functie="vtoDi01"), False, "functie is vtMeldingDi01; de regel vraagt vtoDi01"),
        (als(zender=POLITIE), True, f"alle voorwaarden kloppen: zender is {POLITIE}"),
        (als(zender="veilig-thuis"), False, f"zender is {POLITIE}; de regel vraagt veilig-thuis"),
        (als(ontvanger="VT20"), True, f"alle voorwaarden kloppen: ontvanger is ons ({US}, VT20)"),
        (
            als(ontvanger=["ander", "VT19"]),
            False,
            f"ontvanger is ons ({US}, VT20); de regel vraagt VT19 of ander",
        ),
        (als(zekerheid="hoog"), False, "zekerheid is middel; de regel vraagt hoog"),
        (
            als(zekerheid=["hoog", "middel"], uitkomst="ander"),
            True,
            "alle voorwaarden kloppen: uitkomst is ander, zekerheid is middel",
        ),
        (
            als(zekerheid="hoog", uitkomst="eigen"),
            False,
            "uitkomst is ander; de regel vraagt eigen. zekerheid is middel; de regel vraagt hoog",
        ),
        (als(werkgebied="VT19"), True, "alle voorwaarden kloppen: werkgebied is VT19"),
        (als(werkgebied="VT05"), False, "werkgebied is VT19; de regel vraagt VT05"),
        (als(rol=["jeugdige", "kind"]), True, "alle voorwaarden kloppen: rol is jeugdige"),
        (als(rol="ouder met gezag"), False, "rol is jeugdige; de regel vraagt ouder met gezag"),
        (als(gemeente="0153"), True, "alle voorwaarden kloppen: gemeente is 0153"),
        (als(gemeente="0344"), False, "gemeente is 0153; de regel vraagt 0344"),
    ],
)
def test_each_condition_says_what_was_found_and_what_was_wanted(
    conditions: dict[str, frozenset[str]], past: bool, waarom: str
) -> None:
    rule = Regel("r", Dan.BEOORDEEL, conditions)

    assert try_rules((rule,), FEITEN) == (rule if past else None, (Poging("r", past=past, waarom=waarom),))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({US, "ons", "veilig-thuis", "VT20"}, f"ons ({US}, VT20)"),
        ({GEMEENTE, "ons"}, f"ons ({GEMEENTE})"),
        ({OTHER, "ander", "veilig-thuis", "VT19"}, f"ander ({OTHER}, VT19)"),
        ({"ander", "veilig-thuis"}, "ander"),
        ({POLITIE}, POLITIE),
        (set(), "niet bekend"),
    ],
)
def test_a_party_is_told_as_who_it_is(words: set[str], told: str) -> None:
    feiten = feiten_of("vtMeldingDi01", frozenset(words), frozenset(), None, DAY)
    rule = Regel("r", Dan.BEOORDEEL, als(zender="VT05"))

    assert try_rules((rule,), feiten)[1][0].waarom == f"zender is {told}; de regel vraagt VT05"


def test_what_is_not_known_is_said_so() -> None:
    nothing = feiten_of("vtMeldingDi01", frozenset(), frozenset(), None, DAY)
    rule = Regel("r", Dan.BEOORDEEL, als(zender="ander", werkgebied="VT19", rol="jeugdige"))

    (poging,) = try_rules((rule,), nothing)[1]

    assert poging.waarom == (
        "zender is niet bekend; de regel vraagt ander. werkgebied is niet bekend; de regel vraagt VT19. "
        "rol is niet bekend; de regel vraagt jeugdige"
    )


@pytest.mark.parametrize(
    ("van", "tot", "waarom"),
    [
        (DAY, DAY, "geen voorwaarden"),
        (DAY + timedelta(1), None, "het bericht kwam op 23-11-2026; de regel geldt vanaf 24-11-2026"),
        (None, DAY - timedelta(1), "het bericht kwam op 23-11-2026; de regel gold tot en met 22-11-2026"),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last(van: date | None, tot: date | None, waarom: str) -> None:
    rule = Regel("r", Dan.BEOORDEEL, {}, geldig_van=van, geldig_tot=tot)

    (poging,) = try_rules((rule,), FEITEN)[1]

    assert (poging.waarom, poging.past) == (waarom, waarom == "geen voorwaarden")


_VALUES: dict[str, list[str]] = {
    "functie": ["vtMeldingDi01", "vtoDi01"],
    "zender": ["ons", "ander", "veilig-thuis", "VT19", OTHER],
    "ontvanger": ["ons", "ander", "veilig-thuis", "VT20", US],
    "uitkomst": list(Uitkomst),
    "zekerheid": list(Zekerheid),
    "werkgebied": ["VT19", "VT20"],
    "rol": ["jeugdige", "kind"],
    "gemeente": ["0153", "0344"],
}
_DAYS = st.dates(date(2026, 11, 20), date(2026, 11, 26))


def _sets(values: list[str], least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), min_size=least)


_RULES = st.lists(
    st.builds(
        Regel,
        naam=st.sampled_from(["a", "b", "c"]),
        dan=st.sampled_from(Dan),
        als=st.fixed_dictionaries({}, optional={name: _sets(values, 1) for name, values in _VALUES.items()}),
        geldig_van=st.none() | _DAYS,
        geldig_tot=st.none() | _DAYS,
    ),
    max_size=5,
).map(tuple)
_FACTS = st.builds(
    Feiten,
    functie=st.sampled_from(_VALUES["functie"]),
    zender=_sets(_VALUES["zender"]),
    ontvanger=_sets(_VALUES["ontvanger"]),
    werkgebied=st.builds(
        Werkgebied,
        uitkomst=st.sampled_from(Uitkomst),
        vt=st.none() | st.sampled_from(_VALUES["werkgebied"]),
        zekerheid=st.sampled_from(Zekerheid),
        bewijs=st.just(()),
        waarom=st.just(""),
    ),
    rollen=_sets(_VALUES["rol"]),
    gemeenten=_sets(_VALUES["gemeente"]),
    op=_DAYS,
)


def _applies(rule: Regel, feiten: Feiten) -> bool:
    """What it means that a rule applies, said once more in another way."""
    found: dict[str, set[str]] = {
        "functie": {feiten.functie},
        "zender": set(feiten.zender),
        "ontvanger": set(feiten.ontvanger),
        "uitkomst": {feiten.werkgebied.uitkomst},
        "zekerheid": {feiten.werkgebied.zekerheid},
        "werkgebied": {feiten.werkgebied.vt or "-"},
        "rol": set(feiten.rollen),
        "gemeente": set(feiten.gemeenten),
    }
    is_valid = (rule.geldig_van or feiten.op) <= feiten.op <= (rule.geldig_tot or feiten.op)
    return is_valid and all(any(value in found[name] for value in wanted) for name, wanted in rule.als.items())


@given(_RULES, _FACTS)
def test_the_first_rule_that_applies_decides_and_every_rule_up_to_it_is_explained(
    rules: tuple[Regel, ...], feiten: Feiten
) -> None:
    rule, pogingen = try_rules(rules, feiten)

    verdicts = [_applies(one, feiten) for one in rules]
    first = verdicts.index(True) if True in verdicts else None
    assert rule == (None if first is None else rules[first])
    assert [(poging.naam, poging.past) for poging in pogingen] == [
        (one.naam, number == first) for number, one in enumerate(rules[: None if first is None else first + 1])
    ]
    assert all(poging.waarom for poging in pogingen)


PARTIJEN = Partijen(frozenset({US}), frozenset({GEMEENTE}), "VT20", {OTHER: "VT19"})


@pytest.mark.parametrize(
    ("oin", "words"),
    [
        (US, {US, "ons", "veilig-thuis", "VT20"}),
        (GEMEENTE, {GEMEENTE, "ons"}),
        (OTHER, {OTHER, "ander", "veilig-thuis", "VT19"}),
        (POLITIE, {POLITIE}),
        (None, set()),
        ("", set()),
        ("ons", set()),
        ("VT19", set()),
        (f"{US}\n", set()),
        ("een naam", set()),
    ],
)
def test_a_party_is_known_by_its_oin_and_never_by_a_word_that_a_sender_wrote(oin: str | None, words: set[str]) -> None:
    assert PARTIJEN.words(oin) == words


def test_we_are_a_veilig_thuis_also_without_a_region() -> None:
    assert Partijen(frozenset({US})).words(US) == {US, "ons", "veilig-thuis"}


@pytest.mark.parametrize(
    ("dan", "naar", "target"), [("herrouteer", WERKGEBIED, "VT19"), ("herrouteer", "VT05", "VT05"), ("beoordeel", "", "")]
)
def test_the_target_is_that_of_the_rule_or_of_the_addresses(dan: str, naar: str, target: str) -> None:
    assert target_of(Regel("r", Dan(dan), {}, naar), TWENTE) == target


def _written_as_regel() -> Iterator[str]:
    """Every name that our code itself gives to the rule of a decision: where one is made, or made otherwise."""
    package = Path(corv.__file__).parent
    for path in package.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)] if "Decision" in source else []
        given = [word.value for call in calls if _callee(call) in _MAKERS for word in call.keywords if word.arg == "regel"]
        given += [call.args[3] for call in calls if _callee(call) == "Decision" and len(call.args) > 3]
        parts = [part for value in given for part in ast.walk(value)]
        module = ".".join(("corv", *path.relative_to(package).with_suffix("").parts)).removesuffix(".__init__")
        names = [getattr(import_module(module), part.id, None) for part in parts if isinstance(part, ast.Name)]
        constants = [part.value for part in parts if isinstance(part, ast.Constant)]
        yield from (found for found in (*names, *constants) if isinstance(found, str))


_MAKERS = {"Decision", "replace", "_replace"}


def _callee(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_no_rule_may_be_named_as_what_our_own_code_decides() -> None:
    assert {route.naam for route in ROUTES} | {NO_RULE, REGEL} | set(_written_as_regel()) == FIXED_NAMES


def test_the_roles_are_those_of_the_schemas() -> None:
    schemas = Path(corv.__file__).parent / "schemas"
    xs = "{http://www.w3.org/2001/XMLSchema}"
    known = set()
    for schema in schemas.glob("*.xsd"):
        for kind in etree.parse(schema).iter(f"{xs}complexType"):
            if kind.get("name") in {"Jeugdzorgrol", "RolKind", "RolJeugdige", "RolOuder"}:
                known |= {value.get("value") for value in kind.iter(f"{xs}enumeration")}

    assert known == KNOWN_ROLES


def test_every_condition_has_a_place_in_the_table_of_this_test() -> None:
    assert set(VOORWAARDEN) == set(_VALUES)
