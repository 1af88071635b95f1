"""What corv judges by: the configuration, the schemas, the tables, the lists and the other organisations. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from corv.doctor.values import Line, fault, good, note, of_subject
from corv.health.lists import ListFacts, lists
from corv.health.words import count
from corv.moments import dutch_day
from corv.settings import Gezondheid

_REPORT_IT = "Meld dit aan de makers van corv."


@dataclass(frozen=True)
class ConfigFact:
    """`fouten`: the mistakes in config/; `ongeprobeerd`: own rules of which the examples could not be tried now."""

    fouten: Sequence[str] = ()
    heeft_oins: bool = True
    eigen_regels: int = 0
    ongeprobeerd: Sequence[str] = ()


@dataclass(frozen=True)
class SchemaFact:
    """One schema, our own or of a zip. `bezwaar`: why it can't be used; `buiten`: how many files from elsewhere it asked for."""

    waar: str
    bezwaar: str | None = None
    buiten: int = 0


@dataclass(frozen=True)
class ListFact:
    """The newest month of which there are institutions, and the moment to judge that by."""

    nieuwste: date | None
    now: datetime


@dataclass(frozen=True)
class TableFact:
    """`vanaf`: the first day of the newest table of gemeenten; `nagekeken`: until when the bundled ones are known to hold."""

    versie: str
    vanaf: date | None
    postcodes: int
    woonplaatsen: int
    nagekeken: date
    now: datetime


@dataclass(frozen=True)
class OthersFact:
    """How many other organisations there are, and of how many somebody confirmed the OIN."""

    aantal: int
    bevestigd: int


def configuration(fact: ConfigFact) -> Iterator[Line]:
    """Whether config/ is right, complete, and its own rules tried."""
    for fout in fact.fouten:
        yield fault("configuratie", "config", fout, "Verbeter config/ en controleer haar met: corv config controleer")
    if not fact.heeft_oins:
        text = "Bij [organisatie] is oins nog leeg; tot die tijd wacht alles."
        yield note("configuratie", "config", text, "Vul de OIN van uw organisatie in, in config/corv.toml.")
    if fact.ongeprobeerd:
        text = f"De voorbeelden van deze eigen regels waren nu niet te proberen: {', '.join(fact.ongeprobeerd)}."
        yield note("configuratie", "config", text, "Probeer het later opnieuw; de machine heeft nu geen plaats voor een proces.")
    if not fact.fouten and fact.heeft_oins and not fact.ongeprobeerd:
        yield good("configuratie", "config", f"In de configuratie staat geen fout; eigen regels: {fact.eigen_regels}.")


def schemas(fact: SchemaFact) -> Iterator[Line]:
    """Whether a schema can be used without a network."""
    if fact.bezwaar is not None:
        doe = _REPORT_IT if fact.waar == "machine" else "Installeer een goede zip met: corv schemas installeer ZIP"
        yield fault("schemas", fact.waar, fact.bezwaar, doe)
    elif fact.buiten:
        text = f"Het schema wil {count(fact.buiten, 'bestand', 'bestanden')} van elders lezen, en dat mag niet nodig zijn."
        yield fault("schemas", fact.waar, text, _REPORT_IT)
    else:
        what = "De eigen schema's zijn" if fact.waar == "machine" else "Deze zip is"
        yield good("schemas", fact.waar, f"{what} te gebruiken, zonder netwerk.")


def reference_lists(fact: ListFact) -> Iterator[Line]:
    """Whether the lists are recent, as `corv gezondheid` judges it."""
    for subject in lists(ListFacts(fact.nieuwste), Gezondheid(), fact.now):
        yield of_subject("lijsten", "config/lijsten", subject)


def tables(fact: TableFact) -> Iterator[Line]:
    """Whether the tables are there, and known to hold this year. January is the month to look."""
    waar, today = "config/werkgebieden", dutch_day(fact.now)
    if fact.vanaf is None or not fact.postcodes or not fact.woonplaatsen:
        text = "De tabellen zijn er niet allemaal; welke regio bij een adres hoort, is niet te zeggen."
        yield fault("tabellen", waar, text, "Installeer corv opnieuw; zie docs/installeren.md deel 2.")
        return
    known = max(fact.vanaf, fact.nagekeken)
    if today >= date(known.year + 1, 2, 1):
        text = f"De tabel van gemeenten ({fact.versie}) geldt zeker tot en met {known.year}; daarna kan iets zijn veranderd."
        yield note("tabellen", waar, text, "Kijk na wat er op 1 januari veranderde; zie docs/herroutering.md.")
    else:
        yield good("tabellen", waar, f"De tabellen van gemeenten, postcodes en woonplaatsen zijn er: {fact.versie}.")


def organisations(fact: OthersFact) -> Iterator[Line]:
    """How many other organisations something may be sent to; that is information."""
    text = f"Van {fact.bevestigd} van de {fact.aantal} andere organisaties is de OIN bevestigd; naar de rest gaat niets vanzelf."
    yield good("organisaties", "config", text)
