"""The answers of StUF itself: receipts and faults (StUF 03.01 par. 4.4)."""

from corv.berichten.soort import Berichtsoort
from corv.stuf import STUF, Berichtcode

SOORTEN = tuple(
    Berichtsoort(STUF, f"{code}Bericht", code)
    for code in (Berichtcode.BV01, Berichtcode.BV03, Berichtcode.BV04, Berichtcode.FO01, Berichtcode.FO03)
)
