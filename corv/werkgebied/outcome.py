"""All persons together: the outcome, and what each address contributed to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corv.tabellen import UNKNOWN, Tabellen
from corv.werkgebied.address import Oordeel
from corv.werkgebied.free_text import look_at
from corv.werkgebied.person import Weging, soorten, weigh
from corv.werkgebied.roles import NEVER, ONGEBOREN
from corv.werkgebied.values import (
    Bewijs,
    Groep,
    Maatstaf,
    Persoon,
    Uitkomst,
    Volgorde,
    Werkgebied,
    Zekerheid,
    highest,
    lowest,
)

LOCATIE_INCIDENT = "object/locatieIncident"


@dataclass(frozen=True)
class _Besluit:
    """`dragend`: the numbers of the persons on whose addresses it rests; `groep`: theirs, None when no address decided."""

    uitkomst: Uitkomst
    vt: str | None
    zekerheid: Zekerheid
    waarom: str
    groep: Groep | None = None
    dragend: frozenset[int] = frozenset()


def determine(
    personen: Sequence[Persoon], locatie: str | None, maatstaf: Maatstaf, *, locatie_pad: str = LOCATIE_INCIDENT
) -> Werkgebied:
    """The outcome for these persons. `locatie`: the free text of where it happened, None where there is none.

    `locatie_pad`: the element that held it.
    """
    wegingen = tuple(weigh(persoon, maatstaf) for persoon in personen)
    besluit = _decide(wegingen, maatstaf)
    hints: tuple[Bewijs, ...] = ()
    if besluit is None:
        if locatie and maatstaf.volgorde.vrije_tekst:
            hints = (look_at(locatie, locatie_pad, maatstaf),)
        besluit = _by_hint(hints, maatstaf)
    evidence = (_evidence(weging, oordeel, besluit, maatstaf.volgorde) for weging in wegingen for oordeel in weging.oordelen)
    return Werkgebied(besluit.uitkomst, besluit.vt, besluit.zekerheid, (*evidence, *hints), besluit.waarom)


def _decide(wegingen: tuple[Weging, ...], maatstaf: Maatstaf) -> _Besluit | None:
    """The first group of persons that has any address with a region decides; None when no group has."""
    if not maatstaf.eigen:
        return _Besluit(Uitkomst.ONBEKEND, None, Zekerheid.GEEN, "Het eigen werkgebied is niet ingesteld.")
    for groep in maatstaf.volgorde.personen:
        members = [weging for weging in wegingen if weging.groep is groep]
        if any(weging.vts for weging in members):
            return _of_group(groep, members, maatstaf)
    return None


def _of_group(groep: Groep, members: list[Weging], maatstaf: Maatstaf) -> _Besluit:
    pointing = tuple(weging for weging in members if weging.vts)
    vts = UNKNOWN.union(*(weging.vts for weging in pointing))
    home = tuple(weging for weging in pointing if weging.vts == {maatstaf.eigen})
    ceiling = Zekerheid.HOOG if groep is Groep.MINDERJARIGEN else Zekerheid.MIDDEL
    if home and (groep is Groep.MINDERJARIGEN or len(vts) == 1):
        zekerheid = lowest((ceiling, highest(weging.zekerheid for weging in home)))
        others = _names(vts - {maatstaf.eigen}, maatstaf.tabellen)
        also = f" Er zijn ook adressen in {others}; het eigen werkgebied gaat voor." if others else ""
        whose = "Een minderjarige heeft" if groep is Groep.MINDERJARIGEN else "De huisgenoten hebben"
        return _Besluit(
            Uitkomst.EIGEN, maatstaf.eigen, zekerheid, f"{whose} een adres in het eigen werkgebied.{also}", groep, _numbers(home)
        )
    names = _names(vts, maatstaf.tabellen)
    if len(vts) > 1:
        waarom = f"De adressen van de {groep} wijzen naar meer dan één regio: {names}."
        return _Besluit(Uitkomst.MEERDERE, None, Zekerheid.LAAG, waarom, groep, _numbers(pointing))
    zekerheid, waarom = lowest((ceiling, *(weging.zekerheid for weging in pointing))), ""
    if groep is Groep.MINDERJARIGEN and any(not weging.vts and weging.persoon.rol != ONGEBOREN for weging in members):
        zekerheid = lowest((zekerheid, Zekerheid.MIDDEL))
        waarom = " Van een andere minderjarige is geen bruikbaar adres bekend."
    return _Besluit(
        Uitkomst.ANDER, min(vts), zekerheid, f"De adressen van de {groep} liggen in {names}.{waarom}", groep, _numbers(pointing)
    )


def _by_hint(hints: tuple[Bewijs, ...], maatstaf: Maatstaf) -> _Besluit:
    """What is left when no address decides: the free text, when it was looked at."""
    vts = frozenset(vt for hint in hints for vt in hint.vts)
    waarom = "Geen enkel adres dat meetelt, wijst naar een regio."
    if not vts:
        return _Besluit(Uitkomst.ONBEKEND, None, Zekerheid.GEEN, waarom)
    waarom = f"{waarom} De vrije tekst over de plaats wijst naar {_names(vts, maatstaf.tabellen)}."
    if len(vts) > 1:
        return _Besluit(Uitkomst.MEERDERE, None, Zekerheid.LAAG, waarom)
    uitkomst = Uitkomst.EIGEN if vts == {maatstaf.eigen} else Uitkomst.ANDER
    return _Besluit(uitkomst, min(vts), Zekerheid.LAAG, waarom)


def _numbers(wegingen: Iterable[Weging]) -> frozenset[int]:
    return frozenset(weging.persoon.nummer for weging in wegingen)


def _names(vts: Iterable[str], tabellen: Tabellen) -> str:
    return ", ".join(f"{vt} ({tabellen.namen[vt]})" if vt in tabellen.namen else vt for vt in sorted(vts))


def _evidence(weging: Weging, oordeel: Oordeel, besluit: _Besluit, volgorde: Volgorde) -> Bewijs:
    counts = weging.counts(oordeel)
    waarom = (*weging.waarom,) if counts else ()
    why_not = _why_not(weging, oordeel, besluit, volgorde)
    return Bewijs(
        pad=oordeel.adres.pad,
        wie=weging.wie,
        rol=weging.persoon.rol,
        adres=oordeel.adres.soort,
        postcode=tuple(sorted(oordeel.postcode)),
        woonplaats=tuple(sorted(oordeel.woonplaats)),
        vts=tuple(sorted(oordeel.vts)),
        gemeenten=tuple(sorted(oordeel.gemeenten)),
        zekerheid=weging.zekerheid if counts else oordeel.zekerheid,
        telt=bool(oordeel.vts) and why_not is None,
        waarom=" ".join((oordeel.waarom, *waarom, *((f"Telt niet mee: {why_not}.",) if why_not else ()))),
    )


def _why_not(weging: Weging, oordeel: Oordeel, besluit: _Besluit, volgorde: Volgorde) -> str | None:
    """Why the outcome does not rest on an address; None when it does, or when the address itself says why."""
    if not oordeel.vts:
        return None
    if weging.groep is None or weging.groep not in volgorde.personen:
        return _why_not_person(weging)
    if oordeel.adres.soort not in soorten(volgorde):
        return "deze soort adres staat niet in de ingestelde volgorde"
    if not weging.counts(oordeel):
        return f"het adres van de soort {weging.soort} gaat voor"
    if weging.persoon.nummer in besluit.dragend:
        return None
    return _why_not_group(weging, besluit)


def _why_not_person(weging: Weging) -> str:
    if weging.groep is not None:
        return f"de {weging.groep} staan niet in de ingestelde volgorde"
    if weging.persoon.rol in NEVER:
        return f"de rol {weging.persoon.rol} zegt niets over waar het kind woont"
    return "de rol van deze persoon is onbekend"


def _why_not_group(weging: Weging, besluit: _Besluit) -> str:
    if besluit.groep is None:
        return "het eigen werkgebied is niet ingesteld"
    if weging.groep is not besluit.groep:
        return f"de adressen van de {besluit.groep} gaan voor"
    return "een andere minderjarige heeft een adres in het eigen werkgebied"
