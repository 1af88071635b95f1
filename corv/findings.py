"""A finding: something a message does wrong, as a value."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Niveau(StrEnum):
    """How heavy a finding weighs: a `FOUT` refuses the message, a `WAARSCHUWING` is recorded."""

    FOUT = "fout"
    WAARSCHUWING = "waarschuwing"


@dataclass(frozen=True)
class Finding:
    """One fault or warning. `tekst` is Dutch, made by our own code, and holds no value of the message.

    `code` is a StUF code, a CORV rule id, or a word of our own; `pad` an XPath-like place; `regel` a line, from 1.
    """

    code: str
    niveau: Niveau
    tekst: str
    pad: str | None = None
    regel: int | None = None


def has_fault(findings: Iterable[Finding]) -> bool:
    """Whether one of these refuses the message."""
    return any(finding.niveau is Niveau.FOUT for finding in findings)
