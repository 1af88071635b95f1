"""`corv voorbeeld`: messages about people who don't exist, to try a chain with."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
from click.core import ParameterSource
from lxml import etree

from corv import config
from corv.cli.bestand import ORDINARY_FILE, Folder
from corv.cli.getal import WholeNumber
from corv.cli.proefbericht import all_kinds, answered, given_oin, in_gemeente, known_fault, known_kind, shown_kinds
from corv.cli.tonen import console, for_a_program, json_option, print_json_lines, table, warn
from corv.controle import GROOTSTE_BESTAND
from corv.durable import write_new
from corv.errors import UsageError
from corv.rechten import PUBLIC_FILE
from corv.schemas import Schemas
from corv.settings import Settings
from corv.tabellen.bestanden import load
from corv.voorbeeld import MAKERS, make
from corv.voorbeeld.fouten import FOUTEN, broken
from corv.voorbeeld.making import serialise
from corv.voorbeeld.vraag import Vraag
from corv.voorbeeld.world import REGIO, WIJ, Deelnemer, World

_MOST = 9999
_LARGEST_ZAAD = 10**12


class _Order:
    """What is asked for, once it is known to be possible. A message is made each time that it is asked."""

    def __init__(self, naam: str, zaad: int, code: str, world: World) -> None:
        self.naam, self.zaad, self.code, self._world = naam, zaad, code, world

    def root(self, number: int) -> etree._Element:
        """The so many-th message, before anything is broken."""
        return make(self.naam, self.zaad, number, self._world, self.code)

    def content(self, number: int) -> bytes:
        """The file of the so many-th message."""
        if self.code:
            return broken(self.naam, self.zaad, number, self._world, self.code)
        return serialise(self.root(number))

    def file_name(self, number: int) -> str:
        """How that file is called."""
        return f"{self.naam}-{self.zaad}-{number:04}{f'-{self.code}' if self.code else ''}.xml"


@click.command(options_metavar="[OPTIES]")
@click.argument("functie", metavar="[FUNCTIE]", required=False)
@click.option(
    "--aantal", type=WholeNumber(1, _MOST), default=1, metavar="N", help="Hoeveel berichten; meer dan een gaan naar --naar."
)
@click.option(
    "--zaad",
    type=WholeNumber(0, _LARGEST_ZAAD),
    default=1,
    metavar="GETAL",
    help="Een ander zaad geeft andere berichten; hetzelfde zaad dezelfde.",
)
@click.option("--fout", "code", metavar="CODE", help="Met precies deze fout erin; zie --fouten.")
@click.option("--fouten", is_flag=True, help="Noem de fouten die kunnen, en wat er dan mis is.")
@click.option(
    "--op",
    "question",
    type=ORDINARY_FILE,
    metavar="BESTAND",
    help="Het bericht waarop dit antwoordt; daaruit komen mensen, zender, ontvanger en nummers.",
)
@click.option("--naar", type=Folder(must_exist=True), metavar="MAP", help="Schrijf bestanden in deze map.")
@click.option("--van", metavar="OIN", help="De OIN van de zender.")
@click.option("--aan", metavar="OIN", help="De OIN van de ontvanger.")
@click.option("--gemeente", metavar="NAAM", help="De gemeente waar het kind woont, ook een buiten uw regio.")
@json_option
@click.pass_context
def voorbeeld(  # noqa: PLR0913 - one argument an option
    ctx: click.Context,
    functie: str | None,
    aantal: int,
    zaad: int,
    code: str | None,
    fouten: bool,
    question: Path | None,
    naar: Path | None,
    van: str | None,
    aan: str | None,
    gemeente: str | None,
    as_json: bool,
) -> int:
    """Maak een voorbeeldbericht over mensen die niet bestaan, om een keten mee te proberen.

    FUNCTIE is een van de 18 berichten, zoals vtMelding of Bv01. Eén bericht gaat naar de standaarduitvoer; met --naar of meer dan
    een --aantal worden het bestanden. Met een werkmap is het bericht aan of van uw organisatie, en woont het kind in
    uw regio; --gemeente kiest een andere plaats. Met --op is het antwoord zo verzonnen als het bericht waarop het antwoordt: noem
    dus geen echt bericht als iemand het antwoord ziet die het echte niet mag zien.

    \b
    Voorbeeld:  corv voorbeeld vtMelding
    Voorbeeld:  corv voorbeeld vtMelding --aantal 10 --naar inbox/corv
    Voorbeeld:  corv voorbeeld vtMelding --gemeente Enschede --zaad 7
    Voorbeeld:  corv voorbeeld notificatie --fout StUF055
    Voorbeeld:  corv voorbeeld Bv01 --op vto.xml
    Voorbeeld:  corv voorbeeld --fouten
    """
    naam = known_kind(functie) if functie is not None else None
    if fouten:
        _print_faults(naam, as_json=as_json)
        return 0
    if naam is None:
        raise UsageError(f"Noem ook welk bericht: {all_kinds()}.")
    settings = _settings(ctx)
    vraag = answered(naam, question, settings.verwerking.grootste_bestand if settings else GROOTSTE_BESTAND)
    known = replace(_world(settings), van=given_oin("--van", van), aan=given_oin("--aan", aan), vraag=vraag)
    order = _Order(naam, zaad, known_fault(naam, code, question), in_gemeente(known, naam, gemeente))
    if vraag is not None:
        _warn_of(vraag, question, order)
    if naar is None and aantal == 1:
        if as_json:
            raise UsageError("--json geeft de namen van bestanden: noem ook --naar MAP.")
        for_a_program()
        click.echo(order.content(1), nl=False)
        return 0
    written = _write(order, naar or Path(), aantal)
    if as_json:
        print_json_lines({"bestand": str(path), "functie": naam, "zaad": zaad, "fout": order.code or None} for path in written)
        return 0
    for path in written:
        click.echo(str(path))
    return 0


def _warn_of(vraag: Vraag, question: Path | None, order: _Order) -> None:
    """Say what the user must know of the message that is answered."""
    if not vraag.is_example:
        source = f"{question} is geen voorbeeld van corv. Mensen, zender, ontvanger en nummers in het antwoord komen daaruit."
        warn(f"{source} Is dat bericht echt, laat het antwoord dan alleen zien aan wie ook dat bericht mag zien.")
    if Schemas().validate(order.root(1)):
        warn("Het antwoord is niet volgens het schema, omdat het bericht waarop het antwoordt dat ook niet is.")


def _write(order: _Order, folder: Path, aantal: int) -> Iterator[Path]:
    """Write the files; one that is there already with the same content is left, anything else of that name stops it all."""
    paths = {number: folder / order.file_name(number) for number in range(1, aantal + 1)}
    there = {number for number, path in paths.items() if os.path.lexists(path)}
    for number in there:
        if not paths[number].is_file():
            raise UsageError(f"{paths[number]} is er al, en is geen gewoon bestand. Kies een andere map of een ander zaad.")
        if paths[number].read_bytes() != order.content(number):
            raise UsageError(f"{paths[number]} is er al, met een andere inhoud. Kies een andere map of een ander zaad.")
    for number, path in paths.items():
        if number not in there:
            write_new(path, order.content(number), PUBLIC_FILE)  # about nobody, and meant for another program
        yield path


def _settings(ctx: click.Context) -> Settings | None:
    """Those of the working folder; None where there is none, and none was asked for."""
    map_: Path = ctx.obj
    is_named = ctx.find_root().get_parameter_source("map_") is not ParameterSource.DEFAULT
    return config.load(map_) if is_named or (map_ / "config" / "corv.toml").exists() else None


def _world(settings: Settings | None) -> World:
    """Who we are by the working folder; an invented organisation where there is none."""
    if settings is None:
        return World(load(None, []))
    organisatie = settings.organisatie
    wij = Deelnemer(organisatie.oin or WIJ.oin, organisatie.applicatie, organisatie.naam)
    return World(settings.tabellen, wij, organisatie.werkgebied or REGIO)


def _print_faults(naam: str | None, *, as_json: bool) -> None:
    """The faults that can be made, in this kind of message or in any."""
    found = {code: fout for code, fout in FOUTEN.items() if naam is None or naam in fout.voor}
    if as_json:
        print_json_lines(
            {
                "code": code,
                "tekst": fout.wat,
                "functies": [kind for kind in MAKERS if kind in fout.voor],
                "te_zien_met": fout.met,
            }
            for code, fout in found.items()
        )
        return
    rows = [(code, fout.wat, shown_kinds(fout.voor), fout.met) for code, fout in found.items()]
    console().print(table("", ("code", "wat er dan mis is", "bij", "te zien met"), rows))
