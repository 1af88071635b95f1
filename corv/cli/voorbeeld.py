"""`corv voorbeeld`: messages about people who don't exist, to try a chain with."""

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import click
from click.core import ParameterSource
from lxml import etree

from corv import config
from corv.adressen import VORMEN
from corv.cli.bestand import ORDINARY_FILE
from corv.cli.getal import WholeNumber
from corv.cli.tonen import console, for_a_program, json_option, print_json_lines, table, warn
from corv.durable import write_new
from corv.errors import UsageError
from corv.schemas import Schemas
from corv.stuf import is_oin
from corv.tabellen.bestanden import load
from corv.voorbeeld import MAKERS, make
from corv.voorbeeld.fouten import ALL, ANSWERS, FOUTEN, MESSAGES, ZONDER, broken
from corv.voorbeeld.making import serialise
from corv.voorbeeld.vraag import Vraag, read_vraag
from corv.voorbeeld.world import REGIO, WIJ, Deelnemer, World

_MOST = 9999


class _Order:
    """What is asked for, once it is known to be possible. A message is made each time that it is asked."""

    def __init__(self, naam: str, zaad: int, code: str, world: World) -> None:
        self.naam, self.zaad, self.code, self._world = naam, zaad, code, world

    def root(self, number: int) -> etree._Element:
        """The so many-th message, before anything is broken."""
        return make(self.naam, self.zaad, number, self._world, self.code)

    def content(self, number: int) -> bytes:
        """The file of the so many-th message."""
        root = self.root(number)
        return broken(root, self.code, self.zaad, number) if self.code else serialise(root)

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
    type=WholeNumber(0),
    default=1,
    metavar="GETAL",
    help="Een ander zaad geeft andere berichten; hetzelfde zaad dezelfde.",
)
@click.option("--fout", "code", metavar="CODE", help="Met precies deze fout erin; zie --fouten.")
@click.option("--fouten", is_flag=True, help="Noem de fouten die kunnen, en wat er dan mis is.")
@click.option("--op", "question", type=ORDINARY_FILE, metavar="BESTAND", help="Het bericht waarop dit antwoordt.")
@click.option(
    "--naar", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="MAP", help="Schrijf bestanden in deze map."
)
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
    uw regio; --gemeente kiest een andere plaats.

    \b
    Voorbeeld:  corv voorbeeld vtMelding
    Voorbeeld:  corv voorbeeld vtMelding --aantal 10 --naar inbox/corv
    Voorbeeld:  corv voorbeeld vtMelding --gemeente Enschede --zaad 7
    Voorbeeld:  corv voorbeeld notificatie --fout StUF055
    Voorbeeld:  corv voorbeeld Bv01 --op vto.xml
    Voorbeeld:  corv voorbeeld --fouten
    """
    naam = _known_kind(functie) if functie is not None else None
    if fouten:
        _print_faults(naam, as_json=as_json)
        return 0
    if naam is None:
        raise UsageError(f"Noem ook welk bericht: {_kinds()}.")
    known = replace(_world(ctx), van=_oin("--van", van), aan=_oin("--aan", aan), vraag=_question(naam, question))
    order = _Order(naam, zaad, _known_fault(naam, code, question), _in_gemeente(known, naam, gemeente))
    if question is not None and Schemas().validate(order.root(1)):
        warn("Het antwoord is niet volgens het schema, omdat het bericht waarop het antwoordt dat ook niet is.")
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


def _write(order: _Order, folder: Path, aantal: int) -> Iterator[Path]:
    """Write the files; one that is there already with the same content is left, one with another content stops it all."""
    paths = {number: folder / order.file_name(number) for number in range(1, aantal + 1)}
    there = {number for number, path in paths.items() if path.exists()}
    for number in there:
        if paths[number].read_bytes() != order.content(number):
            raise UsageError(f"{paths[number]} is er al, met een andere inhoud. Kies een andere map of een ander zaad.")
    for number, path in paths.items():
        if number not in there:
            write_new(path, order.content(number))
        yield path


def _known_kind(functie: str) -> str:
    """The kind of message by its name, with or without what it ends with, in capitals or not."""
    wanted = functie.lower()
    for naam in MAKERS:
        if wanted in {naam.lower(), _short(naam).lower()}:
            return naam
    raise UsageError(f"'{functie}' is geen bericht van het koppelvlak. Deze zijn er: {_kinds()}.")


def _known_fault(naam: str, code: str | None, question: Path | None) -> str:
    """The code of a fault that can be made in this kind of message; '' for none."""
    if code is None:
        return ""
    exact = {known.lower(): known for known in (*FOUTEN, *ZONDER)}.get(code.lower())
    if exact is None:
        raise UsageError(f"'{code}' is geen fout waarvan er een voorbeeld is. Deze zijn er: {', '.join(FOUTEN)}.")
    if exact in ZONDER:
        raise UsageError(f"Van {exact} is geen voorbeeld te maken: {ZONDER[exact]}.")
    if naam not in FOUTEN[exact].voor:
        raise UsageError(f"{exact} kan niet bij {_short(naam)}. Het kan bij: {_shown_kinds(FOUTEN[exact].voor)}.")
    if FOUTEN[exact].needs_question and question is None:
        raise UsageError(f"{exact} is er alleen bij een antwoord op een bericht dat u hebt: noem dat bericht met --op.")
    return exact


def _question(naam: str, path: Path | None) -> Vraag | None:
    """The message that is answered. Raises UsageError where one kind of message does not answer the other."""
    if path is None:
        return None
    answers = MAKERS[naam].answers
    if answers == ():
        raise UsageError(f"{_short(naam)} is geen antwoord op een bericht; --op kan daar niet bij.")
    vraag = read_vraag(path.read_bytes(), str(path))
    if answers is not None and vraag.soort.naam not in answers:
        raise UsageError(f"{_short(naam)} antwoordt op {_short(answers[0])}, en {path} is een {_short(vraag.soort.naam)}.")
    return vraag


def _world(ctx: click.Context) -> World:
    """Who we are by the working folder; an invented organisation where there is none, and none was asked for."""
    map_: Path = ctx.obj
    is_named = ctx.find_root().get_parameter_source("map_") is not ParameterSource.DEFAULT
    if not is_named and not (map_ / "config" / "corv.toml").exists():
        return World(load(None, []))
    settings = config.load(map_)
    organisatie = settings.organisatie
    wij = Deelnemer(organisatie.oin or WIJ.oin, organisatie.applicatie, organisatie.naam)
    return World(settings.tabellen, wij, organisatie.werkgebied or REGIO)


def _in_gemeente(world: World, naam: str, gemeente: str | None) -> World:
    """The same world, with the child in that gemeente."""
    if gemeente is None:
        return world
    if naam not in VORMEN:
        raise UsageError(f"In {_short(naam)} staat geen adres; --gemeente kan daar niet bij.")
    found = world.gemeente_of(gemeente)
    if found is None:
        near = get_close_matches(gemeente, world.places.gemeenten.values(), n=2, cutoff=0.6)
        hint = f" Bedoelt u {' of '.join(near)}?" if near else ""
        raise UsageError(f"'{gemeente}' is geen gemeente in de tabellen.{hint}")
    return replace(world, gemeente=found)


def _oin(option: str, oin: str | None) -> str:
    if oin is not None and not is_oin(oin):
        raise UsageError(f"{option} moet een OIN zijn: 20 cijfers.")
    return oin or ""


def _short(naam: str) -> str:
    return naam.removesuffix("Di01").removesuffix("Bericht")


def _kinds() -> str:
    return ", ".join(_short(naam) for naam in MAKERS)


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
    rows = [(code, fout.wat, _shown_kinds(fout.voor), fout.met) for code, fout in found.items()]
    console().print(table("", ("code", "wat er dan mis is", "bij", "te zien met"), rows))


def _shown_kinds(kinds: frozenset[str]) -> str:
    """The kinds of message in as few words as say it."""
    in_words = {ALL: "alle", MESSAGES: "alle Di01", ANSWERS: "Bv en Fo"}.get(kinds)
    return in_words or ", ".join(_short(naam) for naam in MAKERS if naam in kinds)
