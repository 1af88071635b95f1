"""The file or folder that a command line names: an ordinary one, or a link to one."""

import errno
from pathlib import Path
from typing import Any

import click

from corv.errors import why


class _OrdinaryFile(click.Path):
    """Refuses what is no file without opening it: a pipe would keep us waiting, and reading a device may do anything."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(str(super().convert(value, param, ctx)))
        if not path.is_file():
            self.fail(f"{path} is geen gewoon bestand. Zet de inhoud in een bestand, en noem dat.", param, ctx)
        return path


ORDINARY_FILE = _OrdinaryFile()


class Folder(click.Path):
    """Refuses what is there and is no folder; a device would pass as one otherwise. `must_exist`: and what is not there."""

    def __init__(self, *, must_exist: bool = False) -> None:
        super().__init__(exists=must_exist, file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The folder as a Path."""
        path = Path(str(super().convert(value, param, ctx)))
        try:
            is_other = path.exists() and not path.is_dir()
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                self.fail(f"{path}: {why(error)}.", param, ctx)
            return path  # whoever works there says what is the matter, and with which exit code
        if is_other:
            self.fail(f"{path} is geen map.", param, ctx)
        return path
