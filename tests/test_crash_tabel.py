"""The table at the end of the long form: it is complete, adds up, tells every violation, and stands on its page."""

import re
from pathlib import Path

from crash.__main__ import BEGIN, END, PARTS, table, write_into
from crash.part import Part
from handboek import rows, section

CRASH = Path(__file__).with_name("crash")


def test_every_module_that_gives_a_part_stands_in_the_table_of_parts() -> None:
    giving = {path.stem for path in CRASH.glob("*.py") if re.search(r"^def run\(.*-> Part:", path.read_text(), re.MULTILINE)}
    asked = set(re.findall(r"(\w+)\.run\(", (CRASH / "__main__.py").read_text()))

    assert giving == asked - {"subprocess"}


def test_the_page_says_of_every_part_what_happens_in_it() -> None:
    told = [word for row in rows(section("betrouwbaarheid.md", "De proef")) for word in re.findall(r"`([\w-]+)`", row[0])]

    assert set(told) == set(PARTS)


def test_the_table_adds_up_and_tells_every_violation() -> None:
    parts = [
        Part("stoppen", {"punten (a, b)": 12345, "keer": 2}, (), 61.4),
        Part("fouten", {"keer": 3}, ("EIO/7: weg", "EIO/8: weg"), 0.6),
    ]

    assert table(parts) == [
        "| onderdeel | gedaan                       | schendingen | duur |",
        "| ---       | ---                          | ---:        | ---: |",
        "| stoppen   | 12.345 punten (a, b), 2 keer | 0           | 61 s |",
        "| fouten    | 3 keer                       | 2           | 1 s  |",
        "| **alles** |                              | **2**       |      |",
        "",
        "- fouten: EIO/7: weg",
        "- fouten: EIO/8: weg",
    ]


def test_the_figures_take_the_place_of_those_of_the_last_time(tmp_path: Path) -> None:
    page = tmp_path / "bladzijde.md"
    page.write_text(f"# Kop\n\n{BEGIN}\n\noud\n\n{END}\n\nVervolg.\n", encoding="utf-8")

    for _ in range(2):
        write_into(page, ["nieuw"])
    assert page.read_text(encoding="utf-8") == f"# Kop\n\n{BEGIN}\n\nnieuw\n\n{END}\n\nVervolg.\n"


def test_the_page_holds_every_part_of_the_last_run_and_no_violation() -> None:
    page = section("betrouwbaarheid.md", "De laatste keer")
    told = page.partition(BEGIN)[2].partition(END)[0]
    *parts, last = rows(told)

    assert "make test-crash" in told
    assert (len(parts), {row[2] for row in parts}) == (len(PARTS), {"0"})
    assert (last[0], last[2]) == ("**alles**", "**0**")
