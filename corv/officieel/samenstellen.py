"""The documents of a zip to one compiled schema, or why they don't make one. Pure: schemas come from memory only.

The normative zip of VNG does not compile as it is. It writes `\\` in paths, and one namespace has several documents, while
libxml2 honours only the first import of a namespace. So every reference is written anew: an include to the document that it
names, an import to one made document per namespace, which includes all documents of that namespace that a message needs.
A resolved zip, which has one document per namespace, goes the same way.
"""

import io
import posixpath
import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from lxml import etree

from corv.findings import Finding
from corv.officieel.archief import quoted
from corv.officieel.uitgave import Uitgave, stated_in
from corv.parsing import parse
from corv.stuf import JZ, STUF

if TYPE_CHECKING:  # a name that only the types of lxml know
    from lxml.etree._docloader import _InputDocument

XS = "{http://www.w3.org/2001/XMLSchema}"

_MESSAGE = {JZ: re.compile(r"\w+Di01"), STUF: re.compile(r"(Bv|Fo)\d\dBericht")}
"""Which global elements are messages, by namespace."""

_INCLUDES, _IMPORT = (f"{XS}include", f"{XS}redefine"), f"{XS}import"
_OURS = "corv:/"
"""The scheme of our own addresses: nothing that a schema can name by itself."""

_ENTRY = f"{_OURS}alles"
COMPILING = threading.Lock()
"""Held by whoever compiles a schema: two first compiles at once crash libxml2 (prestaties.md, pitfalls)."""

_UNREADABLE = {
    "xml-dtd": "bevat een DTD; dat hoort niet in een schema",
    "xml-grens": "is veel groter of dieper genest dan een schema ooit is",
}
"""What is wrong with a document that can't be read, by the code that `parsing` gives."""


@dataclass(frozen=True)
class _Documents:
    """The root of each document by its path, and the paths of each namespace."""

    roots: Mapping[str, etree._Element]
    of_namespace: Mapping[str | None, list[str]]


@dataclass(frozen=True, eq=False)
class Bundle:
    """Documents that together are a schema. `roots`: the messages that it has, in Clark notation.

    `stated`: what the documents of the koppelvlak say of their version. `sources`: the text of each document by our own address
    for it; `paths`: the path in the zip of each that came from there.
    """

    roots: frozenset[str]
    stated: Uitgave
    sources: Mapping[str, bytes] = field(repr=False)
    paths: Mapping[str, str] = field(repr=False)


class _Reference(NamedTuple):
    """What an include or import says."""

    is_import: bool
    location: str | None
    namespace: str | None


class _Refusal(Exception):  # noqa: N818 - no failure of ours: it carries the reason to `compose`
    """Why documents don't make a schema, as a Dutch sentence."""


def compose(files: Mapping[str, bytes]) -> Bundle | str:
    """The bundle of these files, by path; or a Dutch sentence that says which file is wrong and why."""
    try:
        roots = {path: _schema(path, content) for path, content in sorted(files.items())}
        documents = _Documents(roots, _by_namespace(roots))
        begin = [path for path in documents.of_namespace.get(JZ, []) if any(_messages(roots[path]))]
        if not begin:
            return "Er zit geen enkel bericht van het koppelvlak Jeugdzorg (jz0100) in de zip."
        return _bundle(documents, _reachable(documents, begin))
    except _Refusal as refusal:
        return str(refusal)


