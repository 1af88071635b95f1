"""The settings as frozen values. `config` makes them from config/*.toml; here stands what each means and its default."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from corv import __version__
from corv.eigenregels import EigenRegel
from corv.herregels import Herroutering, Partijen
from corv.lijsten import Lijsten
from corv.niveaus import Niveaus
from corv.officieel.keuze import Schemakeuze
from corv.rechten import Rechten
from corv.tabellen import Tabellen


class Bevestiging(StrEnum):
    """The technical receipt that a channel wants for each message that we store."""

    BV03 = "Bv03"
    BV04 = "Bv04"
    GEEN = "geen"


class Kant(StrEnum):
    """On which side of us a channel lies. Direction is the channel, not the OIN (ontwerp 4)."""

    CORV = "corv"
    EIGEN = "eigen"


@dataclass(frozen=True)
class Organisatie:
    """Who we are. `oins` are our own, `namens` those of the gemeenten for which we may send and receive.

    `oin`: the first of our own, under which we send what we make ourselves.
    """

    naam: str
    oins: frozenset[str]
    namens: frozenset[str] = frozenset()
    applicatie: str = "corv"
    werkgebied: str = ""
    oin: str = ""

    def is_ours(self, organisatie: str | None) -> bool:
        """Match all 20 digits: the last three tell units of one organisation apart (corv.md 2)."""
        return organisatie is not None and (organisatie in self.oins or organisatie in self.namens)


@dataclass(frozen=True)
class Kanaal:
    """One pair of folders. `stil_s`: seconds that size and time of a file must not change before it is taken."""

    naam: str
    kant: Kant
    inbox: Path
    outbox: Path
    bevestig: Bevestiging
    stil_s: float = 1.0
    klaarteken: str = ""
    rechten: Rechten = field(default_factory=Rechten)


@dataclass(frozen=True)
class AndereOrganisatie:
    """Another Veilig Thuis that we know: its code, and the OIN by which a message addresses it.

    Only a confirmed OIN is ever written to. `opvolger`: the code of who took over, from `geldig_tot` (the last day) on.
    """

    code: str
    naam: str
    oin: str = ""
    bevestigd_door: str = ""
    bevestigd_op: date | None = None
    applicatie: str = "Veilig Thuis"
    geldig_van: date | None = None
    geldig_tot: date | None = None
    opvolger: str = ""
    mag_vtmelding_ontvangen: bool = True

    def is_confirmed(self, on: date) -> bool:
        """Whether somebody confirmed the OIN, on that day or before."""
        return bool(self.oin and self.bevestigd_door and self.bevestigd_op is not None and self.bevestigd_op <= on)


def partijen_of(organisatie: Organisatie, organisaties: Iterable[AndereOrganisatie]) -> Partijen:
    """Who is who by OIN. The organisation of our own region is us."""
    andere = {other.oin: other.code for other in organisaties if other.oin and other.code != organisatie.werkgebied}
    return Partijen(organisatie.oins, organisatie.namens, organisatie.werkgebied, andere)


@dataclass(frozen=True)
class Verwerking:
    """How a pass goes: sizes in bytes, times in seconds."""

    grootste_bestand: int = 64 * 1024 * 1024
    berichten_per_keer: int = 100
    bytes_per_keer: int = 16 * 1024 * 1024
    herscan_s: float = 30.0
    wacht_hoogstens_s: float = 30.0


BV01_BY_DEFAULT = frozenset({"vtMeldingDi01", "vtTerugkoppelingDi01", "zorgmeldingDi01", "zorgmeldingTerugkoppelingDi01"})
"""The functies that get a Bv01 when they are accepted (ontwerp 5)."""

ANTWOORD_UREN: Mapping[str, float] = {"vtoDi01": 48.0, "vtTerugkoppelingDi01": 48.0, "zorgmeldingTerugkoppelingDi01": 48.0}
"""ebMS tries again for up to 16 x 3 hours (corv.md 3.5): before that, silence says nothing."""

TERUGKOPPELING_WERKDAGEN: Mapping[str, int] = {"vtMeldingDi01": 5, "zorgmeldingDi01": 5, "meldingGeneriekDi01": 5}

VERRIJKING_WERKDAGEN: Mapping[str, int] = {"vcobDi01": 2, "vciDi01": 3}
"""No source gives a term. Ours: well within the five working days of a terugkoppeling, for which the answer is wanted."""


@dataclass(frozen=True)
class Termijnen:
    """How long something may take before it is late; 0 means that nothing is awaited, and so does a functie that is absent.

    `antwoord`: hours until the Bv01 or Fo01 on what we sent, by functie. `terugkoppeling`: working days until ours on a
    melding, by functie. `verrijking`: working days until the answer to a vcob or vci, whoever asks. `ontvangst`: hours until
    the receipt on what we forwarded. `vrije_dagen`: no working days here, next to the public holidays.
    """

    antwoord: Mapping[str, float] = field(default_factory=lambda: ANTWOORD_UREN)
    terugkoppeling: Mapping[str, int] = field(default_factory=lambda: TERUGKOPPELING_WERKDAGEN)
    verrijking: Mapping[str, int] = field(default_factory=lambda: VERRIJKING_WERKDAGEN)
    ontvangst: float = 24.0
    vrije_dagen: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Drempel:
    """From where on something is a warning, and from where on critical. In seconds of age, for a disk in bytes that are free."""

    waarschuwing: float
    kritiek: float


_MINUTE, _HOUR, _MIB = 60, 3600, 1024 * 1024


@dataclass(frozen=True)
class Gezondheid:
    """What `corv gezondheid` calls too old; a field a line of [gezondheid]. `metingen`: the file for Prometheus, or None."""

    metingen: Path | None = None
    inbox: Drempel = Drempel(15 * _MINUTE, 60 * _MINUTE)
    ronde: Drempel = Drempel(60 * _MINUTE, 240 * _MINUTE)
    opgepakt: Drempel = Drempel(15 * _MINUTE, 60 * _MINUTE)
    bezorgen: Drempel = Drempel(15 * _MINUTE, 60 * _MINUTE)
    ophalen: Drempel = Drempel(60 * _MINUTE, 240 * _MINUTE)
    ophalen_aandacht: Drempel = Drempel(7 * 24 * _HOUR, 28 * 24 * _HOUR)
    beoordelen: Drempel = Drempel(4 * _HOUR, 24 * _HOUR)
    aandacht_melding: Drempel = Drempel(4 * _HOUR, 24 * _HOUR)
    aandacht_overig: Drempel = Drempel(24 * _HOUR, 120 * _HOUR)
    te_laat: Drempel = Drempel(0, 72 * _HOUR)
    schijf: Drempel = Drempel(2048 * _MIB, 512 * _MIB)
    wacht: Drempel = Drempel(0, 15 * _MINUTE)
    reservekopie: Drempel = Drempel(48 * _HOUR, 168 * _HOUR)


def database_of(map_: Path) -> Path:
    """The SQLite file of a working folder. A question needs no more, so a mistake in config/ does not stand in its way."""
    return map_ / "data" / "corv.sqlite"


@dataclass(frozen=True)
class Settings:
    """Everything that config/ says. `map` is the working folder; every other path is absolute."""

    map: Path
    organisatie: Organisatie
    kanalen: tuple[Kanaal, ...]
    verwerking: Verwerking = Verwerking()
    organisaties: tuple[AndereOrganisatie, ...] = ()
    bv01: frozenset[str] = BV01_BY_DEFAULT
    gezondheid: Gezondheid = Gezondheid()
    termijnen: Termijnen = Termijnen()
    herroutering: Herroutering = field(default_factory=Herroutering)
    tabellen: Tabellen = field(default_factory=Tabellen)
    schemas: Schemakeuze = field(default_factory=Schemakeuze)
    niveaus: Niveaus = field(default_factory=Niveaus)
    lijsten: Lijsten = field(default_factory=Lijsten)
    eigen_regels: tuple[EigenRegel, ...] = ()
    eigen_regels_tekst: str = ""

    @property
    def rule_texts(self) -> Mapping[str, str]:
        """What the verdict of the rules follows from: the text of each rule file, our version, and which lists there are."""
        lists = (f"{one.maand}: {one.versie}" for one in self.lijsten.maanden)
        return {
            "corv": __version__,
            "lijsten": "\n".join([self.lijsten.rollen_versie, *lists]),
            "herroutering.toml": self.herroutering.tekst,
            "regels.toml": self.niveaus.tekst,
            "regels-eigen.toml": self.eigen_regels_tekst,
        }

    @property
    def data(self) -> Path:
        """Where the handler keeps its own state: the database, the archive, the quarantine, the lock."""
        return self.map / "data"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return database_of(self.map)

    @property
    def config(self) -> Path:
        """Where the configuration files are."""
        return self.map / "config"

    @property
    def signals(self) -> Path:
        """Where a command leaves a sign for the running service."""
        return self.data / "sein"

    @property
    def watched(self) -> tuple[Path, ...]:
        """The folders of which an event must wake the service: the inboxes, the configuration and the one for a sign."""
        return *(kanaal.inbox for kanaal in self.kanalen), self.config, self.signals

    def kanaal(self, kant: Kant) -> Kanaal:
        """The channel on that side; `config` sees to it that there is exactly one."""
        return next(kanaal for kanaal in self.kanalen if kanaal.kant is kant)

    def named(self, naam: str) -> Kanaal:
        """The channel of that name."""
        return next(kanaal for kanaal in self.kanalen if kanaal.naam == naam)

    def other(self, organisatie: str | None) -> AndereOrganisatie | None:
        """The other Veilig Thuis with that OIN, or None."""
        return next((other for other in self.organisaties if other.oin and other.oin == organisatie), None)

    @cached_property
    def partijen(self) -> Partijen:
        """Who is who by OIN, for the rules of herroutering."""
        return partijen_of(self.organisatie, self.organisaties)

    def wants_bv01(self, functie: str) -> bool:
        """Whether an accepted message of that functie is answered with a Bv01 (config/antwoorden.toml)."""
        return functie in self.bv01
