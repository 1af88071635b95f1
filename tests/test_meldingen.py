"""The meldingen that other tests make are valid, whatever they hold."""

from datetime import date

import pytest
from lxml import etree
from meldingen import melding

from conftest import OFFICIAL_SETS
from corv.schemas import Schemas

PERSONEN = [
    {"rol": "jeugdige", "geboren": date(2014, 6, 17), "feitelijk": ("7551AB", "Hengelo"), "formeel": ("3511AB", "Utrecht")},
    {"rol": "ouder met gezag", "feitelijk": (None, "Hengelo"), "formeel_buitenland": True},
    {"rol": "ouder zonder gezag", "feitelijk_buitenland": True, "formeel": ("7551", None)},
    {"rol": "melder"},
]


@pytest.mark.parametrize("personen", [PERSONEN, *([persoon] for persoon in PERSONEN)])
@pytest.mark.parametrize("locatie", ["Proefstraat 12, Deventer", None])
def test_a_made_melding_is_valid(
    schemas: Schemas, official: etree.XMLSchema | None, personen: list[dict[str, object]], locatie: str | None
) -> None:
    root = etree.fromstring(melding(personen, locatie=locatie))
    assert schemas.validate(root) == ()
    assert official is None or official.validate(root), f"{OFFICIAL_SETS['vt'].name}: {official.error_log}"
    assert len(root.findall(".//{*}heeftBetrokken")) == len(personen)
