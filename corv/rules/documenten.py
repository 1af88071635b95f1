"""Words and places that the rules about documents share, and the size and type of what is in them."""

from collections.abc import Iterator

from lxml import etree

from corv.rules.bericht import Bericht, text
from corv.rules.breken import need
from corv.rules.rule import Violation
from corv.stuf import CONTENT_TYPE

VERZOEK, GEZINSGESCHIEDENIS = "Verzoek tot onderzoek RvdK", "Gezinsgeschiedenis"
"""The document that is the request itself, and the one of which there may be one (corv.md 4.1, rows 16 and 18)."""

SOORT, INHOUD = "ZKN:dct.omschrijving", "ZKN:inhoud"
"""Of a document its kind and its file; in a message these stand nowhere else."""

MB = 1024 * 1024

_WHITE_SPACE_AND_PADDING = " \n\r\t="


def soorten(bericht: Bericht, soort: str) -> list[etree._Element]:
    """The elements by which documents say that they are of that kind."""
    return [element for element in bericht.every(SOORT) if text(element) == soort]


def size_of(inhoud: etree._Element) -> int:
    """The bytes of a file that is in a message, without decoding it: it may be 30 MB of text."""
    said = text(inhoud)
    return (len(said) - sum(map(said.count, _WHITE_SPACE_AND_PADDING))) * 3 // 4


def base64_of(size: int) -> str:
    """A file of that size as it stands in a message; of zeros."""
    whole, rest = divmod(size, 3)
    return "AAAA" * whole + ("", "AA==", "AAA=")[rest]


def without_type(bericht: Bericht) -> Iterator[Violation]:
    """The documents that don't say of what type their file is."""
    for element in bericht.every(INHOUD):
        if not element.get(CONTENT_TYPE, "").strip():
            yield Violation(
                element, "Bij deze bijlage staat niet wat voor bestand het is: het attribuut contentType is niet gevuld."
            )


def take_type(root: etree._Element) -> None:
    """Take from the first document of what type its file is."""
    need(root, f".//{INHOUD}").attrib.pop(CONTENT_TYPE, None)
