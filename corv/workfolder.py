"""Make a working folder: the default configuration, explained, and the folders that it names."""

import json
from collections.abc import Sequence
from pathlib import Path

from corv import config
from corv.durable import rename_new
from corv.folders import Folders
from corv.settings import Settings


def make_workfolder(
    map_: Path, *, oins: Sequence[str] = (), naam: str | None = None, werkgebied: str | None = None
) -> tuple[Settings, list[str]]:
    """Make what is not there yet; gives the settings and the names of what was made. Existing files are never touched.

    Raises ConfigError when a given value, or a file that was there already, is wrong.
    """
    made = [name for name in config.FILES if not (map_ / "config" / name).exists()]
    values = {"oins": list(oins) or None, "naam": naam, "werkgebied": werkgebied}
    (map_ / "config").mkdir(parents=True, exist_ok=True)
    for name in made:
        text = config.default_text(name)
        _write_whole(map_ / "config" / name, _fill_in(text, values) if name == "corv.toml" else text)
    settings = config.load(map_)
    Folders(settings).create()
    return settings, [f"config/{name}" for name in made]


def _fill_in(text: str, values: dict[str, list[str] | str | None]) -> str:
    """The default configuration with our own values in place of the empty ones. A JSON string or list is also TOML."""
    lines = text.splitlines(keepends=True)
    for key, value in values.items():
        if value is not None:
            at = next(number for number, line in enumerate(lines) if line.startswith(f"{key} = "))
            lines[at] = f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
    return "".join(lines)


def _write_whole(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, encoding="utf-8")
    rename_new(temporary, path)
