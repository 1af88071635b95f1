"""`corv gezondheid`: how it is, for a person in the morning and for a monitoring program all day."""

from pathlib import Path
from typing import Any

import click
from rich.text import Text

from corv.cli.tonen import cell, console, json_option, print_json, visible
from corv.clock import utc_now
from corv.health import Health
from corv.health.values import Subject
from corv.health_facts import look


@click.command(options_metavar="[OPTIES]")
@json_option
@click.pass_obj
def gezondheid(map_: Path, as_json: bool) -> int:
    """Zeg per onderwerp hoe het ermee is; het ergste en dan het oudste staat bovenaan.

    Verandert niets, en mag terwijl de service draait. De afsluitcode is die van bewakingsprogramma's: 0 goed, 1 waarschuwing,
    2 kritiek, 3 onbekend.

    \b
    Voorbeeld:  corv --map /srv/corv gezondheid
    """
    health = look(map_, utc_now())
    if as_json:
        print_json(_as_json(health))
    else:
        _print(health)
    return health.toestand.exit_code


def _as_json(health: Health) -> dict[str, Any]:
    return {
        "toestand": health.toestand,
        "op": health.op.isoformat(),
        "onderwerpen": [_subject(subject, health) for subject in health.onderwerpen],
    }


def _subject(subject: Subject, health: Health) -> dict[str, Any]:
    return {
        "onderwerp": subject.onderwerp,
        "toestand": subject.toestand,
        "aantal": subject.aantal,
        "sinds": subject.sinds.isoformat() if subject.sinds else None,
        "leeftijd_s": subject.age_s(health.op),
        "tekst": subject.tekst,
        "doe": subject.doe,
    }


def _print(health: Health) -> None:
    """One line a subject, whatever the width: a monitoring program takes the first line as its message."""
    out = console()
    names = max(len(subject.onderwerp) for subject in health.onderwerpen)
    for subject in health.onderwerpen:
        state = cell(subject.toestand)
        state.pad_right(13 - len(state))
        out.print(Text.assemble(state, f"{subject.onderwerp:<{names}}  ", visible(subject.tekst)), soft_wrap=True)
    to_do: dict[str, list[str]] = {}
    for subject in health.onderwerpen:
        if subject.doe:
            to_do.setdefault(subject.doe, []).append(subject.onderwerp)
    if to_do:
        out.print("\nWat te doen")
    for doe, subjects in to_do.items():
        out.print(Text(f"  {', '.join(subjects)}: {visible(doe)}"), soft_wrap=True)
