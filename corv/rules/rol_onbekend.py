"""De rol van een belanghebbende staat in de lijst Jeugdzorgrol.

In een zorgmelding en in haar terugkoppeling is de rol vrije tekst: het schema houdt geen lijst aan. Een rol buiten de lijst
leest de ontvanger niet, of anders dan bedoeld. Hij moet gelden op de dag van het bericht; hoofdletters tellen niet.

Slaagt:

    <JZ:object><ZKN:heeftAlsBelanghebbende>
      <ZKN:omschrijving>Ouder met gezag </ZKN:omschrijving>
    </ZKN:heeftAlsBelanghebbende></JZ:object>

Faalt:

    <JZ:object><ZKN:heeftAlsBelanghebbende>
      <ZKN:omschrijving>buurvrouw</ZKN:omschrijving>
    </ZKN:heeftAlsBelanghebbende></JZ:object>
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from corv.elements import day_in
from corv.lijsten import Codestand
from corv.niveaus import MILD
from corv.rules.bericht import Bericht, text
from corv.rules.breken import need
from corv.rules.rule import Context, Violation
from corv.rules.zaak import BELANGHEBBENDEN, BETREKKINGEN

ID = "rol-onbekend"
BRON = "corv.md 8: de lijst Jeugdzorgrol (JZR) van de referentielijsten; in de berichten van de zorgmelding is de rol vrije tekst"
RIJEN = ()
APPLIES_TO = frozenset({"zorgmeldingDi01", "zorgmeldingTerugkoppelingDi01"})
NIVEAU = MILD
HERSTEL = "Gebruik een rol uit de lijst Jeugdzorgrol die geldt op de dag van het bericht."
LET_OP = "Ga zelf na wat deze belanghebbende met de jeugdige te maken heeft."

_ROL = f"{BELANGHEBBENDEN}/ZKN:omschrijving"
_WAT: Mapping[Codestand, str] = {
    Codestand.ONBEKEND: "Deze rol staat niet in de lijst Jeugdzorgrol.",
    Codestand.BEEINDIGD: "Deze rol uit de lijst Jeugdzorgrol is vervallen.",
    Codestand.NOG_NIET: "Deze rol uit de lijst Jeugdzorgrol geldt nog niet.",
}


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. An empty role is not looked up."""
    day = day_in(text(bericht.first("JZ:stuurgegevens/StUF:tijdstipBericht"))) or context.op
    for element in bericht.find(_ROL):
        rol = text(element)
        if rol and (wat := _WAT.get(context.lijsten.rol(rol, day))):
            yield Violation(element, wat)


def breek(root: etree._Element) -> None:
    """The first belanghebbende has a role of the sender's own. Not of an unborn child: there the mother must stay a parent."""
    need(root, BETREKKINGEN)
    need(root, _ROL).text = "buurvrouw"
