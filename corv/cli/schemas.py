"""`corv schemas`: which schema judges which message, and installing an official one."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from corv.berichten import BERICHTEN
from corv.cli.bestand import ORDINARY_FILE
from corv.cli.opdracht import corv
from corv.cli.persoon import door_option
from corv.cli.tonen import console, facts, json_option, print_json_lines, table, visible, warn
from corv.clock import utc_now
from corv.config_parts import load_schemas, schema_setting
from corv.desk.new_schemas import install
from corv.errors import ConfigError, UsageError
from corv.officieel.archief import MAX_ZIP, TOO_LARGE
from corv.officieel.bestanden import FOLDER, files_of, folder_of
from corv.officieel.keuze import Instelling, Pakket, Schemakeuze, why_before
from corv.officieel.pakketten import load, pakket_of
from corv.schemas import KOPPELVLAK, own_sha256

Row = dict[str, Any]

_OWN, _UNKNOWN = "eigen", "onbekend"
_COLUMNS = ("schema", "versie", "datum", "vergeleken met", "oordeelt over", "waarom")
_NOT_OURS = "corv behandelt dit bericht niet"
_NOT_CHANGED = "Er is niets veranderd."


@click.group(invoke_without_command=True, options_metavar="[OPTIES]", subcommand_metavar="[OPDRACHT]")
@json_option
@click.pass_context
def schemas(ctx: click.Context, as_json: bool) -> int:
    """Toon welk schema over welk bericht oordeelt: het eigen, of dat van welke zip; met versie, datum en SHA-256.

    Daaronder elke geïnstalleerde zip, waarvoor hij wordt gebruikt, en waarvoor niet en waarom niet.

    \b
    Voorbeeld:  corv schemas
    Voorbeeld:  corv schemas installeer schemas.zip
    """
    if ctx.invoked_subcommand is not None:
        return 0
    keuze = load_schemas(ctx.obj, also_unused=True)
    messages = list(_messages(keuze))
    if as_json:
        print_json_lines([*messages, *(_zip(keuze, pakket, str) for pakket in keuze.pakketten)])
        return 0
    called = {pakket.naam: f"zip {number}" for number, pakket in enumerate(keuze.pakketten, 1)}
    console().print(table("", _COLUMNS, _grouped(messages, called)))
    for pakket in keuze.pakketten:
        click.echo()
        _print_zip(_zip(keuze, pakket, lambda other: called[other.naam]), f"{called[pakket.naam]}: {FOLDER}/{pakket.naam}")
    click.echo(f"\nHet eigen schema: koppelvlak {KOPPELVLAK}, SHA-256 {own_sha256()}.")
    return 0


@schemas.command(options_metavar="[OPTIES]")
@click.argument("bestand", metavar="ZIP", type=ORDINARY_FILE)
@door_option
@click.pass_obj
def installeer(map_: Path, bestand: Path, door: str) -> int:
    """Installeer een zip met officiële schema's, zoals VNG die publiceert: de normatieve of een resolved versie.

    Corv opent de zip zonder hem uit te pakken, controleert dat hij veilig en heel is, en dat de schema's goede berichten
    goedkeuren en foute afkeuren. Pas dan komt hij, onveranderd, in config/schemas/. Of de schema's oordelen, zegt
    schemas in config/corv.toml. Een draaiende service neemt de zip vanzelf over.

    \b
    Voorbeeld:  corv schemas installeer schemas.zip
    """
    instelling = schema_setting(map_)
    problems: list[str] = []
    installed = load(files_of(folder_of(map_)), problems)
    if problems:
        raise ConfigError([*problems, f"Los dit eerst op. {_NOT_CHANGED}"])
    new = _pakket(bestand, _read(bestand))
    known = install(map_, new, door, utc_now())
    load((folder_of(map_) / (known or new.naam),), [])  # so that it is known to have passed
    if known is not None:
        click.echo(f"Deze zip is al geïnstalleerd, als {FOLDER}/{known}; er verandert niets.")
        return 0
    click.echo(f"Geïnstalleerd: {FOLDER}/{new.naam}, door {door}.")
    _print_zip(_zip(Schemakeuze(instelling, (*installed, new)), new, lambda other: other.naam), f"{FOLDER}/{new.naam}")
    if instelling is Instelling.EIGEN:
        warn('Nu oordeelt nog het eigen schema. Zet daarvoor in config/corv.toml: schemas = "officieel" of schemas = "beide".')
    else:
        click.echo(f"Een draaiende service neemt de zip vanzelf over. Kijk wat geldt met: {corv()} schemas")
    return 0


def _read(bestand: Path) -> bytes:
    if bestand.stat().st_size > MAX_ZIP:
        raise UsageError(f"{visible(bestand.name)}: {TOO_LARGE} {_NOT_CHANGED}")
    return bestand.read_bytes()


def _pakket(bestand: Path, raw: bytes) -> Pakket:
    """The zip, once it can be used. Raises UsageError that says why it can't."""
    stem = bestand.stem if bestand.suffix.lower() == ".zip" else bestand.name
    pakket = pakket_of(f"{stem.strip('.') or 'schemas'}.zip", raw)
    if isinstance(pakket, str):
        raise UsageError(f"{visible(bestand.name)}: {pakket} {_NOT_CHANGED}")
    return pakket


