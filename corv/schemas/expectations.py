"""What an element expects, told from the schema itself, for the faults where libxml2 has nothing better than "not valid".

xmlschema keeps the whole model of a schema, which libxml2 hides. It is 25 times slower and takes a quarter of a second to
load, so it is loaded at the first fault that needs it, and never sees a message.
"""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corv.stuf import PREFIXES

if TYPE_CHECKING:
    from xmlschema import XMLSchema

ENTRY = Path(__file__).parent / "corv.xsd"

FORMS = {
    "[0-9]{9}": "9 cijfers",
    "[0-9]{17}": "17 cijfers",
    "[0-9]{20}": "20 cijfers",
    "[0-9]{8,17}": "8 tot 17 cijfers (JJJJMMDD, zo nodig met uren, minuten, seconden en milliseconden)",
    "[1-9][0-9]{3}[A-Z]{0,2}": "een postcode zonder spatie, zoals 1234AB",
    "[0-9]{1,4}": "1 tot 4 cijfers",
    "[a-zA-Z]": "één letter",
    "[a-zA-Z0-9]{0,4}": "hoogstens 4 letters of cijfers",
    "[^0-9]": "geen waarde, want de standaard eist hier 10 en tegelijk 17 cijfers; laat het leeg met xsi:nil of noem het BSN",
}
"""The patterns of the koppelvlak in words."""

_DATE_DIGITS = 8
_XS = "{http://www.w3.org/2001/XMLSchema}"


def expectation_of(path: str) -> str:
    """What the element at that place must hold, in Dutch; `path` as `places.display_path` gives it. '' when unknown."""
    plain = re.sub(r"\[\d+\]", "", path).lstrip("/")
    element = _model().find(plain, namespaces={prefix: uri for uri, prefix in PREFIXES.items()})
    kind = getattr(element, "type", None)
    if kind is None:
        return ""
    return _in_words(kind if kind.is_simple() else kind.content)


@cache
def _model() -> "XMLSchema":
    import xmlschema  # noqa: PLC0415 - a quarter of a second that most runs never need

    return xmlschema.XMLSchema(str(ENTRY), allow="local")


def _in_words(kind: Any) -> str:
    facets = {name.removeprefix(_XS): facet for name, facet in (getattr(kind, "facets", None) or {}).items() if name}
    primitive = getattr(getattr(kind, "primitive_type", None), "local_name", "")
    if "enumeration" in facets:
        return ", ".join(f"'{value}'" for value in facets["enumeration"].enumeration)
    if "pattern" in facets:
        return " of ".join(FORMS.get(pattern, f"het patroon {pattern}") for pattern in facets["pattern"].regexps)
    if primitive == "decimal":
        return _number_in_words({name: getattr(facet, "value", None) for name, facet in facets.items()})
    return "een bijlage in base64" if primitive == "base64Binary" else ""


def _number_in_words(facets: dict[str, Any]) -> str:
    if facets.get("totalDigits") == _DATE_DIGITS:
        return "een datum in 8 cijfers, JJJJMMDD"
    if "minInclusive" in facets and "maxInclusive" in facets:
        return f"een getal van {facets['minInclusive']} tot en met {facets['maxInclusive']}"
    return "een getal"
