"""The file that a command line names: an ordinary one, or a link to one."""

from pathlib import Path
from typing import Any

import click


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
