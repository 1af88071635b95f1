"""The message that an example answers: what the answer takes over from it."""

from dataclasses import dataclass
from datetime import datetime

from corv.berichten.soort import Berichtsoort
from corv.errors import UsageError
from corv.inhoud import INHOUD
from corv.inhoud.fields import Group, read_group
from corv.reading import read
from corv.stuurgegevens import Stuurgegevens

_TO_THE_DAY, _TO_THE_MINUTE, _TO_THE_SECOND = 8, 12, 14
_THIS_AGE = range(2000, 2200)

EXAMPLE = "voorbeeld-"
"""With what the referentienummer of every example begins."""


@dataclass(frozen=True)
class Vraag:
    """A message with its content. `moment`: its tijdstipBericht in Dutch time, None where that is no moment."""

    soort: Berichtsoort
    kop: Stuurgegevens
    inhoud: Group
    moment: datetime | None
    hash: str

    @property
    def is_example(self) -> bool:
        """Whether it is an example itself, so that nobody real is in it."""
        return (self.kop.referentienummer or "").startswith(EXAMPLE)


def read_vraag(raw: bytes, name: str) -> Vraag:
    """Read the message that is answered, from the file of that name. Raises UsageError where no answer can be made on it."""
    reading, none = read(raw), f"{name}: op dit bestand is geen antwoord te maken"
    if reading.unreadable is not None:
        raise UsageError(f"{none} ({reading.unreadable.code}).")
    if reading.root is None or reading.soort is None or reading.stuurgegevens is None:
        raise UsageError(f"{none}: het is geen bericht van het koppelvlak Jeugdzorg.")
    kop = reading.stuurgegevens
    if not (kop.referentienummer and kop.can_be_answered and kop.zender.is_addressable and kop.ontvanger.is_addressable):
        raise UsageError(f"{none}: referentienummer, zender of ontvanger ontbreekt of is fout.")
    inhoud = read_group(INHOUD[reading.soort.root], reading.root)
    return Vraag(reading.soort, kop, inhoud, _moment(kop.tijdstip_bericht or ""), reading.content_hash or "")


def _moment(tijdstip: str) -> datetime | None:
    """The moment that a tijdstip of 8 to 17 digits names; None for one of another age, in which nobody who is alive was born."""
    for length, form in ((_TO_THE_SECOND, "%Y%m%d%H%M%S"), (_TO_THE_MINUTE, "%Y%m%d%H%M"), (_TO_THE_DAY, "%Y%m%d")):
        if len(tijdstip) >= length and tijdstip.isascii() and tijdstip.isdecimal():
            try:
                moment = datetime.strptime(tijdstip[:length], form)  # noqa: DTZ007 - a tijdstip has no zone by definition
            except ValueError:
                return None
            return moment if moment.year in _THIS_AGE else None
    return None
