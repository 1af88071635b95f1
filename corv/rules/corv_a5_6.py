"""Elke gezaghebbende staat één keer in een verzoek.

Wie twee keer in het bericht staat, wordt voor twee aangezien; wie gezag heeft over meer kinderen, verwijst met meer
clientvolgnummers naar hen. Dit gaat over ouders met gezag, ouders van wie het gezag niet is benoemd, en voogden. Is een moeder
`ouder met gezag` van een geboren kind en verwacht zij er nog een, dan staat zij er één keer in als `ouder, gezag niet benoemd`.
Iemand is dezelfde als het BSN gelijk is; zonder BSN als geslachtsnaam, voornamen en geboortedatum alle drie gelijk zijn. Een
organisatie is dezelfde als het KvK-nummer gelijk is; zonder KvK-nummer als het vestigingsnummer dat is. Wie als ouder én als
voogd in het bericht staat, mag er twee keer in staan.

Slaagt:

    <JZ:object>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <BG:inp.bsn>999990019</BG:inp.bsn>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>ouder met gezag</ZKN:omschrijving>
        <StUF:extraElementen>
          <StUF:extraElement naam="clientvolgnummer">1</StUF:extraElement>
          <StUF:extraElement naam="clientvolgnummer">2</StUF:extraElement>
        </StUF:extraElementen>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <BG:inp.bsn>999990019</BG:inp.bsn>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>ouder met gezag</ZKN:omschrijving>
      </ZKN:heeftAlsBelanghebbende>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:natuurlijkPersoon>
          <BG:inp.bsn>999990019</BG:inp.bsn>
        </ZKN:natuurlijkPersoon></ZKN:gerelateerde>
        <ZKN:omschrijving>ouder, gezag niet benoemd</ZKN:omschrijving>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>

Faalt:

    <JZ:object>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:vestiging>
          <BG:vestigingsNummer>000000001234</BG:vestigingsNummer>
        </ZKN:vestiging></ZKN:gerelateerde>
        <ZKN:omschrijving>voogd</ZKN:omschrijving>
      </ZKN:heeftAlsBelanghebbende>
      <ZKN:heeftAlsBelanghebbende>
        <ZKN:gerelateerde><ZKN:vestiging>
          <BG:vestigingsNummer>000000001234</BG:vestigingsNummer>
        </ZKN:vestiging></ZKN:gerelateerde>
        <ZKN:omschrijving>voogd</ZKN:omschrijving>
      </ZKN:heeftAlsBelanghebbende>
    </JZ:object>
"""

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from corv.elements import days_of
from corv.errors import NoPlaceError
from corv.niveaus import STRENG
from corv.rules.bericht import Bericht, extra, extras, find, first, text
from corv.rules.breken import take_away
from corv.rules.rule import Context, Violation
from corv.rules.zaak import BELANGHEBBENDEN, KVK, MOEDER_VAN_ONGEBOREN, PERSOON, VESTIGING, VOLGNUMMER

ID = "CORV-A5.6"
BRON = (
    "corv.md 4.1 rij 10 (ook CORV00051) en 11: forum, 'clientvolgnummers bij één gezagsdrager' en "
    "'VTO met een geboren en ongeboren kind'"
)
RIJEN = (10, 11)
APPLIES_TO = frozenset({"vtoDi01"})
NIVEAU = STRENG
HERSTEL = (
    "Noem die één keer, met een extraElement clientvolgnummer voor elk kind; is een van die kinderen ongeboren, dan met "
    f"de rol `{MOEDER_VAN_ONGEBOREN}`."
)
LET_OP = "Het gaat om dezelfde persoon of organisatie: tel die één keer mee, bij alle kinderen waarnaar wordt verwezen."

_GEZAG = {"ouder met gezag": "ouder", MOEDER_VAN_ONGEBOREN: "ouder", "voogd": "voogd"}
"""The roles of a gezaghebbende, and as what. A parent may have gezag over one child and not over another, so a parent without
it is no gezaghebbende."""


def check(bericht: Bericht, context: Context) -> Iterator[Violation]:
    """See the docstring of the module."""
    del context
    seen = set[tuple[str, ...]]()
    for one in bericht.find(BELANGHEBBENDEN):
        who = _who(one)
        if who in seen:
            yield Violation(one, "Deze gezaghebbende staat al eerder in het bericht.")
        if who:
            seen.add(who)


def _who(belanghebbende: etree._Element) -> tuple[str, ...]:
    """By what a gezaghebbende is known; () for any other, or when that is not enough to be sure that two are the same."""
    rol = _GEZAG.get(text(belanghebbende, "ZKN:omschrijving"))
    if rol is None:
        return ()
    persoon, vestiging = first(belanghebbende, PERSOON), first(belanghebbende, VESTIGING)
    known = _known_person(persoon) if persoon is not None else _known_organisation(vestiging)
    return (rol, *known) if known else ()


def _known_organisation(vestiging: etree._Element | None) -> tuple[str, ...]:
    for naam, number in ((KVK, extra(vestiging, KVK)), ("vestigingsNummer", text(vestiging, "BG:vestigingsNummer"))):
        if number:
            return naam, number
    return ()


def _known_person(persoon: etree._Element) -> tuple[str, ...]:
    bsn = next((number for one in find(persoon, "BG:inp.bsn") if (number := text(one))), "")
    if bsn:
        return (bsn,)
    born = first(persoon, "BG:geboortedatum")
    days = days_of(born) if born is not None else None
    names = tuple(text(persoon, path).casefold() for path in ("BG:geslachtsnaam", "BG:voornamen"))
    if days is None or days[0] != days[1] or not all(names):
        return ()
    return *names, days[0].isoformat()


def breek(root: etree._Element) -> None:
    """A gezaghebbende with a BSN and several children occurs twice: once for the last child, once for the others."""
    for one in find(root, BELANGHEBBENDEN):
        numbers = extras(one, VOLGNUMMER)
        if len(numbers) > 1 and text(one, f"{PERSOON}/BG:inp.bsn") and text(one, "ZKN:omschrijving") in _GEZAG:
            again = deepcopy(one)
            take_away(numbers[-1])
            for number in extras(again, VOLGNUMMER)[:-1]:
                take_away(number)
            one.addnext(again)
            return
    raise NoPlaceError("In dit bericht heeft niemand gezag over twee kinderen, dus kan deze fout er niet in.")
