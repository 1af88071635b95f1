"""The rules that a Veilig Thuis adds itself, as XPath assertions in config/regels-eigen.toml: what one is, and asking them.

werker       the process in which they are asked: an expression of somebody else may hang, or take all memory
verbinding   that process, seen from here: start it, talk to it within a time limit, end it
proces       every rule that applies to a message, asked there, and findings of what comes back
"""

from dataclasses import dataclass
from datetime import date

from corv.niveaus import Niveau


@dataclass(frozen=True)
class EigenRegel:
    """One rule: `test` must be true at each element that `bij` points at, or at the root of the message where `bij` is ''.

    Both are XPath 1.0 with the prefixes of `corv.stuf.NSMAP`, and `bij` starts at the root. `berichten`: the roots to which it
    applies, by local name; `tekst`: what is told where it is broken; `vanaf`: the first day of reception on which it counts.
    `niet_geprobeerd`: why its examples could not be tried when it was read, in Dutch; '' where they were.
    """

    id: str
    berichten: frozenset[str]
    test: str
    tekst: str
    niveau: Niveau
    bij: str = ""
    vanaf: date | None = None
    niet_geprobeerd: str = ""

    def counts(self, naam: str, op: date) -> bool:
        """Whether it is asked of a message with that root, received on that day."""
        return naam in self.berichten and (self.vanaf is None or self.vanaf <= op)
