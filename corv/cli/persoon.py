"""Who acts and why: the options of every command with which a person changes something.

Both are kept for years and shown by other commands, so they are one line of ordinary text.
"""

import getpass
import os
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

import click

from corv.outcome_rows import SYSTEM

_Command = TypeVar("_Command", bound=Callable[..., Any])

LONGEST_NAME, LONGEST_REASON = 100, 500

_NOT_ON_A_LINE = ("C", "Zl", "Zp")
"""Unicode categories that could rewrite the screen or break a line."""


class OneLine(click.ParamType[str]):
    """One line of text without the white space around it: not blank, not longer than `longest`, no control characters."""

    def __init__(self, name: str, longest: int) -> None:
        self.name = name
        self._longest = longest

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, or a sentence that says what is wrong with it."""
        text = value.strip()
        if not text:
            self.fail("dit mag niet leeg zijn.", param, ctx)
        if len(text) > self._longest:
            self.fail(f"dit mag hoogstens {self._longest} tekens lang zijn; het zijn er {len(text)}.", param, ctx)
        if any(unicodedata.category(char).startswith(_NOT_ON_A_LINE) for char in text):
            self.fail("schrijf dit op één regel, zonder stuurtekens.", param, ctx)
        return text


class PersonName(OneLine):
    """The name of a person, so not the name under which this program itself decides."""

    def __init__(self) -> None:
        super().__init__("naam", LONGEST_NAME)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, or a sentence that says what is wrong with it."""
        name = super().convert(value, param, ctx)
        if name.casefold() == SYSTEM:
            self.fail(f"onder de naam {SYSTEM} besluit de applicatie zelf; geef uw eigen naam met --door NAAM.", param, ctx)
        return name


def login_name() -> str:
    """The login of the person at the keyboard, also behind sudo. Raises UsageError when nobody can be told."""
    try:
        name = os.getlogin()
    except OSError:  # no terminal, as in a container or from cron
        name = os.environ.get("SUDO_USER", "")
    try:
        name = name.strip() or getpass.getuser().strip()
    except (OSError, KeyError):  # a user number without a name
        name = ""
    if not name:
        raise click.UsageError("Uw loginnaam is niet te bepalen. Geef uw naam met --door NAAM.")
    return name


door_option = click.option(
    "--door",
    metavar="NAAM",
    type=PersonName(),
    default=login_name,
    help="Wie dit doet; anders uw loginnaam. Het wordt vastgelegd.",
)
"""`--door NAAM`: argument `door`, never empty."""


def _reden(help_: str, **more: Any) -> Callable[[_Command], _Command]:
    """The option; `more` is click's. To say of one that is required that its default is None would make it optional."""
    return click.option("--reden", metavar="TEKST", type=OneLine("tekst", LONGEST_REASON), help=help_, **more)


_WHY = "Waarom, in één zin. Het wordt vastgelegd: noem geen namen of andere persoonsgegevens."

reden_option = _reden(_WHY, required=True)
"""`--reden TEKST`: argument `reden`, required and not blank."""

reden_bij_uitvoeren_option = _reden(f"Bij --uitvoeren verplicht. {_WHY}")
"""`--reden TEKST` for a command that changes nothing without --uitvoeren: argument `reden`, None when it was not given."""


def reden_or(default: str) -> Callable[[_Command], _Command]:
    """`--reden TEKST` for a command of which the reason goes without saying: argument `reden`, never blank."""
    return _reden(f"{_WHY} Anders: {default}.", default=default)
