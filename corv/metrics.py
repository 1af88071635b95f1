"""The answer of `corv gezondheid` as a text file for Prometheus. The only user of prometheus_client; imported when needed."""

from collections.abc import Callable
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from corv import rechten
from corv.health import Health
from corv.health.values import Subject

_LABEL = ("onderwerp",)


def write(path: Path, health: Health) -> None:
    """Write the file in one step: who reads it sees the old one or the new one. Raises OSError when it can't be written.

    Everybody may read it: it holds numbers, nothing of a message.
    """
    temporary = path.with_name(f".{path.name}.nieuw")
    rechten.write(temporary, generate_latest(registry(health)), rechten.PUBLIC_FILE)
    temporary.replace(path)


def registry(health: Health) -> CollectorRegistry:
    """The answer as metrics, in a registry of our own, so that nothing of the process or the library comes along."""
    found = CollectorRegistry()
    state = "0 goed, 1 waarschuwing, 2 kritiek, 3 onbekend"
    overall = Gauge("corv_toestand", f"De slechtste toestand van alle onderwerpen: {state}.", registry=found)
    overall.set(health.toestand.exit_code)
    _each(health, found, "corv_onderwerp_toestand", f"Toestand per onderwerp: {state}.", lambda one: one.toestand.exit_code)
    _each(health, found, "corv_onderwerp_aantal", "Hoeveel er wacht, per onderwerp.", lambda one: one.aantal)
    _each(
        health,
        found,
        "corv_onderwerp_leeftijd_seconden",
        "Hoe lang het oudste wacht, of hoe lang geleden iets voor het laatst goed ging, per onderwerp.",
        lambda one: one.age_s(health.op),
    )
    if health.laatste_ronde is not None:
        ended = Gauge("corv_laatste_ronde_tijdstip_seconden", "Einde van de laatste volledige ronde (Unix-tijd).", registry=found)
        ended.set(health.laatste_ronde.timestamp())
    written = Gauge("corv_metingen_tijdstip_seconden", "Wanneer deze metingen zijn gedaan (Unix-tijd).", registry=found)
    written.set(health.op.timestamp())
    return found


def _each(health: Health, found: CollectorRegistry, name: str, help_: str, value: Callable[[Subject], float | None]) -> None:
    """One metric with a line a subject, where it has a value."""
    gauge = Gauge(name, help_, _LABEL, registry=found)
    for subject in health.onderwerpen:
        number = value(subject)
        if number is not None:
            gauge.labels(subject.onderwerp).set(number)
