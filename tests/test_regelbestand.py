"""config/herroutering.toml: every mistake with file, line and key; examples run as real messages do."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meldingen import melding

from conftest import OURS, TWENTE
from corv import config
from corv.herregels import Dan, Herroutering, JuisteOrganisatie, Regel, Wijze
from corv.regelbestand import Regelbestand, read_herroutering
from corv.settings import AndereOrganisatie, Organisatie
from corv.tabellen import Gemeentetabel, Tabellen
from corv.toml_reader import TomlFile
from corv.voorbeelden import Keus, Omgeving
from corv.werkgebied import Adressoort, Groep, Volgorde

TABELLEN = Tabellen(
    gemeenten=(Gemeentetabel(date(2026, 1, 1), {"0153": "VT19", "0344": "VT20", "0202": "VT05"}),),
    postcodes={"7511": frozenset({"0153"}), "3511": frozenset({"0344"}), "6811": frozenset({"0202"})},
    woonplaatsen={"enschede": frozenset({"0153"}), "utrecht": frozenset({"0344"}), "arnhem": frozenset({"0202"})},
    namen={"VT05": "Gelderland-Midden", "VT19": "Twente", "VT20": "Utrecht"},
)
ANDEREN = (AndereOrganisatie("VT19", "Veilig Thuis Twente", TWENTE), AndereOrganisatie("VT05", "Veilig Thuis Gelderland-Midden"))

GOOD = """\
wijze = "doorsturen"
juiste_organisatie_in = ["toelichting"]

[bewijs]
personen = ["minderjarigen"]
adressen = ["formeel", "feitelijk"]
vrije_tekst = false

[[regel]]
naam = "naar-twente"
als = { functie = ["vtMeldingDi01"], werkgebied = ["VT19"] }
dan = "herrouteer"
naar = "VT19"
reden = "Afspraak"
geldig_van = 2026-01-01
geldig_tot = 2026-12-31

[[regel.voorbeeld]]
naam = "in Enschede"
personen = [{ rol = "jeugdige", feitelijk = { postcode = "7511 AB", woonplaats = "Enschede" } }]
op = 2026-11-23
verwacht = { dan = "herrouteer", naar = "VT19" }

[[regel.voorbeeld]]
naam = "een jaar later"
personen = [{ rol = "jeugdige", feitelijk = { postcode = "7511 AB", woonplaats = "Enschede" } }]
op = 2027-11-23
verwacht = { regel = "rest", dan = "accepteer" }

[[regel]]
naam = "rest"
dan = "accepteer"

