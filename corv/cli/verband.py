"""`corv keten`: the whole conversation of a message, in order of time."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from corv.audit import Audit
from corv.chain import MOST_MESSAGES, Line, Verband
from corv.cli.opdracht import corv
from corv.cli.tonen import Column, json_option, local_minute, print_json, print_list, short, warn
from corv.conversation import conversation
from corv.database import open_for_reading
from corv.settings import database_of


def _reason(line: Line) -> str:
    if line.koppeling is not None:
        return f"{line.verband} door {line.koppeling.door}: {line.koppeling.reden}"
    return f"{line.verband}; zie: corv koppel" if line.verband is Verband.VRAAG_ONBEKEND else str(line.verband)


_COLUMNS: tuple[Column[Line], ...] = (
    Column("wanneer", 0, lambda line: local_minute(line.op)),
    Column("richting", 0, lambda line: line.richting),
    Column("soort", 0, lambda line: (line.soort or "").removesuffix("Di01")),
    Column("status", 0, lambda line: line.status or ("bezorgd" if line.bezorgd_op else "wacht op bezorging")),
    Column("verband", 0, _reason),
    Column("referentienummer", 130, lambda line: line.referentienummer),
    Column("kenmerk", 0, lambda line: short(line.kenmerk)),
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
    database = database_of(map_)
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
    print_list(_COLUMNS, found.lines)
    for sentence in _remarks(found.lines):
        click.echo(sentence)


def _remarks(lines: Sequence[Line]) -> list[str]:
    """What a reader may wonder about, and the next commands to consider."""
    found = []
    kinds, reasons = {line.soort for line in lines}, {line.verband for line in lines}
    unknown = next((line for line in lines if line.verband is Verband.VRAAG_ONBEKEND), None)
    if "notificatieDi01" in kinds and "vtoDi01" not in kinds:
        found.append(
            "Van ons is hierbij geen verzoek tot onderzoek (VTO) bekend. Dat komt vaker voor: niet elke VTO gaat via CORV."
        )
    found.append(f"Eén bericht bekijken: {corv()} toon {short(lines[0].kenmerk)}")
    if unknown is not None:
        found.append(f'Weet u waarop het antwoordt: {corv()} koppel {short(unknown.kenmerk)} KENMERK --reden "waarom"')
    elif reasons & {Verband.MET_DE_HAND}:
        found.append(f'Een koppeling losmaken: {corv()} koppel KENMERK KENMERK --los --reden "waarom"')
    else:
        found.append(f'Ontbreekt er een bericht: {corv()} koppel {short(lines[0].kenmerk)} KENMERK --reden "waarom"')
    return found
