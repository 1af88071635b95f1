"""Where in a message something is: find the element that libxml2 names, and name it to a reader with fixed prefixes."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from corv.stuf import PREFIXES

_CLARK = re.compile(r"\{([^}]*)\}")
_STEP = re.compile(r"^(?:(?P<prefix>[^:\[\]*]+):)?(?P<name>[^:\[\]]+?)(?:\[(?P<nth>\d+)\])?$")
_LONGEST_NAME = 60


def shorten(clark_names: str) -> str:
    """`{namespace}name` with the prefix in which readers know that namespace; other namespaces are left out."""

    def prefix(match: re.Match[str]) -> str:
        known = PREFIXES.get(match.group(1))
        return f"{known}:" if known else ""

    return _CLARK.sub(prefix, clark_names)


def display_name(tag: str) -> str:
    """An element's name for a reader. A name outside the standard is the sender's own and is cut at 60 characters."""
    return shorten(tag)[:_LONGEST_NAME]


def display_path(element: etree._Element) -> str:
    """The place of an element, as `/JZ:vtMeldingDi01/JZ:object/JZ:betreft`; `[2]` only where there are several."""
    steps: list[str] = []
    current: etree._Element | None = element
    while current is not None and isinstance(current.tag, str) and not current.tag.startswith("{http://schemas.xmlsoap.org"):
        parent = current.getparent()
        twins = [current] if parent is None else list(parent.iterchildren(current.tag))
        nth = f"[{twins.index(current) + 1}]" if len(twins) > 1 else ""
        steps.append(display_name(current.tag) + nth)
        current = parent
    return "/" + "/".join(reversed(steps))


def locate(root: etree._Element, path: str) -> etree._Element:
    """The element that libxml2 names with `path`, counted from `root`; the deepest one found when a step does not fit.

    libxml2 writes a step as `prefix:name[n]` with the document's own prefixes, which may mean different namespaces at
    different places, or as `*[n]` under a default namespace; so the path can't be handed to an XPath engine.
    """
    current = root
    for step in path.strip("/").split("/")[1:]:
        match = _STEP.match(step)
        if match is None:
            return current
        nth = int(match.group("nth") or 1)
        found = next(islice(_fitting(current, match), nth - 1, None), None)
        if found is None:
            return current
        current = found
    return current


def _fitting(parent: etree._Element, step: re.Match[str]) -> Iterator[etree._Element]:
    """The children of that name; libxml2 finds them among thousands of others in no time."""
    if step.group("name") == "*":
        return parent.iterchildren(etree.Element)
    return (child for child in parent.iterchildren(f"{{*}}{step.group('name')}") if child.prefix == step.group("prefix"))
