"""A werkgebied as plain values for JSON and back, and as candidates per person."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from corv.werkgebied.roles import NEVER
from corv.werkgebied.values import Bewijs, Uitkomst, Werkgebied, Zekerheid

_BEWIJS = tuple(field.name for field in fields(Bewijs))


def as_json(werkgebied: Werkgebied) -> dict[str, Any]:
    """Only text, numbers, lists and dicts, in the order of the fields."""
    return {
        "uitkomst": werkgebied.uitkomst.value,
        "vt": werkgebied.vt,
        "zekerheid": werkgebied.zekerheid.value,
        "waarom": werkgebied.waarom,
        "bewijs": [{name: _plain(getattr(bewijs, name)) for name in _BEWIJS} for bewijs in werkgebied.bewijs],
    }


def from_json(plain: Mapping[str, Any]) -> Werkgebied:
    """The werkgebied that `as_json` wrote, also after it went through JSON."""
    return Werkgebied(
        Uitkomst(plain["uitkomst"]),
        plain["vt"],
        Zekerheid(plain["zekerheid"]),
        tuple(_bewijs(row) for row in plain["bewijs"]),
        plain["waarom"],
    )


def kandidaten(werkgebied: Werkgebied) -> list[tuple[str, tuple[str, ...]]]:
    """Per person the regions of all addresses, in the order of the message; without persons whose address never counts."""
    found: dict[str, dict[str, None]] = {}
    for bewijs in werkgebied.bewijs:
        if bewijs.vts and bewijs.rol not in NEVER:
            found.setdefault(bewijs.wie, {}).update(dict.fromkeys(bewijs.vts))
    return [(wie, tuple(vts)) for wie, vts in found.items()]


def _bewijs(row: Mapping[str, Any]) -> Bewijs:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Bewijs(**{**values, "zekerheid": Zekerheid(row["zekerheid"])})


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, Zekerheid) else value
