"""A message as rules see it: its elements by name and by path, and what they say. Pure.

A path is written with the prefixes of the standard, as `JZ:object/ZKN:heeftBetrekkingOp`; which prefixes a sender uses does
not matter. Rules read the elements and not the dataclasses of `inhoud`: a finding needs the place and the line, and reading
a message into its classes takes longer than parsing and validating it (besluit 0030).
"""

from collections.abc import Sequence
from functools import cache, cached_property
from typing import TypeGuard

from lxml import etree

from corv.elements import value_of, why_no_value
from corv.stuf import NSMAP, STUF

_EXTRA = f"{{{STUF}}}extraElementen/{{{STUF}}}extraElement"
_NAAM = "naam"


class Bericht:
    """A message of which the schema found no fault. `naam`: the local name of its root.

    There is no index by name: to ask each element for its name takes as long as the few walks of libxml2 that it would spare.
    """

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.naam = str(root.tag).rpartition("}")[2]

    @cached_property
    def empty(self) -> Sequence[etree._Element]:
        """The elements with nothing in them, wherever they stand."""
        leaves = (element for element in self.root.iter("{*}*") if not len(element))
        commented = (comment.getparent() for comment in self.root.iter(etree.Comment))
        found = [leaf for leaf in leaves if not (leaf.text or "").strip()]
        return [*found, *dict.fromkeys(one for one in commented if one is not None and _holds_only_comments(one))]

    def every(self, *names: str) -> list[etree._Element]:
        """Every element of these names, as `BG:inp.bsn`, wherever it stands, in the order of the message."""
        return list(self.root.iter(*map(clark, names)))

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


def _holds_only_comments(element: etree._Element) -> bool:
    """Whether an element in which there is a comment says nothing: senders put comments into values (corv.md 7)."""
    return not (element.text or "").strip() and not any(
        isinstance(child.tag, str) or (child.tail or "").strip() for child in element
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
