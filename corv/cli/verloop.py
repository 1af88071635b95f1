"""Every event on a message as a short Dutch sentence. Pure."""

from collections.abc import Callable
from typing import Any

from corv.attention import Aanleiding
from corv.cli.tonen import number, short

Facts = dict[str, Any]

AANLEIDINGEN = {
    Aanleiding.TE_BEOORDELEN: "een mens moet beslissen",
    Aanleiding.GEWEIGERD: "het is geweigerd, en iemand moet het toch zien",
    Aanleiding.ONLEESBAAR: "het bestand is niet te lezen",
    Aanleiding.BEANTWOORD_MET_FOUT: "er kwam een fout terug op wat wij verstuurden",
    Aanleiding.FOUT_OP_ANTWOORD: "er kwam een fout terug op een antwoord van ons",
    Aanleiding.DOORSTURING_GEWEIGERD: "de organisatie die het doorgestuurde bericht kreeg, nam het niet aan",
    Aanleiding.NIET_DOORGESTUURD: "de melder moet haar zelf aan een ander sturen; niet zeker is dat die de melding heeft",
    Aanleiding.MELDER_INLICHTEN: "geen bericht kan de melder zeggen dat zijn melding voor een ander Veilig Thuis is",
    Aanleiding.DOORSTURING_STIL: "de organisatie die het doorgestuurde bericht kreeg, antwoordt niet",
    Aanleiding.OPENSTAAND: "er stond nog een antwoord of terugkoppeling open",
}


def aanleiding(word: str) -> str:
    """Why a message asks for attention; a word of another version of this program stays as it is."""
    return AANLEIDINGEN.get(Aanleiding(word), word) if word in set(Aanleiding) else word


def tell(soort: str, gegevens: Facts) -> str:
    """What happened. A kind of event that we do not know is told by its name and its plain facts."""
    sentence = SENTENCES.get(soort)
    return sentence(gegevens) if sentence is not None else _plain(soort, gegevens)


def _received(facts: Facts) -> str:
    size = facts.get("grootte")
    return f"ontvangen via {facts.get('kanaal')}" + (f", {number(size)} bytes" if isinstance(size, int) else "")


def _decided(facts: Facts) -> str:
    told = f"besloten: {facts.get('actie')}, dus {facts.get('status')} (regel {facts.get('regel')}"
    told += f", foutcode {facts['foutcode']})" if facts.get("foutcode") else ")"
    return _by(told, facts)


def _file(verb: str) -> Callable[[Facts], str]:
    return lambda facts: f"{facts.get('soort')} {verb} de outbox van {facts.get('kanaal')}"


def _attention(facts: Facts) -> str:
    other = facts.get("door_bericht")
    return f"vraagt aandacht: {aanleiding(str(facts.get('aanleiding')))}" + (f" (bericht {short(other)})" if other else "")


def _answered(facts: Facts) -> str:
    return f"er kwam een foutbericht op terug ({short(str(facts.get('door_bericht')))}); nu {facts.get('status')}"


def _tied(verb: str) -> Callable[[Facts], str]:
    def tell_tie(facts: Facts) -> str:
        status = f"; nu {facts['status']}" if facts.get("status") else ""
        return _by(f"met de hand {verb} bericht {short(str(facts.get('ander')))}{status}", facts)

    return tell_tie


def _restored(facts: Facts) -> str:
    return "opnieuw vastgelegd bij een herstel" + (f", uit {facts['uit']}" if facts.get("uit") else "")


def _by(told: str, facts: Facts) -> str:
    """With who did it and why, where a person did."""
    told += f", door {facts['door']}" if facts.get("door") else ""
    return told + (f". Reden: {facts['reden']}" if facts.get("reden") else "")


def _plain(soort: str, facts: Facts) -> str:
    plain = [f"{name} {value}" for name, value in facts.items() if isinstance(value, str | int | float) and name != "sha256"]
    return ": ".join(part for part in (soort, ", ".join(plain)) if part)


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "ontvangen": _received,
    "besloten": _decided,
    "bezorgd": _file("bezorgd in"),
    "opgehaald": _file("opgehaald uit"),
    "aandacht": _attention,
    "afgehandeld": lambda facts: _by("aandacht afgehandeld", facts),
    "beantwoord": _answered,
    "lag_er_al": lambda facts: f"{facts.get('soort')} lag al in de outbox en is niet nog eens geschreven",
    "opdracht": lambda facts: _by(f"{facts.get('soort')} moet nog eens worden bezorgd", facts),
    "gekoppeld": _tied("gekoppeld aan"),
    "losgekoppeld": _tied("losgemaakt van"),
    "hersteld": _restored,
}
"""By kind of event."""