def compile_bundle(bundle: Bundle) -> etree.XMLSchema | str:
    """The compiled schema, or a Dutch sentence that says which file is wrong and why. Not for sharing between threads.

    Raises MemoryError where libxml2 had too little.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    parser.resolvers.add(_Memory(bundle.sources))
    entry = io.BytesIO(bundle.sources[_ENTRY])
    try:
        with COMPILING:
            return etree.XMLSchema(etree.parse(entry, parser, base_url=_ENTRY))
    except etree.XMLSchemaParseError as error:
        if not error.error_log:  # every fault in a schema has a place and a reason; a lack of memory has neither
            raise MemoryError from error
        return _why_not(bundle, error)


class _Memory(etree.Resolver):
    """Hands out the documents of a bundle and nothing else."""

    def __init__(self, sources: Mapping[str, bytes]) -> None:
        self._sources = sources

    def resolve(self, system_url: str | None, _public_id: str | None, context: object, /) -> "_InputDocument":
        """The document of that address; what is not there is empty, so that no other resolver goes and looks for it."""
        return self.resolve_string(self._sources.get(system_url or "", b""), context, base_url=system_url)


def _schema(path: str, content: bytes) -> etree._Element:
    document = parse(content)
    if isinstance(document, Finding):
        raise _Refusal(f"In de zip: {path} {_UNREADABLE.get(document.code, 'is geen geldige XML')}.")
    if document.root.tag != f"{XS}schema":
        raise _Refusal(f"In de zip: {path} is geen XML-schema.")
    return document.root


def _messages(schema: etree._Element) -> Iterator[str]:
    """The messages that a document has, in Clark notation."""
    namespace = schema.get("targetNamespace", "")
    form = _MESSAGE.get(namespace)
    for element in schema.iterchildren(f"{XS}element"):
        if form is not None and form.fullmatch(element.get("name", "")):
            yield f"{{{namespace}}}{element.get('name')}"


def _references(schema: etree._Element) -> Iterator[etree._Element]:
    return schema.iterchildren(*_INCLUDES, _IMPORT)


def _by_namespace(roots: Mapping[str, etree._Element]) -> dict[str | None, list[str]]:
    found = defaultdict[str | None, list[str]](list)
    for path, schema in roots.items():
        found[schema.get("targetNamespace")].append(path)
    return dict(found)


def _reachable(documents: _Documents, begin: list[str]) -> list[str]:
    """The paths that these documents need, they themselves first. Every reference and namespace is followed once."""
    found: dict[str, None] = dict.fromkeys(begin)
    waiting, whole = list(begin), set[str | None]()
    while waiting:
        path = waiting.pop()
        for reference in _distinct(documents.roots[path]):
            target = _target(documents, path, reference)
            if target is None and reference.namespace in whole:
                continue
            if target is None:
                whole.add(reference.namespace)
            named = documents.of_namespace.get(reference.namespace, []) if target is None else [target]
            new = [one for one in named if one not in found]
            found.update(dict.fromkeys(new))
            waiting += new
    return list(found)


def _distinct(schema: etree._Element) -> Iterable[_Reference]:
    """The references of a document, those that say the same once."""
    return dict.fromkeys(map(_reference, _references(schema)))


def _reference(element: etree._Element) -> _Reference:
    return _Reference(element.tag == _IMPORT, element.get("schemaLocation"), element.get("namespace"))


def _target(documents: _Documents, path: str, reference: _Reference) -> str | None:
    """The document that a reference names; None for an import of whatever the zip has of a namespace.

    Such an import names no document, or an address outside the zip.
    """
    location = reference.location
    if location is not None:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(location).replace("\\", "/")))
        if target in documents.roots:
            return target
    if reference.is_import and (location is None or ("://" in location and reference.namespace in documents.of_namespace)):
        return None
    raise _Refusal(f"In de zip: {path} verwijst naar {quoted(location or 'niets')}, en dat zit er niet in.")


def _bundle(documents: _Documents, needed: list[str]) -> Bundle:
    """Every include to the document that it names, every import to the whole of its namespace."""
    address_of = {path: f"{_OURS}{number}" for number, path in enumerate(needed)}
    by_namespace = _by_namespace({path: documents.roots[path] for path in needed})
    by_namespace.pop(None, None)  # a document without one is included by another, and becomes part of that
    whole = {namespace: f"{_OURS}namespace/{number}" for number, namespace in enumerate(by_namespace) if namespace}
    roots = frozenset(root for path in needed for root in _messages(documents.roots[path]))
    stated = stated_in(documents.roots[path] for path in by_namespace.get(JZ, []))
    for path in needed:
        addresses = {
            reference: _address(documents, path, reference, address_of, whole) for reference in _distinct(documents.roots[path])
        }
        for element in _references(documents.roots[path]):
            if address := addresses[_reference(element)]:
                element.set("schemaLocation", address)
    sources = {address_of[path]: etree.tostring(documents.roots[path]) for path in needed}
    for namespace, address in whole.items():
        sources[address] = _made("include", ({"schemaLocation": address_of[path]} for path in by_namespace[namespace]), namespace)
    sources[_ENTRY] = _made("import", ({"namespace": name, "schemaLocation": one} for name, one in whole.items()))
    return Bundle(roots, stated, sources, {address: path for path, address in address_of.items()})


def _address(
    documents: _Documents, path: str, reference: _Reference, address_of: Mapping[str, str], whole: Mapping[str, str]
) -> str | None:
    """What a reference must say; None for an import of a namespace of which the zip has nothing."""
    if reference.is_import and (address := whole.get(reference.namespace or "")):
        return address
    target = _target(documents, path, reference)
    return address_of[target] if target is not None else None


def _made(what: str, references: Iterable[dict[str, str]], namespace: str | None = None) -> bytes:
    """A document of our own that holds only references."""
    schema = etree.Element(f"{XS}schema", {} if namespace is None else {"targetNamespace": namespace})
    for attributes in references:
        etree.SubElement(schema, f"{XS}{what}", attributes)
    return etree.tostring(schema)


def _why_not(bundle: Bundle, error: etree.XMLSchemaParseError) -> str:
    """The first thing that libxml2 says, in its own words: they are about schemas, and hold nothing of a message."""
    first = error.error_log[0]
    path = bundle.paths.get(first.filename)
    where = f"in {path}" if path else "in de schema's samen"
    return f"De schema's zijn niet te gebruiken; er is iets mis {where}. De XML-lezer zegt: {quoted(first.message)}"
