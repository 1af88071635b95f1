"""`corv herroutering verschil`: what other rules would do with the messages that came in before. Changes nothing."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corv import config
from corv.cli.bestand import ORDINARY_FILE
from corv.cli.tonen import Column, json_option, local_minute, number, print_json_lines, print_list, short
from corv.clock import utc_now
from corv.database import Readable, open_for_reading
from corv.outcome import Actie
from corv.periode import FORMS, sinds_wanneer
from corv.settings import Settings

if TYPE_CHECKING:  # it brings along everything that decides, which the other commands of this group do without
    from corv.verschil import Keus, Vergelijking

_BEKEKEN, _ANDERS, _GELIJK, _WEG = "bekeken", "anders", "gelijk", "niet_meer_te_beoordelen"
_INSTELLINGEN = "instellingen_anders"


@click.command(options_metavar="[OPTIES]")
@click.argument("nieuw", metavar="NIEUW.toml", type=ORDINARY_FILE)
@click.option("--sinds", metavar="WANNEER", help=f"Alleen wat sindsdien is ontvangen: {FORMS}.")
@json_option
@click.pass_obj
def verschil(map_: Path, nieuw: Path, sinds: str | None, as_json: bool) -> int:
    """Laat andere regels los op de berichten in het archief waarover de regels beslisten, en toon wat anders zou gaan.

    Verandert niets. Gebruikt van elk bericht de dag van ontvangst, en verder de configuratie en de tabellen van nu. Vergelijkt
    met wat corv toen zelf besloot. Zegt ook of wijze, juiste_organisatie_in of [bewijs] anders is dan nu. Geeft 1 als er iets
    anders is of gaat, of niet meer te beoordelen is.

    \b
    Voorbeeld:  corv herroutering verschil nieuw.toml --sinds 4w
    """
    settings = config.load(map_, nieuw)
    vanaf = sinds_wanneer(sinds, utc_now()) if sinds is not None else None
    other = _other_settings(map_, settings)
    if other and not as_json:
        _print_settings(other)
    counts: Counter[str] = Counter()
    with closing(open_for_reading(settings.database)) as db:
        found = _counted(_with_progress(db, settings, vanaf), counts)
        if as_json:
            print_json_lines(map(_as_json, found))
        elif rows := list(found):
            print_list(_COLUMNS, rows)
    if as_json:
        print_json_lines([{**{name: counts[name] for name in (_BEKEKEN, _ANDERS, _GELIJK, _WEG)}, _INSTELLINGEN: other}])
    else:
        _print_counts(counts)
    return 1 if counts[_ANDERS] or counts[_WEG] or other else 0


def _other_settings(map_: Path, new: Settings) -> list[str]:
    """What is otherwise than in config/herroutering.toml; a mistake there counts as its default."""
    from corv.verschil import other_settings  # noqa: PLC0415 - see TYPE_CHECKING above

    return other_settings(config.read_all(map_)[0].herroutering, new.herroutering)


def _print_settings(other: Sequence[str]) -> None:
    click.echo(f"Anders dan in config/{config.RULES}: {', '.join(other)}.")
    if set(other) - {"bewijs"}:
        click.echo(
            "Met een andere wijze of juiste_organisatie_in wordt bij het doorsturen iets anders geschreven. "
            "Dat staat niet in de lijst."
        )


def _counted(compared: Iterable["Vergelijking"], counts: Counter[str]) -> Iterator["Vergelijking"]:
    """Those that would go elsewhere; all are counted."""
    for one in compared:
        counts[_BEKEKEN] += 1
        counts[_WEG if one.nieuw is None else _ANDERS if one.is_anders else _GELIJK] += 1
        if one.is_anders:
            yield one


def _with_progress(db: Readable, settings: Settings, vanaf: datetime | None) -> Iterator["Vergelijking"]:
    """The same, with a bar while a person waits."""
    from corv.verschil import compare, count  # noqa: PLC0415 - see TYPE_CHECKING above

    compared = compare(db, settings, vanaf)
    if not sys.stderr.isatty():
        yield from compared
        return
    from rich.console import Console  # noqa: PLC0415 - an answer for a program does without
    from rich.progress import track  # noqa: PLC0415 - idem

    total = count(db, vanaf)
    yield from track(compared, "berichten", total=total, console=Console(stderr=True), transient=True)


def _told(keus: "Keus | None") -> str:
    if keus is None:
        return ""
    is_proposal = keus.actie == Actie.BEOORDEEL
    to = f"{', voorstel' if is_proposal else ' naar'} {keus.naar}" if keus.naar else ""
    return f"{keus.actie}{to} (regel {keus.regel})"


_COLUMNS = (
    Column["Vergelijking"]("kenmerk", 0, lambda one: short(one.kenmerk)),
    Column["Vergelijking"]("ontvangen", 0, lambda one: local_minute(one.ontvangen_op)),
    Column["Vergelijking"]("functie", 120, lambda one: one.functie),
    Column["Vergelijking"]("toen", 0, lambda one: _told(one.toen)),
    Column["Vergelijking"]("nieuw", 0, lambda one: _told(one.nieuw)),
    Column["Vergelijking"]("waarom", 80, lambda one: one.waarom),
)


def _as_json(one: "Vergelijking") -> dict[str, Any]:
    return asdict(one)


def _print_counts(counts: Counter[str]) -> None:
    told = {_BEKEKEN: "bekeken", _ANDERS: "anders", _GELIJK: "gelijk", _WEG: "niet meer te beoordelen"}
    click.echo(", ".join(f"{word}: {number(counts[name])}" for name, word in told.items()))
    if counts[_WEG]:
        click.echo("Niet meer te beoordelen is een bericht waarvan de inhoud weg is uit het archief, of er is veranderd.")
