"""config/regels.toml to `Niveaus`: how heavy each rule weighs."""

from datetime import date

from corv.niveaus import Niveau, Niveaus, Regelniveau, Richting, Wijziging
from corv.toml_reader import Section, TomlFile, hint

_LEVELS, _DIRECTIONS = list(Regelniveau), list(Richting)


def read_niveaus(file: TomlFile, text: str) -> Niveaus:
    """The levels of that file, whose text is kept; every mistake is told to the file."""
    caps = file.section("hoogstens")
    hoogstens = Niveau(
        Regelniveau(caps.choice("verzenden", Regelniveau.FOUT, _LEVELS)),
        Regelniveau(caps.choice("ontvangst", Regelniveau.FOUT, _LEVELS)),
    )
    caps.finish()
    sections = file.section().tables("regel")
    wijzigingen = tuple(_wijziging(section) for section in sections)
    _check_twice(sections, wijzigingen)
    file.only("hoogstens", "regel")
    return Niveaus(wijzigingen, hoogstens, text)


def _wijziging(section: Section) -> Wijziging:
    given = section.names()
    if "id" not in given:
        section.complain("id", "ontbreekt: noem een regel uit corv regels")
    from corv.rules import RULES  # noqa: PLC0415 - all rules are a sixth of the start of a command, and most change no level

    regel = section.text("id", "")
    if regel and regel not in RULES:
        section.complain("id", f"is geen bekende regel{hint(regel, RULES)}")
    if not set(_DIRECTIONS) & set(given):
        section.complain("id", f"zegt niets: noem verzenden, ontvangst of beide, elk met {', '.join(_LEVELS)}")
    found = Wijziging(regel, _level(section, "verzenden"), _level(section, "ontvangst"), section.day("vanaf"))
    section.finish(_DIRECTIONS)
    return found


def _level(section: Section, key: str) -> Regelniveau | None:
    return Regelniveau(section.choice(key, Regelniveau.UIT, _LEVELS)) if key in section.names() else None


def _check_twice(sections: list[Section], wijzigingen: tuple[Wijziging, ...]) -> None:
    """Of two changes of one rule from the same day nobody knows which counts."""
    seen: set[tuple[str, date | None]] = set()
    for section, one in zip(sections, wijzigingen, strict=True):
        if one.vanaf is None and "vanaf" in section.names():
            continue  # that it is no date is told already
        if one.regel and (one.regel, one.vanaf) in seen:
            section.complain("id", "staat hier nog eens met dezelfde dag; voeg ze samen, of geef een ervan een andere vanaf")
        seen.add((one.regel, one.vanaf))
