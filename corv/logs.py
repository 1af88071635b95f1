"""Logs: one record a message, on standard error. For a person on a terminal, as JSON lines for everything else."""

import logging
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress

import structlog
from structlog.typing import EventDict

from corv.eigenregels import EigenRegel
from corv.printable import json_text, visible


class _NeverFails(structlog.PrintLogger):
    """Prints; a full disk or a closed pipe under standard error must not stop the handling of messages."""

    def msg(self, message: str) -> None:
        with suppress(OSError, ValueError):
            super().msg(message)

    log = debug = info = warn = warning = msg
    fatal = failure = err = error = critical = exception = msg


def configure_logs(*, quiet: bool) -> None:
    """Set up structlog for this process. `quiet` keeps only warnings and errors, for a command that prints its own answer."""
    is_terminal = sys.stderr.isatty()
    renderer = structlog.dev.ConsoleRenderer() if is_terminal else structlog.processors.JSONRenderer(json_text)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="op"),
            *([_visible] if is_terminal else []),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        logger_factory=lambda *_: _NeverFails(sys.stderr),
    )


def _visible(_logger: object, _name: str, facts: EventDict) -> EventDict:
    """A referentienummer is a sender's text."""
    return {key: visible(value) if isinstance(value, str) else value for key, value in facts.items()}


def log_own_failure(error: Exception, **facts: object) -> None:
    """A failure of our own code, without its text, which may quote a message: the place and the facts find the cause."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    structlog.get_logger().error("eigen_fout", fout=type(error).__name__, plek=f"{place.filename}:{place.lineno}", **facts)


def log_untried(regels: Iterable[EigenRegel]) -> None:
    """Own rules that are in force while nobody could try their examples."""
    for regel in regels:
        if regel.niet_geprobeerd:
            structlog.get_logger().warning(
                "eigen_regels_niet_geprobeerd",
                regel=regel.id,
                reden=regel.niet_geprobeerd,
                gevolg="hij geldt wel; zolang hij niet te vragen is, krijgt een bericht regel-niet-uitgevoerd",
            )
