"""What is asked of `corv voorbeeld`, once it is known to be possible: which message, with which fault, on what, and where."""

from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from corv.adressen import VORMEN
from corv.berichten.soort import short
from corv.controle import too_large
from corv.errors import UsageError
from corv.stuf import is_oin
from corv.voorbeeld import MAKERS
from corv.voorbeeld.fouten import ALL, ANSWERS, FOUTEN, MESSAGES, ZONDER
from corv.voorbeeld.vraag import Vraag, read_vraag
from corv.voorbeeld.world import World

_COUNTS = {2: "twee", 3: "drie"}


def known_kind(functie: str) -> str:
    """The kind of message by its name, with or without what it ends with, in capitals or not."""
    wanted = functie.lower()
    for naam in MAKERS:
        if wanted in {naam.lower(), short(naam).lower()}:
            return naam
    raise UsageError(f"'{functie}' is geen bericht van het koppelvlak. Deze zijn er: {all_kinds()}.")


def known_fault(naam: str, code: str | None, question: Path | None) -> str:
    """The code of a fault that can be made in this kind of message; '' for none."""
    if code is None:
        return ""
    exact = {known.lower(): known for known in (*FOUTEN, *ZONDER)}.get(code.lower())
    if exact is None:
        raise UsageError(f"'{code}' is geen fout waarvan er een voorbeeld is. Deze zijn er: {', '.join(FOUTEN)}.")
    if exact in ZONDER:
        raise UsageError(f"Van {exact} is geen voorbeeld te maken: {ZONDER[exact]}.")
    if naam not in FOUTEN[exact].voor:
        raise UsageError(f"{exact} kan niet bij {short(naam)}. Het kan bij: {shown_kinds(FOUTEN[exact].voor)}.")
    if FOUTEN[exact].needs_question and question is None:
        raise UsageError(f"{exact} is er alleen bij een antwoord op een bericht dat u hebt: noem dat bericht met --op.")
    return exact


def answered(naam: str, path: Path | None, limit: int) -> Vraag | None:
    """The message that is answered, of at most `limit` bytes. Raises UsageError where this kind does not answer that one."""
    if path is None:
        return None
    answers = MAKERS[naam].answers
    if answers == ():
        raise UsageError(f"{short(naam)} is geen antwoord op een bericht; --op kan daar niet bij.")
    if (finding := too_large(path, limit)) is not None:
        raise UsageError(f"{path}: {finding.tekst}")
    vraag = read_vraag(path.read_bytes(), str(path))
    if answers is not None and vraag.soort.naam not in answers:
        raise UsageError(f"{short(naam)} antwoordt op {short(answers[0])}, en {path} is een {short(vraag.soort.naam)}.")
    return vraag


def in_gemeente(world: World, naam: str, gemeente: str | None) -> World:
    """The same world, with the child in that gemeente."""
    if gemeente is None:
        return world
    if naam not in VORMEN:
        raise UsageError(f"In {short(naam)} staat geen adres; --gemeente kan daar niet bij.")
    names, found = world.places.gemeenten, world.gemeenten_of(gemeente)
    if len(found) > 1:
        several = f"Er zijn er {_COUNTS.get(len(found), len(found))}: {', '.join(names[code] for code in found)}"
        raise UsageError(f"'{gemeente}' is niet de hele naam van een gemeente. {several}.")
    if not found:
        near = get_close_matches(gemeente, names.values(), n=2, cutoff=0.6)
        hint = f" Bedoelt u {' of '.join(near)}?" if near else ""
        raise UsageError(f"'{gemeente}' is geen gemeente in de tabellen.{hint}")
    return replace(world, gemeente=found[0])


def given_oin(option: str, oin: str | None) -> str:
    """An OIN that was given with that option; '' for none."""
    if oin is not None and not is_oin(oin):
        raise UsageError(f"{option} moet een OIN zijn: 20 cijfers.")
    return oin or ""


def all_kinds() -> str:
    """Every kind of message, to choose from."""
    return ", ".join(short(naam) for naam in MAKERS)


def shown_kinds(kinds: frozenset[str]) -> str:
    """The kinds of message in as few words as say it."""
    in_words = {ALL: "alle", MESSAGES: "alle Di01", ANSWERS: "Bv en Fo"}.get(kinds)
    return in_words or ", ".join(short(naam) for naam in MAKERS if naam in kinds)
