"""Changes to a good message by which a rule's `breek` breaks it.

Of a message that lacks the place `need` raises NoPlaceError; then another example is broken in its stead, so a rule need not
make room for its own fault.
"""

from lxml import etree

from corv.errors import NoPlaceError
from corv.rules.bericht import clark, extras, first
from corv.stuf import NIL, STUF

_ELEMENTEN, _ELEMENT = f"{{{STUF}}}extraElementen", f"{{{STUF}}}extraElement"


def need(element: etree._Element, path: str) -> etree._Element:
    """The first element on that path below this one."""
    found = first(element, path)
    if found is None:
        raise NoPlaceError(f"In dit bericht staat geen {path.rpartition(':')[2]}, dus kan deze fout er niet in.")
    return found


def take_away(element: etree._Element | None) -> None:
    """Take an element out of the message; nothing happens where there is none."""
    parent = element.getparent() if element is not None else None
    if parent is not None and element is not None:
        parent.remove(element)


def empty(element: etree._Element) -> None:
    """Take out what an element says and holds; its attributes stay."""
    for child in list(element):
        element.remove(child)
    element.text = None


def make_nil(element: etree._Element) -> None:
    """Let an element say that it is nil."""
    empty(element)
    element.set(NIL, "true")


def put_after(element: etree._Element, name: str, text: str = "") -> etree._Element:
    """A new element of that name, as `BG:geboortedatum`, right after this one."""
    new = element.makeelement(clark(name))
    new.text = text or None
    element.addnext(new)
    return new


def put_extra(element: etree._Element, naam: str, text: str) -> etree._Element:
    """Another extraElement in the extraElementen of this element, which must be there."""
    elementen = need(element, "StUF:extraElementen")
    new = etree.SubElement(elementen, _ELEMENT, {"naam": naam})
    new.text = text
    return new


def take_extras(element: etree._Element, naam: str) -> None:
    """Take the extraElementen of that name out of this element, and their parent if it becomes empty."""
    for one in extras(element, naam):
        take_away(one)
    elementen = element.find(_ELEMENTEN)
    if elementen is not None and not len(elementen):
        take_away(elementen)
