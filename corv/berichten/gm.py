"""The generic melding and its outcome, between whoever makes a melding and who handles it (koppelvlak 1.0.9)."""

from corv.berichten.soort import Berichtsoort, Sleutelplek, Sleutelsoort
from corv.stuf import JZ, Berichtcode

_OWN_MELDING = Sleutelplek(Sleutelsoort.UW_IDENTIFICATIE, "object/identificatie", "zender")
_MELDING_OF_MELDER = Sleutelplek(Sleutelsoort.INGEDIENDE_MELDING, "object/identificatie", met="object/heeftAlsInitiator")
_ANSWERED_MELDING = Sleutelplek(Sleutelsoort.UW_IDENTIFICATIE, "object/uwIdentificatie", "ontvanger")
_ZAAK = Sleutelplek(Sleutelsoort.ZAAKIDENTIFICATIE, "object/identificatie")
_WISH = "object/indicatieTerugkoppelingGewenst"

SOORTEN = (
    Berichtsoort(JZ, "meldingGeneriekDi01", Berichtcode.DI01, (_OWN_MELDING, _MELDING_OF_MELDER), wish=_WISH),
    Berichtsoort(JZ, "uitkomstMeldingGeneriekDi01", Berichtcode.DI01, (_ANSWERED_MELDING, _ZAAK)),
)
