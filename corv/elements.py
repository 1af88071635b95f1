"""Elements of any message by local name: children with their place, a value or why there is none, a date that may be incomplete.

Namespaces are ignored and nothing raises, so that a message that is invalid by the schema can be read as far as it goes. Pure.
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

from lxml import etree

from corv.stuurgegevens import text_of

Path = tuple[str, ...]
"""Local names: of each step of a path, or of the elements that are wanted. libxml2 compares them, quicker than we can."""

_DATE = re.compile(r"[0-9]{8}")


@cache
def _tags(names: Path) -> Path:
    return tuple(f"{{*}}{name}" for name in names)


def local_name(element: etree._Element) -> str:
    """The local name; '' for a comment or a processing instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def first_child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name; None where there is none, or for no name."""
    return next(element.iterchildren(*_tags((name,))), None) if name else None


def children_named(element: etree._Element, names: Path, pad: str = "") -> Iterator[tuple[str, str, etree._Element]]:
    """The children of those names with their place: `[2]` only where there are more of one name."""
    found = [(local_name(child), child) for child in element.iterchildren(*_tags(names))]
    prefix = f"{pad}/" if pad else ""
    if len({name for name, _ in found}) == len(found):
        for name, child in found:
            yield name, prefix + name, child
        return
    total = Counter(name for name, _ in found)
    seen: Counter[str] = Counter()
    for name, child in found:
        seen[name] += 1
        nth = f"[{seen[name]}]" if total[name] > 1 else ""
        yield name, f"{prefix}{name}{nth}", child


def elements_at(element: etree._Element, path: Path, pad: str = "") -> Iterator[tuple[str, etree._Element]]:
    """Every element on a path below this one, with its place."""
    if not path:
        yield pad, element
        return
    for _, place, child in children_named(element, path[:1], pad):
        yield from elements_at(child, path[1:], place)


def why_no_value(element: etree._Element) -> str | None:
    """Why an element says that it has no value: the reason, '' for nil without one; None when it says no such thing."""
    reason = None
    for name, value in element.items():
        if name.endswith("noValue"):
            return value
        if name.endswith("}nil") and value in {"true", "1"}:
            reason = ""
    return reason


def value_of(element: etree._Element | None) -> str | None:
    """The text of an element; None when it is not there, empty, nil or has a noValue."""
    return None if element is None or why_no_value(element) is not None else text_of(element) or None


def latest_day(element: etree._Element) -> date | None:
    """The latest day that a date may be: D has no day, M no month either, J nothing at all. None when it is no date."""
    text = value_of(element)
    if text is None or not _DATE.fullmatch(text):
        return None
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    known = next((value for name, value in element.items() if name.endswith("indOnvolledigeDatum")), "V")
    try:
        match known:
            case "V":
                return date(year, month, day)
            case "D":
                return date(year, month, monthrange(year, month)[1])
            case "M":
                return date(year, 12, 31)
            case _:
                return None
    except ValueError:
        return None
