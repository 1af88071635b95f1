"""Elements of any message by local name: children with their place, a value or why there is none, a date that may be incomplete.

Namespaces are ignored and nothing raises, so that a message that is invalid by the schema can be read as far as it goes. Pure.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from lxml import etree

from corv.stuurgegevens import text_of

Path = tuple[str, ...]
"""Local names: of each step of a path, or of the elements that are wanted."""

Named = tuple[str, etree._Element]
"""An element with its local name."""

Below = Mapping[etree._Element | None, Sequence[Named]]
"""Of each element its wanted children, in the order of the message."""

Attributes = list[tuple[str, str]]
"""Of an element, in Clark notation: asking for them takes longer than looking at them, so it is done once."""

_DAY = len("JJJJMMDD")

_TIME = ((8, 23), (10, 59), (12, 59))
"""Where in a moment hour, minute and second begin, and the most that each can be."""


def tags_of(names: Path) -> Path:
    """These names as libxml2 looks for them, in any namespace."""
    return tuple(f"{{*}}{name}" for name in names)


def local_name(element: etree._Element) -> str:
    """The local name; '' for a comment or a processing instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def find_wanted(root: etree._Element, tags: Path) -> Below:
    """Every element with one of these tags, by its parent: one walk, in which libxml2 passes over all others.

    To look for the children of one element after another takes several times as long. Who reads goes down from the root by
    what this gives, so that an element in another place is never reached.
    """
    below = defaultdict[etree._Element | None, list[Named]](list)
    for element in root.iter(*tags):
        below[element.getparent()].append((str(element.tag).rpartition("}")[2], element))
    return below


def first_child(below: Below, element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name; None where there is none, or for no name."""
    for found, child in below.get(element, ()):
        if found == name:
            return child
    return None


def elements_at(below: Below, element: etree._Element, path: Path, pad: str = "") -> list[tuple[str, etree._Element]]:
    """Every element on a path below this one, with its place."""
    found = [(pad, element)]
    for step in path:
        parents, found = found, []
        for above, parent in parents:
            place = f"{above}/{step}" if above else step
            same = [child for name, child in below.get(parent, ()) if name == step]
            if len(same) == 1:
                found.append((place, same[0]))
            elif same:
                found += [(f"{place}[{number}]", child) for number, child in enumerate(same, 1)]
    return found


def numbers_of(children: Sequence[Named]) -> Mapping[etree._Element, str]:
    """What their place ends with: `[2]` for the second of a name of which there are more; nothing for the only one."""
    if len(dict(children)) == len(children):  # every name occurs once, as in nearly every message
        return {}
    by_name = defaultdict[str, list[etree._Element]](list)
    for name, child in children:
        by_name[name].append(child)
    return {child: f"[{number}]" for same in by_name.values() if len(same) > 1 for number, child in enumerate(same, 1)}


def why_no_value(element: etree._Element) -> str | None:
    """Why an element says that it has no value: the reason, '' for nil without one; None when it says no such thing."""
    return _why(element.items())


def _why(attributes: Attributes) -> str | None:
    reason = None
    for name, value in attributes:
        if name.endswith("noValue"):
            return value
        if name.endswith("}nil") and value in {"true", "1"}:
            reason = ""
    return reason


def value_of(element: etree._Element | None) -> str | None:
    """The text of an element; None when it is not there, empty, nil or has a noValue."""
    if element is None:
        return None
    attributes = element.items()
    if attributes and _why(attributes) is not None:
        return None
    return text_of(element) or None


def day_in(text: str) -> date | None:
    """The day with which a date or a moment begins, as JJJJMMDD; None when there is no such day."""
    if len(text) < _DAY or not _has_digits_only(text[:_DAY]):
        return None
    try:
        return date.fromisoformat(text[:_DAY])
    except ValueError:
        return None


def days_of(element: etree._Element) -> tuple[date, date] | None:
    """The first and last day that a date may be: D has no day, M no month either, J nothing at all. None when it is no date."""
    attributes = element.items()
    return None if _why(attributes) is not None else _days(text_of(element) or "", _known(attributes))


def is_possible_date(element: etree._Element) -> bool:
    """Whether what is known of a date can be: an existing day, month or year. So is one without a value, or wholly unknown."""
    attributes, text = element.items(), text_of(element)
    if not text or _why(attributes) is not None:
        return True
    known = _known(attributes)
    return known == "J" or _days(text, known) is not None


def _days(text: str, known: str) -> tuple[date, date] | None:
    if len(text) != _DAY or not _has_digits_only(text):
        return None
    try:
        if known == "V":
            day = date.fromisoformat(text)
            return day, day
        year, month = int(text[:4]), int(text[4:6])
        match known:
            case "D":
                return date(year, month, 1), date(year, month, monthrange(year, month)[1])
            case "M":
                return date(year, 1, 1), date(year, 12, 31)
            case _:
                return None
    except ValueError:
        return None


def is_possible_moment(element: etree._Element) -> bool:
    """Whether a moment of JJJJMMDDuummss, broken off anywhere after the day, can be; its last digit alone says nothing yet."""
    text = value_of(element)
    if text is None:
        return True
    if not _has_digits_only(text) or day_in(text) is None:
        return False
    return all(int(text[at : at + 2]) <= most for at, most in _TIME if len(text) >= at + 2)


def _has_digits_only(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _known(attributes: Attributes) -> str:
    """How much of a date is known; all of it (V) where nothing says so."""
    for name, value in attributes:
        if name.endswith("indOnvolledigeDatum"):
            return value
    return "V"
