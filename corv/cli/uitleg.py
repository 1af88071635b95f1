"""`corv verklaar`: what would become of a file, and why. Changes nothing."""

from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import click

from corv import config
from corv.checks import checks_of
from corv.cli.bestand import ORDINARY_FILE
from corv.cli.controle import print_report, report_json
from corv.cli.tonen import console, facts, json_option, print_json
from corv.cli.waarom import Line, attempts, decided_by, evidence, sources
from corv.clock import utc_now
from corv.database import open_for_reading
from corv.errors import ConfigError
from corv.logs import configure_logs
from corv.outcome import Outcome
from corv.outcome_rows import attempts_json, explained
from corv.routing import tried
from corv.settings import Kant, Settings
from corv.verklaren import Foresight, foresee


@click.command(options_metavar="[OPTIES]")
@click.argument("bestanden", metavar="BESTAND...", nargs=-1, required=True, type=ORDINARY_FILE)
@click.option(
    "--kanaal",
    type=click.Choice([kant.value for kant in Kant]),
    help="Doe alsof het bestand via dit kanaal komt. Anders: dat van de inbox waarin het ligt, of eigen als de zender van uw "
    "organisatie is, en verder corv.",
)
@json_option
@click.pass_obj
def verklaar(map_: Path, bestanden: tuple[Path, ...], kanaal: str | None, as_json: bool) -> int:
    """Vertel wat er met bestanden zou gebeuren als zij nu binnenkwamen, en waarom. Verandert niets.

    Noemt per bestand wat eraan mankeert, wat de adressen zeggen, elke regel die is geprobeerd, het besluit en wat er zou worden
    geschreven. Geeft 1 als een bestand niet vanzelf zou worden geaccepteerd of doorgestuurd; van een herhaling telt wat er van
    het eerste bericht is geworden.

    \b
    Voorbeeld:  corv verklaar melding.xml
    Voorbeeld:  corv verklaar --kanaal corv --json melding.xml
    """
    configure_logs(quiet=True)
    settings, is_good = config.load(map_), True
    if not settings.organisatie.oins:
        raise ConfigError(["config/corv.toml: [organisatie] oins is nog leeg; zonder uw OIN wordt over geen bericht besloten."])
    database = closing(open_for_reading(settings.database)) if settings.database.exists() else nullcontext()
    with database as db, closing(checks_of(settings)) as checks:
        for bestand in bestanden:
            kant = Kant(kanaal) if kanaal else _side_by_place(bestand, settings)
            foresight = foresee(bestand, kant, db, settings, checks, utc_now())
            is_good = is_good and foresight.is_good
            if as_json:
                print_json(foresight_json(foresight))
            else:
                _print(foresight)
    return 0 if is_good else 1


def _side_by_place(bestand: Path, settings: Settings) -> Kant | None:
    """From which side a file comes that lies in an inbox, where a pass would take it; None elsewhere."""
    place = bestand.absolute().parent.resolve()  # of the name: a pass looks at what it is called, not at what it links to
    return next((kanaal.kant for kanaal in settings.kanalen if kanaal.inbox.resolve() == place), None)


def foresight_json(foresight: Foresight) -> dict[str, Any]:
    """What would become of one file, in the form of `corv verklaar --json`."""
    outcome, decision, first = foresight.outcome, foresight.outcome.decision, foresight.eerste
    why = explained(outcome.verklaring) if outcome.verklaring is not None else {}
    return {
        **report_json(foresight.report),
        "werkgebied": why.get("werkgebied"),
        "regels": attempts_json(tried(decision.regel, decision.reden, decision.pogingen)),
        "regelbestand": why.get("regelbestand"),
        "tabellen": why.get("tabellen"),
        "besluit": {
            "status": decision.status.value,
            "actie": decision.actie.value,
            "naar": decision.naar,
            "regel": decision.regel,
            "reden": decision.reden,
            "foutcode": decision.foutcode,
            "eerste": {"kenmerk": str(first.id), "status": first.status.value} if first is not None else None,
        },
        "uitvoer": [{"soort": str(output.soort), "kanaal": output.kanaal} for output in outcome.outputs],
    }


def _print(foresight: Foresight) -> None:
    plain = foresight_json(foresight)
    print_report(foresight.report)
    blocks = {
        "Wat de adressen zeggen": evidence(plain["werkgebied"]),
        "Welke regels zijn geprobeerd": attempts(plain["regels"]),
        "Wat er zou worden besloten": _decided(plain),
        "Wat er zou worden geschreven": _written(foresight.outcome),
    }
    out = console()
    for title, lines in blocks.items():
        if shown := list(lines):
            click.echo()
            out.print(facts(title, shown))
    click.echo()


def _decided(plain: dict[str, Any]) -> Iterator[Line]:
    besluit = plain["besluit"]
    first = besluit["eerste"]
    also = f" Het eerste is {first['kenmerk']}, met status {first['status']}." if first is not None else ""
    yield besluit["actie"], besluit["reden"] + also
    yield "", decided_by(besluit)
    yield "status", besluit["status"]
    if plain["regelbestand"] is not None:
        yield from sources(plain)


def _written(outcome: Outcome) -> Iterator[Line]:
    for output in outcome.outputs:
        yield output.soort, f"outbox van {output.kanaal}, map {output.map}" if output.map else f"outbox van {output.kanaal}"
    if not outcome.outputs:
        yield "niets", "Dit bericht krijgt geen antwoord en gaat nergens heen."
