"""Read one TOML file into typed values, collecting every mistake with its line instead of stopping at the first."""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from corv.stuf import OIN
from corv.toml_places import line_of

_SYNTAX_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_TWICE = re.compile("Cannot (declare|overwrite|redefine|mutate)|Duplicate")
_MISSING = object()

Advise = Callable[[str], str]
"""What to say of a wrong word, as the end of a sentence; '' for nothing in particular."""

_STANDS_TWICE = "hier staat een groep of sleutel die al eerder in dit bestand staat. Voeg ze samen, of haal er een weg."
_NO_TOML = "dit is geen geldige TOML. Let op aanhalingstekens, haken en komma's."
_MOST_WORDS = 30


def hint(word: str, known: Iterable[str]) -> str:
    """The end of a complaint about an unknown word: the nearest known one, or all of them when these are not too many."""
    words = sorted(known)
    if near := difflib.get_close_matches(word, words, n=1):
        return f"; bedoelt u {near[0]}?"
    return f"; bekend zijn: {', '.join(words)}" if len(words) <= _MOST_WORDS else ""


def _is_invisible(char: str) -> bool:
    """Whether it is a control, a mark of direction, an end of a line or no character at all. XML refuses many of these."""
    category = unicodedata.category(char)
    return category[0] == "C" or category in {"Zl", "Zp"}


class TomlFile:
    """One file: its values, and the place of every key for messages. `problems` grows; it may be shared by files."""

    def __init__(self, name: str, text: str, problems: list[str]) -> None:
        self.name = name
        self.problems = problems
        text = text.removeprefix("\ufeff")  # editors on Windows put it there, and TOML does not know it
        self._lines = text.splitlines()
        self.values: Mapping[str, Any] = {}
        try:
            self.values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            place = _SYNTAX_PLACE.search(str(error))
            where = f", regel {place.group(1)}, teken {place.group(2)}" if place else ""
            problems.append(f"{name}{where}: {_STANDS_TWICE if _TWICE.match(str(error)) else _NO_TOML}")
        except (ValueError, RecursionError):  # a number of thousands of digits, brackets thousands deep
            problems.append(f"{name}: hierin staat iets dat te groot of te diep genest is om te lezen.")

    def section(self, *path: str) -> "Section":
        """The table at `path`, or the whole file; an absent one reads as empty, so that every key takes its default."""
        values: Any = self.values
        for key in path[:-1]:
            values = values.get(key, {}) if isinstance(values, Mapping) else {}
        around = Section(self, path[:-1], values if isinstance(values, Mapping) else {})
        return around.table(path[-1]) if path else around

    def only(self, *allowed: str) -> None:
        """Complain of every group at the top of the file that is not one of these."""
        Section(self, (), self.values).finish(allowed)

    def complain(self, path: Sequence[str], key: str, what: str) -> None:
        """Add a problem: file, line, key and `what`, a Dutch end of a sentence without its full stop."""
        line = line_of(self._lines, path, key)
        where = f", regel {line}" if line else ""
        self.problems.append(f"{self.name}{where}: {'.'.join((*path, key))} {what}{'' if what.endswith('?') else '.'}")


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

    def text(self, key: str, default: str, pattern: str = ".*", meaning: str = "", *, many_lines: bool = False) -> str:
        """A text that fits `pattern` as a whole; `meaning` says in Dutch what fits.

        What can't be seen does not fit: it may end in a message, or stand for a name. `many_lines`: what stands between the
        words does not matter.
        """
        value = self._get(key)
        if value is _MISSING:
            return default
        if not isinstance(value, str):
            self.complain(key, "moet een tekst tussen aanhalingstekens zijn")
        elif value and not value.strip():
            self.complain(key, "mag niet alleen uit spaties bestaan")
        elif not many_lines and any(map(_is_invisible, value)):
            self.complain(key, "mag geen regeleinde, tab of ander onzichtbaar teken bevatten")
        elif not re.fullmatch(pattern, value, re.DOTALL):
            self.complain(key, f"moet {meaning} zijn")
        else:
            return value
        return default

    def oin(self, key: str) -> str:
        """One OIN, or '' where there is none."""
        return self.text(key, "", rf"|{OIN}", "een OIN van 20 cijfers")

    def oins(self, key: str) -> frozenset[str]:
        """A list of OINs, each 20 digits (an acceptance environment may add `_OTA`, corv.md 2)."""
        value = self._get(key)
        if value is _MISSING:
            return frozenset()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.complain(key, 'moet een lijst van OIN\'s zijn, zoals ["00000001999000001000"]')
            return frozenset()
        for item in value:
            if not re.fullmatch(OIN, item):
                self.complain(key, "bevat een OIN die niet uit 20 cijfers bestaat")
        return frozenset(value)

    def first_oin(self, key: str) -> str:
        """The first of a list of OINs, '' where there is none; `oins` complains of what is wrong."""
        value = self._get(key)
        return str(value[0]) if isinstance(value, list) and value else ""

    def words(
        self, key: str, default: Iterable[str], allowed: Iterable[str], pattern: str = "", advise: Advise | None = None
    ) -> tuple[str, ...]:
        """A list of one or more words, each once, that are allowed or fit `pattern` as a whole."""
        value = self._get(key)
        if value is _MISSING:
            return tuple(default)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
            self.complain(key, 'moet een lijst van een of meer woorden zijn, zoals ["woord"]')
            return tuple(default)
        known = frozenset(allowed)
        wrong = next((item for item in value if item not in known and not (item and re.fullmatch(pattern, item))), None)
        if wrong is not None:
            said = advise(wrong) if advise else ""
            self.complain(key, f"kent {wrong!r} niet{said or hint(wrong, known)}")
        elif len(set(value)) < len(value):
            self.complain(key, "noemt hetzelfde twee keer")
        else:
            return tuple(value)
        return tuple(default)

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

    def truth(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self._get(key)
        if value is _MISSING:
            return default
        if not isinstance(value, bool):
            self.complain(key, "moet true of false zijn")
            return default
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

    def table(self, key: str) -> "Section":
        """The group of that name within this one; an absent one reads as empty."""
        value = self._get(key)
        if value is not _MISSING and not isinstance(value, Mapping):
            self.complain(key, "moet een groep zijn, zoals [groep]")
        return Section(self._file, (*self._path, key), value if isinstance(value, Mapping) else {})

    def tables(self, key: str) -> list["Section"]:
        """The groups that are written as `[[key]]`, or as a list of `{...}`."""
        value = self._get(key)
        if value is _MISSING:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.complain(key, f"moet een lijst van groepen zijn, elk zoals [[{key}]]")
            return []
        return [Section(self._file, (*self._path, f"{key}[{number}]"), item) for number, item in enumerate(value, start=1)]

    def names(self) -> list[str]:
        """The keys that were given."""
        return list(self._values)

    def begins_with(self, key: str, start: str) -> bool:
        """Whether a text begins with that, after any spaces and empty lines."""
        return str(self._values.get(key, "")).lstrip().startswith(start)

    def is_empty(self, key: str) -> bool:
        """Whether a text was not given, or given as ''."""
        return bool(self._values.get(key, "") == "")

    def finish(self, allowed: Sequence[str] = ()) -> None:
        """Complain of every key that nobody asked for, with the nearest known one."""
        known = self._asked | set(allowed)
        for key in self._values:
            if key not in known:
                self.complain(key, f"is geen bekende sleutel{hint(key, known)}")
