"""What corv judges by, as it finds it on disk: configuration, schemas, tables, lists, organisations."""

from collections.abc import Iterator

from lxml import etree

from corv.doctor.judge.machine import RELEASED
from corv.doctor.judge.stock import ConfigFact, ListFact, OthersFact, SchemaFact, TableFact
from corv.doctor.look.source import Source
from corv.errors import why
from corv.moments import dutch_day
from corv.officieel.bestanden import FOLDER, files_of, folder_of
from corv.officieel.ijking import remembered, tried
from corv.ordinary import read_ordinary
from corv.schemas.expectations import ENTRY


def configuration(source: Source) -> list[ConfigFact]:
    """The mistakes in config/, and what is not filled in or tried."""
    settings = source.loaded
    if settings is None:
        return [ConfigFact(source.problems)]
    untried = tuple(regel.id for regel in settings.eigen_regels if regel.niet_geprobeerd)
    return [ConfigFact(source.problems, bool(settings.organisatie.oins), len(settings.eigen_regels), untried)]


class _Watching(etree.Resolver):
    """Lets every file be read, and counts those that are not beside our own schemas."""

    elsewhere = 0

    def resolve(self, system_url: str | None, _public_id: str | None, _context: object) -> None:
        """Called by the parser for each file that a schema names."""
        path = (system_url or "").removeprefix("file://")
        self.elsewhere += not path.startswith(str(ENTRY.parent))


def schemas(source: Source) -> Iterator[SchemaFact]:
    """Compile our own schemas without a network, and open every zip that is installed."""
    parser, watching = etree.XMLParser(no_network=True), _Watching()
    parser.resolvers.add(watching)
    try:
        etree.XMLSchema(etree.parse(ENTRY, parser))
        yield SchemaFact("machine", buiten=watching.elsewhere)
    except etree.LxmlError:
        yield SchemaFact("machine", "De eigen schema's zijn niet te gebruiken; de installatie is niet heel.")
    for path in files_of(folder_of(source.map)):
        waar, bezwaar = f"{FOLDER}/{path.name}", None
        try:
            raw = read_ordinary(path)
            found = remembered(path, raw) or tried(raw)
            bezwaar = found if isinstance(found, str) else None
        except OSError as error:
            bezwaar = f"Dit bestand is niet te lezen: {why(error)}."
        yield SchemaFact(waar, bezwaar)


def lists(source: Source) -> list[ListFact]:
    """Of which month the newest list of institutions is."""
    maanden = source.settings.lijsten.maanden
    return [ListFact(maanden[-1].maand if maanden else None, source.now)]


def tables(source: Source) -> list[TableFact]:
    """Which tables there are."""
    tabellen = source.settings.tabellen
    newest = tabellen.gemeenten[-1].vanaf if tabellen.gemeenten else None
    return [
        TableFact(
            tabellen.versie, newest, len(tabellen.postcodes), len(tabellen.woonplaatsen), nagekeken=RELEASED, now=source.now
        )
    ]


def organisations(source: Source) -> list[OthersFact]:
    """The other organisations, and of how many somebody confirmed the OIN."""
    settings, today = source.settings, dutch_day(source.now)
    others = [other for other in settings.organisaties if other.code != settings.organisatie.werkgebied]
    return [OthersFact(len(others), sum(other.is_confirmed(today) for other in others))]
