"""Which commands a person may want after seeing a message, fit to its state. Pure."""

from collections.abc import Mapping
from typing import Any

from corv.attention import REOPENED
from corv.cli.tonen import short
from corv.outcome import Status
from corv.stuf import MELDINGEN

_NO_QUESTION = frozenset({"antwoord-zonder-vraag", "antwoord-past-niet", "antwoord-andere-partij"})


def next_commands(message: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What to do and the command line for it, without `corv` in front; `message` as `corv toon --json` gives it."""
    id_, status = short(message["bericht"]["id"]), message["bericht"]["status"]
    found = []
    reasons = {row["aanleiding"] for row in message["aandacht"] if row["gesloten_op"] is None}
    if status == Status.TE_BEOORDELEN or (status == Status.HERROUTEERD and reasons & set(REOPENED)):
        if message["bericht"]["functie"] or message["bericht"]["berichtcode"]:  # else it could not be read, so not be delivered
            found.append(("Aannemen en bezorgen", f'beslis {id_} --accepteer --reden "..."'))
        if message["bericht"]["functie"] in MELDINGEN:
            found.append(("Doorsturen naar een ander Veilig Thuis", f'beslis {id_} --herrouteer {_to(message)} --reden "..."'))
        found.append(("Weigeren", f'beslis {id_} --weiger --reden "..."'))
    if status != Status.TE_BEOORDELEN and any(row["gesloten_op"] is None for row in message["aandacht"]):
        found.append(("U bent ermee klaar", f'beslis {id_} --afgehandeld --reden "..."'))
    if any(row["code"] in _NO_QUESTION for row in message["bevindingen"]) and not _is_tied(message):
        found.append(("Koppelen aan het bericht waar dit een antwoord op is", f'koppel {id_} KENMERK-VAN-DE-VRAAG --reden "..."'))
    delivered = [row for row in message["uitvoer"] if row["bezorgd_op"]]
    fetched = [row["soort"] for row in delivered if row["opgehaald_op"] is not None]  # what still lies there can't be lost
    if fetched:
        which = f" --soort {fetched[-1]}" if len(delivered) > 1 else ""  # the last is what was meant for a reader
        found.append(("Nog eens bezorgen, als het bij de andere kant zoek is", f'bezorg {id_}{which} --opnieuw --reden "..."'))
    found.append(("Alles wat erbij hoort", f"keten {id_}"))
    return found


def _to(message: Mapping[str, Any]) -> str:
    """The region that was proposed, as long as nobody sent it there."""
    proposed = (message["besluit"] or {}).get("naar") or ""
    return proposed if proposed.startswith("VT") and message["bericht"]["status"] == Status.TE_BEOORDELEN else "CODE"


def _is_tied(message: Mapping[str, Any]) -> bool:
    return bool(message["verwant"]["aantal_gekoppeld"] or message["bericht"]["hoort_bij"])
