"""One fault in a good message: the table `FOUTEN`, by the code of the finding that it gives.

`corv controleer` says of a message that was broken exactly that one finding, whatever kind of message it is. Some depend on who
we are and on what came before, so only `corv verklaar` and `corv verwerk` can say them: `met` says which. A new code is one line
in the table; a rule of `corv.rules` is in it by itself. Where there are several ways to the same fault, chance picks one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from corv.berichten import BERICHTEN
from corv.errors import NoPlaceError
from corv.rules import RULES
from corv.rules.examples import title_of
from corv.rules.rule import Rule
from corv.stuf import VERRIJKINGEN
from corv.voorbeeld import MAKERS, make
from corv.voorbeeld.fouten import inhoud, kop, tekst
from corv.voorbeeld.fouten.breken import Break, in_tree
from corv.voorbeeld.lot import Lot
from corv.voorbeeld.world import World

ALL = frozenset(soort.naam for soort in BERICHTEN.values())
ANSWERS = frozenset(soort.naam for soort in BERICHTEN.values() if soort.is_answer)
"""The Bv and Fo."""

MESSAGES = ALL - ANSWERS
"""Every Di01."""

_UITSLAGEN = frozenset(VERRIJKINGEN.values())
_VERKLAAR = "verklaar"
_MOST_DRAWN = 500
_SENT = frozenset(naam for naam, maker in MAKERS.items() if maker.is_ours)
_ANSWERED = ALL - frozenset(soort.naam for soort in BERICHTEN.values() if soort.is_technical)


@dataclass(frozen=True)
class Fout:
    """How to break a message. `wat`: what is the matter then, in Dutch; `voor`: the kinds of message that it can be done to.

    `met`: the command that says so. `needs_question`: whether it says only that of an answer to a message that we know.
    """

    wat: str
    breek: Break
    voor: frozenset[str] = ALL
    met: str = "controleer"
    needs_question: bool = False


def _against(rule: Rule) -> Fout:
    """A message that breaks a rule of `corv.rules`, which says itself how."""
    return Fout(f"in strijd met: {title_of(rule)}", in_tree(lambda root, _lot: rule.breek(root)), rule.APPLIES_TO)


FOUTEN: Mapping[str, Fout] = {
    "bestand-leeg": Fout("er staat niets in het bestand", tekst.leeg),
    "geen-xml": Fout("gewone tekst, JSON of een PDF", tekst.geen_xml),
    "xml-afgekapt": Fout("het bestand houdt halverwege op", tekst.afgekapt),
    "xml-codering": Fout("een teken dat geen UTF-8 is, of een codering die niet bestaat", tekst.codering),
    "xml-dtd": Fout("er staat een DTD boven", tekst.dtd),
    "xml-fout": Fout("twee berichten achter elkaar, een verkeerd eindteken of een losse &", tekst.fout),
    "xml-grens": Fout("te diep genest, of te veel attributen op een element", tekst.grens),
    "soap-inhoud": Fout("een SOAP-envelop met geen of twee berichten erin", tekst.soap),
    "geen-stuf": Fout("wel XML, maar geen StUF", in_tree(kop.geen_stuf)),
    "geen-stuurgegevens": Fout("de stuurgegevens zijn weg", in_tree(kop.geen_stuurgegevens)),
    "referentienummer-leeg": Fout("een leeg referentienummer", in_tree(kop.referentienummer_leeg)),
    "niet-te-beantwoorden": Fout("een applicatie van twee tekens en een spatie", in_tree(kop.applicatie_te_kort), _ANSWERED),
    "StUF001": Fout("de stuurgegevens zijn van StUF 02.04", in_tree(kop.andere_stuf)),
    "StUF004": Fout("de namespace van vóór 2016, toen er nog geen koppelvlak was", in_tree(kop.ander_sectormodel), MESSAGES),
    "StUF007": Fout("een andere versie van het koppelvlak: jz0101", in_tree(kop.andere_versie), MESSAGES),
    "StUF010": Fout("aan een organisatie die wij niet kennen", in_tree(kop.onbekende_ontvanger), MESSAGES - _SENT, _VERKLAAR),
    "StUF013": Fout("van een organisatie die wij niet zijn", in_tree(kop.onbekende_zender), _SENT, f"{_VERKLAAR} --kanaal eigen"),
    "StUF022": Fout("een berichtcode die niet bestaat", in_tree(kop.berichtcode_onbekend)),
    "StUF025": Fout("een berichtcode die hier niet wordt gebruikt", in_tree(kop.berichtcode_niet_gebruikt)),
    "StUF034": Fout("een functie die niet bestaat", in_tree(kop.functie_onbekend), MESSAGES),
    "StUF037": Fout("een bericht dat tot StUF zelf zou horen, en niet tot het koppelvlak", in_tree(kop.root_van_stuf), MESSAGES),
    "StUF040": Fout("de functie of berichtcode van een ander bericht", in_tree(kop.van_een_ander_bericht)),
    "StUF055": Fout("één afwijking van het schema: een waarde, de volgorde, iets te veel of te weinig", in_tree(inhoud.schema)),
    "antwoord-zonder-vraag": Fout("een crossRefnummer dat wij niet kennen", in_tree(kop.onbekende_vraag), ANSWERS, _VERKLAAR),
    "antwoord-past-niet": Fout(
        "de verzoekidentificatie van een ander verzoek", in_tree(inhoud.ander_verzoek), _UITSLAGEN, _VERKLAAR, True
    ),
    "antwoord-andere-partij": Fout(
        "van een ander dan aan wie het verzoek ging", in_tree(kop.onbekende_zender), _UITSLAGEN, _VERKLAAR, True
    ),
    "crossrefnummer-onbekend": Fout(
        "een crossRefnummer dat wij niet kennen", in_tree(kop.onbekende_vraag), _UITSLAGEN, _VERKLAAR, True
    ),
    "antwoord-aan-ander": Fout("een antwoord aan een ander dan wij", in_tree(kop.onbekende_ontvanger), ANSWERS, _VERKLAAR, True),
    **{rule.ID: _against(rule) for rule in RULES.values()},
}
"""By code of the finding; of a rule its id."""

ZONDER: Mapping[str, str] = {
    "bestand-te-groot": "zo'n bestand is gewoon te groot: zet achter een goed bericht 64 MiB aan spaties",
    "bestand-verdwenen": "het gaat over een bestand dat er niet meer is",
    "geen-bestand": "het gaat over een map, een pijp of een koppeling in de inbox",
    "teruggenomen": "het gaat over een teruggezette database",
    "proces-beeindigd": "het hangt af van de machine: corv moet er drie keer op zijn gestopt",
    "eigen-fout": "het is een fout in corv zelf",
    "schema-verschil": "het hangt af van het officiële schema dat er is geïnstalleerd",
    "regel-niet-uitgevoerd": "het hangt af van een eigen regel van de organisatie",
    "StUF016": "er zijn twee berichten voor nodig: geef een tweede het referentienummer van het eerste",
    "StUF058": "het is een fout in corv zelf",
}
"""The codes of findings for which no message can be broken, each with why."""


def broken(naam: str, zaad: int, number: int, world: World, code: str) -> bytes:
    """The file of a message with that fault in it. The same arguments give the same file.

    An example without a place for the fault is drawn again. Raises NoPlaceError where none of many has one, as may be where
    what it answers leaves nothing to draw.
    """
    for poging in range(_MOST_DRAWN):
        root = make(naam, zaad, number, world, code, poging)
        try:
            return FOUTEN[code].breek(root, Lot(f"{code} {naam} {zaad} {number}"))
        except NoPlaceError as error:
            no_place = error
    raise no_place
