"""The process in which own rules are asked: `python -m corv.eigenregels.werker MOST_MEMORY MOST_SECONDS`.

It reads questions, a line of JSON each, and writes a line of JSON for each answer (`verbinding` is the other side):

{"regels": [[id, bij, test]...]}    these are the rules           {"klaar": true}
{"bericht": N}, then N bytes        this is the next message      {"klaar": true}, or false when it can't be read
{"regel": id}                       where does it break that one  {"plaatsen": [[path, line]...]}, or how the question fails

It ends when there is no more to read, when memory runs out, when whoever started it is gone, and when one answer takes longer
than MOST_SECONDS: not every system tells that somebody is gone. What a message says is never written anywhere.
"""

import ctypes
import json
import resource
import signal
import sys
from copy import deepcopy
from itertools import islice
from typing import Any, BinaryIO

from lxml import etree

from corv.parsing import Document, parse
from corv.schemas.places import display_path
from corv.stuf import NSMAP

MOST_PLACES = 20
"""More places at which a message breaks one rule tell a reader nothing."""

OUT_OF_MEMORY = 70

_PR_SET_PDEATHSIG = 1  # prctl(2), of Linux only

_NO_MEMORY = {etree.ErrorTypes.ERR_NO_MEMORY, etree.ErrorTypes.XPATH_MEMORY_ERROR}


class Werker:
    """The rules, and the message that is asked about."""

    def __init__(self) -> None:
        self._regels: dict[str, tuple[str, str]] = {}
        self._compiled: dict[str, etree.XPath] = {}
        self._message: etree._Element | None = None
        self._root: etree._Element | None = None

    def answer(self, question: dict[str, Any], content: BinaryIO) -> dict[str, Any]:
        """The answer to one question; a message is read from `content`."""
        if "regels" in question:
            self._regels = {id_: (bij, test) for id_, bij, test in question["regels"]}
            return {"klaar": True}
        if "bericht" in question:
            return {"klaar": self._hold(content.read(question["bericht"]))}
        assert self._root is not None, "nobody asks about a message that could not be read"
        return self._asked(self._root, *self._regels[question["regel"]])

    def _hold(self, raw: bytes) -> bool:
        """Read the message that is asked about from now on. Out of a SOAP envelope it is copied: rules don't know of one."""
        self._message = self._root = None  # before the next one is built: two large ones need not fit
        document = parse(raw)
        if isinstance(document, Document):
            self._message = document.root
            self._root = document.root if document.root.getparent() is None else deepcopy(document.root)
        return self._root is not None

    def _asked(self, root: etree._Element, bij: str, test: str) -> dict[str, Any]:
        sleutel = "bij"
        try:
            elements = self._xpath(bij)(root) if bij else [root]
            if not isinstance(elements, list) or not all(_is_element(one) for one in elements):
                return {"sleutel": sleutel, "code": 0, "teken": 0}
            sleutel = "test"
            self._xpath(test)  # alone: within boolean() a bracket too many could pass
            holds = self._xpath(f"boolean({test})")
            broken = list(islice((one for one in elements if not holds(one)), MOST_PLACES))
            lines = self._lines(broken)
            return {"plaatsen": [[display_path(one), lines[one]] for one in broken]}
        except etree.XPathError as error:
            last = error.error_log[-1] if len(error.error_log) else None
            if last is not None and last.type in _NO_MEMORY:
                raise MemoryError from None  # what libxml2 does after it is not known
            return {"sleutel": sleutel, "code": last.type if last else 0, "teken": last.column if last else 0}

    def _lines(self, elements: list[etree._Element]) -> dict[etree._Element, int | None]:
        """Where these stand in the message. A copy does not know: from 65535 lines on its elements have lost count."""
        if self._message is None or self._root is None or self._message is self._root:
            return {one: one.sourceline for one in elements}
        wanted = set(elements)
        pairs = zip(self._root.iter(), self._message.iter(), strict=True)
        return {copy: original.sourceline for copy, original in pairs if copy in wanted}

    def _xpath(self, expression: str) -> etree.XPath:
        if expression not in self._compiled:
            self._compiled[expression] = etree.XPath(expression, namespaces=dict(NSMAP), regexp=False, smart_strings=False)
        return self._compiled[expression]


def _is_element(found: object) -> bool:
    return isinstance(found, etree._Element) and isinstance(found.tag, str)


def _end_with_who_started_this() -> None:
    """Also in the middle of an expression, when nothing is read. Who was gone before this, is noticed at the first reading."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))


def main(most_memory: int, most_seconds: int) -> int:
    """Answer questions until there are no more. Gives the exit code."""
    _end_with_who_started_this()
    for asked_to_stop in (signal.SIGTERM, signal.SIGINT):  # meant for who started this, who asks on until its batch is done
        signal.signal(asked_to_stop, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what lies in memory is a message
    werker = Werker()
    try:
        for line in iter(sys.stdin.buffer.readline, b""):
            signal.alarm(most_seconds)
            told = werker.answer(json.loads(line), sys.stdin.buffer)
            signal.alarm(0)
            sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
            sys.stdout.buffer.flush()
    except (MemoryError, BrokenPipeError):
        return OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
