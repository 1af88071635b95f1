"""What an element expects, told from the schema itself, for the faults where libxml2 has nothing better than "not valid".

xmlschema keeps the whole model of a schema, which libxml2 hides. It is 25 times slower and takes a quarter of a second to
load, so it is loaded at the first fault that needs it, and never sees a message.
"""

import re
from collections.abc import Iterable
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
    kind = _type_at(path)
    if kind is None:
        return ""
    return _in_words(kind if kind.is_simple() else kind.content)


def missing_after(path: str, children: Iterable[str]) -> tuple[str, ...]:
    """What must come next in the element at that place, after these children; more than one where one of them is enough.

    Names in Clark notation, as those of the children. () when nothing must, or where the children do not fit the schema.
    """
    from xmlschema.validators import ModelVisitor  # noqa: PLC0415 - as in `_model`

    kind = _type_at(path)
    if kind is None or not kind.has_complex_content():
        return ()
    model = ModelVisitor(kind.content)
    for child in children:
        while model.element is not None and model.match_element(child) is None:
            if any(model.advance()):
                return ()
        if model.element is None or any(model.advance(match=True)):
            return ()
    _, _, expected = next(model.stop(), (None, 0, []))
    return tuple(str(element.name) for element in expected)


def _type_at(path: str) -> Any:
    """The type of the element at that place; None when the schema has none there."""
    plain = re.sub(r"\[\d+\]", "", path).lstrip("/")
    return getattr(_model().find(plain, namespaces={prefix: uri for uri, prefix in PREFIXES.items()}), "type", None)


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
