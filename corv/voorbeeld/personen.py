"""People who don't exist: invented surnames, BSNs of the range for tests, numbers and addresses that nobody has.

Sources: the eleven test of the BSN (Besluit BSN; `999` is not given out to people); numbers of subscribers never begin with
a 0 in the Dutch plan of telephone numbers; example.nl and example.org are kept for examples.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from corv.voorbeeld.lot import Lot

_JONGENS = (
    *("Daan", "Sem", "Noé", "Mehmet", "Youssef", "Lars", "Björn", "Thijs", "Jayden", "Stanisław", "Sytse", "Ravi"),
    *("Ruben", "Adriaan", "André", "Kwame", "Jürgen", "Teun", "Ilyas", "Diego"),
)
_MEISJES = (
    *("Noor", "Zoë", "Anaïs", "Fatima", "Esmée", "Lotte", "Chloé", "Aylin", "Sofía", "Jesslyn", "Fenna", "Małgorzata"),
    *("Femke", "Renée", "Naomi", "Priya", "Tess", "Ålice", "Hafsa", "Wietske"),
)
_GESLACHTSNAMEN = (
    *(("", "Voorbeeldsma"), ("", "Proefstra"), ("van", "Verzonnen"), ("de", "Fictie"), ("van der", "Schijndam")),
    *(("ter", "Nergenshuis"), ("", "Bedachtink"), ("van den", "Testenberg"), ("", "Sprookjesma"), ("in 't", "Niemandsveld")),
    *(("", "Denkbeeldović"), ("el", "Voorbeeldi"), ("", "Proefoğlu"), ("ben", "Fictari"), ("", "Testowicz")),
    *(("", "Nergensdóttir"), ("", "Voorbeeldpersad"), ("", "Verzinnès"), ("d'", "Exemplaire"), ("", "Schijnmüller")),
    *(("", "Proef-Verzonnenaar"), ("op de", "Fantasiehof"), ("van 't", "Sprookje")),
)
_FUNCTIES = ("gezinsmedewerker", "gedragswetenschapper", "wijkagent", "intern begeleider", "casusregisseur")
_NETNUMMERS = ("010", "020", "030", "035", "038", "040", "053", "070")
_NINE = range(9, 1, -1)
_ELEVEN = 11

COMPLETE, NO_DAY, NO_MONTH, NOTHING = "V", "D", "M", "J"
"""indOnvolledigeDatum: what of a date is unknown. The text is a whole date whatever is unknown of it (corv.md 4.1, rule 4)."""


@dataclass(frozen=True)
class Mens:
    """One invented person. `onvolledig`: what of the birth date is unknown to the sender."""

    bsn: str
    geslacht: str
    voornamen: str
    voorvoegsel: str
    geslachtsnaam: str
    geboren: date
    onvolledig: str
    telefoonnummer: str
    emailadres: str

    @property
    def voorletters(self) -> str:
        """The first letter of each given name."""
        return "".join(f"{naam[0]}." for naam in self.voornamen.split())

    @property
    def achternaam(self) -> str:
        """The surname with what goes before it."""
        return _joined(self.voorvoegsel, self.geslachtsnaam)

    @property
    def volledige_naam(self) -> str:
        """All names in the order in which one says them."""
        return _joined(self.voornamen, self.achternaam)


class Personen:
    """The people of one example; no two have the same BSN."""

    def __init__(self, lot: Lot) -> None:
        self._lot = lot
        self._given: set[str] = set()

    def draw(self, geboren: tuple[date, date], *, geslacht: str = "", familie: Mens | None = None) -> Mens:
        """A person born between these days. `familie`: somebody with the same surname."""
        lot = self._lot
        geslacht = geslacht or lot.pick("MV")
        namen = _JONGENS if geslacht == "M" else _MEISJES
        voornamen = " ".join(lot.pick(namen) for _ in range(2 if lot.chance(0.2) else 1))
        voorvoegsel, geslachtsnaam = lot.pick(_GESLACHTSNAMEN)
        if familie is not None:
            voorvoegsel, geslachtsnaam = familie.voorvoegsel, familie.geslachtsnaam
        return Mens(
            bsn=self._new_bsn(),
            geslacht=geslacht,
            voornamen=voornamen,
            voorvoegsel=voorvoegsel,
            geslachtsnaam=geslachtsnaam,
            geboren=lot.day(*geboren),
            onvolledig=COMPLETE if lot.chance(0.85) else lot.pick((NO_DAY, NO_MONTH, NOTHING)),
            telefoonnummer=draw_phone(lot),
            emailadres=email(f"{voornamen.split()[0]}.{geslachtsnaam}", lot),
        )

    def adult(self, op: date, *, geslacht: str = "", familie: Mens | None = None) -> Mens:
        """Somebody of 25 to 60 years on that day."""
        return self.draw((years_before(op, 60), years_before(op, 25)), geslacht=geslacht, familie=familie)

    def child(self, op: date, familie: Mens) -> Mens:
        """Somebody of at most 14 on that day, so that he is a minor for some years more."""
        return self.draw((years_before(op, 14), op - timedelta(days=60)), familie=familie)

    def _new_bsn(self) -> str:
        while (bsn := draw_bsn(self._lot)) in self._given:
            pass
        self._given.add(bsn)
        return bsn


def draw_bsn(lot: Lot) -> str:
    """A number that passes the eleven test and begins with 999."""
    while True:
        digits = f"999{lot.digits(5)}"
        check = sum(weight * int(digit) for weight, digit in zip(_NINE, digits, strict=True)) % _ELEVEN
        if check <= 9:  # noqa: PLR2004 - one digit
            return f"{digits}{check}"


def draw_phone(lot: Lot) -> str:
    """A telephone number that can't be dialled, in one of the forms that occur (corv.md 4.8)."""
    if lot.chance(0.5):
        return f"06-0{lot.digits(7)}"
    net, number = lot.pick(_NETNUMMERS), f"0{lot.digits(6)}"
    return f"({net}){number}" if lot.chance(0.3) else f"{net}-{number}"


def email(name: str, lot: Lot) -> str:
    """An e-mail address with that name, of plain letters."""
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", name.lower()) if char.isascii() and (char.isalpha() or char in ".-")
    )
    return f"{plain}@example.{lot.pick(('nl', 'org'))}"


def draw_function(lot: Lot) -> str:
    """What somebody does at work."""
    return lot.pick(_FUNCTIES)


def years_before(op: date, years: int) -> date:
    """The same day so many years earlier."""
    return op.replace(year=op.year - years, day=28) if (op.month, op.day) == (2, 29) else op.replace(year=op.year - years)


def _joined(first: str, last: str) -> str:
    return f"{first}{last}" if first.endswith("'") else f"{first} {last}".strip()
