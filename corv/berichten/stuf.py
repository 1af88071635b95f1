"""The answers of StUF itself: receipts and faults (StUF 03.01 par. 4.4)."""

from corv.berichten.antwoorden import Foutbericht, Ontvangstbevestiging, Verwerkingsbevestiging
from corv.berichten.soort import Berichtsoort
from corv.stuf import STUF, Berichtcode

SOORTEN = (
    Berichtsoort(STUF, "Bv01Bericht", Berichtcode.BV01, Verwerkingsbevestiging),
    Berichtsoort(STUF, "Bv03Bericht", Berichtcode.BV03, Ontvangstbevestiging),
    Berichtsoort(STUF, "Bv04Bericht", Berichtcode.BV04, Ontvangstbevestiging),
    Berichtsoort(STUF, "Fo01Bericht", Berichtcode.FO01, Foutbericht),
    Berichtsoort(STUF, "Fo03Bericht", Berichtcode.FO03, Foutbericht),
)
