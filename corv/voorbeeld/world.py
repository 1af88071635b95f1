"""Around an example: who we are, who the others are, where our region lies. Invented, unless a working folder says it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corv.tabellen import Tabellen, sleutel
from corv.voorbeeld.adressen import Adres, Places
from corv.voorbeeld.lot import Lot
from corv.voorbeeld.vraag import Vraag

FIRST_DAY, LAST_DAY = date(2026, 1, 12), date(2026, 10, 30)
"""Between these days the examples were sent. Fixed, so that an example is the same next year."""


@dataclass(frozen=True)
class Deelnemer:
    """One organisation of the chain, as zender or ontvanger."""

    oin: str
    applicatie: str
    naam: str
    administratie: str = ""


WIJ = Deelnemer("00000001999000001000", "VT-voorbeeld", "Veilig Thuis Voorbeeldstad")
"""Who we are where no working folder says so."""

REGIO = "VT20"
"""Our region where no working folder says so."""

POLITIE = Deelnemer("00000001999000002000", "Politie-voorbeeld", "Politie, eenheid Voorbeeld")
RAAD = Deelnemer("00000001999000003000", "Raad-voorbeeld", "Raad voor de Kinderbescherming, voorbeeld")
CJIB = Deelnemer("00000001999000004000", "CJIB-voorbeeld", "Centraal Justitieel Incassobureau, voorbeeld")
KETENPARTNER = Deelnemer("00000001999000006000", "Keten-voorbeeld", "Ketenpartner Voorbeeld")
MELDER = Deelnemer("00000001999000007000", "Melder-voorbeeld", "Meldende organisatie Voorbeeld")

_BRACKETED = re.compile(r"\([^)]*\)")
_OTHER_NAMES = {"den haag": "s gravenhage", "den bosch": "s hertogenbosch"}
"""What everybody calls some gemeenten, and what the table calls them, by their keys."""


@dataclass(frozen=True)
class World:
    """`vt`: our region. `gemeente`: the CBS code of where the child must live; '' lets chance decide.

    `van`, `aan`: OINs that go in place of those of zender and ontvanger; '' leaves them. `vraag`: the message that is answered.
    """

    tabellen: Tabellen
    wij: Deelnemer = WIJ
    vt: str = REGIO
    gemeente: str = ""
    van: str = ""
    aan: str = ""
    vraag: Vraag | None = None

    @cached_property
    def places(self) -> Places:
        """Where people live."""
        return Places(self.tabellen, LAST_DAY)

    def home(self, lot: Lot) -> Adres:
        """Where a child lives: in our region, unless a gemeente was asked for."""
        return self.places.draw(lot, (self.gemeente,) if self.gemeente else self._inside)

    def elsewhere(self, lot: Lot) -> Adres:
        """Where somebody lives who does not live with the child."""
        return self.places.draw(lot, self._anywhere)

    def gemeenten_of(self, naam: str) -> tuple[str, ...]:
        """The CBS codes of the gemeenten with that name, or another by which it is known. Of several it is not the whole name.

        What stands in brackets may be left out: `Hengelo` for `Hengelo (O.)`.
        """
        wanted = _OTHER_NAMES.get(sleutel(naam), sleutel(naam))
        exact = tuple(code for code, name in self.places.gemeenten.items() if sleutel(name) == wanted)
        return exact or tuple(code for code, name in self.places.gemeenten.items() if sleutel(_BRACKETED.sub("", name)) == wanted)

    @cached_property
    def _inside(self) -> tuple[str, ...]:
        return self.places.inside(self.vt)

    @cached_property
    def _anywhere(self) -> tuple[str, ...]:
        return tuple(sorted((*self._inside, *self.places.outside(self.vt))))
