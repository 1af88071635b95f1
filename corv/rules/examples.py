"""The examples in the docstring of a rule: pieces of a message under Slaagt and Faalt, which a test runs.

Under such a heading stands, indented, what the root of the message holds; the root is the first of `APPLIES_TO` by name, or
the one that the heading names: `Faalt (notificatieDi01):`. An example is as small as the rule allows, so it is no valid
message. Where it says `{21 MB}` stands an attachment of that size, since a docstring can't hold it. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import cleandoc

from corv.findings import Finding
from corv.parsing import parse
from corv.rules.bericht import Bericht
from corv.rules.documenten import MB, base64_of
from corv.rules.rule import Rule
from corv.stuf import NSMAP

_HEADING = re.compile(r"^(?P<wat>Slaagt|Faalt)(?: \((?P<naam>\w+)\))?:$", re.MULTILINE)
_SIZE = re.compile(r"\{(\d+) MB\}")
_NAMESPACES = " ".join(f'xmlns:{prefix}="{namespace}"' for prefix, namespace in NSMAP.items())


@dataclass(frozen=True)
class Example:
    """One example. `naam`: the root that it goes into; `xml`: what the root holds."""

    slaagt: bool
    naam: str
    xml: str

    def bericht(self) -> Bericht:
        """The message that it stands for; `{21 MB}` is an attachment of that size. Raises ValueError where it is no XML."""
        xml = _SIZE.sub(lambda size: base64_of(int(size[1]) * MB), self.xml)
        document = parse(f"<JZ:{self.naam} {_NAMESPACES}>{xml}</JZ:{self.naam}>".encode())
        if isinstance(document, Finding):
            raise ValueError(document.tekst)  # noqa: TRY004 - it is no wrong type: the example is no XML
        return Bericht(document.root)


def title_of(rule: Rule) -> str:
    """The first sentence of the docstring: what must be so."""
    return _doc(rule).partition("\n")[0].removesuffix(".")


def explanation_of(rule: Rule) -> str:
    """What the docstring says between that sentence and the examples."""
    body = _doc(rule).partition("\n")[2]
    heading = _HEADING.search(body)
    return (body[: heading.start()] if heading else body).strip()


def examples_of(rule: Rule) -> Iterator[Example]:
    """Every example of a rule, in order."""
    doc = _doc(rule)
    headings = list(_HEADING.finditer(doc))
    for number, heading in enumerate(headings):
        end = headings[number + 1].start() if number + 1 < len(headings) else len(doc)
        xml = cleandoc(doc[heading.end() : end])
        yield Example(heading["wat"] == "Slaagt", heading["naam"] or min(rule.APPLIES_TO), xml)


def _doc(rule: Rule) -> str:
    return cleandoc(rule.__doc__ or "")
