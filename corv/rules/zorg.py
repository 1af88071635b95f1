"""What the rules about a zorgmelding and its terugkoppeling share: whether a child is named, and who is a parent."""

from collections.abc import Iterator

from lxml import etree

from corv.elements import why_no_value
from corv.lijsten import rolsleutel
from corv.rules.bericht import Bericht, find, first, text
from corv.rules.breken import need, take_away
from corv.rules.zaak import BELANGHEBBENDEN, BETREKKINGEN, KINDEREN, OUDERS, PERSOON, says_something

VERVOLGACTIE = "Vervolgactie nodig"
"""The resultaat of a terugkoppeling after which an organisation must act."""

MEDEWERKER = "medewerkersidentificatie"
"""The extraElement with the number of whom to ask at the melder."""


def names_child(bericht: Bericht) -> bool:
    """Whether it says which jeugdige it is about; of an unborn child it does not, and what is empty says no more than absence."""
    return any(map(says_something, bericht.find(KINDEREN)))


def parents(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Every belanghebbende with the role of a parent, and the person. The role is free text here (corv.md 8)."""
    for one in find(root, BELANGHEBBENDEN):
        persoon = first(one, PERSOON)
        if persoon is not None and why_no_value(persoon) is None and rolsleutel(text(one, "ZKN:omschrijving")) in OUDERS:
            yield one, persoon


def lose_mother(root: etree._Element) -> None:
    """Make it a message about an unborn child, in which no belanghebbende is a parent."""
    take_away(first(root, BETREKKINGEN))
    for ouder, _ in parents(root):
        need(ouder, "ZKN:omschrijving").text = "overige verwant"
