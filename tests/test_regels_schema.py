"""Where a row of corv.md 4 is no rule because the schema sees to it, our schema does: a message that breaks it is refused."""

from collections.abc import Callable
from copy import deepcopy

import pytest
from lxml import etree
from regelhulp import WORLD

from corv.rules.bericht import clark, first
from corv.rules.breken import put_after, take_away
from corv.rules.rijen import RIJEN
from corv.schemas import Schemas
from corv.stuf import STUF
from corv.voorbeeld import make

Change = Callable[[etree._Element], object]


def said(text: str) -> Change:
    def change(element: etree._Element) -> None:
        element.text = text

    return change


def inside(name: str) -> Change:
    return lambda element: etree.SubElement(element, clark(name))


def after(name: str, text: str) -> Change:
    return lambda element: put_after(element, name, text)


def twice(element: etree._Element) -> None:
    element.addnext(deepcopy(element))


def without_name(element: etree._Element) -> None:
    del element.attrib[f"{{{STUF}}}bestandsnaam"]


OBJECT, INHOUD, DOCUMENT = "JZ:object/ZKN:", ".//ZKN:inhoud", ".//ZKN:dct.omschrijving"
VESTIGING = "JZ:object/ZKN:heeftAlsBelanghebbende/ZKN:gerelateerde/ZKN:vestiging"
ZICHT = ".//JZ:verantwoordelijkVoorZichtOpDeVeiligheidBelegdBij"
TIJDSTIP, CROSS = "JZ:stuurgegevens/StUF:tijdstipBericht", "JZ:stuurgegevens/StUF:crossRefnummer"
VERZOEK, UW = "JZ:object/JZ:verzoekidentificatie", "JZ:object/JZ:uwIdentificatie"

REFUSED: list[tuple[int, str, str, Change]] = [
    (15, "vtoDi01", f"{VESTIGING}/BG:handelsnaamVerkort", take_away),
    (15, "vtoDi01", f"{VESTIGING}/BG:sub.telefoonnummer", take_away),
    (22, "vtoDi01", INHOUD, without_name),
    (24, "vtoDi01", DOCUMENT, said("Zorgmelding")),
    (24, "vtoDi01", DOCUMENT, said("Iets anders")),
    (24, "zorgmeldingDi01", DOCUMENT, said("Gezinsgeschiedenis")),
    (35, "vtoDi01", VESTIGING, inside("ZKN:heeftAlsContactpersoon")),
    (36, "vtoDi01", ".//BG:aoa.postcode", said("1234 AB")),
    (47, "notificatieDi01", f"{OBJECT}heeftBetrekkingOp", twice),
    (47, "notificatieDi01", f"{OBJECT}heeftBetrekkingOp", take_away),
    *((57, "zorgmeldingDi01", f"{OBJECT}{name}", twice) for name in ("kenmerk", "heeftAlsInitiator", "heeftRelevant")),
    *((57, "zorgmeldingDi01", f"{OBJECT}{name}", take_away) for name in ("kenmerk", "heeftAlsInitiator", "heeftRelevant")),
    (61, "zorgmeldingTerugkoppelingDi01", f"{OBJECT}identificatie", take_away),
    (61, "zorgmeldingTerugkoppelingDi01", f"{OBJECT}identificatie", said("1234")),
    (61, "zorgmeldingTerugkoppelingDi01", f"{OBJECT}identificatie", said("1" * 41)),
    (63, "zorgmeldingTerugkoppelingDi01", f"{OBJECT}kenmerk/ZKN:bron", said("VT-melding")),
    (66, "vtTerugkoppelingDi01", f"{OBJECT}status", take_away),
    (68, "vtTerugkoppelingDi01", ZICHT, take_away),
    (70, "vtMeldingDi01", ".//JZ:jeugzorgrol", said("oom")),
    *(
        (72, "vtMeldingDi01", f".//JZ:{name}", said(""))
        for name in ("SASHniveau", "wijzeVanInformering", "indicatieSASHIngevuld", "indicatieGereageerd")
    ),
    *((72, "vtTerugkoppelingDi01", f"{OBJECT}{name}", said("")) for name in ("status", "uitkomst")),
    *((73, naam, path, take_away) for naam in ("ucobDi01", "uciDi01") for path in (CROSS, VERZOEK)),
    (74, "uitkomstMeldingGeneriekDi01", TIJDSTIP, after("StUF:crossRefnummer", "voorbeeld-1")),
    (74, "uitkomstMeldingGeneriekDi01", UW, take_away),
    (74, "uitkomstMeldingGeneriekDi01", UW, said("1234")),
]
"""The row, the message, the place, and what is done there."""

LEFT_FREE: list[tuple[int, str, str, Change]] = [
    (67, "vtTerugkoppelingDi01", f"{OBJECT}identificatie", take_away),
    (75, "uitkomstMeldingGeneriekDi01", "JZ:object/JZ:statuscode", said("VT-99")),
]


def changed(naam: str, path: str, change: Change) -> etree._Element:
    """The first of many examples that has the place, once it is changed."""
    for zaad in range(1, 101):
        root = make(naam, zaad, 1, WORLD)
        if (found := first(root, path)) is not None:
            change(found)
            return root
    raise AssertionError(f"geen voorbeeld van {naam} met {path}")


@pytest.mark.parametrize(("row", "naam", "path", "change"), REFUSED)
def test_the_schema_refuses_what_the_row_forbids(row: int, naam: str, path: str, change: Change, schemas: Schemas) -> None:
    assert "schema" in RIJEN[row].waarom
    assert schemas.validate(changed(naam, path, change)) != ()


@pytest.mark.parametrize(("row", "naam", "path", "change"), LEFT_FREE)
def test_the_schema_leaves_free_what_the_row_leaves_free(
    row: int, naam: str, path: str, change: Change, schemas: Schemas
) -> None:
    assert "schema" in RIJEN[row].waarom
    assert schemas.validate(changed(naam, path, change)) == ()


def test_every_row_that_is_left_to_the_schema_is_tried() -> None:
    tried = {row for row, *_ in (*REFUSED, *LEFT_FREE)}
    assert tried == {number for number, rij in RIJEN.items() if "het schema" in rij.waarom}
