"""The messages with the Raad voor de Kinderbescherming and on jeugdreclassering, and the zorgmelding (koppelvlak 1.0.9)."""

from corv.berichten.notificatie import NotificatieDi01
from corv.berichten.notificatiejr import NotificatiejrDi01
from corv.berichten.soort import Berichtsoort, Sleutelplek, Sleutelsoort
from corv.berichten.vto import VtoDi01
from corv.berichten.zorgmelding import ZorgmeldingDi01, ZorgmeldingTerugkoppelingDi01
from corv.stuf import JZ, Berichtcode

_OUR_ZAAK = Sleutelplek(Sleutelsoort.ZAAKIDENTIFICATIE, "object/identificatie")
# The RvdK numbers its own zaken (corv.md 5): the same number of ours is another zaak.
_THEIR_ZAAK = Sleutelplek(Sleutelsoort.ZAAKIDENTIFICATIE, "object/identificatie", "zender")
_ANSWERED_ZAAK = Sleutelplek(Sleutelsoort.ZAAKIDENTIFICATIE, "object/heeftBetrekkingOpAndere/gerelateerde/identificatie")

SOORTEN = (
    Berichtsoort(JZ, "vtoDi01", Berichtcode.DI01, VtoDi01, (_OUR_ZAAK,)),
    Berichtsoort(JZ, "notificatieDi01", Berichtcode.DI01, NotificatieDi01, (_THEIR_ZAAK, _ANSWERED_ZAAK)),
    Berichtsoort(JZ, "notificatiejrDi01", Berichtcode.DI01, NotificatiejrDi01),
    Berichtsoort(JZ, "zorgmeldingDi01", Berichtcode.DI01, ZorgmeldingDi01),
    Berichtsoort(JZ, "zorgmeldingTerugkoppelingDi01", Berichtcode.DI01, ZorgmeldingTerugkoppelingDi01),
)
