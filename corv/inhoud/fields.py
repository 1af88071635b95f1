"""The content of a message as typed values: a frozen dataclass an element with children, a `Value` an element with text.

A family module says which element each field is, with `one` or `many`; the order of the fields is that of the schema. What a
field may hold is for the schema to say: every field may be absent, so that any message can be read as far as it goes. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from functools import cache
from itertools import islice
from typing import Any, TypeVar, get_args, get_type_hints

from lxml import etree

from corv.stuf import ENTITEITTYPE, NIL, NO_VALUE, NSMAP

Attributes = tuple[tuple[str, str], ...]
"""Of an element, by name in Clark notation, in the order in which they are written."""

_TAG = "tag"


@dataclass(frozen=True, slots=True)
class Value:
    """The text of an element and its attributes. The text is personal data, so `repr` leaves it out."""

    text: str = field(default="", repr=False)
    attributes: Attributes = ()


@dataclass(frozen=True, kw_only=True)
class Group:
    """An element with children. A class below it gives its fields, and the entiteittype that it has when we write one.

    `order`: the names of the fields as they stood, each as often as it did, where that is not the order of the class: a choice
    that may repeat leaves it free, and which `authentiek` goes with which BSN is in nothing else. What we make has none.
    """

    attributes: Attributes = ()
    order: tuple[str, ...] = ()


G = TypeVar("G", bound=Group)


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a group: its name and place, the element in Clark notation, what it holds, and whether there may be more."""

    name: str
    place: int
    tag: str
    holds: type[Value] | type[Group]
    is_many: bool


def one(namespace: str, element: str) -> Any:
    """A field for an element that occurs at most once; None where it is absent."""
    return field(default=None, metadata={_TAG: f"{{{namespace}}}{element}"})


def many(namespace: str, element: str) -> Any:
    """A field for an element that may occur more than once; () where it is absent."""
    return field(default=(), metadata={_TAG: f"{{{namespace}}}{element}"})


def entity(entiteittype: str) -> Attributes:
    """The attribute that says which entiteittype an element is."""
    return ((ENTITEITTYPE, entiteittype),)


def empty(reason: str = "geenWaarde") -> Value:
    """An element that says that it has no value, and why (StUF 03.01 par. 3.4)."""
    return Value(attributes=((NIL, "true"), (NO_VALUE, reason)))


def parts_of(cls: type[Group]) -> tuple[Part, ...]:
    """The fields of a group that are elements, in order."""
    return tuple(_table_of(cls).values())


def read_group(cls: type[G], element: etree._Element) -> G:
    """What an element holds. What the class doesn't know is passed over; of one that may occur once the first counts."""
    by_tag = _table_of(cls)
    values: dict[str, Any] = {}
    names: list[str] = []
    last, is_in_order = 0, True
    for child in element:
        part = by_tag.get(child.tag)
        if part is None or (part.name in values and not part.is_many):
            continue
        holds: Any = part.holds
        value = _read_value(child) if holds is Value else read_group(holds, child)
        if part.is_many:
            values.setdefault(part.name, []).append(value)
        else:
            values[part.name] = value
        names.append(part.name)
        last, is_in_order = part.place, is_in_order and last <= part.place
    held = {name: tuple(value) if type(value) is list else value for name, value in values.items()}
    return cls(attributes=tuple(element.items()), order=() if is_in_order else tuple(names), **held)


def write_group(tag: str, group: Group) -> etree._Element:
    """The element that holds this, with its children in the order of the class."""
    root = etree.Element(tag, nsmap=dict(NSMAP))
    _fill(root, group)
    return root


def _fill(element: etree._Element, group: Group) -> None:
    for name, value in group.attributes:
        element.set(name, value)
    for part, item in _children(group):
        child = etree.SubElement(element, part.tag)
        if isinstance(item, Value):
            child.attrib.update(item.attributes)
            child.text = item.text or None
        else:
            _fill(child, item)


def _children(group: Group) -> Iterator[tuple[Part, Value | Group]]:
    parts = {part.name: part for part in parts_of(type(group))}
    left = {name: iter(_items(part, getattr(group, name))) for name, part in parts.items()}
    for name in group.order:
        for item in islice(left[name], 1):
            yield parts[name], item
    for name, items in left.items():
        for item in items:
            yield parts[name], item


def _items(part: Part, held: Any) -> tuple[Value | Group, ...]:
    if part.is_many:
        return tuple(held)
    return () if held is None else (held,)


def _table_of(cls: type[Group]) -> Mapping[object, Part]:
    known: Any = cls  # the type checker does not take a class with a hash of its own for something that can be looked up
    return _by_tag(known)


@cache
def _by_tag(cls: type[Any]) -> Mapping[object, Part]:
    hints = get_type_hints(cls)
    parts = [_part(item, hints[item.name], place) for place, item in enumerate(fields(cls)) if _TAG in item.metadata]
    return {part.tag: part for part in parts}


def _part(item: Field[Any], hint: object, place: int) -> Part:
    holds = next(argument for argument in get_args(hint) if isinstance(argument, type) and issubclass(argument, Value | Group))
    return Part(item.name, place, item.metadata[_TAG], holds, item.default == ())


def _read_value(element: etree._Element) -> Value:
    text = str(element.xpath("string()")) if len(element) else element.text or ""
    return Value(text, tuple(element.items()))
