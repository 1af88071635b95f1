"""Take back into the administration what the folders know and the database does not, because it was put back. Sends nothing.

An original at rest was handled: it is judged anew under its own id, so that names and referentienummers are the same, and
recorded as carried out at the time. Its answers are taken from the outbox where they still lie; where they were fetched
their bytes are not known, and they are never written again. Of a file in `.werk` nobody can tell whether it was answered:
a person decides. What ended the process three times while it was being taken back is not opened again.
"""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from uuid import UUID

from corv.aandacht import note
from corv.checking import beleid_of, breaks_rules
from corv.config import RULES
from corv.findings import Finding, Niveau
from corv.handler import Deps, resting_place
from corv.herroutering import must_tell_melder
from corv.history import History
from corv.judging import judge, judge_one, open_message
from corv.moments import dutch_day
from corv.niveaus import Niveaus
from corv.outcome import MADE_FOR_OTHERS, Actie, Decision, Facts, Incoming, Outcome, Output, Soort, Status
from corv.outcome_rows import TAKEN_BACK
from corv.outputs import AANDACHT_MAP
from corv.reading import Reading
from corv.regel_rows import rule_hashes, was_known
from corv.repair.evidence import Found, collect
from corv.repair.receiving import Original, entry_of, incoming_of
from corv.repair.rows import Stand, put_back, taking_back
from corv.routing import AGAINST_A_RULE
from corv.rules.running import NOT_RUN
from corv.settings import Kanaal, Kant
from corv.stuf import BODY_FAULT, Berichtcode

_NO_LONGER_KNOWN = "Dit bestand is apart gezet voordat de database werd teruggezet; waarom, is niet meer bekend."
_CODE_LENGTH = len("VT19")
_PERHAPS_DECIDED = " Misschien was hier al over beslist, of is het doorgestuurd, voordat de database werd teruggezet."
_RULES_UNKNOWN = (
    "Dit bericht is in strijd met een regel, en niet bekend is of het daarom is geweigerd of toch is doorgegeven voordat de "
    "database werd teruggezet. Ga bij de ontvanger of in uw zaaksysteem na wat ermee is gebeurd."
)
_DECIDED = "Hierover is beslist voordat de database werd teruggezet; door wie en waarom is niet meer bekend."
_IN_HAND = "Dit bestand was opgepakt voordat de database werd teruggezet; of het al is beantwoord of bezorgd, is niet bekend."


def adopt(deps: Deps, original: Original) -> None:
    """Take back one message whose original rests in the archive or the quarantine.

    Raises StorageError when it is not the file that was recorded, OSError when an outbox can't be looked at.
    """
    with taking_back(deps.db, original.id) as pogingen:
        _adopt(deps, replace(original, pogingen=pogingen))


def adopt_claimed(deps: Deps, kanaal: Kanaal, original: Original) -> None:
    """Take back a claimed file of which the database knows nothing: a person must decide, unless nobody can read it."""
    with taking_back(deps.db, original.id) as pogingen:
        _adopt_claimed(deps, kanaal, replace(original, pogingen=pogingen))


def _adopt(deps: Deps, original: Original) -> None:
    found, absent = collect(deps, original.id, original.path, may_open=original.may_be_opened), Stand.WEG
    incoming = incoming_of(deps, original, None, found)
    if original.is_set_apart:
        reading = Reading(unreadable=Finding("teruggenomen", Niveau.FOUT, _NO_LONGER_KNOWN))
        outcome = judge_one(incoming, reading, Facts(), deps.settings, deps.checks)
    else:
        (outcome,) = judge([incoming], History(deps.db), deps.settings, deps.checks)
        outcome = _as_it_went(deps, outcome, found)
        absent = Stand.WEG if original.may_be_opened else Stand.TE_SCHRIJVEN  # the note of now was never written
    outputs, stands = _as_found(outcome, found, absent)
    outcome, place = replace(outcome, outputs=outputs), original.path.relative_to(deps.settings.map)
    put_back(deps.db, outcome, entry_of(incoming.kanaal, original.path), place, stands, deps.folders.teken, deps.clock())


