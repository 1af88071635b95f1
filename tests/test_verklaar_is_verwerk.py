"""What `corv verklaar` foretells is what `corv verwerk` does: of every sample message, and of a thousand invented ones."""

import random
import tomllib
from collections import Counter
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from meldingen import POLITIE, melding

from conftest import BERICHTEN, GEMEENTE, OURS, START, TWENTE, Werkmap, message
from corv import config
from corv.checking import Checks
from corv.cli.uitleg import foresight_json
from corv.database import open_for_reading
from corv.schemas import Schemas
from corv.settings import Kant
from corv.verklaren import foresee

CASES: list[dict[str, Any]] = tomllib.loads((BERICHTEN / "gevallen.toml").read_text(encoding="utf-8"))["geval"]

BATCHES, BATCH = 20, 50
IN_TWENTE = {"rol": "jeugdige", "feitelijk": ("7511AB", "Enschede")}
_CLEAR = 0.2
ARNHEM = "00000001999000005001"
ROLES = ("jeugdige", "kind", "broer of zus", "ouder met gezag", "stiefouder", "opvoeder/verzorger", "melder", "hulpverlener")
PLACES = (
    *(("3511AB", "Utrecht"), ("3811LG", "Amersfoort")),
    *(("7511AB", "Enschede"), ("7511", None), (None, "Almelo"), ("6811AB", "Arnhem"), ("2011AB", "Haarlem")),
    *(("7511AB", "Utrecht"), ("7693AB", None), (None, "Hengelo"), (None, None), ("9999ZZ", "Nergenshuizen")),
)
LOCATIONS = ("Op straat", "Bij 7511 AB", "In Enschede, achter het station", "Achter de kerk", None)
OTHERS = (TWENTE, ARNHEM, "00000009999999999999", GEMEENTE)

_EXPECTED = {
    "al-het-andere: geaccepteerd",
    "zeker-voor-ander: herrouteerd",
    "zeker-voor-ander: te_beoordelen",
    "misschien-voor-ander: te_beoordelen",
    "meer-werkgebieden: te_beoordelen",
    "gericht-aan-ander: te_beoordelen",
    "melding-van-veilig-thuis: te_beoordelen",
    "al-eerder-doorgestuurd: te_beoordelen",
    "eerder-ontvangen: herhaald",
    "ander-bericht-zelfde-nummer: geweigerd",
    "ontvanger-onbekend: geweigerd",
    "niet-volgens-schema: geweigerd",
    "onleesbaar: onleesbaar",
}
"""What the invented meldingen must give, each at least five times: otherwise they would show little."""


def made_up(chance: random.Random, number: int) -> dict[str, Any]:
    """Everything that one invented melding is made of."""
    return {
        "personen": [IN_TWENTE] if chance.random() < _CLEAR else [_person(chance) for _ in range(chance.choice((1, 1, 2, 3)))],
        "zender": chance.choice((POLITIE,) * 8 + (TWENTE, ARNHEM)),
        "ontvanger": chance.choice((OURS,) * 10 + OTHERS),
        "referentienummer": f"gemaakt-{number}",
        "identificatie": f"PL-{number}",
        "locatie": chance.choice(LOCATIONS),
    }


def _person(chance: random.Random) -> dict[str, Any]:
    return {
        "rol": chance.choice(ROLES[:1] * 8 + ROLES),
        "geboren": chance.choice((None, date(2015, 5, 1), date(1980, 5, 1))),
        "feitelijk": chance.choice((None, *PLACES, *PLACES)),
        "formeel": chance.choice((None, None, *PLACES)),
        "feitelijk_buitenland": chance.random() < 0.05,
    }


def spoilt(chance: random.Random, content: bytes) -> bytes:
    """Most are left as they are; some are no longer valid, or no message at all."""
    old, new = chance.choice(
        [(b"", b"")] * 15
        + [
            (b"Di01</StUF:berichtcode>", b"Lk01</StUF:berichtcode>"),
            (b">jeugdige<", b">buurman<"),
            (b"jz0100", b"jz0099"),
            (b"</JZ:vtMeldingDi01>", b""),
            (b">vtMeldingDi01<", b">vtoDi01<"),
            (b"<JZ:indicatieSASHIngevuld>", b"<JZ:indicatie>"),
        ]
    )
    return content.replace(old, new) if old else content


