"""The messages with the Raad voor de Kinderbescherming and on jeugdreclassering (koppelvlak 1.0.9)."""

from corv.berichten.soort import Berichtsoort, Sleutelplek, Sleutelsoort
from corv.stuf import JZ, Berichtcode

_OWN_ZAAK = Sleutelplek(Sleutelsoort.ZAAKIDENTIFICATIE, "object/identificatie")
_ANSWERED_ZAAK = Sleutelplek(Sleutelsoort.ZAAKIDENTIFICATIE, "object/heeftBetrekkingOpAndere/gerelateerde/identificatie")

SOORTEN = (
    Berichtsoort(JZ, "vtoDi01", Berichtcode.DI01, (_OWN_ZAAK,)),
    Berichtsoort(JZ, "notificatieDi01", Berichtcode.DI01, (_OWN_ZAAK, _ANSWERED_ZAAK)),
    Berichtsoort(JZ, "notificatiejrDi01", Berichtcode.DI01),
)
