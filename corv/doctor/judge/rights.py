"""Who may look or write in our folders, and whether we may ourselves. Pure."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass

from corv.doctor.values import STATE, Line, Place, Soort, fault, good, note
from corv.health.access import Closed
from corv.health.words import count

OWN = STATE | {Soort.WERK, Soort.KLAAR, Soort.CONFIG}
"""What is for corv alone, and for no group."""

_OTHERS_WRITE, _OTHERS, _GROUP = stat.S_IWOTH, stat.S_IRWXO, stat.S_IRWXG


@dataclass(frozen=True)
class RightsFact:
    """The mode of a place and of what lies in it.

    `is_reachable`: anybody on the machine gets as far as this folder; `open_inside`: how many things below it anybody may read
    or write, if they get there; the same for who is in `groep`, the group of the folder, None where nobody else is in that.
    `onleesbaar`: how many files in an inbox or its `.werk` we may not read; `is_stuck`: a sticky folder of another, from which
    we may not take the files of others. `dicht`: why the group of the channel can't use it, if so.
    """

    place: Place
    mode: int
    is_reachable: bool
    groep: str | None = None
    is_reachable_by_group: bool = False
    open_inside: int = 0
    open_inside_for_group: int = 0
    onleesbaar: int = 0
    is_stuck: bool = False
    dicht: Closed | None = None


@dataclass(frozen=True)
class UserFact:
    """Who asks. `eigenaar`: who owns data/, None while there is no data/."""

    naam: str
    groepen: tuple[str, ...]
    is_root: bool
    eigenaar: str | None


def rights(fact: RightsFact) -> Iterator[Line]:
    """Whether others may read or write what is ours, and we may take what is there."""
    found = [*(_own(fact) if fact.place.soort in OWN else _shared(fact)), *_ours(fact)]
    is_for_group = fact.groep is not None and fact.mode & _GROUP
    who = f"Alleen corv en groep {fact.groep} kunnen hierbij" if is_for_group else "Anderen kunnen hier niet bij"
    yield from found or [good("rechten", fact.place.naam, f"{who} (rechten {fact.mode:04o}).")]


@dataclass(frozen=True)
class _Audience:
    """Others than corv, how they are told of, and whether the mode lets them in."""

    wie: str
    voor: str
    is_let_in: bool
    is_reachable: bool
    open_inside: int


def _own(fact: RightsFact) -> Iterator[Line]:
    """Of a folder that is for corv alone; of more audiences the first that really gets there: one command keeps all out."""
    group, members = fact.groep is not None and bool(fact.mode & _GROUP), f"groep {fact.groep}"
    everybody = "Elke gebruiker van deze machine"
    audiences = [
        _Audience(everybody, "iedereen", bool(fact.mode & _OTHERS), fact.is_reachable, fact.open_inside),
        _Audience(f"Wie in {members} zit,", members, group, fact.is_reachable_by_group, fact.open_inside_for_group),
    ]
    let_in = sorted((one for one in audiences if one.is_let_in), key=lambda one: not one.is_reachable)
    for one in let_in[:1]:
        naam, doe, told = fact.place.naam, f"sudo chmod -R go= {fact.place.path}", f"rechten {fact.mode:04o}"
        if one.is_reachable:
            yield fault("rechten", naam, f"{one.wie} kan in deze map ({told}).", doe)
        else:
            text = f"Deze map staat open voor {one.voor} ({told}); nu houdt alleen een map erboven anderen tegen."
            yield note("rechten", naam, text, doe)
        if one.open_inside:
            number = count(one.open_inside, "bestand of map hierin staat", "bestanden en mappen hierin staan")
            yield fault("rechten", naam, f"{number} open voor {one.voor}.", doe)


def _shared(fact: RightsFact) -> Iterator[Line]:
    """Of an inbox or outbox, where others come by their group and by nothing else."""
    naam, told, doe = fact.place.naam, f"rechten {fact.mode:04o}", f"sudo chmod o-rwx {fact.place.path}"
    if fact.mode & _OTHERS_WRITE:
        what = "hier bestanden zetten en weghalen"
        if fact.is_reachable:
            yield fault("rechten", naam, f"Elke gebruiker van deze machine kan {what} ({told}).", doe)
        else:
            yield note("rechten", naam, f"Iedereen mag {what} ({told}); nu houdt alleen een map erboven anderen tegen.", doe)
    elif fact.mode & _OTHERS and fact.is_reachable:
        yield note("rechten", naam, f"Elke gebruiker van deze machine kan zien wat hier ligt ({told}).", doe)


def _ours(fact: RightsFact) -> Iterator[Line]:
    naam = fact.place.naam
    number = count(fact.onleesbaar, "bestand mag", "bestanden mogen")
    if fact.onleesbaar and fact.place.soort is Soort.WERK:
        text = f"{number} hier niet worden gelezen door corv: wat daar is opgepakt, wacht."
        doe = f"sudo find {fact.place.path} -name '*.xml' -exec chgrp corv {{}} + -exec chmod g+r {{}} +"
        yield fault("rechten", naam, text, f"{doe}; laat wie ze neerzet voortaan de groep leesrecht geven (umask 027).")
    elif fact.onleesbaar:
        text = f"{number} hier niet worden gelezen door corv; die blijven wachten."
        yield fault(
            "rechten", naam, text, "Laat wie ze neerzet de groep leesrecht geven (umask 027); zie docs/installeren.md deel 3."
        )
    if fact.dicht is not None:
        yield fault("rechten", naam, fact.dicht.tekst, fact.dicht.doe)
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
