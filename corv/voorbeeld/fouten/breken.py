"""The two kinds of breaking: in the elements of a message, and in the bytes of its file."""

from collections.abc import Callable

from lxml import etree

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
