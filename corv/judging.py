"""Steps 3 and 4 of the main path for a batch: what is known of each message, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import replace

from corv.adressen import Adresboek, read_addresses, werkgebied_of
from corv.case import Case
from corv.checking import Checks, beleid_of, breaks_rules, check_schema, remarks
from corv.findings import Finding, Niveau, has_fault
from corv.history import History
from corv.logs import log_own_failure
from corv.moments import dutch_day
from corv.outcome import Decision, Facts, Incoming, Outcome, Output, Verklaring
from corv.outputs import make_outputs
from corv.reading import Reading, read
from corv.routing import BEFORE_RULES, decide, own_failure
from corv.settings import Settings
from corv.werkgebied import Maatstaf, Werkgebied

MOST_ATTEMPTS = 3
"""A message on which the process ended so often is not opened again: it would keep all others waiting for ever."""

_ENDED = (
    "Corv is drie keer gestopt terwijl zij met dit bericht bezig was, en opent het daarom niet meer. Bekijk het bestand zelf, en "
    "vraag de afzender om een ander als het nodig is."
)


def judge(batch: Sequence[Incoming], history: History, settings: Settings, checks: Checks) -> list[Outcome]:
    """Steps 3 and 4: gather the facts and decide, message by message, so that each knows its predecessors."""
    outcomes = []
    for incoming in batch:
        reading = open_message(incoming, settings)
        outcome = judge_one(incoming, reading, history.facts(reading, incoming.kanaal), settings, checks)
        history.add(outcome)
        outcomes.append(outcome)
    return outcomes


def judge_one(incoming: Incoming, reading: Reading, facts: Facts, settings: Settings, checks: Checks) -> Outcome:
    """Decide one message: schema, rules, route, answers. Pure but for who is asked; a failure of our code is an outcome too."""
    case = case_of(incoming, reading, facts, settings)
    try:
        verdict = check_schema(reading, checks.validate, incoming.kanaal.kant)
        adresboek = read_addresses(reading.root) if reading.root is not None else None
        case = replace(case, findings=verdict.findings, werkgebied=weigh_addresses(adresboek, case))
        decision = decide(case)
        if verdict.is_valid and decision.regel not in BEFORE_RULES:
            beleid = beleid_of(reading, incoming.kanaal.kant, case.op, settings)
            case = replace(case, overtredingen=breaks_rules(reading, incoming.raw, beleid, checks))
            decision = decide(case) if has_fault(case.overtredingen) else decision
        findings = (*case.findings, *case.overtredingen, *remarks(case, decision))
        return Outcome(
            incoming, reading, decision, findings, make_outputs(incoming, case, decision, findings), explain(case, decision)
        )
    except Exception as error:  # noqa: BLE001 - one message on which our code fails must not stop the rest, nor be lost
        log_own_failure(error, id=str(incoming.id))
        return _failed(incoming, replace(case, findings=(), overtredingen=()))


def case_of(incoming: Incoming, reading: Reading, facts: Facts, settings: Settings) -> Case:
    """What is known of a message before anything is judged."""
    return Case(incoming.id, incoming.kanaal, reading, (), facts, settings, dutch_day(incoming.ontvangen_op))


def weigh_addresses(adresboek: Adresboek | None, case: Case) -> Werkgebied | None:
    """Whose melding it is by its addresses; None for a message that has none."""
    if adresboek is None:
        return None
    settings = case.settings
    maatstaf = Maatstaf(settings.tabellen, settings.herroutering.volgorde, settings.organisatie.werkgebied, case.op)
    return werkgebied_of(adresboek, maatstaf)


def explain(case: Case, decision: Decision) -> Verklaring | None:
    """What is recorded of why; None where neither addresses nor rules had a say."""
    if case.werkgebied is None and not decision.pogingen:
        return None
    return Verklaring(case.werkgebied, decision.pogingen, case.settings.herroutering.hash, case.settings.tabellen.versie)


def open_message(incoming: Incoming, settings: Settings) -> Reading:
    """Read one message; never raises. One that is too large, or on which our own code fails or ended, is unreadable."""
    if incoming.pogingen >= MOST_ATTEMPTS:
        return Reading(unreadable=Finding("proces-beeindigd", Niveau.FOUT, _ENDED))
    if incoming.raw is None:
        limit = settings.verwerking.grootste_bestand // (1024 * 1024)
        text = (
            f"Het bestand is groter dan {limit} MiB en niet gelezen. Verhoog grootste_bestand_mib of vraag een kleiner bericht."
        )
        return Reading(unreadable=Finding("bestand-te-groot", Niveau.FOUT, text))
    try:
        return read(incoming.raw)
    except Exception as error:  # noqa: BLE001 - as in judge_one
        log_own_failure(error, id=str(incoming.id))
        text = "Het bestand kon door een fout in deze applicatie niet worden gelezen."
        return Reading(unreadable=Finding("eigen-fout", Niveau.FOUT, text))


def _failed(incoming: Incoming, case: Case) -> Outcome:
    decision = own_failure(case)
    findings: tuple[Finding, ...] = ()
    outputs: tuple[Output, ...] = ()
    try:
        findings = remarks(case, decision)
        outputs = make_outputs(incoming, case, decision, findings)
    except Exception as error:  # noqa: BLE001 - even the note fails: the message still ends as a row that a person sees
        log_own_failure(error, id=str(incoming.id))
    return Outcome(incoming, case.reading, decision, findings, outputs)
