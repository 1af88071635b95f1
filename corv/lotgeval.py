"""What became of something that was seen in an inbox: the values of `lot` in the ledger."""

from enum import StrEnum


class Lotgeval(StrEnum):
    """One fate. What waits, is ignored or claimed still lies there, or is about to be taken; the other two are final."""

    WACHT = "wacht"
    GENEGEERD = "genegeerd"
    GECLAIMD = "geclaimd"
    OPGENOMEN = "opgenomen"
    VERDWENEN = "verdwenen"
