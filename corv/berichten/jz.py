"""The messages with the Raad voor de Kinderbescherming and on jeugdreclassering (koppelvlak 1.0.9)."""

from corv.berichten.soort import Berichtsoort
from corv.stuf import JZ, Berichtcode

SOORTEN = (
    Berichtsoort(JZ, "vtoDi01", Berichtcode.DI01),
    Berichtsoort(JZ, "notificatieDi01", Berichtcode.DI01),
    Berichtsoort(JZ, "notificatiejrDi01", Berichtcode.DI01),
)
