"""`corv beslis` and `corv bezorg`: a person decides about a message, or has a file delivered again."""

import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from uuid import UUID

import click

from corv import config
from corv.app import carry_out
from corv.attention import Person
from corv.audit import Audit
from corv.cli.opdracht import corv
from corv.cli.persoon import door_option, reden_option
from corv.cli.tonen import short, warn
from corv.clock import utc_now
from corv.database import open_for_writing
from corv.desk.deciding import decide, deliver_again, finish
from corv.desk.ruling import Keuze
from corv.desk.worklist import is_written
from corv.errors import CorvError
from corv.handler import Report
from corv.herregels import Wijze
from corv.moments import dutch_day
from corv.schemas import Schemas
from corv.settings import Settings

_WAIT_FOR_OTHERS_S, _LOOK_EVERY_S = 5.0, 0.2


@click.command(options_metavar="[OPTIES]")
@click.argument("kenmerk", metavar="KENMERK")
@click.option("--accepteer", is_flag=True, help="Het is voor ons: bezorg het, met een Bv01 waar dat hoort.")
@click.option("--herrouteer", "naar", metavar="ORGANISATIE", help="Het is voor een ander Veilig Thuis: stuur het door, bv. VT19.")
@click.option("--weiger", is_flag=True, help="Weiger het: de afzender krijgt een Fo01 met uw reden erin.")
@click.option("--afgehandeld", is_flag=True, help="Wat aandacht vroeg of openstond, is gedaan; er wordt niets geschreven.")
@reden_option
@door_option
@click.pass_obj
def beslis(map_: Path, /, kenmerk: str, naar: str | None, reden: str, door: str, **keuzes: bool) -> int:
    """Leg uw besluit over een bericht vast, met uw naam en reden. Dat kan één keer.

    \b
    Voorbeeld:  corv beslis 7f3c9a12b4d0 --accepteer --reden "Het gezin is verhuisd naar onze regio"
    Voorbeeld:  corv beslis 7f3c9a12b4d0 --herrouteer VT19 --reden "Het gezin woont sinds mei in Enschede"
    Voorbeeld:  corv beslis 7f3c9a12b4d0 --afgehandeld --reden "Gebeld met de afzender, er komt een nieuw bericht"
    """
    chosen = [name for name, is_chosen in {**keuzes, "herrouteer": naar is not None}.items() if is_chosen]
    if len(chosen) != 1:
        raise click.UsageError("Kies één van de vier: --accepteer, --herrouteer, --weiger of --afgehandeld.")
    (keuze,) = chosen
    settings, id_, person = _begin(map_, kenmerk, door, reden)
    with closing(open_for_writing(settings.database)) as db:
        if keuze == "afgehandeld":
            still_open = finish(db, settings, id_, person)
            click.echo(f"Vastgelegd: {id_} is afgehandeld door {door}.")
            if still_open:
                warn(f"De melder is ingelicht; dit bericht vraagt nog aandacht om iets anders: {', '.join(still_open)}.")
            return 0
        decision = decide(db, settings, id_, Keuze(keuze), person, Schemas(settings.schemas).validate, naar or "")
        to = f" naar {decision.herrouteer_naar.naam}" if decision.herrouteer_naar else ""
        click.echo(f"Vastgelegd: {id_} is {decision.status}{to} door {door}.")
        if decision.herrouteer_naar is not None and not decision.herrouteer_naar.is_confirmed(dutch_day(person.op)):
            warn(f"De OIN van {decision.herrouteer_naar.naam} is niet bevestigd. Bel of zij het kreeg.")
        if decision.herrouteer_naar is not None and decision.hoort_bij is not None:
            warn(f"Dezelfde melding is al doorgestuurd als bericht {decision.hoort_bij}; zij kan daar nu twee keer aankomen.")
        if decision.tell_melder:
            is_sent = settings.herroutering.wijze is not Wijze.TERUGKOPPELING
            ask = "" if is_sent else " Vraag hem zijn melding zelf te sturen: corv stuurt haar niet door."
            warn(f"De melder krijgt hiervan geen bericht. Bel hem, en leg dat vast met beslis --afgehandeld.{ask}")
        if keuze == "weiger" and not decision.answers:
            warn("De afzender krijgt geen Fo01: er is geen geldig antwoord op dit bericht te maken. Bel hem zelf.")
        return _have_written(map_, id_, partial(is_written, db, str(id_)))


@click.command(options_metavar="[OPTIES]")
@click.argument("kenmerk", metavar="KENMERK")
@click.option("--opnieuw", is_flag=True, required=True, help="Zeg dat u het echt nog eens wilt bezorgen.")
@click.option("--soort", "soorten", metavar="SOORT", multiple=True, help="Welk bestand: Bv01, Fo01, bezorging, ...; mag vaker.")
@reden_option
@door_option
@click.pass_obj
def bezorg(  # noqa: PLR0913 - one argument an option
    map_: Path, kenmerk: str, opnieuw: bool, soorten: tuple[str, ...], reden: str, door: str
) -> int:
    """Bezorg een bestand nog eens: zelfde naam, zelfde inhoud, zelfde referentienummer.

    Dat kan als het is bezorgd en niet meer in de outbox ligt, bijvoorbeeld omdat de andere kant het kwijt is.

    \b
    Voorbeeld:  corv bezorg 7f3c9a12b4d0 --opnieuw --soort Bv01 --reden "De politie heeft geen bevestiging"
    """
    if not opnieuw:
        raise click.UsageError("Een bestand nog eens bezorgen kan alleen met --opnieuw.")
    settings, id_, person = _begin(map_, kenmerk, door, reden)
    with closing(open_for_writing(settings.database)) as db:
        for name in deliver_again(db, settings, id_, soorten, person):
            click.echo(f"Vastgelegd: {name} wordt opnieuw bezorgd.")
        return _have_written(map_, id_, partial(is_written, db, str(id_)))


def _begin(map_: Path, kenmerk: str, door: str, reden: str) -> tuple[Settings, UUID, Person]:
    settings = config.load(map_)
    with Audit(settings.database) as audit:
        return settings, UUID(audit.find(kenmerk)), Person(door, reden, utc_now())


def _have_written(map_: Path, id_: UUID, done: Callable[[], bool]) -> int:
    """Have the files written now, by us or by the running service. What can't be done now is done later by itself."""
    deadline, problems = time.monotonic() + _WAIT_FOR_OTHERS_S, dict[str, None]()
    while True:
        try:
            report = carry_out(map_)
            problems = report.problems if report is not None else {}
        except CorvError as error:
            report, problems = Report(), {str(error): None}
        if done() or report is not None or time.monotonic() >= deadline:
            break
        time.sleep(_LOOK_EVERY_S)
    for problem in problems:
        warn(problem)
    if done():
        click.echo("Wat daarbij hoort, staat in de outbox.")
        return 0
    click.echo(f"Wat daarbij hoort, wordt bij de volgende ronde geschreven. Kijk straks met: {corv()} toon {short(id_)}")
    return 1
