"""Which publication of the koppelvlak a zip holds: its version and its date, from what is written in it and on it. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:  # takes longer to import than this module to do its work
    from lxml import etree

_NUMBER = r"[0-9]{1,4}(?:\.[0-9]{1,4}){1,4}"
"""A version as long as any is; what is longer is no version, and would take long to read as a number."""

_OF_NAME = re.compile(rf"versie_({_NUMBER})_([0-9]{{8}})(?![0-9])")
"""How VNG names its zips, as in `StUF-koppelvlak_Jeugdzorg_-_versie_1.0.9_20251215_-_schemas.zip`."""

_OF_TEXT = re.compile(rf"koppelvlak\s+Jeugdzorg\s+({_NUMBER})(?!\.?[0-9])")
_VERSION = re.compile(_NUMBER)


@dataclass(frozen=True)
class Uitgave:
    """`versie`: the parts of the version of the koppelvlak, () when nothing tells it. `datum`: None when nothing tells it."""

    versie: tuple[int, ...] = ()
    datum: date | None = None

    @property
    def versie_text(self) -> str:
        """The version as VNG writes it."""
        return ".".join(map(str, self.versie)) or "onbekend"

    @property
    def rank(self) -> tuple[tuple[int, ...], date]:
        """The later publication is the greater; what is not known comes first."""
        return self.versie, self.datum or date.min

    def as_json(self) -> dict[str, Any]:
        """To write it down."""
        return {"versie": list(self.versie), "datum": str(self.datum) if self.datum else None}

    @classmethod
    def of_json(cls, facts: Mapping[str, Any]) -> Self:
        """What `as_json` wrote down. Raises ValueError, KeyError or TypeError for anything else."""
        datum = facts["datum"]
        return cls(tuple(map(int, facts["versie"])), None if datum is None else date.fromisoformat(datum))

    def __str__(self) -> str:
        """As in `koppelvlak 1.0.9 van 15-12-2025`."""
        return f"koppelvlak {self.versie_text} van {f'{self.datum:%d-%m-%Y}' if self.datum else 'onbekende datum'}"


def stated_in(schemas: "Iterable[etree._Element]") -> Uitgave:
    """What the schemas of the koppelvlak say of themselves: their version, and the day of the last change to one of them."""
    versions: list[tuple[int, ...]] = []
    days: list[date | None] = []
    for schema in schemas:
        versions += [_parts(text) for text in _texts(schema, "patch") if _VERSION.fullmatch(text)]
        versions += [_parts(found) for text in _texts(schema, "documentation") for found in _OF_TEXT.findall(text)]
        days += [_day(text) for text in _texts(schema, "patchdatum")]
    return Uitgave(max(versions, default=()), max((day for day in days if day), default=None))


def uitgave_of(name: str, stated: Uitgave) -> Uitgave:
    """The publication in a zip of that name.

    The version that the schemas state goes before that of the name, which anybody may change. The day of publication stands
    only in the name; without it the last change to a schema comes nearest.
    """
    named = _OF_NAME.search(name)
    if named is None:
        return stated
    return Uitgave(stated.versie or _parts(named.group(1)), _day(named.group(2)) or stated.datum)


def _texts(schema: "etree._Element", name: str) -> list[str]:
    return ["".join(element.itertext()).strip() for element in schema.iter(f"{{*}}{name}")]


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _day(digits: str) -> date | None:
    try:
        return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 - a day, of no time zone
    except ValueError:
        return None
