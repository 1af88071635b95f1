"""The messages between police and Veilig Thuis (koppelvlak 1.0.9, par. on VT Melding and VT Terugkoppeling)."""

from corv.berichten.soort import Berichtsoort
from corv.stuf import JZ, Berichtcode

SOORTEN = (
    Berichtsoort(JZ, "vtMeldingDi01", Berichtcode.DI01),
    Berichtsoort(JZ, "vtTerugkoppelingDi01", Berichtcode.DI01),
)
