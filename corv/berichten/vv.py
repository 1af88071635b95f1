"""The verrijkingsverzoeken: what a ketenpartner knows of a person, asked and answered (koppelvlak 1.0.9, vv)."""

from corv.berichten.soort import Berichtsoort, Sleutelplek, Sleutelsoort
from corv.stuf import JZ, Berichtcode

_ASKED = Sleutelplek(Sleutelsoort.VERZOEKIDENTIFICATIE, "object/identificatie", "zender")
_ANSWERED = Sleutelplek(Sleutelsoort.VERZOEKIDENTIFICATIE, "object/verzoekidentificatie", "ontvanger")

SOORTEN = (
    Berichtsoort(JZ, "vcobDi01", Berichtcode.DI01, (_ASKED,)),
    Berichtsoort(JZ, "ucobDi01", Berichtcode.DI01, (_ANSWERED,)),
    Berichtsoort(JZ, "vciDi01", Berichtcode.DI01, (_ASKED,)),
    Berichtsoort(JZ, "uciDi01", Berichtcode.DI01, (_ANSWERED,)),
)
