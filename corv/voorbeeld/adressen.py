"""Addresses that can't exist: a real woonplaats and four real digits of a postcode there, but letters that are never given out.

So herroutering works on them, and no post can arrive. Sources: the tables of corv.tabellen; PostNL gives out no postcode
with the letters SA, SD or SS.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corv.tabellen import Tabellen, sleutel
from corv.voorbeeld.lot import Lot

NEVER_ISSUED = ("SA", "SD", "SS")
"""The letters with which no postcode ends."""

_STRATEN = (
    *("Voorbeeldlaan", "Verzonnenstraat", "Proefdreef", "Nergenspad", "Testhof", "Fictiekade", "Fantasieplein", "Schijnweg"),
    *("Burgemeester Verzinselsingel", "Prinses Sprookjelaan", "Oude Bedachtsteeg", "Café-Proefstraat", "Zoögenaamdweg"),
)
_BUITENLAND = (
    ("5010", "België", ("Voorbeeldstraat 7 bus 2", "0000 Verzonnegem")),
    ("6029", "Bondsrepubliek Duitsland", ("Musterstraße 12", "00000 Beispielstadt", "Nordrhein-Westfalen")),
    ("5002", "Frankrijk", ("1 rue de l'Exemple", "00000 Villefictive")),
)
"""Codes and names of countries: table 34 of the BRP."""

_SMALL_WORDS = frozenset({"aan", "bij", "de", "den", "der", "en", "het", "in", "of", "op", "over", "ter", "van"})


@dataclass(frozen=True)
class Adres:
    """An address in the Netherlands; `gemeente` is the CBS code of four digits. What is '' the address does not have."""

    gemeente: str
    woonplaats: str
    straat: str
    postcode: str
    huisnummer: int
    huisletter: str = ""
    toevoeging: str = ""


@dataclass(frozen=True)
class Buitenland:
    """An address abroad."""

    landcode: str
    landnaam: str
    regels: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """Where people can live by the tables that count on a day; gathered once, for all examples together."""

    tabellen: Tabellen
    op: date

    @cached_property
    def gemeenten(self) -> Mapping[str, str]:
        """The gemeenten where somebody can live, by their code their name."""
        tabel = self.tabellen.table_on(self.op)
        return {code: tabel.namen.get(code, code) for code in self._veilig_thuis} if tabel is not None else {}

    def inside(self, vt: str) -> tuple[str, ...]:
        """The gemeenten of a Veilig Thuis region; of all together for a region without any."""
        return tuple(sorted(code for code, region in self._veilig_thuis.items() if region == vt)) or tuple(
            sorted(self._veilig_thuis)
        )

    def outside(self, vt: str) -> tuple[str, ...]:
        """The gemeenten of every other region."""
        return tuple(sorted(code for code, region in self._veilig_thuis.items() if region != vt))

    def draw(self, lot: Lot, gemeenten: tuple[str, ...]) -> Adres:
        """An address in one of these gemeenten.

        The tables don't say which postcode is of which woonplaats, so the two agree on the gemeente and not closer.
        """
        gemeente = lot.pick(gemeenten)
        return Adres(
            gemeente=gemeente,
            woonplaats=lot.pick(self._woonplaatsen[gemeente]),
            straat=lot.pick(_STRATEN),
            postcode=f"{lot.pick(self._postcodes[gemeente])}{lot.pick(NEVER_ISSUED)}",
            huisnummer=lot.number(1, 480),
            huisletter=lot.pick("ABC") if lot.chance(0.1) else "",
            toevoeging=lot.pick(("2", "bis", "hs", "III")) if lot.chance(0.1) else "",
        )

    @cached_property
    def _veilig_thuis(self) -> Mapping[str, str]:
        """The gemeenten of the day of which the tables know a postcode and a woonplaats."""
        tabel = self.tabellen.table_on(self.op)
        known = self._postcodes.keys() & self._woonplaatsen.keys()
        return {code: vt for code, vt in tabel.veilig_thuis.items() if code in known} if tabel is not None else {}

    @cached_property
    def _postcodes(self) -> Mapping[str, list[str]]:
        """Of each gemeente the digits that lie in it alone."""
        return _of_one(self.tabellen.postcodes)

    @cached_property
    def _woonplaatsen(self) -> Mapping[str, list[str]]:
        """Of each gemeente the names of the woonplaatsen that lie in it alone; of one word, where it has such."""
        names = self._names
        found = {}
        for gemeente, keys in _of_one(self.tabellen.woonplaatsen).items():
            plain = [key for key in keys if key.isalpha()] or keys
            found[gemeente] = [names.get(key) or written(key) for key in plain]
        return found

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The names of gemeenten as they are written, by their key: most are also the name of a woonplaats."""
        tabel = self.tabellen.table_on(self.op)
        return {sleutel(naam): naam for naam in tabel.namen.values()} if tabel is not None else {}


def draw_abroad(lot: Lot) -> Buitenland:
    """An address in another country."""
    landcode, landnaam, regels = lot.pick(_BUITENLAND)
    return Buitenland(landcode, landnaam, regels[: lot.number(2, len(regels))])


def written(key: str) -> str:
    """A woonplaats as it is written, as far as the key of the tables tells: without its accents and hyphens."""
    words = key.split()
    if words[0] in {"s", "t"} and len(words) > 1:
        join = "-" if words[0] == "s" else " "
        return f"'{words[0]}{join}{' '.join(map(_capital, words[1:]))}"
    return " ".join([_capital(words[0]), *(word if word in _SMALL_WORDS else _capital(word) for word in words[1:])])


def _capital(word: str) -> str:
    return f"IJ{word[2:]}" if word.startswith("ij") else word.capitalize()


def _of_one(codes: Mapping[str, frozenset[str]]) -> Mapping[str, list[str]]:
    """The keys that are of one gemeente alone, by that gemeente, in order."""
    found = defaultdict[str, list[str]](list)
    for key in sorted(codes):
        if len(codes[key]) == 1:
            found[next(iter(codes[key]))].append(key)
    return found
