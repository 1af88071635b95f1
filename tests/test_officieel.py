"""A zip with official schemas: what is refused and why, how its documents become one schema, and which zip goes first."""

import io
import stat
import zipfile
from collections.abc import Callable
from datetime import date
from itertools import permutations
from pathlib import Path
from time import process_time

import pytest
from lxml import etree
from schemazips import LOOSER, MESSAGE, own_files, own_zip, schema, zip_of

from conftest import SHARED, message, needs_shared
from corv.berichten import BERICHTEN
from corv.officieel import archief
from corv.officieel.archief import read_zip
from corv.officieel.bestanden import files_of
from corv.officieel.ijkpunten import FAULTS, good, misjudged
from corv.officieel.keuze import Instelling, Pakket, Schemakeuze, why_before
from corv.officieel.pakketten import load
from corv.officieel.proef import compiled, judge
from corv.officieel.samenstellen import Bundle, compose
from corv.officieel.uitgave import Uitgave, stated_in, uitgave_of
from corv.stuf import JZ, JZ_FUNCTIES, STUF

ZIPS = sorted((SHARED / "officieel" / "zip").glob("*.zip"))
VT = f"{{{JZ}}}vtMeldingDi01"
OTHER = "http://example.nl/ander"


def reason(raw: bytes) -> str:
    """Why a zip is refused, whichever step does it."""
    refused = judge(raw)
    assert isinstance(refused, str)
    return refused


def good_bundle(raw: bytes) -> Bundle:
    bundle = judge(raw)
    assert isinstance(bundle, Bundle), bundle
    return bundle


def zip_with(entry: zipfile.ZipInfo, content: bytes = b"x") -> bytes:
    """A zip of our own schemas and one entry more."""
    made = io.BytesIO(own_zip())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(entry, content)
    return made.getvalue()


def named(name: str, *, mode: int = 0) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("x")
    entry.filename = entry.orig_filename = name
    entry.external_attr = mode << 16
    return entry


def with_other_crc(raw: bytes) -> bytes:
    """One byte of what the first entry holds is another."""
    at = raw.index(b"schemas/") + 60
    return raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :]


def encrypted(raw: bytes) -> bytes:
    """Every entry says that it is encrypted."""
    changed = bytearray(raw)
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        found = changed.find(mark)
        while found >= 0:
            changed[found + at] |= 1
            found = changed.find(mark, found + 1)
    return bytes(changed)


def with_method(raw: bytes, method: int) -> bytes:
    """Every entry says that it is packed in another way."""
    changed = bytearray(raw)
    for mark, at in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        found = changed.find(mark)
        while found >= 0:
            changed[found + at] = method
            found = changed.find(mark, found + 1)
    return bytes(changed)


def twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zip_with(named("schemas/jz.xsd"))


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: b"", "Dit is geen zip"),
        (lambda: b"<xml/>" * 100, "Dit is geen zip"),
        (lambda: own_zip()[:-200], "Dit is geen zip, of hij is niet compleet."),
        (lambda: own_zip()[500:], "De zip is beschadigd of niet compleet."),
        (lambda: with_other_crc(own_zip()), "De zip is beschadigd of niet compleet."),
        (lambda: encrypted(own_zip()), "versleuteld"),
        (lambda: with_method(own_zip(), 9), "ingepakt op een manier die corv niet kent"),
        (lambda: zip_with(named("../buiten.xsd")), "buiten zichzelf: ../buiten.xsd."),
        (lambda: zip_with(named("a/../../buiten.txt")), "buiten zichzelf"),
        (lambda: zip_with(named("..\\buiten.xsd")), "buiten zichzelf"),
        (lambda: zip_with(named("/etc/passwd")), "buiten zichzelf"),
        (lambda: zip_with(named("C:\\x.xsd")), "buiten zichzelf"),
        (lambda: zip_with(named("c:x.xsd")), "buiten zichzelf"),
        (lambda: zip_with(named("nieuwe\nregel.xsd")), "tekens die daar niet horen"),
        (lambda: zip_with(named("a" * 501)), "langer dan 500 tekens"),
        (lambda: zip_with(named("koppeling.xsd", mode=stat.S_IFLNK | 0o777), b"/etc/passwd"), "geen gewoon bestand"),
        (lambda: zip_with(named("pijp", mode=stat.S_IFIFO)), "geen gewoon bestand"),
        (twice, "In de zip staat schemas/jz.xsd twee keer."),
        (lambda: zip_with(named("schemas\\jz.xsd")), "In de zip staat schemas/jz.xsd twee keer."),
        (lambda: zip_of({}), "geen enkel schema"),
        (lambda: zip_of({"leesmij.txt": "niets"}), "geen enkel schema"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_a_zip_that_is_not_to_be_trusted_is_refused(make: Callable[[], bytes], expected: str) -> None:
    assert expected in reason(make())


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = zip_of({**own_files(), "nullen.txt": b"\0" * 2_000_000})
    assert "In de zip pakt nullen.txt uit tot meer" in reason(zeros)

    honest = own_zip()
    largest = max(len(text.encode()) for text in own_files().values())
    for name, limit, expected in (
        ("MAX_ZIP", len(honest) - 1, "groter dan"),
        ("MAX_ENTRIES", len(own_files()) - 1, "Er zitten meer dan"),
        ("MAX_ENTRY", largest - 1, "Dit kan een zipbom zijn"),
        ("MAX_TOTAL", largest + 1, "Dit kan een zipbom zijn"),
        ("MAX_RATIO", 1, "Dit kan een zipbom zijn"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(archief, name, limit)
            said = read_zip(honest)
            assert isinstance(said, str), name
            assert expected in said
    assert not isinstance(read_zip(honest), str)


def test_a_size_that_the_zip_itself_tells_is_not_believed() -> None:
    """The directory says that the entry is small; the entry unpacks to much more."""
    raw = bytearray(zip_of({"nullen.xsd": b"\0" * 5_000_000}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = raw.index(mark) + at
        raw[start : start + 4] = (100).to_bytes(4, "little")
    said = read_zip(bytes(raw))
    assert isinstance(said, str)
    assert "zip" in said


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.xsd": "<xs:schema"}, "a.xsd is geen geldige XML"),
        ({"a.xsd": "<iets/>"}, "a.xsd is geen XML-schema"),
        ({"a.xsd": f"<!DOCTYPE s [<!ENTITY e 'x'>]>{schema(MESSAGE)}"}, "a.xsd bevat een DTD"),
        ({"a.xsd": f"<!DOCTYPE s SYSTEM 'http://example.nl/s.dtd'>{schema(MESSAGE)}"}, "a.xsd bevat een DTD"),
        ({"a.xsd": schema('<xs:element name="iets" type="xs:string"/>')}, "geen enkel bericht"),
        ({"a.xsd": schema(MESSAGE, "http://example.nl/ander")}, "geen enkel bericht"),
        (
            {"a.xsd": schema(f'<xs:include schemaLocation="../b.xsd"/>{MESSAGE}')},
            "a.xsd verwijst naar ../b.xsd, en dat zit er niet in",
        ),
        (
            {"a.xsd": schema(f'<xs:include schemaLocation="http://example.nl/b.xsd"/>{MESSAGE}')},
            "a.xsd verwijst naar http://example.nl/b.xsd, en dat zit er niet in",
        ),
        (
            {"a.xsd": schema(f'<xs:import namespace="{OTHER}" schemaLocation="file:///etc/passwd"/>{MESSAGE}')},
            "a.xsd verwijst naar file:///etc/passwd, en dat zit er niet in",
        ),
        ({"a.xsd": schema('<xs:element name="proefDi01" type="t:Nergens"/>')}, "er is iets mis in a.xsd"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_documents_that_make_no_schema_are_refused_with_the_file_and_why(files: dict[str, str], expected: str) -> None:
    assert expected in reason(zip_of(files))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({'<xs:enumeration value="jeugdige"/>': ""}, "keurt een goed bericht af: vtMeldingDi01"),
        (
            {'name="berichtcode" type="StUF:Berichtcode" fixed="Bv03"': 'name="berichtcode" type="xs:string"'},
            "een verkeerde berichtcode",
        ),
        (
            {'name="berichtcode" type="StUF:Berichtcode" fixed="Bv04"': 'name="berichtcode" fixed="Bv04" minOccurs="0"'},
            "keurt een fout bericht goed: Bv04Bericht met geen berichtcode",
        ),
    ],
    ids=["refuses what is good", "accepts a wrong code", "accepts a header without its code"],
)
def test_a_schema_that_misjudges_known_messages_is_refused(changes: dict[str, str], expected: str) -> None:
    assert expected in reason(own_zip(changes))


def test_what_accepts_anything_is_refused() -> None:
    everything = '<xs:element name="vtMeldingDi01" type="xs:anyType"/>'
    assert "keurt een fout bericht goed: vtMeldingDi01 met een onbekend element" in reason(zip_of({"a.xsd": schema(everything)}))


def test_what_accepts_anything_in_a_message_is_refused() -> None:
    """What is told of the header is as it should be; in the content anything goes, or something need not be there."""
    header = (
        f'<xs:element name="stuurgegevens"><xs:complexType><xs:sequence><xs:element ref="s:berichtcode" xmlns:s="{STUF}"/>'
        '<xs:any processContents="skip" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>'
    )
    code = '<xs:restriction base="xs:string"><xs:enumeration value="Di01"/></xs:restriction>'
    stuf = schema(f'<xs:element name="berichtcode"><xs:simpleType>{code}</xs:simpleType></xs:element>', STUF)
    body = f'<xs:sequence>{header}<xs:element name="object" type="xs:anyType"/></xs:sequence>'
    melding = f'<xs:element name="vtMeldingDi01"><xs:complexType>{body}</xs:complexType></xs:element>'
    said = reason(zip_of({"a.xsd": schema(f'<xs:import namespace="{STUF}"/>{melding}'), "s.xsd": stuf}))
    assert "keurt een fout bericht goed: vtMeldingDi01 met een onbekend element in de inhoud." in said

    number = 'name="identificatieVtMelding" type="StUF:Tekst" nillable="true"'
    said = reason(own_zip({f"{number}>": f'{number} minOccurs="0">'}))
    assert "keurt een fout bericht goed: vtMeldingDi01 met een inhoud waarvan het eerste element ontbreekt." in said


def test_a_zip_without_any_message_that_corv_handles_is_refused() -> None:
    assert reason(zip_of({"a.xsd": schema(MESSAGE)})) == (
        "Er zit geen enkel bericht van het koppelvlak Jeugdzorg in dat corv behandelt."
    )


def test_documents_of_one_namespace_become_one_schema_whatever_the_slashes_and_circles() -> None:
    """As in the normative zip: the second import of a namespace counts too, and documents need each other."""
    files = {
        "map\\berichten\\a.xsd": schema(
            f'<xs:import namespace="{OTHER}" schemaLocation="..\\delen\\b.xsd"/><xs:include schemaLocation="..\\c.xsd"/>'
            '<xs:element name="proefDi01" type="t:Inhoud"/>'
        ),
        "map/c.xsd": schema(
            f'<xs:import namespace="{OTHER}" schemaLocation="http://example.nl/ergens.xsd"/>'
            '<xs:include schemaLocation="kameleon.xsd"/>'
            f'<xs:complexType name="Inhoud"><xs:sequence xmlns:o="{OTHER}"><xs:element name="een" type="o:Een"/>'
            '<xs:element name="twee" type="o:Twee"/><xs:element name="drie" type="t:Drie"/></xs:sequence></xs:complexType>'
        ),
        "map/kameleon.xsd": '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:simpleType name="Drie">'
        '<xs:restriction base="xs:integer"/></xs:simpleType></xs:schema>',
        "map/delen/b.xsd": schema(
            f'<xs:import namespace="{JZ}" schemaLocation="../c.xsd"/><xs:simpleType name="Een"><xs:restriction base="t:Twee"/>'
            "</xs:simpleType>",
            OTHER,
        ),
        "map/delen/d%20e.xsd": schema('<xs:simpleType name="Twee"><xs:restriction base="xs:date"/></xs:simpleType>', OTHER),
    }
    schema_of_all = compiled(zip_of(files))
    text = '<p:proefDi01 xmlns:p="{0}"><p:een>{1}</p:een><p:twee>2026-01-01</p:twee><p:drie>{2}</p:drie></p:proefDi01>'
    verdicts = [
        schema_of_all.validate(etree.fromstring(text.format(JZ, *values)))
        for values in (("2026-01-01", 3), ("x", 3), ("2026-01-01", "x"))
    ]
    assert verdicts == [True, False, False]


def test_many_documents_and_references_are_put_together_in_little_time() -> None:
    """950 documents of one namespace, and 90,000 references to it: as many tags as a document may have."""
    files = {f"d{number}.xsd": schema("", OTHER) for number in range(950)}
    imports = f'<xs:import namespace="{OTHER}"/>' * 90_000
    begin = process_time()
    made = compose({"a.xsd": schema(imports + MESSAGE).encode(), **{name: text.encode() for name, text in files.items()}})
    assert not isinstance(made, str)
    assert len(made.paths) == 951
    assert process_time() - begin < 4  # s; it was 9 when each reference looked at each document


def test_what_the_xml_reader_says_is_cut_and_can_not_disturb_the_screen() -> None:
    pattern = "&#x9b;&#x202e;" + "".join(f"({number}" for number in range(10_000))
    deep = f'<xs:simpleType name="x"><xs:restriction base="xs:string"><xs:pattern value="{pattern}"/>'
    said = reason(zip_of({"a.xsd": schema(f"{MESSAGE}{deep}</xs:restriction></xs:simpleType>")}))
    assert (len(said) < 500, said.isprintable(), "(0(1(2" in said) == (True, True, True)
    for location in ("x" * 10_000, "\x9b2J\u202ex", "a\nb"):
        said = reason(zip_of({"a.xsd": schema(f'<xs:include schemaLocation="{location}"/>{MESSAGE}')}))
        assert (len(said) < 500, said.isprintable(), "en dat zit er niet in" in said) == (True, True, True)


def test_what_no_message_needs_may_be_anything_that_is_a_schema() -> None:
    loose = schema('<xs:include schemaLocation="nergens.xsd"/>', OTHER)
    melding = etree.fromstring(message("vtMeldingDi01/minimaal.xml"))
    raw = zip_of({**own_files(), "los.xsd": loose, "uitleg.pdf": b"%PDF"})
    good_bundle(raw)
    assert compiled(raw).validate(melding)


def test_nothing_outside_the_zip_is_ever_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.xsd").write_text(schema('<xs:simpleType name="T"><xs:restriction base="xs:string"/></xs:simpleType>', OTHER))
    opened: list[str] = []
    monkeypatch.setattr("builtins.open", lambda name, *_, **__: opened.append(str(name)))
    said = reason(
        zip_of({"a.xsd": schema(f'<xs:import namespace="{OTHER}"/><xs:element name="proefDi01" xmlns:o="{OTHER}" type="o:T"/>')})
    )
    assert ("er is iets mis in a.xsd" in said, opened) == (True, [])


def test_there_is_a_known_message_for_every_message_of_the_koppelvlak() -> None:
    roots = [f"{{{JZ}}}{functie}" for functie in JZ_FUNCTIES] + [root for root in BERICHTEN if root.startswith(f"{{{STUF}}}")]
    assert [root for root in roots if good(root) is None] == []
    assert (good(f"{{{JZ}}}onbekendDi01"), good(f"{{{OTHER}}}vtMeldingDi01")) == (None, None)


def test_our_own_schemas_judge_the_known_messages_well() -> None:
    assert len(FAULTS) == 5
    own = compiled(own_zip())
    assert {root: misjudged(own, root) for root in BERICHTEN} == dict.fromkeys(BERICHTEN)


@needs_shared
@pytest.mark.parametrize("path", ZIPS, ids=lambda path: path.name[26:70])
def test_every_published_zip_compiles_and_judges_the_known_messages_well(path: Path) -> None:
    raw = path.read_bytes()
    roots = good_bundle(raw).roots
    assert {root for root in roots if good(root) is None} == {f"{{{STUF}}}{name}Bericht" for name in ("Bv02", "Fo02")}
    kind = path.name.split("_-_")[1].partition("berichten")[0]
    numbers = {"gm": 2, "jr": 5, "vt": 7, "vv": 4}
    assert len(roots) == 7 + numbers.get(kind, 7 if "1.0.7" in path.name else 13)
    if VT in roots:
        valid = [
            compiled(raw).validate(etree.fromstring(message(f"vtMeldingDi01/{name}.xml")))
            for name in ("minimaal", "ongeldig-rol")
        ]
        assert valid == [True, False]


@needs_shared
def test_the_versions_and_dates_of_the_published_zips_are_told_whatever_they_are_named() -> None:
    found = {}
    for path in ZIPS:
        stated = good_bundle(path.read_bytes()).stated
        found[path.name[26:60]] = [str(uitgave_of(name, stated)) for name in (path.name, "hernoemd.zip")]
    resolved = ["koppelvlak 1.0.9 van 13-10-2025", "koppelvlak 1.0.9 van 30-07-2025"]
    assert sorted(found.values()) == sorted(
        [
            *[resolved] * 3,
            ["koppelvlak 1.0.9 van 13-10-2025", "koppelvlak 1.0.9 van 07-03-2025"],
            ["koppelvlak 1.0.7 van 16-09-2020", "koppelvlak 1.0.7 van 31-01-2019"],
            ["koppelvlak 1.0.9 van 15-12-2025", "koppelvlak 1.0.9 van 24-10-2025"],
        ]
    )


@pytest.mark.parametrize(
    ("name", "stated", "expected"),
    [
        ("x_versie_1.0.9_20251215_-.zip", Uitgave(), "koppelvlak 1.0.9 van 15-12-2025"),
        ("x_versie_1.0.9_20251215_-.zip", Uitgave((1, 0, 7), date(2019, 1, 31)), "koppelvlak 1.0.7 van 15-12-2025"),
        ("x_versie_1.0.9_20251399_-.zip", Uitgave(), "koppelvlak 1.0.9 van onbekende datum"),
        ("schemas.zip", Uitgave((1, 0, 10), date(2027, 1, 31)), "koppelvlak 1.0.10 van 31-01-2027"),
        ("schemas.zip", Uitgave(), "koppelvlak onbekend van onbekende datum"),
    ],
)
def test_the_version_is_that_of_the_schemas_and_the_date_that_of_the_name(name: str, stated: Uitgave, expected: str) -> None:
    assert str(uitgave_of(name, stated)) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("1.0.9", (1, 0, 9)),
        ("1.2.3.4.9999", (1, 2, 3, 4, 9999)),
        ("1.2.3.4.5.6", ()),
        ("1.0.99999", ()),
        ("9" * 6000 + ".9", ()),
        ("9." * 3000 + "9", ()),
        ("\u0661.\u0662", ()),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_version_that_is_longer_than_any_is_not_known(told: str, expected: tuple[int, ...]) -> None:
    for place in (f"<patch>{told}</patch>", f"<documentation>StUF-koppelvlak Jeugdzorg {told}</documentation>"):
        said = etree.fromstring(f"<annotation>{place}</annotation>")
        assert stated_in([said]).versie == expected
    assert uitgave_of(f"x_versie_{told}_20251215_-.zip", Uitgave()).versie == expected


def pakket(name: str, versie: tuple[int, ...], datum: date | None) -> Pakket:
    return Pakket(name, name, Uitgave(versie, datum), frozenset(BERICHTEN), b"")


IN_ORDER = [
    pakket("x.zip", (), None),
    pakket("z.zip", (1, 0, 7), date(2027, 1, 1)),
    pakket("d.zip", (1, 0, 9), None),
    pakket("c.zip", (1, 0, 9), date(2026, 1, 1)),
    pakket("b.zip", (1, 0, 9), date(2026, 1, 2)),
    pakket("a.zip", (1, 0, 10), date(2025, 1, 1)),
    pakket("b2.zip", (1, 0, 10), date(2025, 1, 1)),
]
"""The later goes before the earlier."""


def test_the_highest_version_wins_then_the_newest_then_the_name_in_whichever_order_they_come() -> None:
    for first, second in permutations(range(len(IN_ORDER)), 2):
        keuze = Schemakeuze(Instelling.BEIDE, (IN_ORDER[first], IN_ORDER[second]))
        assert keuze.official(VT) == IN_ORDER[max(first, second)]
    assert Schemakeuze(Instelling.OFFICIEEL, tuple(reversed(IN_ORDER))).used([VT, "{x}onbekend"]) == (IN_ORDER[-1],)
    assert Schemakeuze(Instelling.EIGEN, tuple(IN_ORDER)).official(VT) is None


@pytest.mark.parametrize(
    ("winner", "loser", "expected"),
    [
        (1, 0, "koppelvlak 1.0.7 van 01-01-2027 (z.zip) is een hogere versie"),
        (4, 3, "koppelvlak 1.0.9 van 02-01-2026 (b.zip) is nieuwer"),
        (6, 5, "koppelvlak 1.0.10 van 01-01-2025 (b2.zip) komt bij gelijke versie en datum later in het alfabet"),
    ],
)
def test_why_one_goes_before_another_is_told(winner: int, loser: int, expected: str) -> None:
    assert why_before(IN_ORDER[winner], IN_ORDER[loser], str(IN_ORDER[winner])) == expected


def test_a_half_written_file_never_counts(tmp_path: Path) -> None:
    raw = own_zip()
    for name, content in (
        ("b.zip", raw),
        (".c.zip.tmp", raw[:50]),
        (".d.zip", raw),
        ("lees.txt", b"x"),
        ("A.ZIP", own_zip(LOOSER)),
    ):
        (tmp_path / name).write_bytes(content)
    problems: list[str] = []
    assert [pakket.naam for pakket in load(files_of(tmp_path), problems)] == ["A.ZIP", "b.zip"]
    assert problems == []
    assert files_of(tmp_path / "nergens") == []


def test_a_set_is_compiled_once_in_the_life_of_a_process(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(own_zip())
    first, second = (load(files_of(tmp_path), [])[0] for _ in range(2))
    assert compiled(first.raw) is compiled(second.raw)
