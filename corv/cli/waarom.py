"""Why it was decided so, as lines for a person, from the form of the JSON: what the addresses say, and each rule tried."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corv.herregels import Poging
from corv.outcome import Actie
from corv.outcome_rows import attempts_json

Line = tuple[str, object]

_HASH_SHOWN = 12


def evidence(werkgebied: Mapping[str, Any] | None) -> Iterator[Line]:
    """The outcome of the addresses and what each of them says; nothing for a kind of message that has none."""
    if werkgebied is None:
        return
    where = f": {werkgebied['vt']}" if werkgebied["vt"] else ""
    yield "werkgebied", f"{werkgebied['uitkomst']}{where}, zekerheid {werkgebied['zekerheid']}"
    yield "", werkgebied["waarom"]
    for bewijs in werkgebied["bewijs"]:
        says = " of ".join(bewijs["vts"]) or "zegt niets"
        yield "telt mee" if bewijs["telt"] else "telt niet mee", f"{bewijs['wie']}, {bewijs['adres']}: {says}"
        parts = [f"{part} {' of '.join(bewijs[part])}" for part in ("postcode", "woonplaats") if bewijs[part]]
        known = "; ".join([*parts, f"zekerheid {bewijs['zekerheid']}"])
        yield "", f"{bewijs['waarom']} ({known})"
        yield "", bewijs["pad"]


def decided_by(besluit: Mapping[str, Any]) -> str:
    """The rule that decided, and what comes with the decision."""
    code = f", foutcode {besluit['foutcode']}" if besluit["foutcode"] else ""
    is_proposal = besluit["actie"] == Actie.BEOORDEEL
    to = f", {'voorstel' if is_proposal else 'naar'} {besluit['naar']}" if besluit["naar"] else ""
    return f"regel {besluit['regel']}{code}{to}"


def attempts(regels: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    """Every rule that was tried, in order; the last that fits decided."""
    for regel in regels:
        yield "past" if regel["past"] else "past niet", f"{regel['naam']}: {regel['waarom']}"


def tried_then(besluit: Mapping[str, Any] | None, regels: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
    """Every route and rule that was tried for a decision, as `corv verklaar` tells it; nothing where that can't be known.

    `regels`: the rules as they were recorded, None where that was not done.
    """
    from corv.routing import ROUTES, tried  # noqa: PLC0415 - it brings the XML parser along, which no other question needs

    if besluit is None or (regels is None and besluit["regel"] not in {route.naam for route in ROUTES}):
        return []
    pogingen = tuple(Poging(**regel) for regel in regels or ())
    return attempts_json(tried(besluit["regel"], besluit["reden"], pogingen))


def judge(schema: Mapping[str, Any] | None) -> Iterator[Line]:
    """Which schema judged the form of a message; nothing where none did, or nobody wrote it down."""
    if schema is None:
        return
    yield "schema", _schema(schema)
    if schema["vergeleken_met"] is not None:
        yield "vergeleken met", _schema(schema["vergeleken_met"])


def _schema(schema: Mapping[str, Any]) -> str:
    return f"{schema['schema']}, koppelvlak {schema['versie']}, SHA-256 {schema['sha256'][:_HASH_SHOWN]}"


def sources(verklaring: Mapping[str, Any]) -> Iterator[Line]:
    """Which rules and tables were used; their hash as short as it is shown everywhere."""
    yield "regelbestand", verklaring["regelbestand"][:_HASH_SHOWN]
    yield "tabellen", verklaring["tabellen"]