class Vraag:
    """What comes in, batch by batch: new meldingen, and some that were seen in an earlier batch, changed or not."""

    def __init__(self, seed: int) -> None:
        self.chance, self.earlier = random.Random(seed), list[dict[str, Any]]()

    def batch(self, nth: int) -> list[bytes]:
        """Within a batch no two have anything to do with each other: what was foretold would not hold for the second."""
        again = self.chance.sample(self.earlier, min(len(self.earlier), BATCH // 5))
        fresh = [made_up(self.chance, nth * BATCH + number) for number in range(BATCH - len(again))]
        self.earlier = [*self.earlier, *fresh]
        found = []
        for facts in again:
            match self.chance.choice(("herhaling", "andere inhoud", "zelfde melding")):
                case "herhaling":
                    found.append(melding(**facts))
                case "andere inhoud":
                    found.append(melding(**{**facts, "locatie": f"Elders {nth}"}))
                case _:
                    found.append(melding(**{**facts, "referentienummer": f"{facts['referentienummer']}-{nth}"}))
        return found + [spoilt(self.chance, melding(**facts)) for facts in fresh]


def foretold(werkmap: Werkmap, contents: dict[str, tuple[str, bytes]], schemas: Schemas) -> dict[str, dict[str, Any]]:
    """What `corv verklaar --json` says of each file, as far as a pass does it too."""
    settings, found = config.load(werkmap.path), {}
    path = werkmap.path.parent / "vraag.xml"
    with closing(open_for_reading(settings.database)) as db:
        for name, (kanaal, content) in contents.items():
            path.write_bytes(content)
            said = foresight_json(foresee(path, Kant(kanaal), db, settings, Checks(schemas.validate), werkmap.now))
            facts = {word: said["besluit"][word] for word in ("status", "actie", "naar", "regel", "reden", "foutcode")}
            why = {word: said[word] for word in ("werkgebied", "regelbestand", "tabellen")}
            found[name] = {**facts, **why, "uitvoer": [(file["soort"], file["kanaal"]) for file in said["uitvoer"]]}
            found[name]["bevindingen"] = [finding["code"] for finding in said["bevindingen"]]
    return found


def done(werkmap: Werkmap, contents: dict[str, tuple[str, bytes]]) -> dict[str, dict[str, Any]]:
    """What a pass recorded of each file."""
    for name, (kanaal, content) in contents.items():
        werkmap.drop(kanaal, name, content)
    werkmap.run()
    found = {}
    for row in werkmap.rows()[: len(contents)]:
        whole = werkmap.whole(row["id"])
        facts = {word: whole["besluit"][word] for word in ("actie", "naar", "regel", "reden", "foutcode")}
        why = {word: (whole["verklaring"] or {}).get(word) for word in ("werkgebied", "regelbestand", "tabellen")}
        found[whole["bericht"]["bestandsnaam"]] = {
            "status": row["status"],
            **facts,
            **why,
            "uitvoer": [(file["soort"], file["kanaal"]) for file in whole["uitvoer"]],
            "bevindingen": [finding["code"] for finding in whole["bevindingen"]],
        }
    return found


def test_a_thousand_meldingen_go_where_was_foretold(werkmap: Werkmap, schemas: Schemas) -> None:
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    werkmap.configure('naam = "Veilig Thuis Gelderland-Midden"\noin = ""', f'oin = "{ARNHEM}"', "organisaties.toml")
    vraag, seen = Vraag(seed=4), Counter[str]()

    for nth in range(BATCHES):
        contents = {f"{nth}-{number}.xml": ("corv", content) for number, content in enumerate(vraag.batch(nth))}
        expected = foretold(werkmap, contents, schemas)
        assert done(werkmap, contents) == expected
        seen.update(f"{one['regel']}: {one['status']}" for one in expected.values())

    assert seen.total() == BATCHES * BATCH
    assert {name for name in _EXPECTED if seen[name] < 5} == set(), seen


@pytest.mark.parametrize("kanaal", ["corv", "eigen"])
def test_every_sample_message_goes_where_was_foretold(werkmap: Werkmap, schemas: Schemas, kanaal: str) -> None:
    for case in CASES:
        if case["kanaal"] == kanaal:
            contents = {"een.xml": (kanaal, message(case["bestand"]))}
            assert foretold(werkmap, contents, schemas) == done(werkmap, contents), case["bestand"]
    assert werkmap.now > START
