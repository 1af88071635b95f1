"""The messages between police and Veilig Thuis (koppelvlak 1.0.9, par. on VT Melding and VT Terugkoppeling)."""

from corv.berichten.soort import Berichtsoort, Sleutelplek, Sleutelsoort
from corv.stuf import JZ, Berichtcode

_OWN_MELDING = Sleutelplek(Sleutelsoort.IDENTIFICATIE_VT_MELDING, "object/identificatieVtMelding", "zender")
_ANSWERED_MELDING = Sleutelplek(
    Sleutelsoort.IDENTIFICATIE_VT_MELDING, "object/naarAanleidingVan/gerelateerde/identificatieVtMelding", "ontvanger"
)
_ZAAK = Sleutelplek(Sleutelsoort.ZAAKIDENTIFICATIE, "object/identificatie")

SOORTEN = (
    Berichtsoort(JZ, "vtMeldingDi01", Berichtcode.DI01, (_OWN_MELDING,)),
    Berichtsoort(JZ, "vtTerugkoppelingDi01", Berichtcode.DI01, (_ANSWERED_MELDING, _ZAAK)),
)
