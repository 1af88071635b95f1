"""Dutch texts for the messages that click itself prints."""

import gettext
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

DOMAIN = "corv"
LANGUAGE = "nl"
FOLDER = Path(__file__).resolve().parent

# click asks the global gettext.gettext() for every message, and that takes its
# language from the environment only (LANGUAGE, LC_ALL, LC_MESSAGES, LANG); with
# LC_ALL=C it does not even look for a catalogue. The documented way to force a
# language is to set LANGUAGE in os.environ, but then every child process speaks
# Dutch too, one test changes the environment of the next, and the texts turn
# English again as soon as something clears the environment. So we answer "which
# catalogue?" ourselves, for our own domain only: gettext.find() is a public
# function and all look-ups pass through it. The environment stays as the user
# set it, and it does not matter whether click was imported before or after.
_original_find = gettext.find


def _find(
    domain: str,
    localedir: str | PathLike[str] | None = None,
    languages: Iterable[str] | None = None,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """Do what gettext.find() does, but let our own domain always be Dutch."""
    if domain == DOMAIN and languages is None:
        languages = [LANGUAGE]
    return _original_find(domain, localedir, languages, *args, **kwargs)


def install() -> None:
    """Make click speak Dutch in this process, whatever language the user has set.

    Call this before the modules that define commands are imported: click translates
    some texts (the help of --version, the name of a path type) at the moment a
    command is defined. Calling it more than once does no harm.
    """
    # gettext falls back to English in silence if the catalogue is missing; this raises.
    gettext.translation(DOMAIN, FOLDER, [LANGUAGE])
    gettext.find = _find
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
