"""Every finding code that this program can give has an advice and stands in the docs; and no other does."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import corv
from corv.adviezen import ADVIEZEN, advies
from corv.findings import Niveau
from corv.rules.running import NOT_RUN
from corv.stuf import FOUTCODES

PACKAGE = Path(corv.__file__).parent
DOCS = (PACKAGE.parent / "docs/bevindingen.md").read_text(encoding="utf-8")

CODE = re.compile(r"[a-z]+(-[a-z]+)+|StUF\d{3}")
MAKERS = {"Finding": 0, "_unreadable": 0, "refuse": 1}
"""What makes a finding, or a refusal that becomes one, and which argument is its code."""

FROM_A_VARIABLE = {
    "BODY_FAULT",
    "OWN_FAILURE",
    "decision.foutcode",
    "refusal.foutcode or ''",
    "code",
    "rule.ID",
    "regel.id",
    "NOT_RUN",
}
"""Codes that are not written where the finding is made: constants of `stuf`, of a refusal, the table in `parsing`, rules."""


def trees() -> Iterator[ast.AST]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def codes_in_the_source() -> tuple[set[str], set[str]]:
    """The codes that are written out, and the expressions that stand where a code is not."""
    written, variables = set(), set()
    for node in trees():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
            code = node.args[MAKERS[node.func.id]]
            if isinstance(code, ast.Constant):
                written.add(str(code.value))
            else:
                variables.add(ast.unparse(code))
    return written, variables


def codes_of_the_parser() -> set[str]:
    """The table of `parsing`: pairs of a code and a sentence."""
    tree = ast.walk(ast.parse((PACKAGE / "parsing.py").read_text(encoding="utf-8")))
    pairs = [node.elts for node in tree if isinstance(node, ast.Tuple) and len(node.elts) == 2]
    return {
        str(code.value)
        for code, sentence in pairs
        if isinstance(code, ast.Constant) and isinstance(sentence, ast.Constant) and CODE.fullmatch(str(code.value))
    }


def test_the_table_is_exactly_what_the_program_can_give() -> None:
    written, variables = codes_in_the_source()

    assert variables <= FROM_A_VARIABLE
    assert {"bestand-leeg", "geen-bestand", "antwoord-zonder-vraag", "StUF010"} <= written
    assert {"geen-xml", "xml-fout", "xml-afgekapt"} <= codes_of_the_parser()
    assert written | codes_of_the_parser() | set(FOUTCODES) | {NOT_RUN} == set(ADVIEZEN)


def test_every_code_stands_in_the_docs_and_the_docs_have_no_others() -> None:
    own = {code for code in ADVIEZEN if not code.startswith("StUF")}
    assert set(re.findall(r"^\| `([a-z-]+)` \|", DOCS, re.MULTILINE)) == own
    assert [code for code in ADVIEZEN if code not in DOCS] == []


def test_an_advice_is_one_or_two_dutch_sentences_that_stand_alone() -> None:
    for code, sentence in ADVIEZEN.items():
        assert re.fullmatch(r"[A-Z][^\n]{20,180}\.", sentence), code


def test_a_fault_of_form_in_an_answer_asks_nothing() -> None:
    assert advies("StUF055", Niveau.WAARSCHUWING) == "U hoeft niets te doen: het bericht is toch doorgegeven."
    assert advies("StUF055", Niveau.FOUT) == ADVIEZEN["StUF055"]
    assert advies("referentienummer-leeg", Niveau.WAARSCHUWING) == ADVIEZEN["referentienummer-leeg"]
    assert advies("van-een-latere-versie", Niveau.FOUT) is None
