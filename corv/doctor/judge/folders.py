"""Whether a folder is the one that we know, on what file system, and what renaming and syncing do there. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from corv.doctor.mounts import Kind, Mount
from corv.doctor.values import Line, Place, Soort, fault, good, note

_MOUNT = "Koppel de map aan of herstel de rechten; is zij voorgoed weg, lees dan docs/installeren.md deel 5."
_LINK = "Zoek uit wie die koppeling zette, en zet de map zelf terug; zie docs/rechten.md. Corv volgt haar niet."
_INIT = "Maak de mappen en de database met: corv init MAP"
_OTHER_DISK = "Zet de map op een schijf van deze machine, die na een herstart blijft; zie docs/installeren.md deel 5."


@dataclass(frozen=True)
class MapFact:
    """Whether a place is there. `reden`: why it is not the one that we know, if it isn't; `is_new`: corv never used it yet.

    `is_link`: a link was put in its place.
    """

    place: Place
    reden: str | None = None
    is_new: bool = False
    is_link: bool = False


@dataclass(frozen=True)
class DiskFact:
    """The file system on which a place lies; None when the system does not tell."""

    place: Place
    mount: Mount | None


@dataclass(frozen=True)
class SameDiskFact:
    """Whether what is renamed from one place to the other stays on one file system. `mag`: it may go without."""

    place: Place
    ander: str
    is_same: bool
    mag: bool = False


@dataclass(frozen=True)
class RenameFact:
    """`overschreef`: a rename replaced a file; `is_one_step`: it can be refused in the same step.

    `over`: why a rename between the place and the folder that it is part of was refused; None where it works or need not.
    """

    place: Place
    overschreef: bool = False
    is_one_step: bool = True
    over: str | None = None


@dataclass(frozen=True)
class Sync:
    """How one flush went: `reden` when it was refused, `is_unknown` when the file system says that it has no such thing."""

    wat: str
    reden: str | None = None
    is_unknown: bool = False


@dataclass(frozen=True)
class SyncFact:
    """How every flush that we rely on went at a place."""

    place: Place
    syncs: tuple[Sync, ...]


def folder(fact: MapFact) -> Iterator[Line]:
    """Whether a folder is there, and is the one that we know."""
    naam = fact.place.naam
    if fact.reden is None:
        yield good("map", naam, "Deze map is er, en is de map die corv kent.")
    elif fact.is_new and not fact.is_link:
        yield note("map", naam, f"Deze map is nog niet in gebruik genomen: {fact.reden}.", _INIT)
    else:
        doe = _LINK if fact.is_link else _MOUNT
        yield fault("map", naam, f"Deze map is niet te gebruiken: {fact.reden}. Wat daar hoort, wacht.", doe)


def disk(fact: DiskFact) -> Iterator[Line]:
    """Whether the file system keeps what is written there."""
    naam, mount = fact.place.naam, fact.mount
    if mount is None:
        yield note(
            "schijf", naam, "Het systeem zegt niet op welke schijf deze map ligt.", "Zoek het na met: df -T, gevolgd door de map"
        )
        return
    told = f"Deze map ligt op {mount.soort}, aangekoppeld op {mount.plek}"
    is_state = fact.place.soort in {Soort.DATA, Soort.ARCHIEF, Soort.QUARANTAINE}
    if mount.kind is Kind.VOLATILE:
        yield fault("schijf", naam, f"{told}: dat is geheugen. Na een herstart van de machine is alles weg.", _OTHER_DISK)
    elif mount.is_read_only and fact.place.soort is not Soort.CONFIG:
        yield fault("schijf", naam, f"{told}, en die is alleen-lezen.", "Koppel de schijf aan met schrijfrecht.")
    elif mount.kind is Kind.OVERLAY:
        text = f"{told}: de laag van een container. Verdwijnt de container, dan verdwijnt wat erin staat."
        yield note("schijf", naam, text, "Geef de container voor deze map een eigen volume.")
    elif mount.kind is Kind.FUSE or mount.soort == "9p":
        text = f"{told}. Wat daar werkt, hangt af van het programma erachter."
        yield note(
            "schijf",
            naam,
            text,
            "Lees hieronder wat hernoemen, vastleggen en klok van deze map zeggen; een gewone schijf is beter.",
        )
    elif mount.kind is Kind.NETWORK and is_state:
        yield note("schijf", naam, f"{told}: een netwerkschijf.", "Zet data/ liever op een schijf van deze machine.")
    elif mount.kind is Kind.NETWORK:
        yield good("schijf", naam, f"{told}: een netwerkschijf. Dat mag.")
    else:
        yield good("schijf", naam, f"{told}.")


def same_disk(fact: SameDiskFact) -> Iterator[Line]:
    """Whether taking and delivering is one rename."""
    naam = fact.place.naam
    if fact.is_same:
        yield good("zelfde_schijf", naam, f"Deze map ligt op dezelfde schijf als {fact.ander}.")
    elif fact.mag:
        text = f"Deze map ligt op een andere schijf dan {fact.ander}: een afgehandeld bestand wordt daarheen gekopieerd. Dat mag."
        yield good("zelfde_schijf", naam, text)
    else:
        text = (
            f"Deze map ligt op een andere schijf dan {fact.ander}; hernoemen kan dan niet in één stap. Corv weigert te starten."
        )
        yield fault(
            "zelfde_schijf", naam, text, f"Zet deze map op dezelfde schijf als {fact.ander}; zie docs/installeren.md deel 5."
        )


def renaming(fact: RenameFact) -> Iterator[Line]:
    """Whether a rename takes or delivers a file in one step, and never replaces another."""
    naam, other = fact.place.naam, "Zet deze map op een andere schijf, of meld dit aan de makers van corv."
    if fact.over is not None:
        text = f"Een bestand hernoemen tussen deze map en die erboven lukt niet: {fact.over}."
        yield fault("hernoemen", naam, text, "Geef de gebruiker van corv schrijfrecht in beide, en koppel ze als één schijf aan.")
    elif fact.overschreef:
        yield fault(
            "hernoemen", naam, "Hernoemen overschrijft hier een bestand dat er al staat. Een bericht kan zo verdwijnen.", other
        )
    elif not fact.is_one_step:
        text = "Hernoemen zonder overschrijven kan hier niet in één stap: corv kijkt eerst of de naam vrij is (gewoon bij NFS)."
        yield note("hernoemen", naam, text, "Laat geen ander programma hier bestanden zetten met namen die corv geeft.")
    else:
        yield good("hernoemen", naam, "Schrijven, lezen, hernoemen en weghalen lukt; hernoemen overschrijft nooit.")


def syncing(fact: SyncFact) -> Iterator[Line]:
    """Whether what was confirmed survives a power cut."""
    naam = fact.place.naam
    refused = [sync for sync in fact.syncs if sync.reden is not None and not sync.is_unknown]
    unknown = [sync for sync in fact.syncs if sync.is_unknown]
    for sync in refused:
        text = f"{sync.wat} is niet vast te leggen: {sync.reden}. Corv kan hier niets bevestigen."
        yield fault("vastleggen", naam, text, "Kijk of de schijf stuk is: sudo dmesg. Zet de map anders op een andere schijf.")
    for sync in unknown:
        text = f"{sync.wat} is hier niet vast te leggen; de schijf kent dat niet. Na stroomuitval kan iets weg zijn."
        yield note(
            "vastleggen",
            naam,
            text,
            "Vraag de beheerder van de schijf of zij meteen schrijft (sync); kies anders een andere.",
        )
    if not refused and not unknown:
        yield good("vastleggen", naam, "Wat hier is geschreven, is vast te leggen: een bestand, de map en de hele schijf.")
