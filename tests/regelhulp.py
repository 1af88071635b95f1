"""What the tests of the rules share: to ask a rule about a message or a piece of one, and the pieces to make that of."""

from datetime import date

from lxml import etree

from corv.lijsten import Lijsten, bestanden
from corv.niveaus import Niveaus, Richting
from corv.rules import RULES
from corv.rules.bericht import Bericht
from corv.rules.examples import Example
from corv.rules.rule import Context
from corv.rules.running import Beleid, check_rules
from corv.schemas.places import display_path
from corv.tabellen import bestanden as tabellen
from corv.voorbeeld.world import World

WORLD = World(tabellen.load(None, []))
LIJSTEN = bestanden.load(None, [])
TODAY = date(2026, 11, 22)

Found = list[tuple[str, str]]
"""Of each violation where it is, and what is said."""

BORN, UNBORN = "Client (kind)", "Client (ongeboren kind)"
MOTHER, WITH, WITHOUT, VOOGD = "ouder, gezag niet benoemd", "ouder met gezag", "ouder zonder gezag", "voogd"
NIL = 'xsi:nil="true"'
BSN = "<BG:inp.bsn>999990019</BG:inp.bsn>"
NAME = "<BG:geslachtsnaam>Voorbeeld</BG:geslachtsnaam>"
WHOLE_NAME = f"{NAME}<BG:voornamen>Vera</BG:voornamen>"
DATE = "<BG:geboortedatum>19870514</BG:geboortedatum>"
WOMAN, MAN = (f"<BG:geslachtsaanduiding>{one}</BG:geslachtsaanduiding>" for one in "VM")


def said(regel: str, naam: str, *xml: str, kop: str = "", lijsten: Lijsten | None = None) -> Found:
    """What a rule says of a message with this in its object: of each element the name, numbered among its twins."""
    found = said_of(regel, message(naam, *xml, kop=kop), lijsten=lijsten)
    return [(pad.rpartition(":")[2], wat) for pad, wat in found]


def said_of(regel: str, root: etree._Element, *, lijsten: Lijsten | None = None) -> Found:
    """What a rule says of a message: of each element the path below the root."""
    violations = RULES[regel].check(Bericht(root), Context(TODAY, lijsten=lijsten or Lijsten()))
    return [(display_path(one.at).removeprefix(f"{display_path(root)}/"), one.wat) for one in violations]


def received(root: etree._Element, niveaus: Niveaus | None = None) -> list[tuple[str, str | None]]:
    """What all rules say of a message that we receive: each time the code, and the whole path."""
    found = check_rules(root, Beleid(Richting.ONTVANGST, TODAY, niveaus or Niveaus()))
    return [(one.code, one.pad) for one in found]


def message(naam: str, *xml: str, kop: str = "") -> etree._Element:
    """A message with this in its object, as small as it is. `kop`: what stands before the object."""
    return Example(True, naam, f"{kop}<JZ:object>{''.join(xml)}</JZ:object>").bericht().root


def extra(naam: str, text: object = "") -> str:
    return f'<StUF:extraElement naam="{naam}">{text}</StUF:extraElement>'


def extras(*named: tuple[str, object]) -> str:
    return f"<StUF:extraElementen>{''.join(extra(naam, text) for naam, text in named)}</StUF:extraElementen>"


def numbers(*wanted: object) -> str:
    return "".join(extra("clientvolgnummer", number) for number in wanted)


def child(omschrijving: str, persoon: str, number: object = "") -> str:
    """A heeftBetrekkingOp with one person."""
    elementen = extras(("clientvolgnummer", number)) if number else ""
    return (
        f"<ZKN:heeftBetrekkingOp><ZKN:gerelateerde><ZKN:natuurlijkPersoon>{persoon}{elementen}</ZKN:natuurlijkPersoon>"
        f"</ZKN:gerelateerde><ZKN:omschrijving>{omschrijving}</ZKN:omschrijving></ZKN:heeftBetrekkingOp>"
    )


def belanghebbende(rol: str, persoon: str, elementen: str = "", soort: str = "natuurlijkPersoon") -> str:
    """A heeftAlsBelanghebbende with those extraElementen."""
    return (
        f"<ZKN:heeftAlsBelanghebbende><ZKN:gerelateerde><ZKN:{soort}>{persoon}</ZKN:{soort}></ZKN:gerelateerde>"
        f"<ZKN:omschrijving>{rol}</ZKN:omschrijving><StUF:extraElementen>{elementen}</StUF:extraElementen>"
        "</ZKN:heeftAlsBelanghebbende>"
    )
