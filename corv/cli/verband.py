"""`corv keten` and `corv koppel`: what belongs together, and how a person says so where no number does."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

import click

from corv import config
from corv.app import utc_now
from corv.audit import Audit
from corv.chain import MOST_MESSAGES, Line, Verband
from corv.cli.persoon import door_option, reden_option
from corv.cli.tonen import console, json_option, local_time, print_json, table, warn
from corv.conversation import conversation
from corv.database import open_for_reading, open_for_writing
from corv.outcome import Status
from corv.ties import Effect, Person, tie, untie

_LAST_CHARACTERS = 12
"""So much of a kenmerk is shown; it is enough to ask for the message."""


@dataclass(frozen=True)
class _Column:
    """One column of a conversation; shown when the terminal is at least so wide."""

    title: str
    from_width: int
    shown: Callable[[Line], object]


def _reason(line: Line) -> str:
    if line.koppeling is not None:
        return f"{line.verband} door {line.koppeling.door}: {line.koppeling.reden}"
    return f"{line.verband}; zie: corv koppel" if line.verband is Verband.VRAAG_ONBEKEND else str(line.verband)


_COLUMNS = (
    _Column("wanneer", 0, lambda line: local_time(line.op)),
    _Column("richting", 0, lambda line: line.richting),
    _Column("soort", 0, lambda line: line.soort),
    _Column("status", 0, lambda line: line.status or ("bezorgd" if line.bezorgd_op else "wacht op bezorging")),
    _Column("verband", 0, _reason),
    _Column("referentienummer", 130, lambda line: line.referentienummer),
    _Column("kenmerk", 0, lambda line: _short(line.kenmerk)),
)


@click.command(options_metavar="[OPTIES]")
@click.argument("kenmerk", metavar="KENMERK")
@json_option
@click.pass_obj
def keten(map_: Path, kenmerk: str, as_json: bool) -> None:
    """Toon alles wat bij een bericht hoort, op volgorde van tijd: vraag, bevestigingen, antwoorden en vervolg.

    Een antwoord dat corv zelf schreef, draagt het kenmerk van het bericht waarop het antwoordt.

    \b
    Voorbeeld:  corv keten 7f3c9a12b4d0
    """
    database = config.load(map_).database
    with Audit(database) as audit:
        id_ = audit.find(kenmerk)
    with closing(open_for_reading(database)) as db:
        found = conversation(db, id_)
    if not found.is_whole:
        warn(f"Hier hoort meer bij dan er wordt getoond; dit zijn de {MOST_MESSAGES} berichten die het dichtst bij {id_} staan.")
    if as_json:
        for line in found.lines:
            print_json(asdict(line))
        return
    out = console()
    columns = [column for column in _COLUMNS if out.width >= column.from_width]
    cells = [[column.shown(line) for column in columns] for line in found.lines]
    out.print(table("", [column.title for column in columns], cells))
    for sentence in _remarks(found.lines):
        click.echo(sentence)


@click.command(options_metavar="[OPTIES]")
@click.argument("een", metavar="KENMERK")
@click.argument("ander", metavar="KENMERK")
@click.option("--los", is_flag=True, help="Maak de koppeling tussen deze twee weer los.")
@reden_option
@door_option
@click.pass_obj
def koppel(map_: Path, een: str, ander: str, los: bool, reden: str, door: str) -> None:  # noqa: PLR0913 - one argument an option
    """Koppel twee berichten die bij elkaar horen, als hun nummers dat niet zeggen; of maak zo'n koppeling los.

    Is een van de twee een antwoord waarvan de vraag niet bekend is, en ging de ander de deur uit, dan geldt die daarna als
    beantwoord. Een foutbericht (Fo01, Fo03) op wat wij verzonden, vraagt dan ook aandacht.

    \b
    Voorbeeld:  corv koppel 7f3c9a12b4d0 51d09e3377ac --reden "Bv01 zonder crossRefnummer, hoort bij deze VTO"
    Voorbeeld:  corv koppel 7f3c9a12b4d0 51d09e3377ac --los --reden "Verkeerde VTO gekozen"
    """
    database = config.load(map_).database
    with Audit(database) as audit:
        first, second = UUID(audit.find(een)), UUID(audit.find(ander))
    person = Person(door, reden, utc_now())
    with closing(open_for_writing(database)) as db:
        effect = (untie if los else tie)(db, first, second, person)
    click.echo(f"{'Losgekoppeld' if los else 'Gekoppeld'}: {first} en {second}, door {door}.")
    for sentence in _untied(effect) if los else _tied(effect):
        click.echo(sentence)
    click.echo(f"Bekijk het geheel: corv keten {_short(first)}")


def _remarks(lines: Sequence[Line]) -> list[str]:
    """What a reader may wonder about, and the next commands to consider."""
    found = []
    kinds, reasons = {line.soort for line in lines}, {line.verband for line in lines}
    unknown = next((line for line in lines if line.verband is Verband.VRAAG_ONBEKEND), None)
    if "notificatieDi01" in kinds and "vtoDi01" not in kinds:
        found.append(
            "Van ons is hierbij geen verzoek tot onderzoek (VTO) bekend. Dat komt vaker voor: niet elke VTO gaat via CORV."
        )
    found.append(f"Eén bericht bekijken: corv toon {_short(lines[0].kenmerk)}")
    if unknown is not None:
        found.append(f'Weet u waarop het antwoordt: corv koppel {_short(unknown.kenmerk)} KENMERK --reden "waarom"')
    elif reasons & {Verband.MET_DE_HAND}:
        found.append('Een koppeling losmaken: corv koppel KENMERK KENMERK --los --reden "waarom"')
    else:
        found.append(f'Ontbreekt er een bericht: corv koppel {_short(lines[0].kenmerk)} KENMERK --reden "waarom"')
    return found


def _tied(effect: Effect) -> list[str]:
    if effect.antwoord is None or effect.vraag is None:
        return ["Zij staan nu bij elkaar; verder verandert er niets."]
    said = [f"{_short(effect.antwoord)} geldt nu als antwoord op {_short(effect.vraag)}."]
    if effect.is_fault:
        said.append(f"Het is een foutbericht: {_short(effect.vraag)} heeft nu status {effect.status} en vraagt aandacht.")
    return said


def _untied(effect: Effect) -> list[str]:
    if effect.antwoord is None or effect.vraag is None:
        return ["Verder verandert er niets."]
    said = [f"{_short(effect.antwoord)} geldt niet meer als antwoord op {_short(effect.vraag)}."]
    if effect.is_fault and effect.status is Status.BEANTWOORD_MET_FOUT:
        said.append(f"Er is nog een ander foutbericht op {_short(effect.vraag)}; daar verandert niets aan status en aandacht.")
    elif effect.is_fault:
        said.append(f"{_short(effect.vraag)} heeft weer status {effect.status} en vraagt hiervoor geen aandacht meer.")
    return said


def _short(id_: UUID | str) -> str:
    return str(id_)[-_LAST_CHARACTERS:]