def _adopt_claimed(deps: Deps, kanaal: Kanaal, original: Original) -> None:
    found = collect(deps, original.id, original.path, may_open=original.may_be_opened)
    incoming = incoming_of(deps, original, kanaal, found)
    reading = open_message(incoming, deps.settings)
    outcome = judge_one(incoming, reading, Facts(), deps.settings, deps.checks)
    if outcome.decision.status is not Status.ONLEESBAAR:
        decision = Decision(Status.TE_BEOORDELEN, Actie.BEOORDEEL, _IN_HAND, TAKEN_BACK, aandacht=True)
        name = f"{original.id}-{reading.soort.naam if reading.soort else 'onbekend'}"
        outcome = replace(outcome, decision=decision, outputs=(*_for_a_person(deps, incoming, decision, name, reading),))
    there = [item.as_output() for item in found.values() if item.stand is Stand.BEZORGD]
    known = {_key(output) for output in there}
    to_write = [output for output in outcome.outputs if _key(output) not in known]
    outcome = replace(outcome, outputs=(*there, *to_write))
    stands = [Stand.BEZORGD] * len(there) + [Stand.TE_SCHRIJVEN] * len(to_write)
    entry, place = entry_of(kanaal, original.path), resting_place(outcome, deps)
    put_back(deps.db, outcome, entry, place, stands, deps.folders.teken, deps.clock())


def close_lost(deps: Deps, id_: UUID) -> None:
    """Close a message whose file disappeared before anything was decided: unreadable, with attention and a note."""
    known = deps.store.recorded([id_])[id_]
    text = "Het bestand is verdwenen voordat het was verwerkt. De afzender denkt dat het is ontvangen: vraag het opnieuw."
    finding = Finding("bestand-verdwenen", Niveau.FOUT, text)
    incoming = Incoming(id_, deps.settings.named(known.kanaal), None, known.ontvangen_op, known.antwoord_tijdstip)
    decision = Decision(Status.ONLEESBAAR, Actie.ZET_APART, text, regel="bestand-verdwenen", aandacht=True)
    (told, _) = _for_a_person(deps, incoming, decision, f"{id_}-onleesbaar", Reading(unreadable=finding))
    outcome = Outcome(incoming, Reading(unreadable=finding), decision, (finding,), (told,))
    put_back(deps.db, outcome, None, None, [Stand.TE_SCHRIJVEN], deps.folders.teken, deps.clock())


def _as_it_went(deps: Deps, outcome: Outcome, found: Found) -> Outcome:
    """What lies in an outbox shows what was decided then, by a person or by the rules of then; else it is asked again.

    What the rules of now would do is only believed where it shows, or where they were in force when it came in.
    """
    kinds, decision = {item.soort for item in found.values()}, outcome.decision
    by_catalogue = _rules_may_differ(deps, outcome, kinds)
    if decision.status is not Status.TE_BEOORDELEN and not decision.pogingen and not by_catalogue:
        return outcome
    sent_on = next((item for item in found.values() if item.soort in MADE_FOR_OTHERS), None)
    if Berichtcode.FO01 in kinds:
        decided = Decision(Status.GEWEIGERD, Actie.WEIGER, _DECIDED, TAKEN_BACK, foutcode=BODY_FAULT)
    elif Soort.BEZORGING in kinds:
        decided = Decision(Status.GEACCEPTEERD, Actie.ACCEPTEER, _DECIDED, TAKEN_BACK)
    elif sent_on is not None:
        code = sent_on.naam.removeprefix(f"{outcome.incoming.id}-").rpartition("-")[0][:_CODE_LENGTH]
        tell_melder = must_tell_melder(outcome.reading, deps.settings.herroutering.wijze)
        decided = Decision(Status.HERROUTEERD, Actie.HERROUTEER, _DECIDED, TAKEN_BACK, naar=code, tell_melder=tell_melder)
    elif decision.status is Status.GEACCEPTEERD and not by_catalogue and not _is_melding_by_newer_rules(deps, outcome):
        return outcome
    else:
        perhaps = "" if decision.regel == TAKEN_BACK else _PERHAPS_DECIDED
        asked = _RULES_UNKNOWN if by_catalogue else f"{decision.reden}{perhaps}"
        decided = Decision(Status.TE_BEOORDELEN, Actie.BEOORDEEL, asked, TAKEN_BACK, naar=decision.naar, aandacht=True)
    if decided.status is decision.status and decided.status is not Status.TE_BEOORDELEN and _agrees(outcome, found):
        return outcome
    # What was not decided then was not written then: only the answers may have been fetched since.
    undecided = {Soort.BEZORGING, *MADE_FOR_OTHERS, *([Berichtcode.FO01] if by_catalogue else [])}
    written = tuple(output for output in outcome.outputs if _key(output) in found or output.soort not in undecided)
    return replace(outcome, decision=replace(decided, answers=decision.answers), outputs=written)


