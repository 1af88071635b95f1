"""The groups [kanaal.corv] and [kanaal.eigen] of config/corv.toml: where the files of each side come and go."""

from collections.abc import Sequence
from pathlib import Path

from corv.rechten import FILE, SHARED_FILE, Rechten
from corv.settings import Bevestiging, Kanaal, Kant
from corv.toml_reader import Section, TomlFile

_OTHERS, _GROUP = 0o007, 0o070


def read_kanalen(file: TomlFile, map_: Path) -> tuple[Kanaal, ...]:
    """Both channels, with a default for what is not there. `file`: config/corv.toml, which gets the complaints."""
    kanalen = []
    for naam in dict.fromkeys([*(kant.value for kant in Kant), *file.section("kanaal").names()]):
        if naam not in set(Kant):
            file.complain(["kanaal"], naam, "is geen bekend kanaal; er zijn er twee: corv en eigen")
            continue
        section = file.section("kanaal", naam)
        default = Bevestiging.BV03 if naam == Kant.CORV else Bevestiging.GEEN
        kanalen.append(
            Kanaal(
                naam=naam,
                kant=Kant(naam),
                inbox=map_ / section.text("inbox", f"inbox/{naam}", ".+", "een map"),
                outbox=map_ / section.text("outbox", f"outbox/{naam}", ".+", "een map"),
                bevestig=Bevestiging(section.choice("bevestig", default, list(Bevestiging))),
                stil_s=section.number("stil_s", 1.0, 0, 3600),
                klaarteken=section.text("klaarteken", "", r"|\.\w+", "een achtervoegsel als .klaar"),
                rechten=_rechten(section),
            )
        )
        section.finish()
    _check_folders(file, map_, kanalen)
    return tuple(kanalen)


def _rechten(section: Section) -> Rechten:
    naam = section.text("groep", "", ".{0,64}", "de naam van een groep")
    groep, is_known = _number_of(naam)
    if not is_known:
        section.complain(
            "groep", f"noemt {naam!r}, en die groep is er niet op deze machine; maak haar met groupadd, of laat leeg"
        )
    default = SHARED_FILE if naam else FILE
    written = section.text("uitvoer_rechten", "", "|0[0-7]{3}", "een van deze zijn: 0600, 0640 of 0660; leeg mag ook")
    uitvoer = int(written, 8) if written else default
    if uitvoer & _OTHERS:
        section.complain("uitvoer_rechten", f"{written} geeft iedereen op deze machine rechten; geef wie ophaalt een groep")
    elif uitvoer not in {FILE, SHARED_FILE, 0o660}:
        section.complain("uitvoer_rechten", "moet een van deze zijn: 0600, 0640 of 0660; leeg mag ook")
    elif uitvoer & _GROUP and not naam:
        section.complain("uitvoer_rechten", f"{written} geeft een groep rechten, maar welke? Vul ook groep in")
    return Rechten(groep, uitvoer)


def _number_of(groep: str) -> tuple[int | None, bool]:
    """The number of a group, and whether there is such a group; nobody is asked for none."""
    if not groep:
        return None, True
    import grp  # noqa: PLC0415 - not where Windows is

    try:
        return grp.getgrnam(groep).gr_gid, True
    except KeyError:
        return None, False


def _check_folders(file: TomlFile, map_: Path, kanalen: Sequence[Kanaal]) -> None:
    """Complain of a folder that is no place of its own: it would be emptied, or hold what is not meant for the other side."""
    ours = {"config/": (map_ / "config").resolve(), "data/": (map_ / "data").resolve()}
    seen: dict[str, Path] = {}
    for kanaal in kanalen:
        for key, folder in (("inbox", kanaal.inbox), ("outbox", kanaal.outbox)):
            try:
                place = folder.resolve()
            except (OSError, RuntimeError, ValueError):
                file.complain(["kanaal", kanaal.naam], key, "is geen map die kan bestaan")
                continue
            for name, other in {**ours, **seen}.items():
                if place.is_relative_to(other) or other.is_relative_to(place):
                    file.complain(["kanaal", kanaal.naam], key, f"mag niet in of om {name} liggen, en niet dezelfde map zijn")
            seen[f"de {key} van {kanaal.naam}"] = place
