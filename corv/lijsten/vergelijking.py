"""What a newer version of the lists changes: each list of it beside the one before it. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from corv.lijsten import Lijsten, Maandlijst, Regel, Uitgave, lijsten_of

VELDEN = ("naam", "begin", "einde", "oin", "opvolger")


class Wat(StrEnum):
    """What happens to a line. `BEEINDIGD`: it got a last day; `WEG`: it stands no more in the list, which ended ones still do."""

    NIEUW = "nieuw"
    BEEINDIGD = "beëindigd"
    GEWIJZIGD = "gewijzigd"
    WEG = "weg"


@dataclass(frozen=True)
class Wijziging:
    """One line that becomes different. `was`, `wordt`: what is different in it, by field; empty where it was or is not there."""

    wat: Wat
    code: str
    naam: str
    was: Mapping[str, str]
    wordt: Mapping[str, str]


@dataclass(frozen=True)
class Vergelijking:
    """One list of the newer version. `lijst`: None for the roles; `voor`: what it was compared with, None for a first list.

    `telt`: False where a higher version of the same list was imported before, so that this one changes nothing.
    """

    lijst: Maandlijst | None
    regels: tuple[Regel, ...]
    voor: Maandlijst | str | None
    wijzigingen: tuple[Wijziging, ...]
    telt: bool = True


def compare(before: Iterable[Uitgave], new: Uitgave) -> list[Vergelijking]:
    """Each list of the newer version, the months in order and then the roles, beside what counts without it.

    `before`: every other version. A month is compared with the same month as it was published before, else with the month
    before it.
    """
    others = list(before)
    then, now = lijsten_of(others), lijsten_of([*others, new])
    found = [_of_month(then, now, lijst) for lijst in sorted(new.maanden, key=lambda one: one.maand)]
    if not new.rollen:
        return found
    old = _roles(then)
    telt = now.rollen_versie == new.versie
    wijzigingen = tuple(_changes(old, _by_code(new.rollen))) if telt and old else ()
    return [*found, Vergelijking(None, new.rollen, then.rollen_versie or None, wijzigingen, telt)]


def _of_month(then: Lijsten, now: Lijsten, lijst: Maandlijst) -> Vergelijking:
    telt = lijst in now.maanden
    same = next((one for one in then.maanden if one.maand == lijst.maand), None)
    earlier = [one for one in now.maanden if one.maand < lijst.maand]
    voor = same or (earlier[-1] if earlier else None)
    wijzigingen = tuple(_changes(voor.instanties, lijst.instanties)) if telt and voor is not None else ()
    return Vergelijking(lijst, tuple(lijst.instanties.values()), voor, wijzigingen, telt)


def _changes(old: Mapping[str, Regel], new: Mapping[str, Regel]) -> Iterator[Wijziging]:
    for code in sorted({*old, *new}):
        was, wordt = old.get(code), new.get(code)
        if was is None and wordt is not None:
            yield Wijziging(Wat.NIEUW, code, wordt.naam, {}, _told(wordt, VELDEN))
        elif was is not None and wordt is None:
            yield Wijziging(Wat.WEG, code, was.naam, _told(was, VELDEN), {})
        elif was is not None and wordt is not None and was != wordt:
            different = [veld for veld in VELDEN if getattr(was, veld) != getattr(wordt, veld)]
            has_ended = was.einde is None and wordt.einde is not None
            wat = Wat.BEEINDIGD if has_ended else Wat.GEWIJZIGD
            yield Wijziging(wat, code, wordt.naam, _told(was, different), _told(wordt, different))


def _told(regel: Regel, velden: Iterable[str]) -> dict[str, str]:
    return {veld: str(getattr(regel, veld) or "") for veld in velden}


def _roles(lijsten: Lijsten) -> dict[str, Regel]:
    return _by_code(rol for rollen in lijsten.rollen.values() for rol in rollen)


def _by_code(rollen: Iterable[Regel]) -> dict[str, Regel]:
    return {rol.code: rol for rol in rollen}
