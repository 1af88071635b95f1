"""The free text of where it happened: a postcode, else the name of a woonplaats. A hint, never more."""

import re
from collections.abc import Iterator

from corv.tabellen import UNKNOWN
from corv.werkgebied.values import LOCATIE, Bewijs, Maatstaf, Zekerheid

_LONGEST_TEXT = 500
"""Characters that are looked at: a location is a line, and a longer text would cost more than the rest of the message."""

_POSTCODE = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{3}(?: ?[A-Z]{2}|[a-z]{2})(?![0-9A-Za-z])")
"""Small letters only when nothing stands between: `in 2024 op straat` names no postcode."""

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_MOST_WORDS = 4
_SHORTEST_NAME = 3

_ORDINARY_WORDS = """
    america anderen ane asch axel balk beek bergen best blije boer born broek buren dalen dieren doorn dorst duiven echt een
    ees ell enter erica esch est gauw gees groede groet haren halfweg hall handel hank heel heide helden hem herten hoek
    hoeven horn huizen joppe kaag kapelle lent leur lies linde loo loon made marle mill monster mussel neer nes noorden onna
    oranje petten reek rien rijen rijs roden schore sluis spier stein tuk veen velden vries vuren waal waarde wateren well
    wier winde winkel zeeland zegge zetten zurich
"""
_ORDINARY = frozenset(_ORDINARY_WORDS.split())
"""Names of a woonplaats that as a single word are an ordinary word, a first name or part of a street: they say too little."""


def look_at(text: str, pad: str, maatstaf: Maatstaf) -> Bewijs:
    """What the text points at: the postcodes in it, else the names. `telt`: whether it points anywhere."""
    tabellen, text = maatstaf.tabellen, text[:_LONGEST_TEXT]
    by_postcode = [tabellen.gemeenten_of_postcode(postcode) for postcode in _POSTCODE.findall(text)]
    by_name = [] if any(by_postcode) else list(_gemeenten_of_names(text, maatstaf))
    postcode, woonplaats = (
        UNKNOWN.union(*(tabellen.vts_of(gemeenten, maatstaf.op) for gemeenten in found if gemeenten))
        for found in (by_postcode, by_name)
    )
    vts = postcode | woonplaats
    return Bewijs(
        pad=pad,
        wie="plaats van het incident",
        rol=None,
        adres=LOCATIE,
        postcode=tuple(sorted(postcode)),
        woonplaats=tuple(sorted(woonplaats)),
        vts=tuple(sorted(vts)),
        gemeenten=tuple(sorted(frozenset[str]().union(*by_postcode, *by_name))) if vts else (),
        zekerheid=Zekerheid.LAAG if vts else Zekerheid.GEEN,
        telt=bool(vts),
        waarom=_why(is_postcode=bool(postcode), is_name=bool(woonplaats)),
    )


def _why(*, is_postcode: bool, is_name: bool) -> str:
    if is_postcode:
        return "In de vrije tekst staat een postcode; dat is alleen een aanwijzing."
    if is_name:
        return "In de vrije tekst staat de naam van een woonplaats; dat is alleen een aanwijzing."
    return "In de vrije tekst is geen postcode of woonplaats gevonden die de tabellen kennen."


def _gemeenten_of_names(text: str, maatstaf: Maatstaf) -> Iterator[frozenset[str]]:
    """The gemeenten of each name in the text, the longest name first: `Alphen aan den Rijn` is not `Alphen`."""
    words = _WORD.findall(text)
    start = 0
    while start < len(words):
        for size in range(min(_MOST_WORDS, len(words) - start), 0, -1):
            name = " ".join(words[start : start + size])
            gemeenten = maatstaf.tabellen.gemeenten_of_woonplaats(name) if _may_be_name(name) else frozenset[str]()
            if gemeenten:
                yield gemeenten
                start += size
                break
        else:
            start += 1


def _may_be_name(name: str) -> bool:
    return len(name) >= _SHORTEST_NAME and name.lower() not in _ORDINARY and any(letter.isupper() for letter in name)
