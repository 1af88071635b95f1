"""Read one TOML file into typed values, collecting every mistake with its line instead of stopping at the first."""

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_SYNTAX_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_OIN = re.compile(r"\d{20}(_\w+)?")
_MISSING = object()


class TomlFile:
    """One file: its values, and the place of every key for messages. `problems` grows; it may be shared by files."""

    def __init__(self, name: str, text: str, problems: list[str]) -> None:
        self.name = name
        self.problems = problems
        self._lines = text.splitlines()
        self.values: Mapping[str, Any] = {}
        try:
            self.values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            place = _SYNTAX_PLACE.search(str(error))
            where = f", regel {place.group(1)}, teken {place.group(2)}" if place else ""
            problems.append(f"{name}{where}: dit is geen geldige TOML. Let op aanhalingstekens, haken en komma's.")
        except (ValueError, RecursionError):  # a number of thousands of digits, brackets thousands deep
            problems.append(f"{name}: hierin staat iets dat te groot of te diep genest is om te lezen.")

    def section(self, *path: str) -> "Section":
        """The table at `path`; an absent one reads as empty, so that every key takes its default."""
        values: Any = self.values
        for key in path:
            values = values.get(key, {}) if isinstance(values, Mapping) else {}
        if not isinstance(values, Mapping):
            self.complain(path[:-1], path[-1], "moet een groep zijn, zoals [groep]")
            values = {}
        return Section(self, path, values)

    def only(self, *allowed: str) -> None:
        """Complain of every group at the top of the file that is not one of these."""
        Section(self, (), self.values).finish(allowed)

    def complain(self, path: Sequence[str], key: str, what: str) -> None:
        """Add a problem: file, line, key and `what`, a Dutch end of a sentence without its full stop."""
        line = self._line_of(path, key)
        where = f", regel {line}" if line else ""
        self.problems.append(f"{self.name}{where}: {'.'.join((*path, key))} {what}{'' if what.endswith('?') else '.'}")

    def _line_of(self, path: Sequence[str], key: str) -> int | None:
        # tomllib keeps no places, so look for `key =` under `[path]`, or for the group itself.
        wanted, current = ".".join(path), ""
        for number, line in enumerate(self._lines, start=1):
            header = re.match(r"\s*\[([^\[\]]+)\]", line)
            if header:
                current = header.group(1).replace(" ", "").replace('"', "")
                if current == ".".join((*path, key)):
                    return number
            elif current == wanted and re.match(rf'\s*"?{re.escape(key)}"?\s*=', line):
                return number
        return None


class Section:
    """One group of keys. Every reading method gives the default when the key is absent or wrong (and complains of wrong)."""

    def __init__(self, file: TomlFile, path: Sequence[str], values: Mapping[str, Any]) -> None:
        self._file, self._path, self._values = file, tuple(path), values
        self._asked: set[str] = set()

    def _get(self, key: str) -> Any:
        self._asked.add(key)
        return self._values.get(key, _MISSING)

    def complain(self, key: str, what: str) -> None:
        """Complain of one of our keys."""
        self._file.complain(self._path, key, what)

    def text(self, key: str, default: str, pattern: str = ".*", meaning: str = "") -> str:
        """A text that fits `pattern` as a whole; `meaning` says in Dutch what fits."""
        value = self._get(key)
        if value is _MISSING:
            return default
        if not isinstance(value, str):
            self.complain(key, "moet een tekst tussen aanhalingstekens zijn")
        elif not re.fullmatch(pattern, value):
            self.complain(key, f"moet {meaning} zijn")
        else:
            return value
        return default

    def oin(self, key: str) -> str:
        """One OIN, or '' where there is none."""
        return self.text(key, "", rf"|{_OIN.pattern}", "een OIN van 20 cijfers")

    def oins(self, key: str) -> frozenset[str]:
        """A list of OINs, each 20 digits (an acceptance environment may add `_OTA`, corv.md 2)."""
        value = self._get(key)
        if value is _MISSING:
            return frozenset()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.complain(key, 'moet een lijst van OIN\'s zijn, zoals ["00000001999000001000"]')
            return frozenset()
        for item in value:
            if not _OIN.fullmatch(item):
                self.complain(key, "bevat een OIN die niet uit 20 cijfers bestaat")
        return frozenset(value)

    def first_oin(self, key: str) -> str:
        """The first of a list of OINs, '' where there is none; `oins` complains of what is wrong."""
        value = self._get(key)
        return str(value[0]) if isinstance(value, list) and value else ""

    def choice(self, key: str, default: str, allowed: Sequence[str]) -> str:
        """One of the allowed words."""
        value = self._get(key)
        if value is _MISSING:
            return default
        if value not in allowed:
            self.complain(key, f"moet een van deze zijn: {', '.join(allowed)}")
            return default
        return str(value)

    def number(self, key: str, default: float, least: float, most: float) -> float:
        """A number, whole or not, within bounds."""
        value = self._get(key)
        if value is _MISSING:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.complain(key, f"moet een getal van {least:g} tot en met {most:g} zijn")
            return default
        return value

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self._get(key)
        if value is _MISSING:
            return default
        if type(value) is not int or not least <= value <= most:
            self.complain(key, f"moet een geheel getal van {least} tot en met {most} zijn")
            return default
        return value

    def truth(self, key: str) -> bool:
        """True or false; has no default, so it is only for keys that are there."""
        value = self._get(key)
        if not isinstance(value, bool):
            self.complain(key, "moet true of false zijn")
            return False
        return value

    def day(self, key: str) -> date | None:
        """A date, None where there is none."""
        value = self._get(key)
        if value is _MISSING:
            return None
        if type(value) is not date:
            self.complain(key, "moet een datum zijn, zoals 2026-11-01")
            return None
        return value

    def days(self, key: str) -> frozenset[date]:
        """A list of dates."""
        value = self._get(key)
        if value is _MISSING:
            return frozenset()
        if not isinstance(value, list) or not all(type(item) is date for item in value):
            self.complain(key, "moet een lijst van datums zijn zonder aanhalingstekens, zoals [2026-05-15, 2026-12-24]")
            return frozenset()
        return frozenset(value)

    def names(self) -> list[str]:
        """The keys that were given."""
        return list(self._values)

    def finish(self, allowed: Sequence[str] = ()) -> None:
        """Complain of every key that nobody asked for, with the nearest known one."""
        known = self._asked | set(allowed)
        for key in self._values:
            if key not in known:
                near = difflib.get_close_matches(key, sorted(known), n=1)
                hint = f"; bedoelt u {near[0]}?" if near else f"; bekend zijn: {', '.join(sorted(known))}"
                self.complain(key, f"is geen bekende sleutel{hint}")
