"""What the handler must know of a kind of message."""

from dataclasses import dataclass
from enum import StrEnum

from corv.stuf import FAULTS, Berichtcode

_RECEIPTS = frozenset({Berichtcode.BV03, Berichtcode.BV04})


class Sleutelsoort(StrEnum):
    """What ties messages of one conversation together, beside crossRefnummer (corv.md 5). Words of the standard."""

    IDENTIFICATIE_VT_MELDING = "identificatieVtMelding"
    ZAAKIDENTIFICATIE = "zaakidentificatie"
    KENMERK = "kenmerk"
    UW_IDENTIFICATIE = "uwIdentificatie"
    VERZOEKIDENTIFICATIE = "verzoekidentificatie"
    INGEDIENDE_MELDING = "identificatieVtMelding van de melder"
    """The number of a melding of any form, with who made it; the value is of when there was one form."""


@dataclass(frozen=True)
class Sleutelplek:
    """Where a kind of message carries a key: a path from the root in any namespace, to every element that is there.

    `melder`: the side of the stuurgegevens whose organisation gave out the number, where it is unique only together with it;
    '' for a number that stands on its own. `met`: an element whose texts are part of the key, so that it is one key only
    together with them.
    """

    soort: Sleutelsoort
    pad: str
    melder: str = ""
    met: str = ""


def short(naam: str) -> str:
    """A kind of message as the office calls it."""
    return naam.removesuffix("Di01").removesuffix("Bericht")


@dataclass(frozen=True)
class Berichtsoort:
    """One kind of message. `naam` is the local name of the root, which for a Di01 is also its functie.

    `wish`: the element, as a path from the root, that says Ja where the melder wants a terugkoppeling; '' where nothing says so.
    """

    namespace: str
    naam: str
    berichtcode: Berichtcode
    sleutels: tuple[Sleutelplek, ...] = ()
    wish: str = ""

    @property
    def root(self) -> str:
        """The root element in Clark notation."""
        return f"{{{self.namespace}}}{self.naam}"

    @property
    def refers_by(self) -> Sleutelsoort | None:
        """By which number a message of this kind names what it tells or answers: one that its ontvanger gave out."""
        return next((plek.soort for plek in self.sleutels if plek.melder == "ontvanger"), None)

    @property
    def is_answer(self) -> bool:
        """A Bv or Fo: it answers another message and is never itself answered functionally."""
        return self.berichtcode is not Berichtcode.DI01

    @property
    def is_receipt(self) -> bool:
        """A Bv03 or Bv04: recorded and linked, nothing more (StUF 03.01 par. 4.4: never passed on)."""
        return self.berichtcode in _RECEIPTS

    @property
    def is_fault(self) -> bool:
        """An Fo01 or Fo03: what it answers was not accepted."""
        return self.berichtcode in FAULTS

    @property
    def is_technical(self) -> bool:
        """A Bv03, Bv04 or Fo03."""
        return self.is_receipt or self.berichtcode is Berichtcode.FO03
