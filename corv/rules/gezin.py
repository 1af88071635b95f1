"""The children that a verzoek is about, and their belanghebbenden: what several rules about a vto ask of them. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from corv.errors import NoPlaceError
from corv.rules.bericht import Bericht, extra, extras, find, text
from corv.rules.breken import need
from corv.rules.zaak import BELANGHEBBENDEN, BETREKKINGEN, MOEDER_VAN_ONGEBOREN, PERSOON, VOLGNUMMER, says_something
from corv.werkgebied.roles import ONGEBOREN

GEINFORMEERD = "indicatieGeinformeerd"
"""The extraElement that says whether a belanghebbende knows of the request: true or false."""


@dataclass(frozen=True)
class Kind:
    """A child of which something is said. `nummer`: its clientvolgnummer, '' without one."""

    persoon: etree._Element
    is_unborn: bool
    nummer: str


def children_in(betrekking: etree._Element) -> Iterator[Kind]:
    """The children of one heeftBetrekkingOp. A person who is nil or empty is none: there is nothing to say of it."""
    is_unborn = text(betrekking, "ZKN:omschrijving") == ONGEBOREN
    for persoon in find(betrekking, PERSOON):
        if says_something(persoon):
            yield Kind(persoon, is_unborn, extra(persoon, VOLGNUMMER))


def children_of(bericht: Bericht) -> Iterator[Kind]:
    """All children, in the order of the message."""
    for betrekking in bericht.find(BETREKKINGEN):
        yield from children_in(betrekking)


def unborn_of(bericht: Bericht) -> Mapping[str, etree._Element]:
    """The unborn children by number. Without one, or with that of another child, nothing can refer to it: CORV-A3.2 says so."""
    children = list(children_of(bericht))
    times = Counter(kind.nummer for kind in children)
    return {kind.nummer: kind.persoon for kind in children if kind.is_unborn and kind.nummer and times[kind.nummer] == 1}


def numbers_of(belanghebbende: etree._Element) -> frozenset[str]:
    """The clientvolgnummers of the children that a heeftAlsBelanghebbende refers to."""
    return frozenset(number for one in extras(belanghebbende, VOLGNUMMER) if (number := text(one)))


def is_mother(belanghebbende: etree._Element) -> bool:
    """Whether a heeftAlsBelanghebbende is what the mother of an unborn child must be: a woman with the role for it."""
    rol, geslacht = text(belanghebbende, "ZKN:omschrijving"), text(belanghebbende, f"{PERSOON}/BG:geslachtsaanduiding")
    return (rol, geslacht) == (MOEDER_VAN_ONGEBOREN, "V")


def mothers_of(bericht: Bericht) -> Iterator[etree._Element]:
    """The heeftAlsBelanghebbende of every mother of an unborn child."""
    unborn = unborn_of(bericht).keys()
    for one in bericht.find(BELANGHEBBENDEN):
        if is_mother(one) and unborn & numbers_of(one):
            yield one


def mother_to_break(root: etree._Element) -> etree._Element:
    """The person who is the first mother of an unborn child. Raises NoPlaceError where there is none."""
    for one in mothers_of(Bericht(root)):
        return need(one, PERSOON)
    raise NoPlaceError("In dit bericht staat geen ongeboren kind met zijn moeder, dus kan deze fout er niet in.")
