"""config/regels-eigen.toml to own rules. A rule that can't be asked, or whose examples come out otherwise, is refused."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corv.adviezen import ADVIEZEN
from corv.eigenregels import EigenRegel
from corv.niveaus import Niveau, Regelniveau
from corv.stuf import JZ_FUNCTIES, NSMAP
from corv.toml_reader import Section, TomlFile, hint
from corv.voorbeelden import read_file

if TYPE_CHECKING:  # brings the schemas along, and most working folders have no own rules
    from corv.eigenregels.proces import Grenzen

_ID = r"[a-z0-9][a-z0-9-]{0,59}"
_LONGEST_XPATH = 2000
_REQUIRED: Mapping[str, str] = {
    "id": "elke regel heeft een naam",
    "berichten": 'noem de berichten waarvoor hij geldt, zoals ["vtMeldingDi01"]',
    "test": "zeg in XPath wat er waar moet zijn",
    "tekst": "zeg in één zin wat er mis is en wat de lezer moet doen",
    "goed": "elke regel heeft een voorbeeld dat eraan voldoet",
    "fout": "elke regel heeft een voorbeeld dat er niet aan voldoet",
}
_FUNCTIONS = frozenset(
    {
        *("last", "position", "count", "id", "local-name", "namespace-uri", "name"),
        *("string", "concat", "starts-with", "contains", "substring-before", "substring-after", "substring"),
        *("string-length", "normalize-space", "translate"),
        *("boolean", "not", "true", "false", "lang", "number", "sum", "floor", "ceiling", "round"),
    }
)
_BEFORE_BRACKET = _FUNCTIONS | {"comment", "text", "processing-instruction", "node", "and", "or", "div", "mod"}
"""What may stand before an opening bracket in XPath 1.0: functions, tests of a kind of node, and words between two conditions."""

_LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")
_PREFIX = re.compile(r"([A-Za-z_][\w.-]*):(?!:)")
_CALL = re.compile(r"([A-Za-z_][\w.:-]*)\s*\(")


def read_own_rules(file: TomlFile, config: Path, grenzen: "Grenzen | None" = None) -> tuple[EigenRegel, ...]:
    """The rules of that file; every mistake is told to it. `config`: the folder below which an example may be a file.

    A rule of which the examples can't be tried now is among them all the same, and says so.
    """
    sections = file.section().tables("regel")
    file.only("regel")
    if not sections:
        return ()
    from corv.eigenregelproef import Proef, try_out  # noqa: PLC0415 - see TYPE_CHECKING above

    regels, proeven = list[EigenRegel](), list[Proef]()
    for section in sections:
        before = len(file.problems)
        regel = _regel(section, {regel.id for regel in regels})
        examples = {key: _voorbeeld(section, key, config) for key in ("goed", "fout")}
        section.finish()
        regels.append(regel)
        if len(file.problems) == before:
            proeven.append(Proef(section, regel, examples["goed"], examples["fout"]))
    untried = try_out(proeven, grenzen)
    return tuple(replace(regel, niet_geprobeerd=untried.get(regel.id, "")) for regel in regels)


def _regel(section: Section, earlier: Iterable[str]) -> EigenRegel:
    for key, why in _REQUIRED.items():
        if key not in section.names():
            section.complain(key, f"ontbreekt: {why}")
    niveau = Regelniveau(section.choice("niveau", Regelniveau.WAARSCHUWING, list(Regelniveau)))
    regel = EigenRegel(
        id=section.text("id", "", _ID, "een naam van hoogstens 60 kleine letters, cijfers en streepjes"),
        berichten=frozenset(section.words("berichten", (), JZ_FUNCTIES)),
        test=_xpath(section, "test"),
        tekst=section.text("tekst", "", ".{9,299}[.!?]", "een zin van 10 tot 300 tekens, met een punt aan het eind"),
        niveau=Niveau(niveau, niveau),
        bij=_xpath(section, "bij"),
        vanaf=section.day("vanaf"),
    )
    from corv.rules import RULES  # noqa: PLC0415 - as above

    if regel.id in RULES or regel.id in ADVIEZEN:
        section.complain("id", f"mag niet {regel.id} zijn: zo heet al iets van corv zelf. Begin bijvoorbeeld met eigen-")
    elif regel.id and regel.id in earlier:
        section.complain("id", f"mag niet nog eens {regel.id} zijn: zo heet een eerdere regel al")
    return regel


def _xpath(section: Section, key: str) -> str:
    """An expression of which every prefix and function is known; the engine itself looks no further than it has to."""
    meaning = f"een XPath van 1 tot {_LONGEST_XPATH} tekens"
    expression = section.text(key, "", f".{{1,{_LONGEST_XPATH}}}", meaning, many_lines=True)
    bare = _LITERAL.sub("''", expression)
    for prefix in dict.fromkeys(_PREFIX.findall(bare)):
        if prefix not in NSMAP:
            section.complain(key, f"gebruikt een onbekend voorvoegsel {prefix}:{hint(prefix, NSMAP)}")
    for name in dict.fromkeys(_CALL.findall(bare)):
        if (called := name.rpartition("::")[2]) not in _BEFORE_BRACKET:
            section.complain(key, f"gebruikt {called}(), en die functie heeft XPath 1.0 niet{hint(called, _FUNCTIONS)}")
    return expression


def _voorbeeld(section: Section, key: str, config: Path) -> bytes:
    """The message that is an example: written out in the file itself, or in a file of its own. b'' when there is none."""
    if section.begins_with(key, "<"):
        return section.text(key, "", many_lines=True).strip().encode()
    return read_file(section, key, config) or b""