def _agrees(outcome: Outcome, found: Found) -> bool:
    """Whether what lies there of a message that was sent on, is what the rules of now make of it."""
    return all(_key(output) in found for output in outcome.outputs if output.soort in MADE_FOR_OTHERS)


def _is_melding_by_newer_rules(deps: Deps, outcome: Outcome) -> bool:
    """Whether it may have gone elsewhere by the rules of herroutering of then, of which nobody knows what they did."""
    hash_ = deps.settings.herroutering.hash
    return outcome.reading.may_be_melding and not was_known(deps.db, hash_, outcome.incoming.ontvangen_op)


def _rules_may_differ(deps: Deps, outcome: Outcome, kinds: AbstractSet[str]) -> bool:
    """Whether a rule refuses it now and did not then, or the other way round, or nobody knows.

    What lies there of it shows the first two. Else it matters only of a message that breaks a rule, whatever that weighs now,
    and is known only where all that the rules follow from was the same then, and no own rule decided: whether one of these could
    be asked then, nobody knows.
    """
    decision, settings, incoming = outcome.decision, deps.settings, outcome.incoming
    is_refused = decision.regel == AGAINST_A_RULE
    if not is_refused and decision.status is not Status.GEACCEPTEERD:
        return False
    if kinds & {Berichtcode.FO01, Soort.BEZORGING}:
        return (Berichtcode.FO01 in kinds) is not is_refused
    own = {regel.id for regel in settings.eigen_regels}
    by_own_rule = any(finding.code in own and finding.niveau is Niveau.FOUT for finding in outcome.findings)
    was_asked = not by_own_rule and all(finding.code != NOT_RUN for finding in outcome.findings)
    known = (was_known(deps.db, hash_, incoming.ontvangen_op) for name, hash_ in rule_hashes(settings).items() if name != RULES)
    if was_asked and all(known):
        return False
    op = dutch_day(incoming.ontvangen_op)
    beleid = replace(beleid_of(outcome.reading, incoming.kanaal.kant, op, settings), niveaus=Niveaus())
    return beleid.may_refuse and bool(is_refused or breaks_rules(outcome.reading, incoming.raw, beleid, deps.checks))


def _as_found(outcome: Outcome, found: Found, absent: Stand) -> tuple[tuple[Output, ...], list[Stand]]:
    """The files of the outcome with the bytes that lie there, and every other file of this message that lies there."""
    ours = {_key(output): output for output in outcome.outputs}
    outputs = ours | {key: item.as_output(ours.get(key)) for key, item in found.items()}
    return tuple(outputs.values()), [found[key].stand if key in found else absent for key in outputs]


def _key(output: Output) -> tuple[str, str, str]:
    return output.kanaal, output.map, output.bestandsnaam


def _for_a_person(deps: Deps, incoming: Incoming, decision: Decision, name: str, reading: Reading) -> tuple[Output, Output]:
    to, findings = deps.settings.kanaal(Kant.EIGEN).naam, (reading.unreadable,) if reading.unreadable else ()
    text = note(incoming, reading.stuurgegevens, decision, findings)
    return (
        Output(Soort.TOELICHTING, to, f"{name}.txt", text.encode(), AANDACHT_MAP),
        Output(Soort.AANDACHT, to, f"{name}.xml", None, AANDACHT_MAP),
    )