[[regel.voorbeeld]]
naam = "niets bekend"
verwacht = { dan = "accepteer" }
"""


@pytest.fixture
def omgeving(tmp_path: Path) -> Omgeving:
    organisatie = Organisatie("Veilig Thuis Voorbeeldstad", frozenset({OURS}), werkgebied="VT20")
    return Omgeving(tmp_path, organisatie, ANDEREN, TABELLEN)


def read(text: str, omgeving: Omgeving | None) -> tuple[Regelbestand, list[str]]:
    problems: list[str] = []
    return read_herroutering(TomlFile("h.toml", text, problems), text, omgeving), problems


def test_everything_that_the_file_says_is_read(omgeving: Omgeving) -> None:
    found, problems = read(GOOD, omgeving)

    assert problems == []
    assert found.herroutering == Herroutering(
        regels=(
            Regel(
                naam="naar-twente",
                dan=Dan.HERROUTEER,
                als={"functie": frozenset({"vtMeldingDi01"}), "werkgebied": frozenset({"VT19"})},
                naar="VT19",
                reden="Afspraak",
                geldig_van=date(2026, 1, 1),
                geldig_tot=date(2026, 12, 31),
            ),
            Regel("rest", Dan.ACCEPTEER, {}),
        ),
        volgorde=Volgorde((Groep.MINDERJARIGEN,), (Adressoort.FORMEEL, Adressoort.FEITELIJK), vrije_tekst=False),
        wijze=Wijze.DOORSTUREN,
        juiste_organisatie_in=frozenset({JuisteOrganisatie.TOELICHTING}),
        hash=hashlib.sha256(GOOD.encode()).hexdigest(),
        tekst=GOOD,
    )
    assert [(one.voorbeeld.naam, one.uitkomst, one.is_good) for one in found.uitslagen] == [
        ("in Enschede", Keus("naar-twente", "herrouteer", "VT19"), True),
        ("een jaar later", Keus("rest", "accepteer"), True),
        ("niets bekend", Keus("rest", "accepteer"), True),
    ]


def test_what_is_left_out_has_the_safe_default(omgeving: Omgeving) -> None:
    text = GOOD[GOOD.index('[[regel]]\nnaam = "rest"') :]
    found, problems = read(text, omgeving)

    assert problems == []
    assert found.herroutering == Herroutering(
        regels=(Regel("rest", Dan.ACCEPTEER, {}),), hash=hashlib.sha256(text.encode()).hexdigest(), tekst=text
    )


REST = """\
[[regel]]
naam = "rest"
dan = "accepteer"
voorbeeld = [{ verwacht = { dan = "accepteer" } }]
"""
MELDING = 'als = { functie = ["vtMeldingDi01"] }'
SURE = 'als = { functie = ["vtMeldingDi01"], uitkomst = ["ander"], zekerheid = ["hoog"] }'
SHOWN = 'voorbeeld = [{ verwacht = { dan = "beoordeel" } }]'
ENSCHEDE = 'personen = [{ rol = "jeugdige", feitelijk = { postcode = "7511", woonplaats = "Enschede" } }]'


def rule(*lines: str) -> str:
    return "\n".join(("[[regel]]", *lines, ""))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["h.toml: regel ontbreekt: er moet minstens één [[regel]] zijn."]),
        ('wijze = "allebei"\n' + REST, ["h.toml, regel 1: wijze moet een van deze zijn: beide, terugkoppeling, doorsturen."]),
        ("wijzen = 1\n" + REST, ["h.toml, regel 1: wijzen is geen bekende sleutel; bedoelt u wijze?"]),
        (
            'juiste_organisatie_in = ["toelichtng"]\n' + REST,
            ["h.toml, regel 1: juiste_organisatie_in kent 'toelichtng' niet; bedoelt u toelichting?"],
        ),
        (
            "juiste_organisatie_in = []\n" + REST,
            ['h.toml, regel 1: juiste_organisatie_in moet een lijst van een of meer woorden zijn, zoals ["woord"].'],
        ),
        (
            '[bewijs]\npersonen = ["melder"]\nadressen = ["formeel", "formeel"]\nvrijetekst = true\n' + REST,
            [
                "h.toml, regel 2: bewijs.personen kent 'melder' niet; bekend zijn: huisgenoten, minderjarigen.",
                "h.toml, regel 3: bewijs.adressen noemt hetzelfde twee keer.",
                "h.toml, regel 4: bewijs.vrijetekst is geen bekende sleutel; bedoelt u vrije_tekst?",
            ],
        ),
        (
            rule('dan = "beoordeel"') + REST,
            [
                "h.toml, regel 1: regel[1].naam ontbreekt: elke regel heeft een naam.",
                "h.toml, regel 1: regel[1].voorbeeld ontbreekt: elke regel heeft minstens één voorbeeld waarin hij zelf past.",
            ],
        ),
        (
            REST + rule('naam = "A b"', 'dan = "beoordeel"', SHOWN),
            [
                "h.toml, regel 6: regel[2].naam moet een naam van kleine letters, cijfers en streepjes zijn.",
            ],
        ),
        (
            rule('naam = "a"', 'dan = "beoordeel"', 'reden = " "', SHOWN) + REST,
            ["h.toml, regel 4: regel[1].reden mag niet alleen uit spaties bestaan."],
        ),
        (
            rule('naam = "a"', 'dan = "weiger"', 'reden = """niet\nvoor ons"""', SHOWN.replace("beoordeel", "weiger")) + REST,
            [
                "h.toml, regel 4: regel[1].reden mag geen regeleinde, tab of ander onzichtbaar teken bevatten.",
                "h.toml, regel 4: regel[1].reden ontbreekt: wie geweigerd wordt, krijgt de reden te lezen.",
            ],
        ),
        (
            rule(
                'naam = "a"',
                'dan = "beoordeel"',
                "[[regel.voorbeeld]]",
                'naam = " "',
                'locatie = """\nOp straat,\n\tin Enschede"""',
                'verwacht = { dan = "beoordeel" }',
            )
            + REST,
            ["h.toml, regel 5: regel[1].voorbeeld[1].naam mag niet alleen uit spaties bestaan."],
        ),
        (
            rule('naam = "a"', SHOWN) + REST,
            ["h.toml, regel 1: regel[1].dan ontbreekt: kies uit accepteer, herrouteer, beoordeel, weiger."],
        ),
        (
            rule('naam = "a"', 'dan = "gooi weg"', SHOWN) + REST,
            ["h.toml, regel 3: regel[1].dan moet een van deze zijn: accepteer, herrouteer, beoordeel, weiger."],
        ),
        (
            rule('naam = "a"', 'dan = "beoordeel"', 'indien = "x"', SHOWN) + REST,
            [
                "h.toml, regel 4: regel[1].indien is geen bekende sleutel; bekend zijn: "
                "als, dan, geldig_tot, geldig_van, naam, naar, reden, voorbeeld."
            ],
        ),
        (
            rule('naam = "rest"', 'dan = "beoordeel"', SHOWN) + REST,
            ["h.toml, regel 6: regel[2].naam mag niet nog eens rest zijn: zo heet een eerdere regel al."],
        ),
        (
            rule('naam = "van-ons"', 'dan = "beoordeel"', SHOWN) + REST,
            ["h.toml, regel 2: regel[1].naam mag niet van-ons zijn: zo heet een vaste regel van corv."],
        ),
        (
            rule('naam = "a"', 'als = { functies = ["vtMeldingDi01"] }', 'dan = "beoordeel"', SHOWN) + REST,
            ["h.toml, regel 3: regel[1].als.functies is geen bekende sleutel; bedoelt u functie?"],
        ),
        (
            rule('naam = "a"', 'als = { functie = "vtMeldingDi01" }', 'dan = "beoordeel"', SHOWN) + REST,
            ['h.toml, regel 3: regel[1].als.functie moet een lijst van een of meer woorden zijn, zoals ["woord"].'],
        ),
        *(
            (
                rule('naam = "a"', f'als = {{ {name} = ["{value}"] }}', 'dan = "beoordeel"', SHOWN) + REST,
                [f"h.toml, regel 3: regel[1].als.{name} kent '{value}' niet{hint}"],
            )
            for name, value, hint in (
                ("functie", "vtMelding", "; bedoelt u vtMeldingDi01?"),
                ("zender", "wij", "; bekend zijn: VT05, VT19, VT20, ander, ons, veilig-thuis."),
                ("zender", "VT26", "; bedoelt u VT20?"),
                ("ontvanger", "andere", "; bedoelt u ander?"),
                ("uitkomst", "anders", "; bedoelt u ander?"),
                ("zekerheid", "matig", "; bekend zijn: geen, hoog, laag, middel."),
                ("werkgebied", "VT16", "; bedoelt u VT19?"),
                ("rol", "jeugdigen", "; bedoelt u jeugdige?"),
                ("gemeente", "0999", "; noem de CBS-code van een gemeente, vier cijfers."),
                ("gemeente", "Enschede", "; noem de CBS-code van een gemeente, vier cijfers."),
                ("zender", TWENTE[:-1], "; een OIN heeft 20 cijfers, en dit zijn er 19."),
                ("ontvanger", f"{TWENTE}0", "; een OIN heeft 20 cijfers, en dit zijn er 21."),
            )
        ),
        (
            rule('naam = "a"', 'dan = "herrouteer"', 'naar = "VT19"', SHOWN) + REST,
            [
                "h.toml, regel 1: regel[1].als moet voor herrouteer een functie vragen, en alleen meldingen: "
                '"meldingGeneriekDi01", "vtMeldingDi01", "zorgmeldingDi01".'
            ],
        ),
        (
            rule('naam = "a"', 'als = { functie = ["vtoDi01"] }', 'dan = "herrouteer"', 'naar = "VT19"', SHOWN) + REST,
            [
                "h.toml, regel 3: regel[1].als moet voor herrouteer een functie vragen, en alleen meldingen: "
                '"meldingGeneriekDi01", "vtMeldingDi01", "zorgmeldingDi01".'
            ],
        ),
        (
            rule('naam = "a"', MELDING, 'dan = "herrouteer"', SHOWN) + REST,
            ["h.toml, regel 1: regel[1].naar ontbreekt: noem bij herrouteer werkgebied of de code van een regio."],
        ),
        (
            rule('naam = "a"', MELDING, 'dan = "herrouteer"', 'naar = "werkgebied"', SHOWN) + REST,
            [
                'h.toml, regel 3: regel[1].als moet uitkomst = ["ander"] hebben als naar "werkgebied" is.',
                'h.toml, regel 3: regel[1].als moet zekerheid = ["hoog"] hebben als naar "werkgebied" is.',
            ],
        ),
        (
            rule('naam = "a"', MELDING, 'dan = "herrouteer"', 'naar = "VT08"', SHOWN) + REST,
            ["h.toml, regel 5: regel[1].naar is geen organisatie in organisaties.toml; bedoelt u VT05?"],
        ),
        (
            rule('naam = "a"', MELDING, 'dan = "herrouteer"', 'naar = "VT20"', SHOWN) + REST,
            ["h.toml, regel 5: regel[1].naar is uw eigen werkgebied: daarheen wordt niets doorgestuurd."],
        ),
        (
            rule('naam = "a"', 'dan = "beoordeel"', 'naar = "VT19"', SHOWN) + REST,
            ["h.toml, regel 4: regel[1].naar hoort alleen bij herrouteer, niet bij beoordeel."],
        ),
        (
            rule('naam = "a"', 'dan = "weiger"', 'voorbeeld = [{ verwacht = { dan = "weiger" } }]') + REST,
            ["h.toml, regel 1: regel[1].reden ontbreekt: wie geweigerd wordt, krijgt de reden te lezen."],
        ),
        (
            rule('naam = "a"', 'dan = "beoordeel"', "geldig_van = 2026-02-01", "geldig_tot = 2026-01-31", SHOWN) + REST,
            ["h.toml, regel 5: regel[1].geldig_tot ligt voor geldig_van."],
        ),
        (
            rule('naam = "a"', 'dan = "beoordeel"', 'geldig_van = "morgen"', SHOWN) + REST,
            ["h.toml, regel 4: regel[1].geldig_van moet een datum zijn, zoals 2026-11-01."],
        ),
        (
            rule('naam = "a"', 'dan = "beoordeel"', 'voorbeeld = [{ verwacht = { regel = "rest", dan = "accepteer" } }]') + REST,
            ["h.toml, regel 4: regel[1].voorbeeld ontbreekt: elke regel heeft minstens één voorbeeld waarin hij zelf past."],
        ),
        (
            rule('naam = "a"', 'dan = "beoordeel"', SHOWN, "[[regel.voorbeeld]]", "naam = 3") + REST,
            [
                "h.toml, regel 5, teken 18: hier staat een groep of sleutel die al eerder in dit bestand staat. "
                "Voeg ze samen, of haal er een weg."
            ],
        ),
    ],
)
def test_every_mistake_in_a_rule_is_told_with_its_line(text: str, told: list[str], omgeving: Omgeving) -> None:
    found, problems = read(text, omgeving)

    assert problems == told
    assert found.uitslagen == ()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], ["regel 5: regel[1].voorbeeld[1].verwacht.dan ontbreekt: zeg wat er met het voorbeeld moet gebeuren."]),
        (
            ["verwacht = 3"],
            [
                "regel 6: regel[1].voorbeeld[1].verwacht moet een groep zijn, zoals [groep].",
                "regel 6: regel[1].voorbeeld[1].verwacht.dan ontbreekt: zeg wat er met het voorbeeld moet gebeuren.",
            ],
        ),
        (
            ['verwacht = { dan = "weg" }'],
            [
                "regel 6: regel[1].voorbeeld[1].verwacht.dan moet een van deze zijn: accepteer, herrouteer, beoordeel, weiger.",
            ],
        ),
        (
            ['verwacht = { dan = "beoordeel", naar = "Twente" }'],
            [
                "regel 6: regel[1].voorbeeld[1].verwacht.naar moet een code als VT19 zijn.",
            ],
        ),
        (
            ['verwacht = { dan = "beoordeel", regel = "rust" }'],
            [
                "regel 6: regel[1].voorbeeld[1].verwacht noemt een regel die er niet is; bedoelt u rest?",
                "regel 1: regel[1].voorbeeld ontbreekt: elke regel heeft minstens één voorbeeld waarin hij zelf past.",
            ],
        ),
        (
            ["persoon = []", 'verwacht = { dan = "beoordeel" }'],
            [
                "regel 6: regel[1].voorbeeld[1].persoon is geen bekende sleutel; bedoelt u personen?",
            ],
        ),
        (["personen = [", '  { rol = "jeugdige" },', '  { rol = "vader" }', "]", 'verwacht = { dan = "beoordeel" }'], None),
        (
            ['personen = [{ feitelijk = { postcode = "0511", plaats = "x" } }]', 'verwacht = { dan = "beoordeel" }'],
            [
                "regel 6: regel[1].voorbeeld[1].personen[1].feitelijk.postcode moet een postcode als 7511 of 7511 AB zijn.",
                "regel 6: regel[1].voorbeeld[1].personen[1].feitelijk.plaats is geen bekende sleutel; bedoelt u woonplaats?",
            ],
        ),
        (
            ['zender = "politie"', 'verwacht = { dan = "beoordeel" }'],
            [
                "regel 6: regel[1].voorbeeld[1].zender moet een OIN van 20 cijfers, de code van een regio, ons of ander zijn.",
            ],
        ),
        (['functie = "vtMelding"', 'verwacht = { dan = "beoordeel" }'], None),
        (
            ['werkgebied = "Utrecht"', 'verwacht = { dan = "beoordeel" }'],
            [
                "regel 6: regel[1].voorbeeld[1].werkgebied moet een code als VT20 zijn.",
            ],
        ),
        (
            ['bestand = "weg.xml"', 'verwacht = { dan = "beoordeel" }'],
            [
                "regel 6: regel[1].voorbeeld[1].bestand is er niet, of is geen gewoon bestand.",
            ],
        ),
        (
            ['bestand = "../buiten.xml"', 'verwacht = { dan = "beoordeel" }'],
            [
                "regel 6: regel[1].voorbeeld[1].bestand ligt niet onder config/.",
            ],
        ),
        (
            ['bestand = "stuk.xml"', 'verwacht = { dan = "beoordeel" }'],
            [
                "regel 6: regel[1].voorbeeld[1].bestand is geen leesbaar StUF-bericht.",
            ],
        ),
        (
            ['bestand = "groot.xml"', 'verwacht = { dan = "beoordeel" }'],
            [
                "regel 6: regel[1].voorbeeld[1].bestand is groter dan 1 MiB; neem een kleiner bericht als voorbeeld.",
            ],
        ),
        (
            ['bestand = "a b"', 'verwacht = { dan = "beoordeel" }'],
            [
                "regel 6: regel[1].voorbeeld[1].bestand moet een bestand onder config/ als voorbeelden/melding.xml zijn.",
            ],
        ),
        (
            ['bestand = "goed.xml"', 'locatie = "x"', 'verwacht = { dan = "beoordeel" }'],
            [
                "regel 7: regel[1].voorbeeld[1].locatie gaat niet samen met bestand: het bericht zegt dit zelf.",
            ],
        ),
    ],
)
def test_every_mistake_in_an_example_is_told_with_its_line(lines: list[str], told: list[str] | None, omgeving: Omgeving) -> None:
    (omgeving.config / "stuk.xml").write_text("<stuk", encoding="utf-8")
    (omgeving.config / "groot.xml").write_bytes(b" " * (1024 * 1024 + 1))
    (omgeving.config / "goed.xml").write_bytes(melding([{}]))
    (omgeving.config.parent / "buiten.xml").write_bytes(melding([{}]))
    text = rule('naam = "a"', MELDING, 'dan = "beoordeel"', "[[regel.voorbeeld]]", *lines) + REST

    _, problems = read(text, omgeving)

    if told is None:  # all the words that would do are named, too many to repeat here
        (problem,) = problems
        assert " moet een van deze zijn: " in problem
        assert problem.startswith("h.toml, regel 6: regel[1].voorbeeld[1].")
    else:
        assert problems == [f"h.toml, {one}" for one in told]


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        (
            'dan = "herrouteer", naar = "VT05"',
            "verwacht herrouteer naar VT05 (regel a), maar de regels geven herrouteer naar VT19 (regel a)",
        ),
        ('dan = "beoordeel"', "verwacht beoordeel (regel a), maar de regels geven herrouteer naar VT19 (regel a)"),
        (
            'dan = "accepteer", regel = "rest"',
            "verwacht accepteer (regel rest), maar de regels geven herrouteer naar VT19 (regel a)",
        ),
    ],
)
def test_an_example_that_comes_out_otherwise_is_told_and_kept(expected: str, told: str, omgeving: Omgeving) -> None:
    good = f'[[regel.voorbeeld]]\nnaam = "goed"\n{ENSCHEDE}\nverwacht = {{ dan = "herrouteer", naar = "VT19" }}'
    text = (
        rule(
            'naam = "a"',
            SURE,
            'dan = "herrouteer"',
            'naar = "werkgebied"',
            good,
            "[[regel.voorbeeld]]",
            'naam = "mis"',
            ENSCHEDE,
            f"verwacht = {{ {expected} }}",
        )
        + REST
    )

    found, problems = read(text, omgeving)

    assert problems == [f"h.toml, regel 13: regel[1].voorbeeld[2].verwacht komt niet uit (regel a, voorbeeld mis): {told}."]
    assert [one.is_good for one in found.uitslagen] == [True, False, True]


def test_an_example_to_which_no_rule_applies_is_told(omgeving: Omgeving) -> None:
    _, problems = read(rule('naam = "a"', 'als = { uitkomst = ["ander"] }', 'dan = "beoordeel"', SHOWN), omgeving)

    assert problems == [
        "h.toml, regel 5: regel[1].voorbeeld[1].verwacht komt niet uit (regel a, voorbeeld zonder naam): "
        "verwacht beoordeel (regel a), maar de regels geven geen regel."
    ]


@pytest.mark.parametrize(
    ("lines", "regel"),
    [
        (['zender = "VT19"'], "van-vt"),
        (['zender = "ander"'], "van-vt"),
        ([f'zender = "{TWENTE}"'], "van-vt"),
        (['zender = "ons"'], "ons-zelf"),
        ([f'zender = "{OURS}"'], "ons-zelf"),
        (['zender = "VT20"'], "ons-zelf"),
        (['zender = "VT19"', 'werkgebied = "VT19"'], "ons-zelf"),
        ([f'zender = "{TWENTE}"', 'werkgebied = "VT19"'], "ons-zelf"),
        (['zender = "00000002999000002000"'], "aan-ons"),
        (['ontvanger = "VT05"'], "rest"),
        ([f'ontvanger = "{OURS}"'], "aan-ons"),
        ([], "aan-ons"),
    ],
)
def test_who_sends_and_receives_is_known_in_an_example_as_in_a_message(lines: list[str], regel: str, omgeving: Omgeving) -> None:
    names = {"ons-zelf": 'zender = ["ons"]', "van-vt": 'zender = ["veilig-thuis"]', "aan-ons": 'ontvanger = ["ons"]'}
    shown = {"ons-zelf": 'zender = "ons"', "van-vt": 'zender = "ander"', "aan-ons": 'ontvanger = "ons"'}
    text = "".join(
        rule(
            f'naam = "{name}"',
            f"als = {{ {als} }}",
            'dan = "beoordeel"',
            f'voorbeeld = [{{ {shown[name]}, verwacht = {{ dan = "beoordeel" }} }}]',
        )
        for name, als in names.items()
    )
    dan = "accepteer" if regel == "rest" else "beoordeel"
    rest = (
        *('naam = "rest"', 'dan = "accepteer"'),
        *("[[regel.voorbeeld]]", 'ontvanger = "ander"', 'verwacht = { dan = "accepteer" }'),
        *("[[regel.voorbeeld]]", *lines, f'verwacht = {{ dan = "{dan}", regel = "{regel}" }}'),
    )

    assert read(text + rule(*rest), omgeving)[1] == []


@pytest.mark.parametrize(
    ("persoon", "ontvanger", "dan"),
    [
        ({"feitelijk": ("7511AB", "Enschede")}, OURS, "herrouteer"),
        ({"feitelijk": ("3511AB", "Utrecht")}, OURS, "accepteer"),
        ({"feitelijk_buitenland": True}, OURS, "accepteer"),
        ({"feitelijk": ("7511AB", "Enschede")}, TWENTE, "beoordeel"),
    ],
)
def test_an_example_may_be_a_whole_message(persoon: dict[str, object], ontvanger: str, dan: str, omgeving: Omgeving) -> None:
    (omgeving.config / "voorbeelden").mkdir()
    (omgeving.config / "voorbeelden/melding.xml").write_bytes(melding([persoon], ontvanger=ontvanger))
    text = config.default_text("herroutering.toml")
    names = {"herrouteer": "zeker-voor-ander", "accepteer": "al-het-andere", "beoordeel": "gericht-aan-ander"}
    to = ', naar = "VT19"' if dan == "herrouteer" else ""
    example = f"""
