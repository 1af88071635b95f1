"""Een notificatie noemt het verzoek waar zij op volgt, behalve als het onderzoek ambtshalve is begonnen.

Aan het nummer van het verzoek is te zien bij welk dossier de notificatie hoort. Begon de Raad voor de Kinderbescherming uit
zichzelf, dan is er geen verzoek. Niet elk verzoek gaat via CORV, dus in de praktijk ontbreekt het nummer soms: zo'n notificatie
is geldig, en blijft dat.

Slaagt:

    <JZ:object>
      <StUF:extraElementen><StUF:extraElement naam="indicatieAmbtshalve">false</StUF:extraElement></StUF:extraElementen>
      <ZKN:heeftBetrekkingOpAndere>
        <ZKN:gerelateerde><ZKN:identificatie>0000VB00000001</ZKN:identificatie></ZKN:gerelateerde>
      </ZKN:heeftBetrekkingOpAndere>
    </JZ:object>

Slaagt:

    <JZ:object>
      <StUF:extraElementen><StUF:extraElement naam="indicatieAmbtshalve">true</StUF:extraElement></StUF:extraElementen>
    </JZ:object>

Faalt:

    <JZ:object>
      <StUF:extraElementen><StUF:extraElement naam="indicatieAmbtshalve">false</StUF:extraElement></StUF:extraElementen>
    </JZ:object>

Faalt:

    <JZ:object>
      <StUF:extraElementen><StUF:extraElement naam="indicatieAmbtshalve">true</StUF:extraElement></StUF:extraElementen>
      <ZKN:heeftBetrekkingOpAndere>
        <ZKN:gerelateerde><ZKN:identificatie>0000VB00000001</ZKN:identificatie></ZKN:gerelateerde>
      </ZKN:heeftBetrekkingOpAndere>
    </JZ:object>
"""

from collections.abc import Iterator

from lxml import etree

from corv.niveaus import MILD
from corv.rules.bericht import Bericht, extra, first, is_there, place, text
from corv.rules.breken import need, take_away
from corv.rules.rule import Context, Violation

ID = "indicatie-ambtshalve"
BRON = "corv.md 4.2 rij 44 en 5, probleem 1: forum, 'beschikking rechtbank' en 'gerelateerde zaak notificaties optioneel maken'"
RIJEN = (44,)
APPLIES_TO = frozenset({"notificatieDi01"})
NIVEAU = MILD
HERSTEL = "Noem in heeftBetrekkingOpAndere het verzoek, of zet indicatieAmbtshalve op true als er geen verzoek was."
LET_OP = "De notificatie is wel geldig, want een verzoek kan buiten CORV om zijn gedaan: zoek zelf bij welk dossier zij hoort."

_ANDERE = "ZKN:heeftBetrekkingOpAndere"


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. Nothing follows from an indication that is absent, or neither true nor false."""
    del context
    for zaak in bericht.find("JZ:object"):
        andere, ambtshalve = first(zaak, _ANDERE), extra(zaak, "indicatieAmbtshalve").casefold()
        if ambtshalve == "true" and is_there(andere):
            yield Violation(andere, "Volgens indicatieAmbtshalve was er geen verzoek, maar er staat er wel een bij.")
        if ambtshalve == "false" and not text(andere, "ZKN:gerelateerde/ZKN:identificatie"):
            wat = "Volgens indicatieAmbtshalve was er een verzoek, maar er staat niet bij welk."
            yield Violation(place(zaak, _ANDERE), wat)


def breek(root: etree._Element) -> None:
    """The reference to the vto is left out."""
    take_away(need(root, f"JZ:object/{_ANDERE}"))
