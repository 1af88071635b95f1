"""What the makers of messages draw from, and the small values of which every message consists."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from lxml import etree

from corv.berichten.soort import Berichtsoort
from corv.inhoud.fields import Attributes, Value
from corv.inhoud.gedeeld import ExtraElementen, Kop, Partij
from corv.stuf import STUF
from corv.voorbeeld.lot import Lot
from corv.voorbeeld.personen import COMPLETE, NOTHING, Mens, Personen
from corv.voorbeeld.vraag import EXAMPLE, Vraag
from corv.voorbeeld.world import Deelnemer, World

T = TypeVar("T")

_INCOMPLETE = f"{{{STUF}}}indOnvolledigeDatum"


@dataclass(frozen=True)
class Making:
    """One message that is being made.

    `lot` draws what is in it; `numbers` its numbers, which differ as soon as anything about the message does, so that no two
    different messages claim to be the same. `moment`: when it was sent, in Dutch time.
    """

    soort: Berichtsoort
    lot: Lot
    numbers: Lot
    world: World
    zender: Deelnemer
    ontvanger: Deelnemer
    moment: datetime
    personen: Personen = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "personen", Personen(self.lot))

    @property
    def vraag(self) -> Vraag | None:
        """The message that this one answers."""
        return self.world.vraag

    @property
    def op(self) -> date:
        """The day on which it was sent."""
        return self.moment.date()

    def maybe(self, thing: T) -> T | None:
        """An optional part of the message, or nothing."""
        return thing if self.lot.has() else None

    def maybe_address(self, thing: T) -> T | None:
        """An optional address of a child; there in any case where it was asked for by the name of a gemeente."""
        return thing if self.lot.has() or self.world.gemeente else None

    def before(self, most_days: int) -> date:
        """A day shortly before it was sent, or that same day."""
        return self.op - timedelta(days=self.lot.number(0, most_days))

    def number(self, prefix: str, count: int = 8) -> Value:
        """A number that somebody gave to what the message is about; it has 5 to 40 characters."""
        return Value(f"{prefix}{self.numbers.digits(count)}")

    def kop(self) -> Kop:
        """The stuurgegevens, without crossRefnummer."""
        naam = self.soort.naam
        return Kop(
            berichtcode=Value(self.soort.berichtcode),
            zender=self._partij(self.zender),
            ontvanger=self._partij(self.ontvanger),
            referentienummer=Value(f"{EXAMPLE}{self.numbers.letters(24)}"),
            tijdstip_bericht=Value(self._tijdstip()),
            functie=None if self.soort.is_answer else Value(naam),
        )

    def cross_refnummer(self) -> Value:
        """The referentienummer of the message that is answered; an invented one where there is none."""
        if self.vraag is not None and self.vraag.kop.referentienummer:
            return Value(self.vraag.kop.referentienummer)
        return Value(f"{EXAMPLE}{self.numbers.letters(24)}")

    def _partij(self, deelnemer: Deelnemer) -> Partij:
        return Partij(
            organisatie=Value(deelnemer.oin),
            applicatie=Value(deelnemer.applicatie),
            administratie=value(deelnemer.administratie),
            gebruiker=Value("voorbeeld") if self.lot.chance(0.1) else None,
        )

    def _tijdstip(self) -> str:
        """As precise as senders make it: mostly to the millisecond, sometimes to the second or minute."""
        whole = f"{self.moment:%Y%m%d%H%M%S}{self.moment.microsecond // 1000:03}"
        return whole[: self.lot.pick((17, 17, 17, 14, 12))]


def serialise(root: etree._Element) -> bytes:
    """A message as a file: UTF-8 with its declaration, indented."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def value(text: str | float | None, attributes: Attributes = ()) -> Value | None:
    """A text as an element; none where it is None or ''."""
    return Value(str(text), attributes) if text not in {None, ""} else None


def texts(found: Iterable[str]) -> tuple[Value, ...]:
    """Each text as an element."""
    return tuple(Value(text) for text in found)


def dated(day: date) -> Value:
    """A day as StUF writes it."""
    return Value(f"{day:%Y%m%d}")


def born(mens: Mens) -> Value:
    """A birth date, with what of it is unknown."""
    return Value(f"{mens.geboren:%Y%m%d}", ((_INCOMPLETE, mens.onvolledig),))


def wholly_born(mens: Mens) -> Value:
    """A birth date where the rules want it to be known."""
    return Value(f"{mens.geboren:%Y%m%d}", ((_INCOMPLETE, COMPLETE),))


def unknown_date() -> Value:
    """A date of which nothing is known, where there must be one."""
    return Value("19000101", ((_INCOMPLETE, NOTHING),))


def known(found: Value | None) -> Value | None:
    """What a message that is answered says; None where it says nothing."""
    return found if found is not None and found.text.strip() else None


def ja_nee(*, is_so: bool) -> Value:
    """An indication in the words of the namespace JZ."""
    return Value("Ja" if is_so else "Nee")


def true_false(*, is_so: bool) -> str:
    """An indication in the words of an extraElement."""
    return "true" if is_so else "false"


def extra(*named: tuple[str, str | None]) -> ExtraElementen | None:
    """Elements by name and value; those without a value are left out, and so is the whole without any."""
    found = tuple(Value(text, (("naam", naam),)) for naam, text in named if text)
    return ExtraElementen(extra_element=found) if found else None
