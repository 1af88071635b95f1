"""A newer version of the reference lists that a person takes in: one file in config/lijsten/, and an event.

All lists of one workbook are one file, so that either all of them count or none. The older versions stay as they are.
"""

from pathlib import Path

from corv.attention import Person
from corv.desk.new_file import NewFile, add_file
from corv.errors import SettledError
from corv.lijsten import Uitgave
from corv.lijsten.bestanden import FOLDER, folder_of
from corv.lijsten.tekst import read_uitgave, uitgave_text
from corv.ordinary import read_ordinary
from corv.settings import Settings

EVENT = "lijsten"
"""The soort of the event; its gegevens are door, reden, bestand, sha256, versie, maanden and rollen (how many)."""

_HEAD = (
    "Referentielijsten van het koppelvlak Jeugdzorg, ingelezen met corv lijsten importeer.",
    "bron: VNG Realisatie, StUF-koppelvlak Jeugdzorg - Referentielijsten, zoals de beheerder die inlas",
)


def file_for(settings: Settings, uitgave: Uitgave) -> Path:
    """The file that holds, or would hold, that version."""
    return folder_of(settings.map) / f"{uitgave.versie}.txt"


def is_taken_in(settings: Settings, uitgave: Uitgave) -> bool:
    """Whether these very lists are there already. Raises SettledError when others are, under the same version."""
    path = file_for(settings, uitgave)
    try:
        there = read_ordinary(path)
    except FileNotFoundError:
        return False
    if _read(there.decode("utf-8-sig")) != _read(_text(uitgave)):  # words about the file don't count, nor does the order
        raise SettledError(
            f"Versie {uitgave.versie} is al ingelezen, met een andere inhoud: {FOLDER}/{path.name}. Er is niets veranderd. "
            "Klopt dat bestand niet, haal het dan eerst weg."
        )
    return True


def take_in(settings: Settings, uitgave: Uitgave, person: Person) -> bool:
    """Write the lists and record who did it, as `add_file`; False when they were there already. Raises as `is_taken_in`."""
    maanden = [f"{lijst.maand:%Y-%m}" for lijst in uitgave.maanden]
    facts = {"versie": uitgave.versie, "maanden": maanden, "rollen": len(uitgave.rollen)}
    file = NewFile(file_for(settings, uitgave), _text(uitgave), EVENT, facts)
    return add_file(settings, file, person, lambda: is_taken_in(settings, uitgave))


def _read(text: str) -> Uitgave | None:
    return read_uitgave(text, lambda _line, _what: None)


def _text(uitgave: Uitgave) -> str:
    return uitgave_text(_HEAD, uitgave)
