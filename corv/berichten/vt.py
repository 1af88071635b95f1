"""The messages between police and Veilig Thuis (koppelvlak 1.0.9, par. on VT Melding and VT Terugkoppeling)."""

from corv.berichten.soort import Berichtsoort, Sleutelplek, Sleutelsoort
from corv.stuf import JZ, Berichtcode

_OWN_MELDING = Sleutelplek(Sleutelsoort.IDENTIFICATIE_VT_MELDING, "object/identificatieVtMelding", "zender")
# The same in every copy that is sent on, whoever sends it: by this a melding that goes round is known (ontwerp 6).
_MELDING_OF_MELDER = Sleutelplek(
    Sleutelsoort.INGEDIENDE_MELDING, "object/identificatieVtMelding", met="object/isIngediendDoor/gerelateerde"
)
_ANSWERED_MELDING = Sleutelplek(
    Sleutelsoort.IDENTIFICATIE_VT_MELDING, "object/naarAanleidingVan/gerelateerde/identificatieVtMelding", "ontvanger"
)
_ZAAK = Sleutelplek(Sleutelsoort.ZAAKIDENTIFICATIE, "object/identificatie")

SOORTEN = (
    Berichtsoort(JZ, "vtMeldingDi01", Berichtcode.DI01, (_OWN_MELDING, _MELDING_OF_MELDER)),
    Berichtsoort(JZ, "vtTerugkoppelingDi01", Berichtcode.DI01, (_ANSWERED_MELDING, _ZAAK)),
)
