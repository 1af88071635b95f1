"""The verrijkingsverzoeken: what a ketenpartner knows of a person, asked and answered (koppelvlak 1.0.9, vv)."""

from corv.berichten.soort import Berichtsoort
from corv.berichten.verrijking import UciDi01, UcobDi01, VciDi01, VcobDi01
from corv.stuf import JZ, Berichtcode

SOORTEN = (
    Berichtsoort(JZ, "vcobDi01", Berichtcode.DI01, VcobDi01),
    Berichtsoort(JZ, "ucobDi01", Berichtcode.DI01, UcobDi01),
    Berichtsoort(JZ, "vciDi01", Berichtcode.DI01, VciDi01),
    Berichtsoort(JZ, "uciDi01", Berichtcode.DI01, UciDi01),
)
