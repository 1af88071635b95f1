"""The reasons for which a message is refused: one function each, a decision when it applies, else None. Pure.

Each stands for one or two rows of StUF table 4.1; `routing` holds their order.
"""

from corv.case import Case, refuse
from corv.findings import Niveau
from corv.outcome import Decision
from corv.stuf import BODY_FAULT, JZ, JZ_ANY_VERSION, JZ_FUNCTIES, STUF, STUF_BERICHTCODES, Berichtcode


def stuf_version(case: Case) -> Decision | None:
    """StUF001: stuurgegevens of another version of StUF."""
    if case.header.namespace == STUF:
        return None
    return refuse(case, "StUF001", "De stuurgegevens zijn van een andere StUF-versie; ondersteund wordt StUF 03.01.")


def sectormodel(case: Case) -> Decision | None:
    """StUF004 and StUF007: a root of another sectormodel, or of another version of the koppelvlak."""
    namespace = case.root_name.namespace or ""
    if namespace in {JZ, STUF}:
        return None
    if namespace.startswith(JZ_ANY_VERSION):
        return refuse(
            case, "StUF007", "Deze versie van het koppelvlak Jeugdzorg wordt niet ondersteund; ondersteund wordt jz0100."
        )
    return refuse(case, "StUF004", "Het bericht is niet van het koppelvlak Jeugdzorg (jz0100).")


def unknown_ontvanger(case: Case) -> Decision | None:
    """StUF010: received, and addressed to no organisation that we know."""
    ontvanger, settings = case.header.ontvanger.organisatie, case.settings
    if case.is_sent_by_us or case.is_answer or settings.organisatie.is_ours(ontvanger) or settings.other(ontvanger):
        return None
    return refuse(case, "StUF010", "De ontvanger in het bericht is niet een OIN van onze organisatie.")


def foreign_zender(case: Case) -> Decision | None:
    """StUF013: about to be sent, and the zender is not us."""
    is_receipt = case.reading.soort is not None and case.reading.soort.is_receipt
    if not case.is_sent_by_us or is_receipt or case.settings.organisatie.is_ours(case.header.zender.organisatie):
        return None
    reason = "De zender in het bericht is niet een OIN van onze organisatie, ook niet van een gemeente namens wie wij verzenden."
    return refuse(case, "StUF013", reason)


def other_content(case: Case) -> Decision | None:
    """StUF016: the identity of an earlier message with another content."""
    prior = case.facts.prior
    if prior is None or prior.content_hash == case.reading.content_hash:
        return None
    return refuse(case, "StUF016", "Ditzelfde referentienummer is eerder gebruikt voor een andere inhoud.")


def berichtcode(case: Case) -> Decision | None:
    """StUF022, StUF025 and StUF040: a berichtcode that does not exist, is not used here, or does not fit the root."""
    code, soort = case.header.berichtcode, case.reading.soort
    if code == (soort.berichtcode if soort else Berichtcode.DI01):
        return None
    if code not in STUF_BERICHTCODES:
        return refuse(case, "StUF022", "De berichtcode in de stuurgegevens bestaat niet.")
    if code not in set(Berichtcode):
        return refuse(case, "StUF025", "De berichtcode in de stuurgegevens wordt hier niet gebruikt.")
    return refuse(case, "StUF040", "De berichtcode in de stuurgegevens past niet bij het soort bericht.")


def functie(case: Case) -> Decision | None:
    """StUF034, StUF037 and StUF040: a functie that does not exist, that we do not handle, or that does not fit the root."""
    soort, functie = case.reading.soort, case.header.functie
    if soort is not None and (soort.is_answer or functie == soort.naam):
        return None
    if functie not in JZ_FUNCTIES or case.root_name.localname not in JZ_FUNCTIES:
        return refuse(case, "StUF034", "De functie van het bericht bestaat niet in het koppelvlak Jeugdzorg.")
    if functie != case.root_name.localname:
        return refuse(case, "StUF040", "De functie in de stuurgegevens past niet bij het soort bericht.")
    return refuse(case, "StUF037", "Dit soort bericht wordt door onze applicatie niet ondersteund.")


def invalid(case: Case) -> Decision | None:
    """StUF055: the body does not conform to the schema."""
    faults = [finding for finding in case.findings if finding.niveau is Niveau.FOUT]
    if not faults:
        return None
    return refuse(case, BODY_FAULT, "Het bericht is niet volgens het schema van het koppelvlak.")
