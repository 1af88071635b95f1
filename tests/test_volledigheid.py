"""The explicit tables are complete, and the code keeps the sizes that it promised itself."""

import ast
import io
import re
import tomllib
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from lxml import etree

import corv
from conftest import BERICHTEN as SAMPLES
from corv import cli, config
from corv.berichten import BERICHTEN
from corv.database import open_for_writing
from corv.inhoud import INHOUD
from corv.inhoud.fields import parts_of
from corv.outcome import Status
from corv.routing import ROUTES
from corv.schemas.expectations import ENTRY
from corv.stuf import ANSWERS, FOUTCODES, JZ_FUNCTIES, Berichtcode

PACKAGE = Path(corv.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
XS = "{http://www.w3.org/2001/XMLSchema}"
TRANSLATIONS = PACKAGE / "cli/vertaling/nl/LC_MESSAGES"


def schema_roots() -> set[str]:
    """The messages that our schemas define, in Clark notation."""
    roots = set()
    for path in ENTRY.parent.glob("*.xsd"):
        schema = etree.parse(path).getroot()
        names = [element.get("name") or "" for element in schema.findall(f"{XS}element")]
        roots |= {f"{{{schema.get('targetNamespace')}}}{name}" for name in names if re.search(r"(Di01|Bericht)$", name)}
    return roots


def described() -> set[str]:
    """The messages in the table of docs/berichten.md, by the name of their root; each links to its section."""
    page = (PACKAGE.parent / "docs/berichten.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| (\[.*?\)) \|", page, re.MULTILINE)
    links = [link for cell in cells for link in re.findall(r"\[([^]]+)\]\(#([^)]+)\)", cell)]
    sections = {heading.lower().replace(" ", "-") for heading in re.findall(r"^## (.+)$", page, re.MULTILINE)}
    assert {anchor for _, anchor in links} <= sections
    names = [name for text, _ in links for name in text.split(" en ")]
    return {f"{name}Bericht" if re.fullmatch(r"(Bv|Fo)\d\d", name) else f"{name}Di01" for name in names}


def test_the_table_the_schemas_the_content_the_docs_and_the_samples_know_the_same_messages() -> None:
    known = {soort.naam for soort in BERICHTEN.values()}
    named = {soort.root: soort.naam for soort in BERICHTEN.values() if not soort.is_answer}

    assert len(known) == len(JZ_FUNCTIES) + len(ANSWERS) == 18
    assert schema_roots() == set(BERICHTEN)
    assert set(INHOUD) == set(BERICHTEN)
    assert all(parts_of(INHOUD[soort.root])[0].tag == f"{{{soort.namespace}}}stuurgegevens" for soort in BERICHTEN.values())
    assert [naam for root, naam in named.items() if INHOUD[root].__name__ != f"{naam[0].upper()}{naam[1:]}"] == []
    assert described() == known
    assert {path.name for path in SAMPLES.iterdir() if path.is_dir()} - {"overig", "onleesbaar"} == known
    assert [naam for naam in known if not [p for p in (SAMPLES / naam).glob("*.xml") if not p.stem.startswith("ongeldig")]] == []


def test_a_message_is_filed_under_its_own_root_and_known_to_the_standard() -> None:
    assert all(root == soort.root for root, soort in BERICHTEN.items())
    assert {soort.naam for soort in BERICHTEN.values() if not soort.is_answer} == JZ_FUNCTIES


def test_routes_have_names_of_their_own_and_a_sample_each() -> None:
    names = [route.naam for route in ROUTES]
    cases = tomllib.loads((SAMPLES / "gevallen.toml").read_text(encoding="utf-8"))["geval"]

    assert len(set(names)) == len(names)
    by_other_tests = {
        *("ander-bericht-zelfde-nummer", "eerder-ontvangen"),  # test_herhaling
        *("terugkoppeling-op-doorgestuurde-melding", "al-eerder-doorgestuurd"),  # test_herrouteren
        "herroutering",  # its decisions have the name of the rule that applied
    }
    assert set(names) - {case["regel"] for case in cases} == by_other_tests


def test_fault_codes_are_in_the_order_of_the_standard_and_sent_as_fo01_or_fo03() -> None:
    assert list(FOUTCODES) == sorted(FOUTCODES)
    assert {fault.bericht for fault in FOUTCODES.values()} == {Berichtcode.FO01, Berichtcode.FO03}
    assert all(len(fault.omschrijving) <= 200 and fault.plek in {"client", "server"} for fault in FOUTCODES.values())


def test_the_database_knows_every_status(tmp_path: Path) -> None:
    with closing(open_for_writing(tmp_path / "corv.sqlite")) as db:
        allowed = re.search(r"status IN\s*\(([^)]*)\)", db["bericht"].schema)
    assert allowed is not None
    assert {word.strip().strip("'") for word in allowed.group(1).split(",")} == {status.value for status in Status}


def test_every_command_is_a_function_of_its_module_and_stands_in_the_docs() -> None:
    docs = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE.parent / "docs").rglob("*.md"))
    for name in cli.COMMANDS:
        context = cli.corv.make_context("corv", [], resilient_parsing=True)
        assert cli.corv.get_command(context, name).name == name
        assert re.search(rf"corv\b[^\n`]*\b{name}\b", docs), name


@pytest.mark.parametrize("name", config.FILES)
def test_every_key_of_the_default_configuration_is_explained_above_it(name: str) -> None:
    lines = config.default_text(name).splitlines()
    assert lines[0].startswith("# ")
    if name == "corv.toml":
        first_channel_done = False
        for before, line in pairwise(lines):
            first_channel_done = first_channel_done or line == "[kanaal.eigen]"
            if " = " in line and not line.startswith("#") and not first_channel_done:
                assert before.startswith("#") or "inbox" in line or "outbox" in line, line


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_files_and_functions_keep_their_size(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    assert text.count("\n") <= 250
    assert not [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 60]


def test_xml_is_parsed_in_one_place_only() -> None:
    users = {path.name for path in SOURCES if re.search(r"etree\.(fromstring|XML|iterparse)\(", path.read_text(encoding="utf-8"))}
    assert users == {"parsing.py"}


def catalogue() -> Catalog:
    with (TRANSLATIONS / "corv.po").open("rb") as file:
        return read_po(file, locale="nl", domain="corv")


def test_every_text_of_click_is_translated() -> None:
    import click  # noqa: PLC0415

    found = {message for _, _, message, _, _ in extract_from_dir(str(Path(click.__file__).parent))}
    translated = {message.id if isinstance(message.id, str) else tuple(message.id) for message in catalogue() if message.string}
    assert {message for message in found if message not in translated} == set()


def texts(translations: Catalog) -> dict[str, list[str]]:
    """Every text with its translation; one with a plural has two of each."""
    return {repr(_as_list(message.id)): _as_list(message.string) for message in translations if message.id}


def _as_list(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def test_the_compiled_translations_are_those_of_the_catalogue() -> None:
    compiled = read_mo(io.BytesIO((TRANSLATIONS / "corv.mo").read_bytes()))
    assert texts(compiled) == texts(catalogue())


def test_every_module_stands_in_the_table_of_the_readme() -> None:
    table = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
    names = [path.name for path in PACKAGE.glob("*.py")] + [f"{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")]
    assert [name for name in names if f"`{name}`" not in table] == []
