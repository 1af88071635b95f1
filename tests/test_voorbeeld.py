"""Examples of messages: valid, about people who can't exist, each different, and the same every time."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from lxml import etree

from conftest import OFFICIAL_SETS, needs_shared
from corv.adressen import VORMEN, read_addresses, werkgebied_of
from corv.berichten import BERICHTEN
from corv.inhoud import INHOUD
from corv.inhoud.fields import Group, parts_of, read_group
from corv.reading import content_hash
from corv.schemas import Schemas
from corv.stuf import BG, FOUTCODES, JZ, STUF, ZKN
from corv.tabellen.bestanden import load
from corv.voorbeeld import MAKERS, SOORTEN, make
from corv.voorbeeld.making import serialise
from corv.voorbeeld.world import LAST_DAY, REGIO, World
from corv.werkgebied import Maatstaf
from corv.werkgebied.values import Uitkomst, Volgorde, Zekerheid

ZADEN = range(1, 51)
WORLD = World(load(None, []))
NS = {"JZ": JZ, "ZKN": ZKN, "BG": BG, "StUF": STUF}
MAATSTAF = Maatstaf(WORLD.tabellen, Volgorde(), REGIO, LAST_DAY)


@cache
def example(naam: str, zaad: int) -> etree._Element:
    """The first message of a zaad, as whoever reads its file has it."""
    return etree.fromstring(serialise(make(naam, zaad, 1, WORLD)))


def examples(*names: str) -> Iterator[etree._Element]:
    """The examples of all zaden, of these kinds or of all."""
    for naam in names or MAKERS:
        for zaad in ZADEN:
            yield example(naam, zaad)


def texts(root: etree._Element, path: str) -> list[str]:
    return [str(text) for text in root.xpath(f"{path}/text()", namespaces=NS)]


def leaves(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter() if len(element) == 0)


def test_there_is_a_maker_for_every_message() -> None:
    assert set(MAKERS) == {soort.naam for soort in BERICHTEN.values()}
    assert all(set(maker.answers or ()) <= set(MAKERS) for maker in MAKERS.values())


@pytest.mark.parametrize("naam", MAKERS)
def test_every_example_is_valid_and_no_two_are_equal(schemas: Schemas, naam: str) -> None:
    assert {zaad: found for zaad in ZADEN if (found := schemas.validate(example(naam, zaad)))} == {}
    assert len({content_hash(example(naam, zaad)) for zaad in ZADEN}) == len(ZADEN)
    assert len({serialise(make(naam, 1, number, WORLD)) for number in ZADEN}) == len(ZADEN)


@needs_shared
@pytest.mark.parametrize("naam", MAKERS)
def test_every_example_is_valid_by_the_official_schema(official_sets: dict[str, etree.XMLSchema], naam: str) -> None:
    knows = [
        schema
        for name, schema in official_sets.items()
        if SOORTEN[naam].is_answer or f'"{naam}"' in OFFICIAL_SETS[name].read_text(encoding="utf-8")
    ]

    assert knows
    for schema in knows:
        for zaad in ZADEN:
            assert schema.validate(example(naam, zaad)), f"{zaad}: {schema.error_log}"


def test_the_same_zaad_gives_the_same_bytes_in_any_process() -> None:
    script = (
        "from corv.tabellen.bestanden import load\nfrom corv.voorbeeld import MAKERS, make\n"
        "from corv.voorbeeld.making import serialise\nfrom corv.voorbeeld.world import World\nimport sys\n"
        "world = World(load(None, []))\n"
        "for naam in MAKERS: sys.stdout.buffer.write(serialise(make(naam, 7, 3, world)))"
    )
    env = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland"}

    other = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=env).stdout

    assert other == b"".join(serialise(make(naam, 7, 3, WORLD)) for naam in MAKERS)


def test_another_variant_or_party_gives_other_numbers_and_the_same_people() -> None:
    whole, other = (make("vtMeldingDi01", 7, 1, WORLD, variant) for variant in ("", "StUF055"))
    numbers = ("JZ:stuurgegevens/StUF:referentienummer", "JZ:object/JZ:identificatieVtMelding")

    for path in numbers:
        assert texts(whole, path) != texts(other, path)
        for found in (whole, other):
            element = found.find(path, NS)
            assert element is not None
            element.text = "gelijk"
    assert serialise(whole) == serialise(other)


def passes_the_eleven_test(bsn: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, bsn, strict=True)) % 11 == 0


def test_numbers_and_addresses_are_of_nobody() -> None:
    for root in examples():
        bsns = texts(root, "//BG:inp.bsn")
        assert all(bsn.startswith("999") and passes_the_eleven_test(bsn) for bsn in bsns)
        assert all(re.fullmatch(r"[1-9][0-9]{3}S[ADS]", postcode) for postcode in texts(root, "//BG:aoa.postcode"))
        mails = [
            text for name in ("emailadres", "sub.emailadres", "eMail") for text in texts(root, f"//*[local-name()='{name}']")
        ]
        assert all(re.fullmatch(r"[a-z.-]+@example\.(nl|org)", mail) for mail in mails)
        phones = [
            text for name in ("telefoonnummer", "sub.telefoonnummer") for text in texts(root, f"//*[local-name()='{name}']")
        ]
        assert all(re.fullmatch(r"06-0\d{7}|\(?0\d\d\)?-?0\d{6}", phone) for phone in phones)
        assert not {oin for oin in texts(root, "//StUF:organisatie") if not oin.startswith("00000001999")}


OF_NOBODY = {
    "anp.identificatie": "9999",
    "RNI-nummer": "9900",
    "rni": "9900",
    "vreemdelingennummer": "9900",
    "kvkNummer": "0000",
    "vestigingsNummer": "9999",
    "inn.nnpId": "999",
    "rsin": "999",
    "aoa.identificatie": "0000",
    "gor.identificatie": "0000",
    "opr.identificatie": "0000",
}
"""With which digits a number begins that was given to nobody (docs/voorbeelden.md)."""


def test_every_other_number_of_a_person_an_organisation_or_an_address_is_of_nobody() -> None:
    seen = set()
    for root in examples():
        for element in leaves(root):
            name = element.get("naam") or etree.QName(element).localname
            if name in OF_NOBODY and element.text:
                assert element.text.startswith(OF_NOBODY[name]), f"{name} {element.text}"
                seen.add(name)
    assert seen == set(OF_NOBODY)


def test_whoever_reads_a_message_sees_that_it_is_an_example() -> None:
    of_the_standard = {fout.omschrijving for fout in FOUTCODES.values()}
    for root in examples():
        assert all(number.startswith("voorbeeld-") for number in texts(root, "//StUF:referentienummer"))
        sentences = [text for element in leaves(root) if (text := element.text or "").count(" ") > 5]
        assert not [text for text in sentences if "voorbeeld" not in text.lower() and text not in of_the_standard]


def test_a_woonplaats_and_the_digits_of_its_postcode_lie_in_one_gemeente_of_today() -> None:
    tabel = WORLD.tabellen.table_on(LAST_DAY)
    assert tabel is not None
    for root in examples():
        for group in root.xpath("//*[BG:aoa.postcode]", namespaces=NS):
            postcode, woonplaats = group.findtext("BG:aoa.postcode", "", NS), group.findtext("BG:wpl.woonplaatsNaam", "", NS)
            here = WORLD.tabellen.gemeenten_of_postcode(postcode)
            assert len(here & tabel.veilig_thuis.keys()) == 1
            assert here <= WORLD.tabellen.gemeenten_of_woonplaats(woonplaats), (postcode, woonplaats)


def test_every_gemeente_has_somewhere_to_live() -> None:
    tabel = WORLD.tabellen.table_on(LAST_DAY)
    assert tabel is not None
    assert WORLD.places.gemeenten == tabel.namen


@pytest.mark.parametrize("naam", ["vtMeldingDi01", "meldingGeneriekDi01", "zorgmeldingDi01"])
def test_a_melding_is_about_a_child_in_our_region(naam: str) -> None:
    found = [book for zaad in ZADEN if (book := read_addresses(example(naam, zaad)))]
    outcomes = [werkgebied_of(book, MAATSTAF).uitkomst for book in found]

    assert outcomes.count(Uitkomst.EIGEN) > len(ZADEN) / 2
    assert Uitkomst.ANDER not in outcomes


@pytest.mark.parametrize("naam", ["vtMeldingDi01", "meldingGeneriekDi01", "zorgmeldingDi01", "vtoDi01", "notificatieDi01"])
def test_the_child_lives_in_the_gemeente_of_ones_choice(naam: str) -> None:
    there = World(WORLD.tabellen, gemeente="0153")
    homes = []
    for zaad in range(1, 11):
        book = read_addresses(make(naam, zaad, 1, there))
        assert book is not None
        found = werkgebied_of(book, MAATSTAF)
        homes.append((found.uitkomst, found.vt, found.zekerheid in {Zekerheid.HOOG, Zekerheid.MIDDEL}))

    assert (Uitkomst.ANDER, "VT19", True) in homes
    assert not [home for home in homes if home[0] is Uitkomst.EIGEN]
    assert naam in VORMEN


WITHOUT_A_KNOWN_USE = {
    ("Persoon", "anp_identificatie"),  # no message that has it can be valid with it
    ("PersoonBelanghebbende", "anp_identificatie"),  # a belanghebbende is known by his BSN
    ("Verblijfsadres", "wpl_identificatie"),  # the number of a real place
    ("WoonplaatsWaarinGelegen", "wpl_identificatie"),
}
WITH_NAMED_ELEMENTS = {
    *("Contactpersoon", "HeeftAlsBelanghebbende", "Jeugdige", "Persoon", "Beslissing", "Vestiging"),
    *("ZaakNotificatie", "ZaakNotificatiejr", "ZaakVto", "ZaakZorgmelding", "ZaakZorgmeldingTerugkoppeling"),
}
"""Where the chain has agreed on names for extraElementen (corv.md 4.7); elsewhere none are made up."""


def can_hold(cls: type[Group], found: set[tuple[str, str]]) -> None:
    """Every field of a class and of what is below it."""
    for part in parts_of(cls):
        if (cls.__name__, part.name) not in found:
            found.add((cls.__name__, part.name))
            if issubclass(part.holds, Group):
                can_hold(part.holds, found)


def holds(group: Group, found: set[tuple[str, str]]) -> None:
    """Every field that has a value in this and in what is below it."""
    for part in parts_of(type(group)):
        held = getattr(group, part.name)
        for item in held if part.is_many else [held] if held is not None else []:
            found.add((type(group).__name__, part.name))
            if isinstance(item, Group):
                holds(item, found)


def test_every_optional_part_occurs_in_some_example() -> None:
    seen, possible = set[tuple[str, str]](), set[tuple[str, str]]()
    for naam in MAKERS:
        can_hold(INHOUD[SOORTEN[naam].root], possible)
        for root in examples(naam):
            holds(read_group(INHOUD[SOORTEN[naam].root], root), seen)

    assert {part for part in possible - seen if part[1] != "extra_elementen"} == WITHOUT_A_KNOWN_USE
    assert {name for name, part in seen if part == "extra_elementen"} == WITH_NAMED_ELEMENTS


def test_a_sparse_and_a_full_message_differ_much() -> None:
    sizes = sorted(sum(1 for _ in root.iter()) for root in examples("vtMeldingDi01"))
    assert sizes[-1] > 2 * sizes[0]
    assert {len(root.findall(".//JZ:heeftBetrokken", NS)) for root in examples("vtMeldingDi01")} >= {2, 3, 4, 5, 6}


def day(text: str) -> date:
    return date.fromisoformat(text[:8])


def test_days_follow_each_other() -> None:
    for root in examples():
        sent = day(texts(root, "//StUF:tijdstipBericht")[0])
        unborn = root.xpath("//*[ZKN:omschrijving='Client (ongeboren kind)']//BG:geboortedatum", namespaces=NS)
        for element in root.iter(f"{{{BG}}}geboortedatum"):
            assert element in unborn or day(element.text or "") < sent
    for root in examples("vtMeldingDi01"):
        incident, melding = (day(texts(root, f"//JZ:{name}")[0]) for name in ("datumIncident", "datumMelding"))
        sent = day(texts(root, "//StUF:tijdstipBericht")[0])
        assert incident <= melding <= sent


_CHILD = "//JZ:heeftBetrokken[JZ:jeugzorgrol='jeugdige']//BG:geboortedatum"


def test_a_child_stays_a_minor_for_three_years_more() -> None:
    for root in examples("vtMeldingDi01"):
        sent = day(texts(root, "//StUF:tijdstipBericht")[0])
        assert all(sent.year + 3 - day(text).year <= 18 for text in texts(root, _CHILD))


def test_nothing_is_empty_but_what_says_why() -> None:
    for root in examples():
        for element in leaves(root):
            says_why = any(name.endswith(("nil", "noValue")) for name in element.attrib)
            assert (element.text or "").strip() or says_why or element.tag == f"{{{STUF}}}detailsXML", element.tag
