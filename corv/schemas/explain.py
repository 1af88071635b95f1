"""libxml2's validation errors, told in Dutch: where it is and what was expected. Never the value: that is personal data.

libxml2's own sentence quotes the value first and ends with what the schema expects. Only that end is used, cut off from
the right, so that nothing a sender wrote can come along.
"""

import re
from collections.abc import Callable, Iterable

from lxml import etree

from corv.findings import Finding, Niveau
from corv.schemas.expectations import FORMS, expectation_of, missing_after
from corv.schemas.places import display_name, display_path, locate, shorten
from corv.stuf import BODY_FAULT

MAX_FINDINGS = 20
"""More than this helps nobody; the first faults are the ones to mend."""

_LONGEST_MESSAGE = 10_000
"""libxml2 cuts its sentence at some 64,000 characters; then the end is no longer the schema's but the sender's."""

_MOST_NAMES = 10
"""libxml2 names no more of the elements that may stand somewhere."""

_LAST_QUOTED = re.compile(r"'([^']*)'\)?\.\s*$")
_ABOUT_ATTRIBUTE = re.compile(r"^Element '[^']*', attribute '([^']*)':")
_MISSING_CHILD = re.compile(r"^Element '[^']*': Missing child element")
_REQUIRED_ATTRIBUTE = re.compile(r"The attribute '([^']*)' is required but missing\.\s*$")


def explain(root: etree._Element, errors: Iterable[etree._LogEntry]) -> tuple[Finding, ...]:
    """One finding an error, at most `MAX_FINDINGS`, doubles left out. `errors` is libxml2's log of validating `root`."""
    findings: dict[Finding, None] = {}
    for error in errors:
        element = locate(root, error.path or "")
        findings[Finding(BODY_FAULT, Niveau.FOUT, _sentence(element, error), display_path(element), error.line or None)] = None
        if len(findings) == MAX_FINDINGS:
            break
    return tuple(findings)


def _sentence(element: etree._Element, error: etree._LogEntry) -> str:
    template, expectation = _EXPLANATIONS.get(error.type_name, _UNEXPLAINED)
    if len(error.message) > _LONGEST_MESSAGE:
        template, expectation = _UNEXPLAINED if error.type_name == "SCHEMAV_ELEMENT_CONTENT" else _WRONG_VALUE
    about_attribute = _ABOUT_ATTRIBUTE.match(error.message[:_LONGEST_MESSAGE])
    subject = display_name(str(element.tag))
    if about_attribute and error.type_name not in _SENDERS_ATTRIBUTE:
        subject = f"Attribuut {shorten(about_attribute.group(1))} van {subject}"
    elif expectation is _ask_the_schema:
        expected = expectation_of(display_path(element))
        return template.format(subject=subject, expected=f" Verwacht: {expected}." if expected else "")
    expected = _missing_child(element, error.message) if expectation is _content_fault else ""
    return template.format(subject=subject, expected=expected or expectation(error.message))


def _ask_the_schema(_message: str) -> str:
    """Stands in the table where libxml2 does not say what it expected."""
    return ""


def _nothing(_message: str) -> str:
    return ""


def _last_quoted(message: str) -> str:
    found = _LAST_QUOTED.search(message)
    return found.group(1) if found else "iets anders"


def _form(message: str) -> str:
    """A pattern of the schema in words, where we have them."""
    pattern = _LAST_QUOTED.search(message)
    return FORMS.get(pattern.group(1), f"het patroon {pattern.group(1)}") if pattern else "een andere vorm"


def _allowed_values(message: str) -> str:
    _, found, values = message.rpartition(" is not an element of the set {")
    return values.rstrip().removesuffix(".").removesuffix("}") if found else "zie het schema"


def _required_attribute(message: str) -> str:
    found = _REQUIRED_ATTRIBUTE.search(message)
    return shorten(found.group(1)) if found else "onbekend"


def _missing_child(element: etree._Element, message: str) -> str:
    """What the element lacks, where libxml2 names several: some of those may be left out, and it stops at ten."""
    if not _MISSING_CHILD.match(message) or ", " not in message.rpartition(" Expected is ")[2]:
        return ""
    names = missing_after(display_path(element), [child.tag for child in element if isinstance(child.tag, str)])
    return f"is niet compleet. Er ontbreekt: {' of '.join(map(shorten, names))}." if names else ""


