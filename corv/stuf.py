"""Facts of StUF 03.01: namespaces, berichtcodes and the fault codes that a receiver of Di01 messages needs.

Sources: StUF 03.01 version 27, table 4.1 (codes, plek, omschrijving and in which fault message they may stand),
par. 4.4 (which message gets which answer); the koppelvlak Jeugdzorg 1.0.9 for the namespace JZ.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

STUF = "http://www.egem.nl/StUF/StUF0301"
JZ = "http://www.stufstandaarden.nl/koppelvlak/jz0100"
ZKN = "http://www.egem.nl/StUF/sector/zkn/0310"
BG = "http://www.egem.nl/StUF/sector/bg/0310"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XMIME = "http://www.w3.org/2005/05/xmlmime"

STUF_ANY_VERSION = "http://www.egem.nl/StUF/StUF"
JZ_ANY_VERSION = "http://www.stufstandaarden.nl/koppelvlak/jz"

OIN = r"[0-9]{20}(_\w+)?"
"""The form of an OIN, as a regular expression: 20 digits; an acceptance environment may add `_OTA` (corv.md 2)."""

_OIN, _DIGITS = re.compile(OIN), 20


def is_oin(text: str) -> bool:
    """Whether a text has the form of an OIN. Most are digits alone, which is seen without the expression."""
    return (len(text) == _DIGITS and text.isascii() and text.isdecimal()) or _OIN.fullmatch(text) is not None


def digits_of(oin: str) -> str:
    """An OIN without what an acceptance environment adds to it, for an element that takes 20 digits."""
    return oin[:_DIGITS]


NSMAP: Mapping[str, str] = MappingProxyType({"JZ": JZ, "ZKN": ZKN, "BG": BG, "StUF": STUF, "xsi": XSI, "xmime": XMIME})
"""The prefixes in which we write a message, and in which a rule names an element."""

ENTITEITTYPE = f"{{{STUF}}}entiteittype"
NO_VALUE = f"{{{STUF}}}noValue"
NIL = f"{{{XSI}}}nil"
BESTANDSNAAM = f"{{{STUF}}}bestandsnaam"
CONTENT_TYPE = f"{{{XMIME}}}contentType"
"""Attributes of an element that several modules look at."""

PREFIXES = {STUF: "StUF", JZ: "JZ", ZKN: "ZKN", BG: "BG", SOAP: "soap"}
"""The prefixes in which we name elements to a reader, whatever the message itself uses."""


class Berichtcode(StrEnum):
    """The berichtcodes that this handler reads or writes (StUF 03.01 par. 4.1.2)."""

    DI01 = "Di01"
    BV01 = "Bv01"
    BV03 = "Bv03"
    BV04 = "Bv04"
    FO01 = "Fo01"
    FO03 = "Fo03"


ANSWERS = frozenset(Berichtcode) - {Berichtcode.DI01}
"""The berichtcodes of a Bv or Fo, which answers another message."""

FAULTS = frozenset({Berichtcode.FO01, Berichtcode.FO03})
"""The berichtcodes of an answer that says that something was not accepted."""


STUF_BERICHTCODES = frozenset(
    f"{family}{number:02}"
    for family, numbers in {
        "Bv": range(1, 5),
        "Di": range(1, 3),
        "Du": range(1, 3),
        "Fo": range(1, 4),
        "La": range(1, 15),
        "Lk": range(1, 7),
        "Lv": range(1, 15),
        "Sa": range(1, 15),
        "Sh": range(1, 5),
        "Tr": range(1, 2),
    }.items()
    for number in numbers
)
"""Every berichtcode that StUF 03.01 knows: one of these that we don't handle is StUF025, any other StUF022."""

JZ_FUNCTIES = frozenset(
    {
        "vtoDi01",
        "notificatieDi01",
        "notificatiejrDi01",
        "zorgmeldingDi01",
        "zorgmeldingTerugkoppelingDi01",
        "vtMeldingDi01",
        "vtTerugkoppelingDi01",
        "vcobDi01",
        "ucobDi01",
        "vciDi01",
        "uciDi01",
        "meldingGeneriekDi01",
        "uitkomstMeldingGeneriekDi01",
    }
)
"""Every functie of the koppelvlak 1.0.9; any other is StUF034."""

MELDINGEN = frozenset({"vtMeldingDi01", "zorgmeldingDi01", "meldingGeneriekDi01"})
"""Until another VT is shown to have one of these, it is ours and stays in a person's sight (ontwerp 4, aandacht)."""


TERUGKOPPELINGEN = {
    "vtMeldingDi01": "vtTerugkoppelingDi01",
    "zorgmeldingDi01": "zorgmeldingTerugkoppelingDi01",
    "meldingGeneriekDi01": "uitkomstMeldingGeneriekDi01",
}
"""Which functie tells the melder what became of a melding. The melder of a meldingGeneriek says whether he wants one."""


VERRIJKINGEN = {"vcobDi01": "ucobDi01", "vciDi01": "uciDi01"}
"""Which functie answers a request: a Di01 that has a crossRefnummer all the same (stuf.md 1.3)."""


@dataclass(frozen=True)
class Foutcode:
    """One row of table 4.1. `bericht` is the fault message in which we send it."""

    code: str
    plek: str
    omschrijving: str
    bericht: Berichtcode


def _foutcode(code: str, plek: str, omschrijving: str, bericht: Berichtcode = Berichtcode.FO03) -> tuple[str, Foutcode]:
    return code, Foutcode(code, plek, omschrijving, bericht)


FOUTCODES = dict(
    (
        _foutcode("StUF001", "server", "Versie StUF niet ondersteund"),
        _foutcode("StUF004", "server", "Sectormodel niet ondersteund"),
        _foutcode("StUF007", "server", "Versie sectormodel niet ondersteund"),
        _foutcode("StUF010", "client", "Combinatie van ontvangende organisatie, applicatie en administratie onbekend"),
        _foutcode("StUF013", "client", "Combinatie van zendende organisatie, applicatie en administratie onbekend"),
        _foutcode("StUF016", "client", "Combinatie zender en referentienummer niet uniek"),
        _foutcode("StUF022", "client", "Berichtcode onbekend"),
        _foutcode("StUF025", "server", "Berichtcode niet ondersteund"),
        _foutcode("StUF034", "client", "Functie onbekend binnen sectormodel"),
        _foutcode("StUF037", "server", "Functie niet ondersteund"),
        _foutcode("StUF040", "server", "Combinatie van berichtcode, entiteittype en functie niet ondersteund"),
        _foutcode("StUF055", "client", "Berichtbody is niet conform schema in sectormodel", Berichtcode.FO01),
        _foutcode("StUF058", "server", "Proces voor afhandelen bericht geeft fout", Berichtcode.FO01),
    )
)
"""In the order of the table: of several that apply only the first is reported (par. 4.4.3)."""

OWN_FAILURE = "StUF058"
"""The code for a failure of our own."""

BODY_FAULT = "StUF055"
"""The one code for everything that is wrong below the stuurgegevens; the details say what."""

MAX_DETAILS = 1000
MAX_REFERENTIENUMMER = 40
