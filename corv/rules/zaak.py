"""Words and places that several rules about a zaak share: who a message is about, and who else is concerned."""

from lxml import etree

from corv.errors import NoPlaceError
from corv.rules.bericht import find, text
from corv.werkgebied.roles import CLIENT

BETREKKINGEN = "JZ:object/ZKN:heeftBetrekkingOp"

KINDEREN = "JZ:object/ZKN:heeftBetrekkingOp/ZKN:gerelateerde/ZKN:natuurlijkPersoon"
"""The persons that a zaak is about."""

BELANGHEBBENDEN = "JZ:object/ZKN:heeftAlsBelanghebbende"

VOLGNUMMER = "clientvolgnummer"
"""The extraElement that numbers a child, and says of which children somebody is a belanghebbende."""

MOEDER_VAN_ONGEBOREN = "ouder, gezag niet benoemd"
"""The role of the mother of an unborn child (corv.md 4.1, row 9)."""

OUDERS = frozenset({"ouder met gezag", "ouder zonder gezag", MOEDER_VAN_ONGEBOREN, "ouder, niet juridisch"})
"""The roles of a parent, in the words of the list Jeugdzorgrol (corv.md 4.4, row 60)."""


def born_child(root: etree._Element) -> etree._Element:
    """The first heeftBetrekkingOp about a born child, to break it. Raises NoPlaceError where there is none."""
    for one in find(root, BETREKKINGEN):
        if text(one, "ZKN:omschrijving") == CLIENT:
            return one
    raise NoPlaceError("In dit bericht staat geen geboren kind, dus kan deze fout er niet in.")
