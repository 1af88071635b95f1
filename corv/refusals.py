"""The reasons for which a message is refused: one function each, a decision when it applies, else None. Pure.

Each stands for one or two rows of StUF table 4.1; `routing` holds their order.
"""

from corv.case import Case, refuse
from corv.findings import Niveau
from corv.outcome import Decision
from corv.stuf import JZ, JZ_ANY_VERSION, JZ_FUNCTIES, STUF, STUF_BERICHTCODES, Berichtcode


def stuf_version(case: Case) -> Decision | None:
    if case.header.namespace == STUF:
        return None
    return refuse(case, "StUF001", "De stuurgegevens zijn van een andere StUF-versie; ondersteund wordt StUF 03.01.")


def sectormodel(case: Case) -> Decision | None:
    namespace = case.root_name.namespace or ""
    if namespace in {JZ, STUF}:
        return None
    if namespace.startswith(JZ_ANY_VERSION):
        return refuse(
            case, "StUF007", "Deze versie van het koppelvlak Jeugdzorg wordt niet ondersteund; ondersteund wordt jz0100."
        )
    return refuse(case, "StUF004", "Het bericht is niet van het koppelvlak Jeugdzorg (jz0100).")


def unknown_ontvanger(case: Case) -> Decision | None:
    ontvanger, settings = case.header.ontvanger.organisatie, case.settings
    if case.is_sent_by_us or case.is_answer or settings.organisatie.is_ours(ontvanger) or settings.other(ontvanger):
        return None
    return refuse(case, "StUF010", "De ontvanger in het bericht is niet een OIN van onze organisatie.")


def foreign_zender(case: Case) -> Decision | None:
    is_receipt = case.reading.soort is not None and case.reading.soort.is_receipt
    if not case.is_sent_by_us or is_receipt or case.settings.organisatie.is_ours(case.header.zender.organisatie):
        return None
    reason = "De zender in het bericht is niet een OIN van onze organisatie, ook niet van een gemeente namens wie wij verzenden."
    return refuse(case, "StUF013", reason)


def other_content(case: Case) -> Decision | None:
    prior = case.facts.prior
    if prior is None or prior.content_hash == case.reading.content_hash:
        return None
    return refuse(case, "StUF016", "Ditzelfde referentienummer is eerder gebruikt voor een andere inhoud.")


def berichtcode(case: Case) -> Decision | None:
    code, soort = case.header.berichtcode, case.reading.soort
    if code == (soort.berichtcode if soort else Berichtcode.DI01):
        return None
    if code not in STUF_BERICHTCODES:
        return refuse(case, "StUF022", "De berichtcode in de stuurgegevens bestaat niet.")
    if code not in set(Berichtcode):
        return refuse(case, "StUF025", "De berichtcode in de stuurgegevens wordt hier niet gebruikt.")
    return refuse(case, "StUF040", "De berichtcode in de stuurgegevens past niet bij het soort bericht.")


def functie(case: Case) -> Decision | None:
    soort, functie = case.reading.soort, case.header.functie
    if soort is not None and (soort.is_answer or functie == soort.naam):
        return None
    if functie not in JZ_FUNCTIES or case.root_name.localname not in JZ_FUNCTIES:
        return refuse(case, "StUF034", "De functie van het bericht bestaat niet in het koppelvlak Jeugdzorg.")
    if functie != case.root_name.localname:
        return refuse(case, "StUF040", "De functie in de stuurgegevens past niet bij het soort bericht.")
    return refuse(case, "StUF037", "Dit soort bericht wordt door onze applicatie niet ondersteund.")


def invalid(case: Case) -> Decision | None:
    faults = [finding for finding in case.findings if finding.niveau is Niveau.FOUT]
    if not faults:
        return None
    return refuse(case, "StUF055", "Het bericht is niet volgens het schema van het koppelvlak.")
