"""Every command, with how it is asked in the search for leaks, or why it is not."""

from collections.abc import Sequence

WITHOUT = {
    "init": "makes a folder, and reads no message",
    "start": "runs as a process of its own, of which log and process list are searched",
    "voorbeeld": "makes messages about people who don't exist; of --op it answers on purpose with what that message says",
}
"""The commands that are not asked, each with why."""

QUESTIONS: dict[str, tuple[Sequence[str], ...]] = {
    "verwerk": ((), ("--json",)),
    "controleer": (("{bestand}",), ("--json", "{bestand}")),
    "verklaar": (("{bestand}",), ("--json", "{bestand}")),
    "berichten": ((), ("--json",), ("--csv",)),
    "toon": (("{id}",), ("{id}", "--json")),
    "aandacht": ((), ("--json",)),
    "beoordelen": ((), ("--json",)),
    "beslis": (("{id}", "--afgehandeld", "--reden", "gebeld"), ("{id}", "--accepteer", "--reden", "van ons")),
    "bezorg": (("{id}", "--opnieuw", "--reden", "kwijt"),),
    "herstel": ((), ("--grondig", "--json"), ("--uitvoeren",)),
    "config": (("controleer",),),
    "herroutering": (("controleer",), ("verschil", "{map}/config/herroutering.toml")),
    "keten": (("{id}",), ("{id}", "--json")),
    "koppel": (("{id}", "{ander}", "--reden", "hoort bij elkaar"),),
    "gezondheid": ((), ("--json",)),
    "gezien": ((), ("--json",), ("{naam}",), ("{naam}", "--json"), ("--lot", "opgenomen")),
    "doctor": ((), ("--json",)),
    "backup": (("{kopie}",), ("{kopie}", "--controleer", "--grondig", "--json")),
    "openstaand": ((), ("--json",)),
    "werkgebieden": (("toon",),),
    "lijsten": ((), ("--json",)),
    "schemas": ((), ("--json",)),
    "regels": ((), ("--json",)),
}
"""By command the ways in which it is asked. `{naam}`: of a file as its sender called it, `{kopie}`: of a folder for back-ups."""
