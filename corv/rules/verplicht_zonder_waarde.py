"""Wat verplicht is, heeft ook echt een waarde.

Het schema laat bij veel verplichte elementen nil of noValue toe. Verzoeken en terugkoppelingen op een zorgmelding worden vertaald
voor justitie, en een verplicht element zonder waarde is niet te vertalen.

Slaagt (vtoDi01):

    <JZ:object><ZKN:heeftAlsUitvoerende><ZKN:gerelateerde><ZKN:medewerker>
      <ZKN:achternaam>Voorbeeldsma</ZKN:achternaam>
      <ZKN:voorletters StUF:noValue="waardeOnbekend"/>
    </ZKN:medewerker></ZKN:gerelateerde></ZKN:heeftAlsUitvoerende></JZ:object>

Faalt (vtoDi01):

    <JZ:object><ZKN:heeftAlsUitvoerende><ZKN:gerelateerde><ZKN:medewerker>
      <ZKN:achternaam StUF:noValue="waardeOnbekend"/>
    </ZKN:medewerker></ZKN:gerelateerde></ZKN:heeftAlsUitvoerende></JZ:object>

Faalt (zorgmeldingTerugkoppelingDi01):

    <JZ:object><ZKN:isVan xsi:nil="true"/></JZ:object>
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from corv.elements import why_no_value
from corv.niveaus import STRENG
from corv.rules.bericht import Bericht
from corv.rules.breken import make_nil, need
from corv.rules.rule import Context, Violation

ID = "verplicht-zonder-waarde"
BRON = "corv.md 4.1 rij 32: forum, 'verplicht gegeven moet een inhoudelijke waarde hebben'"
RIJEN = (32,)
APPLIES_TO = frozenset({"vtoDi01", "zorgmeldingTerugkoppelingDi01"})
NIVEAU = STRENG
HERSTEL = "Vul het in."
LET_OP = "Vraag dit zo nodig na bij de afzender."

VERPLICHT: Mapping[str, tuple[str, ...]] = {
    "vtoDi01": (
        "ZKN:isVan",
        "ZKN:isVan/ZKN:gerelateerde",
        "ZKN:heeftBetrekkingOp",
        "ZKN:heeftBetrekkingOp/ZKN:gerelateerde",
        "ZKN:heeftAlsBelanghebbende",
        "ZKN:heeftAlsBelanghebbende/ZKN:gerelateerde",
        "ZKN:heeftAlsBelanghebbende/ZKN:gerelateerde/ZKN:natuurlijkPersoon/BG:geslachtsnaam",
        "ZKN:heeftAlsBelanghebbende/ZKN:gerelateerde/ZKN:vestiging/BG:handelsnaamVerkort",
        "ZKN:heeftAlsBelanghebbende/ZKN:gerelateerde/ZKN:vestiging/BG:sub.telefoonnummer",
        "ZKN:heeftAlsUitvoerende/ZKN:gerelateerde/ZKN:medewerker",
        "ZKN:heeftAlsUitvoerende/ZKN:gerelateerde/ZKN:medewerker/ZKN:achternaam",
        "ZKN:heeftRelevant",
        "ZKN:heeftRelevant/ZKN:gerelateerde",
        "ZKN:heeftRelevant/ZKN:gerelateerde/ZKN:identificatie",
    ),
    "zorgmeldingTerugkoppelingDi01": (
        "ZKN:kenmerk/ZKN:kenmerk",
        "ZKN:isVan",
        "ZKN:isVan/ZKN:gerelateerde",
        "ZKN:heeftBetrekkingOp/ZKN:gerelateerde",
        "ZKN:heeftBetrekkingOp/ZKN:gerelateerde/ZKN:natuurlijkPersoon/BG:geslachtsnaam",
        "ZKN:heeftAlsBelanghebbende/ZKN:gerelateerde",
        "ZKN:heeftAlsBelanghebbende/ZKN:gerelateerde/ZKN:natuurlijkPersoon",
        "ZKN:heeftAlsBelanghebbende/ZKN:gerelateerde/ZKN:natuurlijkPersoon/BG:geslachtsnaam",
        "ZKN:heeftAlsBelanghebbende/ZKN:gerelateerde/ZKN:vestiging/BG:handelsnaamVerkort",
        "ZKN:heeftAlsBelanghebbende/ZKN:omschrijving",
        "ZKN:heeftAlsBelanghebbende/ZKN:heeftAlsAanspreekpunt/ZKN:gerelateerde/ZKN:naam",
    ),
}
"""Below object: what the schema wants to be there and still lets be without a value, but for what is a rule of its own.

That are heeftBetrekkingOpAndere (onderzoek-ontbreekt), the organisation in heeftAlsUitvoerende (statutaire-naam) and
heeftAlsInitiator of a terugkoppeling (corv.md 4.4, row 62).
"""

_RELATIES: Mapping[str, str] = {
    "ZKN:isVan": "om wat voor zaak het gaat",
    "ZKN:heeftBetrekkingOp": "over welk kind het bericht gaat",
    "ZKN:heeftAlsBelanghebbende": "wie de belanghebbende is",
    "ZKN:natuurlijkPersoon": "wie de belanghebbende is",
    "ZKN:medewerker": "welke medewerker het verzoek doet",
    "ZKN:heeftRelevant": "welk document erbij hoort",
}
"""Of a relation what it should tell; its gerelateerde tells the same."""


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module. Of an element that says nothing at all the rules about empty elements tell."""
    del context
    for path in VERPLICHT[bericht.naam]:
        for element in bericht.find(f"JZ:object/{path}"):
            if why_no_value(element) is not None:
                yield Violation(element, _wat(path))


def _wat(path: str) -> str:
    """What is said of an element on that path: of a relation in words, since its name alone tells little."""
    last = path.removesuffix("/ZKN:gerelateerde").rpartition("/")[2]
    if last in _RELATIES:
        return f"Deze relatie is leeg (nil of noValue): hier hoort te staan {_RELATIES[last]}."
    return "Dit element is verplicht, maar het zegt dat het geen waarde heeft (nil of noValue)."


def breek(root: etree._Element) -> None:
    """Of which kind the zaak is, is nil."""
    make_nil(need(root, "JZ:object/ZKN:isVan"))
