"""The SQLite library, the database file, and what stands in it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from corv.doctor.mounts import Kind, Mount
from corv.doctor.values import Line, fault, good, note
from corv.health.words import count, size

FILE = "data/corv.sqlite"
_RESTORE = "Stop de service, bewaar het bestand, en zet een reservekopie terug; zie docs/storingen.md."
_FULL = 2


@dataclass(frozen=True)
class LibraryFact:
    """The SQLite of this Python, and how a database that we open for writing comes out with it."""

    versie: str
    has_wal_fix: bool
    journal: str
    synchronous: int
    foreign_keys: bool


@dataclass(frozen=True)
class DatabaseFact:
    """The file. `bezwaar`: why it can't be read; `is_new`: nothing was ever stored; `journal`: as it is, and `bedoeld`.

    `is_old`: it is of an earlier version of corv.
    """

    mount: Mount | None = None
    bezwaar: str | None = None
    is_new: bool = False
    journal: str = ""
    bedoeld: str = ""
    is_old: bool = False


@dataclass(frozen=True)
class ContentFact:
    """What a copy of the database showed, twice where it was wrong. `over_groot`: its bytes, where that is too many unasked."""

    fouten: int = 0
    losse_verwijzingen: int = 0
    broken_link: int | None = None
    over_groot: int | None = None


def library(fact: LibraryFact) -> Iterator[Line]:
    """Whether this SQLite keeps what was committed."""
    wrong = []
    if fact.synchronous < _FULL:
        wrong.append(f"synchronous is {fact.synchronous} en moet 2 (FULL) zijn")
    if not fact.foreign_keys:
        wrong.append("verwijzingen worden niet bewaakt (foreign_keys)")
    if not fact.has_wal_fix and fact.journal == "wal":
        wrong.append("de journaalvorm is WAL, en daarin kan deze versie vastgelegde gegevens verliezen")
    for what in wrong:
        text = f"SQLite {fact.versie} opent een database anders dan corv vraagt: {what}."
        yield fault("sqlite", "machine", text, "Gebruik Python met een gewone SQLite, bijvoorbeeld die van Debian.")
    if not wrong and fact.has_wal_fix:
        yield good(
            "sqlite", "machine", f"SQLite {fact.versie} heeft de WAL-resetfout niet; corv gebruikt WAL met synchronous FULL."
        )
    elif not wrong:
        text = f"SQLite {fact.versie} heeft de WAL-resetfout; daarom gebruikt corv TRUNCATE met synchronous FULL. Dat is goed."
        yield good("sqlite", "machine", text)


def database(fact: DatabaseFact) -> Iterator[Line]:
    """Whether the database lies on a disk of this machine, can be read, and is kept in the form that we open it in."""
    if fact.mount is not None and fact.mount.kind is Kind.NETWORK:
        text = f"De database ligt op een netwerkschijf ({fact.mount.soort}); zij kan daar beschadigd raken."
        yield fault("database", FILE, text, "Zet data/ op een schijf van deze machine; zie docs/installeren.md deel 5.")
    if fact.is_old:
        text = "De database is van een oudere versie van corv; zij wordt bij de eerste start bijgewerkt."
        yield note("database", FILE, text, "Maak eerst een reservekopie, start de service, en vraag het dan opnieuw.")
    elif fact.bezwaar is not None and fact.is_new:
        yield note("database", FILE, fact.bezwaar, "Maak de mappen en de database met: corv init MAP")
    elif fact.bezwaar is not None:
        yield fault("database", FILE, fact.bezwaar, "Doe wat daar staat; zie docs/installeren.md deel 10. Gooi niets weg.")
    elif (fact.journal == "wal") != (fact.bedoeld == "wal"):
        text = (
            f"De journaalvorm is {fact.journal.upper()} en corv schrijft als {fact.bedoeld.upper()}; iets anders veranderde dat."
        )
        yield fault(
            "database", FILE, text, "Start de service opnieuw; die zet het recht. Laat geen ander programma de database openen."
        )
    elif fact.mount is None or fact.mount.kind is not Kind.NETWORK:
        yield good(
            "database",
            FILE,
            f"De database is te lezen, op een schijf van deze machine; corv schrijft als {fact.bedoeld.upper()}.",
        )


def content(fact: ContentFact) -> Iterator[Line]:
    """Whether what stands in the database is whole."""
    if fact.over_groot is not None:
        text = f"De inhoud van de database ({size(fact.over_groot)}) is niet nagekeken: dat duurt bij deze grootte."
        yield good("administratie", FILE, f"{text} Nakijken kan met --grondig.")
        return
    if fact.fouten:
        text = f"SQLite vindt {count(fact.fouten, 'fout', 'fouten')} in het bestand (quick_check, twee keer gevraagd)."
        yield fault("administratie", FILE, text, _RESTORE)
    if fact.losse_verwijzingen:
        text = f"{count(fact.losse_verwijzingen, 'rij verwijst', 'rijen verwijzen')} naar iets wat er niet is."
        yield fault("administratie", FILE, text, _RESTORE)
    if fact.broken_link is not None:
        text = f"De ketting van gebeurtenissen breekt bij volgnr {fact.broken_link}: daar is iets veranderd of weggehaald."
        doe = "Bewaar de database en zoek uit wie erbij kon; bekijk alles met: corv herstel --grondig"
        yield fault("administratie", FILE, text, doe)
    if not fact.fouten and not fact.losse_verwijzingen and fact.broken_link is None:
        yield good(
            "administratie", FILE, "Het bestand is heel, elke verwijzing klopt en de ketting van gebeurtenissen is ongebroken."
        )
