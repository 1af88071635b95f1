"""The folder with the zips that were installed. Apart from `pakketten`, which takes long to import and is mostly not needed."""

from pathlib import Path

FOLDER = "config/schemas"


def folder_of(map_: Path) -> Path:
    """Where a working folder keeps the zips that were installed; it need not be there."""
    return map_ / FOLDER


def files_of(folder: Path) -> list[Path]:
    """The zips in that folder, by name. Raises OSError when the folder is there and can't be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".zip" and not path.name.startswith("."))
    except FileNotFoundError:
        return []