def _messages(keuze: Schemakeuze) -> Iterator[Row]:
    """Which schema judges each message that we handle."""
    for root, soort in BERICHTEN.items():
        pakket = keuze.official(root)
        judge = pakket if keuze.instelling is Instelling.OFFICIEEL else None
        yield {
            "onderdeel": "bericht",
            "bericht": soort.naam,
            "instelling": keuze.instelling.value,
            "schema": judge.naam if judge else _OWN,
            "versie": judge.uitgave.versie_text if judge else KOPPELVLAK,
            "datum": _day(judge) if judge else None,
            "sha256": judge.sha256 if judge else own_sha256(),
            "vergeleken_met": pakket.naam if pakket and judge is None else None,
            "waarom": _why(keuze, pakket),
        }


def _why(keuze: Schemakeuze, pakket: Pakket | None) -> str:
    if keuze.instelling is not Instelling.EIGEN and pakket is None:
        return "geen geïnstalleerde zip heeft dit bericht"
    return f'schemas = "{keuze.instelling}"'


def _grouped(messages: Sequence[Row], called: Mapping[str, str]) -> Iterator[list[str | None]]:
    """The messages in one line where the same is so of them; a zip by what it is called below."""
    groups = defaultdict[tuple[str | None, ...], list[str]](list)
    for row in messages:
        schema, other = row["schema"], row["vergeleken_met"]
        shared = (called.get(schema, schema), row["versie"], _shown(row["datum"]), other and called[other], row["waarom"])
        groups[shared].append(row["bericht"])
    for (*about, waarom), names in groups.items():
        yield [*about, ", ".join(names), waarom]


def _zip(keuze: Schemakeuze, pakket: Pakket, who: Callable[[Pakket], str]) -> Row:
    """For which messages a zip is asked, and for which not. `who`: how another zip is called."""
    used, unused = list[str](), list[Row]()
    for root in sorted(pakket.roots):
        winner, name = keuze.by_root[root], root.rpartition("}")[2]
        if root not in BERICHTEN:
            unused.append({"bericht": name, "waarom": _NOT_OURS})
        elif winner != pakket:
            unused.append({"bericht": name, "waarom": why_before(winner, pakket, who(winner))})
        elif keuze.instelling is Instelling.EIGEN:
            unused.append({"bericht": name, "waarom": f'schemas = "{keuze.instelling}" in config/corv.toml'})
        else:
            used.append(name)
    return {
        "onderdeel": "zip",
        "bestand": f"{FOLDER}/{pakket.naam}",
        "versie": pakket.uitgave.versie_text,
        "datum": _day(pakket),
        "sha256": pakket.sha256,
        "gebruikt_voor": used,
        "niet_gebruikt_voor": unused,
    }


def _day(pakket: Pakket) -> str:
    return str(pakket.uitgave.datum) if pakket.uitgave.datum else _UNKNOWN


def _shown(day: str | None) -> str | None:
    """A day of a row as Dutch readers write it."""
    return day if day is None or day == _UNKNOWN else f"{date.fromisoformat(day):%d-%m-%Y}"


def _print_zip(row: Row, title: str) -> None:
    unused = [one for one in row["niet_gebruikt_voor"] if one["waarom"] != _NOT_OURS]
    lines: list[tuple[str, str | None]] = [
        ("versie", f"koppelvlak {row['versie']}"),
        ("datum", _shown(row["datum"])),
        ("SHA-256", row["sha256"]),
        ("gebruikt voor", ", ".join(row["gebruikt_voor"]) or "nu niets"),
    ]
    for reason in dict.fromkeys(one["waarom"] for one in unused):
        names = [one["bericht"] for one in unused if one["waarom"] == reason]
        about = "alles erin" if len(names) == len(unused) and not row["gebruikt_voor"] else ", ".join(names)
        lines.append(("niet voor", f"{about}: {reason}"))
    click.echo(visible(title))
    console().print(facts("", lines))
