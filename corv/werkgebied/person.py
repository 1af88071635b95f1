"""Each person: which of the addresses counts, and how sure that makes it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from corv.tabellen import UNKNOWN, Vts
from corv.werkgebied.address import Oordeel, Vondst, judge, look_up
from corv.werkgebied.roles import group_of, is_adult
from corv.werkgebied.values import Adressoort, Groep, Maatstaf, Persoon, Zekerheid, lowest


class Bijdrage(NamedTuple):
    """What one address adds to what is known of a person. `telt`: the regions of the person rest on it."""

    oordeel: Oordeel
    telt: bool
    zekerheid: Zekerheid
    waarom: str


class Verblijf(NamedTuple):
    """What the addresses of one person say together, in their order. `soort`: of those that count; `vts`: where these point."""

    bijdragen: tuple[Bijdrage, ...]
    soort: str | None = None
    vts: Vts = UNKNOWN
    zekerheid: Zekerheid = Zekerheid.GEEN


class Weging(NamedTuple):
    """A person weighed. `groep`: as whose the addresses count; None when they don't."""

    persoon: Persoon
    groep: Groep | None
    verblijf: Verblijf

    @property
    def wie(self) -> str:
        """The person as evidence names him: never by name."""
        about = "over wie het gaat" if self.persoon.is_onderwerp else "rol onbekend"
        return f"persoon {self.persoon.nummer} ({self.persoon.rol or about})"


def weigh(personen: Iterable[Persoon], maatstaf: Maatstaf) -> list[Weging]:
    """Whether the addresses of each person count, and where they point.

    Who lives together has the same addresses: these are looked up once, and forgotten with the message.
    """
    known: dict[tuple[tuple[object, ...], ...], Verblijf] = {}
    wegingen = []
    for persoon in personen:
        same = tuple([adres[1:] for adres in persoon.adressen])  # all of an address but its place in the message
        verblijf = known.get(same)
        if verblijf is None:
            vondsten = tuple([look_up(adres, maatstaf) for adres in persoon.adressen])
            verblijf = known[same] = _weigh(vondsten, maatstaf.volgorde.soorten)
        groep = group_of(persoon, maatstaf.op)
        if groep is Groep.MINDERJARIGEN and is_adult(persoon, maatstaf.op):
            verblijf = _less_sure(verblijf, "Deze persoon is volgens de geboortedatum al 18.")
        wegingen.append(Weging(persoon, groep, verblijf))
    return wegingen


@lru_cache(maxsize=1024)
def _weigh(vondsten: tuple[Vondst, ...], order: tuple[str, ...]) -> Verblijf:
    """Which addresses of a person count: those of the first soort in that order that gives any region.

    Kept between messages, because most come from the same few gemeenten; what is kept is codes alone.
    """
    oordelen = [judge(vondst) for vondst in vondsten]
    for nth, soort in enumerate(order):
        tellend = [oordeel for oordeel in oordelen if oordeel.vondst.soort == soort and oordeel.vts]
        if tellend:
            vts = UNKNOWN.union(*(oordeel.vts for oordeel in tellend))
            before = [oordeel for oordeel in oordelen if oordeel.vondst.soort in order[:nth]]
            after = [oordeel for oordeel in oordelen if oordeel.vondst.soort in order[nth + 1 :]]
            zekerheid, remarks = _sureness(tellend, vts, before, after)
            if shielded := _shielded(vondsten):
                zekerheid = lowest((zekerheid, Zekerheid.MIDDEL))
                remarks = (*remarks, shielded)
            bijdragen = tuple(
                Bijdrage(one, telt=True, zekerheid=zekerheid, waarom=" ".join((one.waarom, *remarks)))
                if one in tellend
                else _adds_nothing(one)
                for one in oordelen
            )
            return Verblijf(bijdragen, soort, vts, zekerheid)
    return Verblijf(tuple(map(_adds_nothing, oordelen)))


def _shielded(vondsten: tuple[Vondst, ...]) -> str:
    """What is said of a person of whom something is shielded, who may be in hiding; '' where nothing is."""
    if any(vondst.is_geheim for vondst in vondsten):
        return "Een ander adres van deze persoon is afgeschermd."
    return "Een deel van een adres van deze persoon is afgeschermd." if any(one.is_deels_geheim for one in vondsten) else ""


def _less_sure(verblijf: Verblijf, remark: str) -> Verblijf:
    """The same, for a person of whom no address makes it surer than MIDDEL."""
    bijdragen = tuple(
        one._replace(zekerheid=lowest((one.zekerheid, Zekerheid.MIDDEL)), waarom=f"{one.waarom} {remark}") if one.telt else one
        for one in verblijf.bijdragen
    )
    return verblijf._replace(bijdragen=bijdragen, zekerheid=lowest((verblijf.zekerheid, Zekerheid.MIDDEL)))


def _adds_nothing(oordeel: Oordeel) -> Bijdrage:
    return Bijdrage(oordeel, telt=False, zekerheid=oordeel.zekerheid, waarom=oordeel.waarom)


def _sureness(tellend: list[Oordeel], vts: Vts, before: list[Oordeel], after: list[Oordeel]) -> tuple[Zekerheid, tuple[str, ...]]:
    """How sure the counting addresses are, which point at `vts`.

    `before`: of a soort that goes before, without a region; `after`: of a later soort.
    """
    if len(vts) > 1:
        return Zekerheid.LAAG, ()
    soort, zekerheid = tellend[0].vondst.soort, lowest(oordeel.zekerheid for oordeel in tellend)
    elsewhere = [oordeel.vondst.soort for oordeel in after if oordeel.vts and not oordeel.vts & vts]
    if elsewhere:
        remark = f"Het adres van de soort {elsewhere[0]} ligt in een andere regio; het adres van de soort {soort} gaat voor."
        return lowest((zekerheid, Zekerheid.MIDDEL)), (remark,)
    if before:
        remark = f"Telt omdat het adres van de soort {before[0].vondst.soort} {_lacks(before[0])}."
        return lowest((zekerheid, Zekerheid.MIDDEL)), (remark,)
    if soort == Adressoort.FEITELIJK and any(oordeel.vondst.is_ingeschreven and oordeel.vts == vts for oordeel in after):
        return Zekerheid.HOOG, ("De gemeente van inschrijving ligt in dezelfde regio.",)
    return zekerheid, ()


def _lacks(oordeel: Oordeel) -> str:
    if oordeel.vondst.is_geheim:
        return "is afgeschermd"
    return "in het buitenland ligt" if oordeel.vondst.is_buitenland else "geen regio geeft"
