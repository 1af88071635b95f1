"""Trying a zip in a process of its own, with limits; and remembering that it passed."""

import sys
from pathlib import Path

import pytest
from schemazips import LOOSER, own_files, own_zip, schema, zip_of

from corv.errors import CorvError
from corv.officieel import ijking, pakketten
from corv.officieel.bestanden import check, files_of
from corv.officieel.ijking import Ijking, tried
from corv.officieel.keuze import Pakket
from corv.officieel.pakketten import load, pakket_of


def with_part(part: str) -> bytes:
    """Our own schemas with one document more, that they include."""
    files = {**own_files(), "schemas/deel.xsd": schema(part)}
    own = files["schemas/jz.xsd"]
    files["schemas/jz.xsd"] = own.replace("<xs:include", '<xs:include schemaLocation="deel.xsd"/><xs:include', 1)
    return zip_of(files)


def heavy() -> bytes:
    """A few KB that libxml2 works on for ever: groups that hold each other ten times."""
    groups = "".join(
        f'<xs:group name="g{number}"><xs:sequence>{f"""<xs:group ref="t:g{number + 1}"/>""" * 10}</xs:sequence></xs:group>'
        for number in range(9)
    )
    last = '<xs:group name="g9"><xs:sequence><xs:element name="a"/></xs:sequence></xs:group>'
    return with_part(f'{groups}{last}<xs:complexType name="Zwaar"><xs:group ref="t:g0"/></xs:complexType>')


def test_schemas_that_take_too_long_are_refused_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ijking, "MOST_SECONDS", 1)
    assert tried(heavy()) == ijking.TOO_HEAVY
    (tmp_path / "zwaar.zip").write_bytes(heavy())
    (tmp_path / "goed.zip").write_bytes(own_zip())
    problems: list[str] = []
    assert [pakket.naam for pakket in load(files_of(tmp_path), problems)] == ["goed.zip"]
    assert problems == [f"config/schemas/zwaar.zip: {ijking.TOO_HEAVY} Zet er een goede zip voor in de plaats, of haal hem weg."]


def test_schemas_that_never_end_by_the_clock_are_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ijking, "_WAIT_S", 0.5)
    assert tried(heavy()) == ijking.TOO_HEAVY


def test_schemas_that_take_too_much_memory_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ijking, "MOST_MEMORY", 64 * 1024 * 1024)
    assert not isinstance(tried(own_zip(LOOSER)), str)
    values = "".join(f'<xs:enumeration value="{number * 7919 % 100_003:x}"/>' for number in range(90_000))
    much = f'<xs:simpleType name="Veel"><xs:restriction base="xs:string">{values}</xs:restriction></xs:simpleType>'
    assert tried(with_part(much)) == ijking.TOO_HEAVY


def test_what_the_process_that_asks_has_in_memory_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    ballast = bytearray(200 * 1024 * 1024)
    ballast[::4096] = b"x" * len(ballast[::4096])
    monkeypatch.setattr(ijking, "MOST_MEMORY", 150 * 1024 * 1024)

    assert "Dit is geen zip" in str(tried(b"geen zip, naast wat er al in het geheugen staat"))


def test_what_passed_is_not_tried_again_until_the_zip_or_corv_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[bytes] = []

    def counted(raw: bytes) -> Ijking | str:
        tries.append(raw)
        return tried(raw)

    monkeypatch.setattr(pakketten, "tried", counted)
    path, beside = tmp_path / "a.zip", tmp_path / "a.zip.geijkt"

    def loaded() -> tuple[tuple[Pakket, ...], int]:
        tries.clear()
        return load(files_of(tmp_path), []), len(tries)

    path.write_bytes(own_zip())
    first, second = loaded(), loaded()
    assert (first[1], second) == (1, (first[0], 0))
    assert sorted(tmp_path.iterdir()) == [path, beside]

    for text in ("", "[]", "{", "null", '{"sha256": 1}', beside.read_text().replace('"proef": "', '"proef": "0')):
        beside.write_text(text)
        assert loaded() == (first[0], 1), text
    path.write_bytes(own_zip(LOOSER))
    assert [count for _, count in (loaded(), loaded())] == [1, 0]
    monkeypatch.setattr(ijking, "_trial", lambda: "another corv")
    assert [count for _, count in (loaded(), loaded())] == [1, 0]


def test_where_nothing_may_be_written_the_zip_is_used_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(own_zip())
    (tmp_path / "a.zip.geijkt").mkdir()
    for _ in range(2):
        assert [pakket.naam for pakket in load(files_of(tmp_path), [])] == ["a.zip"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "a.zip.geijkt"]


def test_a_trial_that_fails_by_our_own_fault_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    raw = zip_of({**own_files(), "los.txt": "of no other test"})
    monkeypatch.setattr(sys, "executable", str(tmp_path / "weg"))
    with pytest.raises(CorvError, match="nu niet uit te proberen"):
        tried(raw)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(CorvError, match="door een fout in corv zelf"):
        tried(raw)


def test_a_folder_of_that_name_where_somebody_stands_is_not_our_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corv").mkdir()
    (tmp_path / "corv/__init__.py").write_text("raise SystemExit(0)")
    monkeypatch.chdir(tmp_path)
    assert not isinstance(tried(zip_of({**own_files(), "los.txt": "of this test"})), str)


def test_a_name_that_could_disturb_the_screen_is_refused_and_shown_harmless(tmp_path: Path) -> None:
    for name in ("a\x1b[31m.zip", "b\u202e.zip", "c\udcff.zip"):
        (tmp_path / name).write_bytes(own_zip())
        assert pakket_of(name, b"") == "De naam bevat tekens die daar niet horen. Geef het bestand een andere naam."
    problems: list[str] = []
    assert (load(files_of(tmp_path), []), check(files_of(tmp_path), problems)) == ((), [])
    assert [problem.split(": ")[0] for problem in problems] == [
        "config/schemas/'a\\x1b[31m.zip'",
        "config/schemas/'b\\u202e.zip'",
        "config/schemas/'c\\udcff.zip'",
    ]
