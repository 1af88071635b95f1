"""`corv toon`: one message whole, on one screen."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from corv import config
from corv.adviezen import advies
from corv.audit import Audit, Row
from corv.cli.opdracht import typed
from corv.cli.tonen import console, facts, json_option, local_time, number, print_json, short
from corv.cli.verloop import aanleiding, tell
from corv.cli.vervolg import next_commands
from corv.cli.waarom import Line, attempts, decided_by, evidence, judge, sources, tried_then
from corv.errors import ConfigError
from corv.outcome import Status
from corv.outcome_rows import SYSTEM
from corv.roots import WERK
from corv.settings import database_of

Message = Mapping[str, Any]


@click.command(options_metavar="[OPTIES]")
@click.argument("kenmerk", metavar="KENMERK")
@json_option
@click.pass_context
def toon(ctx: click.Context, /, kenmerk: str, as_json: bool) -> None:
    """Toon één bericht: wat kwam er, wat was ermee en wat doet u eraan, wat is besloten en waarom, wat is geschreven.

    Het kenmerk staat in `corv berichten`; een stuk van minstens 6 tekens is genoeg.

    \b
    Voorbeeld:  corv toon 7f3c9a12b4d0
    """
    with Audit(database_of(ctx.obj)) as audit:
        message = audit.message(audit.find(kenmerk))
    if as_json:
        print_json(message)
        return
    blocks = {
        f"Bericht {message['bericht']['id']}": _came(message, _original(ctx.obj, message["bericht"])),
        "Wat is er gevonden": _found(message["bevindingen"]),
        "Wat is besloten": _decided(message["besluiten"]),
        "Waarom": _why(message),
        "Aandacht": _attention(message["aandacht"]),
        "Wat is er geschreven": _written(message["uitvoer"]),
        "Waar hoort het bij": _belongs(message["verwant"]),
        "Wat er gebeurde": _happened(message["gebeurtenissen"]),
    }
    out = console()
    for title, lines in blocks.items():
        if shown := [(word, value) for word, value in lines if value not in {None, ""}]:
            out.print(facts(title, shown))
            click.echo()
    click.secho("Wat u nu kunt doen", bold=True)
    for what, command in next_commands(message):  # not wrapped: a command line must be copied whole
        click.echo(f"  {what}:\n    {typed(ctx, command)}")


def _came(message: Message, original: str) -> Iterator[Line]:
    row = message["bericht"]
    waits = any(item["gesloten_op"] is None for item in message["aandacht"])
    yield "status", row["status"]
    yield "", "vraagt aandacht van een mens" if waits else None
    yield "soort", f"{row['functie']} ({row['berichtcode']})" if row["functie"] else row["berichtcode"]
    yield "ontvangen", f"{local_time(row['ontvangen_op'])}, kanaal {row['kanaal']}"
    yield "van", _system(row, "zender")
    yield "aan", _system(row, "ontvanger")
    yield "referentienummer", row["referentienummer"] if row["referentienummer"] != "" else "(leeg)"
    yield "crossRefnummer", row["cross_refnummer"]
    yield "tijdstip bericht", row["tijdstip_bericht"]
    yield "pogingen", f"{row['pogingen']}: corv stopte terwijl zij ermee bezig was" if row["pogingen"] > 1 else None
    yield "bestandsnaam", f"{row['bestandsnaam']} ({number(row['grootte'])} bytes)"
    yield "origineel", original
    yield "sha256", row["sha256"]


def _system(row: Row, side: str) -> str:
    return ", ".join(row[f"{side}_{part}"] for part in ("organisatie", "applicatie", "administratie") if row[f"{side}_{part}"])


def _original(map_: Path, row: Row) -> str:
    """Where the bytes of the message lie now, looked up on disk."""
    place = row["bestand"]
    if place is not None and (map_ / place).is_file():
        return str(place)
    try:
        claimed = config.load(map_).named(row["kanaal"]).inbox / WERK / f"{row['id']}.xml"
    except ConfigError:
        return f"nu niet op te zoeken, want er staat een fout in config/; hoort te liggen in {place or WERK}"
    if claimed.is_file():
        return f"{claimed}; gaat nog naar {place}" if place else str(claimed)
    if place is None and row["status"] != Status.ONTVANGEN:
        return "bleef liggen in de inbox: het is geen gewoon bestand"
    return f"niet gevonden; hoort te liggen in {place or claimed}"


def _found(findings: list[Row]) -> Iterator[Line]:
    """Every finding, and after the last of its kind what to do about these: often many have the same cause."""
    for nr, row in enumerate(findings):
        yield row["niveau"], ", ".join([row["code"], *([f"regel {row['regel']}"] if row["regel"] else [])])
        yield "", row["tekst"]
        yield "", row["pad"]
        is_last = all((row["code"], row["niveau"]) != (other["code"], other["niveau"]) for other in findings[nr + 1 :])
        yield "wat te doen", advies(row["code"], row["niveau"]) if is_last else None


def _decided(decisions: list[Row]) -> Iterator[Line]:
    for row in decisions:
        yield row["actie"], row["reden"]
        yield "", f"door {_who(row['door'])} op {local_time(row['genomen_op'])}, {decided_by(row)}"


def _why(message: Message) -> Iterator[Line]:
    """What was recorded of why corv decided so; nothing where an earlier version did, by rules that are no more."""
    verklaring = message["verklaring"]
    if verklaring is not None:
        yield from evidence(verklaring["werkgebied"])
    yield from attempts(tried_then(_first_decision(message), verklaring["regels"] if verklaring is not None else None))
    if verklaring is not None:
        yield from sources(verklaring)
    yield from judge(message["beoordeeld_door"])


def _first_decision(message: Message) -> Row | None:
    """What corv itself decided, before any person did."""
    return next((row for row in reversed(message["besluiten"]) if row["door"] == SYSTEM), None)


def _attention(rows: list[Row]) -> Iterator[Line]:
    for row in rows:
        opened = f"sinds {local_time(row['geopend_op'])}: {aanleiding(row['aanleiding'])}"
        if row["gesloten_op"] is None:
            yield "open", opened
        else:
            yield "afgehandeld", f"door {_who(row['door'])} op {local_time(row['gesloten_op'])}. Reden: {row['reden']}"
            yield "", opened


def _who(door: str) -> str:
    return "corv zelf" if door == SYSTEM else door


def _written(outputs: list[Row]) -> Iterator[Line]:
    for row in outputs:
        place = f"{row['kanaal']}, map {row['map']}" if row["map"] else row["kanaal"]
        yield row["soort"], f"outbox van {place}; {_fate(row)}"
        yield "", row["bestand"]


def _fate(row: Row) -> str:
    if row["te_schrijven"]:
        return "wordt geschreven zodra de service of corv verwerk draait"
    if row["bezorgd_op"] is None:
        return f"klaargezet op {local_time(row['klaargezet_op'])}, wacht op bezorging"
    delivered = f"bezorgd op {local_time(row['bezorgd_op'])}"
    if row["opgehaald_op"] is None:
        return f"{delivered}, nog niet opgehaald"
    if not row["opgehaald_op"]:
        return f"{delivered}, niet bekend wanneer opgehaald"
    return f"{delivered}, opgehaald vóór {local_time(row['opgehaald_op'])}"


def _belongs(related: Message) -> Iterator[Line]:
    if related["hoort_bij"] is not None:
        yield "hoort bij", _relative(related["hoort_bij"])
    for row in related["hierbij"]:
        yield "hierbij hoort", _relative(row)
    more = related["aantal_hierbij"] - len(related["hierbij"])
    yield "", f"en nog {number(more)}; zie corv keten" if more > 0 else None
    tied = related["aantal_gekoppeld"]
    yield (
        "met de hand",
        f"gekoppeld aan {number(tied)} {'bericht' if tied == 1 else 'berichten'}; zie corv keten" if tied else None,
    )


def _relative(row: Row) -> str:
    kind = row["functie"] or row["berichtcode"] or "onbekend bericht"
    return f"{short(row['id'])}  {kind}, {row['status']}, ontvangen {local_time(row['ontvangen_op'])} via {row['kanaal']}"


def _happened(events: list[Row]) -> Iterator[Line]:
    for event in events:
        yield local_time(event["op"]), tell(event["soort"], event["gegevens"])
