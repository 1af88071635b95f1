"""What a newer table of gemeenten changes, and whether the tables agree with each other. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from corv.tabellen import UNKNOWN, Gemeentetabel, Tabellen, Vts
from corv.tabellen.tekst import Table

FEWEST_OF_NOW = 0.9
"""A newer table with a smaller part of the gemeenten of now is taken for an incomplete file: no year took away so many."""


class Wat(StrEnum):
    """What happens to a gemeente."""

    VERHUIST = "andere regio"
    NIEUW = "nieuw"
    VERVALLEN = "vervallen"
    ZONDER_OPVOLGER = "vervallen zonder opvolger"
    OPVOLGER = "opvolger bekend"


@dataclass(frozen=True)
class Wijziging:
    """One gemeente that becomes different. `was`, `wordt`: its regions before and after; empty is unknown.

    `opvolgers`: codes. `postcodes`, `woonplaatsen`: how many of these the tables place in it.
    """

    wat: Wat
    gemeente: str
    naam: str
    was: Vts
    wordt: Vts
    opvolgers: frozenset[str]
    postcodes: int
    woonplaatsen: int


def changes(tabellen: Tabellen, table: Table) -> list[Wijziging]:
    """What becomes different from the first day of the newer table on, by code."""
    vanaf, new = table.tabel.vanaf, table.tabel
    old = tabellen.table_on(vanaf) or Gemeentetabel(vanaf, {})
    after = tabellen.with_table(table.tabel, table.vervallen)
    found = []
    for code in sorted({*old.veilig_thuis, *new.veilig_thuis, *table.vervallen}):
        was, wordt = (tables.vts_of(frozenset({code}), vanaf) for tables in (tabellen, after))
        wat = _kind(code, old, new, is_resolved=bool(wordt))
        if wat is Wat.VERHUIST and was == wordt:
            continue
        if wat is Wat.OPVOLGER and tabellen.vervallen.get(code) == after.vervallen[code]:
            continue
        found.append(
            Wijziging(
                wat=wat,
                gemeente=code,
                naam=new.namen.get(code) or old.namen.get(code, ""),
                was=was,
                wordt=wordt,
                opvolgers=after.vervallen.get(code, UNKNOWN) if code not in new.veilig_thuis else UNKNOWN,
                postcodes=_count(tabellen.postcodes, code),
                woonplaatsen=_count(tabellen.woonplaatsen, code),
            )
        )
    return found


def objections(tabellen: Tabellen, table: Table) -> list[str]:
    """Why this table, though well-formed, is not to be used: Dutch sentences without their full stop."""
    now = tabellen.table_on(table.tabel.vanaf)
    if now is None:
        return []
    found = []
    if table.tabel.vanaf <= tabellen.gemeenten[0].vanaf:
        found.append(f"de tabel moet beginnen na de eerste, die geldt vanaf {tabellen.gemeenten[0].vanaf}")
    here, there = len(table.tabel.veilig_thuis), len(now.veilig_thuis)
    if here < FEWEST_OF_NOW * there:
        found.append(f"er staan {here} gemeenten in en nu zijn het er {there}; het bestand lijkt niet compleet")
    return found


def check(tabellen: Tabellen) -> list[str]:
    """Where the tables do not agree with each other: a Dutch sentence each, none when they do."""
    return [sentence for tabel in tabellen.gemeenten for sentence in _check_one(tabellen, tabel)]


def _check_one(tabellen: Tabellen, tabel: Gemeentetabel) -> Iterator[str]:
    for vt in sorted({*tabel.veilig_thuis.values()} - tabellen.namen.keys()):
        yield f"Tabel vanaf {tabel.vanaf}: {vt} is geen bekende regio."
    successors = (one for codes in tabellen.vervallen.values() for one in codes)
    places = (one for table in (tabellen.postcodes, tabellen.woonplaatsen) for codes in table.values() for one in codes)
    for code in sorted({*successors, *places}):
        if not tabellen.vts_of(frozenset({code}), tabel.vanaf) and _has_begun(tabellen, code, tabel):
            postcodes, woonplaatsen = (_count(table, code) for table in (tabellen.postcodes, tabellen.woonplaatsen))
            yield (
                f"Tabel vanaf {tabel.vanaf}: van gemeente {code} is geen regio bekend; "
                f"postcodes die daardoor onbekend zijn: {postcodes}, woonplaatsen: {woonplaatsen}."
            )


def _has_begun(tabellen: Tabellen, code: str, tabel: Gemeentetabel) -> bool:
    """A gemeente of which only later tables know is not missing in this one."""
    return not any(code in later.veilig_thuis for later in tabellen.gemeenten if later.vanaf > tabel.vanaf)


def _kind(code: str, old: Gemeentetabel, new: Gemeentetabel, *, is_resolved: bool) -> Wat:
    if code in new.veilig_thuis:
        return Wat.VERHUIST if code in old.veilig_thuis else Wat.NIEUW
    if code not in old.veilig_thuis:
        return Wat.OPVOLGER
    return Wat.VERVALLEN if is_resolved else Wat.ZONDER_OPVOLGER


def _count(table: Mapping[str, frozenset[str]], code: str) -> int:
    return sum(code in gemeenten for gemeenten in table.values())
