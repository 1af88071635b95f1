"""What the two rules about empty elements share: which elements are empty that should not be, and how to make one empty."""

from collections.abc import Iterator

from lxml import etree

from corv.elements import why_no_value
from corv.errors import NoPlaceError
from corv.rules.bericht import Bericht, clark, text
from corv.rules.breken import empty, need
from corv.rules.rule import Violation
from corv.stuf import ENTITEITTYPE

VUL = "Vul het in. Is het niet verplicht, dan mag u het ook weglaten."
"""What whoever makes the message does; the schema may demand the element, so to leave it out is not always right."""

_MAY_BE_EMPTY = frozenset({clark("BG:authentiek"), clark("JZ:identificatieVtMelding")})
"""Where the schema gives it a default, an empty authentiek stands for N; of the other a rule of its own tells more."""

_HEADER, _RELATED = "}stuurgegevens", "}gerelateerde"
_TO_BREAK = ("{*}voornamen", "{*}toelichting", "{*}telefoonnummer", "{*}emailadres")
"""Optional texts; every kind of message has one of these."""


def empty_elements(bericht: Bericht) -> Iterator[Violation]:
    """Every element in which a value should stand and nothing does, not even why there is none."""
    for element in bericht.empty:
        if why_no_value(element) is None and _must_say_something(element):
            yield Violation(element, "Er staat niets in dit element.")


def empty_a_text(root: etree._Element) -> None:
    """Make the first text empty that need not be there. Raises NoPlaceError where there is none."""
    for element in need(root, "JZ:object").iter(*_TO_BREAK):
        if text(element):
            empty(element)
            return
    raise NoPlaceError("In dit bericht staat geen tekst die leeg mag zijn, dus kan deze fout er niet in.")


def _must_say_something(element: etree._Element) -> bool:
    """Whether it is there to hold a value, outside the stuurgegevens."""
    tag = str(element.tag)
    if tag in _MAY_BE_EMPTY or tag.endswith(_RELATED) or element.get(ENTITEITTYPE) is not None:
        return False
    return not any(str(above.tag).endswith(_HEADER) for above in element.iterancestors())
