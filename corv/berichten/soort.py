"""What the handler must know of a kind of message."""

from dataclasses import dataclass

from corv.stuf import Berichtcode


@dataclass(frozen=True)
class Berichtsoort:
    """One kind of message. `naam` is the local name of the root, which for a Di01 is also its functie."""

    namespace: str
    naam: str
    berichtcode: Berichtcode

    @property
    def root(self) -> str:
        """The root element in Clark notation."""
        return f"{{{self.namespace}}}{self.naam}"

    @property
    def is_answer(self) -> bool:
        """A Bv or Fo: it answers another message and is never itself answered functionally."""
        return self.berichtcode is not Berichtcode.DI01

    @property
    def is_receipt(self) -> bool:
        """A Bv03 or Bv04: recorded and linked, nothing more (StUF 03.01 par. 4.4: never passed on)."""
        return self.berichtcode in {Berichtcode.BV03, Berichtcode.BV04}

    @property
    def is_technical(self) -> bool:
        """A Bv03, Bv04 or Fo03."""
        return self.is_receipt or self.berichtcode is Berichtcode.FO03
