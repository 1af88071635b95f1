"""A message as rules see it: its elements by name and by path, and what they say. Pure.

A path is written with the prefixes of the standard, as `JZ:object/ZKN:heeftBetrekkingOp`; which prefixes a sender uses does
not matter. Rules read the elements and not the dataclasses of `inhoud`: a finding needs the place and the line, and reading
a message into its classes takes longer than parsing and validating it (besluit 0030).
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import TypeGuard

from lxml import etree

from corv.elements import value_of, why_no_value
from corv.stuf import NSMAP, STUF

_EXTRA = f"{{{STUF}}}extraElementen/{{{STUF}}}extraElement"
_NAAM = "naam"


class Bericht:
    """A message of which the schema found no fault. `naam`: the local name of its root; `empty`: those with nothing in them."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.naam = str(root.tag).rpartition("}")[2]
        self.empty: list[etree._Element] = []
        self._by_tag = defaultdict[str, list[etree._Element]](list)
        for element in root.iter("{*}*"):
            self._by_tag[str(element.tag)].append(element)
            said = element.text
            if (not said or said.isspace()) and _holds_nothing(element):  # here: another walk would cost three times as much
                self.empty.append(element)

    def every(self, name: str) -> Sequence[etree._Element]:
        """Every element of that name, as `BG:inp.bsn`, wherever it stands, in the order of the message."""
        return self._by_tag.get(clark(name), ())

    def find(self, path: str) -> list[etree._Element]:
        """Every element on that path below the root."""
        return find(self.root, path)

    def path_of(self, element: etree._Element) -> str:
        """The path of an element below the root, as `clark` writes it."""
        steps, current = list[str](), element
        while current is not self.root and (above := current.getparent()) is not None:
            steps.append(str(current.tag))
            current = above
        return "/".join(reversed(steps))

    def first(self, path: str) -> etree._Element | None:
        """The first element on that path below the root."""
        return first(self.root, path)


def _holds_nothing(element: etree._Element) -> bool:
    """Whether an element that begins with no text has no children, nor text after a comment: senders have these (corv.md 7)."""
    if not len(element):
        return True
    return not isinstance(element[0].tag, str) and not any(
        isinstance(one.tag, str) or (one.tail or "").strip() for one in element
    )


@cache
def clark(path: str) -> str:
    """A path with prefixes in the notation that lxml reads."""
    steps = (step.partition(":") for step in path.split("/"))
    return "/".join(f"{{{NSMAP[prefix]}}}{name}" if name else prefix for prefix, _, name in steps)


def find(element: etree._Element, path: str) -> list[etree._Element]:
    """Every element on that path below this one."""
    return element.findall(clark(path))


def first(element: etree._Element, path: str) -> etree._Element | None:
    """The first element on that path below this one."""
    return element.find(clark(path))


def nearest(element: etree._Element, path: str) -> etree._Element:
    """The deepest element that is there on that path: where something is absent, the parent that lacks it."""
    for step in path.split("/"):
        found = first(element, step)
        if found is None:
            return element
        element = found
    return element


def text(element: etree._Element | None, path: str = "") -> str:
    """What an element says, or the first one on a path below it; '' where it is absent, empty, nil or says noValue."""
    found = first(element, path) if element is not None and path else element
    return (value_of(found) or "").strip()


def is_there(element: etree._Element | None) -> TypeGuard[etree._Element]:
    """Whether an element is there, and does not say by nil or noValue that there is nothing."""
    return element is not None and why_no_value(element) is None


def place(element: etree._Element, path: str) -> etree._Element:
    """Where to point when what should stand on that path is missing: the first element there, else this one."""
    found = first(element, path)
    return element if found is None else found


def extras(element: etree._Element | None, naam: str) -> list[etree._Element]:
    """The extraElementen of that name that stand in this element itself; names are compared without case (corv.md 4.7)."""
    if element is None:
        return []
    wanted = naam.casefold()
    return [one for one in element.findall(_EXTRA) if name_of(one).casefold() == wanted]


def extra(element: etree._Element | None, naam: str) -> str:
    """What the first extraElement of that name says; '' where there is none, or nothing in it."""
    return next((said for one in extras(element, naam) if (said := text(one))), "")


def extra_place(element: etree._Element, naam: str) -> etree._Element:
    """Where to point when what the extraElement of that name should say is missing: the first one there, else this element."""
    return next(iter(extras(element, naam)), element)


def name_of(extra_element: etree._Element) -> str:
    """The name of an extraElement."""
    return extra_element.get(_NAAM, "")
