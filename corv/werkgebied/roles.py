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

    `kind` is the child of the jeugdige: by the birth date when that is known. An adult of whom the message says that it is
    about him counts with the household, so that a person looks at it.
    """
    if persoon.rol in NEVER:
        return None
    is_minor = None if persoon.geboren is None else _is_minor(persoon.geboren, on)
    if is_minor or persoon.rol in _ALWAYS_MINOR:
        return Groep.MINDERJARIGEN
    if is_minor is None and (persoon.is_onderwerp or persoon.rol == KIND):
        return Groep.MINDERJARIGEN
    if persoon.is_onderwerp or persoon.rol in FAMILY or persoon.rol == KIND:
        return Groep.HUISGENOTEN
    return None


def _is_minor(born: date, on: date) -> bool:
    return (on.year - _ADULT, on.month, on.day) < (born.year, born.month, born.day)
