"""Who may look or write in our folders, and whether we may ourselves. Pure."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass

from corv.doctor.values import INNER, ROOTS, STATE, Line, Place, fault, good, note
from corv.health.words import count

_OTHERS_WRITE, _OTHERS = stat.S_IWOTH, stat.S_IRWXO


@dataclass(frozen=True)
class RightsFact:
    """The mode of a place and of what lies in it.

    `is_reachable`: anybody on the machine gets as far as this folder; `open_inside`: how many things below it anybody may read
    or write, if they get there; `onleesbaar`: how many files in an inbox we may not read; `is_stuck`: a sticky folder of
    another, from which we may not take the files of others.
    """

    place: Place
    mode: int
    is_reachable: bool
    open_inside: int = 0
    onleesbaar: int = 0
    is_stuck: bool = False


@dataclass(frozen=True)
class UserFact:
    """Who asks. `eigenaar`: who owns data/, None while there is no data/."""

    naam: str
    groepen: tuple[str, ...]
    is_root: bool
    eigenaar: str | None


def rights(fact: RightsFact) -> Iterator[Line]:
    """Whether others may read or write what is ours, and we may take what is there."""
    found = [*_others(fact), *_inside(fact), *_ours(fact)]
    yield from found or [good("rechten", fact.place.naam, f"Anderen kunnen hier niet bij (rechten {fact.mode:04o}).")]


def _others(fact: RightsFact) -> Iterator[Line]:
    naam, soort, told = fact.place.naam, fact.place.soort, f"rechten {fact.mode:04o}"
    doe = f"sudo chmod o-rwx {fact.place.path}"
    if soort in INNER | STATE and fact.mode & _OTHERS:
        if fact.is_reachable:
            yield fault("rechten", naam, f"Elke gebruiker van deze machine kan in deze map ({told}).", doe)
        else:
            text = f"Deze map staat open voor iedereen ({told}); nu houdt alleen een map erboven anderen tegen."
            yield note("rechten", naam, text, doe)
    elif fact.mode & _OTHERS_WRITE:
        what = "de configuratie veranderen" if soort not in ROOTS else "hier bestanden zetten en weghalen"
        if fact.is_reachable:
            yield fault("rechten", naam, f"Elke gebruiker van deze machine kan {what} ({told}).", doe)
        else:
            yield note("rechten", naam, f"Iedereen mag {what} ({told}); nu houdt alleen een map erboven anderen tegen.", doe)
    elif fact.mode & _OTHERS and fact.is_reachable:
        yield note("rechten", naam, f"Elke gebruiker van deze machine kan zien wat hier ligt ({told}).", doe)


def _inside(fact: RightsFact) -> Iterator[Line]:
    if fact.open_inside:
        text = f"{count(fact.open_inside, 'bestand of map hierin staat', 'bestanden en mappen hierin staan')} open voor iedereen."
        yield fault("rechten", fact.place.naam, text, f"sudo chmod -R o-rwx {fact.place.path}")


def _ours(fact: RightsFact) -> Iterator[Line]:
    naam = fact.place.naam
    if fact.onleesbaar:
        text = (
            f"{count(fact.onleesbaar, 'bestand mag', 'bestanden mogen')} hier niet worden gelezen door corv; die blijven wachten."
        )
        yield fault(
            "rechten", naam, text, "Laat wie ze neerzet de groep leesrecht geven (umask 027); zie docs/installeren.md deel 3."
        )
    if fact.is_stuck:
        text = (
            "Deze map is van een ander en laat alleen de eigenaar van een bestand dat weghalen (sticky); corv kan niets oppakken."
        )
        yield fault("rechten", naam, text, f"sudo chmod -t {fact.place.path}")


def user(fact: UserFact) -> Iterator[Line]:
    """Whether we are the user that the service is."""
    groups = ", ".join(fact.groepen) or "geen"
    told = f"U vraagt dit als gebruiker {fact.naam}, met groepen: {groups}."
    if fact.is_root:
        text = f"{told} Root mag alles: wat de service niet mag, is zo niet te zien, en bestanden worden van root."
        yield note("gebruiker", "machine", text, "Draai corv als een eigen gebruiker; zie docs/installeren.md deel 3.")
    elif fact.eigenaar is not None and fact.eigenaar != fact.naam:
        text = f"{told} Maar data/ is van {fact.eigenaar}."
        yield note(
            "gebruiker", "machine", text, f"Vraag het als de gebruiker van de service: sudo runuser -u {fact.eigenaar} -- ..."
        )
    else:
        yield good("gebruiker", "machine", told)
