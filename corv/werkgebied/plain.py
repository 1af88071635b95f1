"""A werkgebied as plain values for JSON and back, and as candidates per person."""

from collections.abc import Mapping
from typing import Any

from corv.werkgebied.roles import NEVER
from corv.werkgebied.values import Bewijs, Uitkomst, Werkgebied, Zekerheid


def as_json(werkgebied: Werkgebied) -> dict[str, Any]:
    """Only text, numbers, lists and dicts, in the order of the fields."""
    return {
        "uitkomst": werkgebied.uitkomst.value,
        "vt": werkgebied.vt,
        "zekerheid": werkgebied.zekerheid.value,
        "waarom": werkgebied.waarom,
        "bewijs": [{name: _plain(getattr(bewijs, name)) for name in Bewijs._fields} for bewijs in werkgebied.bewijs],
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


def kandidaten(werkgebied: Werkgebied) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """Per person, in the order of the message, the soort of each address and its regions; first those that count.

    Without persons whose address never counts, and without addresses that point nowhere.
    """
    pointing = [bewijs for bewijs in werkgebied.bewijs if bewijs.vts and bewijs.rol not in NEVER]
    found = {bewijs.wie: dict[tuple[str, tuple[str, ...]], None]() for bewijs in pointing}
    for bewijs in sorted(pointing, key=lambda bewijs: not bewijs.telt):
        found[bewijs.wie][bewijs.adres, bewijs.vts] = None
    return [(wie, list(adressen)) for wie, adressen in found.items()]


def _bewijs(row: Mapping[str, Any]) -> Bewijs:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Bewijs(**{**values, "zekerheid": Zekerheid(row["zekerheid"])})


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, Zekerheid) else value
