"""How the files of the tables are written, one fact a line, so that a change can be read in a diff. Pure.

# words about the file; `# bron: ...`, `# stand: ...`, `# licentie: ...` are shown by `corv werkgebieden toon`
vanaf 2023-01-01                     the first day of a table of gemeenten
0014 VT08 Groningen                  a gemeente, its Veilig Thuis, its name
0788 2021-01-01 0757,0824 Haaren     an ended gemeente, since when, its successors (- when unknown), its name
1011-1019 0363                       postcodes (the digits) and their gemeenten
hengelo 0164,1876                    a woonplaats by its key and its gemeenten
VT08 Veilig Thuis Groningen          a region
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from corv.tabellen import Gemeentetabel

_CODES = "[0-9]{4}(?:,[0-9]{4})*"
_HEAD = re.compile(r"# ([a-z]+): (.+)")
_GEMEENTE = re.compile(r"([0-9]{4}) (VT[0-9]{2})(?: (.+))?")
_VERVALLEN = re.compile(rf"([0-9]{{4}}) ([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|-) (-|{_CODES})(?: (.+))?")
_VANAF = re.compile(r"vanaf ([0-9]{4}-[0-9]{2}-[0-9]{2})")

Codes = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Ended:
    """An ended gemeente: the day from which it was no more (None when unknown), its successors (idem: empty), its name."""

    per: date | None
    opvolgers: frozenset[str]
    naam: str = ""


@dataclass(frozen=True)
class Table:
    """A file with a table of gemeenten, and the gemeenten that ended when it began or that it tells the successors of."""

    tabel: Gemeentetabel
    vervallen: Codes


def head(text: str) -> dict[str, str]:
    """What the comment lines at the beginning say, by their first word."""
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _HEAD.fullmatch(line):
            found[match[1]] = match[2]
    return found


def postcodes(text: str) -> dict[str, frozenset[str]]:
    """PC4 -> gemeenten. Only for a file of our own making: raises ValueError on a line that is not as it should be."""
    found: dict[str, frozenset[str]] = {}
    for first, gemeenten in _pairs(text):
        begin, _, end = first.partition("-")
        if end:
            found.update(dict.fromkeys(map(str, range(int(begin), int(end) + 1)), gemeenten))
        else:
            found[begin] = gemeenten
    return found


def woonplaatsen(text: str) -> dict[str, frozenset[str]]:
    """Key -> gemeenten; as `postcodes`."""
    return dict(_pairs(text))


def regios(text: str) -> dict[str, str]:
    """Code -> name; as `postcodes`."""
    return {line[:4]: line[5:] for _, line in _lines(text)}


def vervallen(text: str) -> dict[str, frozenset[str]]:
    """Ended gemeente -> successors; as `postcodes`."""
    return {line[:4]: _codes(line.split(" ", 3)[2]) for _, line in _lines(text)}


def read_table(text: str, complain: Callable[[int, str], None]) -> Table | None:
    """A table of gemeenten with what ended. `complain(line, what)` hears of every mistake, line 0 of the whole file.

    None when it says nothing at all of the day on which it begins.
    """
    vanaf, vts, names, ended = None, dict[str, str](), dict[str, str](), dict[str, frozenset[str]]()
    for number, line in _lines(text):
        if match := _GEMEENTE.fullmatch(line):
            if match[1] in vts:
                complain(number, f"gemeente {match[1]} staat er al")
            vts[match[1]] = match[2]
            names[match[1]] = match[3] or ""
        elif match := _VERVALLEN.fullmatch(line):
            if match[1] in ended:
                complain(number, f"vervallen gemeente {match[1]} staat er al")
            ended[match[1]] = _codes(match[3])
        elif (match := _VANAF.fullmatch(line)) and vanaf is None and (vanaf := _day(match[1])):
            continue
        else:
            complain(number, "deze regel is niet te lezen; verwacht: 0014 VT08 Naam, of 0788 2021-01-01 0757,0824 Naam")
    if vanaf is None:
        complain(0, "er staat niet in vanaf welke dag de tabel geldt, zoals: vanaf 2027-01-01")
        return None
    return Table(Gemeentetabel(vanaf, vts, {code: name for code, name in names.items() if name}), ended)


def table_text(comment: list[str], tabel: Gemeentetabel, ended: Mapping[str, Ended]) -> str:
    """The file that `read_table` reads, or the bundled one of gemeenten."""
    gemeenten = [_line(code, vt, tabel.namen.get(code, "")) for code, vt in sorted(tabel.veilig_thuis.items())]
    return _file(comment, [f"vanaf {tabel.vanaf}", *gemeenten, *_ended_lines(ended)])


def ended_text(comment: list[str], ended: Mapping[str, Ended]) -> str:
    """The file that `vervallen` reads."""
    return _file(comment, _ended_lines(ended))


def postcodes_text(comment: list[str], codes: Codes) -> str:
    """The file that `postcodes` reads: neighbours with the same gemeenten are one line."""
    lines = []
    numbered = enumerate(sorted(codes, key=int))
    for (_, gemeenten), group in groupby(numbered, lambda item: (int(item[1]) - item[0], codes[item[1]])):
        run = [pc4 for _, pc4 in group]
        lines.append(f"{run[0] if len(run) == 1 else f'{run[0]}-{run[-1]}'} {_joined(gemeenten)}")
    return _file(comment, lines)


def woonplaatsen_text(comment: list[str], codes: Codes) -> str:
    """The file that `woonplaatsen` reads."""
    return _file(comment, [f"{key} {_joined(gemeenten)}" for key, gemeenten in sorted(codes.items())])


def regios_text(comment: list[str], namen: Mapping[str, str]) -> str:
    """The file that `regios` reads."""
    return _file(comment, [f"{code} {naam}" for code, naam in sorted(namen.items())])


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.rstrip()


def _pairs(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    # The same few sets of gemeenten come back thousands of times.
    known: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        key, _, joined = line.rpartition(" ")
        if joined not in known:
            known[joined] = frozenset(joined.split(","))
        yield key, known[joined]


def _codes(joined: str) -> frozenset[str]:
    return frozenset() if joined == "-" else frozenset(joined.split(","))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _ended_lines(ended: Mapping[str, Ended]) -> list[str]:
    return [_line(code, str(one.per or "-"), _joined(one.opvolgers), one.naam) for code, one in sorted(ended.items())]


def _joined(codes: frozenset[str]) -> str:
    return ",".join(sorted(codes)) or "-"


def _line(*words: str) -> str:
    return " ".join(word for word in words if word)


def _file(comment: list[str], lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in [*(f"# {line}" for line in comment), *lines])
