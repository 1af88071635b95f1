"""Decision -> the bytes of Bv01, Bv03, Bv04, Fo01 and Fo03. Pure: the identifier and the time of a reply are given.

Structure: StUF 03.01 par. 4.4.1 and 4.4.3, stuf0301.xsd. Zender and ontvanger change places.
"""

from collections.abc import Sequence
from uuid import UUID, uuid5

from lxml import etree

from corv.findings import Finding, told
from corv.moments import later
from corv.stuf import FOUTCODES, MAX_DETAILS, STUF, Berichtcode
from corv.stuurgegevens import Kop, Stuurgegevens, add_stuf, make_stuurgegevens

_MOMENT = {Berichtcode.BV03: 0, Berichtcode.BV04: 0, Berichtcode.FO03: 0, Berichtcode.BV01: 1, Berichtcode.FO01: 1}
"""Which of the moments set aside for a message its reply takes: a receipt comes before a functional answer."""


def reply_referentienummer(message: UUID, kind: str) -> str:
    """The referentienummer of the reply of that kind to a message: always the same, so a redone reply is the same reply."""
    return str(uuid5(message, kind))


def build_bevestiging(kind: Berichtcode, message: UUID, header: Stuurgegevens, tijdstip: str) -> bytes:
    """A Bv01, Bv03 or Bv04 on the message with that header. `tijdstip`: the first moment set aside for its replies."""
    return _serialise(_reply(kind, message, header, tijdstip))


def build_fout(message: UUID, header: Stuurgegevens, tijdstip: str, foutcode: str, details: str) -> bytes:
    """The Fo01 or Fo03 that goes with a code of `FOUTCODES`. `details` is cut at 1000 characters, keeping the beginning."""
    fault = FOUTCODES[foutcode]
    root = _reply(fault.bericht, message, header, tijdstip)
    body = add_stuf(root, "body")
    add_stuf(body, "code", fault.code)
    add_stuf(body, "plek", fault.plek)
    add_stuf(body, "omschrijving", fault.omschrijving)
    add_stuf(body, "details", truncate(details, MAX_DETAILS))
    return _serialise(root)


def fault_details(reason: str, findings: Sequence[Finding], *, not_sent: bool) -> str:
    """What a fault message says: the reason, then each finding with its place. Only our own words (ontwerp 5)."""
    return "\n".join([f"{'Niet verzonden: ' if not_sent else ''}{reason}", *told(findings)])


def truncate(text: str, limit: int) -> str:
    """At most `limit` characters, the beginning kept; an ellipsis shows that there was more."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _reply(kind: Berichtcode, message: UUID, header: Stuurgegevens, tijdstip: str) -> etree._Element:
    root = etree.Element(f"{{{STUF}}}{kind}Bericht", nsmap={"StUF": STUF})
    kop = Kop(
        berichtcode=kind,
        zender=header.ontvanger,
        ontvanger=header.zender,
        referentienummer=reply_referentienummer(message, kind),
        tijdstip=later(tijdstip, _MOMENT[kind]),
        cross_refnummer=header.referentienummer,
    )
    root.append(make_stuurgegevens(STUF, kop))
    return root


def _serialise(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
