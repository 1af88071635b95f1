"""The folder with the zips that were installed, without opening any: apart from `pakketten`, which is mostly not needed."""

from collections.abc import Iterable
from pathlib import Path

from corv.errors import why
from corv.ordinary import open_ordinary

FOLDER = "config/schemas"

BAD_NAME = "De naam bevat tekens die daar niet horen. Geef het bestand een andere naam."


def folder_of(map_: Path) -> Path:
    """Where a working folder keeps the zips that were installed; it need not be there."""
    return map_ / FOLDER


def files_of(folder: Path) -> list[Path]:
    """What is called a zip in that folder, by name. Raises OSError when the folder is there and can't be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".zip" and not path.name.startswith("."))
    except FileNotFoundError:
        return []


def check(files: Iterable[Path], problems: list[str]) -> list[Path]:
    """Those that could be zips, by what can be seen without reading them. `problems` grows with each of the others, and why."""
    found = []
    for path in files:
        if (refused := _refused(path)) is None:
            found.append(path)
        else:
            problems.append(problem(path, refused))
    return found


def problem(path: Path, what: str) -> str:
    """What is wrong with a zip, as a mistake in the configuration."""
    return f"{FOLDER}/{path.name if path.name.isprintable() else ascii(path.name)}: {what}"


def unreadable(error: OSError) -> str:
    """Why a zip can't be read."""
    return f"Het bestand is niet te lezen ({why(error)})."


def _refused(path: Path) -> str | None:
    if not path.name.isprintable():
        return BAD_NAME
    try:
        open_ordinary(path).close()
    except OSError as error:
        return unreadable(error)
    return None
