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


def told(findings: Iterable[Finding], before: str = "", below: str = "- ") -> list[str]:
    """Lines for a reader, each text once. One place stands behind it; several stand on lines of their own under it.

    `before`: what a text begins with; `below`: what such a line begins with.
    """
    places: dict[str, list[str]] = {}
    for finding in findings:
        place = ", ".join(part for part in (f"regel {finding.regel}" if finding.regel else "", finding.pad or "") if part)
        places.setdefault(finding.tekst, []).extend([place] if place else [])
    lines = []
    for tekst, found in places.items():
        lines.append(f"{before}{tekst}" + (f" ({found[0]})" if len(found) == 1 else ""))
        lines += [f"{below}{place}" for place in found] if len(found) > 1 else []
    return lines


def has_fault(findings: Iterable[Finding]) -> bool:
    """Whether one of these refuses the message."""
    return any(finding.niveau is Niveau.FOUT for finding in findings)
