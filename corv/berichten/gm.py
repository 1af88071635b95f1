"""The generic melding and its outcome, between whoever makes a melding and who handles it (koppelvlak 1.0.9)."""

from corv.berichten.gm_melding import MeldingGeneriekDi01
from corv.berichten.gm_uitkomst import UitkomstMeldingGeneriekDi01
from corv.berichten.soort import Berichtsoort
from corv.stuf import JZ, Berichtcode

SOORTEN = (
    Berichtsoort(JZ, "meldingGeneriekDi01", Berichtcode.DI01, MeldingGeneriekDi01),
    Berichtsoort(JZ, "uitkomstMeldingGeneriekDi01", Berichtcode.DI01, UitkomstMeldingGeneriekDi01),
)
