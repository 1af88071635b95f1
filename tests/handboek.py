"""Reads the operators' handbook: which command lines stand on its pages, under which heading. Pure but for reading the pages."""

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
"""The handbook. docs/besluiten/ is for who builds corv."""
WORD_LISTS = ("woordenlijst.md", "namen-en-sleutels.md")

HEADING = re.compile(r"#{1,6} (.+)")
INLINE = re.compile(r"`([^`]+)`")
_FENCE = "```"
_COMMAND = re.compile(r"(?:^|(?<=\.venv/bin/))corv (.+)$")
_END_OF_COMMAND = set("|<>&;()")


@dataclass(frozen=True)
class Line:
    """One command line: where it stands, as it is written, its words after `corv`, and whether it is a step to follow."""

    page: str
    heading: str
    written: str
    words: tuple[str, ...]
    is_step: bool


def command_lines(page: Path) -> list[Line]:
    """Every command line on a page, in order: in code blocks, and in inline code that is a whole command line."""
    found = []
    for heading, text, is_block in _pieces(page.read_text(encoding="utf-8")):
        match = _COMMAND.search(text.strip())
        if match and (is_block or match.start() == 0 or text.startswith("sudo ")):
            found.append(Line(page.name, heading, text.strip(), tuple(_words(match.group(1))), is_block))
    return found


def headings(page: Path) -> list[str]:
    """Every heading of a page."""
    return [match.group(1) for line in page.read_text(encoding="utf-8").splitlines() if (match := HEADING.fullmatch(line))]


def anchor(heading: str) -> str:
    """The name under which a heading is linked to, as GitHub and GitLab make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def section(page: str, heading: str) -> str:
    """The text below one heading, up to the next of any level."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    start = re.search(rf"^#+ {re.escape(heading)}\n", text, re.MULTILINE)
    assert start, f"{page} heeft geen kop {heading}"
    return re.split(r"^#{1,6} ", text[start.end() :], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of every row of the tables in a text, without their heads."""
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line.startswith("|")]
    heads = {number for number, row in enumerate(cells) if set("".join(row)) <= set("-|:")}
    return [row for number, row in enumerate(cells) if number not in heads and number + 1 not in heads]


def missing(words: Iterable[str]) -> list[str]:
    """The words that stand nowhere in the word list; those with a common end may stand there by that end."""
    known = "".join((ROOT / "docs" / page).read_text(encoding="utf-8") for page in WORD_LISTS)
    ends = ("_op", "_waarschuwing_min", "_kritiek_min", "_waarschuwing_uur", "_kritiek_uur", "_waarschuwing_mib", "_kritiek_mib")

    def is_known(word: str) -> bool:
        forms = [word, *(f"{word.removesuffix(end)}_..." for end in ends[1:] if word.endswith(end))]
        return any(re.search(rf"(?<![\w-]){re.escape(form)}(?!\w)", known) for form in forms)

    return sorted({word for word in words if not is_known(word)})


def _pieces(text: str) -> Iterator[tuple[str, str, bool]]:
    """The heading, the text and whether it is a line of a code block, for each line of code and each piece of inline code."""
    heading, in_fence, begun = "", False, ""
    for line in text.splitlines():
        if line.lstrip().startswith(_FENCE):
            in_fence = not in_fence
        elif in_fence or line.startswith("    "):
            whole = f"{begun}{line.strip()}"
            begun = f"{whole[:-1].rstrip()} " if whole.endswith("\\") else ""
            if not begun:
                yield heading, whole, True
        elif match := HEADING.fullmatch(line):
            heading = match.group(1)
        else:
            yield from ((heading, piece, False) for piece in INLINE.findall(line))


def _words(text: str) -> Iterator[str]:
    """What the shell would hand to the command: up to a pipe, a redirection or a remark, without the quotes around words."""
    text = re.sub(r" (2>&1|[<>] ?\S+)", " ", text)
    if text.count("'") % 2:  # the end of `sh -c '...'`
        text = text.removesuffix("'")
    for word in shlex.shlex(text, posix=True, punctuation_chars=True):
        if set(word) <= _END_OF_COMMAND:
            return
        yield word
