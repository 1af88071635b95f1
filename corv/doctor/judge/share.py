"""What a folder on a share may do otherwise than a disk: its clock, its events, its names; and what is free. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from corv.doctor.values import Line, Place, fault, good, note, of_subject
from corv.health.machine import DiskFacts, disks
from corv.settings import Gezondheid

_SLIGHTLY_S, _FAR_S = 2, 60
_NEARLY = 0.8
LONGEST_NAME = 120
"""Bytes of the longest names that we give, and some more."""


@dataclass(frozen=True)
class ClockFact:
    """`verschil_s`: how far the time of a fresh file is ahead of the machine's; `is_coarse`: it knows whole seconds only."""

    place: Place
    verschil_s: float
    is_coarse: bool = False


@dataclass(frozen=True)
class EventFact:
    """Whether a new file was told of in time. `reden`: why nothing could be asked; `is_network`: others may write there too."""

    place: Place
    is_heard: bool
    reden: str | None = None
    is_network: bool = False


@dataclass(frozen=True)
class WatchFact:
    """How much of a limit of inotify this user has taken. `grens`: its name below /proc/sys/fs/inotify."""

    grens: str
    gebruikt: int
    hoogstens: int


@dataclass(frozen=True)
class NameFact:
    """`lang`: why a long name was refused, None when it was not; `is_case_blind`: a and A are one name."""

    place: Place
    lang: str | None = None
    is_case_blind: bool = False


@dataclass(frozen=True)
class RoomFact:
    """What is free on one file system, and when that is too little."""

    disk: DiskFacts
    limits: Gezondheid
    now: datetime


def clock(fact: ClockFact) -> Iterator[Line]:
    """Whether the time of a file can be compared with ours."""
    naam, ahead = fact.place.naam, fact.verschil_s
    told = f"De klok van deze map loopt {abs(ahead):.0f} seconden {'voor' if ahead > 0 else 'achter'} op die van deze machine."
    doe = "Zet de klok van de schijf en die van deze machine gelijk (NTP)."
    if abs(ahead) > _FAR_S:
        yield fault("klok", naam, f"{told} Hoe lang iets wacht, klopt dan niet.", doe)
    elif abs(ahead) > _SLIGHTLY_S:
        yield note("klok", naam, told, doe)
    if fact.is_coarse:
        text = "Tijden van bestanden gaan hier in hele seconden; dat een bestand nog even groeide, is zo minder goed te zien."
        yield note(
            "klok",
            naam,
            text,
            "Laat wie hier schrijft eerst een naam met .tmp gebruiken, of een klaarteken; zie docs/mappen-en-antwoorden.md.",
        )
    if abs(ahead) <= _SLIGHTLY_S and not fact.is_coarse:
        yield good("klok", naam, "De klok van deze map loopt gelijk met die van deze machine.")


def events(fact: EventFact | WatchFact) -> Iterator[Line]:
    """Whether a new file is told of, or only the clock finds it. Both are allowed."""
    if isinstance(fact, WatchFact):
        yield from _watches(fact)
        return
    naam, only_clock = fact.place.naam, "Alleen de herscan (herscan_s in config/corv.toml) vindt daar nieuwe bestanden."
    if fact.reden is not None:
        yield note(
            "seintjes",
            naam,
            f"Het systeem wil deze map niet volgen: {fact.reden}. {only_clock}",
            "Verhoog de grenzen van inotify.",
        )
    elif not fact.is_heard:
        yield note(
            "seintjes",
            naam,
            f"Van een nieuw bestand kwam geen seintje. {only_clock}",
            "Dat mag. Zet herscan_s zo laag als u wilt wachten.",
        )
    elif fact.is_network:
        text = f"Van wat deze machine schrijft komt een seintje, van wat een ander op deze netwerkschijf zet niet. {only_clock}"
        yield note("seintjes", naam, text, "Dat mag. Zet herscan_s zo laag als u wilt wachten.")
    else:
        yield good("seintjes", naam, "Van een nieuw bestand komt meteen een seintje.")


def _watches(fact: WatchFact) -> Iterator[Line]:
    told = f"Van {fact.grens} van inotify gebruikt deze gebruiker er {fact.gebruikt} van de {fact.hoogstens}."
    if fact.gebruikt >= _NEARLY * fact.hoogstens:
        doe = f"Verhoog fs.inotify.{fact.grens} met sysctl; anders vindt alleen de herscan nog nieuwe bestanden."
        yield note("seintjes", "machine", told, doe)
    else:
        yield good("seintjes", "machine", told)


def names(fact: NameFact) -> Iterator[Line]:
    """Whether our names can be given there."""
    naam = fact.place.naam
    if fact.lang is not None:
        text = f"Een naam van {LONGEST_NAME} tekens mag hier niet: {fact.lang}. Zo lang zijn namen van corv soms."
        yield fault("namen", naam, text, "Zet de map op een schijf die langere namen toelaat, of maak het pad ernaartoe korter.")
    if fact.is_case_blind:
        text = "Hoofdletters en kleine letters zijn hier hetzelfde: a.xml en A.xml kunnen niet naast elkaar staan."
        yield note("namen", naam, text, "Zorg dat wie hier bestanden zet namen geeft die ook zonder hoofdletters verschillen.")
    if fact.lang is None and not fact.is_case_blind:
        yield good("namen", naam, "Lange namen lukken, en hoofdletters tellen mee.")


def room(fact: RoomFact) -> Iterator[Line]:
    """What is free, by the thresholds of `corv gezondheid`."""
    for subject in disks([fact.disk], fact.limits, fact.now):
        yield of_subject("ruimte", fact.disk.mappen[0], subject)