def _content_fault(message: str) -> str:
    """What is wrong with the children, from a message that ends in `Expected is one of ( {ns}a, {ns}b ).`."""
    before, _, names = message.rpartition(" Expected is ")
    expected = " of ".join(shorten(name) for name in names.partition("( ")[2].rpartition(" )")[0].split(", ")) if before else ""
    if expected.count(" of ") == _MOST_NAMES - 1:
        expected += ", of een element dat daarna komt"
    if _MISSING_CHILD.match(message):
        return f"is niet compleet. Er ontbreekt: {expected}."
    return f"staat niet op de goede plaats. Hier wordt verwacht: {expected}." if expected else "hoort hier niet."


_SENDERS_ATTRIBUTE = {"SCHEMAV_CVC_COMPLEX_TYPE_3_2_1", "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2", "SCHEMAV_CVC_TYPE_3_1_1"}
"""The attribute's name in these errors is the sender's own invention, so it is not repeated."""

_UNEXPLAINED = ("{subject} is niet volgens het schema.", _nothing)
_FORBIDDEN_ATTRIBUTE = ("Bij {subject} staat een attribuut dat daar niet mag staan.", _nothing)
_WRONG_VALUE = ("{subject} heeft een waarde die daar niet mag staan.{expected}", _ask_the_schema)
_NO_ELEMENTS = ("{subject} mag alleen tekst bevatten, geen elementen.", _nothing)

_EXPLANATIONS: dict[str, tuple[str, Callable[[str], str]]] = {
    "SCHEMAV_ELEMENT_CONTENT": ("{subject} {expected}", _content_fault),
    "SCHEMAV_CVC_ENUMERATION_VALID": ("{subject} heeft geen toegestane waarde. Toegestaan: {expected}.", _allowed_values),
    "SCHEMAV_CVC_PATTERN_VALID": ("{subject} heeft niet de juiste vorm. Verwacht: {expected}.", _form),
    "SCHEMAV_CVC_MAXLENGTH_VALID": ("{subject} is te lang: hoogstens {expected} tekens.", _last_quoted),
    "SCHEMAV_CVC_MINLENGTH_VALID": ("{subject} is te kort: minstens {expected} tekens.", _last_quoted),
    "SCHEMAV_CVC_LENGTH_VALID": ("{subject} heeft niet de juiste lengte: precies {expected} tekens.", _last_quoted),
    "SCHEMAV_CVC_MAXINCLUSIVE_VALID": ("{subject} is te groot: hoogstens {expected}.", _last_quoted),
    "SCHEMAV_CVC_MININCLUSIVE_VALID": ("{subject} is te klein: minstens {expected}.", _last_quoted),
    "SCHEMAV_CVC_TOTALDIGITS_VALID": ("{subject} heeft te veel cijfers: hoogstens {expected}.", _last_quoted),
    "SCHEMAV_CVC_FRACTIONDIGITS_VALID": ("{subject} mag geen cijfers achter de komma hebben.", _nothing),
    "SCHEMAV_CVC_ELT_5_2_2_2_2": ("{subject} heeft niet de vaste waarde {expected}.", _last_quoted),
    "SCHEMAV_CVC_AU": ("{subject} heeft niet de vaste waarde {expected}.", _last_quoted),
    "SCHEMAV_CVC_ELT_3_1": ("{subject} mag niet xsi:nil zijn: er moet een waarde staan.", _nothing),
    "SCHEMAV_CVC_ELT_3_2_1": ("{subject} is xsi:nil, maar heeft toch inhoud (een spatie of regeleinde telt ook).", _nothing),
    "SCHEMAV_CVC_ELT_1": ("{subject} is geen bericht van dit koppelvlak.", _nothing),
    "SCHEMAV_CVC_COMPLEX_TYPE_2_1": ("{subject} moet leeg zijn.", _nothing),
    "SCHEMAV_CVC_COMPLEX_TYPE_2_2": _NO_ELEMENTS,
    "SCHEMAV_CVC_TYPE_3_1_2": _NO_ELEMENTS,
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": ("{subject} mag alleen elementen bevatten, geen losse tekst.", _nothing),
    "SCHEMAV_CVC_COMPLEX_TYPE_4": ("Bij {subject} ontbreekt het verplichte attribuut {expected}.", _required_attribute),
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": _FORBIDDEN_ATTRIBUTE,
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": _FORBIDDEN_ATTRIBUTE,
    "SCHEMAV_CVC_TYPE_3_1_1": _FORBIDDEN_ATTRIBUTE,
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": _WRONG_VALUE,
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_2": _WRONG_VALUE,
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_3": _WRONG_VALUE,
}
