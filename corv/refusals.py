"""The reasons for which a message is refused: one function each, a decision when it applies, else None. Pure.

Each stands for one or two rows of StUF table 4.1; `routing` holds their order.
"""

from collections.abc import Iterable

from corv.case import Case, refuse
from corv.findings import Niveau, has_fault
from corv.outcome import Decision
from corv.stuf import BODY_FAULT, JZ, JZ_ANY_VERSION, JZ_FUNCTIES, STUF, STUF_BERICHTCODES, Berichtcode

_USED_HERE = frozenset(Berichtcode)


def stuf_version(case: Case) -> Decision | None:
    """StUF001: stuurgegevens of another version of StUF."""
    if case.header.namespace == STUF:
        return None
    return refuse(case, "StUF001", "De stuurgegevens zijn van een andere StUF-versie; ondersteund wordt StUF 03.01.")


def sectormodel(case: Case) -> Decision | None:
    """StUF004 and StUF007: a root of another sectormodel, or of another version of the koppelvlak."""
    namespace = case.root_namespace
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
    if not case.is_sent_by_us or case.settings.organisatie.is_ours(case.header.zender.organisatie):
        return None
    if case.reading.soort is not None and case.reading.soort.is_receipt:
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
    """StUF022 and StUF025: a berichtcode that does not exist, or that is not used here."""
    code = case.header.berichtcode
    if code in _USED_HERE:
        return None
    if code not in STUF_BERICHTCODES:
        return refuse(case, "StUF022", "De berichtcode in de stuurgegevens ontbreekt of bestaat niet.")
    return refuse(case, "StUF025", "De berichtcode in de stuurgegevens wordt hier niet gebruikt.")


def functie(case: Case) -> Decision | None:
    """StUF034 and StUF037: a functie that does not exist, or a root that we do not handle. An answer of StUF itself has none.

    A functie of the koppelvlak as a root of the namespace of StUF is such a root.
    """
    if case.is_answer:
        return None
    name = case.root_name
    if case.header.functie not in JZ_FUNCTIES or name not in JZ_FUNCTIES:
        return refuse(case, "StUF034", "De functie van het bericht bestaat niet in het koppelvlak Jeugdzorg.")
    if case.reading.soort is None and case.header.functie == name:
        return refuse(case, "StUF037", "Dit soort bericht wordt door onze applicatie niet ondersteund.")
    return None


def combination(case: Case) -> Decision | None:
    """StUF040: a berichtcode or a functie that exists, but not in this kind of message."""
    soort = case.reading.soort
    fits = soort is not None and case.header.berichtcode == soort.berichtcode
    if fits and (case.is_answer or case.header.functie == case.root_name):
        return None
    return refuse(case, "StUF040", "De berichtcode of de functie in de stuurgegevens past niet bij het soort bericht.")


_MOST_NAMED = 3
_AGAIN = "Verbeter het en stuur het met een nieuw referentienummer."


def against_a_rule(case: Case) -> Decision | None:
    """StUF055: the body conforms to the schema, and breaks a rule that refuses (ontwerp 5)."""
    broken = dict.fromkeys(finding.code for finding in case.overtredingen if finding.niveau is Niveau.FOUT)
    if not broken:
        return None
    return refuse(case, BODY_FAULT, f"Het bericht is in strijd met {_named(broken)}. {_AGAIN}")


def _named(rules: Iterable[str]) -> str:
    """The first of these: what follows them tells more, and a fault message has room for a thousand characters."""
    ids = list(rules)
    more = f" en nog {len(ids) - _MOST_NAMED}" if len(ids) > _MOST_NAMED else ""
    return f"regel {ids[0]}" if len(ids) == 1 else f"de regels {', '.join(ids[:_MOST_NAMED])}{more}"


def invalid(case: Case) -> Decision | None:
    """StUF055: the body does not conform to the schema."""
    if not has_fault(case.findings):
        return None
    return refuse(case, BODY_FAULT, "Het bericht is niet volgens het schema van het koppelvlak.")
