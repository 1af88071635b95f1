"""Words and places that several rules about a zaak share: who a message is about, and who else is concerned."""

from collections.abc import Iterator

from lxml import etree

from corv.errors import NoPlaceError
from corv.rules.bericht import extra, find, first, place, text
from corv.rules.breken import take_away, take_extras
from corv.werkgebied.roles import CLIENT

BETREKKINGEN = "JZ:object/ZKN:heeftBetrekkingOp"

PERSOON = "ZKN:gerelateerde/ZKN:natuurlijkPersoon"
"""Where in a heeftBetrekkingOp or heeftAlsBelanghebbende the person stands."""

VESTIGING = "ZKN:gerelateerde/ZKN:vestiging"
"""Where in a heeftAlsBelanghebbende an organisation stands."""

KINDEREN = f"{BETREKKINGEN}/{PERSOON}"
"""The persons that a zaak is about."""

BELANGHEBBENDEN = "JZ:object/ZKN:heeftAlsBelanghebbende"

VOLGNUMMER = "clientvolgnummer"
"""The extraElement that numbers a child, and says of which children somebody is a belanghebbende."""

KVK = "kvkNummer"
"""The extraElement with the number of an organisation (corv.md 4.1, row 14)."""

IDENTIFICATIES = ("RNI-nummer", "vreemdelingennummer", "beschrijvendeIdentificatie")
"""The extraElementen that tell who a child without a BSN is (corv.md 4.1, row 2)."""

VERPLICHT = ("geslachtsnaam", "geboortedatum", "geslachtsaanduiding")
"""What is always known of a born child (corv.md 4.1, row 3)."""

MOEDER_VAN_ONGEBOREN = "ouder, gezag niet benoemd"
"""The role of the mother of an unborn child (corv.md 4.1, row 9)."""

OUDERS = frozenset({"ouder met gezag", "ouder zonder gezag", MOEDER_VAN_ONGEBOREN, "ouder, niet juridisch"})
"""The roles of a parent, in the words of the list Jeugdzorgrol (corv.md 4.4, row 60)."""

URGENTIE = ("urgentie", "urgent")
"""The extraElement of a verzoek that says how urgent it is; the sources use both names (corv.md 4.1, row 28)."""

TOEZICHT_SOORT, TOEZICHT_BEGIN, TOEZICHT_EINDE = "toezichtSoort", "toezichtBegindatum", "toezichtEinddatum"
"""The extraElementen of a zorgmelding or notificatiejr that tell of the toezicht on the jeugdige."""


def says_something(persoon: etree._Element) -> bool:
    """Whether anything is told of a person: one who is nil or empty is nobody."""
    return next(persoon.iterchildren("*"), None) is not None


def is_identified(persoon: etree._Element) -> bool:
    """Whether something tells who a child is: a BSN, or one of `IDENTIFICATIES`."""
    return any(text(one) for one in find(persoon, "BG:inp.bsn")) or any(extra(persoon, naam) for naam in IDENTIFICATIES)


def unfilled(persoon: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Of what is always known of a born child all that has no value here, by name; with the empty element, or else the person."""
    for naam in VERPLICHT:
        if not text(persoon, f"BG:{naam}"):
            yield place(persoon, f"BG:{naam}"), naam


def born_child(root: etree._Element) -> etree._Element:
    """The first heeftBetrekkingOp about a born child, to break it. Raises NoPlaceError where there is none."""
    for one in find(root, BETREKKINGEN):
        if text(one, "ZKN:omschrijving") == CLIENT:
            return one
    raise NoPlaceError("In dit bericht staat geen geboren kind, dus kan deze fout er niet in.")


def lose_identity(persoon: etree._Element) -> None:
    """Take out all that tells who a child is, to break it."""
    take_away(first(persoon, "BG:inp.bsn"))
    take_away(first(persoon, "BG:authentiek"))
    for naam in IDENTIFICATIES:
        take_extras(persoon, naam)
