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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from corv.findings import Finding
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
_COMPILING = threading.Lock()
"""Two first compiles at once crash libxml2 (prestaties.md, pitfalls)."""

_UNREADABLE = {
    "xml-dtd": "bevat een DTD; dat hoort niet in een schema",
    "xml-grens": "is veel groter of dieper genest dan een schema ooit is",
}
"""What is wrong with a document that can't be read, by the code that `parsing` gives."""

Documents = Mapping[str, etree._Element]
"""The root of each document by its path."""


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


class _Refusal(Exception):  # noqa: N818 - no failure of ours: it carries the reason to `compose`
    """Why documents don't make a schema, as a Dutch sentence."""


def compose(files: Mapping[str, bytes]) -> Bundle | str:
    """The bundle of these files, by path; or a Dutch sentence that says which file is wrong and why."""
    try:
        documents = {path: _schema(path, content) for path, content in sorted(files.items())}
        begin = [path for path, schema in documents.items() if schema.get("targetNamespace") == JZ and any(_messages(schema))]
        if not begin:
            return "Er zit geen enkel bericht van het koppelvlak Jeugdzorg (jz0100) in de zip."
        return _bundle({path: documents[path] for path in _reachable(documents, begin)}, documents)
    except _Refusal as refusal:
        return str(refusal)


def compile_bundle(bundle: Bundle) -> etree.XMLSchema | str:
    """The compiled schema, or a Dutch sentence that says which file is wrong and why. Not for sharing between threads."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    parser.resolvers.add(_Memory(bundle.sources))
    entry = io.BytesIO(bundle.sources[_ENTRY])
    try:
        with _COMPILING:
            return etree.XMLSchema(etree.parse(entry, parser, base_url=_ENTRY))
    except etree.XMLSchemaParseError as error:
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


def _reachable(documents: Documents, begin: list[str]) -> list[str]:
    """The paths that these documents need, they themselves first."""
    found: dict[str, None] = dict.fromkeys(begin)
    waiting = list(begin)
    while waiting:
        path = waiting.pop()
        for reference in _references(documents[path]):
            new = [target for target in _targets(documents, path, reference) if target not in found]
            found.update(dict.fromkeys(new))
            waiting += new
    return list(found)


def _targets(documents: Documents, path: str, reference: etree._Element) -> list[str]:
    """The documents that a reference names. An import may name only a namespace, or an address outside the zip."""
    location, namespace = reference.get("schemaLocation"), reference.get("namespace")
    if location is not None:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(location).replace("\\", "/")))
        if target in documents:
            return [target]
    if reference.tag == _IMPORT and (location is None or "://" in location):
        of_namespace = [target for target, schema in documents.items() if schema.get("targetNamespace") == namespace]
        if of_namespace or location is None:
            return of_namespace
    raise _Refusal(f"In de zip: {path} verwijst naar {location or 'niets'}, en dat zit er niet in.")


def _bundle(needed: Documents, documents: Documents) -> Bundle:
    """Every include to the document that it names, every import to the whole of its namespace."""
    address_of = {path: f"{_OURS}{number}" for number, path in enumerate(needed)}
    by_namespace: dict[str, list[str]] = {}
    for path, schema in needed.items():
        if namespace := schema.get("targetNamespace"):  # one without is included by another, and becomes part of that
            by_namespace.setdefault(namespace, []).append(address_of[path])
    whole = {namespace: f"{_OURS}namespace/{number}" for number, namespace in enumerate(by_namespace)}
    roots = frozenset(root for schema in needed.values() for root in _messages(schema))
    stated = stated_in(schema for schema in needed.values() if schema.get("targetNamespace") == JZ)
    for path, schema in needed.items():
        for reference in _references(schema):
            address = whole.get(reference.get("namespace", "")) if reference.tag == _IMPORT else None
            for target in _targets(documents, path, reference)[:1]:
                reference.set("schemaLocation", address or address_of[target])
    sources = {address_of[path]: etree.tostring(schema) for path, schema in needed.items()}
    for namespace, addresses in by_namespace.items():
        sources[whole[namespace]] = _made("include", ({"schemaLocation": one} for one in addresses), namespace)
    sources[_ENTRY] = _made("import", ({"namespace": name, "schemaLocation": one} for name, one in whole.items()))
    return Bundle(roots, stated, sources, {address: path for path, address in address_of.items()})


def _made(what: str, references: Iterable[dict[str, str]], namespace: str | None = None) -> bytes:
    """A document of our own that holds only references."""
    schema = etree.Element(f"{XS}schema", {} if namespace is None else {"targetNamespace": namespace})
    for attributes in references:
        etree.SubElement(schema, f"{XS}{what}", attributes)
    return etree.tostring(schema)


def _why_not(bundle: Bundle, error: etree.XMLSchemaParseError) -> str:
    """The first thing that libxml2 says, in its own words: they are about schemas, and hold nothing of a message."""
    first = next(iter(error.error_log), None)
    path = bundle.paths.get(first.filename) if first is not None else None
    where = f"in {path}" if path else "in de schema's samen"
    return f"De schema's zijn niet te gebruiken; er is iets mis {where}. De XML-lezer zegt: {first.message if first else error}"
