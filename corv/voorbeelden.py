"""The examples of a rule file: read them, and run them through the same code as real messages."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corv.errors import why
from corv.herregels import ANDER_VT, EEN_VT, ONS, Dan, Feiten, Herroutering, Partijen, feiten_of, target_of, try_rules
from corv.settings import AndereOrganisatie, Organisatie, partijen_of
from corv.stuf import JZ_FUNCTIES, OIN
from corv.tabellen import Tabellen
from corv.toml_reader import Section
from corv.werkgebied import Adres, Adressoort, Maatstaf, Persoon, determine
from corv.werkgebied.roles import KNOWN_ROLES

if TYPE_CHECKING:  # takes as long to import as all of config/ to read, and most rule files have no message as an example
    from corv.reading import Reading

REGION = r"VT[0-9]{2}"
"""The form of the code of a region, as a regular expression."""

_PARTIJ = rf"{REGION}|{OIN}|{ONS}|{ANDER_VT}"
_EEN_PARTIJ = f"een OIN van 20 cijfers, de code van een regio, {ONS} of {ANDER_VT}"
_LARGEST = 1024 * 1024
_FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True)
class Omgeving:
    """What a rule file is held against. `config`: the folder below which an example may be a file."""

    config: Path
    organisatie: Organisatie
    organisaties: tuple[AndereOrganisatie, ...]
    tabellen: Tabellen


@dataclass(frozen=True)
class Keus:
    """What the rules give, or should give. `regel` is '' where none applies; `naar`: the code of a region, or ''."""

    regel: str
    dan: str
    naar: str = ""

    def __str__(self) -> str:
        """As in `herrouteer naar VT19 (regel zeker-voor-ander)`."""
        return self.below("")

    def below(self, regel: str) -> str:
        """The same for who reads it below that rule: it is not named again."""
        target = f" naar {self.naar}" if self.naar else ""
        return f"{self.dan}{target}{f' (regel {self.regel})' if self.regel != regel else ''}"


@dataclass(frozen=True)
class Voorbeeld:
    """One example below a rule. `bericht`: a whole message, which then says itself what follows, but for `op`."""

    regel: str
    naam: str
    verwacht: Keus
    werkgebied: str
    bericht: "Reading | None"
    functie: str
    zender: str
    ontvanger: str
    personen: tuple[Persoon, ...]
    locatie: str | None
    op: date | None


@dataclass(frozen=True)
class Uitslag:
    """An example and what the rules made of it."""

    voorbeeld: Voorbeeld
    uitkomst: Keus

    @property
    def is_good(self) -> bool:
        """Whether this is what was expected."""
        return self.uitkomst == self.voorbeeld.verwacht


def run(voorbeeld: Voorbeeld, herroutering: Herroutering, omgeving: Omgeving) -> Uitslag:
    """What the rules make of one example."""
    feiten = _feiten(voorbeeld, herroutering, omgeving)
    regel, _ = try_rules(herroutering.regels, feiten)
    if regel is None:
        return Uitslag(voorbeeld, Keus("", "geen regel"))
    return Uitslag(voorbeeld, Keus(regel.naam, regel.dan, target_of(regel, feiten.werkgebied)))


def _feiten(voorbeeld: Voorbeeld, herroutering: Herroutering, omgeving: Omgeving) -> Feiten:
    tabellen = omgeving.tabellen
    op = voorbeeld.op or min((tabel.vanaf for tabel in tabellen.gemeenten), default=_FIRST_DAY)
    maatstaf = Maatstaf(tabellen, herroutering.volgorde, voorbeeld.werkgebied, op)
    partijen = replace(partijen_of(omgeving.organisatie, omgeving.organisaties), regio=voorbeeld.werkgebied)
    if voorbeeld.bericht is None:
        zender, ontvanger = (_words(partij, partijen) for partij in (voorbeeld.zender, voorbeeld.ontvanger))
        werkgebied = determine(voorbeeld.personen, voorbeeld.locatie, maatstaf)
        return feiten_of(voorbeeld.functie, zender, ontvanger, werkgebied, op)
    from corv.adressen import read_addresses, werkgebied_of  # noqa: PLC0415 - see TYPE_CHECKING above

    header, root = voorbeeld.bericht.stuurgegevens, voorbeeld.bericht.root
    if header is None or root is None:
        raise ValueError("an example without stuurgegevens is refused when it is read")
    zender, ontvanger = (partijen.words(systeem.organisatie) for systeem in (header.zender, header.ontvanger))
    adresboek = read_addresses(root)
    found = werkgebied_of(adresboek, maatstaf) if adresboek is not None else None
    return feiten_of(header.functie or "", zender, ontvanger, found, op)


def _words(partij: str, partijen: Partijen) -> frozenset[str]:
    if partij in {ONS, ANDER_VT}:
        own = partijen.words_of_region(partijen.regio) if partij == ONS else frozenset()
        return own | {partij, EEN_VT}
    return partijen.words(partij) or partijen.words_of_region(partij)


def read_voorbeeld(section: Section, regel: str, omgeving: Omgeving | None) -> Voorbeeld:
    """One example of this rule; every mistake is told to its file. Without `omgeving` no message is read."""
    own = omgeving.organisatie.werkgebied if omgeving is not None else ""
    has_file = "bestand" in section.names()
    for key in ("functie", "zender", "ontvanger", "personen", "locatie"):
        if has_file and key in section.names():
            section.complain(key, "gaat niet samen met bestand: het bericht zegt dit zelf")
    personen = enumerate(section.tables("personen"), start=1)
    voorbeeld = Voorbeeld(
        regel=regel,
        naam=section.text("naam", "zonder naam", ".{1,100}", "een naam van 1 tot 100 tekens"),
        verwacht=_verwacht(section.table("verwacht"), regel),
        werkgebied=section.text("werkgebied", own, REGION, "een code als VT20"),
        bericht=_bericht(section, omgeving) if has_file else None,
        functie=section.choice("functie", "vtMeldingDi01", sorted(JZ_FUNCTIES)),
        zender=section.text("zender", "", _PARTIJ, _EEN_PARTIJ),
        ontvanger=section.text("ontvanger", ONS, _PARTIJ, _EEN_PARTIJ),
        personen=tuple(_persoon(nummer, persoon) for nummer, persoon in personen),
        locatie=section.text("locatie", "", many_lines=True) or None,
        op=section.day("op"),
    )
    section.finish(["bestand"])
    return voorbeeld


def _verwacht(section: Section, regel: str) -> Keus:
    if "dan" not in section.names():
        section.complain("dan", "ontbreekt: zeg wat er met het voorbeeld moet gebeuren")
    keus = Keus(
        section.text("regel", regel),
        section.choice("dan", Dan.BEOORDEEL, list(Dan)),
        section.text("naar", "", REGION, "een code als VT19"),
    )
    section.finish()
    return keus


def _persoon(nummer: int, section: Section) -> Persoon:
    persoon = Persoon(
        nummer=nummer,
        rol=section.choice("rol", "", sorted(KNOWN_ROLES)) or None,
        adressen=tuple(_adres(nummer, soort, section.table(soort)) for soort in Adressoort if soort in section.names()),
        geboren=section.day("geboren"),
    )
    section.finish(list(Adressoort))
    return persoon


def _adres(nummer: int, soort: Adressoort, section: Section) -> Adres:
    adres = Adres(
        pad=f"personen[{nummer}].{soort}",
        soort=soort,
        postcode=section.text("postcode", "", "[1-9][0-9]{3}( ?[A-Za-z]{2})?", "een postcode als 7511 of 7511 AB") or None,
        woonplaats=section.text("woonplaats", "", ".{1,80}", "een naam van 1 tot 80 tekens") or None,
        is_buitenland=section.truth("buitenland"),
    )
    section.finish()
    return adres


def _bericht(section: Section, omgeving: Omgeving | None) -> "Reading | None":
    """The message in the file of an example; None, with a complaint, when there is none."""
    from corv.reading import read  # noqa: PLC0415 - see TYPE_CHECKING above

    raw = read_file(section, "bestand", omgeving.config if omgeving is not None else None)
    if raw is None:
        return None
    reading = read(raw)
    if reading.stuurgegevens is not None:
        return reading
    section.complain("bestand", "is geen leesbaar StUF-bericht")
    return None


def example_files(config: Path) -> list[Path]:
    """What is called XML below config/, by name: a rule may be refused or taken over for what one of these says."""
    found = config.rglob("*")
    return sorted(path for path in found if path.suffix.lower() == ".xml" and not path.name.startswith("."))


def read_file(section: Section, key: str, config: Path | None) -> bytes | None:
    """What is in the file below `config` that this key names; None, with a complaint, when it names no such file.

    `config` None: only the name is looked at.
    """
    name = section.text(key, "", r"[\w./-]+", "een bestand onder config/ als voorbeelden/melding.xml")
    if not name or config is None:
        return None
    path = config / name
    try:
        if not path.resolve().is_relative_to(config.resolve()):
            section.complain(key, "ligt niet onder config/")
        elif not path.is_file():
            section.complain(key, "is er niet, of is geen gewoon bestand")
        elif path.stat().st_size > _LARGEST:
            section.complain(key, "is groter dan 1 MiB; neem een kleiner bericht als voorbeeld")
        else:
            return path.read_bytes()
    except OSError as error:
        section.complain(key, f"is niet te lezen ({why(error)})")
    return None
