"""Make docs/regels.md of the catalogue of rules and the table of rows: `python tools/maak_regels.py [DOEL]`.

The same rules give the same bytes. The levels are those of the rules themselves, as where config/regels.toml says nothing.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from corv.berichten.soort import short
from corv.niveaus import Niveaus
from corv.rules import RULES
from corv.rules.examples import Example
from corv.rules.rij import Rij, Stand
from corv.rules.rijen import RIJEN
from corv.rules.tonen import Part, in_words, part_of

DOEL = Path(__file__).parents[1] / "docs" / "regels.md"

_HEAD = """# Regels: wat het schema niet ziet

<!-- Gemaakt met tools/maak_regels.py uit de regels in corv/rules/; verander het daar, niet hier. -->

Een bericht kan volgens het schema goed zijn en toch niet kloppen: een BSN dat niet bestaat, een ongeboren kind zonder moeder,
een verzoek zonder het document. Daarvoor zijn er regels. Corv bekijkt ze als het schema geen fout vindt, bij elk bericht dat u
ontvangt of wilt verzenden. Wat niet klopt, staat als bevinding in `corv toon`, `corv controleer` en `corv verklaar`, met de
plaats in het bericht.

Op deze bladzijde staan alle regels. De lijst, en één regel, ziet u ook op het scherm, met de niveaus die in uw werkmap gelden:

    corv regels
    corv regels --bericht vtMelding
    corv regels bsn-elfproef

Een voorbeeld van een bericht waarin precies één regel is overtreden, maakt u zo; zie
[voorbeelden](voorbeelden.md#een-bericht-met-een-fout):

    corv voorbeeld vtMelding --fout bsn-elfproef

## Hoe zwaar een regel weegt

| niveau | wat er gebeurt |
|---|---|
| fout | het bericht wordt geweigerd |
| waarschuwing | het bericht gaat door; de bevinding staat erbij |
| uit | de regel wordt niet bekeken |

Elke regel heeft een niveau voor berichten die u verzendt en een voor berichten die u ontvangt. Zonder dat u iets instelt, geldt
wat hieronder staat: streng voor wat u verzendt, want de keten weigert zo'n bericht meestal ook; bij ontvangst alleen een
waarschuwing. Een ontvangen melding of antwoord wordt nooit door een regel geweigerd, ook niet met niveau fout.

In `config/regels.toml` kiest u een ander niveau: per regel, per richting, en als u wilt vanaf een dag. Is dat bestand er niet,
maak het dan met `corv init` op uw werkmap: wat er al is, blijft. Dit laat een regel voorlopig alleen waarschuwen bij wat u
verzendt:

```toml
[[regel]]
id = "CORV-A9.3"
verzenden = "waarschuwing"
```

Controleer het daarna; een draaiende service neemt het vanzelf over:

    corv config controleer

Een bericht dat is geweigerd, blijft geweigerd, ook als de regel daarna lichter wordt. Laat uw zaaksysteem het opnieuw versturen
met een nieuw referentienummer.

## Wat er is gevonden

Welke berichten deze week niet klopten, welke een bepaalde regel overtraden, en wat er aan een ervan mankeert:

    corv berichten --sinds 1w --met-bevindingen
    corv berichten --sinds 1w --bevinding bsn-elfproef
    corv toon KENMERK

## Alle regels
"""

_ONE_BY_ONE = """
## De regels een voor een

Bij `bron` is corv.md het stuk met feiten over het koppelvlak waaruit corv is gebouwd; het hoort niet bij de broncode. Een rij is
een nummer in de lijst onderaan. Een voorbeeld is zo klein als de regel toelaat, en geen heel bericht.
"""

_ROWS = """## De hele lijst, met wat geen regel is

Het stuk waarin de regels van het koppelvlak woordelijk staan, was er niet toen corv werd gebouwd. Deze lijst is gemaakt uit wat
er wel over te vinden is: het forum, de lijsten van wijzigingen en de schema's. Elk punt staat er: met de regel die het bekijkt,
of met de reden waarom er geen regel voor is. De andere regels komen niet van deze lijst, maar uit wat het schema doorlaat.
"""

_UNKNOWN = """
## Wat niet bekend is

Van deze punten is de tekst of de bedoeling niet bekend, dus kan er geen regel voor zijn. Weet u het, meld het dan aan de makers
van corv.
"""


def main(arguments: list[str]) -> None:
    """Write the page."""
    target = Path(arguments[0]) if arguments else DOEL
    target.write_text(page(), encoding="utf-8")
    print(f"{target}: {len(RULES)} regels, {len(RIJEN)} rijen")


def page() -> str:
    """The text of docs/regels.md."""
    parts = [part_of(rule, Niveaus(), date.min) for rule in RULES.values()]
    lines = [_HEAD, *_overview(parts), _ONE_BY_ONE]
    for part in parts:
        lines += _part(part)
    lines += [_ROWS, *_rows(parts), _UNKNOWN, *_unknown()]
    return "\n".join(lines) + "\n"


def _overview(parts: Iterable[Part]) -> Iterator[str]:
    yield from _table_head("regel", "wat er moet kloppen", "berichten", "verzenden", "ontvangst")
    for part in parts:
        yield _row(_link(part.id), part.wat, in_words(part.berichten), part.verzenden, part.ontvangst)


def _part(part: Part) -> Iterator[str]:
    yield f"### {part.id}\n\n**{part.wat}.**\n{part.uitleg}\n"
    yield from _table_head("", "")
    yield _row("berichten", in_words(part.berichten))
    yield _row("u verzendt het", f"{part.verzenden}. {part.herstel}")
    yield _row("u ontvangt het", f"{part.ontvangst}. {part.let_op}")
    yield _row("bron", f"{part.bron}.")
    yield ""
    for example in part.voorbeelden:
        yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    yield f"{'Slaagt' if example.slaagt else 'Faalt'} ({short(example.naam)}):\n\n```xml\n{example.xml}\n```\n"


def _rows(parts: Iterable[Part]) -> Iterator[str]:
    by_row: dict[int, list[str]] = {}
    for part in parts:
        for number in part.rijen:
            by_row.setdefault(number, []).append(_link(part.id))
    yield from _table_head("rij", "in de keten", "stand", "wat er moet kloppen", "regel, of waarom niet")
    for number, rij in RIJEN.items():
        yield _row(str(number), ", ".join(rij.ids), rij.stand, rij.wat, ", ".join(by_row.get(number, [])) or rij.waarom)


def _unknown() -> Iterator[str]:
    yield from (f"- {_called(number, rij)}: {rij.waarom}." for number, rij in RIJEN.items() if rij.stand is Stand.ONBEKEND)


def _called(number: int, rij: Rij) -> str:
    ids = f", {', '.join(rij.ids)}" if rij.ids else ""
    return f"rij {number}{ids} ({rij.wat.removesuffix('.')})"


def _link(rule: str) -> str:
    """To the part of this page about a rule."""
    return f"[{rule}](#{re.sub(r'[^a-z0-9-]', '', rule.lower())})"


def _table_head(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield f"|{'---|' * len(titles)}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    main(sys.argv[1:])
