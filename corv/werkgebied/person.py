"""One person: which of the addresses counts, and how sure that makes it."""

from dataclasses import dataclass
from functools import cache

from corv.tabellen import UNKNOWN, Vts
from corv.werkgebied.address import Oordeel, judge
from corv.werkgebied.roles import group_of
from corv.werkgebied.values import LAATST_BEKEND, Adressoort, Groep, Maatstaf, Persoon, Volgorde, Zekerheid, lowest


@dataclass(frozen=True)
class Weging:
    """A person weighed. `soort`: of the addresses that count; `vts`: where these point; `waarom`: remarks on them."""

    persoon: Persoon
    groep: Groep | None
    oordelen: tuple[Oordeel, ...]
    soort: str | None = None
    vts: Vts = UNKNOWN
    zekerheid: Zekerheid = Zekerheid.GEEN
    waarom: tuple[str, ...] = ()

    def counts(self, oordeel: Oordeel) -> bool:
        """Whether the regions of this person rest on that address."""
        return bool(oordeel.vts) and oordeel.adres.soort == self.soort

    @property
    def wie(self) -> str:
        """The person as evidence names him: never by name."""
        return f"persoon {self.persoon.nummer} ({self.persoon.rol or 'rol onbekend'})"


@cache
def soorten(volgorde: Volgorde) -> tuple[str, ...]:
    """The soorten of address that count, in their order. One that was left out of the configuration is not used."""
    last = (LAATST_BEKEND,) if Adressoort.FORMEEL in volgorde.adressen else ()
    return (*volgorde.adressen, *last)


def weigh(persoon: Persoon, maatstaf: Maatstaf) -> Weging:
    """Which addresses of a person count: those of the first soort that gives any region."""
    oordelen = tuple(judge(adres, maatstaf) for adres in persoon.adressen)
    groep = group_of(persoon, maatstaf.op)
    order = soorten(maatstaf.volgorde)
    for nth, soort in enumerate(order):
        tellend = tuple(oordeel for oordeel in oordelen if oordeel.adres.soort == soort and oordeel.vts)
        if tellend:
            vts = _regions(tellend)
            before = [oordeel for oordeel in oordelen if oordeel.adres.soort in order[:nth]]
            after = [oordeel for oordeel in oordelen if oordeel.adres.soort in order[nth + 1 :]]
            zekerheid, waarom = _sureness(tellend, before, after)
            if any(oordeel.adres.is_geheim for oordeel in oordelen):
                zekerheid = lowest((zekerheid, Zekerheid.MIDDEL))
                waarom = (*waarom, "Een ander adres van deze persoon is afgeschermd.")
            return Weging(persoon, groep, oordelen, soort, vts, zekerheid, waarom)
    return Weging(persoon, groep, oordelen)


def _sureness(tellend: tuple[Oordeel, ...], before: list[Oordeel], after: list[Oordeel]) -> tuple[Zekerheid, tuple[str, ...]]:
    """How sure the counting addresses are. `before`: of a soort that goes before, without a region; `after`: of a later soort."""
    soort, vts = tellend[0].adres.soort, _regions(tellend)
    if len(vts) > 1:
        return Zekerheid.LAAG, ()
    zekerheid = lowest(oordeel.zekerheid for oordeel in tellend)
    elsewhere = [oordeel.adres.soort for oordeel in after if oordeel.vts and not oordeel.vts & vts]
    if elsewhere:
        remark = f"Het adres van de soort {elsewhere[0]} ligt in een andere regio; het adres van de soort {soort} gaat voor."
        return lowest((zekerheid, Zekerheid.MIDDEL)), (remark,)
    if before:
        remark = f"Telt omdat het adres van de soort {before[0].adres.soort} {_lacks(before[0])}."
        return lowest((zekerheid, Zekerheid.MIDDEL)), (remark,)
    if soort == Adressoort.FEITELIJK and any(oordeel.adres.gemeente and oordeel.vts == vts for oordeel in after):
        return Zekerheid.HOOG, ("De gemeente van inschrijving ligt in dezelfde regio.",)
    return zekerheid, ()


def _lacks(oordeel: Oordeel) -> str:
    if oordeel.adres.is_geheim:
        return "is afgeschermd"
    return "in het buitenland ligt" if oordeel.adres.is_buitenland else "geen regio geeft"


def _regions(oordelen: tuple[Oordeel, ...]) -> Vts:
    return UNKNOWN.union(*(oordeel.vts for oordeel in oordelen))
