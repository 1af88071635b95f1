"""The messages with the Raad voor de Kinderbescherming and on jeugdreclassering, and the zorgmelding (koppelvlak 1.0.9)."""

from corv.berichten.soort import Berichtsoort, Sleutelplek, Sleutelsoort
from corv.stuf import JZ, Berichtcode

_OUR_ZAAK = Sleutelplek(Sleutelsoort.ZAAKIDENTIFICATIE, "object/identificatie")
# The RvdK numbers its own zaken (corv.md 5): the same number of ours is another zaak.
_THEIR_ZAAK = Sleutelplek(Sleutelsoort.ZAAKIDENTIFICATIE, "object/identificatie", "zender")
_ANSWERED_ZAAK = Sleutelplek(Sleutelsoort.ZAAKIDENTIFICATIE, "object/heeftBetrekkingOpAndere/gerelateerde/identificatie")

_OWN_KENMERK = Sleutelplek(Sleutelsoort.KENMERK, "object/kenmerk/kenmerk", "zender")
_ANSWERED_KENMERK = Sleutelplek(Sleutelsoort.KENMERK, "object/kenmerk/kenmerk", "ontvanger")
_ZORGMELDING_OF_MELDER = Sleutelplek(Sleutelsoort.INGEDIENDE_MELDING, "object/kenmerk/kenmerk", met="object/heeftAlsInitiator")

SOORTEN = (
    Berichtsoort(JZ, "vtoDi01", Berichtcode.DI01, (_OUR_ZAAK,)),
    Berichtsoort(JZ, "notificatieDi01", Berichtcode.DI01, (_THEIR_ZAAK, _ANSWERED_ZAAK)),
    Berichtsoort(JZ, "notificatiejrDi01", Berichtcode.DI01),
    Berichtsoort(JZ, "zorgmeldingDi01", Berichtcode.DI01, (_OWN_KENMERK, _ZORGMELDING_OF_MELDER)),
    Berichtsoort(JZ, "zorgmeldingTerugkoppelingDi01", Berichtcode.DI01, (_ANSWERED_KENMERK, _OUR_ZAAK)),
)
