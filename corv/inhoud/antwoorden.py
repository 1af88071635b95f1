"""The content of the answers of StUF itself: receipts and faults."""

from dataclasses import dataclass

from corv.inhoud.fields import Group, Value, many, one
from corv.inhoud.gedeeld import Kop
from corv.stuf import STUF


@dataclass(frozen=True, kw_only=True)
class Ontvangstbevestiging(Group):
    """A Bv03 or Bv04: the message arrived."""

    stuurgegevens: Kop | None = one(STUF, "stuurgegevens")


@dataclass(frozen=True, kw_only=True)
class Verwerkingsbevestiging(Group):
    """A Bv01: the message was taken in."""

    stuurgegevens: Kop | None = one(STUF, "stuurgegevens")
    melding: tuple[Value, ...] = many(STUF, "melding")


@dataclass(frozen=True, kw_only=True)
class DetailsXml(Group):
    """That there were details as XML, not what they were.

    They may be any elements, with persons in them, and nothing of ours reads them: only the original file has them.
    """


@dataclass(frozen=True, kw_only=True)
class Fout(Group):
    """What was wrong."""

    code: Value | None = one(STUF, "code")
    plek: Value | None = one(STUF, "plek")
    omschrijving: Value | None = one(STUF, "omschrijving")
    details: Value | None = one(STUF, "details")
    details_xml: DetailsXml | None = one(STUF, "detailsXML")


@dataclass(frozen=True, kw_only=True)
class Foutbericht(Group):
    """A Fo01 or Fo03: the message was not accepted."""

    stuurgegevens: Kop | None = one(STUF, "stuurgegevens")
    body: Fout | None = one(STUF, "body")
