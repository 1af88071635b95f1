"""What the rules about a zorgmelding and its terugkoppeling share: whether a child is named, and who is a parent."""

from collections.abc import Iterator

from lxml import etree

from corv.lijsten import rolsleutel
from corv.rules.bericht import find, first, is_there, text
from corv.rules.breken import need, take_away
from corv.rules.zaak import OUDERS, PERSOON, says_something

VERVOLGACTIE = "Vervolgactie nodig"
"""The resultaat of a terugkoppeling after which an organisation must act."""

MEDEWERKER = "medewerkersidentificatie"
"""The extraElement with the number of whom to ask at the melder."""

_BETREKKING, _BELANGHEBBENDE = "ZKN:heeftBetrekkingOp", "ZKN:heeftAlsBelanghebbende"

JEUGDIGE = f"{_BETREKKING}/{PERSOON}"
"""Where in the zaak the jeugdige stands."""


def names_child(zaak: etree._Element) -> bool:
    """Whether a zaak says whom it is about; of an unborn child it does not, and what is empty says no more than absence."""
    return any(map(says_something, find(zaak, JEUGDIGE)))


def parents(zaak: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Every belanghebbende with the role of a parent, and the person. The role is free text here (corv.md 8)."""
    for one in find(zaak, _BELANGHEBBENDE):
        persoon = first(one, PERSOON)
        if is_there(persoon) and rolsleutel(text(one, "ZKN:omschrijving")) in OUDERS:
            yield one, persoon


def lose_mother(root: etree._Element) -> None:
    """Make it a message about an unborn child, in which no belanghebbende is a parent."""
    zaak = need(root, "JZ:object")
    take_away(first(zaak, _BETREKKING))
    for ouder, _ in parents(zaak):
        need(ouder, "ZKN:omschrijving").text = "overige verwant"
