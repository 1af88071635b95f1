"""Find the line of a key in the text of a TOML file, because tomllib keeps no places."""

import re
from collections.abc import Iterator, Mapping, Sequence

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
_INDEX = re.compile(r"\[\d+\]$")


def line_of(lines: Sequence[str], path: Sequence[str], key: str) -> int | None:
    """Where a key of the group at `path`, or a group, stands; of one that is not written there, the nearest group around it.

    The tables of an array count from 1: the second `[[regel]]` is `regel[2]`, its first `[[regel.voorbeeld]]` is
    `voorbeeld[1]` in it.
    """
    line = _place(lines, ".".join(path), key)
    return line if line or not path else line_of(lines, path[:-1], path[-1])


def _place(lines: Sequence[str], parent: str, key: str) -> int | None:
    group, written = f"{parent}.{key}".lstrip("."), re.escape(_INDEX.sub("", key))
    for number, current, line in _grouped(lines):
        if line is None and current == group:
            return number
        if line is not None and current == parent and re.match(rf'\s*"?{written}"?\s*[=.]', line):
            return number
    return None


def _grouped(lines: Sequence[str]) -> Iterator[tuple[int, str, str | None]]:
    """Every line with its number and the group in which it stands; None for the line that is the header of that group."""
    counts: dict[str, int] = {}
    current = ""
    for number, line in enumerate(lines, start=1):
        header = _HEADER.match(line)
        if header is None:
            yield number, current, line
            continue
        *around, last = header.group(2).replace(" ", "").replace('"', "").split(".")
        current = ""
        for part in around:
            current = _numbered(f"{current}.{part}".lstrip("."), counts)
        current = f"{current}.{last}".lstrip(".")
        if header.group(1) == "[[":
            counts[current] = counts.get(current, 0) + 1
        current = _numbered(current, counts)
        yield number, current, None


def _numbered(group: str, counts: Mapping[str, int]) -> str:
    return f"{group}[{counts[group]}]" if group in counts else group
