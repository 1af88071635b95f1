"""The tables behind herroutering as frozen values: which gemeente, postcode and woonplaats belong to which Veilig Thuis.

Pure lookups; `bestanden` reads the tables from their files, `tekst` says how a line looks, `vergelijking` and `cbs` are for a
newer table.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

Vts = frozenset[str]
"""Codes of Veilig Thuis regions, such as VT20. Empty: the table does not know."""

UNKNOWN: Vts = frozenset()

NOWHERE: frozenset[str] = frozenset()
"""No gemeente."""

_DIGITS, _LETTERS = 4, 2
_GEMEENTE = re.compile(r"(?:GM)?([0-9]{1,4})", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]*(?:\)|$)")
_WORD = re.compile("[a-z0-9]+")


def sleutel(naam: str) -> str:
    """A name as the tables look it up: without accents, lower case, words of letters and digits with one space between.

    A bracketed part stays, as words: `Hengelo (Gld)` is `hengelo gld`.
    """
    if naam.isascii() and naam.isalnum():  # as most are: one word
        return naam.lower()
    if not naam.isascii():
        naam = "".join(char for char in unicodedata.normalize("NFKD", naam) if not unicodedata.combining(char))
    return " ".join(_WORD.findall(naam.lower()))


def gemeentecode(text: str) -> str | None:
    """A CBS code in four digits, from `14`, `0014` or `GM0014`; None when it is no such code."""
    match = _GEMEENTE.fullmatch(text.strip())
    return match[1].zfill(4) if match else None


@dataclass(frozen=True)
class Gemeentetabel:
    """Which Veilig Thuis works for each gemeente, from a day on. Keys are CBS codes of four digits, without GM.

    `namen`: the name of each gemeente, as far as the table gives it.
    """

    vanaf: date
    veilig_thuis: Mapping[str, str]
    namen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tabellen:
    """All tables together. `gemeenten`: oldest first; of these the last one that has begun on the day in question counts.

    `postcodes`: PC4 -> gemeenten; `woonplaatsen`: normalised name -> gemeenten; `vervallen`: ended gemeente -> successors,
    which is empty where they are not known; `namen`: code of a region -> its name; `versie`: what a decision records of the
    tables that it used.
    """

    gemeenten: tuple[Gemeentetabel, ...] = ()
    postcodes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    woonplaatsen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    vervallen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    namen: Mapping[str, str] = field(default_factory=dict)
    versie: str = ""
    _asked: dict[tuple[date, frozenset[str]], Vts] = field(init=False, default_factory=dict, compare=False, repr=False)

    def gemeenten_of_postcode(self, postcode: str) -> frozenset[str]:
        """The gemeenten in which a postcode lies, written as a sender may: `7551 ab`, `7551AB`, `7551`."""
        written = "".join(postcode.split())
        digits, letters = written[:_DIGITS], written[_DIGITS:]
        if letters and not (len(letters) <= _LETTERS and letters.isascii() and letters.isalpha()):
            return NOWHERE
        return self.postcodes.get(digits, NOWHERE)

    def gemeenten_of_woonplaats(self, naam: str) -> frozenset[str]:
        """The gemeenten in which a woonplaats of that name lies; a name may occur in several.

        A bracketed part decides where the table knows it, as in `Hengelo (Gld)`; otherwise it says nothing.
        """
        exact = self.woonplaatsen.get(sleutel(naam))
        return exact or self.woonplaatsen.get(sleutel(_BRACKETED.sub(" ", naam)), NOWHERE)

    def gemeenten_of_code(self, code: str) -> frozenset[str]:
        """The gemeente with that CBS code, as `14`, `0014` or `GM0014`; also an ended one, of which `vts_of` knows the rest."""
        found = gemeentecode(code)
        return frozenset({found}) if found is not None and self.knows(found) else NOWHERE

    def knows(self, code: str) -> bool:
        """Whether there is or was a gemeente with that code of four digits."""
        return code in self.vervallen or any(code in tabel.veilig_thuis for tabel in self.gemeenten)

    def table_on(self, on: date) -> Gemeentetabel | None:
        """The table that counts on a day: the last one that has begun, before all of them the first."""
        for tabel in reversed(self.gemeenten):
            if tabel.vanaf <= on:
                return tabel
        return self.gemeenten[0] if self.gemeenten else None

    def with_table(self, tabel: Gemeentetabel, vervallen: Mapping[str, frozenset[str]]) -> "Tabellen":
        """These tables and one more, in the place of one that begins on the same day. Successors that are known stay known."""
        others = [other for other in self.gemeenten if other.vanaf != tabel.vanaf]
        merged = {code: self.vervallen.get(code, NOWHERE) | successors for code, successors in vervallen.items()}
        return replace(
            self,
            gemeenten=tuple(sorted([*others, tabel], key=lambda one: one.vanaf)),
            vervallen={**self.vervallen, **merged},
        )

    def vts_of(self, gemeenten: frozenset[str], on: date) -> Vts:
        """The Veilig Thuis regions of these gemeenten on a day. One that no table knows, makes the whole unknown."""
        tabel = self.table_on(on) if gemeenten else None
        if tabel is None:
            return UNKNOWN
        asked = tabel.vanaf, gemeenten
        found = self._asked.get(asked)  # the same few hundred are asked again for every address
        if found is None:
            each = [self._vts_of_one(code, tabel.veilig_thuis) for code in gemeenten]
            found = self._asked[asked] = UNKNOWN.union(*each) if all(each) else UNKNOWN
        return found

    def _vts_of_one(self, code: str, veilig_thuis: Mapping[str, str]) -> Vts:
        todo, seen, found = [code], set[str](), set[str]()
        while todo:
            current = todo.pop()
            if current in veilig_thuis:
                found.add(veilig_thuis[current])
            elif current not in seen:
                seen.add(current)
                successors = self.vervallen.get(current)
                if not successors:
                    return UNKNOWN  # a part of it may lie anywhere
                todo += successors
        return frozenset(found)
