"""All persons together: the outcome, and what each address contributed to it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corv.tabellen import UNKNOWN, Tabellen
from corv.werkgebied.address import Oordeel
from corv.werkgebied.free_text import look_at
from corv.werkgebied.person import Weging, weigh
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


class _Besluit(NamedTuple):
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
    wegingen = weigh(personen, maatstaf)
    besluit = _decide(wegingen, maatstaf)
    hints: tuple[Bewijs, ...] = ()
    if besluit is None:
        if locatie and maatstaf.volgorde.vrije_tekst:
            hints = (look_at(locatie, locatie_pad, maatstaf),)
        besluit = _by_hint(hints, maatstaf)
    evidence = [bewijs for weging in wegingen for bewijs in _evidence(weging, besluit, maatstaf.volgorde)]
    return Werkgebied(besluit.uitkomst, besluit.vt, besluit.zekerheid, (*evidence, *hints), besluit.waarom)


def _decide(wegingen: list[Weging], maatstaf: Maatstaf) -> _Besluit | None:
    """The first group of persons that has any address with a region decides; None when no group has."""
    if not maatstaf.eigen:
        return _Besluit(Uitkomst.ONBEKEND, None, Zekerheid.GEEN, "Het eigen werkgebied is niet ingesteld.")
    for groep in maatstaf.volgorde.personen:
        members = [weging for weging in wegingen if weging.groep is groep]
        pointing = [weging for weging in members if weging.verblijf.vts]
        if pointing:
            return _of_group(groep, members, pointing, maatstaf)
    return None


def _of_group(groep: Groep, members: list[Weging], pointing: list[Weging], maatstaf: Maatstaf) -> _Besluit:
    """`pointing`: those members of whom an address gives a region."""
    vts = UNKNOWN.union(*[weging.verblijf.vts for weging in pointing])
    ceiling = Zekerheid.HOOG if groep is Groep.MINDERJARIGEN else Zekerheid.MIDDEL
    if maatstaf.eigen in vts and (groep is Groep.MINDERJARIGEN or len(vts) == 1):
        home = [weging for weging in pointing if weging.verblijf.vts == {maatstaf.eigen}]
        if home:
            return _at_home(groep, home, ceiling, _names(vts - {maatstaf.eigen}, maatstaf.tabellen), maatstaf)
    names = _names(vts, maatstaf.tabellen)
    if len(vts) > 1:
        waarom = f"De adressen van de {groep} wijzen naar meer dan één regio: {names}."
        return _Besluit(Uitkomst.MEERDERE, None, Zekerheid.LAAG, waarom, groep, _numbers(pointing))
    zekerheid, waarom = lowest((ceiling, *[weging.verblijf.zekerheid for weging in pointing])), ""
    silent = [weging for weging in members if not weging.verblijf.vts and weging.persoon.rol != ONGEBOREN]
    if silent and groep is Groep.MINDERJARIGEN:
        zekerheid = lowest((zekerheid, Zekerheid.MIDDEL))
        waarom = " Van een andere minderjarige is geen bruikbaar adres bekend."
    return _Besluit(
        Uitkomst.ANDER, min(vts), zekerheid, f"De adressen van de {groep} liggen in {names}.{waarom}", groep, _numbers(pointing)
    )


def _at_home(groep: Groep, home: list[Weging], ceiling: Zekerheid, others: str, maatstaf: Maatstaf) -> _Besluit:
    """`home`: who live in our own region; `others`: the other regions, by name."""
    zekerheid = lowest((ceiling, highest(weging.verblijf.zekerheid for weging in home)))
    also = f" Er zijn ook adressen in {others}; het eigen werkgebied gaat voor." if others else ""
    whose = "Een minderjarige heeft" if groep is Groep.MINDERJARIGEN else "De huisgenoten hebben"
    waarom = f"{whose} een adres in het eigen werkgebied.{also}"
    return _Besluit(Uitkomst.EIGEN, maatstaf.eigen, zekerheid, waarom, groep, _numbers(home))


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
    return frozenset([weging.persoon.nummer for weging in wegingen])


def _names(vts: Iterable[str], tabellen: Tabellen) -> str:
    return ", ".join([f"{vt} ({tabellen.namen[vt]})" if vt in tabellen.namen else vt for vt in sorted(vts)])


def _evidence(weging: Weging, besluit: _Besluit, volgorde: Volgorde) -> list[Bewijs]:
    """What each address of a person contributed."""
    persoon, found = weging.persoon, []
    wie, is_dragend = weging.wie, persoon.nummer in besluit.dragend
    for adres, (oordeel, telt, zekerheid, told) in zip(persoon.adressen, weging.verblijf.bijdragen, strict=True):
        is_unused = oordeel.vts and not (telt and is_dragend)
        waarom = f"{told} Telt niet mee: {_why_not(weging, oordeel, besluit, volgorde)}." if is_unused else told
        found.append(
            Bewijs(
                adres.pad,
                wie,
                persoon.rol,
                adres.soort,
                oordeel.postcode,
                oordeel.woonplaats,
                oordeel.regios,
                oordeel.gemeenten,
                zekerheid,
                telt and is_dragend,
                waarom,
            )
        )
    return found


def _why_not(weging: Weging, oordeel: Oordeel, besluit: _Besluit, volgorde: Volgorde) -> str:
    """Why the outcome does not rest on an address that points somewhere."""
    if weging.groep is None or weging.groep not in volgorde.personen:
        return _why_not_person(weging)
    if oordeel.vondst.soort not in volgorde.soorten:
        return "deze soort adres staat niet in de ingestelde volgorde"
    if oordeel.vondst.soort != weging.verblijf.soort:
        return f"het adres van de soort {weging.verblijf.soort} gaat voor"
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
