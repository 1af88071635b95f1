"""The two kinds of breaking, in the elements of a message and in the bytes of its file; and finding what to break."""

from collections.abc import Callable

from lxml import etree

from corv.stuf import STUF
from corv.stuurgegevens import find_header
from corv.voorbeeld.lot import Lot
from corv.voorbeeld.making import serialise

Break = Callable[[etree._Element, Lot], bytes]
"""A good message, which may be changed, to the bytes of a broken one."""


def in_tree(change: Callable[[etree._Element, Lot], None]) -> Break:
    """Break the elements, and write the whole as a good message is written."""

    def breek(root: etree._Element, lot: Lot) -> bytes:
        change(root, lot)
        return serialise(root)

    return breek


def header_of(root: etree._Element) -> etree._Element:
    """The stuurgegevens of a good message."""
    header = find_header(root)
    if header is None:
        raise ValueError("a good message has stuurgegevens")
    return header


def in_header(root: etree._Element, *names: str) -> etree._Element:
    """The element on this path below the stuurgegevens of a good message."""
    element = header_of(root).find("/".join(f"{{{STUF}}}{name}" for name in names))
    if element is None:
        raise ValueError(f"a good message has {names} in its stuurgegevens")
    return element
