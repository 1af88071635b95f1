"""Examples of the answers of StUF itself: Bv01, Bv03, Bv04, Fo01 and Fo03."""

from dataclasses import replace

from corv.inhoud.antwoorden import DetailsXml, Fout, Foutbericht, Ontvangstbevestiging, Verwerkingsbevestiging
from corv.inhoud.fields import Value
from corv.inhoud.gedeeld import Kop
from corv.stuf import FOUTCODES
from corv.voorbeeld import teksten
from corv.voorbeeld.making import Making, texts


def ontvangstbevestiging(making: Making) -> Ontvangstbevestiging:
    """A Bv03 or Bv04."""
    return Ontvangstbevestiging(stuurgegevens=_kop(making))


def verwerkingsbevestiging(making: Making) -> Verwerkingsbevestiging:
    """A Bv01."""
    meldingen = texts([teksten.gegeven("het bericht is verwerkt")]) if making.lot.has() else ()
    return Verwerkingsbevestiging(stuurgegevens=_kop(making), melding=meldingen)


def foutbericht(making: Making) -> Foutbericht:
    """A Fo01 or Fo03, with a code that belongs in it."""
    lot = making.lot
    fout = lot.pick([fout for fout in FOUTCODES.values() if fout.bericht is making.soort.berichtcode])
    return Foutbericht(
        stuurgegevens=_kop(making),
        body=Fout(
            code=Value(fout.code),
            plek=Value(fout.plek),
            omschrijving=Value(fout.omschrijving),
            details=making.maybe(Value(teksten.gegeven("er is niets echt mis; dit foutbericht hoort bij een test"))),
            details_xml=making.maybe(DetailsXml()),
        ),
    )


def _kop(making: Making) -> Kop:
    return replace(making.kop(), cross_refnummer=making.cross_refnummer())
