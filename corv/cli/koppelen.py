"""`corv koppel`: a person ties two messages of which no number says that they belong together, or unties them."""

from contextlib import closing
from pathlib import Path
from uuid import UUID

import click

from corv.attention import Person
from corv.audit import Audit
from corv.cli.opdracht import corv
from corv.cli.persoon import door_option, reden_option
from corv.cli.tonen import short
from corv.clock import utc_now
from corv.database import open_for_writing
from corv.desk.ties import Effect, tie, untie
from corv.outcome import Status
from corv.settings import database_of


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
    database = database_of(map_)
    with Audit(database) as audit:
        first, second = UUID(audit.find(een)), UUID(audit.find(ander))
    person = Person(door, reden, utc_now())
    with closing(open_for_writing(database)) as db:
        effect = (untie if los else tie)(db, first, second, person)
    click.echo(f"{'Losgekoppeld' if los else 'Gekoppeld'}: {first} en {second}, door {door}.")
    for sentence in _untied(effect) if los else _tied(effect):
        click.echo(sentence)
    click.echo(f"Bekijk het geheel: {corv()} keten {short(first)}")


def _tied(effect: Effect) -> list[str]:
    if effect.antwoord is None or effect.vraag is None:
        return ["Zij staan nu bij elkaar; verder verandert er niets."]
    said = [f"{short(effect.antwoord)} geldt nu als antwoord op {short(effect.vraag)}."]
    if effect.is_fault:
        said.append(f"Het is een foutbericht: {short(effect.vraag)} heeft nu status {effect.status} en vraagt aandacht.")
    return said


def _untied(effect: Effect) -> list[str]:
    if effect.antwoord is None or effect.vraag is None:
        return ["Verder verandert er niets."]
    said = [f"{short(effect.antwoord)} geldt niet meer als antwoord op {short(effect.vraag)}."]
    if effect.is_fault and effect.status is Status.BEANTWOORD_MET_FOUT:
        said.append(f"Er is nog een ander foutbericht op {short(effect.vraag)}; daar verandert niets aan status en aandacht.")
    elif effect.is_fault:
        said.append(f"{short(effect.vraag)} heeft weer status {effect.status} en vraagt hiervoor geen aandacht meer.")
    return said