[[regel.voorbeeld]]
naam = "een bericht"
bestand = "voorbeelden/melding.xml"
verwacht = {{ dan = "{dan}"{to}, regel = "{names[dan]}" }}
"""
    assert read(text + example, omgeving)[1] == []


def test_without_organisations_and_tables_only_what_the_file_itself_says_is_checked() -> None:
    text = rule(
        'naam = "a"',
        'als = { functie = ["vtMeldingDi01"], zender = ["VT99"], werkgebied = ["VT98"], gemeente = ["0999"] }',
        'dan = "herrouteer"',
        'naar = "VT97"',
        'voorbeeld = [{ bestand = "weg.xml", verwacht = { dan = "accepteer" } }]',
    )
    found, problems = read(text + rule('naam = "A"', 'dan = "weiger"', SHOWN), None)

    assert found.uitslagen == ()
    assert problems == [
        "h.toml, regel 8: regel[2].naam moet een naam van kleine letters, cijfers en streepjes zijn.",
        "h.toml, regel 7: regel[2].reden ontbreekt: wie geweigerd wordt, krijgt de reden te lezen.",
    ]


def test_the_default_rules_have_examples_that_come_out_with_the_tables_of_the_project() -> None:
    settings, found, problems = config.read_all(Path(__file__).parents[1])

    assert problems == []
    assert found.herroutering == settings.herroutering
    assert [regel.naam for regel in settings.herroutering.regels] == [
        *("gericht-aan-ander", "melding-van-veilig-thuis", "zeker-voor-ander", "misschien-voor-ander"),
        *("meer-werkgebieden", "al-het-andere"),
    ]
    assert {one.voorbeeld.regel for one in found.uitslagen if one.is_good} == {
        regel.naam for regel in settings.herroutering.regels
    }
    assert (settings.herroutering.wijze, settings.herroutering.juiste_organisatie_in, settings.herroutering.volgorde) == (
        Wijze.BEIDE,
        frozenset(JuisteOrganisatie),
        Volgorde(),
    )


def test_both_copies_of_the_default_rules_are_equal() -> None:
    live = Path(__file__).parents[1] / "config/herroutering.toml"
    assert live.read_text(encoding="utf-8") == config.default_text("herroutering.toml")


@given(st.text(alphabet=st.sampled_from('[]{}=",.\n #regelvoorbeeldnaamdan123')))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    _, problems = read(text, None)

    assert problems
    assert all(problem.startswith("h.toml") for problem in problems)
