"""A workbook as bytes to its sheets, or why it can't be read. Another process opens it: see `werkboek`."""

import json

from corv.apart import Limits, ask_apart
from corv.lijsten.indeling import Blad

MAX_FILE = 8 * 1024 * 1024
"""Bytes of the workbook itself. The largest that was published has 0.1 MiB."""

TOO_LARGE = "Het bestand is te groot voor een werkboek met referentielijsten."

TOO_HEAVY = "Het werkboek kost meer tijd of geheugen dan een werkboek met referentielijsten. Dit kan een zipbom zijn."

LIMITS = Limits(memory=512 * 1024 * 1024, seconds=10, wait_s=30)
"""The published one takes a tenth of a second and 60 MiB."""


def sheets_of(raw: bytes) -> list[Blad] | str:
    """The sheets in order, or a Dutch sentence that says why they can't be read. Raises CorvError when it could not be tried."""
    if len(raw) > MAX_FILE:
        return TOO_LARGE
    told = ask_apart("corv.lijsten.werkboek", raw, LIMITS, "Een werkboek is {} te lezen")
    if told is None:
        return TOO_HEAVY
    found = json.loads(told)
    return str(found["weigering"]) if "weigering" in found else [Blad(naam, regels) for naam, regels in found["bladen"]]
