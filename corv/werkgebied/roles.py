"""The roles that a message may give to a person, and which of them count. Source: the enumerations Jeugdzorgrol and RolKind."""

from datetime import date

from corv.werkgebied.values import Groep, Persoon

JEUGDIGE, KIND = "jeugdige", "kind"
CLIENT, ONGEBOREN = "Client (kind)", "Client (ongeboren kind)"

NEVER = frozenset(
    {
        "contactpersoon",
        "hulpverlener",
        "informant",
        "melder",
        "onderwijsgevende",
        "overige professional",
        "verpleegkundige, arts of medisch specialist",
    }
)
"""Who reports or helps: where they live or work says nothing about the child, whatever their age."""

FAMILY = frozenset(
    {
        "broer of zus",
        "grootouder",
        "halfbroer of -zus",
        "opvoeder/verzorger",
        "ouder met gezag",
        "ouder zonder gezag",
        "ouder, gezag niet benoemd",
        "ouder, niet juridisch",
        "overige verwant",
        "pleegbroer of -zus",
        "pleegouder",
        "stiefbroer of -zus",
        "stiefouder",
        "voogd",
    }
)

KNOWN_ROLES = NEVER | FAMILY | {JEUGDIGE, KIND, CLIENT, ONGEBOREN}
"""Every role of the standard. Only these are ever shown: an invalid message may hold anything in the place of a role."""

_ADULT = 18
_ALWAYS_MINOR = frozenset({JEUGDIGE, CLIENT, ONGEBOREN})


def group_of(persoon: Persoon, on: date) -> Groep | None:
    """Whether a person's addresses count, and as whose; None when they do not.

    A jeugdige counts as a minor even when he is an adult, because the message is about him. `kind` is the child of the jeugdige:
    by the birth date when that is known. An adult of whom the message says that it is
    about him counts with the household, so that a person looks at it.
    """
    if persoon.rol in NEVER:
        return None
    is_minor = _is_minor(persoon, on)
    if is_minor or persoon.rol in _ALWAYS_MINOR:
        return Groep.MINDERJARIGEN
    if is_minor is None and (persoon.is_onderwerp or persoon.rol == KIND):
        return Groep.MINDERJARIGEN
    if persoon.is_onderwerp or persoon.rol in FAMILY or persoon.rol == KIND:
        return Groep.HUISGENOTEN
    return None


def is_adult(persoon: Persoon, on: date) -> bool:
    """Whether a person is known to be eighteen or more."""
    return _is_minor(persoon, on) is False


def _is_minor(persoon: Persoon, on: date) -> bool | None:
    """By the birth date; None where that is unknown or can't be, because it lies after that day."""
    born = persoon.geboren
    if born is None or (persoon.geboren_vanaf or born) > on:
        return None
    return (on.year - _ADULT, on.month, on.day) < (born.year, born.month, born.day)
