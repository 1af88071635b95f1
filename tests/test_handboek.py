"""The handbook is whole: its links lead somewhere, its tables are those of the program, and its word list knows every word."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
from handboek import PAGES, ROOT, anchor, command_lines, headings, missing, rows, section

from corv import cli, config
from corv.attention import Aanleiding
from corv.berichten import BERICHTEN
from corv.database import open_for_writing
from corv.health import SUBJECTS
from corv.outcome import Status
from corv.repair.differences import SOORTEN, Door
from corv.routing import ROUTES
from corv.stuf import FOUTCODES

DOCS = ROOT / "docs"
CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\[[^]]*\]\(([^)#]*)(?:#([^)]+))?\)")


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.name)
def test_every_link_leads_to_a_page_and_a_heading_that_are_there(page: Path) -> None:
    for target, part in LINK.findall(page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            found = (page.parent / target).resolve() if target else page
            assert found.exists(), target
            assert not part or part in {anchor(heading) for heading in headings(found)}, f"{target}#{part}"


def test_every_page_is_named_on_the_first_page_and_that_one_in_the_readme() -> None:
    linked = {target for target, _ in LINK.findall((DOCS / "README.md").read_text(encoding="utf-8"))}

    assert {page.name for page in PAGES} - {"README.md"} <= linked
    assert "(docs/README.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


LONG = {"regels.md": "elke regel staat erop met haar voorbeelden; de lijst erboven wijst de weg"}
"""Pages that may be long, each with its reason."""


def test_a_page_is_short() -> None:
    lines = {page.name: page.read_text(encoding="utf-8").count("\n") for page in PAGES}
    assert {name for name, count in lines.items() if count > 260} - set(LONG) == set()


def test_every_full_path_of_the_program_is_a_command_line_that_is_run() -> None:
    for page in PAGES:
        assert page.read_text(encoding="utf-8").count(".venv/bin/corv ") == sum(
            ".venv/bin/corv " in line.written for line in command_lines(page)
        ), page.name


def names(text: str) -> list[str]:
    """The first cell of every row, without what marks it as code."""
    return [row[0].strip("`") for row in rows(text)]


def test_the_tables_are_those_of_the_program() -> None:
    page = "mappen-en-antwoorden.md"
    by_others = ["eigen-fout", "geen-bestand", "besluit-van-een-mens", "teruggenomen", "bestand-verdwenen"]
    assert names(section(page, "Ontvangen en wat het wordt")) == [*(route.naam for route in ROUTES), *by_others]
    assert set(names(section(page, "Statussen"))) == {status.value for status in Status}
    assert set(names(section(page, "Aandacht in de administratie"))) == {cause.value for cause in Aanleiding}
    assert {name.partition(":")[0] for name in names(section("gezondheid.md", "De onderwerpen"))} == set(SUBJECTS)
    seen = {word for row in rows(section("de-dag.md", "De ochtend")) if len(row) == 2 for word in CODE.findall(row[0])}
    assert {*SUBJECTS, *Aanleiding} <= {*seen, "te_beoordelen", "openstaand"}


def test_the_table_of_herstel_says_of_each_difference_who_puts_it_right() -> None:
    who = {Door.RONDE: "elke ronde", Door.HERSTEL: "herstel", Door.MENS: "u"}
    told = {row[0]: row[2].partition(",")[0] for row in rows(section("mappen-en-antwoorden.md", "Herstel"))}
    assert told == {soort.naam: who[soort.door] for soort in SOORTEN}


def test_every_fault_code_stands_in_the_table_of_the_message_that_carries_it() -> None:
    told = {
        kind: set(names(section("bevindingen.md", heading)))
        for kind, heading in (("Fo03", "Een fout in de kop: Fo03"), ("Fo01", "Een fout in de inhoud: Fo01"))
    }
    assert told == {kind: {code for code, fault in FOUTCODES.items() if fault.bericht == kind} for kind in ("Fo03", "Fo01")}


def test_every_message_that_we_handle_has_its_own_part() -> None:
    told = " ".join(headings(DOCS / "berichten.md"))
    handled = {soort.naam.removesuffix("Di01").removesuffix("Bericht") for soort in BERICHTEN.values()}
    assert {name for name in handled if name not in told} == set()


def test_the_word_list_knows_every_command_and_option() -> None:
    assert missing(_commands_and_options()) == []


def test_the_word_list_knows_every_table_and_column(tmp_path: Path) -> None:
    with closing(open_for_writing(tmp_path / "corv.sqlite")) as db:
        tables = [table for table in db.table_names() if not table.startswith(("sqlite_", "_sqlite"))]
        assert missing([*tables, *(column.name for table in tables for column in db[table].columns)]) == []


def test_the_word_list_knows_every_key_of_the_configuration() -> None:
    keys = {key for name in config.FILES for key in _keys(tomllib.loads(config.default_text(name)))}
    assert missing(key for key in keys if not re.fullmatch(r"VT\d\d", key)) == []


def _commands_and_options() -> Iterator[str]:
    context = cli.corv.make_context("corv", [], resilient_parsing=True)
    commands = [cli.corv, *(cli.corv.get_command(context, name) for name in cli.COMMANDS)]
    for command in commands:
        assert command is not None
        below = list(command.commands.values()) if isinstance(command, click.Group) else []
        for one in [command, *below]:
            yield from [one.name or ""] * (one is not cli.corv)
            yield from (param.opts[-1] for param in one.params if isinstance(param, click.Option))


def _keys(value: dict[str, Any]) -> Iterator[str]:
    for key, inner in value.items():
        yield key
        if isinstance(inner, dict):
            yield from _keys(inner)


def test_every_message_in_the_table_of_trouble_is_one_that_the_program_gives() -> None:
    """Between the places where a name or number stands, its words are those of the source."""
    source = re.sub(r'"\s*\n\s*f?"', "", "".join(path.read_text(encoding="utf-8") for path in (ROOT / "corv").rglob("*.py")))
    told = [row[0] for row in rows(section("installeren.md", "10. Als corv niet wil starten"))]
    messages = [text for cell in told if not cell.startswith("systemd") for text in CODE.findall(cell)]
    pieces = {piece.strip(" :;,()") for text in messages for piece in re.split(r"\.\.\.| N\b|\(|config/[a-z.]*", text)}

    assert len(messages) > 15
    assert " | ".join(sorted(piece for piece in pieces if len(piece) > 5 and piece not in source)) == ""


def test_every_kind_of_line_in_the_journal_is_explained() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "corv").rglob("*.py"))
    written = set(re.findall(r'\.(?:info|warning|error)\(\s*"([a-z_]+)"', source))
    assert {
        name for row in rows(section("installeren.md", "6a. Draaien als service")) for name in CODE.findall(row[0])
    } == written
