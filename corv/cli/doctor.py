"""`corv doctor`: what of the installation works, tried for real, for who installs and for who looks for the cause."""

import time
from collections.abc import Iterable
from pathlib import Path

import click
from rich.text import Text

from corv.cli.opdracht import corv
from corv.cli.tonen import cell, console, json_option, print_json_lines, visible
from corv.clock import utc_now
from corv.doctor import examine
from corv.doctor.values import Line, Toestand

_STATE_WIDTH = 8


@click.command(options_metavar="[OPTIES]")
@click.option("--grondig", is_flag=True, help="Kijk ook een grote database helemaal na; dat kan minuten duren.")
@click.option("--alles", is_flag=True, help="Toon ook van alles wat goed is de zin; anders alleen de naam van de proef.")
@json_option
@click.pass_obj
def doctor(map_: Path, grondig: bool, alles: bool, as_json: bool) -> int:
    """Beproef de installatie echt: mappen, schijven, rechten, klok, database, schema's en de machine. Een zin per bevinding.

    Mag terwijl de service draait, en ook voor de eerste start. Corv zet kleine proefbestanden neer die niemand oppakt, en haalt
    ze meteen weer weg. De map met het ergste staat bovenaan. Geeft 0 als alles goed is, 1 als er iets is gevonden, 2 als de
    configuratie fout is en 3 als corv zelf faalt.

    \b
    Voorbeeld:  corv --map /srv/corv doctor
    Voorbeeld:  corv doctor --alles
    """
    diagnosis = examine(map_, utc_now(), time.time, is_thorough=grondig)
    if as_json:
        print_json_lines(
            {"proef": line.proef, "waar": line.waar, "toestand": line.toestand, "tekst": line.tekst, "doe": line.doe}
            for line in diagnosis.lines
        )
    else:
        _print(diagnosis.lines, is_whole=alles)
    return diagnosis.exit_code


def _print(lines: Iterable[Line], *, is_whole: bool) -> None:
    """A block for each place, the worst first; in a block too. Without `is_whole` what is good is one line of names a block."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.waar, []).append(line)
    out, names = console(), max(len(line.proef) for line in lines)
    for waar, group in sorted(groups.items(), key=lambda item: -max(line.toestand.rank for line in item[1])):
        out.print(Text(visible(waar), style="bold"), soft_wrap=True)
        for line in sorted(group, key=lambda line: -line.toestand.rank):
            if is_whole or line.toestand is not Toestand.GOED:
                out.print(Text.assemble("  ", _state(line), f"{line.proef:<{names}}  ", visible(line.tekst)), soft_wrap=True)
            if line.doe:
                out.print(Text(f"{'':<{_STATE_WIDTH + names + 4}}{visible(line.doe)}"), soft_wrap=True)
        good = [line for line in group if line.toestand is Toestand.GOED]
        if good and not is_whole:
            out.print(Text.assemble("  ", _state(good[0]), ", ".join(dict.fromkeys(line.proef for line in good))), soft_wrap=True)
    numbers = [sum(line.toestand is state for line in lines) for state in reversed(Toestand)]
    out.print("\n{} fout, {} let op, {} goed.".format(*numbers))
    if not is_whole:
        out.print(f"Wat bij goed is gevonden: {corv()} doctor --alles")


def _state(line: Line) -> Text:
    state = cell(line.toestand.replace("_", " "))
    state.pad_right(_STATE_WIDTH - len(state))
    return state
